//! One more party: found out about later, and asked like the others.

use super::super::ladder::Invited;
use super::super::party::{MOST_PARTIES, Party, PartyRole};
use super::super::stage::{Assess, Mediate, Stage};
use super::{Action, Notice, OutOfOrder, Outcome, Recipient, Step, inviting, said};

/// Until the agreement lies open: it names those between whom it was made.
pub(super) fn carry_out(step: &mut Step, action: &Action) -> Outcome {
    let Action::AddParty {
        party,
        role,
        name,
        contact,
        address,
    } = action
    else {
        return Err(OutOfOrder::WrongState);
    };
    said(name.as_str())?;
    let open = is_assessed(&step.case.stage) || step.case.stage.is_in_mediation();
    if !open || step.case.stage.signing().is_some() {
        return Err(OutOfOrder::WrongState);
    }
    let mut seats = step.case.parties.iter();
    if seats.any(|seat| seat.id == *party || seat.contact.shares(contact)) {
        return Err(OutOfOrder::AlreadyDone);
    }
    if step.case.parties.len() >= MOST_PARTIES {
        return Err(OutOfOrder::TooManyParties);
    }
    // Whoever is there already hears of it, and the new one of the matter.
    step.notify_parties(Notice::PartyAdded);
    step.notify_mediator(Notice::PartyAdded);
    // Behind the others, so that each keeps the place that papers already name.
    step.case.parties.push(Party {
        id: *party,
        role: *role,
        name: name.clone(),
        contact: contact.clone(),
        address: address.clone(),
        person: None,
        identity: None,
        languages: Vec::new(),
        employer: None,
        service: None,
        told: None,
        agent: None,
        named: None,
        former: Vec::new(),
    });
    ask(step, *party, *role);
    Ok(())
}

const fn is_assessed(stage: &Stage) -> bool {
    matches!(
        stage,
        Stage::Assess {
            at: Assess::Submitted | Assess::Routed
        }
    )
}

/// Before 受理 nobody of the other side is asked anything; then all are at once.
fn ask(step: &mut Step, party: super::super::ids::PartyId, role: PartyRole) {
    let to = Recipient::Party { party };
    if role == PartyRole::Claimant {
        return step.notify(to, Notice::AddedAsParty);
    }
    let at = step.now;
    let Ok(mediate) = step.mediate() else { return };
    let notice = match mediate {
        Mediate::Received { .. } => return,
        Mediate::Inviting { .. } => Notice::Invitation,
        _ => Notice::AddedAsParty,
    };
    inviting::give_ladder(step);
    step.case.invited.push(Invited {
        party,
        at,
        answered: None,
        silent_at: None,
        call_back: None,
    });
    step.notify(to, notice);
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::super::fixture::{CLAUSE, Quarrel, Refused, actor, rules};
    use super::super::super::identity::{PersonName, Phone};
    use super::super::super::ids::{PartyId, PersonId};
    use super::super::super::paper::PaperKind;
    use super::super::super::party::Contact;
    use super::super::FollowUp;
    use super::*;

    const THIRD: PartyId = PartyId(Uuid::from_u128(0x33));

    fn out(why: OutOfOrder) -> Refused {
        Refused::OutOfOrder(why)
    }

    fn adds(role: PartyRole, number: u32) -> Action {
        let phone = Phone::parse(&format!("139000000{number:02}")).unwrap();
        Action::AddParty {
            party: PartyId(Uuid::from_u128(0x33 + u128::from(number))),
            role,
            name: PersonName::parse("康健").unwrap(),
            contact: Contact {
                phone: Some(phone),
                mail: None,
            },
            address: String::new(),
        }
    }

    fn told(follow_ups: &[FollowUp], party: PartyId) -> Vec<Notice> {
        let to = Recipient::Party { party };
        let notice = |it: &FollowUp| match it {
            FollowUp::Notify { to: found, notice } if *found == to => Some(*notice),
            _ => None,
        };
        follow_ups.iter().filter_map(notice).collect()
    }

    #[test]
    fn whoever_is_added_is_asked_like_the_others_and_the_others_are_told() {
        let rules = rules();
        let role = PartyRole::Respondent;
        for (mut quarrel, notice) in [
            (Quarrel::new(&rules).received(), None),
            (Quarrel::new(&rules).inviting(), Some(Notice::Invitation)),
            (Quarrel::new(&rules).active(), Some(Notice::AddedAsParty)),
        ] {
            let claimant = quarrel.case.parties[0].id;
            let done = quarrel.act("dispatcher", adds(role, 0));
            assert_eq!(told(&done.follow_ups, THIRD), Vec::from_iter(notice));
            assert_eq!(told(&done.follow_ups, claimant), [Notice::PartyAdded]);
            assert_eq!(quarrel.case.parties[2].id, THIRD, "behind the others");
            assert_eq!(quarrel.case.may_be_told(THIRD), notice.is_some());
            let twice = quarrel.refuses("dispatcher", adds(role, 0));
            assert_eq!(twice, out(OutOfOrder::AlreadyDone));
        }
    }

    #[test]
    fn whoever_leads_or_took_it_in_adds_and_no_party_does() {
        let rules = rules();
        let quarrel = Quarrel::new(&rules).active();
        let adds = || adds(PartyRole::Claimant, 0);
        for name in ["mediator", "dispatcher"] {
            assert!(quarrel.attempt(&actor(name), adds()).is_ok(), "{name}");
        }
        for name in ["claimant", "respondent", "head", "seal_holder", "judge"] {
            let refused = quarrel.refuses(name, adds());
            assert!(matches!(refused, Refused::Forbidden(_)), "{name}");
        }
    }

    /// Nothing is agreed between all before the new one has sat down and agreed to every clause too.
    #[test]
    fn nothing_is_signed_without_whoever_was_added() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).agreed();
        quarrel.act("mediator", adds(PartyRole::Respondent, 0));
        let prepare = |quarrel: &Quarrel<'_>| Action::PrepareSigning {
            number: "1".to_owned(),
            paper: quarrel.paper(PaperKind::Agreement, "base"),
            order: None,
        };
        let early = quarrel.refuses("mediator", prepare(&quarrel));
        assert_eq!(early, out(OutOfOrder::SeatEmpty));
        let person = PersonId(Uuid::from_u128(0xba));
        let proven = quarrel.case.parties[2].contact.clone();
        let party = THIRD;
        quarrel.act(
            "accounts",
            Action::TakeSeat {
                party,
                person,
                proven,
            },
        );
        let identity = quarrel.case.parties[1].identity.clone();
        let seat = quarrel.case.party_mut(THIRD).unwrap();
        (seat.identity, seat.address) = (identity, "柳荫里 5 号".to_owned());
        let open = quarrel.refuses("mediator", prepare(&quarrel));
        assert_eq!(open, out(OutOfOrder::NotAgreed));
        let revision = quarrel.case.stage.work().unwrap().draft.revision;
        let clause = CLAUSE;
        quarrel.act("stranger", Action::AgreeClause { clause, revision });
        quarrel.act("mediator", prepare(&quarrel));
        let late = quarrel.refuses("mediator", adds(PartyRole::Respondent, 1));
        assert_eq!(late, out(OutOfOrder::WrongState), "it lies open");
    }

    #[test]
    fn no_more_than_sign_one_agreement() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).inviting();
        for number in 0..18 {
            quarrel.act("dispatcher", adds(PartyRole::Respondent, number));
        }
        let refused = quarrel.refuses("dispatcher", adds(PartyRole::Respondent, 18));
        assert_eq!(refused, out(OutOfOrder::TooManyParties));
    }
}
