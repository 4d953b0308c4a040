//! What is written at the table, for all or between two. Read for the pages of those who sit there, and by nothing that
//! writes a paper.

use sqlx::Row;
use sqlx::any::AnyRow;

use super::{Read, Result, Tx, instant, json, micros, parsed, to_json};
use crate::domain::caucus::Confidential;
use crate::domain::ids::{CaseId, PartyId};
use crate::domain::writing::{ConfidedMessage, ConfidedOffer, WithoutPrejudice, WrittenMessage};

pub async fn insert(tx: &mut Tx, case: CaseId, message: &WrittenMessage) -> Result<()> {
    sqlx::query(
        "INSERT INTO written_messages (id, case_id, author, text, written_at) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(message.id.to_string())
    .bind(case.to_string())
    .bind(message.author.to_string())
    .bind(&message.text)
    .bind(micros(message.at))
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// All that was written for everybody, oldest first.
pub async fn of_case(read: &mut Read, case: CaseId) -> Result<Vec<WrittenMessage>> {
    let rows = sqlx::query(
        "SELECT id, author, text, written_at FROM written_messages WHERE case_id = $1 ORDER BY written_at, id",
    )
    .bind(case.to_string())
    .fetch_all(read.conn())
    .await?;
    let message = |row: &AnyRow| {
        Ok(WrittenMessage {
            id: parsed("message id", row.try_get("id")?)?,
            author: parsed("person id", row.try_get("author")?)?,
            text: row.try_get("text")?,
            at: instant(row.try_get("written_at")?)?,
        })
    };
    rows.iter().map(message).collect()
}

pub async fn confide(tx: &mut Tx, case: CaseId, message: &ConfidedMessage) -> Result<()> {
    sqlx::query(
        "INSERT INTO confided_messages (id, case_id, party_id, mediator, author, text, written_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(message.id.to_string())
    .bind(case.to_string())
    .bind(message.party.to_string())
    .bind(message.mediator.to_string())
    .bind(message.author.to_string())
    .bind(message.text.for_the_mediator())
    .bind(micros(message.at))
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// All that was confided in a case, oldest first; who reads which is decided by `permission`.
pub async fn confided(read: &mut Read, case: CaseId) -> Result<Vec<ConfidedMessage>> {
    let rows = sqlx::query(
        "SELECT id, party_id, mediator, author, text, written_at FROM confided_messages \
         WHERE case_id = $1 ORDER BY written_at, id",
    )
    .bind(case.to_string())
    .fetch_all(read.conn())
    .await?;
    let message = |row: &AnyRow| {
        Ok(ConfidedMessage {
            id: parsed("message id", row.try_get("id")?)?,
            party: parsed("party id", row.try_get("party_id")?)?,
            mediator: parsed("person id", row.try_get("mediator")?)?,
            author: parsed("person id", row.try_get("author")?)?,
            text: Confidential::new(row.try_get("text")?),
            at: instant(row.try_get("written_at")?)?,
        })
    };
    rows.iter().map(message).collect()
}

/// Keeps the offer in the place of the one that this party had shown before.
pub async fn keep_offer(tx: &mut Tx, case: CaseId, offer: &ConfidedOffer) -> Result<()> {
    sqlx::query(
        "INSERT INTO confided_offers (case_id, party_id, giver, mediator, terms, written_at) \
         VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (case_id, party_id) DO UPDATE SET giver = excluded.giver, \
         mediator = excluded.mediator, terms = excluded.terms, written_at = excluded.written_at",
    )
    .bind(case.to_string())
    .bind(offer.party.to_string())
    .bind(offer.by.to_string())
    .bind(offer.to.to_string())
    .bind(to_json("offer", &offer.terms.0)?)
    .bind(micros(offer.at))
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The offers of a case that are not sent; who reads which is decided by `permission`.
pub async fn kept_offers(read: &mut Read, case: CaseId) -> Result<Vec<ConfidedOffer>> {
    let rows = sqlx::query(
        "SELECT party_id, giver, mediator, terms, written_at FROM confided_offers WHERE case_id = $1 ORDER BY written_at",
    )
    .bind(case.to_string())
    .fetch_all(read.conn())
    .await?;
    let offer = |row: &AnyRow| {
        Ok(ConfidedOffer {
            party: parsed("party id", row.try_get("party_id")?)?,
            by: parsed("person id", row.try_get("giver")?)?,
            to: parsed("person id", row.try_get("mediator")?)?,
            terms: WithoutPrejudice(json("offer", row.try_get("terms")?)?),
            at: instant(row.try_get("written_at")?)?,
        })
    };
    rows.iter().map(offer).collect()
}

/// Sent or given up; there may have been none.
pub async fn drop_offer(tx: &mut Tx, case: CaseId, party: PartyId) -> Result<()> {
    sqlx::query("DELETE FROM confided_offers WHERE case_id = $1 AND party_id = $2")
        .bind(case.to_string())
        .bind(party.to_string())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// All that parties have shown to the mediator and not sent: the mediation is over.
pub async fn drop_offers(tx: &mut Tx, case: CaseId) -> Result<()> {
    sqlx::query("DELETE FROM confided_offers WHERE case_id = $1")
        .bind(case.to_string())
        .execute(tx.conn())
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::fixture::{CLAIMANT, MEDIATOR, Quarrel, RESPONDENT, rules};
    use crate::domain::ids::{ConfidedId, MessageId};
    use crate::domain::money::Fen;
    use crate::storage::fixture::on_both;
    use crate::storage::{cases, write_tx};

    #[tokio::test]
    async fn what_was_written_comes_back_and_an_offer_takes_the_place_of_the_one_before() {
        on_both(async |store| {
            let rules = rules();
            let quarrel = Quarrel::new(&rules).writing();
            let (case, at) = (quarrel.case.id, quarrel.now);
            let message = WrittenMessage {
                id: MessageId(Uuid::from_u128(1)),
                author: MEDIATOR,
                text: "请说说维修的情况".to_owned(),
                at,
            };
            let alone = ConfidedMessage {
                id: ConfidedId(Uuid::from_u128(2)),
                party: CLAIMANT,
                mediator: MEDIATOR,
                author: MEDIATOR,
                text: Confidential::new("三千可以吗".to_owned()),
                at,
            };
            let offer = |party, sum| {
                let mut terms = quarrel.offer_terms();
                terms.payment.as_mut().unwrap().sum = Fen(sum);
                ConfidedOffer {
                    party,
                    by: MEDIATOR,
                    to: MEDIATOR,
                    terms: WithoutPrejudice(terms),
                    at,
                }
            };
            let kept: Result<()> = write_tx!(store, |tx| {
                cases::insert(tx, &quarrel.case).await?;
                insert(tx, case, &message).await?;
                confide(tx, case, &alone).await?;
                keep_offer(tx, case, &offer(CLAIMANT, 1)).await?;
                keep_offer(tx, case, &offer(RESPONDENT, 2)).await?;
                keep_offer(tx, case, &offer(CLAIMANT, 3)).await?;
                drop_offer(tx, case, RESPONDENT).await
            });
            kept.unwrap();
            let mut read = store.read().await.unwrap();
            assert_eq!(of_case(&mut read, case).await.unwrap(), [message]);
            assert_eq!(confided(&mut read, case).await.unwrap(), [alone]);
            let left = kept_offers(&mut read, case).await.unwrap();
            assert_eq!(left, [offer(CLAIMANT, 3)]);
        })
        .await;
    }
}
