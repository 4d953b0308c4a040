//! A write transaction and its tries.

use super::error::is_retryable;
use super::{Result, StorageError, Store, Tx};

/// With the pauses between them some ten seconds: then something else is wrong than that many write at once.
const RETRIES: u32 = 30;

/// The tries of one write transaction.
#[derive(Debug)]
pub struct Attempts<'a> {
    store: &'a Store,
    failed: u32,
}

impl<'a> Attempts<'a> {
    pub(super) const fn new(store: &'a Store) -> Self {
        Self { store, failed: 0 }
    }

    pub async fn begin(&self) -> Result<Tx> {
        self.store.begin().await
    }

    /// Commits or rolls back; `None` when the database asked to try again, after a pause.
    pub async fn finish<T, E>(
        &mut self,
        tx: Tx,
        outcome: std::result::Result<T, E>,
    ) -> Option<std::result::Result<T, E>>
    where
        E: From<StorageError> + std::error::Error + 'static,
    {
        let has_jobs = tx.has_jobs;
        let outcome = match outcome {
            Ok(value) => tx.commit().await.map(|()| value).map_err(E::from),
            Err(error) => {
                drop(tx);
                Err(error)
            }
        };
        match outcome {
            Ok(value) => {
                if has_jobs {
                    self.store.announce_jobs();
                }
                Some(Ok(value))
            }
            Err(error) if self.failed < RETRIES && is_retryable(&error) => {
                self.failed += 1;
                tracing::debug!(self.failed, "a write transaction is tried again");
                tokio::time::sleep(self.store.pause(self.failed)).await;
                None
            }
            Err(error) => Some(Err(error)),
        }
    }
}

/// `write_tx!(store, |tx| { .. })` runs the block, which sees `tx: &mut Tx` and answers a `Result`, in one write
/// transaction, awaits it, and commits when it is `Ok`. The block runs again from the start when the database asks for
/// it, so it does nothing outside of the transaction: no network, no files but those named by their
/// content. `?` and borrowing work as in any async block; `return` leaves the block.
///
/// A macro because a future made from an async closure that borrows is not known to be `Send`.
#[macro_export]
macro_rules! write_tx {
    ($store:expr, |$tx:ident| $work:block) => {{
        let mut attempts = $store.attempts();
        loop {
            let mut begun = match attempts.begin().await {
                Ok(begun) => begun,
                Err(error) => break Err(error.into()),
            };
            let outcome = {
                let $tx: &mut $crate::storage::Tx = &mut begun;
                async { $work }.await
            };
            if let Some(outcome) = attempts.finish(begun, outcome).await {
                break outcome;
            }
        }
    }};
}

pub use write_tx;
