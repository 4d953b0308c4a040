//! Microphones and cameras, lines of chat, and word of what changed beside the video.

use super::{Audience, LINE_LENGTH, Place, Room};
use crate::domain::ids::PersonId;
use crate::rooms::rewrite::Kind;
use crate::rooms::signaling::{Message, Topic, WhyNot};

impl Room {
    pub(super) fn switch(&mut self, me: PersonId, kind: Kind, on: bool) {
        self.graphs.set_sending(me, kind, on);
        self.change(me, |person| match kind {
            Kind::Audio => person.microphone = on,
            Kind::Video => person.camera = on,
        });
    }

    pub(super) fn mute(&mut self, person: PersonId) {
        if self
            .people
            .get(&person)
            .is_some_and(|person| person.microphone)
        {
            self.switch(person, Kind::Audio, false);
            self.send(person, &Message::Muted);
        }
    }

    pub(super) fn say(&mut self, me: PersonId, epoch: u64, text: String) {
        let (Some(speaker), Some(since)) = (self.people.get(&me), self.graphs.company_since(me))
        else {
            return;
        };
        if text.trim().is_empty() || text.chars().count() > LINE_LENGTH {
            return;
        }
        // Typed before others came to hear: what was meant for a caucus must not reach the joint session.
        let why = if epoch < since {
            Some(WhyNot::Moved)
        } else if self.graphs.is_hushed(me) {
            Some(WhyNot::Hushed)
        } else {
            None
        };
        if let Some(why) = why {
            self.send(me, &Message::NotSaid { text, why });
            return;
        }
        let line = Message::Said {
            from: me,
            name: speaker.seat.name.clone(),
            text,
            caucus: matches!(speaker.place, Place::Caucus(_)),
        };
        for person in self.graphs.company(me) {
            self.send(person, &line);
        }
    }

    pub(super) fn tell(&mut self, audience: Audience, topic: Topic, version: u64) {
        let message = Message::Refresh { topic, version };
        let everyone = || {
            self.people
                .iter()
                .filter(|(_, person)| person.place != Place::Waiting)
        };
        let people: Vec<PersonId> = match audience {
            Audience::Everyone => everyone().map(|(id, _)| *id).collect(),
            Audience::Person(person) => vec![person],
        };
        for person in people {
            self.send(person, &message);
        }
    }
}
