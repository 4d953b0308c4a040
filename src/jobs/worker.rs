//! The worker: claims due jobs in batches, does them side by side, and sleeps until the next is due.

use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use tokio::sync::watch;

use super::anchor::Hourly;
use super::sweep::Broom;
use super::{Setback, Work, run, send};
use crate::domain::job::JobKind;
use crate::storage::jobs::{self, Job};
use crate::storage::{Result, StorageError, write_tx};

/// Jobs done side by side.
const BATCH: i64 = 8;
/// Longer than any job takes: a mail server is given up after 20 seconds.
const LEASE: SignedDuration = SignedDuration::from_mins(5);
/// The pause before the second try; doubled before each next one.
const FIRST_PAUSE: SignedDuration = SignedDuration::from_secs(3);
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_hours(1);
/// With these pauses the last try comes five hours after the first.
const TRIES: i64 = 15;
/// A look at the queue even if nobody calls: another node may have filled it.
const GLANCE: Duration = Duration::from_secs(30);
/// When the database itself fails.
const AFTER_AN_ERROR: Duration = Duration::from_secs(5);

/// One a process.
#[derive(Debug)]
pub struct Worker {
    work: Arc<Work>,
    hourly: Hourly,
    broom: Broom,
}

impl Worker {
    pub fn new(work: Work) -> Self {
        Self {
            work: Arc::new(work),
            hourly: Hourly::default(),
            broom: Broom::default(),
        }
    }

    #[cfg(test)]
    pub(super) fn work(&self) -> &Work {
        &self.work
    }

    /// Works until `stop` becomes true; a batch begun is brought to its end.
    pub async fn run(mut self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            let pause = match self.turn().await {
                Ok(pause) => pause,
                Err(error) => {
                    tracing::error!(%error, "the queue cannot be read; it is tried again in 5 s");
                    AFTER_AN_ERROR
                }
            };
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = self.work.desk.store.jobs_arrived() => {}
                _ = stop.changed() => {}
            }
        }
    }

    /// Everything that is due, and how long nothing more will be.
    pub(super) async fn turn(&mut self) -> Result<Duration> {
        self.hourly.ask(&self.work).await?;
        self.drain().await?;
        // After the work: at every start a full sweep of the files would hold up what is due.
        self.broom.sweep(&self.work).await;
        let next = jobs::next_due(&mut self.work.desk.store.read().await?).await?;
        let now = self.work.desk.clock.now();
        let until = next.map(|next| next.duration_since(now));
        let until = until.and_then(|until| Duration::try_from(until).ok());
        Ok(until.map_or(GLANCE, |until| until.min(GLANCE)))
    }

    /// Does all that is due; gives how many jobs it took.
    pub async fn drain(&self) -> Result<usize> {
        let mut done = 0;
        loop {
            let batch = self.claim().await?;
            if batch.is_empty() {
                return Ok(done);
            }
            done += batch.len();
            let work = batch.into_iter().map(|job| {
                let work = Arc::clone(&self.work);
                async move { finish(&work, job).await }
            });
            for outcome in futures_util::future::join_all(work).await {
                outcome?;
            }
        }
    }

    async fn claim(&self) -> Result<Vec<Job>> {
        let now = self.work.desk.clock.now();
        write_tx!(self.work.desk.store, |tx| {
            jobs::claim(tx, now, now + LEASE, BATCH).await
        })
    }
}

/// Does a job in a task of its own, so that a panic is a setback like any other, and notes how it ended.
async fn finish(work: &Arc<Work>, job: Job) -> Result<()> {
    let task = tokio::spawn({
        let (work, job) = (Arc::clone(work), job.clone());
        async move { run(&work, &job).await }
    });
    let outcome = task
        .await
        .unwrap_or_else(|error| Err(Setback::Retry(error.to_string())));
    let noted = note(work, &job, outcome).await;
    match noted {
        // The lease ran out and another worker has the job.
        Err(StorageError::Conflict) => {
            tracing::warn!(job = %job.id, kind = job.kind.name(), "a job took longer than its lease");
            Ok(())
        }
        noted => noted,
    }
}

async fn note(work: &Work, job: &Job, outcome: std::result::Result<(), Setback>) -> Result<()> {
    let now = work.desk.clock.now();
    let why = match outcome {
        Ok(()) => {
            return write_tx!(work.desk.store, |tx| { jobs::finish(tx, job, now).await });
        }
        Err(Setback::Retry(why)) if job.attempts < TRIES => {
            // The reason may name an address: it is for staff, in the row, not for the log.
            tracing::info!(job = %job.id, kind = job.kind.name(), job.attempts, "a job is put off");
            let again = now + pause(job.attempts, work.desk.clock.random::<1>());
            return write_tx!(work.desk.store, |tx| {
                jobs::retry(tx, job, again, &why).await
            });
        }
        Err(Setback::Retry(why) | Setback::Fail(why)) => why,
    };
    tracing::warn!(job = %job.id, kind = job.kind.name(), job.attempts, "a job is given up; staff see it");
    write_tx!(work.desk.store, |tx| {
        if job.kind == JobKind::SendMessage {
            send::give_up(tx, job, &why, now).await?;
        }
        jobs::bury(tx, job, now, &why).await
    })
}

/// Doubling, a quarter more or less by chance, so that what failed together is not tried together.
fn pause(attempts: i64, [chance]: [u8; 1]) -> SignedDuration {
    let doublings = u32::try_from(attempts - 1).unwrap_or(0).min(16);
    let whole = (FIRST_PAUSE * (1 << doublings)).min(LONGEST_PAUSE);
    whole * 3 / 4 + whole / 2 * i32::from(chance) / 255
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_to_an_hour_and_differ_by_chance() {
        assert_eq!(pause(1, [128]).as_secs(), 3);
        assert_eq!(pause(4, [0]).as_secs(), 18);
        assert_eq!(pause(4, [255]).as_secs(), 30);
        assert_eq!(pause(99, [255]).as_mins(), 75);
    }
}
