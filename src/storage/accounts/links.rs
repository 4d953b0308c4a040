//! Links by which parties find their case.

use jiff::Timestamp;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::domain::ids::{CaseId, PartyId};
use crate::storage::{Read, Result, Tx, instant, micros, parsed};

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub case: CaseId,
    pub party: PartyId,
    /// Grows when a party's link is replaced, which voids the older one.
    pub generation: i64,
    pub expires_at: Timestamp,
}

/// Keeps a party's link, in place of any older one.
pub async fn replace(tx: &mut Tx, token_hash: &str, link: &Link, now: Timestamp) -> Result<()> {
    sqlx::query(
        "INSERT INTO links (token_hash, case_id, party_id, generation, created_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (party_id) DO UPDATE SET token_hash = excluded.token_hash, \
         generation = excluded.generation, created_at = excluded.created_at, expires_at = excluded.expires_at",
    )
    .bind(token_hash)
    .bind(link.case.to_string())
    .bind(link.party.to_string())
    .bind(link.generation)
    .bind(micros(now))
    .bind(micros(link.expires_at))
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub async fn of(read: &mut Read, party: PartyId) -> Result<Option<Link>> {
    let row = sqlx::query(
        "SELECT case_id, party_id, generation, expires_at FROM links WHERE party_id = $1",
    )
    .bind(party.to_string())
    .fetch_optional(read.conn())
    .await?;
    row.as_ref().map(link).transpose()
}

/// Ends the time of a party's link.
pub async fn lapse(tx: &mut Tx, party: PartyId, now: Timestamp) -> Result<()> {
    sqlx::query("UPDATE links SET expires_at = $1 WHERE party_id = $2 AND expires_at > $1")
        .bind(micros(now))
        .bind(party.to_string())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Where a token leads, also one whose time is over.
pub async fn find(read: &mut Read, token_hash: &str) -> Result<Option<Link>> {
    let row = sqlx::query(
        "SELECT case_id, party_id, generation, expires_at FROM links WHERE token_hash = $1",
    )
    .bind(token_hash)
    .fetch_optional(read.conn())
    .await?;
    row.as_ref().map(link).transpose()
}

/// Remembers a link that a newer one replaces.
pub async fn keep_former(tx: &mut Tx, token_hash: &str, party: PartyId) -> Result<()> {
    sqlx::query(
        "INSERT INTO former_links (token_hash, party_id) VALUES ($1, $2) ON CONFLICT (token_hash) DO NOTHING",
    )
    .bind(token_hash)
    .bind(party.to_string())
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The party's link of today, for a token that was replaced.
pub async fn find_former(read: &mut Read, token_hash: &str) -> Result<Option<Link>> {
    let row = sqlx::query(
        "SELECT links.case_id, links.party_id, links.generation, links.expires_at FROM former_links \
         JOIN links ON links.party_id = former_links.party_id WHERE former_links.token_hash = $1",
    )
    .bind(token_hash)
    .fetch_optional(read.conn())
    .await?;
    row.as_ref().map(link).transpose()
}

fn link(row: &AnyRow) -> Result<Link> {
    Ok(Link {
        case: parsed("case id", row.try_get("case_id")?)?,
        party: parsed("party id", row.try_get("party_id")?)?,
        generation: row.try_get("generation")?,
        expires_at: instant(row.try_get("expires_at")?)?,
    })
}
