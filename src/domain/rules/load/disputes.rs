//! Types of dispute and the way each goes.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::super::RulesError;
use super::super::dispute::{
    Arbitration, Committee, Concern, Confirmability, DisputeKey, DisputeType, Signing,
};
use super::super::limitation::LimitationTable;
use super::Source;
use super::statutes::cited;
use crate::domain::citation::{Citation, Citations};
use crate::domain::claim::ClaimKind;
use crate::domain::wording::Wording;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DisputesFile {
    dispute: Vec<Spanned<RawDispute>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDispute {
    key: Spanned<String>,
    name: Spanned<Wording>,
    by: Committee,
    basis: Vec<Spanned<Citation>>,
    remedy: Spanned<Wording>,
    arbitration: Arbitration,
    confirmation: Confirmability,
    concerns: Option<Concern>,
    #[serde(default)]
    fraud_check: bool,
    #[serde(default)]
    violence_screen: bool,
    #[serde(default)]
    government_first: bool,
    esign: Signing,
    claims: BTreeMap<ClaimKind, Spanned<String>>,
}

pub(in crate::domain::rules) fn disputes(
    source: &Source<'_>,
    citations: &Citations,
    limitation: &LimitationTable,
) -> Result<Vec<DisputeType>, RulesError> {
    let mut seen = BTreeSet::new();
    source
        .read::<DisputesFile>()?
        .dispute
        .into_iter()
        .map(|raw| {
            let at = raw.span();
            let raw = raw.into_inner();
            source.once(&mut seen, raw.key.get_ref(), &raw.key.span())?;
            dispute(source, citations, limitation, raw, &at)
        })
        .collect()
}

fn dispute(
    source: &Source<'_>,
    citations: &Citations,
    limitation: &LimitationTable,
    raw: RawDispute,
    at: &Range<usize>,
) -> Result<DisputeType, RulesError> {
    if raw.basis.is_empty() {
        return Err(source.error(at, format!("`{}` names no article", raw.key.get_ref())));
    }
    if raw.concerns.is_some() == (raw.confirmation == Confirmability::Yes) {
        return Err(source.error(
            at,
            "`concerns` is given exactly where confirmation is not `yes`",
        ));
    }
    let mut claims = BTreeMap::new();
    for (kind, rule) in raw.claims {
        if limitation.rule(rule.get_ref()).is_none() {
            return Err(source.error(
                &rule.span(),
                format!("unknown limitation rule `{}`", rule.get_ref()),
            ));
        }
        claims.insert(kind, rule.into_inner());
    }
    Ok(DisputeType {
        key: DisputeKey(raw.key.into_inner()),
        name: source.wording(raw.name)?,
        by: raw.by,
        basis: cited(source, citations, raw.basis)?,
        remedy: source.wording(raw.remedy)?,
        arbitration: raw.arbitration,
        confirmation: raw.confirmation,
        concerns: raw.concerns,
        fraud_check: raw.fraud_check,
        violence_screen: raw.violence_screen,
        government_first: raw.government_first,
        esign: raw.esign,
        claims,
    })
}
