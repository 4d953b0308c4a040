//! What must hold in a room whatever happens: nobody hears whom they were not said to hear.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;
use crate::rooms::signaling::{Envelope, PlaceShown, Scene};

/// A room with pages that read their messages.
struct Stage {
    room: Room,
    now: Instant,
    next_link: Link,
    pages: BTreeMap<Link, Page>,
    reports: Vec<What>,
    orders: Vec<Order>,
    /// People whom the platform lets in.
    welcome: BTreeMap<PersonId, SeatKind>,
    /// Pages acknowledge what they are shown at once.
    prompt: bool,
}

#[derive(Default)]
struct Page {
    person: Option<PersonId>,
    resume: String,
    seen: u64,
    scenes: Vec<Scene>,
    acked: Option<Scene>,
    others: Vec<Message>,
    closed: bool,
}

fn person(n: u8) -> PersonId {
    PersonId(uuid::Uuid::from_u128(u128::from(n) + 1))
}

const MEDIATOR: u8 = 0;

impl Stage {
    fn new() -> Self {
        let kind = |n| {
            if n == MEDIATOR {
                SeatKind::Mediator
            } else {
                SeatKind::Applicant
            }
        };
        Self {
            room: Room::new("secret".into()),
            now: Instant::now(),
            next_link: 0,
            pages: BTreeMap::new(),
            reports: Vec::new(),
            orders: Vec::new(),
            welcome: (0..5).map(|n| (person(n), kind(n))).collect(),
            prompt: true,
        }
    }

    fn input(&mut self, input: Input) {
        let mut outputs = self.room.handle(input, self.now);
        while !outputs.is_empty() {
            let mut next = Vec::new();
            for output in outputs {
                next.extend(self.follow(output));
            }
            outputs = next;
        }
    }

    fn follow(&mut self, output: Output) -> Vec<Output> {
        match output {
            Output::Send { link, text } => return self.deliver(link, &text),
            Output::Close { link } => self.pages.entry(link).or_default().closed = true,
            Output::Ask {
                question, person, ..
            } => {
                let seat = self.welcome.get(&person);
                let answer = seat.map_or(Answer::Refused, |kind| {
                    Answer::Granted(Seat {
                        name: person.to_string(),
                        kind: *kind,
                    })
                });
                return self
                    .room
                    .handle(Input::Answered { question, answer }, self.now);
            }
            Output::Report(what) => self.reports.push(what),
            Output::Media(Order::Offer {
                person,
                generation,
                fresh,
                ..
            }) => {
                let sdp = String::new();
                let offered = Input::SubscribeOffered {
                    person,
                    generation,
                    fresh,
                    sdp,
                };
                return self.room.handle(offered, self.now);
            }
            Output::Media(order) => self.orders.push(order),
        }
        Vec::new()
    }

    fn deliver(&mut self, link: Link, text: &str) -> Vec<Output> {
        let Envelope { seq, message } = serde_json::from_str::<Envelope<Message>>(text).unwrap();
        let page = self.pages.entry(link).or_default();
        page.seen = page.seen.max(seq);
        match message {
            Message::Welcome { you, resume, .. } => {
                page.person = Some(you);
                page.resume = resume;
            }
            Message::Scene(scene) => {
                page.scenes.push(scene);
                if self.prompt {
                    return self.acknowledge(link);
                }
            }
            Message::SubscribeOffer { generation, .. } => {
                let sdp = String::new();
                let answer = Request::Answer { generation, sdp };
                let mut outputs = self.room.handle(
                    Input::Asked {
                        link,
                        request: answer,
                    },
                    self.now,
                );
                let person = self.pages[&link].person.unwrap();
                outputs.extend(
                    self.room
                        .handle(Input::Listening { person, on: true }, self.now),
                );
                return outputs;
            }
            other => page.others.push(other),
        }
        Vec::new()
    }

    fn acknowledge(&mut self, link: Link) -> Vec<Output> {
        let page = self.pages.get_mut(&link).unwrap();
        let Some(scene) = page.scenes.last().cloned() else {
            return Vec::new();
        };
        let epoch = scene.epoch;
        page.acked = Some(scene);
        self.room.handle(
            Input::Asked {
                link,
                request: Request::Ack { epoch },
            },
            self.now,
        )
    }

    fn join(&mut self, n: u8) -> Link {
        self.join_with(n, None)
    }

    fn join_with(&mut self, n: u8, resume: Option<Resume>) -> Link {
        self.next_link += 1;
        let link = self.next_link;
        self.input(Input::Connected {
            link,
            person: person(n),
            resume,
        });
        for request in [
            Request::Microphone { on: true },
            Request::Camera { on: true },
        ] {
            self.ask(link, request);
        }
        link
    }

    fn ask(&mut self, link: Link, request: Request) {
        self.input(Input::Asked { link, request });
    }

    /// The mediator and two parties, all admitted.
    fn three() -> (Self, [Link; 3]) {
        let mut stage = Self::new();
        let links = [stage.join(0), stage.join(1), stage.join(2)];
        for n in [1, 2] {
            stage.ask(links[0], Request::Admit { person: person(n) });
        }
        (stage, links)
    }

    /// Who gets a packet of sound of this person now.
    fn hearers(&mut self, n: u8) -> BTreeSet<PersonId> {
        let position = Position {
            ssrc: u32::from(n) + 1,
            sequence: 1,
            timestamp: 1,
            starts: true,
        };
        let routes = self.room.routes(person(n), Kind::Audio, position, self.now);
        routes.to.into_iter().map(|(hearer, ..)| hearer).collect()
    }

    fn scene(&self, link: Link) -> &Scene {
        self.pages[&link].scenes.last().unwrap()
    }
}

fn people(ns: &[u8]) -> BTreeSet<PersonId> {
    ns.iter().map(|n| person(*n)).collect()
}

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
fn a_caucus_is_silent_for_the_others_and_all_hear_each_other_again_afterwards() {
    let (mut stage, [mediator, ..]) = Stage::three();
    assert_eq!(stage.hearers(1), people(&[0, 2]));
    stage.ask(
        mediator,
        Request::Caucus {
            people: vec![person(1)],
        },
    );
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
    stage.ask(
        mediator,
        Request::Caucus {
            people: vec![person(1)],
        },
    );
    stage.prompt = false;
    stage.ask(mediator, Request::Joint);
    assert_eq!(
        stage.hearers(1),
        people(&[0]),
        "they never ceased to sit together"
    );
    assert_eq!(stage.hearers(2), people(&[]));
    stage.acknowledge(second);
    assert_eq!(stage.hearers(1), people(&[0]));
    stage.acknowledge(first);
    assert_eq!(stage.hearers(1), people(&[0, 2]));
    assert_eq!(stage.hearers(2), people(&[1]));
    stage.acknowledge(mediator);
    assert_eq!(stage.hearers(2), people(&[0, 1]));
}

#[test]
fn only_a_mediator_leads() {
    let (mut stage, [mediator, party, _]) = Stage::three();
    for request in [
        Request::Caucus {
            people: vec![person(2)],
        },
        Request::Mute { person: person(0) },
        Request::Remove { person: person(2) },
        Request::End,
    ] {
        stage.ask(party, request);
    }
    assert_eq!(stage.hearers(0), people(&[1, 2]));
    assert_eq!(stage.hearers(2), people(&[0, 1]));
    assert!(!stage.pages[&mediator].closed);
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
    stage.now += SEAT_KEPT - Duration::from_secs(1);
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
    stage.ask(
        mediator,
        Request::Caucus {
            people: vec![person(1)],
        },
    );
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
    stage.ask(
        mediator,
        Request::Caucus {
            people: vec![person(1)],
        },
    );
    let epoch = stage.scene(first).epoch;
    stage.ask(
        first,
        Request::Say {
            epoch,
            text: "my limit".into(),
        },
    );
    stage.ask(mediator, Request::Joint);
    stage.ask(
        first,
        Request::Say {
            epoch,
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
        text: "is 500".into(),
    };
    assert!(stage.pages[&first].others.contains(&back));
}

#[test]
fn a_caucus_without_its_mediator_waits() {
    let (mut stage, [mediator, party, _]) = Stage::three();
    stage.ask(
        mediator,
        Request::Caucus {
            people: vec![person(1)],
        },
    );
    stage.input(Input::Disconnected { link: mediator });
    stage.now += SEAT_KEPT;
    stage.input(Input::Tick);
    assert_eq!(stage.scene(party).place, PlaceShown::Waiting);
    assert_eq!(stage.hearers(1), people(&[]));
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
        let seat = Seat {
            name: String::new(),
            kind: SeatKind::Mediator,
        };
        let answer = Answer::Granted(seat);
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
        room.handle(Input::Asked { link: 0, request }, now)
    };
    assert_eq!(answer(2), []);
    let followed = answer(1);
    assert!(matches!(&followed[..], [
        Output::Media(Order::Accept { .. }),
        Output::Media(Order::Offer { generation: 2, fresh: false, people, .. }),
        ..
    ] if *people == [person(2)]));
    assert_eq!(answer(1), []);
}

/// One thing that happens in a random walk.
#[derive(Clone, Debug)]
enum Step {
    Join(u8),
    Leave(u8),
    Break(u8),
    Admit(u8),
    Remove(u8),
    Caucus(Vec<u8>),
    Joint,
    Mute(u8),
    Unmute(u8),
    Acknowledge(u8),
    Refuse(u8),
    Wait(u8),
    Restart(u8),
}

fn step() -> impl Strategy<Value = Step> {
    let who = 0..5_u8;
    prop_oneof![
        4 => who.clone().prop_map(Step::Join),
        1 => who.clone().prop_map(Step::Leave),
        1 => who.clone().prop_map(Step::Break),
        4 => who.clone().prop_map(Step::Admit),
        1 => who.clone().prop_map(Step::Remove),
        4 => prop::collection::vec(1..5_u8, 1..4).prop_map(Step::Caucus),
        3 => Just(Step::Joint),
        1 => who.clone().prop_map(Step::Mute),
        1 => who.clone().prop_map(Step::Unmute),
        8 => who.clone().prop_map(Step::Acknowledge),
        1 => who.clone().prop_map(Step::Refuse),
        1 => (1..70_u8).prop_map(Step::Wait),
        1 => who.prop_map(Step::Restart),
    ]
}

/// A second opinion on who sits with whom, from the session's record alone.
#[derive(Default)]
struct Record {
    read: usize,
    groups: BTreeMap<PersonId, usize>,
}

impl Record {
    fn follow(&mut self, reports: &[What]) {
        while let Some(what) = reports.get(self.read) {
            self.read += 1;
            let (people, group) = match what {
                What::Joined { person } => (vec![*person], 0),
                What::Left { person } => {
                    self.groups.remove(person);
                    continue;
                }
                What::CaucusOpened { people } => (people.clone(), self.read),
                What::CaucusClosed { people } => (people.clone(), 0),
                What::Ended { .. } => continue,
            };
            for person in people {
                let sits = matches!(what, What::Joined { .. }) || self.groups.contains_key(&person);
                if sits {
                    self.groups.insert(person, group);
                }
            }
        }
    }
}

struct Walk {
    stage: Stage,
    record: Record,
    links: BTreeMap<u8, Link>,
}

impl Walk {
    fn take(&mut self, step: Step) {
        let link = |links: &BTreeMap<u8, Link>, n| links.get(&n).copied().unwrap_or(0);
        let lead = link(&self.links, MEDIATOR);
        let stage = &mut self.stage;
        match step {
            Step::Join(n) => {
                self.links.insert(n, stage.join(n));
            }
            Step::Leave(n) => stage.ask(link(&self.links, n), Request::Leave),
            Step::Break(n) => stage.input(Input::Disconnected {
                link: link(&self.links, n),
            }),
            Step::Admit(n) => stage.ask(lead, Request::Admit { person: person(n) }),
            Step::Remove(n) => stage.ask(lead, Request::Remove { person: person(n) }),
            Step::Caucus(ns) => {
                let people = ns.into_iter().map(person).collect();
                stage.ask(lead, Request::Caucus { people });
            }
            Step::Joint => stage.ask(lead, Request::Joint),
            Step::Mute(n) => stage.ask(lead, Request::Mute { person: person(n) }),
            Step::Unmute(n) => stage.ask(link(&self.links, n), Request::Microphone { on: true }),
            Step::Acknowledge(n) => {
                let link = link(&self.links, n);
                if stage.pages.contains_key(&link) {
                    let outputs = stage.acknowledge(link);
                    assert!(
                        outputs
                            .iter()
                            .all(|output| matches!(output, Output::Media(_)))
                    );
                }
            }
            Step::Refuse(n) => {
                if stage.welcome.remove(&person(n)).is_none() {
                    stage.welcome.insert(person(n), SeatKind::Respondent);
                }
            }
            Step::Wait(seconds) => {
                stage.now += Duration::from_secs(seconds.into());
                stage.input(Input::Tick);
            }
            Step::Restart(n) => stage.input(Input::NotNegotiated { person: person(n) }),
        }
        self.record.follow(&self.stage.reports);
    }

    /// Every packet that flows was announced to its speaker, and stays within one conversation.
    fn check(&mut self) -> Result<(), TestCaseError> {
        for n in 0..5 {
            for hearer in self.stage.hearers(n) {
                let groups = &self.record.groups;
                prop_assert_eq!(
                    groups.get(&person(n)),
                    groups.get(&hearer),
                    "across conversations"
                );
                prop_assert!(groups.contains_key(&hearer), "to somebody who never joined");
                let shown = self
                    .stage
                    .pages
                    .values()
                    .rev()
                    .find(|page| page.person == Some(person(n)));
                let told = shown.and_then(|page| page.acked.as_ref());
                if let Some(scene) = told {
                    prop_assert!(scene.heard_by.contains(&hearer), "unannounced");
                }
            }
        }
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn no_packet_crosses_from_one_conversation_to_another(
        steps in prop::collection::vec(step(), 1..60),
    ) {
        let mut walk = Walk { stage: Stage::new(), record: Record::default(), links: BTreeMap::new() };
        walk.stage.prompt = false;
        for step in steps {
            walk.take(step);
            walk.check()?;
        }
    }
}
