//! The page on which the reader of a notice goes on.

use super::{ON_SITE, Reader, name};
use crate::domain::case::Case;
use crate::domain::follow_up::Notice;
use crate::domain::ids::SessionId;
use crate::domain::team::Member;

/// Whoever only hears goes on from the one page of the case that is theirs.
pub(super) fn page_for(reader: &Reader, case: &Case, notice: Notice) -> String {
    let own = |it: &Member| it.person.to_string() == reader.name && it.capacity.only_hears();
    if case.team.iter().any(own) {
        return page(case, Notice::MemberSeated);
    }
    page(case, notice)
}

/// The page on which the reader goes on.
fn page(case: &Case, notice: Notice) -> String {
    let below = match notice {
        // The head above sees no case of the committee.
        Notice::TargetMissed => return format!("/desk/late/{}", case.id),
        Notice::CaseOpened => "/assess",
        Notice::HelpWanted
        | Notice::MeetingWanted
        | Notice::CallDue
        | Notice::LetterDue
        | Notice::VisitDue
        | Notice::WrongPerson => "/contacts",
        Notice::AgentNamed => "/agents",
        Notice::AssignmentAsked => "/assignment",
        Notice::Disclosed => "/disclosure",
        Notice::ExtensionProposed | Notice::ExtensionRefused | Notice::TermExtended => "/term",
        Notice::MemberAsked | Notice::MemberSeated => "/joining",
        Notice::MemberProposed => "/team",
        Notice::ReplacementAsked => "/replacement",
        Notice::ChoiceOver => "/assign",
        Notice::WritingProposed
        | Notice::WritingBegun
        | Notice::MessageWritten
        | Notice::Confided
        | Notice::OfferMade
        | Notice::OfferAccepted
        | Notice::OfferDeclined
        | Notice::OfferWithdrawn
        | Notice::OfferLapsed
        | Notice::OfferAgreedBeside
        | Notice::AnswerDue { .. }
        | Notice::AnswerOver { .. } => "/writing",
        Notice::OfferAgreed
        | Notice::OfferAgreedInstead
        | Notice::SigningDeclined
        | Notice::SigningLapsed => "/board",
        // An authority sees no case, and neither does whoever looks on the spot.
        Notice::HelpAsked => return "/requests".to_owned(),
        Notice::LookAsked => return "/visits".to_owned(),
        Notice::VerificationDue => "/verify",
        Notice::PaperToBring => "/delivery",
        Notice::ExhibitHandedIn | Notice::IntakeDoubted => "/review",
        Notice::Accepted => "/rights",
        Notice::PerformanceVerified => "/performance",
        Notice::ToSignOnPaper
        | Notice::RefusedOnPaper
        | Notice::ScanShown
        | Notice::ScanToConfirm
        | Notice::ScanReturned
        | Notice::SheetsDue { .. } => "/on-paper",
        Notice::ReadyToSign | Notice::ToSignLast | Notice::SignBy { .. } => "/sign",
        Notice::SessionScheduled { .. } if name(case, notice) == ON_SITE => "",
        Notice::SessionScheduled { session } => return room(case, session),
        Notice::RecordToRead { session }
        | Notice::RecordToCorrect { session }
        | Notice::RecordToSign { session }
        | Notice::RefusalNoted { session } => return format!("{}/record", room(case, session)),
        _ => "",
    };
    format!("/cases/{}{below}", case.id)
}

fn room(case: &Case, session: SessionId) -> String {
    format!("/cases/{}/sessions/{session}", case.id)
}
