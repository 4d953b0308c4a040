//! Logs on the standard error: as lines for people or as JSON for machines. Never personal data.

use tracing_subscriber::EnvFilter;

use crate::config::LogFormat;

/// Starts the log; `RUST_LOG` chooses what it holds.
pub(super) fn start(format: LogFormat) {
    let filter =
        EnvFilter::try_from_default_env().unwrap_or_else(|_unset| EnvFilter::new("info,sqlx=warn"));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    let started = match format {
        LogFormat::Text => log.with_ansi(false).try_init(),
        LogFormat::Json => log.json().try_init(),
    };
    if let Err(error) = started {
        eprintln!("heyi: a log was started before: {error}");
    }
}
