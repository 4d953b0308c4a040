//! The sockets of clients: how they behave on a bad line, and how many one client may hold open, so that none of them
//! takes away the places of others.

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, PoisonError};

use socket2::SockRef;

use super::pace::network;

/// A committee's whole house behind one address sits in its sessions in peace.
const MOST: u32 = 256;

/// Listens for clients, without blocking. What a room says is little and urgent: it leaves at once, and what is lost on
/// its way is repeated in even steps, not in ever longer ones. Every socket inherits that.
pub fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let listener = TcpListener::bind(address)?;
    listener.set_nonblocking(true)?;
    let socket = SockRef::from(&listener);
    socket.set_tcp_nodelay(true)?;
    #[cfg(target_os = "linux")]
    socket.set_tcp_thin_linear_timeouts(true)?;
    Ok(listener)
}

/// The open sockets of each client.
#[derive(Clone, Debug, Default)]
pub struct Sockets(Arc<Mutex<HashMap<IpAddr, u32>>>);

/// One open socket, until it is dropped.
#[derive(Debug)]
pub struct Open {
    all: Sockets,
    client: IpAddr,
}

impl Sockets {
    /// Counts one more; `None` if the client holds too many already.
    pub fn open(&self, client: IpAddr) -> Option<Open> {
        let client = network(client);
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let held = open.entry(client).or_default();
        (*held < MOST).then(|| {
            *held += 1;
            Open {
                all: self.clone(),
                client,
            }
        })
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        let mut open = self.all.0.lock().unwrap_or_else(PoisonError::into_inner);
        let held = open
            .get(&self.client)
            .map_or(0, |held| held.saturating_sub(1));
        if held == 0 {
            open.remove(&self.client);
        } else {
            open.insert(self.client, held);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_leaves_at_once_on_every_socket() {
        let listener = listen(([127, 0, 0, 1], 0).into()).unwrap();
        let _client = std::net::TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        listener.set_nonblocking(false).unwrap();
        let (taken, _) = listener.accept().unwrap();
        let taken = SockRef::from(&taken);
        assert!(taken.tcp_nodelay().unwrap());
        #[cfg(target_os = "linux")]
        assert!(taken.tcp_thin_linear_timeouts().unwrap());
    }

    #[test]
    fn a_client_gets_no_more_until_one_of_its_sockets_is_closed_and_others_get_theirs() {
        let sockets = Sockets::default();
        let client = IpAddr::from([192, 0, 2, 1]);
        let mut held: Vec<Open> = (0..MOST).filter_map(|_| sockets.open(client)).collect();
        assert_eq!(held.len(), 256);
        assert!(sockets.open(client).is_none());
        assert!(sockets.open(IpAddr::from([192, 0, 2, 2])).is_some());
        held.pop();
        assert!(sockets.open(client).is_some());
        held.clear();
        assert!(sockets.0.lock().unwrap().is_empty());
    }
}
