//! The certificate of every end: what went before it as it was, and nothing of what was offered or refused.

use jiff::SignedDuration;

use super::*;
use crate::casework::tick;
use crate::domain::fixture::RESPONDENT;
use crate::domain::ids::PersonId;
use crate::storage::fixture::sqlite;

/// Word for word in what the parties wrote, so that none of it can stand in a certificate unnoticed.
const OFFER: &str = "每晚十点至次日七点不拖动家具";

impl House {
    async fn received() -> Self {
        let rules = rules();
        let quarrel = Quarrel::new(&rules).received();
        let (now, case) = (quarrel.now, quarrel.case);
        house_of(sqlite().await, case, now).await
    }

    async fn accepted_by_committee() -> Self {
        let mut house = Self::received().await;
        house.act("dispatcher", Action::Accept).await;
        house
    }

    async fn taken_on() -> Self {
        let mut house = Self::accepted_by_committee().await;
        let take = Action::TakeSeat {
            party: RESPONDENT,
            person: PersonId(Uuid::from_u128(0xb2)),
            proven: house.case.parties[1].contact.clone(),
        };
        house.act("accounts", take).await;
        house.act("respondent", Action::AcceptInvitation).await;
        let mediator = actor("mediator").person().unwrap();
        house.act("dispatcher", Action::Assign { mediator }).await;
        house
    }

    /// An offer lies on the table, and one side has agreed to it.
    async fn offered() -> Self {
        let mut house = Self::taken_on().await;
        let begin = Action::AcceptAssignment { disclosure: None };
        house.act("mediator", begin).await;
        let rules = Arc::clone(&house.chancery.desk.rules);
        let terms = Quarrel::new(&rules).terms();
        assert_eq!(terms.act, OFFER);
        let clause = CLAUSE;
        house
            .act("mediator", Action::AddClause { clause, terms })
            .await;
        let revision = house.case.stage.work().unwrap().draft.revision;
        let agree = Action::AgreeClause { clause, revision };
        house.act("claimant", agree).await;
        house
    }

    async fn ended(mut self, name: &str, code: EndCode) -> String {
        let clock = &self.chancery.desk.clock;
        clock.advance(SignedDuration::from_hours(24 * 90));
        self.act(name, Action::End { code }).await;
        self.certificate().await
    }

    /// The clock goes every way to the other side, and none answers.
    async fn unanswered(mut self) -> String {
        while self.case.stage.ending().is_none() {
            let desk = &self.chancery.desk;
            desk.clock.advance(SignedDuration::from_hours(24 * 20));
            let stepped = tick(desk, self.case.id).await.unwrap();
            self.case = stepped.expect("the next way is due");
        }
        assert_eq!(self.case.stage.ending().unwrap().code, EndCode::Unreachable);
        self.certificate().await
    }

    /// What it says, without the breaks.
    async fn certificate(&self) -> String {
        let draft = self.chancery.draft_certificate(&self.case).await.unwrap();
        format!("{:?}", draft.text.blocks)
    }
}

const TAKEN_IN: &str = "于2026年3月2日受理";
const MEDIATED: &str = "依法组织调解";

#[tokio::test]
async fn a_certificate_says_that_nobody_took_it_in_or_mediated_where_nobody_did() {
    let never = House::received().await;
    let never = never.ended("claimant", EndCode::Withdrawn).await;
    assert!(!never.contains(TAKEN_IN) && !never.contains(MEDIATED));
    assert!(
        never.contains("受理之前") && never.contains("自行和解"),
        "{never}"
    );

    let silent = House::accepted_by_committee().await;
    let silent = silent.unanswered().await;
    let mut declined = House::accepted_by_committee().await;
    let person = PersonId(Uuid::from_u128(0xb2));
    let proven = declined.case.parties[1].contact.clone();
    let party = RESPONDENT;
    let take = Action::TakeSeat {
        party,
        person,
        proven,
    };
    declined.act("accounts", take).await;
    let reason = "不想谈".to_owned();
    declined
        .act("respondent", Action::DeclineInvitation { reason })
        .await;
    let declined = declined.certificate().await;
    assert!(!declined.contains("不想谈"), "the reason is nobody else's");
    // Asked is not begun.
    let asked = House::taken_on().await;
    let asked = asked.ended("claimant", EndCode::Refused).await;
    for said in [silent, declined, asked] {
        assert!(
            said.contains(TAKEN_IN) && !said.contains(MEDIATED),
            "{said}"
        );
        assert!(!said.contains("调解员"), "nobody led it: {said}");
    }
}

/// 人民调解法 26 and 在线调解规则 25: the course and the ground, never an offer, a refusal or a fault.
#[tokio::test]
async fn a_certificate_of_a_mediation_tells_its_course_and_neither_offers_nor_blames() {
    for (name, code) in [
        ("claimant", EndCode::Withdrawn),
        ("respondent", EndCode::Refused),
        ("mediator", EndCode::TooFarApart),
        ("clock", EndCode::TermExpired),
        ("mediator", EndCode::Unfit),
    ] {
        let house = House::offered().await;
        let said = house.ended(name, code).await;
        assert!(said.contains(TAKEN_IN) && said.contains(MEDIATED), "{said}");
        assert!(said.contains("调解员"), "{said}");
        for word in [OFFER, "300", "违约金", "报价", "过错", "拒绝"] {
            assert!(!said.contains(word), "{word} in {said}");
        }
    }
}

#[tokio::test]
async fn a_certificate_of_an_unsigned_agreement_does_not_say_who_would_not_sign() {
    let mut house = house(sqlite().await, true).await;
    let mediator = actor("mediator");
    let prepared = house
        .chancery
        .prepare_signing(&mediator, &house.case, Order::Free);
    house.case = prepared.await.unwrap();
    house.willing().await;
    house.sign("claimant", &house.text()).await.unwrap();
    let said = house.ended("mediator", EndCode::SigningRefused).await;
    assert!(said.contains("E7") && !said.contains(OFFER), "{said}");
}
