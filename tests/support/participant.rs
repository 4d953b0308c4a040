//! A participant of a call without a browser: our socket, real ICE, DTLS and SRTP, and sound and picture that say when
//! they were sent. Two cores carry dozens of them.

mod codecs;
mod line;
mod mark;
/// The rooms' own way to hear that a key frame is wanted; the crate keeps that to itself on either side.
#[path = "../../src/rooms/peer/tap.rs"]
mod tap;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use heyi::domain::ids::PersonId;
use serde_json::{Value, json};
use tokio::net::UdpSocket;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::{interval, sleep_until};

use self::codecs::Kind;
use self::line::Line;
pub(crate) use self::mark::{Mark, now};
use super::eventually;
use super::socket::{Ear, Mouth, Socket};

/// A packet of Opus as browsers make them: 20 ms of speech.
const SOUND_EVERY: Duration = Duration::from_millis(20);
const SOUND_LENGTH: usize = 100;
/// A small picture: about half a megabit a second.
const PICTURE_EVERY: Duration = Duration::from_micros(33_333);
const PICTURE_PACKETS: usize = 2;
const PICTURE_LENGTH: usize = 1_000;
/// The descriptor of VP8 (RFC 7741, 4.2) and the first byte of the picture.
const PICTURE_HEAD: usize = 2;

/// Somebody in a call; gone when dropped.
pub(crate) struct Participant {
    pub(crate) person: PersonId,
    tally: Arc<Mutex<Tally>>,
    task: JoinHandle<()>,
}

/// What somebody has said and heard.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// When each packet of sound left.
    pub(crate) said: Vec<Duration>,
    /// Every packet of sound that came, and when.
    pub(crate) heard: Vec<(Mark, Duration)>,
    /// Packets of picture by whose they are.
    pub(crate) seen: BTreeMap<PersonId, usize>,
}

impl Participant {
    /// Sits down at a socket that has just been opened, and speaks and is seen from then on. A mediator lets everybody in.
    pub(crate) async fn sit(mut socket: Socket) -> Self {
        let welcome = socket.until("welcome").await;
        let person = serde_json::from_value(welcome["you"].clone()).unwrap();
        let tally = Arc::<Mutex<Tally>>::default();
        let (told, signals) = mpsc::unbounded_channel();
        let sitting = Sitting {
            person,
            leads: welcome["kind"] == "mediator",
            mouth: socket.mouth,
            signals,
            publishing: None,
            hearing: None,
            sound: Stream::default(),
            picture: Stream::default(),
            tally: Arc::clone(&tally),
        };
        let ear = socket.ear;
        let task = tokio::spawn(async move {
            tokio::select! {
                () = listen(ear, told) => {}
                () = sitting.go_on() => {}
            }
        });
        Self {
            person,
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
        let heard = self
            .heard
            .iter()
            .filter(|(mark, _)| mark.speaker == speaker);
        let seen = self.seen.get(&speaker).copied().unwrap_or(0);
        (heard.count(), seen)
    }
}

/// Waits until everybody of the room has heard and seen so many packets of everybody else.
pub(crate) async fn all_meet(room: &[Participant], packets: usize) {
    for hearer in room {
        for speaker in room.iter().filter(|other| other.person != hearer.person) {
            eventually("everybody in the room hears and sees", async || {
                let (heard, seen) = hearer.tally().of(speaker.person);
                (heard >= packets && seen >= packets).then_some(())
            })
            .await;
        }
    }
}

/// Passes the room's messages on until it closes the socket.
async fn listen(mut ear: Ear, told: mpsc::UnboundedSender<Value>) {
    while let Some(message) = ear.next().await {
        told.send(message).unwrap();
    }
}

/// The place of a stream's next packet.
#[derive(Debug, Default)]
struct Stream {
    ssrc: u32,
    sequence: u16,
    timestamp: u32,
    number: u64,
}

/// What a participant's task owns.
struct Sitting {
    person: PersonId,
    leads: bool,
    mouth: Mouth,
    signals: mpsc::UnboundedReceiver<Value>,
    publishing: Option<Line>,
    hearing: Option<Line>,
    sound: Stream,
    picture: Stream,
    tally: Arc<Mutex<Tally>>,
}

impl Sitting {
    async fn go_on(mut self) {
        let mut sound = interval(SOUND_EVERY);
        let mut picture = interval(PICTURE_EVERY);
        loop {
            let deadline = self.deadline();
            tokio::select! {
                signal = self.signals.recv() => match signal {
                    Some(signal) => self.heed(&signal).await,
                    None => return,
                },
                () = readable(self.publishing.as_ref().map(Line::socket)) => self.take_feedback().await,
                () = readable(self.hearing.as_ref().map(Line::socket)) => self.hear().await,
                _ = sound.tick() => self.speak().await,
                _ = picture.tick() => self.show().await,
                () = due(deadline) => self.let_time_pass().await,
            }
        }
    }

    async fn heed(&mut self, signal: &Value) {
        match signal["type"].as_str().unwrap() {
            "scene" => self.look(signal).await,
            "publish_answer" => {
                let publishing = self.publishing.as_mut().unwrap();
                publishing.accept(signal["sdp"].as_str().unwrap()).await;
            }
            "subscribe_offer" => self.subscribe(signal).await,
            _ => {}
        }
    }

    async fn say(&mut self, request: &Value) {
        let frame = json!({ "n": 0, "ask": request });
        self.mouth.say(&frame.to_string()).await;
    }

    /// A scene that was shown is acknowledged; once inside, sound and picture go on.
    async fn look(&mut self, scene: &Value) {
        self.say(&json!({ "type": "ack", "epoch": scene["epoch"] }))
            .await;
        if self.leads {
            let people = scene["people"].as_array().unwrap();
            for waits in people.iter().filter(|one| one["place"] == "waiting") {
                self.say(&json!({ "type": "admit", "person": waits["person"] }))
                    .await;
            }
        }
        if scene["place"] != "waiting" && self.publishing.is_none() {
            self.publish().await;
        }
    }

    async fn publish(&mut self) {
        let mut line = Line::new().await;
        self.sound.ssrc = line.add(Kind::Sound);
        self.picture.ssrc = line.add(Kind::Picture);
        let sdp = line.offer().await;
        self.publishing = Some(line);
        self.say(&json!({ "type": "publish", "generation": 1, "sdp": sdp }))
            .await;
        for switch in ["microphone", "camera"] {
            self.say(&json!({ "type": switch, "on": true })).await;
        }
    }

    async fn subscribe(&mut self, offer: &Value) {
        if self.hearing.is_none() || offer["fresh"] == true {
            self.hearing = Some(Line::new().await);
        }
        let line = self.hearing.as_mut().unwrap();
        let sdp = line.answer(offer["sdp"].as_str().unwrap()).await;
        self.say(&json!({ "type": "answer", "generation": offer["generation"], "sdp": sdp }))
            .await;
    }

    async fn take_feedback(&mut self) {
        let publishing = self.publishing.as_mut().unwrap();
        assert!(
            publishing.take().await.is_empty(),
            "a page that publishes was sent media"
        );
    }

    async fn hear(&mut self) {
        let arrived = self.hearing.as_mut().unwrap().take().await;
        let mut tally = self.tally.lock().unwrap();
        for (moment, packet) in arrived {
            if packet.header.payload_type == Kind::Sound.payload_type() {
                let mark = Mark::read(&packet.payload, 0);
                tally.heard.push((mark, mark::at(moment)));
            } else {
                let mark = Mark::read(&packet.payload, PICTURE_HEAD);
                *tally.seen.entry(mark.speaker).or_default() += 1;
            }
        }
    }

    async fn speak(&mut self) {
        self.sound.timestamp = self.sound.timestamp.wrapping_add(960);
        let Some(line) = self.publishing.as_mut().filter(|line| line.is_up()) else {
            return;
        };
        let mark = self.sound.mark(self.person);
        self.tally.lock().unwrap().said.push(mark.sent);
        let packet = self
            .sound
            .packet(Kind::Sound, false, mark.payload(&[], SOUND_LENGTH));
        line.send(Kind::Sound, packet).await;
    }

    /// A picture needs no other one when somebody has asked for such a one; everybody who begins to see does.
    async fn show(&mut self) {
        self.picture.timestamp = self.picture.timestamp.wrapping_add(3_000);
        let Some(line) = self.publishing.as_mut().filter(|line| line.is_up()) else {
            return;
        };
        let leans = u8::from(!line.take_key_frame_wanted());
        for part in 0..PICTURE_PACKETS {
            let head = if part == 0 { [0x10, leans] } else { [0, 0] };
            let payload = self
                .picture
                .mark(self.person)
                .payload(&head, PICTURE_LENGTH);
            let last = part + 1 == PICTURE_PACKETS;
            let packet = self.picture.packet(Kind::Picture, last, payload);
            line.send(Kind::Picture, packet).await;
        }
    }

    /// The first of the lines' timers.
    fn deadline(&self) -> Option<Instant> {
        let lines = [&self.publishing, &self.hearing].into_iter().flatten();
        lines.filter_map(Line::deadline).min()
    }

    async fn let_time_pass(&mut self) {
        for line in [&mut self.publishing, &mut self.hearing]
            .into_iter()
            .flatten()
        {
            line.tick().await;
        }
    }
}

impl Stream {
    fn mark(&mut self, speaker: PersonId) -> Mark {
        self.number += 1;
        Mark {
            speaker,
            number: self.number,
            sent: now(),
        }
    }

    fn packet(&mut self, kind: Kind, marker: bool, payload: Vec<u8>) -> rtc::rtp::Packet {
        self.sequence = self.sequence.wrapping_add(1);
        let header = rtc::rtp::Header {
            version: 2,
            marker,
            payload_type: kind.payload_type(),
            sequence_number: self.sequence,
            timestamp: self.timestamp,
            ssrc: self.ssrc,
            ..Default::default()
        };
        rtc::rtp::Packet {
            header,
            payload: payload.into(),
        }
    }
}

async fn readable(socket: Option<&UdpSocket>) {
    match socket {
        Some(socket) => socket.readable().await.unwrap(),
        None => std::future::pending().await,
    }
}

async fn due(deadline: Option<Instant>) {
    match deadline {
        Some(deadline) => sleep_until(deadline.into()).await,
        None => std::future::pending().await,
    }
}
