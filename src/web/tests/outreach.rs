//! Calls, letters, doors and the wrong person, as browsers see them.

use axum::http::StatusCode;

use super::matter::{Matter, found};
use super::visitor::{House, Visitor, house};
use crate::accounts::sessions::{self, Method};
use crate::accounts::{AccountsError, links, staff};
use crate::casework;
use crate::domain::action::Action;
use crate::domain::actor::{Actor, Post, Role, System};
use crate::domain::contact_record::{ContactChannel, Outcome};
use crate::domain::fixture::{COMMITTEE, Quarrel, RESPONDENT, actor, rules};
use crate::domain::identity::PersonName;
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::ladder::{Rung, TaskKind};
use crate::domain::organisation::OrganisationKind;
use crate::storage::accounts::people::Person;
use crate::storage::fixture::{Database, on_each};
use crate::storage::{office, write_tx};

on_each!(
    an_office_sees_whom_to_call_and_writes_down_what_came_of_it,
    how_long_staff_have_is_no_partys_to_read,
    a_grid_worker_goes_to_the_door_and_sees_nothing_else,
    the_wrong_person_stops_the_messages_with_one_tap_and_learns_nothing,
    a_corrected_number_ends_the_link_that_went_to_the_old_one,
    where_the_seat_is_taken_nothing_is_said_to_have_stopped,
    a_head_reads_the_share_and_nobodys_number_and_only_a_station_goes_to_doors,
);

/// A case whose other side has not answered so far.
pub(super) async fn at(house: &House, rung: Rung) -> Matter<'_> {
    let rules = rules();
    let area = {
        let mut read = house.web.desk.store.read().await.unwrap();
        let committee = office::organisation(&mut read, house.committee)
            .await
            .unwrap();
        committee.unwrap().organisation.area
    };
    let mut quarrel = Quarrel::new(&rules);
    quarrel.case.place.area = Some(area);
    let mut quarrel = quarrel.inviting();
    loop {
        let task = match rung {
            Rung::Call => TaskKind::Call,
            Rung::Letter => TaskKind::Letter,
            _ => TaskKind::Visit,
        };
        if rung == Rung::Message || quarrel.case.task(RESPONDENT) == Some(task) {
            break;
        }
        quarrel.wait(9);
        quarrel.act("clock", Action::StepUp);
    }
    Matter::begin(house, quarrel.case).await
}

async fn an_office_sees_whom_to_call_and_writes_down_what_came_of_it(database: Database) {
    let house = house(database, false).await;
    let mut matter = at(&house, Rung::Call).await;
    let mut dispatcher = matter.visitor("dispatcher").await;
    let list = dispatcher.get("/desk/outreach").await;
    assert_eq!(list.status, StatusCode::OK);
    for told in [
        "康宁",
        "tel:+8613800000002",
        "请问是康宁本人吗",
        "调解不收费",
    ] {
        assert!(list.body.contains(told), "{told}: {}", list.body);
    }
    let desk = dispatcher.get("/desk").await.body;
    assert!(
        desk.contains("/desk/answers"),
        "the first figure of the office"
    );
    let contacts = matter.at("contacts");
    let party = RESPONDENT.to_string();
    let fields = [
        ("party", party.as_str()),
        ("came", "call no_answer"),
        ("on", ""),
        ("note", "晚上再打"),
    ];
    let again = dispatcher.fill(&contacts, &fields).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.body.contains("晚上再打"), "nothing typed is lost");
    let today = crate::domain::time::civil_date(house.web.desk.clock.now()).to_string();
    let fields = [
        ("party", party.as_str()),
        ("came", "call no_answer"),
        ("on", &today),
        ("note", "晚上再打"),
    ];
    let done = dispatcher.fill(&contacts, &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let case = dispatcher.get(done.location()).await.body;
    assert!(case.contains("晚上再打"));
    let mut claimant = matter.visitor("claimant").await;
    let theirs = claimant.get(done.location()).await.body;
    assert!(
        !theirs.contains("晚上再打"),
        "no party reads how another was reached"
    );
    assert_eq!(claimant.get(&contacts).await.status, StatusCode::CONFLICT);
    for page in ["/desk/outreach", "/desk/answers", "/visits"] {
        assert_eq!(
            claimant.get(page).await.status,
            StatusCode::NOT_FOUND,
            "{page}"
        );
    }
    let list = dispatcher.get("/desk/outreach").await;
    assert!(!list.body.contains("康宁"), "it is done");
    matter.reload().await;
    assert_eq!(matter.case.attempts.len(), 1);
}

async fn how_long_staff_have_is_no_partys_to_read(database: Database) {
    let house = house(database, false).await;
    let matter = at(&house, Rung::Call).await;
    let case = &matter.case;
    let (staff, theirs) = (
        case.stage.due().unwrap(),
        case.stage.due_for_parties().unwrap(),
    );
    assert_ne!(staff.at, theirs.at);
    let mut claimant = matter.visitor("claimant").await;
    let mut dispatcher = matter.visitor("dispatcher").await;
    let list = "/api/v1/cases";
    let one = format!("/api/v1/cases/{}", case.id);
    let at = staff.at.to_string();
    for path in [list, &one] {
        let body = claimant.get(path).await.body;
        assert!(!body.contains(&at), "{path}: {body}");
        assert!(dispatcher.get(path).await.body.contains(&at), "{path}");
    }
    assert!(
        claimant
            .get(&one)
            .await
            .body
            .contains(&theirs.at.to_string())
    );
}

/// Somebody new who holds a post.
pub(super) async fn employed(
    house: &House,
    organisation: OrganisationId,
    role: Role,
) -> Visitor<'_> {
    let accounts = &house.web.accounts;
    let person = Person {
        id: PersonId(accounts.clock.new_id()),
        name: PersonName::parse("丁一").unwrap(),
        phone: None,
        mail: None,
        locale: "zh-CN".to_owned(),
        elder: false,
        created_at: accounts.clock.now(),
    };
    let post = Post { organisation, role };
    let hired: Result<(), AccountsError> = write_tx!(accounts.store, |tx| {
        staff::add_in(tx, &person, &person.id.to_string(), "no password").await?;
        Ok(office::give_post(tx, person.id, post).await?)
    });
    hired.unwrap();
    let session = sessions::open(accounts, person.id, Method::Full)
        .await
        .unwrap();
    let mut visitor = Visitor::of(house);
    visitor.cookies.insert("heyi-session".to_owned(), session);
    visitor
}

pub(super) async fn at_the_station(house: &House) -> Visitor<'_> {
    let station = OrganisationId(house.web.accounts.clock.new_id());
    found(house, station, OrganisationKind::GridStation).await;
    employed(house, station, Role::GridWorker).await
}

async fn a_head_reads_the_share_and_nobodys_number_and_only_a_station_goes_to_doors(
    database: Database,
) {
    let house = house(database, false).await;
    let _matter = at(&house, Rung::Visit).await;
    let mut head = employed(&house, house.committee, Role::Head).await;
    let share = head.get("/desk/answers").await;
    assert_eq!(share.status, StatusCode::OK, "{}", share.body);
    let tasks = head.get("/desk/outreach").await;
    assert_eq!(tasks.status, StatusCode::NOT_FOUND);
    let mut elsewhere = employed(&house, house.committee, Role::GridWorker).await;
    let doors = elsewhere.get("/visits").await;
    assert!(!doors.body.contains("康宁"), "a committee is no station");
    let mut worker = at_the_station(&house).await;
    assert!(worker.get("/visits").await.body.contains("康宁"));
}

pub(super) async fn link(house: &House, matter: &Matter<'_>, channel: ContactChannel) -> String {
    let accounts = &house.web.accounts;
    let token: Result<_, AccountsError> = write_tx!(accounts.store, |tx| {
        links::token(tx, accounts, matter.case.id, RESPONDENT).await
    });
    format!("/i/{}", links::by(&token.unwrap(), channel))
}

async fn a_corrected_number_ends_the_link_that_went_to_the_old_one(database: Database) {
    let house = house(database, false).await;
    let mut matter = at(&house, Rung::Message).await;
    let old = link(&house, &matter, ContactChannel::Message).await;
    a_better_address_is_written(&mut matter).await;
    let mut stranger = Visitor::of(&house);
    assert_eq!(stranger.get(&old).await.location(), format!("{old}/again"));
    let csrf = stranger.csrf().await;
    let stop = Visitor::request(&format!("{old}/wrong"), &[("csrf", &csrf)]);
    let answer = stranger.send(stop).await;
    assert_eq!(answer.location(), format!("{old}/again"));
    matter.reload().await;
    let contact = &matter.case.party(RESPONDENT).unwrap().contact;
    assert!(contact.phone.is_some(), "the right number stays");
    let new = link(&house, &matter, ContactChannel::Message).await;
    assert_ne!(new, old);
    assert_eq!(stranger.get(&new).await.status, StatusCode::OK);
}

async fn where_the_seat_is_taken_nothing_is_said_to_have_stopped(database: Database) {
    let house = house(database, false).await;
    let mut matter = at(&house, Rung::Message).await;
    let link = link(&house, &matter, ContactChannel::Message).await;
    let seat = matter.case.party(RESPONDENT).unwrap();
    let take = Action::TakeSeat {
        party: RESPONDENT,
        person: actor("respondent").person().unwrap(),
        proven: seat.contact.clone(),
    };
    let accounts = Actor::System {
        system: System::Accounts,
    };
    let desk = &house.web.desk;
    casework::perform(desk, &accounts, matter.case.id, take)
        .await
        .unwrap();
    let mut stranger = Visitor::of(&house);
    let csrf = stranger.csrf().await;
    let stop = Visitor::request(&format!("{link}/wrong"), &[("csrf", &csrf)]);
    assert_eq!(stranger.send(stop).await.location(), "/i/told");
    let told = stranger.get("/i/told").await.body;
    assert!(
        !told.contains("已经停止") && told.contains("工作人员"),
        "{told}"
    );
    matter.reload().await;
    let attempt = matter.case.attempts.last().unwrap();
    assert_eq!(attempt.outcome, Outcome::WrongNumber);
    let contact = &matter.case.party(RESPONDENT).unwrap().contact;
    assert!(
        !contact.is_empty(),
        "whoever sits there keeps their contact"
    );
}

async fn a_grid_worker_goes_to_the_door_and_sees_nothing_else(database: Database) {
    let house = house(database, false).await;
    let mut matter = at(&house, Rung::Visit).await;
    let mut worker = at_the_station(&house).await;
    let list = worker.get("/visits").await.body;
    let door = format!("/visits/{}/{RESPONDENT}", matter.case.id);
    assert!(list.contains("康宁") && list.contains(&door), "{list}");
    let page = worker.get(&door).await.body;
    assert!(page.contains("柳荫里 3 号楼 502 室"));
    for hidden in ["13800000002", "安和", "拖椅子", matter.case.number.as_str()] {
        assert!(!page.contains(hidden), "{hidden}: {page}");
    }
    let case = format!("/cases/{}", matter.case.id);
    assert_eq!(worker.get(&case).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        worker.get(&matter.at("contacts")).await.status,
        StatusCode::NOT_FOUND
    );
    let empty = worker.fill(&door, &[("note", "敲了门")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let call = worker.fill(&door, &[("came", "call agreed")]).await;
    assert_eq!(
        call.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "a visit is no call"
    );
    let done = worker
        .fill(
            &door,
            &[("came", "visit notice_left"), ("note", "贴在门上")],
        )
        .await;
    assert_eq!(done.location(), "/visits");
    assert!(!worker.get("/visits").await.body.contains("康宁"));
    assert_eq!(worker.get(&door).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        worker.get(&case).await.status,
        StatusCode::NOT_FOUND,
        "also afterwards"
    );
    matter.reload().await;
    assert_eq!(matter.case.attempts.last().unwrap().note, "贴在门上");
    assert!(matter.case.attempts.last().unwrap().by.is_some());
    let mut dispatcher = matter.visitor("dispatcher").await;
    assert_eq!(
        dispatcher.get("/visits").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(matter.case.organisation, COMMITTEE);
}

async fn the_wrong_person_stops_the_messages_with_one_tap_and_learns_nothing(database: Database) {
    let house = house(database, false).await;
    let mut matter = at(&house, Rung::Message).await;
    let link = link(&house, &matter, ContactChannel::Message).await;
    let mut somebody = Visitor::of(&house);
    let invitation = somebody.get(&link).await.body;
    assert!(invitation.contains(&format!("{link}/wrong")));
    let page = somebody.get(&format!("{link}/wrong")).await.body;
    for hidden in ["噪音", "姓安", "安和", "康宁"] {
        assert!(!page.contains(hidden), "{hidden}: {page}");
    }
    for _ in 0..2 {
        let csrf = somebody.csrf().await;
        let stop = Visitor::request(&format!("{link}/wrong"), &[("csrf", &csrf)]);
        let stopped = somebody.send(stop).await;
        assert_eq!(stopped.location(), "/i/wrong");
    }
    matter.reload().await;
    assert!(matter.case.party(RESPONDENT).unwrap().contact.is_empty());
    assert_eq!(matter.case.task(RESPONDENT), Some(TaskKind::Address));
    let after = somebody.get(&link).await;
    assert_eq!(
        after.location(),
        format!("{link}/again"),
        "the link is over"
    );
    assert!(
        !somebody
            .get(&format!("{link}/again"))
            .await
            .body
            .contains("噪音")
    );
    a_better_address_begins_anew(&mut matter).await;
}

async fn a_better_address_begins_anew(matter: &mut Matter<'_>) {
    let mut dispatcher = matter.visitor("dispatcher").await;
    let correct = matter.at(&format!("contacts/{RESPONDENT}"));
    let list = dispatcher.get("/desk/outreach").await.body;
    assert!(list.contains(&correct), "{list}");
    a_better_address_is_written(matter).await;
}

async fn a_better_address_is_written(matter: &mut Matter<'_>) {
    let mut dispatcher = matter.visitor("dispatcher").await;
    let correct = matter.at(&format!("contacts/{RESPONDENT}"));
    let wrong = dispatcher
        .fill(&correct, &[("phone", "12"), ("address", "柳荫里 9 号")])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("柳荫里 9 号"));
    let better = dispatcher
        .fill(
            &correct,
            &[("phone", "13800000003"), ("address", "柳荫里 9 号")],
        )
        .await;
    assert_eq!(better.status, StatusCode::SEE_OTHER, "{}", better.body);
    matter.reload().await;
    assert_eq!(matter.case.task(RESPONDENT), None, "invited anew");
}
