//! Holding the whole database and all files to the anchors, with nothing but the roots to trust.
//!
//! It reads case by case and keeps no more than a part of the leaves at a time, so that it takes as little memory for a
//! hundred thousand matters as for a hundred.

mod anchors;
mod case;
mod events;
mod finding;

use std::collections::{BTreeMap, HashMap};

use crate::documents::keys::{Noted, Roots};
use crate::domain::anchor::Entry;
use crate::domain::ids::CaseId;
use crate::storage::files::{AnchorFiles, Files};
use crate::storage::{Store, cases};

use super::AuditError;
use anchors::Held;
use events::Anchored;
pub use finding::{Finding, Late, Outcome, What};

/// Leaves held in memory at a time.
const PER_PART: u64 = 500_000;
/// Cases listed at a time.
const PAGE: i64 = 500;

/// What a check needs.
#[derive(Clone, Debug)]
pub struct Audit {
    pub store: Store,
    pub files: Files,
    /// The folder of anchors as it was copied elsewhere, which is believed rather than the one beside the database.
    pub copy: Option<AnchorFiles>,
    /// Certificates in DER.
    pub roots: Roots,
    /// What they have taken back, in DER.
    pub lists: Vec<Vec<u8>>,
    /// The anchors that are noted beside the keys, where those could be opened.
    pub noted: Vec<Noted>,
}

/// What the anchors say of one case.
#[derive(Default)]
struct Known {
    events: Vec<Anchored>,
    /// Hash, and the place in the row of anchors that first named it.
    files: BTreeMap<[u8; 32], usize>,
}

impl Audit {
    /// Checks everything. Tampering is no error: it is in the outcome.
    ///
    /// # Errors
    /// Where database or files cannot be read.
    pub async fn run(&self) -> Result<Outcome, AuditError> {
        let mut outcome = Outcome::default();
        let held = self.anchors(&mut outcome).await?;
        outcome.newest = held.last().map(|it| (it.number, it.hour));
        let parts = outcome.leaves / PER_PART + 1;
        for part in 0..parts {
            self.part(&held, (part, parts), &mut outcome).await?;
        }
        outcome.sort();
        Ok(outcome)
    }

    /// The cases of one part.
    async fn part(
        &self,
        held: &[Held],
        (part, parts): (u64, u64),
        outcome: &mut Outcome,
    ) -> Result<(), AuditError> {
        let is_in = |case: CaseId| case.0.as_u64_pair().1 % parts == part;
        let mut known = self.known(held, is_in).await?;
        let mut after = None;
        loop {
            let mut read = self.store.read().await?;
            let page = cases::numbers(&mut read, after, PAGE).await?;
            let Some((last, _)) = page.last() else { break };
            after = Some(*last);
            for (id, number) in page.into_iter().filter(|(id, _)| is_in(*id)) {
                let known = known.remove(&id).unwrap_or_default();
                self.case(&mut read, (id, number), (&known, held), outcome)
                    .await?;
            }
        }
        for (id, known) in known {
            let Some(first) = known.events.first() else {
                continue;
            };
            outcome.find(Finding {
                case: Some((id, String::new())),
                ..Finding::of(What::CaseRemoved, held.get(first.anchor))
            });
        }
        Ok(())
    }

    /// What the anchors say of these cases.
    async fn known(
        &self,
        held: &[Held],
        is_in: impl Fn(CaseId) -> bool,
    ) -> Result<HashMap<CaseId, Known>, AuditError> {
        let mut all: HashMap<CaseId, Known> = HashMap::new();
        for (anchor, it) in held.iter().enumerate() {
            let entries = self.entries(it).await?.unwrap_or_default();
            for entry in entries.into_iter().filter(|entry| is_in(entry.case())) {
                let known = all.entry(entry.case()).or_default();
                match entry {
                    Entry::Event { seq, hash, .. } => known.events.push(Anchored {
                        seq,
                        hash: hash.digest(),
                        anchor,
                    }),
                    Entry::File { file, .. } => {
                        known.files.entry(file.digest()).or_insert(anchor);
                    }
                }
            }
        }
        Ok(all)
    }
}
