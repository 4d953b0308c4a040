//! Pages that reach the rooms by a relay only.

use heyi::config::Turn;
use heyi::rooms::RelayConfig;
use zeroize::Zeroizing;

use super::house::{Guest, House};
use crate::support::browser::{Setup, turn};

/// Connections as pages make them, and with what.
const COLLECT: &str = "window.connections = [];
    window.made = [];
    const Original = RTCPeerConnection;
    window.RTCPeerConnection = class extends Original {
        constructor(...given) { super(...given); window.connections.push(this); window.made.push(given[0]); }
        setConfiguration(given) { super.setConfiguration(given); window.made.push(given); }
    };";

/// How each connection that stands goes: the kind and address of the page's end of the path, by whose hand.
const PATHS: &str = "const paths = [];
    for (const connection of window.connections) {
        if (connection.connectionState !== 'connected') continue;
        const stats = await connection.getStats();
        for (const pair of stats.values()) {
            if (pair.type !== 'candidate-pair' || !pair.nominated) continue;
            const local = stats.get(pair.localCandidateId);
            paths.push([local.candidateType, local.relayProtocol, local.address].join(' '));
        }
    }
    return paths.join('; ');";

fn by_relay_only() -> House {
    let settings = Turn {
        listen: Some("127.0.0.1:0".parse().unwrap()),
        relay_only: true,
        ..Turn::default()
    };
    let key = Zeroizing::new([7; 32]);
    House::with_relays(RelayConfig { settings, key })
}

impl House {
    async fn enter_by_relay(&self, name: &str, setup: &Setup) -> Guest {
        let guest = self.visit(name, setup, COLLECT).await;
        guest.browser.enters_the_call().await;
        guest
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_that_go_by_the_relay_only_see_and_hear_each_other() {
    let _turn = turn().await;
    let house = by_relay_only();
    let mediator = house.enter_by_relay("mediator", &Setup::DESK).await;
    let party = house.enter_by_relay("applicant", &Setup::PHONE).await;
    party.is_at("waiting").await;
    house.admit(&mediator, "applicant").await;
    for (hearer, speaker) in [(&mediator, "applicant"), (&party, "mediator")] {
        let id = house.id(speaker);
        hearer.gets_more(&format!("{id}-a"), "packets").await;
        hearer.gets_more(&format!("{id}-v"), "frames").await;
        let paths = hearer.reads(PATHS).await;
        let paths: Vec<_> = paths.split("; ").collect();
        assert_eq!(paths.len(), 2, "{paths:?}");
        for path in paths {
            assert!(path.starts_with("relay udp 198.18.0."), "{path}");
        }
    }
}

/// Names lapse; a page that stays for long asks for fresh ones, and what it makes anew goes by them.
#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_is_made_later_goes_by_a_fresh_name() {
    let _turn = turn().await;
    let house = by_relay_only();
    let mediator = house.enter_by_relay("mediator", &Setup::DESK).await;
    let party = house.enter_by_relay("applicant", &Setup::PHONE).await;
    party.is_at("waiting").await;
    house.admit(&mediator, "applicant").await;
    let id = house.id("mediator");
    party.gets_more(&format!("{id}-a"), "packets").await;
    let again = "const name = (made) => Number(made.iceServers[0].username.split(':')[0]);
        if (name(window.made.at(-1)) > name(window.made[0])) return true;
        dispatchEvent(new Event('online'));
        return false;";
    party.browser.until("a fresh name is used", again).await;
    party.gets_more(&format!("{id}-a"), "packets").await;
    party.gets_more(&format!("{id}-v"), "frames").await;
}
