//! Services elsewhere that sign and stamp for us, where an installation has them.

mod http;
mod lists;
mod signatures;
mod timestamps;

use std::path::Path;
use std::time::Duration;

use der::Encode;
use der::asn1::ObjectIdentifier;
use jiff::Timestamp;
use x509_cert::Certificate;

pub use self::http::Silence;
use self::lists::Lists;
pub use self::signatures::RemoteError;
pub(super) use self::signatures::Signatures;
pub use self::timestamps::StampError;
pub(super) use self::timestamps::{Elsewhere, Timestamps};
use super::keys::{self, KeyError, Use};
use crate::config::{Keys, Otherwise, Secret, SigningService, TimestampService};

/// Why nothing came from elsewhere.
#[derive(Debug, thiserror::Error)]
pub enum OutsideError {
    #[error("the timestamp authority elsewhere: {0}")]
    Timestamp(StampError),
    #[error("the signing service elsewhere: {0}")]
    Signature(RemoteError),
    #[error("{url}, what an authority elsewhere has taken back: {source}")]
    List { url: String, source: Silence },
    #[error("{0}: no list of an authority that is trusted")]
    NoList(String),
    #[error("{0}: a list of what was taken back that is out of date")]
    OutOfDate(String),
}

/// Why the services elsewhere cannot be used as they are set.
#[derive(Debug, thiserror::Error)]
pub enum SettingError {
    #[error("{file}: {source}")]
    File {
        file: String,
        source: std::io::Error,
    },
    #[error("{0}: no certificates in PEM")]
    NoRoots(String),
    #[error("keys.timestamps.policy: {0} is no object identifier")]
    Policy(String),
}

/// The services elsewhere.
#[derive(Debug, Default)]
pub struct Outside {
    pub(super) signatures: Option<Signatures>,
    pub(super) timestamps: Option<Timestamps>,
    lists: Lists,
}

/// A certificate in DER that is trusted to have issued others.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Root(pub(super) Vec<u8>);

impl std::fmt::Debug for Root {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Root")
    }
}

impl Outside {
    /// As the configuration has them; without any, our own authority does all.
    ///
    /// # Errors
    /// A file that cannot be read, or holds something else.
    pub fn open(keys: &Keys) -> Result<Self, SettingError> {
        let timestamps = keys.timestamps.as_ref();
        Ok(Self {
            signatures: keys.signer.as_ref().map(signatures).transpose()?,
            timestamps: timestamps.map(self::timestamps).transpose()?,
            lists: Lists::default(),
        })
    }

    /// Keeps their lists in a folder as well.
    pub(super) fn keep_in(&mut self, folder: &Path) {
        self.lists.keep_in(folder);
    }

    /// Whether there are any.
    pub(super) const fn is_there(&self) -> bool {
        self.signatures.is_some() || self.timestamps.is_some()
    }

    /// Each service: its roots, where their lists are, and how long it is waited for.
    fn services(&self) -> impl Iterator<Item = (&Vec<Root>, &Vec<String>, Duration)> {
        let signatures = self.signatures.iter();
        let signatures = signatures.map(|it| (&it.roots, &it.lists, it.patience));
        let timestamps = self.timestamps.iter();
        let timestamps = timestamps.map(|it| (&it.roots, &it.lists, it.patience));
        signatures.chain(timestamps)
    }

    /// Fetches every list, before anybody needs it.
    pub(super) fn fetch(&self, now: Timestamp) {
        for (roots, lists, patience) in self.services() {
            let roots: Vec<_> = roots.iter().map(|root| root.0.clone()).collect();
            for url in lists {
                if let Err(error) = self.lists.newest(url, &roots, (patience, now)) {
                    tracing::warn!(%error, "no paper that rests on this list can be closed until it comes");
                }
            }
        }
    }

    /// The roots that are `used`, and what they have taken back as it stands at `now`, in DER.
    pub(super) fn evidence(
        &self,
        now: Timestamp,
        used: impl Fn(&Certificate) -> bool,
    ) -> Result<Evidence, OutsideError> {
        let mut evidence = Evidence::default();
        for (roots, lists, patience) in self.services() {
            let is_used = |root: &&Root| keys::parse(&root.0).is_ok_and(|root| used(&root));
            let roots: Vec<_> = roots
                .iter()
                .filter(is_used)
                .map(|root| root.0.clone())
                .collect();
            if roots.is_empty() {
                continue;
            }
            for url in lists {
                let list = self.lists.newest(url, &roots, (patience, now))?;
                evidence.lists.push(list);
            }
            evidence.roots.extend(roots);
        }
        Ok(evidence)
    }

    /// Whether timestamps come from elsewhere, under a root that is `used`.
    pub(super) fn stamps(&self, used: impl Fn(&Certificate) -> bool) -> bool {
        let mut roots = self.timestamps.iter().flat_map(|it| &it.roots);
        roots.any(|root| keys::parse(&root.0).is_ok_and(|root| used(&root)))
    }

    /// In PEM, one after the other.
    pub(super) fn roots_pem(&self) -> Result<String, KeyError> {
        let pem = |(used, root): (Use, &Root)| Ok(keys::Root::pem(used, &keys::parse(&root.0)?)?);
        let all: Result<Vec<String>, KeyError> = self.roots().map(pem).collect();
        Ok(all?.concat())
    }

    /// Which certificates are trusted beside our own.
    pub(super) fn roots(&self) -> impl Iterator<Item = (Use, &Root)> {
        let signatures = self.signatures.iter().flat_map(|it| &it.roots);
        let timestamps = self.timestamps.iter().flat_map(|it| &it.roots);
        let signatures = signatures.map(|root| (Use::SigningElsewhere, root));
        signatures.chain(timestamps.map(|root| (Use::StampingElsewhere, root)))
    }
}

fn signatures(set: &SigningService) -> Result<Signatures, SettingError> {
    Ok(Signatures {
        url: set.url.trim_end_matches('/').to_owned(),
        token: Secret::from(text(&set.token_file)?.trim()),
        roots: roots(&set.roots)?,
        lists: set.lists.clone(),
        patience: Duration::from_secs(set.patience_seconds),
    })
}

fn timestamps(set: &TimestampService) -> Result<Timestamps, SettingError> {
    let policy = set.policy.as_ref().map(|policy| {
        let read = ObjectIdentifier::new(policy).ok();
        read.ok_or_else(|| SettingError::Policy(policy.clone()))
    });
    Ok(Timestamps {
        url: set.url.clone(),
        roots: roots(&set.roots)?,
        lists: set.lists.clone(),
        policy: policy.transpose()?,
        patience: Duration::from_secs(set.patience_seconds),
        required: set.otherwise == Otherwise::Refuse,
    })
}

/// What proves certificates, in DER.
#[derive(Default)]
pub(super) struct Evidence {
    pub(super) roots: Vec<Vec<u8>>,
    pub(super) lists: Vec<Vec<u8>>,
}

fn text(file: &Path) -> Result<String, SettingError> {
    std::fs::read_to_string(file).map_err(|source| SettingError::File {
        file: file.display().to_string(),
        source,
    })
}

fn roots(file: &Path) -> Result<Vec<Root>, SettingError> {
    let none = || SettingError::NoRoots(file.display().to_string());
    let chain = Certificate::load_pem_chain(text(file)?.as_bytes());
    let chain = chain.ok().filter(|chain| !chain.is_empty());
    let der = |certificate: &Certificate| certificate.to_der().ok().map(Root);
    let roots: Option<Vec<_>> = chain.ok_or_else(none)?.iter().map(der).collect();
    roots.ok_or_else(none)
}
