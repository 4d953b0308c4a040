//! What clerk and judge do with an application: accept or refuse it, write down findings, ask, rule.

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

use super::{ConditionShown, ReviewPage, conditions_shown, load, page, parts};
use crate::casework;
use crate::domain::action::Action;
use crate::domain::case::Case;
use crate::domain::ids::CaseId;
use crate::paperwork::Decision;
use crate::web::pages::proof::is_authorised;
use crate::web::pages::refusals;
use crate::web::{Form, Page, Path, Viewer, Web, WebError, parse, see_other};

const LONGEST_TEXT: usize = 3_000;
const LONGEST_NOTE: usize = 500;

/// Dismissing has a page of its own, so that nobody dismisses by the button beside the one they meant.
#[derive(Serialize)]
pub struct DismissalPage {
    pub number: String,
    pub review: String,
    pub action: String,
    pub conditions: Vec<ConditionShown>,
    pub form: Form,
}

impl Page for DismissalPage {
    const TEMPLATE: &'static str = "pages/dismissal.html";

    fn samples() -> Vec<Self> {
        let of = |review: ReviewPage| Self {
            number: review.number,
            review: "/cases/1/review".to_owned(),
            action: "/cases/1/review/dismissal".to_owned(),
            conditions: review.conditions,
            form: review.form,
        };
        ReviewPage::samples().into_iter().take(2).map(of).collect()
    }
}

pub(super) async fn act(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    mut form: Form,
) -> Result<Response, WebError> {
    let case = load(&web, &viewer, id).await?;
    let done = match form.value("act") {
        "accept" => perform(&web, &viewer, id, Some(Action::AcceptFiling)).await?,
        "refuse" => {
            let action = refusal(&web, &mut form);
            perform(&web, &viewer, id, action).await?
        }
        "ask" => {
            let question = form.read("question", parse::text(LONGEST_TEXT));
            let action = question.map(|question| Action::AskSupplement { question });
            perform(&web, &viewer, id, action).await?
        }
        "find" => find(&web, &viewer, &case, &mut form).await?,
        "confirm" => rule(&web, &viewer, &case, Some(Decision::Confirm), &mut form).await?,
        other => return Err(WebError::BadRequest(format!("no act {other}"))),
    };
    if done {
        return Ok(see_other(&format!("/cases/{id}/review")));
    }
    let case = load(&web, &viewer, id).await?;
    let page = page(&web, &viewer, &case, form).await?;
    viewer.show_again(&web, &page)
}

async fn perform(
    web: &Web,
    viewer: &Viewer,
    id: CaseId,
    action: Option<Action>,
) -> Result<bool, WebError> {
    let Some(action) = action else {
        return Ok(false);
    };
    casework::perform(&web.desk, &viewer.actor, id, action).await?;
    Ok(true)
}

/// Ground and reasons of a refusal or a dismissal.
fn grounds(web: &Web, form: &mut Form) -> Option<(Vec<String>, String)> {
    let known = |key: &str| web.desk.rules.has_condition(key).then(|| key.to_owned());
    let ground = form.read("ground", parse::choice(known));
    let reasons = form.read("reasons", parse::text(LONGEST_TEXT));
    Some((vec![ground?], reasons?))
}

fn refusal(web: &Web, form: &mut Form) -> Option<Action> {
    let (grounds, reasons) = grounds(web, form)?;
    Some(Action::RefuseFiling { grounds, reasons })
}

pub(super) async fn show_dismissal(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let case = load(&web, &viewer, id).await?;
    let page = dismissal_page(&web, &viewer, &case, Form::blank())?;
    viewer.show(&web, &page)
}

fn dismissal_page(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    form: Form,
) -> Result<DismissalPage, WebError> {
    let (application, _) = parts(case)?;
    Ok(DismissalPage {
        number: case.number.clone(),
        review: format!("/cases/{}/review", case.id),
        action: format!("/cases/{}/review/dismissal", case.id),
        conditions: conditions_shown(web, viewer, case, application)?,
        form,
    })
}

pub(super) async fn dismiss(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    mut form: Form,
) -> Result<Response, WebError> {
    let case = load(&web, &viewer, id).await?;
    let decision =
        grounds(&web, &mut form).map(|(grounds, reasons)| Decision::Dismiss { grounds, reasons });
    if rule(&web, &viewer, &case, decision, &mut form).await? {
        return Ok(see_other(&format!("/cases/{id}/review")));
    }
    let page = dismissal_page(&web, &viewer, &case, form)?;
    viewer.show_again(&web, &page)
}

/// Writes down what was ticked, line by line, as far as it changed.
async fn find(web: &Web, viewer: &Viewer, case: &Case, form: &mut Form) -> Result<bool, WebError> {
    let keys: Vec<String> = web.desk.rules.condition_keys().map(str::to_owned).collect();
    let mut answers = Vec::new();
    for key in keys {
        let note = form.read_optional(&format!("note-{key}"), parse::text(LONGEST_NOTE));
        let clear = match form.value(&format!("clear-{key}")) {
            "yes" => true,
            "no" => false,
            _ => continue,
        };
        if let Some(note) = note {
            answers.push((key, clear, note.unwrap_or_default()));
        }
    }
    if form.has_errors() {
        return Ok(false);
    }
    let (application, _) = parts(case)?;
    for (condition, clear, note) in answers {
        let known = application.finding(&condition);
        if known.is_some_and(|known| known.clear == clear && known.note == note) {
            continue;
        }
        let action = Action::Find {
            condition,
            clear,
            note,
        };
        casework::perform(&web.desk, &viewer.actor, case.id, action).await?;
    }
    Ok(true)
}

/// The judge's one-time password is given for the hash of the very ruling that is then signed.
async fn rule(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    decision: Option<Decision>,
    form: &mut Form,
) -> Result<bool, WebError> {
    let code = form.read("code", parse::code);
    let (Some(decision), Some(_)) = (decision, code) else {
        return Ok(false);
    };
    let ruling = match web
        .chancery
        .draft_ruling(&viewer.actor, case, decision)
        .await
    {
        Ok(ruling) => ruling,
        Err(error) => {
            form.refuse("code", refusals::words(error)?);
            return Ok(false);
        }
    };
    let hash = ruling.draft.hash();
    *form = std::mem::take(form).filled("hash", hash.to_string());
    if !is_authorised(web, viewer, &hash, form).await? {
        return Ok(false);
    }
    match web
        .chancery
        .issue_ruling(&viewer.actor, case.id, ruling)
        .await
    {
        Ok(_) => Ok(true),
        Err(error) => {
            form.refuse("code", refusals::words(error)?);
            Ok(false)
        }
    }
}
