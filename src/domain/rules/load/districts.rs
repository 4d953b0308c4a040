//! What a district says otherwise than the house, file by file.

use std::ops::Range;

use super::super::clauses::clauses;
use super::super::messages::messages;
use super::super::{Rules, RulesError, TermRow};
use super::Source;
use super::disputes::disputes;
use super::holidays::calendar;
use super::tables::{some_ways, steps};
use super::terms::rows;
use crate::domain::deadline::Basis;

/// The house's rules with those of a district laid over them; see [`Rules::lay_over`].
pub(in crate::domain::rules) fn district(
    house: &Rules,
    files: &[(&str, &str)],
) -> Result<Rules, RulesError> {
    let mut own = house.clone();
    own.districts.clear();
    // Types of dispute first: terms may name them.
    for wanted in Rules::DISTRICT_FILES {
        let laid = files.iter().find(|(file, _)| named(file) == wanted);
        if let Some((file, text)) = laid {
            lay_over(&mut own, wanted, &Source { file, text })?;
        }
    }
    match files
        .iter()
        .find(|(file, _)| !Rules::DISTRICT_FILES.contains(&named(file)))
    {
        Some((file, _)) => Err(RulesError {
            file: (*file).to_owned(),
            line: 0,
            what: "a district has no such file".to_owned(),
        }),
        None => Ok(own),
    }
}

/// Without its folders.
fn named(file: &str) -> &str {
    file.rsplit_once('/').map_or(file, |(_, name)| name)
}

fn lay_over(own: &mut Rules, name: &str, source: &Source<'_>) -> Result<(), RulesError> {
    match name {
        "disputes.toml" => {
            for dispute in disputes(source, &own.citations, &own.limitation)? {
                match own.disputes.iter_mut().find(|it| it.key == dispute.key) {
                    Some(known) => *known = dispute,
                    None => own.disputes.push(dispute),
                }
            }
        }
        "ladder.toml" => own.steps = steps(source)?,
        "clauses.toml" => {
            for clause in clauses(source, &own.disputes)? {
                match own.clauses.iter_mut().find(|it| it.key == clause.key) {
                    Some(known) => *known = clause,
                    None => own.clauses.push(clause),
                }
            }
        }
        "messages.toml" => {
            for message in messages(source)? {
                match own.messages.iter_mut().find(|it| it.key == message.key) {
                    Some(known) => *known = message,
                    None => own.messages.push(message),
                }
            }
        }
        "holidays.toml" => own.calendar.lay_over(calendar(source)?),
        "terms.toml" => {
            for (at, row) in rows(source, &own.citations, &own.disputes)? {
                lay_term(own, source, &at, row)?;
            }
        }
        _ => own.ways.extend(some_ways(source, &own.citations)?),
    }
    Ok(())
}

/// Only where the house's own term is a default, and no article binds it.
fn lay_term(
    own: &mut Rules,
    source: &Source<'_>,
    at: &Range<usize>,
    row: TermRow,
) -> Result<(), RulesError> {
    let binding = |term: &crate::domain::deadline::Term| term.basis != Basis::HouseDefault;
    let same = |other: &&mut TermRow| {
        (other.key, other.track, &other.only) == (row.key, row.track, &row.only)
    };
    let bound = own
        .terms
        .iter()
        .filter(|other| (other.key, other.track) == (row.key, row.track))
        .filter(|other| other.only.is_empty() || other.only == row.only)
        .any(|other| binding(&other.term));
    if bound || binding(&row.term) {
        return Err(source.error(
            at,
            "a district changes house defaults only, no term of an article",
        ));
    }
    match own.terms.iter_mut().find(same) {
        Some(known) => *known = row,
        None => own.terms.push(row),
    }
    Ok(())
}
