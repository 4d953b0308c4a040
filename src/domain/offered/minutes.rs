//! Payloads of writing, reading and signing the record of a session.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::super::action::{Action, ActionKind};
use super::super::case::Case;
use super::super::hash::ContentHash;
use super::super::ids::SessionId;
use super::super::paper::PaperKind;
use super::super::session_record::RecordText;
use super::super::writing::WithoutPrejudice;

/// Of each session that is known to the case, and for whoever leads it of one that is over with the mediation.
pub(super) fn examples(case: &Case, kind: ActionKind, now: Timestamp) -> Vec<Action> {
    let known = case.stage.work().into_iter().flat_map(|it| &it.sessions);
    let mut sessions: BTreeSet<SessionId> = known.map(|it| it.id).collect();
    sessions.extend(case.records.iter().map(|it| it.session));
    sessions.insert(SessionId(uuid::Uuid::nil()));
    let each = sessions.into_iter();
    if kind == ActionKind::NoteRefusal {
        return each.flat_map(|session| refusals(case, session)).collect();
    }
    each.filter_map(|session| example(case, kind, session, now))
        .collect()
}

fn refusals(case: &Case, session: SessionId) -> Vec<Action> {
    let record = case.record_of(session);
    let readers = record.map_or_else(Vec::new, |record| record.readers(case));
    let note = |of| Action::NoteRefusal {
        session,
        of,
        reason: "…".to_owned(),
    };
    readers.into_iter().map(note).collect()
}

fn example(case: &Case, kind: ActionKind, session: SessionId, now: Timestamp) -> Option<Action> {
    let words = || "…".to_owned();
    Some(match kind {
        ActionKind::DraftRecord => Action::DraftRecord {
            session,
            text: WithoutPrejudice(Box::new(RecordText {
                place: words(),
                from: now,
                until: now,
                present: Vec::new(),
                opening: BTreeSet::new(),
                recusal: words(),
                statements: Vec::new(),
                undisputed: Vec::new(),
                proposals: String::new(),
                result: words(),
            })),
        },
        ActionKind::AgreeProposals => Action::AgreeProposals { session },
        ActionKind::LayRecord => Action::LayRecord {
            session,
            paper: super::paper(PaperKind::SessionRecord, now),
        },
        ActionKind::AskCorrection => Action::AskCorrection {
            session,
            note: words(),
        },
        ActionKind::RefuseRecord => Action::RefuseRecord {
            session,
            reason: words(),
        },
        _ => {
            let laid = case.record_of(session)?.laid.as_ref()?;
            let from_hash = case.paper(laid.paper)?.hash.clone();
            Action::SignRecord {
                session,
                to_hash: ContentHash::of(from_hash.as_str().as_bytes()),
                from_hash,
                shown: None,
            }
        }
    })
}
