//! The relay's own socket, served beside the rooms': what comes in by it is handed to the rooms, what they send to a relayed
//! address goes out by it.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use mio::net::UdpSocket;
use mio::{Interest, Registry};

use super::wire::canonical;
use super::{BATCH, Media, RELAY};
use crate::clock::Clock;
use crate::rooms::listen::{MediaConfig, announced, open};
use crate::rooms::registry::RoomsError;
use crate::rooms::turn::{Out, Time, Turn};

/// The TURN server and its socket.
pub(in crate::rooms) struct Relay {
    socket: UdpSocket,
    turn: Turn,
}

impl Relay {
    /// One that leads to `ours`, and where pages find it; none where none is wanted.
    pub(in crate::rooms) fn open(
        config: &MediaConfig,
        ours: &[SocketAddr],
        clock: &Clock,
    ) -> Result<Option<(Self, Vec<SocketAddr>)>, RoomsError> {
        let Some(listen) = config.relays.settings.listen else {
            return Ok(None);
        };
        let socket = open(listen)?;
        let port = socket.local_addr()?.port();
        let turn = Turn::new(ours, config.relays.key.as_slice(), clock.instant())?;
        let reachable = announced(&config.announce, listen.ip(), port);
        Ok(Some((Self { socket, turn }, reachable)))
    }

    pub(super) fn register(&mut self, registry: &Registry) -> std::io::Result<()> {
        registry.register(&mut self.socket, RELAY, Interest::READABLE)
    }

    pub(super) fn sweep(&mut self, now: Instant) {
        self.turn.sweep(now);
    }

    /// Sends what a connection says to a relayed address. What the socket does not take is lost, as on any road.
    pub(super) fn send(&mut self, datagram: &[u8], to: SocketAddr, now: Instant) {
        if let Some((wrapped, client)) = self.turn.wrap(to, datagram, now) {
            self.pass(&wrapped, client);
        }
    }

    fn pass(&self, datagram: &[u8], to: SocketAddr) {
        if let Err(error) = self.socket.send_to(datagram, to) {
            tracing::debug!(%error, "a datagram of the relay could not be sent");
        }
    }
}

impl Media {
    /// Reads a batch of the relay's; true if there may be more.
    pub(super) fn read_relay(&mut self, buffer: &mut [u8]) -> bool {
        for _ in 0..BATCH {
            let Some(relay) = &mut self.relay else {
                return false;
            };
            let (length, from) = match relay.socket.recv_from(buffer) {
                Ok(read) => read,
                Err(error) => {
                    if error.kind() != ErrorKind::WouldBlock {
                        tracing::debug!(%error, "the relay's socket could not be read");
                    }
                    return false;
                }
            };
            let (datagram, client) = (&buffer[..length], canonical(from));
            let at = Time {
                now: self.clock.now(),
                tick: self.clock.instant(),
            };
            // As with connections: what makes the crate panic is dropped, and only that.
            let out = catch_unwind(AssertUnwindSafe(|| {
                relay.turn.receive(datagram, client, at)
            }));
            match out {
                Ok(Some(Out::Back(answer))) => relay.pass(&answer, from),
                Ok(Some(Out::In { from, bytes })) => self.datagram(&bytes, from),
                Ok(None) => {}
                Err(_) => tracing::error!("a message to the relay failed inside the media library"),
            }
        }
        true
    }
}
