//! The socket: datagrams in, to the connection they belong to, and out, as many as it takes.

use std::io::ErrorKind;
use std::net::SocketAddr;

use super::{BATCH, Media, PeerId};
use crate::rooms::stun::{Class, Stun};
use crate::rooms::turn::is_relayed;

impl Media {
    /// Reads a batch; true if there may be more.
    pub(super) fn read(&mut self, buffer: &mut [u8]) -> bool {
        for _ in 0..BATCH {
            match self.socket.recv_from(buffer) {
                Ok((length, from)) => {
                    let from = canonical(from);
                    // Nobody outside is at a relayed address, whatever stands on the datagram.
                    if self.relay.is_none() || !is_relayed(from) {
                        self.datagram(&buffer[..length], from);
                    }
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => return false,
                Err(error) => {
                    tracing::debug!(%error, "the media socket could not be read");
                    return false;
                }
            }
        }
        true
    }

    /// A STUN request finds its connection by the user name it carries, everything else by an address that
    /// was proved before.
    pub(super) fn datagram(&mut self, datagram: &[u8], from: SocketAddr) {
        let stun = Stun::read(datagram).filter(|stun| stun.class == Class::Request);
        let id = match stun.map(|stun| stun.receiver) {
            Some(name) => name.and_then(|name| self.names.get(name)),
            None => self.addresses.get(&from),
        };
        if let Some(&id) = id {
            let now = self.clock.instant();
            self.with_peer(id, |peer| peer.receive(datagram, from, now));
            self.heed(id);
        }
    }

    pub(super) fn flush(&mut self) {
        let now = self.clock.instant();
        let dirty = self.peers.iter().filter(|(_, entry)| entry.dirty);
        let dirty: Vec<PeerId> = dirty.map(|(id, _)| *id).collect();
        for id in dirty {
            if self.full {
                return;
            }
            self.with_peer(id, |peer| peer.flush(now));
            self.heed(id);
            self.write(id);
        }
    }

    /// Sends what a connection has ready; it stays dirty if the socket is full.
    pub(super) fn write(&mut self, id: PeerId) {
        let Some(entry) = self.peers.get_mut(&id) else {
            return;
        };
        let now = self.clock.instant();
        while let Some(out) = entry.peer.datagram() {
            if let Some(relay) = self.relay.as_mut().filter(|_| is_relayed(out.1)) {
                relay.send(&out.0, out.1, now);
                continue;
            }
            match self.socket.send_to(&out.0, out.1) {
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    entry.peer.unsent(out);
                    self.full = true;
                    return;
                }
                // The path to one page is broken; that page finds out by itself.
                Err(error) => tracing::debug!(%error, "a datagram could not be sent"),
            }
        }
        entry.dirty = false;
    }
}

/// A dual-stack socket shows IPv4 addresses inside IPv6 ones.
pub(super) fn canonical(from: SocketAddr) -> SocketAddr {
    SocketAddr::new(from.ip().to_canonical(), from.port())
}
