//! From what is offered to the pages where it is done. The only place that knows which page does what.

use serde::Serialize;

use crate::domain::action::ActionKind;
use crate::domain::ids::CaseId;
use crate::i18n::Text;

/// A page on which something can be done now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Door {
    pub href: String,
    pub label: Text,
    /// Why one would go there.
    pub hint: Text,
    /// The step that moves the case on, as against one that leaves or changes it.
    pub main: bool,
}

/// The doors for the kinds that are offered, each once, those that move the case on first.
pub(in crate::web) fn open(offered: &[ActionKind], case: CaseId) -> Vec<Door> {
    let mut pages: Vec<&'static str> = Vec::new();
    for page in offered.iter().filter_map(|kind| page(*kind)) {
        if !pages.contains(&page) {
            pages.push(page);
        }
    }
    pages.sort_by_key(|page| !is_main(page));
    pages.into_iter().map(|page| door(page, case)).collect()
}

pub(super) fn door(page: &'static str, case: CaseId) -> Door {
    Door {
        href: format!("/cases/{case}/{page}"),
        label: Text::key(format!("case-door-{page}")),
        hint: Text::key(format!("case-door-{page}-hint")),
        main: is_main(page),
    }
}

fn is_main(page: &str) -> bool {
    !matches!(
        page,
        "end"
            | "close"
            | "pause"
            | "term"
            | "evidence"
            | "exhibits"
            | "contacts"
            | "help"
            | "delivery"
            | "service"
            | "rights"
            | "safety"
            | "similar"
            | "wishes"
            | "disclose"
            | "parties"
            | "replacement"
            | "team"
            | "agents"
            | "on-paper"
            | "translation"
    )
}

/// What is done on the board.
pub(in crate::web) const ON_THE_BOARD: [ActionKind; 10] = [
    ActionKind::WriteFacts,
    ActionKind::NoteUndisputed,
    ActionKind::AgreeUndisputed,
    ActionKind::AddClause,
    ActionKind::ChangeClause,
    ActionKind::RemoveClause,
    ActionKind::AgreeClause,
    ActionKind::ChooseLanguage,
    ActionKind::PrepareSigning,
    ActionKind::ReopenDraft,
];

/// The page below `/cases/{id}/` on which an action is done. What only a machine does has none, and neither has
/// what is done inside the room.
#[expect(clippy::too_many_lines, reason = "one table, a line a kind")]
const fn page(kind: ActionKind) -> Option<&'static str> {
    use ActionKind as K;
    Some(match kind {
        K::TakeSeat
        | K::WrongPerson
        | K::StepUp
        | K::TakeVisit
        | K::AskCall
        | K::Recalculate
        | K::LapseConfirmation
        | K::LapseSigning
        | K::OpenSession
        | K::CloseSession
        | K::SeatAtScreen
        | K::Escalate
        | K::EndChoice
        | K::FilePaper
        | K::LapseOffer
        | K::DraftRecord
        | K::AgreeProposals
        | K::LayRecord
        | K::AskCorrection
        | K::SignRecord
        | K::RefuseRecord
        | K::NoteRefusal
        | K::AskRecording
        | K::ConsentRecording
        | K::WithdrawRecording
        | K::StartRecording
        | K::StopRecording
        | K::SealRecording
        | K::KeepRecording
        | K::DeleteRecording
        | K::TakeIn => return None,
        K::Screen | K::LiftWarning | K::ReportDanger => "safety",
        K::Link | K::JoinInto => "similar",
        K::ChooseWay => "assess",
        K::Triage | K::Transfer | K::Accept => "intake",
        K::AcceptInvitation | K::DeclineInvitation | K::AskForHelp | K::AskToMeet => "invitation",
        K::RecordContact | K::CorrectContact | K::PrintLetter => "contacts",
        K::AddParty => "parties",
        K::TellWishes => "wishes",
        K::ConfirmService => "service",
        K::ReadNotice => "rights",
        K::RecordDelivery => "delivery",
        K::NameMediators => "choose",
        K::Disclose => "disclose",
        K::AskReplacement | K::DecideReplacement | K::WriteHandOver => "replacement",
        K::InviteMember | K::ConsentToMember | K::LeaveTeam | K::DismissMember => "team",
        K::NameAgent | K::AcceptAgent | K::DismissAgent => "agents",
        K::JoinTeam => "joining",
        K::Assign => "assign",
        K::AcceptAssignment | K::RefuseAssignment => "assignment",
        K::Waive | K::Challenge => "disclosure",
        K::DecideChallenge => "challenge",
        K::ScheduleSession | K::CancelSession => "sessions",
        K::RecordIdentity => "identity",
        K::WriteFacts
        | K::NoteUndisputed
        | K::AgreeUndisputed
        | K::AddClause
        | K::ChangeClause
        | K::RemoveClause
        | K::AgreeClause
        | K::ChooseLanguage
        | K::PrepareSigning
        | K::ReopenDraft => "board",
        K::Translate => "translation",
        K::ProposeWriting
        | K::AgreeToWriting
        | K::AskForRoom
        | K::WriteMessage
        | K::MakeOffer
        | K::AcceptOffer
        | K::DeclineOffer
        | K::WithdrawOffer => "writing",
        K::Pause | K::Resume => "pause",
        K::ProposeExtension | K::AgreeExtension | K::RefuseExtension => "term",
        K::Sign | K::ConsentToSign | K::WithdrawConsent | K::DeclineToSign => "sign",
        K::SignOnPaper | K::CertifyScan | K::ReturnScan => "on-paper",
        K::Seal => "seal",
        K::End => "end",
        K::IssueCertificate => "certificate",
        K::HandOver => "hand-over",
        K::JoinConfirmation | K::WithdrawConfirmation => "confirmation",
        K::AcceptFiling
        | K::RefuseFiling
        | K::Find
        | K::AskSupplement
        | K::ConfirmAgreement
        | K::DismissApplication => "review",
        K::AnswerSupplement => "supplement",
        K::ReceiveRuling => "ruling",
        K::ShowEvidence | K::WithdrawEvidence => "evidence",
        K::HandIn | K::TakeBack => "exhibits",
        K::ReportPerformance
        | K::AcknowledgePerformance
        | K::DisputePerformance
        | K::ReportBreach => "performance",
        K::AskVerification | K::VerifyPerformance => "verify",
        K::AskAuthority | K::AnswerRequest => "help",
        K::FollowUp => "follow-up",
        K::Close => "close",
    })
}

/// Every page named above, once.
pub(super) fn pages() -> Vec<&'static str> {
    let mut pages: Vec<_> = ActionKind::ALL
        .iter()
        .filter_map(|kind| page(*kind))
        .collect();
    pages.sort_unstable();
    pages.dedup();
    pages
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::i18n::{Locale, Texts};

    #[test]
    fn each_page_is_offered_once_and_leaving_comes_last() {
        use ActionKind as K;
        let doors = open(
            &[K::AddClause, K::RemoveClause, K::End, K::ScheduleSession],
            CaseId(Uuid::nil()),
        );
        let pages: Vec<_> = doors
            .iter()
            .map(|door| door.href.rsplit('/').next().unwrap())
            .collect();
        assert_eq!(pages, ["board", "sessions", "end"]);
    }

    #[test]
    fn every_door_has_its_words() {
        let texts = Texts::load(None).unwrap();
        for locale in Locale::ALL {
            for page in pages() {
                assert!(texts.has(locale, &format!("case-door-{page}")), "{page}");
                assert!(
                    texts.has(locale, &format!("case-door-{page}-hint")),
                    "{page}"
                );
            }
        }
    }
}
