//! What a district words otherwise, checked against the catalogues of the house.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use super::{Locale, Texts, TextsError, bundle, laid_over, shipped};

/// Key → its line and the names of its placeholders.
type Messages = BTreeMap<String, (usize, BTreeSet<String>)>;

impl Texts {
    /// Takes in the words of a district: name and text of its file in each language, and of each template of its own.
    /// `overlay` is that of the house.
    ///
    /// # Errors
    /// Where a message is none of the house's, fills other places than the house's, or stands in one language only; where
    /// a template cannot be read.
    pub fn lay_over(
        &mut self,
        district: &str,
        overlay: Option<&Path>,
        files: &[(Locale, (String, String))],
        papers: &[(Locale, String, (String, String))],
    ) -> Result<(), TextsError> {
        let of = |locale| files.iter().find(|(its, _)| *its == locale);
        for locale in Locale::ALL {
            if let Some((_, (file, text))) = of(locale) {
                check(overlay, locale, (file, text))?;
                let other = of(locale.other()).map_or("", |(_, (_, text))| text);
                both(file, &messages(text), &messages(other))?;
            }
        }
        let own = |locale| bundle(locale, overlay, of(locale).map(|(_, file)| file));
        let forms = if papers.is_empty() {
            Arc::clone(&self.forms)
        } else {
            Arc::new(self.forms.laid_over(papers)?)
        };
        let texts = Self {
            zh_cn: own(Locale::ZhCn)?,
            en: own(Locale::En)?,
            forms,
            districts: BTreeMap::new(),
        };
        self.districts.insert(district.to_owned(), texts);
        Ok(())
    }
}

fn check(
    overlay: Option<&Path>,
    locale: Locale,
    (file, text): (&str, &str),
) -> Result<(), TextsError> {
    let house = shipped(locale)
        .into_iter()
        .chain(laid_over(locale, overlay)?);
    let house: Messages = house.flat_map(|(_, text)| messages(&text)).collect();
    for (key, (line, places)) in messages(text) {
        let Some((_, known)) = house.get(&key) else {
            return Err(wrong(file, line, &format!("nobody says `{key}`")));
        };
        if let Some(place) = places.difference(known).next() {
            return Err(wrong(file, line, &format!("`{key}` is not given ${place}")));
        }
    }
    Ok(())
}

fn both(file: &str, mine: &Messages, other: &Messages) -> Result<(), TextsError> {
    match mine.iter().find(|(key, _)| !other.contains_key(*key)) {
        Some((key, (line, _))) => Err(wrong(
            file,
            *line,
            &format!("`{key}` stands in one language only"),
        )),
        None => Ok(()),
    }
}

fn wrong(file: &str, line: usize, what: &str) -> TextsError {
    TextsError::Catalogue {
        file: format!("{file}:{line}"),
        what: what.to_owned(),
    }
}

/// The messages of a catalogue: each begins at the margin.
fn messages(text: &str) -> Messages {
    let mut found = Messages::new();
    let mut current = String::new();
    for (number, line) in (1..).zip(text.lines()) {
        if let Some((key, _)) = line.split_once('=')
            && line.starts_with(|c: char| c.is_ascii_alphabetic())
        {
            key.trim().clone_into(&mut current);
            found.insert(current.clone(), (number, BTreeSet::new()));
        }
        let Some((_, places)) = found.get_mut(&current) else {
            continue;
        };
        for rest in line.split('$').skip(1) {
            let name = rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-');
            places.extend(name.take(1).map(str::to_owned));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(locale: Locale, text: &str) -> (Locale, (String, String)) {
        let name = format!("districts/beiling/texts/{}.ftl", locale.tag());
        (locale, (name, text.to_owned()))
    }

    #[test]
    fn a_district_words_some_things_otherwise_and_the_rest_as_the_house() {
        let mut texts = Texts::load(None).unwrap();
        let files = [
            file(Locale::ZhCn, "common-role-mediator = 和事佬\n"),
            file(Locale::En, "common-role-mediator = Peacemaker\n"),
        ];
        texts.lay_over("beiling", None, &files, &[]).unwrap();
        let say = |district: &str, key| texts.of(district).t(Locale::En, key, &[]);
        assert_eq!(say("beiling", "common-role-mediator"), "Peacemaker");
        assert_eq!(say("hefeng", "common-role-mediator"), "Mediator");
        assert_eq!(say("beiling", "common-role-judge"), "Judge");
    }

    #[test]
    fn a_slip_is_named_with_its_file_and_line() {
        let refused = |zh: &str, en: &str| {
            let mut texts = Texts::load(None).unwrap();
            let files = [file(Locale::ZhCn, zh), file(Locale::En, en)];
            texts
                .lay_over("beiling", None, &files, &[])
                .unwrap_err()
                .to_string()
        };
        let unknown = refused("\ncommon-nothing = 无\n", "common-nothing = none\n");
        assert!(unknown.contains("zh-CN.ftl:2: nobody says"), "{unknown}");
        let place = refused("common-name = { $who }\n", "common-name = Heyi\n");
        assert!(
            place.contains("zh-CN.ftl:1") && place.contains("$who"),
            "{place}"
        );
        let alone = refused("common-name = 北岭\n", "");
        assert!(alone.contains("one language only"), "{alone}");
    }
}
