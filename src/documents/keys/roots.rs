//! The certificates that are trusted, each for what it may vouch for and for nothing else.

use der::EncodePem as _;
use der::pem::LineEnding;
use x509_cert::Certificate;

use super::certificate::common_name;
use super::{parse, ring};

/// For what a root is trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// Of ours: for whoever signs, and for what the platform says in its own name.
    Signing,
    /// Of ours: for the time.
    Stamping,
    /// Of a service elsewhere: for whoever signs.
    SigningElsewhere,
    /// Of a service elsewhere: for the time.
    StampingElsewhere,
}

/// What somebody vouches for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// A signature on a paper.
    Paper,
    /// The time.
    Time,
    /// What the platform says in its own name: a record, an anchor, a list of files.
    Platform,
}

impl Use {
    /// As a line before a certificate in PEM says it.
    const fn line(self) -> Option<&'static str> {
        match self {
            // Ours are known by their names.
            Self::Signing | Self::Stamping => None,
            Self::SigningElsewhere => Some("Trusted for signatures"),
            Self::StampingElsewhere => Some("Trusted for timestamps"),
        }
    }

    /// Whether it is a root of this platform.
    pub(in crate::documents) const fn is_ours(self) -> bool {
        matches!(self, Self::Signing | Self::Stamping)
    }

    const fn is_for(self, task: Task) -> bool {
        match task {
            Task::Paper => matches!(self, Self::Signing | Self::SigningElsewhere),
            Task::Time => matches!(self, Self::Stamping | Self::StampingElsewhere),
            Task::Platform => matches!(self, Self::Signing),
        }
    }
}

/// A root, read once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root {
    pub(in crate::documents) der: Vec<u8>,
    pub(in crate::documents) certificate: Certificate,
    pub(in crate::documents) used: Use,
}

/// All that are trusted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roots(Vec<Root>);

impl Roots {
    /// What is no certificate vouches for nobody, and is passed over.
    pub fn of(all: impl IntoIterator<Item = (Use, Vec<u8>)>) -> Self {
        let root = |(used, der): (Use, Vec<u8>)| {
            let certificate = parse(&der).ok()?;
            Some(Root {
                der,
                certificate,
                used,
            })
        };
        Self(all.into_iter().filter_map(root).collect())
    }

    /// A certificate as a file of trusted ones has it, with the line before it: without one ours are known by their names, and
    /// others are trusted for signatures alone.
    pub fn named(line: &str, der: Vec<u8>) -> (Use, Vec<u8>) {
        let elsewhere = [Use::SigningElsewhere, Use::StampingElsewhere];
        let said = elsewhere
            .into_iter()
            .find(|it| it.line() == Some(line.trim()));
        let name = parse(&der)
            .map(|root| common_name(&root))
            .unwrap_or_default();
        let own = match name {
            name if name.starts_with(ring::SIGNING) => Use::Signing,
            name if name.starts_with(ring::STAMPING) => Use::Stamping,
            _ => Use::SigningElsewhere,
        };
        (said.unwrap_or(own), der)
    }

    /// In DER.
    pub fn iter(&self) -> impl Iterator<Item = &Vec<u8>> {
        self.0.iter().map(|root| &root.der)
    }

    pub(in crate::documents) fn all(&self) -> impl Iterator<Item = &Root> {
        self.0.iter()
    }

    /// Those that may vouch for it.
    pub(in crate::documents) fn of_task(&self, task: Task) -> impl Iterator<Item = &Root> {
        self.0.iter().filter(move |root| root.used.is_for(task))
    }

    pub(in crate::documents) fn contains(&self, der: &[u8]) -> bool {
        self.0.iter().any(|root| root.der == der)
    }
}

impl Root {
    /// In PEM, with the line that says for what it is trusted.
    pub(in crate::documents) fn pem(
        used: Use,
        certificate: &Certificate,
    ) -> Result<String, der::Error> {
        let pem = certificate.to_pem(LineEnding::LF)?;
        let line = used.line().map(|line| format!("{line}\n"));
        Ok(line.unwrap_or_default() + &pem)
    }
}
