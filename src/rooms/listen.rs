//! The sockets of the rooms, and under which addresses pages find them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;

use socket2::{Domain, Socket, Type};

use super::registry::RoomsError;
use super::turn::RelayConfig;

/// Bytes the kernel may hold for the socket in each direction: about a tenth of a second of 100 rooms.
const SOCKET_BUFFER: usize = 4 << 20;

/// Where the rooms listen and what they tell pages.
#[derive(Clone, Debug)]
pub struct MediaConfig {
    /// The one UDP address of all rooms; port 0 takes any.
    pub listen: SocketAddr,
    /// Addresses under which pages reach it, with the port of `listen`. Empty: the listening address, or, where
    /// that is unspecified, this machine's own.
    pub announce: Vec<IpAddr>,
    /// How pages come here that cannot directly.
    pub relays: RelayConfig,
    /// Where recordings lie, each in a folder of its own, made when the first begins.
    pub recordings: PathBuf,
}

pub(super) fn open(listen: SocketAddr) -> Result<mio::net::UdpSocket, RoomsError> {
    let socket = Socket::new(Domain::for_address(listen), Type::DGRAM, None)?;
    socket.set_recv_buffer_size(SOCKET_BUFFER)?;
    socket.set_send_buffer_size(SOCKET_BUFFER)?;
    socket.bind(&listen.into())?;
    socket.set_nonblocking(true)?;
    Ok(mio::net::UdpSocket::from_std(socket.into()))
}

/// Under which addresses pages reach what listens here at this port.
pub(super) fn announced(announce: &[IpAddr], listen: IpAddr, port: u16) -> Vec<SocketAddr> {
    let mut addresses = announce.to_vec();
    if addresses.is_empty() {
        if listen.is_unspecified() {
            addresses.extend(own_address());
            addresses.push(IpAddr::V4(Ipv4Addr::LOCALHOST));
        } else {
            addresses.push(listen);
        }
    }
    addresses
        .into_iter()
        .map(|ip| SocketAddr::new(ip, port))
        .collect()
}

/// The address this machine would speak from; connecting a datagram socket sends nothing. The targets are of
/// the blocks reserved for documentation (RFC 5737, RFC 3849).
fn own_address() -> Option<IpAddr> {
    let targets = [
        (
            IpAddr::V4(Ipv4Addr::UNSPECIFIED),
            IpAddr::V4(Ipv4Addr::new(203, 0, 113, 1)),
        ),
        (
            IpAddr::V6(Ipv6Addr::UNSPECIFIED),
            IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1)),
        ),
    ];
    targets.into_iter().find_map(|(from, to)| {
        let socket = std::net::UdpSocket::bind((from, 0)).ok()?;
        socket.connect((to, 9)).ok()?;
        socket.local_addr().ok().map(|address| address.ip())
    })
}
