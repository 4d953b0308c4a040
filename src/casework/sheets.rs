//! What is signed by hand ends by no clock: people are asked after it, week by week.

use jiff::{SignedDuration, Timestamp};

use super::change::follow;
use super::{CaseworkError, Desk};
use crate::domain::actor::Role;
use crate::domain::case::Case;
use crate::domain::follow_up::{FollowUp, Notice, Recipient};
use crate::storage::write_tx;

const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Says it again a week after `at`, and from then on to whoever answers for the committee as well.
///
/// # Errors
/// Those of the database.
pub async fn ask_again(
    desk: &Desk,
    case: &Case,
    notice: Notice,
    at: Timestamp,
) -> Result<(), CaseworkError> {
    let now = desk.clock.now();
    let mut next = at + WEEK;
    while next <= now {
        next += WEEK;
    }
    let (organisation, role) = (case.organisation, Role::Head);
    let mediator = case.stage.mediator();
    let mediator = mediator.map(|person| Recipient::Person { person });
    let asked = mediator
        .into_iter()
        .chain([Recipient::Post { organisation, role }]);
    let asked: Vec<_> = asked.collect();
    write_tx!(desk.store, |tx| {
        for to in &asked {
            let again = FollowUp::Later {
                at: next,
                to: *to,
                notice,
            };
            follow(tx, case, 0, &again, now).await?;
        }
        Ok(())
    })
}
