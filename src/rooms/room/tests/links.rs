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
        let sdp = String::new();
        stage.ask(party, Request::Publish { generation, sdp });
        stage.ask(party, Request::Subscribe);
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
