//! A company signs by its head or with a special authority.

use super::*;

/// The licence of the claimant has been seen.
pub(super) fn licensed(quarrel: &mut Quarrel<'_>) {
    let identity = &mut quarrel.case.parties[0].identity;
    let check = identity.get_or_insert_with(|| IdentityCheck {
        method: IdentityMethod::CardAtCounter,
        by: MEDIATOR,
        at: quarrel.now,
        masked: "91110000MA01ABCD2Q".to_owned(),
        sealed: "x".to_owned(),
        fingerprint: "company".to_owned(),
        document: Document::IdCard,
    });
    check.document = Document::Licence {
        head: PersonName::parse("赵总").unwrap(),
        title: Title::default(),
    };
}

/// Whoever heads it has shown who they are, and nobody which company it is.
#[test]
fn a_company_signs_once_its_own_licence_has_been_seen() {
    let rules = rules();
    for identity in [false, true] {
        let mut quarrel = Quarrel::new(&rules).agreed();
        if !identity {
            quarrel.case.parties[0].identity = None;
        }
        acting(&mut quarrel, Right::Representative);
        let prepare = Action::PrepareSigning {
            number: "1".to_owned(),
            paper: quarrel.paper(PaperKind::Agreement, "base"),
            order: None,
        };
        let early = quarrel.refuses("mediator", prepare.clone());
        assert_eq!(early, out(OutOfOrder::LicenceMissing), "{identity}");
        licensed(&mut quarrel);
        quarrel.act("mediator", prepare);
    }
}

/// A shop has no 法定代表人; what was written down before anybody was asked is of companies.
#[test]
fn whoever_heads_it_is_called_as_its_licence_calls_them() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).agreed();
    licensed(&mut quarrel);
    let named = |title: &str| {
        let mut told = serde_json::to_value(&quarrel.case.parties[0]).unwrap();
        let document = &mut told["identity"]["document"];
        match title {
            "" => drop(document.as_object_mut().unwrap().remove("title")),
            _ => document["title"] = title.into(),
        }
        let seat: Party = serde_json::from_value(told).unwrap();
        seat.right_name(&Right::Representative)
    };
    for title in Title::ALL.map(Title::name) {
        assert_eq!(named(title), title);
        assert_eq!(Title::parse(title).map(Title::name), Some(title));
    }
    assert_eq!(named(""), "representative");
}

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
                title: Title::default(),
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
