//! Who listens to whom where somebody interprets by voice.

use super::*;
use crate::rooms::signaling::Channel;

/// The mediator, two parties and an interpreter, all admitted.
fn interpreted() -> (Stage, [Link; 4]) {
    let mut stage = Stage::new();
    stage.welcome.insert(person(3), SeatKind::Interpreter);
    let links = [0, 1, 2, 3].map(|n| stage.join(n));
    for n in [1, 2, 3] {
        stage.ask(links[0], Request::Admit { person: person(n) });
    }
    (stage, links)
}

fn listen(channel: Channel) -> Request {
    Request::Channel { channel }
}

/// What the others read of this one's ears.
fn shown(stage: &Stage, to: Link, of: u8) -> Channel {
    let people = &stage.scene(to).people;
    let presence = people.iter().find(|it| it.person == person(of));
    presence.unwrap().channel
}

#[test]
fn each_hears_the_speakers_or_the_interpreter_as_they_chose_and_all_are_told() {
    let (mut stage, [mediator, party, ..]) = interpreted();
    for (channel, speakers, interpreter) in [
        (Channel::Both, true, true),
        (Channel::Original, true, false),
        (Channel::Faded, true, true),
        (Channel::Interpreter, false, true),
    ] {
        stage.ask(party, listen(channel));
        for (n, heard) in [(0, speakers), (2, speakers), (3, interpreter)] {
            let hears = stage.hearers(n).contains(&person(1));
            assert_eq!(hears, heard, "{channel:?}: {n}");
            assert!(stage.takers(n, Kind::Video).contains(&person(1)), "seen");
        }
        assert_eq!(shown(&stage, mediator, 1), channel);
        // Nobody else hears less for it, and the interpreter hears all.
        assert_eq!(stage.hearers(1), people(&[0, 2, 3]));
        assert!(stage.hearers(2).is_superset(&people(&[0, 3])));
    }
}

#[test]
fn an_interpreter_chooses_nothing_and_hears_all() {
    let (mut stage, [mediator, _, _, interpreter]) = interpreted();
    stage.ask(interpreter, listen(Channel::Interpreter));
    for n in [0, 1, 2] {
        assert!(stage.hearers(n).contains(&person(3)), "{n}");
    }
    assert_eq!(shown(&stage, mediator, 3), Channel::Both);
}

#[test]
fn where_nobody_interprets_or_the_interpreter_is_silent_everybody_is_heard() {
    let (mut stage, [mediator, party, _, interpreter]) = interpreted();
    stage.ask(party, listen(Channel::Interpreter));
    assert!(!stage.hearers(2).contains(&person(1)));
    stage.ask(interpreter, Request::Microphone { on: false });
    assert!(stage.hearers(2).contains(&person(1)));
    assert_eq!(shown(&stage, mediator, 1), Channel::Both);
    stage.ask(interpreter, Request::Microphone { on: true });
    assert!(!stage.hearers(2).contains(&person(1)));
    // In a private talk without the interpreter the choice means nothing, and after it it holds again.
    stage.ask(mediator, alone_with(1));
    assert_eq!(stage.hearers(0), people(&[1]));
    assert_eq!(shown(&stage, party, 1), Channel::Both);
    stage.ask(mediator, Request::Joint);
    assert!(!stage.hearers(0).contains(&person(1)));
    stage.input(Input::Disconnected { link: interpreter });
    assert!(stage.hearers(0).contains(&person(1)), "no longer there");
}
