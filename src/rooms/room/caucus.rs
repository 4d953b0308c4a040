//! Moving people: the mediator speaks with some alone and brings all together again. The platform is asked
//! about each before anybody moves. Who is left behind talks meanwhile only if the mediator said so.

use std::collections::BTreeMap;
use std::time::Instant;

use super::{Answer, Pending, Person, Place, QuestionId, QuestionKind, Room, What};
use crate::domain::ids::PersonId;
use crate::rooms::signaling::{Message, Seat, SeatKind};

/// A move that waits for the platform's answers.
#[derive(Debug)]
pub(super) struct Move {
    by: PersonId,
    to: Place,
    people: Vec<PersonId>,
    left_may_talk: bool,
    open: BTreeMap<QuestionId, PersonId>,
    refused: Vec<PersonId>,
    unanswered: bool,
}

/// Whether those left behind in the joint session wait in silence.
#[derive(Debug, Default)]
pub(super) struct Hush {
    /// What the mediator said when calling the last caucus, or since.
    left_may_talk: bool,
    /// Nobody there is heard, because the mediator is away.
    pub(super) on: bool,
}

impl Room {
    /// The mediator and these people, who must sit in the joint session or in the mediator's own caucus.
    pub(super) fn call_caucus(
        &mut self,
        by: PersonId,
        people: Vec<PersonId>,
        left_may_talk: bool,
        now: Instant,
    ) {
        let here = self.people.get(&by).map(|person| person.place);
        let movable = |id: &PersonId| {
            self.people.get(id).is_some_and(|person| {
                let moves = !person.left && !person.is_phone();
                moves && (person.place == Place::Joint || Some(person.place) == here)
            })
        };
        let mut people: Vec<PersonId> = people
            .into_iter()
            .filter(|id| *id != by && movable(id))
            .collect();
        people.sort_unstable();
        people.dedup();
        if let Some(&person) = people.iter().find(|id| !self.may_go_along(**id, &people)) {
            self.send(by, &Message::NotBeside { person });
            return;
        }
        if people.is_empty() {
            return;
        }
        people.push(by);
        self.caucuses += 1;
        let to = Place::Caucus(self.caucuses);
        self.begin_move((by, to), people, left_may_talk, now);
    }

    /// Everybody of the mediator's caucus goes back to the joint session.
    pub(super) fn call_joint(&mut self, by: PersonId, now: Instant) {
        let Some(place @ Place::Caucus(_)) = self.people.get(&by).map(|person| person.place) else {
            return;
        };
        let people = self.sitting_in(place);
        self.begin_move((by, Place::Joint), people, self.hush.left_may_talk, now);
    }

    /// The mediator, who is away, lets those left behind talk, or asks them to wait in silence.
    pub(super) fn let_talk(&mut self, on: bool) {
        self.hush.left_may_talk = on;
        self.hush.on = false;
        self.stale = true;
    }

    /// Whether nobody in the joint session is to be heard: from the time the last mediator there goes into a private talk
    /// until one is back, unless those left may talk.
    pub(super) fn hushes(&self) -> bool {
        let mediates = |person: &&Person| {
            person.seat.kind == SeatKind::Mediator && !person.left && !person.is_phone()
        };
        let mut mediators = self.people.values().filter(mediates);
        let away = |person: &Person| matches!(person.place, Place::Caucus(_));
        let is_away = mediators.clone().any(away);
        let is_there = mediators.any(|person| person.place == Place::Joint);
        !is_there && (self.hush.on || is_away && !self.hush.left_may_talk)
    }

    fn begin_move(
        &mut self,
        (by, to): (PersonId, Place),
        people: Vec<PersonId>,
        left_may_talk: bool,
        now: Instant,
    ) {
        // One move at a time; a second press while the first is being asked about changes nothing.
        if self.moving.is_some() {
            return;
        }
        let ask = |id: &PersonId| {
            let pending = Pending::Move { since: now };
            (self.ask(*id, QuestionKind::Move, pending), *id)
        };
        let open = people.iter().map(ask).collect();
        self.moving = Some(Move {
            by,
            to,
            people,
            left_may_talk,
            open,
            refused: Vec::new(),
            unanswered: false,
        });
    }

    pub(super) fn move_answered(&mut self, question: QuestionId, answer: &Answer) {
        let Some(moving) = &mut self.moving else {
            return;
        };
        let Some(person) = moving.open.remove(&question) else {
            return;
        };
        match answer {
            Answer::Granted(..) => {}
            Answer::Refused => moving.refused.push(person),
            Answer::Silence => moving.unanswered = true,
        }
        let asked_all = moving.open.is_empty();
        if let Answer::Granted(seat, _) = answer {
            self.reseat(person, seat.clone());
        }
        if !asked_all {
            return;
        }
        let Some(moving) = self.moving.take() else {
            return;
        };
        if moving.refused.is_empty() && !moving.unanswered {
            self.carry_out(&moving);
        } else {
            self.call_off(&moving);
        }
    }

    /// Whoever the platform no longer lets in goes; nobody else moves.
    fn call_off(&mut self, moving: &Move) {
        for &person in &moving.refused {
            self.send(moving.by, &Message::NotMoved { person });
            self.remove(person, &Message::Refused);
        }
    }

    fn carry_out(&mut self, moving: &Move) {
        // The mediator, and others, may have gone while the platform was asked.
        let here = |id: &PersonId| self.people.get(id).filter(|person| !person.left);
        let leads = |person: &&Person| person.seat.kind == SeatKind::Mediator;
        let Some(from) = here(&moving.by).filter(leads).map(|person| person.place) else {
            return;
        };
        let people = moving.people.iter().filter(|id| here(id).is_some());
        let people: Vec<PersonId> = people.copied().collect();
        if let Some(person) = self.crowded(moving.to, &people) {
            self.send(moving.by, &Message::NotAlone { person });
            return;
        }
        let before = self.sitting_in(from);
        for &id in &people {
            self.change(id, |person| person.place = moving.to);
        }
        // Who stayed behind in a caucus the mediator left comes back to the joint session.
        if let Place::Caucus(_) = from {
            for id in self.sitting_in(from) {
                self.change(id, |person| person.place = Place::Joint);
            }
            self.report(What::CaucusClosed { people: before });
        }
        if let Place::Caucus(_) = moving.to {
            self.hush.left_may_talk = moving.left_may_talk;
            self.report(What::CaucusOpened { people });
        }
    }

    /// Whether somebody may hear a private talk of these people: whoever helps one of them does, if that one is among them,
    /// and whoever watches by consent of all watches what is said to all.
    fn may_go_along(&self, id: PersonId, people: &[PersonId]) -> bool {
        let seat = self.people.get(&id).map(|person| &person.seat);
        seat.is_some_and(|seat| match seat.kind {
            SeatKind::Observer => false,
            SeatKind::Helper => seat.beside.iter().any(|helped| people.contains(helped)),
            _ => true,
        })
    }

    /// Whoever helps does not stay in a private talk that the one they help has left.
    pub(super) fn bring_back_who_only_hears(&mut self) {
        let everyone = self.people.iter();
        let everyone = everyone.filter(|(_, person)| !person.left && !person.is_phone());
        let alone = everyone.filter(|(id, person)| {
            let caucus = matches!(person.place, Place::Caucus(_));
            caucus && !self.may_go_along(**id, &self.sitting_in(person.place))
        });
        let alone: Vec<PersonId> = alone.map(|(id, _)| *id).collect();
        if alone.is_empty() {
            return;
        }
        for &id in &alone {
            self.change(id, |person| person.place = Place::Joint);
        }
        self.report(What::CaucusClosed { people: alone });
    }

    /// The screen among these people that would bring both sides into a private talk.
    fn crowded(&self, to: Place, people: &[PersonId]) -> Option<PersonId> {
        let alone = |id: &&PersonId| {
            let seat = self.people.get(id).map(|person| &person.seat);
            seat.is_some_and(|seat| !seat.is_of_one_side())
        };
        let mut people = people.iter();
        matches!(to, Place::Caucus(_)).then(|| people.find(alone).copied())?
    }

    /// Another capacity, or others in front of a screen. A private talk does not go on before the other side: it ends there.
    pub(super) fn reseat(&mut self, id: PersonId, seat: Seat) {
        let together = !seat.is_of_one_side();
        let Some(person) = self.people.get(&id).filter(|it| it.seat != seat) else {
            return;
        };
        // Leave to show things was given to whoever sat there before.
        if person.seat.kind != seat.kind && self.tables.allow(id, false) {
            self.darken([id]);
        }
        self.change(id, |person| person.seat = seat);
        let Some(place @ Place::Caucus(_)) = self.people.get(&id).map(|person| person.place) else {
            return;
        };
        if together {
            let people = self.sitting_in(place);
            for &id in &people {
                self.change(id, |person| person.place = Place::Joint);
            }
            self.report(What::CaucusClosed { people });
        }
    }

    /// Nobody is left alone in a caucus: without a mediator its people wait again.
    pub(super) fn close_caucus_without_mediator(&mut self, place: Place) {
        let Place::Caucus(_) = place else {
            return;
        };
        let people = self.sitting_in(place);
        let led = people.iter().any(|id| {
            self.people
                .get(id)
                .is_some_and(|person| person.seat.kind == SeatKind::Mediator)
        });
        if led || people.is_empty() {
            return;
        }
        for &id in &people {
            self.change(id, |person| person.place = Place::Waiting);
        }
        self.report(What::CaucusClosed { people });
    }
}
