//! A timestamp authority elsewhere (RFC 3161): what is asked, and what its answer must hold to be used.

use std::time::Duration;

use ::cms::cert::IssuerAndSerialNumber;
use der::asn1::{Any, BitString, ObjectIdentifier, Uint};
use der::{Decode, Encode, Sequence};
use jiff::{SignedDuration, Timestamp};
use x509_cert::Certificate;

use super::http::{Asked, Silence, post};
use super::{OutsideError, Root};
use crate::clock::Clock;
use crate::documents::keys::{Roots, Use};
use crate::documents::sign::SignError;
use crate::documents::sign::makers::{Own, Timestamper};
use crate::documents::sign::stamp::Imprint;
use crate::documents::verify::{Code, read_stamp};

/// What is kept free for a timestamp whose length nobody knows before.
const LENGTH: usize = 10_240;

/// How far its clock may be from ours.
const NEAR: SignedDuration = SignedDuration::from_mins(5);

/// Where timestamps come from, and whose they must be.
#[derive(Debug)]
pub(in crate::documents) struct Timestamps {
    pub(super) url: String,
    pub(super) roots: Vec<Root>,
    /// Where what they have taken back is found.
    pub(super) lists: Vec<String>,
    /// The only policy that is taken, where one is asked for.
    pub(super) policy: Option<ObjectIdentifier>,
    pub(super) patience: Duration,
    /// Without one of theirs nothing is signed.
    pub(super) required: bool,
}

/// Why a timestamp was not used.
#[derive(Debug, thiserror::Error)]
pub enum StampError {
    #[error(transparent)]
    Silence(#[from] Silence),
    #[error("its answer cannot be read")]
    Unreadable,
    #[error("it refused, status {0}")]
    Refused(u8),
    #[error("the timestamp is over something else, or not bound to its certificate")]
    Unfit,
    #[error("the timestamp is of nobody who is trusted: none of the set roots is its very issuer")]
    Untrusted,
    #[error("the timestamp answers another question")]
    Nonce,
    #[error("the timestamp was made under another policy")]
    Policy,
    #[error("the timestamp tells another time")]
    Time,
}

#[derive(Sequence)]
struct Request {
    version: u8,
    imprint: Imprint,
    #[asn1(optional = "true")]
    policy: Option<ObjectIdentifier>,
    nonce: Uint,
    with_certificate: bool,
}

#[derive(Sequence)]
struct Response {
    status: Status,
    #[asn1(optional = "true")]
    token: Option<Any>,
}

#[derive(Sequence)]
struct Status {
    code: u8,
    #[asn1(optional = "true")]
    text: Option<Vec<String>>,
    #[asn1(optional = "true")]
    failure: Option<BitString>,
}

impl Timestamps {
    fn ask(&self, digest: &[u8], (now, clock): (Timestamp, &Clock)) -> Result<Vec<u8>, StampError> {
        let mut nonce = clock.random::<8>();
        nonce[0] = nonce[0] & 0x3F | 0x40;
        let body = self
            .request(digest, &nonce)
            .or(Err(StampError::Unreadable))?;
        let answer = post(Asked {
            url: &self.url,
            media_type: "application/timestamp-query",
            token: None,
            idempotency_key: None,
            body,
            patience: self.patience,
        })?;
        let answer = Response::from_der(&answer).or(Err(StampError::Unreadable))?;
        // RFC 3161, 2.4.2: granted, or granted with changes.
        if answer.status.code > 1 {
            return Err(StampError::Refused(answer.status.code));
        }
        let token = answer.token.and_then(|token| token.to_der().ok());
        let token = token.and_then(|token| alone(&token).ok());
        let token = token.ok_or(StampError::Unreadable)?;
        self.check(&token, (digest, &nonce), now)?;
        Ok(token)
    }

    fn request(&self, digest: &[u8], nonce: &[u8]) -> der::Result<Vec<u8>> {
        let request = Request {
            version: 1,
            imprint: Imprint::of(digest)?,
            policy: self.policy,
            nonce: Uint::new(nonce)?,
            with_certificate: true,
        };
        request.to_der()
    }

    fn check(
        &self,
        token: &[u8],
        (digest, nonce): (&[u8], &[u8]),
        now: Timestamp,
    ) -> Result<(), StampError> {
        let roots = self.roots.iter();
        let roots = Roots::of(roots.map(|root| (Use::StampingElsewhere, root.0.clone())));
        let stamp = read_stamp(token, digest, &roots).map_err(|code| match code {
            Code::StampUntrusted => StampError::Untrusted,
            _ => StampError::Unfit,
        })?;
        if stamp.nonce.as_ref().map(Uint::as_bytes) != Some(nonce) {
            return Err(StampError::Nonce);
        }
        if self.policy.is_some_and(|policy| policy != stamp.policy) {
            return Err(StampError::Policy);
        }
        if stamp.at.duration_since(now).abs() > NEAR {
            return Err(StampError::Time);
        }
        Ok(())
    }
}

/// The same with the certificate of whoever signed it alone: no signature covers which others come along, nor in what order,
/// and their issuer is known here.
fn alone(token: &[u8]) -> der::Result<Vec<u8>> {
    let mut info = Token::from_der(token)?;
    let signers = info.data.signers.to_der()?;
    let is_signers = |certificate: &Certificate| {
        let tbs = certificate.tbs_certificate();
        let named = IssuerAndSerialNumber {
            issuer: tbs.issuer().clone(),
            serial_number: tbs.serial_number().clone(),
        };
        let named = named.to_der();
        named.is_ok_and(|named| signers.windows(named.len()).any(|window| window == named))
    };
    if let Some(certificates) = &mut info.data.certificates {
        certificates.retain(is_signers);
    }
    info.to_der()
}

/// A timestamp as far as it is written anew (RFC 5652, 3 and 5.1).
#[derive(Sequence)]
struct Token {
    kind: ObjectIdentifier,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT")]
    data: Signed,
}

#[derive(Sequence)]
struct Signed {
    version: u8,
    digests: Any,
    content: Any,
    // A set by its standard, which OpenSSL leaves in the order of its chain.
    #[asn1(context_specific = "0", tag_mode = "IMPLICIT", optional = "true")]
    certificates: Option<Vec<Certificate>>,
    signers: Any,
}

/// Theirs, and where ours may do instead, ours.
pub(in crate::documents) struct Elsewhere<'a> {
    pub(in crate::documents) theirs: &'a Timestamps,
    pub(in crate::documents) ours: Own<'a>,
}

impl Timestamper for Elsewhere<'_> {
    fn stamp(&self, digest: &[u8], now: Timestamp) -> Result<Vec<u8>, SignError> {
        match self.theirs.ask(digest, (now, self.ours.clock)) {
            Ok(token) => Ok(token),
            Err(error) if self.theirs.required => Err(OutsideError::Timestamp(error).into()),
            Err(error) => {
                tracing::warn!(%error, "no timestamp from elsewhere: the paper gets one of our own");
                self.ours.stamp(digest, now)
            }
        }
    }

    fn length(&self) -> Result<usize, SignError> {
        Ok(self.ours.length()?.max(LENGTH))
    }
}
