//! What reaches somebody whose line is weak, and which picture is asked of the others.

use super::*;
use crate::rooms::signaling::{Rung, Wanted};

const RUNGS: [Rung; 5] = [
    Rung::Messages,
    Rung::Audio,
    Rung::Signs,
    Rung::Small,
    Rung::Video,
];

#[test]
fn sound_is_given_up_after_every_picture_and_never_before() {
    let (mut stage, [mediator, weak, _]) = Stage::three();
    for rung in RUNGS {
        stage.ask(weak, Request::Line { rung });
        let takes = |kind, stage: &mut Stage| stage.takers(0, kind).contains(&person(1));
        let (sound, picture) = (
            takes(Kind::Audio, &mut stage),
            takes(Kind::Video, &mut stage),
        );
        assert!(sound || !picture, "{rung:?}");
        assert_eq!(sound, rung != Rung::Messages);
        assert_eq!(picture, rung >= Rung::Small);
        // The others go on as they did.
        assert!(stage.takers(0, Kind::Video).contains(&person(2)));
        let shown = &stage.scene(mediator).people;
        let shown = shown.iter().find(|shown| shown.person == person(1));
        assert_eq!(shown.unwrap().rung, rung);
    }
}

#[test]
fn a_camera_sends_what_the_weakest_of_those_who_see_it_can_take() {
    let (mut stage, [mediator, first, second]) = Stage::three();
    assert_eq!(stage.scene(mediator).wanted, Wanted::Large);
    for (ours, theirs, wanted) in [
        (Rung::Small, Rung::Video, Wanted::Small),
        (Rung::Small, Rung::Audio, Wanted::Small),
        (Rung::Audio, Rung::Video, Wanted::Large),
        (Rung::Audio, Rung::Messages, Wanted::None),
        (Rung::Video, Rung::Video, Wanted::Large),
    ] {
        stage.ask(first, Request::Line { rung: ours });
        stage.ask(second, Request::Line { rung: theirs });
        assert_eq!(stage.scene(mediator).wanted, wanted, "{ours:?} {theirs:?}");
    }
    // In a caucus only those count who are in it.
    stage.ask(second, Request::Line { rung: Rung::Small });
    stage.ask(mediator, alone_with(1));
    assert_eq!(stage.scene(mediator).wanted, Wanted::Large);
    assert_eq!(stage.scene(second).wanted, Wanted::None);
}

#[test]
fn whoever_comes_anew_begins_at_the_top() {
    let (mut stage, [_, weak, _]) = Stage::three();
    let rung = Rung::Messages;
    stage.ask(weak, Request::Line { rung });
    assert_eq!(stage.hearers(0), people(&[2]));
    stage.ask(weak, Request::Leave);
    let again = stage.join(1);
    assert_eq!(stage.hearers(0), people(&[1, 2]));
    let own = &stage.scene(again).people;
    assert!(own.iter().all(|shown| shown.rung == Rung::Video));
}
