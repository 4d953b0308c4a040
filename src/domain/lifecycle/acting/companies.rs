//! A company signs by its head or with a special authority.

use super::*;

/// 民法典 61: a company has no hand of its own.
#[test]
fn a_company_signs_by_its_head_or_with_special_authority_and_not_before_one_is_named() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).agreed();
    let text = |text: &str| text.to_owned();
    quarrel.act(
        "mediator",
        Action::RecordIdentity {
            party: CLAIMANT,
            method: IdentityMethod::CardAtCounter,
            address: text("和平路 1 号"),
            masked: text("91110000MA01ABCD2Q"),
            sealed: text("x"),
            fingerprint: text("company"),
            document: Some(Document::Licence {
                head: PersonName::parse("赵总").unwrap(),
            }),
        },
    );
    let prepare = |quarrel: &Quarrel<'_>| Action::PrepareSigning {
        number: "1".to_owned(),
        paper: quarrel.paper(PaperKind::Agreement, "base"),
        order: None,
    };
    let early = quarrel.refuses("mediator", prepare(&quarrel));
    assert_eq!(early, out(OutOfOrder::HandMissing));
    acting(&mut quarrel, attorney(false, false));
    let general = quarrel.refuses("mediator", prepare(&quarrel));
    assert_eq!(general, out(OutOfOrder::HandMissing));
    acting(&mut quarrel, Right::Representative);
    quarrel.act("mediator", prepare(&quarrel));
    let holder = quarrel.attempt(&actor("claimant"), willing());
    assert!(holder.is_err(), "whoever holds the seat is not the company");
    quarrel.case = quarrel.attempt(&wang(), willing()).unwrap().case;
    quarrel.case = quarrel.attempt(&wang(), signs(&quarrel)).unwrap().case;
    let agreement = quarrel.case.stage.signing().unwrap();
    assert_eq!(agreement.signatures[0].person, WANG);
}
