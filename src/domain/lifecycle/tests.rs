use std::fmt::Write as _;

use super::super::action::{Action, ActionKind};
use super::super::agreement::PerformanceState;
use super::super::confirmation::Tick;
use super::super::fixture::{
    CLAIMANT, CLAUSE, COURT, COURT_NUMBER, INVENTED_2027, MEDIATOR, Quarrel, RESPONDENT, Refused,
    SESSION, actors, rules, rules_with_holidays,
};
use super::super::hash::ContentHash;
use super::super::identity::Phone;
use super::super::ids::OfferId;
use super::super::offered::{due_action, offered};
use super::super::paper::PaperKind;
use super::super::party::Contact;
use super::super::permission::Forbidden;
use super::super::stage::{Closing, Declaration, EndCode, Ground, Mediate, Stage};
use super::super::track::Way;
use super::OutOfOrder;

fn refused(why: OutOfOrder) -> Refused {
    Refused::OutOfOrder(why)
}

fn offered_by_one(mut quarrel: Quarrel<'_>) -> Quarrel<'_> {
    let offer = OfferId(uuid::Uuid::from_u128(0x0fe1));
    quarrel.offers("claimant", offer, None);
    quarrel
}

fn recorded(mut quarrel: Quarrel<'_>) -> Quarrel<'_> {
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
    quarrel.act("mediator", Action::OpenSession { session });
    quarrel.records();
    quarrel.lays();
    quarrel
}

#[test]
fn the_chart_of_who_is_offered_what() {
    let rules = rules();
    let start = || Quarrel::new(&rules);
    let mut ended = start().active();
    ended.act(
        "mediator",
        Action::End {
            code: EndCode::TooFarApart,
        },
    );
    let mut lapsed = start().settled();
    lapsed.wait(40);
    let states = [
        start(),
        start().received(),
        start().inviting(),
        start().selecting(),
        start().disclosing(),
        start().active(),
        offered_by_one(start().writing()),
        recorded(start().agreed()),
        start().agreed(),
    ]
    .into_iter()
    .chain([
        start().signing(),
        start().settled(),
        start().filed(),
        start().reviewing(),
        start().confirmed(),
        ended,
        lapsed,
    ]);
    let mut chart = String::new();
    for quarrel in states {
        writeln!(chart, "{}", quarrel.case.stage.name()).unwrap();
        for (name, actor) in actors() {
            let kinds: Vec<_> = offered(&rules, &quarrel.case, &actor, quarrel.now)
                .into_iter()
                .map(ActionKind::name)
                .collect();
            if !kinds.is_empty() {
                writeln!(chart, "  {name}: {}", kinds.join(" ")).unwrap();
            }
        }
    }
    insta::assert_snapshot!(chart);
}

#[test]
fn a_stranger_finds_no_case_and_a_party_may_not_act_for_staff() {
    let rules = rules();
    let quarrel = Quarrel::new(&rules).received();
    assert_eq!(
        quarrel.refuses("stranger", Action::Accept),
        Refused::Forbidden(Forbidden::Stranger)
    );
    assert_eq!(
        quarrel.refuses("anonymous", Action::Accept),
        Refused::Forbidden(Forbidden::Stranger)
    );
    assert_eq!(
        quarrel.refuses("claimant", Action::Accept),
        Refused::Forbidden(Forbidden::NotYours)
    );
    assert_eq!(
        quarrel.refuses("operator", Action::Accept),
        Refused::Forbidden(Forbidden::Stranger)
    );
}

#[test]
fn the_other_side_sees_nothing_until_it_has_proved_its_contact() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).inviting();
    assert_eq!(
        quarrel.refuses("respondent", Action::AcceptInvitation),
        Refused::Forbidden(Forbidden::Stranger)
    );
    let person = super::super::fixture::actor("respondent").person().unwrap();
    let another = Contact {
        phone: Some(Phone::parse("13800000009").unwrap()),
        mail: None,
    };
    let take = |proven| Action::TakeSeat {
        party: RESPONDENT,
        person,
        proven,
    };
    assert_eq!(
        quarrel.refuses("accounts", take(another)),
        refused(OutOfOrder::WrongContact)
    );
    let proven = quarrel.case.parties[1].contact.clone();
    quarrel.act("accounts", take(proven));
    quarrel.act("respondent", Action::AcceptInvitation);
}

#[test]
fn a_declined_invitation_ends_the_mediation_and_opens_the_court() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).inviting();
    let person = super::super::fixture::actor("respondent").person().unwrap();
    let proven = quarrel.case.parties[1].contact.clone();
    quarrel.act(
        "accounts",
        Action::TakeSeat {
            party: RESPONDENT,
            person,
            proven,
        },
    );
    assert_eq!(
        quarrel.refuses(
            "respondent",
            Action::DeclineInvitation {
                reason: " ".to_owned()
            }
        ),
        refused(OutOfOrder::Empty)
    );
    quarrel.act(
        "respondent",
        Action::DeclineInvitation {
            reason: "想直接去法院".to_owned(),
        },
    );
    assert_eq!(quarrel.case.stage.name(), "mediate.ended");
    quarrel.act("claimant", Action::HandOver { to: Way::Court });
    assert_eq!(quarrel.case.stage.name(), "litigate");
}

#[test]
fn a_disclosed_tie_needs_the_word_of_every_party() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).disclosing();
    quarrel.act(
        "mediator",
        Action::AcceptAssignment {
            disclosure: Some(declared("与被申请人同住一个小区")),
        },
    );
    quarrel.act("claimant", Action::Waive);
    assert_eq!(quarrel.case.stage.name(), "mediate.disclosing");
    quarrel.act("respondent", Action::Waive);
    assert_eq!(quarrel.case.stage.name(), "mediate.active");
}

fn declared(other: &str) -> Declaration {
    Declaration {
        other: other.to_owned(),
        ..Declaration::default()
    }
}

#[test]
fn an_upheld_challenge_never_brings_the_same_mediator_back() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).disclosing();
    quarrel.act(
        "mediator",
        Action::AcceptAssignment {
            disclosure: Some(declared("是亲戚")),
        },
    );
    quarrel.act(
        "respondent",
        Action::Challenge {
            ground: Ground::Relation,
            why: "不公正".to_owned(),
        },
    );
    quarrel.act(
        "head",
        Action::DecideChallenge {
            uphold: true,
            reason: "有理".to_owned(),
        },
    );
    assert_eq!(
        quarrel.refuses("dispatcher", Action::Assign { mediator: MEDIATOR }),
        refused(OutOfOrder::AlreadyDone)
    );
}

#[test]
fn an_assent_is_to_the_words_that_were_read() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).agreed();
    let old = quarrel.case.stage.work().unwrap().draft.revision;
    let mut terms = quarrel.terms();
    terms.act = "铺地毯".to_owned();
    quarrel.act(
        "mediator",
        Action::ChangeClause {
            clause: CLAUSE,
            terms,
        },
    );
    assert!(
        quarrel.case.stage.work().unwrap().draft.clauses[0]
            .agreed
            .is_empty()
    );
    assert_eq!(
        quarrel.refuses(
            "claimant",
            Action::AgreeClause {
                clause: CLAUSE,
                revision: old
            }
        ),
        refused(OutOfOrder::PaperChanged)
    );
    let paper = quarrel.paper(PaperKind::Agreement, "base");
    assert_eq!(
        quarrel.refuses(
            "mediator",
            Action::PrepareSigning {
                number: "1".to_owned(),
                paper,
                order: None,
            }
        ),
        refused(OutOfOrder::NotAgreed)
    );
}

#[test]
fn nothing_is_put_on_paper_before_everybody_s_identity_and_domicile_are_checked() {
    let rules = rules();
    let quarrel = Quarrel::new(&rules).agreed();
    let prepare = || Action::PrepareSigning {
        number: "1".to_owned(),
        paper: quarrel.paper(PaperKind::Agreement, "base"),
        order: None,
    };
    let mut unchecked = quarrel.clone();
    unchecked.case.parties[0].identity = None;
    let mut nowhere = quarrel.clone();
    nowhere.case.parties[1].address = String::new();
    for quarrel in [unchecked, nowhere] {
        assert_eq!(
            quarrel.refuses("mediator", prepare()),
            refused(OutOfOrder::IdentityMissing)
        );
    }
}

#[test]
fn parties_sign_first_then_the_mediator_then_the_seal() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).signing();
    quarrel.consents("claimant");
    let hash = quarrel.case.papers[0].hash.clone();
    let sign = |to: &[u8]| Action::Sign {
        from_hash: hash.clone(),
        to_hash: ContentHash::of(to),
        shown: None,
    };
    assert_eq!(
        quarrel.refuses("mediator", sign(b"m")),
        refused(OutOfOrder::NotYourTurn)
    );
    quarrel.sign_next("respondent");
    assert_eq!(
        quarrel.refuses("claimant", sign(b"late")),
        refused(OutOfOrder::PaperChanged),
        "signed on a revision that is gone"
    );
    quarrel.sign_next("claimant");
    quarrel.sign_next("mediator");
    assert_eq!(quarrel.case.stage.name(), "mediate.signing");
    quarrel.sign_next("seal_holder");
    assert_eq!(quarrel.case.stage.name(), "mediate.settled");
}

#[test]
fn any_edit_voids_every_signature() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).signing();
    quarrel.sign_next("claimant");
    quarrel.act("mediator", Action::ReopenDraft);
    assert!(quarrel.case.papers.is_empty());
    let draft = &quarrel.case.stage.work().unwrap().draft;
    assert!(draft.clauses.iter().all(|clause| clause.agreed.is_empty()));
}

/// 人民调解法 33, 民事诉讼法 205: jointly, within thirty days of the agreement's taking effect.
#[test]
fn one_party_alone_never_files_and_nobody_files_late() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).settled();
    let mut late = quarrel.clone();
    late.wait(31);
    let paper = late.paper(PaperKind::Application, "late");
    let join = Action::JoinConfirmation {
        court: COURT,
        from_hash: None,
        paper,
        shown: None,
    };
    assert_eq!(late.refuses("claimant", join), refused(OutOfOrder::TooLate));
    assert_eq!(
        due_action(&rules, &late.case, late.now),
        Some(Action::LapseConfirmation)
    );
    quarrel.join("claimant");
    assert_eq!(quarrel.case.stage.name(), "confirm.prepared");
    assert_eq!(
        offered(
            &rules,
            &quarrel.case,
            &super::super::fixture::actor("judge"),
            quarrel.now
        ),
        []
    );
    quarrel.join("respondent");
    assert_eq!(quarrel.case.stage.name(), "confirm.filed");
}

/// 解释 358: a judge confirms only when every condition was looked at and found clear.
#[test]
fn no_ruling_without_every_condition_looked_at() {
    let rules = rules();
    let quarrel = Quarrel::new(&rules).reviewing();
    let paper = quarrel.paper(PaperKind::Ruling, "ruling");
    let confirm = Action::ConfirmAgreement { paper, shown: None };
    assert_eq!(
        quarrel.refuses("judge", confirm.clone()),
        refused(OutOfOrder::FindingsMissing)
    );
    assert_eq!(
        quarrel.refuses("clerk", confirm),
        Refused::Forbidden(Forbidden::NotYours)
    );
}

/// 2011 司法确认规定 4: an accepted application gets its number at once; the clerk who gave it stands on the ruling.
#[test]
fn the_clerk_who_takes_an_application_in_numbers_it_and_stands_on_its_ruling() {
    let rules = rules();
    let quarrel = Quarrel::new(&rules).filed();
    let accept = |number: &str| Action::AcceptFiling {
        number: number.to_owned(),
    };
    assert_eq!(
        quarrel.refuses("judge", accept("1")),
        Refused::Forbidden(Forbidden::NotYours),
        "the ruling's clerk is a clerk"
    );
    assert_eq!(
        quarrel.refuses("clerk", accept(" ")),
        refused(OutOfOrder::Empty)
    );
    let confirmed = Quarrel::new(&rules).confirmed();
    let Stage::Confirm { phase, .. } = &confirmed.case.stage else {
        panic!("confirmed")
    };
    let filing = phase.filing().unwrap();
    assert_eq!(filing.number, COURT_NUMBER);
    let clerk = super::super::fixture::actor("clerk").person();
    assert_eq!(Some(filing.by), clerk);
    let mut withdrawn = Quarrel::new(&rules).reviewing();
    withdrawn.act("claimant", Action::WithdrawConfirmation);
    let Stage::Confirm { phase, .. } = &withdrawn.case.stage else {
        panic!("withdrawn")
    };
    assert_eq!(phase.filing().map(|filing| filing.by), clerk);
}

#[test]
fn findings_are_written_down_all_or_none() {
    let rules = rules();
    let quarrel = Quarrel::new(&rules).filed();
    let tick = |condition: &str| Tick {
        condition: condition.to_owned(),
        clear: true,
        note: String::new(),
    };
    let find = |ticks| Action::Find { ticks };
    assert_eq!(
        quarrel.refuses("clerk", find(Vec::new())),
        refused(OutOfOrder::Empty)
    );
    assert_eq!(
        quarrel.refuses("clerk", find(vec![tick("unclear"), tick("weather")])),
        refused(OutOfOrder::Unknown)
    );
}

#[test]
fn the_debtor_reports_the_creditor_acknowledges_and_the_case_closes() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).settled();
    let report = Action::ReportPerformance {
        clause: CLAUSE,
        note: "已做到".to_owned(),
        proof: None,
    };
    assert_eq!(
        quarrel.refuses("claimant", report.clone()),
        Refused::Forbidden(Forbidden::NotYours)
    );
    quarrel.act("respondent", report);
    assert_eq!(
        quarrel.refuses(
            "respondent",
            Action::AcknowledgePerformance { clause: CLAUSE }
        ),
        Refused::Forbidden(Forbidden::NotYours)
    );
    quarrel.act(
        "claimant",
        Action::DisputePerformance {
            clause: CLAUSE,
            why: "昨晚还有声音".to_owned(),
        },
    );
    let entry = &quarrel.case.stage.settlement().unwrap().ledger[0];
    assert!(matches!(entry.state, PerformanceState::Disputed { .. }));
    quarrel.act(
        "claimant",
        Action::AcknowledgePerformance { clause: CLAUSE },
    );
    quarrel.act("mediator", quarrel.seen());
    let Stage::Closed {
        why: Closing::Performed {
            confirmed: false, ..
        },
        ..
    } = quarrel.case.stage
    else {
        panic!("closed as performed")
    };
}

#[test]
fn an_application_before_the_court_is_not_cut_short_by_performance() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).filed();
    quarrel.act(
        "claimant",
        Action::AcknowledgePerformance { clause: CLAUSE },
    );
    assert_eq!(quarrel.case.stage.name(), "confirm.filed");
    let mut confirmed = Quarrel::new(&rules).confirmed();
    confirmed.act(
        "claimant",
        Action::AcknowledgePerformance { clause: CLAUSE },
    );
    confirmed.act("mediator", confirmed.seen());
    assert_eq!(confirmed.case.stage.name(), "closed");
}

/// 解释 107: concessions are inadmissible later; the ending carries only what all called undisputed.
#[test]
fn an_ending_carries_only_facts_that_all_agreed() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).active();
    for text in ["双方是上下楼邻居", "声音发生在夜里"] {
        quarrel.act(
            "mediator",
            Action::NoteUndisputed {
                text: text.to_owned(),
            },
        );
    }
    quarrel.act("claimant", Action::AgreeUndisputed { index: 0 });
    quarrel.act("respondent", Action::AgreeUndisputed { index: 0 });
    quarrel.act("claimant", Action::AgreeUndisputed { index: 1 });
    quarrel.act(
        "claimant",
        Action::End {
            code: EndCode::Refused,
        },
    );
    let Stage::Mediate { at } = &quarrel.case.stage else {
        panic!("mediation")
    };
    let Mediate::Ended { ending } = at.as_ref() else {
        panic!("ended")
    };
    assert_eq!(ending.undisputed, ["双方是上下楼邻居"]);
}

#[test]
fn only_one_session_is_open_at_a_time() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).active();
    let at = quarrel.now;
    quarrel.act(
        "mediator",
        Action::ScheduleSession {
            session: SESSION,
            at,
            minutes: 60,
            venue: None,
        },
    );
    quarrel.act("mediator", Action::OpenSession { session: SESSION });
    assert_eq!(
        quarrel.refuses("mediator", Action::OpenSession { session: SESSION }),
        refused(OutOfOrder::AlreadyDone)
    );
    quarrel.act("mediator", Action::CloseSession { session: SESSION });
    let past = quarrel.now - jiff::SignedDuration::from_hours(1);
    let again = Action::ScheduleSession {
        session: super::super::ids::SessionId(uuid::Uuid::nil()),
        at: past,
        minutes: 60,
        venue: None,
    };
    assert_eq!(
        quarrel.refuses("mediator", again),
        refused(OutOfOrder::BadTime)
    );
}

#[test]
fn a_permission_for_an_older_version_is_worth_nothing() {
    let rules = rules();
    let quarrel = Quarrel::new(&rules).received();
    let permitted = super::super::permission::permit(
        &super::super::fixture::actor("dispatcher"),
        &quarrel.case,
        Action::Accept,
    )
    .unwrap();
    let mut newer = quarrel.case.clone();
    newer.version += 1;
    let outcome = super::advance(&rules, newer, &permitted, quarrel.now);
    assert_eq!(outcome.map(|_| ()), Err(OutOfOrder::Stale));
    assert_eq!(CLAIMANT, quarrel.case.parties[0].id);
}

#[test]
fn a_term_into_an_unpublished_year_is_counted_again_when_the_holidays_are_known() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules);
    quarrel.now = "2026-12-30T02:00:00Z".parse().unwrap();
    let mut quarrel = quarrel.selecting();
    let due = |quarrel: &Quarrel| quarrel.case.stage.due().cloned().unwrap();
    assert!(due(&quarrel).provisional);
    assert_eq!(due(&quarrel).day(), jiff::civil::date(2027, 1, 1));
    assert_eq!(
        due_action(&rules, &quarrel.case, quarrel.now),
        None,
        "nothing new is known"
    );
    let published = rules_with_holidays(INVENTED_2027);
    quarrel.rules = &published;
    quarrel.act("clock", Action::Recalculate);
    assert!(!due(&quarrel).provisional);
    assert_eq!(due(&quarrel).day(), jiff::civil::date(2027, 1, 6));
}

#[test]
fn the_certificate_can_still_be_issued_after_the_party_has_gone_to_court() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).active();
    quarrel.act(
        "claimant",
        Action::End {
            code: EndCode::Refused,
        },
    );
    quarrel.act("claimant", Action::HandOver { to: Way::Court });
    let paper = quarrel.paper(PaperKind::NonSettlement, "certificate");
    quarrel.act(
        "seal_holder",
        Action::IssueCertificate {
            paper: paper.clone(),
            shown: None,
        },
    );
    assert_eq!(quarrel.case.stage.name(), "litigate");
    let ending = quarrel.case.stage.ending().unwrap();
    assert_eq!(ending.certificate, Some(paper.id));
    let again = Action::IssueCertificate { paper, shown: None };
    assert_eq!(
        quarrel.refuses("seal_holder", again),
        refused(OutOfOrder::AlreadyDone)
    );
}
