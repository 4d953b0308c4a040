//! A plus or minus of a proposal, to be said in words: a key of the catalogues and what fills it.

use crate::domain::organisation::Language;
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
    NoConflict,
    /// The party's name, here and below.
    SamePerson(String),
    SameName(String),
    Relative(String),
    SameAddress(String),
    SameEmployer(String),
    EarlierRole,
    Refused,
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
            Self::NoConflict => "law-reason-no-conflict",
            Self::SamePerson(_) => "law-reason-conflict-same-person",
            Self::SameName(_) => "law-reason-conflict-same-name",
            Self::Relative(_) => "law-reason-conflict-relative",
            Self::SameAddress(_) => "law-reason-conflict-address",
            Self::SameEmployer(_) => "law-reason-conflict-employer",
            Self::EarlierRole => "law-reason-conflict-earlier-role",
            Self::Refused => "law-reason-refused",
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
            Self::SamePerson(party)
            | Self::SameName(party)
            | Self::Relative(party)
            | Self::SameAddress(party)
            | Self::SameEmployer(party) => vec![("party", Filler::Words(party.clone()))],
            _ => Vec::new(),
        }
    }

    /// Whether it speaks for the proposal; pages show a mark and not the weight.
    pub const fn is_plus(&self) -> bool {
        self.weight() >= 0
    }

    /// Field before place before language before load: knowing the matter helps most, a short way next.
    pub(super) const fn weight(&self) -> i32 {
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
            Self::LoadFree { .. } | Self::NoConflict => 0,
            Self::LoadBusy { .. } => -5,
            Self::FieldOther | Self::PlaceFar => -10,
            Self::LanguageMissing(_) => -15,
            Self::KindOther => -20,
            Self::NoMediator => -100,
            Self::LoadFull { .. }
            | Self::SamePerson(_)
            | Self::SameName(_)
            | Self::Relative(_)
            | Self::SameAddress(_)
            | Self::SameEmployer(_)
            | Self::EarlierRole
            | Self::Refused => -1000,
        }
    }
}
