//! The second look at a scan: everybody sees it, and whoever keeps the seal confirms it or sends it back.

use axum::response::Response;
use jiff::Timestamp;
use serde::Serialize;

use super::super::proof::{is_authorised, name_of, signed};
use super::super::refusals;
use super::super::refusals::out_of_order;
use super::super::terms::party_name;
use super::page;
use crate::casework;
use crate::domain::action::Action;
use crate::domain::agreement::{Agreement, Refusal};
use crate::domain::case::Case;
use crate::domain::evidence::Sort;
use crate::domain::hash::ContentHash;
use crate::domain::ids::PersonId;
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::permission::{may_know_of_refusal, may_open, may_read_refusal};
use crate::domain::team::Capacity;
use crate::evidence::told_by;
use crate::i18n::Text;
use crate::office;
use crate::paperwork::sealed_hash;
use crate::rooms::Topic;
use crate::web::{Choice, Form, Viewer, Web, WebError, parse, see_other};

/// Of the words with which a scan is sent back.
const LONGEST_REASON: usize = 500;

/// What is known of the sheets.
#[derive(Serialize)]
pub struct ScanShown {
    pub files: Vec<FileShown>,
    /// Who certified it.
    pub officer: String,
    /// The reader has, and so does not confirm it.
    pub own: bool,
    /// Who was asked from elsewhere to confirm it.
    pub asked: String,
    pub last_signed: Option<Timestamp>,
    /// Why the last one was taken back, for whoever sends another.
    pub returned: Option<String>,
    pub refusals: Vec<RefusalShown>,
}

#[derive(Serialize)]
pub struct FileShown {
    pub href: String,
    /// A picture; otherwise a PDF.
    pub is_photo: bool,
}

/// That a party said no.
#[derive(Serialize)]
pub struct RefusalShown {
    pub name: String,
    /// Empty where it is not for the reader.
    pub reason: String,
    pub at: Timestamp,
}

impl ScanShown {
    pub(super) fn sample(scanned: bool, can: &'static str) -> Self {
        let file = |number: u32, is_photo| FileShown {
            href: format!("/cases/1/proofs/{number}"),
            is_photo,
        };
        let refusal = RefusalShown {
            name: "李建国".to_owned(),
            reason: "金额不对".to_owned(),
            at: Timestamp::UNIX_EPOCH,
        };
        Self {
            files: if scanned {
                vec![file(1, true), file(2, false)]
            } else {
                Vec::new()
            },
            officer: "陈调解".to_owned(),
            own: scanned && can.is_empty(),
            asked: String::new(),
            last_signed: scanned.then_some(Timestamp::UNIX_EPOCH),
            returned: (can == "certify").then(|| "第二页没有盖章".to_owned()),
            refusals: if can.is_empty() {
                Vec::new()
            } else {
                vec![refusal]
            },
        }
    }

    pub(super) async fn of(
        web: &Web,
        viewer: &Viewer,
        case: &Case,
        agreement: &Agreement,
    ) -> Result<Self, WebError> {
        let by_hand = agreement.by_hand.clone().unwrap_or_default();
        let mut files = Vec::new();
        for hash in &by_hand.scan {
            if may_open(&viewer.actor, case, hash) {
                files.push(FileShown {
                    href: format!("/cases/{}/proofs/{hash}", case.id),
                    is_photo: is_photo(web, hash).await?,
                });
            }
        }
        let certified = agreement
            .signatures
            .first()
            .filter(|_| agreement.is_certified());
        let officer = match certified {
            Some(it) => name_of(web, it.person).await?.to_string(),
            None => String::new(),
        };
        let known = |no: &&Refusal| may_know_of_refusal(&viewer.actor, case, no);
        let refusal = |no: &Refusal| RefusalShown {
            name: party_name(case, no.by),
            reason: if may_read_refusal(&viewer.actor, case, no) {
                no.reason.clone()
            } else {
                String::new()
            },
            at: no.at,
        };
        Ok(Self {
            files,
            officer,
            asked: match case.second_look().filter(|_| certified.is_some()) {
                Some(person) => name_of(web, person).await?.to_string(),
                None => String::new(),
            },
            own: certified.is_some_and(|it| Some(it.person) == viewer.actor.person()),
            last_signed: by_hand.last_signed,
            returned: by_hand.returned,
            refusals: by_hand.refusals.iter().filter(known).map(refusal).collect(),
        })
    }
}

async fn is_photo(web: &Web, hash: &ContentHash) -> Result<bool, WebError> {
    let file = web.files.get(hash).await;
    let file = file.map_err(|error| WebError::internal(&error))?;
    let media = told_by(&file).ok();
    Ok(media.is_some_and(|media| media.sort() == Sort::Photo))
}

/// The second look, with the second factor: only then it counts.
pub(super) async fn confirm(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    mut form: Form,
) -> Result<Response, WebError> {
    let mut shown = page(web, viewer, case, Form::blank()).await?;
    if shown.can != "confirm" {
        return Err(out_of_order(OutOfOrder::WrongState));
    }
    let agreement = case.stage.signing().ok_or(WebError::NotFound)?;
    let paper = case.paper(agreement.paper).ok_or(WebError::NotFound)?;
    let hash = sealed_hash(agreement, paper);
    if form.value("held") != "yes" {
        form.refuse("held", Text::key("sign-check-tick"));
    } else if let Some(given) = is_authorised(web, viewer, hash, &mut form).await? {
        let sealed = web.chancery.seal(&viewer.actor, case.id, hash, given).await;
        if let Some(case) = signed(sealed, &mut form)? {
            super::super::room::refresh(web, &case, Topic::Case);
            return Ok(see_other(&format!("/cases/{}", case.id)));
        }
    }
    shown.form = form;
    viewer.show_again(web, &shown)
}

/// Who else could look, for the officer of a committee that has nobody.
pub(super) async fn others(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
) -> Result<Vec<Choice>, WebError> {
    let mut read = web.desk.store.read().await?;
    let mut others = Vec::new();
    for one in office::confirmers(&mut read, case).await? {
        let ties = office::ties_of(&mut read, case, one.person, Capacity::Confirmer).await?;
        if ties.is_empty() {
            others.push(Choice {
                value: one.person.to_string(),
                label: format!("{} · {}", one.body.for_tag(viewer.locale.tag()), one.name),
                hint: String::new(),
            });
        }
    }
    Ok(others)
}

/// Asks somebody from elsewhere for the second look.
pub(super) async fn ask(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    mut form: Form,
) -> Result<Response, WebError> {
    let mut shown = page(web, viewer, case, Form::blank()).await?;
    let listed = |id: &str| shown.confirmers.iter().any(|it| it.value == id);
    let parse = |id: &str| id.parse::<PersonId>().ok().filter(|_| listed(id));
    if let Some(person) = form.choose("confirmer", parse) {
        let capacity = Capacity::Confirmer;
        let action = Action::InviteMember { person, capacity };
        match casework::perform(&web.desk, &viewer.actor, case.id, action).await {
            Ok(case) => return Ok(see_other(&format!("/cases/{}/on-paper", case.id))),
            Err(error) => refusals::beside(&mut form, "confirmer", error)?,
        }
    }
    shown.form = form;
    viewer.show_again(web, &shown)
}

/// It does not show what was signed.
pub(super) async fn give_back(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    mut form: Form,
) -> Result<Response, WebError> {
    if let Some(reason) = form.read("why", parse::text(LONGEST_REASON)) {
        let action = Action::ReturnScan { reason };
        match casework::perform(&web.desk, &viewer.actor, case.id, action).await {
            Ok(case) => {
                super::super::room::refresh(web, &case, Topic::Case);
                return Ok(see_other(&format!("/cases/{}/on-paper", case.id)));
            }
            Err(error) => refusals::beside(&mut form, "why", error)?,
        }
    }
    let page = page(web, viewer, case, form).await?;
    viewer.show_again(web, &page)
}
