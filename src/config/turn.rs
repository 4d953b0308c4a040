//! Relays for pages that reach the rooms by no other way.

use std::net::SocketAddr;

use serde::{Deserialize, Serialize};

use super::Secret;

/// Of ports below 1024 browsers ask no others for a relay.
const LOW_PORTS: [u16; 3] = [53, 80, 443];

/// How pages reach the rooms where they cannot directly.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Turn {
    /// The UDP port of a relay in this process, which leads to its rooms and nowhere else; without it there is none.
    pub listen: Option<SocketAddr>,
    /// Relays elsewhere, such as coturn.
    pub servers: Vec<TurnServer>,
    /// No page speaks to the rooms directly.
    pub relay_only: bool,
}

/// A relay elsewhere, which knows the same secret (coturn: `use-auth-secret` and `static-auth-secret`).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TurnServer {
    /// Such as `turn:relay.example:3478?transport=udp`, the same with `tcp`, and `turns:relay.example:443?transport=tcp`.
    pub urls: Vec<String>,
    pub secret: Secret,
}

impl Turn {
    /// `media` is the rooms' own port.
    pub(super) fn check(&self, media: Option<SocketAddr>, wrong: &mut Vec<String>) {
        if let Some(listen) = self.listen {
            let port = listen.port();
            if (1..1024).contains(&port) && !LOW_PORTS.contains(&port) {
                wrong.push(format!(
                    "rtc.turn.listen: browsers ask no relay at port {port}; take 53, 80, 443 or one from 1024 on"
                ));
            }
            if port > 0 && media.is_some_and(|media| media.port() == port) {
                wrong.push(format!(
                    "rtc.turn.listen: port {port} is that of rtc.listen"
                ));
            }
        }
        for server in &self.servers {
            if server.urls.is_empty() {
                wrong.push("rtc.turn.servers.urls: empty".to_owned());
            }
            if server.secret.reveal().is_empty() {
                wrong.push("rtc.turn.servers.secret: empty".to_owned());
            }
            let others = server.urls.iter().filter(|url| !is_relay(url));
            wrong.extend(others.map(|url| {
                format!(
                    "rtc.turn.servers.urls: {url} is not turn: or turns: and a host, with ?transport=udp or tcp"
                )
            }));
        }
        if self.relay_only && self.listen.is_none() && self.servers.is_empty() {
            wrong.push("rtc.turn.relay_only: there is no relay".to_owned());
        }
    }
}

/// RFC 7065; over TLS there is no UDP in browsers.
fn is_relay(url: &str) -> bool {
    let (address, transport) = url.split_once('?').unwrap_or((url, ""));
    let (host, transports) = if let Some(host) = address.strip_prefix("turns:") {
        (host, &["", "transport=tcp"][..])
    } else {
        let host = address.strip_prefix("turn:").unwrap_or_default();
        (host, &["", "transport=udp", "transport=tcp"][..])
    };
    let named = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
    !host.is_empty() && host.chars().all(named) && transports.contains(&transport)
}
