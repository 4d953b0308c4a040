//! Showing files of the case and screens to those who sit in the same conversation. The platform is asked about each of
//! them before a file is shown, and again when somebody comes or the case changes.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use super::mailbox::unnumbered;
use super::{Answer, Output, Pending, QuestionId, QuestionKind, Room};
use crate::domain::ids::{EvidenceId, PersonId};
use crate::rooms::graphs::{GraphId, Seating};
use crate::rooms::rewrite::Kind;
use crate::rooms::signaling::table::{Spot, TableMessage, TableRequest, WhyNotShown};
use crate::rooms::signaling::{Message, SeatKind};

/// A clip of that length is no evidence; a position behind it is none.
const LONGEST_CLIP: u32 = 24 * 60 * 60 * 1000;
/// A file of more pages is not gone through in a session.
const MOST_PAGES: u32 = 5_000;

/// A file of which the platform is asked who may see it.
#[derive(Debug)]
pub(super) struct Look {
    by: PersonId,
    evidence: EvidenceId,
    graph: GraphId,
    /// It lies there already.
    again: bool,
    open: BTreeMap<QuestionId, PersonId>,
    may: BTreeSet<PersonId>,
    refused: Vec<PersonId>,
    unanswered: bool,
}

impl Room {
    pub(super) fn at_the_table(&mut self, me: PersonId, request: TableRequest, now: Instant) {
        if self.tables.company(me).is_none() {
            return;
        }
        match request {
            TableRequest::Show { evidence } => self.show_file(me, evidence, now),
            TableRequest::Share { on: true } => self.share(me),
            TableRequest::Share { on: false } => self.stop_sharing(me),
            TableRequest::Turn { page } if (1..=MOST_PAGES).contains(&page) => {
                self.tables.turn(me, page);
                self.stale = true;
            }
            TableRequest::Play { plays, at_ms } if at_ms <= LONGEST_CLIP => {
                let at = Duration::from_millis(at_ms.into());
                self.tables.play(me, plays, at, now);
                self.stale = true;
            }
            TableRequest::Point { number, at } => self.point(me, number, at, now),
            TableRequest::Clear => self.clear_table(me),
            TableRequest::Allow { person, on } => self.allow(me, person, on),
            TableRequest::Turn { .. } | TableRequest::Play { .. } => {}
        }
    }

    /// Whether somebody may lay things on the table where they sit: nobody among those who wait in silence.
    pub(super) fn may_show(&self, id: PersonId) -> bool {
        !self.graphs.is_hushed(id) && (self.mediates(id) || self.tables.is_allowed(id))
    }

    fn mediates(&self, id: PersonId) -> bool {
        let person = self.people.get(&id);
        person.is_some_and(|person| person.seat.kind == SeatKind::Mediator)
    }

    /// Why somebody may lay nothing there now. A mediator's thing gives way to a mediator only.
    fn not_now(&self, me: PersonId) -> Option<WhyNotShown> {
        let laid_by = self.tables.laid_by(me);
        let anothers = laid_by.is_some_and(|by| by != me);
        match (self.may_show(me), anothers && !self.mediates(me)) {
            (false, _) => Some(WhyNotShown::NotAllowed),
            (true, true) => Some(WhyNotShown::Taken),
            (true, false) => None,
        }
    }

    fn not_shown(&mut self, to: PersonId, why: WhyNotShown, people: Vec<PersonId>) {
        let message = TableMessage::NotShown { why, people };
        self.send(to, &Message::Table(message));
    }

    fn show_file(&mut self, me: PersonId, evidence: EvidenceId, now: Instant) {
        if let Some(why) = self.not_now(me) {
            return self.not_shown(me, why, Vec::new());
        }
        let Some((graph, members)) = self.tables.company(me) else {
            return;
        };
        // One file at a time; what is pressed while the platform is being asked changes nothing.
        if self.looks.iter().any(|look| !look.again && look.by == me) {
            return;
        }
        let members = members.clone();
        self.ask_who_sees((me, evidence, graph), &members, false, now);
    }

    fn ask_who_sees(
        &mut self,
        (by, evidence, graph): (PersonId, EvidenceId, GraphId),
        people: &BTreeSet<PersonId>,
        again: bool,
        now: Instant,
    ) {
        let ask = |&person: &PersonId| {
            let pending = Pending::Look { person, since: now };
            let question = self.ask(person, QuestionKind::Look(evidence), pending);
            (question, person)
        };
        let open = people.iter().map(ask).collect();
        self.looks.push(Look {
            by,
            evidence,
            graph,
            again,
            open,
            may: BTreeSet::new(),
            refused: Vec::new(),
            unanswered: false,
        });
    }

    pub(super) fn look_answered(
        &mut self,
        question: QuestionId,
        person: PersonId,
        answer: &Answer,
        now: Instant,
    ) {
        let mut looks = self.looks.iter_mut();
        let Some(at) = looks.position(|look| look.open.remove(&question).is_some()) else {
            return;
        };
        let look = &mut self.looks[at];
        match answer {
            Answer::Granted(..) => {
                look.may.insert(person);
            }
            Answer::Refused => look.refused.push(person),
            Answer::Silence => look.unanswered = true,
        }
        if look.open.is_empty() {
            let look = self.looks.swap_remove(at);
            self.conclude(&look, now);
        }
    }

    fn conclude(&mut self, look: &Look, now: Instant) {
        let company = self.tables.company(look.by);
        let Some((_, members)) = company.filter(|(at, _)| *at == look.graph) else {
            return;
        };
        // Whoever has gone meanwhile is no hindrance.
        let refused = look.refused.iter().filter(|id| members.contains(id));
        let refused: Vec<PersonId> = refused.copied().collect();
        if look.again {
            return self.looked_again(look, refused);
        }
        let why = match (refused.is_empty(), look.unanswered) {
            (false, _) => Some(WhyNotShown::NotForAll),
            (true, true) => Some(WhyNotShown::Unanswered),
            (true, false) => self.not_now(look.by),
        };
        if let Some(why) = why {
            return self.not_shown(look.by, why, refused);
        }
        let dark = self.tables.lay_file(look.by, look.evidence, &look.may, now);
        self.darken(dark);
        self.stale = true;
    }

    /// What one of them may not see lies there no longer; those who may, do from now on.
    fn looked_again(&mut self, look: &Look, refused: Vec<PersonId>) {
        let lying = self.tables.files().into_iter();
        let lies = lying.filter(|file| file.by == look.by);
        if lies.filter(|file| file.evidence == look.evidence).count() == 0 {
            return;
        }
        if refused.is_empty() {
            self.tables.let_see(look.by, look.evidence, &look.may);
        } else {
            self.tables.clear(look.by);
            self.not_shown(look.by, WhyNotShown::NotForAll, refused);
        }
        self.stale = true;
    }

    /// Something has changed that may bear on who may see what lies there.
    pub(super) fn look_again(&mut self, now: Instant) {
        for file in self.tables.files() {
            self.ask_again(file.by, file.evidence, &file.members, now);
        }
    }

    fn ask_again(
        &mut self,
        by: PersonId,
        evidence: EvidenceId,
        people: &BTreeSet<PersonId>,
        now: Instant,
    ) {
        let asked = |look: &Look| look.again && look.by == by && look.evidence == evidence;
        let looks = self.looks.iter().filter(|look| asked(look));
        let being_asked: BTreeSet<PersonId> =
            looks.flat_map(|look| look.open.values().copied()).collect();
        let people: BTreeSet<PersonId> = people.difference(&being_asked).copied().collect();
        let Some((graph, _)) = self.tables.company(by).filter(|_| !people.is_empty()) else {
            return;
        };
        self.ask_who_sees((by, evidence, graph), &people, true, now);
    }

    /// Everybody sits at the table of their conversation; about whoever came to one where a file lies, the platform is asked.
    pub(super) fn settle_tables(&mut self, seating: &BTreeMap<PersonId, Seating>, now: Instant) {
        let at = |(id, seating): (&PersonId, &Seating)| (*id, seating.graph);
        // Who calls sees nothing of it; who holds the telephone may.
        let sees = |(id, _): &(&PersonId, &Seating)| self.holder(**id) == **id;
        let seats = seating.iter().filter(sees).map(at).collect();
        let mut dark = self.tables.settle(&seats);
        if self.hush.on {
            dark.extend(self.tables.clear_at(GraphId::Joint));
        }
        self.darken(dark);
        for file in self.tables.files() {
            self.ask_again(file.by, file.evidence, &file.unasked, now);
        }
    }

    fn share(&mut self, me: PersonId) {
        let speaks = |id| {
            let person = self.people.get(&id);
            person.is_some_and(|person| person.seat.kind.speaks())
        };
        let why = self.not_now(me);
        if let Some(why) = why.or((!speaks(me)).then_some(WhyNotShown::NotAllowed)) {
            return self.not_shown(me, why, Vec::new());
        }
        let dark = self.tables.lay_screen(me);
        self.darken(dark);
        self.stale = true;
    }

    /// Also when the page was loaded again and has no screen to show any more.
    pub(super) fn stop_sharing(&mut self, me: PersonId) {
        if self.tables.shares(me) {
            let dark = self.tables.clear(me);
            self.darken(dark);
            self.stale = true;
        }
    }

    /// Whose screen is shown no longer sends no picture until their page says that it is the camera's again.
    pub(super) fn darken(&mut self, people: impl IntoIterator<Item = PersonId>) {
        for person in people {
            self.switch(person, Kind::Video, false);
        }
    }

    fn clear_table(&mut self, me: PersonId) {
        let Some(by) = self.tables.laid_by(me) else {
            return;
        };
        if by == me || self.mediates(me) {
            let dark = self.tables.clear(me);
            self.darken(dark);
            self.stale = true;
        }
    }

    /// Only somebody who sits with the mediator: what is said of others would tell of another conversation.
    fn allow(&mut self, me: PersonId, person: PersonId, on: bool) {
        let company = self.tables.company(me);
        let beside = company.is_some_and(|(_, members)| members.contains(&person));
        let hears = self
            .people
            .get(&person)
            .is_none_or(|it| !it.seat.kind.speaks());
        if !beside || hears || !self.mediates(me) || self.mediates(person) {
            return;
        }
        if self.tables.allow(person, on) {
            self.darken([person]);
        }
        self.stale = true;
    }

    fn point(&mut self, me: PersonId, number: u32, at: Option<Spot>, now: Instant) {
        if !self.may_show(me) || at.is_some_and(|spot| !spot.is_on_it()) {
            return;
        }
        let message = TableMessage::Pointing { by: me, number, at };
        let text = unnumbered(&Message::Table(message));
        for person in self.tables.point(me, number, at.is_some(), now) {
            let link = self.people.get(&person).and_then(|person| person.link);
            if let Some(link) = link {
                let text = text.clone();
                self.out.push(Output::Glimpse { link, text });
            }
        }
    }
}
