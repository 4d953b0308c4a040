//! Relayed addresses. They exist in this process only and are of the blocks for benchmarks (RFC 2544, RFC 5180), which no
//! network routes: nothing that is sent to one can leave this machine.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

const FOUR: u32 = 0xc612_0000;
const SIX: u128 = 0x2001_0002 << 96;
/// Bits that tell one place from another.
const BITS: u32 = 17;
/// The port tells to which of our addresses the client speaks, so that the answer comes from there.
const FIRST_PORT: u16 = 49_152;

/// Where an allocation has its addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Place(u32);

impl Place {
    /// The next one; after the last comes the first.
    pub(super) const fn after(self) -> Self {
        Self((self.0 + 1) % (1 << BITS))
    }

    pub(super) const fn first() -> Self {
        Self(0)
    }

    /// Under which address the rooms see what an allocation sends to our address number `peer`.
    pub(super) fn address(self, six: bool, peer: usize) -> SocketAddr {
        let ip = if six {
            IpAddr::V6(Ipv6Addr::from(SIX | u128::from(self.0)))
        } else {
            IpAddr::V4(Ipv4Addr::from(FOUR | self.0))
        };
        let number = u16::try_from(peer).unwrap_or(u16::MAX);
        SocketAddr::new(ip, FIRST_PORT.saturating_add(number))
    }

    /// The place and the number of our address.
    pub(super) fn read(address: SocketAddr) -> Option<(Self, usize)> {
        let place = match address.ip() {
            IpAddr::V4(four) => u32::from(four) ^ FOUR,
            IpAddr::V6(six) => u32::try_from(u128::from(six) ^ SIX).ok()?,
        };
        let peer = address.port().checked_sub(FIRST_PORT)?;
        (place >> BITS == 0).then_some((Self(place), usize::from(peer)))
    }
}

/// Whether nobody outside can have this address.
pub(crate) fn is_relayed(address: SocketAddr) -> bool {
    let at_first_port = SocketAddr::new(address.ip(), FIRST_PORT);
    Place::read(at_first_port).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_back_from_each_of_its_addresses() {
        for place in [0, 1, 0xffff, 0x1_0000, 0x1_ffff].map(Place) {
            for six in [false, true] {
                for peer in [0, 1, 7] {
                    let address = place.address(six, peer);
                    assert_eq!(Place::read(address), Some((place, peer)));
                    assert!(is_relayed(address));
                }
            }
        }
        assert_eq!(Place(0x1_ffff).after(), Place::first());
        assert_eq!(
            Place(0x1_0203).address(false, 1).to_string(),
            "198.19.2.3:49153"
        );
        assert_eq!(
            Place(0x1_0203).address(true, 0).to_string(),
            "[2001:2::1:203]:49152"
        );
    }

    #[test]
    fn addresses_of_others_are_no_places() {
        for other in [
            "198.17.255.255:49152",
            "198.20.0.0:49152",
            "127.0.0.1:49152",
            "192.0.2.7:7000",
            "[2001:2::2:0]:49152",
            "[2001:3::1]:49152",
            "[::1]:49152",
        ] {
            let other = other.parse().unwrap();
            assert_eq!(Place::read(other), None, "{other}");
            assert!(!is_relayed(other), "{other}");
        }
        assert_eq!(Place::read("198.18.0.1:80".parse().unwrap()), None);
    }
}
