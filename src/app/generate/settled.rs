//! What becomes of an agreement: kept, broken, or brought before the court.

use jiff::SignedDuration;

use super::life::{at_post, by, in_office};
use super::plan::{End, Plan};
use super::signed::{TERM, chancery, clause};
use super::{App, GenerateError};
use crate::casework;
use crate::documents::Look;
use crate::domain::action::Action;
use crate::domain::actor::{Actor, Role};
use crate::domain::case::Case;
use crate::domain::confirmation::Tick;
use crate::domain::signature::Shown;
use crate::domain::track::Way;
use crate::domain::verification::Seen;
use crate::paperwork::Decision;

/// Days after which nobody can ask the court any more, be the last of the thirty in a long holiday (人民调解法 33).
const TOO_LATE: i64 = 45;

pub(super) async fn go_on(app: &App, plan: &Plan, case: Case) -> Result<Case, GenerateError> {
    if plan.end.is_at_court() {
        return at_court(app, plan, case).await;
    }
    let claimant = by(plan.claimant.id);
    let clause = clause(plan);
    let (days, steps) = match plan.end {
        End::Performed => (
            1,
            vec![
                (claimant, Action::AcknowledgePerformance { clause }),
                (in_office(plan, plan.mediator, Role::Mediator), seen()),
            ],
        ),
        End::Performing => (TOO_LATE, vec![(Actor::Clock, Action::LapseConfirmation)]),
        End::Breached => (TERM + 1, vec![(claimant, Action::ReportBreach)]),
        End::Sued => {
            let to = Way::Court;
            let sue = (claimant.clone(), Action::HandOver { to });
            (TERM + 1, vec![(claimant, Action::ReportBreach), sue])
        }
        _ => (0, Vec::new()),
    };
    app.clock.advance(SignedDuration::from_hours(days * 24));
    take(app, plan, case, steps).await
}

/// The mediator has looked, and it is done.
fn seen() -> Action {
    let seen = Seen {
        kept: true,
        saw: "上门看过，约定的事都做到了".to_owned(),
        place: String::new(),
        photo: None,
    };
    Action::VerifyPerformance { seen }
}

async fn take(
    app: &App,
    plan: &Plan,
    mut case: Case,
    steps: Vec<(Actor, Action)>,
) -> Result<Case, GenerateError> {
    let desk = app.desk();
    for (actor, action) in steps {
        desk.clock.advance(plan.pause);
        case = Box::pin(casework::perform(&desk, &actor, case.id, action)).await?;
    }
    Ok(case)
}

async fn at_court(app: &App, plan: &Plan, mut case: Case) -> Result<Case, GenerateError> {
    let (chancery, court) = (chancery(app), &plan.court);
    let clerk = at_post(court.id, court.clerk, Role::Clerk);
    let joining = match plan.end {
        End::Prepared => &[&plan.claimant][..],
        _ => &[&plan.claimant, &plan.respondent],
    };
    for person in joining {
        app.clock.advance(plan.pause);
        let read = chancery.application(&case, court.id).await?.text_hash();
        let look = Look::Typed(person.name.as_str().to_owned());
        let actor = by(person.id);
        let joined =
            chancery.join_confirmation(&actor, case.id, court.id, &read, (&look, Shown::default()));
        case = Box::pin(joined).await?;
    }
    app.clock.advance(plan.pause);
    match plan.end {
        End::Prepared | End::Filed => return Ok(case),
        End::Recalled => {
            let recall = (by(plan.claimant.id), Action::WithdrawConfirmation);
            return take(app, plan, case, vec![recall]).await;
        }
        End::NotAccepted => {
            let grounds = app.rules.condition_keys();
            let ground = grounds.filter(|key| app.rules.bars_intake(key)).take(1);
            let grounds: Vec<String> = ground.map(str::to_owned).collect();
            let reasons = "不属于本院管辖。".to_owned();
            let refusal = Decision::Refuse { grounds, reasons };
            return Box::pin(issue(app, plan, &case, &refusal)).await;
        }
        _ => {}
    }
    case = Box::pin(chancery.accept_filing(&clerk, case.id)).await?;
    if plan.end == End::Reviewing {
        return Ok(case);
    }
    Box::pin(rule(app, plan, case)).await
}

async fn rule(app: &App, plan: &Plan, case: Case) -> Result<Case, GenerateError> {
    let judge = at_post(plan.court.id, plan.court.judge, Role::Judge);
    let keys = app.rules.condition_keys();
    let ticks = keys.map(|condition| Tick {
        condition: condition.to_owned(),
        clear: true,
        note: String::new(),
    });
    let ticks = ticks.collect();
    let found = (judge, Action::Find { ticks });
    let case = take(app, plan, case, vec![found]).await?;
    let decision = if plan.end == End::Confirmed {
        Decision::Confirm
    } else {
        Decision::Dismiss {
            grounds: vec!["unclear".to_owned()],
            reasons: "给付内容不明确。".to_owned(),
        }
    };
    app.clock.advance(plan.pause);
    issue(app, plan, &case, &decision).await
}

/// The judge reads the draft and issues it.
async fn issue(
    app: &App,
    plan: &Plan,
    case: &Case,
    decision: &Decision,
) -> Result<Case, GenerateError> {
    let judge = at_post(plan.court.id, plan.court.judge, Role::Judge);
    let chancery = chancery(app);
    let draft = chancery.draft_ruling(&judge, case, decision).await?;
    let read = draft.hash();
    let ruled = chancery.issue_ruling(&judge, case.id, decision, &read, Shown::default());
    Ok(Box::pin(ruled).await?)
}
