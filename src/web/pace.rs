//! How often one client may ask for what costs us work and asks nobody who they are. Counted in memory and by the minute: a node
//! that starts again has forgotten, which gives nobody more than one minute's worth.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

use super::WebError;

const MINUTE: i64 = 60;
/// A whole town behind one address of a mobile network checks its papers in peace; a program that collects does not.
const A_MINUTE: u32 = 300;
/// More clients than come by in a minute; beyond it the counting begins anew, so that nobody fills the memory.
const MOST_CLIENTS: usize = 100_000;

/// What something costs, in the same measure as the allowance.
#[derive(Clone, Copy, Debug)]
pub enum Cost {
    /// A page read off a stored file.
    Look,
    /// A file taken in and checked.
    Check,
    /// Something signed and timestamped for the asking.
    Signature,
}

impl Cost {
    const fn units(self) -> u32 {
        match self {
            Self::Look => 1,
            Self::Check => 3,
            Self::Signature => 5,
        }
    }
}

/// What each client has used up of the running minute.
#[derive(Debug, Default)]
pub struct Pace(Mutex<Spent>);

#[derive(Debug, Default)]
struct Spent {
    minute: i64,
    by_client: HashMap<IpAddr, u32>,
}

impl Pace {
    /// Counts it to the client.
    ///
    /// # Errors
    /// `TooMany` once the minute's allowance is used up, with the seconds until the next.
    pub fn count(&self, client: IpAddr, cost: Cost, now: Timestamp) -> Result<(), WebError> {
        let second = now.as_second();
        let mut spent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let minute = second.div_euclid(MINUTE);
        if spent.minute != minute || spent.by_client.len() >= MOST_CLIENTS {
            spent.minute = minute;
            spent.by_client.clear();
        }
        let used = spent.by_client.entry(network(client)).or_default();
        *used = used.saturating_add(cost.units());
        if *used <= A_MINUTE {
            return Ok(());
        }
        let left = MINUTE - second.rem_euclid(MINUTE);
        Err(WebError::TooMany {
            seconds: u32::try_from(left).unwrap_or_default(),
        })
    }
}

/// Whoever has one address of IPv6 has 2⁶⁴ of them.
pub(super) fn network(client: IpAddr) -> IpAddr {
    match client {
        IpAddr::V4(_) => client,
        IpAddr::V6(address) => {
            let prefix = address.to_bits() >> 64 << 64;
            IpAddr::V6(Ipv6Addr::from_bits(prefix))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn what_costs_more_is_had_less_often_and_every_minute_anew() {
        let pace = Pace::default();
        let (client, now) = ([192, 0, 2, 1].into(), at("2026-11-22T01:00:15Z"));
        for _ in 0..60 {
            pace.count(client, Cost::Signature, now).unwrap();
        }
        let refused = pace.count(client, Cost::Look, now);
        assert!(
            matches!(refused, Err(WebError::TooMany { seconds: 45 })),
            "{refused:?}"
        );
        pace.count([192, 0, 2, 2].into(), Cost::Look, now).unwrap();
        let later = at("2026-11-22T01:01:00Z");
        for _ in 0..300 {
            pace.count(client, Cost::Look, later).unwrap();
        }
        pace.count(client, Cost::Look, later).unwrap_err();
    }

    #[test]
    fn all_addresses_of_one_network_of_the_sixth_version_are_one_client() {
        let pace = Pace::default();
        let now = at("2026-11-22T01:00:00Z");
        for number in 0..60_u128 {
            let client = Ipv6Addr::from_bits(0x2001_0db8 << 96 | number);
            pace.count(client.into(), Cost::Signature, now).unwrap();
        }
        let beside = Ipv6Addr::from_bits(0x2001_0db8 << 96 | 0xffff_ffff);
        pace.count(beside.into(), Cost::Look, now).unwrap_err();
        let other = Ipv6Addr::from_bits(0x2001_0db8_0000_0001 << 64);
        pace.count(other.into(), Cost::Look, now).unwrap();
    }
}
