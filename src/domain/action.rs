//! Everything that can be done to a case, with what it needs.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::agent::Named;
use super::agreement::{Matter, Terms};
use super::confirmation::Tick;
use super::contact_record::{ContactChannel, Outcome};
use super::delivery::How;
use super::evidence::EvidenceFile;
use super::exhibit::ExhibitKind;
use super::hash::ContentHash;
use super::help::{Asked, HelpOutcome};
use super::identity::{PersonName, Phone};
use super::ids::{
    CaseId, ClauseId, DocumentId, EvidenceId, MessageId, OfferId, OrganisationId, PartyId,
    PersonId, RecordingId, RequestId, SessionId,
};
use super::intake::Target;
use super::joining::Carried;
use super::organisation::Language;
use super::paper::Paper;
use super::party::{Contact, Document, IdentityMethod, PartyRole};
use super::recording::{Deletion, Fault, Film, Stop, TrackHead};
use super::rules::DisputeKey;
use super::safety::Sign;
use super::service::Wish;
use super::session::{Sitter, Venue};
use super::session_record::{Reader, RecordText};
use super::signature::{Order, Shown};
use super::stage::{Declaration, EndCode, Ground, PauseReason};
use super::team::Capacity;
use super::track::Way;
use super::translation::{Rendered, Tongue};
use super::verification::Seen;
use super::writing::{OfferTerms, WithoutPrejudice};

macro_rules! actions {
    ($($(#[$doc:meta])* $kind:ident = $name:literal $({ $($field:ident : $type:ty),+ $(,)? })?),+ $(,)?) => {
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "do", rename_all = "snake_case")]
        pub enum Action {
            $($(#[$doc])* $kind $({ $($field: $type),+ })?),+
        }

        /// An action without its payload: what a button offers and an event names.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum ActionKind { $($kind),+ }

        impl ActionKind {
            pub const ALL: &[Self] = &[$(Self::$kind),+];

            pub const fn name(self) -> &'static str {
                match self { $(Self::$kind => $name),+ }
            }

            pub fn parse(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|kind| kind.name() == name)
            }
        }

        impl Action {
            pub const fn kind(&self) -> ActionKind {
                match self { $(Self::$kind { .. } => ActionKind::$kind),+ }
            }
        }
    };
}

actions! {
    /// Sorts a matter that is not in the table.
    Triage = "triage" { dispute: DisputeKey },
    /// The violence screen, asked by a person (反家庭暴力法 10, 13); `signs` is what was said to be so.
    Screen = "screen" { signs: BTreeSet<Sign> },
    /// Nobody needs to be kept apart any more, and why.
    LiftWarning = "lift_warning" { reason: String },
    /// Danger was reported to the police or another authority (人民调解法 25).
    ReportDanger = "report_danger" { to: String, note: String },
    /// A target of the first minutes was missed, and whoever is above is told.
    Escalate = "escalate" { target: Target },
    /// One of several cases that may be a serial matter.
    Link = "link" { other: CaseId },
    /// The same matter told twice: this one becomes part of the other.
    JoinInto = "join_into" { other: CaseId },
    /// The other half of that: what the joined case brought along.
    TakeIn = "take_in" { carried: Box<Carried> },
    /// The party chooses; nobody chooses for them.
    ChooseWay = "choose_way" { way: Way },
    /// Somebody has proved to hold the contact written at the seat.
    TakeSeat = "take_seat" { party: PartyId, person: PersonId, proven: Contact },
    /// 移送: another committee is the right one.
    Transfer = "transfer" { organisation: OrganisationId },
    /// 受理, and the other side is invited.
    Accept = "accept",
    /// What follows from an act, on paper: the intake record and the rights notice, an extension.
    FilePaper = "file_paper" { paper: Paper },
    /// Where and how a party wants to be served, on a paper of its own (在线诉讼规则 29, 30).
    ConfirmService = "confirm_service" { wish: Wish, paper: Paper },
    /// A party opened the notice of its rights and duties.
    ReadNotice = "read_notice",
    /// A paper was handed over, posted, or came back; `mark` is the tracking number or says who signed for it.
    RecordDelivery = "record_delivery" { paper: DocumentId, party: PartyId, how: How, on: Date, mark: String },
    AcceptInvitation = "accept_invitation",
    DeclineInvitation = "decline_invitation" { reason: String },
    AskForHelp = "ask_for_help",
    /// Would rather talk at a table than on a screen.
    AskToMeet = "ask_to_meet",
    /// Whoever opened the link is not the one who is meant; `channel` is how it came to them.
    WrongPerson = "wrong_person" { party: PartyId, channel: ContactChannel },
    /// Where a party can be reached after all.
    CorrectContact = "correct_contact" { party: PartyId, contact: Contact, address: String },
    /// Somebody who has to do with the matter was found out about later.
    AddParty = "add_party" {
        party: PartyId, role: PartyRole, name: PersonName, contact: Contact, address: String,
    },
    /// The next step of the invitation ladder.
    StepUp = "step_up",
    /// A grid worker of the place goes to the other side's door.
    TakeVisit = "take_visit" { person: PersonId },
    /// The invitation as a letter with the party's own link.
    PrintLetter = "print_letter" { party: PartyId },
    /// Whoever holds a link asks to be called, at a number that nobody has proved.
    AskCall = "ask_call" { party: PartyId, phone: Phone },
    /// Somebody tried to reach a party, or the platform sent it the message named.
    RecordContact = "record_contact" {
        party: PartyId, channel: ContactChannel, outcome: Outcome, note: String, at: Timestamp, message: Option<Uuid>,
    },
    /// What a party wishes to speak, and where it works.
    TellWishes = "tell_wishes" { languages: Vec<Language>, employer: Option<String> },
    /// Whom a party could accept, the dearest first; nobody leaves it to the organisation.
    NameMediators = "name_mediators" { mediators: Vec<PersonId> },
    /// The time to choose is over.
    EndChoice = "end_choice",
    Assign = "assign" { mediator: PersonId },
    /// Accepts, and says what ties there are to people or matter; `None` declares that there are none.
    AcceptAssignment = "accept_assignment" { disclosure: Option<Declaration> },
    RefuseAssignment = "refuse_assignment" { reason: String },
    /// Has read the disclosure and wants the mediator all the same.
    Waive = "waive",
    Challenge = "challenge" { ground: Ground, why: String },
    DecideChallenge = "decide_challenge" { uphold: bool, reason: String },
    /// Something came up during the mediation that has to be said (在线调解规则 13).
    Disclose = "disclose" { declared: Declaration },
    AskReplacement = "ask_replacement" { ground: Ground, why: String },
    DecideReplacement = "decide_replacement" { replace: bool, reason: String },
    /// For whoever takes over.
    WriteHandOver = "write_hand_over" { text: String },
    InviteMember = "invite_member" { person: PersonId, capacity: Capacity },
    JoinTeam = "join_team",
    ConsentToMember = "consent_to_member" { person: PersonId, agrees: bool },
    /// Also says no to an invitation.
    LeaveTeam = "leave_team",
    DismissMember = "dismiss_member" { person: PersonId },
    /// No venue where all meet by video.
    ScheduleSession = "schedule_session" { session: SessionId, at: Timestamp, minutes: u32, venue: Option<Venue> },
    CancelSession = "cancel_session" { session: SessionId },
    OpenSession = "open_session" { session: SessionId },
    CloseSession = "close_session" { session: SessionId },
    /// Somebody sits down in front of the room's screen, or gets up; `seen`: card and face of a party that was checked
    /// before were looked at again.
    SeatAtScreen = "seat_at_screen" { session: SessionId, who: Sitter, here: bool, seen: bool },
    /// 笔录; another draft takes the place of the one before and voids what was signed under it.
    DraftRecord = "draft_record" { session: SessionId, text: WithoutPrejudice<Box<RecordText>> },
    /// The proposals may stand in it (在线调解规则 18).
    AgreeProposals = "agree_proposals" { session: SessionId },
    LayRecord = "lay_record" { session: SessionId, paper: Paper },
    AskCorrection = "ask_correction" { session: SessionId, note: String },
    /// `shown` is missing in older ones, here as under every signature.
    SignRecord = "sign_record" {
        session: SessionId, from_hash: ContentHash, to_hash: ContentHash, shown: Option<Shown>,
    },
    RefuseRecord = "refuse_record" { session: SessionId, reason: String },
    /// Whoever leads writes down that somebody does not sign.
    NoteRefusal = "note_refusal" { session: SessionId, of: Reader, reason: String },
    /// Whoever leads asks everybody at the table whether sound and picture may be recorded.
    AskRecording = "ask_recording" { recording: RecordingId, session: SessionId },
    /// To the words that hash to `text` (个人信息保护法 14, 29).
    ConsentRecording = "consent_recording" {
        recording: RecordingId, version: String, text: ContentHash, words: String, shown: Option<Shown>,
    },
    /// Stops it at once (个人信息保护法 15).
    WithdrawRecording = "withdraw_recording" { recording: RecordingId },
    /// The room began, or goes on.
    StartRecording = "start_recording" { recording: RecordingId },
    StopRecording = "stop_recording" { recording: RecordingId, why: Stop },
    /// The last hash of each track, once nothing more comes.
    SealRecording = "seal_recording" { recording: RecordingId, tracks: Vec<TrackHead> },
    /// The files to play, made of what was sealed and stored under their hashes before.
    KeepRecording = "keep_recording" { recording: RecordingId, films: Vec<Film>, faults: Vec<Fault> },
    DeleteRecording = "delete_recording" { recording: RecordingId, why: Deletion },
    /// `address` is the domicile that the agreement and the application to the court name (解释 354); without a document an
    /// identity card was shown.
    RecordIdentity = "record_identity" {
        party: PartyId, method: IdentityMethod, address: String, masked: String, sealed: String, fingerprint: String,
        document: Option<Document>,
    },
    /// Who acts for a party, by what right, and the file that shows it.
    NameAgent = "name_agent" { party: PartyId, named: Box<Named> },
    /// Card and face compared, and what the right rests on looked at; `seen` is the mark of whoever was looked at,
    /// `person` who proved to hold the contact named, and `address` that of a party whom nobody else has asked for it.
    AcceptAgent = "accept_agent" {
        party: PartyId, seen: ContentHash, person: PersonId, method: IdentityMethod, masked: String, sealed: String, fingerprint: String,
        address: Option<String>, document: Option<Document>,
    },
    /// Whoever has this mark acts no more, or is not to act.
    DismissAgent = "dismiss_agent" { party: PartyId, seen: ContentHash },
    WriteFacts = "write_facts" { matter: Matter },
    NoteUndisputed = "note_undisputed" { text: String },
    AgreeUndisputed = "agree_undisputed" { index: usize },
    AddClause = "add_clause" { clause: ClauseId, terms: Terms },
    ChangeClause = "change_clause" { clause: ClauseId, terms: Terms },
    RemoveClause = "remove_clause" { clause: ClauseId },
    /// `revision` is that of the draft which was read.
    AgreeClause = "agree_clause" { clause: ClauseId, revision: u32 },
    /// In which language the paper speaks beside Chinese, or that it is in Chinese alone.
    ChooseLanguage = "choose_language" { tongue: Option<Tongue> },
    Translate = "translate" { texts: Vec<Rendered> },
    /// The mediation could go on in writing.
    ProposeWriting = "propose_writing",
    AgreeToWriting = "agree_to_writing",
    /// Rather the room than writing: anybody's to say, at any time.
    AskForRoom = "ask_for_room",
    /// Wrote to everybody at the table; the words are kept beside the case.
    WriteMessage = "write_message" { message: MessageId },
    MakeOffer = "make_offer" { offer: OfferId, counters: Option<OfferId>, terms: WithoutPrejudice<OfferTerms> },
    AcceptOffer = "accept_offer" { offer: OfferId },
    DeclineOffer = "decline_offer" { offer: OfferId, reason: WithoutPrejudice<String> },
    WithdrawOffer = "withdraw_offer" { offer: OfferId },
    LapseOffer = "lapse_offer" { offer: OfferId },
    Pause = "pause" { why: PauseReason },
    Resume = "resume",
    /// More time for the mediation, which all must agree to while the term runs (在线调解规则 24).
    ProposeExtension = "propose_extension" { until: Date, why: String },
    AgreeExtension = "agree_extension",
    RefuseExtension = "refuse_extension",
    /// Puts the clauses on paper. Without an order people sign as they come.
    PrepareSigning = "prepare_signing" { number: String, paper: Paper, order: Option<Order> },
    /// Back to the board: voids every signature.
    ReopenDraft = "reopen_draft",
    /// To sign electronically (电子签名法 3); `text` is the hash of the words in which it was asked, `version` their own. Older
    /// ones do not have the words themselves.
    ConsentToSign = "consent_to_sign" { version: String, text: ContentHash, words: Option<String> },
    /// Until one has signed.
    WithdrawConsent = "withdraw_consent",
    /// Ends the signing; the reason may be empty, and is the mediator's to read.
    DeclineToSign = "decline_to_sign" { reason: String },
    /// Not everybody has signed in time.
    LapseSigning = "lapse_signing",
    /// By hand, and so by everybody: `to_hash` is the file that is printed.
    SignOnPaper = "sign_on_paper" { from_hash: ContentHash, to_hash: ContentHash },
    /// The scan was held against the original; `to_hash` is what the officer signed over it, with the files of the scan inside.
    CertifyScan = "certify_scan" {
        from_hash: ContentHash, to_hash: ContentHash, files: Vec<ContentHash>, last_signed: Timestamp,
        shown: Option<Shown>,
    },
    /// The scan does not show what was signed, or not all of it: it is taken back, and another is sent.
    ReturnScan = "return_scan" { reason: String },
    Sign = "sign" { from_hash: ContentHash, to_hash: ContentHash, shown: Option<Shown> },
    Seal = "seal" { from_hash: ContentHash, to_hash: ContentHash, shown: Option<Shown> },
    End = "end" { code: EndCode },
    IssueCertificate = "issue_certificate" { paper: Paper, shown: Option<Shown> },
    HandOver = "hand_over" { to: Way },
    /// `from_hash` is the revision that the others have signed, `None` for whoever joins first.
    JoinConfirmation = "join_confirmation" {
        court: OrganisationId, from_hash: Option<ContentHash>, paper: Paper, shown: Option<Shown>,
    },
    WithdrawConfirmation = "withdraw_confirmation",
    LapseConfirmation = "lapse_confirmation",
    /// Holidays were published that a running term did not know of.
    Recalculate = "recalculate",
    /// 立案 under the court's next number.
    AcceptFiling = "accept_filing" { number: String },
    /// 裁定不予受理, which has a number as well (解释 355).
    RefuseFiling = "refuse_filing" {
        number: String, grounds: Vec<String>, reasons: String, paper: Paper, shown: Option<Shown>,
    },
    /// The court's own notes on the conditions of 解释 355 and 358, all or none.
    Find = "find" { ticks: Vec<Tick> },
    AskSupplement = "ask_supplement" { question: String },
    AnswerSupplement = "answer_supplement" { text: String },
    ConfirmAgreement = "confirm_agreement" { paper: Paper, shown: Option<Shown> },
    DismissApplication = "dismiss_application" {
        paper: Paper, grounds: Vec<String>, reasons: String, shown: Option<Shown>,
    },
    ReceiveRuling = "receive_ruling",
    /// A file for everybody in the case, stored under its hash before.
    ShowEvidence = "show_evidence" { id: EvidenceId, file: EvidenceFile, note: String },
    WithdrawEvidence = "withdraw_evidence" { id: EvidenceId },
    /// A file for the court, stored under its hash before (解释 354).
    HandIn = "hand_in" { kind: ExhibitKind, note: String, file: ContentHash },
    TakeBack = "take_back" { file: ContentHash },
    ReportPerformance = "report_performance" { clause: ClauseId, note: String, proof: Option<ContentHash> },
    AcknowledgePerformance = "acknowledge_performance" { clause: ClauseId },
    DisputePerformance = "dispute_performance" { clause: ClauseId, why: String },
    ReportBreach = "report_breach",
    /// A grid worker of the place is to look, and learns no more than `what` to look at.
    AskVerification = "ask_verification" { what: String },
    /// What was seen on the spot, before the case counts as done.
    VerifyPerformance = "verify_performance" { seen: Seen },
    /// 就地申请执法
    AskAuthority = "ask_authority" { id: RequestId, authority: OrganisationId, asked: Asked },
    AnswerRequest = "answer_request" { id: RequestId, outcome: HelpOutcome, text: String },
    /// 回访
    FollowUp = "follow_up" { kept: bool, note: String },
    Close = "close",
}

impl ActionKind {
    /// A stroke of the pen on the board, or one of the court's own notes: told one by one they would drown the rest.
    pub const fn is_stroke(self) -> bool {
        matches!(
            self,
            Self::WriteFacts
                | Self::NoteUndisputed
                | Self::AgreeUndisputed
                | Self::AddClause
                | Self::ChangeClause
                | Self::RemoveClause
                | Self::AgreeClause
                | Self::ChooseLanguage
                | Self::Translate
                | Self::Find
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_read_back_by_its_name() {
        for kind in ActionKind::ALL {
            assert_eq!(ActionKind::parse(kind.name()), Some(*kind));
        }
    }
}
