//! One application before clerk and judge: agreement and conditions side by side, findings, questions, the ruling.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use serde::Serialize;

use super::confirmation::days_left;
use super::court::dispute;
use super::exhibits::HandedIn;
use super::paper_text::PaperText;
use crate::casework;
use crate::domain::action::ActionKind;
use crate::domain::case::Case;
use crate::domain::confirmation::{Application, Phase};
use crate::domain::identity::{Email, Phone};
use crate::domain::ids::CaseId;
use crate::domain::offered::offered;
use crate::domain::paper::{Paper, PaperKind};
use crate::domain::permission::{may_review, may_rule};
use crate::domain::rules::conditions::{self, ClauseFacts, Effect, Seen};
use crate::domain::stage::Stage;
use crate::i18n::Text;
use crate::web::{Form, Page, Path, Policy, Routes, Viewer, Web, WebError};

mod act;
mod ruling;

pub use ruling::{DismissalPage, RulingPage};

/// What is done on the page.
const KINDS: [ActionKind; 3] = [
    ActionKind::AcceptFiling,
    ActionKind::Find,
    ActionKind::AskSupplement,
];

#[derive(Serialize)]
pub struct ReviewPage {
    pub case: String,
    pub number: String,
    pub action: String,
    pub dispute: String,
    /// The court's own, once it has taken the application in or refused to.
    pub court_number: String,
    pub phase: &'static str,
    pub due: Option<Timestamp>,
    pub days_left: i32,
    pub text: PaperText,
    pub conditions: Vec<ConditionShown>,
    /// How many of them somebody has answered.
    pub judged: usize,
    pub papers: HandedIn,
    /// The application and the ruling.
    pub others: Vec<PaperLink>,
    pub identities: Vec<IdentityShown>,
    pub supplements: Vec<SupplementShown>,
    pub can: Can,
    pub form: Form,
}

/// One condition of 解释 355 or 358, what the platform sees, what a person found.
#[derive(Clone, Debug, Serialize)]
pub struct ConditionShown {
    pub key: String,
    pub text: String,
    pub article: String,
    pub dismisses: bool,
    /// `clear`, `suspected` or `by_hand`.
    pub seen: &'static str,
    /// Key of the reason for a suspicion.
    pub why: String,
    /// `yes`, `no` or empty.
    pub found: &'static str,
    pub note: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct PaperLink {
    pub kind: String,
    pub href: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct IdentityShown {
    pub name: String,
    pub masked: String,
    pub method: &'static str,
    pub at: Option<Timestamp>,
    pub contact: String,
    pub address: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct SupplementShown {
    pub question: String,
    pub asked_at: Timestamp,
    pub answer: String,
}

/// What the reader may do now.
#[derive(Clone, Copy, Debug, Default, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "one for each button of the page"
)]
pub struct Can {
    pub accept: bool,
    pub refuse: bool,
    pub find: bool,
    pub ask: bool,
    pub confirm: bool,
    pub dismiss: bool,
}

impl Can {
    const fn sample() -> Self {
        Self {
            accept: true,
            refuse: true,
            find: true,
            ask: true,
            confirm: true,
            dismiss: true,
        }
    }
}

impl ConditionShown {
    fn sample(seen: &'static str, found: &'static str, why: &str) -> Self {
        Self {
            key: format!("unclear-{seen}"),
            text: "内容不明确".to_owned(),
            article: "解释 358(5)".to_owned(),
            dismisses: seen == "clear",
            seen,
            why: why.to_owned(),
            found,
            note: "已核对".to_owned(),
        }
    }
}

impl Page for ReviewPage {
    const TEMPLATE: &'static str = "pages/review.html";

    fn samples() -> Vec<Self> {
        let page = |can: Can, phase, form| Self {
            case: "019a0000-0000-7000-8000-000000000000".to_owned(),
            number: "和调〔2026〕000128号".to_owned(),
            action: "/cases/1/review".to_owned(),
            dispute: "噪音扰民".to_owned(),
            court_number: if phase == "filed" {
                String::new()
            } else {
                "（2026）和0101诉前调确12号".to_owned()
            },
            phase,
            due: Some(Timestamp::UNIX_EPOCH),
            days_left: 3,
            text: PaperText::sample(),
            conditions: vec![
                ConditionShown::sample("clear", "yes", ""),
                ConditionShown::sample("suspected", "no", "law-look-unclear"),
                ConditionShown::sample("by_hand", "", ""),
            ],
            judged: 2,
            papers: HandedIn::sample(),
            others: vec![PaperLink {
                kind: "application".to_owned(),
                href: "/cases/1/papers/2".to_owned(),
            }],
            identities: vec![IdentityShown {
                name: "王秀英".to_owned(),
                masked: "110***********1234".to_owned(),
                method: "card_in_room",
                at: Some(Timestamp::UNIX_EPOCH),
                contact: "13800001234".to_owned(),
                address: "柳荫街 8 号".to_owned(),
            }],
            supplements: vec![SupplementShown {
                question: "隔音垫由谁购买？".to_owned(),
                asked_at: Timestamp::UNIX_EPOCH,
                answer: String::new(),
            }],
            can,
            form,
        };
        let mut wrong = Form::blank();
        wrong.refuse("clear-unclear-by_hand", Text::key("court-note-alone"));
        vec![
            page(Can::sample(), "filed", wrong),
            page(Can::default(), "reviewing", Form::blank()),
            page(Can::default(), "valid", Form::blank()),
        ]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new()
        .get("/cases/{id}/review", Policy::Of(may_review), show)
        .post("/cases/{id}/review", Policy::Does(&KINDS), act::act)
        .form(
            "/cases/{id}/review/dismissal",
            Policy::Of(may_rule),
            ruling::show_dismissal,
            ruling::dismiss,
        )
        .form(
            "/cases/{id}/review/refusal",
            Policy::Of(may_rule),
            ruling::show_refusal,
            ruling::refuse,
        )
        .form(
            "/cases/{id}/review/ruling",
            Policy::Of(may_rule),
            ruling::show,
            ruling::confirm,
        )
}

async fn load(web: &Web, viewer: &Viewer, id: CaseId) -> Result<Case, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    if may_review(&viewer.actor, &case) {
        Ok(case)
    } else {
        Err(WebError::NotFound)
    }
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let case = load(&web, &viewer, id).await?;
    let page = page(&web, &viewer, &case, Form::blank()).await?;
    viewer.show(&web, &page)
}

async fn page(web: &Web, viewer: &Viewer, case: &Case, form: Form) -> Result<ReviewPage, WebError> {
    let (application, phase) = parts(case)?;
    let now = web.accounts.clock.now();
    let offers = offered(&web.desk.rules, case, &viewer.actor, now);
    let has = |kind| offers.contains(&kind);
    let due = case.stage.due();
    Ok(ReviewPage {
        case: case.id.to_string(),
        number: case.number.clone(),
        action: format!("/cases/{}/review", case.id),
        dispute: dispute(web, viewer.locale, &case.district, case.dispute.0.clone()),
        court_number: phase
            .filing()
            .map_or_else(String::new, |filing| filing.number.clone()),
        phase: phase_name(phase),
        due: due.map(|due| due.at),
        days_left: due.map_or(0, |due| days_left(due.day(), now)),
        text: PaperText::of(web.chancery.agreement_text(case).await?),
        judged: application.findings.len(),
        conditions: conditions_shown(web, viewer, case, application)?,
        papers: HandedIn::of(web, viewer, case).await?,
        others: others(case),
        identities: identities(case),
        supplements: supplements(application),
        can: Can {
            accept: has(ActionKind::AcceptFiling),
            refuse: has(ActionKind::RefuseFiling),
            find: has(ActionKind::Find),
            ask: has(ActionKind::AskSupplement),
            confirm: has(ActionKind::ConfirmAgreement),
            dismiss: has(ActionKind::DismissApplication),
        },
        form,
    })
}

fn parts(case: &Case) -> Result<(&Application, &Phase), WebError> {
    match &case.stage {
        Stage::Confirm {
            application, phase, ..
        } => Ok((application, phase)),
        _ => Err(WebError::NotFound),
    }
}

const fn phase_name(phase: &Phase) -> &'static str {
    match phase {
        Phase::Prepared => "prepared",
        Phase::Filed { .. } => "filed",
        Phase::Reviewing { .. } => "reviewing",
        Phase::Valid { .. } => "valid",
        Phase::Dismissed { .. } => "dismissed",
        Phase::NotAccepted { .. } => "not_accepted",
        Phase::Withdrawn { .. } => "withdrawn",
    }
}

fn conditions_shown(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    application: &Application,
) -> Result<Vec<ConditionShown>, WebError> {
    let settlement = case.stage.settlement().ok_or(WebError::NotFound)?;
    let clauses: Vec<ClauseFacts> = settlement
        .agreement
        .clauses
        .iter()
        .map(|clause| ClauseFacts {
            act: &clause.terms.act,
            amount: clause.terms.amount,
            deadline: Some(clause.terms.due),
        })
        .collect();
    let joined = |party| application.has_joined(party);
    let filed_at = application.joined.iter().map(|joined| joined.at).max();
    let known = conditions::Application {
        dispute: &case.dispute,
        track: case.track,
        all_parties_joined: case.party_ids().into_iter().all(joined),
        filed_at: filed_at.unwrap_or_else(|| web.accounts.clock.now()),
        confirm_by: &settlement.confirm_by,
        clauses: &clauses,
    };
    let looks = web.desk.rules.of(&case.district).precheck(&known);
    Ok(looks
        .into_iter()
        .map(|look| shown(web, viewer, &look, application))
        .collect())
}

fn shown(
    web: &Web,
    viewer: &Viewer,
    look: &conditions::Look<'_>,
    application: &Application,
) -> ConditionShown {
    let condition = look.condition;
    let finding = application.finding(&condition.key);
    let (seen, why) = match look.seen {
        Seen::Suspected { why } => ("suspected", why.to_owned()),
        Seen::Clear => ("clear", String::new()),
        Seen::ByHand => ("by_hand", String::new()),
    };
    let tag = viewer.locale.tag();
    ConditionShown {
        key: condition.key.clone(),
        text: condition.text.for_tag(tag).to_owned(),
        article: web
            .desk
            .rules
            .citations
            .label(&condition.article)
            .for_tag(tag)
            .to_owned(),
        dismisses: condition.effect == Effect::Dismissed,
        seen,
        why,
        found: finding.map_or("", |finding| if finding.clear { "yes" } else { "no" }),
        note: finding.map_or_else(String::new, |finding| finding.note.clone()),
    }
}

fn others(case: &Case) -> Vec<PaperLink> {
    let link = |paper: &Paper| PaperLink {
        kind: paper.kind.name().replace('_', "-"),
        href: format!("/cases/{}/papers/{}", case.id, paper.id),
    };
    let others = case.papers.iter();
    let others = others.filter(|paper| paper.kind != PaperKind::Agreement);
    others.map(link).collect()
}

fn identities(case: &Case) -> Vec<IdentityShown> {
    let shown = |party: &crate::domain::party::Party| {
        let check = party.identity.as_ref();
        let phone = party.contact.phone.as_ref().map(Phone::as_e164);
        let mail = party.contact.mail.as_ref().map(Email::as_str);
        IdentityShown {
            name: party.name.as_str().to_owned(),
            masked: check.map_or_else(String::new, |check| check.masked.clone()),
            method: check.map_or("", |check| check.method.name()),
            at: check.map(|check| check.at),
            contact: phone.or(mail).unwrap_or_default().to_owned(),
            address: party.address.clone(),
        }
    };
    case.parties.iter().map(shown).collect()
}

fn supplements(application: &Application) -> Vec<SupplementShown> {
    application
        .supplements
        .iter()
        .map(|asked| SupplementShown {
            question: asked.question.clone(),
            asked_at: asked.asked_at,
            answer: asked
                .answer
                .as_ref()
                .map_or_else(String::new, |answer| answer.text.clone()),
        })
        .collect()
}
