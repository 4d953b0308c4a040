//! Both catalogues say the same things, nothing unused, nothing missing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::*;

/// Key → names of its placeholders.
type Keys = BTreeMap<String, BTreeSet<String>>;

fn keys(locale: Locale) -> Keys {
    let mut keys = Keys::new();
    for (_, source) in shipped(locale) {
        let mut current = None;
        for line in source.lines() {
            if line.starts_with(|c: char| c.is_ascii_lowercase()) {
                let key = line.split([' ', '=']).next().unwrap().to_owned();
                assert!(
                    keys.insert(key.clone(), BTreeSet::new()).is_none(),
                    "{key} twice"
                );
                current = Some(key);
            }
            let Some(key) = &current else { continue };
            for rest in line.split('$').skip(1) {
                let name = rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
                keys.get_mut(key).unwrap().insert(name.take(1).collect());
            }
        }
    }
    keys
}

/// Every file under `folder` with one of the endings, as (path, text).
fn files(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.to_string_lossy().into_owned();
            if path.is_dir() {
                open.push(path);
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                found.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found
}

fn code_and_templates() -> Vec<(String, String)> {
    let mut all = files("src", &[".rs"]);
    all.retain(|(name, _)| !name.ends_with("i18n/tests.rs"));
    all.extend(files("templates", &[".html", ".txt"]));
    all.extend(files("assets", &[".toml"]));
    all
}

/// Whatever stands between double quotes and looks like a key, or up to a `{` like the beginning of one.
fn quoted(text: &str) -> BTreeSet<&str> {
    text.split('"')
        .map(|part| part.split('{').next().unwrap_or(""))
        .filter(|part| part.contains('-') && part.len() < 80)
        .filter(|part| {
            part.chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        })
        .collect()
}

#[test]
fn both_catalogues_have_the_same_keys_and_placeholders() {
    let (zh, en) = (keys(Locale::ZhCn), keys(Locale::En));
    for key in zh.keys().chain(en.keys()) {
        assert_eq!(
            zh.get(key),
            en.get(key),
            "{key} differs between the catalogues"
        );
    }
}

#[test]
fn no_text_is_unused() {
    let sources = code_and_templates();
    let said: BTreeSet<&str> = sources.iter().flat_map(|(_, text)| quoted(text)).collect();
    let beginnings: Vec<&str> = said
        .iter()
        .copied()
        .filter(|word| word.ends_with('-') && word.len() > 4)
        .collect();
    let unused: Vec<String> = keys(Locale::ZhCn)
        .into_keys()
        .filter(|key| {
            !said.contains(key.as_str()) && !beginnings.iter().any(|start| key.starts_with(start))
        })
        .collect();
    assert!(unused.is_empty(), "nobody says: {unused:?}");
}

#[test]
fn no_text_is_missing() {
    let keys = keys(Locale::ZhCn);
    let mut missing = Vec::new();
    for (name, text) in code_and_templates() {
        let text: String = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .collect();
        for call in ["t(key=\"", "Text::key(\"", ".t(locale, \""] {
            for rest in text.split(call).skip(1) {
                let key = rest.split('"').next().unwrap();
                // A key that ends with a dash is completed at run time; the samples of the pages show it.
                if !key.ends_with('-') && !keys.contains_key(key) {
                    missing.push(format!("{name}: {key}"));
                }
            }
        }
    }
    assert!(missing.is_empty(), "not in the catalogues: {missing:#?}");
}

#[test]
fn no_template_holds_chinese_words_or_unescaped_output() {
    for (name, text) in files("templates", &[".html"]) {
        let han = text.chars().find(|c| matches!(c, '\u{3000}'..='\u{303f}' | '\u{3400}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}'));
        assert_eq!(
            han, None,
            "{name} holds words; they belong into the catalogues"
        );
        let tight = text.replace(' ', "");
        assert!(
            !tight.contains("|safe"),
            "{name} prints something unescaped"
        );
        assert!(
            !tight.contains("style="),
            "{name} styles inline, which the policy refuses"
        );
    }
}

#[test]
fn a_missing_key_or_filler_shows_in_brackets() {
    let texts = Texts::load(None).unwrap();
    assert_eq!(texts.t(Locale::En, "no-such-key", &[]), "⟦no-such-key⟧");
    assert!(
        texts
            .t(Locale::En, "common-date-time", &[])
            .starts_with('⟦')
    );
}

#[test]
fn dates_are_told_in_beijing_time() {
    let texts = Texts::load(None).unwrap();
    let at = "2026-11-22T16:05:00Z".parse().unwrap();
    assert_eq!(texts.date_time(Locale::ZhCn, at), "2026年11月23日 00:05");
    assert_eq!(texts.date_time(Locale::En, at), "23 November 2026, 00:05");
}

#[test]
fn english_is_spoken_only_to_those_who_ask_before_chinese() {
    assert_eq!(
        Locale::from_accept_language("zh-CN,zh;q=0.9,en;q=0.8"),
        Locale::ZhCn
    );
    assert_eq!(Locale::from_accept_language("en-GB,en;q=0.9"), Locale::En);
    assert_eq!(Locale::from_accept_language("fr,en;q=0.5"), Locale::En);
    assert_eq!(Locale::from_accept_language(""), Locale::ZhCn);
}

#[test]
fn an_overlay_replaces_single_texts() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("locales/en");
    std::fs::create_dir_all(&file).unwrap();
    std::fs::write(file.join("ours.ftl"), "common-name = Riverside mediation\n").unwrap();
    let texts = Texts::load(Some(folder.path())).unwrap();
    assert_eq!(
        texts.t(Locale::En, "common-name", &[]),
        "Riverside mediation"
    );
    assert_ne!(
        texts.t(Locale::ZhCn, "common-name", &[]),
        "Riverside mediation"
    );
}
