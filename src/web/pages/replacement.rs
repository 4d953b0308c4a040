//! Another mediator in the middle of it: a party or the mediator asks, the head decides, and what is handed on is written.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use serde::Serialize;

use super::case::Head;
use super::case::act::{Open, act_beside, open};
use crate::domain::action::{Action, ActionKind as Kind};
use crate::domain::case::Case;
use crate::domain::ids::CaseId;
use crate::domain::permission::may_read_hand_over;
use crate::domain::stage::Ground;
use crate::i18n::{Text, Texts};
use crate::web::{Choice, Form, Page, Path, Policy, Routes, Viewer, Web, WebError, faces, parse};

const KINDS: &[Kind] = &[
    Kind::AskReplacement,
    Kind::DecideReplacement,
    Kind::WriteHandOver,
];

#[derive(Serialize)]
pub struct ReplacementPage {
    pub head: Head,
    pub form: Form,
    pub mediator: String,
    pub grounds: Vec<Choice>,
    pub asked: Option<AskedFace>,
    pub may_ask: bool,
    pub may_decide: bool,
    pub may_write: bool,
    /// For whoever mediates and decides; empty for all others.
    pub notes: Vec<NoteFace>,
}

/// That somebody asked, and why.
#[derive(Clone, Serialize)]
pub struct AskedFace {
    pub by: String,
    pub ground: Text,
    pub why: String,
    pub at: Timestamp,
}

/// What one mediator leaves to the next.
#[derive(Clone, Serialize)]
pub struct NoteFace {
    pub by: String,
    pub at: Timestamp,
    pub text: String,
}

impl Page for ReplacementPage {
    const TEMPLATE: &'static str = "pages/replacement.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::blank();
        wrong.choose("ground", Ground::parse);
        wrong.read("why", parse::text(1_000));
        let asked = AskedFace {
            by: "安和".to_owned(),
            ground: Text::key("replacement-ground-other"),
            why: "觉得谈不拢。".to_owned(),
            at: Timestamp::UNIX_EPOCH,
        };
        let note = NoteFace {
            by: "柳青".to_owned(),
            at: Timestamp::UNIX_EPOCH,
            text: "已经量过一次分贝。".to_owned(),
        };
        let page = |form, asked, (may_ask, may_decide, may_write), notes| Self {
            head: Head::sample(),
            form,
            mediator: "柳青".to_owned(),
            grounds: vec![Choice {
                value: "other".to_owned(),
                label: "别的原因".to_owned(),
                hint: String::new(),
            }],
            asked,
            may_ask,
            may_decide,
            may_write,
            notes,
        };
        vec![
            page(Form::blank(), None, (true, false, false), Vec::new()),
            page(wrong, None, (true, false, true), vec![note.clone()]),
            page(Form::blank(), Some(asked), (false, true, false), vec![note]),
        ]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new().form("/cases/{id}/replacement", Policy::Does(KINDS), show, act)
}

/// The grounds as choices, in words.
pub(super) fn grounds(words: &Texts, viewer: &Viewer) -> Vec<Choice> {
    let choice = |it: Ground| Choice {
        value: it.name().to_owned(),
        label: words.t(
            viewer.locale,
            &format!("replacement-ground-{}", it.name()),
            &[],
        ),
        hint: String::new(),
    };
    Ground::ALL.map(choice).into()
}

fn asked(case: &Case, mediator: &str) -> Option<AskedFace> {
    let request = case.stage.work()?.replacement.as_ref()?;
    let by = request.by.and_then(|party| case.party(party));
    Some(AskedFace {
        by: by.map_or_else(|| mediator.to_owned(), |it| it.name.as_str().to_owned()),
        ground: Text::key(format!("replacement-ground-{}", request.ground.name())),
        why: request.why.clone(),
        at: request.at,
    })
}

async fn page(
    web: &Web,
    viewer: &Viewer,
    open: &Open,
    form: Form,
) -> Result<ReplacementPage, WebError> {
    let case = &open.case;
    let notes = case.stage.begun().map_or(&[][..], |work| &work.notes);
    let notes = if may_read_hand_over(&viewer.actor, case) {
        notes
    } else {
        &[]
    };
    let people = case.stage.mediator().into_iter();
    let names = faces::names(web, people.chain(notes.iter().map(|it| it.by)).collect()).await?;
    let name = |person| names.get(&person).cloned().unwrap_or_default();
    let mediator = case.stage.mediator().map(name).unwrap_or_default();
    let note = |it: &crate::domain::stage::HandOverNote| NoteFace {
        by: name(it.by),
        at: it.at,
        text: it.text.clone(),
    };
    Ok(ReplacementPage {
        head: Head::of(web, viewer, case),
        form,
        grounds: grounds(web.words(case), viewer),
        asked: asked(case, &mediator),
        may_ask: open.has(Kind::AskReplacement),
        may_decide: open.has(Kind::DecideReplacement),
        may_write: open.has(Kind::WriteHandOver),
        notes: notes.iter().map(note).collect(),
        mediator,
    })
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, KINDS).await?;
    viewer.show(&web, &page(&web, &viewer, &open, Form::blank()).await?)
}

async fn act(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    mut form: Form,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, KINDS).await?;
    let (action, field) = match form.value("do") {
        "note" => {
            let text = form.read("note", parse::text(4_000));
            (text.map(|text| Action::WriteHandOver { text }), "note")
        }
        "replace" | "keep" => {
            let replace = form.value("do") == "replace";
            let reason = form.read("reason", parse::text(1_000));
            let decide = |reason| Action::DecideReplacement { replace, reason };
            (reason.map(decide), "reason")
        }
        _ => {
            let ground = form.choose("ground", Ground::parse);
            let why = form.read("why", parse::text(1_000));
            let asking = ground.zip(why);
            (
                asking.map(|(ground, why)| Action::AskReplacement { ground, why }),
                "why",
            )
        }
    };
    if let Some(action) = action
        && let Some(done) = act_beside(&web, &viewer, id, action, (&mut form, field)).await?
    {
        return Ok(done);
    }
    viewer.show_again(&web, &page(&web, &viewer, &open, form).await?)
}
