//! Names and passwords that lapse by themselves, as coturn's `use-auth-secret` has them, and nonces that go stale.

use std::net::{IpAddr, SocketAddr};

use aws_lc_rs::hmac::{HMAC_SHA1_FOR_LEGACY_USE_ONLY, HMAC_SHA256, Key, Tag, sign};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD as BASE64, URL_SAFE_NO_PAD};
use jiff::Timestamp;
use subtle::ConstantTimeEq as _;

/// Seconds for which a name lets somebody in. Who is in stays in: the relay asks again only for what is new.
const LIFE: i64 = 600;
/// Seconds after which a nonce is replaced, which costs a page one more request.
const NONCE_LIFE: u32 = 300;
/// Bytes of the time in a nonce, and of what proves it: it only keeps strangers from preparing requests.
const NONCE_TIME: usize = 4;
const NONCE_PROOF: usize = 8;

/// What a page shows to a relay.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Credentials {
    pub(crate) username: String,
    pub(crate) password: String,
}

impl Credentials {
    /// For `who`, good for ten minutes from now.
    pub(crate) fn issue(secret: &[u8], who: &str, now: Timestamp) -> Self {
        let username = format!("{}:{who}", now.as_second() + LIFE);
        Self {
            password: password(secret, &username),
            username,
        }
    }
}

/// The password that goes with a name.
pub(super) fn password(secret: &[u8], username: &str) -> String {
    let key = Key::new(HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    BASE64.encode(sign(&key, username.as_bytes()))
}

/// Whom a name was issued for, if it has not lapsed.
pub(super) fn read(username: &str, now: Timestamp) -> Option<&str> {
    let (until, who) = username.split_once(':')?;
    let until: i64 = until.parse().ok()?;
    (until > now.as_second()).then_some(who)
}

/// The key for one purpose, from the one of the installation.
pub(super) fn subkey(key: &[u8], purpose: &str) -> Tag {
    sign(&Key::new(HMAC_SHA256, key), purpose.as_bytes())
}

/// What a server asks to be said back, bound to one address and to a while.
pub(super) struct Nonces(Key);

impl Nonces {
    pub(super) fn new(key: &[u8]) -> Self {
        Self(Key::new(HMAC_SHA256, key))
    }

    pub(super) fn make(&self, client: SocketAddr, now: Timestamp) -> String {
        self.at(client, seconds(now))
    }

    fn at(&self, client: SocketAddr, made: u32) -> String {
        let ip = match client.ip() {
            IpAddr::V4(four) => four.to_ipv6_mapped(),
            IpAddr::V6(six) => six,
        };
        let made = made.to_be_bytes();
        let message = [&ip.octets()[..], &client.port().to_be_bytes(), &made].concat();
        let proof = sign(&self.0, &message);
        let proof = proof.as_ref().get(..NONCE_PROOF).unwrap_or_default();
        URL_SAFE_NO_PAD.encode([&made[..], proof].concat())
    }

    /// Whether it was made for this client, not long ago.
    pub(super) fn is_fresh(&self, nonce: &str, client: SocketAddr, now: Timestamp) -> bool {
        let Ok(bytes) = URL_SAFE_NO_PAD.decode(nonce) else {
            return false;
        };
        let Some((made, _)) = bytes.split_first_chunk::<NONCE_TIME>() else {
            return false;
        };
        let made = u32::from_be_bytes(*made);
        let age = seconds(now).checked_sub(made);
        let ours = self.at(client, made);
        let is_ours: bool = ours.as_bytes().ct_eq(nonce.as_bytes()).into();
        is_ours && age.is_some_and(|age| age < NONCE_LIFE)
    }
}

fn seconds(now: Timestamp) -> u32 {
    u32::try_from(now.as_second()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    fn now() -> Timestamp {
        "2026-11-22T08:00:00Z".parse().unwrap()
    }

    fn client() -> SocketAddr {
        "192.0.2.1:5000".parse().unwrap()
    }

    /// By `printf 1795335000:ab | openssl dgst -sha1 -hmac north -binary | base64`.
    #[test]
    fn a_password_is_what_coturn_makes_of_the_same_secret() {
        let issued = Credentials::issue(b"north", "ab", now());
        assert_eq!(issued.username, "1795335000:ab");
        assert_eq!(issued.password, "kElEh9ve5GL6ZXCibfebqMH9Swk=");
    }

    #[test]
    fn a_name_lapses_after_ten_minutes() {
        let issued = Credentials::issue(b"north", "ab", now());
        let later = |seconds| now() + SignedDuration::from_secs(seconds);
        assert_eq!(read(&issued.username, now()), Some("ab"));
        assert_eq!(read(&issued.username, later(599)), Some("ab"));
        assert_eq!(read(&issued.username, later(600)), None);
        for wrong in ["", "ab", ":ab", "soon:ab", "99999999999999999999:ab"] {
            assert_eq!(read(wrong, now()), None, "{wrong}");
        }
    }

    #[test]
    fn a_nonce_is_good_for_its_client_and_for_a_while() {
        let nonces = Nonces::new(b"one");
        let nonce = nonces.make(client(), now());
        assert!(nonces.is_fresh(&nonce, client(), now()));
        let later = |seconds| now() + SignedDuration::from_secs(seconds);
        assert!(nonces.is_fresh(&nonce, client(), later(299)));
        assert!(!nonces.is_fresh(&nonce, client(), later(300)));
        assert!(!nonces.is_fresh(&nonce, client(), later(-1)));
        for other in ["192.0.2.1:5001", "192.0.2.2:5000", "[2001:db8::1]:5000"] {
            assert!(!nonces.is_fresh(&nonce, other.parse().unwrap(), now()));
        }
        assert!(!Nonces::new(b"two").is_fresh(&nonce, client(), now()));
        for wrong in ["", "AAAA", "nonce", "AAAAAAAAAAAAAAAA", "\u{1f512}"] {
            assert!(!nonces.is_fresh(wrong, client(), now()), "{wrong}");
        }
    }
}
