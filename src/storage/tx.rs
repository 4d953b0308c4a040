//! Handles on a connection: one that reads, one that writes within a transaction.

use std::ops::{Deref, DerefMut};

use sqlx::any::AnyQueryResult;
use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection, Transaction};

use super::words::IndexKey;
use super::{Result, StorageError};

/// A connection for SELECTs: from the read-only pool, or the one inside a [`Tx`].
#[derive(Debug)]
pub struct Read(Handle, IndexKey);

#[derive(Debug)]
enum Handle {
    Pooled(PoolConnection<Any>),
    InTransaction(Transaction<'static, Any>),
}

impl Read {
    pub(super) fn pooled(connection: PoolConnection<Any>, key: IndexKey) -> Self {
        Self(Handle::Pooled(connection), key)
    }

    /// Under which words of cases are kept.
    pub(super) const fn index_key(&self) -> IndexKey {
        self.1
    }

    /// What sqlx executes on.
    pub fn conn(&mut self) -> &mut AnyConnection {
        match &mut self.0 {
            Handle::Pooled(connection) => connection,
            Handle::InTransaction(transaction) => transaction,
        }
    }
}

/// A write transaction; made by `Store::write_tx` alone, rolled back when dropped.
///
/// After a failed statement PostgreSQL refuses the rest of the transaction, so a possible double is met
/// with ON CONFLICT, not by catching `Unique` and going on.
#[derive(Debug)]
pub struct Tx {
    read: Read,
    pub(super) has_jobs: bool,
}

impl Tx {
    pub(super) fn new(transaction: Transaction<'static, Any>, key: IndexKey) -> Self {
        Self {
            read: Read(Handle::InTransaction(transaction), key),
            has_jobs: false,
        }
    }

    pub(super) async fn commit(self) -> Result<()> {
        if let Handle::InTransaction(transaction) = self.read.0 {
            transaction.commit().await?;
        }
        Ok(())
    }
}

impl Deref for Tx {
    type Target = Read;

    fn deref(&self) -> &Read {
        &self.read
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Read {
        &mut self.read
    }
}

/// Holds an UPDATE or DELETE to the number of rows it was written for; else somebody was faster.
///
/// # Errors
/// `Conflict` when another number of rows was touched.
#[expect(clippy::needless_pass_by_value, reason = "takes what execute() gives")]
pub fn affected(result: AnyQueryResult, rows: u64) -> Result<()> {
    if result.rows_affected() == rows {
        Ok(())
    } else {
        Err(StorageError::Conflict)
    }
}
