//! Where a party wants to be served: filled in on the phone, read as it will stand, confirmed by a code bound to it.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

use super::case::Head;
use super::paper_text::PaperText;
use super::proof::{Proof, Step, mark, reply, signed};
use super::refusals::{above, out_of_order};
use crate::accounts::codes::Purpose;
use crate::casework;
use crate::domain::action::ActionKind;
use crate::domain::case::Case;
use crate::domain::hash::ContentHash;
use crate::domain::identity::{Email, Phone};
use crate::domain::ids::CaseId;
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::offered::is_offered;
use crate::domain::party::Party;
use crate::domain::service::{Channel, Wish};
use crate::i18n::Text;
use crate::web::{Form, Page, Path, Policy, Routes, Viewer, Web, WebError, parse, see_other};

const KINDS: &[ActionKind] = &[ActionKind::ConfirmService];
const LONGEST_ADDRESS: usize = 200;
const LONGEST_NAME: usize = 60;

#[derive(Serialize)]
pub struct ServicePage {
    pub head: Head,
    pub action: String,
    /// `fill`, `read` or `code`.
    pub step: &'static str,
    /// Confirmed before, and what was.
    pub confirmed: Option<String>,
    /// Where text messages and mails go, empty for none.
    pub phone: String,
    pub mail: String,
    pub text: Option<PaperText>,
    pub hash: String,
    pub mark: String,
    pub sent_to: String,
    pub form: Form,
}

impl Page for ServicePage {
    const TEMPLATE: &'static str = "pages/service.html";

    fn samples() -> Vec<Self> {
        let page = |step, form| Self {
            head: Head::sample(),
            action: "/cases/1/service".to_owned(),
            step,
            confirmed: (step == "fill").then(|| "/cases/1/papers/2".to_owned()),
            phone: "13800001234".to_owned(),
            mail: "wang@example.com".to_owned(),
            text: (step == "read").then(PaperText::sample),
            hash: "0".repeat(64),
            mark: "0000 0000 0000 0000".to_owned(),
            sent_to: "138****1234".to_owned(),
            form,
        };
        let mut wrong = Form::blank();
        wrong.refuse("address", Text::key("form-required"));
        let mut code = Form::blank();
        code.refuse("code", Text::key("sign-code-wrong").with("left", 3_u32));
        vec![
            page("fill", Form::blank()),
            page("fill", wrong),
            page("read", Form::blank()),
            page("code", code),
        ]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new().form("/cases/{id}/service", Policy::Does(KINDS), show, act)
}

/// The case and the reader's seat in it, while the form can be filled in.
async fn open(web: &Web, viewer: &Viewer, id: CaseId) -> Result<(Case, Party), WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    let now = web.desk.clock.now();
    let seat = case.seat_for(&viewer.actor);
    let seat = seat.and_then(|party| case.party(party)).cloned();
    let seat = seat.ok_or(WebError::NotFound)?;
    if is_offered(&web.desk.rules, &case, &viewer.actor, KINDS[0], now) {
        Ok((case, seat))
    } else {
        Err(out_of_order(OutOfOrder::WrongState))
    }
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let (case, seat) = open(&web, &viewer, id).await?;
    let form = before(&seat);
    viewer.show(&web, &page(&web, &viewer, (&case, &seat), form))
}

/// What the party said last, or else the address that is known; no way is ticked for anybody (在线诉讼规则 4).
fn before(seat: &Party) -> Form {
    let Some(service) = &seat.service else {
        return Form::blank().filled("address", seat.address.clone());
    };
    let wish = &service.wish;
    let receiver = wish.receiver.clone().unwrap_or_default();
    let form = Form::blank()
        .filled("address", wish.address.clone())
        .filled("receiver", receiver);
    let ticked = wish.channels.iter();
    ticked.fold(form, |form, channel| form.filled(channel.name(), "yes"))
}

fn page(web: &Web, viewer: &Viewer, (case, seat): (&Case, &Party), form: Form) -> ServicePage {
    let phone = seat.contact.phone.as_ref().map(Phone::domestic);
    let mail = seat.contact.mail.as_ref().map(Email::to_string);
    let confirmed = seat.service.as_ref();
    ServicePage {
        head: Head::of(web, viewer, case),
        action: format!("/cases/{}/service", case.id),
        step: "fill",
        confirmed: confirmed.map(|it| format!("/cases/{}/papers/{}", case.id, it.paper)),
        phone: phone.unwrap_or_default(),
        mail: mail.unwrap_or_default(),
        text: None,
        hash: String::new(),
        mark: String::new(),
        sent_to: String::new(),
        form,
    }
}

fn read_wish(form: &mut Form, seat: &Party) -> Option<Wish> {
    let address = form.read("address", parse::printed(LONGEST_ADDRESS));
    let receiver = form.read_optional("receiver", parse::printed(LONGEST_NAME));
    let has = |channel: &Channel| match channel {
        Channel::Platform => true,
        Channel::Sms => seat.contact.phone.is_some(),
        Channel::Mail => seat.contact.mail.is_some(),
    };
    let ticked = |channel: &Channel| form.value(channel.name()) == "yes";
    let channels: BTreeSet<Channel> = Channel::ALL
        .into_iter()
        .filter(has)
        .filter(ticked)
        .collect();
    Some(Wish {
        address: address?,
        receiver: receiver?,
        channels,
    })
}

async fn act(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    mut form: Form,
) -> Result<Response, WebError> {
    let (case, seat) = open(&web, &viewer, id).await?;
    let Some(wish) = read_wish(&mut form, &seat) else {
        let page = page(&web, &viewer, (&case, &seat), form);
        return viewer.show_again(&web, &page);
    };
    if form.value("act") == "change" {
        return viewer.show(&web, &page(&web, &viewer, (&case, &seat), form));
    }
    let draft = match web.chancery.draft_service(&case, seat.id, &wish).await {
        Ok(draft) => draft,
        Err(error) => {
            above(&mut form, error)?;
            return viewer.show_again(&web, &page(&web, &viewer, (&case, &seat), form));
        }
    };
    let hash = draft.hash();
    let step = confirm(&web, &viewer, (&case, &seat), &hash, &mut form).await?;
    if matches!(step, Some(Step::Sign((), _))) {
        let kept = web
            .chancery
            .confirm_service(&viewer.actor, &case, wish, &hash);
        if signed(kept.await, &mut form)?.is_some() {
            return Ok(see_other(&format!("/cases/{id}/service")));
        }
    }
    let mut page = page(&web, &viewer, (&case, &seat), form);
    let proving = matches!(step, Some(Step::Prove));
    page.step = if proving { "code" } else { "read" };
    page.sent_to = sent_to(&seat, &hash, &page.form)?;
    page.mark = mark(&hash);
    page.hash = hash.to_string();
    page.text = (!proving).then(|| PaperText::of(draft.text));
    reply(&web, &viewer, &page, &page.form)
}

/// How far the confirmation has come; nothing yet for whoever has only filled the form in.
async fn confirm(
    web: &Web,
    viewer: &Viewer,
    (_, seat): (&Case, &Party),
    hash: &ContentHash,
    form: &mut Form,
) -> Result<Option<Step<()>>, WebError> {
    if form.value("act") == "fill" {
        return Ok(None);
    }
    let step = proof(seat, hash)?
        .step(web, viewer, form, |_| Some(()))
        .await?;
    Ok(Some(step))
}

fn proof<'a>(seat: &Party, hash: &'a ContentHash) -> Result<Proof<'a>, WebError> {
    let party = seat.id;
    Proof::of_party(&seat.contact, hash, Purpose::Sign { party, hash })
}

fn sent_to(seat: &Party, hash: &ContentHash, form: &Form) -> Result<String, WebError> {
    Ok(proof(seat, hash)?.sent_to(form))
}
