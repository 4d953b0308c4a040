//! By which words a case is found: keyed hashes, so that the index tells nobody a name who has only the database.

use std::collections::BTreeSet;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use sqlx::Row;

use super::{Result, Store, Tx, write_tx};
use crate::domain::case::Case;
use crate::domain::identity::Phone;
use crate::domain::ids::{CaseId, OrganisationId};

/// The key of the index. Its holder could try out names, so it comes from the master key and is not in the database.
#[derive(Clone, Copy)]
pub struct IndexKey(pub [u8; 32]);

impl std::fmt::Debug for IndexKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("IndexKey(..)")
    }
}

/// What is looked for, exactly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Words {
    Phone(Phone),
    /// The keyed mark of an identity number.
    Identity(String),
    /// A part of a name or an address: two characters at least.
    Text(String),
}

impl Words {
    /// Whether the case has them; the index finds candidates and no more.
    pub(super) fn are_in(&self, case: &Case) -> bool {
        let mut parties = case.parties.iter();
        match self {
            Self::Phone(phone) => parties.any(|it| it.contact.phone.as_ref() == Some(phone)),
            Self::Identity(mark) => parties.any(|it| {
                let check = it.identity.as_ref();
                check.is_some_and(|check| check.fingerprint == *mark)
            }),
            Self::Text(text) => {
                let text = plain(text);
                texts(case).any(|it| plain(it).contains(&text))
            }
        }
    }

    /// Their hashes for one organisation; none where a text is too short to be found.
    pub(super) fn hashes(&self, key: IndexKey, of: OrganisationId) -> BTreeSet<i64> {
        let parts: BTreeSet<String> = match self {
            Self::Phone(phone) => BTreeSet::from([phone_word(phone)]),
            Self::Identity(mark) => BTreeSet::from([identity_word(mark)]),
            Self::Text(text) => pairs(text).collect(),
        };
        parts.iter().map(|part| hash(key, of, part)).collect()
    }
}

fn texts(case: &Case) -> impl Iterator<Item = &str> {
    let people = case.parties.iter();
    let people = people.flat_map(|party| [party.name.as_str(), party.address.as_str()]);
    people.chain([case.place.address.as_str()])
}

/// Letters and digits alone, small: blanks and dashes are written in many ways.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Every two characters that stand side by side.
fn pairs(text: &str) -> impl Iterator<Item = String> {
    let text: Vec<char> = plain(text).chars().collect();
    let pairs: Vec<String> = text.windows(2).map(|pair| pair.iter().collect()).collect();
    pairs.into_iter()
}

fn phone_word(phone: &Phone) -> String {
    format!("phone {phone}")
}

fn identity_word(mark: &str) -> String {
    format!("identity {mark}")
}

fn hash(key: IndexKey, of: OrganisationId, part: &str) -> i64 {
    let mut mac = Hmac::<Sha256>::new_from_slice(&key.0).expect("any length fits");
    mac.update(of.0.as_bytes());
    mac.update(part.as_bytes());
    let whole = mac.finalize().into_bytes();
    let mut first = [0; 8];
    first.copy_from_slice(&whole[..8]);
    i64::from_be_bytes(first)
}

/// Everything by which the case is found: for its committee, and for the court it lies before.
fn of_case(key: IndexKey, case: &Case) -> BTreeSet<i64> {
    let mut parts: BTreeSet<String> = texts(case).flat_map(pairs).collect();
    for party in &case.parties {
        parts.extend(party.contact.phone.as_ref().map(phone_word));
        let check = party.identity.as_ref();
        parts.extend(check.map(|check| identity_word(&check.fingerprint)));
    }
    let bodies = [Some(case.organisation), case.court()];
    let bodies = bodies.into_iter().flatten();
    bodies
        .flat_map(|body| parts.iter().map(move |part| hash(key, body, part)))
        .collect()
}

/// One number for all of them, to see whether they have changed; never 0.
fn sum(words: &BTreeSet<i64>) -> i64 {
    let mixed = words
        .iter()
        .fold(1_i64, |sum, word| sum.wrapping_mul(31).wrapping_add(*word));
    if mixed == 0 { 1 } else { mixed }
}

/// Keeps the index equal to the case, whose row is there. Cheap where nothing of it has changed, which is nearly always.
pub(super) async fn keep(tx: &mut Tx, case: &Case, before: Option<&Case>) -> Result<()> {
    let key = tx.index_key();
    let now = of_case(key, case);
    let was = before.map(|case| of_case(key, case)).unwrap_or_default();
    for word in was.difference(&now) {
        sqlx::query("DELETE FROM case_words WHERE word = $1 AND case_id = $2")
            .bind(word)
            .bind(case.id.to_string())
            .execute(tx.conn())
            .await?;
    }
    for word in now.difference(&was) {
        sqlx::query("INSERT INTO case_words (word, case_id) VALUES ($1, $2) ON CONFLICT (word, case_id) DO NOTHING")
            .bind(word)
            .bind(case.id.to_string())
            .execute(tx.conn())
            .await?;
    }
    sqlx::query("UPDATE cases SET words = $2 WHERE id = $1")
        .bind(case.id.to_string())
        .bind(sum(&now))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// The case as it was indexed, where its words are others now; to be asked before the row is written over.
pub(super) async fn outdated(tx: &mut Tx, case: &Case) -> Result<Option<Option<Case>>> {
    let now = sum(&of_case(tx.index_key(), case));
    let row = sqlx::query("SELECT words FROM cases WHERE id = $1")
        .bind(case.id.to_string())
        .fetch_optional(tx.conn())
        .await?;
    let Some(row) = row else { return Ok(None) };
    let kept: i64 = row.try_get("words")?;
    if kept == now {
        return Ok(None);
    }
    let before = if kept == 0 {
        None
    } else {
        super::cases::load(tx, case.id).await?
    };
    Ok(Some(before))
}

/// Indexes what an older version of the program has left without words. How many.
pub async fn catch_up(store: &Store) -> Result<usize> {
    let (mut done, mut after) = (0, None);
    loop {
        let some: Result<_> = write_tx!(store, |tx| { index_some(tx, after).await });
        let (last, indexed) = some?;
        done += indexed;
        if last.is_none() {
            return Ok(done);
        }
        after = last;
    }
}

/// The last that was looked at, and how many were indexed.
async fn index_some(tx: &mut Tx, after: Option<CaseId>) -> Result<(Option<CaseId>, usize)> {
    let rows =
        sqlx::query("SELECT id, body FROM cases WHERE words = 0 AND id > $1 ORDER BY id LIMIT 500")
            .bind(after.map_or_else(String::new, |id| id.to_string()))
            .fetch_all(tx.conn())
            .await?;
    let (mut last, mut indexed) = (None, 0);
    for row in &rows {
        let (id, case) = super::cases::legible(row)?;
        last = Some(id);
        if let Some(case) = case {
            keep(tx, &case, None).await?;
            indexed += 1;
        }
    }
    Ok((last, indexed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::{COMMITTEE, COURT, Quarrel, rules};

    #[test]
    fn a_text_is_found_by_its_pairs_however_it_is_spaced() {
        let key = IndexKey([7; 32]);
        let rules = rules();
        let case = Quarrel::new(&rules).case;
        let all = of_case(key, &case);
        for (text, found) in [
            ("柳荫里3号楼", true),
            ("安和", true),
            ("柳荫 里", true),
            ("楼柳", false),
        ] {
            let words = Words::Text(text.to_owned());
            assert_eq!(words.are_in(&case), found, "{text}");
            let hashes = words.hashes(key, COMMITTEE);
            assert_eq!(hashes.is_subset(&all), found, "{text}");
            assert!(!hashes.is_empty());
            assert!(
                words.hashes(key, COURT).is_disjoint(&all),
                "{text} before it lies before a court"
            );
            assert!(
                words.hashes(IndexKey([8; 32]), COMMITTEE).is_disjoint(&all),
                "without the key"
            );
        }
        assert!(
            Words::Text("安".to_owned())
                .hashes(key, COMMITTEE)
                .is_empty()
        );
    }
}
