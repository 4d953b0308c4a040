//! The media thread: one UDP socket for all rooms, the table of rooms and connections, and the loop that
//! carries packets and commands between them.

mod orders;
mod peers;
mod probe;
mod relay;
mod wire;

use std::collections::{HashMap, VecDeque};
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use mio::net::UdpSocket;
use mio::{Events, Interest, Poll, Token};
use tokio::sync::mpsc;

use super::desk::{Answers, Question, Report};
use super::figures::Board;
use super::peer::{Event, Packet, Peer};
use super::recording::{Phase, Recorder, WhyStopped};
use super::registry::{Command, RoomsError};
use super::room::{Input, Link, Room};
use crate::clock::Clock;
use crate::domain::ids::PersonId;
use crate::rooms::RoomId;

pub(super) use self::relay::Relay;

pub(super) const SOCKET: Token = Token(0);
pub(super) const WAKER: Token = Token(1);
const RELAY: Token = Token(2);
/// How often rooms look at their clocks: kept seats and unanswered questions.
const ROOM_TICK: Duration = Duration::from_millis(100);
/// Datagrams read before commands and timers have their turn.
const BATCH: usize = 256;
/// Batches read before a command: as many small datagrams as the kernel holds for the socket.
const DRAINED: usize = 16;
const DATAGRAM: usize = 2_048;
/// Addresses a connection may have proved; a phone has two or three.
const ADDRESSES: usize = 8;

type PeerId = u64;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Direction {
    Publish,
    Subscribe,
}

/// What a connection is for.
type Seat = (RoomId, PersonId, Direction);

struct Entry {
    peer: Peer,
    room: RoomId,
    person: PersonId,
    direction: Direction,
    /// It is to take the place of the one that stands, and carries nothing yet.
    rising: bool,
    addresses: Vec<SocketAddr>,
    /// Under which it stands in [`Media::names`].
    name: String,
    dirty: bool,
}

/// Where the thread reports to.
pub(super) struct Outlets {
    pub(super) questions: mpsc::Sender<Question>,
    pub(super) reports: mpsc::UnboundedSender<Report>,
    /// For the answers to questions.
    pub(super) answers: Answers,
    /// For what is recorded.
    pub(super) recorder: Recorder,
    pub(super) figures: Board,
}

/// Everything the media thread owns.
pub(super) struct Media {
    socket: UdpSocket,
    /// The way in for pages that reach the socket by no other.
    relay: Option<Relay>,
    announced: Vec<SocketAddr>,
    clock: Arc<Clock>,
    commands: Receiver<Command>,
    outlets: Outlets,
    rooms: HashMap<RoomId, Room>,
    links: HashMap<Link, (RoomId, mpsc::Sender<String>)>,
    peers: HashMap<PeerId, Entry>,
    /// The connections that carry sound and picture.
    seats: HashMap<Seat, PeerId>,
    /// Those that are to take their places once they stand.
    rising: HashMap<Seat, PeerId>,
    names: HashMap<String, PeerId>,
    addresses: HashMap<SocketAddr, PeerId>,
    probes: probe::Probes,
    /// What rooms are still to be told.
    inputs: VecDeque<(RoomId, Input)>,
    draining: bool,
    next_peer: PeerId,
    next_room_tick: Instant,
    /// Packets sent on since the figures were written last.
    forwarded: u64,
    /// The socket took no more; what is left waits until it is writable.
    full: bool,
    stopping: bool,
}

impl Media {
    pub(super) fn new(
        socket: UdpSocket,
        announced: Vec<SocketAddr>,
        clock: Arc<Clock>,
        commands: Receiver<Command>,
        outlets: Outlets,
        relay: Option<Relay>,
    ) -> Self {
        let next_room_tick = clock.instant();
        Self {
            socket,
            relay,
            announced,
            clock,
            commands,
            outlets,
            rooms: HashMap::new(),
            links: HashMap::new(),
            peers: HashMap::new(),
            seats: HashMap::new(),
            rising: HashMap::new(),
            names: HashMap::new(),
            addresses: HashMap::new(),
            probes: VecDeque::new(),
            inputs: VecDeque::new(),
            draining: false,
            next_peer: 0,
            next_room_tick,
            forwarded: 0,
            full: false,
            stopping: false,
        }
    }

    /// Runs until told to stop.
    pub(super) fn run(mut self, mut poll: Poll) -> Result<(), RoomsError> {
        poll.registry().register(
            &mut self.socket,
            SOCKET,
            Interest::READABLE | Interest::WRITABLE,
        )?;
        if let Some(relay) = &mut self.relay {
            relay.register(poll.registry())?;
        }
        let mut events = Events::with_capacity(8);
        let mut buffer = vec![0; DATAGRAM];
        let mut more = false;
        while !self.stopping {
            let wait = if more { Duration::ZERO } else { self.wait() };
            if let Err(error) = poll.poll(&mut events, Some(wait))
                && error.kind() != ErrorKind::Interrupted
            {
                return Err(error.into());
            }
            if events
                .iter()
                .any(|event| event.token() == SOCKET && event.is_writable())
            {
                self.full = false;
            }
            // What was said before somebody acknowledged a scene lies in the socket by now: it goes to those who
            // heard then, and only after it sound opens on the scene's terms.
            let commands: Vec<Command> = self.commands.try_iter().collect();
            more = self.read_all(&mut buffer);
            for _ in 1..DRAINED {
                if more && !commands.is_empty() {
                    more = self.read_all(&mut buffer);
                }
            }
            for command in commands {
                self.command(command);
            }
            self.let_time_pass();
            self.flush();
        }
        Ok(())
    }

    /// A batch of each socket; true if there may be more.
    fn read_all(&mut self, buffer: &mut [u8]) -> bool {
        self.read(buffer) | self.read_relay(buffer)
    }

    fn wait(&self) -> Duration {
        let now = self.clock.instant();
        let next = self
            .peers
            .values()
            .filter_map(|entry| entry.peer.deadline())
            .min();
        let next = next.map_or(self.next_room_tick, |next| next.min(self.next_room_tick));
        next.saturating_duration_since(now)
    }

    fn command(&mut self, command: Command) {
        match command {
            Command::Connect {
                room,
                link,
                person,
                resume,
                out,
            } => {
                self.links.insert(link, (room, out));
                self.room(
                    room,
                    Input::Connected {
                        link,
                        person,
                        resume,
                    },
                );
            }
            Command::Request { link, frame } => {
                if let Some((room, _)) = self.links.get(&link) {
                    self.room(*room, Input::Asked { link, frame });
                }
            }
            Command::Disconnect { link } => {
                if let Some((room, _)) = self.links.remove(&link) {
                    self.room(room, Input::Disconnected { link });
                }
            }
            Command::Answer {
                room,
                question,
                answer,
            } => self.room(room, Input::Answered { question, answer }),
            Command::Tell {
                room,
                audience,
                topic,
                version,
            } => {
                let tell = Input::Tell {
                    audience,
                    topic,
                    version,
                };
                self.known_room(room, tell);
            }
            Command::Reseat { room, person, seat } => {
                self.known_room(room, Input::Reseated { person, seat });
            }
            Command::Recording { room, input } => self.recording(room, input),
            Command::Recheck { room } => self.known_room(room, Input::Recheck),
            Command::End { room } => self.known_room(room, Input::End),
            Command::Probe {
                person,
                offer,
                reply,
            } => self.probe(person, &offer, reply),
            Command::Goodbye => self.say_goodbye(),
        }
    }

    /// Where nobody is, there is nobody to be told.
    fn known_room(&mut self, room: RoomId, input: Input) {
        if self.rooms.contains_key(&room) {
            self.room(room, input);
        }
    }

    /// Where nobody is, there is nothing to record, which whoever asked for it hears.
    fn recording(&mut self, room: RoomId, input: Input) {
        if let Input::Record(recording) = &input
            && !self.rooms.contains_key(&room)
        {
            let nobody = Phase::Stopped(WhyStopped::Ended);
            self.outlets.recorder.turn(room, recording.id, nobody);
        }
        self.known_room(room, input);
    }

    fn say_goodbye(&mut self) {
        let rooms: Vec<RoomId> = self.rooms.keys().copied().collect();
        for room in rooms {
            self.room(room, Input::Goodbye);
        }
        self.flush();
        self.stopping = true;
    }

    fn let_time_pass(&mut self) {
        let now = self.clock.instant();
        let due = self
            .peers
            .iter()
            .filter(|(_, entry)| entry.peer.deadline().is_some_and(|at| at <= now));
        let due: Vec<PeerId> = due.map(|(id, _)| *id).collect();
        for id in due {
            self.with_peer(id, |peer| peer.tick(now));
            self.heed(id);
        }
        if self.next_room_tick <= now {
            self.next_room_tick = now + ROOM_TICK;
            let rooms: Vec<RoomId> = self.rooms.keys().copied().collect();
            for room in rooms {
                self.room(room, Input::Tick);
            }
            self.rooms.retain(|_, room| !room.is_over());
            self.end_probes(now);
            self.write_figures();
            if let Some(relay) = &mut self.relay {
                relay.sweep(now);
            }
        }
    }

    fn write_figures(&mut self) {
        let mut figures = self.outlets.figures.lock();
        figures.rooms = self.rooms.len();
        figures.sockets = self.links.len();
        figures.connections = self.peers.len();
        figures.forwarded += std::mem::take(&mut self.forwarded);
    }

    /// Lets a room know, and does what follows. What happens meanwhile waits its turn, so that every message
    /// leaves in the order of its number.
    fn room(&mut self, id: RoomId, input: Input) {
        self.inputs.push_back((id, input));
        if self.draining {
            return;
        }
        self.draining = true;
        while let Some((id, input)) = self.inputs.pop_front() {
            let (now, clock) = (self.clock.instant(), &self.clock);
            let fresh = || Room::new(super::hex(&clock.random::<16>()));
            let room = self.rooms.entry(id).or_insert_with(fresh);
            for output in room.handle(input, now) {
                self.follow(id, output);
            }
        }
        self.draining = false;
    }

    /// Does what a connection reports.
    fn heed(&mut self, id: PeerId) {
        while let Some((event, (room, person, direction), rising)) =
            self.peers.get_mut(&id).and_then(|entry| {
                entry.dirty = true;
                entry
                    .peer
                    .event()
                    .map(|event| (event, entry.seat(), entry.rising))
            })
        {
            match (event, direction) {
                (Event::Bound(address), _) => self.bind(id, address),
                (Event::Media(packet), Direction::Publish) if !rising => {
                    self.forward(room, person, &packet);
                }
                (Event::NeedsKeyFrame(speaker), Direction::Subscribe) => {
                    self.want_key_frame(room, speaker);
                }
                (Event::Connected, direction) => {
                    self.stand(id);
                    match direction {
                        Direction::Publish => self.want_key_frame(room, person),
                        Direction::Subscribe => {
                            self.room(room, Input::Listening { person, on: true });
                        }
                    }
                }
                (Event::Closed, _) => self.closed(id),
                (Event::Media(_) | Event::NeedsKeyFrame(_), _) => {}
            }
        }
    }

    fn bind(&mut self, id: PeerId, address: SocketAddr) {
        let Some(entry) = self.peers.get_mut(&id) else {
            return;
        };
        if !entry.addresses.contains(&address) {
            if entry.addresses.len() == ADDRESSES {
                let oldest = entry.addresses.remove(0);
                self.addresses.remove(&oldest);
            }
            entry.addresses.push(address);
        }
        self.addresses.insert(address, id);
    }

    fn forward(&mut self, room: RoomId, speaker: PersonId, packet: &Packet) {
        let now = self.clock.instant();
        let Some(table) = self.rooms.get_mut(&room) else {
            return;
        };
        let routes = table.routes(speaker, packet.kind, packet.position, now);
        let mut wanted = routes.wants_key_frame;
        if let Some(tape) = routes.tape {
            wanted |= self.outlets.recorder.take(room, tape, packet, now);
        }
        for (hearer, sequence, timestamp) in routes.to {
            let seat = (room, hearer, Direction::Subscribe);
            if let Some(entry) = self.seats.get(&seat).and_then(|id| self.peers.get_mut(id)) {
                wanted |= entry.peer.send(speaker, packet, (sequence, timestamp));
                entry.dirty = true;
                self.forwarded += 1;
            }
        }
        if wanted {
            self.want_key_frame(room, speaker);
        }
    }

    fn want_key_frame(&mut self, room: RoomId, speaker: PersonId) {
        let seat = (room, speaker, Direction::Publish);
        if let Some(entry) = self.seats.get(&seat).and_then(|id| self.peers.get_mut(id)) {
            entry.peer.want_key_frame();
            entry.dirty = true;
        }
    }

    /// A connection that makes the crate panic is dropped, and only that one.
    fn with_peer<T>(&mut self, id: PeerId, act: impl FnOnce(&mut Peer) -> T) -> Option<T> {
        let entry = self.peers.get_mut(&id)?;
        entry.dirty = true;
        if let Ok(result) = catch_unwind(AssertUnwindSafe(|| act(&mut entry.peer))) {
            return Some(result);
        }
        let (room, person) = (entry.room, entry.person);
        tracing::error!(%room, %person, "a connection failed inside the media library and is dropped");
        self.forget(id);
        None
    }
}
