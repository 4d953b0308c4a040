//! The judge rules: chooses, reads the ruling to the end, then gives the one-time password for the very text that was read.

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

use super::act::grounds;
use super::{ConditionShown, ReviewPage, conditions_shown, load, parts};
use crate::domain::case::Case;
use crate::domain::hash::ContentHash;
use crate::domain::ids::CaseId;
use crate::domain::permission::may_rule;
use crate::paperwork::{Decision, Draft};
use crate::web::pages::paper_text::PaperText;
use crate::web::pages::papers::pdf;
use crate::web::pages::proof::{is_authorised, mark, reply, signed};
use crate::web::pages::refusals;
use crate::web::{Form, Page, Path, Viewer, Web, WebError, see_other};

/// A ruling as it would be issued. Ground and reasons of a dismissal travel in the form and are read anew each time.
#[derive(Serialize)]
pub struct RulingPage {
    pub number: String,
    pub review: String,
    pub action: String,
    /// `confirm`, `dismiss` or `refuse`.
    pub how: &'static str,
    pub text: PaperText,
    /// Of the text, which comes back with the form.
    pub hash: ContentHash,
    /// Its beginning, for comparing by eye.
    pub mark: String,
    pub form: Form,
}

impl Page for RulingPage {
    const TEMPLATE: &'static str = "pages/ruling.html";

    fn samples() -> Vec<Self> {
        let page = |how, form| Self {
            number: "和调〔2026〕000128号".to_owned(),
            review: "/cases/1/review".to_owned(),
            action: "/cases/1/review/ruling".to_owned(),
            how,
            text: PaperText::sample(),
            hash: ContentHash::of(b""),
            mark: "0000 0000 0000 0000".to_owned(),
            form,
        };
        let mut changed = Form::blank();
        changed.refuse_whole(crate::i18n::Text::key("sign-paper-changed"));
        changed.refuse("code", crate::i18n::Text::key("sign-totp-wrong"));
        let dismissal = Form::blank()
            .filled("ground", "unclear")
            .filled("reasons", "第一条没有写明做到什么程度。");
        vec![
            page("confirm", changed),
            page("dismiss", dismissal.clone()),
            page("refuse", dismissal),
        ]
    }
}

/// Dismissing and not accepting have a page each, so that nobody does it by the button beside the one they meant.
#[derive(Serialize)]
pub struct DismissalPage {
    pub number: String,
    pub review: String,
    pub action: String,
    /// Before the application is accepted.
    pub refuses: bool,
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
            refuses: review.phase == "filed",
            conditions: review.conditions,
            form: Form::blank(),
        };
        let reviews = ReviewPage::samples().into_iter().take(2);
        let mut pages: Vec<Self> = reviews.map(of).collect();
        for page in pages.iter_mut().skip(1) {
            page.form.choose("ground", |_| Some(()));
        }
        pages
    }
}

async fn load_to_rule(web: &Web, viewer: &Viewer, id: CaseId) -> Result<Case, WebError> {
    let case = load(web, viewer, id).await?;
    if may_rule(&viewer.actor, &case) {
        Ok(case)
    } else {
        Err(WebError::NotFound)
    }
}

pub(super) async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let case = load_to_rule(&web, &viewer, id).await?;
    let draft = draft(&web, &viewer, &case, &Decision::Confirm).await?;
    let page = ruling_page(&case, draft, &Decision::Confirm, Form::blank());
    viewer.show(&web, &page)
}

async fn draft(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    decision: &Decision,
) -> Result<Draft, WebError> {
    let draft = web.chancery.draft_ruling(&viewer.actor, case, decision);
    Ok(draft.await?)
}

fn ruling_page(case: &Case, draft: Draft, decision: &Decision, form: Form) -> RulingPage {
    let hash = draft.hash();
    let review = format!("/cases/{}/review", case.id);
    let (how, page) = match decision {
        Decision::Confirm => ("confirm", "ruling"),
        Decision::Dismiss { .. } => ("dismiss", "dismissal"),
        Decision::Refuse { .. } => ("refuse", "refusal"),
    };
    RulingPage {
        number: case.number.clone(),
        action: format!("{review}/{page}"),
        review,
        how,
        text: PaperText::of(draft.text),
        mark: mark(&hash),
        hash,
        form,
    }
}

pub(super) async fn confirm(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    form: Form,
) -> Result<Response, WebError> {
    let case = load_to_rule(&web, &viewer, id).await?;
    let draft = draft(&web, &viewer, &case, &Decision::Confirm).await?;
    rule(&web, &viewer, &case, (Decision::Confirm, draft), form).await
}

pub(super) async fn show_dismissal(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    show_grounds(&web, &viewer, id, false).await
}

pub(super) async fn show_refusal(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    show_grounds(&web, &viewer, id, true).await
}

async fn show_grounds(
    web: &Web,
    viewer: &Viewer,
    id: CaseId,
    refuses: bool,
) -> Result<Response, WebError> {
    let case = load_to_rule(web, viewer, id).await?;
    let page = dismissal_page(web, viewer, &case, (refuses, Form::blank()))?;
    viewer.show(web, &page)
}

fn dismissal_page(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    (refuses, form): (bool, Form),
) -> Result<DismissalPage, WebError> {
    let (application, _) = parts(case)?;
    let review = format!("/cases/{}/review", case.id);
    let page = if refuses { "refusal" } else { "dismissal" };
    Ok(DismissalPage {
        number: case.number.clone(),
        action: format!("{review}/{page}"),
        review,
        refuses,
        conditions: conditions_shown(web, viewer, case, application)?,
        form,
    })
}

pub(super) async fn dismiss(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    form: Form,
) -> Result<Response, WebError> {
    decide(&web, &viewer, id, (false, form)).await
}

pub(super) async fn refuse(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    form: Form,
) -> Result<Response, WebError> {
    decide(&web, &viewer, id, (true, form)).await
}

/// From ground and reasons to the draft, from the draft back to them, or on to the ruling.
async fn decide(
    web: &Web,
    viewer: &Viewer,
    id: CaseId,
    (refuses, mut form): (bool, Form),
) -> Result<Response, WebError> {
    let case = load_to_rule(web, viewer, id).await?;
    if let Some((grounds, reasons)) = grounds(web, &mut form)
        && form.value("act") != "edit"
    {
        let decision = if refuses {
            Decision::Refuse { grounds, reasons }
        } else {
            Decision::Dismiss { grounds, reasons }
        };
        let draft = web.chancery.draft_ruling(&viewer.actor, &case, &decision);
        match draft.await {
            Ok(draft) => return rule(web, viewer, &case, (decision, draft), form).await,
            Err(error) => refusals::beside(&mut form, "reasons", error)?,
        }
    }
    let page = dismissal_page(web, viewer, &case, (refuses, form))?;
    reply(web, viewer, &page, &page.form)
}

/// Shows the draft, gives it out as a file, or issues it under the one-time password given for its hash.
async fn rule(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    (decision, draft): (Decision, Draft),
    mut form: Form,
) -> Result<Response, WebError> {
    let hash = draft.hash();
    if form.value("act") == "pdf" {
        return pdf("ruling-draft", draft.bytes);
    }
    let signs = form.value("act") == "sign";
    if signs && let Some(shown) = is_authorised(web, viewer, &hash, &mut form).await? {
        let chancery = &web.chancery;
        let issued = chancery.issue_ruling(&viewer.actor, case.id, &decision, &hash, shown);
        if signed(issued.await, &mut form)?.is_some() {
            return Ok(see_other(&format!("/cases/{}/review", case.id)));
        }
    }
    let page = ruling_page(case, draft, &decision, form);
    reply(web, viewer, &page, &page.form)
}
