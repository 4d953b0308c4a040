//! Whom to reach today: calls with a text to read out, letters to print, visits, and who wants help or a table; and what
//! share of those who were invited answered, which is the first figure of the office.

use axum::extract::State;
use axum::response::Response;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::case::act::open;
use super::case::view::contact;
use super::case::{Head, head};
use super::papers::pdf;
use crate::accounts::links;
use crate::casework::{self, Task};
use crate::domain::action::{Action, ActionKind};
use crate::domain::contact_record::ContactChannel;
use crate::domain::identity::Phone;
use crate::domain::ids::{CaseId, PartyId};
use crate::domain::ladder::{Rung, TaskKind};
use crate::domain::party::PartyRole;
use crate::domain::permission::{reaches_people, reads_answers};
use crate::domain::time::civil_date;
use crate::i18n::Text;
use crate::storage::invitations::After;
use crate::storage::{office, write_tx};
use crate::web::faces::{self, OrganisationFace};
use crate::web::{Page, Path, Policy, Query, Routes, Viewer, Web, WebError};

/// What is shown at once; the rest is one link away.
const SHOWN: i64 = 50;

#[derive(Serialize)]
pub struct OutreachPage {
    pub tasks: Vec<TaskFace>,
    pub more: Option<String>,
}

/// One thing to do.
#[derive(Serialize)]
pub struct TaskFace {
    pub head: Head,
    pub what: Text,
    pub hint: Text,
    pub name: String,
    pub contact: String,
    /// To dial with one tap.
    pub dial: Option<String>,
    pub address: String,
    /// To be read out by whoever calls.
    pub script: Option<Script>,
    /// Where the letter is made that is posted, or handed over at the door.
    pub letter: Option<String>,
    /// Where the outcome is written down, or a better address.
    pub record: String,
    pub due: Timestamp,
    /// Its day is over, or is today.
    pub late: bool,
    pub today: bool,
}

/// What whoever calls says: first who it is, and of the matter only after that.
#[derive(Serialize)]
pub struct Script {
    pub ask: Text,
    pub say: Text,
}

/// The first figure of the office, with the numbers it is made of.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct ShareFace {
    /// Whether there is anything to count.
    pub counted: bool,
    pub percent: i64,
    pub days: i64,
    pub invited: i64,
    pub answered: i64,
    pub accepted: i64,
    pub declined: i64,
    pub asked: i64,
    pub wrong_person: i64,
    pub silent: i64,
    pub waiting: i64,
    /// To do today, so that more are reached.
    pub to_do: i64,
}

impl ShareFace {
    pub(super) const fn sample() -> Self {
        Self {
            counted: true,
            percent: 73,
            days: 90,
            invited: 40,
            answered: 27,
            accepted: 20,
            declined: 4,
            asked: 3,
            wrong_person: 2,
            silent: 8,
            waiting: 3,
            to_do: 5,
        }
    }
}

#[derive(Serialize)]
pub struct AnswersPage {
    pub share: ShareFace,
    pub periods: Vec<i64>,
}

impl Page for AnswersPage {
    const TEMPLATE: &'static str = "pages/answers.html";

    fn samples() -> Vec<Self> {
        [true, false]
            .map(|counted| Self {
                share: ShareFace {
                    counted,
                    ..ShareFace::sample()
                },
                periods: PERIODS.into(),
            })
            .into()
    }
}

impl Page for OutreachPage {
    const TEMPLATE: &'static str = "pages/outreach.html";

    fn samples() -> Vec<Self> {
        let task = |kind: TaskKind| TaskFace {
            head: Head::sample(),
            what: what(kind),
            hint: hint(kind),
            name: "康宁".to_owned(),
            contact: "13800000002".to_owned(),
            dial: (kind == TaskKind::Call).then(|| "+8613800000002".to_owned()),
            address: "柳荫里 3 号楼 402 室".to_owned(),
            script: calls(kind).then(|| Script {
                ask: Text::key("outreach-script-ask").with("name", "康宁"),
                say: Text::key(format!("outreach-script-{}", kind.name()))
                    .with("committee", OrganisationFace::sample().name)
                    .with("surname", "安")
                    .with("dispute", "噪音扰民")
                    .with("free", "yes"),
            }),
            letter: on_paper(kind).then(|| "/cases/1/letter/2".to_owned()),
            record: "/cases/1/contacts".to_owned(),
            due: Timestamp::UNIX_EPOCH,
            late: kind == TaskKind::Call,
            today: kind == TaskKind::Letter,
        };
        vec![
            Self {
                tasks: Vec::new(),
                more: None,
            },
            Self {
                tasks: TaskKind::ALL.map(task).into(),
                more: Some("/desk/outreach?due=1&case=2".to_owned()),
            },
        ]
    }
}

pub(in crate::web) fn routes() -> Routes {
    let office = Policy::Office(reaches_people);
    Routes::new()
        .get("/desk/outreach", office, show)
        .get("/desk/answers", Policy::Office(reads_answers), show_answers)
        .post(
            "/cases/{id}/letter/{party}",
            Policy::Does(&[ActionKind::PrintLetter]),
            print,
        )
}

fn what(kind: TaskKind) -> Text {
    Text::key(format!("outreach-task-{}", kind.name()))
}

fn hint(kind: TaskKind) -> Text {
    Text::key(format!("outreach-hint-{}", kind.name()))
}

const fn calls(kind: TaskKind) -> bool {
    matches!(kind, TaskKind::Call | TaskKind::Help | TaskKind::Meet)
}

/// A grid worker hands over what staff have printed.
const fn on_paper(kind: TaskKind) -> bool {
    matches!(kind, TaskKind::Letter | TaskKind::Visit)
}

async fn script(web: &Web, viewer: &Viewer, task: &Task) -> Result<Option<Script>, WebError> {
    let case = &task.case;
    let Some(party) = case.party(task.party).filter(|_| calls(task.kind)) else {
        return Ok(None);
    };
    let call = faces::organisation(web, viewer, case.organisation).await?;
    let mut read = web.desk.store.read().await?;
    let listed = office::organisation(&mut read, case.organisation).await?;
    let free = listed.is_some_and(|listed| !listed.organisation.kind.may_charge());
    let say = Text::key(format!("outreach-script-{}", task.kind.name()))
        .with("committee", call.name)
        .with(
            "surname",
            case.surname_of_claimant().unwrap_or("none").to_owned(),
        )
        .with("dispute", head::dispute(web, viewer, case))
        .with("free", if free { "yes" } else { "no" });
    let ask = Text::key("outreach-script-ask").with("name", party.name.to_string());
    Ok(Some(Script { ask, say }))
}

/// Where the list goes on.
#[derive(Deserialize)]
struct Behind {
    due: Option<i64>,
    case: Option<CaseId>,
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Query(behind): Query<Behind>,
) -> Result<Response, WebError> {
    viewer.person()?;
    if !reaches_people(&viewer.actor) {
        return Err(WebError::NotFound);
    }
    let due = behind
        .due
        .and_then(|due| Timestamp::from_microsecond(due).ok());
    let after = due.zip(behind.case).map(|(due, case)| After { due, case });
    let mut tasks = casework::tasks(&web.desk, &viewer.actor, after, SHOWN + 1).await?;
    let full = i64::try_from(tasks.len()).unwrap_or(i64::MAX) > SHOWN;
    if full {
        tasks.pop();
    }
    let last = tasks.last().filter(|_| full);
    let more = last.map(|task| {
        format!(
            "/desk/outreach?due={}&case={}",
            task.due.as_microsecond(),
            task.case.id
        )
    });
    let mut faces = Vec::new();
    for task in &tasks {
        faces.extend(face(&web, &viewer, task).await?);
    }
    viewer.show(&web, &OutreachPage { tasks: faces, more })
}

async fn face(web: &Web, viewer: &Viewer, task: &Task) -> Result<Option<TaskFace>, WebError> {
    let case = &task.case;
    let Some(party) = case.party(task.party) else {
        return Ok(None);
    };
    let head = Head::of(web, viewer, case);
    let record = match task.kind {
        TaskKind::Address => format!("{}/contacts/{}", head.href, party.id),
        _ => format!("{}/contacts", head.href),
    };
    let asked = case.invited.iter().find(|it| it.party == party.id);
    let call_back = asked.and_then(|it| it.call_back.as_ref());
    let phone = call_back.or(party.contact.phone.as_ref());
    let (day, today) = (civil_date(task.due), civil_date(web.desk.clock.now()));
    Ok(Some(TaskFace {
        what: what(task.kind),
        hint: hint(task.kind),
        name: party.name.to_string(),
        contact: call_back.map_or_else(|| contact(party), Phone::domestic),
        dial: phone
            .filter(|_| calls(task.kind))
            .map(|phone| phone.as_e164().to_owned()),
        address: party.address.clone(),
        script: script(web, viewer, task).await?,
        letter: (on_paper(task.kind) && Rung::Letter.reaches(party))
            .then(|| format!("{}/letter/{}", head.href, party.id)),
        record,
        due: task.due,
        late: day < today,
        today: day == today,
        head,
    }))
}

/// The periods for which the share is shown, in days.
const PERIODS: [i64; 4] = [30, 90, 180, 365];

/// The share of the last `days`, where the reader's office has sent invitations at all.
pub(super) async fn share(
    web: &Web,
    viewer: &Viewer,
    days: i64,
) -> Result<Option<ShareFace>, WebError> {
    if !reads_answers(&viewer.actor) {
        return Ok(None);
    }
    let now = web.desk.clock.now();
    let from = now - SignedDuration::from_hours(24 * days);
    let period = (from, now + SignedDuration::from_secs(1));
    let share = casework::share_of_answers(&web.desk, &viewer.actor, period).await?;
    let to_do = casework::number_of_tasks(&web.desk, &viewer.actor).await?;
    Ok(Some(ShareFace {
        counted: share.percent().is_some(),
        percent: share.percent().unwrap_or(0),
        days,
        invited: share.invited,
        answered: share.answered(),
        accepted: share.accepted,
        declined: share.declined,
        asked: share.help + share.meet,
        wrong_person: share.wrong_person,
        silent: share.silent,
        waiting: share.waiting(),
        to_do,
    }))
}

#[derive(Deserialize)]
struct Period {
    days: Option<i64>,
}

async fn show_answers(
    State(web): State<Web>,
    viewer: Viewer,
    Query(period): Query<Period>,
) -> Result<Response, WebError> {
    viewer.person()?;
    let days = period.days.filter(|days| PERIODS.contains(days));
    let share = share(&web, &viewer, days.unwrap_or(90)).await?;
    let share = share.ok_or(WebError::NotFound)?;
    let periods = PERIODS.into();
    viewer.show(&web, &AnswersPage { share, periods })
}

/// The letter with the party's own link, which is made when it is printed; that it was is an event of the case.
async fn print(
    State(web): State<Web>,
    viewer: Viewer,
    Path((id, party)): Path<(CaseId, PartyId)>,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, &[ActionKind::PrintLetter]).await?;
    let seat = open.case.party(party).ok_or(WebError::NotFound)?;
    if seat.role != PartyRole::Respondent {
        return Err(WebError::NotFound);
    }
    let token = write_tx!(web.accounts.store, |tx| {
        links::token(tx, &web.accounts, id, party).await
    })?;
    let link = format!(
        "{}/i/{}",
        web.chancery.address,
        links::by(&token, ContactChannel::Letter)
    );
    let bytes = web.chancery.letter(&open.case, party, link).await?;
    let action = Action::PrintLetter { party };
    casework::perform(&web.desk, &viewer.actor, id, action).await?;
    pdf("letter", bytes)
}
