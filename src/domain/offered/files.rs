//! Payloads of giving files and taking them back.

use uuid::Uuid;

use super::super::action::{Action, ActionKind};
use super::super::case::Case;
use super::super::evidence::{EvidenceFile, Media};
use super::super::exhibit::ExhibitKind;
use super::super::hash::ContentHash;
use super::super::ids::EvidenceId;

pub(super) fn examples(case: &Case, kind: ActionKind) -> Vec<Action> {
    let words = || "…".to_owned();
    match kind {
        ActionKind::ShowEvidence => vec![Action::ShowEvidence {
            id: EvidenceId(Uuid::nil()),
            file: EvidenceFile {
                media: Media::Jpeg,
                name: words(),
                size: 0,
                original: ContentHash::of(b""),
                preview: None,
            },
            note: words(),
        }],
        ActionKind::WithdrawEvidence => {
            let ids = case.evidence.iter().map(|evidence| evidence.id);
            ids.map(|id| Action::WithdrawEvidence { id }).collect()
        }
        ActionKind::HandIn => vec![Action::HandIn {
            kind: ExhibitKind::Other,
            note: words(),
            file: ContentHash::of(b""),
        }],
        ActionKind::TakeBack => {
            let files = case.exhibits.iter().map(|exhibit| exhibit.file.clone());
            files.map(|file| Action::TakeBack { file }).collect()
        }
        _ => Vec::new(),
    }
}
