//! The telephone: somebody's second ear and mouth, which is nobody beside them.

use super::*;
use crate::domain::session::Session;

const CALLER: u8 = 1;

fn phone() -> PersonId {
    Session::phone_of(person(CALLER))
}

impl Stage {
    /// A party calls, and the gateway lets them speak.
    fn call(&mut self) -> Link {
        let own = *self.welcome.get(&person(CALLER)).unwrap();
        self.welcome.insert(phone(), own);
        self.next_link += 1;
        let link = self.next_link;
        let (person, resume) = (phone(), None);
        self.input(Input::Connected {
            link,
            person,
            resume,
        });
        self.ask(link, Request::Microphone { on: true });
        link
    }

    /// Whom a packet of the phone reaches.
    fn hear_the_phone(&mut self) -> BTreeSet<PersonId> {
        self.takers_of(phone(), Kind::Audio)
    }
}

fn shown(stage: &Stage, link: Link) -> Vec<PersonId> {
    let people = &stage.scene(link).people;
    people.iter().map(|it| it.person).collect()
}

#[test]
fn a_caller_is_heard_by_the_phone_and_hears_by_it_and_goes_on_seeing() {
    let (mut stage, [mediator, party, other]) = Stage::three();
    stage.call();
    assert_eq!(
        stage.hear_the_phone(),
        people(&[0, 2]),
        "not their own page"
    );
    assert_eq!(stage.hearers(0), BTreeSet::from([person(2), phone()]));
    assert_eq!(stage.takers(0, Kind::Video), people(&[1, 2]));
    assert_eq!(stage.hearers(1), people(&[]), "nobody is heard twice");
    assert_eq!(stage.takers(1, Kind::Video), people(&[0, 2]));
    for link in [mediator, party, other] {
        assert_eq!(shown(&stage, link).len(), 3, "a phone is nobody");
    }
    let scene = stage.scene(mediator);
    let caller = scene.people.iter().find(|it| it.person == person(1));
    assert_eq!(caller.unwrap().phone, Some(phone()));
    assert!(caller.unwrap().microphone);
    let heard: BTreeSet<_> = scene.heard_by.iter().copied().collect();
    assert_eq!(heard, people(&[1, 2]));
    assert!(!stage.scene(party).heard_by.contains(&person(1)));
}

#[test]
fn a_phone_goes_where_its_owner_goes_and_no_sooner() {
    let (mut stage, [mediator, ..]) = Stage::three();
    stage.call();
    stage.ask(mediator, alone_with(CALLER));
    assert_eq!(stage.hear_the_phone(), people(&[0]));
    assert_eq!(stage.hearers(0), BTreeSet::from([phone()]));
    stage.ask(mediator, Request::Joint);
    stage.ask(mediator, alone_with(2));
    assert_eq!(stage.hear_the_phone(), people(&[]));
    assert_eq!(stage.hearers(0), people(&[2]));
    // By itself a phone is moved nowhere.
    stage.ask(mediator, Request::Joint);
    let people_of = vec![phone()];
    stage.ask(
        mediator,
        Request::Caucus {
            people: people_of,
            left_may_talk: false,
        },
    );
    assert_eq!(stage.scene(mediator).place, PlaceShown::Joint);
    assert!(
        stage
            .reports
            .iter()
            .all(|what| !format!("{what:?}").contains(&phone().to_string()))
    );
}

#[test]
fn whoever_calls_first_waits_as_anybody_and_is_let_in_by_their_name() {
    let mut stage = Stage::new();
    let mediator = stage.join(0);
    stage.call();
    assert_eq!(stage.hearers(0), people(&[]), "not let in yet");
    let waits = stage
        .scene(mediator)
        .people
        .iter()
        .find(|it| it.person == person(1));
    assert_eq!(waits.unwrap().place, PlaceShown::Waiting);
    stage.ask(mediator, Request::Admit { person: person(1) });
    assert_eq!(stage.hearers(0), BTreeSet::from([phone()]));
    assert_eq!(stage.hear_the_phone(), people(&[0]));
    stage.now += SEAT_KEPT * 2;
    stage.input(Input::Tick);
    assert_eq!(
        stage.hear_the_phone(),
        people(&[0]),
        "a seat is kept for whoever calls"
    );
}

#[test]
fn when_the_call_ends_the_page_speaks_again_and_when_the_owner_goes_the_call_ends() {
    let (mut stage, [mediator, party, _]) = Stage::three();
    let call = stage.call();
    stage.ask(call, Request::Leave);
    assert_eq!(stage.hearers(1), people(&[0, 2]));
    assert_eq!(stage.hearers(0), people(&[1, 2]));
    let call = stage.call();
    stage.ask(mediator, Request::Mute { person: person(1) });
    assert_eq!(stage.hear_the_phone(), people(&[]));
    assert!(stage.pages[&call].others.contains(&Message::Muted));
    stage.ask(party, Request::Leave);
    assert!(stage.pages[&call].closed);
    assert_eq!(stage.hearers(0), people(&[2]));
}

#[test]
fn a_phone_asks_for_nothing_but_to_be_heard() {
    let (mut stage, [mediator, ..]) = Stage::three();
    stage.welcome.insert(person(CALLER), SeatKind::Mediator);
    let call = stage.call();
    let epoch = stage.scene(mediator).epoch;
    for request in [
        Request::Remove { person: person(2) },
        alone_with(2),
        Request::Say {
            epoch,
            to: Addressee::Everybody,
            text: "你好".to_owned(),
        },
        Request::Camera { on: true },
    ] {
        stage.ask(call, request);
    }
    assert_eq!(stage.hearers(2), BTreeSet::from([person(0), phone()]));
    let said = |page: &Page| {
        page.others
            .iter()
            .any(|it| matches!(it, Message::Said { .. }))
    };
    assert!(!stage.pages.values().any(said));
}
