//! What a template may do to a field before it is said: `{{ date | day }}`.

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};
use serde_json::Value;

use super::Form;

/// What a field holds on its way through the filters.
pub(super) enum Held<'a> {
    Value(&'a Value),
    /// Words that are ready, line feeds and all.
    Words(String),
}

impl Form {
    pub(super) fn filtered<'a>(&self, filter: &str, held: &Held<'a>) -> Result<Held<'a>, String> {
        let text = match held {
            Held::Words(words) => Some(words.as_str()),
            Held::Value(value) => variant(value),
        };
        let no_text = || "is no text".to_owned();
        let words = match (filter, held) {
            ("names", Held::Value(Value::Array(items))) => self.names(items)?,
            ("names", _) => return Err("is no list of names".to_owned()),
            ("day", _) => self.day(text.ok_or_else(no_text)?)?,
            ("moment", _) => moment(text.ok_or_else(no_text)?, "%Y-%m-%d %H:%M")?,
            ("second", _) => moment(text.ok_or_else(no_text)?, "%Y-%m-%d %H:%M:%S")?,
            ("lines", _) => several_lines(text.ok_or_else(no_text)?),
            ("bare", Held::Words(words)) => bare(words).to_owned(),
            ("bare", _) => one_line(bare(text.ok_or_else(no_text)?)),
            _ => {
                let key = text.ok_or_else(no_text)?;
                let own = self.words.get(filter);
                let table = own.or_else(|| self.common.words.get(filter));
                let words = table.and_then(|table| table.get(key));
                let missing = || format!("is `{key}`, for which `{filter}` has no words");
                words.ok_or_else(missing)?.clone()
            }
        };
        Ok(Held::Words(words))
    }

    /// Texts, or things with a name.
    fn names(&self, items: &[Value]) -> Result<String, String> {
        let name = |item: &Value| {
            let name = item.as_str().or_else(|| item.get("name")?.as_str());
            name.map(one_line)
                .ok_or_else(|| "holds something without a name".to_owned())
        };
        let names = items.iter().map(name).collect::<Result<Vec<_>, _>>()?;
        Ok(names.join(&self.common.list))
    }

    fn day(&self, text: &str) -> Result<String, String> {
        let date: Date = text
            .parse()
            .or_else(|_no_day| civil(text).map(|civil| civil.date()))
            .map_err(|error| format!("is no day: {error}"))?;
        let common = &self.common;
        let at = usize::from(date.month().unsigned_abs());
        let month = common.months.get(at.wrapping_sub(1)).cloned();
        let month = month.unwrap_or_else(|| date.month().to_string());
        Ok(common
            .day
            .replace("{{ year }}", &date.year().to_string())
            .replace("{{ month }}", &month)
            .replace("{{ day }}", &date.day().to_string()))
    }
}

/// The choice that was made: `"valid"`, or the one key of `{"dismissed": {…}}`.
pub(super) fn variant(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text),
        Value::Object(members) if members.len() == 1 => members.keys().next().map(String::as_str),
        _ => None,
    }
}

/// `2026-11-22 14:30`, in Shanghai.
fn moment(text: &str, form: &str) -> Result<String, String> {
    let civil = civil(text).map_err(|error| format!("is no moment: {error}"))?;
    Ok(civil.strftime(form).to_string())
}

fn civil(text: &str) -> Result<Zoned, jiff::Error> {
    let at: Timestamp = text.parse()?;
    Ok(at.to_zoned(TimeZone::fixed(Offset::constant(8))))
}

/// Within a sentence a line feed would look like the end of it.
pub(super) fn one_line(text: &str) -> String {
    let plain = |c: char| if c.is_control() { ' ' } else { c };
    text.chars().filter(|c| *c != '\r').map(plain).collect()
}

fn several_lines(text: &str) -> String {
    let plain = |c: char| if c.is_control() && c != '\n' { ' ' } else { c };
    text.chars().filter(|c| *c != '\r').map(plain).collect()
}

/// A text without the full stop that its sentence brings along.
pub fn bare(text: &str) -> &str {
    text.trim_end_matches(['。', '；', '，', '.', ';', ' ', '\n'])
}
