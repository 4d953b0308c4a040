//! Telling a new matter: four short questions, who asks, a code, a last look. Saved at every step.

pub(super) mod areas;
mod check;
pub(super) mod draft;
pub(super) mod further;
mod proof;
mod questions;

use axum::extract::State;
use axum::response::Response;

pub use check::{CheckPage, DonePage};
pub use proof::{MePage, ProofPage};
pub(super) use questions::matter_name;
pub use questions::{MatterPage, OtherPage, StoryPage, WishPage};

use crate::accounts::drafts;
use crate::domain::organisation::town::QrPlace;
use crate::storage::office;
use crate::web::{Path, Policy, Routes, Viewer, Web, WebError, see_other};
use draft::{Draft, Step};

pub(in crate::web) fn routes() -> Routes {
    Routes::new()
        .get("/q/{place}", Policy::Anyone, arrive)
        .get("/start", Policy::Anyone, begin)
        .form(
            "/start/matter",
            Policy::Anyone,
            questions::show_matter,
            questions::save_matter,
        )
        .form(
            "/start/story",
            Policy::Anyone,
            questions::show_story,
            questions::save_story,
        )
        .form(
            "/start/wish",
            Policy::Anyone,
            questions::show_wish,
            questions::save_wish,
        )
        .form(
            "/start/other",
            Policy::Anyone,
            questions::show_other,
            questions::save_other,
        )
        .form("/start/me", Policy::Anyone, proof::show_me, proof::save_me)
        .form(
            "/start/code",
            Policy::Anyone,
            proof::show_code,
            proof::enter_code,
        )
        .form("/start/check", Policy::Anyone, check::show, check::submit)
        .get("/start/done", Policy::Anyone, check::done)
}

/// From the QR code on a building: its address is filled in.
async fn arrive(
    State(web): State<Web>,
    viewer: Viewer,
    Path(code): Path<String>,
) -> Result<Response, WebError> {
    let mut draft = Draft::load(&web, &viewer).await?;
    let place = office::place(&mut web.accounts.store.read().await?, &code).await?;
    if let Some(place) = place {
        draft.at(&place);
        draft.save(&web, &viewer).await?;
    } else {
        tracing::info!("a sheet with an unknown place was scanned; the form starts without it");
    }
    Ok(see_other("/start/matter"))
}

/// A new matter at a place, whatever was begun before.
pub(super) async fn begin_at(web: &Web, viewer: &Viewer, place: &QrPlace) -> Result<(), WebError> {
    let mut draft = Draft::default();
    draft.at(place);
    draft.save(web, viewer).await
}

/// Forgets what was told in this browser, and the number of the case opened in it.
pub(super) async fn forget(web: &Web, viewer: &Viewer) -> Result<(), WebError> {
    Draft::forget(web, viewer).await?;
    Ok(drafts::forget(&web.accounts, &viewer.browser, check::DONE).await?)
}

/// Where the reader left off.
async fn begin(State(web): State<Web>, viewer: Viewer) -> Result<Response, WebError> {
    let draft = Draft::load(&web, &viewer).await?;
    Ok(see_other(draft.missing(&web).unwrap_or(Step::Check).path()))
}
