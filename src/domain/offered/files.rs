//! Payloads of giving files and taking them back.

use jiff::Timestamp;
use uuid::Uuid;

use super::super::action::{Action, ActionKind};
use super::super::case::Case;
use super::super::delivery::How;
use super::super::evidence::{EvidenceFile, Media};
use super::super::exhibit::ExhibitKind;
use super::super::hash::ContentHash;
use super::super::ids::EvidenceId;
use super::super::paper::{Paper, PaperKind};
use super::super::party::Party;
use super::super::service::Wish;
use super::super::time::civil_date;

/// Of papers that are filed, and of how they reach people.
pub(super) fn papers(case: &Case, kind: ActionKind, now: Timestamp) -> Vec<Action> {
    match kind {
        ActionKind::FilePaper => [PaperKind::IntakeRecord, PaperKind::Extension]
            .map(|kind| Action::FilePaper {
                paper: super::paper(kind, now),
            })
            .into(),
        ActionKind::ConfirmService => services(case, now),
        _ => case
            .deliveries
            .iter()
            .flat_map(|it| [How::Handed, How::Mistaken].map(|how| (it, how)))
            .map(|(it, how)| Action::RecordDelivery {
                paper: it.paper,
                party: it.party,
                how,
                on: civil_date(now),
                mark: "…".to_owned(),
            })
            .collect(),
    }
}

/// For each party: by post, to an address.
fn services(case: &Case, now: Timestamp) -> Vec<Action> {
    let confirm = |party: &Party| Action::ConfirmService {
        wish: Wish {
            address: "…".to_owned(),
            ..Wish::default()
        },
        paper: Paper {
            party: Some(party.id),
            ..super::paper(PaperKind::ServiceAddress, now)
        },
    };
    case.parties.iter().map(confirm).collect()
}

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

pub(super) fn on_paper(case: &Case, kind: ActionKind, now: Timestamp) -> Option<Action> {
    let agreement = case.stage.signing()?;
    let from_hash = case.paper(agreement.paper)?.hash.clone();
    let to_hash = ContentHash::of(from_hash.as_str().as_bytes());
    // A hand counts that stood there before anybody said no.
    let refusals = agreement.by_hand.iter().flat_map(|it| &it.refusals);
    let last_signed = refusals.map(|no| no.at).chain([now]).min()?;
    Some(match kind {
        ActionKind::SignOnPaper => Action::SignOnPaper { from_hash, to_hash },
        _ => Action::CertifyScan {
            files: vec![to_hash.clone()],
            from_hash,
            to_hash,
            last_signed,
            shown: None,
        },
    })
}
