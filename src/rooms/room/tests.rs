//! A room with pages that read their messages, for the tests beside it.

mod channels;
mod examples;
mod ladder;
mod left;
mod light;
mod lines;
mod links;
mod phone;
mod recording;
mod screens;
mod seats;
mod table;
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use super::*;
use crate::domain::attendance::Whereabouts;
use crate::domain::ids::{EvidenceId, RecordingId};
use crate::domain::quality::Quality;
use crate::domain::session::Session;
use crate::rooms::graphs::Tape;
use crate::rooms::recording::{Phase, Recording};
use crate::rooms::signaling::{Addressee, Envelope, PlaceShown, Scene, WhyNot};

/// A room with pages that read their messages.
struct Stage {
    room: Room,
    now: Instant,
    next_link: Link,
    pages: BTreeMap<Link, Page>,
    reports: Vec<What>,
    /// What became of recordings.
    phases: Vec<(RecordingId, Phase)>,
    counted: Quality,
    orders: Vec<Order>,
    /// Offers of what one hears, which are followed at once.
    offers: usize,
    /// People whom the platform lets in.
    welcome: BTreeMap<PersonId, SeatKind>,
    /// Where people were when the process before this one ended.
    before: BTreeMap<PersonId, Whereabouts>,
    /// Who sits in front of the screen.
    seated: Vec<SeatKind>,
    /// Who may not see a file, where not everybody may.
    hidden: BTreeMap<EvidenceId, BTreeSet<PersonId>>,
    /// With whom whoever sits there came who is no party.
    with: Option<SeatKind>,
    /// Of the last packet that anybody sent.
    sequence: u16,
    /// Pages acknowledge what they are shown at once.
    prompt: bool,
}

#[derive(Default)]
struct Page {
    person: Option<PersonId>,
    resume: String,
    seen: u64,
    heard: u64,
    scenes: Vec<Scene>,
    acked: Option<Scene>,
    others: Vec<Message>,
    closed: bool,
}

fn person(n: u8) -> PersonId {
    PersonId(uuid::Uuid::from_u128(u128::from(n) + 1))
}

const MEDIATOR: u8 = 0;
/// Enough for a line that was opened to carry.
const A_MOMENT: Duration = Duration::from_millis(100);
/// The screen of a community's room.
const SCREEN: u8 = 5;

impl Stage {
    fn new() -> Self {
        let kind = |n| match n {
            MEDIATOR => SeatKind::Mediator,
            SCREEN => SeatKind::Screen,
            _ => SeatKind::Applicant,
        };
        Self {
            room: Room::new("secret".into()),
            now: Instant::now(),
            next_link: 0,
            pages: BTreeMap::new(),
            reports: Vec::new(),
            phases: Vec::new(),
            counted: Quality::default(),
            orders: Vec::new(),
            offers: 0,
            welcome: (0..6).map(|n| (person(n), kind(n))).collect(),
            before: BTreeMap::new(),
            seated: Vec::new(),
            hidden: BTreeMap::new(),
            with: None,
            sequence: 0,
            prompt: true,
        }
    }

    fn sees(&self, person: PersonId, kind: QuestionKind) -> bool {
        let QuestionKind::Look(evidence) = kind else {
            return true;
        };
        let hidden = self.hidden.get(&evidence);
        hidden.is_none_or(|people| !people.contains(&person))
    }

    fn seat(&self, person: PersonId) -> Option<Seat> {
        let mut seat = Seat::new(person.to_string(), *self.welcome.get(&person)?);
        if seat.kind == SeatKind::Screen {
            let sits = |kind: &SeatKind| Seat {
                with: self.with,
                ..Seat::new(String::new(), *kind)
            };
            seat.seated = self.seated.iter().map(sits).collect();
        }
        // The ids of people are small, so that those of their phones are large.
        if person.0.as_u128() > u128::from(u64::MAX) {
            seat.phone_of = Some(Session::phone_of(person));
        }
        if seat.kind == SeatKind::Helper {
            seat.beside = people(&[1]).into_iter().collect();
        }
        Some(seat)
    }

    /// These sit in front of the screen from now on.
    fn sit(&mut self, seated: &[SeatKind]) {
        self.seated = seated.to_vec();
        let (person, seat) = (person(SCREEN), self.seat(person(SCREEN)));
        self.input(Input::Reseated { person, seat });
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
            Output::Send { link, text } | Output::Glimpse { link, text } => {
                return self.deliver(link, &text);
            }
            Output::Close { link } => self.pages.entry(link).or_default().closed = true,
            Output::Ask {
                question,
                person,
                kind,
            } => {
                let seat = self.seat(person).filter(|_| self.sees(person, kind));
                let before = self.before.get(&person).copied();
                let answer = seat.map_or(Answer::Refused, |seat| Answer::Granted(seat, before));
                return self
                    .room
                    .handle(Input::Answered { question, answer }, self.now);
            }
            Output::Report(What::Counted(counted)) => self.counted.add(&counted),
            Output::Report(what) => self.reports.push(what),
            Output::Recording { recording, phase } => self.phases.push((recording, phase)),
            Output::Media(Order::Offer {
                person,
                generation,
                how,
                ..
            }) => {
                self.offers += 1;
                let sdp = String::new();
                let offered = Input::SubscribeOffered {
                    person,
                    generation,
                    fresh: how == How::Fresh,
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
        let resumed = match &message {
            Message::Welcome {
                you, resumed: true, ..
            } => self.acked_by(*you),
            _ => None,
        };
        let page = self.pages.entry(link).or_default();
        page.seen = page.seen.max(seq);
        match message {
            Message::Welcome {
                you, resume, heard, ..
            } => {
                page.person = Some(you);
                page.acked = resumed;
                page.resume = resume;
                page.heard = heard;
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
                        frame: once(answer),
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

    /// What somebody's newest page has acknowledged last.
    fn acked_by(&self, person: PersonId) -> Option<Scene> {
        let mut pages = self.pages.values().rev();
        let page = pages.find(|page| page.person == Some(person))?;
        page.acked.clone()
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
                frame: once(Request::Ack { epoch }),
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
        let frame = once(request);
        self.input(Input::Asked { link, frame });
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
        self.takers(n, Kind::Audio)
    }

    /// Whom a packet of this person's reaches.
    fn takers(&mut self, n: u8, kind: Kind) -> BTreeSet<PersonId> {
        self.takers_of(person(n), kind)
    }

    fn takers_of(&mut self, who: PersonId, kind: Kind) -> BTreeSet<PersonId> {
        let routes = self.packet(who, kind);
        routes.to.into_iter().map(|(hearer, ..)| hearer).collect()
    }

    /// Where a packet of this person's goes on the tape.
    fn taped(&mut self, n: u8, kind: Kind) -> Option<Tape> {
        self.packet(person(n), kind).tape
    }

    fn packet(&mut self, who: PersonId, kind: Kind) -> Routes {
        self.now += A_MOMENT;
        self.sequence += 1;
        let position = Position {
            ssrc: u32::try_from(who.0.as_u128() & u128::from(u32::MAX)).unwrap(),
            sequence: self.sequence,
            timestamp: u32::from(self.sequence),
            starts: true,
        };
        self.room.routes(who, kind, position, self.now)
    }

    fn scene(&self, link: Link) -> &Scene {
        self.pages[&link].scenes.last().unwrap()
    }
}

/// Whoever is left behind waits in silence.
fn alone_with(n: u8) -> Request {
    Request::Caucus {
        people: vec![person(n)],
        left_may_talk: false,
    }
}

/// Outside the count of requests.
const fn once(ask: Request) -> Frame {
    Frame { n: 0, ask }
}

fn people(ns: &[u8]) -> BTreeSet<PersonId> {
    ns.iter().map(|n| person(*n)).collect()
}
