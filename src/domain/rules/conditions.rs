//! What stands in the way of judicial confirmation: the list, and what the platform can point at by itself.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Rules;
use super::dispute::{Concern, DisputeKey};
use crate::domain::citation::Citation;
use crate::domain::deadline::Due;
use crate::domain::money::Fen;
use crate::domain::track::Track;
use crate::domain::wording::Wording;

/// A row of conditions.toml.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    pub key: String,
    pub article: Citation,
    pub effect: Effect,
    pub found: Found,
    /// What it would be, in our own words.
    pub text: Wording,
}

/// What follows when it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// 不予受理
    NotAccepted,
    /// 驳回
    Dismissed,
}

/// Who can see it: the platform from its facts, or only a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    Rule,
    Hand,
}

/// What the platform knows about an application.
#[derive(Clone, Debug)]
pub struct Application<'a> {
    pub dispute: &'a DisputeKey,
    pub track: Track,
    pub all_parties_joined: bool,
    /// When all had joined, or now.
    pub filed_at: Timestamp,
    /// The end of the 30 days.
    pub confirm_by: &'a Due,
    pub clauses: &'a [ClauseFacts<'a>],
}

/// One clause, as far as the platform reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClauseFacts<'a> {
    pub act: &'a str,
    pub amount: Option<Fen>,
    pub deadline: Option<Date>,
}

/// How a condition looks to the platform. It only points; clerk and judge answer every line themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look<'a> {
    pub condition: &'a Condition,
    pub seen: Seen,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// The facts point at it; the key says why.
    Suspected { why: &'static str },
    /// The facts speak against it.
    Clear,
    /// A person has to look.
    ByHand,
}

/// Every condition in the order of the data, with what the platform sees.
pub(in crate::domain) fn precheck<'a>(
    rules: &'a Rules,
    application: &Application<'_>,
) -> Vec<Look<'a>> {
    rules
        .conditions()
        .map(|condition| Look {
            condition,
            seen: look(rules, condition, application),
        })
        .collect()
}

fn look(rules: &Rules, condition: &Condition, it: &Application<'_>) -> Seen {
    if condition.found == Found::Hand {
        return Seen::ByHand;
    }
    let concerns = rules
        .dispute(it.dispute)
        .and_then(|dispute| dispute.concerns);
    let (holds, why) = match condition.key.as_str() {
        "identity-relation" => (concerns == Some(Concern::Status), "law-look-status"),
        "title" => (concerns == Some(Concern::Title), "law-look-title"),
        "not-joint" => (!it.all_parties_joined, "law-look-not-joint"),
        "late" => (it.confirm_by.has_passed(it.filed_at), "law-look-late"),
        "no-organisation" => (!rules.is_track_confirmable(it.track), "law-look-track"),
        "unclear" => (!is_clear(it.clauses), "law-look-unclear"),
        // The loader admits no other key as found by rule.
        _ => return Seen::ByHand,
    };
    if holds {
        Seen::Suspected { why }
    } else {
        Seen::Clear
    }
}

/// Keys that [`precheck`] knows how to see by rule.
pub(super) const BY_RULE: [&str; 6] = [
    "identity-relation",
    "title",
    "not-joint",
    "late",
    "no-organisation",
    "unclear",
];

/// A duty without words, a sum without an amount or a day that is missing cannot be enforced.
fn is_clear(clauses: &[ClauseFacts<'_>]) -> bool {
    let speaks_of_money = |act: &str| {
        ["支付", "赔偿", "补偿", "退还", "返还押金", "pay", "refund"]
            .iter()
            .any(|word| act.contains(word))
    };
    !clauses.is_empty()
        && clauses.iter().all(|clause| {
            !clause.act.trim().is_empty()
                && clause.deadline.is_some()
                && (clause.amount.is_some() || !speaks_of_money(clause.act))
        })
}
