//! Random payloads around signing.

use crate::domain::action::{Action, ActionKind as K};
use crate::domain::fixture::Quarrel;
use crate::domain::hash::ContentHash;
use crate::domain::paper::PaperKind;
use crate::domain::signature::Order;

pub(super) fn payload(quarrel: &Quarrel<'_>, kind: K, which: usize, text: String) -> Action {
    let paper = quarrel.case.latest_paper(PaperKind::Agreement);
    let from_hash = paper.map_or(ContentHash::of(b"none"), |paper| paper.hash.clone());
    let to_hash = ContentHash::of(from_hash.as_str().as_bytes());
    let shown = None;
    match kind {
        K::PrepareSigning => Action::PrepareSigning {
            number: text,
            paper: quarrel.paper(PaperKind::Agreement, "base"),
            order: which.is_multiple_of(2).then_some(Order::Fixed),
        },
        K::ReopenDraft => Action::ReopenDraft,
        K::ConsentToSign => Action::ConsentToSign {
            version: text,
            text: to_hash,
            words: None,
        },
        K::WithdrawConsent => Action::WithdrawConsent,
        K::DeclineToSign => Action::DeclineToSign { reason: text },
        K::LapseSigning => Action::LapseSigning,
        K::SignOnPaper => Action::SignOnPaper { from_hash, to_hash },
        K::CertifyScan => Action::CertifyScan {
            from_hash,
            to_hash,
            files: vec![ContentHash::of(b"scan")],
            last_signed: quarrel.now,
            shown,
        },
        K::ReturnScan => Action::ReturnScan { reason: text },
        K::Seal => Action::Seal {
            from_hash,
            to_hash,
            shown,
        },
        _ => Action::Sign {
            from_hash,
            to_hash,
            shown,
        },
    }
}
