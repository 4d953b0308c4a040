//! The safety of the people of a case: what was matched and answered, the screen to ask, the report of danger, and the
//! lifting of the warning.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use serde::Serialize;

use super::MatchedFace;
use crate::domain::action::{Action, ActionKind as Kind};
use crate::domain::case::Case;
use crate::domain::ids::CaseId;
use crate::domain::permission::may_see_triage;
use crate::domain::safety::Sign;
use crate::i18n::{Locale, Text, Texts};
use crate::web::faces::{self, Names};
use crate::web::pages::case::Head;
use crate::web::pages::case::act::{Open, act_beside, open};
use crate::web::{Choice, Form, Page, Path, Policy, Routes, Viewer, Web, WebError, parse};

const KINDS: [Kind; 3] = [Kind::Screen, Kind::LiftWarning, Kind::ReportDanger];
const LONGEST_NOTE: usize = 500;

#[derive(Serialize)]
pub struct SafetyPage {
    pub head: Head,
    pub form: Form,
    /// Whether the warning stands.
    pub stands: bool,
    pub help: Vec<HelpFace>,
    /// The articles that the warning rests on, in our own words.
    pub basis: Vec<Article>,
    pub matched: Vec<MatchedFace>,
    pub signs: Vec<Choice>,
    /// `screen`, `report`, `lift`: what the reader can do now.
    pub may: Vec<&'static str>,
    /// Newest first.
    pub done: Vec<Done>,
    /// Where a call is written down.
    pub contacts: Option<String>,
}

/// A telephone line for whoever is in danger.
#[derive(Clone, Debug, Serialize)]
pub struct HelpFace {
    pub number: String,
    pub name: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct Article {
    pub label: String,
    pub text: String,
}

/// What was asked, reported or lifted.
#[derive(Clone, Debug, Serialize)]
pub struct Done {
    pub at: Timestamp,
    pub by: String,
    pub what: Text,
    /// The signs answered with yes.
    pub signs: Vec<Text>,
    pub words: String,
}

impl HelpFace {
    pub(in crate::web) fn samples() -> Vec<Self> {
        vec![Self {
            number: "110".to_owned(),
            name: "报警".to_owned(),
        }]
    }
}

impl Page for SafetyPage {
    const TEMPLATE: &'static str = "pages/safety.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::blank().filled("note", "已打电话");
        wrong.read("to", parse::text(10));
        let done = Done {
            at: Timestamp::UNIX_EPOCH,
            by: "贺光明".to_owned(),
            what: Text::key("triage-done-screen"),
            signs: vec![sign_text(Sign::Hurt)],
            words: String::new(),
        };
        let page = |form: Form, stands: bool| Self {
            head: Head::sample(),
            form,
            stands,
            help: HelpFace::samples(),
            basis: vec![Article {
                label: "反家庭暴力法第23条".to_owned(),
                text: "可以申请人身安全保护令。".to_owned(),
            }],
            matched: vec![MatchedFace::sample()],
            signs: vec![Choice {
                value: "hurt".to_owned(),
                label: "打过人".to_owned(),
                hint: String::new(),
            }],
            may: if stands {
                vec!["screen", "report", "lift"]
            } else {
                vec!["screen", "report"]
            },
            done: if stands {
                vec![done.clone()]
            } else {
                Vec::new()
            },
            contacts: stands.then(|| "/cases/1/contacts".to_owned()),
        };
        vec![page(Form::blank(), true), page(wrong, false)]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new().form("/cases/{id}/safety", Policy::Does(&KINDS), show, change)
}

pub(in crate::web) fn sign_text(sign: Sign) -> Text {
    Text::key(format!("triage-sign-{}", sign.name()))
}

/// The questions of the screen.
pub(in crate::web) fn signs(words: &Texts, locale: Locale) -> Vec<Choice> {
    let choice = |sign: Sign| Choice {
        value: sign.name().to_owned(),
        label: words.say(locale, &sign_text(sign)),
        hint: String::new(),
    };
    Sign::ALL.map(choice).to_vec()
}

/// What was ticked of them.
pub(in crate::web) fn ticked(form: &Form) -> BTreeSet<Sign> {
    let names = form.values("signs").iter();
    names.filter_map(|name| Sign::parse(name)).collect()
}

/// Whom to turn to, in the reader's language.
pub(in crate::web) fn help(web: &Web, viewer: &Viewer) -> Vec<HelpFace> {
    let line = |line: &crate::domain::rules::danger::HelpLine| HelpFace {
        number: line.number.clone(),
        name: line.name.for_tag(viewer.locale.tag()).to_owned(),
    };
    web.desk.rules.danger.lines.iter().map(line).collect()
}

fn may(open: &Open) -> Vec<&'static str> {
    let doors = [
        (Kind::Screen, "screen"),
        (Kind::ReportDanger, "report"),
        (Kind::LiftWarning, "lift"),
    ];
    let open = doors.into_iter().filter(|(kind, _)| open.has(*kind));
    open.map(|(_, name)| name).collect()
}

/// The articles of the rules that matched; of those on violence at home in any case.
fn basis(web: &Web, viewer: &Viewer, case: &Case) -> Vec<Article> {
    let danger = &web.desk.rules.danger;
    let mut matched: Vec<&str> = case
        .intake
        .safety
        .matched
        .iter()
        .map(|it| &*it.rule)
        .collect();
    matched.push("home-violence");
    let mut cited = Vec::new();
    for rule in danger
        .rules
        .iter()
        .filter(|rule| matched.contains(&&*rule.key))
    {
        for citation in &rule.basis {
            if !cited.contains(citation) {
                cited.push(citation.clone());
            }
        }
    }
    let tag = viewer.locale.tag();
    let article = |citation| {
        let gist = web.desk.rules.gist(citation)?;
        Some(Article {
            label: web
                .desk
                .rules
                .citations
                .label(citation)
                .for_tag(tag)
                .to_owned(),
            text: gist.text.for_tag(tag).to_owned(),
        })
    };
    cited.iter().filter_map(article).collect()
}

async fn page(web: &Web, viewer: &Viewer, open: &Open, form: Form) -> Result<SafetyPage, WebError> {
    let case = &open.case;
    let safety = &case.intake.safety;
    let matched = safety.matched.iter();
    Ok(SafetyPage {
        head: Head::of(web, viewer, case),
        form,
        stands: safety.stands(),
        help: help(web, viewer),
        basis: basis(web, viewer, case),
        matched: matched.map(|it| MatchedFace::of(web, viewer, it)).collect(),
        signs: signs(web.words(case), viewer.locale),
        may: may(open),
        done: done(web, case, viewer).await?,
        contacts: open
            .has(Kind::RecordContact)
            .then(|| format!("/cases/{}/contacts", case.id)),
    })
}

async fn done(web: &Web, case: &Case, viewer: &Viewer) -> Result<Vec<Done>, WebError> {
    let safety = &case.intake.safety;
    let lifted = safety.warning.iter().filter_map(|it| it.lifted.as_ref());
    let people = safety.screens.iter().filter_map(|it| it.by);
    let people = people.chain(safety.reports.iter().map(|it| it.by));
    let people = people.chain(lifted.clone().map(|it| it.by)).collect();
    let names: Names = faces::names(web, people).await?;
    let key = |name: &str| Text::key(format!("triage-done-{name}"));
    let claimant = || web.words(case).t(viewer.locale, "case-role-claimant", &[]);
    let mut done: Vec<_> = safety
        .screens
        .iter()
        .map(|screen| Done {
            at: screen.at,
            by: screen.by.map_or_else(claimant, |by| name(&names, by)),
            what: key(if screen.signs.is_empty() {
                "screen-none"
            } else {
                "screen"
            }),
            signs: screen.signs.iter().map(|it| sign_text(*it)).collect(),
            words: String::new(),
        })
        .collect();
    done.extend(safety.reports.iter().map(|report| Done {
        at: report.at,
        by: name(&names, report.by),
        what: key("report").with("to", report.to.clone()),
        signs: Vec::new(),
        words: report.note.clone(),
    }));
    done.extend(lifted.map(|lifted| Done {
        at: lifted.at,
        by: name(&names, lifted.by),
        what: key("lifted"),
        signs: Vec::new(),
        words: lifted.reason.clone(),
    }));
    done.sort_by_key(|it| std::cmp::Reverse(it.at));
    Ok(done)
}

fn name(names: &Names, person: crate::domain::ids::PersonId) -> String {
    names.get(&person).cloned().unwrap_or_default()
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let open = seen(&web, &viewer, id).await?;
    viewer.show(&web, &page(&web, &viewer, &open, Form::blank()).await?)
}

async fn seen(web: &Web, viewer: &Viewer, id: CaseId) -> Result<Open, WebError> {
    let open = open(web, viewer, id, &KINDS).await?;
    if may_see_triage(&viewer.actor, &open.case) {
        Ok(open)
    } else {
        Err(WebError::NotFound)
    }
}

async fn change(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    mut form: Form,
) -> Result<Response, WebError> {
    let open = seen(&web, &viewer, id).await?;
    let (action, field) = match form.value("do") {
        "lift" => (lift(&mut form), "reason"),
        "report" => (report(&mut form), "to"),
        _ => (screen(&mut form), "signs"),
    };
    if let Some(action) = action
        && let Some(done) = act_beside(&web, &viewer, id, action, (&mut form, field)).await?
    {
        return Ok(done);
    }
    viewer.show_again(&web, &page(&web, &viewer, &open, form).await?)
}

/// Nothing ticked is an answer only where somebody says that they asked.
fn screen(form: &mut Form) -> Option<Action> {
    let signs = ticked(form);
    if signs.is_empty() && form.value("none") != "yes" {
        form.refuse("signs", Text::key("triage-screen-nothing"));
        return None;
    }
    if !signs.is_empty() && form.value("none") == "yes" {
        form.refuse("signs", Text::key("triage-screen-both"));
        return None;
    }
    Some(Action::Screen { signs })
}

fn lift(form: &mut Form) -> Option<Action> {
    let reason = form.read("reason", parse::text(LONGEST_NOTE))?;
    Some(Action::LiftWarning { reason })
}

fn report(form: &mut Form) -> Option<Action> {
    let to = form.read("to", parse::text(100));
    let note = form.read_optional("note", parse::text(LONGEST_NOTE));
    Some(Action::ReportDanger {
        to: to?,
        note: note?.unwrap_or_default(),
    })
}
