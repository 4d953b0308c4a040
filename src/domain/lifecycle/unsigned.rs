//! Before and instead of a signature: consent to sign electronically, a no, and a signing that nobody ended in time.

use super::super::agreement::{Agreement, Consent, Refusal, Signer, Unsigned, WhyUnsigned};
use super::super::deadline::Due;
use super::super::follow_up::{FollowUp, Recipient};
use super::super::hash::ContentHash;
use super::super::ids::PartyId;
use super::super::paper::WhyVoid;
use super::super::time::instant;
use super::reminding::MORNING;
use super::{Action, Mediate, Notice, ONE_TICK, OutOfOrder, Outcome, Role, Step, said, signing};

pub(super) fn carry_out(step: &mut Step, action: &Action) -> Outcome {
    match action {
        Action::ConsentToSign {
            version,
            text,
            words,
        } => consent(step, version, (text, words.as_deref())),
        Action::WithdrawConsent => withdraw(step),
        Action::DeclineToSign { reason } => decline(step, reason),
        Action::LapseSigning => lapse(step),
        _ => Err(OutOfOrder::WrongState),
    }
}

/// 电子签名法 3: nobody has to sign electronically, and whoever does has said so before.
fn consent(step: &mut Step, version: &str, (text, words): (&ContentHash, Option<&str>)) -> Outcome {
    said(version)?;
    if words.is_some_and(|words| ContentHash::of(words.as_bytes()) != *text) {
        return Err(OutOfOrder::PaperChanged);
    }
    let (person, at) = (step.acting_person()?, step.now);
    let (party, agreement) = signer(step)?;
    if agreement.by_hand.is_some() {
        return Err(OutOfOrder::WetInkOnly);
    }
    if agreement.consent_of(party).is_some() {
        return Err(OutOfOrder::AlreadyDone);
    }
    agreement.consents.push(Consent {
        party,
        person,
        at,
        version: version.to_owned(),
        text: text.clone(),
        words: words.map(str::to_owned),
    });
    Ok(())
}

fn withdraw(step: &mut Step) -> Outcome {
    let (party, agreement) = signer(step)?;
    if agreement.consent_of(party).is_none() {
        return Err(OutOfOrder::Unknown);
    }
    agreement.consents.retain(|it| it.party != party);
    Ok(())
}

/// A party that has not signed yet, and what it is asked to sign.
fn signer<'a>(step: &'a mut Step) -> Result<(PartyId, &'a mut Agreement), OutOfOrder> {
    let party = step.permitted.party().ok_or(OutOfOrder::WrongState)?;
    let Mediate::Signing { agreement, .. } = step.mediate()? else {
        return Err(OutOfOrder::WrongState);
    };
    if agreement.is_signed_by(Signer::Party { party }) {
        return Err(OutOfOrder::AlreadyDone);
    }
    Ok((party, &mut **agreement))
}

/// Nobody is bound before all have signed, so that one no ends it for all; it goes on at the board, or to an end. On paper
/// they may be bound by then: whoever mediates has the sheets and says which it is.
fn decline(step: &mut Step, reason: &str) -> Outcome {
    let at = step.now;
    let (by, agreement) = signer(step)?;
    let reason = reason.trim().to_owned();
    if let Some(by_hand) = &mut agreement.by_hand {
        if by_hand.refusals.iter().any(|no| no.by == by) {
            return Err(OutOfOrder::AlreadyDone);
        }
        by_hand.refusals.push(Refusal { by, reason, at });
        let is_certified = !by_hand.scan.is_empty();
        step.notify_mediator(Notice::RefusedOnPaper);
        if is_certified {
            let organisation = step.case.organisation;
            step.notify_post(organisation, Role::SealHolder, Notice::RefusedOnPaper);
        }
        return Ok(());
    }
    end(step, WhyUnsigned::Declined { by, reason })?;
    step.notify_parties(Notice::SigningDeclined);
    step.notify_mediator(Notice::SigningDeclined);
    Ok(())
}

/// The clock knows who has signed electronically, and nothing of the sheets: those have taken effect with the last hand,
/// whenever they are scanned (人民调解法 29).
fn lapse(step: &mut Step) -> Outcome {
    let now = step.now;
    let Mediate::Signing { agreement, .. } = step.mediate()? else {
        return Err(OutOfOrder::WrongState);
    };
    if agreement.by_hand.is_some() {
        return Err(OutOfOrder::WrongState);
    }
    if !agreement
        .lapses
        .as_ref()
        .is_some_and(|due| due.has_passed(now))
    {
        return Err(OutOfOrder::NotDue);
    }
    end(step, WhyUnsigned::Lapsed)?;
    step.notify_parties(Notice::SigningLapsed);
    step.notify_mediator(Notice::SigningLapsed);
    Ok(())
}

/// Whoever mediates takes the sheets back because somebody said no, or because the days are over; otherwise it is a change of
/// words like any other, and not this.
pub(super) fn gives_up(step: &mut Step) -> Result<bool, OutOfOrder> {
    let agreement = step.case.stage.signing().ok_or(OutOfOrder::WrongState)?;
    let Some(by_hand) = &agreement.by_hand else {
        return Ok(false);
    };
    let is_over = |due: &Due| due.has_passed(step.now);
    let (why, notice) = match by_hand.refusals.first() {
        Some(no) => {
            let (by, reason) = (no.by, no.reason.clone());
            let why = WhyUnsigned::Declined { by, reason };
            (why, Notice::SigningDeclined)
        }
        None if agreement.lapses.as_ref().is_some_and(is_over) => {
            (WhyUnsigned::Lapsed, Notice::SigningLapsed)
        }
        None => return Ok(false),
    };
    end(step, why)?;
    step.notify_parties(notice);
    Ok(true)
}

/// The paper names somebody who acts no more.
pub(super) fn agent_gone(step: &mut Step) -> Outcome {
    end(step, WhyUnsigned::AgentGone)?;
    step.notify_parties(Notice::SigningVoided);
    step.notify_mediator(Notice::SigningVoided);
    Ok(())
}

fn end(step: &mut Step, why: WhyUnsigned) -> Outcome {
    let at = step.now;
    let agreement = step.case.stage.signing().ok_or(OutOfOrder::WrongState)?;
    let number = agreement.number.clone();
    let void = match why {
        WhyUnsigned::Declined { .. } => WhyVoid::Declined,
        WhyUnsigned::Lapsed => WhyVoid::Lapsed,
        WhyUnsigned::AgentGone => WhyVoid::Withdrawn,
    };
    let paper = step.case.paper(agreement.paper);
    let verify_id = paper.map_or_else(String::new, |paper| paper.verify_id.clone());
    let work = signing::void(step, void)?;
    work.unsigned.push(Unsigned {
        number,
        verify_id,
        at,
        why,
    });
    Ok(())
}

/// What is signed by hand ends by no clock: whoever mediates is asked how it stands once the days are over.
pub(super) fn ask(step: &mut Step, lapses: &Due) {
    let at = step.rules.calendar.civil_hour(lapses.at + ONE_TICK);
    let due = lapses.at;
    step.follow_ups
        .extend(step.case.stage.mediator().map(|person| FollowUp::Later {
            at,
            to: Recipient::Person { person },
            notice: Notice::SheetsDue { due },
        }));
}

/// Asks to be called when it is over, and reminds each on the working day before and in the morning of the last day.
pub(super) fn watch(step: &mut Step, lapses: &Due) {
    let at = lapses.at + ONE_TICK;
    step.follow_ups.push(FollowUp::Watch { at });
    let day = lapses.day();
    let before = step.rules.calendar.working_day_before(day);
    let mornings = [before, day].map(|day| instant(day, MORNING));
    for at in mornings.into_iter().flatten().filter(|at| *at > step.now) {
        for party in step.case.party_ids() {
            step.follow_ups.push(FollowUp::Later {
                at,
                to: Recipient::Party { party },
                notice: Notice::SignBy {
                    party,
                    due: lapses.at,
                },
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::{CLAIMANT, Quarrel, RESPONDENT, Refused, rules, willing};
    use super::super::super::offered::due_action;
    use super::super::super::paper::PaperKind;
    use super::super::super::stage::{EndCode, Stage};
    use super::*;

    fn out(why: OutOfOrder) -> Refused {
        Refused::OutOfOrder(why)
    }

    fn signs(quarrel: &Quarrel<'_>) -> Action {
        let from_hash = quarrel
            .case
            .latest_paper(PaperKind::Agreement)
            .unwrap()
            .hash
            .clone();
        Action::Sign {
            to_hash: ContentHash::of(from_hash.as_str().as_bytes()),
            from_hash,
            shown: None,
        }
    }

    fn unsigned<'a>(quarrel: &'a Quarrel<'_>) -> &'a [Unsigned] {
        &quarrel.case.stage.work().unwrap().unsigned
    }

    #[test]
    fn nobody_signs_electronically_who_has_not_agreed_to_it_before() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).signing();
        let without = quarrel.refuses("claimant", signs(&quarrel));
        assert_eq!(without, out(OutOfOrder::ConsentMissing));
        quarrel.act("respondent", willing());
        let of_another = quarrel.refuses("claimant", signs(&quarrel));
        assert_eq!(of_another, out(OutOfOrder::ConsentMissing));
        quarrel.act("claimant", willing());
        let twice = quarrel.refuses("claimant", willing());
        assert_eq!(twice, out(OutOfOrder::AlreadyDone));
        quarrel.act("claimant", Action::WithdrawConsent);
        let withdrawn = quarrel.refuses("claimant", signs(&quarrel));
        assert_eq!(withdrawn, out(OutOfOrder::ConsentMissing));
        quarrel.act("claimant", willing());
        let action = signs(&quarrel);
        quarrel.act("claimant", action);
        let late = quarrel.refuses("claimant", Action::WithdrawConsent);
        assert_eq!(
            late,
            out(OutOfOrder::AlreadyDone),
            "what is signed is signed"
        );
        for name in ["mediator", "seal_holder", "stranger", "dispatcher"] {
            let refused = quarrel.refuses(name, willing());
            assert!(matches!(refused, Refused::Forbidden(_)), "{name}");
        }
    }

    #[test]
    fn a_consent_to_other_words_than_those_of_its_fingerprint_is_none() {
        let rules = rules();
        let quarrel = Quarrel::new(&rules).signing();
        let other = Action::ConsentToSign {
            version: "2026-11".to_owned(),
            text: ContentHash::of("我同意".as_bytes()),
            words: Some("我不同意".to_owned()),
        };
        let refused = quarrel.refuses("claimant", other);
        assert_eq!(refused, out(OutOfOrder::PaperChanged));
    }

    #[test]
    fn one_no_ends_the_signing_for_all_and_voids_what_was_signed() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).signing();
        quarrel.sign_next("claimant");
        let reason = || "金额写错了".to_owned();
        let refused = quarrel.refuses("claimant", Action::DeclineToSign { reason: reason() });
        assert_eq!(refused, out(OutOfOrder::AlreadyDone));
        let done = quarrel.act("respondent", Action::DeclineToSign { reason: reason() });
        assert_eq!(quarrel.case.stage.name(), "mediate.active");
        assert!(quarrel.case.latest_paper(PaperKind::Agreement).is_none());
        let why = WhyUnsigned::Declined {
            by: RESPONDENT,
            reason: reason(),
        };
        assert_eq!(unsigned(&quarrel)[0].why, why);
        let told = FollowUp::Notify {
            to: Recipient::Party { party: CLAIMANT },
            notice: Notice::SigningDeclined,
        };
        assert!(done.follow_ups.contains(&told), "everybody is told");
        let code = EndCode::SigningRefused;
        quarrel.act("mediator", Action::End { code });
        let Stage::Mediate { at } = &quarrel.case.stage else {
            panic!("an end")
        };
        let Mediate::Ended { ending } = at.as_ref() else {
            panic!("an end")
        };
        let said = serde_json::to_string(ending).unwrap();
        assert!(
            !said.contains("金额") && !said.contains(&RESPONDENT.to_string()),
            "{said}"
        );
    }

    #[test]
    fn whoever_has_signed_does_not_end_the_mediation_either() {
        let rules = rules();
        for (name, other, code) in [
            ("claimant", "respondent", EndCode::Withdrawn),
            ("respondent", "claimant", EndCode::Refused),
        ] {
            let mut quarrel = Quarrel::new(&rules).signing();
            quarrel.sign_next(name);
            let refused = quarrel.refuses(name, Action::End { code });
            assert_eq!(refused, out(OutOfOrder::AlreadyDone), "{name}");
            let code = EndCode::Refused;
            quarrel.act(other, Action::End { code });
            assert_eq!(
                quarrel.case.stage.name(),
                "mediate.ended",
                "{other} is free"
            );
        }
    }

    #[test]
    fn a_refused_signing_is_no_way_to_end_where_nobody_refused() {
        let rules = rules();
        let quarrel = Quarrel::new(&rules).agreed();
        let code = EndCode::SigningRefused;
        let refused = quarrel.refuses("mediator", Action::End { code });
        assert_eq!(refused, out(OutOfOrder::WrongState));
    }

    #[test]
    fn what_not_all_have_signed_in_time_lapses_by_the_clock_alone() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).signing();
        quarrel.sign_next("claimant");
        quarrel.wait(6);
        assert_eq!(due_action(&rules, &quarrel.case, quarrel.now), None);
        let early = quarrel.refuses("clock", Action::LapseSigning);
        assert_eq!(early, out(OutOfOrder::NotDue));
        quarrel.wait(2);
        let due = due_action(&rules, &quarrel.case, quarrel.now);
        assert_eq!(due, Some(Action::LapseSigning));
        let refused = quarrel.refuses("mediator", Action::LapseSigning);
        assert!(matches!(refused, Refused::Forbidden(_)));
        quarrel.act("clock", Action::LapseSigning);
        assert_eq!(unsigned(&quarrel)[0].why, WhyUnsigned::Lapsed);
        assert_eq!(quarrel.case.stage.name(), "mediate.active");
        assert!(quarrel.case.papers.is_empty(), "every signature is void");
    }

    #[test]
    fn whoever_has_not_signed_is_reminded_before_it_lapses() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).agreed();
        let paper = quarrel.paper(PaperKind::Agreement, "base");
        let prepared = quarrel.act(
            "mediator",
            Action::PrepareSigning {
                number: "1".to_owned(),
                paper,
                order: None,
            },
        );
        let reminders = prepared.follow_ups.iter().filter_map(|it| match it {
            FollowUp::Later {
                at,
                notice: Notice::SignBy { .. },
                ..
            } => Some(at.to_string()),
            _ => None,
        });
        let days = ["2026-03-06T01:00:00Z", "2026-03-09T01:00:00Z"];
        assert_eq!(
            reminders.collect::<Vec<_>>(),
            [days[0], days[0], days[1], days[1]]
        );
    }
}
