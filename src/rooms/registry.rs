//! The handle by which the rest of the house reaches the rooms: sockets in, questions and reports out.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use mio::Poll;
use thiserror::Error;
use tokio::sync::{mpsc, oneshot};

use super::allowance::Allowance;
use super::desk::{Answers, Desk};
use super::figures::{Board, Figures};
use super::listen::{MediaConfig, announced, open};
use super::media::{Media, Outlets, Relay, WAKER};
use super::recording::{Ends, Recorder, Recording};
use super::room::{Answer, Audience, Input, Link, QuestionId};
use super::signaling::{Frame, Hello, Resume, Seat, Topic};
use super::token::{TokenError, Tokens};
use super::turn::{Ice, NoRelay, Relays};
use crate::clock::Clock;
use crate::domain::ids::PersonId;
use crate::rooms::RoomId;

/// Commands that may wait for the media thread; more is overload, and the sender is cut off.
const COMMANDS: usize = 4_096;
/// Messages that may wait for a slow page.
const MESSAGES: usize = 512;
/// Questions that may wait for the platform.
const QUESTIONS: usize = 256;
/// Bytes of one message of a page; a description of six people is about 20,000.
pub const MESSAGE_BYTES: usize = 64 * 1024;

#[derive(Debug, Error)]
pub enum RoomsError {
    #[error("the media socket failed: {0}")]
    Socket(#[from] std::io::Error),
    #[error("the relay has no cryptography: {0}")]
    Relay(#[from] NoRelay),
}

/// Why a page's first message opened no connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ConnectError {
    #[error("the first message of the page is not understood")]
    Malformed,
    #[error(transparent)]
    Token(#[from] TokenError),
    #[error("the rooms take no more connections")]
    Busy,
}

/// A page's message was not taken; its socket is to be closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotTaken {
    #[error("the message is not understood")]
    Malformed,
    #[error("the socket asks more than a page does")]
    TooMany,
    #[error("the room is gone or overloaded")]
    Busy,
}

#[derive(Debug)]
pub(super) enum Command {
    Connect {
        room: RoomId,
        link: Link,
        person: PersonId,
        resume: Option<Resume>,
        out: mpsc::Sender<String>,
    },
    Request {
        link: Link,
        frame: Frame,
    },
    Disconnect {
        link: Link,
    },
    Answer {
        room: RoomId,
        question: QuestionId,
        answer: Answer,
    },
    Tell {
        room: RoomId,
        audience: Audience,
        topic: Topic,
        version: u64,
    },
    Reseat {
        room: RoomId,
        person: PersonId,
        seat: Option<Seat>,
    },
    Recheck {
        room: RoomId,
    },
    Recording {
        room: RoomId,
        input: Input,
    },
    End {
        room: RoomId,
    },
    Probe {
        person: PersonId,
        offer: String,
        reply: oneshot::Sender<String>,
    },
    Goodbye,
}

#[derive(Clone, Debug)]
pub(super) struct Commands {
    queue: SyncSender<Command>,
    waker: Arc<mio::Waker>,
}

impl Commands {
    /// Nobody follows them.
    #[cfg(test)]
    pub(super) fn unheard() -> Self {
        let poll = Poll::new().unwrap();
        let waker = Arc::new(mio::Waker::new(poll.registry(), WAKER).unwrap());
        let (queue, _) = sync_channel(1);
        Self { queue, waker }
    }

    pub(super) fn send(&self, command: Command) -> Result<(), NotTaken> {
        self.queue.try_send(command).map_err(|error| match error {
            TrySendError::Full(_) | TrySendError::Disconnected(_) => NotTaken::Busy,
        })?;
        self.waker.wake().or(Err(NotTaken::Busy))
    }
}

/// All rooms of this process.
pub struct Rooms {
    commands: Commands,
    tokens: Tokens,
    clock: Arc<Clock>,
    next_link: AtomicU64,
    announced: Vec<SocketAddr>,
    relays: Relays,
    figures: Board,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl std::fmt::Debug for Rooms {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Rooms")
    }
}

impl Rooms {
    /// Opens the socket and starts the media thread.
    pub fn start(config: &MediaConfig, clock: Arc<Clock>) -> Result<(Self, Desk), RoomsError> {
        let socket = open(config.listen)?;
        let port = socket.local_addr()?.port();
        let announced = announced(&config.announce, config.listen.ip(), port);
        let (relay, reachable) = Relay::open(config, &announced, &clock)?.unzip();
        let relays = Relays::new(&config.relays, &reachable.unwrap_or_default());
        let poll = Poll::new()?;
        let waker = Arc::new(mio::Waker::new(poll.registry(), WAKER)?);
        let (queue, received) = sync_channel(COMMANDS);
        let commands = Commands { queue, waker };
        let desk_commands = commands.clone();
        let figures = Board::default();
        let (questions, asked) = mpsc::channel(QUESTIONS);
        let (reports, reported) = mpsc::unbounded_channel();
        let ends = Ends {
            reports: reports.clone(),
            commands: commands.clone(),
        };
        let recorder = Recorder::start(config.recordings.clone(), Arc::clone(&clock), ends)?;
        let outlets = Outlets {
            recorder,
            questions,
            reports,
            answers: Answers::new(commands.clone()),
            figures: figures.clone(),
        };
        let media = Media::new(
            socket,
            announced.clone(),
            Arc::clone(&clock),
            received,
            outlets,
            relay,
        );
        let thread = std::thread::Builder::new().name("media".to_owned()).spawn(move || {
            if let Err(error) = media.run(poll) {
                tracing::error!(%error, "the media thread ended; no room works until a restart");
            }
        })?;
        let rooms = Self {
            commands,
            tokens: Tokens::new(&clock),
            clock,
            next_link: AtomicU64::new(1),
            announced,
            relays,
            figures,
            thread: Mutex::new(Some(thread)),
        };
        Ok((rooms, Desk::new(asked, reported, desk_commands)))
    }

    /// Where pages are told to send their media.
    pub fn announced(&self) -> &[SocketAddr] {
        &self.announced
    }

    /// What the rooms do and did.
    pub fn figures(&self) -> Figures {
        self.figures.read()
    }

    /// A token for one socket of this room, to be used within a minute.
    pub fn token(&self, room: RoomId, person: PersonId) -> Result<String, TokenError> {
        self.tokens.issue(room, person, &self.clock)
    }

    /// By which relays this person's pages may come, for the next ten minutes.
    pub fn ice(&self, person: PersonId) -> Ice {
        self.relays.ice(person, self.clock.now())
    }

    /// The answer to a connection that only tries the way to the rooms' port; none where it cannot be tried now.
    pub async fn probe(&self, person: PersonId, offer: String) -> Option<String> {
        let (reply, answer) = oneshot::channel();
        let probe = Command::Probe {
            person,
            offer,
            reply,
        };
        self.commands.send(probe).ok()?;
        answer.await.ok()
    }

    /// Opens a connection by the first message of a socket, which carries the token.
    pub fn connect(&self, room: RoomId, hello: &str) -> Result<Connection, ConnectError> {
        if hello.len() > MESSAGE_BYTES {
            return Err(ConnectError::Malformed);
        }
        let hello: Hello = serde_json::from_str(hello).or(Err(ConnectError::Malformed))?;
        let person = self.tokens.redeem(&hello.token, room, self.clock.now())?;
        let link = self.next_link.fetch_add(1, Ordering::Relaxed);
        let (out, outgoing) = mpsc::channel(MESSAGES);
        let connect = Command::Connect {
            room,
            link,
            person,
            resume: hello.resume,
            out,
        };
        self.commands.send(connect).or(Err(ConnectError::Busy))?;
        Ok(Connection {
            incoming: Incoming {
                commands: self.commands.clone(),
                link,
                allowance: Allowance::new(self.clock.instant()),
                clock: Arc::clone(&self.clock),
            },
            outgoing,
        })
    }

    /// Tells the pages of a room that something beside the video has a new version.
    pub fn tell(&self, room: RoomId, audience: Audience, topic: Topic, version: u64) {
        if self
            .commands
            .send(Command::Tell {
                room,
                audience,
                topic,
                version,
            })
            .is_err()
        {
            tracing::warn!(%room, "a room was not told of a change; its pages show it at the next one");
        }
    }

    /// Gives somebody in the room another seat; with none they have to go.
    pub fn reseat(&self, room: RoomId, person: PersonId, seat: Option<Seat>) {
        let reseat = Command::Reseat { room, person, seat };
        if self.commands.send(reseat).is_err() {
            tracing::error!(%room, "a room was not told who sits where; it asks at the next move");
        }
    }

    /// Records the joint session from now on, as long as everybody in it is among those who agreed and a mediator leads it.
    /// The same recording again says who agrees now; another one takes its place. What becomes of it is reported.
    pub fn record(&self, room: RoomId, recording: Recording) -> Result<(), NotTaken> {
        let input = Input::Record(recording);
        self.commands.send(Command::Recording { room, input })
    }

    /// Nothing is recorded in this room any more.
    pub fn stop_recording(&self, room: RoomId) -> Result<(), NotTaken> {
        let input = Input::StopRecording;
        self.commands.send(Command::Recording { room, input })
    }

    /// The session is closed: everybody is told and let go.
    pub fn end(&self, room: RoomId) {
        if self.commands.send(Command::End { room }).is_err() {
            tracing::warn!(%room, "a room was not told of its end; nobody new gets in");
        }
    }

    /// Says goodbye to everybody and ends the media thread; pages come back by themselves.
    pub fn goodbye(&self) {
        let thread = self
            .thread
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let Some(thread) = thread else {
            return;
        };
        if self.commands.send(Command::Goodbye).is_err() {
            tracing::warn!("the rooms could not be told goodbye");
        } else if thread.join().is_err() {
            tracing::error!("the media thread panicked");
        }
    }
}

impl Drop for Rooms {
    fn drop(&mut self) {
        self.goodbye();
    }
}

/// One page's socket, as the web layer sees it.
pub struct Connection {
    pub incoming: Incoming,
    /// Text frames for the page; the end of it closes the socket.
    pub outgoing: mpsc::Receiver<String>,
}

/// The way from a page to its room. Dropping it says that the socket is gone.
pub struct Incoming {
    commands: Commands,
    link: Link,
    allowance: Allowance,
    clock: Arc<Clock>,
}

impl Incoming {
    /// Passes one text frame on; an error asks for the socket to be closed.
    pub fn pass(&mut self, text: &str) -> Result<(), NotTaken> {
        if text.len() > MESSAGE_BYTES {
            return Err(NotTaken::Malformed);
        }
        if !self.allowance.takes(text.len(), self.clock.instant()) {
            return Err(NotTaken::TooMany);
        }
        let frame = serde_json::from_str(text).or(Err(NotTaken::Malformed))?;
        self.commands.send(Command::Request {
            link: self.link,
            frame,
        })
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        if self
            .commands
            .send(Command::Disconnect { link: self.link })
            .is_err()
        {
            tracing::debug!("a socket ended after its room");
        }
    }
}
