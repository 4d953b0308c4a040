//! The hourly anchor: one, however many nodes there are, and the next one makes up for hours in which nobody served.

use super::*;
use crate::domain::anchor::Anchor;
use crate::storage::anchors;

async fn anchored(store: &Store) -> Vec<Anchor> {
    let mut read = store.read().await.unwrap();
    let mut rows = anchors::before(&mut read, None, 100).await.unwrap();
    rows.reverse();
    rows.iter()
        .map(|row| Anchor::read(&row.body).unwrap())
        .collect()
}

#[tokio::test]
async fn every_hour_has_one_anchor_whoever_makes_it() {
    on_both(async |store| {
        let folder = tempfile::tempdir().unwrap();
        let start = "2026-11-22T14:37:00Z".parse().unwrap();
        let node = || {
            let files = Files::open(folder.path()).unwrap();
            worker_with(&store, &Config::default(), true, Clock::fixed(start), files)
        };
        let [(mut one, first), (mut other, second)] = [node(), node()];
        let (here, there) = tokio::join!(one.turn(), other.turn());
        here.unwrap();
        there.unwrap();
        one.turn().await.unwrap();
        let hours = async || {
            let all = anchored(&store).await;
            all.iter().map(|it| it.hour.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(hours().await, ["2026-11-22T14:00:00Z"]);
        for clock in [&first, &second] {
            clock.advance(SignedDuration::from_mins(22));
        }
        other.turn().await.unwrap();
        assert_eq!(hours().await.len(), 1, "it is still the same hour");
        for clock in [&first, &second] {
            clock.advance(SignedDuration::from_hours(5));
        }
        other.turn().await.unwrap();
        one.turn().await.unwrap();
        let both = ["2026-11-22T14:00:00Z", "2026-11-22T19:00:00Z"];
        assert_eq!(hours().await, both);
    })
    .await;
}
