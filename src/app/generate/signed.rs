//! The last steps of a matter that is settled, with real papers by the real chancery.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::life::{by, in_office};
use super::plan::{End, Plan};
use super::{App, GenerateError, settled};
use crate::casework;
use crate::documents::Look;
use crate::domain::action::Action;
use crate::domain::actor::{Actor, Role};
use crate::domain::agreement::Terms;
use crate::domain::case::Case;
use crate::domain::hash::ContentHash;
use crate::domain::ids::ClauseId;
use crate::domain::money::Fen;
use crate::domain::paper::PaperKind;
use crate::domain::party::IdentityMethod;
use crate::domain::signature::{Order, Shown};
use crate::domain::time::civil_date;
use crate::paperwork::{Chancery, text_hash};

/// Days that the debtor has.
pub(super) const TERM: i64 = 15;

pub(super) async fn sign(
    app: &App,
    plan: &Plan,
    case: Case,
    changes: &mut usize,
) -> Result<Case, GenerateError> {
    let before = case.version;
    let case = if plan.end == End::Certified {
        certify(app, plan, &case).await?
    } else {
        let case = agree(app, plan, case).await?;
        Box::pin(settled::go_on(app, plan, case)).await?
    };
    *changes += usize::try_from(case.version - before).unwrap_or(0);
    Ok(case)
}

async fn certify(app: &App, plan: &Plan, case: &Case) -> Result<Case, GenerateError> {
    app.clock.advance(plan.pause);
    let chancery = chancery(app);
    let read = chancery.draft_certificate(case).await?.hash();
    let holder = in_office(plan, plan.seal, Role::SealHolder);
    let issued = chancery.issue_certificate(&holder, case.id, &read, Shown::default());
    Ok(Box::pin(issued).await?)
}

pub(super) fn chancery(app: &App) -> Chancery {
    app.chancery("https://heyi.invalid".to_owned())
}

async fn agree(app: &App, plan: &Plan, mut case: Case) -> Result<Case, GenerateError> {
    let desk = app.desk();
    for (actor, action) in draft(app, plan, &case) {
        desk.clock.advance(plan.pause);
        let id = case.id;
        case = Box::pin(casework::perform(&desk, &actor, id, action)).await?;
    }
    let chancery = chancery(app);
    let mediator = in_office(plan, plan.mediator, Role::Mediator);
    case = Box::pin(chancery.prepare_signing(&mediator, &case, Order::Free)).await?;
    if plan.end == End::Signing {
        return Ok(case);
    }
    for (actor, name) in [
        (by(plan.claimant.id), plan.claimant.name.as_str()),
        (by(plan.respondent.id), plan.respondent.name.as_str()),
        (mediator, "调解员"),
    ] {
        if case.seat_for(&actor).is_some() {
            let words = "我同意用电子签名签这份协议。".to_owned();
            let consent = Action::ConsentToSign {
                version: "2026-11".to_owned(),
                text: ContentHash::of(words.as_bytes()),
                words: Some(words),
            };
            case = Box::pin(casework::perform(&desk, &actor, case.id, consent)).await?;
        }
        let look = Look::Typed(name.to_owned());
        case = Box::pin(chancery.sign(&actor, case.id, &read(&case)?, &look, Shown::default()))
            .await?;
    }
    let holder = in_office(plan, plan.seal, Role::SealHolder);
    let read = read(&case)?;
    let sealed = chancery.seal(&holder, case.id, &read, Shown::default());
    Ok(Box::pin(sealed).await?)
}

/// The text that is signed.
fn read(case: &Case) -> Result<ContentHash, GenerateError> {
    let paper = case.latest_paper(PaperKind::Agreement);
    let (agreement, paper) = case.stage.signing().zip(paper).ok_or(GenerateError::Word)?;
    Ok(text_hash(agreement, paper).clone())
}

pub(super) fn clause(plan: &Plan) -> ClauseId {
    ClauseId(super::dice::Dice::of(plan.seed, 1).uuid())
}

/// A clause that both agree to, and both compared with their cards.
fn draft(app: &App, plan: &Plan, case: &Case) -> Vec<(Actor, Action)> {
    let mediator = in_office(plan, plan.mediator, Role::Mediator);
    let clause = clause(plan);
    let day = civil_date(app.clock.now());
    let terms = Terms {
        debtor: case.parties[1].id,
        act: plan.wish.replace("对方", "被申请人"),
        amount: Some(Fen(30_000)),
        due: day.saturating_add(jiff::Span::new().days(TERM)),
        proof: "双方当面确认".to_owned(),
        on_default: "另付违约金一百元".to_owned(),
    };
    let mut steps = vec![(mediator.clone(), Action::AddClause { clause, terms })];
    for (number, party) in case.parties.iter().enumerate() {
        let mark = format!("{:016x}{number}", plan.seed);
        let check = Action::RecordIdentity {
            party: party.id,
            method: IdentityMethod::CardAtCounter,
            address: party.address.clone(),
            masked: "1****************X".to_owned(),
            sealed: BASE64.encode(&mark),
            fingerprint: mark,
            document: None,
        };
        steps.push((mediator.clone(), check));
    }
    for person in [plan.claimant.id, plan.respondent.id] {
        steps.push((
            by(person),
            Action::AgreeClause {
                clause,
                revision: 1,
            },
        ));
    }
    steps
}
