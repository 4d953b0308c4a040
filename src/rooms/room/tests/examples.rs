//! The rules of a room, one by one.

use super::*;
use crate::rooms::signaling::table::TableRequest;

#[test]
fn whoever_waits_hears_nobody_and_is_heard_by_nobody() {
    let mut stage = Stage::new();
    let mediator = stage.join(0);
    let party = stage.join(1);
    assert_eq!(stage.scene(party).place, PlaceShown::Waiting);
    assert_eq!(
        (stage.hearers(0), stage.hearers(1)),
        (people(&[]), people(&[]))
    );
    assert!(
        stage
            .scene(mediator)
            .people
            .iter()
            .any(|shown| shown.place == PlaceShown::Waiting)
    );
    stage.ask(mediator, Request::Admit { person: person(1) });
    assert_eq!(
        (stage.hearers(0), stage.hearers(1)),
        (people(&[1]), people(&[0]))
    );
    assert_eq!(stage.scene(party).heard_by, [person(0)]);
}

#[test]
fn whoever_went_away_from_the_door_is_not_let_in() {
    let mut stage = Stage::new();
    let (mediator, first) = (stage.join(0), stage.join(1));
    stage.ask(first, Request::Leave);
    let before = stage.reports.len();
    stage.ask(mediator, Request::Admit { person: person(1) });
    assert_eq!(stage.reports[before..], [], "nobody came");
    stage.join(1);
    let place = stage.room.people[&person(1)].place;
    assert_eq!(place, Place::Waiting, "who comes back knocks again");
}

#[test]
fn a_caucus_is_silent_for_the_others_and_all_hear_each_other_again_afterwards() {
    let (mut stage, [mediator, ..]) = Stage::three();
    assert_eq!(stage.hearers(1), people(&[0, 2]));
    stage.ask(mediator, alone_with(1));
    assert_eq!(stage.hearers(0), people(&[1]));
    assert_eq!(stage.hearers(1), people(&[0]));
    assert_eq!(stage.hearers(2), people(&[]));
    stage.ask(mediator, Request::Joint);
    assert_eq!(stage.hearers(1), people(&[0, 2]));
    assert_eq!(stage.hearers(2), people(&[0, 1]));
    assert!(matches!(
        &stage.reports[3..],
        [What::CaucusOpened { .. }, What::CaucusClosed { .. }]
    ));
}

#[test]
fn sound_opens_only_when_both_ends_have_shown_who_hears() {
    let (mut stage, [mediator, first, second]) = Stage::three();
    stage.ask(mediator, alone_with(1));
    stage.prompt = false;
    stage.ask(mediator, Request::Joint);
    for n in 0..3 {
        assert_eq!(stage.hearers(n), people(&[]), "nobody was told yet");
    }
    stage.acknowledge(second);
    assert_eq!(stage.hearers(1), people(&[]));
    stage.acknowledge(first);
    assert_eq!(stage.hearers(1), people(&[2]));
    assert_eq!(stage.hearers(2), people(&[1]));
    stage.acknowledge(mediator);
    assert_eq!(stage.hearers(1), people(&[0, 2]));
    assert_eq!(stage.hearers(2), people(&[0, 1]));
}

#[test]
fn only_a_mediator_leads() {
    let (mut stage, [mediator, party, _]) = Stage::three();
    for request in [
        alone_with(2),
        Request::Mute { person: person(0) },
        Request::Remove { person: person(2) },
    ] {
        stage.ask(party, request);
    }
    assert_eq!(stage.hearers(0), people(&[1, 2]));
    assert_eq!(stage.hearers(2), people(&[0, 1]));
    assert!(!stage.pages[&mediator].closed);
}

#[test]
fn whoever_leads_no_longer_moves_nobody_and_shows_nothing() {
    let (mut stage, links) = Stage::three();
    let show = TableRequest::Show {
        evidence: EvidenceId(uuid::Uuid::from_u128(0x70)),
    };
    stage.ask(links[0], Request::Table(show));
    stage.welcome.insert(person(0), SeatKind::Respondent);
    stage.ask(links[0], alone_with(1));
    let caucus = |it: &Person| matches!(it.place, Place::Caucus(_));
    assert!(!stage.room.people.values().any(caucus));
    assert_eq!(stage.scene(links[1]).table, None);
}

#[test]
fn the_end_is_the_end_for_all() {
    let (mut stage, links) = Stage::three();
    stage.input(Input::End);
    assert!(links.iter().all(|link| stage.pages[link].closed));
    assert_eq!(stage.reports.last(), Some(&What::Ended));
    let late = stage.join(1);
    assert!(stage.pages[&late].closed);
}

#[test]
fn muting_silences_until_the_muted_person_unmutes() {
    let (mut stage, [mediator, party, _]) = Stage::three();
    stage.ask(mediator, Request::Mute { person: person(1) });
    assert_eq!(stage.hearers(1), people(&[]));
    assert!(stage.pages[&party].others.contains(&Message::Muted));
    stage.ask(mediator, Request::Microphone { on: true });
    assert_eq!(stage.hearers(1), people(&[]));
    stage.ask(party, Request::Microphone { on: true });
    assert_eq!(stage.hearers(1), people(&[0, 2]));
}

#[test]
fn a_seat_is_kept_for_a_minute_and_not_longer() {
    let (mut stage, [_, party, _]) = Stage::three();
    stage.ask(party, Request::Leave);
    assert_eq!(stage.hearers(0), people(&[2]));
    stage.now += SEAT_KEPT.checked_sub(Duration::from_secs(1)).unwrap();
    stage.input(Input::Tick);
    let back = stage.join(1);
    assert_eq!(stage.scene(back).place, PlaceShown::Joint);
    assert_eq!(stage.hearers(1), people(&[0, 2]));

    stage.ask(back, Request::Leave);
    stage.now += SEAT_KEPT;
    stage.input(Input::Tick);
    let late = stage.join(1);
    assert_eq!(stage.scene(late).place, PlaceShown::Waiting);
    assert_eq!(stage.hearers(1), people(&[]));
}

#[test]
fn a_broken_socket_is_resumed_without_losing_a_line() {
    let (mut stage, [mediator, party, _]) = Stage::three();
    let resume = Resume {
        id: stage.pages[&party].resume.clone(),
        seen: stage.pages[&party].seen,
    };
    stage.input(Input::Disconnected { link: party });
    let epoch = stage.scene(mediator).epoch;
    stage.ask(
        mediator,
        Request::Say {
            epoch,
            to: Addressee::Everybody,
            text: "slowly".into(),
        },
    );
    assert_eq!(
        stage.hearers(0),
        people(&[1, 2]),
        "sound does not hang on the socket"
    );
    let again = stage.join_with(1, Some(resume));
    let said =
        |message: &&Message| matches!(message, Message::Said { text, .. } if text == "slowly");
    assert_eq!(stage.pages[&again].others.iter().filter(said).count(), 1);
}

#[test]
fn nobody_resumes_the_thread_of_another() {
    let (mut stage, [_, party, _]) = Stage::three();
    let resume = Resume {
        id: stage.pages[&party].resume.clone(),
        seen: 0,
    };
    let thief = stage.join_with(3, Some(resume));
    assert_eq!(stage.scene(thief).place, PlaceShown::Waiting);
    assert!(stage.pages[&thief].others.is_empty());
}

#[test]
fn a_second_window_replaces_the_first() {
    let (mut stage, [_, party, _]) = Stage::three();
    let second = stage.join(1);
    assert!(stage.pages[&party].closed && !stage.pages[&second].closed);
    assert!(stage.pages[&party].others.contains(&Message::Replaced));
    assert_eq!(stage.hearers(0), people(&[1, 2]));
}

#[test]
fn whom_the_platform_refuses_is_out_at_once() {
    let (mut stage, [mediator, party, _]) = Stage::three();
    stage.welcome.remove(&person(1));
    stage.ask(mediator, alone_with(1));
    assert!(stage.pages[&party].closed);
    assert_eq!(stage.hearers(0), people(&[2]), "and nobody was moved");
    let again = stage.join(1);
    assert!(stage.pages[&again].closed);
    assert_eq!(stage.hearers(1), people(&[]));
}

#[test]
fn silence_of_the_platform_turns_away_but_empties_no_seat() {
    let (mut stage, _) = Stage::three();
    let link = 99;
    let asked = stage.room.handle(
        Input::Connected {
            link,
            person: person(1),
            resume: None,
        },
        stage.now,
    );
    assert!(matches!(
        asked[..],
        [Output::Ask {
            kind: QuestionKind::Rejoin,
            ..
        }]
    ));
    stage.now += ANSWER_WITHIN;
    stage.input(Input::Tick);
    assert!(stage.pages[&link].closed);
    assert_eq!(stage.hearers(1), people(&[0, 2]));
}

#[test]
fn a_line_typed_in_a_caucus_does_not_reach_the_joint_session() {
    let (mut stage, [mediator, first, second]) = Stage::three();
    stage.ask(mediator, alone_with(1));
    let epoch = stage.scene(first).epoch;
    stage.ask(
        first,
        Request::Say {
            epoch,
            to: Addressee::Everybody,
            text: "my limit".into(),
        },
    );
    stage.ask(mediator, Request::Joint);
    stage.ask(
        first,
        Request::Say {
            epoch,
            to: Addressee::Everybody,
            text: "is 500".into(),
        },
    );
    let lines = |link: Link, stage: &Stage| {
        let said = stage.pages[&link]
            .others
            .iter()
            .filter(|other| matches!(other, Message::Said { .. }));
        said.count()
    };
    assert_eq!((lines(mediator, &stage), lines(second, &stage)), (1, 0));
    let back = Message::NotSaid {
        to: Addressee::Everybody,
        text: "is 500".into(),
        why: WhyNot::Moved,
    };
    assert!(stage.pages[&first].others.contains(&back));
}

#[test]
fn a_caucus_without_its_mediator_waits() {
    let (mut stage, [mediator, party, _]) = Stage::three();
    stage.ask(mediator, alone_with(1));
    stage.input(Input::Disconnected { link: mediator });
    stage.now += SEAT_KEPT;
    stage.input(Input::Tick);
    assert_eq!(stage.scene(party).place, PlaceShown::Waiting);
    assert_eq!(stage.hearers(1), people(&[]));
}

#[test]
fn who_left_a_caucus_by_the_door_comes_back_to_the_joint_session() {
    let (mut stage, [mediator, first, _]) = Stage::three();
    let caucus = |stage: &mut Stage| {
        stage.ask(mediator, alone_with(1));
        assert_eq!(stage.hearers(1), people(&[0]));
    };
    caucus(&mut stage);
    stage.ask(first, Request::Leave);
    let back = stage.join(1);
    assert_eq!(stage.scene(back).place, PlaceShown::Joint);
    stage.acknowledge(back);
    assert!(
        !stage.hearers(1).contains(&person(0)),
        "the mediator sits in the caucus still"
    );
}

#[test]
fn a_caucus_whose_mediator_leaves_by_the_door_waits_at_once() {
    let (mut stage, [mediator, first, _]) = Stage::three();
    stage.ask(mediator, alone_with(1));
    stage.ask(mediator, Request::Leave);
    assert_eq!(stage.scene(first).place, PlaceShown::Waiting);
    assert_eq!(stage.hearers(1), people(&[]));
    let back = stage.join(0);
    assert_eq!(stage.scene(back).place, PlaceShown::Joint);
}

#[test]
fn one_offer_is_open_at_a_time_and_stale_answers_are_dropped() {
    let mut room = Room::new("secret".into());
    let now = Instant::now();
    let mut offers = Vec::new();
    let enter = |room: &mut Room, n: u8, offers: &mut Vec<(PersonId, u32)>| {
        let input = Input::Connected {
            link: n.into(),
            person: person(n),
            resume: None,
        };
        let asked = room.handle(input, now);
        let [Output::Ask { question, .. }] = asked[..] else {
            panic!("not asked")
        };
        let seat = Seat::new(String::new(), SeatKind::Mediator);
        let answer = Answer::Granted(seat, None);
        for output in room.handle(Input::Answered { question, answer }, now) {
            if let Output::Media(Order::Offer {
                person, generation, ..
            }) = output
            {
                offers.push((person, generation));
            }
        }
    };
    (0..3).for_each(|n| enter(&mut room, n, &mut offers));
    assert_eq!(offers, [(person(0), 1), (person(1), 1), (person(2), 1)]);
    let mut answer = |generation| {
        let request = Request::Answer {
            generation,
            sdp: String::new(),
        };
        room.handle(
            Input::Asked {
                link: 0,
                frame: once(request),
            },
            now,
        )
    };
    assert_eq!(answer(2), []);
    let followed = answer(1);
    assert!(matches!(&followed[..], [
        Output::Media(Order::Accept { .. }),
        Output::Media(Order::Offer { generation: 2, how: How::Further, people, .. }),
        ..
    ] if *people == [person(2)]));
    assert_eq!(answer(1), []);
}

#[test]
fn whoever_has_left_the_waiting_room_is_not_let_in() {
    let mut stage = Stage::new();
    let [lead, guest] = [stage.join(MEDIATOR), stage.join(1)];
    stage.ask(guest, Request::Leave);
    stage.ask(lead, Request::Admit { person: person(1) });
    let joined = What::Joined { person: person(1) };
    assert!(!stage.reports.contains(&joined), "they are not there");
    let back = stage.join(1);
    assert_eq!(stage.scene(back).place, PlaceShown::Waiting);
}
