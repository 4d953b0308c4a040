//! Under which regime a mediation runs, and which way a party takes.

use serde::{Deserialize, Serialize};

/// Clocks and confirmability differ by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Track {
    People,
    Administrative,
    Industry,
    Commercial,
    Notarial,
    /// 委派, before filing.
    CourtDelegated,
    /// 委托, after filing.
    CourtEntrusted,
}

impl Track {
    pub const ALL: [Self; 7] = [
        Self::People,
        Self::Administrative,
        Self::Industry,
        Self::Commercial,
        Self::Notarial,
        Self::CourtDelegated,
        Self::CourtEntrusted,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Administrative => "administrative",
            Self::Industry => "industry",
            Self::Commercial => "commercial",
            Self::Notarial => "notarial",
            Self::CourtDelegated => "court_delegated",
            Self::CourtEntrusted => "court_entrusted",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|track| track.name() == name)
    }
}

/// The way a party takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    Mediation,
    Arbitration,
    Court,
}

impl Way {
    pub const ALL: [Self; 3] = [Self::Mediation, Self::Arbitration, Self::Court];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Mediation => "mediation",
            Self::Arbitration => "arbitration",
            Self::Court => "court",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back() {
        for track in Track::ALL {
            assert_eq!(Track::parse(track.name()), Some(track));
        }
        for way in Way::ALL {
            assert_eq!(Way::parse(way.name()), Some(way));
        }
    }
}
