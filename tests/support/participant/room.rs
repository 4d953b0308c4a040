//! What a participant does in a room: acknowledges scenes, lets people in who wait, speaks, shows a picture, and counts.

use std::collections::VecDeque;
use std::net::IpAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use heyi::domain::ids::PersonId;
use serde_json::{Value, json};
use tokio::net::UdpSocket;
use tokio::sync::mpsc;
use tokio::time::{interval, sleep_until};

use super::Tally;
use super::line::Line;
use super::voice::{Voice, moments};
use crate::support::socket::{Ear, Mouth, Socket};

const PING_EVERY: Duration = Duration::from_millis(500);

/// What a participant's task owns.
pub(super) struct Sitting {
    leads: bool,
    here: IpAddr,
    mouth: Mouth,
    signals: mpsc::UnboundedReceiver<Value>,
    generation: u32,
    publishing: Option<Line>,
    hearing: Option<Line>,
    voice: Voice,
    /// When the room was asked for the answers that have not come yet.
    pinged: VecDeque<Instant>,
}

impl Sitting {
    pub(super) fn new(
        socket: Socket,
        welcome: &Value,
        signals: mpsc::UnboundedReceiver<Value>,
        tally: Arc<Mutex<Tally>>,
    ) -> (Ear, Self) {
        let person = serde_json::from_value(welcome["you"].clone()).unwrap();
        let sitting = Self {
            leads: welcome["kind"] == "mediator",
            here: socket.here,
            mouth: socket.mouth,
            signals,
            generation: 0,
            publishing: None,
            hearing: None,
            voice: Voice::new(person, tally),
            pinged: VecDeque::new(),
        };
        (socket.ear, sitting)
    }

    pub(super) const fn person(&self) -> PersonId {
        self.voice.person
    }

    pub(super) async fn go_on(mut self, mut asked: mpsc::UnboundedReceiver<Value>) {
        let (mut sound, mut picture) = moments();
        let mut ping = interval(PING_EVERY);
        loop {
            let deadline = self.deadline();
            tokio::select! {
                signal = self.signals.recv() => match signal {
                    Some(signal) => self.heed(&signal).await,
                    None => return,
                },
                Some(request) = asked.recv() => self.say(&request).await,
                _ = ping.tick() => self.ping().await,
                () = readable(self.publishing.as_ref().map(Line::socket)) => self.take_feedback().await,
                () = readable(self.hearing.as_ref().map(Line::socket)) => self.hear().await,
                _ = sound.tick() => self.voice.speak(self.publishing.as_mut()).await,
                _ = picture.tick() => self.voice.show(self.publishing.as_mut()).await,
                () = due(deadline) => self.let_time_pass().await,
            }
        }
    }

    async fn heed(&mut self, signal: &Value) {
        match signal["type"].as_str().unwrap() {
            "scene" => self.look(signal).await,
            "publish_answer" => self.answered(signal).await,
            "subscribe_offer" => self.subscribe(signal).await,
            "pong" => {
                let asked = self.pinged.pop_front().unwrap();
                self.voice.tally().pongs.push(asked.elapsed());
            }
            "said" => {
                let from = serde_json::from_value(signal["from"].clone()).unwrap();
                let text = signal["text"].as_str().unwrap().to_owned();
                self.voice.tally().lines.push((from, text));
            }
            _ => {}
        }
    }

    async fn say(&mut self, request: &Value) {
        let frame = json!({ "n": 0, "ask": request });
        self.mouth.say(&frame.to_string()).await;
    }

    async fn ping(&mut self) {
        self.pinged.push_back(Instant::now());
        self.say(&json!({ "type": "ping" })).await;
    }

    /// A scene that was shown is acknowledged; once inside, sound and picture go on.
    async fn look(&mut self, scene: &Value) {
        self.voice.epoch = scene["epoch"].as_u64().unwrap();
        let heard_by = serde_json::from_value(scene["heard_by"].clone()).unwrap();
        self.voice.learns(heard_by);
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
            for switch in ["microphone", "camera"] {
                self.say(&json!({ "type": switch, "on": true })).await;
            }
        }
    }

    async fn publish(&mut self) {
        let mut line = Line::new(self.here).await;
        let sdp = line.offer().await;
        self.publishing = Some(line);
        self.generation += 1;
        self.say(&json!({ "type": "publish", "generation": self.generation, "sdp": sdp }))
            .await;
    }

    async fn answered(&mut self, answer: &Value) {
        let line = self.publishing.as_mut();
        if let Some(line) = line.filter(|line| line.is_offered())
            && answer["generation"] == self.generation
        {
            line.accept(answer["sdp"].as_str().unwrap()).await;
        }
    }

    async fn subscribe(&mut self, offer: &Value) {
        if self.hearing.is_none() || offer["fresh"] == true {
            self.hearing = Some(Line::new(self.here).await);
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
        self.note();
    }

    async fn hear(&mut self) {
        let arrived = self.hearing.as_mut().unwrap().take().await;
        self.note();
        self.voice.count(&arrived);
    }

    fn note(&self) {
        self.voice
            .note(self.publishing.as_ref(), self.hearing.as_ref());
    }

    /// The first of the lines' timers.
    fn deadline(&self) -> Option<Instant> {
        let lines = [&self.publishing, &self.hearing].into_iter().flatten();
        lines.map(Line::deadline).min()
    }

    /// A connection that does not come to stand is followed by another, as the call page does it.
    async fn let_time_pass(&mut self) {
        for line in [&mut self.publishing, &mut self.hearing]
            .into_iter()
            .flatten()
        {
            line.tick().await;
        }
        self.note();
        if self.publishing.as_mut().is_some_and(Line::is_late) {
            self.publish().await;
        }
        if self.hearing.as_mut().is_some_and(Line::is_late) {
            self.say(&json!({ "type": "subscribe" })).await;
        }
    }
}

/// Waits until something has come in.
pub(crate) async fn readable(socket: Option<&UdpSocket>) {
    match socket {
        Some(socket) => socket.readable().await.unwrap(),
        None => std::future::pending().await,
    }
}

/// Waits for this moment.
pub(crate) async fn due(deadline: Option<Instant>) {
    match deadline {
        Some(deadline) => sleep_until(deadline.into()).await,
        None => std::future::pending().await,
    }
}
