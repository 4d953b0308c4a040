//! An agent and a guardian under one agreement, each with their own name; and an agreement that was signed by hand.

use bytes::Bytes;
use jiff::civil::date;

use super::dossier::pdftotext;
use super::*;
use crate::domain::agent::{Agent, Right};
use crate::domain::fixture::SESSION;
use crate::domain::identity::{PersonName, Phone};
use crate::domain::ids::PersonId;
use crate::domain::party::{Contact, Document, IdentityCheck, IdentityMethod, Title};
use crate::domain::rules::DisputeKey;
use crate::domain::session_record::Present;

on_each!(
    another_scan_than_the_one_that_was_looked_at_is_not_sealed,
    a_company_and_a_party_from_abroad_are_named_as_their_documents_name_them,
    an_agent_and_a_guardian_sign_with_their_own_names_and_the_paper_says_by_what_right,
    whoever_acts_for_a_party_is_called_by_their_own_name_wherever_it_is_told_who_came_and_did,
    what_was_signed_by_hand_goes_on_like_any_agreement,
    what_the_law_keeps_on_paper_is_printed_with_a_code_on_every_page,
);

/// Somebody whom the mediator has looked at.
pub(super) fn agent(name: &str, number: u128, right: Right, now: Timestamp) -> Box<Agent> {
    let mediator = actor("mediator").person().unwrap();
    Box::new(Agent {
        person: Some(PersonId(Uuid::from_u128(number))),
        name: PersonName::parse(name).unwrap(),
        contact: Contact {
            phone: Some(Phone::parse(&format!("137{number:08}")).unwrap()),
            mail: None,
        },
        right,
        proof: ContentHash::of(b"power"),
        named_by: mediator,
        named_at: now,
        accepted: Some(IdentityCheck {
            method: IdentityMethod::CardAtCounter,
            by: mediator,
            at: now,
            masked: "110***********0017".to_owned(),
            sealed: "x".to_owned(),
            fingerprint: format!("agent {number}"),
            document: Document::IdCard,
        }),
    })
}

/// 安和 by an attorney with a special authority or a general one, 康宁 by her mother.
fn acted_for(case: &mut Case, special: bool, now: Timestamp) {
    let attorney = Right::Attorney {
        special,
        signs: special,
        power: date(2026, 2, 20),
    };
    let mother = Right::Guardian {
        relation: "母亲".to_owned(),
        for_both: true,
    };
    case.parties[0].agent = Some(agent("言正", 0x5001, attorney, now));
    case.parties[1].agent = Some(agent("康慈", 0x5002, mother, now));
}

/// A party with an agent beside a child with its mother, who had no card to show.
pub(super) fn represented(rules: &crate::domain::rules::Rules) -> Quarrel<'_> {
    let mut quarrel = Quarrel::new(rules).agreed();
    let now = quarrel.now;
    acted_for(&mut quarrel.case, true, now);
    quarrel.case.parties[1].identity = None;
    quarrel
}

async fn sealed_and_ready_for_the_court(house: &mut House, read: &ContentHash) {
    let (seal, id) = (actor("seal_holder"), house.case.id);
    let sealed = house.chancery.seal(&seal, id, read, Shown::default());
    house.case = sealed.await.unwrap();
    assert_eq!(house.case.stage.name(), "mediate.settled");
    let report = house.report(PaperKind::Agreement).await;
    assert!(report.accepted && report.unsigned.is_empty(), "{report:?}");
    let draft = house.chancery.application(&house.case, COURT).await;
    let said = format!("{:?}", draft.unwrap().text.blocks);
    assert!(
        said.contains("核对记录"),
        "the guardian showed a card: {said}"
    );
}

async fn an_agent_and_a_guardian_sign_with_their_own_names_and_the_paper_says_by_what_right(
    database: Database,
) {
    let rules = rules();
    let quarrel = represented(&rules);
    let mut house = house_of(database, quarrel.case, quarrel.now).await;
    let (chancery, mediator) = (&house.chancery, actor("mediator"));
    let prepared = chancery.prepare_signing(&mediator, &house.case, Order::Free);
    house.case = prepared.await.unwrap();
    let read = house.text();
    let hand = |number: u128| Actor::Person {
        person: PersonId(Uuid::from_u128(number)),
    };
    for actor in [hand(0x5001), hand(0x5002)] {
        let (desk, id) = (&house.chancery.desk, house.case.id);
        perform(desk, &actor, id, willing()).await.unwrap();
        let (look, shown) = (drawn(), Shown::default());
        let signed = house.chancery.sign(&actor, id, &read, &look, shown);
        house.case = signed.await.unwrap();
    }
    let instead = house.sign("claimant", &read).await;
    assert!(instead.is_err(), "the name in this field is the agent's");
    house.case = house.sign("mediator", &read).await.unwrap();
    let report = house.report(PaperKind::Agreement).await;
    let names: Vec<_> = report
        .signatures
        .iter()
        .map(|it| it.signer.as_str())
        .collect();
    assert_eq!(names, ["言正", "康慈", "陈明"]);
    sealed_and_ready_for_the_court(&mut house, &read).await;
    let paper = house.case.latest_paper(PaperKind::Agreement).unwrap();
    let text = pdftotext(&house.chancery.file(paper).await.unwrap()).replace(['\n', ' '], "");
    for words in [
        "委托代理人：言正",
        "特别授权，授权委托书2026年2月20日",
        "康宁（法定代理人：康慈）",
        "与当事人的关系：母亲",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

/// A session with an attorney in the place of the claimant, and a guardian beside the respondent, is written down.
fn met(quarrel: &mut Quarrel<'_>, (attorney, guardian): (PersonId, PersonId)) {
    let (session, at, minutes) = (SESSION, quarrel.now, 60);
    let schedule = Action::ScheduleSession {
        session,
        at,
        minutes,
        venue: None,
    };
    quarrel.act("mediator", schedule);
    quarrel.act("mediator", Action::OpenSession { session });
    let Action::DraftRecord { mut text, .. } = quarrel.record_draft() else {
        panic!("a draft")
    };
    text.0.present[0].person = attorney;
    let beside = Present {
        person: guardian,
        ..text.0.present[1]
    };
    text.0.present.push(beside);
    quarrel.act("mediator", Action::DraftRecord { session, text });
}

/// 言正 for 安和, who is not there, and 康宁 with her mother.
async fn whoever_acts_for_a_party_is_called_by_their_own_name_wherever_it_is_told_who_came_and_did(
    database: Database,
) {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).active();
    let now = quarrel.now;
    acted_for(&mut quarrel.case, false, now);
    let (session, attorney) = (SESSION, PersonId(Uuid::from_u128(0x5001)));
    met(&mut quarrel, (attorney, PersonId(Uuid::from_u128(0x5002))));
    let mut house = house_of(database, quarrel.case, now).await;
    let mediator = actor("mediator");
    let laid = house.chancery.lay_record(&mediator, &house.case, session);
    house.case = laid.await.unwrap();
    let paper = house.case.latest_paper(PaperKind::SessionRecord).unwrap();
    let record = house.case.record_of(session).unwrap();
    let text = house.chancery.laid_text(&house.case, record).await;
    let text = format!("{:?}", text.unwrap().blocks);
    for words in [
        "言正（申请人的委托代理人）",
        "代理安和，一般授权，授权委托书2026年2月20日；",
        "康慈（被申请人的法定代理人）",
        "代理康宁，与当事人的关系：母亲；",
        "康宁（被申请人）",
        "当面核对证件，由陈明核对",
        "申请人：安和（委托代理人：言正）",
        "被申请人：康宁（法定代理人：康慈）",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("安和（申请人）"), "was not there: {text}");
    let read = paper.hash.clone();
    let hand = Actor::Person { person: attorney };
    let (id, put) = ((house.case.id, session), (&drawn(), Shown::default()));
    let signed = house.chancery.sign_record(&hand, id, &read, put).await;
    house.case = signed.unwrap();
    let report = house.report(PaperKind::SessionRecord).await;
    assert_eq!(report.signatures[0].signer, "言正");
    let dossier = house
        .chancery
        .dossier(&mediator, &house.case)
        .await
        .unwrap();
    let signed = dossier.events.iter().find(|it| it.kind == "sign_record");
    assert_eq!(signed.unwrap().who, "言正（安和的委托代理人）");
    let acts = dossier.parties[1].agent.as_ref().unwrap();
    assert_eq!(
        (acts.name.as_str(), acts.right.as_str()),
        ("康慈", "guardian")
    );
}

/// The paper, its data and the report tell the code, the head, and who signed by which authority.
async fn a_company_and_a_party_from_abroad_are_named_as_their_documents_name_them(
    database: Database,
) {
    const CODE: &str = "91110000MA01ABCD2Q";
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).agreed();
    let now = quarrel.now;
    let attorney = Right::Attorney {
        special: true,
        signs: true,
        power: date(2026, 2, 20),
    };
    let parties = &mut quarrel.case.parties;
    let mut from_taiwan = agent("言正", 0x5001, attorney, now);
    let seen = from_taiwan.accepted.as_mut().unwrap();
    seen.document = Document::TaiwanPermit;
    "1****5678".clone_into(&mut seen.masked);
    parties[0].agent = Some(from_taiwan);
    let licence = parties[0].identity.as_mut().unwrap();
    let head = PersonName::parse("赵总").unwrap();
    let title = Title::Operator;
    licence.document = Document::Licence { head, title };
    CODE.clone_into(&mut licence.masked);
    let passport = parties[1].identity.as_mut().unwrap();
    passport.document = Document::Passport;
    "E****4567".clone_into(&mut passport.masked);
    "from abroad".clone_into(&mut passport.fingerprint);
    let mut house = house_of(database, quarrel.case, now).await;
    let (chancery, mediator) = (&house.chancery, actor("mediator"));
    let prepared = chancery.prepare_signing(&mediator, &house.case, Order::Free);
    house.case = prepared.await.unwrap();
    let (read, hand) = (house.text(), PersonId(Uuid::from_u128(0x5001)));
    for actor in [Actor::Person { person: hand }, actor("respondent")] {
        let (desk, id) = (&house.chancery.desk, house.case.id);
        perform(desk, &actor, id, willing()).await.unwrap();
        let (look, shown) = (drawn(), Shown::default());
        let signed = house.chancery.sign(&actor, id, &read, &look, shown);
        house.case = signed.await.unwrap();
    }
    house.case = house.sign("mediator", &read).await.unwrap();
    let (holder, id) = (actor("seal_holder"), house.case.id);
    let sealed = house.chancery.seal(&holder, id, &read, Shown::default());
    house.case = sealed.await.unwrap();
    let report = house.report(PaperKind::Agreement).await;
    assert!(report.accepted, "{report:?}");
    let paper = house.case.latest_paper(PaperKind::Agreement).unwrap();
    let text = pdftotext(&house.chancery.file(paper).await.unwrap()).replace(['\n', ' '], "");
    for words in [
        "统一社会信用代码91110000MA01ABCD2Q",
        "经营者：赵总",
        "委托代理人：言正，台湾居民来往大陆通行证号码1****5678",
        "护照号码E****4567",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

/// A photograph, as far as anybody looks.
pub(super) const PHOTO: &[u8] = &[0xff, 0xd8, 0xff, 0xe0, 0, 16, b'J', b'F', b'I', b'F', 0];

impl House {
    pub(super) async fn certified(
        &mut self,
        last_signed: Timestamp,
    ) -> Result<Case, PaperworkError> {
        let read = self.text();
        let scanned = Scanned {
            files: vec![ScannedFile {
                mime: "image/jpeg",
                ending: "jpg",
                bytes: Bytes::from_static(PHOTO),
            }],
            last_signed,
            look: drawn(),
            shown: Shown::default(),
        };
        let (chancery, mediator) = (&self.chancery, actor("mediator"));
        chancery
            .certify_scan(&mediator, self.case.id, &read, scanned)
            .await
    }

    /// Whoever keeps the seal has compared the scan as well.
    pub(super) async fn confirmed(&mut self) {
        self.confirmed_by("seal_holder").await;
    }

    pub(super) async fn confirmed_by(&mut self, name: &str) {
        let read = self.case.stage.signing().unwrap();
        let read = sealed_hash(read, self.case.paper(read.paper).unwrap()).clone();
        let (chancery, holder) = (&self.chancery, actor(name));
        let sealed = chancery.seal(&holder, self.case.id, &read, Shown::default());
        self.case = sealed.await.unwrap();
    }
}

async fn what_was_signed_by_hand_goes_on_like_any_agreement(database: Database) {
    let mut house = house(database, true).await;
    let (chancery, mediator) = (&house.chancery, actor("mediator"));
    let prepared = chancery.prepare_signing(&mediator, &house.case, Order::Free);
    house.case = prepared.await.unwrap();
    house.willing().await;
    let read = house.text();
    house.case = house.sign("claimant", &read).await.unwrap();
    let respondent = actor("respondent");
    let switched = house.chancery.sign_on_paper(&respondent, &house.case);
    house.case = switched.await.unwrap();
    let paper = house.case.latest_paper(PaperKind::Agreement).unwrap();
    let printed = house.chancery.file(paper).await.unwrap();
    let text = pdftotext(&printed).replace(['\n', ' '], "");
    assert!(
        text.contains("在纸上签名") && !text.contains("电子文件为原件"),
        "{text}"
    );
    // 人民调解法 29: it says once when it takes effect, and everybody holds an original.
    assert_eq!(text.matches("之日起生效").count(), 1, "{text}");
    assert!(text.contains("一式3份，由当事人各执一份"), "{text}");
    assert!(!text.contains("原件由调解组织保存"), "{text}");
    let report = house.report(PaperKind::Agreement).await;
    assert!(
        report.signatures.is_empty(),
        "what was signed electronically is void"
    );
    let last_signed = house.chancery.desk.clock.now();
    house.case = house.certified(last_signed).await.unwrap();
    assert_eq!(house.case.stage.name(), "mediate.signing");
    let report = house.report(PaperKind::Agreement).await;
    assert_eq!(report.unsigned, ["seal"], "nobody has confirmed it");
    house.confirmed().await;
    assert_eq!(house.case.stage.name(), "mediate.settled");
    let report = house.report(PaperKind::Agreement).await;
    assert!(report.accepted && report.unsigned.is_empty(), "{report:?}");
    let paper = house.case.latest_paper(PaperKind::Agreement).unwrap();
    let certified = house.chancery.file(paper).await.unwrap();
    let text = pdftotext(&certified).replace(['\n', ' '], "");
    let print = ContentHash::of(&printed).to_string();
    let scan = ContentHash::of(PHOTO).to_string();
    for words in [
        "扫描件核对证明",
        &print,
        &scan,
        "安和、康宁、陈明、柳荫街道人民调解委员会",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    house.joined().await;
    assert_eq!(
        house.case.stage.name(),
        "confirm.filed",
        "and before the court"
    );
}

/// The proof is bound to this very scan: one that took its place meanwhile was not looked at.
async fn another_scan_than_the_one_that_was_looked_at_is_not_sealed(database: Database) {
    let mut house = house(database, true).await;
    let (chancery, mediator) = (&house.chancery, actor("mediator"));
    let prepared = chancery.prepare_signing(&mediator, &house.case, Order::Free);
    house.case = prepared.await.unwrap();
    let switched = house.chancery.sign_on_paper(&mediator, &house.case);
    house.case = switched.await.unwrap();
    let (printed, now) = (house.text(), house.chancery.desk.clock.now());
    house.case = house.certified(now).await.unwrap();
    assert_eq!(
        house.text(),
        printed,
        "the text is the one that was printed"
    );
    let paper = house.case.latest_paper(PaperKind::Agreement).unwrap();
    let looked_at = paper.hash.clone();
    let reason = "少一页".to_owned();
    house.act("mediator", Action::ReturnScan { reason }).await;
    house.case = house.certified(now).await.unwrap();
    let holder = actor("seal_holder");
    for read in [printed, looked_at] {
        let sealed = house
            .chancery
            .seal(&holder, house.case.id, &read, Shown::default());
        assert!(sealed.await.is_err(), "{read}");
    }
    house.confirmed().await;
    assert_eq!(house.case.stage.name(), "mediate.settled");
}

async fn what_the_law_keeps_on_paper_is_printed_with_a_code_on_every_page(database: Database) {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).agreed();
    quarrel.case.dispute = DisputeKey("inheritance".to_owned());
    let now = quarrel.now;
    let mut house = house_of(database, quarrel.case, now).await;
    let (chancery, mediator) = (&house.chancery, actor("mediator"));
    let prepared = chancery.prepare_signing(&mediator, &house.case, Order::Free);
    house.case = prepared.await.unwrap();
    let text = house.chancery.agreement_text(&house.case).await.unwrap();
    assert!(text.check.is_some_and(|check| check.on_each_page));
    let read = house.text();
    assert!(house.sign("claimant", &read).await.is_err());
    let early = now - jiff::SignedDuration::from_hours(48);
    assert!(
        house.certified(early).await.is_err(),
        "before it was printed"
    );
    house.case = house.certified(now).await.unwrap();
    house.confirmed().await;
    let settlement = house.case.stage.settlement().unwrap();
    assert_eq!(settlement.effective_at, now);
}
