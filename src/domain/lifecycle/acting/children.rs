//! A child signs through its guardian, and not alone because the guardian has gone.

use super::*;
use crate::domain::fixture::COURT;

fn prepare(quarrel: &Quarrel<'_>) -> Action {
    Action::PrepareSigning {
        number: "1".to_owned(),
        paper: quarrel.paper(PaperKind::Agreement, "base"),
        order: None,
    }
}

/// A fifteen-year-old whose card was looked at while the mother stood beside.
fn guarded(rules: &crate::domain::rules::Rules) -> Quarrel<'_> {
    let mut quarrel = Quarrel::new(rules).agreed();
    quarrel.wait(1);
    acting(&mut quarrel, mother());
    quarrel.wait(1);
    quarrel.identify();
    quarrel.wait(1);
    quarrel
}

/// 民法典 19, 145: what a child agrees to without its guardian binds nobody.
#[test]
fn a_child_whose_guardian_has_gone_does_not_sign_alone() {
    let rules = rules();
    let mut quarrel = guarded(&rules);
    quarrel.clone().act("mediator", prepare(&quarrel));
    let action = dismiss(&quarrel);
    quarrel.act("mediator", action);
    let alone = quarrel.refuses("mediator", prepare(&quarrel));
    assert_eq!(alone, out(OutOfOrder::HandMissing));
    acting(&mut quarrel, attorney(true, true));
    let by_power = quarrel.refuses("mediator", prepare(&quarrel));
    assert_eq!(by_power, out(OutOfOrder::HandMissing), "nor gives a power");
    let mut again = quarrel.clone();
    acting(&mut again, mother());
    again.act("mediator", prepare(&again));
    quarrel.wait(1);
    quarrel.identify();
    quarrel.act("mediator", prepare(&quarrel));
}

#[test]
fn nor_does_it_ask_the_court_alone() {
    let rules = rules();
    let mut quarrel = guarded(&rules);
    quarrel.prepare();
    quarrel.case = quarrel.attempt(&wang(), willing()).unwrap().case;
    quarrel.case = quarrel.attempt(&wang(), signs(&quarrel)).unwrap().case;
    for name in ["respondent", "mediator", "seal_holder"] {
        quarrel.sign_next(name);
    }
    let joins = Action::JoinConfirmation {
        court: COURT,
        from_hash: None,
        paper: quarrel.paper(PaperKind::Application, "application"),
        shown: None,
    };
    assert!(quarrel.attempt(&wang(), joins.clone()).is_ok());
    let action = dismiss(&quarrel);
    quarrel.act("mediator", action);
    let alone = quarrel.refuses("claimant", joins);
    assert_eq!(alone, out(OutOfOrder::HandMissing));
}

/// Its number stands on its papers, though it has no account: a child without a phone, a company.
#[test]
fn the_document_of_a_seat_without_an_account_is_looked_at_once_somebody_acts_for_it() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).active();
    quarrel.case.parties[0].person = None;
    let text = |text: &str| text.to_owned();
    let records = Action::RecordIdentity {
        party: CLAIMANT,
        method: IdentityMethod::CardAtCounter,
        address: text("和平路 1 号"),
        masked: text("91110000MA01ABCD2Q"),
        sealed: text("x"),
        fingerprint: text("company"),
        document: Some(Document::Licence {
            head: PersonName::parse("赵总").unwrap(),
            title: Title::default(),
        }),
    };
    let empty = quarrel.refuses("mediator", records.clone());
    assert_eq!(empty, out(OutOfOrder::SeatEmpty));
    quarrel.act("dispatcher", names(CLAIMANT, WANG, Right::Representative));
    let action = accepts(&quarrel, (CLAIMANT, WANG), "wang");
    quarrel.act("mediator", action);
    quarrel.act("mediator", records);
    let seat = quarrel.case.party(CLAIMANT).unwrap();
    let check = seat.identity.as_ref().unwrap();
    assert_eq!(check.masked, "91110000MA01ABCD2Q");
    assert_eq!(seat.address, "和平路 1 号");
}
