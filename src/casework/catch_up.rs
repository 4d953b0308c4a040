//! What is kept beside the cases, made for those that are older than it: queue, marks, invitations, calendars, and who
//! has met whom.

use super::{CaseworkError, Desk};
use crate::domain::assignment::encounters;
use crate::domain::case::Case;
use crate::domain::diary::bookings;
use crate::storage::write_tx;
use crate::storage::{Tx, cases, diary, encounters as stored};

const AT_ONCE: i64 = 200;

/// Looks after every case that an older version of the program has left; called at the start. How many.
pub async fn catch_up(desk: &Desk) -> Result<usize, CaseworkError> {
    let mut done = 0;
    loop {
        let some = write_tx!(desk.store, |tx| {
            let some = cases::without_copies(tx, AT_ONCE).await?;
            for case in &some {
                copy(tx, case).await?;
            }
            Ok::<_, CaseworkError>(some.len())
        })?;
        if some == 0 {
            return Ok(done);
        }
        done += some;
    }
}

async fn copy(tx: &mut Tx, case: &Case) -> Result<(), CaseworkError> {
    for encounter in encounters(case) {
        stored::insert(tx, &encounter).await?;
    }
    if let Some(clash) = diary::book_anew(tx, case.id, &bookings(case)).await? {
        // It was arranged before anybody looked; what is free of it is taken, and people sort out the rest.
        tracing::warn!(case = %case.id, from = %clash.from, "a session of an older case overlaps another; both stay");
    }
    cases::copy(tx, case).await?;
    Ok(())
}
