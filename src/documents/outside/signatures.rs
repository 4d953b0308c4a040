//! A signing service elsewhere, such as that of a licensed authority (电子签名法 16): it has the keys, we have the paper.
//!
//! Two questions make a signature, each with a bearer token and an `Idempotency-Key` that is the same whenever the same
//! thing is asked again:
//!
//! - `POST URL/certificates` `{"name", "organisation", "pseudonym", "purpose", "file"}` → `{"certificates": […]}`: in base64 of DER, that of the
//!   signer first; what follows it is not used, since its issuer is known here. `purpose` is `signature` or `seal`, `file` the SHA-256 digest of the paper in hexadecimal digits.
//! - `POST URL/signatures` `{"certificate", "digest"}` → `{"signature"}`: by the serial number of that certificate, over the SHA-256 digest of
//!   the signed attributes; ECDSA on P-256, DER in base64.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use x509_cert::Certificate;

use super::http::{Asked, Silence, post};
use super::{OutsideError, Root};
use crate::config::Secret;
use crate::documents::keys::{self, Public, Roots, Task, Use, name};
use crate::documents::sign::SignError;
use crate::documents::sign::makers::{Begun, Order, Purpose, Signer};
use crate::documents::syntax::hex;
use crate::documents::verify::{attribute, check_certificate};

/// Whose keys sign, and who must have certified them.
#[derive(Debug)]
pub(in crate::documents) struct Signatures {
    pub(super) url: String,
    pub(super) token: Secret,
    pub(super) roots: Vec<Root>,
    /// Where what they have taken back is found.
    pub(super) lists: Vec<String>,
    pub(super) patience: Duration,
}

/// Why a signature was not used.
#[derive(Debug, thiserror::Error)]
pub enum RemoteError {
    #[error(transparent)]
    Silence(#[from] Silence),
    #[error("its answer cannot be read")]
    Unreadable,
    #[error("the certificate is not one for signing documents that a trusted authority issued")]
    Untrusted,
    #[error("the certificate names somebody else")]
    Name,
    #[error("the signature is not one of the certificate over what was asked")]
    Forged,
}

#[derive(Serialize)]
struct Wanted<'a> {
    name: &'a str,
    organisation: Option<&'a str>,
    pseudonym: &'a str,
    purpose: &'static str,
    file: String,
}

#[derive(Deserialize)]
struct Certified {
    certificates: Vec<String>,
}

#[derive(Serialize)]
struct ToSign<'a> {
    certificate: &'a str,
    digest: String,
}

#[derive(Deserialize)]
struct Signed {
    signature: String,
}

impl Signer for Signatures {
    fn begin<'a>(&'a self, order: &Order<'_>) -> Result<Begun<'a>, SignError> {
        let certificate = self.certify(order).map_err(OutsideError::Signature)?;
        let signer = certificate.clone();
        let finish = move |covered: &[u8]| -> Result<Vec<u8>, SignError> {
            let made = self.sign(&signer, covered);
            Ok(made.map_err(OutsideError::Signature)?)
        };
        Ok(Begun {
            certificate,
            finish: Box::new(finish),
        })
    }
}

impl Signatures {
    fn certify(&self, order: &Order<'_>) -> Result<Certificate, RemoteError> {
        let subject = order.subject;
        let wanted = Wanted {
            name: &subject.name,
            organisation: subject.organisation.as_deref(),
            pseudonym: &subject.pseudonym,
            purpose: match order.purpose {
                Purpose::Signature => "signature",
                Purpose::Seal => "seal",
            },
            file: hex(order.file),
        };
        let answer: Certified = self.ask("certificates", &wanted)?;
        let first = answer.certificates.first();
        let signer = first.and_then(|it| read(it));
        let signer = signer.ok_or(RemoteError::Unreadable)?;
        let roots = self.roots.iter();
        let roots = Roots::of(roots.map(|root| (Use::SigningElsewhere, root.0.clone())));
        let at = (Some(order.now), Task::Paper);
        if !check_certificate(&signer, &roots, at).is_empty() {
            return Err(RemoteError::Untrusted);
        }
        let named = signer.tbs_certificate().subject();
        let same_name = attribute(named, name::COMMON).as_ref() == Some(&subject.name);
        if !same_name || attribute(named, name::ORGANISATION) != subject.organisation {
            return Err(RemoteError::Name);
        }
        Ok(signer)
    }

    fn sign(&self, signer: &Certificate, covered: &[u8]) -> Result<Vec<u8>, RemoteError> {
        let to_sign = ToSign {
            certificate: &keys::serial(signer),
            digest: hex(&Sha256::digest(covered)),
        };
        let answer: Signed = self.ask("signatures", &to_sign)?;
        let made = STANDARD
            .decode(answer.signature)
            .or(Err(RemoteError::Unreadable))?;
        let key = Public::of(signer).or(Err(RemoteError::Untrusted))?;
        if key.verifies(covered, &made) {
            Ok(key.normal(&made))
        } else {
            Err(RemoteError::Forged)
        }
    }

    fn ask<T: DeserializeOwned>(
        &self,
        what: &str,
        question: &impl Serialize,
    ) -> Result<T, RemoteError> {
        let body = serde_json::to_vec(question).or(Err(RemoteError::Unreadable))?;
        let key = hex(&Sha256::digest([what.as_bytes(), &body].concat()));
        let answer = post(Asked {
            url: &format!("{}/{what}", self.url),
            media_type: "application/json",
            token: Some(&self.token),
            idempotency_key: Some(&key),
            body,
            patience: self.patience,
        })?;
        serde_json::from_slice(&answer).or(Err(RemoteError::Unreadable))
    }
}

fn read(text: &str) -> Option<Certificate> {
    keys::parse(&STANDARD.decode(text).ok()?).ok()
}
