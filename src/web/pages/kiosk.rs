//! A community's screen: large, for whoever stands before it. Nothing of them stays: no session, no draft, and the browser
//! itself becomes another one when they are done or have gone away.

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

use super::start;
use crate::storage::office;
use crate::web::security::Cookie;
use crate::web::viewer::{KIOSK_COOKIE, as_nobody};
use crate::web::{Page, Path, Policy, Routes, Viewer, Web, WebError, see_other};

/// How long the screen is one person's at most, in seconds.
const LONGEST: u32 = 3_600;

#[derive(Serialize)]
pub struct KioskPage {
    /// Where the screen stands.
    pub door: String,
    pub begin: String,
}

impl Page for KioskPage {
    const TEMPLATE: &'static str = "pages/kiosk.html";

    fn samples() -> Vec<Self> {
        vec![Self {
            door: "柳荫社区服务站".to_owned(),
            begin: "/kiosk/LY-03-2/begin".to_owned(),
        }]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new()
        .get("/kiosk/{place}", Policy::Anyone, show)
        .get("/kiosk/{place}/begin", Policy::Anyone, begin)
        .get("/kiosk/{place}/end", Policy::Anyone, end)
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(code): Path<String>,
) -> Result<Response, WebError> {
    let place = office::place(&mut web.accounts.store.read().await?, &code).await?;
    let place = place.ok_or(WebError::NotFound)?;
    let page = KioskPage {
        door: place.address,
        begin: format!("/kiosk/{}/begin", place.code),
    };
    viewer.show(&web, &page)
}

/// From here on every page goes back to the first one when nobody touches it.
async fn begin(
    State(web): State<Web>,
    viewer: Viewer,
    Path(code): Path<String>,
) -> Result<Response, WebError> {
    let place = office::place(&mut web.accounts.store.read().await?, &code).await?;
    let place = place.ok_or(WebError::NotFound)?;
    start::begin_at(&web, &viewer, &place).await?;
    let mut response = see_other("/start/matter");
    Cookie::lasting(KIOSK_COOKIE, &place.code, LONGEST).set(&mut response, web.site.tls);
    Ok(response)
}

/// Forgets everything, whoever comes here.
async fn end(
    State(web): State<Web>,
    viewer: Viewer,
    Path(code): Path<String>,
) -> Result<Response, WebError> {
    start::forget(&web, &viewer).await?;
    let place = office::place(&mut web.accounts.store.read().await?, &code).await?;
    let place = place.ok_or(WebError::NotFound)?;
    Ok(as_nobody(&web, &format!("/kiosk/{}", place.code)))
}
