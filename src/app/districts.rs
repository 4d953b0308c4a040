//! What districts say otherwise than the house: a folder for each, checked whole at the start.
//!
//! `districts/<key>/{clauses,disputes,holidays,ladder,terms,ways}.toml`, `districts/<key>/texts/{zh-CN,en}.ftl` and
//! `districts/<key>/papers/{zh-CN,en}/<kind>.txt`, in `data` of the folder that `--assets` names, and in the data folder,
//! which goes before it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::shipped::{borrowed, demo_districts};
use super::{Kind, StartError};
use crate::config::Config;
use crate::domain::organisation::District;
use crate::domain::rules::{Rules, RulesError};
use crate::i18n::{Locale, Texts};

/// Text by district and by file within its folder.
type Laid = BTreeMap<String, BTreeMap<String, String>>;

/// Lays every district's files over rules and texts.
pub(super) fn lay_over(
    config: &Config,
    kind: Kind,
    rules: &mut Rules,
    texts: &mut Texts,
) -> Result<(), StartError> {
    for (district, files) in read(config, kind)? {
        let (mut data, mut words, mut papers) = (Vec::new(), Vec::new(), Vec::new());
        for (file, text) in files {
            let name = format!("districts/{district}/{file}");
            match (locale(&file), paper(&file)) {
                (Some(locale), _) => words.push((locale, (name, text))),
                (None, Some((locale, kind))) => papers.push((locale, kind, (name, text))),
                (None, None) => data.push((name, text)),
            }
        }
        rules.lay_over(District(district.clone()), &borrowed(&data))?;
        texts.lay_over(&district, config.assets.as_deref(), &words, &papers)?;
    }
    Ok(())
}

fn locale(file: &str) -> Option<Locale> {
    Locale::parse(file.strip_prefix("texts/")?.strip_suffix(".ftl")?)
}

/// Language and kind of a template: `papers/zh-CN/slip.txt`.
fn paper(file: &str) -> Option<(Locale, String)> {
    let (language, kind) = file.strip_prefix("papers/")?.split_once('/')?;
    Some((
        Locale::parse(language)?,
        kind.strip_suffix(".txt")?.to_owned(),
    ))
}

fn read(config: &Config, kind: Kind) -> Result<Laid, StartError> {
    let mut laid = Laid::new();
    if kind == Kind::Demo {
        for (district, file, text) in demo_districts() {
            laid.entry(district).or_default().insert(file, text);
        }
    }
    let assets = config.assets.as_ref().map(|folder| folder.join("data"));
    for root in assets.iter().chain([&config.data]) {
        for folder in entries(&root.join("districts"))? {
            let own = laid.entry(name(&folder)?).or_default();
            let mut open = entries(&folder)?;
            while let Some(file) = open.pop() {
                if file.is_dir() {
                    open.extend(entries(&file)?);
                    continue;
                }
                let text = std::fs::read_to_string(&file).map_err(failed(&file))?;
                let relative = file.strip_prefix(&folder).unwrap_or(&file);
                own.insert(relative.to_string_lossy().into_owned(), text);
            }
        }
    }
    Ok(laid)
}

/// The paths in a folder, if there is one, in the order of their names.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, StartError> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let read = std::fs::read_dir(folder).map_err(failed(folder))?;
    let paths: Result<Vec<_>, _> = read.map(|entry| entry.map(|it| it.path())).collect();
    let mut paths = paths.map_err(failed(folder))?;
    paths.sort();
    Ok(paths)
}

/// A district's folder is named as the first part of its areas.
fn name(folder: &Path) -> Result<String, StartError> {
    let name = folder.file_name().and_then(|name| name.to_str());
    match name.filter(|_| folder.is_dir()) {
        Some(name) => Ok(name.to_owned()),
        None => Err(StartError::Rules(RulesError {
            file: folder.display().to_string(),
            line: 0,
            what: "a district has a folder of its own".to_owned(),
        })),
    }
}

fn failed(path: &Path) -> impl FnOnce(std::io::Error) -> StartError {
    move |source| StartError::Io {
        what: path.display().to_string(),
        source,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::app::shipped;
    use crate::documents::papers::{self, Worded};
    use crate::domain::rules::{DisputeKey, TermKey};
    use crate::domain::track::Track;

    fn load(config: &Config, kind: Kind) -> Result<(Rules, Texts), StartError> {
        let mut rules = shipped::rules(None)?;
        let mut texts = Texts::load(None)?;
        lay_over(config, kind, &mut rules, &mut texts)?;
        Ok((rules, texts))
    }

    fn of(key: &str) -> District {
        District(key.to_owned())
    }

    #[test]
    fn the_second_district_of_the_demo_has_its_own_types_days_terms_and_words() {
        let folder = tempfile::tempdir().unwrap();
        let config = Config {
            data: folder.path().to_owned(),
            ..Config::default()
        };
        let (rules, texts) = load(&config, Kind::Demo).unwrap();
        let (own, other) = (rules.of(&of("beiling")), rules.of(&of("hefeng")));
        let type_of_its_own = DisputeKey("terrace-water".to_owned());
        assert!(own.dispute(&type_of_its_own).is_some());
        assert!(other.dispute(&type_of_its_own).is_none());
        let festival = date(2026, 5, 21);
        assert!(!own.calendar.is_working_day(festival));
        assert!(other.calendar.is_working_day(festival));
        let days = |rules: &Rules| {
            rules
                .term(TermKey::Invitation, Track::People)
                .unwrap()
                .length
        };
        assert_ne!(days(own), days(other));
        let word = |district| {
            texts
                .of(district)
                .t(Locale::ZhCn, "common-role-mediator", &[])
        };
        assert_ne!(word("beiling"), word("hefeng"));
        let (plain, _) = load(&config, Kind::Plain).unwrap();
        assert!(plain.of(&of("beiling")).dispute(&type_of_its_own).is_none());
    }

    #[test]
    fn a_slip_in_a_district_s_folder_stops_the_start_with_its_line() {
        for (file, text, what) in [
            (
                "terms.toml",
                "\n[[term]]\nkey = \"invitation\"\nlength = 9\nunit = \"working_days\"\ntracks = [\"court_delegated\"]\n",
                "terms.toml:2: a district changes house defaults only",
            ),
            ("holidays.toml", "nonsense = 1\n", "holidays.toml:1"),
            ("statutes.toml", "", "a district has no such file"),
            (
                "texts/en.ftl",
                "common-nothing = none\n",
                "en.ftl:1: nobody says",
            ),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("districts/beiling").join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
            let config = Config {
                data: folder.path().to_owned(),
                ..Config::default()
            };
            let error = load(&config, Kind::Plain).unwrap_err().to_string();
            assert!(error.contains(what), "{error}");
        }
    }

    #[test]
    fn a_district_words_its_papers_otherwise_in_both_languages() {
        let folder = tempfile::tempdir().unwrap();
        let config = Config {
            data: folder.path().to_owned(),
            ..Config::default()
        };
        let put = |language: &str, text: &str| {
            let papers = folder
                .path()
                .join("districts/beiling/papers")
                .join(language);
            std::fs::create_dir_all(&papers).unwrap();
            std::fs::write(papers.join("slip.txt"), text).unwrap();
        };
        let wording = |title: &str, words: &str| {
            format!(
                "version = \"b1\"\ntitle = \"{title}\"\nissuer = \"{{{{ organisation }}}}\"\ncode = \"{{{{ link }}}}\"\ncaption = \"码\"\n---\n{words}\n"
            )
        };
        put("zh-CN", &wording("北岭评价单", "电话{{ phone }}"));
        put("en", &wording("Rate us", "Call {{ phone }}"));
        let (_, texts) = load(&config, Kind::Plain).unwrap();
        papers::check(&texts).unwrap();
        let title = |district: &str| {
            let slip = papers::Slip::samples().remove(0);
            let texts = texts.of(district);
            papers::in_words(&slip, texts, Locale::ZhCn).unwrap().title
        };
        assert_eq!(title("beiling"), "北岭评价单");
        assert_eq!(title("hefeng"), "请给这次调解打个分");
        // One more paragraph in one language only.
        put("en", &wording("Rate us", "Call {{ phone }}\nor write"));
        let (_, texts) = load(&config, Kind::Plain).unwrap();
        let error = papers::check(&texts).unwrap_err().to_string();
        assert!(
            error.starts_with("districts/beiling/papers/en/slip.txt:8: "),
            "{error}"
        );
    }
}
