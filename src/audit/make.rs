//! Making the anchor of an hour.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;

use super::{AuditError, ORGANISATION, SIGNER};
use crate::clock::Clock;
use crate::documents::keys::{Authority, Noted, Signer};
use crate::documents::{SignError, sign_beside};
use crate::domain::anchor::{Anchor, Entry, Made, written};
use crate::domain::hash::ContentHash;
use crate::domain::ids::CaseId;
use crate::storage::anchors::{self, Sealed, Waiting};
use crate::storage::files::Files;
use crate::storage::{Store, referred, write_tx};

/// Events in one anchor. With their files they are some megabytes of lines.
const MOST: usize = 50_000;
/// Events read at a time; the first one of a case holds all that was told.
const PAGE: i64 = 500;
/// Cases whose events are noted as done in one transaction, so that nobody waits long for the writer.
const TOGETHER: usize = 500;

/// What making an anchor needs.
#[derive(Clone, Debug)]
pub struct Anchoring {
    pub store: Store,
    pub files: Files,
    pub clock: Arc<Clock>,
    pub authority: Arc<Authority>,
}

/// What goes into one anchor, and how far it has come in each case.
#[derive(Default)]
struct Batch {
    entries: Vec<Entry>,
    upto: BTreeMap<CaseId, i64>,
    is_full: bool,
}

impl Anchoring {
    /// Makes the anchor of an hour, unless it or a later one is there already. How many were made.
    ///
    /// # Errors
    /// `Unique` of the storage where another node made it at the same time; to be tried again, and done then.
    pub async fn make(&self, hour: Timestamp) -> Result<usize, AuditError> {
        self.write_files().await?;
        let newest = anchors::newest(&mut self.store.read().await?).await?;
        if newest.is_some_and(|newest| newest.hour >= hour) {
            return Ok(0);
        }
        let mut made = 0;
        loop {
            let is_full = self.next(hour).await?;
            made += 1;
            if !is_full {
                return Ok(made);
            }
        }
    }

    /// One anchor behind the newest; whether more is waiting than went into it.
    async fn next(&self, hour: Timestamp) -> Result<bool, AuditError> {
        let newest = anchors::newest(&mut self.store.read().await?).await?;
        let previous = newest.as_ref().map(known).transpose()?;
        let stands = self.has_noted().await?;
        let batch = self.gather().await?;
        let at = self.clock.now();
        let previous = previous
            .as_ref()
            .map(|(anchor, hash)| (anchor, hash.clone()));
        let anchor = Anchor::after(previous, Made { hour, at }, &batch.entries);
        let sealed = sealed(&anchor, &self.authority, &self.clock)?;
        let place = anchor.entries_place();
        let folder = self.files.anchors();
        folder.put(&place, written(&batch.entries)).await?;
        write_tx!(self.store, |tx| { anchors::add(tx, &sealed).await })?;
        self.write_files().await?;
        let noted = Noted {
            number: sealed.number,
            hash: ContentHash::of(sealed.body.as_bytes()),
        };
        if let Err(error) = self.authority.note(noted, stands) {
            tracing::error!(
                anchor = sealed.number,
                %error,
                "the anchor is made and could not be noted beside the keys; the one noted before stays"
            );
        }
        let upto: Vec<_> = batch.upto.into_iter().collect();
        for some in upto.chunks(TOGETHER) {
            write_tx!(self.store, |tx| { anchors::taken(tx, some).await })?;
        }
        Ok(batch.is_full)
    }

    /// Whether the database has the anchor that was noted beside the keys when it was made.
    async fn has_noted(&self) -> Result<bool, AuditError> {
        let Some(noted) = self.authority.noted().map_err(SignError::from)?.pop() else {
            return Ok(true);
        };
        let known = anchors::numbered(&mut self.store.read().await?, noted.number).await?;
        let is_it = |it: Sealed| ContentHash::of(it.body.as_bytes()) == noted.hash;
        let stands = known.is_some_and(is_it);
        if !stands {
            tracing::error!(
                anchor = noted.number,
                "the database has not the anchor that is noted beside the keys: it was rewritten, or put back from a copy"
            );
        }
        Ok(stands)
    }

    /// Writes the files of anchors that are in the database: after each, and what a crash left over.
    async fn write_files(&self) -> Result<(), AuditError> {
        let unstored = anchors::unstored(&mut self.store.read().await?, 100).await?;
        let folder = self.files.anchors();
        for sealed in unstored {
            let place = known(&sealed)?.0.place();
            folder.put(&format!("{place}.p7s"), sealed.seal).await?;
            folder.put(&format!("{place}.json"), sealed.body).await?;
            let now = self.clock.now();
            write_tx!(self.store, |tx| {
                anchors::stored(tx, sealed.number, now).await
            })?;
        }
        Ok(())
    }

    /// The events that are in no anchor yet, each followed by the files that it names.
    async fn gather(&self) -> Result<Batch, AuditError> {
        let mut batch = Batch::default();
        let mut after = None;
        loop {
            let mut read = self.store.read().await?;
            let page = anchors::waiting(&mut read, after, PAGE).await?;
            drop(read);
            let Some(last) = page.last() else {
                return Ok(batch);
            };
            after = Some((last.case, last.seq));
            for waiting in page {
                self.add(&mut batch, waiting).await?;
                if batch.entries.len() >= MOST {
                    batch.is_full = true;
                    return Ok(batch);
                }
            }
        }
    }

    async fn add(&self, batch: &mut Batch, waiting: Waiting) -> Result<(), AuditError> {
        let Waiting { case, seq, .. } = waiting;
        let named: BTreeSet<_> = match &waiting.payload {
            Some(payload) => referred::names(payload).collect(),
            // Its words are erased; what the case keeps, its body names.
            None => referred::by_body(&mut self.store.read().await?, case).await?,
        };
        batch.entries.push(Entry::Event {
            case,
            seq,
            hash: waiting.hash,
        });
        for file in named {
            if self.files.is_there(&file).await? {
                batch.entries.push(Entry::File { case, file });
            }
        }
        batch.upto.insert(case, seq);
        Ok(())
    }
}

/// An anchor of the database with the hash of its file.
pub(super) fn known(sealed: &Sealed) -> Result<(Anchor, ContentHash), AuditError> {
    let anchor = Anchor::read(&sealed.body).ok_or(AuditError::Illegible(sealed.number))?;
    Ok((anchor, ContentHash::of(sealed.body.as_bytes())))
}

/// Signed and stamped, at the time that the anchor says.
pub(super) fn sealed(
    anchor: &Anchor,
    authority: &Authority,
    clock: &Clock,
) -> Result<Sealed, SignError> {
    let (body, at) = (anchor.file(), anchor.made_at);
    Ok(Sealed {
        number: anchor.number,
        hour: anchor.hour,
        seal: sign_beside(body.as_bytes(), &signer(), authority, (at, clock))?,
        body,
    })
}

fn signer() -> Signer {
    Signer {
        name: SIGNER.to_owned(),
        organisation: Some(ORGANISATION.to_owned()),
        // Nobody's identity: the same for every installation.
        pseudonym: ContentHash::of(SIGNER.as_bytes()).as_str()[..32].to_owned(),
    }
}
