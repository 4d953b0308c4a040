//! Connections that only try the way: they carry nothing and are let go after a while.

use std::time::{Duration, Instant};

use tokio::sync::oneshot::Sender;

use super::{Media, PeerId};
use crate::domain::ids::{CaseId, PersonId, SessionId};
use crate::rooms::RoomId;

const TRIED_FOR: Duration = Duration::from_secs(20);
/// Tried at one time.
const MOST: usize = 64;
/// No session has this id.
const NOWHERE: RoomId = RoomId {
    case: CaseId(uuid::Uuid::nil()),
    session: SessionId(uuid::Uuid::nil()),
};

/// The newest last.
pub(super) type Probes = std::collections::VecDeque<(Instant, PeerId)>;

impl Media {
    /// Answers a page that tries. Whoever is not answered, because the offer cannot be used or too many try, learns it by the
    /// reply that is dropped.
    pub(super) fn probe(&mut self, person: PersonId, offer: &str, reply: Sender<String>) {
        if self.probes.len() >= MOST {
            return;
        }
        match self.publish(NOWHERE, person, offer) {
            Ok(answer) => {
                let until = self.clock.instant() + TRIED_FOR;
                self.probes.push_back((until, self.next_peer));
                if reply.send(answer).is_err() {
                    tracing::debug!("a page gave up trying the way");
                }
            }
            Err(error) => tracing::info!(%error, "a page could not try the way"),
        }
    }

    pub(super) fn end_probes(&mut self, now: Instant) {
        while let Some((until, id)) = self.probes.front().copied()
            && until <= now
        {
            self.probes.pop_front();
            self.closed(id);
        }
    }
}
