//! The first page: what this place is and how to begin.

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

use crate::web::{Page, Policy, Routes, Viewer, Web, WebError};

#[derive(Serialize)]
pub struct HomePage {}

impl Page for HomePage {
    const TEMPLATE: &'static str = "pages/home.html";

    fn samples() -> Vec<Self> {
        vec![Self {}]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new().get("/", Policy::Anyone, show)
}

async fn show(State(web): State<Web>, viewer: Viewer) -> Result<Response, WebError> {
    viewer.show(&web, &HomePage {})
}
