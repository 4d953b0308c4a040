//! What clerk and judge do before the ruling: accept an application, write down findings, ask.

use axum::extract::State;
use axum::response::Response;

use super::{load, page};
use crate::casework;
use crate::domain::action::Action;
use crate::domain::case::Case;
use crate::domain::confirmation::Tick;
use crate::domain::ids::CaseId;
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::stage::Stage;
use crate::i18n::Text;
use crate::paperwork::PaperworkError;
use crate::web::pages::refusals;
use crate::web::{Form, Path, Viewer, Web, WebError, parse, see_other};

const LONGEST_TEXT: usize = 3_000;
const LONGEST_NOTE: usize = 500;

pub(super) async fn act(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    mut form: Form,
) -> Result<Response, WebError> {
    let case = load(&web, &viewer, id).await?;
    // Accepting and finding have no field that a message could stand beside.
    let (field, done) = match form.value("act") {
        "accept" => (
            "",
            web.chancery
                .accept_filing(&viewer.actor, id)
                .await
                .map(drop),
        ),
        "ask" => ("question", ask(&web, &viewer, id, &mut form).await),
        "find" => ("", find(&web, &viewer, &case, &mut form).await),
        other => return Err(WebError::BadRequest(format!("no act {other}"))),
    };
    if let Err(error) = done {
        refusals::beside(&mut form, field, error)?;
    }
    if !form.has_errors() {
        return Ok(see_other(&format!("/cases/{id}/review")));
    }
    let case = load(&web, &viewer, id).await?;
    let page = page(&web, &viewer, &case, form).await?;
    viewer.show_again(&web, &page)
}

/// Ground and reasons of a dismissal, or of not accepting.
pub(super) fn grounds(web: &Web, form: &mut Form) -> Option<(Vec<String>, String)> {
    let known = |key: &str| web.desk.rules.has_condition(key).then(|| key.to_owned());
    let ground = form.choose("ground", known);
    let reasons = form.read("reasons", parse::printed(LONGEST_TEXT));
    Some((vec![ground?], reasons?))
}

async fn ask(
    web: &Web,
    viewer: &Viewer,
    id: CaseId,
    form: &mut Form,
) -> Result<(), PaperworkError> {
    if let Some(question) = form.read("question", parse::text(LONGEST_TEXT)) {
        let action = Action::AskSupplement { question };
        casework::perform(&web.desk, &viewer.actor, id, action).await?;
    }
    Ok(())
}

/// Writes down all that was ticked and has changed, in one step.
async fn find(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    form: &mut Form,
) -> Result<(), PaperworkError> {
    let Stage::Confirm { application, .. } = &case.stage else {
        return Err(OutOfOrder::WrongState.into());
    };
    let known = |tick: &Tick| {
        application
            .finding(&tick.condition)
            .is_some_and(|finding| finding.clear == tick.clear && finding.note == tick.note)
    };
    let keys = web.desk.rules.condition_keys();
    let mut ticks: Vec<Tick> = keys.filter_map(|key| tick(form, key)).collect();
    ticks.retain(|tick| !known(tick));
    if !form.has_errors() && !ticks.is_empty() {
        casework::perform(&web.desk, &viewer.actor, case.id, Action::Find { ticks }).await?;
    }
    Ok(())
}

/// The line of one condition. A note without an answer is not dropped but asked about.
fn tick(form: &mut Form, condition: &str) -> Option<Tick> {
    let (clear, note) = (format!("clear-{condition}"), format!("note-{condition}"));
    let note = form.read_optional(&note, parse::text(LONGEST_NOTE))?;
    let clear = match form.value(&clear) {
        "yes" => true,
        "no" => false,
        _ if note.is_none() => return None,
        _ => {
            form.refuse(&clear, Text::key("court-note-alone"));
            return None;
        }
    };
    Some(Tick {
        condition: condition.to_owned(),
        clear,
        note: note.unwrap_or_default(),
    })
}
