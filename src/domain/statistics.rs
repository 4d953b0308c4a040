//! What an office tells of its work: how many matters came and how far, how long each step took. Few are hidden, so
//! that nobody is found in a number.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::ids::OrganisationId;
use super::rules::DisputeKey;
use super::stage::{Closing, Mediate, Stage};

/// Fewer than these are not told.
pub const FEWEST: u32 = 5;

/// A point that a case can reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// A party chose mediation.
    Received,
    /// 受理; the other side is invited.
    Accepted,
    /// The other side consents.
    Consented,
    /// A mediator works on it.
    Begun,
    /// An agreement is in effect.
    Settled,
    /// The mediation is over without one.
    Ended,
    /// A court has confirmed the agreement.
    Confirmed,
    /// Everything agreed is done.
    Performed,
}

impl Mark {
    pub const ALL: [Self; 8] = [
        Self::Received,
        Self::Accepted,
        Self::Consented,
        Self::Begun,
        Self::Settled,
        Self::Ended,
        Self::Confirmed,
        Self::Performed,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Accepted => "accepted",
            Self::Consented => "consented",
            Self::Begun => "begun",
            Self::Settled => "settled",
            Self::Ended => "ended",
            Self::Confirmed => "confirmed",
            Self::Performed => "performed",
        }
    }

    /// What is reached by coming into this state.
    pub fn of(stage: &Stage) -> Option<Self> {
        match stage {
            Stage::Mediate { at } => match **at {
                Mediate::Received { .. } => Some(Self::Received),
                Mediate::Inviting { .. } => Some(Self::Accepted),
                Mediate::Selecting { .. } => Some(Self::Consented),
                Mediate::Active { .. } => Some(Self::Begun),
                Mediate::Settled { .. } | Mediate::Partial { .. } => Some(Self::Settled),
                Mediate::Ended { .. } => Some(Self::Ended),
                _ => None,
            },
            Stage::Confirm {
                phase: super::confirmation::Phase::Valid { .. },
                ..
            } => Some(Self::Confirmed),
            Stage::Closed {
                why: Closing::Performed { .. },
                ..
            } => Some(Self::Performed),
            _ => None,
        }
    }
}

/// How one case went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    pub organisation: OrganisationId,
    pub dispute: DisputeKey,
    pub opened: Timestamp,
    pub reached: BTreeMap<Mark, Timestamp>,
}

/// A step whose length is told: from one point to another, or to the first of two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    Intake,
    Consent,
    Assignment,
    Mediation,
    Performance,
}

impl Step {
    pub const ALL: [Self; 5] = [
        Self::Intake,
        Self::Consent,
        Self::Assignment,
        Self::Mediation,
        Self::Performance,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Intake => "intake",
            Self::Consent => "consent",
            Self::Assignment => "assignment",
            Self::Mediation => "mediation",
            Self::Performance => "performance",
        }
    }

    /// Hours that it took in a case that has gone through it.
    fn hours(self, course: &Course) -> Option<i64> {
        let at = |mark| course.reached.get(&mark).copied();
        let (from, until) = match self {
            Self::Intake => (at(Mark::Received), at(Mark::Accepted)),
            Self::Consent => (at(Mark::Accepted), at(Mark::Consented)),
            Self::Assignment => (at(Mark::Consented), at(Mark::Begun)),
            Self::Mediation => (at(Mark::Begun), at(Mark::Settled).or(at(Mark::Ended))),
            Self::Performance => (at(Mark::Settled), at(Mark::Performed)),
        };
        Some(from?.duration_until(until?).as_hours())
    }
}

/// A number, or that it is too small to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    Told(u32),
    Few,
}

impl Cell {
    pub const fn of(number: u32) -> Self {
        if number > 0 && number < FEWEST {
            Self::Few
        } else {
            Self::Told(number)
        }
    }
}

/// One line: how many came, how many reached each point, and the median hours of each step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub opened: Cell,
    pub reached: Vec<Cell>,
    /// `None` where too few have gone through it.
    pub hours: Vec<Option<i64>>,
}

/// Lines by group, and one over all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table<K> {
    pub lines: Vec<(K, Line)>,
    pub total: Line,
}

/// Counts the courses by what `group` says of each.
pub fn table<K: Ord + Clone>(courses: &[Course], group: impl Fn(&Course) -> K) -> Table<K> {
    let mut groups: BTreeMap<K, Vec<&Course>> = BTreeMap::new();
    for course in courses {
        groups.entry(group(course)).or_default().push(course);
    }
    let lines: Vec<_> = groups
        .into_iter()
        .map(|(key, courses)| (key, Counted::of(&courses)))
        .collect();
    let all: Vec<_> = courses.iter().collect();
    let total = Counted::of(&all);
    let column = |at: usize| lines.iter().map(move |(_, counted)| counted.numbers[at]);
    let hidden: Vec<_> = (0..=Mark::ALL.len())
        .map(|at| hidden(&column(at).collect::<Vec<_>>()))
        .collect();
    let line = |(at, (key, counted)): (usize, &(K, Counted))| {
        (key.clone(), counted.line(|column| hidden[column][at]))
    };
    Table {
        lines: lines.iter().enumerate().map(line).collect(),
        total: total.line(|_| false),
    }
}

/// Numbers as they are, before anything is hidden: opened first, then each mark.
struct Counted {
    numbers: Vec<u32>,
    hours: Vec<Option<i64>>,
}

impl Counted {
    fn of(courses: &[&Course]) -> Self {
        let count = |reached: &dyn Fn(&Course) -> bool| {
            let number = courses.iter().filter(|course| reached(course)).count();
            u32::try_from(number).unwrap_or(u32::MAX)
        };
        let marks = Mark::ALL.map(|mark| count(&|course| course.reached.contains_key(&mark)));
        let mut numbers = vec![count(&|_| true)];
        numbers.extend(marks);
        Self {
            numbers,
            hours: Step::ALL.map(|step| median(step, courses)).into(),
        }
    }

    fn line(&self, hidden: impl Fn(usize) -> bool) -> Line {
        let cell = |(column, number): (usize, &u32)| {
            if hidden(column) {
                Cell::Few
            } else {
                Cell::of(*number)
            }
        };
        let mut cells = self.numbers.iter().enumerate().map(cell);
        Line {
            opened: cells.next().unwrap_or(Cell::Few),
            reached: cells.collect(),
            hours: self.hours.clone(),
        }
    }
}

fn median(step: Step, courses: &[&Course]) -> Option<i64> {
    let mut hours: Vec<_> = courses.iter().filter_map(|it| step.hours(it)).collect();
    hours.sort_unstable();
    (hours.len() >= FEWEST as usize).then(|| hours[hours.len() / 2])
}

/// Which cells of a column are hidden. One alone could be counted back from the total, so that the smallest of the
/// others goes with it.
fn hidden(column: &[u32]) -> Vec<bool> {
    let mut hidden: Vec<_> = column
        .iter()
        .map(|number| Cell::of(*number) == Cell::Few)
        .collect();
    if hidden.iter().filter(|it| **it).count() == 1 {
        let others = (0..column.len()).filter(|at| column[*at] >= FEWEST);
        if let Some(smallest) = others.min_by_key(|at| column[*at]) {
            hidden[smallest] = true;
        }
    }
    hidden
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn hour(number: i64) -> Timestamp {
        Timestamp::from_second(number * 3600).unwrap()
    }

    fn course(organisation: u128, reached: &[(Mark, i64)]) -> Course {
        Course {
            organisation: OrganisationId(Uuid::from_u128(organisation)),
            dispute: DisputeKey("noise".to_owned()),
            opened: hour(0),
            reached: reached
                .iter()
                .map(|(mark, at)| (*mark, hour(*at)))
                .collect(),
        }
    }

    fn many(organisation: u128, number: usize, reached: &[(Mark, i64)]) -> Vec<Course> {
        vec![course(organisation, reached); number]
    }

    #[test]
    fn few_are_hidden_and_cannot_be_counted_back_from_the_total() {
        let courses = [many(1, 3, &[]), many(2, 9, &[]), many(3, 20, &[])].concat();
        let table = table(&courses, |course| course.organisation);
        let opened: Vec<_> = table.lines.iter().map(|(_, line)| line.opened).collect();
        assert_eq!(opened, [Cell::Few, Cell::Few, Cell::Told(20)]);
        assert_eq!(table.total.opened, Cell::Told(32));
    }

    #[test]
    fn two_that_are_few_hide_each_other() {
        let courses = [many(1, 3, &[]), many(2, 4, &[]), many(3, 20, &[])].concat();
        let table = table(&courses, |course| course.organisation);
        let opened: Vec<_> = table.lines.iter().map(|(_, line)| line.opened).collect();
        assert_eq!(opened, [Cell::Few, Cell::Few, Cell::Told(20)]);
    }

    #[test]
    fn none_is_told_and_few_in_all_are_not() {
        let table = table(&many(1, 4, &[]), |course| course.organisation);
        assert_eq!(table.total.opened, Cell::Few);
        let settled = Mark::ALL.iter().position(|mark| *mark == Mark::Settled);
        assert_eq!(table.total.reached[settled.unwrap()], Cell::Told(0));
    }

    #[test]
    fn a_step_takes_the_median_of_those_who_went_through_it() {
        let long = |hours: i64| course(1, &[(Mark::Begun, 10), (Mark::Settled, 10 + hours)]);
        let mut courses: Vec<_> = [4, 90, 2, 6, 8].map(long).into();
        courses.push(course(1, &[(Mark::Begun, 10)]));
        let mediation = Step::ALL.iter().position(|step| *step == Step::Mediation);
        let hours = |courses: &[Course]| table(courses, |_| ()).total.hours[mediation.unwrap()];
        assert_eq!(hours(&courses), Some(6));
        assert_eq!(hours(&courses[1..]), None, "four are too few");
        courses.push(course(1, &[(Mark::Begun, 1), (Mark::Ended, 3)]));
        assert_eq!(
            hours(&courses),
            Some(6),
            "an end without agreement counts as well"
        );
    }
}
