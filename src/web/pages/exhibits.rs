//! What parties and mediator hand in for the court beside the agreement (解释 354).

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use serde::Serialize;

use super::case::Head;
use super::{refusals, upload};
use crate::casework;
use crate::domain::action::{Action, ActionKind};
use crate::domain::case::Case;
use crate::domain::exhibit::{Exhibit, ExhibitKind};
use crate::domain::hash::ContentHash;
use crate::domain::ids::CaseId;
use crate::domain::offered::offered;
use crate::domain::permission::may_open;
use crate::i18n::Text;
use crate::web::{
    Choice, Form, Multipart, Page, Path, Policy, Routes, Viewer, Web, WebError, faces, parse,
    see_other,
};

const LONGEST_NOTE: usize = 200;

#[derive(Serialize)]
pub struct ExhibitsPage {
    pub head: Head,
    pub action: String,
    pub exhibits: Vec<ExhibitShown>,
    pub kinds: Vec<Choice>,
    pub can_add: bool,
    pub form: Form,
}

/// One exhibit for the component `exhibit_list`.
#[derive(Clone, Debug, Serialize)]
pub struct ExhibitShown {
    pub kind: Text,
    pub note: String,
    /// The name of whoever handed it in.
    pub by: String,
    pub at: Timestamp,
    pub href: String,
    pub hash: String,
    /// The reader can take it back now.
    pub mine: bool,
}

/// What the court gets with an application, for the component `handed_in`.
#[derive(Clone, Debug, Serialize)]
pub struct HandedIn {
    /// The sealed agreement as a file.
    pub agreement: String,
    /// The record of the mediation and of the identity checks.
    pub record: String,
    pub exhibits: Vec<ExhibitShown>,
    /// Where the reader hands in more.
    pub add: Option<String>,
}

impl HandedIn {
    pub(super) fn sample() -> Self {
        Self {
            agreement: "/cases/1/papers/2".to_owned(),
            record: "/cases/1/record".to_owned(),
            exhibits: vec![ExhibitShown::sample()],
            add: Some("/cases/1/exhibits".to_owned()),
        }
    }

    pub(super) async fn of(web: &Web, viewer: &Viewer, case: &Case) -> Result<Self, WebError> {
        let settlement = case.stage.settlement().ok_or(WebError::NotFound)?;
        let add = can_add(web, viewer, case).then(|| format!("/cases/{}/exhibits", case.id));
        Ok(Self {
            agreement: format!("/cases/{}/papers/{}", case.id, settlement.agreement.paper),
            record: format!("/cases/{}/record", case.id),
            exhibits: shown(web, viewer, case).await?,
            add,
        })
    }
}

impl ExhibitShown {
    pub(super) fn sample() -> Self {
        Self {
            kind: kind_text(ExhibitKind::Property),
            note: "柳荫里 3 号楼 502 室的房本".to_owned(),
            by: "王秀英".to_owned(),
            at: Timestamp::UNIX_EPOCH,
            href: "/cases/1/proofs/2".to_owned(),
            hash: "0".repeat(64),
            mine: true,
        }
    }
}

impl Page for ExhibitsPage {
    const TEMPLATE: &'static str = "pages/exhibits.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::blank().filled("note", "房本");
        wrong.refuse("kind", Text::key("form-choose"));
        wrong.refuse("file", Text::key("perform-file-kind"));
        let page = |exhibits, can_add, form| Self {
            head: Head::sample(),
            action: "/cases/1/exhibits".to_owned(),
            exhibits,
            kinds: vec![Choice {
                value: "property".to_owned(),
                label: "不动产权证书".to_owned(),
                hint: String::new(),
            }],
            can_add,
            form,
        };
        let other = ExhibitShown {
            note: String::new(),
            mine: false,
            ..ExhibitShown::sample()
        };
        vec![
            page(Vec::new(), true, Form::blank()),
            page(vec![ExhibitShown::sample(), other.clone()], true, wrong),
            page(vec![other], false, Form::blank()),
        ]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new()
        .get("/cases/{id}/exhibits", Policy::Sees, show)
        .post(
            "/cases/{id}/exhibits",
            Policy::Does(&[ActionKind::HandIn, ActionKind::TakeBack]),
            change,
        )
}

/// What an exhibit is called.
fn kind_text(kind: ExhibitKind) -> Text {
    Text::key(format!("exhibit-kind-{}", kind.name()))
}

/// The exhibits that the reader may open.
pub(super) async fn shown(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
) -> Result<Vec<ExhibitShown>, WebError> {
    let people = case.exhibits.iter().map(|exhibit| exhibit.by).collect();
    let names = faces::names(web, people).await?;
    let takes_back = offers(web, viewer, case).contains(&ActionKind::TakeBack);
    let one = |exhibit: &Exhibit| ExhibitShown {
        kind: kind_text(exhibit.kind),
        note: exhibit.note.clone(),
        by: faces::name_in(web, viewer, case, &names, exhibit.by),
        at: exhibit.at,
        href: format!("/cases/{}/proofs/{}", case.id, exhibit.file),
        hash: exhibit.file.to_string(),
        mine: takes_back
            && viewer.actor.person() == Some(exhibit.by)
            && !case.parties.iter().any(|seat| seat.rests_on(&exhibit.file)),
    };
    let open = |exhibit: &&Exhibit| may_open(&viewer.actor, case, &exhibit.file);
    Ok(case.exhibits.iter().filter(open).map(one).collect())
}

fn offers(web: &Web, viewer: &Viewer, case: &Case) -> Vec<ActionKind> {
    let now = web.desk.clock.now();
    offered(&web.desk.rules, case, &viewer.actor, now)
}

/// Whether the reader can hand something in now.
pub(super) fn can_add(web: &Web, viewer: &Viewer, case: &Case) -> bool {
    offers(web, viewer, case).contains(&ActionKind::HandIn)
}

async fn page(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    form: Form,
) -> Result<ExhibitsPage, WebError> {
    let exhibits = shown(web, viewer, case).await?;
    let can_add = can_add(web, viewer, case);
    if !can_add && exhibits.is_empty() {
        return Err(WebError::NotFound);
    }
    let kind = |kind: ExhibitKind| Choice {
        value: kind.name().to_owned(),
        label: web.words(case).say(viewer.locale, &kind_text(kind)),
        hint: String::new(),
    };
    Ok(ExhibitsPage {
        head: Head::of(web, viewer, case),
        action: format!("/cases/{}/exhibits", case.id),
        exhibits,
        kinds: ExhibitKind::ALL.map(kind).to_vec(),
        can_add,
        form,
    })
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    let page = page(&web, &viewer, &case, Form::blank()).await?;
    viewer.show(&web, &page)
}

async fn change(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    parts: Multipart,
) -> Result<Response, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    let (mut form, file) = upload::read(parts).await?;
    let action = match form.value("act") {
        "take_back" => form
            .read("exhibit", hash)
            .map(|file| Action::TakeBack { file }),
        _ if !can_add(&web, &viewer, &case) => {
            return Err(WebError::Forbidden("nothing is taken in now".to_owned()));
        }
        _ => hand_in(&web, &mut form, file).await?,
    };
    if let Some(action) = action {
        match casework::perform(&web.desk, &viewer.actor, id, action).await {
            Ok(_) => return Ok(see_other(&format!("/cases/{id}/exhibits"))),
            Err(error) => refusals::beside(&mut form, "file", error)?,
        }
    }
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    let page = page(&web, &viewer, &case, form).await?;
    viewer.show_again(&web, &page)
}

fn hash(text: &str) -> Result<ContentHash, Text> {
    text.parse().map_err(|_error| Text::key("form-choose"))
}

/// The file is stored before the case names it; one that is refused then is swept later.
async fn hand_in(
    web: &Web,
    form: &mut Form,
    file: Option<bytes::Bytes>,
) -> Result<Option<Action>, WebError> {
    let kind = form.choose("kind", ExhibitKind::parse);
    let note = form.read_optional("note", parse::text(LONGEST_NOTE));
    match &file {
        Some(file) => upload::check(form, "file", file),
        None => form.refuse("file", Text::key("verify-file-missing")),
    }
    let (Some(kind), Some(note), Some(file), false) = (kind, note, file, form.has_errors()) else {
        return Ok(None);
    };
    let put = web.files.put(file).await;
    Ok(Some(Action::HandIn {
        kind,
        note: note.unwrap_or_default(),
        file: put.map_err(|error| WebError::internal(&error))?,
    }))
}
