//! What the tests stand on: databases, the server, browsers, mail, HTTP.

pub(crate) mod axe;
pub(crate) mod browser;
pub(crate) mod chromedriver;
pub(crate) mod disk;
pub(crate) mod fit;
pub(crate) mod form;
pub(crate) mod http;
pub(crate) mod mail;
pub(crate) mod neighbours;
pub(crate) mod outside;
pub(crate) mod participant;
pub(crate) mod pdf;
pub(crate) mod postgres;
pub(crate) mod road;
pub(crate) mod server;
pub(crate) mod socket;
pub(crate) mod walk;

use std::path::PathBuf;
use std::time::Duration;

/// How long a condition may take before the test fails; generous, because two cores run everything.
pub(crate) const DEADLINE: Duration = Duration::from_secs(30);

/// A variable that `tests/run` sets. A missing one is a failure, never a skipped test.
pub(crate) fn tool(variable: &str) -> String {
    std::env::var(variable).unwrap_or_else(|_| {
        panic!("{variable} is not set: call tests/run, which installs and names it")
    })
}

/// A program of the Python environment that `tests/run` makes.
pub(crate) fn python_tool(name: &str) -> PathBuf {
    PathBuf::from(tool("HEYI_VENV")).join("bin").join(name)
}

/// Waits until `ready` gives something, asking again every 50 ms; fails with `what` at the deadline.
pub(crate) async fn eventually<T>(what: &str, ready: impl AsyncFnMut() -> Option<T>) -> T {
    let found = soon(ready).await;
    found.unwrap_or_else(|| panic!("waited {DEADLINE:?} in vain: {what}"))
}

/// As [`eventually`], for who has more to say when it does not come.
pub(crate) async fn soon<T>(mut ready: impl AsyncFnMut() -> Option<T>) -> Option<T> {
    let mut tick = tokio::time::interval(Duration::from_millis(50));
    let waiting = async {
        loop {
            tick.tick().await;
            if let Some(found) = ready().await {
                return found;
            }
        }
    };
    tokio::time::timeout(DEADLINE, waiting).await.ok()
}
