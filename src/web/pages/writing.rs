//! The mediation in writing: what was written, what is offered, whose turn it is, and the way back to the room.

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

use super::board::Assent;
use super::case::Head;
use super::{library, refusals};
use crate::casework::{self, Correspondence};
use crate::domain::action::{Action, ActionKind as Kind};
use crate::domain::case::Case;
use crate::domain::ids::{CaseId, OfferId, PartyId};
use crate::domain::offered::offered;
use crate::domain::permission::{may_lead_sessions, may_read_writing, may_write_alone};
use crate::domain::rules::messages::MessageTemplate;
use crate::domain::writing::{Consent, WithoutPrejudice};
use crate::i18n::Text;
use crate::web::{
    Choice, Form, Page, Path, Policy, Routes, Viewer, Web, WebError, faces, parse, see_other,
};

mod face;
pub mod offer;

use face::{KeptFace, MessageFace, OfferFace, Turn};

const LONGEST: usize = 2_000;
const LONGEST_REASON: usize = 300;

#[derive(Serialize)]
pub struct WritingPage {
    pub head: Head,
    /// `none`, `asked`, `given`, or `room` once somebody would rather meet.
    pub consent: &'static str,
    pub assents: Vec<Assent>,
    /// What lies open to the reader: propose, agree, room, offer, schedule.
    pub can: Vec<&'static str>,
    pub turns: Vec<Turn>,
    pub messages: Vec<MessageFace>,
    /// To whom the reader can write now.
    pub audiences: Vec<Choice>,
    pub open: Vec<OfferFace>,
    pub past: Vec<OfferFace>,
    pub kept: Vec<KeptFace>,
    /// Clauses on the board beside an accepted offer that not all have assented to, for the mediator.
    pub open_clauses: Vec<String>,
    /// Where the clauses of an accepted offer lie.
    pub board: Option<String>,
    /// Texts that the mediator can begin a message with.
    pub ready: Vec<ReadyText>,
    /// The one action that shows in large text; the others unfold.
    pub lead: &'static str,
    pub form: Form,
}

/// A text to begin with.
#[derive(Clone, Serialize)]
pub struct ReadyText {
    pub key: String,
    pub name: String,
}

const CAN: [(Kind, &str); 5] = [
    (Kind::ProposeWriting, "propose"),
    (Kind::AgreeToWriting, "agree"),
    (Kind::AskForRoom, "room"),
    (Kind::MakeOffer, "offer"),
    (Kind::ScheduleSession, "schedule"),
];

impl Page for WritingPage {
    const TEMPLATE: &'static str = "pages/writing.html";

    fn samples() -> Vec<Self> {
        let page = |consent, can: &[&'static str], open: Vec<OfferFace>, form| Self {
            head: Head::sample(),
            consent,
            assents: ["王秀英", "李建国"]
                .map(|name| Assent {
                    name: name.to_owned(),
                    agreed: name == "王秀英",
                })
                .to_vec(),
            can: can.to_vec(),
            turns: vec![Turn::sample(true), Turn::sample(false)],
            messages: vec![MessageFace::sample(false), MessageFace::sample(true)],
            audiences: vec![face::audience("all", "大家"), face::audience("1", "调解员")],
            open,
            past: vec![OfferFace::sample("declined"), OfferFace::sample("accepted")],
            kept: vec![KeptFace::sample(true), KeptFace::sample(false)],
            open_clauses: vec!["在琴房铺设隔音垫".to_owned()],
            board: Some("/cases/1/board".to_owned()),
            ready: vec![ReadyText {
                key: "please-sign".to_owned(),
                name: "请看协议、签字".to_owned(),
            }],
            lead: "",
            form,
        };
        let all = &CAN.map(|(_, name)| name)[..];
        let mut wrong = Form::blank();
        wrong.read("text", parse::text(LONGEST));
        wrong.choose("to", |_| None::<()>);
        wrong.read(&face::reason("1"), parse::text(LONGEST_REASON));
        let mut alone = page("none", &[], Vec::new(), Form::blank());
        alone.messages.clear();
        alone.audiences.clear();
        alone.board = None;
        let pages = [
            alone,
            page("none", all, Vec::new(), Form::blank()),
            page("asked", all, Vec::new(), Form::blank()),
            page("given", all, vec![OfferFace::sample("open")], wrong),
            page("room", all, Vec::new(), Form::blank()),
        ];
        pages.map(Self::led).into()
    }
}

impl WritingPage {
    /// Says which one action moves the matter on for this reader.
    fn led(mut self) -> Self {
        let can = |name| self.can.contains(&name);
        self.lead = match self.consent {
            "none" if can("propose") => "propose",
            "asked" if can("agree") => "agree",
            "room" if can("schedule") => "schedule",
            _ if self.open.iter().any(|offer| offer.may_answer) => "answer",
            _ if self.board.is_some() => "board",
            _ => "write",
        };
        self
    }
}

pub(in crate::web) fn routes() -> Routes {
    let table = Policy::Of(may_read_writing);
    Routes::new()
        .form("/cases/{id}/writing", table, show, change)
        .form(
            "/cases/{id}/writing/offer",
            Policy::Does(&[Kind::MakeOffer]),
            offer::show,
            offer::send,
        )
}

async fn page(
    web: &Web,
    viewer: &Viewer,
    read: &Correspondence,
    form: Form,
) -> Result<WritingPage, WebError> {
    let case = &read.case;
    let mut people: Vec<_> = read.messages.iter().map(|it| it.author).collect();
    people.extend(read.alone.iter().map(|it| it.author));
    people.extend(case.stage.mediator());
    let names = faces::names(web, people).await?;
    let offers = offered(&web.desk.rules, case, &viewer.actor, web.desk.clock.now());
    let writing = case.stage.work().and_then(|work| work.writing.as_ref());
    let shown = |is_open: bool| {
        let all = writing.into_iter().flat_map(|it| it.offers.iter().rev());
        all.filter(|offer| (offer.state.name() == "open") == is_open)
            .map(|offer| face::offer(web, viewer, case, &offers, offer))
            .collect::<Vec<_>>()
    };
    let can = CAN.into_iter().filter(|(kind, _)| offers.contains(kind));
    let past = shown(false);
    let has_clauses = past.iter().any(|offer| offer.state == "accepted");
    let page = WritingPage {
        head: Head::of(web, viewer, case),
        consent: match writing.map(|it| &it.consent) {
            None => "none",
            Some(Consent::Asked { .. }) => "asked",
            Some(Consent::Given { .. }) => "given",
            Some(Consent::RoomWanted { .. }) => "room",
        },
        assents: assents(case, writing.map(|it| &it.consent)),
        can: can.map(|(_, name)| name).collect(),
        turns: face::turns(web, viewer, case, &names),
        messages: face::messages(web, viewer, read, &names),
        audiences: audiences(web, viewer, case, offers.contains(&Kind::WriteMessage)),
        open: shown(true),
        past,
        kept: face::kept(viewer, read, &offers),
        open_clauses: open_clauses(viewer, case),
        board: has_clauses.then(|| format!("/cases/{}/board", case.id)),
        ready: ready(web, viewer, case),
        lead: "",
        form,
    };
    Ok(page.led())
}

fn open_clauses(viewer: &Viewer, case: &Case) -> Vec<String> {
    let mediates =
        case.stage.mediator().is_some() && case.stage.mediator() == viewer.actor.person();
    let Some(work) = case.stage.work().filter(|_| mediates) else {
        return Vec::new();
    };
    let parties = case.party_ids();
    let open = work.draft.unassented(&parties);
    open.map(|clause| clause.terms.act.clone()).collect()
}

/// The texts of the house and the district, for whoever mediates.
fn ready(web: &Web, viewer: &Viewer, case: &Case) -> Vec<ReadyText> {
    if !may_lead_sessions(&viewer.actor, case) {
        return Vec::new();
    }
    let rules = web.desk.rules.of(&case.district);
    let face = |it: &MessageTemplate| ReadyText {
        key: it.key.clone(),
        name: it.name.for_tag(viewer.locale.tag()).to_owned(),
    };
    rules.message_templates().iter().map(face).collect()
}

/// The form with the text that was picked before what is typed already, its names filled from the case.
async fn begun(web: &Web, viewer: &Viewer, case: &Case, mut form: Form) -> Result<Form, WebError> {
    let rules = web.desk.rules.of(&case.district);
    let mut texts = rules.message_templates().iter();
    let picked = texts.find(|it| it.key == form.value("begin"));
    let picked = picked.filter(|_| may_lead_sessions(&viewer.actor, case));
    let picked = picked.ok_or(WebError::NotFound)?;
    let text = picked.text.for_tag(viewer.locale.tag());
    let filled = Form::blank().filled("text", text);
    let filled = library::fill(web, case, filled, &["text"]).await?;
    let both = format!("{}\n\n{}", filled.value("text"), form.value("text"));
    form.replace("text", both.trim().to_owned());
    if let Some(why) = filled.first_error() {
        form.refuse("text", why);
    }
    Ok(form)
}

/// Who has agreed, while it is asked.
fn assents(case: &Case, consent: Option<&Consent>) -> Vec<Assent> {
    let Some(Consent::Asked { agreed }) = consent else {
        return Vec::new();
    };
    let assent = |party: &crate::domain::party::Party| Assent {
        name: party.name.to_string(),
        agreed: agreed.contains(&party.id),
    };
    case.parties.iter().map(assent).collect()
}

/// All, or one alone: a party the mediator, the mediator each party.
fn audiences(web: &Web, viewer: &Viewer, case: &Case, to_all: bool) -> Vec<Choice> {
    let words = web.words(case);
    let say = |key: &str| words.t(viewer.locale, key, &[]);
    let mine = case.seat_for(&viewer.actor);
    let all = to_all.then(|| Choice {
        value: "all".to_owned(),
        label: say("writing-to-all"),
        hint: say("writing-to-all-hint"),
    });
    let alone = may_write_alone(&viewer.actor, case);
    let alone = alone.into_iter().filter_map(|talk| {
        let label = if mine == Some(talk.party) {
            say("writing-to-mediator")
        } else {
            let name = case.party(talk.party)?.name.to_string();
            let name = [("name", name.into())];
            words.t(viewer.locale, "writing-to-party", &name)
        };
        Some(Choice {
            value: talk.party.to_string(),
            label,
            hint: say("writing-to-one-hint"),
        })
    });
    all.into_iter().chain(alone).collect()
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let read = casework::correspondence(&web.desk, &viewer.actor, id).await?;
    let page = page(&web, &viewer, &read, Form::blank()).await?;
    viewer.show(&web, &page)
}

async fn change(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    mut form: Form,
) -> Result<Response, WebError> {
    let read = casework::correspondence(&web.desk, &viewer.actor, id).await?;
    if !form.value("begin").is_empty() {
        let form = begun(&web, &viewer, &read.case, form).await?;
        let is_wrong = form.has_errors();
        let page = page(&web, &viewer, &read, form).await?;
        return if is_wrong {
            viewer.show_again(&web, &page)
        } else {
            viewer.show(&web, &page)
        };
    }
    let desk = (&web.desk, &viewer.actor);
    let done = match wish(&mut form)? {
        Some(Wish::Do(action)) => casework::perform(desk.0, desk.1, id, action)
            .await
            .map(|_case| ()),
        Some(Wish::ToAll(text)) => casework::write_to_all(desk.0, desk.1, id, &text)
            .await
            .map(|_case| ()),
        Some(Wish::ToOne(party, text)) => {
            casework::write_to_one(desk.0, desk.1, id, party, &text).await
        }
        Some(Wish::TakeBack) => casework::take_offer_back(desk.0, desk.1, id).await,
        None => {
            let page = page(&web, &viewer, &read, form).await?;
            return viewer.show_again(&web, &page);
        }
    };
    match done {
        Ok(()) => Ok(see_other(&format!("/cases/{id}/writing"))),
        Err(error) => {
            refusals::above(&mut form, error)?;
            let read = casework::correspondence(&web.desk, &viewer.actor, id).await?;
            let page = page(&web, &viewer, &read, form).await?;
            viewer.show_again(&web, &page)
        }
    }
}

enum Wish {
    Do(Action),
    ToAll(String),
    ToOne(PartyId, String),
    TakeBack,
}

/// What the form asks for; nothing where a field is wrong.
fn wish(form: &mut Form) -> Result<Option<Wish>, WebError> {
    let offer = |form: &Form| -> Result<OfferId, WebError> {
        let id = form.value("offer").parse();
        id.map_err(|_error| WebError::BadRequest("no such offer".to_owned()))
    };
    Ok(Some(match form.value("do") {
        "propose" => Wish::Do(Action::ProposeWriting),
        "agree" => Wish::Do(Action::AgreeToWriting),
        "room" => Wish::Do(Action::AskForRoom),
        "accept" => Wish::Do(Action::AcceptOffer {
            offer: offer(form)?,
        }),
        "withdraw" => Wish::Do(Action::WithdrawOffer {
            offer: offer(form)?,
        }),
        "decline" => {
            let offer = offer(form)?;
            let field = face::reason(&offer.to_string());
            let Some(reason) = form.read(&field, parse::text(LONGEST_REASON)) else {
                return Ok(None);
            };
            let reason = WithoutPrejudice(reason);
            Wish::Do(Action::DeclineOffer { offer, reason })
        }
        "take-back" => Wish::TakeBack,
        "write" => {
            let to = form.choose("to", recipient);
            let text = form.read("text", parse::text(LONGEST));
            match (to, text) {
                (Some(To::All), Some(text)) => Wish::ToAll(text),
                (Some(To::One(party)), Some(text)) => Wish::ToOne(party, text),
                _ => return Ok(None),
            }
        }
        other => return Err(WebError::BadRequest(format!("no act {other}"))),
    }))
}

enum To {
    All,
    /// The party that one writes to or as, alone with the mediator.
    One(PartyId),
}

fn recipient(value: &str) -> Option<To> {
    match value {
        "all" => Some(To::All),
        party => party.parse().ok().map(To::One),
    }
}

/// A party by its id.
fn party(text: &str) -> Result<PartyId, Text> {
    text.parse().map_err(|_error| Text::key("form-choose"))
}
