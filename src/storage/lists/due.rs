//! What is due when: a part of the work that somebody may see, by the last moment of its running term.

use jiff::Timestamp;

use super::{COLUMNS, CaseRow, Key, Scope, Sql, united};
use crate::domain::actor::Actor;
use crate::storage::{Read, Result, micros};

/// A stretch of time, and where a list of it goes on.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    pub from: Timestamp,
    pub to: Timestamp,
    pub after: Option<Key>,
}

/// What `actor` may see of some queues that is due within `span`, the earliest first; at most `limit`.
pub async fn due(
    read: &mut Read,
    actor: &Actor,
    queues: &[&str],
    span: Span,
    limit: usize,
) -> Result<Vec<CaseRow>> {
    let mut sql = Sql::default();
    let mut parts = Vec::new();
    for scope in Scope::of(actor) {
        for queue in queues {
            let condition = scope.condition(&mut sql);
            let queue = sql.text(*queue);
            let (from, to) = (sql.number(micros(span.from)), sql.number(micros(span.to)));
            let after = span.after.map_or_else(String::new, |key| {
                let (place, id) = (sql.number(key.place), sql.text(&key.id));
                format!(" AND (due_at, id) > ({place}, {id})")
            });
            parts.push(format!(
                "SELECT {COLUMNS}, due_at AS place FROM cases WHERE {condition} AND queue = {queue} \
                 AND due_at >= {from} AND due_at < {to}{after} ORDER BY due_at, id LIMIT {limit}"
            ));
        }
    }
    let order = format!("ORDER BY place, id LIMIT {limit}");
    united(read, sql, &parts, &order).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::{Quarrel, actor, rules};
    use crate::domain::ids::CaseId;
    use crate::storage::fixture::on_both;
    use crate::storage::{Store, cases, write_tx};

    async fn keep(store: &Store, quarrel: &Quarrel<'_>, number: u128) {
        let mut case = quarrel.case.clone();
        case.id = CaseId(uuid::Uuid::from_u128(number));
        case.number = number.to_string();
        let kept: Result<()> = write_tx!(store, |tx| { cases::insert(tx, &case).await });
        kept.unwrap();
    }

    async fn listed(store: &Store, name: &str, queues: &[&str], span: Span) -> Vec<String> {
        let mut read = store.read().await.unwrap();
        let found = due(&mut read, &actor(name), queues, span, 2).await.unwrap();
        found.into_iter().map(|row| row.number).collect()
    }

    #[tokio::test]
    async fn what_is_due_is_listed_in_its_order_for_whoever_may_see_it() {
        on_both(async |store| {
            let rules = rules();
            let selecting = Quarrel::new(&rules).selecting();
            let due = selecting.case.stage.due().unwrap().at;
            for number in 1..=3 {
                keep(&store, &selecting, number).await;
            }
            keep(&store, &Quarrel::new(&rules).active(), 4).await;
            let day = jiff::SignedDuration::from_hours(24);
            let span = Span {
                from: due - day,
                to: due + day,
                after: None,
            };
            let queues = ["mediate.selecting"];
            assert_eq!(
                listed(&store, "dispatcher", &queues, span).await,
                ["1", "2"]
            );
            let id = CaseId(uuid::Uuid::from_u128(2));
            let place = micros(due);
            let after = Some(Key { place, id });
            let rest = Span { after, ..span };
            assert_eq!(listed(&store, "dispatcher", &queues, rest).await, ["3"]);
            let before = Span { to: due, ..span };
            let early = listed(&store, "dispatcher", &queues, before).await;
            assert!(early.is_empty());
            assert!(listed(&store, "stranger", &queues, span).await.is_empty());
            assert!(listed(&store, "dispatcher", &[], span).await.is_empty());
            let far = Span {
                to: due + day * 60,
                ..span
            };
            let mine = listed(&store, "mediator", &["mediate.active"], far).await;
            assert_eq!(mine, ["4"]);
        })
        .await;
    }
}
