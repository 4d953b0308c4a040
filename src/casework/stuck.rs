//! What could not follow a change: jobs that were given up, for whoever looks after them, and the order to try again.

use serde::Deserialize;
use uuid::Uuid;

use super::{CaseworkError, Desk};
use crate::domain::actor::Actor;
use crate::domain::case::Case;
use crate::domain::ids::{CaseId, JobId};
use crate::domain::permission::may_mend;
use crate::storage::jobs::{self, DeadJob};
use crate::storage::messages::{self, Message};
use crate::storage::{Read, Result, StorageError, cases, write_tx};

/// The newest that are looked at.
const MOST: i64 = 500;

/// A job that nobody will try again unless staff say so.
#[derive(Clone, Debug)]
pub struct Stuck {
    pub job: DeadJob,
    /// Where the job was to send one.
    pub message: Option<Message>,
    /// Only where the actor may see the case.
    pub case: Option<Case>,
}

/// What a job's payload can name.
#[derive(Default, Deserialize)]
struct Named {
    case: Option<CaseId>,
    message: Option<Uuid>,
}

impl Named {
    /// A payload that cannot be read names nothing; the job is shown all the same.
    fn by(job: &DeadJob) -> Self {
        Self::deserialize(&job.payload).unwrap_or_default()
    }
}

/// What `actor` looks after, newest first.
pub async fn stuck(desk: &Desk, actor: &Actor) -> std::result::Result<Vec<Stuck>, CaseworkError> {
    let mut read = desk.store.read().await?;
    let mut found = Vec::new();
    for job in jobs::dead(&mut read, MOST).await? {
        let (message, case) = about(&mut read, &job).await?;
        if may_mend(actor, case.as_ref()) && !is_withdrawn(message.as_ref()) {
            let case = case.filter(|case| case.may_see(actor));
            found.push(Stuck { job, message, case });
        }
    }
    Ok(found)
}

/// Whether it must not go out: its address is somebody else's.
fn is_withdrawn(message: Option<&Message>) -> bool {
    message.is_some_and(Message::is_withdrawn)
}

async fn about(read: &mut Read, job: &DeadJob) -> Result<(Option<Message>, Option<Case>)> {
    let named = Named::by(job);
    let message = match named.message {
        Some(id) => match messages::load(read, id).await {
            // The job is shown all the same, and will fail again.
            Err(StorageError::NotFound) => None,
            found => Some(found?),
        },
        None => None,
    };
    let of_message = message.as_ref().and_then(|message| message.case);
    let case = match named.case.or(of_message) {
        Some(id) => cases::load(read, id).await?,
        None => None,
    };
    Ok((message, case))
}

/// Puts a job that was given up back into the queue.
///
/// # Errors
/// `NotFound` where `actor` looks after no such job.
pub async fn try_again(
    desk: &Desk,
    actor: &Actor,
    job: JobId,
) -> std::result::Result<(), CaseworkError> {
    let mut read = desk.store.read().await?;
    let dead = jobs::dead_one(&mut read, job).await?;
    let dead = dead.ok_or(CaseworkError::NotFound)?;
    let (message, case) = about(&mut read, &dead).await?;
    drop(read);
    if !may_mend(actor, case.as_ref()) || is_withdrawn(message.as_ref()) {
        return Err(CaseworkError::NotFound);
    }
    let now = desk.clock.now();
    write_tx!(desk.store, |tx| {
        if let Some(message) = &message {
            messages::try_again(tx, message.id).await?;
        }
        jobs::revive(tx, job, now).await?;
        Ok::<_, CaseworkError>(())
    })?;
    tracing::info!(%job, "a job that was given up is tried again");
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::SignedDuration;

    use super::*;
    use crate::clock::Clock;
    use crate::domain::actor::{Post, Role};
    use crate::domain::fixture::{COMMITTEE, Quarrel, actor, rules};
    use crate::domain::ids::PersonId;
    use crate::domain::job::JobKind;
    use crate::storage::Store;
    use crate::storage::fixture::on_both;
    use crate::storage::jobs::NewJob;

    /// A desk with a case whose look at the clock was given up, and with a job that sends what is not there.
    async fn desk(store: Store) -> Desk {
        let rules = Arc::new(rules());
        let quarrel = Quarrel::new(&rules);
        let now = quarrel.now;
        let case = quarrel.case;
        let job = |kind, payload| NewJob {
            kind,
            key: format!("{kind:?}"),
            payload,
            not_before: now,
        };
        let watch = job(JobKind::Watch, serde_json::json!({ "case": case.id }));
        let lost = serde_json::json!({ "message": Uuid::nil() });
        let lost = job(JobKind::SendMessage, lost);
        let done: Result<()> = write_tx!(store, |tx| {
            cases::insert(tx, &case).await?;
            jobs::enqueue(tx, &watch, now).await?;
            jobs::enqueue(tx, &lost, now).await?;
            let lease = now + SignedDuration::from_mins(1);
            for taken in jobs::claim(tx, now, lease, 2).await? {
                jobs::bury(tx, &taken, now, "the database was full").await?;
            }
            Ok(())
        });
        done.unwrap();
        Desk {
            store,
            clock: Arc::new(Clock::fixed(now)),
            rules,
        }
    }

    #[tokio::test]
    async fn the_dispatcher_of_the_case_and_the_operator_see_what_is_stuck_and_no_other() {
        on_both(async |store| {
            let desk = desk(store).await;
            let seen = stuck(&desk, &actor("dispatcher")).await.unwrap();
            assert_eq!(seen.len(), 1);
            assert!(seen[0].case.is_some());
            let posts = vec![Post {
                organisation: COMMITTEE,
                role: Role::Operator,
            }];
            let person = PersonId(Uuid::from_u128(0xcc));
            let operator = Actor::Staff { person, posts };
            let shown = stuck(&desk, &operator).await.unwrap();
            assert_eq!(shown.len(), 2);
            let hidden = shown.iter().all(|it| it.case.is_none());
            assert!(hidden, "an operator sees no case");
            let job = seen[0].job.id;
            for name in ["claimant", "mediator", "seal_holder", "stranger"] {
                assert!(
                    stuck(&desk, &actor(name)).await.unwrap().is_empty(),
                    "{name}"
                );
                let refused = try_again(&desk, &actor(name), job).await;
                assert!(matches!(refused, Err(CaseworkError::NotFound)), "{name}");
            }
            try_again(&desk, &operator, job).await.unwrap();
            assert_eq!(stuck(&desk, &operator).await.unwrap().len(), 1);
            let due = jobs::next_due(&mut desk.store.read().await.unwrap()).await;
            assert_eq!(due.unwrap(), Some(desk.clock.now()), "it is in the queue");
        })
        .await;
    }
}
