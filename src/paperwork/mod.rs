//! Turns a case into papers, stores them under their hashes, and performs what they are for.
//!
//! A revision is stored before the case names it; whoever loses the race leaves a file that nobody refers to,
//! which is swept later. Pages and jobs make, sign and issue papers through these functions only.

mod agreement;
mod bundle;
mod by_hand;
mod certificate;
mod confirmation;
mod dossier;
mod erasing;
mod error;
mod evidence;
mod extension;
mod faces;
mod filing;
mod letter;
mod minutes;
mod opening;
mod print;
mod record;
mod revision;
mod ruling;
mod service;
mod slip;

use std::sync::Arc;

use hmac::{Hmac, Mac};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use sha2::Sha256;
use zeroize::Zeroizing;

pub use agreement::{place, signer_place};
pub use bundle::{Archive, Outgoing};
pub use by_hand::{Scanned, ScannedFile};
pub use dossier::{Dossier, sample_dossier};
pub use erasing::Erased;
pub use error::PaperworkError;
pub use minutes::{record_hash, record_place};
pub use print::Current;
pub use record::{agreement_on, is_open};
pub use revision::{sealed_hash, text_hash};
pub use ruling::Decision;

use crate::casework::{CaseworkError, Desk};
use crate::documents::keys::Authority;
use crate::documents::papers::OF_PAPERS;
use crate::domain::case::Case;
use crate::domain::hash::ContentHash;
use crate::domain::ids::DocumentId;
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::paper::{Paper, PaperKind};
use crate::i18n::{Locale, Text, Texts};
use crate::storage::files::Files;

/// What turning a case into a paper needs.
#[derive(Debug)]
pub struct Chancery {
    pub desk: Desk,
    pub files: Files,
    pub authority: Arc<Authority>,
    pub texts: Arc<Texts>,
    /// Key of the pseudonyms in certificates and of the ids of drafts.
    pub key: Zeroizing<[u8; 32]>,
    /// Where the installation is reached, `https://heyi.example`, for the square codes on papers.
    pub address: String,
}

/// A paper rendered and not yet stored: what somebody is about to put their name to.
#[derive(Clone, Debug)]
pub struct Draft {
    pub id: DocumentId,
    pub kind: PaperKind,
    pub verify_id: String,
    pub made_at: Timestamp,
    /// The text, as pages show it before anybody signs.
    pub text: crate::documents::Paper,
    pub bytes: Vec<u8>,
}

impl Draft {
    /// The hash to which a code is bound.
    pub fn hash(&self) -> ContentHash {
        ContentHash::of(&self.bytes)
    }

    fn record(&self, hash: ContentHash) -> Paper {
        Paper {
            id: self.id,
            kind: self.kind,
            hash,
            verify_id: self.verify_id.clone(),
            made_at: self.made_at,
            court: None,
            party: None,
        }
    }
}

/// How often somebody's signature is made again because somebody else came in between.
struct Tries(usize);

impl Tries {
    const fn begin() -> Self {
        Self(5)
    }

    /// What came of it; nothing where it is made again on the newer state of the case.
    fn done(
        &mut self,
        outcome: Result<Case, CaseworkError>,
    ) -> Option<Result<Case, CaseworkError>> {
        self.0 -= 1;
        let overtaken = matches!(
            outcome,
            Err(CaseworkError::Conflict
                | CaseworkError::OutOfOrder(OutOfOrder::PaperChanged | OutOfOrder::Stale))
        );
        (self.0 == 0 || !overtaken).then_some(outcome)
    }
}

impl Chancery {
    /// The bytes of a paper's current revision.
    ///
    /// # Errors
    /// `File` where the store has lost or changed them.
    pub async fn file(&self, paper: &Paper) -> Result<bytes::Bytes, PaperworkError> {
        Ok(self.files.get(&paper.hash).await?)
    }

    /// The words in which the papers of a case are written: those of its district.
    fn words(&self, case: &Case) -> &Texts {
        self.texts.of(&case.district.0)
    }

    /// Words of a case's papers that no template holds: numbers, kinds of disputes, reasons of signatures.
    fn say(&self, case: &Case, key: &str, fillers: &[(&str, &str)]) -> String {
        self.say_in(case, OF_PAPERS, key, fillers)
    }

    /// The same in the second column of a paper in two languages.
    fn say_in(&self, case: &Case, locale: Locale, key: &str, fillers: &[(&str, &str)]) -> String {
        let mut text = Text::key(key.to_owned());
        for (name, value) in fillers {
            text = text.with((*name).to_owned(), *value);
        }
        self.words(case).say(locale, &text)
    }

    fn paper_title(&self, case: &Case, kind: PaperKind) -> String {
        let kind = kind.name().replace('_', "-");
        self.say(case, &format!("case-paper-{kind}"), &[])
    }

    /// Lowercase hexadecimal digits that only this installation can make from the parts.
    fn secret_name(&self, parts: &[&str]) -> String {
        #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
        let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(self.key.as_slice())
            .expect("any length");
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        hexadecimal(&mac.finalize().into_bytes())
    }

    /// Id and public id of a paper that is not stored yet: the same for the same version of the case, so that the
    /// bytes which a person read are made again when the code for their hash comes back; unguessable all the same.
    fn draft_ids(&self, case: &Case, kind: PaperKind) -> (DocumentId, String) {
        let digits = self.secret_name(&[
            "draft",
            kind.name(),
            &case.id.to_string(),
            &case.version.to_string(),
        ]);
        let (id, verify_id) = digits.split_at(32);
        let bytes = u128::from_str_radix(id, 16)
            .unwrap_or_default()
            .to_be_bytes();
        let id = uuid::Builder::from_random_bytes(bytes).into_uuid();
        (DocumentId(id), verify_id.to_owned())
    }

    fn verify_address(&self, verify_id: &str) -> String {
        format!("{}/v/{verify_id}", self.address)
    }
}

/// Lowercase digits.
fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|digit| char::from(DIGITS[usize::from(digit)]))
        .collect()
}

/// Midnight at the beginning of a day in Shanghai.
fn beginning_of(day: Date) -> Timestamp {
    day.at(0, 0, 0, 0)
        .to_zoned(TimeZone::fixed(Offset::constant(8)))
        .map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp())
}

#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
mod tests;
