//! A timestamp: over what, at which time, by a key that is trusted to say so.

use std::time::Duration;

use der::asn1::{ObjectIdentifier, Uint};
use der::{Decode, Encode};
use jiff::Timestamp;
use spki::AlgorithmIdentifierOwned;

use super::chain::{self, Vouched};
use super::cms::{self, Content};
use super::report::Code;
use crate::documents::keys::{Roots, Task};
use crate::documents::sign::cms::SHA256;
use crate::documents::sign::stamp::{TST_INFO, TstInfo};

/// What a timestamp says, and who says so.
pub(in crate::documents) struct Stamped {
    pub(in crate::documents) at: Timestamp,
    pub(super) by: Vouched,
    pub(in crate::documents) policy: ObjectIdentifier,
    /// What was asked, repeated.
    pub(in crate::documents) nonce: Option<Uint>,
}

/// Reads the time at which something with this SHA-256 digest was there.
pub(in crate::documents) fn read(
    token: &[u8],
    digest: &[u8],
    roots: &Roots,
) -> Result<Stamped, Code> {
    let opened = cms::open(token, &Content::Inside(TST_INFO)).or(Err(Code::Stamp))?;
    let info = TstInfo::from_der(&opened.content).or(Err(Code::Stamp))?;
    let sha256 = AlgorithmIdentifierOwned {
        oid: SHA256,
        parameters: None,
    };
    let fits = info.to_der().is_ok_and(|again| again == opened.content)
        && info.version == 1
        && info.imprint.algorithm == sha256
        && info.imprint.hash.as_bytes() == digest
        && opened.stamp.is_none();
    let at = seconds(info.time.to_unix_duration()).filter(|_| fits);
    let at = at.ok_or(Code::Stamp)?;
    let (problems, root) = chain::judge(&opened.certificate, roots, (Some(at), Task::Time));
    let root = root.filter(|_| problems.is_empty());
    let root = root.ok_or(Code::StampUntrusted)?;
    if !opened.is_as_of(root) {
        return Err(Code::Stamp);
    }
    Ok(Stamped {
        at,
        by: Vouched::new(opened.certificate, Some(root)),
        policy: info.policy,
        nonce: info.nonce,
    })
}

fn seconds(at: Duration) -> Option<Timestamp> {
    Timestamp::from_second(i64::try_from(at.as_secs()).ok()?).ok()
}
