//! A consistent copy of the embedded database, made while others write to it.

use std::path::Path;

use sqlx::{AnyConnection, Connection};

use super::store::sqlite_url;
use super::{Result, StorageError};

/// Writes the database as of now into a file not yet there, without holding up its writer.
pub async fn snapshot(database: &Path, to: &Path) -> Result<()> {
    let mut connection = connect(database).await?;
    sqlx::query("VACUUM INTO $1")
        .bind(to.display().to_string())
        .execute(&mut connection)
        .await?;
    connection.close().await?;
    Ok(())
}

/// Holds a database file to being whole: its pages, its indexes, its references.
///
/// # Errors
/// `Corrupt` with what SQLite found.
pub async fn check(database: &Path) -> Result<()> {
    let mut connection = connect(database).await?;
    let found: String = sqlx::query_scalar("PRAGMA integrity_check")
        .fetch_one(&mut connection)
        .await?;
    let dangling = sqlx::query("PRAGMA foreign_key_check")
        .fetch_all(&mut connection)
        .await?;
    connection.close().await?;
    if found == "ok" && dangling.is_empty() {
        return Ok(());
    }
    Err(StorageError::Corrupt {
        what: "database",
        why: format!("{found}, {} references lead nowhere", dangling.len()),
    })
}

async fn connect(database: &Path) -> Result<AnyConnection> {
    sqlx::any::install_default_drivers();
    let mut connection = AnyConnection::connect(&sqlite_url(database, "rw")?).await?;
    sqlx::query("PRAGMA busy_timeout = 10000")
        .execute(&mut connection)
        .await?;
    Ok(connection)
}
