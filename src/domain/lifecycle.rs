//! From state to state: what each permitted action does to a case, or why its time has not come.

mod acting;
mod adding;
mod assigning;
mod by_hand;
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
mod minutes;
mod out_of_order;
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
mod unsigned;
mod verifying;
mod writing;

use jiff::Timestamp;

pub use out_of_order::OutOfOrder;

use super::action::{Action, ActionKind};
use super::actor::{Actor, Role};
use super::case::Case;
use super::deadline::Due;
use super::follow_up::{FollowUp, Notice, Recipient};
use super::ids::{DocumentId, OrganisationId, PersonId};
use super::paper::{Voided, WhyVoid};
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
            A::AddParty { .. } => adding::carry_out(self, action),
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
            A::NameAgent { .. } | A::AcceptAgent { .. } | A::DismissAgent { .. } => {
                acting::carry_out(self, action)
            }
            A::WriteFacts { .. }
            | A::NoteUndisputed { .. }
            | A::AgreeUndisputed { .. }
            | A::AddClause { .. }
            | A::ChangeClause { .. }
            | A::RemoveClause { .. }
            | A::AgreeClause { .. }
            | A::ChooseLanguage { .. }
            | A::Translate { .. } => drafting::carry_out(self, action),
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
            | A::NoteRefusal { .. } => minutes::carry_out(self, action),
            A::AskRecording { .. }
            | A::ConsentRecording { .. }
            | A::WithdrawRecording { .. }
            | A::StartRecording { .. }
            | A::StopRecording { .. }
            | A::SealRecording { .. }
            | A::KeepRecording { .. }
            | A::DeleteRecording { .. } => recording::carry_out(self, action),
            A::Recalculate => recalculating::carry_out(self),
            A::PrepareSigning { .. } | A::ReopenDraft | A::Sign { .. } | A::Seal { .. } => {
                signing::carry_out(self, action)
            }
            A::ConsentToSign { .. }
            | A::WithdrawConsent
            | A::DeclineToSign { .. }
            | A::LapseSigning => unsigned::carry_out(self, action),
            A::SignOnPaper { .. } | A::CertifyScan { .. } | A::ReturnScan { .. } => {
                by_hand::carry_out(self, action)
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

    /// Takes a paper out of force; it stays known, for whoever holds a copy.
    fn void(&mut self, id: DocumentId, why: WhyVoid) {
        let at = self.now;
        let gone = self.case.papers.extract_if(.., |paper| paper.id == id);
        let gone = gone.map(|paper| Voided { paper, at, why });
        self.case.voided.extend(gone);
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
