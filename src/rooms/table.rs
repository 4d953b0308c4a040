//! What lies on the table of each conversation: a file of the case, or somebody's screen. Pure. Every conversation has
//! a table of its own, which ends with it; whoever leaves takes away what they laid there and sees no more of the rest.
//! As with sound, nothing here looks at two conversations together.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use super::graphs::GraphId;
use super::signaling::table::{Showing, Shown};
use crate::domain::ids::{EvidenceId, PersonId};

/// Pointers move at most fifteen times a second; what comes sooner is not worth its way.
const POINTER_EVERY: Duration = Duration::from_millis(66);

/// The tables of a room.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    home: BTreeMap<PersonId, GraphId>,
    all: BTreeMap<GraphId, Table>,
    /// The last number that was given to something shown; none is given twice.
    numbered: u32,
}

/// One conversation's.
#[derive(Debug, Default)]
struct Table {
    members: BTreeSet<PersonId>,
    /// Whom the mediator lets lay something there, beside the mediators.
    allowed: BTreeSet<PersonId>,
    lies: Option<Lying>,
    /// When each last moved their pointer, and whether it is seen.
    pointers: BTreeMap<PersonId, (Instant, bool)>,
}

#[derive(Debug)]
struct Lying {
    /// Of this thing and this page of it, so that a pointer into another is known as late.
    number: u32,
    by: PersonId,
    what: Thing,
}

#[derive(Debug)]
enum Thing {
    File {
        evidence: EvidenceId,
        page: u32,
        clip: Clip,
        /// Who may be shown it, as the platform said.
        may: BTreeSet<PersonId>,
    },
    Screen,
}

/// How far a clip has come.
#[derive(Clone, Copy, Debug)]
struct Clip {
    plays: bool,
    at: Duration,
    since: Instant,
}

impl Clip {
    const fn at_its_beginning(now: Instant) -> Self {
        Self {
            plays: false,
            at: Duration::ZERO,
            since: now,
        }
    }

    fn at(&self, now: Instant) -> Duration {
        let played = now.saturating_duration_since(self.since);
        self.at + if self.plays { played } else { Duration::ZERO }
    }
}

impl Tables {
    /// Everybody sits here from now on. Gives those whose screen is no longer shown by that.
    pub(crate) fn settle(&mut self, seating: &BTreeMap<PersonId, GraphId>) -> Vec<PersonId> {
        let moved = |(who, at): &(&PersonId, &GraphId)| seating.get(who) != Some(at);
        let leaving: Vec<PersonId> = self
            .home
            .iter()
            .filter(moved)
            .map(|(who, _)| *who)
            .collect();
        let mut dark = Vec::new();
        for who in leaving {
            dark.extend(self.leave(who).then_some(who));
        }
        for (&who, &to) in seating {
            self.home.insert(who, to);
            self.all.entry(to).or_default().members.insert(who);
        }
        dark
    }

    /// True if it was their screen that lay there.
    fn leave(&mut self, who: PersonId) -> bool {
        let Some(from) = self.home.remove(&who) else {
            return false;
        };
        let Some(table) = self.all.get_mut(&from) else {
            return false;
        };
        let dark = table.take_away(who) == Some(Taken::Screen);
        table.leave(who);
        if table.members.is_empty() {
            self.all.remove(&from);
        }
        dark
    }

    /// Which conversation somebody is in, and with whom.
    pub(crate) fn company(&self, who: PersonId) -> Option<(GraphId, &BTreeSet<PersonId>)> {
        let at = *self.home.get(&who)?;
        Some((at, &self.all.get(&at)?.members))
    }

    pub(crate) fn is_allowed(&self, who: PersonId) -> bool {
        self.of(who)
            .is_some_and(|table| table.allowed.contains(&who))
    }

    /// Lets somebody lay things on the table they sit at, or no longer: then what they laid goes. True if their screen went.
    pub(crate) fn allow(&mut self, who: PersonId, on: bool) -> bool {
        let Some(table) = self.of_mut(who) else {
            return false;
        };
        if on {
            table.allowed.insert(who);
            return false;
        }
        table.allowed.remove(&who);
        table.pointers.remove(&who);
        table.take_away(who) == Some(Taken::Screen)
    }

    /// Who laid what lies on the table where this person sits.
    pub(crate) fn laid_by(&self, who: PersonId) -> Option<PersonId> {
        Some(self.of(who)?.lies.as_ref()?.by)
    }

    /// Lays a file there, in place of whatever lay there, to be seen by these. Gives whose screen went by that.
    pub(crate) fn lay_file(
        &mut self,
        by: PersonId,
        evidence: EvidenceId,
        may: &BTreeSet<PersonId>,
        now: Instant,
    ) -> Option<PersonId> {
        let members = &self.of(by)?.members;
        let what = Thing::File {
            evidence,
            page: 1,
            clip: Clip::at_its_beginning(now),
            may: may.intersection(members).copied().collect(),
        };
        self.lay(by, what)
    }

    /// Whether it is their screen that is shown where they sit.
    pub(crate) fn shares(&self, who: PersonId) -> bool {
        self.of(who).and_then(Table::screen_of) == Some(who)
    }

    pub(crate) fn lay_screen(&mut self, by: PersonId) -> Option<PersonId> {
        self.lay(by, Thing::Screen)
    }

    fn lay(&mut self, by: PersonId, what: Thing) -> Option<PersonId> {
        self.numbered += 1;
        let number = self.numbered;
        let table = self.of_mut(by)?;
        let dark = table.screen_of().filter(|one| *one != by);
        table.pointers.clear();
        table.lies = Some(Lying { number, by, what });
        dark
    }

    /// Takes away what lies where this person sits; gives whose screen it was.
    pub(crate) fn clear(&mut self, who: PersonId) -> Option<PersonId> {
        self.clear_at(*self.home.get(&who)?)
    }

    /// The same for the table of this conversation.
    pub(crate) fn clear_at(&mut self, at: GraphId) -> Option<PersonId> {
        let table = self.all.get_mut(&at)?;
        let dark = table.screen_of();
        table.pointers.clear();
        table.lies = None;
        dark
    }

    /// Turns to another page of what this person laid.
    pub(crate) fn turn(&mut self, by: PersonId, to: u32) {
        let number = self.numbered + 1;
        let Some(table) = self.of_mut(by) else {
            return;
        };
        let lies = table.lies.as_mut().filter(|lies| lies.by == by);
        if let Some(Lying {
            number: of,
            what: Thing::File { page, .. },
            ..
        }) = lies
            && *page != to
        {
            (*page, *of) = (to, number);
            table.pointers.clear();
            self.numbered = number;
        }
    }

    /// The clip that this person laid plays from here, or stands here.
    pub(crate) fn play(&mut self, by: PersonId, plays: bool, at: Duration, now: Instant) {
        let lies = self.of_mut(by).and_then(|table| table.lies.as_mut());
        if let Some(Lying {
            what: Thing::File { clip, .. },
            ..
        }) = lies.filter(|it| it.by == by)
        {
            *clip = Clip {
                plays,
                at,
                since: now,
            };
        }
    }

    /// To whom the pointer goes of somebody who moves it on thing `number`, or puts it away; to nobody if it comes too soon or
    /// too late.
    pub(crate) fn point(
        &mut self,
        who: PersonId,
        number: u32,
        seen: bool,
        now: Instant,
    ) -> Vec<PersonId> {
        let Some(table) = self.of_mut(who) else {
            return Vec::new();
        };
        let Some(Lying {
            number: of,
            what: Thing::File { may, .. },
            ..
        }) = &table.lies
        else {
            return Vec::new();
        };
        if *of != number || !may.contains(&who) {
            return Vec::new();
        }
        let last = table.pointers.get(&who).copied();
        let soon = |at: Instant| now.saturating_duration_since(at) < POINTER_EVERY;
        let goes = match last {
            Some((at, _)) if seen => !soon(at),
            Some((_, was_seen)) => was_seen,
            None => seen,
        };
        if !goes {
            return Vec::new();
        }
        let at = last.filter(|_| !seen).map_or(now, |(at, _)| at);
        table.pointers.insert(who, (at, seen));
        may.iter().filter(|id| **id != who).copied().collect()
    }

    /// What somebody sees lying there.
    pub(crate) fn shown_to(&self, who: PersonId, now: Instant) -> Option<Showing> {
        let Lying { number, by, what } = self.of(who)?.lies.as_ref()?;
        let shown = match what {
            Thing::File { may, .. } if !may.contains(&who) => return None,
            Thing::File {
                evidence,
                page,
                clip,
                ..
            } => Shown::File {
                evidence: *evidence,
                page: *page,
                plays: clip.plays,
                at_ms: u32::try_from(clip.at(now).as_millis()).unwrap_or(u32::MAX),
            },
            Thing::Screen => Shown::Screen,
        };
        Some(Showing {
            number: *number,
            by: *by,
            shown,
        })
    }

    /// The files that lie on tables: who laid each, and who sits there.
    pub(crate) fn files(&self) -> Vec<OnTable> {
        let lying = self.all.values().filter_map(|table| {
            let Lying { by, what, .. } = table.lies.as_ref()?;
            let Thing::File { evidence, may, .. } = what else {
                return None;
            };
            Some(OnTable {
                by: *by,
                evidence: *evidence,
                unasked: table.members.difference(may).copied().collect(),
                members: table.members.clone(),
            })
        });
        lying.collect()
    }

    /// The platform lets these see the file that `by` laid.
    pub(crate) fn let_see(&mut self, by: PersonId, file: EvidenceId, people: &BTreeSet<PersonId>) {
        let Some(table) = self.of_mut(by) else {
            return;
        };
        let (lies, members) = (&mut table.lies, &table.members);
        if let Some(Lying {
            what: Thing::File { evidence, may, .. },
            ..
        }) = lies
            && *evidence == file
        {
            may.extend(people.intersection(members));
        }
    }

    fn of(&self, who: PersonId) -> Option<&Table> {
        self.all.get(self.home.get(&who)?)
    }

    fn of_mut(&mut self, who: PersonId) -> Option<&mut Table> {
        self.all.get_mut(self.home.get(&who)?)
    }
}

/// A file that lies on a table.
#[derive(Debug)]
pub(crate) struct OnTable {
    pub(crate) by: PersonId,
    pub(crate) evidence: EvidenceId,
    pub(crate) members: BTreeSet<PersonId>,
    /// Those of whom nobody has said that they may see it.
    pub(crate) unasked: BTreeSet<PersonId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Taken {
    File,
    Screen,
}

impl Table {
    /// Takes away what this person laid there.
    fn take_away(&mut self, by: PersonId) -> Option<Taken> {
        let lies = self.lies.take_if(|lies| lies.by == by)?;
        self.pointers.clear();
        Some(match lies.what {
            Thing::File { .. } => Taken::File,
            Thing::Screen => Taken::Screen,
        })
    }

    fn leave(&mut self, who: PersonId) {
        self.members.remove(&who);
        self.allowed.remove(&who);
        self.pointers.remove(&who);
        if let Some(Lying {
            what: Thing::File { may, .. },
            ..
        }) = &mut self.lies
        {
            may.remove(&who);
        }
    }

    fn screen_of(&self) -> Option<PersonId> {
        let lies = self.lies.as_ref()?;
        matches!(lies.what, Thing::Screen).then_some(lies.by)
    }
}
