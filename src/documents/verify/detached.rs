//! A signature beside bytes that are no paper.

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::chain::{Revocations, Vouched};
use super::cms::{self, Content};
use super::report::Code;
use super::{chain, stamp};
use crate::documents::keys::{self, Roots, Task};

/// Who signed, and at what time that was there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    pub signer: String,
    pub organisation: Option<String>,
    pub at: Timestamp,
    /// Of the certificate, by which it is taken back.
    pub serial: String,
}

/// Checks a signature that lies beside what it is for.
///
/// # Errors
/// The first thing that speaks against it.
pub fn check_beside(bytes: &[u8], signature: &[u8], roots: &Roots) -> Result<Beside, Code> {
    check_beside_against(bytes, signature, roots, &[])
}

/// The same against lists of what was taken back, each in DER; one that none of the roots made is passed over.
///
/// # Errors
/// As [`check_beside`]; `Revoked` where the certificate, or that of the timestamp, had been taken back by then.
pub fn check_beside_against(
    bytes: &[u8],
    signature: &[u8],
    roots: &Roots,
    lists: &[Vec<u8>],
) -> Result<Beside, Code> {
    let digest = Sha256::digest(bytes);
    let opened = cms::open(signature, &Content::Elsewhere(&digest))?;
    let token = opened.stamp.as_ref().ok_or(Code::Stamp)?;
    let stamped = stamp::read(token, &Sha256::digest(&opened.signature), roots)?;
    let at = stamped.at;
    let (problems, root) = chain::judge(&opened.certificate, roots, (Some(at), Task::Platform));
    if let Some(problem) = problems.first() {
        return Err(*problem);
    }
    let rests_on = [Vouched::new(opened.certificate, root), stamped.by];
    let lists = lists
        .iter()
        .filter_map(|list| Revocations::read(&[list.as_slice()], roots));
    for list in lists {
        if rests_on.iter().any(|it| list.name(it, Some(at))) {
            return Err(Code::Revoked);
        }
    }
    let [Vouched { certificate, .. }, _] = &rests_on;
    let subject = certificate.tbs_certificate().subject();
    Ok(Beside {
        signer: chain::attribute(subject, keys::name::COMMON).unwrap_or_default(),
        organisation: chain::attribute(subject, keys::name::ORGANISATION),
        at,
        serial: keys::serial(certificate),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::documents::keys::{Authority, Signer};
    use crate::documents::sign_beside;

    #[test]
    fn a_signature_beside_a_file_holds_for_that_file_and_under_its_roots_alone() {
        let clock = Clock::fixed("2026-11-22T14:00:00Z".parse().unwrap());
        let authority = Authority::create(&clock).unwrap();
        let signer = Signer {
            name: "anchors".to_owned(),
            organisation: Some("heyi".to_owned()),
            pseudonym: "0".repeat(32),
        };
        let signature = sign_beside(b"anchor", &signer, &authority, (clock.now(), &clock)).unwrap();
        let roots = authority.roots().unwrap();
        let found = check_beside(b"anchor", &signature, &roots).unwrap();
        assert_eq!((found.signer.as_str(), found.at), ("anchors", clock.now()));
        let other = check_beside(b"Anchor", &signature, &roots);
        assert_eq!(other, Err(Code::Digest));
        let strangers = Authority::create(&clock).unwrap().roots().unwrap();
        assert!(check_beside(b"anchor", &signature, &strangers).is_err());
        for byte in 0..signature.len() {
            let mut mutated = signature.clone();
            mutated[byte] ^= 1;
            assert!(check_beside(b"anchor", &mutated, &roots).is_err(), "{byte}");
        }
    }
}
