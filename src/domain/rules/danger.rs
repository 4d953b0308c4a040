//! Words that tell of danger, and whom to turn to: data that the operator may change.

use serde::{Deserialize, Serialize};

use crate::domain::citation::Citation;
use crate::domain::wording::Wording;

/// How much a word weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Somebody should look before others.
    Soon,
    /// Somebody is to be called, and nobody is put at one table.
    Urgent,
}

/// One row of danger.toml.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DangerRule {
    pub key: String,
    pub name: Wording,
    pub level: Level,
    pub basis: Vec<Citation>,
    /// In small letters.
    pub words: Vec<String>,
    /// What looks like such a word and is none, such as 剪刀差.
    pub except: Vec<String>,
}

/// A telephone line for whoever is in danger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpLine {
    pub number: String,
    pub name: Wording,
}

/// The whole of danger.toml.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Danger {
    pub rules: Vec<DangerRule>,
    pub lines: Vec<HelpLine>,
}

/// A rule whose words stand in a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matched {
    /// The rule's key.
    pub rule: String,
    pub level: Level,
    pub words: Vec<String>,
}

impl Danger {
    pub fn rule(&self, key: &str) -> Option<&DangerRule> {
        self.rules.iter().find(|rule| rule.key == key)
    }

    /// The rules that a text matches, with the words that did it, the weightier first.
    pub fn find(&self, text: &str) -> Vec<Matched> {
        let text = text.to_lowercase();
        let mut found: Vec<_> = self
            .rules
            .iter()
            .filter_map(|rule| rule.find(&text))
            .collect();
        found.sort_by_key(|matched| std::cmp::Reverse(matched.level));
        found
    }
}

impl DangerRule {
    fn find(&self, text: &str) -> Option<Matched> {
        let mut rest = text.to_owned();
        for harmless in &self.except {
            rest = rest.replace(harmless, " ");
        }
        let stands = |word: &&String| stands(&rest, word);
        let words: Vec<_> = self.words.iter().filter(stands).cloned().collect();
        (!words.is_empty()).then(|| Matched {
            rule: self.key.clone(),
            level: self.level,
            words,
        })
    }
}

/// A Chinese word stands anywhere; one of letters stands for itself, so that a "knife" is not found in "penknifes".
fn stands(text: &str, word: &str) -> bool {
    if !word.is_ascii() {
        return text.contains(word);
    }
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !is_letter(before) && !is_letter(after)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::rules;

    fn found(text: &str) -> Vec<String> {
        let rules = rules();
        let found = rules.danger.find(text);
        found.into_iter().map(|matched| matched.rule).collect()
    }

    #[test]
    fn a_threat_is_found_in_both_languages_with_its_words() {
        let rules = rules();
        let zh = rules.danger.find("昨晚他拿刀堵在门口，说要砍死我");
        assert_eq!(zh[0].rule, "weapon");
        assert!(zh[0].words.contains(&"拿刀".to_owned()), "{zh:?}");
        assert_eq!(zh[0].level, Level::Urgent);
        assert_eq!(found("He came with a KNIFE."), ["weapon"]);
    }

    #[test]
    fn ordinary_quarrels_and_words_that_only_look_alike_match_nothing() {
        for text in [
            "夜里总有拖椅子的声音，楼上不肯听劝。",
            "The penknives shop below plays music after ten.",
            "门口的刀削面馆油烟很大。",
            "物业费收得太贵，简直要命，账目不清。",
        ] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }

    #[test]
    fn every_rule_names_an_article_and_the_help_lines_begin_with_the_police() {
        let rules = rules();
        assert!(rules.danger.rules.iter().all(|rule| !rule.basis.is_empty()));
        assert_eq!(rules.danger.lines[0].number, "110");
    }
}
