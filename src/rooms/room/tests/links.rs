//! What a page asks over a line that breaks, or more often than is good.

use super::*;

/// A page that does not know whether a request got through asks again, and the room says how far it heard.
#[test]
fn what_a_broken_socket_may_have_swallowed_is_asked_again_and_done_once() {
    let (mut stage, [mediator, party, _]) = Stage::three();
    let epoch = stage.scene(party).epoch;
    let line = |n, text: &str| Frame {
        n,
        ask: Request::Say {
            epoch,
            to: Addressee::Everybody,
            text: text.into(),
        },
    };
    let [first, second] = [line(1, "first"), line(2, "second")];
    stage.input(Input::Asked {
        link: party,
        frame: first.clone(),
    });
    let resume = Resume {
        id: stage.pages[&party].resume.clone(),
        seen: stage.pages[&party].seen,
    };
    stage.input(Input::Disconnected { link: party });
    let again = stage.join_with(1, Some(resume));
    assert_eq!(stage.pages[&again].heard, 1);
    for frame in [first, second.clone(), second] {
        stage.input(Input::Asked { link: again, frame });
    }
    assert!(
        stage.pages[&again]
            .others
            .contains(&Message::Heard { n: 2 })
    );
    let said = stage.pages[&mediator].others.iter();
    let said: Vec<&str> = said
        .filter_map(|message| match message {
            Message::Said { text, .. } => Some(text.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(said, ["first", "second"]);
    // A page that was loaded again counts from the beginning.
    stage.input(Input::Disconnected { link: again });
    let fresh = stage.join(1);
    assert_eq!(stage.pages[&fresh].heard, 0);
    stage.input(Input::Asked {
        link: fresh,
        frame: line(1, "third"),
    });
    assert!(
        stage.pages[&fresh]
            .others
            .contains(&Message::Heard { n: 1 })
    );
}

/// A page that asks for connections as fast as it can gets few, and the newest it asked for.
#[test]
fn connections_are_made_anew_at_a_pace() {
    let (mut stage, [_, party, _]) = Stage::three();
    let made = |stage: &mut Stage| -> Vec<u32> {
        let orders = std::mem::take(&mut stage.orders).into_iter();
        let generation = |order| match order {
            Order::Publish { generation, .. } => Some(generation),
            _ => None,
        };
        orders.filter_map(generation).collect()
    };
    let offers = |stage: &Stage| stage.offers;
    made(&mut stage);
    let before = offers(&stage);
    for generation in 1..=9 {
        let publish = Request::Publish {
            generation,
            restart: false,
            sdp: String::new(),
        };
        stage.ask(party, publish);
        stage.ask(party, Request::Subscribe { restart: false });
    }
    assert_eq!(made(&mut stage), [1]);
    assert_eq!(offers(&stage), before + 1);
    stage.input(Input::Tick);
    assert_eq!(made(&mut stage), [0; 0]);
    stage.now += ANEW_EVERY;
    stage.input(Input::Tick);
    assert_eq!(made(&mut stage), [9]);
    assert_eq!(offers(&stage), before + 2);
    stage.now += ANEW_EVERY;
    stage.input(Input::Tick);
    assert_eq!(made(&mut stage), [0; 0]);
}

#[test]
fn whoever_was_inside_when_the_process_ended_does_not_wait_anew() {
    let mut stage = Stage::new();
    stage.before = BTreeMap::from([
        (person(1), Whereabouts::Joint),
        (person(2), Whereabouts::Caucus),
    ]);
    let [first, second, third] = [1, 2, 3].map(|n| stage.join(n));
    assert_eq!(stage.scene(first).place, PlaceShown::Joint);
    assert_eq!(stage.scene(second).place, PlaceShown::Joint);
    assert_eq!(stage.scene(third).place, PlaceShown::Waiting);
    assert_eq!(stage.hearers(1), people(&[2]));
    assert_eq!(
        stage.reports,
        [
            What::Joined { person: person(1) },
            What::CaucusClosed {
                people: vec![person(2)]
            },
            What::Joined { person: person(2) },
        ]
    );
    // Of whom this room knows it knows better.
    stage.before.insert(person(3), Whereabouts::Joint);
    let again = stage.join(3);
    assert_eq!(stage.scene(again).place, PlaceShown::Waiting);
}

#[test]
fn whoever_the_platform_lets_in_no_longer_goes_at_once() {
    let (mut stage, [_, first, second]) = Stage::three();
    stage.welcome.remove(&person(1));
    stage.welcome.insert(person(2), SeatKind::Interpreter);
    stage.reports.clear();
    stage.input(Input::Recheck);
    assert!(stage.pages[&first].closed);
    assert_eq!(stage.pages[&first].others.last(), Some(&Message::Refused));
    assert_eq!(stage.hearers(0), people(&[2]));
    assert_eq!(stage.reports, [What::Left { person: person(1) }]);
    let shown = &stage.scene(second).people;
    let own = shown.iter().find(|shown| shown.person == person(2));
    assert_eq!(own.unwrap().seat.kind, SeatKind::Interpreter);
    assert!(!stage.pages[&second].closed);
}

#[test]
fn nobody_leaves_by_the_end_of_the_process() {
    let (mut stage, [mediator, ..]) = Stage::three();
    stage.join(3);
    stage.ask(mediator, alone_with(1));
    stage.reports.clear();
    stage.input(Input::Goodbye);
    let inside = [0, 1, 2].map(person).to_vec();
    assert_eq!(stage.reports, [What::Interrupted { people: inside }]);
    assert!(stage.room.is_over());
}

/// What is told of the lines is how often and how long, and it is told once.
#[test]
fn how_well_the_lines_hold_is_counted() {
    let (mut stage, [_, party, _]) = Stage::three();
    let pass = |stage: &mut Stage, seconds| {
        for _ in 0..seconds {
            stage.now += Duration::from_secs(1);
            stage.input(Input::Tick);
        }
    };
    stage.input(Input::Tick);
    pass(&mut stage, 10);
    stage.ask(party, Request::Line { rung: Rung::Audio });
    for lost in [20, 40, u16::MAX] {
        stage.ask(party, Request::Measured { lost });
    }
    stage.ask(party, Request::Subscribe { restart: true });
    pass(&mut stage, 10);
    let resume = Resume {
        id: stage.pages[&party].resume.clone(),
        seen: stage.pages[&party].seen,
    };
    stage.input(Input::Disconnected { link: party });
    pass(&mut stage, 5);
    assert_eq!(stage.counted, Quality::default());
    stage.join_with(1, Some(resume));
    pass(&mut stage, 60);
    let told = stage.counted.clone();
    assert_eq!((told.joins, told.reconnects, told.renewals), (3, 1, 1));
    assert_eq!((told.measured, told.lost), (3, 20 + 40 + 1_000));
    let spent = |stage: &Stage, rung| stage.counted.spent[&rung].as_secs();
    let seen = [Rung::Audio, Rung::Video].map(|rung| spent(&stage, rung));
    stage.input(Input::End);
    let all = [Rung::Audio, Rung::Video].map(|rung| spent(&stage, rung));
    assert_eq!(all, [10 + 60, 10 * 3 + 75 * 2]);
    assert!(seen < all);
    assert_eq!(stage.counted.joins, 3);
}
