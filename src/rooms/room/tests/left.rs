//! Those left behind while the mediator speaks alone with others: they wait in silence, or talk, as the mediator said.

use super::*;

/// The mediator and three parties, all admitted; pages take what they are shown when they are told to.
fn four() -> (Stage, [Link; 4]) {
    let mut stage = Stage::new();
    let links = [0, 1, 2, 3].map(|n| stage.join(n));
    for n in 1..4 {
        stage.ask(links[0], Request::Admit { person: person(n) });
    }
    (stage, links)
}

fn talking_with(n: u8) -> Request {
    Request::Caucus {
        people: vec![person(n)],
        left_may_talk: true,
    }
}

fn says(stage: &mut Stage, link: Link, text: &str) {
    let epoch = stage.scene(link).epoch;
    let text = text.to_owned();
    stage.ask(
        link,
        Request::Say {
            epoch,
            to: Addressee::Everybody,
            text,
        },
    );
}

fn not_said(text: &str) -> Message {
    Message::NotSaid {
        to: Addressee::Everybody,
        text: text.to_owned(),
        why: WhyNot::Hushed,
    }
}

#[test]
fn those_left_behind_wait_in_silence_until_the_mediator_is_back_and_all_were_told() {
    let (mut stage, [mediator, first, second, third]) = four();
    stage.ask(mediator, alone_with(1));
    for n in [2, 3] {
        assert_eq!(stage.hearers(n), people(&[]));
    }
    assert!(stage.scene(second).hushed && stage.scene(second).heard_by.is_empty());
    assert!(stage.scene(mediator).hushed, "the mediator sees it too");
    let absent = stage.scene(second).people.iter();
    let absent = absent.filter(|it| !it.with_you).map(|it| it.place);
    assert_eq!(absent.collect::<Vec<_>>(), [PlaceShown::Caucus; 2]);
    says(&mut stage, second, "he lies");
    assert!(stage.pages[&second].others.contains(&not_said("he lies")));
    assert_eq!(stage.pages[&third].others, []);
    stage.prompt = false;
    stage.ask(mediator, Request::Joint);
    assert!(!stage.scene(second).hushed);
    assert_eq!(stage.hearers(2), people(&[]), "nobody was told yet");
    for link in [second, third] {
        stage.acknowledge(link);
    }
    assert_eq!(stage.hearers(2), people(&[3]));
    for link in [mediator, first] {
        stage.acknowledge(link);
    }
    assert_eq!(stage.hearers(2), people(&[0, 1, 3]));
}

#[test]
fn those_left_behind_talk_where_the_mediator_said_so_and_as_long_as_that_holds() {
    let (mut stage, [mediator, _, second, third]) = four();
    stage.ask(mediator, talking_with(1));
    assert!(!stage.scene(second).hushed);
    assert_eq!(stage.hearers(2), people(&[3]));
    says(&mut stage, second, "shall we?");
    let heard = |stage: &Stage| stage.pages[&third].others.len();
    assert_eq!(heard(&stage), 1);
    stage.ask(mediator, Request::LeftMayTalk { on: false });
    assert_eq!(stage.hearers(2), people(&[]));
    says(&mut stage, second, "wait");
    assert_eq!(heard(&stage), 1);
    stage.ask(second, Request::LeftMayTalk { on: true });
    assert_eq!(stage.hearers(2), people(&[]), "only a mediator allows it");
    stage.ask(mediator, Request::LeftMayTalk { on: true });
    assert_eq!(stage.hearers(2), people(&[3]));
    assert_eq!(stage.hearers(0), people(&[1]), "the caucus goes on");
}

/// A mediator who vanishes out of a caucus leaves no unguarded room behind.
#[test]
fn silence_holds_until_a_mediator_is_back_even_if_the_caucus_has_ended() {
    let (mut stage, [mediator, _, second, third]) = four();
    stage.ask(mediator, alone_with(1));
    stage.ask(mediator, Request::Leave);
    assert!(stage.scene(second).hushed);
    assert_eq!(stage.hearers(2), people(&[]));
    stage.join(MEDIATOR);
    assert!(!stage.scene(third).hushed);
    assert_eq!(stage.hearers(2), people(&[0, 3]));
}

#[test]
fn where_another_mediator_stays_the_talk_goes_on() {
    let (mut stage, [mediator, _, second, third]) = four();
    stage.welcome.insert(person(3), SeatKind::Mediator);
    let resume = None;
    stage.join_with(3, resume);
    stage.ask(mediator, alone_with(1));
    assert!(!stage.scene(second).hushed);
    assert_eq!(stage.hearers(2), people(&[3]));
    let again = stage.next_link;
    assert_ne!(again, third);
    stage.ask(again, Request::Leave);
    assert!(stage.scene(second).hushed, "and when that one goes too");
}
