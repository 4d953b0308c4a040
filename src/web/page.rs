//! Pages: a struct with a template, rendered in the reader's language. The only place that knows the template engine.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use rust_embed::RustEmbed;
use serde::Serialize;
use tera::{Context, Kwargs, State as Scope, Tera, TeraResult, Value};

use super::assets::Assets;
use crate::i18n::{Filler, Locale, Text, Texts};

/// The templates as shipped.
#[derive(RustEmbed)]
#[folder = "templates"]
struct Shipped;

/// A page: its fields are what its template may say. Every page is listed in `pages::samples`.
pub trait Page: Serialize {
    /// The template's name below `templates/`, such as `pages/home.html`.
    const TEMPLATE: &'static str;

    /// Filled examples, one for every face the page can show. Tests render each in both languages.
    fn samples() -> Vec<Self>
    where
        Self: Sized;
}

/// What every page knows beside its own fields. Names here are taken: a page's field of the same
/// name would be hidden by it.
#[derive(Clone, Debug, Serialize)]
pub struct Frame {
    pub locale: Locale,
    /// Who reads: the name of a signed-in person.
    pub signed_in: Option<String>,
    /// Whether the reader holds an office, which gives them the desk's menu.
    pub staff: bool,
    pub csrf: String,
    pub nonce: String,
    pub elder: bool,
    /// The place of the community's screen on which the page is shown, if it is.
    pub kiosk: Option<String>,
    /// The address of the page without its query, where forms come back to.
    pub path: String,
    /// The address with `lang=` of the other language added.
    pub other_language: String,
    pub elder_switch: String,
    pub demo: bool,
    /// Whose words the page is in, where the reader belongs to a district.
    pub district: Option<String>,
}

#[derive(Debug, thiserror::Error)]
pub enum TemplatesError {
    #[error("templates: {0}")]
    Templates(String),
    #[error("templates: {0}")]
    Read(#[from] std::io::Error),
}

/// The template engine, once a language, so that components say `t(..)` without being told it.
pub struct Templates {
    house: Engines,
    /// Of each district with words of its own.
    districts: BTreeMap<String, Engines>,
}

struct Engines {
    zh_cn: Tera,
    en: Tera,
}

impl std::fmt::Debug for Templates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Templates")
    }
}

impl Templates {
    /// The shipped templates, replaced file by file by those under `overlay/templates/`.
    pub fn load(
        overlay: Option<&Path>,
        texts: &Arc<Texts>,
        assets: &Arc<Assets>,
    ) -> Result<Self, TemplatesError> {
        let files = files(overlay)?;
        let engines = |district: &str| -> Result<Engines, TemplatesError> {
            Ok(Engines {
                zh_cn: engine(&files, (district, Locale::ZhCn), texts, assets)?,
                en: engine(&files, (district, Locale::En), texts, assets)?,
            })
        };
        let own = |district: &str| Ok((district.to_owned(), engines(district)?));
        Ok(Self {
            house: engines("")?,
            districts: texts
                .districts()
                .map(own)
                .collect::<Result<_, TemplatesError>>()?,
        })
    }

    /// The page as HTML, in the words of the case's district, or else of the reader's. An undefined variable is an
    /// error, never an empty place.
    pub fn render<P: Page>(&self, frame: &Frame, page: &P) -> Result<String, TemplatesError> {
        let mut context = Context::from_serialize(page).map_err(told)?;
        context.extend(Context::from_serialize(frame).map_err(told)?);
        let head = context.get("head");
        let head = head.and_then(|head| head.get_from_path("district"));
        let head = head.or_else(|| context.get("of_district"));
        let district = head.and_then(Value::as_str).or(frame.district.as_deref());
        let own = district.and_then(|district| self.districts.get(district));
        let engines = own.unwrap_or(&self.house);
        let engine = match frame.locale {
            Locale::ZhCn => &engines.zh_cn,
            Locale::En => &engines.en,
        };
        engine.render(P::TEMPLATE, &context).map_err(told)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the shape of map_err")]
fn told(error: tera::Error) -> TemplatesError {
    let mut words = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(error) = cause {
        words = format!("{words}: {error}");
        cause = error.source();
    }
    TemplatesError::Templates(words)
}

fn files(overlay: Option<&Path>) -> Result<Vec<(String, String)>, TemplatesError> {
    let mut files = Vec::new();
    for name in Shipped::iter().filter(|name| name.ends_with(".html")) {
        let over = overlay.map(|root| root.join("templates").join(name.as_ref()));
        let text = match over.filter(|file| file.is_file()) {
            Some(file) => std::fs::read_to_string(file)?,
            None => Shipped::get(&name).map_or_else(String::new, |file| {
                String::from_utf8_lossy(&file.data).into_owned()
            }),
        };
        files.push((name.into_owned(), text));
    }
    Ok(files)
}

fn engine(
    files: &[(String, String)],
    (district, locale): (&str, Locale),
    texts: &Arc<Texts>,
    assets: &Arc<Assets>,
) -> Result<Tera, TemplatesError> {
    let mut engine = Tera::new();
    engine.autoescape_on(vec![".html"]);
    say_texts(&mut engine, (district, locale), texts);
    say_values(&mut engine, locale, texts);
    let assets = Arc::clone(assets);
    engine.register_function("asset", move |given: Kwargs, _: &Scope| {
        let path = given.must_get::<&str>("path")?;
        assets
            .address(path)
            .ok_or_else(|| tera::Error::message(format!("no asset {path}")))
    });
    engine.add_raw_templates(files.to_vec()).map_err(told)?;
    Ok(engine)
}

/// `t(key="..", name=..)` and `t(key=.., args=..)`; `{{ text | say }}` for a [`Text`].
fn say_texts(engine: &mut Tera, (district, locale): (&str, Locale), texts: &Arc<Texts>) {
    let (mine, of) = (Arc::clone(texts), district.to_owned());
    engine.register_function("t", move |given: Kwargs, _: &Scope| -> TeraResult<String> {
        let mut text = Text::key(given.must_get::<String>("key")?);
        for (name, value) in given.iter() {
            let name = name.to_string();
            match (name.as_str(), value.as_map()) {
                ("key", _) => {}
                ("args", Some(args)) => {
                    for (name, value) in args {
                        text = text.with(name.to_string(), filler(value)?);
                    }
                }
                _ => text = text.with(name, filler(value)?),
            }
        }
        Ok(mine.of(&of).say(locale, &text))
    });
    let (mine, of) = (Arc::clone(texts), district.to_owned());
    engine.register_filter(
        "say",
        move |text: &Value, _: Kwargs, _: &Scope| -> TeraResult<String> {
            let key = text.get_from_path("key").and_then(Value::as_str);
            let key = key.ok_or_else(|| tera::Error::message("`say` wants a text"))?;
            let mut said = Text::key(key.to_owned());
            for (name, value) in text
                .get_from_path("args")
                .and_then(Value::as_map)
                .into_iter()
                .flatten()
            {
                said = said.with(name.to_string(), filler(value)?);
            }
            Ok(mine.of(&of).say(locale, &said))
        },
    );
}

/// `{{ at | date }}`, `{{ at | date_time }}`, `{{ fen | money }}`, `form.errors | any_field(name=..)`.
fn say_values(engine: &mut Tera, locale: Locale, texts: &Arc<Texts>) {
    let mine = Arc::clone(texts);
    engine.register_filter("date", move |at: &str, _: Kwargs, _: &Scope| {
        instant(at).map(|at| mine.date(locale, at))
    });
    let mine = Arc::clone(texts);
    engine.register_filter("date_time", move |at: &str, _: Kwargs, _: &Scope| {
        instant(at).map(|at| mine.date_time(locale, at))
    });
    engine.register_filter("money", |fen: i64, _: Kwargs, _: &Scope| money(fen));
    engine.register_filter("any_field", |errors: &Value, given: Kwargs, _: &Scope| {
        let name = given.must_get::<&str>("name")?;
        let is_it =
            |error: &Value| error.get_from_path("field").and_then(Value::as_str) == Some(name);
        TeraResult::Ok(
            errors
                .as_array()
                .is_some_and(|errors| errors.iter().any(is_it)),
        )
    });
}

fn filler(value: &Value) -> TeraResult<Filler> {
    if value.is_undefined() {
        return Err(tera::Error::message(
            "an undefined value cannot fill a text",
        ));
    }
    Ok(match value.as_i64().filter(|_| value.is_number()) {
        Some(number) => Filler::Number(number),
        None => Filler::Words(value.to_string()),
    })
}

fn instant(at: &str) -> TeraResult<Timestamp> {
    at.parse()
        .map_err(|error| tera::Error::message(format!("{at}: {error}")))
}

/// `¥1,234.05` from 123405 fen.
fn money(fen: i64) -> String {
    let (yuan, rest) = (fen.unsigned_abs() / 100, fen.unsigned_abs() % 100);
    let digits = yuan.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{}¥{grouped}.{rest:02}", if fen < 0 { "-" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_grouped_and_keeps_its_fen() {
        assert_eq!(money(123_405), "¥1,234.05");
        assert_eq!(money(100_000_000), "¥1,000,000.00");
        assert_eq!(money(-5), "-¥0.05");
    }
}
