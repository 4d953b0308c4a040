//! Conversations under random moves, packets that come late among them, beside a second opinion on who may hear what.

use proptest::prelude::*;

use super::*;
use crate::domain::ids::RecordingId;

const PEOPLE: u8 = 5;
const RECORDING: RecordingId = RecordingId(uuid::Uuid::nil());

fn person(n: u8) -> PersonId {
    PersonId(uuid::Uuid::from_u128(u128::from(n) + 1))
}

/// Where somebody is put: the number of a conversation, and whether with a voice.
type Put = Option<(u32, bool)>;

#[derive(Clone, Debug)]
enum Step {
    /// Where everybody sits, and in which conversation nobody is heard.
    Settle(Vec<Put>, Option<u32>),
    Show(u8),
    Send(u8, bool),
    Listen(u8, bool),
    Packet(u8),
    /// A packet sent so many before the last one.
    Late(u8, u16),
    /// Who agreed to be taped; with none of them it pauses.
    Tape(Vec<u8>),
}

fn step() -> impl Strategy<Value = Step> {
    let who = || 0..PEOPLE;
    let put = prop::option::weighted(0.8, (0..3_u32, prop::bool::weighted(0.8)));
    let everybody = prop::collection::vec(put, usize::from(PEOPLE));
    prop_oneof![
        2 => (everybody, prop::option::of(0..3_u32))
            .prop_map(|(puts, hushed)| Step::Settle(puts, hushed)),
        6 => who().prop_map(Step::Show),
        1 => (who(), prop::bool::weighted(0.8)).prop_map(|(n, on)| Step::Send(n, on)),
        1 => (who(), prop::bool::weighted(0.8)).prop_map(|(n, on)| Step::Listen(n, on)),
        8 => who().prop_map(Step::Packet),
        3 => (who(), 1..9_u16).prop_map(|(n, back)| Step::Late(n, back)),
        2 => prop::sample::subsequence((0..PEOPLE).collect::<Vec<_>>(), 0..=5).prop_map(Step::Tape),
    ]
}

fn graph(number: u32) -> GraphId {
    match number {
        0 => GraphId::Joint,
        _ => GraphId::Caucus(number),
    }
}

fn seating(puts: &[Put]) -> BTreeMap<PersonId, Seating> {
    let seat = |(n, put): (u8, &Put)| {
        let (number, speaks) = (*put)?;
        let graph = graph(number);
        Some((person(n), Seating { graph, speaks }))
    };
    (0..).zip(puts).filter_map(seat).collect()
}

/// What one person does, noted without any graph.
#[derive(Clone, Default)]
struct Noted {
    put: Put,
    since: u64,
    shown: u64,
    sends: bool,
    listens: bool,
    last: u16,
}

struct Walk {
    graphs: Graphs,
    now: Instant,
    scene: u64,
    notes: Vec<Noted>,
    hushed: Option<u32>,
    /// The scene in which each conversation was hushed or no longer.
    hushes: BTreeMap<u32, u64>,
    /// The first number that went from one to the other since they came together.
    first: BTreeMap<(u8, u8), u16>,
    /// Which packet each number of a hearer's stream stands for.
    sent: BTreeMap<(u8, u8, u16), u16>,
    /// Who agreed to be taped, and the scene from which on they are.
    taping: Option<(BTreeSet<u8>, u64)>,
    /// Which packet each number on the tape stands for, and the first since each began to be taped.
    on_tape: BTreeMap<(u8, u16), u16>,
    first_on_tape: BTreeMap<u8, u16>,
    /// Where each packet was said.
    said: BTreeMap<(u8, u16), Put>,
}

impl Walk {
    fn new() -> Self {
        let note = Noted {
            last: 100,
            ..Noted::default()
        };
        Self {
            graphs: Graphs::default(),
            now: Instant::now(),
            scene: 0,
            hushed: None,
            hushes: BTreeMap::new(),
            notes: vec![note; usize::from(PEOPLE)],
            first: BTreeMap::new(),
            sent: BTreeMap::new(),
            taping: None,
            on_tape: BTreeMap::new(),
            first_on_tape: BTreeMap::new(),
            said: BTreeMap::new(),
        }
    }

    fn take(&mut self, step: &Step) -> Result<(), TestCaseError> {
        self.now += SETTLES * 3 / 5;
        match step {
            Step::Settle(puts, hushed) => self.settle(puts, *hushed),
            Step::Show(n) => self.note(*n).shown = self.scene,
            Step::Send(n, on) => {
                self.graphs.set_sending(person(*n), Kind::Audio, *on);
                if self.note(*n).sends != *on {
                    self.first.retain(|(speaker, _), _| speaker != n);
                    self.first_on_tape.remove(n);
                }
                self.note(*n).sends = *on;
            }
            Step::Listen(n, on) => {
                self.graphs.set_listening(person(*n), *on);
                self.note(*n).listens = *on;
                self.first.retain(|(_, hearer), _| hearer != n);
                self.sent.retain(|(_, hearer, _), _| hearer != n);
            }
            Step::Packet(n) => {
                self.note(*n).last += 1;
                let (sequence, put) = (self.note(*n).last, self.note(*n).put);
                self.said.insert((*n, sequence), put);
                self.packet(*n, sequence)?;
            }
            Step::Tape(agreed) => self.tape(agreed),
            Step::Late(n, back) => {
                let sequence = self.note(*n).last - back;
                self.packet(*n, sequence)?;
            }
        }
        let notes = &self.notes;
        let shown = |id| {
            (0..)
                .zip(notes)
                .find(|(n, _)| person(*n) == id)
                .map_or(0, |(_, note)| note.shown)
        };
        self.graphs.open(shown, self.now);
        Ok(())
    }

    fn note(&mut self, n: u8) -> &mut Noted {
        &mut self.notes[usize::from(n)]
    }

    fn settle(&mut self, puts: &[Put], hushed: Option<u32>) {
        self.scene += 1;
        for (n, put) in (0..).zip(puts) {
            let scene = self.scene;
            let note = self.note(n);
            if note.put != *put {
                note.put = *put;
                note.since = scene;
                self.first
                    .retain(|(speaker, hearer), _| *speaker != n && *hearer != n);
                self.first_on_tape.remove(&n);
            }
        }
        if self.hushed != hushed {
            for number in [self.hushed, hushed].into_iter().flatten() {
                self.hushes.insert(number, self.scene);
                let notes = &self.notes;
                let there = |n: u8| notes[usize::from(n)].put.map(|(at, _)| at) == Some(number);
                self.first.retain(|(speaker, _), _| !there(*speaker));
            }
            self.hushed = hushed;
        }
        self.graphs
            .settle(&seating(puts), hushed.map(graph), self.scene);
    }

    /// A packet goes to members of the speaker's conversation alone, all of whom were told, none from before they came
    /// together, and each under a number of its own.
    fn packet(&mut self, speaker: u8, sequence: u16) -> Result<(), TestCaseError> {
        let position = Position {
            ssrc: 1,
            sequence,
            timestamp: u32::from(sequence) * 960,
            starts: true,
        };
        let routes = self
            .graphs
            .routes(person(speaker), Kind::Audio, position, self.now);
        let from = self.notes[usize::from(speaker)].clone();
        if let Some(tape) = routes.tape {
            self.check_tape(speaker, sequence, tape)?;
        }
        for (hearer, number, _) in routes.to {
            let hearer = (0..PEOPLE).find(|n| person(*n) == hearer).unwrap();
            let to = &self.notes[usize::from(hearer)];
            prop_assert!(from.sends && to.listens && hearer != speaker);
            let places = [from.put, to.put].map(|put| put.map(|(at, _)| at));
            prop_assert_eq!(places[0], places[1], "across conversations");
            prop_assert!(from.put.unwrap().1, "of somebody without a voice");
            prop_assert!(self.hushed != places[0], "in a hushed conversation");
            let at = places[0].unwrap();
            let told = self.hushes.get(&at).copied().unwrap_or(0);
            let since = from.since.max(to.since).max(told);
            prop_assert!(from.shown >= since && to.shown >= since, "unannounced");
            let first = *self.first.entry((speaker, hearer)).or_insert(sequence);
            prop_assert!(sequence >= first, "from before they came together");
            let before = self.sent.insert((speaker, hearer, number), sequence);
            prop_assert!(before.is_none_or(|it| it == sequence), "a number twice");
        }
        Ok(())
    }
}

impl Walk {
    fn tape(&mut self, agreed: &[u8]) {
        if agreed.is_empty() {
            self.graphs.pause_tape();
            self.taping = None;
            self.first_on_tape.clear();
            return;
        }
        let people = agreed.iter().map(|n| person(*n)).collect();
        self.graphs.tape_joint(RECORDING, &people, self.scene);
        let since = self.taping.as_ref().map_or(self.scene, |(_, since)| *since);
        self.taping = Some((agreed.iter().copied().collect(), since));
    }

    /// What is taped was said in the joint conversation by somebody with a voice there who was told of the tape, while all
    /// who are there agreed, and each packet has a number of its own.
    fn check_tape(&mut self, speaker: u8, sequence: u16, tape: Tape) -> Result<(), TestCaseError> {
        let from = &self.notes[usize::from(speaker)];
        prop_assert_eq!(tape.person(), person(speaker));
        prop_assert_eq!(
            from.put,
            Some((0, true)),
            "not a voice of the joint session"
        );
        if let Some(said) = self.said.get(&(speaker, sequence)) {
            prop_assert_eq!(*said, Some((0, true)), "said elsewhere");
        }
        prop_assert!(from.sends && self.hushed != Some(0));
        let Some((agreed, since)) = &self.taping else {
            return Err(TestCaseError::fail("nothing is to be taped"));
        };
        let notes = (0..).zip(&self.notes);
        let mut joint = notes.filter(|(_, note)| note.put.is_some_and(|(at, _)| at == 0));
        prop_assert!(
            joint.all(|(n, _)| agreed.contains(&n)),
            "before somebody who did not agree"
        );
        let told = self.hushes.get(&0).copied().unwrap_or(0);
        prop_assert!(
            from.shown >= from.since.max(*since).max(told),
            "unannounced"
        );
        let first = *self.first_on_tape.entry(speaker).or_insert(sequence);
        prop_assert!(sequence >= first, "from before the tape ran");
        let before = self.on_tape.insert((speaker, tape.sequence()), sequence);
        prop_assert!(before.is_none_or(|it| it == sequence), "a number twice");
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn nothing_leaves_a_conversation_and_nothing_old_comes_into_one(
        steps in prop::collection::vec(step(), 1..80),
    ) {
        let mut walk = Walk::new();
        for n in 0..PEOPLE {
            walk.take(&Step::Send(n, true))?;
            walk.take(&Step::Listen(n, true))?;
        }
        walk.take(&Step::Tape((0..PEOPLE).collect()))?;
        for step in &steps {
            walk.take(step)?;
        }
    }
}

/// Two who sit together, told of it, both listening and sending.
fn two() -> Graphs {
    let mut graphs = Graphs::default();
    for n in [0, 1] {
        graphs.set_sending(person(n), Kind::Audio, true);
        graphs.set_listening(person(n), true);
    }
    graphs.settle(&seating(&[Some((0, true)), Some((0, true))]), None, 1);
    graphs.open(|_| 1, Instant::now());
    graphs
}

fn hears(graphs: &mut Graphs, sequence: u16) -> Option<u16> {
    let position = Position {
        ssrc: 1,
        sequence,
        timestamp: 0,
        starts: true,
    };
    let later = Instant::now() + SETTLES;
    let routes = graphs.routes(person(0), Kind::Audio, position, later);
    routes.to.first().map(|(_, number, _)| *number)
}

#[test]
fn whoever_moves_is_cut_off_at_once_and_heard_again_behind_what_was_sent_before() {
    let mut graphs = two();
    assert_eq!(hears(&mut graphs, 7), Some(7));
    graphs.settle(&seating(&[Some((1, true)), Some((0, true))]), None, 2);
    assert_eq!(graphs.heard_by(person(0)), []);
    assert_eq!(hears(&mut graphs, 8), None);
    graphs.settle(&seating(&[Some((0, true)), Some((0, true))]), None, 3);
    assert_eq!(graphs.heard_by(person(0)), [person(1)], "announced");
    assert_eq!(hears(&mut graphs, 9), None, "and not open yet");
    graphs.open(|id| if id == person(0) { 3 } else { 2 }, Instant::now());
    assert_eq!(hears(&mut graphs, 9), None, "one end was not told");
    assert_eq!(
        graphs.open(|_| 3, Instant::now()),
        BTreeSet::from([person(0), person(1)])
    );
    assert_eq!(hears(&mut graphs, 20), Some(8));
    assert_eq!(hears(&mut graphs, 19), None, "said before it was opened");
}

#[test]
fn what_was_on_its_way_when_a_line_opened_is_not_heard() {
    let mut graphs = two();
    let at = |sequence| Position {
        ssrc: 1,
        sequence,
        timestamp: 0,
        starts: true,
    };
    let opened = Instant::now();
    let mut hears = |sequence, after: Duration| {
        let routes = graphs.routes(person(0), Kind::Audio, at(sequence), opened + after);
        !routes.to.is_empty()
    };
    assert!(hears(20, SETTLES * 2));
    graphs.settle(&seating(&[Some((1, true)), Some((0, true))]), None, 2);
    let alone = graphs.routes(person(0), Kind::Audio, at(30), opened);
    assert!(alone.to.is_empty());
    graphs.settle(&seating(&[Some((0, true)), Some((0, true))]), None, 3);
    graphs.open(|_| 3, opened);
    let mut hears = |sequence, after: Duration| {
        let routes = graphs.routes(person(0), Kind::Audio, at(sequence), opened + after);
        !routes.to.is_empty()
    };
    assert!(!hears(31, SETTLES / 2), "perhaps said before");
    assert!(!hears(29, SETTLES * 2), "repeated");
    assert!(!hears(30, SETTLES * 2), "said before");
    assert!(hears(33, SETTLES * 2));
    assert!(!hears(32, SETTLES * 3), "before what was heard first");
}

#[test]
fn together_into_a_caucus_is_a_move_too() {
    let mut graphs = two();
    assert!(hears(&mut graphs, 1).is_some());
    graphs.settle(&seating(&[Some((1, true)), Some((1, true))]), None, 2);
    assert_eq!(hears(&mut graphs, 2), None);
    graphs.open(|_| 2, Instant::now());
    assert!(hears(&mut graphs, 3).is_some());
}

#[test]
fn who_loses_the_voice_is_cut_off_and_goes_on_hearing() {
    let mut graphs = two();
    graphs.settle(&seating(&[Some((0, false)), Some((0, true))]), None, 2);
    graphs.open(|_| 2, Instant::now());
    assert_eq!(hears(&mut graphs, 1), None);
    assert_eq!(graphs.seen_by(person(0)), [person(1)]);
    assert_eq!(graphs.company_since(person(1)), Some(2));
    assert_eq!(graphs.company(person(1)), [person(0), person(1)]);
}

#[test]
fn an_empty_conversation_is_forgotten() {
    let mut graphs = two();
    graphs.settle(&BTreeMap::new(), None, 2);
    assert!(graphs.home.is_empty() && graphs.all.is_empty());
    assert_eq!(graphs.company_since(person(0)), None);
}

#[test]
fn a_caucus_is_never_on_the_tape_and_what_was_said_there_does_not_come_onto_it_late() {
    let mut graphs = two();
    let both = BTreeSet::from([person(0), person(1)]);
    let opened = Instant::now();
    let at = |sequence| Position {
        ssrc: 1,
        sequence,
        timestamp: 0,
        starts: true,
    };
    graphs.tape_joint(RECORDING, &both, 1);
    graphs.open(|_| 1, opened);
    let taped = |graphs: &mut Graphs, sequence, later: u32| {
        let now = opened + SETTLES * later;
        let routes = graphs.routes(person(0), Kind::Audio, at(sequence), now);
        routes.tape.map(|tape| tape.sequence())
    };
    assert_eq!(taped(&mut graphs, 7, 2), Some(7));
    graphs.settle(&seating(&[Some((1, true)), Some((1, true))]), None, 2);
    graphs.open(|_| 2, opened + SETTLES * 2);
    let routes = graphs.routes(person(0), Kind::Audio, at(8), opened + SETTLES * 4);
    assert_eq!(routes.to.len(), 1, "heard in the caucus");
    assert_eq!(routes.tape, None);
    graphs.settle(&seating(&[Some((0, true)), Some((0, true))]), None, 3);
    assert_eq!(taped(&mut graphs, 9, 5), None, "not told yet");
    graphs.open(|_| 3, opened + SETTLES * 5);
    assert_eq!(taped(&mut graphs, 8, 8), None, "said in the caucus");
    assert_eq!(taped(&mut graphs, 10, 8), Some(8));
    graphs.end_tape();
    assert_eq!(taped(&mut graphs, 11, 9), None);
}

#[test]
fn whoever_sits_alone_in_the_joint_session_is_taped_too() {
    let mut graphs = Graphs::default();
    graphs.set_sending(person(0), Kind::Audio, true);
    graphs.settle(&seating(&[Some((0, true))]), None, 1);
    graphs.tape_joint(RECORDING, &BTreeSet::from([person(0)]), 1);
    let begun = Instant::now();
    assert_eq!(graphs.open(|_| 1, begun), BTreeSet::from([person(0)]));
    let position = Position {
        ssrc: 1,
        sequence: 1,
        timestamp: 0,
        starts: true,
    };
    let routes = graphs.routes(person(0), Kind::Audio, position, begun + SETTLES);
    assert!(routes.to.is_empty() && routes.tape.is_some());
}
