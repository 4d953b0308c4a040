//! By hand instead of electronically: for what the law keeps on paper, and for whoever does not want or cannot do otherwise.

use jiff::Timestamp;

use super::super::agreement::{ByHand, Signature, Signer};
use super::super::hash::ContentHash;
use super::super::signature::Shown;
use super::super::time::civil_date;
use super::{Action, Mediate, Notice, OutOfOrder, Outcome, Step, TermKey, signing, unsigned};

pub(super) fn carry_out(step: &mut Step, action: &Action) -> Outcome {
    match action {
        Action::SignOnPaper { from_hash, to_hash } => take_to_paper(step, from_hash, to_hash),
        Action::CertifyScan {
            from_hash,
            to_hash,
            files,
            last_signed,
            shown,
        } => certify(
            step,
            (from_hash, to_hash),
            (files, *last_signed),
            shown.unwrap_or_default(),
        ),
        _ => Err(OutOfOrder::WrongState),
    }
}

/// The whole paper for everybody: one sheet does not carry two kinds of originals. What was signed electronically is void, and
/// so nobody takes it there who has signed, and nobody at all once all parties have.
fn take_to_paper(step: &mut Step, from: &ContentHash, to: &ContentHash) -> Outcome {
    let (acting, parties) = (step.permitted.party(), step.case.party_ids());
    let Mediate::Signing { agreement, .. } = step.mediate()? else {
        return Err(OutOfOrder::WrongState);
    };
    let has_signed = |party| agreement.is_signed_by(Signer::Party { party });
    let is_bound = acting.is_some_and(has_signed) || parties.into_iter().all(has_signed);
    if agreement.by_hand.is_some() || is_bound {
        return Err(OutOfOrder::AlreadyDone);
    }
    agreement.by_hand = Some(ByHand::default());
    agreement.signatures.clear();
    agreement.consents.clear();
    let paper = agreement.paper;
    let lapses = step.due(TermKey::Signing);
    unsigned::ask(step, &lapses);
    if let Mediate::Signing { agreement, .. } = step.mediate()? {
        agreement.lapses = Some(lapses);
    }
    signing::replace(step, paper, from, to)?;
    step.notify_parties(Notice::ToSignOnPaper);
    step.notify_mediator(Notice::ToSignOnPaper);
    Ok(())
}

/// The officer has held the scan against the original; the agreement is that of the day on which the last hand signed.
fn certify(
    step: &mut Step,
    (from, to): (&ContentHash, &ContentHash),
    (files, last_signed): (&[ContentHash], Timestamp),
    shown: Shown,
) -> Outcome {
    let (person, at) = (step.acting_person()?, step.now);
    let made_at = {
        let agreement = step.case.stage.signing().ok_or(OutOfOrder::WrongState)?;
        let paper = step
            .case
            .paper(agreement.paper)
            .ok_or(OutOfOrder::Unknown)?;
        paper.made_at
    };
    let Mediate::Signing { agreement, .. } = step.mediate()? else {
        return Err(OutOfOrder::WrongState);
    };
    let Some(by_hand) = &mut agreement.by_hand else {
        return Err(OutOfOrder::WrongState);
    };
    if files.is_empty() {
        return Err(OutOfOrder::Empty);
    }
    // The clock of whoever wrote the day by hand need not agree with ours to the minute.
    if last_signed > at || civil_date(last_signed) < civil_date(made_at) {
        return Err(OutOfOrder::BadTime);
    }
    // A hand that stood under it binds, whatever is said later; one that had said no before does not stand there.
    if by_hand.refusals.iter().any(|no| no.at < last_signed) {
        return Err(OutOfOrder::SaidNo);
    }
    by_hand.scan = files.to_vec();
    by_hand.last_signed = Some(last_signed);
    agreement.signatures.push(Signature {
        signer: Signer::Mediator,
        person,
        at,
        from_hash: from.clone(),
        to_hash: to.clone(),
        shown,
    });
    let paper = agreement.paper;
    signing::replace(step, paper, from, to)?;
    signing::settle(step, last_signed)
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::super::super::agreement::WhyUnsigned;
    use super::super::super::fixture::{
        CLAIMANT, MEDIATOR, Quarrel, RESPONDENT, Refused, actor, rules, willing,
    };
    use super::super::super::follow_up::{FollowUp, Recipient};
    use super::super::super::offered::due_action;
    use super::super::super::paper::PaperKind;
    use super::super::super::rules::DisputeKey;
    use super::super::super::stage::EndCode;
    use super::*;

    fn out(why: OutOfOrder) -> Refused {
        Refused::OutOfOrder(why)
    }

    fn current(quarrel: &Quarrel<'_>) -> ContentHash {
        quarrel
            .case
            .latest_paper(PaperKind::Agreement)
            .unwrap()
            .hash
            .clone()
    }

    fn on_paper(quarrel: &Quarrel<'_>) -> Action {
        Action::SignOnPaper {
            from_hash: current(quarrel),
            to_hash: ContentHash::of(b"printed"),
        }
    }

    fn certifies(quarrel: &Quarrel<'_>, last_signed: Timestamp) -> Action {
        Action::CertifyScan {
            from_hash: current(quarrel),
            to_hash: ContentHash::of(b"certified"),
            files: vec![ContentHash::of(b"scan")],
            last_signed,
            shown: None,
        }
    }

    fn signs(quarrel: &Quarrel<'_>) -> Action {
        Action::Sign {
            from_hash: current(quarrel),
            to_hash: ContentHash::of(b"signed"),
            shown: None,
        }
    }

    /// 电子签名法 3: marriage, adoption and succession are signed by hand, and nothing else can be done.
    #[test]
    fn what_the_law_keeps_on_paper_begins_on_paper() {
        let rules = rules();
        for dispute in ["divorce", "inheritance", "child-support"] {
            let mut quarrel = Quarrel::new(&rules).agreed();
            quarrel.case.dispute = DisputeKey(dispute.to_owned());
            quarrel.prepare();
            let refused = quarrel.refuses("claimant", willing());
            assert_eq!(refused, out(OutOfOrder::WetInkOnly), "{dispute}");
            let refused = quarrel.refuses("claimant", signs(&quarrel));
            assert_eq!(refused, out(OutOfOrder::WetInkOnly), "{dispute}");
            let now = quarrel.now;
            let action = certifies(&quarrel, now);
            quarrel.act("mediator", action);
            assert_eq!(quarrel.case.stage.name(), "mediate.settled");
        }
    }

    #[test]
    fn one_who_wants_paper_takes_the_whole_agreement_there_and_voids_what_was_signed() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).signing();
        quarrel.sign_next("claimant");
        let refused = quarrel.refuses("stranger", on_paper(&quarrel));
        assert!(matches!(refused, Refused::Forbidden(_)));
        let action = on_paper(&quarrel);
        quarrel.act("respondent", action);
        let agreement = quarrel.case.stage.signing().unwrap();
        assert!(agreement.signatures.is_empty() && agreement.consents.is_empty());
        let twice = quarrel.refuses("mediator", on_paper(&quarrel));
        assert_eq!(twice, out(OutOfOrder::AlreadyDone));
        for name in ["claimant", "mediator"] {
            let refused = quarrel.refuses(name, signs(&quarrel));
            assert_eq!(refused, out(OutOfOrder::WetInkOnly), "{name}");
        }
    }

    /// What is signed is signed: paper is no way to take it back.
    #[test]
    fn nobody_who_has_signed_takes_it_to_paper_and_nobody_at_all_once_all_parties_have() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).signing();
        quarrel.sign_next("claimant");
        let refused = quarrel.refuses("claimant", on_paper(&quarrel));
        assert_eq!(refused, out(OutOfOrder::AlreadyDone));
        quarrel.sign_next("respondent");
        for name in ["claimant", "respondent", "mediator"] {
            let refused = quarrel.refuses(name, on_paper(&quarrel));
            assert_eq!(refused, out(OutOfOrder::AlreadyDone), "{name}");
        }
        let agreement = quarrel.case.stage.signing().unwrap();
        assert_eq!(agreement.signatures.len(), 2, "and both still stand");
    }

    #[test]
    fn the_agreement_is_that_of_the_last_hand_and_its_thirty_days_run_from_there() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).signing();
        let action = on_paper(&quarrel);
        quarrel.act("mediator", action);
        let last_signed = quarrel.now + SignedDuration::from_hours(3);
        quarrel.wait(2);
        let later = quarrel.now + SignedDuration::from_hours(1);
        let before = quarrel.now - SignedDuration::from_hours(24 * 9);
        for wrong in [later, before] {
            let refused = quarrel.refuses("mediator", certifies(&quarrel, wrong));
            assert_eq!(refused, out(OutOfOrder::BadTime));
        }
        for name in ["claimant", "seal_holder", "head", "dispatcher"] {
            let refused = quarrel.refuses(name, certifies(&quarrel, last_signed));
            assert!(matches!(refused, Refused::Forbidden(_)), "{name}");
        }
        let action = certifies(&quarrel, last_signed);
        quarrel.act("mediator", action);
        let settlement = quarrel.case.stage.settlement().unwrap();
        assert_eq!(settlement.effective_at, last_signed);
        let electronic = Quarrel::new(&rules).settled();
        let other = electronic.case.stage.settlement().unwrap();
        assert_eq!(settlement.confirm_by, other.confirm_by, "of the same day");
        assert_eq!(current(&quarrel), ContentHash::of(b"certified"));
        assert!(quarrel.case.may_see(&actor("claimant")));
        assert_eq!(quarrel.case.parties[0].id, CLAIMANT);
    }

    fn unsigned(quarrel: &Quarrel<'_>) -> Vec<WhyUnsigned> {
        let work = quarrel.case.stage.work().unwrap();
        work.unsigned.iter().map(|it| it.why.clone()).collect()
    }

    /// 人民调解法 29: sheets take effect with the last hand, whenever they are scanned.
    #[test]
    fn no_clock_and_no_party_ends_what_is_signed_by_hand() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).signing();
        quarrel.wait(7);
        let action = on_paper(&quarrel);
        let taken = quarrel.act("respondent", action);
        let open = quarrel.case.stage.signing().unwrap();
        let due = open.lapses.clone().unwrap();
        assert!(due.at > quarrel.now + SignedDuration::from_hours(24 * 6));
        let asked = taken.follow_ups.iter().any(|it| {
            matches!(it, FollowUp::Later { at, notice: Notice::SheetsDue { .. }, .. } if *at > due.at)
        });
        assert!(
            asked,
            "the mediator says how it stands: {:?}",
            taken.follow_ups
        );
        quarrel.wait(40);
        assert_eq!(due_action(&rules, &quarrel.case, quarrel.now), None);
        let (term, code) = (EndCode::TermExpired, EndCode::Refused);
        for (name, action) in [
            ("clock", Action::LapseSigning),
            ("clock", Action::End { code: term }),
            ("claimant", Action::End { code }),
        ] {
            let refused = quarrel.refuses(name, action);
            assert_eq!(refused, out(OutOfOrder::WrongState), "{name}");
        }
        let last_signed = quarrel.now - SignedDuration::from_hours(24 * 38);
        let action = certifies(&quarrel, last_signed);
        quarrel.act("mediator", action);
        let settlement = quarrel.case.stage.settlement().unwrap();
        assert_eq!(settlement.effective_at, last_signed);
    }

    #[test]
    fn a_no_counts_unless_the_hand_stood_there_before() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).signing();
        let action = on_paper(&quarrel);
        quarrel.act("mediator", action);
        quarrel.now += SignedDuration::from_hours(3);
        let hand = quarrel.now;
        quarrel.now += SignedDuration::from_hours(1);
        let no = || Action::DeclineToSign {
            reason: "金额写错了".to_owned(),
        };
        let told = quarrel.act("respondent", no());
        assert_eq!(quarrel.case.stage.name(), "mediate.signing");
        let mediator = FollowUp::Notify {
            to: Recipient::Person { person: MEDIATOR },
            notice: Notice::RefusedOnPaper,
        };
        assert_eq!(told.follow_ups, [mediator]);
        let twice = quarrel.refuses("respondent", no());
        assert_eq!(twice, out(OutOfOrder::AlreadyDone));
        quarrel.now += SignedDuration::from_hours(1);
        let later = quarrel.refuses("mediator", certifies(&quarrel, quarrel.now));
        assert_eq!(later, out(OutOfOrder::SaidNo));
        let mut bound = quarrel.clone();
        let action = certifies(&bound, hand);
        bound.act("mediator", action);
        assert_eq!(bound.case.stage.name(), "mediate.settled");
        quarrel.act("mediator", Action::ReopenDraft);
        let (by, reason) = (RESPONDENT, "金额写错了".to_owned());
        assert_eq!(unsigned(&quarrel), [WhyUnsigned::Declined { by, reason }]);
        let code = EndCode::SigningRefused;
        quarrel.act("mediator", Action::End { code });
    }

    #[test]
    fn sheets_that_nobody_signed_in_time_are_given_up_by_whoever_mediates() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).signing();
        let action = on_paper(&quarrel);
        quarrel.act("mediator", action);
        let mut early = quarrel.clone();
        early.act("mediator", Action::ReopenDraft);
        assert!(unsigned(&early).is_empty(), "a change of words, no more");
        quarrel.wait(8);
        let refused = quarrel.refuses("claimant", Action::ReopenDraft);
        assert!(matches!(refused, Refused::Forbidden(_)));
        quarrel.act("mediator", Action::ReopenDraft);
        assert_eq!(unsigned(&quarrel), [WhyUnsigned::Lapsed]);
        assert_eq!(quarrel.case.stage.name(), "mediate.active");
    }

    #[test]
    fn nobody_certifies_what_is_signed_electronically_nor_without_a_scan() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).signing();
        let now = quarrel.now;
        let refused = quarrel.refuses("mediator", certifies(&quarrel, now));
        assert_eq!(refused, out(OutOfOrder::WrongState));
        let action = on_paper(&quarrel);
        quarrel.act("mediator", action);
        let Action::CertifyScan {
            from_hash, to_hash, ..
        } = certifies(&quarrel, now)
        else {
            panic!("a scan")
        };
        let nothing = Action::CertifyScan {
            from_hash,
            to_hash,
            files: Vec::new(),
            last_signed: now,
            shown: None,
        };
        assert_eq!(quarrel.refuses("mediator", nothing), out(OutOfOrder::Empty));
    }
}
