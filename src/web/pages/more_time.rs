//! More time for the mediation: who asks for it, who has agreed, and what day it then ends (在线调解规则 24).

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

use super::case::Head;
use super::case::act::{Open, act, act_beside, open};
use super::case::view::{self, DueFace};
use crate::domain::action::{Action, ActionKind as Kind};
use crate::domain::ids::CaseId;
use crate::i18n::Text;
use crate::web::faces::LampFace;
use crate::web::{Form, Page, Path, Policy, Routes, Viewer, Web, WebError, parse};

const KINDS: [Kind; 3] = [
    Kind::ProposeExtension,
    Kind::AgreeExtension,
    Kind::RefuseExtension,
];

const LONGEST_REASON: usize = 300;

#[derive(Serialize)]
pub struct MoreTimePage {
    pub head: Head,
    pub due: Option<DueFace>,
    pub proposal: Option<ProposalFace>,
    pub may_propose: bool,
    pub may_answer: bool,
    pub past: Vec<PastFace>,
    pub form: Form,
}

/// What is asked for.
#[derive(Serialize)]
pub struct ProposalFace {
    pub until: String,
    pub why: String,
    pub agreed: Vec<String>,
    pub waiting: Vec<String>,
}

/// What all agreed to before.
#[derive(Serialize)]
pub struct PastFace {
    pub from: String,
    pub until: String,
    pub why: String,
    /// The paper that says so.
    pub paper: Option<String>,
}

impl Page for MoreTimePage {
    const TEMPLATE: &'static str = "pages/more-time.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::blank().filled("until", "昨天").filled("why", "");
        wrong.read("until", parse::date);
        wrong.read("why", parse::printed(LONGEST_REASON));
        let due = || DueFace {
            at: jiff::Timestamp::UNIX_EPOCH,
            provisional: false,
            passed: false,
            lamp: LampFace::sample(3),
            basis: None,
        };
        let proposal = || ProposalFace {
            until: "2026-12-30".to_owned(),
            why: "等房屋检测的结果".to_owned(),
            agreed: vec!["安和".to_owned()],
            waiting: vec!["康宁".to_owned()],
        };
        let page = |proposal: Option<ProposalFace>, may_answer, form| Self {
            head: Head::sample(),
            due: Some(due()),
            may_propose: proposal.is_none(),
            proposal,
            may_answer,
            past: vec![PastFace {
                from: "2026-11-30".to_owned(),
                until: "2026-12-15".to_owned(),
                why: "约不到时间".to_owned(),
                paper: Some("/cases/1/papers/2".to_owned()),
            }],
            form,
        };
        vec![
            page(None, false, Form::blank()),
            page(None, false, wrong),
            page(Some(proposal()), true, Form::blank()),
            page(Some(proposal()), false, Form::blank()),
        ]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new().form("/cases/{id}/term", Policy::Does(&KINDS), show, change)
}

fn page(web: &Web, viewer: &Viewer, open: &Open, form: Form) -> MoreTimePage {
    let case = &open.case;
    let now = web.desk.clock.now();
    let work = case.stage.work();
    let proposal = work.and_then(|work| work.proposal.as_ref());
    let names = |agreed: bool| {
        let parties = case.parties.iter();
        let parties = parties.filter(|party| {
            proposal.is_some_and(|asked| asked.agreed.contains(&party.id) == agreed)
        });
        parties.map(|party| party.name.to_string()).collect()
    };
    let past = work.map_or(&[][..], |work| &work.extended);
    let past = past.iter().map(|past| PastFace {
        from: past.from.to_string(),
        until: past.until.to_string(),
        why: past.why.clone(),
        paper: past
            .paper
            .map(|paper| format!("/cases/{}/papers/{paper}", case.id)),
    });
    MoreTimePage {
        head: Head::of(web, viewer, case),
        due: case.stage.due().map(|due| view::due(web, viewer, due, now)),
        proposal: proposal.map(|asked| ProposalFace {
            until: asked.until.to_string(),
            why: asked.why.clone(),
            agreed: names(true),
            waiting: names(false),
        }),
        may_propose: open.has(Kind::ProposeExtension),
        may_answer: open.has(Kind::AgreeExtension),
        past: past.collect(),
        form,
    }
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, &KINDS).await?;
    viewer.show(&web, &page(&web, &viewer, &open, Form::blank()))
}

async fn change(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    mut form: Form,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, &KINDS).await?;
    match form.value("do") {
        "agree" => return act(&web, &viewer, id, Action::AgreeExtension).await,
        "refuse" => return act(&web, &viewer, id, Action::RefuseExtension).await,
        _ => {}
    }
    let until = form.read("until", parse::date);
    let why = form.read("why", parse::printed(LONGEST_REASON));
    let last = open.case.stage.due().map(crate::domain::deadline::Due::day);
    if until.is_some() && until <= last {
        form.refuse("until", Text::key("due-term-later"));
    } else if let (Some(until), Some(why)) = (until, why) {
        let action = Action::ProposeExtension { until, why };
        if let Some(done) = act_beside(&web, &viewer, id, action, (&mut form, "until")).await? {
            return Ok(done);
        }
    }
    viewer.show_again(&web, &page(&web, &viewer, &open, form))
}
