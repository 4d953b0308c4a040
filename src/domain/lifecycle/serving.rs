//! Papers that somebody brings to a party: owed as soon as there is one for whom no electronic way will do, and what was
//! done for it.

use jiff::civil::Date;

use super::super::delivery::{Delivery, Entry, How};
use super::super::ids::{DocumentId, PartyId};
use super::super::rules::TermKey;
use super::super::time::civil_date;
use super::{Action, Notice, OutOfOrder, Outcome, Role, Step, said};

/// After every step: what a new paper, a new wish or a receipt has changed.
pub(super) fn owe(step: &mut Step) {
    let wanted = step.case.to_bring();
    let is_wanted = |it: &Delivery| wanted.contains(&(it.paper, it.party));
    let begun = |it: &Delivery| !it.entries.is_empty();
    step.case.deliveries.retain(|it| begun(it) || is_wanted(it));
    let deliveries = step.case.deliveries.iter();
    let opened: Vec<_> = deliveries.map(|it| step.case.opened(it)).collect();
    for (delivery, opened) in step.case.deliveries.iter_mut().zip(opened) {
        delivery.entries.extend(opened);
        // What is in the post is waited for whatever was said since.
        delivery.unneeded = !is_wanted(delivery) && !delivery.is_on_its_way();
    }
    for (paper, party) in wanted {
        if step.case.delivery(paper, party).is_none() {
            let due = step.due(TermKey::Delivery);
            step.case.deliveries.push(Delivery {
                paper,
                party,
                due,
                entries: Vec::new(),
                unneeded: false,
            });
            tell(step, paper);
        }
    }
}

/// The court's clerks bring a paper of the court; the mediator or, while there is none, the dispatchers any other.
fn tell(step: &mut Step, paper: DocumentId) {
    let court = step.case.paper(paper).and_then(|paper| paper.court);
    let mediator = step.case.stage.mediator();
    match (court, mediator) {
        (Some(court), _) => step.notify_post(court, Role::Clerk, Notice::PaperToBring),
        (None, Some(_)) => step.notify_mediator(Notice::PaperToBring),
        (None, None) => {
            let organisation = step.case.organisation;
            step.notify_post(organisation, Role::Dispatcher, Notice::PaperToBring);
        }
    }
}

pub(super) fn carry_out(step: &mut Step, action: &Action) -> Outcome {
    let Action::RecordDelivery {
        paper,
        party,
        how,
        on,
        mark,
    } = action
    else {
        return Err(OutOfOrder::WrongState);
    };
    said(mark)?;
    record(step, (*paper, *party), (*how, *on), mark)
}

fn record(
    step: &mut Step,
    (paper, party): (DocumentId, PartyId),
    (how, on): (How, Date),
    mark: &str,
) -> Outcome {
    let (by, at) = (step.acting_person()?, step.now);
    let made = step.case.paper(paper).ok_or(OutOfOrder::Unknown)?;
    let court = made.court.is_some();
    if on > civil_date(at) || on < civil_date(made.made_at) {
        return Err(OutOfOrder::BadTime);
    }
    let mut deliveries = step.case.deliveries.iter_mut();
    let delivery = deliveries
        .find(|it| (it.paper, it.party) == (paper, party))
        .ok_or(OutOfOrder::Unknown)?;
    if how != How::Mistaken && !delivery.is_open() {
        return Err(OutOfOrder::AlreadyDone);
    }
    if !delivery.may_follow(how, court) {
        return Err(OutOfOrder::WrongState);
    }
    // Nothing comes back before it was sent.
    let sent = delivery.valid().pop().map(|entry| entry.on);
    if sent.is_some_and(|sent| on < sent) {
        return Err(OutOfOrder::BadTime);
    }
    delivery.entries.push(Entry {
        how,
        on,
        mark: mark.to_owned(),
        by,
        at,
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::super::confirmation::Phase;
    use super::super::super::fixture::{
        CLAIMANT, CLAUSE, COURT, COURT_NUMBER, Quarrel, RESPONDENT, Refused, all_clear, rules,
    };
    use super::super::super::paper::PaperKind;
    use super::super::super::permission::Forbidden;
    use super::super::super::service::{Channel, Wish};
    use super::super::super::stage::EndCode;
    use super::super::{FollowUp, Recipient, Stage, Transition};
    use super::*;

    /// Confirms the form with these ways and no other.
    fn wishes(quarrel: &mut Quarrel<'_>, name: &str, party: PartyId, ways: &[Channel]) {
        let mut paper = quarrel.paper(PaperKind::ServiceAddress, "service");
        paper.id = DocumentId(uuid::Uuid::from_u128(
            200 + quarrel.case.papers.len() as u128,
        ));
        paper.party = Some(party);
        let wish = Wish {
            address: "柳荫里 3 号楼 502 室".to_owned(),
            receiver: None,
            channels: ways.iter().copied().collect::<BTreeSet<_>>(),
        };
        quarrel.act(name, Action::ConfirmService { wish, paper });
    }

    fn owed(quarrel: &Quarrel<'_>) -> Vec<(PaperKind, PartyId)> {
        let kind = |it: &Delivery| quarrel.case.paper(it.paper).unwrap().kind;
        let open = quarrel.case.open_deliveries();
        open.map(|it| (kind(it), it.party)).collect()
    }

    fn brings(quarrel: &Quarrel<'_>, kind: PaperKind, party: PartyId, how: How) -> Action {
        Action::RecordDelivery {
            paper: quarrel.case.latest_paper(kind).unwrap().id,
            party,
            how,
            on: civil_date(quarrel.now),
            mark: "本人签收".to_owned(),
        }
    }

    fn told(transition: &Transition) -> Vec<Recipient> {
        let told = transition.follow_ups.iter().filter_map(|it| match it {
            FollowUp::Notify {
                to,
                notice: Notice::PaperToBring,
            } => Some(*to),
            _ => None,
        });
        told.collect()
    }

    fn out(why: OutOfOrder) -> Refused {
        Refused::OutOfOrder(why)
    }

    #[test]
    fn whoever_agreed_to_no_electronic_way_is_brought_the_agreement_and_nobody_else() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).signing();
        wishes(&mut quarrel, "claimant", CLAIMANT, &[]);
        wishes(&mut quarrel, "respondent", RESPONDENT, &[Channel::Sms]);
        assert_eq!(owed(&quarrel), [], "what is not in effect is not served");
        for name in ["claimant", "respondent", "mediator"] {
            quarrel.sign_next(name);
        }
        let sealed = quarrel.sign_next("seal_holder");
        assert_eq!(owed(&quarrel), [(PaperKind::Agreement, CLAIMANT)]);
        assert_eq!(told(&sealed).len(), 1, "the mediator is told");
        let hand = brings(&quarrel, PaperKind::Agreement, CLAIMANT, How::Handed);
        for other in ["claimant", "respondent", "clerk", "head", "seal_holder"] {
            let refused = quarrel.refuses(other, hand.clone());
            assert!(matches!(refused, Refused::Forbidden(_)), "{other}");
        }
        quarrel.act("mediator", hand.clone());
        assert_eq!(owed(&quarrel), []);
        let twice = quarrel.refuses("dispatcher", hand);
        assert_eq!(twice, out(OutOfOrder::AlreadyDone));
        let entry = quarrel.case.deliveries[0].done().unwrap();
        assert_eq!((entry.how, entry.mark.as_str()), (How::Handed, "本人签收"));
    }

    #[test]
    fn a_later_form_changes_what_is_still_to_be_brought() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).settled();
        assert_eq!(owed(&quarrel), [], "nothing was said, and it lies open");
        wishes(&mut quarrel, "claimant", CLAIMANT, &[]);
        assert_eq!(owed(&quarrel), [(PaperKind::Agreement, CLAIMANT)]);
        wishes(&mut quarrel, "claimant", CLAIMANT, &[Channel::Platform]);
        assert_eq!(owed(&quarrel), []);
        // An agreed way that leads nowhere is none: the seat has no mail address.
        wishes(&mut quarrel, "claimant", CLAIMANT, &[Channel::Mail]);
        assert_eq!(owed(&quarrel), [(PaperKind::Agreement, CLAIMANT)]);
    }

    #[test]
    fn what_was_posted_is_served_when_its_receipt_is_back_and_not_before() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active();
        wishes(&mut quarrel, "respondent", RESPONDENT, &[]);
        let code = EndCode::TooFarApart;
        quarrel.act("mediator", Action::End { code });
        let paper = quarrel.paper(PaperKind::NonSettlement, "certificate");
        quarrel.act(
            "seal_holder",
            Action::IssueCertificate { paper, shown: None },
        );
        let by =
            |quarrel: &Quarrel<'_>, how| brings(quarrel, PaperKind::NonSettlement, RESPONDENT, how);
        let early = quarrel.refuses("mediator", by(&quarrel, How::Received));
        assert_eq!(early, out(OutOfOrder::WrongState));
        let left = quarrel.refuses("mediator", by(&quarrel, How::Left));
        assert_eq!(left, out(OutOfOrder::WrongState), "only a court leaves it");
        quarrel.act("mediator", by(&quarrel, How::Posted));
        assert_eq!(owed(&quarrel).len(), 1, "on its way is not there");
        quarrel.wait(2);
        quarrel.act("dispatcher", by(&quarrel, How::Returned));
        quarrel.act("dispatcher", by(&quarrel, How::Posted));
        quarrel.wait(1);
        for days in [-2, 1] {
            let mut other_day = by(&quarrel, How::Received);
            if let Action::RecordDelivery { on, .. } = &mut other_day {
                *on = on.saturating_add(jiff::Span::new().days(days));
            }
            let refused = quarrel.refuses("mediator", other_day);
            assert_eq!(
                refused,
                out(OutOfOrder::BadTime),
                "before it went, or to come"
            );
        }
        quarrel.act("mediator", by(&quarrel, How::Received));
        assert_eq!(owed(&quarrel), []);
        let done = quarrel.case.deliveries[0].done().unwrap();
        assert_eq!(done.on, civil_date(quarrel.now));
        assert_eq!(quarrel.case.deliveries[0].entries.len(), 4);
    }

    /// 在线诉讼规则 4, 29: whoever has said nothing has agreed to nothing; whoever says "received" is served by it, but
    /// not against their own word.
    #[test]
    fn a_ruling_is_brought_to_whoever_did_not_agree_until_they_say_they_have_it() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).settled();
        wishes(&mut quarrel, "claimant", CLAIMANT, &[]);
        let hand = brings(&quarrel, PaperKind::Agreement, CLAIMANT, How::Handed);
        quarrel.act("mediator", hand);
        quarrel.join("respondent");
        quarrel.join("claimant");
        let number = COURT_NUMBER.to_owned();
        quarrel.act("clerk", Action::AcceptFiling { number });
        quarrel.act("judge", all_clear(&rules));
        let paper = quarrel.paper(PaperKind::Ruling, "ruling");
        let issued = quarrel.act("judge", Action::ConfirmAgreement { paper, shown: None });
        let ruling = PaperKind::Ruling;
        assert_eq!(owed(&quarrel), [(ruling, CLAIMANT), (ruling, RESPONDENT)]);
        let clerks = Recipient::Post {
            organisation: COURT,
            role: Role::Clerk,
        };
        assert_eq!(told(&issued), [clerks, clerks]);
        let own_word = quarrel.refuses("claimant", Action::ReceiveRuling);
        assert_eq!(own_word, out(OutOfOrder::WrongState));
        quarrel.act("respondent", Action::ReceiveRuling);
        assert_eq!(owed(&quarrel), [(ruling, CLAIMANT)]);
        let left = brings(&quarrel, ruling, CLAIMANT, How::Left);
        let foreign = quarrel.refuses("mediator", left.clone());
        assert_eq!(foreign, Refused::Forbidden(Forbidden::NotYours));
        quarrel.act("clerk", left);
        assert_eq!(owed(&quarrel), []);
        assert!(matches!(
            quarrel.case.stage,
            Stage::Confirm {
                phase: Phase::Valid { .. },
                ..
            }
        ));
    }

    #[test]
    fn a_ruling_that_was_opened_is_not_owed_again_when_the_stage_tells_of_it_no_more() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).confirmed();
        for name in ["claimant", "respondent"] {
            quarrel.act(name, Action::ReceiveRuling);
        }
        assert_eq!(owed(&quarrel), []);
        let clause = CLAUSE;
        quarrel.act("claimant", Action::AcknowledgePerformance { clause });
        let closed = quarrel.act("mediator", quarrel.seen());
        assert_eq!(quarrel.case.stage.name(), "closed");
        assert_eq!((owed(&quarrel), told(&closed)), (vec![], vec![]));
        let asked = Action::FollowUp {
            kept: true,
            note: "夜里安静了".to_owned(),
        };
        quarrel.act("mediator", asked);
        assert_eq!(owed(&quarrel), []);
        assert_eq!(quarrel.case.court(), None, "the court has nothing to do");
    }

    #[test]
    fn a_ruling_that_closes_the_case_is_brought_all_the_same() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).reviewing();
        let clause = CLAUSE;
        quarrel.act("claimant", Action::AcknowledgePerformance { clause });
        quarrel.act("mediator", quarrel.seen());
        quarrel.act("judge", all_clear(&rules));
        let paper = quarrel.paper(PaperKind::Ruling, "ruling");
        quarrel.act("judge", Action::ConfirmAgreement { paper, shown: None });
        assert_eq!(quarrel.case.stage.name(), "closed");
        let ruling = PaperKind::Ruling;
        assert_eq!(owed(&quarrel), [(ruling, CLAIMANT), (ruling, RESPONDENT)]);
        for party in [CLAIMANT, RESPONDENT] {
            let hand = brings(&quarrel, ruling, party, How::Handed);
            quarrel.act("clerk", hand);
        }
        assert_eq!((owed(&quarrel), quarrel.case.court()), (vec![], None));
    }

    #[test]
    fn a_wrong_entry_is_taken_back_and_stays_to_be_read() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).confirmed();
        let ruling = PaperKind::Ruling;
        let hand = brings(&quarrel, ruling, CLAIMANT, How::Handed);
        let mistake = brings(&quarrel, ruling, CLAIMANT, How::Mistaken);
        let none = quarrel.refuses("clerk", mistake.clone());
        assert_eq!(none, out(OutOfOrder::WrongState), "there is nothing yet");
        quarrel.act("clerk", hand.clone());
        assert_eq!(owed(&quarrel), [(ruling, RESPONDENT)]);
        let foreign = quarrel.refuses("mediator", mistake.clone());
        assert_eq!(foreign, Refused::Forbidden(Forbidden::NotYours));
        quarrel.act("clerk", mistake);
        assert_eq!(owed(&quarrel), [(ruling, CLAIMANT), (ruling, RESPONDENT)]);
        let served = &quarrel.case.deliveries[0];
        assert_eq!((served.done(), served.entries.len()), (None, 2));
        quarrel.act("clerk", hand);
        assert_eq!(owed(&quarrel), [(ruling, RESPONDENT)]);
    }

    #[test]
    fn what_was_posted_is_waited_for_no_more_once_the_party_has_opened_it() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).confirmed();
        let ruling = PaperKind::Ruling;
        let post = brings(&quarrel, ruling, RESPONDENT, How::Posted);
        quarrel.act("clerk", post);
        assert_eq!(owed(&quarrel).len(), 2, "on its way is not there");
        quarrel.wait(1);
        quarrel.act("respondent", Action::ReceiveRuling);
        assert_eq!(owed(&quarrel), [(ruling, CLAIMANT)]);
        let delivery = quarrel.case.deliveries.last().unwrap();
        let done = delivery.done().unwrap();
        assert_eq!((done.how, done.at), (How::Opened, quarrel.now));
        let mistake = brings(&quarrel, ruling, RESPONDENT, How::Mistaken);
        let own_word = quarrel.refuses("clerk", mistake);
        assert_eq!(own_word, out(OutOfOrder::WrongState));
    }

    #[test]
    fn what_came_back_is_waited_for_no_more_once_another_way_will_do() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).settled();
        wishes(&mut quarrel, "claimant", CLAIMANT, &[]);
        let agreement = PaperKind::Agreement;
        let post = brings(&quarrel, agreement, CLAIMANT, How::Posted);
        quarrel.act("mediator", post);
        wishes(&mut quarrel, "claimant", CLAIMANT, &[Channel::Platform]);
        assert_eq!(owed(&quarrel), [(agreement, CLAIMANT)], "it is in the post");
        let back = brings(&quarrel, agreement, CLAIMANT, How::Returned);
        quarrel.act("mediator", back);
        assert_eq!(owed(&quarrel), []);
        wishes(&mut quarrel, "claimant", CLAIMANT, &[]);
        assert_eq!(owed(&quarrel), [(agreement, CLAIMANT)]);
    }

    #[test]
    fn what_cannot_be_served_has_an_end() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).settled();
        wishes(&mut quarrel, "claimant", CLAIMANT, &[]);
        let agreement = PaperKind::Agreement;
        let given_up = brings(&quarrel, agreement, CLAIMANT, How::Abandoned);
        let not_theirs = quarrel.refuses("mediator", given_up.clone());
        assert_eq!(not_theirs, Refused::Forbidden(Forbidden::NotYours));
        let announced = brings(&quarrel, agreement, CLAIMANT, How::Announced);
        let courts_alone = quarrel.refuses("dispatcher", announced);
        assert_eq!(courts_alone, out(OutOfOrder::WrongState));
        quarrel.act("dispatcher", given_up);
        assert_eq!(owed(&quarrel), []);
        assert_eq!(quarrel.case.deliveries[0].done(), None, "it was not served");

        let mut quarrel = Quarrel::new(&rules).confirmed();
        let ruling = PaperKind::Ruling;
        let given_up = brings(&quarrel, ruling, CLAIMANT, How::Abandoned);
        let never = quarrel.refuses("clerk", given_up);
        assert_eq!(never, out(OutOfOrder::WrongState));
        let announced = brings(&quarrel, ruling, CLAIMANT, How::Announced);
        quarrel.act("clerk", announced);
        assert_eq!(owed(&quarrel), [(ruling, RESPONDENT)]);
    }
}
