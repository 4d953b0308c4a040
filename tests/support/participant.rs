//! A participant of a call without a browser: another WebRTC stack than the rooms', our socket, real ICE, DTLS and SRTP,
//! and sound and picture that say when they were sent. One thread carries dozens of them.

pub(crate) mod line;
mod mark;
pub(crate) mod room;
pub(crate) mod voice;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use heyi::domain::ids::PersonId;
use serde_json::Value;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

pub(crate) use self::mark::{Mark, now};
use self::room::Sitting;
use super::eventually;
use super::socket::Socket;

/// Somebody in a call; gone when dropped.
pub(crate) struct Participant {
    pub(crate) person: PersonId,
    asks: Option<mpsc::UnboundedSender<Value>>,
    tally: Arc<Mutex<Tally>>,
    task: JoinHandle<()>,
}

/// What somebody has said and heard.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) stood: Stood,
    /// When each packet of sound left.
    pub(crate) said: Vec<Duration>,
    /// When each packet of picture left.
    pub(crate) shown: Vec<Duration>,
    /// Every packet of sound of a participant that came, and when.
    pub(crate) heard: Vec<(Mark, Duration)>,
    /// The same of picture.
    pub(crate) seen: Vec<(Mark, Duration)>,
    /// Packets of sound and of picture, marked or not, by whose streams they came in.
    pub(crate) came: BTreeMap<PersonId, (usize, usize)>,
    /// By the number of every scene that was acknowledged: who heard and saw us then.
    pub(crate) heard_by: BTreeMap<u64, BTreeSet<PersonId>>,
    /// How long the room took to answer each time.
    pub(crate) pongs: Vec<Duration>,
    /// Lines that others wrote, by the scene in which they did.
    pub(crate) lines: Vec<(PersonId, String)>,
}

/// When somebody came in, and when each of the two connections stood for the first time.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Stood {
    pub(crate) welcome: Duration,
    pub(crate) publishing: Option<Duration>,
    pub(crate) hearing: Option<Duration>,
}

impl Stood {
    /// When both stood.
    pub(crate) fn both(&self) -> Option<Duration> {
        Some(self.publishing?.max(self.hearing?))
    }
}

impl Participant {
    /// Sits down at a socket that has just been opened, and speaks and is seen from then on. A mediator lets everybody in.
    pub(crate) async fn sit(mut socket: Socket) -> Self {
        let welcome = socket.until("welcome").await;
        Self::welcomed(socket, &welcome)
    }

    /// The same where the room has welcomed them already.
    pub(crate) fn welcomed(socket: Socket, welcome: &Value) -> Self {
        let tally = Arc::<Mutex<Tally>>::default();
        tally.lock().unwrap().stood.welcome = now();
        let (told, signals) = mpsc::unbounded_channel();
        let (asks, asked) = mpsc::unbounded_channel();
        let (mut ear, sitting) = Sitting::new(socket, welcome, signals, Arc::clone(&tally));
        let person = sitting.person();
        let task = tokio::spawn(async move {
            tokio::select! {
                () = async {
                    while let Some(message) = ear.next().await {
                        told.send(message).unwrap();
                    }
                } => {}
                () = sitting.go_on(asked) => {}
            }
        });
        let mut sitting = Self::new(person, tally, task);
        sitting.asks = Some(asks);
        sitting
    }

    /// Asks something of the room.
    pub(crate) fn ask(&self, request: Value) {
        let asks = self.asks.as_ref().expect("somebody in a room of ours");
        asks.send(request).unwrap();
    }

    /// Somebody whom this task plays.
    pub(crate) const fn new(
        person: PersonId,
        tally: Arc<Mutex<Tally>>,
        task: JoinHandle<()>,
    ) -> Self {
        Self {
            person,
            asks: None,
            tally,
            task,
        }
    }

    pub(crate) fn tally(&self) -> MutexGuard<'_, Tally> {
        assert!(!self.task.is_finished(), "a participant is no longer there");
        self.tally.lock().unwrap()
    }
}

impl Drop for Participant {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Tally {
    /// How much sound and picture of this person has come.
    pub(crate) fn of(&self, speaker: PersonId) -> (usize, usize) {
        self.came.get(&speaker).copied().unwrap_or_default()
    }
}

/// Waits until everybody of the room has heard and seen so many packets of everybody else.
pub(crate) async fn all_meet(room: &[Participant], packets: usize) {
    for speaker in room {
        all_meet_one(room, speaker.person, packets).await;
    }
}

/// Waits until everybody else of the room has heard and seen so many packets of one.
pub(crate) async fn all_meet_one(room: &[Participant], speaker: PersonId, packets: usize) {
    for hearer in room.iter().filter(|other| other.person != speaker) {
        eventually("everybody in the room hears and sees", async || {
            let (heard, seen) = hearer.tally().of(speaker);
            (heard >= packets && seen >= packets).then_some(())
        })
        .await;
    }
}
