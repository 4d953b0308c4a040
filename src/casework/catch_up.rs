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
    let (mut done, mut after) = (0, None);
    loop {
        let (last, copied) = write_tx!(desk.store, |tx| {
            let some = cases::without_copies(tx, after, AT_ONCE).await?;
            let mut copied = 0;
            for case in some.iter().filter_map(|(_, case)| case.as_ref()) {
                copy(tx, case).await?;
                copied += 1;
            }
            Ok::<_, CaseworkError>((some.last().map(|(id, _)| *id), copied))
        })?;
        done += copied;
        if last.is_none() {
            return Ok(done);
        }
        after = last;
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
