//! The way of a phone to the platform, which a test may cut or clog: everything by TCP goes through here, in both directions.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
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
