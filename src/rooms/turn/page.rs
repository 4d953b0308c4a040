//! Which relays a page is told of, with names and passwords that lapse after ten minutes.

use std::net::SocketAddr;

use aws_lc_rs::hmac::{HMAC_SHA256, Key, sign};
use jiff::Timestamp;
use serde::Serialize;
use zeroize::Zeroizing;

use super::credentials::{Credentials, subkey};
use crate::config::Turn as Settings;
use crate::domain::ids::PersonId;

/// Bytes of what stands for a person in a name.
const WHO: usize = 8;
const A_DAY: i64 = 86_400;

/// The relays of an installation.
#[derive(Clone, Debug, Default)]
pub struct RelayConfig {
    pub settings: Settings,
    /// From which the secrets of our own relay are made.
    pub key: Zeroizing<[u8; 32]>,
}

/// What a page hands to its connections as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Ice {
    ice_servers: Vec<IceServer>,
    ice_transport_policy: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct IceServer {
    urls: Vec<String>,
    username: String,
    credential: String,
}

/// Tells pages of relays.
pub(crate) struct Relays {
    servers: Vec<Server>,
    only: bool,
    names: Key,
}

struct Server {
    urls: Vec<String>,
    secret: Zeroizing<Vec<u8>>,
}

/// The secret of our own relay.
pub(super) fn secret(key: &[u8]) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(subkey(key, "password").as_ref().to_vec())
}

impl Relays {
    /// Ours at these addresses, and those elsewhere.
    pub(crate) fn new(config: &RelayConfig, own: &[SocketAddr]) -> Self {
        let key = config.key.as_slice();
        let mut servers = Vec::new();
        if !own.is_empty() {
            let urls = reachable(own).map(|at| format!("turn:{at}?transport=udp"));
            servers.push(Server {
                urls: urls.collect(),
                secret: secret(key),
            });
        }
        servers.extend(config.settings.servers.iter().map(|server| Server {
            urls: server.urls.clone(),
            secret: Zeroizing::new(server.secret.reveal().as_bytes().to_vec()),
        }));
        Self {
            servers,
            only: config.settings.relay_only,
            names: Key::new(HMAC_SHA256, subkey(key, "name").as_ref()),
        }
    }

    /// For this person, from now.
    pub(crate) fn ice(&self, person: PersonId, now: Timestamp) -> Ice {
        let who = self.who(person, now);
        let offered = self.servers.iter().map(|server| {
            let issued = Credentials::issue(&server.secret, &who, now);
            IceServer {
                urls: server.urls.clone(),
                username: issued.username,
                credential: issued.password,
            }
        });
        Ice {
            ice_servers: offered.collect(),
            ice_transport_policy: if self.only { "relay" } else { "all" },
        }
    }

    /// What stands for a person in names: the same for a day, so that quotas hold, and nothing that leads to them.
    fn who(&self, person: PersonId, now: Timestamp) -> String {
        let day = now.as_second().div_euclid(A_DAY);
        let proof = sign(&self.names, format!("{person} {day}").as_bytes());
        crate::rooms::hex(proof.as_ref().get(..WHO).unwrap_or_default())
    }
}

/// This machine's address for itself is of use to nobody else, unless there is no other.
fn reachable(own: &[SocketAddr]) -> impl Iterator<Item = &SocketAddr> {
    let everywhere = own.iter().any(|at| !at.ip().is_loopback());
    own.iter()
        .filter(move |at| !everywhere || !at.ip().is_loopback())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::SignedDuration;
    use serde_json::Value;

    use super::*;
    use crate::clock::Clock;
    use crate::config::TurnServer;

    fn now() -> Timestamp {
        "2026-11-22T08:00:00Z".parse().unwrap()
    }

    fn somebody() -> PersonId {
        PersonId(Clock::system().new_id())
    }

    fn told(config: &RelayConfig, own: &[&str], person: PersonId, now: Timestamp) -> Value {
        let own: Vec<_> = own.iter().map(|at| at.parse().unwrap()).collect();
        let ice = Relays::new(config, &own).ice(person, now);
        serde_json::to_value(ice).unwrap()
    }

    #[test]
    fn without_relays_a_page_is_told_of_none() {
        let told = told(&RelayConfig::default(), &[], somebody(), now());
        assert_eq!(
            told,
            serde_json::json!({ "iceServers": [], "iceTransportPolicy": "all" })
        );
    }

    #[test]
    fn a_page_is_told_of_ours_and_of_those_elsewhere_each_with_its_own_password() {
        let urls = [
            "turn:relay.example:3478?transport=udp",
            "turn:relay.example:3478?transport=tcp",
            "turns:relay.example:5349?transport=tcp",
        ];
        let elsewhere = TurnServer {
            urls: urls.map(str::to_owned).to_vec(),
            secret: "north".into(),
        };
        let config = RelayConfig {
            settings: Settings {
                servers: vec![elsewhere],
                relay_only: true,
                ..Settings::default()
            },
            key: Zeroizing::new([7; 32]),
        };
        let own = ["192.0.2.7:3478", "[2001:db8::1]:3478", "127.0.0.1:3478"];
        let told = told(&config, &own, somebody(), now());
        assert_eq!(told["iceTransportPolicy"], "relay");
        let [ours, theirs] = told["iceServers"].as_array().unwrap().as_slice() else {
            panic!("two relays");
        };
        let expected = [
            "turn:192.0.2.7:3478?transport=udp",
            "turn:[2001:db8::1]:3478?transport=udp",
        ];
        assert_eq!(ours["urls"], serde_json::json!(expected));
        assert_eq!(theirs["urls"], serde_json::json!(urls));
        for (server, secret) in [(ours, secret(&[7; 32]).as_slice()), (theirs, b"north")] {
            let username = server["username"].as_str().unwrap();
            assert!(username.starts_with("1795335000:"), "{username}");
            let password = super::super::credentials::password(secret, username);
            assert_eq!(server["credential"], password);
        }
        assert_ne!(ours["credential"], theirs["credential"]);
    }

    #[test]
    fn this_machine_alone_is_told_of_itself() {
        let told = told(
            &RelayConfig::default(),
            &["127.0.0.1:3478"],
            somebody(),
            now(),
        );
        let urls = &told["iceServers"][0]["urls"];
        assert_eq!(
            urls,
            &serde_json::json!(["turn:127.0.0.1:3478?transport=udp"])
        );
    }

    #[test]
    fn a_name_says_nothing_of_its_person_and_is_another_the_next_day() {
        let person = somebody();
        let tomorrow = now() + SignedDuration::from_secs(A_DAY);
        let of = |key: u8, person, at| {
            let config = RelayConfig {
                key: Zeroizing::new([key; 32]),
                ..RelayConfig::default()
            };
            let told = told(&config, &["127.0.0.1:3478"], person, at);
            let username = told["iceServers"][0]["username"].as_str().unwrap();
            username.split_once(':').unwrap().1.to_owned()
        };
        let later = now() + SignedDuration::from_secs(60);
        assert_eq!(of(1, person, now()), of(1, person, later));
        let all = [
            of(1, person, now()),
            of(1, somebody(), now()),
            of(1, person, tomorrow),
            of(2, person, now()),
        ];
        assert_eq!(BTreeSet::from(all.clone()).len(), 4, "{all:?}");
        let id = person.to_string();
        assert!(all.iter().all(|who| who.len() == 16 && !id.contains(who)));
    }
}
