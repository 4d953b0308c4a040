//! The wording of papers, from template files: one for each kind of paper, language and jurisdiction.
//!
//! `papers/<jurisdiction>/<language>/<kind>.txt`, shipped for `cn`, replaced file by file by those of the folder that `--assets`
//! names and of a district. A template is parsed before any data is seen: what people wrote fills places in its lines
//! and can never become a line of its own. `heyi papers export` writes the files out, with how to read them.

mod check;
mod common;
mod fill;
mod filters;
mod leaf;
mod parse;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rust_embed::RustEmbed;
use serde::Serialize;
use serde_json::Value;

pub use fill::{Filled, Piece};
pub use filters::bare;

use super::{Locale, TextsError};
use common::Common;
use leaf::Part;
use parse::Node;

/// The jurisdiction whose papers are shipped.
pub const HOME: &str = "cn";

/// What all papers of a language share.
const COMMON: &str = "common";

#[derive(RustEmbed)]
#[folder = "assets/papers"]
struct Shipped;

/// What is wrong with a template, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {what}")]
pub struct FormError {
    pub file: String,
    pub line: usize,
    pub what: String,
}

/// Which wording a paper was written in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mark {
    pub jurisdiction: String,
    pub language: String,
    pub version: String,
    /// Of the template together with what all papers of its language share.
    pub sha256: String,
}

/// The wording of one kind of paper in one language.
#[derive(Debug)]
pub struct Form {
    file: String,
    pub mark: Mark,
    title: Vec<Part>,
    issuer: Vec<Part>,
    number: Vec<Part>,
    code: Vec<Part>,
    caption: Vec<Part>,
    /// What the attached data are called; empty where none are attached.
    pub data: String,
    /// Whether the headings are also bookmarks.
    pub bookmarks: bool,
    body: Vec<Node>,
    words: Tables,
    /// The line of every place that a sample has to reach.
    places: Vec<usize>,
    common: Arc<Common>,
}

/// Name of a table → what stands in the data → words.
type Tables = BTreeMap<String, BTreeMap<String, String>>;

/// Name of a file for messages, and its text.
type Source = (String, String);

/// By language and kind.
type Files = Vec<((String, String), Source)>;

/// Every template of an installation or of a district.
#[derive(Debug)]
pub struct Forms {
    jurisdiction: String,
    /// By language and kind, as they were read.
    sources: BTreeMap<(String, String), Source>,
    kinds: BTreeMap<(String, String), Form>,
    /// Those of which there are papers, and in which none is written any more.
    former: Vec<Self>,
}

/// The folder of a jurisdiction, and of the papers of a district, in which former wordings lie, each in a folder of its own as they
/// lay before.
const FORMER: &str = "before";

/// Where the folders of districts lie in one that is laid over, and in a data folder.
const DISTRICTS: [&str; 2] = ["data/districts", "districts"];

impl Forms {
    /// The shipped templates of a jurisdiction, replaced file by file by those under `overlay/papers/<jurisdiction>/`.
    ///
    /// # Errors
    /// Where a file is missing, is no paper's, or cannot be read as a template.
    pub fn load(overlay: Option<&Path>, jurisdiction: &str) -> Result<Self, TextsError> {
        let mut sources = shipped(jurisdiction);
        let folder = overlay.map(|root| root.join("papers").join(jurisdiction));
        for locale in Locale::ALL {
            let folder = folder.as_ref().map(|folder| folder.join(locale.tag()));
            for (kind, source) in texts_in(folder.as_deref())? {
                sources.insert((locale.tag().to_owned(), kind), source);
            }
        }
        let former = formers(overlay, jurisdiction)?.into_iter().map(|files| {
            let mut sources = sources.clone();
            sources.extend(files);
            Self::build(jurisdiction, sources)
        });
        let former = former.collect::<Result<_, FormError>>()?;
        Ok(Self {
            former,
            ..Self::build(jurisdiction, sources)?
        })
    }

    /// The wording with this fingerprint, one at work or a former one.
    pub fn known(&self, (locale, kind): (Locale, &str), sha256: &str) -> Option<&Form> {
        let all = std::iter::once(self).chain(&self.former);
        let mut all = all.filter_map(|forms| forms.of(locale, kind).ok());
        all.find(|form| form.mark.sha256 == sha256)
    }

    /// With these files instead of those of the house: language and kind, name and text.
    pub(super) fn laid_over(&self, files: &[(Locale, String, Source)]) -> Result<Self, FormError> {
        let mut sources = self.sources.clone();
        for (locale, kind, source) in files {
            sources.insert((locale.tag().to_owned(), kind.clone()), source.clone());
        }
        Self::build(&self.jurisdiction, sources)
    }

    fn build(
        jurisdiction: &str,
        sources: BTreeMap<(String, String), Source>,
    ) -> Result<Self, FormError> {
        let sources: BTreeMap<_, Source> = sources.into_iter().map(plain_text).collect();
        let home = shipped(HOME);
        if let Some((_, (file, _))) = sources.iter().find(|(name, _)| !home.contains_key(*name)) {
            return Err(wrong(file, 1, "no paper has this name"));
        }
        let source = |language: &str, kind: &str| -> Result<&Source, FormError> {
            let name = (language.to_owned(), kind.to_owned());
            let file = || format!("papers/{jurisdiction}/{language}/{kind}.txt");
            let found = sources.get(&name);
            found.ok_or_else(|| wrong(&file(), 1, "this file is missing"))
        };
        let mut kinds = BTreeMap::new();
        for locale in Locale::ALL {
            let shared = source(locale.tag(), COMMON)?;
            let common = Arc::new(Common::parse(shared)?);
            let here = home.keys().filter(|(language, _)| language == locale.tag());
            for (language, kind) in here.filter(|(_, kind)| kind != COMMON) {
                let own = source(language, kind)?;
                let form = Form::parse((jurisdiction, language), own, (shared, &common))?;
                kinds.insert((language.clone(), kind.clone()), form);
            }
        }
        Ok(Self {
            jurisdiction: jurisdiction.to_owned(),
            sources,
            kinds,
            former: Vec::new(),
        })
    }

    /// The wording of a kind of paper.
    ///
    /// # Errors
    /// Where no paper has this name.
    pub fn of(&self, locale: Locale, kind: &str) -> Result<&Form, FormError> {
        let name = (locale.tag().to_owned(), kind.to_owned());
        let file = || format!("papers/{}/{}/{kind}.txt", self.jurisdiction, name.0);
        let found = self.kinds.get(&name);
        found.ok_or_else(|| wrong(&file(), 1, "no paper has this name"))
    }

    /// The kinds of papers, in the order of their names.
    pub fn kinds(&self) -> impl Iterator<Item = &str> {
        let chinese = self
            .kinds
            .keys()
            .filter(|(language, _)| language == "zh-CN");
        chinese.map(|(_, kind)| kind.as_str())
    }

    /// Holds the wording of every kind to samples of the data it will be given: see [`check`].
    ///
    /// # Errors
    /// The first slip, with file and line.
    pub fn check(&self, samples: &[(&str, Vec<Value>)]) -> Result<(), FormError> {
        check::check(self, samples)
    }
}

/// As editors on other systems save it.
fn plain_text<N>((name, (file, text)): (N, Source)) -> (N, Source) {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    (name, (file, text))
}

/// Path below `papers/` and text of every shipped file.
pub fn shipped_files() -> impl Iterator<Item = (String, String)> {
    Shipped::iter().filter_map(|path| {
        let text = Shipped::get(&path)?.data.into_owned();
        let text = String::from_utf8_lossy(&text).into_owned();
        Some((path.into_owned(), text))
    })
}

fn shipped(jurisdiction: &str) -> BTreeMap<(String, String), Source> {
    let named = shipped_files().filter_map(|(path, text)| {
        let rest = path.strip_prefix(jurisdiction)?.strip_prefix('/')?;
        Some((named(rest)?, (format!("papers/{path}"), text)))
    });
    named.collect()
}

/// Language and kind of a template: `zh-CN/slip.txt`.
fn named(path: &str) -> Option<(String, String)> {
    let (language, file) = path.split_once('/')?;
    let kind = file.strip_suffix(".txt")?.to_owned();
    Locale::parse(language).map(|locale| (locale.tag().to_owned(), kind))
}

/// Each former wording with its files, and each of a district: those that came with the program, and those that an installation keeps.
fn formers(overlay: Option<&Path>, jurisdiction: &str) -> Result<Vec<Files>, TextsError> {
    let mut shipped: BTreeMap<String, Files> = BTreeMap::new();
    for (path, text) in shipped_files() {
        let rest = path
            .strip_prefix(jurisdiction)
            .and_then(|it| it.strip_prefix('/'));
        let rest = rest.and_then(|it| it.strip_prefix(FORMER)?.strip_prefix('/'));
        let rest = rest.and_then(|it| it.split_once('/'));
        if let Some((since, name)) = rest.and_then(|(since, file)| Some((since, named(file)?))) {
            let files = shipped.entry(since.to_owned()).or_default();
            files.push((name, (format!("papers/{path}"), text)));
        }
    }
    let mut all: Vec<Files> = shipped.into_values().collect();
    let Some(overlay) = overlay else {
        return Ok(all);
    };
    // What came with the program was in use until something was laid over it.
    all.push(self::shipped(jurisdiction).into_iter().collect());
    let mut folders = folders_in(&overlay.join("papers").join(jurisdiction).join(FORMER))?;
    for place in DISTRICTS {
        for district in folders_in(&overlay.join(place))? {
            let papers = district.join("papers");
            folders.extend(folders_in(&papers.join(FORMER))?);
            folders.push(papers);
        }
    }
    for folder in folders {
        let mut files = Files::new();
        for locale in Locale::ALL {
            for (kind, source) in texts_in(Some(&folder.join(locale.tag())))? {
                files.push(((locale.tag().to_owned(), kind), source));
            }
        }
        all.push(files);
    }
    Ok(all)
}

fn folders_in(folder: &Path) -> Result<Vec<PathBuf>, TextsError> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let failed = |source| TextsError::Read {
        file: folder.to_owned(),
        source,
    };
    let entries = std::fs::read_dir(folder).map_err(failed)?;
    let paths: Result<Vec<_>, _> = entries.map(|entry| entry.map(|it| it.path())).collect();
    let mut paths = paths.map_err(failed)?;
    paths.retain(|path| path.is_dir());
    paths.sort();
    Ok(paths)
}

/// The templates in a folder, if there is one.
fn texts_in(folder: Option<&Path>) -> Result<Vec<(String, Source)>, TextsError> {
    let Some(folder) = folder.filter(|folder| folder.is_dir()) else {
        return Ok(Vec::new());
    };
    let failed = |file: &Path| {
        let file = file.to_owned();
        move |source| TextsError::Read { file, source }
    };
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed(folder))? {
        let path = entry.map_err(failed(folder))?.path();
        let kind = path.file_stem().and_then(|name| name.to_str());
        if let Some(kind) = kind.filter(|_| path.extension().is_some_and(|end| end == "txt")) {
            let text = std::fs::read_to_string(&path).map_err(failed(&path))?;
            found.push((kind.to_owned(), (path.display().to_string(), text)));
        }
    }
    Ok(found)
}

fn wrong(file: &str, line: usize, what: &str) -> FormError {
    FormError {
        file: file.to_owned(),
        line,
        what: what.to_owned(),
    }
}

#[cfg(test)]
mod tests;
