//! A party rates the mediation: by a slip that names the committee and leads to nothing, once, and without a name.

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

use super::papers::pdf;
use crate::accounts::slips::{self, Slip};
use crate::casework;
use crate::domain::ids::{CaseId, PartyId};
use crate::domain::permission::may_hand_out_slips;
use crate::domain::time::{civil_date, quarter};
use crate::storage::ratings::{self, Rating};
use crate::storage::{StorageError, write_tx};
use crate::web::faces::{self, OrganisationFace};
use crate::web::{
    Choice, Form, Page, Path, Policy, Routes, Viewer, Web, WebError, parse, see_other,
};

const DONE: &str = "/r/done";
const LONGEST_WORDS: usize = 300;

#[derive(Serialize)]
pub struct RatingPage {
    pub call: OrganisationFace,
    pub stars: Vec<Choice>,
    pub form: Form,
}

#[derive(Serialize)]
pub struct RatedPage {}

impl Page for RatingPage {
    const TEMPLATE: &'static str = "pages/rating.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::blank().filled("words", "很耐心");
        wrong.choose("stars", stars);
        wrong.choose("again", again);
        [Form::blank(), wrong]
            .map(|form| Self {
                call: OrganisationFace::sample(),
                stars: vec![choice(5, "★★★★★ 很满意".to_owned())],
                form,
            })
            .into()
    }
}

impl Page for RatedPage {
    const TEMPLATE: &'static str = "pages/rated.html";

    fn samples() -> Vec<Self> {
        vec![Self {}]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new()
        .get(DONE, Policy::Anyone, show_done)
        .form("/r/{token}", Policy::Anyone, show, rate)
        .get(
            "/cases/{id}/slips/{party}",
            Policy::Of(may_hand_out_slips),
            print,
        )
}

fn choice(stars: i64, label: String) -> Choice {
    Choice {
        value: stars.to_string(),
        label,
        hint: String::new(),
    }
}

fn stars(value: &str) -> Option<i64> {
    value.parse().ok().filter(|stars| (1..=5).contains(stars))
}

fn again(value: &str) -> Option<bool> {
    match value {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

fn slip(web: &Web, token: &str) -> Result<Slip, WebError> {
    slips::read(&web.accounts.secrets, token).ok_or(WebError::NotFound)
}

async fn page(web: &Web, viewer: &Viewer, slip: &Slip, form: Form) -> Result<RatingPage, WebError> {
    let label = |number: i64| {
        let words = web
            .texts
            .t(viewer.locale, &format!("rating-stars-{number}"), &[]);
        choice(number, words)
    };
    Ok(RatingPage {
        call: faces::organisation(web, viewer, slip.organisation).await?,
        stars: [5, 4, 3, 2, 1].map(label).into(),
        form,
    })
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(token): Path<String>,
) -> Result<Response, WebError> {
    let slip = slip(&web, &token)?;
    let mut read = web.desk.store.read().await?;
    if ratings::is_used(&mut read, &slip.id).await? {
        return Ok(see_other(DONE));
    }
    drop(read);
    viewer.show(&web, &page(&web, &viewer, &slip, Form::blank()).await?)
}

/// Whoever rates twice is thanked twice, and counts once.
async fn rate(
    State(web): State<Web>,
    viewer: Viewer,
    Path(token): Path<String>,
    mut form: Form,
) -> Result<Response, WebError> {
    let slip = slip(&web, &token)?;
    let stars = form.choose("stars", stars);
    let again = form.choose("again", again);
    let words = form.read_optional("words", parse::text(LONGEST_WORDS));
    let (Some(stars), Some(again), Some(words)) = (stars, again, words) else {
        return viewer.show_again(&web, &page(&web, &viewer, &slip, form).await?);
    };
    let quarter = quarter(civil_date(web.desk.clock.now()));
    let rating = Rating {
        stars,
        again,
        words: words.unwrap_or_default(),
    };
    let kept: Result<bool, StorageError> = write_tx!(web.desk.store, |tx| {
        ratings::insert(tx, &slip.id, (slip.organisation, quarter), &rating).await
    });
    kept?;
    Ok(see_other(DONE))
}

async fn show_done(State(web): State<Web>, viewer: Viewer) -> Result<Response, WebError> {
    viewer.show(&web, &RatedPage {})
}

/// The slip of a seat on paper, for whoever has no phone at hand; there is no name on it.
async fn print(
    State(web): State<Web>,
    viewer: Viewer,
    Path((id, party)): Path<(CaseId, PartyId)>,
) -> Result<Response, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    case.party(party).ok_or(WebError::NotFound)?;
    if !may_hand_out_slips(&viewer.actor, &case) {
        return Err(WebError::NotFound);
    }
    let token = slips::token(&web.accounts.secrets, &case, party);
    let link = format!("{}/r/{token}", web.chancery.address);
    pdf("rating", web.chancery.rating_slip(&case, link).await?)
}
