//! How well the lines of a session held, in numbers that tell of nobody.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// How much somebody's line carries, in both directions. Sound is given up after every picture, never before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rung {
    /// Written words alone.
    Messages,
    /// The telephone; of this line no more than the words that are written.
    Phone,
    Audio,
    /// Sound, and of the pictures only what is said by signs; one's own goes out small.
    Signs,
    /// A small picture, and sound.
    Small,
    #[default]
    Video,
}

impl Rung {
    pub const ALL: [Self; 6] = [
        Self::Messages,
        Self::Phone,
        Self::Audio,
        Self::Signs,
        Self::Small,
        Self::Video,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Messages => "messages",
            Self::Phone => "phone",
            Self::Audio => "audio",
            Self::Signs => "signs",
            Self::Small => "small",
            Self::Video => "video",
        }
    }
}

/// What was counted in a session, or in several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quality {
    /// How often somebody came in.
    pub joins: u64,
    /// How often somebody came back whose line had broken.
    pub reconnects: u64,
    /// How often a connection for sound and picture was made anew or had to find another way.
    pub renewals: u64,
    /// How often pages said how much they lose.
    pub measured: u64,
    /// The sum of what they said, in thousandths.
    pub lost: u64,
    /// For how long people were on each rung, all of them together.
    pub spent: BTreeMap<Rung, Duration>,
}

impl Quality {
    /// Every number under its name; time in milliseconds.
    pub fn amounts(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let counted = [
            ("joins", self.joins),
            ("reconnects", self.reconnects),
            ("renewals", self.renewals),
            ("measured", self.measured),
            ("lost", self.lost),
        ];
        let spent = self.spent.iter().map(|(rung, time)| {
            let milliseconds = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
            (rung.name(), milliseconds)
        });
        counted.into_iter().chain(spent)
    }

    /// The other way; a name that nobody knows is passed over.
    pub fn of(amounts: impl IntoIterator<Item = (String, u64)>) -> Self {
        let mut quality = Self::default();
        for (name, amount) in amounts {
            match name.as_str() {
                "joins" => quality.joins = amount,
                "reconnects" => quality.reconnects = amount,
                "renewals" => quality.renewals = amount,
                "measured" => quality.measured = amount,
                "lost" => quality.lost = amount,
                other => {
                    if let Some(rung) = Rung::ALL.into_iter().find(|rung| rung.name() == other) {
                        quality.spent.insert(rung, Duration::from_millis(amount));
                    }
                }
            }
        }
        quality
    }

    pub fn add(&mut self, other: &Self) {
        self.joins += other.joins;
        self.reconnects += other.reconnects;
        self.renewals += other.renewals;
        self.measured += other.measured;
        self.lost += other.lost;
        for (rung, time) in &other.spent {
            *self.spent.entry(*rung).or_default() += *time;
        }
    }

    /// The mean loss in thousandths, where any was measured.
    pub const fn mean_loss(&self) -> Option<u64> {
        self.lost.checked_div(self.measured)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some() -> Quality {
        Quality {
            joins: 3,
            reconnects: 1,
            renewals: 2,
            measured: 4,
            lost: 50,
            spent: [(Rung::Audio, Duration::from_secs(9))].into(),
        }
    }

    #[test]
    fn every_number_is_found_again_under_its_name() {
        let named = |(name, amount): (&str, u64)| (name.to_owned(), amount);
        assert_eq!(Quality::of(some().amounts().map(named)), some());
    }

    #[test]
    fn sessions_are_added_up() {
        let mut two = some();
        two.add(&some());
        assert_eq!((two.joins, two.mean_loss()), (6, Some(12)));
        assert_eq!(two.spent[&Rung::Audio], Duration::from_secs(18));
        assert_eq!(Quality::default().mean_loss(), None);
    }
}
