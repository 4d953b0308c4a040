//! Telling integrators by the Standard Webhooks scheme. An address is looked up once and that very one is connected to;
//! private ranges are refused unless the operator names the host, redirects are not followed.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use jiff::Timestamp;
use reqwest::Url;
use reqwest::redirect::Policy;
use standardwebhooks::{
    HEADER_WEBHOOK_ID, HEADER_WEBHOOK_SIGNATURE, HEADER_WEBHOOK_TIMESTAMP, Webhook,
};

use super::Undelivered;

const PATIENCE: Duration = Duration::from_secs(10);

/// Ways to integrators.
#[derive(Clone, Debug, Default)]
pub struct Webhooks {
    /// `host:port` that may lie in a private range and speak without TLS.
    pub allowed: Vec<String>,
}

/// Something to tell.
#[derive(Clone, Debug)]
pub struct Call<'a> {
    pub url: &'a str,
    /// The same at every try.
    pub id: &'a str,
    pub secret: &'a str,
    pub body: String,
}

impl Webhooks {
    /// Posts once. What the receiver answers is not read: its status says enough.
    pub async fn post(&self, call: Call<'_>, now: Timestamp) -> Result<(), Undelivered> {
        let never = |error: &dyn std::fmt::Display| Undelivered::Never(error.to_string());
        let later = |error: reqwest::Error| Undelivered::Later(error.without_url().to_string());
        let url = Url::parse(call.url).map_err(|error| never(&error))?;
        let target = self.target(&url).await?;
        let host = url.host_str().unwrap_or_default();
        let client = reqwest::Client::builder()
            .timeout(PATIENCE)
            .connect_timeout(PATIENCE)
            .redirect(Policy::none())
            .no_proxy()
            .resolve_to_addrs(host, &[target])
            .build()
            .map_err(later)?;
        let signer = Webhook::new(call.secret).map_err(|error| never(&error))?;
        let seconds = now.as_second();
        let signature = signer
            .sign(call.id, seconds, call.body.as_bytes())
            .map_err(|error| never(&error))?;
        let answer = client
            .post(url)
            .header("content-type", "application/json")
            .header(HEADER_WEBHOOK_ID, call.id)
            .header(HEADER_WEBHOOK_TIMESTAMP, seconds.to_string())
            .header(HEADER_WEBHOOK_SIGNATURE, signature)
            .body(call.body)
            .send()
            .await
            .map_err(later)?;
        match answer.status().as_u16() {
            200..=299 => Ok(()),
            410 => Err(Undelivered::Never("the receiver answered 410".to_owned())),
            code => Err(Undelivered::Later(format!("the receiver answered {code}"))),
        }
    }

    /// The one address to connect to.
    async fn target(&self, url: &Url) -> Result<SocketAddr, Undelivered> {
        let refuse = |why: &str| Err(Undelivered::Never(why.to_owned()));
        let Some(port) = url.port_or_known_default() else {
            return refuse("the address names no port");
        };
        let host = url.host_str().unwrap_or_default();
        let named = format!("{host}:{port}");
        let allowed = self
            .allowed
            .iter()
            .any(|it| it.eq_ignore_ascii_case(&named));
        if url.scheme() != "https" && !(allowed && url.scheme() == "http") {
            return refuse("the address is not https");
        }
        if !url.username().is_empty() || url.password().is_some() {
            return refuse("the address carries a password");
        }
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let found: Vec<SocketAddr> = tokio::net::lookup_host((bare, port))
            .await
            .map_err(|error| Undelivered::Later(error.to_string()))?
            .collect();
        // One private address among them is enough: whoever names it wants to lead us inside.
        if !allowed && found.iter().any(|it| !is_public(it.ip())) {
            return refuse("the address lies in a private range");
        }
        let first = found.first().copied();
        first.ok_or_else(|| Undelivered::Later("the host has no address".to_owned()))
    }
}

/// Whether an address belongs to the open internet.
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let special = ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_documentation()
        || ip.is_multicast();
    // This network, shared address space, IETF protocols, 6to4 relays, benchmarks, and what is reserved.
    let reserved = a == 0
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (b == 18 || b == 19))
        || a >= 240;
    !special && !reserved
}

/// Only what is assigned to the open internet, `2000::/3`, without the parts of it that lead elsewhere; and what carries a
/// public address of the older kind inside.
fn is_public_v6(ip: Ipv6Addr) -> bool {
    if let Some(inside) = ip.to_ipv4_mapped() {
        return is_public_v4(inside);
    }
    let parts = ip.segments();
    let inside = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match parts {
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => inside(high, low),
        // Teredo, benchmarks, ORCHID, and what documents use.
        [0x2001, second, ..] if second < 0x200 || second == 0xdb8 => false,
        [0x3fff, second, ..] if second < 0x1000 => false,
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_ranges_are_known_in_every_way_of_writing_them() {
        for inside in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "255.255.255.255",
            "224.0.0.1",
            "198.18.0.1",
            "192.0.2.1",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd12:3456::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "2001::1",
            "::127.0.0.1",
        ] {
            assert!(!is_public(inside.parse().unwrap()), "{inside}");
        }
        for outside in [
            "1.1.1.1",
            "203.0.114.1",
            "2606:4700::1111",
            "64:ff9b::101:101",
        ] {
            assert!(is_public(outside.parse().unwrap()), "{outside}");
        }
    }

    #[tokio::test]
    async fn nothing_is_sent_inside_or_in_the_clear() {
        let webhooks = Webhooks::default();
        for (url, why) in [
            ("https://127.0.0.1/hook", "private"),
            ("https://[::ffff:10.0.0.1]/hook", "private"),
            ("https://localhost/hook", "private"),
            ("http://1.1.1.1/hook", "https"),
            ("https://me:secret@1.1.1.1/hook", "password"),
        ] {
            let call = Call {
                url,
                id: "msg_1",
                secret: "whsec_AAAA",
                body: "{}".to_owned(),
            };
            let refused = webhooks.post(call, Timestamp::UNIX_EPOCH).await;
            let Err(Undelivered::Never(said)) = refused else {
                panic!("{url}: {refused:?}");
            };
            assert!(said.contains(why), "{url}: {said}");
        }
    }
}
