//! Telling an integrator what became of a matter that it sent.

use serde::Deserialize;

use super::{Setback, Work, whole};
use crate::accounts::integrators;
use crate::domain::ids::IntegratorId;
use crate::notify::{Call, Undelivered};
use crate::storage::jobs::Job;

#[derive(Deserialize)]
struct Payload {
    integrator: IntegratorId,
    event: serde_json::Value,
}

/// Sends an event under the job's own id, so that a receiver that has it already can tell.
pub(super) async fn tell(work: &Work, job: &Job) -> Result<(), Setback> {
    let payload = Payload::deserialize(&job.payload);
    let payload = payload.map_err(|error| Setback::Fail(whole(&error)))?;
    let Some((url, secret)) = integrators::webhook(&work.accounts, payload.integrator).await?
    else {
        return Ok(());
    };
    let id = format!("msg_{}", job.id);
    let call = Call {
        url: &url,
        id: &id,
        secret: &secret,
        body: payload.event.to_string(),
    };
    let told = work
        .carriers
        .webhooks
        .post(call, work.desk.clock.now())
        .await;
    told.map_err(|error| match error {
        Undelivered::Later(why) => Setback::Retry(why),
        Undelivered::Never(why) => Setback::Fail(why),
    })
}
