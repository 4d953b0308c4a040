//! What a client that has proved itself asks for: a place, more time for it, leave to speak, a short name.

use std::net::{IpAddr, SocketAddr};
use std::time::{Duration, Instant};

use rtc::stun::attributes::{ATTR_LIFETIME, ATTR_REQUESTED_ADDRESS_FAMILY};
use rtc::stun::error_code::{
    CODE_ADDR_FAMILY_NOT_SUPPORTED, CODE_ALLOC_MISMATCH, CODE_ALLOC_QUOTA_REACHED,
    CODE_BAD_REQUEST, CODE_FORBIDDEN, CODE_INSUFFICIENT_CAPACITY, CODE_UNKNOWN_ATTRIBUTE,
    CODE_UNSUPPORTED_TRANS_PROTO, CODE_WRONG_CREDENTIALS, ErrorCode,
};
use rtc::stun::message::{
    Getter as _, METHOD_ALLOCATE, METHOD_CHANNEL_BIND, METHOD_CREATE_PERMISSION, METHOD_REFRESH,
    Message,
};
use rtc::turn::proto::PROTO_UDP;
use rtc::turn::proto::channum::ChannelNumber;
use rtc::turn::proto::lifetime::Lifetime;
use rtc::turn::proto::relayaddr::RelayedAddress;
use rtc::turn::proto::reqfamily::{
    REQUESTED_FAMILY_IPV4, REQUESTED_FAMILY_IPV6, RequestedAddressFamily,
};
use rtc::turn::proto::reqtrans::RequestedTransport;

use super::allocation::{Allocation, Holder, LIFE};
use super::message::{self, Answer, Said};
use super::{Turn, mapped};

/// Allocations of one person: two connections and two that rise beside them, by each network of a phone, to each of our
/// addresses.
pub(super) const OF_A_PERSON: usize = 24;
/// Of one address: many share one that their provider gives out.
pub(super) const OF_AN_ADDRESS: usize = 240;
pub(super) const OF_ALL: usize = 4_000;
/// Numbers of channels (RFC 8656, 12).
const CHANNELS: std::ops::RangeInclusive<u16> = 0x4000..=0x4fff;

impl Turn {
    pub(super) fn answer(
        &mut self,
        request: &Message,
        holder: Holder,
        from: SocketAddr,
        tick: Instant,
    ) -> Answer {
        let unknown = message::unknown(request);
        if !unknown.is_empty() {
            return Answer::Refused(CODE_UNKNOWN_ATTRIBUTE, message::not_understood(unknown));
        }
        let method = request.typ.method;
        if method == METHOD_ALLOCATE {
            return self.allocate(request, holder, from, tick);
        }
        let Some(held) = self.held(from, tick) else {
            return Answer::refused(CODE_ALLOC_MISMATCH);
        };
        if held.holder.username != holder.username {
            return Answer::refused(CODE_WRONG_CREDENTIALS);
        }
        let answer = match method {
            METHOD_REFRESH => self.refresh(request, from, tick),
            METHOD_CREATE_PERMISSION => self.permit(request, from, tick),
            METHOD_CHANNEL_BIND => self.bind(request, from, tick),
            _ => Err(CODE_BAD_REQUEST),
        };
        answer.map_or_else(Answer::refused, Answer::Granted)
    }

    fn allocate(
        &mut self,
        request: &Message,
        holder: Holder,
        from: SocketAddr,
        tick: Instant,
    ) -> Answer {
        if let Some(held) = self.held(from, tick) {
            let again = held.made_by == request.transaction_id.0;
            if !again || held.holder.username != holder.username {
                return Answer::refused(CODE_ALLOC_MISMATCH);
            }
            return self.granted(from, tick);
        }
        let refusal = self
            .unfit(request)
            .or_else(|| self.exceeds(&holder.who, from.ip(), tick));
        if let Some(code) = refusal {
            return Answer::refused(code);
        }
        while self.clients.contains_key(&self.next) {
            self.next = self.next.after();
        }
        let place = self.next;
        self.next = place.after();
        let made_by = request.transaction_id.0;
        let held = Allocation::new(place, holder, made_by, self.ours.len(), tick);
        self.allocations.insert(from, held);
        self.clients.insert(place, from);
        self.granted(from, tick)
    }

    fn granted(&self, client: SocketAddr, tick: Instant) -> Answer {
        let Some(held) = self.allocations.get(&client) else {
            return Answer::refused(CODE_ALLOC_MISMATCH);
        };
        let relayed = held.place.address(self.is_six(), 0);
        let (ip, port) = (relayed.ip(), relayed.port());
        Answer::Granted(vec![
            Box::new(RelayedAddress { ip, port }),
            Box::new(Lifetime(held.left(tick))),
            Box::new(mapped(client)),
        ])
    }

    /// What is asked for and cannot be had here.
    fn unfit(&self, request: &Message) -> Option<ErrorCode> {
        let mut transport = RequestedTransport::default();
        let mut family = RequestedAddressFamily::default();
        if transport.get_from(request).is_err() {
            return Some(CODE_BAD_REQUEST);
        }
        if transport.protocol != PROTO_UDP {
            return Some(CODE_UNSUPPORTED_TRANS_PROTO);
        }
        message::value(request, ATTR_REQUESTED_ADDRESS_FAMILY)?;
        let ours = if self.is_six() {
            REQUESTED_FAMILY_IPV6
        } else {
            REQUESTED_FAMILY_IPV4
        };
        let fits = family.get_from(request).is_ok() && family == ours;
        (!fits).then_some(CODE_ADDR_FAMILY_NOT_SUPPORTED)
    }

    /// Which quota one more would exceed.
    fn exceeds(&mut self, who: &str, ip: IpAddr, tick: Instant) -> Option<ErrorCode> {
        self.sweep(tick);
        let (mut of_person, mut of_address) = (0, 0);
        for (client, held) in &self.allocations {
            of_person += usize::from(held.holder.who == who);
            of_address += usize::from(neighbourhood(client.ip()) == neighbourhood(ip));
        }
        if of_person >= OF_A_PERSON || of_address >= OF_AN_ADDRESS {
            return Some(CODE_ALLOC_QUOTA_REACHED);
        }
        (self.allocations.len() >= OF_ALL).then_some(CODE_INSUFFICIENT_CAPACITY)
    }

    fn refresh(
        &mut self,
        request: &Message,
        from: SocketAddr,
        tick: Instant,
    ) -> Result<Said, ErrorCode> {
        let mut asked = Lifetime(LIFE);
        if message::value(request, ATTR_LIFETIME).is_some() {
            asked.get_from(request).or(Err(CODE_BAD_REQUEST))?;
        }
        let held = self.held(from, tick).ok_or(CODE_ALLOC_MISMATCH)?;
        if asked.0.is_zero() {
            let place = held.place;
            self.allocations.remove(&from);
            self.clients.remove(&place);
            return Ok(vec![Box::new(Lifetime(Duration::ZERO))]);
        }
        held.refresh(tick);
        Ok(vec![Box::new(Lifetime(held.left(tick)))])
    }

    /// The numbers of ours among those that are named; all must be.
    fn named(&self, request: &Message) -> Result<Vec<usize>, ErrorCode> {
        let peers = message::peers(request).ok_or(CODE_BAD_REQUEST)?;
        if peers.is_empty() {
            return Err(CODE_BAD_REQUEST);
        }
        let number = |peer: &SocketAddr| self.ours.iter().position(|ours| ours == peer);
        let numbers: Option<Vec<usize>> = peers.iter().map(number).collect();
        numbers.ok_or(CODE_FORBIDDEN)
    }

    fn permit(
        &mut self,
        request: &Message,
        from: SocketAddr,
        tick: Instant,
    ) -> Result<Said, ErrorCode> {
        let peers = self.named(request)?;
        let held = self.held(from, tick).ok_or(CODE_ALLOC_MISMATCH)?;
        for peer in peers {
            held.permit(peer, tick);
        }
        Ok(Vec::new())
    }

    fn bind(
        &mut self,
        request: &Message,
        from: SocketAddr,
        tick: Instant,
    ) -> Result<Said, ErrorCode> {
        let mut channel = ChannelNumber::default();
        channel.get_from(request).or(Err(CODE_BAD_REQUEST))?;
        let &[peer] = self.named(request)?.as_slice() else {
            return Err(CODE_BAD_REQUEST);
        };
        let held = self.held(from, tick).ok_or(CODE_ALLOC_MISMATCH)?;
        let bound = CHANNELS.contains(&channel.0) && held.bind(peer, channel.0, tick);
        bound.then(Vec::new).ok_or(CODE_BAD_REQUEST)
    }
}

/// Those who count as one: of the newer addresses a whole network belongs to one customer.
fn neighbourhood(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V4(_) => ip,
        IpAddr::V6(six) => IpAddr::V6((u128::from(six) >> 64 << 64).into()),
    }
}
