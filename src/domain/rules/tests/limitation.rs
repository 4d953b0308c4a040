//! How long claims may wait.

use jiff::civil::date;

use super::*;
use crate::domain::rules::limitation::{ClaimDates, Limitation};

#[test]
fn stopping_a_nuisance_knows_no_limitation_and_money_has_three_years() {
    let rules = rules();
    let dates = ClaimDates {
        known: Some(date(2026, 3, 2)),
        ..ClaimDates::default()
    };
    let stop = rules
        .limitation(&key("noise"), ClaimKind::Stop, &dates)
        .unwrap();
    assert_eq!(
        stop,
        Limitation::None {
            basis: vec!["civil-code@2021-01-01 196(1)".parse().unwrap()]
        }
    );
    let Limitation::Runs {
        until, interrupted, ..
    } = rules
        .limitation(&key("noise"), ClaimKind::Money, &dates)
        .unwrap()
    else {
        panic!("money runs")
    };
    assert_eq!((until.day(), interrupted), (date(2029, 3, 2), None));
    let unknown = rules.limitation(&key("noise"), ClaimKind::Money, &ClaimDates::default());
    assert!(matches!(
        unknown,
        Some(Limitation::Unknown { years: 3, .. })
    ));
    assert_eq!(
        rules.limitation(&key("divorce"), ClaimKind::Money, &dates),
        None
    );
}

#[test]
fn asking_a_committee_lets_the_time_run_anew_unless_it_is_over() {
    // 诉讼时效规定 12, 民法典 195
    let rules = rules();
    let asked = |asked| ClaimDates {
        known: Some(date(2023, 11, 30)),
        last: None,
        mediation_asked: Some(asked),
    };
    let money = |dates| {
        rules
            .limitation(&key("rent-deposit"), ClaimKind::Money, &dates)
            .unwrap()
    };
    let Limitation::Runs {
        until,
        interrupted: Some(by),
        ..
    } = money(asked(date(2026, 11, 22)))
    else {
        panic!("interrupted")
    };
    assert_eq!(
        (until.day(), by.until.day()),
        (date(2026, 11, 30), date(2029, 11, 22))
    );
    assert_eq!(
        by.basis.iter().map(|c| c.article).collect::<Vec<_>>(),
        [12, 195]
    );
    assert_eq!(
        rules.limitation_anew(&key("rent-deposit"), ClaimKind::Money, date(2026, 11, 22)),
        Some(by)
    );
    let stop = rules.limitation_anew(&key("noise"), ClaimKind::Stop, date(2026, 11, 22));
    assert_eq!(stop, None, "what knows no limit has none to begin anew");
    let late = money(asked(date(2026, 12, 1)));
    assert!(matches!(
        &late,
        Limitation::Runs {
            interrupted: None,
            ..
        }
    ));
    assert!(late.has_passed(date(2026, 12, 1)));
}

#[test]
fn labour_has_one_year_rural_land_two_and_support_no_limit() {
    let rules = rules();
    let dates = ClaimDates {
        known: Some(date(2026, 3, 2)),
        ..ClaimDates::default()
    };
    let year = |name: &str| match rules
        .limitation(&key(name), ClaimKind::Money, &dates)
        .unwrap()
    {
        Limitation::Runs { until, .. } => Some(until.day().year()),
        _ => None,
    };
    assert_eq!(year("wages"), Some(2027));
    assert_eq!(year("contracted-land"), Some(2028));
    assert_eq!(year("elder-support"), None);
}
