//! The seal of an organisation: on an agreement all have signed, and on the certificate of an end without one.

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

use super::paper_text::PaperText;
use super::proof::{is_authorised, mark, signed};
use super::refusals::out_of_order;
use super::sign::{SignerShown, signers};
use crate::casework;
use crate::domain::action::ActionKind;
use crate::domain::agreement::Signer;
use crate::domain::case::Case;
use crate::domain::hash::ContentHash;
use crate::domain::ids::CaseId;
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::offered::is_offered;
use crate::i18n::Text;
use crate::paperwork::{place, text_hash};
use crate::web::{Form, Page, Path, Policy, Routes, Viewer, Web, WebError, see_other};

#[derive(Serialize)]
pub struct SealPage {
    pub case: String,
    pub action: String,
    /// The file so far; none for a certificate, which is made by sealing it.
    pub pdf: Option<String>,
    pub text: PaperText,
    pub signers: Vec<SignerShown>,
    pub hash: ContentHash,
    pub mark: String,
    pub organisation: String,
    /// Everybody before the seal has signed.
    pub ready: bool,
    pub form: Form,
}

impl Page for SealPage {
    const TEMPLATE: &'static str = "pages/seal.html";

    fn samples() -> Vec<Self> {
        let page = |ready, form, pdf: Option<&str>| Self {
            case: "019a0000-0000-7000-8000-000000000000".to_owned(),
            action: "/cases/019a0000-0000-7000-8000-000000000000/seal".to_owned(),
            pdf: pdf.map(str::to_owned),
            text: PaperText::sample(),
            signers: SignerShown::samples(),
            hash: ContentHash::of(b""),
            mark: "0000 0000 0000 0000".to_owned(),
            organisation: "柳荫街道人民调解委员会".to_owned(),
            ready,
            form,
        };
        let mut wrong = Form::blank();
        wrong.refuse("code", Text::key("sign-totp-wrong"));
        vec![
            page(false, Form::blank(), Some("/cases/1/papers/2")),
            page(true, wrong, None),
        ]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new()
        .form(
            "/cases/{id}/seal",
            Policy::Does(&[ActionKind::Seal]),
            show_seal,
            seal,
        )
        .form(
            "/cases/{id}/certificate",
            Policy::Does(&[ActionKind::IssueCertificate]),
            show_certificate,
            certificate,
        )
}

async fn show_seal(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    let Some(agreement) = case.stage.signing() else {
        return Ok(see_other(&format!("/cases/{id}")));
    };
    if agreement.by_hand.is_some() {
        return Ok(see_other(&format!("/cases/{id}/on-paper")));
    }
    let page = seal_page(&web, &viewer, &case, Form::blank()).await?;
    viewer.show(&web, &page)
}

async fn seal_page(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    form: Form,
) -> Result<SealPage, WebError> {
    place(case, &viewer.actor, true).ok_or(WebError::NotFound)?;
    let agreement = case.stage.signing();
    let agreement = agreement.ok_or(out_of_order(OutOfOrder::WrongState))?;
    let paper = case.paper(agreement.paper).ok_or(WebError::NotFound)?;
    let hash = text_hash(agreement, paper);
    Ok(SealPage {
        case: case.id.to_string(),
        action: format!("/cases/{}/seal", case.id),
        pdf: Some(format!("/cases/{}/papers/{}", case.id, paper.id)),
        text: PaperText::of(web.chancery.agreement_text(case).await?),
        signers: signers(web, viewer, case, agreement).await?,
        hash: hash.clone(),
        mark: mark(hash),
        organisation: web
            .chancery
            .organisation_name(case.organisation, viewer.locale)
            .await?,
        ready: agreement.by_hand.is_none()
            && agreement.may_sign_next(Signer::Organisation, &case.party_ids()),
        form,
    })
}

async fn seal(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    mut form: Form,
) -> Result<Response, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    let page = seal_page(&web, &viewer, &case, Form::blank()).await?;
    if !page.ready {
        return Err(out_of_order(OutOfOrder::NotYourTurn));
    }
    if let Some(shown) = is_authorised(&web, &viewer, &page.hash, &mut form).await? {
        let chancery = &web.chancery;
        let sealed = chancery.seal(&viewer.actor, id, &page.hash, shown).await;
        if signed(sealed, &mut form)?.is_some() {
            return Ok(see_other(&format!("/cases/{id}")));
        }
    }
    viewer.show_again(&web, &SealPage { form, ..page })
}

async fn show_certificate(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    let page = certificate_page(&web, &viewer, &case, Form::blank()).await?;
    viewer.show(&web, &page)
}

async fn certificate_page(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    form: Form,
) -> Result<SealPage, WebError> {
    let now = web.accounts.clock.now();
    let kind = ActionKind::IssueCertificate;
    if !is_offered(&web.desk.rules, case, &viewer.actor, kind, now) {
        return Err(out_of_order(OutOfOrder::WrongState));
    }
    let draft = web.chancery.draft_certificate(case).await?;
    let hash = draft.hash();
    let organisation = web
        .chancery
        .organisation_name(case.organisation, viewer.locale)
        .await?;
    Ok(SealPage {
        case: case.id.to_string(),
        action: format!("/cases/{}/certificate", case.id),
        pdf: None,
        text: PaperText::of(draft.text),
        signers: vec![SignerShown {
            role: "organisation",
            name: organisation.clone(),
            at: None,
        }],
        mark: mark(&hash),
        hash,
        organisation,
        ready: true,
        form,
    })
}

async fn certificate(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    mut form: Form,
) -> Result<Response, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    let page = certificate_page(&web, &viewer, &case, Form::blank()).await?;
    if let Some(shown) = is_authorised(&web, &viewer, &page.hash, &mut form).await? {
        let chancery = &web.chancery;
        let issued = chancery.issue_certificate(&viewer.actor, id, &page.hash, shown);
        if signed(issued.await, &mut form)?.is_some() {
            return Ok(see_other(&format!("/cases/{id}")));
        }
    }
    viewer.show_again(&web, &SealPage { form, ..page })
}
