//! Session descriptions as they go to a page and come from it.

use std::net::SocketAddr;

use rtc::peer_connection::transport::{
    CandidateConfig, CandidateHostConfig, RTCIceCandidate, RTCIceCandidateInit,
};
use rtc::shared::error::Error;

/// The one local candidate the connection itself knows; the page is told all announced ones.
pub(super) fn candidate(local: SocketAddr) -> Result<RTCIceCandidateInit, Error> {
    let base_config = CandidateConfig {
        network: "udp".to_owned(),
        address: local.ip().to_string(),
        port: local.port(),
        component: 1,
        ..Default::default()
    };
    let host = CandidateHostConfig {
        base_config,
        ..Default::default()
    }
    .new_candidate_host()?;
    RTCIceCandidate::from(&host).to_json()
}

/// Our half of the STUN user name, by which a first datagram finds the connection.
pub(super) fn name(sdp: &str) -> Option<&str> {
    sdp.lines()
        .find_map(|line| line.strip_prefix("a=ice-ufrag:"))
}

/// A page's description without its candidates. An ICE-lite server needs none, since it learns the page's
/// address from verified checks; so it never sends anything to an address that a page merely names, and no
/// page's address reaches another.
pub(super) fn without_candidates(sdp: &str) -> String {
    let lines = sdp.lines().filter(|line| !line.starts_with("a=candidate:"));
    lines.flat_map(|line| [line, "\r\n"]).collect()
}

/// Our description for the page: every announced address once, and the page as DTLS client, which the
/// handshake's workaround needs.
pub(super) fn for_page(sdp: &str, announced: &[SocketAddr]) -> String {
    let mut text = String::with_capacity(sdp.len() + 256);
    let mut told = false;
    for line in sdp.lines() {
        if line.starts_with("a=candidate:") || line.starts_with("a=end-of-candidates") {
            if !told {
                told = true;
                text.extend(
                    announced
                        .iter()
                        .enumerate()
                        .map(|(index, at)| candidate_line(index, *at)),
                );
                text.push_str("a=end-of-candidates\r\n");
            }
            continue;
        }
        // Candidates belong to the bundle's first medium; the others repeat them.
        text.push_str(if line == "a=setup:actpass" {
            "a=setup:passive"
        } else {
            line
        });
        text.push_str("\r\n");
    }
    text
}

/// RFC 8839, 5.1: type preference 126 for a host, falling local preference, component 1.
fn candidate_line(index: usize, at: SocketAddr) -> String {
    let local = 65_535 - u64::try_from(index).unwrap_or(65_535).min(65_535);
    let priority = (126_u64 << 24) + (local << 8) + 255;
    format!(
        "a=candidate:{} 1 udp {priority} {} {} typ host\r\n",
        index + 1,
        at.ip(),
        at.port()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_told_every_announced_address_once_and_to_begin_the_handshake() {
        let sdp = "v=0\r\nm=audio 9 x\r\na=setup:actpass\r\na=candidate:1 1 udp 5 10.0.0.1 7000 typ host\r\n\
                   a=candidate:1 2 udp 5 10.0.0.1 7000 typ host\r\na=mid:0\r\n";
        let announced = [
            "192.0.2.1:7000".parse().unwrap(),
            "[2001:db8::1]:7000".parse().unwrap(),
        ];
        assert_eq!(
            for_page(sdp, &announced),
            "v=0\r\nm=audio 9 x\r\na=setup:passive\r\n\
             a=candidate:1 1 udp 2130706431 192.0.2.1 7000 typ host\r\n\
             a=candidate:2 1 udp 2130706175 2001:db8::1 7000 typ host\r\n\
             a=end-of-candidates\r\na=mid:0\r\n"
        );
    }

    #[test]
    fn addresses_a_page_names_are_not_believed() {
        let sdp = "v=0\r\na=candidate:1 1 udp 5 10.0.0.9 53 typ host\r\na=mid:0\r\n";
        assert_eq!(without_candidates(sdp), "v=0\r\na=mid:0\r\n");
    }
}
