//! Which address answers what.

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::middleware::from_fn_with_state;
use axum::routing::get;

use super::{Web, WebError, api, assets, pages, security, viewer};

/// Every page behind its frame; `/assets` and the health addresses need no reader.
pub fn router(web: Web) -> Router {
    let framed = Router::new()
        .merge(pages::caucus::routes())
        .merge(pages::home::routes())
        .merge(case_pages())
        .merge(api::routes())
        .merge(pages::sign_in::routes())
        .merge(pages::staff_sign_in::routes())
        .merge(pages::start::routes())
        .merge(pages::room::routes())
        .merge(demo(&web))
        .merge(pages::board::routes())
        .merge(pages::confirmation::routes())
        .merge(pages::court::routes())
        .merge(pages::identity::routes())
        .merge(pages::performance::routes())
        .merge(pages::proofs::routes())
        .merge(pages::review::routes())
        .merge(pages::seal::routes())
        .merge(pages::sign::routes())
        .merge(pages::verify::routes())
        .fallback(async || WebError::NotFound)
        .method_not_allowed_fallback(async || WebError::Method)
        .layer(DefaultBodyLimit::max(security::UPLOAD_LIMIT))
        .layer(from_fn_with_state(web.clone(), viewer::frame));
    Router::new()
        .route("/assets/{mark}/{*path}", get(assets::serve))
        .route("/healthz", get(async || "ok"))
        .route("/readyz", get(ready))
        .method_not_allowed_fallback(async || WebError::Method)
        .layer(from_fn_with_state(web.clone(), viewer::plain))
        .merge(framed)
        .with_state(web)
}

/// Whether requests can be served: the database answers.
async fn ready(State(web): State<Web>) -> Result<&'static str, WebError> {
    let alive = web.accounts.store.ping().await;
    alive
        .map_err(|error| WebError::Unavailable(format!("the database does not answer: {error}")))?;
    Ok("ready")
}

/// The pages of a case and the lists that lead to them.
fn case_pages() -> Router<Web> {
    Router::new()
        .merge(pages::assess::routes())
        .merge(pages::assign::routes())
        .merge(pages::assignment::routes())
        .merge(pages::case::routes())
        .merge(pages::desk::routes())
        .merge(pages::disclosure::routes())
        .merge(pages::ending::routes())
        .merge(pages::hand_over::routes())
        .merge(pages::intake::routes())
        .merge(pages::invitation::routes())
        .merge(pages::invite::routes())
        .merge(pages::papers::routes())
        .merge(pages::sessions::routes())
        .merge(pages::undelivered::routes())
}

/// Stepping into other people's shoes exists in a demo town alone.
fn demo(web: &Web) -> Router<Web> {
    if web.site.demo {
        pages::demo::routes()
    } else {
        Router::new()
    }
}
