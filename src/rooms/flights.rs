//! Third workaround for the rtc crate, whose DTLS server clears its retransmit timer on any handshake record
//! and never sets it again while a flight is incomplete. Only complete flights are handed over, a repeated
//! hello is answered by repeating our last flight, and that flight is resent verbatim on a timer of our own.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

const FIRST_GAP: Duration = Duration::from_millis(120);
const LONGEST_GAP: Duration = Duration::from_millis(700);
const RESENDS: u32 = 14;
const KEPT: usize = 64;

const HANDSHAKE: u8 = 22;
const CHANGE_CIPHER: u8 = 20;
const CLIENT_HELLO: u8 = 1;
/// Certificate, key exchange and verification: what the second flight of a page must hold.
const SECOND_FLIGHT: [u8; 3] = [11, 16, 15];

type Datagram = (Vec<u8>, SocketAddr);

/// What to do with a handshake datagram.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Hand these over, in this order.
    Feed(Vec<Datagram>),
    /// The page did not get our last flight: send it again.
    Resend,
    /// Wait for the rest of the flight.
    Hold,
}

/// The page's flights as they arrive.
#[derive(Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent marks of a handshake, in any order"
)]
pub(crate) struct Incoming {
    greeted: bool,
    hello: BTreeMap<u32, u32>,
    messages: BTreeMap<u16, Message>,
    changed_cipher: bool,
    finished: bool,
    held: Vec<Datagram>,
    complete: bool,
}

#[derive(Debug)]
struct Message {
    kind: u8,
    length: u32,
    /// Fragment lengths by offset.
    fragments: BTreeMap<u32, u32>,
}

#[derive(Clone, Copy, Debug)]
struct Fragment {
    kind: u8,
    length: u32,
    sequence: u16,
    offset: u32,
    size: u32,
}

impl Incoming {
    pub(crate) fn step(&mut self, datagram: &[u8], from: SocketAddr) -> Step {
        let alone = || Step::Feed(vec![(datagram.to_vec(), from)]);
        if self.complete {
            return alone();
        }
        let (hello, other) = self.read(datagram);
        if let Some(hello) = hello {
            return match hello.sequence {
                // The first hello only fetches a cookie; the server keeps no state for it.
                0 if !self.greeted => alone(),
                0 => Step::Hold,
                _ if self.greeted => Step::Resend,
                _ => self.second_hello(hello, datagram, from),
            };
        }
        if !other {
            return alone();
        }
        self.hold(datagram, from);
        let have = |kind: &u8| {
            self.messages
                .values()
                .any(|message| message.kind == *kind && message.is_whole())
        };
        if self.finished && self.changed_cipher && SECOND_FLIGHT.iter().all(have) {
            self.complete = true;
            return Step::Feed(std::mem::take(&mut self.held));
        }
        Step::Hold
    }

    fn second_hello(&mut self, hello: Fragment, datagram: &[u8], from: SocketAddr) -> Step {
        self.hello.insert(hello.offset, hello.size);
        self.hold(datagram, from);
        if self.hello.values().sum::<u32>() < hello.length {
            return Step::Hold;
        }
        self.greeted = true;
        Step::Feed(std::mem::take(&mut self.held))
    }

    fn hold(&mut self, datagram: &[u8], from: SocketAddr) {
        if self.held.len() == KEPT {
            self.held.remove(0);
        }
        self.held.push((datagram.to_vec(), from));
    }

    /// Notes what the records hold; the hello among them, and whether there was any other handshake.
    fn read(&mut self, datagram: &[u8]) -> (Option<Fragment>, bool) {
        let (mut hello, mut other) = (None, false);
        for (kind, epoch, body) in records(datagram) {
            match (kind, epoch) {
                (HANDSHAKE, 0) => {
                    for fragment in fragments(body) {
                        if fragment.kind == CLIENT_HELLO {
                            hello = Some(fragment);
                        } else {
                            other = true;
                            self.note(fragment);
                        }
                    }
                }
                // Encrypted: it can only be Finished.
                (HANDSHAKE, _) => (self.finished, other) = (true, true),
                (CHANGE_CIPHER, _) => (self.changed_cipher, other) = (true, true),
                _ => {}
            }
        }
        (hello, other)
    }

    fn note(&mut self, fragment: Fragment) {
        if self.messages.len() < KEPT {
            let message = self
                .messages
                .entry(fragment.sequence)
                .or_insert_with(|| Message {
                    kind: fragment.kind,
                    length: fragment.length,
                    fragments: BTreeMap::new(),
                });
            message.fragments.insert(fragment.offset, fragment.size);
        }
    }
}

impl Message {
    fn is_whole(&self) -> bool {
        self.fragments.values().sum::<u32>() >= self.length
    }
}

/// Records of a datagram: content type, epoch, body (RFC 6347, 4.1).
fn records(mut rest: &[u8]) -> impl Iterator<Item = (u8, u16, &[u8])> {
    std::iter::from_fn(move || {
        let header = rest.get(..13)?;
        let length = usize::from(u16::from_be_bytes([header[11], header[12]]));
        let body = rest.get(13..13 + length)?;
        let (kind, epoch) = (header[0], u16::from_be_bytes([header[3], header[4]]));
        rest = &rest[13 + length..];
        Some((kind, epoch, body))
    })
}

/// Handshake fragments of a record (RFC 6347, 4.2.2).
fn fragments(mut rest: &[u8]) -> impl Iterator<Item = Fragment> {
    std::iter::from_fn(move || {
        let header = rest.get(..12)?;
        let three = |at: usize| u32::from_be_bytes([0, header[at], header[at + 1], header[at + 2]]);
        let fragment = Fragment {
            kind: header[0],
            length: three(1),
            sequence: u16::from_be_bytes([header[4], header[5]]),
            offset: three(6),
            size: three(9),
        };
        rest = rest.get(12 + usize::try_from(fragment.size).ok()?..)?;
        Some(fragment)
    })
}

/// Our last flight, resent until the page shows that it has it.
#[derive(Debug, Default)]
pub(crate) struct Outgoing {
    flight: Vec<Vec<u8>>,
    /// The next datagram begins a new flight.
    fresh: bool,
    next: Option<Instant>,
    gap: Duration,
    resends: u32,
    settled: bool,
}

impl Outgoing {
    /// The page's flight was handed over: what is sent from now on answers it.
    pub(crate) fn begin(&mut self) {
        self.fresh = true;
    }

    /// Notes a handshake datagram that is being sent.
    pub(crate) fn sent(&mut self, datagram: &[u8], now: Instant) {
        if self.settled {
            return;
        }
        if self.fresh {
            (self.fresh, self.gap, self.resends) = (false, FIRST_GAP, 0);
            self.flight.clear();
        }
        self.flight.push(datagram.to_vec());
        self.next = Some(now + self.gap);
    }

    /// The last flight, to be sent again now.
    pub(crate) fn resend(&mut self, now: Instant) -> &[Vec<u8>] {
        if self.settled || self.resends >= RESENDS {
            self.next = None;
            return &[];
        }
        self.resends += 1;
        self.next = Some(now + self.gap);
        self.gap = (self.gap * 3 / 2).min(LONGEST_GAP);
        &self.flight
    }

    /// The last flight, if it is time.
    pub(crate) fn due(&mut self, now: Instant) -> &[Vec<u8>] {
        if self.next.is_some_and(|next| next <= now) {
            self.resend(now)
        } else {
            &[]
        }
    }

    pub(crate) fn deadline(&self) -> Option<Instant> {
        self.next
    }

    /// The page sends media: the handshake is over on both sides.
    pub(crate) fn settle(&mut self) {
        *self = Self {
            settled: true,
            ..Self::default()
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from() -> SocketAddr {
        "192.0.2.1:5000".parse().unwrap()
    }

    fn record(kind: u8, epoch: u16, body: &[u8]) -> Vec<u8> {
        let mut bytes = vec![kind, 0xfe, 0xfd];
        bytes.extend(epoch.to_be_bytes());
        bytes.extend([0; 6]);
        bytes.extend(u16::try_from(body.len()).unwrap().to_be_bytes());
        bytes.extend(body);
        bytes
    }

    fn message(kind: u8, sequence: u16, length: u8, offset: u8, size: u8) -> Vec<u8> {
        let mut body = vec![kind, 0, 0, length];
        body.extend(sequence.to_be_bytes());
        body.extend([0, 0, offset, 0, 0, size]);
        body.extend(vec![9; usize::from(size)]);
        record(HANDSHAKE, 0, &body)
    }

    fn fed(step: Step) -> usize {
        match step {
            Step::Feed(datagrams) => datagrams.len(),
            other => panic!("held back: {other:?}"),
        }
    }

    #[test]
    fn a_second_hello_in_two_pieces_is_handed_over_whole() {
        let mut incoming = Incoming::default();
        assert_eq!(
            fed(incoming.step(&message(CLIENT_HELLO, 0, 40, 0, 40), from())),
            1
        );
        assert_eq!(
            incoming.step(&message(CLIENT_HELLO, 1, 80, 0, 40), from()),
            Step::Hold
        );
        assert_eq!(
            fed(incoming.step(&message(CLIENT_HELLO, 1, 80, 40, 40), from())),
            2
        );
    }

    #[test]
    fn a_repeated_hello_asks_for_our_flight_again_and_is_not_handed_over() {
        let mut incoming = Incoming::default();
        incoming.step(&message(CLIENT_HELLO, 1, 40, 0, 40), from());
        assert_eq!(
            incoming.step(&message(CLIENT_HELLO, 1, 40, 0, 40), from()),
            Step::Resend
        );
        assert_eq!(
            incoming.step(&message(CLIENT_HELLO, 0, 40, 0, 40), from()),
            Step::Hold
        );
    }

    #[test]
    fn the_second_flight_is_handed_over_only_when_nothing_is_missing() {
        let mut incoming = Incoming::default();
        incoming.step(&message(CLIENT_HELLO, 1, 40, 0, 40), from());
        assert_eq!(
            incoming.step(&message(11, 2, 40, 0, 40), from()),
            Step::Hold
        );
        assert_eq!(
            incoming.step(&message(15, 4, 20, 0, 20), from()),
            Step::Hold
        );
        assert_eq!(
            incoming.step(&record(CHANGE_CIPHER, 0, &[1]), from()),
            Step::Hold
        );
        assert_eq!(
            incoming.step(&record(HANDSHAKE, 1, &[5; 40]), from()),
            Step::Hold
        );
        assert_eq!(fed(incoming.step(&message(16, 3, 20, 0, 20), from())), 5);
        assert_eq!(
            fed(incoming.step(&record(HANDSHAKE, 1, &[5; 40]), from())),
            1
        );
    }

    #[test]
    fn our_flight_is_resent_with_growing_gaps_and_a_new_one_starts_over() {
        let now = Instant::now();
        let mut outgoing = Outgoing::default();
        outgoing.begin();
        outgoing.sent(b"one", now);
        outgoing.sent(b"two", now);
        assert!(outgoing.due(now).is_empty());
        assert_eq!(outgoing.due(now + FIRST_GAP).len(), 2);
        assert!(
            outgoing
                .due(
                    (now + FIRST_GAP * 2)
                        .checked_sub(Duration::from_millis(1))
                        .unwrap()
                )
                .is_empty()
        );
        outgoing.begin();
        outgoing.sent(b"three", now);
        assert_eq!(outgoing.due(now + FIRST_GAP), [b"three".to_vec()]);
        outgoing.settle();
        assert!(outgoing.due(now + FIRST_GAP * 9).is_empty());
        assert_eq!(outgoing.deadline(), None);
    }

    #[test]
    fn resending_ends_some_time() {
        let mut now = Instant::now();
        let mut outgoing = Outgoing::default();
        outgoing.begin();
        outgoing.sent(b"one", now);
        let mut sent = 0;
        while let Some(next) = outgoing.deadline() {
            now = next;
            sent += outgoing.due(now).len();
        }
        assert_eq!(sent, usize::try_from(RESENDS).unwrap());
    }
}
