//! Before a case counts as done somebody looks on the spot: the mediator, or a grid worker who learns what to look at and
//! nothing else of the case. What was seen, where, and a photo, from a phone.

use axum::extract::State;
use axum::response::Response;
use bytes::Bytes;
use jiff::Timestamp;
use serde::Serialize;

use super::case::Head;
use super::case::act::{act_beside, open};
use super::{refusals, upload};
use crate::casework::{self, Spot};
use crate::domain::action::{Action, ActionKind as Kind};
use crate::domain::ids::CaseId;
use crate::domain::permission::goes_to_doors;
use crate::domain::verification::Seen;
use crate::evidence::{self, EvidenceError};
use crate::i18n::Text;
use crate::web::faces::{self, OrganisationFace};
use crate::web::{
    Form, Multipart, Page, Path, Policy, Routes, Viewer, Web, WebError, parse, see_other,
};

const KINDS: [Kind; 2] = [Kind::VerifyPerformance, Kind::AskVerification];
const LONGEST_TEXT: usize = 1_000;
const LONGEST_PLACE: usize = 200;

#[derive(Serialize)]
pub struct VerificationPage {
    pub head: Head,
    pub form: Form,
    /// Whether the reader can say what they saw.
    pub looks: bool,
    /// Where a grid worker is asked to go there.
    pub ask: Option<String>,
    /// What a grid worker was asked to look at.
    pub asked: Option<String>,
}

/// What a grid worker reads.
#[derive(Serialize)]
pub struct SpotPage {
    pub spot: SpotFace,
    pub call: OrganisationFace,
    pub form: Form,
}

#[derive(Clone, Serialize)]
pub struct SpotFace {
    pub href: String,
    pub address: String,
    pub what: String,
    pub due: Timestamp,
}

impl SpotFace {
    pub(super) fn of(spot: &Spot) -> Self {
        Self {
            href: format!("/checks/{}", spot.case),
            address: spot.address.clone(),
            what: spot.what.clone(),
            due: spot.due,
        }
    }

    pub(super) fn sample() -> Self {
        Self {
            href: "/checks/1".to_owned(),
            address: "柳荫里 3 号楼 502 室".to_owned(),
            what: "看看客厅有没有铺地垫".to_owned(),
            due: Timestamp::UNIX_EPOCH,
        }
    }
}

fn wrong() -> Form {
    let mut wrong = Form::blank().filled("place", "3 号楼门口");
    wrong.choose("kept", kept);
    wrong.read("saw", parse::text(LONGEST_TEXT));
    wrong.refuse("photo", Text::key("evidence-refused-kind"));
    wrong
}

impl Page for VerificationPage {
    const TEMPLATE: &'static str = "pages/verification.html";

    fn samples() -> Vec<Self> {
        let page = |form, looks, asked: bool| Self {
            head: Head::sample(),
            form,
            looks,
            ask: Some("/cases/1/verify/visit".to_owned()),
            asked: asked.then(|| SpotFace::sample().what),
        };
        let mut empty = Form::blank();
        empty.read("what", parse::text(LONGEST_PLACE));
        vec![
            page(Form::blank(), true, false),
            page(wrong(), true, true),
            page(empty, false, false),
        ]
    }
}

impl Page for SpotPage {
    const TEMPLATE: &'static str = "pages/spot.html";

    fn samples() -> Vec<Self> {
        [Form::blank(), wrong()]
            .map(|form| Self {
                spot: SpotFace::sample(),
                call: OrganisationFace::sample(),
                form,
            })
            .into()
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new()
        .get("/cases/{id}/verify", Policy::Does(&KINDS), show)
        .post(
            "/cases/{id}/verify",
            Policy::Does(&[Kind::VerifyPerformance]),
            record,
        )
        .post(
            "/cases/{id}/verify/visit",
            Policy::Does(&[Kind::AskVerification]),
            ask,
        )
        .form(
            "/checks/{case}",
            Policy::Office(goes_to_doors),
            show_spot,
            record_spot,
        )
        .merge(super::rating::routes())
        .merge(super::follow_up::routes())
}

fn kept(value: &str) -> Option<bool> {
    match value {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

async fn page(
    web: &Web,
    viewer: &Viewer,
    id: CaseId,
    form: Form,
) -> Result<VerificationPage, WebError> {
    let open = open(web, viewer, id, &KINDS).await?;
    let head = Head::of(web, viewer, &open.case);
    let check = open.case.to_verify();
    Ok(VerificationPage {
        ask: open
            .has(Kind::AskVerification)
            .then(|| format!("{}/verify/visit", head.href)),
        looks: open.has(Kind::VerifyPerformance),
        asked: check.and_then(|check| check.visit.clone()),
        head,
        form,
    })
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    viewer.show(&web, &page(&web, &viewer, id, Form::blank()).await?)
}

/// What was seen, with the photo kept; `None` where something stands beside its field.
async fn seen(
    web: &Web,
    form: &mut Form,
    photo: Option<(String, Bytes)>,
) -> Result<Option<Seen>, WebError> {
    let kept = form.choose("kept", kept);
    let saw = form.read("saw", parse::text(LONGEST_TEXT));
    let place = form.read_optional("place", parse::text(LONGEST_PLACE));
    let (Some(kept), Some(saw), Some(place)) = (kept, saw, place) else {
        return Ok(None);
    };
    let photo = match photo {
        None => None,
        Some((name, bytes)) => match evidence::photo(&web.cabinet, &name, bytes).await {
            Ok(photo) => Some(photo),
            Err(EvidenceError::Refused(why)) => {
                form.refuse("photo", Text::key(why.key()));
                return Ok(None);
            }
            Err(error) => return Err(WebError::internal(&error)),
        },
    };
    Ok(Some(Seen {
        kept,
        saw,
        place: place.unwrap_or_default(),
        photo,
    }))
}

async fn record(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    parts: Multipart,
) -> Result<Response, WebError> {
    open(&web, &viewer, id, &[Kind::VerifyPerformance]).await?;
    let (mut form, photo) = upload::read_named(parts).await?;
    if let Some(seen) = seen(&web, &mut form, photo).await? {
        let action = Action::VerifyPerformance { seen };
        if let Some(done) = act_beside(&web, &viewer, id, action, (&mut form, "saw")).await? {
            return Ok(done);
        }
    }
    viewer.show_again(&web, &page(&web, &viewer, id, form).await?)
}

async fn ask(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    mut form: Form,
) -> Result<Response, WebError> {
    open(&web, &viewer, id, &[Kind::AskVerification]).await?;
    if let Some(what) = form.read("what", parse::text(LONGEST_PLACE)) {
        let action = Action::AskVerification { what };
        if let Some(done) = act_beside(&web, &viewer, id, action, (&mut form, "what")).await? {
            return Ok(done);
        }
    }
    viewer.show_again(&web, &page(&web, &viewer, id, form).await?)
}

async fn spot_page(
    web: &Web,
    viewer: &Viewer,
    case: CaseId,
    form: Form,
) -> Result<SpotPage, WebError> {
    let spots = casework::spots(&web.desk, &viewer.actor).await?;
    let spot = spots.iter().find(|spot| spot.case == case);
    let spot = spot.ok_or(WebError::NotFound)?;
    Ok(SpotPage {
        spot: SpotFace::of(spot),
        call: faces::organisation(web, viewer, spot.organisation).await?,
        form,
    })
}

async fn show_spot(
    State(web): State<Web>,
    viewer: Viewer,
    Path(case): Path<CaseId>,
) -> Result<Response, WebError> {
    viewer.show(&web, &spot_page(&web, &viewer, case, Form::blank()).await?)
}

async fn record_spot(
    State(web): State<Web>,
    viewer: Viewer,
    Path(case): Path<CaseId>,
    parts: Multipart,
) -> Result<Response, WebError> {
    let mut page = spot_page(&web, &viewer, case, Form::blank()).await?;
    let (mut form, photo) = upload::read_named(parts).await?;
    if let Some(seen) = seen(&web, &mut form, photo).await? {
        match casework::record_spot(&web.desk, &viewer.actor, case, &seen).await {
            Ok(()) => return Ok(see_other("/visits")),
            Err(error) => refusals::beside(&mut form, "saw", error)?,
        }
    }
    page.form = form;
    viewer.show_again(&web, &page)
}
