//! A plus or minus of a proposal, to be said in words: a key of the catalogues and what fills it.

use jiff::Timestamp;

use crate::domain::organisation::Language;
use crate::domain::time::civil_date;
use crate::domain::wording::Wording;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    KindMatch,
    KindOther,
    /// The type of dispute.
    FieldMatch(Wording),
    FieldOther,
    /// `depth`: 0 for a whole district, more for smaller areas.
    PlaceSame {
        place: Wording,
        depth: usize,
    },
    PlaceNear(Wording),
    PlaceFar,
    LanguageMatch(Language),
    LanguageMissing(Language),
    LoadFree {
        load: u32,
        free: u32,
    },
    LoadBusy {
        load: u32,
        free: u32,
    },
    LoadFull {
        load: u32,
    },
    /// Hours of the coming seven days that nothing has taken.
    WeekFree {
        hours: u32,
    },
    WeekFull,
    /// On leave.
    Away {
        until: Timestamp,
    },
    /// Named by this many parties (在线调解规则 10, 人民调解法 23).
    Preferred {
        by: u32,
    },
    /// Mediated between these parties before.
    KnowsAll,
    /// Mediated for one of them before, which has to be disclosed (在线调解规则 13).
    KnowsOne {
        party: String,
        cases: u32,
    },
    NoConflict,
    /// The party's name, here and below.
    SamePerson(String),
    SameName(String),
    Relative(String),
    SameAddress(String),
    SameEmployer(String),
    /// Declared to be close to a party without being a relative.
    Close(String),
    /// Stood on the other side in another matter.
    StoodAgainst(String),
    /// Was there for a party, or as lawyer, expert or interpreter (特邀调解规定 16).
    StoodBeside(String),
    /// On a side in another district, whose matters are not told here.
    StoodElsewhere,
    EarlierRole,
    Refused,
    /// The head lets them rest.
    Paused,
    NoMediator,
}

/// What fills a placeholder of a reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filler {
    Number(u32),
    Words(String),
    /// In the reader's language.
    Wording(Wording),
    /// A key of the catalogues.
    Key(&'static str),
}

impl Reason {
    /// The key of its text.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::KindMatch => "law-reason-kind-match",
            Self::KindOther => "law-reason-kind-other",
            Self::FieldMatch(_) => "law-reason-field-match",
            Self::FieldOther => "law-reason-field-other",
            Self::PlaceSame { .. } => "law-reason-place-same",
            Self::PlaceNear(_) => "law-reason-place-near",
            Self::PlaceFar => "law-reason-place-far",
            Self::LanguageMatch(_) => "law-reason-language-match",
            Self::LanguageMissing(_) => "law-reason-language-missing",
            Self::LoadFree { .. } => "law-reason-load-free",
            Self::LoadBusy { .. } => "law-reason-load-busy",
            Self::LoadFull { .. } => "law-reason-load-full",
            Self::WeekFree { .. } => "law-reason-week-free",
            Self::WeekFull => "law-reason-week-full",
            Self::Away { .. } => "law-reason-away",
            Self::Preferred { .. } => "law-reason-preferred",
            Self::KnowsAll => "law-reason-knows-all",
            Self::KnowsOne { .. } => "law-reason-knows-one",
            Self::NoConflict => "law-reason-no-conflict",
            Self::SamePerson(_) => "law-reason-conflict-same-person",
            Self::SameName(_) => "law-reason-conflict-same-name",
            Self::Relative(_) => "law-reason-conflict-relative",
            Self::SameAddress(_) => "law-reason-conflict-address",
            Self::SameEmployer(_) => "law-reason-conflict-employer",
            Self::Close(_) => "law-reason-conflict-close",
            Self::StoodAgainst(_) => "law-reason-conflict-against",
            Self::StoodBeside(_) => "law-reason-conflict-beside",
            Self::StoodElsewhere => "law-reason-conflict-elsewhere",
            Self::EarlierRole => "law-reason-conflict-earlier-role",
            Self::Refused => "law-reason-refused",
            Self::Paused => "law-reason-paused",
            Self::NoMediator => "law-reason-no-mediator",
        }
    }

    /// Name and filler of each placeholder of the text.
    pub fn fillers(&self) -> Vec<(&'static str, Filler)> {
        match self {
            Self::FieldMatch(field) => vec![("field", Filler::Wording(field.clone()))],
            Self::PlaceSame { place, .. } | Self::PlaceNear(place) => {
                vec![("place", Filler::Wording(place.clone()))]
            }
            Self::LanguageMatch(language) | Self::LanguageMissing(language) => {
                vec![("language", Filler::Key(language.key()))]
            }
            Self::LoadFree { load, free } | Self::LoadBusy { load, free } => {
                vec![
                    ("load", Filler::Number(*load)),
                    ("free", Filler::Number(*free)),
                ]
            }
            Self::LoadFull { load } => vec![("load", Filler::Number(*load))],
            Self::WeekFree { hours } => vec![("hours", Filler::Number(*hours))],
            Self::Away { until } => {
                vec![("day", Filler::Words(civil_date(*until).to_string()))]
            }
            Self::Preferred { by } => vec![("by", Filler::Number(*by))],
            Self::KnowsOne { party, cases } => vec![
                ("party", Filler::Words(party.clone())),
                ("cases", Filler::Number(*cases)),
            ],
            Self::Close(party)
            | Self::StoodAgainst(party)
            | Self::StoodBeside(party)
            | Self::SamePerson(party)
            | Self::SameName(party)
            | Self::Relative(party)
            | Self::SameAddress(party)
            | Self::SameEmployer(party) => vec![("party", Filler::Words(party.clone()))],
            _ => Vec::new(),
        }
    }

    /// Whether it speaks for the proposal; pages show a mark and not the weight.
    pub fn is_plus(&self) -> bool {
        self.weight() > 0
    }

    /// Field before place before language before load: knowing the matter helps most, a short way next. None is 0: what
    /// is said for or against somebody counts for or against them.
    pub(super) fn weight(&self) -> i32 {
        let at_most = |number: u32, most: u32| i32::try_from(number.min(most)).unwrap_or(0);
        match self {
            Self::KindMatch => 60,
            Self::FieldMatch(_) => 40,
            Self::PlaceSame { depth, .. } => {
                // Up to three levels are told apart.
                if *depth >= 2 {
                    32
                } else if *depth == 1 {
                    26
                } else {
                    20
                }
            }
            Self::PlaceNear(_) => 10,
            Self::LanguageMatch(_) => 15,
            Self::Preferred { by } => 12 * at_most(*by, 4),
            Self::KnowsAll => 6,
            // Among equals the one with the most room comes first.
            Self::LoadFree { free, .. } => 1 + at_most(*free, 9),
            Self::LoadBusy { free, .. } => -6 + at_most(*free, 4),
            Self::WeekFree { hours } => 1 + at_most(*hours / 8, 4),
            Self::NoConflict => 1,
            Self::WeekFull => -8,
            Self::FieldOther | Self::PlaceFar => -10,
            Self::KnowsOne { .. } => -12,
            Self::LanguageMissing(_) => -15,
            Self::KindOther => -20,
            Self::NoMediator => -100,
            Self::LoadFull { .. }
            | Self::Away { .. }
            | Self::SamePerson(_)
            | Self::SameName(_)
            | Self::Relative(_)
            | Self::SameAddress(_)
            | Self::SameEmployer(_)
            | Self::Close(_)
            | Self::StoodAgainst(_)
            | Self::StoodBeside(_)
            | Self::StoodElsewhere
            | Self::EarlierRole
            | Self::Refused
            | Self::Paused => -1000,
        }
    }
}
