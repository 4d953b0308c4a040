//! What kind of installation a PostgreSQL database belongs to; the embedded one lies in a folder that says so itself.

use sqlx::{AnyConnection, Connection, Executor};

use super::Result;
use crate::config::DatabaseUrl;

/// Marks an empty database as that of an invented town where `demo`, and says whether it is of the kind that is asked
/// for. Whoever is anybody in a demo town must not be so in a database that somebody else filled.
pub async fn claim(url: &DatabaseUrl, demo: bool) -> Result<bool> {
    let DatabaseUrl::Postgres(url) = url else {
        return Ok(true);
    };
    sqlx::any::install_default_drivers();
    let mut connection = AnyConnection::connect(url).await?;
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = current_schema()",
    )
    .fetch_all(&mut connection)
    .await?;
    let marked = tables.iter().any(|table| table == "demo_town");
    if demo && tables.is_empty() {
        connection.execute("CREATE TABLE demo_town ()").await?;
    }
    connection.close().await?;
    Ok(tables.is_empty() || marked == demo)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::Store;
    use crate::storage::fixture::{empty_postgres, postgres};

    #[tokio::test]
    async fn a_demo_town_takes_an_empty_database_and_its_own() {
        let url = empty_postgres().await;
        assert!(claim(&url, false).await.unwrap(), "nothing is in it yet");
        assert!(claim(&url, true).await.unwrap());
        Store::open(&url).await.unwrap();
        assert!(claim(&url, true).await.unwrap());
        assert!(!claim(&url, false).await.unwrap(), "an invented town");
    }

    #[tokio::test]
    async fn a_demo_town_refuses_a_database_that_somebody_else_filled() {
        let real = postgres().await;
        assert!(!claim(&real.url, true).await.unwrap());
        assert!(claim(&real.url, false).await.unwrap());
    }
}
