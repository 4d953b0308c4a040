//! Names of people, as they would be written on an agreement.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A trimmed name of 1 to 60 characters without control characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PersonName(String);

/// Why a name was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    #[error("no name was given")]
    Empty,
    #[error("a name has at most 60 characters")]
    TooLong,
    #[error("a name has no control characters")]
    Control,
}

impl NameError {
    /// The stable message key for forms.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Empty => "law-name-empty",
            Self::TooLong => "law-name-too-long",
            Self::Control => "law-name-control",
        }
    }
}

/// What no reader ever sees: marks of direction, of places to break and to join, fillers, and marks of a character's variant.
pub const fn is_unseen(character: char) -> bool {
    matches!(
        character,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}'
    )
}

/// Two-character surnames in use, so that an invitation from 欧阳 does not call her 欧.
const COMPOUND: [&str; 18] = [
    "欧阳", "司马", "上官", "诸葛", "司徒", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "令狐", "宇文",
    "长孙", "东方", "南宫", "端木", "轩辕", "呼延",
];

impl PersonName {
    pub fn parse(text: &str) -> Result<Self, NameError> {
        let name = text.trim();
        if name.is_empty() {
            return Err(NameError::Empty);
        }
        // Invisible direction marks could make one name look like another on an agreement.
        if name.chars().any(|c| c.is_control() || is_unseen(c)) {
            return Err(NameError::Control);
        }
        if name.chars().count() > 60 {
            return Err(NameError::TooLong);
        }
        Ok(Self(name.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What an invitation may say before anybody has proved who they are: 王 for 王小明. None of what is no name of a person
    /// in Chinese characters: a company, or a name whose parts stand in another order.
    pub fn surname(&self) -> Option<&str> {
        let is_han = |c: char| matches!(c, '\u{3007}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}');
        let is_persons = self.0.chars().all(is_han) && self.0.chars().count() <= 4;
        is_persons.then(|| self.called())
    }

    fn called(&self) -> &str {
        let name = &self.0;
        if name.is_ascii() {
            return name.split_whitespace().next_back().unwrap_or(name);
        }
        if let Some(compound) = COMPOUND.iter().find(|surname| name.starts_with(**surname)) {
            return compound;
        }
        name.split(['·', ' '])
            .next()
            .filter(|first| first.len() < name.len())
            .unwrap_or_else(|| {
                name.char_indices()
                    .nth(1)
                    .map_or(name.as_str(), |(end, _)| &name[..end])
            })
    }

    /// 王** for 王小明: for lists that others may see.
    pub fn masked(&self) -> String {
        let surname = self.called();
        let rest = self
            .0
            .chars()
            .count()
            .saturating_sub(surname.chars().count())
            .clamp(1, 2);
        format!("{surname}{}", "*".repeat(rest))
    }
}

impl fmt::Display for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl TryFrom<String> for PersonName {
    type Error = NameError;

    fn try_from(text: String) -> Result<Self, NameError> {
        Self::parse(&text)
    }
}

impl From<PersonName> for String {
    fn from(name: PersonName) -> Self {
        name.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_trimmed_and_hidden_characters_refused() {
        assert_eq!(PersonName::parse("  王小明 ").unwrap().as_str(), "王小明");
        assert_eq!(PersonName::parse(" \u{3000}"), Err(NameError::Empty));
        for name in [
            "王\u{0}明",
            "王\n明",
            "\u{202E}明王",
            "张\u{34F}三",
            "张\u{200D}三",
        ] {
            assert_eq!(PersonName::parse(name), Err(NameError::Control));
        }
        assert_eq!(PersonName::parse(&"王".repeat(61)), Err(NameError::TooLong));
        assert!(PersonName::parse(&"王".repeat(60)).is_ok());
    }

    #[test]
    fn the_surname_is_what_a_neighbour_would_call() {
        for (name, surname, masked) in [
            ("王小明", Some("王"), "王**"),
            ("欧阳修竹", Some("欧阳"), "欧阳**"),
            ("阿依古丽·买买提", None, "阿依古丽**"),
            ("Anna Maria Berg", None, "Berg**"),
            ("José Núñez", None, "José**"),
            ("安宁市和平物业有限公司", None, "安**"),
            ("李", Some("李"), "李*"),
        ] {
            let name = PersonName::parse(name).unwrap();
            assert_eq!((name.surname(), name.masked().as_str()), (surname, masked));
        }
    }

    #[test]
    fn a_stored_name_is_checked_when_it_is_read_back() {
        assert!(serde_json::from_str::<PersonName>("\"\"").is_err());
        assert_eq!(
            serde_json::from_str::<PersonName>("\"李四\"")
                .unwrap()
                .as_str(),
            "李四"
        );
    }
}
