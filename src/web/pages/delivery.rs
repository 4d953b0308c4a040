//! 送达 by a person: what is to be posted or handed over, to whom and where, and what came of it.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::case::Head;
use super::case::act::{Open, act_beside, open};
use super::case::view::paper_label;
use crate::casework;
use crate::domain::action::{Action, ActionKind as Kind};
use crate::domain::case::Case;
use crate::domain::delivery::{Delivery, Entry, How};
use crate::domain::ids::CaseId;
use crate::domain::permission::{brings_papers, may_bring, may_see_failures};
use crate::domain::time::civil_date;
use crate::i18n::Text;
use crate::storage::deliveries::DeliveryRow;
use crate::web::faces::{self, LampFace, Names};
use crate::web::{Choice, Form, Page, Path, Policy, Query, Routes, Viewer, Web, WebError, parse};

const KINDS: [Kind; 1] = [Kind::RecordDelivery];
const LONGEST_MARK: usize = 200;

#[derive(Serialize)]
pub struct DeliveryPage {
    pub head: Head,
    pub deliveries: Vec<DeliveryFace>,
    /// The open ones, to choose from.
    pub choices: Vec<Choice>,
    pub ways: Vec<Choice>,
    /// Those whose last entry may be wrong.
    pub wrong: Vec<Choice>,
    pub form: Form,
}

/// What somebody's office has to bring, in all its cases.
#[derive(Serialize)]
pub struct ErrandsPage {
    pub errands: Vec<ErrandFace>,
    /// Where the list goes on.
    pub more: Option<String>,
}

#[derive(Serialize)]
pub struct ErrandFace {
    pub head: Head,
    pub delivery: DeliveryFace,
    pub record: String,
}

/// One paper for one party, for the component `delivery`.
#[derive(Clone, Debug, Serialize)]
pub struct DeliveryFace {
    pub label: Text,
    pub pdf: String,
    pub name: String,
    /// Who takes it, where that is somebody else.
    pub receiver: Option<String>,
    pub address: String,
    /// While it is waited for.
    pub lamp: Option<LampFace>,
    /// How it ended, once it is waited for no more: `done`, `abandoned` or `unneeded`.
    pub end: &'static str,
    pub entries: Vec<EntryFace>,
}

/// One line of its proof.
#[derive(Clone, Debug, Serialize)]
pub struct EntryFace {
    pub how: Text,
    pub on: String,
    pub mark: String,
    /// Nobody where the house noted it.
    pub by: String,
    pub at: Timestamp,
}

impl DeliveryFace {
    pub(super) fn sample(open: bool) -> Self {
        let entry = |how, mark: &str| EntryFace {
            how: how_text(how),
            on: "2026-11-20".to_owned(),
            mark: mark.to_owned(),
            by: "孙书记".to_owned(),
            at: Timestamp::UNIX_EPOCH,
        };
        let mut entries = vec![entry(How::Posted, "EMS 1012345678901")];
        if !open {
            entries.push(entry(How::Received, "回执编号 12"));
        }
        Self {
            label: Text::key("case-paper-ruling"),
            pdf: "/cases/1/papers/2".to_owned(),
            name: "王秀英".to_owned(),
            receiver: open.then(|| "王小明".to_owned()),
            address: "柳荫里 3 号楼 502 室".to_owned(),
            lamp: open.then(|| LampFace::sample(2)),
            end: "done",
            entries,
        }
    }

    fn of(web: &Web, case: &Case, delivery: &Delivery, names: &Names) -> Option<Self> {
        let paper = case.paper(delivery.paper)?;
        let seat = case.party(delivery.party)?;
        let (address, receiver) = seat.post();
        let name = seat.name.to_string();
        let entry = |it: &Entry| EntryFace {
            how: how_text(it.how),
            on: it.on.to_string(),
            mark: it.mark.clone(),
            by: match it.how {
                How::Opened => String::new(),
                _ => names.get(&it.by).cloned().unwrap_or_default(),
            },
            at: it.at,
        };
        Some(Self {
            label: paper_label(paper.kind),
            pdf: format!("/cases/{}/papers/{}", case.id, paper.id),
            receiver: (receiver != name).then(|| receiver.to_owned()),
            address: address.to_owned(),
            name,
            end: end(delivery),
            lamp: delivery
                .is_open()
                .then(|| LampFace::of(web, delivery.due.at)),
            entries: delivery.entries.iter().map(entry).collect(),
        })
    }
}

impl Page for DeliveryPage {
    const TEMPLATE: &'static str = "pages/delivery.html";

    fn samples() -> Vec<Self> {
        let choice = |value: &str, label: &str| Choice {
            value: value.to_owned(),
            label: label.to_owned(),
            hint: String::new(),
        };
        let page = |form| Self {
            head: Head::sample(),
            deliveries: vec![DeliveryFace::sample(true), DeliveryFace::sample(false)],
            choices: vec![choice("1 2", "王秀英 · 民事裁定书")],
            ways: vec![choice("handed", "当面交给本人")],
            wrong: vec![choice("1 2", "王秀英 · 民事裁定书")],
            form,
        };
        let mut wrong = Form::blank();
        wrong.choose("what", |_| None::<()>);
        wrong.choose("how", How::parse);
        wrong.read("on", parse::date);
        wrong.read("mark", parse::printed(LONGEST_MARK));
        wrong.choose("wrong", |_| None::<()>);
        wrong.read("why", parse::printed(LONGEST_MARK));
        let mut over = page(Form::blank());
        over.choices = Vec::new();
        vec![page(Form::blank()), page(wrong), over]
    }
}

impl Page for ErrandsPage {
    const TEMPLATE: &'static str = "pages/errands.html";

    fn samples() -> Vec<Self> {
        let errand = ErrandFace {
            head: Head::sample(),
            delivery: DeliveryFace::sample(true),
            record: "/cases/1/delivery".to_owned(),
        };
        let more = "/desk/deliveries?after=1.2.3.4".to_owned();
        [(Vec::new(), None), (vec![errand], Some(more))]
            .map(|(errands, more)| Self { errands, more })
            .into()
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new()
        .form("/cases/{id}/delivery", Policy::Does(&KINDS), show, record)
        .get("/desk/deliveries", Policy::Office(brings_papers), list)
}

fn end(delivery: &Delivery) -> &'static str {
    let valid = delivery.valid();
    if delivery.done().is_some() {
        "done"
    } else if valid.iter().any(|it| it.how == How::Abandoned) {
        "abandoned"
    } else {
        "unneeded"
    }
}

fn how_text(how: How) -> Text {
    Text::key(format!("delivery-how-{}", how.name()))
}

/// What was brought and is still to be, as far as the reader may know: staff of all, a party of its own.
pub(super) async fn listed(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
) -> Result<Vec<DeliveryFace>, WebError> {
    let staff = may_see_failures(&viewer.actor, case);
    let me = case.seat_for(&viewer.actor);
    let mine = case
        .deliveries
        .iter()
        .filter(|it| staff || Some(it.party) == me);
    let people = mine.clone().flat_map(|it| &it.entries).map(|it| it.by);
    let names = faces::names(web, people.collect()).await?;
    let face = |it: &Delivery| DeliveryFace::of(web, case, it, &names);
    Ok(mine.filter_map(face).collect())
}

fn value(delivery: &Delivery) -> String {
    format!("{} {}", delivery.paper, delivery.party)
}

/// What the reader is still to bring.
fn waiting<'a>(viewer: &'a Viewer, case: &'a Case) -> impl Iterator<Item = &'a Delivery> {
    let open = case.open_deliveries();
    open.filter(move |it| may_bring(&viewer.actor, case, it.paper, How::Handed))
}

/// What the reader may have written down wrongly.
fn to_mend<'a>(viewer: &'a Viewer, case: &'a Case) -> impl Iterator<Item = &'a Delivery> {
    let begun = case.deliveries.iter().filter(|it| it.may_be_mended());
    begun.filter(move |it| may_bring(&viewer.actor, case, it.paper, How::Mistaken))
}

async fn page(
    web: &Web,
    viewer: &Viewer,
    open: &Open,
    form: Form,
) -> Result<DeliveryPage, WebError> {
    let case = &open.case;
    let say = |text: &Text| web.words(case).say(viewer.locale, text);
    let choice = |it: &Delivery, hint| {
        let seat = case.party(it.party)?;
        let paper = case.paper(it.paper)?;
        Some(Choice {
            value: value(it),
            label: format!("{} · {}", seat.name, say(&paper_label(paper.kind))),
            hint,
        })
    };
    let last = |it: &Delivery| {
        let entry = it.valid().pop();
        entry.map_or_else(String::new, |entry| {
            format!("{} {} {}", entry.on, say(&how_text(entry.how)), entry.mark)
        })
    };
    let can = |how: &How| {
        waiting(viewer, case).any(|it| {
            let court = case.paper(it.paper).is_some_and(|it| it.court.is_some());
            *how != How::Mistaken
                && it.may_follow(*how, court)
                && may_bring(&viewer.actor, case, it.paper, *how)
        })
    };
    let way = |how: How| Choice {
        value: how.name().to_owned(),
        label: say(&how_text(how)),
        hint: say(&Text::key(format!("delivery-hint-{}", how.name()))),
    };
    let open = waiting(viewer, case).filter_map(|it| choice(it, String::new()));
    let choices = open.collect();
    let wrong = to_mend(viewer, case).filter_map(|it| choice(it, last(it)));
    let wrong = wrong.collect();
    Ok(DeliveryPage {
        head: Head::of(web, viewer, case),
        deliveries: listed(web, viewer, case).await?,
        choices,
        ways: How::ALL.into_iter().filter(can).map(way).collect(),
        wrong,
        form,
    })
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, &KINDS).await?;
    let today = civil_date(web.desk.clock.now());
    let mut form = Form::blank().filled("on", today.to_string());
    let mut open_here = waiting(&viewer, &open.case);
    if let (Some(only), None) = (open_here.next(), open_here.next()) {
        form = form.filled("what", value(only));
    }
    viewer.show(&web, &page(&web, &viewer, &open, form).await?)
}

async fn record(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    mut form: Form,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, &KINDS).await?;
    let (action, field) = if form.value("act") == "mistake" {
        (mended(&web, &viewer, &open.case, &mut form), "wrong")
    } else {
        (recorded(&web, &viewer, &open.case, &mut form), "how")
    };
    if let Some(action) = action
        && let Some(done) = act_beside(&web, &viewer, id, action, (&mut form, field)).await?
    {
        return Ok(done);
    }
    viewer.show_again(&web, &page(&web, &viewer, &open, form).await?)
}

fn recorded(web: &Web, viewer: &Viewer, case: &Case, form: &mut Form) -> Option<Action> {
    let today = civil_date(web.desk.clock.now());
    let what = form.choose("what", |wanted| {
        let found = waiting(viewer, case).find(|it| value(it) == wanted)?;
        Some((found.paper, found.party))
    });
    let how = form.choose("how", How::parse);
    let on = form.read("on", parse::past_date(today));
    let mark = form.read("mark", parse::printed(LONGEST_MARK));
    let (paper, party) = what?;
    Some(Action::RecordDelivery {
        paper,
        party,
        how: how?,
        on: on?,
        mark: mark?,
    })
}

/// That the last entry of one does not count.
fn mended(web: &Web, viewer: &Viewer, case: &Case, form: &mut Form) -> Option<Action> {
    let what = form.choose("wrong", |wanted| {
        let found = to_mend(viewer, case).find(|it| value(it) == wanted)?;
        Some((found.paper, found.party))
    });
    let why = form.read("why", parse::printed(LONGEST_MARK));
    let (paper, party) = what?;
    Some(Action::RecordDelivery {
        paper,
        party,
        how: How::Mistaken,
        on: civil_date(web.desk.clock.now()),
        mark: why?,
    })
}

#[derive(Deserialize)]
struct Asked {
    after: Option<String>,
}

async fn list(
    State(web): State<Web>,
    viewer: Viewer,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    viewer.person()?;
    if !brings_papers(&viewer.actor) {
        return Err(WebError::NotFound);
    }
    let after = asked.after.as_deref().and_then(DeliveryRow::parse);
    let found = casework::errands(&web.desk, &viewer.actor, Timestamp::MAX, after).await?;
    let mut errands = Vec::new();
    for errand in found.errands {
        let case = &errand.case;
        let delivery = case.delivery(errand.row.paper, errand.row.party);
        let face = delivery.and_then(|it| DeliveryFace::of(&web, case, it, &Names::new()));
        errands.extend(face.map(|delivery| ErrandFace {
            head: Head::of(&web, &viewer, case),
            record: format!("/cases/{}/delivery", case.id),
            delivery,
        }));
    }
    let more = found.more.map(|row| row.key());
    let more = more.map(|key| format!("/desk/deliveries?after={key}"));
    viewer.show(&web, &ErrandsPage { errands, more })
}
