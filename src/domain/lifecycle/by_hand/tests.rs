//! Sheets of paper: who takes an agreement there, what ends it, and who makes the scan count.

use jiff::SignedDuration;

use super::*;
use crate::domain::actor::Actor;
use crate::domain::agreement::WhyUnsigned;
use crate::domain::fixture::{
    CLAIMANT, COMMITTEE, MEDIATOR, Quarrel, RESPONDENT, Refused, actor, rules, willing,
};
use crate::domain::follow_up::{FollowUp, Recipient};
use crate::domain::offered::due_action;
use crate::domain::paper::PaperKind;
use crate::domain::permission::{may_open, may_sit_in_sessions};
use crate::domain::rules::{DisputeKey, Rules};
use crate::domain::stage::EndCode;
use crate::domain::team::Capacity;

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
        quarrel.sign_next("seal_holder");
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
    assert_eq!(current(&quarrel), ContentHash::of(b"certified"));
    quarrel.sign_next("seal_holder");
    let settlement = quarrel.case.stage.settlement().unwrap();
    assert_eq!(settlement.effective_at, last_signed);
    let electronic = Quarrel::new(&rules).settled();
    let other = electronic.case.stage.settlement().unwrap();
    assert_eq!(settlement.confirm_by, other.confirm_by, "of the same day");
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
    quarrel.sign_next("seal_holder");
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
    bound.sign_next("seal_holder");
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

fn certified(rules: &Rules) -> Quarrel<'_> {
    let mut quarrel = Quarrel::new(rules).signing();
    let action = on_paper(&quarrel);
    quarrel.act("mediator", action);
    let action = certifies(&quarrel, quarrel.now);
    quarrel.act("mediator", action);
    quarrel
}

/// The mediator, who holds another post as well.
fn mediator_and(other: &str) -> Actor {
    let posts = |name| match actor(name) {
        Actor::Staff { posts, .. } => posts,
        _ => panic!("{name} is in no office"),
    };
    Actor::Staff {
        person: MEDIATOR,
        posts: posts("mediator").into_iter().chain(posts(other)).collect(),
    }
}

fn seals(quarrel: &Quarrel<'_>) -> Action {
    Action::Seal {
        from_hash: current(quarrel),
        to_hash: ContentHash::of(b"confirmed"),
        shown: None,
    }
}

#[test]
fn a_scan_counts_once_another_than_whoever_certified_it_has_confirmed_it() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).signing();
    let action = on_paper(&quarrel);
    quarrel.act("mediator", action);
    let early = quarrel.refuses("seal_holder", seals(&quarrel));
    assert_eq!(early, out(OutOfOrder::NotYourTurn), "there is no scan");
    let action = certifies(&quarrel, quarrel.now);
    let shown = quarrel.act("mediator", action);
    assert_eq!(quarrel.case.stage.name(), "mediate.signing");
    let told = |to, notice| shown.follow_ups.contains(&FollowUp::Notify { to, notice });
    for party in [CLAIMANT, RESPONDENT] {
        assert!(told(Recipient::Party { party }, Notice::ScanShown));
    }
    let (organisation, role) = (COMMITTEE, Role::SealHolder);
    let keeper = Recipient::Post { organisation, role };
    assert!(told(keeper, Notice::ScanToConfirm));
    for other in ["seal_holder", "head"] {
        let alone = quarrel.attempt(&mediator_and(other), seals(&quarrel));
        assert_eq!(alone.unwrap_err(), out(OutOfOrder::OwnMatter), "{other}");
    }
    let (replace, reason) = (true, "病了".to_owned());
    let code = EndCode::Refused;
    for (name, action) in [
        ("mediator", Action::ReopenDraft),
        ("mediator", Action::End { code }),
        ("head", Action::DecideReplacement { replace, reason }),
    ] {
        let refused = quarrel.refuses(name, action);
        assert_eq!(refused, out(OutOfOrder::WrongState), "{name}");
    }
    let action = seals(&quarrel);
    quarrel.act("seal_holder", action);
    let settlement = quarrel.case.stage.settlement().unwrap();
    let signers = settlement.agreement.signatures.iter().map(|it| it.signer);
    let two = [Signer::Mediator, Signer::Organisation];
    assert_eq!(signers.collect::<Vec<_>>(), two);
}

#[test]
fn a_scan_of_something_else_goes_back_and_another_is_sent() {
    let rules = rules();
    let mut quarrel = certified(&rules);
    let why = |reason: &str| Action::ReturnScan {
        reason: reason.to_owned(),
    };
    for name in ["claimant", "dispatcher", "stranger"] {
        let refused = quarrel.refuses(name, why("不清楚"));
        assert!(matches!(refused, Refused::Forbidden(_)), "{name}");
    }
    let empty = quarrel.refuses("seal_holder", why(" "));
    assert_eq!(empty, out(OutOfOrder::Empty));
    let back = quarrel.act("seal_holder", why("没有盖章"));
    let mediator = FollowUp::Notify {
        to: Recipient::Person { person: MEDIATOR },
        notice: Notice::ScanReturned,
    };
    assert_eq!(back.follow_ups, [mediator]);
    assert_eq!(current(&quarrel), ContentHash::of(b"printed"));
    let open = quarrel.case.stage.signing().unwrap();
    assert!(open.signatures.is_empty() && !open.is_certified());
    let returned = open.by_hand.as_ref().and_then(|it| it.returned.clone());
    assert_eq!(returned.as_deref(), Some("没有盖章"));
    let nothing = quarrel.refuses("mediator", why("再看看"));
    assert_eq!(nothing, out(OutOfOrder::WrongState), "there is no scan");
    let action = certifies(&quarrel, quarrel.now);
    quarrel.act("mediator", action);
    quarrel.act("mediator", why("少一页"));
}

#[test]
fn a_party_that_sees_the_scan_may_speak_against_it_before_it_counts() {
    let rules = rules();
    let mut quarrel = certified(&rules);
    quarrel.now += SignedDuration::from_hours(1);
    let reason = "这不是我签的".to_owned();
    let said = quarrel.act("respondent", Action::DeclineToSign { reason });
    let heard = |it: &FollowUp| {
        matches!(
            it,
            FollowUp::Notify {
                notice: Notice::RefusedOnPaper,
                ..
            }
        )
    };
    let heard = said.follow_ups.iter().filter(|it| heard(it)).count();
    assert_eq!(heard, 2, "the mediator, and whoever keeps the seal");
    quarrel.sign_next("seal_holder");
    assert_eq!(quarrel.case.stage.name(), "mediate.settled");
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

/// Where nobody keeps the seal but the officer who certified the scan, whoever answers for the committee looks as well.
#[test]
fn the_head_confirms_a_scan_or_sends_it_back_and_seals_nothing_else() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).signing();
    let action = on_paper(&quarrel);
    quarrel.act("mediator", action);
    let sheets = quarrel.refuses("head", seals(&quarrel));
    assert!(matches!(sheets, Refused::Forbidden(_)), "there is no scan");
    let mut quarrel = certified(&rules);
    let mut back = quarrel.clone();
    let reason = "没有盖章".to_owned();
    back.act("head", Action::ReturnScan { reason });
    let action = seals(&quarrel);
    quarrel.act("head", action);
    assert_eq!(quarrel.case.stage.name(), "mediate.settled");
    let mut electronic = Quarrel::new(&rules).signing();
    for name in ["claimant", "respondent", "mediator"] {
        electronic.sign_next(name);
    }
    let refused = electronic.refuses("head", seals(&electronic));
    assert!(matches!(refused, Refused::Forbidden(_)));
}

/// Where nobody else of the committee is left to look.
#[test]
fn somebody_from_elsewhere_looks_at_a_scan_and_at_nothing_before() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).signing();
    let action = on_paper(&quarrel);
    quarrel.act("mediator", action);
    let looks = actor("supervisor");
    let asks = |name: &str| Action::InviteMember {
        person: actor(name).person().unwrap(),
        capacity: Capacity::Confirmer,
    };
    let early = quarrel.refuses("mediator", asks("supervisor"));
    assert_eq!(early, out(OutOfOrder::WrongState), "there is no scan");
    let now = quarrel.now;
    let action = certifies(&quarrel, now);
    quarrel.act("mediator", action);
    let refused = quarrel.refuses("dispatcher", asks("supervisor"));
    assert!(matches!(refused, Refused::Forbidden(_)));
    quarrel.act("mediator", asks("supervisor"));
    let twice = quarrel.refuses("mediator", asks("stranger"));
    assert_eq!(twice, out(OutOfOrder::AlreadyDone), "one is asked");
    assert!(
        !quarrel.case.may_see(&looks),
        "not before they have said yes"
    );
    quarrel.act("supervisor", Action::JoinTeam);
    assert!(may_open(&looks, &quarrel.case, &ContentHash::of(b"scan")));
    assert!(!may_sit_in_sessions(&looks, &quarrel.case));
    let seal = Action::Seal {
        from_hash: current(&quarrel),
        to_hash: ContentHash::of(b"sealed"),
        shown: None,
    };
    quarrel.act("supervisor", seal);
    assert_eq!(quarrel.case.stage.name(), "mediate.settled");
    let agreement = &quarrel.case.stage.settlement().unwrap().agreement;
    assert_eq!(Some(agreement.signatures[1].person), looks.person());
}
