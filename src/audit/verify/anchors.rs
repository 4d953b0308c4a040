//! The anchors themselves: each signed by us, stamped, following from the one before it and from its entries, and none missing.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{Audit, Finding, Outcome, What};
use crate::audit::AuditError;
use crate::audit::seal::{self, Flaw};
use crate::domain::anchor::{Anchor, Entry, Made, entries};
use crate::domain::hash::ContentHash;
use crate::storage::anchors::{self, Sealed};
use crate::storage::files::AnchorFiles;

/// An anchor that is signed, and whose entries are there.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) number: u64,
    pub(super) hour: Timestamp,
    pub(super) made_at: Timestamp,
    place: String,
    hash: ContentHash,
}

/// One anchor wherever it was found.
struct Found {
    body: String,
    seal: Vec<u8>,
}

impl Audit {
    /// Walks all anchors, the oldest first.
    pub(super) async fn anchors(&self, outcome: &mut Outcome) -> Result<Vec<Held>, AuditError> {
        let shelves = Shelves::of(self).await?;
        let mut held = Vec::new();
        let mut previous: Option<(Anchor, ContentHash)> = None;
        let mut hour = Timestamp::UNIX_EPOCH;
        let mut expected = 1;
        for number in self.numbers(&shelves).await? {
            if number > expected {
                // Nobody has it any more; those behind it may be gone too.
                let gap = Finding::of_number(What::AnchorRemoved, expected, hour);
                outcome.find(gap);
                previous = None;
            }
            expected = number + 1;
            let Some(found) = self.found(&shelves, (number, hour), outcome).await? else {
                previous = None;
                continue;
            };
            let anchor = match self.signed(&found) {
                Ok(anchor) if anchor.number == number => anchor,
                Ok(_) => {
                    outcome.find(Finding::of_number(What::AnchorChanged, number, hour));
                    continue;
                }
                Err(what) => {
                    outcome.find(Finding::of_number(what, number, hour));
                    previous = None;
                    continue;
                }
            };
            hour = anchor.hour;
            outcome.anchors += 1;
            outcome.leaves = anchor.leaves;
            let it = Held::of(&anchor);
            match self.entries(&it).await? {
                Some(entries) if follows(&anchor, number, previous.as_ref(), &entries) => {
                    held.push(it);
                }
                Some(_) => outcome.find(Finding::of(What::AnchorOutOfOrder, Some(&it))),
                None => {
                    let what = self.without_entries(&it).await?;
                    outcome.find(Finding::of(what, Some(&it)));
                }
            }
            let hash = ContentHash::of(found.body.as_bytes());
            previous = Some((anchor, hash));
        }
        outcome.count_hours(&held);
        self.noted(&shelves, outcome).await?;
        Ok(held)
    }

    /// Whether the anchors that were noted beside the keys are those that are there.
    async fn noted(&self, shelves: &Shelves, outcome: &mut Outcome) -> Result<(), AuditError> {
        for noted in &self.noted {
            let known = anchors::numbered(&mut self.store.read().await?, noted.number).await?;
            let own = shelves.own.lies(noted.number).await?;
            let is_it = |body: &str| ContentHash::of(body.as_bytes()) == noted.hash;
            if !known.is_some_and(|it| is_it(&it.body)) || !own.is_some_and(|it| is_it(&it.body)) {
                let hour = Timestamp::UNIX_EPOCH;
                outcome.find(Finding::of_number(
                    What::AnchorNotAsNoted,
                    noted.number,
                    hour,
                ));
            }
        }
        Ok(())
    }

    /// The numbers of all anchors that there are anywhere.
    async fn numbers(&self, shelves: &Shelves) -> Result<BTreeSet<u64>, AuditError> {
        let all = shelves.copy.iter().chain([&shelves.own]);
        let mut numbers: BTreeSet<u64> = all.flat_map(|it| it.places.keys().copied()).collect();
        let mut before = None;
        loop {
            let mut read = self.store.read().await?;
            let page = anchors::before(&mut read, before, 500).await?;
            let Some(last) = page.last() else {
                return Ok(numbers);
            };
            before = Some(last.number);
            numbers.extend(page.iter().map(|it| it.number));
        }
    }

    /// The anchor from the copy, the files and the database, which all are to have the same one. The copy is believed first.
    async fn found(
        &self,
        shelves: &Shelves,
        (number, hour): (u64, Timestamp),
        outcome: &mut Outcome,
    ) -> Result<Option<Found>, AuditError> {
        let copied = match &shelves.copy {
            Some(copy) => copy.lies(number).await?,
            None => None,
        };
        let own = shelves.own.lies(number).await?;
        let known = anchors::numbered(&mut self.store.read().await?, number).await?;
        if own.is_none() {
            outcome.find(Finding::of_number(What::AnchorRemoved, number, hour));
        }
        if known.is_none() {
            outcome.find(Finding::of_number(What::AnchorUnknown, number, hour));
        }
        let known = known.map(|Sealed { body, seal, .. }| Found { body, seal });
        let mut all = copied.into_iter().chain(own).chain(known);
        let first = all.next();
        if let Some(first) = &first
            && all.any(|other| other.body != first.body)
        {
            outcome.find(Finding::of_number(What::AnchorDiffers, number, hour));
        }
        Ok(first)
    }

    /// The anchor, if it was signed as one by a certificate that is trusted.
    fn signed(&self, found: &Found) -> Result<Anchor, What> {
        let trusted = (&self.roots, self.lists.as_slice());
        match seal::open(&found.body, &found.seal, trusted) {
            Ok(sealed) => Ok(sealed.anchor),
            Err(Flaw::Revoked) => Err(What::AnchorRevoked),
            Err(Flaw::Forged(why)) => Err(What::AnchorForged(why)),
            Err(Flaw::Illegible) => Err(What::AnchorChanged),
        }
    }

    /// What the leaves stand for, if the file that says so is the one that was sealed.
    pub(super) async fn entries(&self, held: &Held) -> Result<Option<Vec<Entry>>, AuditError> {
        let own = self.files.anchors();
        for shelf in self.copy.iter().chain([&own]) {
            if let Some(bytes) = shelf.get(&held.place).await?
                && ContentHash::of(&bytes) == held.hash
            {
                return Ok(std::str::from_utf8(&bytes).ok().and_then(entries));
            }
        }
        Ok(None)
    }

    async fn without_entries(&self, held: &Held) -> Result<What, AuditError> {
        let own = self.files.anchors().get(&held.place).await?;
        Ok(own.map_or(What::EntriesRemoved, |_| What::EntriesChanged))
    }
}

impl Held {
    fn of(anchor: &Anchor) -> Self {
        Self {
            number: anchor.number,
            hour: anchor.hour,
            made_at: anchor.made_at,
            place: anchor.entries_place(),
            hash: anchor.entries.clone(),
        }
    }
}

/// Whether the anchor is the one that comes of these entries behind the one before it. Where that is missing, which is told,
/// the signature has to do.
fn follows(
    anchor: &Anchor,
    number: u64,
    previous: Option<&(Anchor, ContentHash)>,
    entries: &[Entry],
) -> bool {
    if previous.is_none() && number > 1 {
        return anchor.added == entries.len() as u64;
    }
    let later = |before: &Anchor| anchor.hour >= before.hour && anchor.made_at >= before.made_at;
    let made = Made {
        hour: anchor.hour,
        at: anchor.made_at,
    };
    let before = previous.map(|(before, hash)| (before, hash.clone()));
    previous.is_none_or(|(before, _)| later(before))
        && Anchor::after(before, made, entries) == *anchor
}

/// The folder beside the database and the copy of it, as they were listed.
struct Shelves {
    own: Shelf,
    copy: Option<Shelf>,
}

struct Shelf {
    files: AnchorFiles,
    places: BTreeMap<u64, String>,
}

impl Shelves {
    async fn of(audit: &Audit) -> Result<Self, AuditError> {
        let shelf = async |files: AnchorFiles| -> Result<Shelf, AuditError> {
            let places = files.places().await?;
            Ok(Shelf { files, places })
        };
        Ok(Self {
            own: shelf(audit.files.anchors()).await?,
            copy: match audit.copy.clone() {
                Some(copy) => Some(shelf(copy).await?),
                None => None,
            },
        })
    }
}

impl Shelf {
    /// What lies there under a number.
    async fn lies(&self, number: u64) -> Result<Option<Found>, AuditError> {
        let Some(place) = self.places.get(&number) else {
            return Ok(None);
        };
        let seal = self.files.get(&place.replace(".json", ".p7s")).await?;
        let body = self.files.get(place).await?;
        Ok(body.map(|body| Found {
            // What is no text is no anchor, and not what was signed either.
            body: String::from_utf8_lossy(&body).into_owned(),
            seal: seal.map(|it| it.to_vec()).unwrap_or_default(),
        }))
    }
}
