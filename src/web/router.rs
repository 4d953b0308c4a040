//! Which address answers what.

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::middleware::from_fn_with_state;

use super::routes::{Policy, Route, Routes};
use super::{Web, WebError, api, assets, pages, security, viewer};

/// Every page behind its frame; `/assets` and the health addresses need no reader.
pub fn router(web: Web) -> Router {
    let (framed, _) = framed(&web).finish();
    let framed = framed
        .fallback(async || WebError::NotFound)
        .method_not_allowed_fallback(async || WebError::Method)
        .layer(DefaultBodyLimit::max(security::UPLOAD_LIMIT))
        .layer(from_fn_with_state(web.clone(), viewer::frame));
    let (plain, _) = plain().finish();
    plain
        .method_not_allowed_fallback(async || WebError::Method)
        .layer(from_fn_with_state(web.clone(), viewer::plain))
        .merge(framed)
        .with_state(web)
}

/// Every route of [`router`] with its policy.
pub fn table(web: &Web) -> Vec<Route> {
    plain().merge(framed(web)).finish().1
}

/// What is the same for everybody.
fn plain() -> Routes {
    Routes::new()
        .get("/assets/{mark}/{*path}", Policy::Anyone, assets::serve)
        .get("/healthz", Policy::Anyone, async || "ok")
        .get("/readyz", Policy::Anyone, ready)
        .merge(super::metrics::routes())
}

/// Whether requests can be served: the database answers.
async fn ready(State(web): State<Web>) -> Result<&'static str, WebError> {
    let alive = web.accounts.store.ping().await;
    alive
        .map_err(|error| WebError::Unavailable(format!("the database does not answer: {error}")))?;
    Ok("ready")
}

/// Who mediates, who comes beside them, and what is said of them.
fn of_mediators() -> Routes {
    Routes::new()
        .merge(pages::agents::routes())
        .merge(pages::assign::routes())
        .merge(pages::assignment::routes())
        .merge(pages::calendar::routes())
        .merge(pages::choose::routes())
        .merge(pages::complaint::routes())
        .merge(pages::disclosure::routes())
        .merge(pages::replacement::routes())
        .merge(pages::team::routes())
        .merge(pages::translation::routes())
        .merge(pages::wishes::routes())
}

/// What lies with a case, and what a mediator writes for it.
fn of_papers() -> Routes {
    Routes::new()
        .merge(pages::dossier::routes())
        .merge(pages::library::routes())
        .merge(pages::meeting_rooms::routes())
        .merge(pages::notes::routes())
        .merge(pages::on_paper::routes())
        .merge(pages::papers::routes())
        .merge(pages::recordings::routes())
        .merge(pages::screen::routes())
        .merge(pages::service::routes())
}

/// What happens away from the table: people are reached, visited, and authorities asked to help.
fn outdoors() -> Routes {
    Routes::new()
        .merge(pages::help::routes())
        .merge(pages::late::routes())
        .merge(pages::delivery::routes())
        .merge(pages::rights::routes())
        .merge(pages::outreach::routes())
        .merge(pages::requests::routes())
        .merge(pages::verification::routes())
        .merge(pages::visits::routes())
}

fn framed(web: &Web) -> Routes {
    let routes = Routes::new()
        .merge(api::routes())
        .merge(of_mediators())
        .merge(of_papers())
        .merge(outdoors())
        .merge(pages::home::routes())
        .merge(pages::invite::routes())
        .merge(pages::kiosk::routes())
        .merge(pages::link::routes())
        .merge(pages::organisations::routes())
        .merge(pages::sign_in::routes())
        .merge(pages::staff_sign_in::routes())
        .merge(pages::sheet::routes())
        .merge(pages::start::routes())
        .merge(pages::statistics::routes())
        .merge(pages::transparency::routes())
        .merge(pages::verify::routes())
        .merge(pages::archive::routes())
        .merge(pages::assess::routes())
        .merge(pages::board::routes())
        .merge(pages::case::routes())
        .merge(pages::caucus::routes())
        .merge(pages::confirmation::routes())
        .merge(pages::contacts::routes())
        .merge(pages::correct_contact::routes())
        .merge(pages::parties::routes())
        .merge(pages::court::routes())
        .merge(pages::desk::routes())
        .merge(pages::due::routes())
        .merge(pages::ending::routes())
        .merge(pages::evidence::routes())
        .merge(pages::exhibits::routes())
        .merge(pages::hand_over::routes())
        .merge(pages::identity::routes())
        .merge(pages::intake::routes())
        .merge(pages::triage::routes())
        .merge(pages::enter::routes())
        .merge(pages::invitation::routes())
        .merge(pages::minutes::routes())
        .merge(pages::more_time::routes())
        .merge(pages::performance::routes())
        .merge(pages::proofs::routes())
        .merge(pages::review::routes())
        .merge(pages::room::routes())
        .merge(pages::seal::routes())
        .merge(pages::register::routes())
        .merge(pages::search::routes())
        .merge(pages::setup::routes())
        .merge(pages::staff::routes())
        .merge(pages::record::routes())
        .merge(pages::sessions::routes())
        .merge(pages::sign::routes())
        .merge(pages::undelivered::routes())
        .merge(pages::wrong_person::routes())
        .merge(pages::writing::routes());
    // Stepping into other people's shoes exists in a demo town alone.
    if web.site.demo {
        routes.merge(pages::demo::routes())
    } else {
        routes
    }
}
