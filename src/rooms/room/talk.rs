//! Microphones and cameras, lines of chat, and word of what changed beside the video.

use super::{Audience, LINE_LENGTH, Place, Room};
use crate::domain::ids::PersonId;
use crate::rooms::rewrite::Kind;
use crate::rooms::signaling::{Addressee, Message, Rung, SeatKind, Topic, WhyNot};

impl Rung {
    /// Whether sound, or picture, is of use on it.
    pub(super) const fn carries(self, kind: Kind) -> bool {
        match kind {
            Kind::Audio => !matches!(self, Self::Messages),
            Kind::Video => matches!(self, Self::Signs | Self::Small | Self::Video),
        }
    }
}

impl Room {
    pub(super) fn switch(&mut self, me: PersonId, kind: Kind, on: bool) {
        if on && !self.has_a_voice(me) {
            return;
        }
        self.graphs.set_sending(me, kind, on);
        self.change(me, |person| match kind {
            Kind::Audio => person.microphone = on,
            Kind::Video => person.camera = on,
        });
    }

    pub(super) fn raise_hand(&mut self, me: PersonId, up: bool) {
        if self.has_a_voice(me) {
            self.change(me, |person| person.hand = up);
        }
    }

    fn has_a_voice(&self, me: PersonId) -> bool {
        let person = self.people.get(&me);
        person.is_some_and(|person| person.seat.kind.speaks())
    }

    /// Somebody's line carries so much from now on.
    pub(super) fn stand_on(&mut self, me: PersonId, rung: Rung) {
        if self
            .people
            .get(&me)
            .is_none_or(|person| person.rung == rung)
        {
            return;
        }
        for kind in [Kind::Audio, Kind::Video] {
            self.graphs.set_taking(me, kind, rung.carries(kind));
        }
        self.change(me, |person| person.rung = rung);
    }

    pub(super) fn mute(&mut self, person: PersonId) {
        if let Some(phone) = self.phone(person) {
            self.mute(phone);
        }
        if self
            .people
            .get(&person)
            .is_some_and(|person| person.microphone)
        {
            self.switch(person, Kind::Audio, false);
            self.send(person, &Message::Muted);
        }
    }

    pub(super) fn say(&mut self, me: PersonId, epoch: u64, to: Addressee, text: String) {
        let (Some(speaker), Some(since)) = (self.people.get(&me), self.graphs.company_since(me))
        else {
            return;
        };
        if !speaker.seat.kind.speaks() {
            return;
        }
        if text.trim().is_empty() || text.chars().count() > LINE_LENGTH {
            return;
        }
        let readers = self.readers(me, to);
        let why = match to {
            // Typed before others came to hear: what was meant for a caucus must not reach the joint session.
            _ if epoch < since => Some(WhyNot::Moved),
            Addressee::Mediators if readers == [me] => Some(WhyNot::NoMediator),
            _ if self.graphs.is_hushed(me) => Some(WhyNot::Hushed),
            _ => None,
        };
        if let Some(why) = why {
            self.send(me, &Message::NotSaid { to, text, why });
            return;
        }
        let line = Message::Said {
            from: me,
            name: speaker.seat.name.clone(),
            to,
            text,
            caucus: matches!(speaker.place, Place::Caucus(_)),
        };
        for person in readers {
            self.send(person, &line);
        }
    }

    /// Who gets a line of this person: of those who sit in the same conversation, and the person.
    fn readers(&self, me: PersonId, to: Addressee) -> Vec<PersonId> {
        let mediates = |id| {
            let person = self.people.get(&id);
            person.is_some_and(|person| person.seat.kind == SeatKind::Mediator)
        };
        let company = self.graphs.company(me).into_iter();
        let reads = |id: &PersonId| *id == me || to == Addressee::Everybody || mediates(*id);
        company.filter(reads).collect()
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
