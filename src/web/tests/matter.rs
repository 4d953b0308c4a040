//! A quarrel in the house, and its people, who come through the one door and sign in as themselves.

use super::visitor::{House, Visitor};
use crate::accounts::sessions::{self, Method};
use crate::accounts::{AccountsError, second_factor, staff};
use crate::casework;
use crate::documents::Look;
use crate::domain::action::Action;
use crate::domain::actor::Actor;
use crate::domain::case::Case;
use crate::domain::fixture::{COMMITTEE, COURT, actor, actors, all_clear, willing};
use crate::domain::identity::{Email, PersonName};
use crate::domain::ids::{CaseId, OrganisationId};
use crate::domain::organisation::{OrganisationKey, OrganisationKind};
use crate::domain::paper::{Paper, PaperKind};
use crate::domain::signature::{Order, Shown};
use crate::paperwork::{Decision, sealed_hash, text_hash};
use crate::storage::accounts::people::{self, Person};
use crate::storage::{StorageError, cases, office, write_tx};

/// One case of the house as it stands.
pub(super) struct Matter<'a> {
    pub(super) house: &'a House,
    pub(super) case: Case,
}

impl<'a> Matter<'a> {
    /// Writes down the case, everybody who comes near it, and the two bodies that seal.
    pub(super) async fn begin(house: &'a House, case: Case) -> Self {
        for (body, kind) in [
            (COMMITTEE, OrganisationKind::People),
            (COURT, OrganisationKind::Court),
        ] {
            found(house, body, kind).await;
        }
        for (name, actor) in actors() {
            if actor.person().is_some() {
                employ(house, name, &actor).await;
            }
        }
        let matter = Self { house, case };
        matter.keep().await;
        matter
    }

    /// Writes down one more case of the same people.
    pub(super) async fn beside(&self, id: u128) -> Self {
        self.beside_as(id, self.case.clone()).await
    }

    /// Writes down another case of the same people.
    pub(super) async fn beside_as(&self, id: u128, mut case: Case) -> Self {
        case.id = CaseId(uuid::Uuid::from_u128(id));
        case.number = format!("和调〔2026〕{id:06}号");
        let matter = Self {
            house: self.house,
            case,
        };
        matter.keep().await;
        matter
    }

    async fn keep(&self) {
        let kept: Result<(), StorageError> = write_tx!(self.house.web.desk.store, |tx| {
            cases::insert(tx, &self.case).await
        });
        kept.unwrap();
    }

    /// The path of a page below the case.
    pub(super) fn at(&self, page: &str) -> String {
        format!("/cases/{}/{page}", self.case.id)
    }

    pub(super) async fn act(&mut self, name: &str, action: Action) {
        let (desk, actor) = (&self.house.web.desk, actor(name));
        let done = casework::perform(desk, &actor, self.case.id, action);
        self.case = done.await.unwrap();
    }

    pub(super) async fn reload(&mut self) {
        let store = &self.house.web.desk.store;
        let found = cases::load(&mut store.read().await.unwrap(), self.case.id).await;
        self.case = found.unwrap().unwrap();
    }

    /// Lays the agreed clauses open for signing.
    pub(super) async fn prepare(&mut self) {
        let chancery = &self.house.web.chancery;
        let mediator = actor("mediator");
        let prepared = chancery.prepare_signing(&mediator, &self.case, Order::Free);
        self.case = prepared.await.unwrap();
    }

    /// All sign, and the committee seals.
    pub(super) async fn settle(&mut self) {
        self.prepare().await;
        self.sign_all().await;
    }

    pub(super) async fn sign_all(&mut self) {
        for name in ["claimant", "respondent", "mediator"] {
            self.sign(name).await;
        }
        self.seal().await;
    }

    pub(super) async fn seal(&mut self) {
        let agreement = self.case.stage.signing().unwrap();
        let read = sealed_hash(agreement, self.paper(PaperKind::Agreement)).clone();
        let (chancery, holder) = (&self.house.web.chancery, actor("seal_holder"));
        self.case = chancery
            .seal(&holder, self.case.id, &read, Shown::default())
            .await
            .unwrap();
    }

    pub(super) async fn sign(&mut self, name: &str) {
        let agreement = self.case.stage.signing().unwrap();
        let read = text_hash(agreement, self.paper(PaperKind::Agreement)).clone();
        let look = Look::Typed("姓名".to_owned());
        let chancery = &self.house.web.chancery;
        let actor = actor(name);
        if self.case.seat_for(&actor).is_some() {
            let desk = &self.house.web.desk;
            let done = casework::perform(desk, &actor, self.case.id, willing()).await;
            done.unwrap();
        }
        let signed = chancery.sign(&actor, self.case.id, &read, &look, Shown::default());
        self.case = signed.await.unwrap();
    }

    pub(super) async fn join(&mut self, name: &str) {
        let chancery = &self.house.web.chancery;
        let draft = chancery.application(&self.case, COURT).await.unwrap();
        let (actor, hash, look) = (
            actor(name),
            draft.text_hash(),
            Look::Typed("姓名".to_owned()),
        );
        let joined = chancery.join_confirmation(
            &actor,
            self.case.id,
            COURT,
            &hash,
            (&look, Shown::default()),
        );
        self.case = joined.await.unwrap();
    }

    /// The court accepts what both have joined, and finds it valid.
    pub(super) async fn confirm(&mut self) {
        self.accept_filing().await;
        self.find().await;
        self.rule().await;
    }

    pub(super) async fn accept_filing(&mut self) {
        let (chancery, clerk) = (&self.house.web.chancery, actor("clerk"));
        let accepted = chancery.accept_filing(&clerk, self.case.id);
        self.case = accepted.await.unwrap();
    }

    /// The clerk finds everything in order.
    pub(super) async fn find(&mut self) {
        let clear = all_clear(&self.house.web.desk.rules);
        self.act("clerk", clear).await;
    }

    /// The judge confirms.
    pub(super) async fn rule(&mut self) {
        self.issue(&Decision::Confirm).await;
    }

    pub(super) async fn issue(&mut self, decision: &Decision) {
        let (chancery, judge) = (&self.house.web.chancery, actor("judge"));
        let draft = chancery.draft_ruling(&judge, &self.case, decision);
        let read = draft.await.unwrap().hash();
        let issued = chancery.issue_ruling(&judge, self.case.id, decision, &read, Shown::default());
        self.case = issued.await.unwrap();
    }

    pub(super) fn paper(&self, kind: PaperKind) -> &Paper {
        self.case.latest_paper(kind).unwrap()
    }

    pub(super) async fn file(&self, kind: PaperKind) -> Vec<u8> {
        let file = self.house.web.chancery.file(self.paper(kind)).await;
        file.unwrap().to_vec()
    }

    /// Somebody's browser, signed in, with the second factor given where one is wanted.
    pub(super) async fn visitor(&self, name: &str) -> Visitor<'a> {
        enter(self.house, &actor(name)).await
    }

    /// What the authenticator app of a member of staff shows now.
    pub(super) async fn one_time_password(&self, name: &str) -> String {
        let person = actor(name).person().unwrap();
        let shown = second_factor::current(&self.house.web.accounts, person).await;
        shown.unwrap().unwrap()
    }
}

/// The browser of somebody who is known here, signed in as they would be.
pub(super) async fn enter<'a>(house: &'a House, actor: &Actor) -> Visitor<'a> {
    let accounts = &house.web.accounts;
    let method = match actor {
        Actor::Staff { .. } => Method::Password,
        _ => Method::Code,
    };
    let person = actor.person().unwrap();
    let token = sessions::open(accounts, person, method).await.unwrap();
    if wants_second_factor(actor) {
        sessions::second_factor_given(accounts, &token)
            .await
            .unwrap();
    }
    let mut visitor = Visitor::of(house);
    visitor.cookies.insert("heyi-session".to_owned(), token);
    visitor
}

fn wants_second_factor(actor: &Actor) -> bool {
    matches!(actor, Actor::Staff { posts, .. } if posts.iter().any(|post| post.role.wants_second_factor()))
}

pub(super) async fn found(house: &House, id: OrganisationId, kind: OrganisationKind) {
    keep_body(house, id, kind, None).await;
}

pub(super) async fn found_in(
    house: &House,
    id: OrganisationId,
    kind: OrganisationKind,
    area: &str,
) {
    keep_body(house, id, kind, Some(area)).await;
}

/// A body like the house's committee.
async fn keep_body(house: &House, id: OrganisationId, kind: OrganisationKind, area: Option<&str>) {
    let store = &house.web.desk.store;
    let mut body = office::organisation(&mut store.read().await.unwrap(), house.committee)
        .await
        .unwrap()
        .unwrap();
    body.id = id;
    body.organisation.kind = kind;
    if let Some(area) = area {
        area.clone_into(&mut body.organisation.area.0);
    }
    body.organisation.key = OrganisationKey(id.to_string());
    let kept: Result<(), StorageError> =
        write_tx!(store, |tx| { office::insert_organisation(tx, &body).await });
    kept.unwrap();
}

pub(super) async fn employ(house: &House, login: &str, actor: &Actor) {
    let accounts = &house.web.accounts;
    let person = Person {
        id: actor.person().unwrap(),
        name: PersonName::parse("陈明").unwrap(),
        phone: None,
        mail: Email::parse(&format!("{}@heyi.test", login.replace('_', "-"))).ok(),
        locale: "zh-CN".to_owned(),
        elder: false,
        created_at: accounts.clock.now(),
    };
    let kept: Result<(), AccountsError> = write_tx!(accounts.store, |tx| {
        let Actor::Staff { posts, .. } = actor else {
            return Ok(people::insert(tx, &person).await?);
        };
        staff::add_in(tx, &person, login, "nobody signs in with it").await?;
        for post in posts {
            office::give_post(tx, person.id, *post).await?;
        }
        if wants_second_factor(actor) {
            let secret = accounts.clock.random();
            second_factor::enrol_in(tx, accounts, person.id, &secret).await?;
        }
        Ok(())
    });
    kept.unwrap();
}

/// What an authority is asked; here it is the committee that has people.
pub(super) fn plea() -> Action {
    Action::AskAuthority {
        id: crate::domain::ids::RequestId(uuid::Uuid::from_u128(0x55)),
        authority: COMMITTEE,
        asked: crate::domain::help::Asked {
            what: "楼道堆物".to_owned(),
            contact: None,
            shown: true,
        },
    }
}
