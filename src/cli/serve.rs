//! `heyi serve`.

use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;

use super::log;
use crate::app::{App, Kind, LIE_OPEN, Server, StartError, endings, lie_open, own_addresses};
use crate::config::Config;
use crate::storage::accounts::staff;

/// Said until somebody works here.
const FIRST_STEPS: &str =
    "Nobody works here yet. Describe your organisations as `heyi office export` of a demo town does, then:
  heyi office import FOLDER
  heyi user add LOGIN --name NAME --organisation PREFIX --role dispatcher";

pub(super) async fn serve(config: Config, kind: Kind) -> Result<(), StartError> {
    log::start(config.log);
    if kind == Kind::Plain && lie_open(&config) {
        tracing::warn!("{LIE_OPEN}");
    }
    for ending in endings(&config) {
        tracing::warn!("{ending}");
    }
    let app = App::open(config, kind).await?;
    let nobody = kind == Kind::Plain && staff::count(&mut app.store.read().await?).await? == 0;
    let server = Server::bind(app).await?;
    tell(&server);
    if nobody {
        println!("{FIRST_STEPS}");
    }
    crate::app::serve(server).await
}

/// The addresses, and the one that a phone can reach as a QR code.
fn tell(server: &Server) {
    let base = server.base_url();
    println!("heyi 和议 {base}/");
    if server.listening.ip().is_unspecified() && server.app.config.public_url.is_none() {
        let scheme = base.split("://").next().unwrap_or("http");
        for ip in own_addresses().unwrap_or_default() {
            let address = std::net::SocketAddr::new(ip, server.listening.port());
            println!("         {scheme}://{address}/");
        }
    }
    match QrCode::new(format!("{base}/")) {
        Ok(code) => println!(
            "{}",
            code.render::<Dense1x2>()
                .dark_color(Dense1x2::Light)
                .light_color(Dense1x2::Dark)
                .build()
        ),
        Err(error) => tracing::warn!(%error, "the address does not fit into a QR code"),
    }
}
