//! Seats without a voice, and the one whose picture is a voice.

use super::*;
use crate::rooms::signaling::Wanted;

/// The mediator, two parties, and somebody in a seat of this kind, all admitted. A helper helps the first party.
fn with_seat(kind: SeatKind) -> (Stage, [Link; 4]) {
    let mut stage = Stage::new();
    stage.welcome.insert(person(3), kind);
    let links = [0, 1, 2, 3].map(|n| stage.join(n));
    for n in [1, 2, 3] {
        stage.ask(links[0], Request::Admit { person: person(n) });
    }
    (stage, links)
}

fn caucus(ns: &[u8]) -> Request {
    Request::Caucus {
        people: people(ns).into_iter().collect(),
        left_may_talk: false,
    }
}

#[test]
fn whoever_only_hears_is_heard_seen_and_read_by_nobody_and_hears_all() {
    for kind in [SeatKind::Helper, SeatKind::Observer] {
        let (mut stage, [mediator, _, _, silent]) = with_seat(kind);
        for heard in [Kind::Audio, Kind::Video] {
            assert_eq!(stage.takers(3, heard), people(&[]), "{kind:?} {heard:?}");
            assert_eq!(stage.takers(1, heard), people(&[0, 2, 3]), "{kind:?}");
        }
        let epoch = stage.scene(silent).epoch;
        let text = "我也说一句".to_owned();
        for to in [Addressee::Everybody, Addressee::Mediators] {
            let text = text.clone();
            stage.ask(silent, Request::Say { epoch, to, text });
        }
        stage.ask(silent, Request::Hand { up: true });
        let said = |page: &Page| {
            let mut others = page.others.iter();
            others.any(|it| matches!(it, Message::Said { .. }))
        };
        assert!(!stage.pages.values().any(said), "{kind:?}");
        let shown = &stage.scene(mediator).people;
        let shown = shown.iter().find(|it| it.person == person(3)).unwrap();
        assert!(!shown.microphone && !shown.camera && !shown.hand);
        assert!(stage.scene(silent).heard_by.is_empty());
    }
}

#[test]
fn who_helps_a_party_goes_along_into_their_private_talk_and_into_no_other() {
    let (mut stage, [mediator, party, _, helper]) = with_seat(SeatKind::Helper);
    stage.ask(mediator, caucus(&[2, 3]));
    let refused = Message::NotBeside { person: person(3) };
    assert!(stage.pages[&mediator].others.contains(&refused));
    assert_eq!(stage.scene(mediator).place, PlaceShown::Joint);
    // Only as the mediator moves them: left out, they stay behind.
    stage.ask(mediator, caucus(&[1]));
    assert_eq!(stage.hearers(1), people(&[0]));
    stage.ask(mediator, Request::Joint);
    stage.ask(mediator, caucus(&[1, 3]));
    assert_eq!(stage.hearers(1), people(&[0, 3]));
    assert_eq!(stage.scene(helper).place, PlaceShown::Caucus);
    // The one they help goes; whoever is left does not hear what the mediator says next.
    stage.ask(party, Request::Leave);
    assert_eq!(stage.scene(helper).place, PlaceShown::Joint);
    assert_eq!(stage.hearers(0), people(&[]));
    let closed = What::CaucusClosed {
        people: vec![person(3)],
    };
    assert!(stage.reports.contains(&closed));
}

#[test]
fn nobody_watches_a_private_talk_neither_by_a_move_nor_by_another_seat() {
    let (mut stage, [mediator, _, _, observer]) = with_seat(SeatKind::Observer);
    for ns in [&[1, 3][..], &[3]] {
        stage.ask(mediator, caucus(ns));
        assert_eq!(stage.scene(mediator).place, PlaceShown::Joint, "{ns:?}");
    }
    stage.ask(mediator, caucus(&[1]));
    assert_eq!(stage.scene(observer).place, PlaceShown::Joint);
    assert_eq!(stage.hearers(1), people(&[0]));
    stage.ask(mediator, Request::Joint);
    // Kin who watch from now on, in the midst of a private talk.
    stage.welcome.insert(person(3), SeatKind::Kin);
    stage.input(Input::Recheck);
    stage.ask(mediator, caucus(&[1, 3]));
    assert_eq!(stage.hearers(1), people(&[0, 3]));
    stage.welcome.insert(person(3), SeatKind::Observer);
    stage.input(Input::Recheck);
    assert_eq!(stage.hearers(1), people(&[0]));
    assert_eq!(stage.scene(observer).place, PlaceShown::Joint);
}

#[test]
fn an_observer_in_front_of_a_screen_keeps_it_out_of_private_talks() {
    let (mut stage, [mediator, ..]) = with_seat(SeatKind::Kin);
    stage.seated = vec![SeatKind::Applicant, SeatKind::Observer];
    stage.with = Some(SeatKind::Applicant);
    stage.join(SCREEN);
    let person = person(SCREEN);
    stage.ask(mediator, Request::Admit { person });
    stage.ask(mediator, caucus(&[SCREEN]));
    let refused = Message::NotAlone { person };
    assert!(stage.pages[&mediator].others.contains(&refused));
}

#[test]
fn of_all_pictures_that_of_the_signs_is_given_up_last() {
    let (mut stage, [mediator, weak, ..]) = with_seat(SeatKind::SignLanguage);
    let signer = 3;
    stage.ask(weak, Request::Line { rung: Rung::Signs });
    for n in [0, 2] {
        assert!(!stage.takers(n, Kind::Video).contains(&person(1)));
        assert!(stage.takers(n, Kind::Audio).contains(&person(1)));
    }
    assert!(stage.takers(signer, Kind::Video).contains(&person(1)));
    // Whoever signs back is seen, and the others see each other as before.
    assert!(stage.takers(1, Kind::Video).contains(&person(signer)));
    assert!(stage.takers(0, Kind::Video).contains(&person(2)));
    assert_eq!(stage.scene(mediator).wanted, Wanted::Large);
    let theirs = stage
        .pages
        .iter()
        .find(|(_, it)| it.person == Some(person(signer)));
    let theirs = *theirs.unwrap().0;
    assert_eq!(stage.scene(theirs).wanted, Wanted::Small);
    stage.ask(weak, Request::Line { rung: Rung::Audio });
    assert!(!stage.takers(signer, Kind::Video).contains(&person(1)));
    stage.ask(weak, Request::Line { rung: Rung::Small });
    assert!(stage.takers(0, Kind::Video).contains(&person(1)));
}

#[test]
fn whoever_interprets_by_signs_sees_everybody_as_long_as_there_are_pictures() {
    let (mut stage, links) = with_seat(SeatKind::SignLanguage);
    stage.ask(links[3], Request::Line { rung: Rung::Signs });
    for n in [0, 1, 2] {
        assert!(stage.takers(n, Kind::Video).contains(&person(3)), "{n}");
    }
}
