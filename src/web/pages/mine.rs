//! What a mediator has in hand, by whose turn it is: due, waiting for me, waiting for others.

use super::desk::{Group, SHOWN, count, row};
use crate::casework;
use crate::domain::agreement::Signer;
use crate::domain::case::Case;
use crate::domain::session::{Session, SessionState};
use crate::domain::stage::{Mediate, Stage};
use crate::domain::time::civil_date;
use crate::i18n::Text;
use crate::storage::lists::{COUNTED, CaseRow};
use crate::web::{Viewer, Web, WebError};

/// Where a mediator has something in hand.
pub(super) const STAGES: [&str; 4] = [
    "mediate.disclosing",
    "mediate.active",
    "mediate.paused",
    "mediate.signing",
];

/// Whose turn it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    /// The last day is today or tomorrow, or over.
    Due,
    Mine,
    Others,
}

impl Turn {
    const ALL: [Self; 3] = [Self::Due, Self::Mine, Self::Others];

    const fn name(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Mine => "mine",
            Self::Others => "others",
        }
    }
}

/// The reader's own cases by whose turn it is, each once; what is empty is left out.
pub(super) async fn groups(web: &Web, viewer: &Viewer) -> Result<Vec<Group>, WebError> {
    let me = viewer.person()?;
    let rows = casework::queue(&web.desk, &viewer.actor, &STAGES, None, COUNTED).await?;
    let mut by_turn: Vec<(Turn, CaseRow)> = Vec::new();
    for row in rows {
        let case = casework::load(&web.desk, &viewer.actor, row.id).await?;
        if case.stage.mediator() == Some(me) {
            by_turn.push((turn(web, &case, &row), row));
        }
    }
    let groups = Turn::ALL.map(|turn| {
        let of: Vec<CaseRow> = by_turn
            .iter()
            .filter(|(its, _)| *its == turn)
            .map(|(_, row)| row.clone())
            .collect();
        Group {
            title: Text::key(format!("desk-turn-{}", turn.name())),
            mine: turn != Turn::Others,
            rows: of
                .iter()
                .take(SHOWN)
                .map(|it| row(web, viewer, it))
                .collect(),
            total: Some(count(of.len())),
            more: None,
        }
    });
    let some = groups.into_iter().filter(|group| !group.rows.is_empty());
    Ok(some.collect())
}

fn turn(web: &Web, case: &Case, row: &CaseRow) -> Turn {
    let now = web.desk.clock.now();
    let tomorrow = civil_date(now).tomorrow().unwrap_or(civil_date(now));
    let near = |due: jiff::Timestamp| civil_date(due) <= tomorrow;
    match awaited(case) {
        Turn::Mine if row.due_at.is_some_and(near) => Turn::Due,
        turn => turn,
    }
}

/// Whether the next step is the mediator's or somebody else's.
fn awaited(case: &Case) -> Turn {
    let Stage::Mediate { at } = &case.stage else {
        return Turn::Mine;
    };
    let mine = match at.as_ref() {
        Mediate::Disclosing { disclosure, .. } => disclosure.is_none(),
        // Until the session that is fixed, nothing is asked of anybody.
        Mediate::Active { work } => !work.sessions.iter().any(is_ahead),
        Mediate::Signing { agreement, .. } => {
            agreement.may_sign_next(Signer::Mediator, &case.party_ids())
        }
        _ => false,
    };
    if mine { Turn::Mine } else { Turn::Others }
}

fn is_ahead(session: &Session) -> bool {
    session.state == SessionState::Scheduled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::{Quarrel, rules};
    use crate::i18n::{Locale, Texts};

    #[test]
    fn whose_turn_it_is_follows_from_what_was_done() {
        let rules = rules();
        let new = || Quarrel::new(&rules);
        for (quarrel, turn) in [
            (new().disclosing(), Turn::Mine),
            (new().active(), Turn::Mine),
            (new().agreed(), Turn::Mine),
            (new().signing(), Turn::Others),
            (new().settled(), Turn::Others),
        ] {
            assert_eq!(
                awaited(&quarrel.case),
                turn,
                "{}",
                quarrel.case.stage.name()
            );
        }
    }

    #[test]
    fn every_turn_has_its_words() {
        let texts = Texts::load(None).unwrap();
        for turn in Turn::ALL {
            for locale in Locale::ALL {
                assert!(texts.has(locale, &format!("desk-turn-{}", turn.name())));
            }
        }
    }
}
