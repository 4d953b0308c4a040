//! Which address answers what.

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::get;

use super::{Web, WebError, assets, pages, viewer};

/// Every page behind its frame; `/assets` and the health addresses need none.
pub fn router(web: Web) -> Router {
    let framed = Router::new()
        .merge(pages::caucus::routes())
        .merge(pages::home::routes())
        .merge(pages::sign_in::routes())
        .merge(pages::staff_sign_in::routes())
        .merge(pages::start::routes())
        .merge(pages::room::routes())
        .merge(demo(&web))
        .fallback(async || WebError::NotFound)
        .method_not_allowed_fallback(async || WebError::Method)
        .layer(from_fn_with_state(web.clone(), viewer::frame));
    Router::new()
        .route("/assets/{mark}/{*path}", get(assets::serve))
        .route("/healthz", get(async || "ok"))
        .merge(framed)
        .with_state(web)
}

/// Stepping into other people's shoes exists in a demo town alone.
fn demo(web: &Web) -> Router<Web> {
    if web.site.demo {
        pages::demo::routes()
    } else {
        Router::new()
    }
}
