//! Papers that are still to be brought to somebody, beside the cases.

use jiff::Timestamp;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::{Read, Result, Tx, instant, micros, parsed};
use crate::domain::case::Case;
use crate::domain::ids::{CaseId, DocumentId, OrganisationId, PartyId, PersonId};

/// One paper for one party, and where in a list it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeliveryRow {
    pub case: CaseId,
    pub paper: DocumentId,
    pub party: PartyId,
    pub due: Timestamp,
}

impl DeliveryRow {
    /// For the address of the page that goes on behind it.
    pub fn key(&self) -> String {
        let due = micros(self.due);
        format!("{due}.{}.{}.{}", self.case, self.paper, self.party)
    }

    pub fn parse(key: &str) -> Option<Self> {
        let mut parts = key.split('.');
        let mut next = || parts.next();
        Some(Self {
            due: instant(next()?.parse().ok()?).ok()?,
            case: next()?.parse().ok()?,
            paper: next()?.parse().ok()?,
            party: next()?.parse().ok()?,
        })
    }
}

/// A part of a list: what is due before a moment, behind a row, and at most so much.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    pub until: Timestamp,
    pub after: Option<DeliveryRow>,
    pub most: usize,
}

/// Keeps the rows of a case equal to its body.
pub(super) async fn index(tx: &mut Tx, case: &Case) -> Result<()> {
    sqlx::query("DELETE FROM deliveries WHERE case_id = $1")
        .bind(case.id.to_string())
        .execute(tx.conn())
        .await?;
    for delivery in case.open_deliveries() {
        let court = case.paper(delivery.paper).and_then(|paper| paper.court);
        let mediator = case.stage.mediator().filter(|_| court.is_none());
        sqlx::query(
            "INSERT INTO deliveries (case_id, paper_id, party_id, organisation, mediator, due_at) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(case.id.to_string())
        .bind(delivery.paper.to_string())
        .bind(delivery.party.to_string())
        .bind(court.unwrap_or(case.organisation).to_string())
        .bind(mediator.map(|mediator| mediator.to_string()))
        .bind(micros(delivery.due.at))
        .execute(tx.conn())
        .await?;
    }
    Ok(())
}

/// What the people of an organisation are to bring, the longest due first.
pub async fn of_organisation(
    read: &mut Read,
    organisation: OrganisationId,
    part: Part,
) -> Result<Vec<DeliveryRow>> {
    let statement = "SELECT case_id, paper_id, party_id, due_at FROM deliveries WHERE organisation = $1 AND due_at < $2 AND (due_at, case_id, paper_id, party_id) > ($3, $4, $5, $6) ORDER BY due_at, case_id, paper_id, party_id LIMIT $7";
    rows(read, statement, organisation.to_string(), part).await
}

/// As [`of_organisation`], in the cases that one person mediates.
pub async fn of_mediator(
    read: &mut Read,
    mediator: PersonId,
    part: Part,
) -> Result<Vec<DeliveryRow>> {
    let statement = "SELECT case_id, paper_id, party_id, due_at FROM deliveries WHERE mediator = $1 AND due_at < $2 AND (due_at, case_id, paper_id, party_id) > ($3, $4, $5, $6) ORDER BY due_at, case_id, paper_id, party_id LIMIT $7";
    rows(read, statement, mediator.to_string(), part).await
}

async fn rows(
    read: &mut Read,
    statement: &'static str,
    whose: String,
    part: Part,
) -> Result<Vec<DeliveryRow>> {
    let nil = uuid::Uuid::nil();
    let after = part.after.unwrap_or(DeliveryRow {
        case: CaseId(nil),
        paper: DocumentId(nil),
        party: PartyId(nil),
        due: Timestamp::MIN,
    });
    let rows = sqlx::query(statement)
        .bind(whose)
        .bind(micros(part.until))
        .bind(micros(after.due))
        .bind(after.case.to_string())
        .bind(after.paper.to_string())
        .bind(after.party.to_string())
        .bind(i64::try_from(part.most).unwrap_or(i64::MAX))
        .fetch_all(read.conn())
        .await?;
    rows.iter().map(row).collect()
}

fn row(row: &AnyRow) -> Result<DeliveryRow> {
    Ok(DeliveryRow {
        case: parsed("case id", row.try_get("case_id")?)?,
        paper: parsed("paper id", row.try_get("paper_id")?)?,
        party: parsed("party id", row.try_get("party_id")?)?,
        due: instant(row.try_get("due_at")?)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::action::Action;
    use crate::domain::delivery::How;
    use crate::domain::fixture::{CLAIMANT, COMMITTEE, COURT, MEDIATOR, Quarrel, rules};
    use crate::domain::paper::PaperKind;
    use crate::domain::service::Wish;
    use crate::domain::time::civil_date;
    use crate::storage::fixture::on_both;
    use crate::storage::{cases, write_tx};

    fn part(until: Timestamp) -> Part {
        Part {
            until,
            after: None,
            most: 9,
        }
    }

    #[tokio::test]
    async fn a_paper_is_listed_for_those_who_bring_it_until_it_is_there() {
        on_both(async |store| {
            let rules = rules();
            let mut quarrel = Quarrel::new(&rules).settled();
            let mut paper = quarrel.paper(PaperKind::ServiceAddress, "service");
            paper.party = Some(CLAIMANT);
            let wish = Wish {
                address: "柳荫里 3 号楼 502 室".to_owned(),
                ..Wish::default()
            };
            quarrel.act("claimant", Action::ConfirmService { wish, paper });
            let kept: Result<()> =
                write_tx!(store, |tx| { cases::insert(tx, &quarrel.case).await });
            kept.unwrap();
            let agreement = quarrel.case.latest_paper(PaperKind::Agreement).unwrap().id;
            let due = quarrel.case.deliveries[0].due.at;
            let after = due + jiff::SignedDuration::from_secs(1);
            {
                let mut read = store.read().await.unwrap();
                for (of, until, number) in [
                    (COMMITTEE, after, 1),
                    (COMMITTEE, due, 0),
                    (COURT, after, 0),
                ] {
                    let found = of_organisation(&mut read, of, part(until)).await;
                    assert_eq!(found.unwrap().len(), number);
                }
                let mine = of_mediator(&mut read, MEDIATOR, part(after)).await;
                let row = DeliveryRow {
                    case: quarrel.case.id,
                    paper: agreement,
                    party: CLAIMANT,
                    due,
                };
                assert_eq!(mine.unwrap(), [row]);
                assert_eq!(DeliveryRow::parse(&row.key()), Some(row));
                let behind = Part {
                    after: Some(row),
                    ..part(after)
                };
                let rest = of_mediator(&mut read, MEDIATOR, behind).await.unwrap();
                assert_eq!(rest, [], "what was shown does not come again");
            }
            let handed = Action::RecordDelivery {
                paper: agreement,
                party: CLAIMANT,
                how: How::Handed,
                on: civil_date(quarrel.now),
                mark: "本人签收".to_owned(),
            };
            quarrel.act("mediator", handed);
            let now = quarrel.now;
            let kept: Result<()> =
                write_tx!(store, |tx| { cases::update(tx, &quarrel.case, now).await });
            kept.unwrap();
            let mut read = store.read().await.unwrap();
            let mine = of_mediator(&mut read, MEDIATOR, part(after)).await;
            assert_eq!(mine.unwrap(), []);
        })
        .await;
    }
}
