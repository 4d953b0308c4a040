//! One matter told twice becomes one case; what may be serial is linked.

use super::super::claim::Claim;
use super::super::evidence::Evidence;
use super::super::joining::{Carried, may_join, may_take_in};
use super::super::party::{Contact, PartyRole};
use super::super::stage::Closing;
use super::{Action, Notice, OutOfOrder, Outcome, Stage, Step};

pub(super) fn carry_out(step: &mut Step, action: &Action) -> Outcome {
    match action {
        Action::Link { other } => {
            let id = step.case.id;
            let links = &mut step.case.intake.links;
            if *other == id {
                return Err(OutOfOrder::Unknown);
            }
            if links.contains(other) {
                return Err(OutOfOrder::AlreadyDone);
            }
            links.push(*other);
            Ok(())
        }
        Action::JoinInto { other } => {
            if !may_join(&step.case.stage) || *other == step.case.id {
                return Err(OutOfOrder::WrongState);
            }
            step.case.stage = Stage::Closed {
                at: step.now,
                why: Closing::Joined { into: *other },
            };
            step.notify_parties(Notice::Joined);
            Ok(())
        }
        Action::TakeIn { carried } => take_in(step, carried),
        _ => Err(OutOfOrder::WrongState),
    }
}

fn take_in(step: &mut Step, carried: &Carried) -> Outcome {
    if !may_take_in(&step.case.stage) {
        return Err(OutOfOrder::WrongState);
    }
    let case = &mut step.case;
    if case.intake.joined.contains(&carried.from) {
        return Err(OutOfOrder::AlreadyDone);
    }
    case.intake.joined.push(carried.from);
    if !carried.story.is_empty() && !case.story.contains(&carried.story) {
        case.story = format!("{}\n\n{}\n{}", case.story, carried.number, carried.story);
    }
    for claim in &carried.claims {
        let same =
            |it: &Claim| (it.kind, &it.text, it.amount) == (claim.kind, &claim.text, claim.amount);
        if !case.claims.iter().any(same) {
            case.claims.push(claim.clone());
        }
    }
    for shown in &carried.evidence {
        let same = |it: &Evidence| it.is_shown() && it.file.original == shown.file.original;
        if !case.evidence.iter().any(same) {
            case.evidence.push(shown.clone());
        }
    }
    let mut parties = case.parties.iter_mut();
    if let Some(seat) = parties.find(|party| party.role == PartyRole::Respondent) {
        // Whoever has sat down is reached where they said.
        if seat.person.is_none() {
            fill(&mut seat.contact, &carried.respondent);
        }
        if seat.address.is_empty() {
            seat.address.clone_from(&carried.address);
        }
    }
    case.intake.files.extend(carried.files.iter().cloned());
    for screen in &carried.screens {
        step.learn(Vec::new(), Some(screen.clone()));
    }
    step.learn(carried.matched.clone(), None);
    Ok(())
}

fn fill(contact: &mut Contact, from: &Contact) {
    if contact.phone.is_none() {
        contact.phone.clone_from(&from.phone);
    }
    if contact.mail.is_none() {
        contact.mail.clone_from(&from.mail);
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::super::case::Case;
    use super::super::super::claim::{ClaimKind, ClaimOutcome};
    use super::super::super::fixture::{CLAIMANT, Quarrel, RESPONDENT, Refused, actor, rules};
    use super::super::super::hash::ContentHash;
    use super::super::super::identity::{PersonName, Phone};
    use super::super::super::ids::{CaseId, ClaimId, EvidenceId, PartyId};
    use super::super::super::joining::carried;
    use super::super::super::money::Fen;
    use super::super::super::safety::Urgency;
    use super::super::super::stage::Assess;
    use super::super::{FollowUp, Recipient, Transition};
    use super::*;
    use crate::domain::evidence::{EvidenceFile, Media};

    /// The same quarrel once more, told in other words.
    fn again(case: &Case) -> Case {
        let mut case = case.clone();
        case.id = CaseId(Uuid::from_u128(0xcb));
        case.number = "和调〔2026〕000002号".to_owned();
        "半夜还在打我门。".clone_into(&mut case.story);
        case
    }

    #[test]
    fn what_was_told_twice_goes_on_as_one_with_both_stories() {
        let rules = rules();
        let mut first = Quarrel::new(&rules).received();
        first.case.party_mut(RESPONDENT).unwrap().contact = Contact::default();
        let mut second = Quarrel::new(&rules);
        second.case = again(&second.case);
        second
            .case
            .intake
            .safety
            .learn(rules.danger.find("他拿刀来"), None, second.now);
        let carried = carried(&second.case, &first.case).unwrap();
        let other = first.case.id;
        let joined = second.act("dispatcher", Action::JoinInto { other });
        assert_eq!(joined.case.stage.name(), "closed");
        first.act(
            "dispatcher",
            Action::TakeIn {
                carried: Box::new(carried.clone()),
            },
        );
        assert!(first.case.story.contains("拖椅子") && first.case.story.contains("打我门"));
        assert!(
            first
                .case
                .party(RESPONDENT)
                .unwrap()
                .contact
                .phone
                .is_some()
        );
        assert_eq!(
            first.case.intake.urgency(),
            Urgency::Urgent,
            "danger is not lost"
        );
        let twice = first.refuses(
            "dispatcher",
            Action::TakeIn {
                carried: Box::new(carried),
            },
        );
        assert_eq!(twice, Refused::OutOfOrder(OutOfOrder::AlreadyDone));
    }

    /// Before 受理 the other side has not been asked anything, and is told nothing of what staff do.
    #[test]
    fn nobody_who_was_not_invited_is_told_or_seated() {
        let rules = rules();
        let parties = |told: &Transition| -> Vec<PartyId> {
            let to = |follow_up: &FollowUp| match follow_up {
                FollowUp::Notify {
                    to: Recipient::Party { party },
                    ..
                } => Some(*party),
                _ => None,
            };
            told.follow_ups.iter().filter_map(to).collect()
        };
        let mut assessed = Quarrel::new(&rules);
        let mut unsorted = assessed.clone();
        unsorted.case.stage = Stage::Assess {
            at: Assess::Submitted,
        };
        let dispute = unsorted.case.dispute.clone();
        let sorted = unsorted.act("dispatcher", Action::Triage { dispute });
        assert_eq!(parties(&sorted), [CLAIMANT]);
        let mut received = Quarrel::new(&rules).received();
        let seat = received.case.parties[1].clone();
        let sit = || Action::TakeSeat {
            party: seat.id,
            person: actor("respondent").person().unwrap(),
            proven: seat.contact.clone(),
        };
        for quarrel in [&assessed, &received] {
            let refused = quarrel.refuses("accounts", sit());
            assert_eq!(refused, Refused::OutOfOrder(OutOfOrder::WrongState));
        }
        let mut invited = received.clone();
        let other = CaseId(Uuid::from_u128(0xcb));
        let joined = received.act("dispatcher", Action::JoinInto { other });
        assert_eq!(parties(&joined), [CLAIMANT]);
        let closed = assessed.act("claimant", Action::Close);
        assert!(parties(&closed).is_empty());
        invited.act("dispatcher", Action::Accept);
        invited.act("accounts", sit());
    }

    #[test]
    fn what_was_asked_for_and_shown_goes_along_once() {
        let rules = rules();
        let mut first = Quarrel::new(&rules).received();
        let mut second = Quarrel::new(&rules);
        second.case = again(&second.case);
        let money = Claim {
            id: ClaimId(Uuid::from_u128(0xc9)),
            kind: ClaimKind::Money,
            text: "修门的钱".to_owned(),
            amount: Some(Fen(80_000)),
            outcome: ClaimOutcome::Open,
        };
        second.case.claims.push(money.clone());
        let show = |number: u128| Action::ShowEvidence {
            id: EvidenceId(Uuid::from_u128(number)),
            file: EvidenceFile {
                media: Media::Jpeg,
                name: "门.jpg".to_owned(),
                size: 3,
                original: ContentHash::of(&number.to_be_bytes()),
                preview: None,
            },
            note: "门坏了".to_owned(),
        };
        second.act("claimant", show(1));
        second.act("claimant", show(2));
        let id = EvidenceId(Uuid::from_u128(2));
        second.act("claimant", Action::WithdrawEvidence { id });
        let carried = Box::new(carried(&second.case, &first.case).unwrap());
        first.act("dispatcher", Action::TakeIn { carried });
        assert_eq!(
            first.case.claims.len(),
            2,
            "what both asked for stands once"
        );
        assert_eq!(first.case.claims[1], money);
        let shown: Vec<_> = first.case.evidence.iter().map(|it| it.id).collect();
        assert_eq!(shown, [EvidenceId(Uuid::from_u128(1))]);
    }

    #[test]
    fn other_people_s_cases_are_linked_and_never_joined() {
        let rules = rules();
        let first = Quarrel::new(&rules).received();
        let mut neighbour = again(&Quarrel::new(&rules).case);
        neighbour.parties[0].person = None;
        neighbour.parties[0].contact.phone = Some(Phone::parse("13800000077").unwrap());
        assert_eq!(
            carried(&neighbour, &first.case),
            Err(OutOfOrder::OtherPeople)
        );
        let mut of_another = again(&Quarrel::new(&rules).case);
        of_another.parties[1].name = PersonName::parse("康健").unwrap();
        of_another.parties[1].contact = Contact::default();
        assert_eq!(
            carried(&of_another, &first.case),
            Err(OutOfOrder::OtherPeople)
        );
        let mut first = first;
        let other = neighbour.id;
        first.act("dispatcher", Action::Link { other });
        assert_eq!(first.case.intake.links, [other]);
    }

    #[test]
    fn nothing_is_joined_once_the_other_side_has_answered() {
        let rules = rules();
        let first = Quarrel::new(&rules).selecting();
        let second = again(&Quarrel::new(&rules).case);
        assert_eq!(carried(&second, &first.case), Err(OutOfOrder::WrongState));
    }

    #[test]
    fn after_one_matter_another_can_be_joined_whatever_its_id() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules);
        let from = CaseId(uuid::Uuid::nil());
        let carried = Box::new(Carried::nothing(from));
        quarrel.act("dispatcher", Action::TakeIn { carried });
        let still = crate::domain::offered::is_offered(
            &rules,
            &quarrel.case,
            &actor("dispatcher"),
            crate::domain::action::ActionKind::TakeIn,
            quarrel.now,
        );
        assert!(still);
    }
}
