//! Who makes signatures and timestamps: our own authority in this process, or somebody licensed elsewhere.

use jiff::Timestamp;
use x509_cert::Certificate;

use super::{SignError, stamp};
use crate::clock::Clock;
use crate::documents::keys::{Authority, KeyError, Signer as Subject};
use crate::documents::outside::{Elsewhere, Outside};

/// One signature that is wanted.
#[derive(Clone, Copy)]
pub(in crate::documents) struct Order<'a> {
    pub(in crate::documents) subject: &'a Subject,
    pub(in crate::documents) purpose: Purpose,
    /// The SHA-256 digest of the file as it lies before the signer.
    pub(in crate::documents) file: &'a [u8; 32],
    pub(in crate::documents) now: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::documents) enum Purpose {
    /// Of a person.
    Signature,
    /// Of an organisation.
    Seal,
}

/// A signature whose certificate is there and whose key waits.
pub(in crate::documents) struct Begun<'a> {
    pub(in crate::documents) certificate: Certificate,
    /// Makes the signature in DER over what it is given.
    pub(in crate::documents) finish: Finish<'a>,
}

pub(in crate::documents) type Finish<'a> =
    Box<dyn FnOnce(&[u8]) -> Result<Vec<u8>, SignError> + 'a>;

/// Has keys for signatures.
pub(in crate::documents) trait Signer {
    /// Certifies a key for this signature.
    fn begin<'a>(&'a self, order: &Order<'_>) -> Result<Begun<'a>, SignError>;
}

/// Says that something was there at a time.
pub(in crate::documents) trait Timestamper {
    /// The timestamp over a SHA-256 digest, in DER.
    fn stamp(&self, digest: &[u8], now: Timestamp) -> Result<Vec<u8>, SignError>;

    /// How long a timestamp is at most.
    fn length(&self) -> Result<usize, SignError>;
}

/// Our own authority.
#[derive(Clone, Copy)]
pub(in crate::documents) struct Own<'a> {
    pub(in crate::documents) authority: &'a Authority,
    pub(in crate::documents) clock: &'a Clock,
}

impl Signer for Own<'_> {
    fn begin<'a>(&'a self, order: &Order<'_>) -> Result<Begun<'a>, SignError> {
        let pair = match order.purpose {
            Purpose::Seal => self.authority.seal(order.subject, order.now)?,
            Purpose::Signature => self
                .authority
                .one_shot(order.subject, order.now, self.clock)?,
        };
        let certificate = pair.certificate.clone();
        let finish = move |covered: &[u8]| -> Result<Vec<u8>, SignError> {
            Ok(pair.key.sign_message(covered).map_err(KeyError::from)?)
        };
        Ok(Begun {
            certificate,
            finish: Box::new(finish),
        })
    }
}

impl Timestamper for Own<'_> {
    fn stamp(&self, digest: &[u8], now: Timestamp) -> Result<Vec<u8>, SignError> {
        stamp::token(&*self.authority.stamp_at(now)?, digest, (now, self.clock))
    }

    fn length(&self) -> Result<usize, SignError> {
        stamp::length(&*self.authority.stamp()?)
    }
}

/// Those of an installation.
pub(super) struct Makers<'a> {
    pub(super) own: Own<'a>,
    outside: &'a Outside,
    elsewhere: Option<Elsewhere<'a>>,
}

impl<'a> Makers<'a> {
    pub(super) fn of(authority: &'a Authority, clock: &'a Clock) -> Self {
        let own = Own { authority, clock };
        let outside = authority.outside();
        let elsewhere = outside
            .timestamps
            .as_ref()
            .map(|theirs| Elsewhere { theirs, ours: own });
        Self {
            own,
            outside,
            elsewhere,
        }
    }

    pub(super) fn signer(&self) -> &dyn Signer {
        match &self.outside.signatures {
            Some(theirs) => theirs,
            None => &self.own,
        }
    }

    pub(super) fn stamper(&self) -> &dyn Timestamper {
        match &self.elsewhere {
            Some(theirs) => theirs,
            None => &self.own,
        }
    }
}
