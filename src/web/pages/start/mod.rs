//! Telling a new matter: four short questions, who asks, a code, a last look. Saved at every step.

mod areas;
mod check;
mod draft;
mod proof;
mod questions;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;

pub use check::{CheckPage, DonePage};
pub use proof::{MePage, ProofPage};
pub use questions::{MatterPage, OtherPage, StoryPage, WishPage};

use crate::storage::office;
use crate::web::{Path, Viewer, Web, WebError, see_other};
use draft::{Draft, Step};

pub(in crate::web) fn routes() -> Router<Web> {
    Router::new()
        .route("/q/{place}", get(arrive))
        .route("/start", get(begin))
        .route(
            "/start/matter",
            get(questions::show_matter).post(questions::save_matter),
        )
        .route(
            "/start/story",
            get(questions::show_story).post(questions::save_story),
        )
        .route(
            "/start/wish",
            get(questions::show_wish).post(questions::save_wish),
        )
        .route(
            "/start/other",
            get(questions::show_other).post(questions::save_other),
        )
        .route("/start/me", get(proof::show_me).post(proof::save_me))
        .route("/start/code", get(proof::show_code).post(proof::enter_code))
        .route("/start/check", get(check::show).post(check::submit))
        .route("/start/done", get(check::done))
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

/// Where the reader left off.
async fn begin(State(web): State<Web>, viewer: Viewer) -> Result<Response, WebError> {
    let draft = Draft::load(&web, &viewer).await?;
    Ok(see_other(draft.missing(&web).unwrap_or(Step::Check).path()))
}
