//! Names in braces that a text is filled with from the case: {申请人}, {金额}, {15天后}. A name that nobody knows is refused, so
//! that no brace ever reaches a paper.

use jiff::Span;
use jiff::civil::Date;

use super::case::Case;
use super::money::Fen;
use super::party::PartyRole;
use super::session::{SessionState, Venue};
use super::time::civil;

/// What a text may be filled with, by its Chinese and its English name.
const NAMES: [(&str, &str); 8] = [
    ("申请人", "claimant"),
    ("被申请人", "respondent"),
    ("调解员", "mediator"),
    ("案号", "number"),
    ("地点", "place"),
    ("金额", "sum"),
    ("今天", "today"),
    ("见面时间", "session"),
];

/// Why a text is not filled.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfilled {
    /// Nobody knows such a name.
    #[error("nothing is called {{{0}}}")]
    Unknown(String),
    /// The case has no such thing.
    #[error("the case has no {{{0}}}")]
    Missing(String),
}

/// What only the caller knows of a case.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    pub case: &'a Case,
    pub mediator: &'a str,
    pub today: Date,
}

/// The text with every name in braces filled in.
///
/// # Errors
/// The first name that is unknown, or of which the case has nothing.
pub fn fill(text: &str, facts: &Facts<'_>) -> Result<String, Unfilled> {
    each(text, |name| value(name, facts))
}

/// Whether every name in braces is one that can be filled in, in some case.
///
/// # Errors
/// The first that is not.
pub fn check(text: &str) -> Result<(), Unfilled> {
    each(text, |name| {
        let known = NAMES.iter().any(|(zh, en)| name == *zh || name == *en);
        if known || days(name).is_some() {
            Ok(String::new())
        } else {
            Err(Unfilled::Unknown(name.to_owned()))
        }
    })
    .map(|_filled| ())
}

fn each(
    text: &str,
    mut value: impl FnMut(&str) -> Result<String, Unfilled>,
) -> Result<String, Unfilled> {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(['{', '｛']) {
        filled.push_str(before);
        let (name, behind) = after.split_once(['}', '｝']).unwrap_or((after, ""));
        filled.push_str(&value(name.trim())?);
        rest = behind;
    }
    filled.push_str(rest);
    Ok(filled)
}

fn value(name: &str, facts: &Facts<'_>) -> Result<String, Unfilled> {
    let case = facts.case;
    let found = match name {
        "申请人" | "claimant" => people(case, PartyRole::Claimant),
        "被申请人" | "respondent" => people(case, PartyRole::Respondent),
        "调解员" | "mediator" => facts.mediator.to_owned(),
        "案号" | "number" => case.number.clone(),
        "地点" | "place" => case.place.address.clone(),
        "金额" | "sum" => sum(case),
        "今天" | "today" => day(facts.today),
        "见面时间" | "session" => session(case),
        other => match days(other) {
            Some(days) => day(facts.today.saturating_add(Span::new().days(days))),
            None => return Err(Unfilled::Unknown(name.to_owned())),
        },
    };
    if found.trim().is_empty() {
        return Err(Unfilled::Missing(name.to_owned()));
    }
    Ok(found)
}

fn people(case: &Case, role: PartyRole) -> String {
    let of = case.parties.iter().filter(|party| party.role == role);
    let names: Vec<&str> = of.map(|party| party.name.as_str()).collect();
    names.join("、")
}

/// The sum that is asked for; nothing where several are.
fn sum(case: &Case) -> String {
    let mut sums = case.claims.iter().filter_map(|claim| claim.amount);
    match (sums.next(), sums.next()) {
        (Some(Fen(sum)), None) => Fen(sum).to_string(),
        _ => String::new(),
    }
}

/// When the next session is, and where if people come to one place.
fn session(case: &Case) -> String {
    let sessions = case.stage.work().into_iter().flat_map(|it| &it.sessions);
    let ahead = sessions.filter(|it| it.state == SessionState::Scheduled);
    let Some(next) = ahead.min_by_key(|it| it.at) else {
        return String::new();
    };
    let at = civil(next.at);
    let (day, time) = (day(at.date()), at.strftime("%H:%M"));
    let place = next.venue.as_ref().map(Venue::says).unwrap_or_default();
    format!("{day}{time} {place}").trim().to_owned()
}

/// `15天后`, `in 15 days`: at most ten years.
fn days(name: &str) -> Option<i64> {
    let number = name
        .strip_suffix("天后")
        .or_else(|| name.strip_prefix("in ")?.strip_suffix(" days"))?;
    let days: i64 = number.trim().parse().ok()?;
    (1..=3650).contains(&days).then_some(days)
}

/// As papers write it.
fn day(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::domain::action::Action;
    use crate::domain::fixture::{Quarrel, SESSION, rules};

    fn filled(text: &str) -> Result<String, Unfilled> {
        let rules = rules();
        let case = Quarrel::new(&rules).case;
        let facts = Facts {
            case: &case,
            mediator: "陈明",
            today: date(2026, 11, 22),
        };
        fill(text, &facts)
    }

    #[test]
    fn names_sums_and_days_come_from_the_case() {
        let rules = rules();
        let case = Quarrel::new(&rules).case;
        let (claimant, respondent) = (&case.parties[0].name, &case.parties[1].name);
        assert_eq!(
            filled("{申请人}和｛被申请人｝在{今天}找{mediator}，{15天后}前做完").unwrap(),
            format!("{claimant}和{respondent}在2026年11月22日找陈明，2026年12月7日前做完")
        );
    }

    #[test]
    fn the_next_session_is_told_with_its_place_and_missing_where_none_is_set() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active();
        let said = |quarrel: &Quarrel| {
            let facts = Facts {
                case: &quarrel.case,
                mediator: "陈明",
                today: date(2026, 11, 22),
            };
            fill("{见面时间}", &facts)
        };
        assert_eq!(
            said(&quarrel),
            Err(Unfilled::Missing("见面时间".to_owned()))
        );
        let schedule = Action::ScheduleSession {
            session: SESSION,
            at: "2026-03-20T06:30:00Z".parse().unwrap(),
            minutes: 60,
            venue: Some(Venue {
                address: "和平路8号".to_owned(),
                room: "1号调解室".to_owned(),
                mixed: false,
                kept: None,
            }),
        };
        quarrel.act("mediator", schedule);
        assert_eq!(
            said(&quarrel).unwrap(),
            "2026年3月20日14:30 和平路8号 1号调解室"
        );
    }

    #[test]
    fn a_name_that_nobody_knows_is_refused_and_so_is_an_open_brace() {
        let unknown = |name: &str| Err(Unfilled::Unknown(name.to_owned()));
        assert_eq!(filled("请{对方}道歉"), unknown("对方"));
        assert_eq!(filled("请{"), unknown(""));
        assert_eq!(check("{0天后}"), Err(Unfilled::Unknown("0天后".to_owned())));
        assert_eq!(check("{in 3 days}｛金额｝"), Ok(()));
    }

    proptest! {
        #[test]
        fn no_brace_is_left_in_what_was_filled(text in "[{}｛｝申请人a-z]{0,40}") {
            if let Ok(filled) = filled(&text) {
                prop_assert!(!filled.contains(['{', '｛']), "{filled}");
            }
        }
    }
}
