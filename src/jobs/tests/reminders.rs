//! Reminders through the queue: at their hour, once, to whoever has to act, and no more of what is done.

use jiff::civil::Time;

use super::*;
use crate::domain::paper::Paper;
use crate::domain::time::instant;

/// To whom a message of this name was sent.
async fn told(store: &Store, name: &str) -> Vec<String> {
    let mut read = store.read().await.unwrap();
    let all = messages::newest(&mut read, 100).await.unwrap();
    let sent = all
        .into_iter()
        .filter(|it| it.name == name && it.sent_at.is_some());
    let mut to: Vec<_> = sent.map(|it| it.address).collect();
    to.sort_unstable();
    to
}

/// Asks the court; the second who does so files the application.
async fn joins(desk: &Desk, name: &str, case: &Case, paper: &Paper, from: Option<&Paper>) {
    let join = Action::JoinConfirmation {
        court: COURT,
        from_hash: from.map(|paper| paper.hash.clone()),
        paper: paper.clone(),
        shown: None,
    };
    perform(desk, &actor(name), case.id, join).await.unwrap();
}

#[tokio::test]
async fn a_reminder_goes_out_once_at_its_hour_and_not_of_what_is_done() {
    on_both(async |store| {
        let rules = Arc::new(crate::domain::fixture::rules());
        let (case, now) = signed_by_all(&store, &rules).await;
        let folder = tempfile::tempdir().unwrap();
        let files = Files::open(folder.path()).unwrap();
        let config = Config::default();
        let (worker, clock) = worker_with(&store, &config, true, Clock::fixed(now), files);
        let desk = Desk {
            store: store.clone(),
            clock: Arc::clone(&clock),
            rules: Arc::clone(&rules),
        };
        let from_hash = case.papers[0].hash.clone();
        let to_hash = ContentHash::of(b"sealed");
        let seal = Action::Seal {
            from_hash,
            to_hash,
            shown: None,
        };
        let sealed = perform(&desk, &actor("seal_holder"), case.id, seal).await;
        let last = sealed.unwrap().stage.settlement().unwrap().confirm_by.day();
        let before = rules.of(&case.district).calendar.working_day_before(last);
        let go = |day, seconds| {
            let nine = instant(day, Time::constant(9, 0, 0, 0)).unwrap();
            let at = nine + SignedDuration::from_secs(seconds);
            clock.advance(at.duration_since(clock.now()));
        };
        let parties = ["+8613800000001", "+8613800000002"];

        go(before, -1);
        worker.drain().await.unwrap();
        assert!(told(&store, "due-soon").await.is_empty(), "not at night");
        go(before, 0);
        for _ in 0..2 {
            worker.drain().await.unwrap();
        }
        assert_eq!(told(&store, "due-soon").await, parties, "once, and both");
        assert!(told(&store, "due-today").await.is_empty());

        let quarrel = Quarrel::new(&rules);
        let mut one = quarrel.paper(PaperKind::Application, "one");
        one.verify_id = "1".repeat(32);
        let mut both = one.clone();
        both.hash = ContentHash::of(b"both");
        joins(&desk, "respondent", &case, &one, None).await;
        joins(&desk, "claimant", &case, &both, Some(&one)).await;
        go(last, 0);
        worker.drain().await.unwrap();
        let today = told(&store, "due-today").await;
        assert!(today.is_empty(), "the court has it: {today:?}");
    })
    .await;
}
