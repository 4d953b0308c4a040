//! One case: its chain, the details of its events, its body and its files.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::anchors::Held;
use super::{Audit, Finding, Known, Outcome, What, events as places};
use crate::audit::AuditError;
use crate::domain::case::Case;
use crate::domain::chain::{Link, digest};
use crate::domain::hash::ContentHash;
use crate::domain::ids::CaseId;
use crate::domain::recording::Recording;
use crate::storage::events::Details;
use crate::storage::files::FileError;
use crate::storage::{
    Read, StorageError, anchors, cases, erasure, events, instant, micros, referred,
};

/// A case as the database has it at one moment.
struct Stored {
    /// Nothing where it cannot be read.
    body: Option<Case>,
    hash: Option<ContentHash>,
    links: Vec<Link>,
    details: BTreeMap<i64, Details>,
    waiting: Vec<i64>,
    erased_at: Option<Timestamp>,
}

impl Stored {
    /// Reads again what changed while it was read.
    async fn load(read: &mut Read, id: CaseId) -> Result<Self, AuditError> {
        loop {
            let version = cases::version(read, id).await?;
            let body = match cases::load(read, id).await {
                Err(StorageError::Corrupt { .. }) => None,
                body => body?,
            };
            let stored = Self {
                body,
                hash: cases::stored_hash(read, id).await?,
                links: events::chain(read, id).await?,
                details: events::all_details(read, id).await?.into_iter().collect(),
                waiting: anchors::waiting_of(read, id).await?,
                erased_at: erasure::last_of(read, id).await?,
            };
            if cases::version(read, id).await? == version {
                return Ok(stored);
            }
        }
    }

    /// The first event whose details are not those that its link covers.
    fn details(&self) -> Option<(i64, What)> {
        let wrong = |link: &Link| match self.details.get(&link.seq) {
            Some(it) if digest(&it.salt, &it.payload) == link.details => None,
            Some(_) => Some((link.seq, What::DetailsChanged)),
            None if self.erased_at.is_some_and(|at| micros(at) >= link.at) => None,
            None => Some((link.seq, What::DetailsRemoved)),
        };
        self.links.iter().find_map(wrong)
    }

    /// The first event that should be in an anchor and waits for none.
    fn left_out(&self, known: &Known, newest: &Held) -> Option<(i64, What)> {
        let sealed: BTreeSet<i64> = known.events.iter().map(|it| it.seq).collect();
        let left = |link: &&Link| {
            link.at < micros(newest.made_at)
                && !sealed.contains(&link.seq)
                && !self.waiting.contains(&link.seq)
        };
        let left = self.links.iter().find(|link| left(link))?;
        Some((left.seq, What::EventLeftOut))
    }

    fn body(&self) -> Option<What> {
        let last = self.links.last();
        let covered = last.and_then(|it| it.body.as_ref());
        match &self.body {
            None => Some(What::BodyIllegible),
            Some(body) if body.version != last.map_or(0, |it| it.seq) => Some(What::BodyReplaced),
            Some(_) if covered.is_some() && covered != self.hash.as_ref() => {
                Some(What::BodyChanged)
            }
            Some(_) => None,
        }
    }

    /// Whether nothing says what the body was.
    fn is_uncovered(&self) -> bool {
        self.links.last().is_some_and(|it| it.body.is_none())
    }

    /// When each event happened, and the anchor that it is in.
    fn sealed<'a>(
        &'a self,
        (known, held): (&'a Known, &'a [Held]),
    ) -> impl Iterator<Item = (&'a Link, &'a Held)> {
        known.events.iter().filter_map(|it| {
            let link = self.links.iter().find(|link| link.seq == it.seq);
            Some((link?, held.get(it.anchor)?))
        })
    }

    /// Whether it belongs to a recording of a session that an event tells the deletion of.
    fn has_deleted(&self, file: &ContentHash) -> bool {
        let recordings = self.body.iter().flat_map(|body| &body.recordings);
        recordings.flat_map(Recording::deleted).any(|it| it == file)
    }

    /// The files that the events which are still to be anchored name.
    fn named(&self) -> BTreeSet<ContentHash> {
        let payloads = self.details.values().map(|it| it.payload.as_str());
        payloads.flat_map(referred::names).collect()
    }
}

impl Audit {
    pub(super) async fn case(
        &self,
        read: &mut Read,
        case: (CaseId, String),
        (known, held): (&Known, &[Held]),
        outcome: &mut Outcome,
    ) -> Result<(), AuditError> {
        let stored = Stored::load(read, case.0).await?;
        outcome.cases += 1;
        outcome.events += stored.links.len() as u64;
        outcome.waiting += stored.waiting.len() as u64;
        outcome.erased += u64::from(stored.erased_at.is_some());
        outcome.uncovered += u64::from(stored.is_uncovered());
        for (link, anchor) in stored.sealed((known, held)) {
            outcome.count_late(&case.1, (link.seq, instant(link.at)?), anchor);
        }
        let chain = places::first(&case.0.to_string(), &stored.links, &known.events);
        let mut wrong: Vec<_> = chain.into_iter().chain(stored.details()).collect();
        if let Some(newest) = held.last()
            && self.is_newest(read, newest).await?
        {
            wrong.extend(stored.left_out(known, newest));
        }
        wrong.sort_by_key(|(seq, _)| *seq);
        let whole = wrong.is_empty();
        if let Some((seq, what)) = wrong.into_iter().next() {
            let anchor = known.events.iter().find(|it| it.seq == seq);
            let link = stored.links.iter().find(|it| it.seq == seq);
            let anchor = anchor.and_then(|it| held.get(it.anchor));
            let finding = Finding::of(what, anchor);
            outcome.find(Finding {
                at: link.map(|it| instant(it.at)).transpose()?.or(finding.at),
                case: Some(case.clone()),
                seq: Some(seq),
                ..finding
            });
        }
        // A body that is older or newer than a chain which was cut is no second finding.
        if let Some(what) = stored.body().filter(|_| whole) {
            outcome.find(Finding {
                at: stored.links.last().map(|it| instant(it.at)).transpose()?,
                case: Some(case.clone()),
                ..Finding::of(what, None)
            });
        }
        self.case_files(&case, &stored, (known, held), outcome)
            .await
    }

    /// Whether no anchor was made since the check began: what was waiting then may be sealed now.
    async fn is_newest(&self, read: &mut Read, held: &Held) -> Result<bool, AuditError> {
        let newest = anchors::newest(read).await?;
        Ok(newest.is_some_and(|newest| newest.number == held.number))
    }

    async fn case_files(
        &self,
        case: &(CaseId, String),
        stored: &Stored,
        (known, held): (&Known, &[Held]),
        outcome: &mut Outcome,
    ) -> Result<(), AuditError> {
        let papers: BTreeSet<ContentHash> = stored
            .body
            .iter()
            .flat_map(|body| body.papers.iter().map(|it| it.hash.clone()))
            .collect();
        let mut all: BTreeMap<ContentHash, Option<&Held>> =
            papers.iter().map(|file| (file.clone(), None)).collect();
        for (file, anchor) in &known.files {
            all.insert(ContentHash::of_digest(*file), held.get(*anchor));
        }
        let named = stored.named();
        for (file, anchor) in all {
            outcome.files += 1;
            let replaced = anchor.is_none() && !named.contains(&file);
            // Words that were erased take with them what only they named.
            let erased = stored.erased_at.is_some() && !papers.contains(&file);
            let may_be_gone = erased || stored.has_deleted(&file);
            let what = match self.files.check(&file).await {
                Ok(()) if replaced => What::FileReplaced,
                Ok(()) => continue,
                Err(FileError::Missing(_)) if may_be_gone => continue,
                Err(FileError::Missing(_)) => What::FileRemoved,
                Err(FileError::Damaged(_)) => What::FileChanged,
                Err(error) => return Err(error.into()),
            };
            outcome.find(Finding {
                case: Some(case.clone()),
                file: Some(file),
                ..Finding::of(what, anchor)
            });
        }
        Ok(())
    }
}
