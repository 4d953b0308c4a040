//! Reads the data files and checks them whole, so that a slip stops the start with its file and line.

mod danger;
mod disputes;
mod districts;
mod holidays;
mod statutes;
mod tables;
mod terms;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;

use self::danger::danger;
use self::disputes::disputes;
pub(super) use self::districts::district;
use self::holidays::calendar;
use self::statutes::citations;
use self::tables::{amber_days, conditions, limitation, steps, tracks, ways};
use self::terms::terms;
use super::clauses::clauses;
use super::messages::messages;
use super::{Rules, RulesError};
use crate::domain::wording::Wording;

/// One file with its text, able to say on which line something stands.
pub(in crate::domain) struct Source<'a> {
    pub(in crate::domain) file: &'a str,
    pub(in crate::domain) text: &'a str,
}

impl Source<'_> {
    pub(in crate::domain) fn read<T: DeserializeOwned>(&self) -> Result<T, RulesError> {
        toml::from_str(self.text)
            .map_err(|e| self.error(&e.span().unwrap_or_default(), e.message()))
    }

    pub(in crate::domain) fn error(
        &self,
        at: &Range<usize>,
        what: impl Into<String>,
    ) -> RulesError {
        let before = self.text.get(..at.start).unwrap_or_default();
        RulesError {
            file: self.file.to_owned(),
            line: before.matches('\n').count() + 1,
            what: what.into(),
        }
    }

    /// Both languages must be there, and the English must not be a copy of the Chinese.
    pub(in crate::domain) fn wording(
        &self,
        wording: Spanned<Wording>,
    ) -> Result<Wording, RulesError> {
        let at = wording.span();
        let wording = wording.into_inner();
        let is_han = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
        if wording.zh.trim().is_empty() || wording.en.trim().is_empty() {
            return Err(self.error(&at, "a translation is missing"));
        }
        if wording.en.chars().any(is_han) || !wording.zh.chars().any(is_han) {
            return Err(self.error(&at, "a text stands in the wrong language"));
        }
        Ok(wording)
    }

    pub(in crate::domain) fn once<K: Ord + std::fmt::Display + Clone>(
        &self,
        seen: &mut BTreeSet<K>,
        key: &K,
        at: &Range<usize>,
    ) -> Result<(), RulesError> {
        if seen.insert(key.clone()) {
            Ok(())
        } else {
            Err(self.error(at, format!("`{key}` appears twice")))
        }
    }
}

/// Reads all files; see [`Rules::parse`].
pub(super) fn rules(files: &[(&str, &str)]) -> Result<Rules, RulesError> {
    let find = |name: &'static str| {
        files
            .iter()
            .find(|(file, _)| *file == name)
            .map(|(file, text)| Source { file, text })
            .ok_or_else(|| RulesError {
                file: name.to_owned(),
                line: 0,
                what: "the file is missing".to_owned(),
            })
    };
    let citations = citations(&find("statutes.toml")?, &find("gists.toml")?)?;
    let limitation = limitation(&find("limitation.toml")?, &citations)?;
    let disputes = disputes(&find("disputes.toml")?, &citations, &limitation)?;
    let terms = terms(&find("terms.toml")?, &citations, &disputes)?;
    Ok(Rules {
        calendar: calendar(&find("holidays.toml")?)?,
        conditions: conditions(&find("conditions.toml")?, &citations)?,
        tracks: tracks(&find("tracks.toml")?)?,
        ways: ways(&find("ways.toml")?, &citations)?,
        amber_days: amber_days(&find("clocks.toml")?)?,
        steps: steps(&find("ladder.toml")?)?,
        danger: danger(&find("danger.toml")?, &citations)?,
        clauses: clauses(&find("clauses.toml")?, &disputes)?,
        messages: messages(&find("messages.toml")?)?,
        citations,
        limitation,
        disputes,
        terms,
        districts: BTreeMap::new(),
    })
}
