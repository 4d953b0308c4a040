//! 权利义务告知书 on the phone: opened by a tap, which is noted once for each party, then read (人民调解法 23, 24).

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

use super::case::Head;
use super::paper_text::PaperText;
use crate::casework::{self, CaseworkError};
use crate::domain::action::{Action, ActionKind};
use crate::domain::ids::CaseId;
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::offered::is_offered;
use crate::domain::paper::PaperKind;
use crate::web::{Page, Path, Policy, Routes, Viewer, Web, WebError, see_other};

const KIND: ActionKind = ActionKind::ReadNotice;

#[derive(Serialize)]
pub struct RightsPage {
    pub head: Head,
    /// The reader has not opened it yet.
    pub sealed: bool,
    pub text: PaperText,
    pub pdf: String,
}

impl Page for RightsPage {
    const TEMPLATE: &'static str = "pages/rights.html";

    fn samples() -> Vec<Self> {
        [true, false]
            .map(|sealed| Self {
                head: Head::sample(),
                sealed,
                text: PaperText::sample(),
                pdf: "/cases/1/papers/2".to_owned(),
            })
            .into()
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new()
        .get("/cases/{id}/rights", Policy::Sees, show)
        .post("/cases/{id}/rights", Policy::Does(&[KIND]), open)
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    let Some(paper) = case.latest_paper(PaperKind::RightsNotice) else {
        return Ok(see_other(&format!("/cases/{id}")));
    };
    let now = web.desk.clock.now();
    let page = RightsPage {
        head: Head::of(&web, &viewer, &case),
        sealed: is_offered(&web.desk.rules, &case, &viewer.actor, KIND, now),
        text: PaperText::of(web.chancery.rights_notice(&case).await?),
        pdf: format!("/cases/{id}/papers/{}", paper.id),
    };
    viewer.show(&web, &page)
}

/// Opened twice is read all the same.
async fn open(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    match casework::perform(&web.desk, &viewer.actor, id, Action::ReadNotice).await {
        Ok(_) | Err(CaseworkError::OutOfOrder(OutOfOrder::AlreadyDone)) => {
            Ok(see_other(&format!("/cases/{id}/rights")))
        }
        Err(error) => Err(error.into()),
    }
}
