//! Whether an anchor was sealed as one: by a certificate made for that, and at the time that it says.

use jiff::{SignedDuration, Timestamp};

use super::{ORGANISATION, SIGNER};
use crate::documents::keys::Roots;
use crate::documents::verify::{Code, check_beside_against};
use crate::domain::anchor::Anchor;

/// Between the time that an anchor says and that of its timestamp, which another machine may have made.
const NEAR: SignedDuration = SignedDuration::from_mins(5);

/// Why it is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    Forged(&'static str),
    /// The certificate, or that of the timestamp, had been taken back.
    Revoked,
    Illegible,
}

/// An anchor with the time of its timestamp.
#[derive(Clone, Debug)]
pub(super) struct Opened {
    pub(super) anchor: Anchor,
    pub(super) at: Timestamp,
}

/// The anchor in this file, if it was sealed under these roots and by nothing that their lists name.
pub(super) fn open(
    body: &str,
    seal: &[u8],
    (roots, lists): (&Roots, &[Vec<u8>]),
) -> Result<Opened, Flaw> {
    let beside = match check_beside_against(body.as_bytes(), seal, roots, lists) {
        Ok(beside) => beside,
        Err(Code::Revoked) => return Err(Flaw::Revoked),
        Err(code) => return Err(Flaw::Forged(code.name())),
    };
    if beside.signer != SIGNER || beside.organisation.as_deref() != Some(ORGANISATION) {
        return Err(Flaw::Forged("another signer"));
    }
    let anchor = Anchor::read(body).ok_or(Flaw::Illegible)?;
    if beside.at.duration_since(anchor.made_at).abs() > NEAR {
        return Err(Flaw::Forged("another time"));
    }
    let at = beside.at;
    Ok(Opened { anchor, at })
}
