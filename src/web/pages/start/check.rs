//! A last look at the answers, then the case.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::response::Response;
use serde::{Deserialize, Serialize};

use super::areas::Areas;
use super::draft::{
    Draft, Step, Story, Who, Wish, read_matter, read_others, read_story, read_who, read_wish,
};
use super::further::Further;
use super::questions::matter_name;
use crate::accounts::address::Address;
use crate::accounts::sessions::{self, Method};
use crate::accounts::{drafts, people};
use crate::casework::{self, NewCase, NewClaim, NewParty, Origin};
use crate::domain::actor::Actor;
use crate::domain::case::Place;
use crate::domain::claim::ClaimKind;
use crate::domain::ids::CaseId;
use crate::domain::intake::Source;
use crate::domain::organisation::{Area, Language};
use crate::domain::party::{Contact, PartyRole};
use crate::domain::rules::DisputeKey;
use crate::domain::safety::Sign;
use crate::domain::time::civil_date;
use crate::domain::track::Track;
use crate::office;
use crate::storage::Read;
use crate::storage::office::{self as offices, Listed};
use crate::web::pages::triage::safety::{self, HelpFace};
use crate::web::viewer::signed_in;
use crate::web::{Page, Viewer, Web, WebError, see_other};

/// The draft that remembers the case just opened.
pub(super) const DONE: &str = "case-opened";

#[derive(Serialize)]
pub struct CheckPage {
    pub rows: Vec<Row>,
}

/// One answer, in words.
#[derive(Serialize)]
pub struct Row {
    pub label: String,
    pub value: String,
    pub change: &'static str,
}

impl Page for CheckPage {
    const TEMPLATE: &'static str = "pages/start-check.html";

    fn samples() -> Vec<Self> {
        let row = |label: &str, value: &str| Row {
            label: label.to_owned(),
            value: value.to_owned(),
            change: Step::Story.path(),
        };
        vec![Self {
            rows: vec![
                row("Matter", "Noise"),
                row("What happened", "Every night\nafter ten"),
            ],
        }]
    }
}

#[derive(Serialize)]
pub struct DonePage {
    pub number: String,
    pub case: CaseId,
    /// Whom to turn to, where there are signs of danger.
    pub help: Vec<HelpFace>,
}

impl Page for DonePage {
    const TEMPLATE: &'static str = "pages/start-done.html";

    fn samples() -> Vec<Self> {
        let page = |help| Self {
            number: "2026-000128".to_owned(),
            case: CaseId(uuid::Uuid::nil()),
            help,
        };
        vec![page(Vec::new()), page(HelpFace::samples())]
    }
}

#[derive(Serialize, Deserialize)]
struct Opened {
    case: CaseId,
    number: String,
    #[serde(default)]
    danger: bool,
}

/// Every answer, read.
struct Answers {
    dispute: DisputeKey,
    story: Story,
    wish: Wish,
    other: Who,
    further: Vec<Further>,
    me: Who,
    proven: Address,
    /// What was ticked of the violence screen, where it was asked.
    signs: Option<BTreeSet<Sign>>,
}

fn answers(web: &Web, draft: &Draft) -> Option<Answers> {
    let today = civil_date(web.accounts.clock.now());
    let matter = draft.matter.value("matter");
    let mut known = web.desk.rules.disputes_anywhere();
    let asked = known.any(|it| it.key.0 == matter && it.violence_screen);
    let signs = asked.then(|| safety::ticked(&draft.story));
    let (other, further) = read_others(&mut draft.other.clone())?;
    Some(Answers {
        dispute: read_matter(&mut draft.matter.clone(), web, draft.district().as_ref())?,
        story: read_story(&mut draft.story.clone(), today)?,
        wish: read_wish(&mut draft.wish.clone())?,
        other,
        further,
        me: read_who(&mut draft.me.clone(), "", true)?,
        proven: draft.proven.clone()?,
        signs,
    })
}

pub(super) async fn show(State(web): State<Web>, viewer: Viewer) -> Result<Response, WebError> {
    let draft = Draft::load(&web, &viewer).await?;
    if let Some(step) = draft.missing(&web) {
        return Ok(see_other(step.path()));
    }
    let Some(answers) = answers(&web, &draft) else {
        return Ok(see_other(Step::Matter.path()));
    };
    let areas = Areas::load(&web).await?;
    let area = answers.story.area.as_ref();
    let area = area.and_then(|area| areas.name(area, viewer.locale));
    viewer.show(
        &web,
        &CheckPage {
            rows: rows(&web, &viewer, &answers, area),
        },
    )
}

fn rows(web: &Web, viewer: &Viewer, answers: &Answers, area: Option<String>) -> Vec<Row> {
    let say = |key: &str| web.texts.t(viewer.locale, key, &[]);
    let row = |key: &str, value: String, step: Step| Row {
        label: say(key),
        value,
        change: step.path(),
    };
    let wants: Vec<_> = answers
        .wish
        .kinds
        .iter()
        .map(|kind| say(&format!("start-want-{}", kind.name())))
        .collect();
    let amount = answers.wish.amount.map(|fen| format!("¥{fen}"));
    let wish = [
        Some(wants.join("\n")),
        amount,
        Some(answers.wish.words.clone()),
    ];
    let who = |who: &Who| {
        let contact = who.contact.as_ref().map(|address| match address {
            Address::Phone(phone) => phone.domestic(),
            Address::Mail(mail) => mail.to_string(),
        });
        let parts = [
            Some(who.name.to_string()),
            contact,
            Some(who.address.clone()),
        ];
        lines(parts)
    };
    let dispute = matter_name(web, viewer.locale, &answers.dispute);
    let further = answers.further.iter().map(|it| match it.side {
        PartyRole::Claimant => row("start-check-beside-me", who(&it.who), Step::Other),
        PartyRole::Respondent => row("start-check-other", who(&it.who), Step::Other),
    });
    let mut rows = vec![
        row("start-check-matter", dispute, Step::Matter),
        row(
            "start-check-place",
            lines([area, Some(answers.story.address.clone())]),
            Step::Story,
        ),
        row(
            "start-check-story",
            lines([
                Some(answers.story.words.clone()),
                answers.story.happened_on.map(|day| day.to_string()),
            ]),
            Step::Story,
        ),
        row("start-check-wish", lines(wish), Step::Wish),
        row("start-check-other", who(&answers.other), Step::Other),
        row("start-check-me", who(&answers.me), Step::Me),
    ];
    rows.extend(further);
    rows
}

fn lines<const N: usize>(parts: [Option<String>; N]) -> String {
    let said: Vec<String> = parts
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
    said.join("\n")
}

/// Opens the case, and signs its claimant in: the code has proved who holds the contact.
pub(super) async fn submit(State(web): State<Web>, viewer: Viewer) -> Result<Response, WebError> {
    let draft = Draft::load(&web, &viewer).await?;
    let Some(answers) = answers(&web, &draft).filter(|_| draft.missing(&web).is_none()) else {
        return Ok(see_other(draft.missing(&web).unwrap_or(Step::Check).path()));
    };
    let person = people::proven(
        &web.accounts,
        &answers.proven,
        &answers.me.name,
        viewer.locale.tag(),
    )
    .await?;
    if viewer.kiosk.is_none() {
        let elder = viewer.elder_for(&person);
        people::prefer(&web.accounts, person.id, viewer.locale.tag(), elder).await?;
    }
    let language = Language::parse(draft.me.value("language"));
    let mut new = new_case(&web, draft.place, person.id, answers).await?;
    new.origin.language = language;
    if viewer.kiosk.is_some() {
        new.origin.source = Source::Kiosk;
    }
    let case = casework::open(&web.desk, new).await?;
    Draft::forget(&web, &viewer).await?;
    let opened = Opened {
        case: case.id,
        number: case.number,
        danger: case.intake.safety.stands(),
    };
    drafts::save(&web.accounts, &viewer.browser, DONE, &opened).await?;
    // Whoever stands before a community's screen goes on at their own phone, which has the link.
    if viewer.kiosk.is_some() || viewer.actor.person() == Some(person.id) {
        return Ok(see_other("/start/done"));
    }
    let token = sessions::open(&web.accounts, person.id, Method::Code).await?;
    Ok(signed_in(&web, &token, "/start/done"))
}

async fn new_case(
    web: &Web,
    code: Option<String>,
    person: crate::domain::ids::PersonId,
    answers: Answers,
) -> Result<NewCase, WebError> {
    let mut read = web.accounts.store.read().await?;
    let mut place = Place {
        code,
        area: answers.story.area,
        address: answers.story.address,
    };
    place.area = office::area_of(&mut read, &place).await?;
    let committee = committee(web, &mut read, &answers.dispute, place.area.as_ref()).await?;
    let Wish {
        kinds,
        amount,
        words,
    } = answers.wish;
    let claim = |kind: ClaimKind| NewClaim {
        kind,
        text: words.clone(),
        amount: amount.filter(|_| kind == ClaimKind::Money),
    };
    let source = match &place.code {
        Some(_) => Source::Building,
        None => Source::Web,
    };
    Ok(NewCase {
        person: Some(person),
        by: Actor::Person { person },
        wants_mediation: false,
        origin: Origin {
            source,
            signs: answers.signs,
            ..Origin::default()
        },
        organisation: committee.id,
        dispute: answers.dispute,
        track: committee.organisation.kind.track().unwrap_or(Track::People),
        place,
        story: answers.story.words,
        happened_on: answers.story.happened_on,
        claims: kinds.into_iter().map(claim).collect(),
        claimant: party(answers.me),
        respondent: party(answers.other),
        further: answers
            .further
            .into_iter()
            .map(|it| (it.side, party(it.who)))
            .collect(),
    })
}

/// Who takes the matter in: by its type and its place.
async fn committee(
    web: &Web,
    read: &mut Read,
    dispute: &DisputeKey,
    area: Option<&Area>,
) -> Result<Listed, WebError> {
    let taker = office::committee_for(read, &web.desk.rules, dispute, area).await?;
    let listed = match taker {
        Some(taker) => offices::organisation(read, taker).await?,
        None => None,
    };
    listed.ok_or_else(|| WebError::Unavailable("no committee is set up to take cases".to_owned()))
}

fn party(who: Who) -> NewParty {
    let contact = match who.contact {
        Some(Address::Phone(phone)) => Contact {
            phone: Some(phone),
            mail: None,
        },
        Some(Address::Mail(mail)) => Contact {
            phone: None,
            mail: Some(mail),
        },
        None => Contact::default(),
    };
    NewParty {
        name: who.name,
        contact,
        address: who.address,
    }
}

pub(super) async fn done(State(web): State<Web>, viewer: Viewer) -> Result<Response, WebError> {
    let opened: Option<Opened> = drafts::load(&web.accounts, &viewer.browser, DONE).await?;
    match opened {
        Some(Opened {
            case,
            number,
            danger,
        }) => {
            let help = if danger {
                safety::help(&web, &viewer)
            } else {
                Vec::new()
            };
            viewer.show(&web, &DonePage { number, case, help })
        }
        None => Ok(see_other("/start")),
    }
}
