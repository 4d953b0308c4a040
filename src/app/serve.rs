//! Serving pages until the process is asked to end.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinHandle;

use super::working::Working;
use super::{App, Kind, StartError, base_url, meeting, tls};
use crate::config::Tls;
use crate::evidence::{Cabinet, Press};
use crate::paperwork::Chancery;
use crate::rooms::Rooms;
use crate::web::assets::Assets;
use crate::web::checks::Checks;
use crate::web::issued::Issued;
use crate::web::pace::Pace;
use crate::web::page::Templates;
use crate::web::pages::room::WrongPins;
use crate::web::sockets::Sockets;
use crate::web::{self, Site, State, Web};

/// How long requests may take to finish once the end was asked for.
const FAREWELL: Duration = Duration::from_secs(10);

/// A socket that listens already, so that the address can be told before the first request.
#[derive(Debug)]
pub struct Server {
    pub app: App,
    pub listening: SocketAddr,
    listener: TcpListener,
    tls: Option<RustlsConfig>,
}

impl Server {
    pub async fn bind(app: App) -> Result<Self, StartError> {
        let tls = tls::config(&app).await?;
        let listen = app.config.listen;
        let failed = |source| StartError::Io {
            what: format!("listening on {listen}"),
            source,
        };
        let listener = web::sockets::listen(listen).map_err(failed)?;
        Ok(Self {
            listening: listener.local_addr().map_err(failed)?,
            app,
            listener,
            tls,
        })
    }

    /// Where people find it, without a slash at the end.
    pub fn base_url(&self) -> String {
        base_url(&self.app.config, self.listening)
    }
}

/// Answers requests until SIGTERM or SIGINT, then lets those begun finish.
pub async fn serve(server: Server) -> Result<(), StartError> {
    let handle = Handle::new();
    let asked = asked_to_end().map_err(io_error("listening for signals"))?;
    let (rooms, attending) = meeting::open(&server.app)?;
    let ending = tokio::spawn({
        let (handle, rooms) = (handle.clone(), Arc::clone(&rooms));
        async move {
            asked.await;
            tracing::info!("asked to end; the rooms say goodbye and requests finish first");
            if let Err(error) = tokio::task::spawn_blocking(move || rooms.goodbye()).await {
                tracing::error!(%error, "the rooms could not say goodbye");
            }
            handle.graceful_shutdown(Some(FAREWELL));
        }
    });
    let working = Working::start(&server.app, server.base_url())?;
    let chancery = Arc::new(server.app.chancery(server.base_url()));
    let pages = web::router(state(&server.app, &rooms, chancery)?);
    let service = pages.into_make_service_with_connect_info::<SocketAddr>();
    let outcome = match server.tls {
        None => {
            let plain = axum_server::from_tcp(server.listener).map_err(io_error("serving"))?;
            plain.handle(handle).serve(service).await
        }
        Some(config) => {
            let encrypted = axum_server::from_tcp_rustls(server.listener, config)
                .map_err(io_error("serving"))?;
            encrypted.handle(handle).serve(service).await
        }
    };
    ending.abort();
    working.stop().await;
    keep_the_record(rooms, attending).await;
    server.app.store.close().await;
    outcome.map_err(io_error("serving"))
}

/// The rooms end, if they have not yet, and what they reported is kept.
async fn keep_the_record(rooms: Arc<Rooms>, attending: JoinHandle<()>) {
    let ended = tokio::task::spawn_blocking(move || rooms.goodbye()).await;
    if let Err(error) = ended.and(attending.await) {
        tracing::error!(%error, "the record of the sessions was not kept to its end");
    }
}

/// Resolves at SIGTERM or SIGINT; both are listened for from the call on.
fn asked_to_end() -> io::Result<impl Future<Output = ()> + Send> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

fn io_error(what: &str) -> impl FnOnce(io::Error) -> StartError {
    move |source| StartError::Io {
        what: what.to_owned(),
        source,
    }
}

/// What pages see of the house.
fn state(app: &App, rooms: &Arc<Rooms>, chancery: Arc<Chancery>) -> Result<Web, StartError> {
    let program = std::env::current_exe().map_err(io_error("our own program"))?;
    let overlay = app.config.assets.as_deref();
    let assets = Arc::new(Assets::load(overlay).map_err(io_error("the assets"))?);
    let public_tls = app
        .config
        .public_url
        .as_ref()
        .map(|url| url.starts_with("https://"));
    Ok(Arc::new(State {
        accounts: app.accounts(),
        desk: app.desk(),
        chancery,
        cabinet: Cabinet::new(app.desk(), app.files.clone(), Press::new(program)),
        rooms: Arc::clone(rooms),
        files: app.files.clone(),
        templates: Templates::load(overlay, &app.texts, &assets)?,
        checks: Checks::default(),
        texts: Arc::clone(&app.texts),
        assets,
        site: Site {
            tls: public_tls.unwrap_or(app.config.tls != Tls::Off),
            demo: app.kind == Kind::Demo,
            trusted_proxies: app.config.trusted_proxies.clone(),
            metrics_token: app.config.metrics_token.clone(),
            dial_in: app.config.rtc.dial_in.clone(),
        },
        pace: Pace::default(),
        sockets: Sockets::default(),
        wrong_pins: WrongPins::default(),
        issued: Issued::default(),
    }))
}
