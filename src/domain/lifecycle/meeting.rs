//! Sessions and what happens in them apart from drafting: schedule, open, close, check identities, pause.

use jiff::{SignedDuration, Timestamp};

use super::super::ids::{PersonId, SessionId};
use super::super::party::{IdentityCheck, IdentityMethod};
use super::super::session::{Session, SessionState, Venue};
use super::super::time::civil_date;
use super::{
    Action, Mediate, Notice, OutOfOrder, Outcome, Step, extending, recording, said, seating,
};

/// Sessions are planned at most this far ahead.
const FARTHEST: SignedDuration = SignedDuration::from_hours(24 * 90);
const LONGEST_MINUTES: u32 = 480;

pub(super) fn carry_out(step: &mut Step, action: &Action) -> Outcome {
    match action {
        Action::ScheduleSession {
            session,
            at,
            minutes,
            venue,
        } => {
            let venue = venue.clone();
            schedule(step, *session, (*at, *minutes), venue)
        }
        Action::CancelSession { session } => cancel(step, *session),
        Action::OpenSession { session } => {
            let now = step.now;
            apart(step)?;
            if sessions(step)?.iter().any(Session::is_open) {
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
            recording::session_over(step, *session);
            Ok(())
        }
        Action::SeatAtScreen {
            session,
            who,
            here,
            seen,
        } => seating::seat_at_screen(step, (*session, *who), (*here, *seen)),
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

fn cancel(step: &mut Step, session: SessionId) -> Outcome {
    let found = find(step, session)?;
    if found.state != SessionState::Scheduled {
        return Err(OutOfOrder::WrongState);
    }
    found.state = SessionState::Cancelled;
    tell(step, Notice::SessionCancelled { session });
    Ok(())
}

/// People also meet to sign.
fn sessions<'a>(step: &'a mut Step) -> Result<&'a mut Vec<Session>, OutOfOrder> {
    match step.mediate()? {
        Mediate::Active { work } | Mediate::Signing { work, .. } => Ok(&mut work.sessions),
        _ => Err(OutOfOrder::WrongState),
    }
}

pub(super) fn find<'a>(step: &'a mut Step, id: SessionId) -> Result<&'a mut Session, OutOfOrder> {
    sessions(step)?
        .iter_mut()
        .find(|session| session.id == id)
        .ok_or(OutOfOrder::Unknown)
}

/// Nobody is put at one table with whom they fear, until a person has looked (反家庭暴力法 10).
pub(super) fn apart(step: &Step) -> Outcome {
    if step.case.intake.safety.stands() {
        return Err(OutOfOrder::Unsafe);
    }
    Ok(())
}

fn schedule(
    step: &mut Step,
    id: SessionId,
    (at, minutes): (Timestamp, u32),
    venue: Option<Venue>,
) -> Outcome {
    let now = step.now;
    if let Some(venue) = &venue {
        said(&venue.address)?;
    }
    apart(step)?;
    let sessions = sessions(step)?;
    if at < now || at.duration_since(now) > FARTHEST || minutes == 0 || minutes > LONGEST_MINUTES {
        return Err(OutOfOrder::BadTime);
    }
    if sessions.iter().any(|session| session.id == id) {
        return Err(OutOfOrder::AlreadyDone);
    }
    sessions.push(Session {
        id,
        at,
        minutes,
        state: SessionState::Scheduled,
        venue,
        at_screen: Vec::new(),
    });
    tell(step, Notice::SessionScheduled { session: id });
    let mediator = step.acting_person()?;
    step.notify_person(mediator, Notice::SessionScheduled { session: id });
    Ok(())
}

/// The parties, and whoever comes to watch and hear, who reads it nowhere else.
fn tell(step: &mut Step, notice: Notice) {
    step.notify_parties(notice);
    let team = step.case.team.iter();
    let hears = team.filter(|it| it.capacity.only_hears());
    let people: Vec<PersonId> = hears.map(|it| it.person).collect();
    for person in people {
        step.notify_person(person, notice);
    }
}

fn record_identity(step: &mut Step, action: &Action) -> Outcome {
    let Action::RecordIdentity {
        party,
        method,
        address,
        masked,
        sealed,
        fingerprint,
        document,
    } = action
    else {
        return Err(OutOfOrder::WrongState);
    };
    said(address)?;
    // Once the agreement is on paper, nobody in it is called or lives otherwise: an edit goes over the board.
    if step.case.stage.signing().is_some() {
        return Err(OutOfOrder::WrongState);
    }
    // The card beside the face is seen in a call, so there is one (在线诉讼规则 7).
    let in_call = sessions(step)?.iter().any(Session::is_open);
    if *method == IdentityMethod::CardInRoom && !in_call {
        return Err(OutOfOrder::NoSession);
    }
    let check = IdentityCheck {
        method: *method,
        by: step.acting_person()?,
        at: step.now,
        masked: masked.clone(),
        sealed: sealed.clone(),
        fingerprint: fingerprint.clone(),
        document: document.clone().unwrap_or_default(),
    };
    let seat = step.case.party_mut(*party).ok_or(OutOfOrder::Unknown)?;
    if !seat.is_taken() {
        return Err(OutOfOrder::SeatEmpty);
    }
    seat.identity = Some(check);
    address.clone_into(&mut seat.address);
    Ok(())
}

/// The days of an appraisal are added to the term; other pauses do not stop it (在线调解规则 26).
fn resume(step: &mut Step) -> Outcome {
    let now = step.now;
    let Mediate::Paused { work, since, why } = step.mediate()? else {
        return Err(OutOfOrder::WrongState);
    };
    let mut work = work.clone();
    if why.is_excluded() {
        let days = civil_date(*since).until(civil_date(now));
        let days = days.map_or(0, |span| i64::from(span.get_days()));
        work.paused += SignedDuration::from_hours(24 * days);
        work.due = extending::term(step, &work);
    }
    step.enter(Mediate::Active { work });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::super::actor::Actor;
    use super::super::super::fixture::{
        CLAIMANT, MEDIATOR, Quarrel, Refused, SESSION, actor, rules,
    };
    use super::super::super::ids::MeetingRoomId;
    use super::super::super::permission::may_enter;
    use super::*;

    fn check(method: IdentityMethod) -> Action {
        Action::RecordIdentity {
            party: CLAIMANT,
            method,
            address: "柳荫里 3 号楼 501 室".to_owned(),
            masked: "1**2".to_owned(),
            sealed: "x".to_owned(),
            fingerprint: "y".to_owned(),
            document: None,
        }
    }

    fn meet(quarrel: &mut Quarrel) {
        let (session, at) = (SESSION, quarrel.now);
        let minutes = 60;
        quarrel.act(
            "mediator",
            Action::ScheduleSession {
                session,
                at,
                minutes,
                venue: None,
            },
        );
        quarrel.act("mediator", Action::OpenSession { session });
    }

    #[test]
    fn a_card_is_compared_in_the_room_only_while_a_session_is_open() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active();
        let in_room = || check(IdentityMethod::CardInRoom);
        let no_session = Refused::OutOfOrder(OutOfOrder::NoSession);
        assert_eq!(quarrel.refuses("mediator", in_room()), no_session);
        meet(&mut quarrel);
        quarrel.act("mediator", in_room());
        let session = SESSION;
        quarrel.act("mediator", Action::CloseSession { session });
        assert_eq!(quarrel.refuses("mediator", in_room()), no_session);
        quarrel.act("mediator", check(IdentityMethod::CardAtCounter));
    }

    #[test]
    fn whoever_is_asked_to_come_is_told_where_and_a_room_takes_its_time() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active();
        let at = quarrel.now;
        let meet_at = |address: &str, room: &str| Action::ScheduleSession {
            session: SESSION,
            at,
            minutes: 60,
            venue: Some(Venue {
                address: address.to_owned(),
                room: room.to_owned(),
                mixed: true,
                kept: Some(MeetingRoomId(uuid::Uuid::from_u128(7))),
            }),
        };
        let nowhere = quarrel.refuses("mediator", meet_at(" ", "一号调解室"));
        assert_eq!(nowhere, Refused::OutOfOrder(OutOfOrder::Empty));
        quarrel.act("mediator", meet_at("和平路 8 号", "一号调解室"));
        let taken = crate::domain::diary::bookings(&quarrel.case);
        let rooms = taken.iter().filter(|it| it.person != MEDIATOR).count();
        assert_eq!((rooms, taken.len()), (4, 8), "an hour of each");
        let session = SESSION;
        quarrel.act("mediator", Action::CancelSession { session });
        assert!(crate::domain::diary::bookings(&quarrel.case).is_empty());
    }

    #[test]
    fn people_can_meet_while_the_agreement_lies_open_for_signing() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).signing();
        meet(&mut quarrel);
        let session = SESSION;
        quarrel.act("mediator", Action::CloseSession { session });
    }

    #[test]
    fn a_check_says_where_the_party_lives_and_stands_once_the_agreement_is_on_paper() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).agreed();
        let mut silent = check(IdentityMethod::CardAtCounter);
        if let Action::RecordIdentity { address, .. } = &mut silent {
            *address = " ".to_owned();
        }
        let empty = Refused::OutOfOrder(OutOfOrder::Empty);
        assert_eq!(quarrel.refuses("mediator", silent), empty);
        quarrel.act("mediator", check(IdentityMethod::CardAtCounter));
        let seat = quarrel.case.party(CLAIMANT).unwrap();
        assert_eq!(seat.address, "柳荫里 3 号楼 501 室");
        let late = Quarrel::new(&rules).signing();
        let refused = late.refuses("mediator", check(IdentityMethod::CardAtCounter));
        assert_eq!(refused, Refused::OutOfOrder(OutOfOrder::WrongState));
    }

    #[test]
    fn the_mediator_enters_by_office_and_a_party_may_wait_before() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active();
        let (session, at, minutes) = (SESSION, quarrel.now, 60);
        quarrel.act(
            "mediator",
            Action::ScheduleSession {
                session,
                at,
                minutes,
                venue: None,
            },
        );
        let enters =
            |quarrel: &Quarrel, actor: Actor| may_enter(&actor, &quarrel.case, SESSION).is_some();
        assert!(enters(&quarrel, actor("claimant")) && !enters(&quarrel, actor("mediator")));
        quarrel.act("mediator", Action::OpenSession { session });
        assert!(enters(&quarrel, actor("claimant")) && enters(&quarrel, actor("mediator")));
        let (person, posts) = (MEDIATOR, Vec::new());
        assert!(
            !enters(&quarrel, Actor::Staff { person, posts }),
            "the post was withdrawn"
        );
        for name in ["dispatcher", "other_mediator", "stranger"] {
            assert!(!enters(&quarrel, actor(name)), "{name}");
        }
        quarrel.act("mediator", Action::CloseSession { session });
        assert!(!enters(&quarrel, actor("claimant")), "it is over");
    }
}
