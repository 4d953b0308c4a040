//! Who mediates, confirms and certifies: organisations, their mediators, and the places they cover.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::identity::{PersonName, Phone};
use super::rules::DisputeKey;
use super::wording::Wording;

mod kind;
pub mod town;

pub use kind::OrganisationKind;

/// Where something lies: `hefeng/qingshi/liuyin`, from the district down. A body covers all below its area.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Area(pub String);

impl Area {
    /// Whether `other` is this area or lies in it.
    pub fn covers(&self, other: &Self) -> bool {
        other
            .0
            .strip_prefix(&self.0)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    pub fn parent(&self) -> Option<Self> {
        self.0
            .rsplit_once('/')
            .map(|(parent, _)| Self(parent.to_owned()))
    }

    pub fn district(&self) -> District {
        let first = self.0.split_once('/').map_or(&*self.0, |(first, _)| first);
        District(first.to_owned())
    }

    /// Whether the two lie in the same next larger area.
    pub fn is_near(&self, other: &Self) -> bool {
        self.parent().is_some_and(|parent| parent.covers(other))
    }
}

/// The first part of an area: 区 or 县. Districts share an installation and nothing else.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct District(pub String);

impl District {
    /// All of it.
    pub fn area(&self) -> Area {
        Area(self.0.clone())
    }
}

impl fmt::Display for District {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// A committee, court or other body, as it is set up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// By which files, staff and other bodies name it; unique in the installation.
    #[serde(default)]
    pub key: OrganisationKey,
    pub kind: OrganisationKind,
    pub name: Wording,
    /// Begins its paper numbers: 柳荫 in 柳荫调协〔2026〕第12号.
    pub prefix: String,
    pub area: Area,
    pub address: String,
    /// Whom to call to learn whether a message is genuine.
    pub phone: Phone,
    pub hours: Wording,
    /// What it works on; empty for everything of its kind.
    pub fields: Vec<DisputeKey>,
    /// The body that it is a part of; it covers the same area or more.
    #[serde(default)]
    pub parent: Option<OrganisationKey>,
    /// What it asks the parties for, where its kind may charge.
    #[serde(default)]
    pub fee: Option<Wording>,
}

/// The name of an organisation in files, such as `liuyin`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OrganisationKey(pub String);

impl fmt::Display for OrganisationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// What a mediator can do, and what could tie them to a party.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MediatorProfile {
    pub name: PersonName,
    pub fields: Vec<DisputeKey>,
    pub languages: Vec<Language>,
    /// How many cases at once.
    pub load_limit: u32,
    pub employer: Option<String>,
    pub address: Option<String>,
    pub relatives: Vec<PersonName>,
    /// Keyed hash of the identity number, as with parties.
    pub fingerprint: Option<String>,
    /// Takes no new cases until the head says otherwise; those in hand stay.
    #[serde(default)]
    pub paused: bool,
}

/// What a mediation can be held in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    Mandarin,
    Wu,
    Cantonese,
    Minnan,
    Hakka,
    Sichuanese,
    Uyghur,
    Tibetan,
    Mongolian,
    Korean,
    English,
    SignLanguage,
}

impl Language {
    pub const ALL: [Self; 12] = [
        Self::Mandarin,
        Self::Wu,
        Self::Cantonese,
        Self::Minnan,
        Self::Hakka,
        Self::Sichuanese,
        Self::Uyghur,
        Self::Tibetan,
        Self::Mongolian,
        Self::Korean,
        Self::English,
        Self::SignLanguage,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Mandarin => "mandarin",
            Self::Wu => "wu",
            Self::Cantonese => "cantonese",
            Self::Minnan => "minnan",
            Self::Hakka => "hakka",
            Self::Sichuanese => "sichuanese",
            Self::Uyghur => "uyghur",
            Self::Tibetan => "tibetan",
            Self::Mongolian => "mongolian",
            Self::Korean => "korean",
            Self::English => "english",
            Self::SignLanguage => "sign_language",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|language| language.name() == name)
    }

    /// Its name in the catalogues.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Mandarin => "law-language-mandarin",
            Self::Wu => "law-language-wu",
            Self::Cantonese => "law-language-cantonese",
            Self::Minnan => "law-language-minnan",
            Self::Hakka => "law-language-hakka",
            Self::Sichuanese => "law-language-sichuanese",
            Self::Uyghur => "law-language-uyghur",
            Self::Tibetan => "law-language-tibetan",
            Self::Mongolian => "law-language-mongolian",
            Self::Korean => "law-language-korean",
            Self::English => "law-language-english",
            Self::SignLanguage => "law-language-sign",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_covers_what_lies_below_it_and_nothing_beside_it() {
        let area = |path: &str| Area(path.to_owned());
        assert!(area("hefeng/qingshi").covers(&area("hefeng/qingshi/liuyin")));
        assert!(area("hefeng/qingshi").covers(&area("hefeng/qingshi")));
        assert!(!area("hefeng/qing").covers(&area("hefeng/qingshi")));
        assert!(area("hefeng/qingshi/liuyin").is_near(&area("hefeng/qingshi/yuquan")));
        assert!(!area("hefeng/qingshi/liuyin").is_near(&area("hefeng/nanqiao/xiting")));
        assert!(!area("hefeng").is_near(&area("beiling")));
        let district = District("hefeng".to_owned());
        assert_eq!(area("hefeng/qingshi/liuyin").district(), district);
        assert_eq!(area("hefeng").district(), district);
        assert_ne!(area("hefengxi/qingshi").district(), district);
    }

    #[test]
    fn names_read_back() {
        for language in Language::ALL {
            assert_eq!(Language::parse(language.name()), Some(language));
        }
    }
}
