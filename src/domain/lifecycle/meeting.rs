//! Sessions and what happens in them apart from drafting: schedule, open, close, check identities, pause.

use jiff::{SignedDuration, Timestamp};

use super::super::ids::SessionId;
use super::super::party::IdentityCheck;
use super::super::session::{Session, SessionState};
use super::{Action, Mediate, Notice, OutOfOrder, Outcome, Step};

/// Sessions are planned at most this far ahead.
const FARTHEST: SignedDuration = SignedDuration::from_hours(24 * 90);
const LONGEST_MINUTES: u32 = 480;

pub(super) fn carry_out(step: &mut Step, action: &Action) -> Outcome {
    match action {
        Action::ScheduleSession {
            session,
            at,
            minutes,
        } => schedule(step, *session, *at, *minutes),
        Action::CancelSession { session } => {
            let found = find(step, *session)?;
            if found.state != SessionState::Scheduled {
                return Err(OutOfOrder::WrongState);
            }
            found.state = SessionState::Cancelled;
            step.notify_parties(Notice::SessionCancelled { session: *session });
            Ok(())
        }
        Action::OpenSession { session } => {
            let now = step.now;
            if step.work()?.sessions.iter().any(Session::is_open) {
                return Err(OutOfOrder::AlreadyDone);
            }
            let found = find(step, *session)?;
            if found.state != SessionState::Scheduled {
                return Err(OutOfOrder::WrongState);
            }
            found.state = SessionState::Open { since: now };
            Ok(())
        }
        Action::CloseSession { session } => {
            let now = step.now;
            let found = find(step, *session)?;
            let SessionState::Open { since } = found.state else {
                return Err(OutOfOrder::WrongState);
            };
            found.state = SessionState::Closed { since, until: now };
            Ok(())
        }
        Action::RecordIdentity { .. } => record_identity(step, action),
        Action::Pause { why } => {
            let work = step.work()?.clone();
            step.enter(Mediate::Paused {
                work,
                since: step.now,
                why: *why,
            });
            Ok(())
        }
        Action::Resume => resume(step),
        _ => Err(OutOfOrder::WrongState),
    }
}

fn find<'a>(step: &'a mut Step, id: SessionId) -> Result<&'a mut Session, OutOfOrder> {
    step.work()?
        .sessions
        .iter_mut()
        .find(|session| session.id == id)
        .ok_or(OutOfOrder::Unknown)
}

fn schedule(step: &mut Step, id: SessionId, at: Timestamp, minutes: u32) -> Outcome {
    let now = step.now;
    let work = step.work()?;
    if at < now || at.duration_since(now) > FARTHEST || minutes == 0 || minutes > LONGEST_MINUTES {
        return Err(OutOfOrder::BadTime);
    }
    if work.sessions.iter().any(|session| session.id == id) {
        return Err(OutOfOrder::AlreadyDone);
    }
    work.sessions.push(Session {
        id,
        at,
        minutes,
        state: SessionState::Scheduled,
    });
    step.notify_parties(Notice::SessionScheduled { session: id });
    let mediator = step.acting_person()?;
    step.notify_person(mediator, Notice::SessionScheduled { session: id });
    Ok(())
}

fn record_identity(step: &mut Step, action: &Action) -> Outcome {
    let Action::RecordIdentity {
        party,
        method,
        masked,
        sealed,
        fingerprint,
    } = action
    else {
        return Err(OutOfOrder::WrongState);
    };
    let (Mediate::Active { .. } | Mediate::Signing { .. }) = step.mediate()? else {
        return Err(OutOfOrder::WrongState);
    };
    let check = IdentityCheck {
        method: *method,
        by: step.acting_person()?,
        at: step.now,
        masked: masked.clone(),
        sealed: sealed.clone(),
        fingerprint: fingerprint.clone(),
    };
    let signed = step
        .case
        .stage
        .signing()
        .is_some_and(|agreement| !agreement.signatures.is_empty());
    let seat = step.case.party_mut(*party).ok_or(OutOfOrder::Unknown)?;
    if seat.person.is_none() {
        return Err(OutOfOrder::SeatEmpty);
    }
    // A certificate may rest on the check already; a new one would not match the signature made with it.
    if signed && seat.identity.is_some() {
        return Err(OutOfOrder::AlreadyDone);
    }
    seat.identity = Some(check);
    Ok(())
}

/// What the pause took is added to the term where the pause is excluded from it (在线调解规则 26).
fn resume(step: &mut Step) -> Outcome {
    let now = step.now;
    let Mediate::Paused { work, since, .. } = step.mediate()? else {
        return Err(OutOfOrder::WrongState);
    };
    let mut work = work.clone();
    let pause = now.duration_since(*since);
    work.paused += pause;
    work.due.at += pause;
    step.enter(Mediate::Active { work });
    Ok(())
}
