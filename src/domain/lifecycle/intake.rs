//! From the question to the mediation: sorting, choosing a way, taking a seat, accepting.

use super::super::stage::{Assess, Ending, HandOver, Settled};
use super::super::track::Way;
use super::{Action, Mediate, Notice, OutOfOrder, Outcome, Recipient, Role, Stage, Step, inviting};
use crate::domain::follow_up::FollowUp;
use crate::domain::intake::Target;
use crate::domain::team::Capacity;

pub(super) fn carry_out(step: &mut Step, action: &Action) -> Outcome {
    match action {
        Action::Triage { dispute } => {
            let Stage::Assess {
                at: Assess::Submitted,
            } = step.case.stage
            else {
                return Err(OutOfOrder::WrongState);
            };
            step.rules.dispute(dispute).ok_or(OutOfOrder::Unknown)?;
            step.case.dispute = dispute.clone();
            step.case.stage = Stage::Assess { at: Assess::Routed };
            step.reach(Target::Route);
            step.notify_parties(Notice::CaseOpened);
            Ok(())
        }
        Action::ChooseWay { way } => choose_way(step, *way),
        Action::TakeSeat { .. } => take_seat(step, action),
        Action::Transfer { organisation } => {
            let Mediate::Received { .. } = step.mediate()? else {
                return Err(OutOfOrder::WrongState);
            };
            if step.case.organisation == *organisation {
                return Err(OutOfOrder::AlreadyDone);
            }
            step.case.organisation = *organisation;
            step.reach(Target::Route);
            step.notify_post(*organisation, Role::Dispatcher, Notice::NewInQueue);
            Ok(())
        }
        Action::Accept => {
            let Mediate::Received { .. } = step.mediate()? else {
                return Err(OutOfOrder::WrongState);
            };
            step.reach(Target::Route);
            inviting::begin(step);
            step.follow_ups.push(FollowUp::DrawUp);
            Ok(())
        }
        _ => Err(OutOfOrder::WrongState),
    }
}

fn choose_way(step: &mut Step, way: Way) -> Outcome {
    let Stage::Assess { at: Assess::Routed } = step.case.stage else {
        return Err(OutOfOrder::WrongState);
    };
    if !step.rules.is_open(&step.case.dispute, way) {
        return Err(OutOfOrder::WayClosed);
    }
    match way {
        Way::Mediation => {
            step.enter(Mediate::Received { at: step.now });
            step.notify_post(step.case.organisation, Role::Dispatcher, Notice::NewInQueue);
        }
        Way::Arbitration | Way::Court => hand_over(step, way, (None, None))?,
    }
    Ok(())
}

/// Leaves mediation for arbitration or court, with what there is.
pub(super) fn hand_over(
    step: &mut Step,
    way: Way,
    (ended, settled): (Option<Ending>, Option<Box<Settled>>),
) -> Outcome {
    let by = step.permitted.party().ok_or(OutOfOrder::WrongState)?;
    let handed_over = HandOver {
        at: step.now,
        by,
        ended,
        settled,
    };
    step.case.stage = match way {
        Way::Mediation => return Err(OutOfOrder::WayClosed),
        Way::Arbitration => Stage::Arbitrate { handed_over },
        Way::Court => Stage::Litigate { handed_over },
    };
    step.notify(Recipient::Party { party: by }, Notice::HandedOver);
    Ok(())
}

fn take_seat(step: &mut Step, action: &Action) -> Outcome {
    let Action::TakeSeat {
        party,
        person,
        proven,
    } = action
    else {
        return Err(OutOfOrder::WrongState);
    };
    if step.case.seat_of(*person).is_some() {
        return Err(OutOfOrder::AlreadyDone);
    }
    let told = step.case.may_be_told(*party);
    let seat = step.case.party_mut(*party).ok_or(OutOfOrder::Unknown)?;
    if seat.person.is_some() {
        return Err(OutOfOrder::AlreadyDone);
    }
    if !told {
        return Err(OutOfOrder::WrongState);
    }
    if !seat.contact.shares(proven) {
        return Err(OutOfOrder::WrongContact);
    }
    seat.person = Some(*person);
    // Whoever wrote it down looked after it for somebody who was not here; now the party is (个人信息保护法 6).
    let done = Capacity::EnteredFor(*party);
    step.case.team.retain(|member| member.capacity != done);
    Ok(())
}
