//! Danger: what was matched in the words, what was answered to the screen, and the warning that stands until somebody
//! lifts it with a reason.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::ids::PersonId;
use super::rules::danger::{Level, Matched};

/// How soon somebody must look, the most urgent last.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    #[default]
    Ordinary,
    Soon,
    /// A person is to be called.
    Urgent,
}

impl Urgency {
    pub const ALL: [Self; 3] = [Self::Ordinary, Self::Soon, Self::Urgent];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Ordinary => "ordinary",
            Self::Soon => "soon",
            Self::Urgent => "urgent",
        }
    }
}

/// What the violence screen asks for (反家庭暴力法 2: beating, restraint, constant abuse, intimidation; 14: those who
/// cannot help themselves).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    Hurt,
    Threatened,
    Afraid,
    Controlled,
    /// A child, or somebody else who cannot help themselves, is affected.
    Helpless,
}

impl Sign {
    pub const ALL: [Self; 5] = [
        Self::Hurt,
        Self::Threatened,
        Self::Afraid,
        Self::Controlled,
        Self::Helpless,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Hurt => "hurt",
            Self::Threatened => "threatened",
            Self::Afraid => "afraid",
            Self::Controlled => "controlled",
            Self::Helpless => "helpless",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sign| sign.name() == name)
    }
}

/// What is known of danger in a case. The other side is told nothing of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Safety {
    /// Rules whose words stand in what was told.
    pub matched: Vec<Matched>,
    pub screens: Vec<Screen>,
    pub warning: Option<Warning>,
    pub reports: Vec<Report>,
}

/// The screen as it was answered once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Screen {
    /// What was said to be so; empty where nothing was.
    pub signs: BTreeSet<Sign>,
    /// Whoever of the staff asked; nobody where the party ticked it.
    pub by: Option<PersonId>,
    pub at: Timestamp,
}

/// While it stands, nobody is asked to sit at one table with whom they fear.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    pub since: Timestamp,
    pub lifted: Option<Lifted>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lifted {
    pub by: PersonId,
    pub at: Timestamp,
    pub reason: String,
}

/// That danger was reported (人民调解法 25).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The police station or other authority.
    pub to: String,
    pub note: String,
    pub by: PersonId,
    pub at: Timestamp,
}

impl Safety {
    pub fn stands(&self) -> bool {
        self.warning.as_ref().is_some_and(|it| it.lifted.is_none())
    }

    pub fn urgency(&self) -> Urgency {
        if self.stands() {
            Urgency::Urgent
        } else if self.warning.is_none() && !self.matched.is_empty() {
            Urgency::Soon
        } else {
            Urgency::Ordinary
        }
    }

    /// Notes what was matched or answered. Whether the warning is new.
    pub fn learn(&mut self, matched: Vec<Matched>, screen: Option<Screen>, now: Timestamp) -> bool {
        let urgent = matched.iter().any(|it| it.level == Level::Urgent)
            || screen.as_ref().is_some_and(|it| !it.signs.is_empty());
        for new in matched {
            if !self.matched.contains(&new) {
                self.matched.push(new);
            }
        }
        self.screens.extend(screen);
        let raised = urgent && !self.stands();
        if raised {
            self.warning = Some(Warning {
                since: now,
                lifted: None,
            });
        }
        raised
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_is_read_back_by_its_name() {
        for sign in Sign::ALL {
            assert_eq!(Sign::parse(sign.name()), Some(sign));
        }
    }

    #[test]
    fn a_lifted_warning_is_raised_again_by_a_new_answer_alone() {
        let now = Timestamp::UNIX_EPOCH;
        let matched = || Matched {
            rule: "weapon".to_owned(),
            level: Level::Urgent,
            words: vec!["拿刀".to_owned()],
        };
        let mut safety = Safety::default();
        assert!(safety.learn(vec![matched()], None, now));
        assert!(
            !safety.learn(vec![matched()], None, now),
            "it stands already"
        );
        let by = PersonId(uuid::Uuid::nil());
        let reason = "电视里的台词".to_owned();
        safety.warning.as_mut().unwrap().lifted = Some(Lifted {
            by,
            at: now,
            reason,
        });
        assert_eq!(safety.urgency(), Urgency::Ordinary);
        let screen = |signs: &[Sign]| Screen {
            signs: signs.iter().copied().collect(),
            by: None,
            at: now,
        };
        assert!(!safety.learn(Vec::new(), Some(screen(&[])), now));
        assert!(safety.learn(Vec::new(), Some(screen(&[Sign::Afraid])), now));
        assert_eq!(safety.urgency(), Urgency::Urgent);
    }
}
