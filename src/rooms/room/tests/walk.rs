//! Whatever happens in a room, nobody hears, sees or reads whom they were not said to sit with.

use proptest::prelude::*;

use super::*;
use crate::rooms::signaling::table::{Shown, Spot, TableMessage, TableRequest};

mod step;

use step::{Step, step};

fn file_of(n: u8) -> EvidenceId {
    EvidenceId(uuid::Uuid::from_u128(u128::from(n)))
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
                _ => continue,
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
    /// Of each line by its text: who of the writer's conversation may read it, and the last scene the writer had read.
    lines: BTreeMap<String, (BTreeSet<PersonId>, Option<Scene>)>,
    /// Those left behind were asked to wait in silence, and no mediator has been back since.
    silent: bool,
    /// Who agreed to be recorded, as long as that is asked for.
    agreed: Option<BTreeSet<PersonId>>,
}

impl Walk {
    fn take(&mut self, step: Step) {
        let link = |links: &BTreeMap<u8, Link>, n| links.get(&n).copied().unwrap_or(0);
        let stage = &mut self.stage;
        match step {
            Step::Join(n) => {
                self.links.insert(n, stage.join(n));
            }
            Step::Leave(n) => stage.ask(link(&self.links, n), Request::Leave),
            Step::Break(n) => stage.input(Input::Disconnected {
                link: link(&self.links, n),
            }),
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
                    let kind = if n == SCREEN {
                        SeatKind::Screen
                    } else {
                        SeatKind::Respondent
                    };
                    stage.welcome.insert(person(n), kind);
                }
            }
            Step::Wait(seconds) => {
                stage.now += Duration::from_secs(seconds.into());
                stage.input(Input::Tick);
            }
            Step::Sit(seated) => stage.sit(&seated),
            Step::Say(n, to) => self.say(n, to),
            Step::Resume(n) => {
                let page = stage.pages.get(&link(&self.links, n));
                let resume = page.map(|page| Resume {
                    id: page.resume.clone(),
                    seen: page.seen,
                });
                self.links.insert(n, stage.join_with(n, resume));
            }
            Step::Record(ns) => self.record(ns),
            Step::Restart(n) => stage.input(Input::NotNegotiated { person: person(n) }),
            step @ (Step::Show(..) | Step::Share(..) | Step::Turn(..) | Step::Point(_)) => {
                self.at_the_table(&step);
            }
            step => self.lead(step),
        }
        self.record.follow(&self.stage.reports);
        let groups = &self.record.groups;
        let mut mediators = self.stage.room.people.iter();
        let back = mediators.any(|(id, person)| {
            person.seat.kind == SeatKind::Mediator && groups.get(id) == Some(&0)
        });
        self.silent &= !back;
    }

    fn record(&mut self, ns: Option<Vec<u8>>) {
        self.agreed = ns.map(|ns| people(&ns));
        self.stage.input(match &self.agreed {
            Some(consented) => Input::Record(Recording {
                id: RecordingId(uuid::Uuid::nil()),
                consented: consented.clone(),
                begins: true,
            }),
            None => Input::StopRecording,
        });
    }

    /// What the mediator does.
    fn lead(&mut self, step: Step) {
        let link = self.links.get(&MEDIATOR).copied().unwrap_or(0);
        let called = self.stage.reports.len();
        let request = match step {
            Step::Admit(n) => Request::Admit { person: person(n) },
            Step::Remove(n) => Request::Remove { person: person(n) },
            Step::Mute(n) => Request::Mute { person: person(n) },
            Step::Caucus(ns, left_may_talk) => Request::Caucus {
                people: ns.into_iter().map(person).collect(),
                left_may_talk,
            },
            Step::LeftMayTalk(on) => Request::LeftMayTalk { on },
            Step::Allow(n, on) => {
                let person = person(n);
                Request::Table(TableRequest::Allow { person, on })
            }
            _ => Request::Joint,
        };
        self.stage.ask(link, request.clone());
        let opened = |what: &What| matches!(what, What::CaucusOpened { .. });
        match request {
            Request::LeftMayTalk { on } => self.silent &= !on,
            Request::Caucus { left_may_talk, .. }
                if self.stage.reports[called..].iter().any(opened) =>
            {
                self.silent = !left_may_talk;
            }
            _ => {}
        }
    }

    /// A line is written by somebody who has read the scene last acknowledged, which may be old.
    fn say(&mut self, n: u8, to: Addressee) {
        let link = self.links.get(&n).copied().unwrap_or(0);
        let read = self.stage.pages.get(&link).and_then(|it| it.acked.clone());
        let group = self.record.groups.get(&person(n));
        let alike = self
            .record
            .groups
            .iter()
            .filter(|(_, at)| group == Some(at));
        let silent = self.silent && group == Some(&0);
        let people = &self.stage.room.people;
        let reads = |id: &PersonId| {
            let seat = |id| people.get(id).map(|person| person.seat.kind);
            let mediates = || seat(id) == Some(SeatKind::Mediator);
            !silent && (to == Addressee::Everybody || *id == person(n) || mediates())
        };
        let together = alike.map(|(id, _)| *id).filter(reads).collect();
        let text = format!("line {}", self.lines.len());
        let epoch = read.as_ref().map_or(0, |scene| scene.epoch);
        self.lines.insert(text.clone(), (together, read));
        self.stage.ask(link, Request::Say { epoch, to, text });
    }

    fn at_the_table(&mut self, step: &Step) {
        match *step {
            Step::Show(n, file) => {
                let evidence = file_of(file);
                self.table(n, TableRequest::Show { evidence });
            }
            Step::Share(n, on) => self.table(n, TableRequest::Share { on }),
            Step::Turn(n, page) => self.table(n, TableRequest::Turn { page: page.into() }),
            Step::Point(n) => self.point(n),
            _ => {}
        }
    }

    fn table(&mut self, n: u8, request: TableRequest) {
        let link = self.links.get(&n).copied().unwrap_or(0);
        self.stage.ask(link, Request::Table(request));
    }

    /// At whatever this person's page shows.
    fn point(&mut self, n: u8) {
        let link = self.links.get(&n).copied().unwrap_or(0);
        let page = self.stage.pages.get(&link);
        let shown = page.and_then(|page| page.scenes.last()?.table.as_ref());
        let number = shown.map_or(0, |showing| showing.number);
        let before = self.pointed();
        let at = Some(Spot { x: 1, y: 2 });
        self.table(n, TableRequest::Point { number, at });
        let groups = &self.record.groups;
        for (reader, _) in self.pointed().difference(&before) {
            assert_eq!(
                groups.get(reader),
                groups.get(&person(n)),
                "a pointer across"
            );
        }
    }

    /// Who was shown how many pointers.
    fn pointed(&self) -> BTreeSet<(PersonId, usize)> {
        let pages = self.stage.pages.values();
        let pointing = |it: &&Message| matches!(it, Message::Table(TableMessage::Pointing { .. }));
        let count = |page: &Page| page.others.iter().filter(pointing).count();
        pages
            .filter_map(|page| Some((page.person?, count(page))))
            .collect()
    }

    /// What anybody sees lying there was laid by somebody of the same conversation who may, and may be seen by all in it.
    fn check_tables(&self) -> Result<(), TestCaseError> {
        let groups = &self.record.groups;
        for (id, one) in &self.stage.room.people {
            let link = one.link.and_then(|link| self.stage.pages.get(&link));
            let Some(scene) = link.and_then(|page| page.scenes.last()) else {
                continue;
            };
            for other in scene.people.iter().filter(|other| other.may_show) {
                let beside = groups.get(&other.person) == groups.get(id);
                prop_assert!(beside, "leave to show things, told across conversations");
            }
            let Some(showing) = &scene.table else {
                continue;
            };
            prop_assert!(
                groups.contains_key(id),
                "shown to somebody who never joined"
            );
            prop_assert_eq!(groups.get(id), groups.get(&showing.by), "shown across");
            prop_assert!(
                self.stage.room.may_show(showing.by),
                "shown by somebody who may not"
            );
            let Shown::File { evidence, .. } = showing.shown else {
                continue;
            };
            let together = groups.iter().filter(|(_, at)| Some(*at) == groups.get(id));
            for (reader, _) in together {
                let sees = self.stage.sees(*reader, QuestionKind::Look(evidence));
                prop_assert!(sees, "shown where somebody may not see it");
            }
        }
        Ok(())
    }

    /// Every line stands on the pages of those who sat with its writer when it was said and whom the writer had read of,
    /// now as well as after any resume.
    fn check_lines(&self) -> Result<(), TestCaseError> {
        for page in self.stage.pages.values() {
            for message in &page.others {
                let Message::Said { text, from, .. } = message else {
                    continue;
                };
                let (together, read) = &self.lines[text];
                let reader = page.person.unwrap();
                prop_assert!(together.contains(&reader), "a line across conversations");
                let Some(scene) = read else {
                    return Err(TestCaseError::fail("a line of somebody who read nothing"));
                };
                let known = |it: &PersonId| {
                    let shown = scene.people.iter().find(|shown| shown.person == *it);
                    *it == *from || shown.is_some_and(|shown| shown.with_you)
                };
                prop_assert!(known(&reader), "a line to somebody not read of");
            }
        }
        Ok(())
    }

    /// Nothing is kept but what is said in the joint session, before a mediator, of those who were shown that it is, while
    /// all who are there agreed.
    fn check_tape(&mut self, n: u8) -> Result<(), TestCaseError> {
        let Some(tape) = self.stage.taped(n, Kind::Audio) else {
            return Ok(());
        };
        prop_assert_eq!(tape.person(), person(n));
        let running = self.stage.phases.last().map(|(_, phase)| *phase);
        prop_assert_eq!(running, Some(Phase::Running));
        let groups = &self.record.groups;
        prop_assert_eq!(groups.get(&person(n)), Some(&0), "not of the joint session");
        let joint = groups.iter().filter(|(_, group)| **group == 0);
        let joint: BTreeSet<PersonId> = joint.map(|(id, _)| *id).collect();
        let agreed = self.agreed.as_ref().is_some_and(|all| joint.is_subset(all));
        prop_assert!(agreed, "without the consent of all");
        let mut led = joint.iter().filter_map(|id| self.stage.room.people.get(id));
        prop_assert!(led.any(|person| person.seat.kind == SeatKind::Mediator));
        let told = self.stage.acked_by(person(n));
        let on = Some(crate::rooms::signaling::Recorded::On);
        prop_assert_eq!(told.map(|scene| scene.recorded), on);
        Ok(())
    }

    /// Nobody watches a private talk, and whoever helps is in none without the one they help.
    fn check_who_only_hears(&self) -> Result<(), TestCaseError> {
        let people = &self.stage.room.people;
        let silent = people.values().filter(|it| !it.seat.kind.speaks());
        for there in silent.filter(|it| matches!(it.place, Place::Caucus(_))) {
            prop_assert!(
                there.seat.kind == SeatKind::Helper,
                "a private talk is watched"
            );
            let helped = people.get(&person(1)).map(|it| it.place);
            prop_assert_eq!(
                helped,
                Some(there.place),
                "a helper alone in a private talk"
            );
        }
        Ok(())
    }

    /// Every packet that flows was announced to its speaker, and stays within one conversation.
    fn check(&mut self) -> Result<(), TestCaseError> {
        self.check_lines()?;
        self.check_tables()?;
        if let Some(screen) = self.stage.room.people.get(&person(SCREEN)) {
            let sides: BTreeSet<_> = self.stage.seated.iter().collect();
            let alone = matches!(screen.place, Place::Caucus(_));
            prop_assert!(!alone || sides.len() == 1, "both sides in a private talk");
        }
        self.check_who_only_hears()?;
        for n in 0..6 {
            self.check_tape(n)?;
            for hearer in self.stage.hearers(n) {
                let groups = &self.record.groups;
                prop_assert_eq!(
                    groups.get(&person(n)),
                    groups.get(&hearer),
                    "across conversations"
                );
                prop_assert!(groups.contains_key(&hearer), "to somebody who never joined");
                let left = groups.get(&hearer) == Some(&0);
                prop_assert!(!(left && self.silent), "among those who wait in silence");
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

/// Takes these steps, with some in other seats than parties'.
fn go(steps: Vec<Step>, seats: &[(u8, SeatKind)]) -> Result<(), TestCaseError> {
    let mut walk = Walk {
        stage: Stage::new(),
        record: Record::default(),
        links: BTreeMap::new(),
        lines: BTreeMap::new(),
        silent: false,
        agreed: None,
    };
    walk.stage.prompt = false;
    let others = (2..6).map(person).collect();
    walk.stage.hidden.insert(file_of(3), others);
    for (n, kind) in seats {
        walk.stage.welcome.insert(person(*n), *kind);
    }
    for step in steps {
        walk.take(step);
        walk.check()?;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn no_packet_crosses_from_one_conversation_to_another(
        steps in prop::collection::vec(step(), 1..60),
    ) {
        go(steps, &[])?;
    }

    #[test]
    fn nor_where_some_only_hear(steps in prop::collection::vec(step(), 1..60)) {
        go(steps, &[(3, SeatKind::Helper), (4, SeatKind::Observer)])?;
    }
}
