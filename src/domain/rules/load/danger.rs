//! Words of danger and the help lines.

use std::collections::BTreeSet;

use serde::Deserialize;
use toml::Spanned;

use super::super::RulesError;
use super::super::danger::{Danger, DangerRule, HelpLine, Level};
use super::Source;
use super::statutes::cited;
use crate::domain::citation::{Citation, Citations};
use crate::domain::wording::Wording;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DangerFile {
    rule: Vec<RawRule>,
    line: Vec<RawLine>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    key: Spanned<String>,
    name: Spanned<Wording>,
    level: Level,
    basis: Vec<Spanned<Citation>>,
    zh: Vec<String>,
    en: Vec<String>,
    except: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLine {
    number: Spanned<String>,
    name: Spanned<Wording>,
}

pub(in crate::domain::rules) fn danger(
    source: &Source<'_>,
    citations: &Citations,
) -> Result<Danger, RulesError> {
    let file = source.read::<DangerFile>()?;
    let mut seen = BTreeSet::new();
    let rule = |raw: RawRule| {
        source.once(&mut seen, raw.key.get_ref(), &raw.key.span())?;
        rule(source, citations, raw)
    };
    let rules: Result<Vec<_>, _> = file.rule.into_iter().map(rule).collect();
    let line = |raw: RawLine| {
        let at = raw.number.span();
        let number = raw.number.into_inner();
        if number.is_empty() || !number.chars().all(|c| c.is_ascii_digit()) {
            return Err(source.error(&at, format!("`{number}` is no number to call")));
        }
        let name = source.wording(raw.name)?;
        Ok(HelpLine { number, name })
    };
    let lines: Result<Vec<_>, _> = file.line.into_iter().map(line).collect();
    Ok(Danger {
        rules: rules?,
        lines: lines?,
    })
}

fn rule(
    source: &Source<'_>,
    citations: &Citations,
    raw: RawRule,
) -> Result<DangerRule, RulesError> {
    let at = raw.key.span();
    let key = raw.key.into_inner();
    if raw.basis.is_empty() || raw.zh.is_empty() || raw.en.is_empty() {
        let what = format!("`{key}` needs an article and words in both languages");
        return Err(source.error(&at, what));
    }
    let words: Vec<_> = raw
        .zh
        .iter()
        .chain(&raw.en)
        .map(|it| it.to_lowercase())
        .collect();
    if words.iter().any(|word| word.trim().is_empty()) {
        return Err(source.error(&at, format!("`{key}` has an empty word")));
    }
    Ok(DangerRule {
        key,
        name: source.wording(raw.name)?,
        level: raw.level,
        basis: cited(source, citations, raw.basis)?,
        words,
        except: raw.except.iter().map(|it| it.to_lowercase()).collect(),
    })
}
