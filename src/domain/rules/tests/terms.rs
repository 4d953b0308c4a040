//! Lengths by track, and the published years.

use jiff::civil::{Date, date};

use super::*;
use crate::domain::deadline::{Basis, Unit};

#[test]
fn a_current_year_without_holiday_data_stops_the_start() {
    assert!(rules().check_year(date(2026, 11, 22)).is_ok());
    assert!(rules().check_year(date(2025, 1, 1)).is_ok());
    assert_eq!(
        rules()
            .check_year(date(2027, 1, 1))
            .unwrap_err()
            .to_string(),
        "holidays.toml has no table for the current year 2027"
    );
}

#[test]
fn the_holidays_of_2026_are_those_of_the_notice() {
    let calendar = rules().calendar;
    let days_off = |from: Date, to: Date| {
        from.series(jiff::Span::new().days(1))
            .take_while(|d| *d <= to)
            .all(|d| !calendar.is_working_day(d))
    };
    assert!(days_off(date(2026, 2, 15), date(2026, 2, 23)));
    assert!(days_off(date(2026, 10, 1), date(2026, 10, 7)));
    for worked in [
        date(2026, 1, 4),
        date(2026, 2, 14),
        date(2026, 2, 28),
        date(2026, 5, 9),
        date(2026, 9, 20),
        date(2026, 10, 10),
    ] {
        assert!(calendar.is_working_day(worked), "{worked}");
    }
    let in_2026 = date(2026, 1, 1)
        .series(jiff::Span::new().days(1))
        .take_while(|d| d.year() == 2026);
    // 365 days, 104 weekend days and 13 statutory holidays (国务院, since 2025).
    assert_eq!(
        in_2026.filter(|d| calendar.is_working_day(*d)).count(),
        365 - 104 - 13
    );
}

#[test]
fn court_mediation_is_bound_by_article_24_and_the_others_by_the_house() {
    let rules = rules();
    let length = |track| {
        rules
            .term(TermKey::Mediation, track)
            .map(|t| (t.length, t.basis.clone()))
            .unwrap()
    };
    let article = Basis::Article("online-mediation@2022-01-01 24".parse().unwrap());
    assert_eq!(length(Track::CourtDelegated), (30, article.clone()));
    assert_eq!(length(Track::CourtEntrusted), (15, article.clone()));
    let simple = rules
        .term(TermKey::MediationSimple, Track::CourtEntrusted)
        .unwrap();
    assert_eq!((simple.length, &simple.basis), (7, &article));
    assert_eq!(length(Track::People), (30, Basis::HouseDefault));
    let labour = rules
        .term_for(TermKey::Mediation, Track::Industry, &key("wages"))
        .unwrap();
    assert_eq!((labour.length, labour.unit), (15, Unit::CalendarDays));
}

#[test]
fn the_joint_application_has_thirty_days_by_article_33() {
    let effect: Timestamp = "2026-11-22T08:00:00Z".parse().unwrap();
    let due = rules().due(TermKey::Confirmation, Track::People, effect);
    assert_eq!((due.day(), due.provisional), (date(2026, 12, 22), false));
    assert_eq!(
        due.basis,
        Basis::Article("peoples-mediation@2011-01-01 33".parse().unwrap())
    );
}
