//! Who may do what to a case. The only place that answers that question.

use super::action::{Action, ActionKind};
use super::actor::{Actor, Role};
use super::case::{Case, Standing};
use super::evidence::{ConfidedEvidence, Evidence};
use super::ids::{CaseId, PartyId, PersonId};
use super::lifecycle::evidence::is_gathering;
use super::party::PartyRole;
use super::stage::Stage;
use super::team::Capacity;

mod agents;
mod closing;
mod desk;
mod evidence;
mod number;
mod outreach;
mod papers;
mod recording;
mod sessions;
mod writing;

pub use agents::may_see_agents;
pub use closing::{asks_authorities, may_hand_out_slips};
pub use desk::{
    answers_complaints_for, enters, enters_as, heads, heads_any, is_of_court, keeps_calendar,
    keeps_register, may_read_missed, mends, prints_sheets, prints_sheets_for, sorts, sorts_for,
};
pub use evidence::{Looks, may_confide, may_look_at, may_look_at_confided};
pub use number::{NumberRead, may_read_number};
pub use outreach::{
    answers_for, answers_requests, answers_requests_at, goes_to_doors, goes_to_doors_from,
    may_reach_parties, may_see_failures, may_send_link, reaches_people, reaches_people_for,
    reads_answers,
};
pub use papers::{
    FileReader, brings_papers, brings_papers_for, may_bring, may_keep_file, may_know_of_refusal,
    may_open, may_read_evidence, may_read_paper, may_read_record, may_read_refusal, puts_seal,
    reads_file_of,
};
pub use recording::{may_play_recording, may_see_recording};
use sessions::sits_at_the_table;
pub use sessions::{
    may_attend_sessions, may_check_identities, may_enter, may_keep_caucus_notes, may_lead_sessions,
    may_only_hear, may_sit_in_sessions,
};
pub use writing::{Alone, may_read_alone, may_read_writing, may_write_alone};

/// Leave to do one thing to one version of one case. Only [`permit`] makes one, and `advance` wants it.
#[derive(Clone, Debug)]
pub struct Permitted {
    case: CaseId,
    version: i64,
    actor: Actor,
    by: Standing,
    action: Action,
}

impl Permitted {
    pub const fn actor(&self) -> &Actor {
        &self.actor
    }

    pub const fn by(&self) -> Standing {
        self.by
    }

    pub const fn action(&self) -> &Action {
        &self.action
    }

    pub fn is_for(&self, case: &Case) -> bool {
        self.case == case.id && self.version == case.version
    }

    /// The party that acts, where a party acts.
    pub const fn party(&self) -> Option<PartyId> {
        match self.by {
            Standing::Party(party, _) => Some(party),
            _ => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Forbidden {
    /// Nothing to do with the case: to this actor it does not exist.
    #[error("no such case for this actor")]
    Stranger,
    #[error("this actor may see the case and not do this")]
    NotYours,
}

/// Grants `action` on `case` to `actor`, or says why not.
///
/// # Errors
/// [`Forbidden::Stranger`] where the case must look absent, [`Forbidden::NotYours`] otherwise.
pub fn permit(actor: &Actor, case: &Case, action: Action) -> Result<Permitted, Forbidden> {
    let standings = case.standings(actor);
    let Some(by) = standings.iter().copied().find(|standing| {
        grants(case, *standing, &action) && agents::covers(actor, case, *standing, &action)
    }) else {
        let known = case.may_see(actor) || standings.contains(&Standing::Visitor);
        return Err(if known {
            Forbidden::NotYours
        } else {
            Forbidden::Stranger
        });
    };
    Ok(Permitted {
        case: case.id,
        version: case.version,
        actor: actor.clone(),
        by,
        action,
    })
}

/// Whether `actor` leads the mediation: its mediator, and a co-mediator beside them (人民调解法 19).
fn leads(actor: &Actor, case: &Case) -> bool {
    case.standings(actor).into_iter().any(is_mediating)
}

fn is_mediating(standing: Standing) -> bool {
    matches!(
        standing,
        Standing::Mediator | Standing::Team(Capacity::CoMediator)
    )
}

/// Whether `actor` reads what one mediator left to the next: whoever mediates and whoever decides about it. No party
/// does, and nothing said in private is in it: a note of a private talk stays with its author.
pub fn may_read_hand_over(actor: &Actor, case: &Case) -> bool {
    let reads = |it: Standing| is_mediating(it) || it == Standing::Head;
    case.standings(actor).into_iter().any(reads)
}

/// Whether `actor` sees who stands by the case and who was asked: everybody who sees the case but the court.
pub fn may_see_team(actor: &Actor, case: &Case) -> bool {
    use Standing as S;
    let apart = |it: &S| {
        matches!(it, S::Clerk | S::Judge | S::Invited(_) | S::Authority) || it.only_hears()
    };
    !case.standings(actor).iter().all(apart)
}

/// Whether `actor` looks after what could not follow a change, such as a message that reached nobody: the dispatcher
/// of the case, and whoever runs the installation, who sees no case.
pub fn may_mend(actor: &Actor, case: Option<&Case>) -> bool {
    keeps_register(actor)
        || case.is_some_and(|case| case.standings(actor).contains(&Standing::Dispatcher))
}

/// Whether `actor` reads numbers over many cases, of the district or of the committee; which, `office` finds.
pub fn may_read_statistics(actor: &Actor) -> bool {
    let reads = |role| matches!(role, Role::Supervisor | Role::Head);
    matches!(actor, Actor::Staff { posts, .. } if posts.iter().any(|post| reads(post.role)))
}

/// Whether `actor` sees how urgent a case is and why, and which other cases it may belong to: who works with its people.
pub fn may_see_triage(actor: &Actor, case: &Case) -> bool {
    let standings = case.standings(actor);
    let mut standings = standings.into_iter();
    standings.any(|standing| works_at_intake(standing) || standing == Standing::Mediator)
}

/// Whoever sorts the committee's matters, is responsible for them, or wrote this one down.
const fn works_at_intake(standing: Standing) -> bool {
    matches!(
        standing,
        Standing::Dispatcher | Standing::Head | Standing::Team(Capacity::EnteredFor(_))
    )
}

/// Whether `actor` reviews the application for the court, and so reads what clerk and judge noted.
pub fn may_review(actor: &Actor, case: &Case) -> bool {
    case.standings(actor)
        .iter()
        .any(|standing| matches!(standing, Standing::Clerk | Standing::Judge))
}

/// Whether `actor` decides on the application, and so drafts the ruling: the judge alone.
pub fn may_rule(actor: &Actor, case: &Case) -> bool {
    case.standings(actor).contains(&Standing::Judge)
}

/// Whether `actor` may know that something of this kind happened: what the court notes for itself before it rules
/// stays with the court.
pub fn may_know_of(actor: &Actor, case: &Case, kind: ActionKind) -> bool {
    use ActionKind as K;
    match kind {
        K::Find => may_review(actor, case),
        // Who was reached how is for whoever works on it, and no other party's business.
        // Whoever has named somebody would otherwise show it before the other side has spoken.
        K::RecordContact
        | K::CorrectContact
        | K::WrongPerson
        | K::StepUp
        | K::TakeVisit
        | K::PrintLetter
        | K::AskCall
        | K::NameMediators
        | K::TellWishes
        | K::ConfirmService
        | K::ReadNotice => may_reach_parties(actor, case),
        // The other side is told of no fear, and no party of other people's cases.
        K::Screen | K::LiftWarning | K::ReportDanger | K::Escalate | K::Link => {
            may_see_triage(actor, case)
        }
        // What is given way in on the way to a settlement stays at the table (解释 107).
        K::DraftRecord
        | K::AgreeProposals
        | K::LayRecord
        | K::AskCorrection
        | K::SignRecord
        | K::RefuseRecord
        | K::NoteRefusal
        | K::ProposeWriting
        | K::AgreeToWriting
        | K::AskForRoom
        | K::WriteMessage
        | K::MakeOffer
        | K::AcceptOffer
        | K::DeclineOffer
        | K::WithdrawOffer
        | K::LapseOffer => may_read_writing(actor, case),
        // How one party was served is not the other's to read; on the dossier of each its own stands.
        K::RecordDelivery => may_see_failures(actor, case),
        // What the parties are shown of it stands on their page.
        K::AskAuthority | K::AnswerRequest => asks_authorities(actor, case),
        // Who changed their mind about it is for those who sat there, and no fault (个人信息保护法 16).
        K::AskRecording | K::ConsentRecording | K::WithdrawRecording => {
            may_sit_in_sessions(actor, case)
        }
        K::WriteHandOver => may_read_hand_over(actor, case),
        _ => true,
    }
}

/// The table of who may do what.
#[expect(clippy::too_many_lines, reason = "one table, a line a kind")]
fn grants(case: &Case, standing: Standing, action: &Action) -> bool {
    use Action as A;
    use Standing as S;
    match action {
        A::Triage { .. }
        | A::Transfer { .. }
        | A::Accept
        | A::Assign { .. }
        | A::Link { .. }
        | A::JoinInto { .. }
        | A::TakeIn { .. } => standing == S::Dispatcher,
        // Which of them had a hand in it, and so does not, `lifecycle::assigning` knows.
        A::DecideChallenge { .. } | A::DecideReplacement { .. } => {
            matches!(standing, S::Dispatcher | S::Head)
        }
        A::Screen { .. } | A::ReportDanger { .. } => {
            works_at_intake(standing) || standing == S::Mediator
        }
        A::LiftWarning { .. } => matches!(standing, S::Mediator | S::Head),
        A::JoinTeam => matches!(standing, S::Invited(_)),
        // The dispatcher asks whoever sits in for what they know; with whom one mediates is the mediator's to say.
        A::InviteMember { capacity, .. } => {
            let knows = matches!(
                capacity,
                Capacity::Lawyer
                    | Capacity::Expert
                    | Capacity::Interpreter
                    | Capacity::SignLanguage
            );
            standing == S::Mediator || (knows && standing == S::Dispatcher)
        }
        A::LeaveTeam => match standing {
            S::Invited(_) => true,
            S::Team(capacity) => !matches!(capacity, Capacity::EnteredFor(_)),
            _ => false,
        },
        A::DismissMember { .. } => matches!(standing, S::Mediator | S::Head),
        A::ChooseWay { .. } => is_party(standing, PartyRole::Claimant),
        A::RecordDelivery { paper, how, .. } => papers::brings(case, standing, (*paper, *how)),
        // Accounts has seen the proof or the link, and the office where the grid worker serves.
        A::TakeSeat { .. }
        | A::WrongPerson { .. }
        | A::TakeVisit { .. }
        | A::AskCall { .. }
        | A::FilePaper { .. } => standing == S::System,
        // What the platform sent it writes down itself; who called or went is a person.
        A::RecordContact { message, .. } => match standing {
            S::System => message.is_some(),
            S::Dispatcher | S::Mediator => message.is_none(),
            S::Visitor => message.is_none() && outreach::is_visit(case, action),
            _ => false,
        },
        A::CorrectContact { .. } | A::PrintLetter { .. } => {
            matches!(standing, S::Dispatcher | S::Mediator)
        }
        A::AddParty { .. } => {
            matches!(
                standing,
                S::Dispatcher | S::Mediator | S::Team(Capacity::EnteredFor(_))
            )
        }
        A::AcceptInvitation | A::DeclineInvitation { .. } | A::AskForHelp | A::AskToMeet => {
            is_party(standing, PartyRole::Respondent)
        }
        // What one alone can say or sign: that they take it on, what ties them, whom they ask to help.
        A::AcceptAssignment { .. }
        | A::RefuseAssignment { .. }
        | A::Disclose { .. }
        | A::PrepareSigning { .. }
        | A::CertifyScan { .. }
        | A::ReopenDraft => standing == S::Mediator,
        // A co-mediator leads like the mediator.
        A::ScheduleSession { .. }
        | A::CancelSession { .. }
        | A::OpenSession { .. }
        | A::CloseSession { .. }
        | A::SeatAtScreen { .. }
        | A::RecordIdentity { .. }
        | A::WriteFacts { .. }
        | A::NoteUndisputed { .. }
        | A::AddClause { .. }
        | A::ChangeClause { .. }
        | A::RemoveClause { .. }
        | A::ChooseLanguage { .. }
        | A::ProposeWriting
        | A::DraftRecord { .. }
        | A::LayRecord { .. }
        | A::NoteRefusal { .. }
        | A::Pause { .. }
        | A::Resume
        | A::WriteHandOver { .. } => is_mediating(standing),
        // Whoever leads writes the clauses; what they are called in another language the interpreter knows best.
        A::Translate { .. } => is_mediating(standing) || standing == S::Team(Capacity::Interpreter),
        // Everybody who was at the table.
        A::SignRecord { .. } => sits_at_the_table(standing),
        A::RefuseRecord { .. } => standing != S::Mediator && sits_at_the_table(standing),
        // A co-mediator and whoever interprets sign in fields of their own; whether there is one, the agreement says.
        A::Sign { .. } => {
            standing == S::Mediator
                || matches!(
                    standing,
                    S::Party(..)
                        | S::Team(
                            Capacity::CoMediator | Capacity::Interpreter | Capacity::SignLanguage
                        )
                )
        }
        A::AskForRoom
        | A::SignOnPaper { .. }
        | A::WriteMessage { .. }
        | A::AskReplacement { .. }
        | A::ShowEvidence { .. }
        | A::WithdrawEvidence { .. }
        | A::HandIn { .. }
        | A::TakeBack { .. }
        | A::ProposeExtension { .. } => standing == S::Mediator || matches!(standing, S::Party(..)),
        A::Seal { .. } => puts_seal(case, standing),
        A::IssueCertificate { .. } => standing == S::SealHolder,
        A::ReturnScan { .. } => standing == S::Mediator || puts_seal(case, standing),
        A::End { code } => closing::may_end(*code, standing),
        A::TellWishes { .. }
        | A::NameMediators { .. }
        | A::ConsentToMember { .. }
        | A::ConfirmService { .. }
        | A::Waive
        | A::Challenge { .. }
        | A::ConsentToSign { .. }
        | A::WithdrawConsent
        | A::DeclineToSign { .. }
        | A::AgreeUndisputed { .. }
        | A::AgreeClause { .. }
        | A::AgreeExtension
        | A::RefuseExtension
        | A::AgreeProposals { .. }
        | A::AskCorrection { .. }
        | A::AgreeToWriting
        | A::MakeOffer { .. }
        | A::AcceptOffer { .. }
        | A::DeclineOffer { .. }
        | A::WithdrawOffer { .. }
        | A::HandOver { .. }
        | A::JoinConfirmation { .. }
        | A::WithdrawConfirmation
        | A::AnswerSupplement { .. }
        | A::ReceiveRuling
        | A::ReadNotice
        | A::ReportBreach => matches!(standing, S::Party(..)),
        A::StepUp
        | A::EndChoice
        | A::Escalate { .. }
        | A::LapseOffer { .. }
        | A::LapseConfirmation
        | A::LapseSigning
        | A::Recalculate => standing == S::Clock,
        // The ruling names the clerk who took the case in.
        A::AcceptFiling { .. } => standing == S::Clerk,
        A::Find { .. } => matches!(standing, S::Clerk | S::Judge),
        // 民事诉讼法 185, 解释 355: not to accept is a ruling as well.
        A::RefuseFiling { .. }
        | A::AskSupplement { .. }
        | A::ConfirmAgreement { .. }
        | A::DismissApplication { .. } => standing == S::Judge,
        A::ReportPerformance { clause, .. } => debtor(case, *clause)
            .is_some_and(|debtor| matches!(standing, S::Party(id, _) if id == debtor)),
        A::AcknowledgePerformance { clause } | A::DisputePerformance { clause, .. } => {
            debtor(case, *clause)
                .is_some_and(|debtor| matches!(standing, S::Party(id, _) if id != debtor))
        }
        A::AskAuthority { .. }
        | A::AnswerRequest { .. }
        | A::VerifyPerformance { .. }
        | A::AskVerification { .. }
        | A::FollowUp { .. }
        | A::Close => closing::grants(case, standing, action),
        A::NameAgent { .. } | A::AcceptAgent { .. } | A::DismissAgent { .. } => {
            agents::grants(standing, action)
        }
        A::AskRecording { .. }
        | A::ConsentRecording { .. }
        | A::WithdrawRecording { .. }
        | A::StartRecording { .. }
        | A::StopRecording { .. }
        | A::SealRecording { .. }
        | A::KeepRecording { .. }
        | A::DeleteRecording { .. } => recording::grants(standing, action),
    }
}

fn is_party(standing: Standing, role: PartyRole) -> bool {
    matches!(standing, Standing::Party(_, of) if of == role)
}

fn debtor(case: &Case, clause: super::ids::ClauseId) -> Option<PartyId> {
    Some(case.stage.settlement()?.clause(clause)?.terms.debtor)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Quarrel, actors, rules};
    use super::*;

    fn who(case: &Case, may: fn(&Actor, &Case) -> bool) -> Vec<&'static str> {
        let actors = actors().into_iter();
        actors
            .filter(|(_, actor)| may(actor, case))
            .map(|(name, _)| name)
            .collect()
    }

    #[test]
    fn contacts_are_for_whoever_leads_the_case_and_failures_for_whoever_works_on_it() {
        let rules = rules();
        let case = Quarrel::new(&rules).filed().case;
        assert_eq!(who(&case, may_reach_parties), ["dispatcher", "mediator"]);
        let at_work = who(&case, may_see_failures);
        for name in ["dispatcher", "mediator", "head", "clerk", "judge"] {
            assert!(at_work.contains(&name), "{name}: {at_work:?}");
        }
        for name in [
            "claimant",
            "respondent",
            "operator",
            "intake_officer",
            "grid_worker",
            "supervisor",
            "other_mediator",
            "stranger",
            "anonymous",
        ] {
            assert!(!at_work.contains(&name), "{name}: {at_work:?}");
        }
    }
}
