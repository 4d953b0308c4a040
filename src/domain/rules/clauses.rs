//! Clauses that mediators begin with, by type of dispute.

use std::collections::BTreeSet;

use serde::Deserialize;
use toml::Spanned;

use super::dispute::{DisputeKey, DisputeType};
use super::load::Source;
use super::{Rules, RulesError};
use crate::domain::fillers;
use crate::domain::wording::Wording;

/// A clause to begin with; the mediator changes what does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseTemplate {
    pub key: String,
    pub name: Wording,
    /// Empty: for every type.
    pub disputes: Vec<DisputeKey>,
    pub act: Wording,
    pub proof: Wording,
    pub on_default: Wording,
    /// The last day that is proposed, counted from today.
    pub days: u16,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClausesFile {
    clause: Vec<RawClause>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawClause {
    key: Spanned<String>,
    name: Spanned<Wording>,
    disputes: Vec<Spanned<DisputeKey>>,
    act: Spanned<Wording>,
    proof: Spanned<Wording>,
    on_default: Spanned<Wording>,
    days: u16,
}

impl Rules {
    /// The clauses to begin with in a type of dispute, its own first.
    pub fn clause_templates(&self, dispute: &DisputeKey) -> Vec<&ClauseTemplate> {
        let own = self.clauses.iter();
        let own = own.filter(|it| it.disputes.contains(dispute));
        let general = self.clauses.iter().filter(|it| it.disputes.is_empty());
        own.chain(general).collect()
    }
}

pub(super) fn clauses(
    source: &Source<'_>,
    known: &[DisputeType],
) -> Result<Vec<ClauseTemplate>, RulesError> {
    let mut seen = BTreeSet::new();
    let mut list = Vec::new();
    for raw in source.read::<ClausesFile>()?.clause {
        let at = raw.key.span();
        let key = raw.key.into_inner();
        source.once(&mut seen, &key, &at)?;
        let mut disputes = Vec::new();
        for dispute in raw.disputes {
            let at = dispute.span();
            let dispute = dispute.into_inner();
            if !known.iter().any(|it| it.key == dispute) {
                let what = format!("`{}` is no type of dispute", dispute.0);
                return Err(source.error(&at, what));
            }
            disputes.push(dispute);
        }
        list.push(ClauseTemplate {
            key,
            name: source.wording(raw.name)?,
            disputes,
            act: fillable(source, raw.act)?,
            proof: fillable(source, raw.proof)?,
            on_default: fillable(source, raw.on_default)?,
            days: raw.days,
        });
    }
    Ok(list)
}

/// A text in which every name in braces is one that can be filled in.
pub(super) fn fillable(source: &Source<'_>, text: Spanned<Wording>) -> Result<Wording, RulesError> {
    let at = text.span();
    let wording = source.wording(text)?;
    for text in [&wording.zh, &wording.en] {
        if let Err(unknown) = fillers::check(text) {
            return Err(source.error(&at, unknown.to_string()));
        }
    }
    Ok(wording)
}

#[cfg(test)]
mod tests {
    use super::super::tests::rules;
    use super::*;

    fn source(text: &str) -> Source<'_> {
        Source {
            file: "clauses.toml",
            text,
        }
    }

    #[test]
    fn every_type_has_a_clause_and_those_of_its_own_come_first() {
        let rules = rules();
        for dispute in rules.disputes() {
            let listed = rules.clause_templates(&dispute.key);
            assert!(!listed.is_empty(), "{}", dispute.key.0);
        }
        let noise = rules.clause_templates(&DisputeKey("noise".to_owned()));
        assert_eq!(noise[0].key, "quiet-hours");
        assert!(noise.iter().all(|it| it.key != "return-deposit"));
        assert!(noise.iter().any(|it| it.disputes.is_empty()));
    }

    #[test]
    fn an_unknown_type_or_name_in_braces_stops_the_start_with_its_line() {
        let known: Vec<_> = rules().disputes().cloned().collect();
        let text = include_str!("../../../assets/data/clauses.toml");
        for (from, to) in [("\"noise\"", "\"nose\""), ("{地点}", "{天气}")] {
            let wrong = text.replace(from, to);
            let error = clauses(&source(&wrong), &known).unwrap_err();
            assert!(error.line > 0, "{error}");
            let told = error.what.contains("nose") || error.what.contains("天气");
            assert!(told, "{error}");
        }
    }

    #[test]
    fn a_district_says_a_clause_otherwise_and_adds_its_own() {
        let mut house = rules();
        let text = include_str!("../../../assets/data/clauses.toml");
        let one = text.split("\n[[clause]]").nth(1).unwrap();
        let own = format!("[[clause]]{}", one.replace("二十二时", "二十一时"));
        let district = crate::domain::organisation::District("beiling".to_owned());
        let file = ("districts/beiling/clauses.toml", own.as_str());
        house.lay_over(district.clone(), &[file]).unwrap();
        let noise = DisputeKey("noise".to_owned());
        let act = |rules: &Rules| rules.clause_templates(&noise)[0].act.zh.clone();
        assert!(act(house.of(&district)).contains("二十一时"));
        assert!(act(&house).contains("二十二时"), "nobody else's");
        let many = |rules: &Rules| rules.clause_templates(&noise).len();
        assert_eq!(many(house.of(&district)), many(&house));
    }
}
