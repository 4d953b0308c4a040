//! One room: who waits, who sits where, who may do what. Pure: what happens goes in, what follows comes out,
//! and `now` is passed.

mod caucus;
mod door;
mod hearing;
mod mailbox;
mod phone;
mod quality;
mod recording;
mod scene;
mod table;
mod talk;
mod terms;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use self::mailbox::{Mailbox, unnumbered};
pub(crate) use self::terms::{Answer, How, Input, Order, Output};
pub use self::terms::{Audience, QuestionKind, What};
use super::graphs::{GraphId, Graphs, Routes};
use super::recording::WhyStopped;
use super::rewrite::{Kind, Position};
use super::signaling::{Channel, Frame, Message, Request, Resume, Rung, Seat, SeatKind};
use super::table::Tables;
use crate::domain::ids::PersonId;

/// How long a seat is kept for somebody who left or whose line broke.
pub(crate) const SEAT_KEPT: Duration = Duration::from_mins(1);
/// How long the platform may take to say whether somebody may enter; silence is a refusal.
pub(crate) const ANSWER_WITHIN: Duration = Duration::from_secs(2);
/// How often a page may have its connection made anew, in each direction; what comes sooner waits, the newest of it.
pub(crate) const ANEW_EVERY: Duration = Duration::from_millis(500);
/// Characters of one line of chat.
pub(crate) const LINE_LENGTH: usize = 1_000;

/// One socket.
pub(crate) type Link = u64;
/// One question to the platform.
pub(crate) type QuestionId = u64;

/// Where somebody sits. A caucus has a number, so that two never run together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    Waiting,
    Joint,
    Caucus(u32),
}

impl Place {
    /// The conversation there; whoever waits is in none.
    const fn graph(self) -> Option<GraphId> {
        match self {
            Self::Waiting => None,
            Self::Joint => Some(GraphId::Joint),
            Self::Caucus(number) => Some(GraphId::Caucus(number)),
        }
    }
}

#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "four independent switches of a person"
)]
struct Person {
    seat: Seat,
    place: Place,
    link: Option<Link>,
    /// Since when there is no socket.
    gone_since: Option<Instant>,
    /// Went by the door; the record says so already.
    left: bool,
    microphone: bool,
    camera: bool,
    hand: bool,
    rung: Rung,
    /// What they would listen to where somebody interprets.
    channel: Channel,
    mailbox: Mailbox,
    /// The highest scene this person's page has shown.
    acked: u64,
    publishing: u32,
    /// The offer to publish that waits for its turn.
    offered: Paced<Offered>,
    hearing: Hearing,
    /// The wish to hear by a new connection.
    afresh: Paced<()>,
    /// The wish to hear by another way.
    astray: Paced<()>,
}

/// A page's offer to publish.
#[derive(Debug)]
struct Offered {
    generation: u32,
    restart: bool,
    sdp: String,
}

/// Something that is done now and then at most.
#[derive(Debug)]
struct Paced<T> {
    from: Option<Instant>,
    waits: Option<T>,
}

impl<T> Default for Paced<T> {
    fn default() -> Self {
        Self {
            from: None,
            waits: None,
        }
    }
}

impl<T> Paced<T> {
    /// It may be done now, or waits in place of what waited.
    fn ask(&mut self, what: T, now: Instant) -> Option<T> {
        self.waits = Some(what);
        self.due(now)
    }

    /// What waits, once its time has come.
    fn due(&mut self, now: Instant) -> Option<T> {
        if self.from.is_some_and(|from| now < from) {
            return None;
        }
        let due = self.waits.take()?;
        self.from = Some(now + ANEW_EVERY);
        Some(due)
    }
}

/// The negotiation of what one person hears and sees: one offer at a time, each with a generation.
#[derive(Debug, Default)]
struct Hearing {
    generation: u32,
    outstanding: bool,
    started: bool,
    offered: BTreeSet<PersonId>,
}

#[derive(Debug)]
enum Pending {
    Entry {
        link: Link,
        person: PersonId,
        resume: Option<Resume>,
        since: Instant,
    },
    Move {
        since: Instant,
    },
    Stay {
        person: PersonId,
        since: Instant,
    },
    Look {
        person: PersonId,
        since: Instant,
    },
}

/// One room.
#[derive(Debug)]
pub(crate) struct Room {
    people: BTreeMap<PersonId, Person>,
    links: BTreeMap<Link, PersonId>,
    pending: BTreeMap<QuestionId, Pending>,
    moving: Option<caucus::Move>,
    hush: caucus::Hush,
    recording: recording::State,
    /// Whom the mediator put into the light.
    spotlight: Option<PersonId>,
    graphs: Graphs,
    tables: Tables,
    looks: Vec<table::Look>,
    next_question: QuestionId,
    caucuses: u32,
    epoch: u64,
    counted: quality::Counted,
    /// Somebody must be shown a new scene.
    stale: bool,
    ended: bool,
    /// Random text that makes resume ids unguessable; the token guards the socket anyway.
    secret: String,
    out: Vec<Output>,
}

impl Room {
    pub(crate) fn new(secret: String) -> Self {
        Self {
            people: BTreeMap::new(),
            links: BTreeMap::new(),
            pending: BTreeMap::new(),
            moving: None,
            hush: caucus::Hush::default(),
            recording: recording::State::default(),
            spotlight: None,
            graphs: Graphs::default(),
            tables: Tables::default(),
            looks: Vec::new(),
            next_question: 0,
            caucuses: 0,
            epoch: 0,
            counted: quality::Counted::default(),
            stale: false,
            ended: false,
            secret,
            out: Vec::new(),
        }
    }

    pub(crate) fn handle(&mut self, input: Input, now: Instant) -> Vec<Output> {
        match input {
            Input::Connected {
                link,
                person,
                resume,
            } => self.knock(link, person, resume, now),
            Input::Disconnected { link } => self.lose(link, now),
            Input::Asked { link, frame } => self.asked(link, frame, now),
            Input::Answered { question, answer } => self.answered(question, answer, now),
            Input::PublishAnswered {
                person,
                generation,
                sdp,
            } => {
                self.send(person, &Message::PublishAnswer { generation, sdp });
            }
            Input::SubscribeOffered {
                person,
                generation,
                fresh,
                sdp,
            } => {
                let offer = Message::SubscribeOffer {
                    generation,
                    fresh,
                    sdp,
                };
                self.send(person, &offer);
            }
            Input::Listening { person, on } => self.listening(person, on),
            Input::NotNegotiated { person } => self.hear_afresh(person, now),
            Input::Tell {
                audience,
                topic,
                version,
            } => self.tell(audience, topic, version),
            Input::Reseated { person, seat } => match seat {
                Some(seat) => self.reseat(person, seat),
                None => self.remove(person, &Message::Refused),
            },
            Input::Recheck => self.recheck(now),
            Input::Record(recording) => self.record(recording),
            Input::StopRecording => self.stop_recording(WhyStopped::Asked),
            Input::RecordingFailed { recording, why } => self.recording_failed(recording, why),
            Input::Goodbye => {
                self.stop_recording(WhyStopped::Interrupted);
                self.tell_quality();
                self.break_off();
            }
            Input::End => {
                self.ended = true;
                self.stop_recording(WhyStopped::Ended);
                self.tell_quality();
                self.close_all(&Message::Ended);
                self.report(What::Ended);
            }
            Input::Tick => self.tick(now),
        }
        self.refresh(now);
        std::mem::take(&mut self.out)
    }

    /// Where a packet of `speaker` goes.
    pub(crate) fn routes(
        &mut self,
        speaker: PersonId,
        kind: Kind,
        position: Position,
        now: Instant,
    ) -> Routes {
        self.graphs.routes(speaker, kind, position, now)
    }

    /// The connection by which this person hears is gone.
    pub(crate) fn deafen(&mut self, person: PersonId) {
        self.graphs.set_listening(person, false);
    }

    /// Nobody sits here and nobody knocks: the room can be forgotten.
    pub(crate) fn is_over(&self) -> bool {
        self.people.is_empty() && self.pending.is_empty() && self.links.is_empty()
    }

    fn tick(&mut self, now: Instant) {
        let late = |since: Instant| now.saturating_duration_since(since) >= ANSWER_WITHIN;
        let unanswered: Vec<QuestionId> = self
            .pending
            .iter()
            .filter(|(_, pending)| match pending {
                Pending::Entry { since, .. }
                | Pending::Move { since }
                | Pending::Stay { since, .. }
                | Pending::Look { since, .. } => late(*since),
            })
            .map(|(question, _)| *question)
            .collect();
        for question in unanswered {
            self.answered(question, Answer::Silence, now);
        }
        self.release_seats(now);
        self.count_time(now);
        self.begin_what_waited(now);
    }

    fn asked(&mut self, link: Link, frame: Frame, now: Instant) {
        let Some(&me) = self.links.get(&link) else {
            return;
        };
        if frame.n > 0 && !self.is_new(me, link, frame.n) {
            return;
        }
        let by_phone = self.people.get(&me).is_some_and(Person::is_phone);
        if by_phone && !frame.ask.is_for_phones() {
            return;
        }
        match frame.ask {
            Request::Ping => self.send(me, &Message::Pong),
            Request::Leave if by_phone => self.hang_up(me, now),
            Request::Leave => self.leave(me, now),
            Request::Ack { epoch } => self.acknowledge(me, epoch, now),
            Request::Publish {
                generation,
                restart,
                sdp,
            } => self.publish(
                me,
                Offered {
                    generation,
                    restart,
                    sdp,
                },
                now,
            ),
            Request::Answer { generation, sdp } => self.accept(me, generation, sdp),
            Request::Subscribe { restart: false } => self.hear_afresh(me, now),
            Request::Subscribe { restart: true } => self.hear_astray(me, now),
            Request::Microphone { on } => self.switch(me, Kind::Audio, on),
            Request::Camera { on } => self.switch(me, Kind::Video, on),
            Request::Hand { up } => self.raise_hand(me, up),
            Request::Line { rung } => self.stand_on(me, rung),
            Request::Channel { channel } => {
                self.change(me, |person| person.channel = channel);
            }
            Request::Measured { lost } => self.measured(me, lost),
            Request::Say { epoch, to, text } => self.say(me, epoch, to, text),
            Request::Table(request) => self.at_the_table(me, request, now),
            request => self.lead(me, request, now),
        }
    }

    /// What only a mediator may ask.
    fn lead(&mut self, me: PersonId, request: Request, now: Instant) {
        let leads = self.people.get(&me).is_some_and(|person| {
            person.seat.kind == SeatKind::Mediator && person.place != Place::Waiting
        });
        if !leads {
            return;
        }
        match request {
            Request::Admit { person } => self.admit(person),
            Request::Remove { person } if person != me => self.remove(person, &Message::Removed),
            Request::Caucus {
                people,
                left_may_talk,
            } => self.call_caucus(me, people, left_may_talk, now),
            Request::LeftMayTalk { on } => self.let_talk(on),
            Request::Joint => self.call_joint(me, now),
            Request::Mute { person } => self.mute(person),
            Request::Spotlight { person } => {
                self.spotlight = person;
                self.stale = true;
            }
            _ => {}
        }
    }

    fn sitting_in(&self, place: Place) -> Vec<PersonId> {
        let people = self
            .people
            .iter()
            .filter(|(_, person)| person.place == place && !person.is_phone());
        people.map(|(id, _)| *id).collect()
    }

    fn change(&mut self, id: PersonId, change: impl FnOnce(&mut Person)) {
        if let Some(person) = self.people.get_mut(&id) {
            change(person);
            self.stale = true;
        }
    }

    /// Numbers the message for its person and sends it, if there is a socket; it is kept for a resume.
    fn send(&mut self, id: PersonId, message: &Message) {
        let Some(person) = self.people.get_mut(&id) else {
            return;
        };
        let text = person.mailbox.post(message);
        if let Some(link) = person.link {
            self.out.push(Output::Send { link, text });
        }
    }

    /// A request that was heard before its socket broke is not done again; either way the page hears that it was.
    fn is_new(&mut self, me: PersonId, link: Link, n: u64) -> bool {
        let Some(person) = self.people.get_mut(&me) else {
            return false;
        };
        let new = person.mailbox.hear(n);
        let heard = Message::Heard {
            n: person.mailbox.heard(),
        };
        let text = unnumbered(&heard);
        self.out.push(Output::Send { link, text });
        new
    }

    fn order(&mut self, order: Order) {
        self.out.push(Output::Media(order));
    }

    fn report(&mut self, what: What) {
        if let What::Joined { .. } = what {
            self.counted.sum.joins += 1;
        }
        self.out.push(Output::Report(what));
    }
}
