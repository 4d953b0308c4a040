//! Second workaround for the rtc crate: until a path is chosen it drops everything but STUN, also the page's
//! first handshake message. That message is queued here and handed over when the path is there.

use std::net::SocketAddr;

/// Datagrams kept; a handshake begins with one or two.
const KEPT: usize = 16;

/// What came before a path was chosen.
#[derive(Debug, Default)]
pub(crate) struct Early {
    kept: Vec<(Vec<u8>, SocketAddr)>,
}

/// Whether a datagram belongs to the DTLS handshake (RFC 7983).
pub(crate) fn is_dtls(datagram: &[u8]) -> bool {
    datagram
        .first()
        .is_some_and(|first| (20..64).contains(first))
}

impl Early {
    /// Keeps a handshake datagram; the newest are dropped when there are too many.
    pub(crate) fn keep(&mut self, datagram: &[u8], from: SocketAddr) {
        if is_dtls(datagram) && self.kept.len() < KEPT {
            self.kept.push((datagram.to_vec(), from));
        }
    }

    /// Everything kept, in order of arrival.
    pub(crate) fn release(&mut self) -> Vec<(Vec<u8>, SocketAddr)> {
        std::mem::take(&mut self.kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handshake_datagrams_wait_in_order_and_nothing_else_does() {
        let from = "192.0.2.1:5000".parse().unwrap();
        let mut early = Early::default();
        early.keep(&[22, 1], from);
        early.keep(&[0x80, 2], from);
        early.keep(&[22, 3], from);
        assert_eq!(
            early.release(),
            vec![(vec![22, 1], from), (vec![22, 3], from)]
        );
        assert!(early.release().is_empty());
    }

    #[test]
    fn a_flood_is_not_kept() {
        let from = "192.0.2.1:5000".parse().unwrap();
        let mut early = Early::default();
        (0..1_000).for_each(|_| early.keep(&[22], from));
        assert_eq!(early.release().len(), KEPT);
    }
}
