//! The holidays of each year and the weekends worked for them.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};
use serde::Deserialize;
use toml::Spanned;

use super::super::RulesError;
use super::super::calendar::{Calendar, YearTable};
use super::Source;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HolidaysFile {
    year: Vec<RawYear>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawYear {
    year: Spanned<i16>,
    source: String,
    holidays: Vec<RawHoliday>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawHoliday {
    name: Spanned<String>,
    from: Date,
    to: Date,
    worked: Vec<Spanned<Date>>,
}

pub(in crate::domain::rules) fn calendar(source: &Source<'_>) -> Result<Calendar, RulesError> {
    let mut years = BTreeMap::new();
    for raw in source.read::<HolidaysFile>()?.year {
        let at = raw.year.span();
        let year = raw.year.into_inner();
        let mut table = YearTable {
            source: raw.source,
            ..YearTable::default()
        };
        for holiday in raw.holidays {
            add_holiday(source, year, holiday, &mut table)?;
        }
        if years.insert(year, table).is_some() {
            return Err(source.error(&at, format!("the year {year} appears twice")));
        }
    }
    Ok(Calendar::new(years))
}

fn add_holiday(
    source: &Source<'_>,
    year: i16,
    holiday: RawHoliday,
    table: &mut YearTable,
) -> Result<(), RulesError> {
    let at = holiday.name.span();
    let name = holiday.name.into_inner();
    // An arrangement may reach into the December before its year, and no further.
    let belongs = |day: Date| day.year() == year || (day.year() == year - 1 && day.month() == 12);
    if holiday.to < holiday.from || !belongs(holiday.from) || holiday.to.year() != year {
        return Err(source.error(
            &at,
            format!("`{name}` does not lie in {year}, first day before last"),
        ));
    }
    table.off.extend(
        holiday
            .from
            .series(jiff::Span::new().days(1))
            .take_while(|day| *day <= holiday.to),
    );
    for worked in holiday.worked {
        let day = *worked.get_ref();
        if !belongs(day) || !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            return Err(source.error(&worked.span(), format!("{day} is no weekend day of {year}")));
        }
        table.worked.insert(day);
    }
    Ok(())
}
