//! The platform proposes committees and mediators with its reasons; the dispatcher assigns.

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

use super::case::Head;
use super::case::act::{act_beside, open};
use crate::domain::action::{Action, ActionKind as Kind};
use crate::domain::assignment::{Filler, RankedCommittee, Reason};
use crate::domain::case::Case;
use crate::domain::ids::{CaseId, PersonId};
use crate::i18n::{Text, Texts};
use crate::office;
use crate::web::{Form, Page, Path, Policy, Routes, Viewer, Web, WebError, faces};

#[derive(Serialize)]
pub struct AssignPage {
    pub head: Head,
    pub form: Form,
    /// Best first.
    pub mediators: Vec<Proposal>,
    /// Who cannot take it, and why.
    pub excluded: Vec<Proposal>,
}

/// A committee or a mediator with what speaks for and against.
#[derive(Clone, Debug, Serialize)]
pub struct Proposal {
    pub id: String,
    pub name: String,
    pub reasons: Vec<ReasonFace>,
    /// Whether it is the one that has the case now.
    pub here: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct ReasonFace {
    pub text: Text,
    pub plus: bool,
}

impl Proposal {
    pub(super) fn samples() -> Vec<Self> {
        let reason = |key: &'static str, plus| ReasonFace {
            text: Text::key(key),
            plus,
        };
        [true, false]
            .map(|here| Self {
                id: "0192f0c1-2345-7000-8000-000000000009".to_owned(),
                name: "柳荫里社区人民调解委员会".to_owned(),
                reasons: vec![
                    reason("law-reason-no-conflict", true),
                    reason("law-reason-place-far", false),
                ],
                here,
            })
            .into()
    }
}

impl Page for AssignPage {
    const TEMPLATE: &'static str = "pages/assign.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::blank();
        wrong.refuse_whole(Text::key("error-conflict"));
        let page = |form, mediators| Self {
            head: Head::sample(),
            form,
            mediators,
            excluded: Proposal::samples(),
        };
        vec![
            page(Form::blank(), Proposal::samples()),
            page(wrong, Vec::new()),
        ]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new().form(
        "/cases/{id}/assign",
        Policy::Does(&[Kind::Assign]),
        show,
        assign,
    )
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, &[Kind::Assign]).await?;
    viewer.show(&web, &page(&web, &viewer, &open.case, Form::blank()).await?)
}

async fn assign(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    mut form: Form,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, &[Kind::Assign]).await?;
    let shown = page(&web, &viewer, &open.case, Form::blank()).await?;
    let mediator = form.read("mediator", |id| {
        let listed = shown.mediators.iter().any(|proposal| proposal.id == id);
        id.parse::<PersonId>()
            .ok()
            .filter(|_| listed)
            .ok_or_else(|| Text::key("form-choose"))
    });
    if let Some(mediator) = mediator
        && let Some(done) = act_beside(
            &web,
            &viewer,
            id,
            Action::Assign { mediator },
            (&mut form, "mediator"),
        )
        .await?
    {
        return Ok(done);
    }
    viewer.show_again(&web, &AssignPage { form, ..shown })
}

async fn page(web: &Web, viewer: &Viewer, case: &Case, form: Form) -> Result<AssignPage, WebError> {
    let ranked = ranked(web, case).await?;
    let own = ranked
        .into_iter()
        .find(|it| it.organisation == case.organisation);
    let (mediators, excluded) = own.map_or_else(Default::default, |it| (it.mediators, it.excluded));
    let people = mediators.iter().map(|it| it.person);
    let people = people.chain(excluded.iter().map(|it| it.person)).collect();
    let names = faces::names(web, people).await?;
    let face = |person: PersonId, reasons: &[Reason]| Proposal {
        id: person.to_string(),
        name: names.get(&person).cloned().unwrap_or_default(),
        reasons: reasons
            .iter()
            .map(|it| reason(web.words(case), viewer, it))
            .collect(),
        here: false,
    };
    Ok(AssignPage {
        head: Head::of(web, viewer, case),
        form,
        mediators: mediators
            .iter()
            .map(|it| face(it.person, &it.reasons))
            .collect(),
        excluded: excluded
            .iter()
            .map(|it| face(it.person, &it.reasons))
            .collect(),
    })
}

async fn ranked(web: &Web, case: &Case) -> Result<Vec<RankedCommittee>, WebError> {
    let mut read = web.desk.store.read().await?;
    let now = web.desk.clock.now();
    Ok(office::propose(&mut read, &web.desk.rules, case, now).await?)
}

/// The committees for a case, best first.
pub(super) async fn committees(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
) -> Result<Vec<Proposal>, WebError> {
    let mut proposals = Vec::new();
    for committee in ranked(web, case).await? {
        let organisation = faces::organisation(web, viewer, committee.organisation).await?;
        proposals.push(Proposal {
            id: committee.organisation.to_string(),
            name: organisation.name,
            reasons: committee
                .reasons
                .iter()
                .map(|it| reason(web.words(case), viewer, it))
                .collect(),
            here: committee.organisation == case.organisation,
        });
    }
    Ok(proposals)
}

/// A reason in words.
fn reason(words: &Texts, viewer: &Viewer, reason: &Reason) -> ReasonFace {
    let mut text = Text::key(reason.key());
    for (name, filler) in reason.fillers() {
        text = match filler {
            Filler::Number(number) => text.with(name, number),
            Filler::Words(words) => text.with(name, words),
            Filler::Wording(wording) => text.with(name, wording.for_tag(viewer.locale.tag())),
            Filler::Key(key) => text.with(name, words.t(viewer.locale, key, &[])),
        };
    }
    ReasonFace {
        text,
        plus: reason.is_plus(),
    }
}
