//! From state to state: what each permitted action does to a case, or why its time has not come.

mod assigning;
mod choosing;
mod confirming;
mod contacting;
mod drafting;
mod ending;
pub(super) mod evidence;
mod exhibits;
mod extending;
mod filing;
mod helping;
mod intake;
mod inviting;
mod joining;
mod meeting;
mod performing;
mod recalculating;
mod recording;
mod reminding;
mod replacing;
#[cfg(test)]
mod replay;
mod ruling;
mod seating;
mod serving;
mod signing;
mod teaming;
mod triage;
mod verifying;
mod writing;

use jiff::Timestamp;

use super::action::{Action, ActionKind};
use super::actor::{Actor, Role};
use super::case::Case;
use super::deadline::Due;
use super::follow_up::{FollowUp, Notice, Recipient};
use super::ids::{OrganisationId, PersonId};
use super::permission::Permitted;
use super::rules::{Rules, TermKey};
use super::stage::{Mediate, Stage, Work};

/// A change that is ready to be saved, with what it was and what follows it.
#[derive(Clone, Debug)]
pub struct Transition {
    /// As it will stand; `version` is already one higher.
    pub case: Case,
    pub happened: Happened,
    pub follow_ups: Vec<FollowUp>,
}

/// The part of an event that names nobody but by id, and is never erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happened {
    pub kind: ActionKind,
    pub actor: Actor,
    pub at: Timestamp,
    pub from: &'static str,
    pub to: &'static str,
}

/// Why an action that one may do cannot be done now. Each has its message in the catalogue under [`OutOfOrder::key`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OutOfOrder {
    #[error("the case is not where this can be done")]
    WrongState,
    #[error("the permission was given for another version")]
    Stale,
    #[error("it has been done already")]
    AlreadyDone,
    #[error("it is not this actor's turn yet")]
    NotYourTurn,
    #[error("what it names is not in the case")]
    Unknown,
    #[error("a text is missing")]
    Empty,
    #[error("the moment lies in the past, or too far ahead")]
    BadTime,
    #[error("the contact proved is not the one at the seat")]
    WrongContact,
    #[error("a party has not taken its seat")]
    SeatEmpty,
    #[error("a party has not agreed to every clause")]
    NotAgreed,
    #[error("the identity of the signer has not been checked")]
    IdentityMissing,
    #[error("there is no open session to see the card in")]
    NoSession,
    #[error("the paper has changed since it was read")]
    PaperChanged,
    #[error("the law excludes electronic signatures here")]
    WetInkOnly,
    #[error("the time for it is over")]
    TooLate,
    #[error("the court cannot confirm matters of this kind")]
    NotConfirmable,
    #[error("a question of the judge is open")]
    QuestionOpen,
    #[error("conditions have not been looked at, or one is not met")]
    FindingsMissing,
    #[error("grounds or reasons are missing")]
    GroundsMissing,
    #[error("nothing is overdue")]
    NotDue,
    #[error("the case holds as many files as it may")]
    TooMany,
    #[error("this way is not open for this matter")]
    WayClosed,
    #[error("a case does not leave its district")]
    OtherDistrict,
    #[error("a warning of danger stands")]
    Unsafe,
    #[error("the two are not the same people's matter")]
    OtherPeople,
    #[error("the parties may still choose")]
    StillChoosing,
    #[error("the instalments do not add up")]
    DoesNotAddUp,
    #[error("an offer of this side lies open")]
    OfferOpen,
    #[error("nobody decides about themselves or about whom they assigned")]
    OwnMatter,
    #[error("somebody at the table sits in another open session")]
    InOtherRoom,
    #[error("no grid worker goes to this place")]
    NobodyGoesThere,
}

impl OutOfOrder {
    pub const fn key(self) -> &'static str {
        match self {
            Self::WrongState => "case-refused-wrong-state",
            Self::Stale => "case-refused-stale",
            Self::AlreadyDone => "case-refused-already-done",
            Self::NotYourTurn => "case-refused-not-your-turn",
            Self::Unknown => "case-refused-unknown",
            Self::Empty => "case-refused-empty",
            Self::BadTime => "case-refused-bad-time",
            Self::WrongContact => "case-refused-wrong-contact",
            Self::SeatEmpty => "case-refused-seat-empty",
            Self::NotAgreed => "case-refused-not-agreed",
            Self::IdentityMissing => "case-refused-identity-missing",
            Self::NoSession => "case-refused-no-session",
            Self::PaperChanged => "case-refused-paper-changed",
            Self::WetInkOnly => "case-refused-wet-ink-only",
            Self::TooLate => "case-refused-too-late",
            Self::NotConfirmable => "case-refused-not-confirmable",
            Self::QuestionOpen => "case-refused-question-open",
            Self::FindingsMissing => "case-refused-findings-missing",
            Self::GroundsMissing => "case-refused-grounds-missing",
            Self::NotDue => "case-refused-not-due",
            Self::TooMany => "case-refused-too-many",
            Self::WayClosed => "case-refused-way-closed",
            Self::OtherDistrict => "case-refused-other-district",
            Self::Unsafe => "case-refused-unsafe",
            Self::OtherPeople => "case-refused-other-people",
            Self::StillChoosing => "case-refused-still-choosing",
            Self::DoesNotAddUp => "case-refused-does-not-add-up",
            Self::OfferOpen => "case-refused-offer-open",
            Self::OwnMatter => "case-refused-own-matter",
            Self::InOtherRoom => "case-refused-in-other-room",
            Self::NobodyGoesThere => "case-refused-nobody-goes-there",
        }
    }
}

/// What is due at an instant has run out one microsecond later.
pub const ONE_TICK: jiff::SignedDuration = jiff::SignedDuration::from_micros(1);

type Outcome = Result<(), OutOfOrder>;

/// A case on its way from one state to the next, with what will follow.
struct Step<'a> {
    rules: &'a Rules,
    permitted: &'a Permitted,
    now: Timestamp,
    case: Case,
    follow_ups: Vec<FollowUp>,
}

/// Carries out what was permitted.
///
/// # Errors
/// [`OutOfOrder`] where the case is not in a state for it; the case is then as before.
pub fn advance(
    rules: &Rules,
    case: Case,
    permitted: &Permitted,
    now: Timestamp,
) -> Result<Transition, OutOfOrder> {
    if !permitted.is_for(&case) {
        return Err(OutOfOrder::Stale);
    }
    let from = case.stage.name();
    let mut step = Step {
        rules: rules.of(&case.district),
        permitted,
        now,
        case,
        follow_ups: Vec::new(),
    };
    step.carry_out()?;
    inviting::end_waiting(&mut step);
    serving::owe(&mut step);
    let (mut case, follow_ups) = (step.case, step.follow_ups);
    case.version += 1;
    let happened = Happened {
        kind: permitted.action().kind(),
        actor: permitted.actor().clone(),
        at: now,
        from,
        to: case.stage.name(),
    };
    Ok(Transition {
        case,
        happened,
        follow_ups,
    })
}

impl Step<'_> {
    /// The one table: each action and the function that knows the states it fits.
    #[expect(clippy::too_many_lines, reason = "one table, an arm a kind")]
    fn carry_out(&mut self) -> Outcome {
        use Action as A;
        let action = self.permitted.action();
        match action {
            A::Triage { .. }
            | A::ChooseWay { .. }
            | A::TakeSeat { .. }
            | A::Transfer { .. }
            | A::Accept => intake::carry_out(self, action),
            A::Screen { .. }
            | A::LiftWarning { .. }
            | A::ReportDanger { .. }
            | A::Escalate { .. } => triage::carry_out(self, action),
            A::Link { .. } | A::JoinInto { .. } | A::TakeIn { .. } => {
                joining::carry_out(self, action)
            }
            A::TakeVisit { .. } if self.case.stage.settlement().is_some() => {
                verifying::carry_out(self, action)
            }
            A::AcceptInvitation
            | A::DeclineInvitation { .. }
            | A::AskForHelp
            | A::AskToMeet
            | A::WrongPerson { .. }
            | A::CorrectContact { .. }
            | A::StepUp
            | A::TakeVisit { .. }
            | A::PrintLetter { .. }
            | A::AskCall { .. } => inviting::carry_out(self, action),
            A::RecordContact { .. } => contacting::carry_out(self, action),
            A::Assign { .. }
            | A::AcceptAssignment { .. }
            | A::RefuseAssignment { .. }
            | A::Waive
            | A::Challenge { .. }
            | A::DecideChallenge { .. } => assigning::carry_out(self, action),
            A::TellWishes { .. } | A::NameMediators { .. } | A::EndChoice => {
                choosing::carry_out(self, action)
            }
            A::Disclose { .. }
            | A::AskReplacement { .. }
            | A::DecideReplacement { .. }
            | A::WriteHandOver { .. } => replacing::carry_out(self, action),
            A::InviteMember { .. }
            | A::JoinTeam
            | A::ConsentToMember { .. }
            | A::LeaveTeam
            | A::DismissMember { .. } => teaming::carry_out(self, action),
            A::ScheduleSession { .. }
            | A::CancelSession { .. }
            | A::OpenSession { .. }
            | A::CloseSession { .. }
            | A::SeatAtScreen { .. }
            | A::RecordIdentity { .. }
            | A::Pause { .. }
            | A::Resume => meeting::carry_out(self, action),
            A::WriteFacts { .. }
            | A::NoteUndisputed { .. }
            | A::AgreeUndisputed { .. }
            | A::AddClause { .. }
            | A::ChangeClause { .. }
            | A::RemoveClause { .. }
            | A::AgreeClause { .. } => drafting::carry_out(self, action),
            A::ProposeExtension { .. } | A::AgreeExtension | A::RefuseExtension => {
                extending::carry_out(self, action)
            }
            A::ProposeWriting
            | A::AgreeToWriting
            | A::AskForRoom
            | A::WriteMessage { .. }
            | A::MakeOffer { .. }
            | A::AcceptOffer { .. }
            | A::DeclineOffer { .. }
            | A::WithdrawOffer { .. }
            | A::LapseOffer { .. } => writing::carry_out(self, action),
            A::DraftRecord { .. }
            | A::AgreeProposals { .. }
            | A::LayRecord { .. }
            | A::AskCorrection { .. }
            | A::SignRecord { .. }
            | A::RefuseRecord { .. }
            | A::NoteRefusal { .. } => recording::carry_out(self, action),
            A::Recalculate => recalculating::carry_out(self),
            A::PrepareSigning { .. } | A::ReopenDraft | A::Sign { .. } | A::Seal { .. } => {
                signing::carry_out(self, action)
            }
            A::End { .. } | A::IssueCertificate { .. } | A::HandOver { .. } | A::Close => {
                ending::carry_out(self, action)
            }
            A::JoinConfirmation { .. }
            | A::WithdrawConfirmation
            | A::LapseConfirmation
            | A::AcceptFiling { .. }
            | A::RefuseFiling { .. }
            | A::Find { .. }
            | A::AskSupplement { .. }
            | A::AnswerSupplement { .. }
            | A::ConfirmAgreement { .. }
            | A::DismissApplication { .. }
            | A::ReceiveRuling => confirming::carry_out(self, action),
            A::ShowEvidence { .. } | A::WithdrawEvidence { .. } => {
                evidence::carry_out(self, action)
            }
            A::FilePaper { .. } | A::ConfirmService { .. } | A::ReadNotice => {
                filing::carry_out(self, action)
            }
            A::RecordDelivery { .. } => serving::carry_out(self, action),
            A::HandIn { .. } | A::TakeBack { .. } => exhibits::carry_out(self, action),
            A::ReportPerformance { .. }
            | A::AcknowledgePerformance { .. }
            | A::DisputePerformance { .. }
            | A::ReportBreach => performing::carry_out(self, action),
            A::AskAuthority { .. } | A::AnswerRequest { .. } => helping::carry_out(self, action),
            A::AskVerification { .. } | A::VerifyPerformance { .. } | A::FollowUp { .. } => {
                verifying::carry_out(self, action)
            }
        }
    }

    fn mediate(&mut self) -> Result<&mut Mediate, OutOfOrder> {
        match &mut self.case.stage {
            Stage::Mediate { at } => Ok(at),
            _ => Err(OutOfOrder::WrongState),
        }
    }

    /// The open work of the mediator; paused or signed work is not open.
    fn work(&mut self) -> Result<&mut Work, OutOfOrder> {
        match self.mediate()? {
            Mediate::Active { work } => Ok(work),
            _ => Err(OutOfOrder::WrongState),
        }
    }

    fn enter(&mut self, state: Mediate) {
        self.case.stage = Stage::Mediate {
            at: Box::new(state),
        };
        self.watch();
    }

    /// The end of a step that starts now.
    fn due(&self, key: TermKey) -> Due {
        self.rules
            .due_for(key, self.case.track, &self.case.dispute, self.now)
    }

    /// Asks to be called when what is due now has run out.
    fn watch(&mut self) {
        if let Some(due) = self.case.stage.due() {
            self.follow_ups.push(FollowUp::Watch {
                at: due.at + ONE_TICK,
            });
        }
        writing::watch(self);
        reminding::remind(self);
    }

    fn notify(&mut self, to: Recipient, notice: Notice) {
        self.follow_ups.push(FollowUp::Notify { to, notice });
    }

    /// As [`Step::notify`], at an hour at which people are awake; told only if it still holds then.
    fn notify_later(&mut self, to: Recipient, notice: Notice) {
        let at = self.rules.calendar.civil_hour(self.now);
        self.follow_ups.push(FollowUp::Later { at, to, notice });
    }

    fn notify_person(&mut self, person: PersonId, notice: Notice) {
        self.notify(Recipient::Person { person }, notice);
    }

    fn notify_post(&mut self, organisation: OrganisationId, role: Role, notice: Notice) {
        self.notify(Recipient::Post { organisation, role }, notice);
    }

    /// To whoever decides about mediators: the head, and the dispatchers.
    fn notify_deciders(&mut self, notice: Notice) {
        for role in [Role::Head, Role::Dispatcher] {
            self.notify_post(self.case.organisation, role, notice);
        }
    }

    /// To every party except the one that acts, and except the other side before its invitation.
    fn notify_parties(&mut self, notice: Notice) {
        let acting = self.permitted.party();
        for party in self.case.party_ids() {
            if Some(party) != acting && self.case.may_be_told(party) {
                self.notify(Recipient::Party { party }, notice);
            }
        }
    }

    fn notify_mediator(&mut self, notice: Notice) {
        if let Some(mediator) = self.case.stage.mediator()
            && self.permitted.actor().person() != Some(mediator)
        {
            self.notify_person(mediator, notice);
        }
    }

    fn acting_person(&self) -> Result<PersonId, OutOfOrder> {
        self.permitted
            .actor()
            .person()
            .ok_or(OutOfOrder::WrongState)
    }
}

/// A text that must say something.
fn said(text: &str) -> Outcome {
    if text.trim().is_empty() {
        Err(OutOfOrder::Empty)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod walk;
