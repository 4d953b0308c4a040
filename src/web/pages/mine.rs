//! What a mediator has in hand, by whose turn it is: due, waiting for me, waiting for others.

use jiff::Timestamp;

use super::desk::{Group, SHOWN, count, row};
use crate::casework;
use crate::domain::agreement::Signer;
use crate::domain::case::Case;
use crate::domain::session::{Session, SessionState};
use crate::domain::stage::{Mediate, Stage};
use crate::domain::time::civil_date;
use crate::domain::writing::Writer;
use crate::i18n::Text;
use crate::storage::lists::{COUNTED, CaseRow};
use crate::web::{Viewer, Web, WebError};

/// Where a mediator has something in hand.
pub(super) const STAGES: [&str; 6] = [
    "mediate.to_decide",
    "mediate.disclosing",
    "mediate.active",
    "mediate.paused",
    "mediate.signing",
    "mediate.signing.sheets",
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
    let near = |due: Timestamp| civil_date(due) <= tomorrow;
    match awaited(case, now) {
        Turn::Mine if row.due_at.is_some_and(near) => Turn::Due,
        turn => turn,
    }
}

/// Whether the next step is the mediator's or somebody else's.
fn awaited(case: &Case, now: Timestamp) -> Turn {
    let Stage::Mediate { at } = &case.stage else {
        return Turn::Mine;
    };
    let mine = match at.as_ref() {
        Mediate::Disclosing { disclosure, .. } => disclosure.is_none(),
        Mediate::Active { .. } if case.turns().next().is_some() => in_writing(case, now),
        // Until the session that is fixed, nothing is asked of anybody.
        Mediate::Active { work } => {
            work.replacement.is_none() && !work.sessions.iter().any(is_ahead)
        }
        Mediate::Signing { agreement, .. } => {
            // With sheets of paper nothing goes on by itself until they are scanned.
            case.awaits_sheets() || agreement.may_sign_next(Signer::Mediator, &case.party_ids())
        }
        _ => false,
    };
    if mine { Turn::Mine } else { Turn::Others }
}

/// Asked for a word; or somebody who was asked has let their day pass.
fn in_writing(case: &Case, now: Timestamp) -> bool {
    let mut turns = case.turns();
    turns.any(|turn| turn.who == Writer::Mediator || turn.due.has_passed(now))
}

fn is_ahead(session: &Session) -> bool {
    session.state == SessionState::Scheduled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::action::Action;
    use crate::domain::fixture::{Quarrel, rules};
    use crate::domain::ids::MessageId;
    use crate::domain::rules::Rules;
    use crate::i18n::{Locale, Texts};

    /// The mediator asked the parties in writing so many days ago.
    fn asked(rules: &Rules, days: i64) -> Quarrel<'_> {
        let mut quarrel = Quarrel::new(rules).writing();
        let message = MessageId(uuid::Uuid::nil());
        quarrel.act("mediator", Action::WriteMessage { message });
        quarrel.wait(days);
        quarrel
    }

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
            (new().writing(), Turn::Mine),
            (asked(&rules, 0), Turn::Others),
            (asked(&rules, 5), Turn::Mine),
        ] {
            assert_eq!(
                awaited(&quarrel.case, quarrel.now),
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
