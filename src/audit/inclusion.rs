//! Shown to whoever holds a paper, without database and without the tree: that its file is a leaf under an anchor.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::AuditError;
use super::make::{known, sealed};
use super::seal::{self, Flaw};
use crate::clock::Clock;
use crate::documents::SignError;
use crate::documents::keys::{Authority, Roots};
use crate::domain::anchor::{Anchor, Entry, Made, entries, hour_of};
use crate::domain::hash::ContentHash;
use crate::domain::ids::CaseId;
use crate::domain::merkle::{Tree, climb};
use crate::storage::Store;
use crate::storage::anchors::{self, Sealed};
use crate::storage::files::Files;

const SCHEMA: &str = "heyi-inclusion/1";

/// Anchors that are searched: a file is in the first after it came, or in one of the next where many had waited.
const AHEAD: i64 = 48;

/// More than a way up a tree of 2⁶⁴ leaves with its anchor needs.
const LARGEST: usize = 1 << 16;

/// The way from the leaf of a file up to the root of an anchor, with the anchor: all that it takes to check it elsewhere.
///
/// By hand: SHA-256 of the file stands in `leaf`; the leaf is SHA-256 of 0x00 and `leaf`; from there up `path` as in
/// RFC 9162, 2.1.3.2 to the `root` that `anchor` names; and `signature` is a detached CMS over `anchor` to the letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inclusion {
    /// `heyi-inclusion/1`
    pub schema: String,
    /// `["file","<id of the matter>","<SHA-256 of the file>"]`
    pub leaf: String,
    /// Its place among all leaves, from 0.
    pub index: u64,
    /// The hashes beside the way up, the lowest first.
    pub path: Vec<ContentHash>,
    /// The file of the anchor, as it was signed.
    pub anchor: String,
    /// DER in base64.
    pub signature: String,
}

/// What a proof shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Included {
    /// Of the anchor.
    pub number: u64,
    /// What its timestamp says: the file was there then, as it is now.
    pub at: Timestamp,
    pub root: ContentHash,
}

/// Why a proof shows nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unproven {
    /// It is none, or of a later version.
    Unknown,
    /// It is about another file.
    OtherFile,
    /// The way does not lead to the root of the anchor.
    NotUnder,
    /// The anchor is not signed by an authority that is trusted.
    Forged,
    /// The key of the anchor had been taken back.
    Revoked,
}

impl Unproven {
    pub const ALL: [Self; 5] = [
        Self::Unknown,
        Self::OtherFile,
        Self::NotUnder,
        Self::Forged,
        Self::Revoked,
    ];

    /// As it stands at the end of its message key.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::OtherFile => "other-file",
            Self::NotUnder => "not-under",
            Self::Forged => "forged",
            Self::Revoked => "revoked",
        }
    }
}

/// Shows of a file of a case that an anchor has it, which came `since` then; nothing before the next anchor is made.
///
/// # Errors
/// Where database or files cannot be read.
pub async fn prove(
    (store, files): (&Store, &Files),
    (case, file): (CaseId, &ContentHash),
    since: Timestamp,
) -> Result<Option<Inclusion>, AuditError> {
    let wanted = Entry::File {
        case,
        file: file.clone(),
    };
    let hour = hour_of(since);
    let later = anchors::since(&mut store.read().await?, hour, AHEAD).await?;
    for sealed in later {
        let (anchor, _) = known(&sealed)?;
        let Some(bytes) = files.anchors().get(&anchor.entries_place()).await? else {
            continue;
        };
        let added = std::str::from_utf8(&bytes).ok().and_then(entries);
        let added = added.unwrap_or_default();
        let Some(at) = added.iter().position(|entry| *entry == wanted) else {
            continue;
        };
        let before = tree_before(store, &anchor).await?;
        return Ok(Some(Inclusion::of((&before, &added, at), sealed)));
    }
    Ok(None)
}

/// The proof of a file of invented people, under an anchor made for it and two others, for samples.
///
/// # Errors
/// Those of signing.
pub fn invented(
    file: &ContentHash,
    authority: &Authority,
    clock: &Clock,
) -> Result<Inclusion, SignError> {
    let case = CaseId(clock.new_id());
    let entry = |file: ContentHash| Entry::File { case, file };
    let others = [&b"before"[..], b"behind"].map(|other| entry(ContentHash::of(other)));
    let [first, last] = others;
    let added = [first, entry(file.clone()), last];
    let at = clock.now();
    let made = Made {
        hour: hour_of(at),
        at,
    };
    let anchor = Anchor::after(None, made, &added);
    let sealed = sealed(&anchor, authority, clock)?;
    Ok(Inclusion::of((&Tree::default(), &added, 1), sealed))
}

/// The tree as the anchor before left it.
async fn tree_before(store: &Store, anchor: &Anchor) -> Result<Tree, AuditError> {
    if anchor.number <= 1 {
        return Ok(Tree::default());
    }
    let number = anchor.number - 1;
    let before = anchors::numbered(&mut store.read().await?, number).await?;
    let before = before.ok_or(AuditError::Illegible(number))?;
    let tree = known(&before)?.0.tree();
    tree.ok_or(AuditError::Illegible(number))
}

impl Inclusion {
    /// The way of one of the leaves that an anchor added to a tree.
    fn of((before, added, at): (&Tree, &[Entry], usize), sealed: Sealed) -> Self {
        let leaves: Vec<_> = added.iter().map(Entry::leaf).collect();
        let path = before.path(&leaves, at).unwrap_or_default();
        Self {
            schema: SCHEMA.to_owned(),
            leaf: added.get(at).map(Entry::line).unwrap_or_default(),
            index: before.size() + at as u64,
            path: path.into_iter().map(ContentHash::of_digest).collect(),
            anchor: sealed.body,
            signature: BASE64.encode(&sealed.seal),
        }
    }

    /// Holds a proof, as it was handed out, against the file that it should be about.
    ///
    /// # Errors
    /// See [`Unproven`].
    pub fn check(
        proof: &[u8],
        file: &[u8],
        trusted: (&Roots, &[Vec<u8>]),
    ) -> Result<Included, Unproven> {
        if proof.len() > LARGEST {
            return Err(Unproven::Unknown);
        }
        let proof: Self = serde_json::from_slice(proof).or(Err(Unproven::Unknown))?;
        let entry = Entry::parse(&proof.leaf).filter(|_| proof.schema == SCHEMA);
        let Some(entry @ Entry::File { .. }) = entry else {
            return Err(Unproven::Unknown);
        };
        if !matches!(&entry, Entry::File { file: named, .. } if *named == ContentHash::of(file)) {
            return Err(Unproven::OtherFile);
        }
        let signature = BASE64.decode(&proof.signature);
        let signature = signature.or(Err(Unproven::Unknown))?;
        let sealed = seal::open(&proof.anchor, &signature, trusted).map_err(|flaw| match flaw {
            Flaw::Revoked => Unproven::Revoked,
            Flaw::Forged(_) | Flaw::Illegible => Unproven::Forged,
        })?;
        let anchor = sealed.anchor;
        let path: Vec<_> = proof.path.iter().map(ContentHash::digest).collect();
        let root = climb(entry.leaf(), proof.index, anchor.leaves, &path);
        if root != Some(anchor.root.digest()) {
            return Err(Unproven::NotUnder);
        }
        Ok(Included {
            number: anchor.number,
            at: sealed.at,
            root: anchor.root,
        })
    }
}
