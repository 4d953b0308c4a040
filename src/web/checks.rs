//! Checking files that anybody may send: a few at a time and beside the threads that answer, so that a file made to wear the
//! verifier out stops nobody else.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::WebError;

/// Files that are checked at the same time.
const RUNNING: usize = 2;
/// Those and the files that wait for their turn, each of which is held in memory.
const HELD: usize = 16;

#[derive(Debug)]
pub struct Checks {
    running: Arc<Semaphore>,
    held: Arc<Semaphore>,
}

impl Default for Checks {
    fn default() -> Self {
        Self {
            running: Arc::new(Semaphore::new(RUNNING)),
            held: Arc::new(Semaphore::new(HELD)),
        }
    }
}

/// A turn, which ends when it is dropped.
#[derive(Debug)]
pub(super) struct Turn {
    _running: OwnedSemaphorePermit,
    _held: OwnedSemaphorePermit,
}

impl Checks {
    /// Waits for a turn; none where so many wait already that it would take long.
    pub(super) async fn turn(&self) -> Option<Turn> {
        let held = Arc::clone(&self.held).try_acquire_owned().ok()?;
        let running = Arc::clone(&self.running).acquire_owned().await.ok()?;
        Some(Turn {
            _running: running,
            _held: held,
        })
    }

    /// What somebody does who sends as many files as are held.
    #[cfg(test)]
    pub(super) fn crowd(&self) -> OwnedSemaphorePermit {
        let all = u32::try_from(HELD).unwrap();
        Arc::clone(&self.held).try_acquire_many_owned(all).unwrap()
    }
}

impl Turn {
    /// Does a part of the work. The turn stays with it until it is done, also when nobody waits for the answer any more.
    pub(super) async fn run<T: Send + 'static>(
        self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<(Self, T), WebError> {
        let done = tokio::task::spawn_blocking(move || {
            let done = work();
            (self, done)
        });
        done.await.map_err(|error| WebError::internal(&error))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    #[tokio::test]
    async fn a_turn_lasts_as_long_as_its_work_though_nobody_waits_for_the_answer() {
        let checks = Checks::default();
        let (begun, has_begun) = channel();
        let (end, may_end) = channel::<()>();
        let turn = checks.turn().await.unwrap();
        let answer = tokio::spawn(turn.run(move || {
            begun.send(()).unwrap();
            may_end.recv().unwrap();
        }));
        tokio::task::spawn_blocking(move || has_begun.recv().unwrap())
            .await
            .unwrap();
        answer.abort();
        assert!(answer.await.is_err());
        assert_eq!(checks.running.available_permits(), RUNNING - 1);
        end.send(()).unwrap();
        let all = u32::try_from(RUNNING).unwrap();
        let free = checks.running.acquire_many(all).await;
        assert_eq!(free.unwrap().num_permits(), RUNNING);
    }
}
