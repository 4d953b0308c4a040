//! A database of its own for each test, on the server that `tests/run` starts.

use sqlx::{AnyConnection, Connection, Executor};

/// The address of a new, empty PostgreSQL database. It goes with the server at the end of the run.
pub(crate) async fn fresh_database() -> String {
    let server = super::tool("HEYI_TEST_POSTGRES");
    let name = format!("t{}", heyi::clock::Clock::system().new_id().simple());
    sqlx::any::install_default_drivers();
    let mut connection = AnyConnection::connect(&server).await.unwrap();
    let create = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"));
    connection.execute(create).await.unwrap();
    connection.close().await.unwrap();
    let (address, _) = server.rsplit_once('/').unwrap();
    format!("{address}/{name}")
}

#[tokio::test]
async fn two_databases_are_two() {
    let (one, other) = (fresh_database().await, fresh_database().await);
    assert_ne!(one, other);
    let mut connection = AnyConnection::connect(&one).await.unwrap();
    connection
        .execute("CREATE TABLE only_here (id BIGINT)")
        .await
        .unwrap();
    let mut connection = AnyConnection::connect(&other).await.unwrap();
    assert!(
        connection
            .execute("SELECT id FROM only_here")
            .await
            .is_err()
    );
}
