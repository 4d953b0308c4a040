//! The way of a phone to the platform, which a test may cut or clog, or whose address it may change: everything goes through
//! here, in both directions.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU32, Ordering};
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
    loses: Loss,
}

/// Of a hundred datagrams, how many are lost, in each direction.
#[derive(Clone, Debug, Default)]
struct Loss(Arc<AtomicU32>);

impl Loss {
    /// Whether the datagram of this number is lost: spread evenly, the same in every run.
    fn takes(&self, number: u32) -> bool {
        let spread = number.wrapping_mul(2_654_435_761) >> 16;
        spread % 100 < self.0.load(Ordering::Relaxed)
    }
}

type Ways = Arc<Mutex<HashMap<SocketAddr, Arc<UdpSocket>>>>;

/// Where a gateway stands that leads to a platform at the same port of 127.0.0.1.
pub(crate) const GATEWAY: [u8; 4] = [127, 0, 0, 2];

impl Gateway {
    pub(crate) async fn at(port: u16) -> Self {
        let near = UdpSocket::bind(SocketAddr::from((GATEWAY, port)));
        let (renewed, seen) = watch::channel(());
        let gateway = Self {
            ways: Ways::default(),
            renewed,
            loses: Loss::default(),
        };
        let route = Route {
            near: Arc::new(near.await.unwrap()),
            platform: SocketAddr::from(([127, 0, 0, 1], port)),
            ways: Arc::clone(&gateway.ways),
            renewed: seen,
            loses: gateway.loses.clone(),
        };
        tokio::spawn(route.lead());
        gateway
    }

    /// From now on so many of a hundred datagrams are lost on the way there, and so many on the way back.
    pub(crate) fn loses(&self, percent: u32) {
        self.loses.0.store(percent, Ordering::Relaxed);
    }

    /// From now on everybody is seen under another address; what is sent to the former one is lost.
    pub(crate) fn renew(&self) {
        self.ways.lock().unwrap().clear();
        self.renewed.send_replace(());
    }
}

#[derive(Clone)]
struct Route {
    near: Arc<UdpSocket>,
    platform: SocketAddr,
    ways: Ways,
    renewed: watch::Receiver<()>,
    loses: Loss,
}

impl Route {
    /// Until the test is over.
    async fn lead(self) {
        let mut datagram = [0; 2048];
        for number in 0_u32.. {
            let (length, from) = self.near.recv_from(&mut datagram).await.unwrap();
            if self.loses.takes(number) {
                continue;
            }
            let known = self.ways.lock().unwrap().get(&from).map(Arc::clone);
            let far = if let Some(far) = known {
                far
            } else {
                let far = Arc::new(UdpSocket::bind("127.0.0.3:0").await.unwrap());
                far.connect(self.platform).await.unwrap();
                tokio::spawn(self.clone().bring_back(from, Arc::clone(&far)));
                self.ways.lock().unwrap().insert(from, Arc::clone(&far));
                far
            };
            // A platform that is gone refuses, which a phone does not see either.
            let _gone = far.send(&datagram[..length]).await;
        }
    }

    async fn bring_back(mut self, to: SocketAddr, far: Arc<UdpSocket>) {
        self.renewed.mark_unchanged();
        let mut datagram = [0; 2048];
        for number in 0_u32.. {
            let got = tokio::select! {
                got = far.recv(&mut datagram) => got,
                _ = self.renewed.changed() => return,
            };
            if let Ok(length) = got
                && !self.loses.takes(number)
            {
                self.near.send_to(&datagram[..length], to).await.unwrap();
            }
        }
    }
}
