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
        match self.publish(NOWHERE, person, false, offer) {
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::clock::Clock;
    use crate::domain::ids::PersonId;
    use crate::rooms::{MediaConfig, RelayConfig, Rooms};

    use super::MOST;

    /// As a browser offers to send sound.
    const OFFER: &str = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\n\
        m=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\na=ice-ufrag:abcd\r\na=ice-pwd:abcdefghijklmnopqrstuvwx\r\n\
        a=fingerprint:sha-256 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF\r\n\
        a=setup:actpass\r\na=mid:0\r\na=sendonly\r\na=rtcp-mux\r\na=rtpmap:111 opus/48000/2\r\n";

    #[tokio::test]
    async fn so_many_try_at_one_time_and_nonsense_is_not_tried() {
        let clock = Arc::new(Clock::system());
        let config = MediaConfig {
            listen: "127.0.0.1:0".parse().unwrap(),
            announce: Vec::new(),
            relays: RelayConfig::default(),
        };
        let (rooms, _desk) = Rooms::start(&config, Arc::clone(&clock)).unwrap();
        let tries = async |offer: &str| {
            let person = PersonId(clock.new_id());
            rooms.probe(person, offer.to_owned()).await
        };
        for nonsense in ["", "v=0", "m=audio", &OFFER[..200]] {
            assert_eq!(tries(nonsense).await, None, "{nonsense}");
        }
        for number in 0..MOST {
            let answer = tries(OFFER).await;
            let answer = answer.unwrap_or_else(|| panic!("number {number} is not answered"));
            assert!(answer.contains("a=candidate:1 1 udp"), "{answer}");
        }
        assert_eq!(tries(OFFER).await, None);
    }
}
