//! Who mediates: assigned, disclosed, accepted, or refused and challenged.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::super::case::Standing;
use super::super::deadline::{Basis, Due};
use super::super::ids::PartyId;
use super::super::rules::TermKey;
use super::super::stage::{
    Appointed, Assignment, Challenge, Choice, Decision, Declaration, Disclosure, Ground,
};
use super::{Action, Mediate, Notice, OutOfOrder, Outcome, PersonId, Role, Step, Work, said};

pub(super) fn carry_out(step: &mut Step, action: &Action) -> Outcome {
    match action {
        Action::Assign { mediator } => assign(step, *mediator),
        Action::AcceptAssignment { disclosure } => accept(step, disclosure.as_ref()),
        Action::RefuseAssignment { reason } => {
            said(reason)?;
            select_again(step, Notice::AssignmentRefused)
        }
        Action::Waive => waive(step),
        Action::Challenge { ground, why } => challenge(step, *ground, why),
        Action::DecideChallenge { uphold, reason } => decide(step, *uphold, reason),
        _ => Err(OutOfOrder::WrongState),
    }
}

fn assign(step: &mut Step, mediator: PersonId) -> Outcome {
    let now = step.now;
    let parties = step.case.party_ids();
    let Mediate::Selecting { due, choice, .. } = step.mediate()? else {
        return Err(OutOfOrder::WrongState);
    };
    let how = may_appoint(choice, due, &parties, now)?;
    ask(step, mediator, how)
}

/// The reason for which the organisation appoints now. Where an article gives the parties their days (在线调解规则 10) it
/// waits for them; where it is a rule of the house it waits once a party has begun to choose (人民调解法 19, 23).
fn may_appoint(
    choice: &Choice,
    due: &Due,
    parties: &[PartyId],
    now: Timestamp,
) -> Result<Appointed, OutOfOrder> {
    let left = choice.named.values().any(Vec::is_empty);
    if choice.is_complete(parties) && !left {
        Ok(Appointed::NoneInCommon)
    } else if left && (choice.over || choice.is_complete(parties)) {
        Ok(Appointed::LeftToOrganisation)
    } else if choice.over || due.has_passed(now) {
        Ok(Appointed::TimeOver)
    } else if choice.named.is_empty() && due.basis == Basis::HouseDefault {
        Ok(Appointed::ByOrganisation)
    } else {
        Err(OutOfOrder::StillChoosing)
    }
}

/// Asks somebody to mediate.
pub(super) fn ask(step: &mut Step, mediator: PersonId, how: Appointed) -> Outcome {
    let now = step.now;
    let by = step.acting_person()?;
    if step.case.named_as(mediator).is_some() {
        return Err(OutOfOrder::NotYourTurn);
    }
    // Whoever stands by the case in another capacity does not mediate it (特邀调解规定 16).
    if step.case.team.iter().any(|it| it.person == mediator) {
        return Err(OutOfOrder::NotYourTurn);
    }
    let Mediate::Selecting { refused, kept, .. } = step.mediate()? else {
        return Err(OutOfOrder::WrongState);
    };
    if refused.contains(&mediator) {
        return Err(OutOfOrder::AlreadyDone);
    }
    let (refused, kept) = (std::mem::take(refused), kept.take());
    step.case.asked.retain(|it| it.person != mediator);
    let due = step.due(TermKey::Acceptance);
    step.enter(Mediate::Disclosing {
        assignment: Assignment {
            mediator,
            by,
            at: now,
            how,
        },
        due,
        disclosure: None,
        refused,
        kept,
    });
    step.notify_person(mediator, Notice::AssignmentAsked);
    Ok(())
}

fn accept(step: &mut Step, says: Option<&Declaration>) -> Outcome {
    let Mediate::Disclosing { disclosure, .. } = step.mediate()? else {
        return Err(OutOfOrder::WrongState);
    };
    if disclosure.is_some() {
        return Err(OutOfOrder::AlreadyDone);
    }
    let Some(declared) = says else {
        return start(step);
    };
    *disclosure = Some(told(declared)?);
    step.notify_parties(Notice::Disclosed);
    Ok(())
}

/// A declaration that says something, laid before the parties.
pub(super) fn told(declared: &Declaration) -> Result<Disclosure, OutOfOrder> {
    if declared.said().is_empty() {
        return Err(OutOfOrder::Empty);
    }
    Ok(Disclosure {
        declared: declared.clone(),
        waived: BTreeSet::new(),
        challenge: None,
    })
}

/// The term runs from the mediator's acceptance (在线调解规则 24), anew where another had begun; what that one did is kept.
fn start(step: &mut Step) -> Outcome {
    let now = step.now;
    let due = step.due(TermKey::Mediation);
    let Mediate::Disclosing {
        assignment,
        refused,
        kept,
        ..
    } = step.mediate()?
    else {
        return Err(OutOfOrder::WrongState);
    };
    let (mediator, by) = (assignment.mediator, assignment.by);
    let refused = std::mem::take(refused);
    let work = match kept.take() {
        Some(work) if work.mediator == mediator => *work,
        kept => {
            let (sessions, writing, draft, notes) = kept.map_or_else(Default::default, |it| {
                (it.sessions, it.writing, it.draft, it.notes)
            });
            Work {
                mediator,
                accepted_at: now,
                paused: SignedDuration::ZERO,
                due,
                proposal: None,
                extended: Vec::new(),
                sessions,
                writing,
                draft,
                assigned_by: Some(by),
                refused,
                replacement: None,
                notes,
                unsigned: Vec::new(),
            }
        }
    };
    step.enter(Mediate::Active { work });
    step.notify_parties(Notice::MediatorReady);
    Ok(())
}

fn select_again(step: &mut Step, notice: Notice) -> Outcome {
    let Mediate::Disclosing {
        assignment,
        refused,
        kept,
        ..
    } = step.mediate()?
    else {
        return Err(OutOfOrder::WrongState);
    };
    let mut refused = std::mem::take(refused);
    refused.push(assignment.mediator);
    let kept = kept.take();
    choose_again(step, refused, kept);
    step.notify_post(step.case.organisation, Role::Dispatcher, notice);
    Ok(())
}

/// Back to choosing, without those who are out of it.
pub(super) fn choose_again(step: &mut Step, refused: Vec<PersonId>, kept: Option<Box<Work>>) {
    let now = step.now;
    let due = step.due(TermKey::Selection);
    step.enter(Mediate::Selecting {
        consented_at: now,
        due,
        refused,
        choice: Choice::default(),
        kept,
    });
}

fn disclosed<'a>(step: &'a mut Step) -> Result<&'a mut Disclosure, OutOfOrder> {
    match step.mediate()? {
        Mediate::Disclosing {
            disclosure: Some(disclosure),
            ..
        } => Ok(disclosure),
        _ => Err(OutOfOrder::WrongState),
    }
}

fn waive(step: &mut Step) -> Outcome {
    let party = step.permitted.party().ok_or(OutOfOrder::WrongState)?;
    let parties = step.case.party_ids();
    let disclosure = disclosed(step)?;
    if disclosure.challenge.is_some() {
        return Err(OutOfOrder::WrongState);
    }
    if !disclosure.waived.insert(party) {
        return Err(OutOfOrder::AlreadyDone);
    }
    if parties
        .iter()
        .all(|party| disclosure.waived.contains(party))
    {
        start(step)?;
        step.notify_mediator(Notice::MediatorReady);
    }
    Ok(())
}

fn challenge(step: &mut Step, ground: Ground, why: &str) -> Outcome {
    said(why)?;
    let by = step.permitted.party().ok_or(OutOfOrder::WrongState)?;
    let disclosure = disclosed(step)?;
    if disclosure.challenge.is_some() {
        return Err(OutOfOrder::AlreadyDone);
    }
    disclosure.challenge = Some(Challenge {
        by,
        ground,
        why: why.to_owned(),
    });
    step.notify_deciders(Notice::Challenged);
    Ok(())
}

/// The organisation decides (特邀调解规定 15): not the mediator, and not whoever assigned them.
fn decide(step: &mut Step, uphold: bool, reason: &str) -> Outcome {
    said(reason)?;
    if disclosed(step)?.challenge.is_none() {
        return Err(OutOfOrder::WrongState);
    }
    let Mediate::Disclosing { assignment, .. } = step.mediate()? else {
        return Err(OutOfOrder::WrongState);
    };
    let (mediator, assigned_by) = (assignment.mediator, assignment.by);
    step.decided(mediator, Some(assigned_by), uphold, reason)?;
    if uphold {
        return select_again(step, Notice::Challenged);
    }
    start(step)?;
    step.notify_mediator(Notice::MediatorReady);
    Ok(())
}

impl Step<'_> {
    /// Writes down what was decided about a mediator and tells everybody, if whoever decides had no hand in it.
    pub(super) fn decided(
        &mut self,
        about: PersonId,
        assigned_by: Option<PersonId>,
        replaced: bool,
        reason: &str,
    ) -> Outcome {
        let by = self.acting_person()?;
        let assigned = assigned_by == Some(by) && self.permitted.by() == Standing::Dispatcher;
        if by == about || assigned {
            return Err(OutOfOrder::OwnMatter);
        }
        self.case.decisions.push(Decision {
            at: self.now,
            by,
            about,
            replaced,
            reason: reason.to_owned(),
        });
        self.notify_parties(Notice::MediatorDecided);
        self.notify_person(about, Notice::MediatorDecided);
        Ok(())
    }
}
