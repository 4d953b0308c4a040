//! A plausible district for trying things at size: years of invented matters, each brought through the one door by
//! its people at its time. The same seed makes the same matters.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Instant;

use jiff::{SignedDuration, Timestamp};

use super::{App, Kind, StartError};
use crate::casework::{CaseworkError, Desk};
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::actor::{Actor, Post, Role};
use crate::domain::ids::PersonId;
use crate::domain::organisation::OrganisationKind;
use crate::domain::rules::DisputeKey;
use crate::domain::track::Way;
use crate::storage::accounts::people;
use crate::storage::office::{self, Listed};
use crate::storage::{StorageError, jobs, lists, write_tx};

mod dice;
mod life;
mod plan;
mod signed;

use plan::{Plan, Town};

/// Matters brought in one transaction.
const TOGETHER: usize = 250;

/// How long ago the first matter came in.
const YEARS: i64 = 2;

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
    #[error("the demo town has no committee with a dispatcher and mediators")]
    NoCommittee,
    #[error("a change was refused")]
    Casework(#[from] CaseworkError),
    #[error("a paper was refused")]
    Paperwork(#[from] crate::paperwork::PaperworkError),
    #[error("a person was refused")]
    Storage(#[from] StorageError),
    #[error("an invented name or number was refused")]
    Word,
}

/// Fills the folder of a demo town with `cases` matters of the last two years up to `until`; `told` hears how far it is.
pub async fn generate(
    config: Config,
    (cases, seed): (usize, u64),
    until: Timestamp,
    mut told: impl FnMut(usize),
) -> Result<Figures, GenerateError> {
    let began = Instant::now();
    let first = until - SignedDuration::from_hours(YEARS * 365 * 24);
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
    let plans: Vec<Plan> = plan::plans(&town, (cases, seed), first, until)?;
    for some in plans.chunk_by(|a, b| a.batch == b.batch) {
        live(&app, &desk, some, &mut known, &mut figures).await?;
        told(figures.cases);
    }
    app.clock.restart(until, seed);
    // Two years of messages went out in their time; nobody gets them all on the first day of the demo.
    let closed: Result<u64, StorageError> =
        write_tx!(app.store, |tx| { jobs::close_until(tx, until).await });
    closed?;
    app.store.close().await;
    figures.seconds = began.elapsed().as_secs_f64();
    Ok(figures)
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
    let mut committees = Vec::new();
    for Listed { id, organisation } in office::organisations(&mut read).await? {
        let holders = async |role, read: &mut _| {
            office::holders(
                read,
                Post {
                    organisation: id,
                    role,
                },
            )
            .await
        };
        let dispatchers = holders(Role::Dispatcher, &mut read).await?;
        let seals = holders(Role::SealHolder, &mut read).await?;
        let mediators: Vec<_> = roster
            .iter()
            .filter(|row| row.organisation == id)
            .map(|row| row.person)
            .collect();
        let people = organisation.kind == OrganisationKind::People;
        if let (true, [dispatcher, ..], [seal, ..], false) =
            (people, &dispatchers[..], &seals[..], mediators.is_empty())
        {
            let rules = app.rules.of(&organisation.area.district());
            let open = |field: &&DisputeKey| rules.is_open(field, Way::Mediation);
            let disputes = organisation.fields.iter().filter(open).cloned().collect();
            committees.push(plan::Committee {
                id,
                area: organisation.area,
                disputes,
                dispatcher: *dispatcher,
                seal: *seal,
                mediators,
            });
        }
    }
    if committees.is_empty() {
        return Err(GenerateError::NoCommittee);
    }
    Ok(Town { committees })
}

#[cfg(test)]
mod tests;
