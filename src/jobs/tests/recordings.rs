//! A recording that is deleted goes from the disk, and one that was never written leaves nothing to do.

use super::*;
use crate::domain::actor::System;
use crate::domain::fixture::RECORDING;
use crate::domain::recording::{Deletion, Fault, Segment};

#[tokio::test]
async fn what_was_deleted_goes_from_the_disk() {
    on_both(async |store| {
        let rules = crate::domain::fixture::rules();
        let folder = tempfile::tempdir().unwrap();
        let files = Files::open(&folder.path().join("files")).unwrap();
        let film = files.put("声音和画面").await.unwrap();
        let other = files.put("协议").await.unwrap();
        let mut quarrel = Quarrel::new(&rules).active().meeting();
        quarrel.recorded();
        quarrel.keeps_recording(film.clone(), 15);
        let clock = Clock::fixed(quarrel.now);
        let recordings = folder.path().join("recordings");
        let places = (files.clone(), recordings.clone());
        let config = Config::default();
        let (worker, _) = worker_over(&store, (&config, true), clock, places);
        let segments = recordings.join(RECORDING.to_string());
        std::fs::create_dir_all(&segments).unwrap();
        std::fs::write(segments.join("a.seg"), "x").unwrap();
        write_tx!(store, |tx| { cases::insert(tx, &quarrel.case).await }).unwrap();
        let why = Deletion::Decided {
            reason: "本人请求".to_owned(),
        };
        let recording = RECORDING;
        let delete = Action::DeleteRecording { recording, why };
        let desk = &worker.work().desk;
        perform(desk, &actor("head"), quarrel.case.id, delete)
            .await
            .unwrap();
        worker.drain().await.unwrap();
        let gone = files.get(&film).await;
        assert!(matches!(gone, Err(FileError::Missing(_))), "{gone:?}");
        assert_eq!(files.get(&other).await.unwrap(), "协议");
        assert!(!segments.exists());
    })
    .await;
}

#[tokio::test]
async fn where_nothing_was_recorded_nothing_is_sealed() {
    on_both(async |store| {
        let rules = crate::domain::fixture::rules();
        let folder = tempfile::tempdir().unwrap();
        let files = Files::open(folder.path()).unwrap();
        let mut quarrel = Quarrel::new(&rules).active().meeting();
        quarrel.asks_to_record();
        let clock = Clock::fixed(quarrel.now);
        let recordings = folder.path().join("recordings");
        let config = Config::default();
        let (worker, clock) = worker_over(&store, (&config, true), clock, (files, recordings));
        write_tx!(store, |tx| { cases::insert(tx, &quarrel.case).await }).unwrap();
        let desk = &worker.work().desk;
        let rooms = Actor::System {
            system: System::Rooms,
        };
        let stop = Action::StopRecording {
            recording: RECORDING,
            why: crate::domain::recording::Stop::Full,
        };
        let stopped = perform(desk, &rooms, quarrel.case.id, stop).await.unwrap();
        clock.advance(SignedDuration::from_mins(3));
        worker.drain().await.unwrap();
        let mut read = store.read().await.unwrap();
        let now = cases::load(&mut read, quarrel.case.id)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(now.version, stopped.version);
        assert_eq!(now.recordings[0].state.name(), "over");
        assert!(dead(&mut read, 9).await.unwrap().is_empty());
    })
    .await;
}

/// Something else lies on the disk than what the room told of while it recorded.
#[tokio::test]
async fn a_part_that_was_changed_is_told_and_not_played() {
    on_both(async |store| {
        let rules = crate::domain::fixture::rules();
        let folder = tempfile::tempdir().unwrap();
        let files = Files::open(&folder.path().join("files")).unwrap();
        let mut quarrel = Quarrel::new(&rules).active().meeting();
        quarrel.asks_to_record();
        let clock = Clock::fixed(quarrel.now);
        let recordings = folder.path().join("recordings");
        let config = Config::default();
        let places = (files, recordings.clone());
        let (worker, clock) = worker_over(&store, (&config, true), clock, places);
        write_tx!(store, |tx| { cases::insert(tx, &quarrel.case).await }).unwrap();
        let desk = &worker.work().desk;
        let rooms = Actor::System {
            system: System::Rooms,
        };
        let stop = Action::StopRecording {
            recording: RECORDING,
            why: crate::domain::recording::Stop::Full,
        };
        perform(desk, &rooms, quarrel.case.id, stop).await.unwrap();
        let told = told(quarrel.now);
        write_tx!(store, |tx| {
            crate::storage::recordings::insert(tx, RECORDING, &told).await
        })
        .unwrap();
        let segments = recordings.join(RECORDING.to_string());
        std::fs::create_dir_all(&segments).unwrap();
        let name = format!("{}-microphone-000000.seg", told.person);
        std::fs::write(segments.join(name), "别的内容").unwrap();
        clock.advance(SignedDuration::from_mins(3));
        worker.drain().await.unwrap();
        let mut read = store.read().await.unwrap();
        let now = cases::load(&mut read, quarrel.case.id)
            .await
            .unwrap()
            .unwrap();
        let recording = &now.recordings[0];
        assert_eq!(recording.faults(), [Fault::Broken]);
        assert!(recording.films().is_empty());
        assert_eq!(recording.tracks()[0].head, told.hash, "as it was told");
    })
    .await;
}

fn told(at: Timestamp) -> Segment {
    Segment {
        person: actor("claimant").person().unwrap(),
        source: "microphone".to_owned(),
        number: 0,
        hash: ContentHash::of("原来的内容".as_bytes()),
        previous: None,
        bytes: 15,
        from: at,
        until: at + SignedDuration::from_secs(10),
        torn: false,
    }
}
