//! Once an hour, whatever happened in it: the anchor, and what else comes round. However many nodes ask for it, it is one job.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::json;

use super::{Setback, Work, whole};
use crate::audit::Anchoring;
use crate::documents::keys::Authority;
use crate::domain::anchor::hour_of;
use crate::domain::job::JobKind;
use crate::storage::jobs::{self, Job, NewJob};
use crate::storage::{Result, write_tx};

/// The hour whose anchor this process has asked for.
#[derive(Debug, Default)]
pub(super) struct Hourly(Option<Timestamp>);

impl Hourly {
    /// Asks for the anchor of the hour that has begun.
    pub(super) async fn ask(&mut self, work: &Work) -> Result<()> {
        let now = work.desk.clock.now();
        let hour = hour_of(now);
        if self.0 == Some(hour) {
            return Ok(());
        }
        let job = NewJob {
            kind: JobKind::Anchor,
            key: format!("anchor/{hour}"),
            payload: json!({ "hour": hour }),
            not_before: hour,
        };
        write_tx!(work.desk.store, |tx| { jobs::enqueue(tx, &job, now).await })?;
        self.0 = Some(hour);
        Ok(())
    }
}

/// Besides, once a day the ends of the roots are told, since a server may run for years without a start. And what services
/// elsewhere have taken back is fetched: papers need it, and their host may be silent when one is closed.
pub(super) async fn make(work: &Work, job: &Job) -> std::result::Result<(), Setback> {
    let hour: Timestamp = serde_json::from_value(job.payload["hour"].clone())
        .map_err(|error| Setback::Fail(whole(&error)))?;
    let anchoring = Anchoring {
        store: work.desk.store.clone(),
        files: work.files.clone(),
        clock: Arc::clone(&work.desk.clock),
        authority: Arc::clone(&work.chancery.authority),
    };
    let now = work.desk.clock.now();
    if hour.to_zoned(TimeZone::UTC).hour() == 0 {
        tell_of_endings(&work.chancery.authority, now);
    }
    anchoring.make(hour).await?;
    work.chancery.authority.fetch_lists(now);
    Ok(())
}

fn tell_of_endings(authority: &Authority, now: Timestamp) {
    match authority.endings(now) {
        Ok(endings) => endings.iter().for_each(|it| tracing::warn!("{it}")),
        Err(error) => tracing::warn!(%error, "the roots of the authority cannot be read"),
    }
}
