//! The way of a phone to the platform, which a test may cut or clog, or whose address it may change: everything goes through
//! here, in both directions.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::sync::watch;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Open,
    /// What is sent waits, and nobody is told.
    Clogged,
    /// Connections break, and new ones are refused.
    Cut,
}

/// One road; it ends with its value.
pub(crate) struct Road {
    /// Where pages find the platform by this road.
    pub(crate) base: String,
    way: watch::Sender<Way>,
}

impl Road {
    /// To a platform at `base`, open.
    pub(crate) async fn to(base: &str) -> Self {
        let there = base.strip_prefix("http://").unwrap().to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let (way, seen) = watch::channel(Way::Open);
        tokio::spawn(carry_all(listener, there, seen));
        Self { base, way }
    }

    pub(crate) fn open(&self) {
        self.way.send_replace(Way::Open);
    }

    pub(crate) fn clog(&self) {
        self.way.send_replace(Way::Clogged);
    }

    pub(crate) fn cut(&self) {
        self.way.send_replace(Way::Cut);
    }
}

async fn carry_all(listener: TcpListener, there: String, way: watch::Receiver<Way>) {
    loop {
        let Ok((near, _)) = listener.accept().await else {
            return;
        };
        if *way.borrow() == Way::Cut {
            continue;
        }
        let Ok(far) = TcpStream::connect(&there).await else {
            continue;
        };
        let ((from_near, to_near), (from_far, to_far)) = (near.into_split(), far.into_split());
        tokio::spawn(carry(from_near, to_far, way.clone()));
        tokio::spawn(carry(from_far, to_near, way.clone()));
    }
}

/// Until either end closes, the road is cut, or the test is over.
async fn carry(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, mut way: watch::Receiver<Way>) {
    let mut chunk = vec![0; 16 * 1024];
    let mut cut = way.clone();
    loop {
        let read = tokio::select! {
            read = from.read(&mut chunk) => read,
            _ = cut.wait_for(|way| *way == Way::Cut) => return,
        };
        let Ok(length @ 1..) = read else {
            return;
        };
        let passed = way.wait_for(|way| *way != Way::Clogged).await;
        if passed.is_ok_and(|way| *way == Way::Open) && to.write_all(&chunk[..length]).await.is_ok()
        {
            continue;
        }
        return;
    }
}

/// A gateway that gives everybody behind it an address of its own on the way out, for datagrams.
pub(crate) struct Gateway {
    ways: Ways,
    renewed: watch::Sender<()>,
}

type Ways = Arc<Mutex<HashMap<SocketAddr, Arc<UdpSocket>>>>;

/// Where a gateway stands that leads to a platform at the same port of 127.0.0.1.
pub(crate) const GATEWAY: [u8; 4] = [127, 0, 0, 2];

impl Gateway {
    pub(crate) async fn at(port: u16) -> Self {
        let near = UdpSocket::bind(SocketAddr::from((GATEWAY, port)));
        let near = Arc::new(near.await.unwrap());
        let platform = SocketAddr::from(([127, 0, 0, 1], port));
        let ways = Ways::default();
        let (renewed, seen) = watch::channel(());
        tokio::spawn(route(near, platform, Arc::clone(&ways), seen));
        Self { ways, renewed }
    }

    /// From now on everybody is seen under another address; what is sent to the former one is lost.
    pub(crate) fn renew(&self) {
        self.ways.lock().unwrap().clear();
        self.renewed.send_replace(());
    }
}

/// Until the test is over.
async fn route(
    near: Arc<UdpSocket>,
    platform: SocketAddr,
    ways: Ways,
    renewed: watch::Receiver<()>,
) {
    let mut datagram = [0; 2048];
    loop {
        let (length, from) = near.recv_from(&mut datagram).await.unwrap();
        let known = ways.lock().unwrap().get(&from).map(Arc::clone);
        let far = if let Some(far) = known {
            far
        } else {
            let far = Arc::new(UdpSocket::bind("127.0.0.3:0").await.unwrap());
            far.connect(platform).await.unwrap();
            tokio::spawn(bring_back(
                Arc::clone(&near),
                from,
                Arc::clone(&far),
                renewed.clone(),
            ));
            ways.lock().unwrap().insert(from, Arc::clone(&far));
            far
        };
        // A platform that is gone refuses, which a phone does not see either.
        let _gone = far.send(&datagram[..length]).await;
    }
}

async fn bring_back(
    near: Arc<UdpSocket>,
    to: SocketAddr,
    far: Arc<UdpSocket>,
    mut renewed: watch::Receiver<()>,
) {
    renewed.mark_unchanged();
    let mut datagram = [0; 2048];
    loop {
        tokio::select! {
            got = far.recv(&mut datagram) => {
                if let Ok(length) = got {
                    near.send_to(&datagram[..length], to).await.unwrap();
                }
            }
            _ = renewed.changed() => return,
        }
    }
}
