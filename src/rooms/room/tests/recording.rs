//! What is recorded of a session, and when it pauses and stops.

use super::*;
use crate::rooms::recording::{Source, WhyStopped};
use crate::rooms::signaling::Recorded;

const NOBODY: [u8; 0] = [];
const RECORDING: RecordingId = RecordingId(uuid::Uuid::from_u128(7));

fn agreed(ns: &[u8]) -> Input {
    Input::Record(Recording {
        id: RECORDING,
        consented: people(ns),
        begins: true,
    })
}

impl Stage {
    /// Whose sound is taped now.
    fn on_tape(&mut self) -> Vec<u8> {
        let taped = (0..6).filter(|n| self.taped(*n, Kind::Audio).is_some());
        taped.collect()
    }

    fn shows(&self, links: &[Link]) -> Vec<Recorded> {
        links
            .iter()
            .map(|link| self.scene(*link).recorded)
            .collect()
    }

    fn phase(&self) -> Option<Phase> {
        self.phases.last().map(|(_, phase)| *phase)
    }
}

/// The mediator and two parties, who have all agreed.
fn recorded() -> (Stage, [Link; 3]) {
    let (mut stage, links) = Stage::three();
    stage.input(agreed(&[0, 1, 2]));
    (stage, links)
}

#[test]
fn everybody_who_agreed_is_taped_once_their_page_says_so() {
    let (mut stage, links) = Stage::three();
    assert_eq!(stage.on_tape(), NOBODY);
    stage.prompt = false;
    stage.input(agreed(&[0, 1, 2]));
    assert_eq!(stage.phases, [(RECORDING, Phase::Running)]);
    assert_eq!(stage.shows(&links), [Recorded::On; 3]);
    assert_eq!(stage.on_tape(), NOBODY, "nobody has been told");
    stage.acknowledge(links[1]);
    assert_eq!(stage.on_tape(), [1]);
    let tape = stage.taped(1, Kind::Video).unwrap();
    assert_eq!((tape.recording(), tape.person()), (RECORDING, person(1)));
    assert_eq!(tape.source(), Source::Camera);
    stage.ask(links[1], Request::Camera { on: false });
    assert_eq!(stage.taped(1, Kind::Video), None);
}

#[test]
fn whoever_waits_sees_that_it_is_recorded_and_is_not() {
    let (mut stage, _) = recorded();
    let waiting = stage.join(3);
    assert_eq!(stage.shows(&[waiting]), [Recorded::On]);
    assert_eq!(stage.phase(), Some(Phase::Running));
    assert_eq!(stage.on_tape(), [0, 1, 2]);
}

#[test]
fn it_pauses_while_no_mediator_leads_the_joint_session_and_a_caucus_is_never_on_it() {
    let (mut stage, links) = recorded();
    assert_eq!(stage.on_tape(), [0, 1, 2]);
    let talk = Request::Caucus {
        people: vec![person(1)],
        left_may_talk: true,
    };
    stage.ask(links[0], talk);
    assert_eq!(stage.hearers(0), people(&[1]));
    assert_eq!(stage.on_tape(), NOBODY);
    assert_eq!(stage.phase(), Some(Phase::Paused));
    assert_eq!(stage.shows(&links), [Recorded::Paused; 3]);
    stage.ask(links[0], Request::Joint);
    assert_eq!(stage.phase(), Some(Phase::Running));
    assert_eq!(stage.on_tape(), [0, 1, 2]);
    stage.ask(links[0], Request::Leave);
    assert_eq!(stage.on_tape(), NOBODY);
    assert_eq!(stage.phase(), Some(Phase::Paused));
}

#[test]
fn a_newcomer_who_did_not_agree_stops_it_before_anybody_hears_them() {
    let (mut stage, links) = recorded();
    let newcomer = stage.join(3);
    stage.prompt = false;
    stage.ask(links[0], Request::Admit { person: person(3) });
    let person = person(3);
    let why = WhyStopped::Unconsented { person };
    assert_eq!(stage.phase(), Some(Phase::Stopped(why)));
    assert_eq!(
        stage.shows(&[links[1], newcomer]),
        [Recorded::Unconsented; 2]
    );
    assert_eq!(stage.on_tape(), NOBODY);
    stage.prompt = true;
    stage.input(agreed(&[0, 1, 2, 3]));
    assert_eq!(stage.on_tape(), [0, 1, 2, 3], "once they agree, too");
}

#[test]
fn a_page_that_is_loaded_again_is_told_again_before_it_is_taped() {
    let (mut stage, _) = recorded();
    stage.prompt = false;
    let link = stage.join(1);
    assert_eq!(stage.on_tape(), [0, 2]);
    stage.acknowledge(link);
    assert_eq!(stage.on_tape(), [0, 1, 2]);
}

/// Somebody sits down before the room's screen, which had agreed.
#[test]
fn what_runs_is_told_who_has_agreed_by_now_and_nothing_begins_by_that() {
    let told = |ns: &[u8]| {
        Input::Record(Recording {
            id: RECORDING,
            consented: people(ns),
            begins: false,
        })
    };
    let (mut stage, _) = Stage::three();
    stage.input(told(&[0, 1, 2]));
    assert_eq!(stage.phase(), None);
    let (mut stage, _) = recorded();
    assert_eq!(stage.on_tape(), [0, 1, 2]);
    stage.input(told(&[0, 1]));
    let person = person(2);
    let why = WhyStopped::Unconsented { person };
    assert_eq!(stage.phase(), Some(Phase::Stopped(why)));
    assert_eq!(stage.on_tape(), NOBODY);
}

#[test]
fn a_consent_taken_back_stops_it() {
    let (mut stage, links) = recorded();
    stage.input(agreed(&[0, 2]));
    let why = WhyStopped::Unconsented { person: person(1) };
    assert_eq!(stage.phase(), Some(Phase::Stopped(why)));
    assert_eq!(stage.on_tape(), NOBODY);
    assert_eq!(stage.shows(&links), [Recorded::Unconsented; 3]);
    assert_eq!(stage.hearers(1), people(&[0, 2]), "the session goes on");
}

#[test]
fn it_stops_when_asked_when_it_fails_and_with_the_session() {
    let why = [
        (Input::StopRecording, WhyStopped::Asked, Recorded::Off),
        (
            Input::RecordingFailed {
                recording: RECORDING,
                why: WhyStopped::Full,
            },
            WhyStopped::Full,
            Recorded::Full,
        ),
    ];
    for (input, why, shown) in why {
        let (mut stage, links) = recorded();
        stage.input(input);
        assert_eq!(stage.phase(), Some(Phase::Stopped(why)));
        assert_eq!(stage.shows(&links), [shown; 3]);
        assert_eq!(stage.on_tape(), NOBODY);
        assert_eq!(stage.hearers(1), people(&[0, 2]), "the session goes on");
        stage.input(Input::StopRecording);
        assert_eq!(stage.phases.len(), 2, "once");
    }
    for (input, why) in [
        (Input::End, WhyStopped::Ended),
        (Input::Goodbye, WhyStopped::Interrupted),
    ] {
        let (mut stage, _) = recorded();
        stage.input(input);
        assert_eq!(stage.phase(), Some(Phase::Stopped(why)));
        assert_eq!(stage.on_tape(), NOBODY);
    }
    let (mut stage, _) = recorded();
    stage.input(Input::RecordingFailed {
        recording: RecordingId(uuid::Uuid::nil()),
        why: WhyStopped::Full,
    });
    assert_eq!(stage.phase(), Some(Phase::Running), "it was another one");
}

#[test]
fn another_recording_takes_the_place_of_the_one_that_runs() {
    let (mut stage, _) = recorded();
    let next = RecordingId(uuid::Uuid::from_u128(8));
    stage.input(Input::Record(Recording {
        id: next,
        consented: people(&[0, 1, 2]),
        begins: true,
    }));
    let asked = Phase::Stopped(WhyStopped::Asked);
    assert_eq!(
        stage.phases[1..],
        [(RECORDING, asked), (next, Phase::Running)]
    );
    assert_eq!(stage.taped(1, Kind::Audio).unwrap().recording(), next);
}

#[test]
fn a_recording_nobody_sits_in_ends() {
    let (mut stage, links) = recorded();
    for link in links {
        stage.ask(link, Request::Leave);
    }
    stage.now += SEAT_KEPT;
    stage.input(Input::Tick);
    assert_eq!(stage.phase(), Some(Phase::Stopped(WhyStopped::Ended)));
}

#[test]
fn a_picture_is_wanted_now_and_then_from_which_one_can_look_at_the_film() {
    let (mut stage, _) = recorded();
    assert!(stage.taped(1, Kind::Video).is_some());
    let mut wanted = Vec::new();
    for second in 1..=31 {
        stage.now += Duration::from_secs(1);
        stage.sequence += 1;
        let position = Position {
            ssrc: 2,
            sequence: stage.sequence,
            timestamp: second * 90_000,
            starts: false,
        };
        let routes = stage
            .room
            .routes(person(1), Kind::Video, position, stage.now);
        assert!(routes.tape.is_some());
        if routes.wants_key_frame {
            wanted.push(second);
        }
    }
    assert_eq!(wanted, [30, 31]);
}
