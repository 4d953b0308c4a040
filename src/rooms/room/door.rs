//! Coming and going: knocking, the waiting room, admission, leaving, the seat that is kept, being sent away.

use std::time::Instant;

use super::mailbox::{Mailbox, unnumbered};
use super::{
    Answer, Hearing, Link, Order, Output, Paced, Pending, Person, Place, QuestionId, QuestionKind,
    Room, SEAT_KEPT, What,
};
use crate::domain::attendance::Whereabouts;
use crate::domain::ids::PersonId;
use crate::rooms::rewrite::Kind;
use crate::rooms::signaling::{Channel, Message, Resume, Rung, Seat, SeatKind};

impl Room {
    /// The platform is asked at every entry, also when a broken socket comes back.
    pub(super) fn knock(
        &mut self,
        link: Link,
        person: PersonId,
        resume: Option<Resume>,
        now: Instant,
    ) {
        if self.ended {
            self.turn_away(link, &Message::Ended);
            return;
        }
        let known = self.people.contains_key(&person);
        let kind = if known {
            QuestionKind::Rejoin
        } else {
            QuestionKind::Join
        };
        let pending = Pending::Entry {
            link,
            person,
            resume,
            since: now,
        };
        self.ask(person, kind, pending);
    }

    pub(super) fn ask(
        &mut self,
        person: PersonId,
        kind: QuestionKind,
        pending: Pending,
    ) -> QuestionId {
        self.next_question += 1;
        let question = self.next_question;
        self.pending.insert(question, pending);
        self.out.push(Output::Ask {
            question,
            person,
            kind,
        });
        question
    }

    pub(super) fn answered(&mut self, question: QuestionId, answer: Answer, now: Instant) {
        match self.pending.remove(&question) {
            Some(Pending::Entry {
                link,
                person,
                resume,
                ..
            }) => match answer {
                Answer::Granted(seat, before) => {
                    self.enter(link, (person, seat), before, resume.as_ref());
                }
                Answer::Refused => self.refuse(link, person),
                Answer::Silence => self.turn_away(link, &Message::Goodbye),
            },
            Some(Pending::Move { .. }) => self.move_answered(question, &answer),
            Some(Pending::Stay { person, .. }) => self.stays(person, answer),
            Some(Pending::Look { person, .. }) => {
                self.look_answered(question, person, &answer, now);
            }
            None => {}
        }
    }

    /// Asks about everybody again. Whoever may no longer be here goes at once; silence sends nobody away.
    pub(super) fn recheck(&mut self, now: Instant) {
        let everyone: Vec<PersonId> = self.people.keys().copied().collect();
        for person in everyone {
            let pending = Pending::Stay { person, since: now };
            self.ask(person, QuestionKind::Stay, pending);
        }
        self.look_again(now);
    }

    fn stays(&mut self, person: PersonId, answer: Answer) {
        match answer {
            Answer::Granted(seat, _) => self.reseat(person, seat),
            Answer::Refused => self.remove(person, &Message::Refused),
            Answer::Silence => {}
        }
    }

    /// Whoever may not enter now may not go on sitting here either.
    fn refuse(&mut self, link: Link, person: PersonId) {
        self.turn_away(link, &Message::Refused);
        self.remove(person, &Message::Refused);
    }

    fn turn_away(&mut self, link: Link, message: &Message) {
        self.out.push(Output::Send {
            link,
            text: unnumbered(message),
        });
        self.out.push(Output::Close { link });
    }

    fn enter(
        &mut self,
        link: Link,
        (id, seat): (PersonId, Seat),
        before: Option<Whereabouts>,
        resume: Option<&Resume>,
    ) {
        let kind = seat.kind;
        let is_phone = seat.phone_of.is_some();
        self.is_called(&seat);
        let known = self.people.contains_key(&id);
        let before = before.filter(|_| !known);
        let missed = resume.and_then(|resume| self.resumable(id, resume));
        self.replace_page(id);
        let back = self.comes_back(id);
        let person = self
            .people
            .entry(id)
            .or_insert_with(|| Person::new(seat.clone()));
        person.come(link);
        let admitted = person.place != Place::Waiting;
        self.links.insert(link, id);
        self.stale = true;
        self.reseat(id, seat);
        let resume = self.resume_id(id);
        let resumed = missed.is_some();
        let mailbox = self.people.get(&id).map(|person| &person.mailbox);
        let (upto, heard) = mailbox
            .filter(|_| resumed)
            .map_or((0, 0), |mailbox| (mailbox.last(), mailbox.heard()));
        let welcome = Message::Welcome {
            you: id,
            kind,
            resume,
            resumed,
            alone: before == Some(Whereabouts::Caucus),
            upto,
            heard,
        };
        self.out.push(Output::Send {
            link,
            text: unnumbered(&welcome),
        });
        match missed {
            Some(missed) => self
                .out
                .extend(missed.into_iter().map(|text| Output::Send { link, text })),
            None if known => self.start_afresh(id),
            None => {}
        }
        if is_phone {
            self.stale = true;
            return;
        }
        if back && admitted {
            self.report(What::Joined { person: id });
        }
        if before == Some(Whereabouts::Caucus) {
            self.report(What::CaucusClosed { people: vec![id] });
        }
        if !admitted && (kind == SeatKind::Mediator || before.is_some()) {
            self.admit(id);
        } else if admitted {
            self.offer(id);
        }
    }

    /// Whether this is no mere break of the line, which is counted.
    fn comes_back(&mut self, id: PersonId) -> bool {
        let back = self.people.get(&id).is_none_or(|person| person.left);
        self.counted.sum.reconnects += u64::from(!back);
        back
    }

    /// Whoever opens the room in another window goes on there.
    fn replace_page(&mut self, id: PersonId) {
        let person = self.people.get_mut(&id);
        if let Some(old) = person.and_then(|person| person.link.take()) {
            self.links.remove(&old);
            self.turn_away(old, &Message::Replaced);
        }
    }

    fn resumable(&self, id: PersonId, resume: &Resume) -> Option<Vec<String>> {
        let person = self.people.get(&id)?;
        if person.left || resume.id != self.resume_id(id) {
            return None;
        }
        person.mailbox.since(resume.seen)
    }

    fn resume_id(&self, id: PersonId) -> String {
        format!("{}-{id}", self.secret)
    }

    /// A page that was loaded again has no connections, no microphone and no camera yet.
    fn start_afresh(&mut self, id: PersonId) {
        self.graphs.set_sending(id, Kind::Audio, false);
        self.graphs.set_sending(id, Kind::Video, false);
        self.graphs.set_listening(id, false);
        self.graphs.untold(id);
        self.stop_sharing(id);
        self.stand_on(id, Rung::default());
        if let Some(person) = self.people.get_mut(&id) {
            person.microphone = false;
            person.camera = false;
            person.hand = false;
            person.channel = Channel::default();
            person.publishing = 0;
            person.offered = Paced::default();
            person.afresh = Paced::default();
            person.astray = Paced::default();
            person.acked = 0;
            person.mailbox = Mailbox::default();
            let generation = person.hearing.generation;
            person.hearing = Hearing {
                generation,
                ..Hearing::default()
            };
        }
        self.order(Order::Drop { person: id });
    }

    pub(super) fn admit(&mut self, id: PersonId) {
        let person = self.people.get(&id);
        // Whoever has gone away from the door is not in the session for having been let in.
        if person.is_none_or(|person| person.left || person.place != Place::Waiting) {
            return;
        }
        self.change(id, |person| person.place = Place::Joint);
        self.report(What::Joined { person: id });
        let everyone: Vec<PersonId> = self.people.keys().copied().collect();
        for person in everyone {
            self.offer(person);
        }
    }

    pub(super) fn leave(&mut self, id: PersonId, now: Instant) {
        let Some(person) = self.people.get_mut(&id) else {
            return;
        };
        let link = person.link.take();
        let place = person.place;
        person.gone_since = Some(now);
        person.left = true;
        if let Place::Caucus(_) = place {
            // Whoever comes back later is not set into the middle of a confidential talk.
            person.place = Place::Joint;
        }
        if place != Place::Waiting {
            self.report(What::Left { person: id });
        }
        self.start_afresh(id);
        self.stale = true;
        if let Some(link) = link {
            self.links.remove(&link);
            self.out.push(Output::Close { link });
        }
        self.close_caucus_without_mediator(place);
    }

    /// The socket is gone; sound and picture may live on, and the seat is kept.
    pub(super) fn lose(&mut self, link: Link, now: Instant) {
        self.pending
            .retain(|_, pending| !matches!(pending, Pending::Entry { link: l, .. } if *l == link));
        let Some(id) = self.links.remove(&link) else {
            return;
        };
        if self.people.get(&id).is_some_and(Person::is_phone) {
            self.hang_up(id, now);
            return;
        }
        self.change(id, |person| {
            person.link = None;
            person.gone_since = Some(now);
        });
    }

    pub(super) fn release_seats(&mut self, now: Instant) {
        let over = |person: &Person| {
            person
                .gone_since
                .is_some_and(|since| now.saturating_duration_since(since) >= SEAT_KEPT)
        };
        let by_page = |id| self.phone(id).is_none();
        let expired = self.people.iter();
        let expired = expired.filter(|(id, person)| over(person) && by_page(**id));
        let expired: Vec<PersonId> = expired.map(|(id, _)| *id).collect();
        for id in expired {
            self.remove(id, &Message::Removed);
        }
    }

    pub(super) fn remove(&mut self, id: PersonId, message: &Message) {
        let Some(person) = self.people.remove(&id) else {
            return;
        };
        if let Some(link) = person.link {
            self.links.remove(&link);
            self.turn_away(link, message);
        }
        if person.place != Place::Waiting && !person.left && !person.is_phone() {
            self.report(What::Left { person: id });
        }
        self.graphs.set_sending(id, Kind::Audio, false);
        self.graphs.set_sending(id, Kind::Video, false);
        self.graphs.set_listening(id, false);
        for kind in [Kind::Audio, Kind::Video] {
            self.graphs.set_taking(id, kind, true);
        }
        self.order(Order::Drop { person: id });
        self.stale = true;
        self.close_caucus_without_mediator(person.place);
    }

    /// The process ends. Nobody leaves by that: their seats are theirs in the next one.
    pub(super) fn break_off(&mut self) {
        let inside = |person: &&mut Person| {
            person.place != Place::Waiting && !person.left && !person.is_phone()
        };
        let inside = self.people.iter_mut().filter(|(_, person)| inside(person));
        let people: Vec<PersonId> = inside
            .map(|(id, person)| {
                person.left = true;
                person.place = Place::Joint;
                *id
            })
            .collect();
        if !people.is_empty() {
            self.report(What::Interrupted { people });
        }
        self.close_all(&Message::Goodbye);
    }

    pub(super) fn close_all(&mut self, message: &Message) {
        let everyone: Vec<PersonId> = self.people.keys().copied().collect();
        for person in everyone {
            self.remove(person, message);
        }
        let waiting = std::mem::take(&mut self.pending);
        for pending in waiting.into_values() {
            if let Pending::Entry { link, .. } = pending {
                self.turn_away(link, message);
            }
        }
    }
}

impl Person {
    const fn come(&mut self, link: Link) {
        self.link = Some(link);
        self.gone_since = None;
        self.left = false;
    }

    pub(super) fn new(seat: Seat) -> Self {
        Self {
            seat,
            place: Place::Waiting,
            link: None,
            gone_since: None,
            left: false,
            microphone: false,
            camera: false,
            hand: false,
            rung: Rung::default(),
            channel: Channel::default(),
            mailbox: Mailbox::default(),
            acked: 0,
            publishing: 0,
            offered: Paced::default(),
            hearing: Hearing::default(),
            afresh: Paced::default(),
            astray: Paced::default(),
        }
    }
}
