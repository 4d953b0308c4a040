//! A plausible district for trying things at size: years of invented matters, each brought through the one door by
//! its people at its time. The same seed makes the same matters.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Instant;

use jiff::{SignedDuration, Timestamp};

use super::{App, Kind, StartError};
use crate::audit::{Anchoring, AuditError};
use crate::casework::{CaseworkError, Desk};
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::actor::{Actor, Post, Role};
use crate::domain::anchor::hour_of;
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::organisation::{District, OrganisationKind};
use crate::domain::rules::DisputeKey;
use crate::domain::track::Way;
use crate::storage::accounts::people;
use crate::storage::office::{self, Listed};
use crate::storage::{Read, StorageError, jobs, lists, write_tx};

mod dice;
mod life;
mod plan;
mod settled;
mod signed;

use plan::{Plan, Town};

/// Matters brought in one transaction.
const TOGETHER: usize = 250;

/// Hours at the end in which what was made is sealed, some of it in each.
const ANCHORS: usize = 6;

/// What was made.
#[derive(Debug)]
pub struct Figures {
    pub cases: usize,
    /// Changes after the opening.
    pub changes: usize,
    pub seconds: f64,
    pub stages: BTreeMap<String, usize>,
}

#[derive(Debug, thiserror::Error)]
pub enum GenerateError {
    #[error(transparent)]
    Start(#[from] StartError),
    #[error("the folder holds cases already; give --data another one")]
    NotEmpty,
    #[error(
        "the demo town has no committee with a dispatcher, a seal holder, mediators and a court"
    )]
    NoCommittee,
    #[error("a change was refused")]
    Casework(#[from] CaseworkError),
    #[error("a paper was refused")]
    Paperwork(#[from] crate::paperwork::PaperworkError),
    #[error("an anchor was not made")]
    Audit(#[from] AuditError),
    #[error("a person was refused")]
    Storage(#[from] StorageError),
    #[error("an invented name or number was refused")]
    Word,
}

/// How many matters came in, and when.
#[derive(Clone, Copy, Debug)]
pub struct Extent {
    pub cases: usize,
    /// The same seed makes the same matters.
    pub seed: u64,
    /// Over how many days they came in.
    pub days: u32,
    /// The last day.
    pub until: Timestamp,
}

impl Extent {
    /// When the first matter came in.
    fn first(self) -> Timestamp {
        self.until - SignedDuration::from_hours(i64::from(self.days) * 24)
    }
}

/// Fills the folder of a demo town with matters; `told` hears how far it is.
pub async fn generate(
    config: Config,
    extent: Extent,
    mut told: impl FnMut(usize),
) -> Result<Figures, GenerateError> {
    let Extent { seed, until, .. } = extent;
    let began = Instant::now();
    let first = extent.first();
    let clock = Arc::new(Clock::seeded(first, seed));
    let app = App::open_at(config, Kind::Demo, clock).await?;
    let town = town(&app).await?;
    let mut figures = Figures {
        cases: 0,
        changes: 0,
        seconds: 0.0,
        stages: BTreeMap::new(),
    };
    let desk = app.desk();
    let mut known = BTreeSet::new();
    let plans: Vec<Plan> = plan::plans(&town, extent)?;
    let batches: Vec<_> = plans.chunk_by(|a, b| a.batch == b.batch).collect();
    let mut parts = batches.chunks(batches.len().div_ceil(ANCHORS).max(1));
    for hours_left in (0..ANCHORS).rev() {
        for some in parts.next().unwrap_or_default() {
            live(&app, &desk, some, &mut known, &mut figures).await?;
            told(figures.cases);
        }
        anchor(&app, extent, hours_left).await?;
    }
    app.clock.restart(until, seed);
    // The messages of all that time went out in their time; nobody gets them all on the first day of the demo.
    let closed: Result<u64, StorageError> =
        write_tx!(app.store, |tx| { jobs::close_until(tx, until).await });
    closed?;
    app.store.close().await;
    figures.seconds = began.elapsed().as_secs_f64();
    Ok(figures)
}

/// Seals what was brought so far, as if it were so many hours before the end.
async fn anchor(app: &App, extent: Extent, hours_left: usize) -> Result<(), GenerateError> {
    let hours_left = i64::try_from(hours_left).unwrap_or(0);
    let at = extent.until - SignedDuration::from_hours(hours_left);
    app.clock.restart(at, extent.seed);
    let anchoring = Anchoring {
        store: app.store.clone(),
        files: app.files.clone(),
        clock: Arc::clone(&app.clock),
        authority: Arc::clone(&app.authority),
    };
    anchoring.make(hour_of(at)).await?;
    Ok(())
}

/// Brings some matters: many in one transaction, or one that makes papers, which keeps its own.
async fn live(
    app: &App,
    desk: &Desk,
    some: &[Plan],
    known: &mut BTreeSet<PersonId>,
    figures: &mut Figures,
) -> Result<(), GenerateError> {
    let new: Vec<_> = some
        .iter()
        .flat_map(Plan::people)
        .filter(|person| known.insert(person.id))
        .collect();
    let lived = write_tx!(app.store, |tx| {
        for person in &new {
            people::insert(tx, person).await?;
        }
        let mut lived = Vec::new();
        for plan in some {
            lived.push(Box::pin(life::live(desk, tx, plan)).await?);
        }
        Ok::<_, GenerateError>(lived)
    })?;
    for (plan, life) in some.iter().zip(lived) {
        let case = if plan.end.is_signed() {
            signed::sign(app, plan, life.case, &mut figures.changes).await?
        } else {
            life.case
        };
        figures.cases += 1;
        figures.changes += life.changes;
        let stage = case.stage.name().to_owned();
        *figures.stages.entry(stage).or_default() += 1;
    }
    Ok(())
}

/// Who works where.
async fn town(app: &App) -> Result<Town, GenerateError> {
    let mut read = app.store.read().await?;
    if !lists::visible_to(&mut read, &Actor::Clock, None, 1)
        .await?
        .is_empty()
    {
        return Err(GenerateError::NotEmpty);
    }
    let roster = office::roster(&mut read).await?;
    let bodies = office::organisations(&mut read).await?;
    let courts = courts(&mut read, &bodies).await?;
    let mut committees = Vec::new();
    for body in &bodies {
        let mediators = roster.iter().filter(|row| row.organisation == body.id);
        let mediators: Vec<_> = mediators.map(|row| row.person).collect();
        let district = body.organisation.area.district();
        if let (OrganisationKind::People, Some(dispatcher), Some(seal), false, Some(court)) = (
            body.organisation.kind,
            holder(&mut read, body.id, Role::Dispatcher).await?,
            holder(&mut read, body.id, Role::SealHolder).await?,
            mediators.is_empty(),
            courts.get(&district),
        ) {
            let rules = app.rules.of(&district);
            let open = |field: &&DisputeKey| rules.is_open(field, Way::Mediation);
            let disputes = body.organisation.fields.iter().filter(open);
            committees.push(plan::Committee {
                id: body.id,
                area: body.organisation.area.clone(),
                disputes: disputes.cloned().collect(),
                dispatcher,
                seal,
                mediators,
                court: court.clone(),
            });
        }
    }
    if committees.is_empty() {
        return Err(GenerateError::NoCommittee);
    }
    Ok(Town { committees })
}

/// The first court of each district with a clerk and a judge.
async fn courts(
    read: &mut Read,
    bodies: &[Listed],
) -> Result<BTreeMap<District, plan::Court>, GenerateError> {
    let mut courts = BTreeMap::new();
    for body in bodies {
        let clerk = holder(read, body.id, Role::Clerk).await?;
        let judge = holder(read, body.id, Role::Judge).await?;
        if let (OrganisationKind::Court, Some(clerk), Some(judge)) =
            (body.organisation.kind, clerk, judge)
        {
            let district = body.organisation.area.district();
            let id = body.id;
            courts
                .entry(district)
                .or_insert(plan::Court { id, clerk, judge });
        }
    }
    Ok(courts)
}

async fn holder(
    read: &mut Read,
    organisation: OrganisationId,
    role: Role,
) -> Result<Option<PersonId>, GenerateError> {
    let holders = office::holders(read, Post { organisation, role }).await?;
    Ok(holders.first().copied())
}

#[cfg(test)]
mod tests;
