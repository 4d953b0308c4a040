//! Records that may or may not fit.

use super::super::super::hash::ContentHash;
use super::super::super::ids::SessionId;
use super::super::super::paper::PaperKind;
use super::super::super::session_record::Reader;
use super::{Action, ActionKind, Quarrel};

pub(super) fn payload(
    quarrel: &Quarrel,
    kind: ActionKind,
    session: SessionId,
    text: String,
) -> Action {
    match kind {
        ActionKind::DraftRecord => match quarrel.record_draft() {
            Action::DraftRecord { text, .. } => Action::DraftRecord { session, text },
            other => other,
        },
        ActionKind::AgreeProposals => Action::AgreeProposals { session },
        ActionKind::LayRecord => Action::LayRecord {
            session,
            paper: quarrel.paper(PaperKind::SessionRecord, "record"),
        },
        ActionKind::AskCorrection => Action::AskCorrection {
            session,
            note: text,
        },
        ActionKind::RefuseRecord => Action::RefuseRecord {
            session,
            reason: text,
        },
        ActionKind::NoteRefusal => Action::NoteRefusal {
            session,
            of: Reader::Party {
                party: quarrel.case.parties[1].id,
            },
            reason: text,
        },
        _ => {
            let paper = quarrel.case.latest_paper(PaperKind::SessionRecord);
            let from_hash = paper.map_or(ContentHash::of(b"none"), |paper| paper.hash.clone());
            Action::SignRecord {
                session,
                to_hash: ContentHash::of(from_hash.as_str().as_bytes()),
                from_hash,
                shown: None,
            }
        }
    }
}
