//! What must follow a change once it is committed: notices to people, and a look at the clock.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::actor::Role;
use super::ids::{OrganisationId, PartyId, PersonId, RecordingId, SessionId};
use super::writing::Writer;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "follow_up", rename_all = "snake_case")]
pub enum FollowUp {
    Notify {
        to: Recipient,
        notice: Notice,
    },
    /// As a notice, at this moment, if what it says is still so.
    Later {
        at: Timestamp,
        to: Recipient,
        notice: Notice,
    },
    /// Look at the case again at this moment; what is then due is done by the clock.
    Watch {
        at: Timestamp,
    },
    /// Put on paper what the acceptance or an extension calls for.
    DrawUp,
    /// What was recorded is to be sealed, and the files made that are played.
    KeepRecording {
        at: Timestamp,
        recording: RecordingId,
    },
    /// What was recorded is to go from the disk.
    DropRecording {
        recording: RecordingId,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "to", rename_all = "snake_case")]
pub enum Recipient {
    Party {
        party: PartyId,
    },
    Person {
        person: PersonId,
    },
    /// Everybody who holds this post.
    Post {
        organisation: OrganisationId,
        role: Role,
    },
}

/// What a message is about. The words are in the catalogues; the facts are read from the case when it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "notice", rename_all = "snake_case")]
pub enum Notice {
    CaseOpened,
    NewInQueue,
    /// Somebody is to be called at once.
    Urgent,
    /// A target of the first minutes was missed.
    TargetMissed,
    /// Told twice: it goes on under the other number.
    Joined,
    Invitation,
    /// The link to the case once more, after one that has lapsed or got lost.
    NewLink,
    InvitationReminder,
    InvitationAccepted,
    /// To those who are there: somebody else is a party too.
    PartyAdded,
    /// To whom that is, where the mediation goes on already.
    AddedAsParty,
    /// 受理, with the notice of rights and duties.
    Accepted,
    HelpWanted,
    MeetingWanted,
    WrongPerson,
    /// To the mediator: who acts for a party has changed.
    AgentNamed,
    AgentAccepted,
    AgentGone,
    CallDue,
    LetterDue,
    VisitDue,
    AssignmentAsked,
    AssignmentRefused,
    Disclosed,
    Challenged,
    ChoiceOver,
    ReplacementAsked,
    MediatorDecided,
    MemberAsked,
    MemberProposed,
    MemberJoined,
    /// Whoever watches and hears may come now.
    MemberSeated,
    MemberGone,
    MediatorReady,
    SessionScheduled {
        session: SessionId,
    },
    SessionCancelled {
        session: SessionId,
    },
    ExtensionProposed,
    ExtensionRefused,
    TermExtended,
    /// A term ends on the next working day; `due` tells whether it still does.
    DueSoon {
        due: Timestamp,
    },
    DueToday {
        due: Timestamp,
    },
    /// The mediation could go on in writing.
    WritingProposed,
    WritingBegun,
    /// Somebody would rather meet.
    RoomWanted,
    /// It is the reader's turn to write.
    MessageWritten,
    /// For the mediator alone, or from the mediator to one alone.
    Confided,
    OfferMade,
    /// By one of several who are asked.
    OfferAccepted,
    /// By all.
    OfferAgreed,
    /// By all, and it takes the place of one that all had accepted before.
    OfferAgreedInstead,
    /// Likewise, to the mediator: other clauses lie on the board that not all have assented to.
    OfferAgreedBeside,
    /// The last day on which `who` is asked for a word; `due` tells whether they still are.
    AnswerDue {
        who: Writer,
        due: Timestamp,
    },
    /// To the mediator: that day is over, and somebody has not written.
    AnswerOver {
        due: Timestamp,
    },
    OfferDeclined,
    OfferWithdrawn,
    OfferLapsed,
    /// The record of a session lies open.
    RecordToRead {
        session: SessionId,
    },
    RecordToCorrect {
        session: SessionId,
    },
    RecordToSign {
        session: SessionId,
    },
    /// The mediator noted that the reader does not sign the record; they still can.
    RefusalNoted {
        session: SessionId,
    },
    ReadyToSign,
    ToSignLast,
    ToSeal,
    SigningVoided,
    /// By hand, on paper.
    ToSignOnPaper,
    /// One of them did not wish to sign.
    SigningDeclined,
    SigningLapsed,
    /// A party says that it does not sign by hand; the sheets show whether it had.
    RefusedOnPaper,
    /// The scan lies open to the parties before it counts.
    ScanShown,
    /// To whoever keeps the seal.
    ScanToConfirm,
    ScanReturned,
    /// Whoever mediates says how far it is with the sheets.
    SheetsDue {
        due: Timestamp,
    },
    /// The day by which all sign is near, and the reader has not.
    SignBy {
        party: PartyId,
        due: Timestamp,
    },
    Settled,
    Ended,
    CertificateToIssue,
    CertificateIssued,
    ConfirmationJoined,
    ConfirmationWithdrawn,
    ConfirmationLapsed,
    ApplicationFiled,
    /// A clerk found something for which the court does not take it in, which is the judge's to rule.
    IntakeDoubted,
    ApplicationAccepted,
    ApplicationRefused,
    SupplementAsked,
    SupplementAnswered,
    /// To the court that has the application before it.
    ExhibitHandedIn,
    Ruled,
    PerformanceReported,
    PerformanceAcknowledged,
    PerformanceDisputed,
    /// Everything is acknowledged; the mediator is to look on the spot.
    VerificationDue,
    /// Grid workers of the place are to look on the spot.
    LookAsked,
    /// To an authority.
    HelpAsked,
    HelpAnswered,
    PerformanceVerified,
    /// To whoever posts it or hands it over.
    PaperToBring,
    Breached,
    HandedOver,
    /// Closed because everything is done; each party is asked to rate.
    Performed,
    Closed,
}

impl Notice {
    /// The stem of its texts in the catalogue, such as `notice-invitation`.
    #[expect(clippy::too_many_lines, reason = "one table, a line a kind")]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CaseOpened => "case-opened",
            Self::NewInQueue => "new-in-queue",
            Self::Urgent => "urgent",
            Self::TargetMissed => "target-missed",
            Self::Joined => "joined",
            Self::Invitation => "invitation",
            Self::NewLink => "new-link",
            Self::PartyAdded => "party-added",
            Self::AddedAsParty => "added-as-party",
            Self::InvitationAccepted => "invitation-accepted",
            Self::InvitationReminder => "invitation-reminder",
            Self::Accepted => "accepted",
            Self::HelpWanted => "help-wanted",
            Self::MeetingWanted => "meeting-wanted",
            Self::WrongPerson => "wrong-person",
            Self::AgentNamed => "agent-named",
            Self::AgentAccepted => "agent-accepted",
            Self::AgentGone => "agent-gone",
            Self::CallDue => "call-due",
            Self::LetterDue => "letter-due",
            Self::VisitDue => "visit-due",
            Self::AssignmentAsked => "assignment-asked",
            Self::AssignmentRefused => "assignment-refused",
            Self::Disclosed => "disclosed",
            Self::Challenged => "challenged",
            Self::ChoiceOver => "choice-over",
            Self::ReplacementAsked => "replacement-asked",
            Self::MediatorDecided => "mediator-decided",
            Self::MemberAsked => "member-asked",
            Self::MemberProposed => "member-proposed",
            Self::MemberJoined => "member-joined",
            Self::MemberSeated => "member-seated",
            Self::MemberGone => "member-gone",
            Self::MediatorReady => "mediator-ready",
            Self::SessionScheduled { .. } => "session-scheduled",
            Self::SessionCancelled { .. } => "session-cancelled",
            Self::ExtensionProposed => "extension-proposed",
            Self::ExtensionRefused => "extension-refused",
            Self::TermExtended => "term-extended",
            Self::DueSoon { .. } => "due-soon",
            Self::DueToday { .. } => "due-today",
            Self::WritingProposed => "writing-proposed",
            Self::WritingBegun => "writing-begun",
            Self::RoomWanted => "room-wanted",
            Self::MessageWritten => "message-written",
            Self::Confided => "confided",
            Self::OfferMade => "offer-made",
            Self::OfferAccepted => "offer-accepted",
            Self::OfferAgreed => "offer-agreed",
            Self::OfferAgreedInstead => "offer-agreed-instead",
            Self::OfferAgreedBeside => "offer-agreed-beside",
            Self::AnswerDue { .. } => "answer-due",
            Self::AnswerOver { .. } => "answer-over",
            Self::OfferDeclined => "offer-declined",
            Self::OfferWithdrawn => "offer-withdrawn",
            Self::OfferLapsed => "offer-lapsed",
            Self::RecordToRead { .. } => "record-to-read",
            Self::RecordToCorrect { .. } => "record-to-correct",
            Self::RecordToSign { .. } => "record-to-sign",
            Self::RefusalNoted { .. } => "refusal-noted",
            Self::ReadyToSign => "ready-to-sign",
            Self::ToSignLast => "to-sign-last",
            Self::ToSeal => "to-seal",
            Self::SigningVoided => "signing-voided",
            Self::ToSignOnPaper => "to-sign-on-paper",
            Self::SigningDeclined => "signing-declined",
            Self::SigningLapsed => "signing-lapsed",
            Self::RefusedOnPaper => "refused-on-paper",
            Self::ScanShown => "scan-shown",
            Self::ScanToConfirm => "scan-to-confirm",
            Self::ScanReturned => "scan-returned",
            Self::SheetsDue { .. } => "sheets-due",
            Self::SignBy { .. } => "sign-by",
            Self::Settled => "settled",
            Self::Ended => "ended",
            Self::CertificateToIssue => "certificate-to-issue",
            Self::CertificateIssued => "certificate-issued",
            Self::ConfirmationJoined => "confirmation-joined",
            Self::ConfirmationWithdrawn => "confirmation-withdrawn",
            Self::ConfirmationLapsed => "confirmation-lapsed",
            Self::ApplicationFiled => "application-filed",
            Self::IntakeDoubted => "intake-doubted",
            Self::ApplicationAccepted => "application-accepted",
            Self::ApplicationRefused => "application-refused",
            Self::SupplementAsked => "supplement-asked",
            Self::SupplementAnswered => "supplement-answered",
            Self::ExhibitHandedIn => "exhibit-handed-in",
            Self::Ruled => "ruled",
            Self::PerformanceReported => "performance-reported",
            Self::PerformanceAcknowledged => "performance-acknowledged",
            Self::PerformanceDisputed => "performance-disputed",
            Self::LookAsked => "look-asked",
            Self::HelpAsked => "help-asked",
            Self::HelpAnswered => "help-answered",
            Self::VerificationDue => "verification-due",
            Self::PerformanceVerified => "performance-verified",
            Self::PaperToBring => "paper-to-bring",
            Self::Performed => "performed",
            Self::Breached => "breached",
            Self::HandedOver => "handed-over",
            Self::Closed => "closed",
        }
    }
}
