//! Who sits in front of the screen of a room in which some of a session's people come together.

use jiff::Timestamp;

use super::super::ids::{PersonId, SessionId};
use super::super::session::{Seated, SessionState, Sitter};
use super::meeting::find;
use super::{OutOfOrder, Outcome, Step};

/// Who sits there is present, and nobody is before the session begins.
pub(super) fn seat_at_screen(
    step: &mut Step,
    (id, who): (SessionId, Sitter),
    (here, seen): (bool, bool),
) -> Outcome {
    let (by, at) = (step.acting_person()?, step.now);
    let session = find(step, id)?;
    let SessionState::Open { since } = session.state else {
        return Err(OutOfOrder::WrongState);
    };
    if session.screen().is_none() {
        return Err(OutOfOrder::WrongState);
    }
    if session.seats(who) == here {
        return Err(OutOfOrder::AlreadyDone);
    }
    if here {
        is_known(step, who, (since, by), seen)?;
    }
    let session = find(step, id)?;
    session.rises(who);
    if here {
        session.at_screen.push(Seated { who, by, at });
    }
    Ok(())
}

/// Nobody sits down there whose card has not been compared: all at the table rely on who is in front of it. A check of
/// another day or by somebody else says nothing of who has come today (在线诉讼规则 7): whoever lets them sit down looks again.
fn is_known(step: &Step, who: Sitter, (since, by): (Timestamp, PersonId), seen: bool) -> Outcome {
    let party = match who {
        Sitter::Party(party) => step.case.party(party).ok_or(OutOfOrder::Unknown)?,
        Sitter::Member { person, .. } => {
            let capacity = Sitter::capacity(&step.case, person);
            return capacity.map(|_| ()).ok_or(OutOfOrder::Unknown);
        }
    };
    match party.check() {
        Some(check) if seen || check.vouches(by, since) => Ok(()),
        _ => Err(OutOfOrder::IdentityMissing),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::action::Action;
    use super::super::super::fixture::{
        CLAIMANT, MEDIATOR, Quarrel, Refused, SESSION, actor, rules,
    };
    use super::super::super::party::{IdentityMethod, PartyRole};
    use super::super::super::permission::may_enter;
    use super::super::super::session::Venue;
    use super::super::super::team::{Capacity, Member};
    use super::*;

    const SITTER: Sitter = Sitter::Party(CLAIMANT);

    fn check() -> Action {
        Action::RecordIdentity {
            party: CLAIMANT,
            method: IdentityMethod::CardAtCounter,
            address: "柳荫里 3 号楼 501 室".to_owned(),
            masked: "1**2".to_owned(),
            sealed: "x".to_owned(),
            fingerprint: "y".to_owned(),
            document: None,
        }
    }

    fn meeting(quarrel: &Quarrel, session: SessionId, mixed: bool) -> Action {
        Action::ScheduleSession {
            session,
            at: quarrel.now,
            minutes: 60,
            venue: Some(Venue {
                address: "和平路 8 号".to_owned(),
                room: String::new(),
                mixed,
                kept: None,
            }),
        }
    }

    fn seat(who: Sitter, here: bool, seen: bool) -> Action {
        Action::SeatAtScreen {
            session: SESSION,
            who,
            here,
            seen,
        }
    }

    fn refused(quarrel: &Quarrel, action: Action) -> OutOfOrder {
        match quarrel.refuses("mediator", action) {
            Refused::OutOfOrder(why) => why,
            Refused::Forbidden(why) => panic!("{why}"),
        }
    }

    fn enters(quarrel: &Quarrel) -> bool {
        may_enter(&actor("claimant"), &quarrel.case, SESSION).is_some()
    }

    #[test]
    fn a_party_sits_down_in_front_of_the_screen_when_its_card_was_compared_and_joins_by_it_alone() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active();
        let mixed = meeting(&quarrel, SESSION, true);
        quarrel.act("mediator", mixed);
        quarrel.act("mediator", check());
        let early = refused(&quarrel, seat(SITTER, true, true));
        assert_eq!(
            early,
            OutOfOrder::WrongState,
            "nobody is present before it begins"
        );
        let session = SESSION;
        quarrel.act("mediator", Action::OpenSession { session });
        assert!(matches!(
            quarrel.refuses("claimant", seat(SITTER, true, true)),
            Refused::Forbidden(_)
        ));
        assert!(enters(&quarrel));
        quarrel.act("mediator", seat(SITTER, true, false));
        assert!(!enters(&quarrel), "heard by the screen");
        let twice = refused(&quarrel, seat(SITTER, true, false));
        assert_eq!(twice, OutOfOrder::AlreadyDone);
        let work = quarrel.case.stage.work().unwrap();
        assert_eq!(work.sessions[0].at_screen[0].by, MEDIATOR);
        quarrel.act("mediator", seat(SITTER, false, false));
        assert!(enters(&quarrel));
        quarrel.act("mediator", Action::CloseSession { session });
        let over = refused(&quarrel, seat(SITTER, true, true));
        assert_eq!(over, OutOfOrder::WrongState);
    }

    #[test]
    fn where_all_meet_at_one_table_nobody_sits_before_a_screen() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active();
        let table = meeting(&quarrel, SESSION, false);
        quarrel.act("mediator", table);
        quarrel.act("mediator", check());
        let session = SESSION;
        quarrel.act("mediator", Action::OpenSession { session });
        let no_screen = refused(&quarrel, seat(SITTER, true, true));
        assert_eq!(no_screen, OutOfOrder::WrongState);
    }

    /// 在线诉讼规则 5, 7: again at each session.
    #[test]
    fn a_check_of_another_day_lets_nobody_sit_down_before_card_and_face_were_looked_at_again() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active();
        let session = SESSION;
        let begin = |quarrel: &mut Quarrel| {
            let mixed = meeting(quarrel, SESSION, true);
            quarrel.act("mediator", mixed);
            quarrel.act("mediator", Action::OpenSession { session });
        };
        let mut never = quarrel.clone();
        begin(&mut never);
        for seen in [false, true] {
            let unknown = refused(&never, seat(SITTER, true, seen));
            assert_eq!(unknown, OutOfOrder::IdentityMissing);
        }
        quarrel.act("mediator", check());
        quarrel.wait(3);
        begin(&mut quarrel);
        let earlier = refused(&quarrel, seat(SITTER, true, false));
        assert_eq!(earlier, OutOfOrder::IdentityMissing);
        let mut again = quarrel.clone();
        again.act("mediator", seat(SITTER, true, true));
        quarrel.act("mediator", check());
        quarrel.act("mediator", seat(SITTER, true, false));
        for case in [&again.case, &quarrel.case] {
            let sessions = &case.stage.work().unwrap().sessions;
            assert!(sessions[0].seats(SITTER));
        }
    }

    #[test]
    fn whom_the_parties_agreed_to_sits_down_there_with_the_side_they_came_with() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active();
        let (uncle, helper) = (
            PersonId(uuid::Uuid::from_u128(1)),
            PersonId(uuid::Uuid::from_u128(2)),
        );
        for (person, capacity) in [(uncle, Capacity::Kin), (helper, Capacity::CoMediator)] {
            let since = quarrel.now;
            quarrel.case.team.push(Member {
                person,
                capacity,
                since,
            });
        }
        let mixed = meeting(&quarrel, SESSION, true);
        quarrel.act("mediator", mixed);
        let session = SESSION;
        quarrel.act("mediator", Action::OpenSession { session });
        let with = |person, side| Sitter::Member { person, side };
        for stranger in [helper, PersonId(uuid::Uuid::from_u128(3))] {
            let unknown = refused(&quarrel, seat(with(stranger, None), true, true));
            assert_eq!(unknown, OutOfOrder::Unknown);
        }
        let came = with(uncle, Some(PartyRole::Respondent));
        quarrel.act("mediator", seat(came, true, false));
        let own = super::super::super::actor::Actor::Person { person: uncle };
        assert!(
            may_enter(&own, &quarrel.case, SESSION).is_none(),
            "heard by the screen"
        );
        let twice = refused(&quarrel, seat(with(uncle, None), true, false));
        assert_eq!(twice, OutOfOrder::AlreadyDone, "once, with one side");
        quarrel.act("mediator", seat(with(uncle, None), false, false));
        assert!(may_enter(&own, &quarrel.case, SESSION).is_some());
    }
}
