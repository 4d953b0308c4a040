//! What each person is shown, and the rule that sound opens only after it was shown: whoever moves is cut off at
//! once, it is announced, acknowledged by both ends of each line, and then the line is opened.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use super::{Order, Person, Place, Room};
use crate::domain::ids::PersonId;
use crate::rooms::graphs::{Edge, GraphId, Seating};
use crate::rooms::rewrite::Kind;
use crate::rooms::signaling::{
    Channel, Message, PlaceShown, Presence, Rung, Scene, SeatKind, Wanted,
};

impl Room {
    /// After anything happened: let everybody sit where they belong, show the new scene, open what is acknowledged.
    pub(super) fn refresh(&mut self, now: Instant) {
        if !self.stale {
            return;
        }
        self.bring_back_who_only_hears();
        self.follow_owners();
        self.epoch += 1;
        self.hush.on = self.hushes();
        let hushed = self.hush.on.then_some(GraphId::Joint);
        let seating = self.seating();
        self.graphs.settle(&seating, hushed, self.epoch);
        self.settle_tables(&seating, now);
        self.graphs.set_spared(self.spared());
        self.look_to_recording();
        self.stale = false;
        self.show_everyone(now);
        self.open_acknowledged(now);
    }

    pub(super) fn acknowledge(&mut self, me: PersonId, epoch: u64, now: Instant) {
        let newest = self.epoch;
        if let Some(person) = self.people.get_mut(&me) {
            person.acked = person.acked.max(epoch.min(newest));
            self.open_acknowledged(now);
        }
    }

    /// Whoever left or waits is in no conversation.
    fn seating(&self) -> BTreeMap<PersonId, Seating> {
        let here = self.people.iter().filter(|(_, person)| !person.left);
        let seated = here.filter_map(|(id, person)| {
            let speaks = person.seat.kind.speaks();
            let graph = person.place.graph()?;
            Some((*id, Seating { graph, speaks }))
        });
        seated.collect()
    }

    fn open_acknowledged(&mut self, now: Instant) {
        let people = &self.people;
        let shown = |id| people.get(&id).map_or(0, |person| person.acked);
        let speakers = self.graphs.open(shown, now);
        if !speakers.is_empty() {
            let people = speakers.into_iter().collect();
            self.order(Order::KeyFrames { people });
        }
    }

    fn show_everyone(&mut self, now: Instant) {
        let viewers = self
            .people
            .iter()
            .filter(|(_, person)| person.link.is_some());
        let scenes: Vec<(PersonId, Scene)> = viewers
            .map(|(id, person)| (*id, self.scene(*id, person, now)))
            .collect();
        for (id, scene) in scenes {
            self.send(id, &Message::Scene(scene));
        }
    }

    /// The smallest picture that everybody who sees any can take: a line that stalls for one stalls the talk for all.
    fn wanted(&self, me: PersonId) -> Wanted {
        let hearers = self.graphs.heard_by(me).into_iter();
        let hearers = hearers.filter_map(|id| self.people.get(&id));
        let speaker = self.people.get(&me);
        let sees = |hearer: &&Person| {
            let spared = speaker.is_some_and(|it| hearer.has_no_room_for(it));
            hearer.rung.carries(Kind::Video) && !spared
        };
        let seeing = hearers.filter(sees).map(|person| person.rung);
        seeing.min().map_or(Wanted::None, |least| match least {
            Rung::Video => Wanted::Large,
            _ => Wanted::Small,
        })
    }

    /// What does not go to whom although they sit together: on a line that carries one picture, it is the one that speaks;
    /// and what somebody chose not to listen to is not sent and thrown away by the page, because a line that hardly carries
    /// one voice is to carry the one that is understood, and because nobody is then told to be heard who is not.
    fn spared(&self) -> BTreeSet<(Edge, Kind)> {
        let mut spared = BTreeSet::new();
        for (&hearer, to) in &self.people {
            let channel = self.channel(hearer);
            for speaker in self.graphs.company(hearer) {
                let Some(from) = self.people.get(&speaker) else {
                    continue;
                };
                let edge = (speaker, hearer);
                let one = self.holder(speaker) == self.holder(hearer);
                if one || to.has_no_room_for(from) {
                    spared.insert((edge, Kind::Video));
                }
                let on_the_phone = [speaker, hearer].map(|it| self.phone(it).is_some());
                if one || on_the_phone.contains(&true) || channel.leaves_out(from.seat.kind) {
                    spared.insert((edge, Kind::Audio));
                }
            }
        }
        spared
    }

    /// What somebody listens to now. As long as no interpreter who is there has a microphone on, it is everybody: whoever
    /// chose the interpreter alone would otherwise sit in silence. Whoever interprets hears all.
    fn channel(&self, hearer: PersonId) -> Channel {
        let interprets = |person: &Person| person.seat.kind == SeatKind::Interpreter;
        let speaks = |id: &PersonId| {
            let person = self.people.get(id);
            person.is_some_and(|it| interprets(it) && it.microphone && it.link.is_some())
        };
        let there = self.graphs.company(hearer).iter().any(speaks);
        let chosen = self
            .people
            .get(&self.holder(hearer))
            .filter(|it| there && !interprets(it));
        chosen.map_or(Channel::Both, |person| person.channel)
    }

    /// Who hears this person, by whatever ear and whatever mouth, once everybody concerned has been told.
    fn heard_by(&self, me: PersonId) -> Vec<PersonId> {
        let own = self.phone(me).into_iter().chain([me]);
        let heard = own.flat_map(|mouth| self.graphs.heard_by(mouth));
        let mut heard: Vec<PersonId> = heard.map(|ear| self.holder(ear)).collect();
        heard.sort_unstable();
        heard.dedup();
        heard.retain(|id| *id != self.holder(me));
        heard
    }

    fn presence(
        &self,
        (id, other): (PersonId, &Person),
        viewer: &Person,
        may_show: bool,
    ) -> Presence {
        let phone = self.phone(id);
        let speaks = phone.and_then(|it| self.people.get(&it));
        Presence {
            person: id,
            seat: other.seat.clone(),
            place: other.place.shown(),
            with_you: other.place == viewer.place && other.place != Place::Waiting,
            here: other.link.is_some() || phone.is_some(),
            microphone: speaks.map_or(other.microphone, |phone| phone.microphone),
            camera: other.camera,
            hand: other.hand,
            may_show,
            rung: other.rung,
            phone,
            channel: self.channel(id),
        }
    }

    fn scene(&self, me: PersonId, viewer: &Person, now: Instant) -> Scene {
        let company = self.graphs.company(me);
        let shows = |id: PersonId| company.contains(&id) && self.may_show(id);
        let people = self
            .people
            .iter()
            .filter(|(id, other)| !other.is_phone() && (shown_to(viewer, other) || **id == me));
        Scene {
            epoch: self.epoch,
            place: viewer.place.shown(),
            table: self.tables.shown_to(me, now),
            wanted: self.wanted(me),
            spotlight: self.spotlight.filter(|id| company.contains(id)),
            recorded: self.recording.shown,
            hushed: self.hush.on && viewer.place != Place::Waiting,
            heard_by: self.heard_by(me),
            people: people
                .map(|(id, other)| self.presence((*id, other), viewer, shows(*id)))
                .collect(),
        }
    }
}

impl Person {
    /// Whether the line of this person has no room for the other one's picture, but for that of whoever interprets by signs.
    /// Who interprets so sees everybody: any of them may be the one who speaks by signs.
    fn has_no_room_for(&self, speaker: &Self) -> bool {
        let signs = |person: &Self| person.seat.kind == SeatKind::SignLanguage;
        let narrow = self.rung == Rung::Signs && !signs(self) && !signs(speaker);
        narrow || self.is_phone()
    }
}

/// Whoever waits sees nobody but a mediator, and is seen by mediators only.
fn shown_to(viewer: &Person, other: &Person) -> bool {
    let mediator = |person: &Person| person.seat.kind == SeatKind::Mediator;
    let waits = |person: &Person| person.place == Place::Waiting;
    !other.left && (mediator(viewer) || mediator(other) || !waits(viewer) && !waits(other))
}

impl Channel {
    /// Whether the voice of such a seat is not listened to.
    const fn leaves_out(self, speaker: SeatKind) -> bool {
        let interprets = matches!(speaker, SeatKind::Interpreter);
        match self {
            Self::Both | Self::Faded => false,
            Self::Original => interprets,
            Self::Interpreter => !interprets,
        }
    }
}

impl Place {
    const fn shown(self) -> PlaceShown {
        match self {
            Self::Waiting => PlaceShown::Waiting,
            Self::Joint => PlaceShown::Joint,
            Self::Caucus(_) => PlaceShown::Caucus,
        }
    }
}
