//! Texts in zh-CN and English from the catalogues. The only place that turns a key into words.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use rust_embed::RustEmbed;
use serde::{Deserialize, Serialize};

use forms::Forms;

mod district;
pub mod forms;
#[cfg(test)]
mod tests;

/// The catalogues as shipped: `<locale>/<subject>.ftl`.
#[derive(RustEmbed)]
#[folder = "assets/locales"]
struct Shipped;

/// A language that the platform speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Locale {
    #[default]
    #[serde(rename = "zh-CN")]
    ZhCn,
    #[serde(rename = "en")]
    En,
}

impl Locale {
    pub const ALL: [Self; 2] = [Self::ZhCn, Self::En];

    /// The BCP 47 tag, which is also the folder of the catalogue and the `lang` of a page.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::ZhCn => "zh-CN",
            Self::En => "en",
        }
    }

    pub fn parse(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|locale| locale.tag() == tag)
    }

    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::ZhCn => Self::En,
            Self::En => Self::ZhCn,
        }
    }

    /// The language a browser asks for: English only for one that names it before any Chinese.
    pub fn from_accept_language(header: &str) -> Self {
        let first = header
            .split(',')
            .map(|part| part.split(';').next().unwrap_or("").trim())
            .find(|tag| tag.starts_with("zh") || tag.starts_with("en"));
        match first {
            Some(tag) if tag.starts_with("en") => Self::En,
            _ => Self::ZhCn,
        }
    }
}

/// A text not yet put into words: a key of the catalogues and what fills its placeholders.
/// Templates say it with `t(key=text.key, args=text.args)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    pub key: Cow<'static, str>,
    pub args: BTreeMap<Cow<'static, str>, Filler>,
}

/// What fills a placeholder: words as they are, or a number that plural rules may look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Filler {
    Number(i64),
    Words(String),
}

impl From<&str> for Filler {
    fn from(words: &str) -> Self {
        Self::Words(words.to_owned())
    }
}

impl From<String> for Filler {
    fn from(words: String) -> Self {
        Self::Words(words)
    }
}

impl From<i64> for Filler {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Filler {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl Text {
    pub fn key(key: impl Into<Cow<'static, str>>) -> Self {
        Self {
            key: key.into(),
            args: BTreeMap::new(),
        }
    }

    #[must_use]
    pub fn with(mut self, name: impl Into<Cow<'static, str>>, filler: impl Into<Filler>) -> Self {
        self.args.insert(name.into(), filler.into());
        self
    }
}

/// Why the catalogues cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TextsError {
    #[error("{file}: {what}")]
    Catalogue { file: String, what: String },
    #[error("{}: {source}", file.display())]
    Read {
        file: PathBuf,
        source: std::io::Error,
    },
    #[error(transparent)]
    Form(#[from] forms::FormError),
}

/// Both catalogues and the wording of papers, loaded once.
pub struct Texts {
    zh_cn: FluentBundle<FluentResource>,
    en: FluentBundle<FluentResource>,
    forms: Arc<Forms>,
    /// The whole catalogues of each district that words something otherwise.
    districts: BTreeMap<String, Texts>,
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Texts")
    }
}

impl Texts {
    /// The shipped catalogues, with messages replaced by those under `overlay/locales/<locale>/`, and the papers of the
    /// jurisdiction at home.
    pub fn load(overlay: Option<&Path>) -> Result<Self, TextsError> {
        Self::load_for(overlay, forms::HOME)
    }

    /// As [`Self::load`], with the papers of another jurisdiction.
    pub fn load_for(overlay: Option<&Path>, jurisdiction: &str) -> Result<Self, TextsError> {
        Ok(Self {
            zh_cn: bundle(Locale::ZhCn, overlay, None)?,
            en: bundle(Locale::En, overlay, None)?,
            forms: Arc::new(Forms::load(overlay, jurisdiction)?),
            districts: BTreeMap::new(),
        })
    }

    /// The words of a district: the one place that knows that districts differ.
    pub fn of(&self, district: &str) -> &Self {
        self.districts.get(district).unwrap_or(self)
    }

    /// The districts with words of their own.
    pub fn districts(&self) -> impl Iterator<Item = &str> {
        self.districts.keys().map(String::as_str)
    }

    /// The wording of papers.
    pub fn forms(&self) -> &Forms {
        &self.forms
    }

    /// The wording of a kind of paper by its fingerprint: of the house, of a district, or one that they had before.
    pub fn wording(&self, (locale, kind): (Locale, &str), sha256: &str) -> Option<&forms::Form> {
        let all = std::iter::once(self).chain(self.districts.values());
        let mut all = all.map(|texts| &texts.forms);
        all.find_map(|forms| forms.known((locale, kind), sha256))
    }

    pub fn has(&self, locale: Locale, key: &str) -> bool {
        self.bundle(locale).has_message(key)
    }

    /// The words for a key. A key that the catalogue does not know is logged and shown in
    /// brackets, which the page tests refuse to see.
    pub fn t(&self, locale: Locale, key: &str, args: &[(&str, Filler)]) -> String {
        self.fill(
            locale,
            key,
            args.iter().map(|(name, filler)| (*name, filler)),
        )
    }

    /// The words for a text.
    pub fn say(&self, locale: Locale, text: &Text) -> String {
        let args = text
            .args
            .iter()
            .map(|(name, filler)| (name.as_ref(), filler));
        self.fill(locale, &text.key, args)
    }

    fn fill<'a>(
        &self,
        locale: Locale,
        key: &str,
        args: impl Iterator<Item = (&'a str, &'a Filler)>,
    ) -> String {
        let mut filled = FluentArgs::new();
        for (name, filler) in args {
            let value = match filler {
                Filler::Number(number) => FluentValue::from(*number),
                Filler::Words(words) => FluentValue::from(words.as_str()),
            };
            filled.set(name, value);
        }
        let bundle = self.bundle(locale);
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            tracing::error!(
                key,
                locale = locale.tag(),
                "a text is missing; its key is shown"
            );
            return format!("⟦{key}⟧");
        };
        let mut errors = Vec::new();
        let words = bundle.format_pattern(pattern, Some(&filled), &mut errors);
        if errors.is_empty() {
            return words.into_owned();
        }
        tracing::error!(
            key,
            locale = locale.tag(),
            ?errors,
            "a text lacks its fillers"
        );
        format!("⟦{words}⟧")
    }

    /// `2026年11月22日` or `22 November 2026`, in Beijing time.
    pub fn date(&self, locale: Locale, at: Timestamp) -> String {
        let at = civil(at);
        self.t(
            locale,
            "common-date",
            &[
                ("year", i64::from(at.year()).to_string().into()),
                ("month", i64::from(at.month()).into()),
                ("day", i64::from(at.day()).into()),
            ],
        )
    }

    /// Date and time of day (24 h), in Beijing time.
    pub fn date_time(&self, locale: Locale, at: Timestamp) -> String {
        let time = civil(at);
        let words = [
            ("date", self.date(locale, at).into()),
            (
                "time",
                format!("{:02}:{:02}", time.hour(), time.minute()).into(),
            ),
        ];
        self.t(locale, "common-date-time", &words)
    }

    const fn bundle(&self, locale: Locale) -> &FluentBundle<FluentResource> {
        match locale {
            Locale::ZhCn => &self.zh_cn,
            Locale::En => &self.en,
        }
    }
}

/// The civil time of mainland China: +08:00 all the year.
fn civil(at: Timestamp) -> jiff::civil::DateTime {
    at.to_zoned(TimeZone::fixed(Offset::constant(8))).datetime()
}

/// `own` is what a district words otherwise.
fn bundle(
    locale: Locale,
    overlay: Option<&Path>,
    own: Option<&(String, String)>,
) -> Result<FluentBundle<FluentResource>, TextsError> {
    let tag: unic_langid::LanguageIdentifier =
        locale
            .tag()
            .parse()
            .map_err(|error| TextsError::Catalogue {
                file: locale.tag().to_owned(),
                what: format!("{error:?}"),
            })?;
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // Marks of direction around every placeholder would end up in papers and clipboards.
    bundle.set_use_isolating(false);
    for (file, source) in shipped(locale) {
        bundle
            .add_resource(parse(&file, source)?)
            .map_err(|errors| TextsError::Catalogue {
                file,
                what: format!("{errors:?}"),
            })?;
    }
    let own = own.cloned().into_iter();
    for (file, source) in laid_over(locale, overlay)?.into_iter().chain(own) {
        bundle.add_resource_overriding(parse(&file, source)?);
    }
    Ok(bundle)
}

/// Name and text of every shipped file of a locale, in the order of the names.
fn shipped(locale: Locale) -> Vec<(String, String)> {
    let mut files: Vec<_> = Shipped::iter()
        .filter(|name| name.starts_with(&format!("{}/", locale.tag())))
        .filter_map(|name| {
            let bytes = Shipped::get(&name)?.data.into_owned();
            Some((
                name.into_owned(),
                String::from_utf8_lossy(&bytes).into_owned(),
            ))
        })
        .collect();
    files.sort();
    files
}

fn laid_over(locale: Locale, overlay: Option<&Path>) -> Result<Vec<(String, String)>, TextsError> {
    let Some(folder) = overlay.map(|root| root.join("locales").join(locale.tag())) else {
        return Ok(Vec::new());
    };
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let read = |file: &Path| {
        std::fs::read_to_string(file).map_err(|source| TextsError::Read {
            file: file.to_owned(),
            source,
        })
    };
    let entries = std::fs::read_dir(&folder).map_err(|source| TextsError::Read {
        file: folder.clone(),
        source,
    })?;
    let mut files = Vec::new();
    for entry in entries.flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|kind| kind == "ftl") {
            files.push((path.display().to_string(), read(&path)?));
        }
    }
    files.sort();
    Ok(files)
}

fn parse(file: &str, source: String) -> Result<FluentResource, TextsError> {
    FluentResource::try_new(source).map_err(|(_, errors)| TextsError::Catalogue {
        file: file.to_owned(),
        what: format!("{errors:?}"),
    })
}
