//! The words of papers and reports, from the catalogue `documents.ftl`.

use jiff::civil::Date;

use crate::i18n::{Filler, Locale, Texts};

/// The catalogues with the language spoken here.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words<'a> {
    texts: &'a Texts,
    locale: Locale,
}

/// Enough for the sections of any paper.
const NUMERALS: [&str; 30] = [
    "一",
    "二",
    "三",
    "四",
    "五",
    "六",
    "七",
    "八",
    "九",
    "十",
    "十一",
    "十二",
    "十三",
    "十四",
    "十五",
    "十六",
    "十七",
    "十八",
    "十九",
    "二十",
    "二十一",
    "二十二",
    "二十三",
    "二十四",
    "二十五",
    "二十六",
    "二十七",
    "二十八",
    "二十九",
    "三十",
];

impl<'a> Words<'a> {
    pub(super) const fn new(texts: &'a Texts, locale: Locale) -> Self {
        Self { texts, locale }
    }

    /// The papers themselves are Chinese; the English texts are a reading aid.
    pub(super) const fn of_papers(texts: &'a Texts) -> Self {
        Self::new(texts, Locale::ZhCn)
    }

    pub(super) fn say(self, key: &str, fillers: &[(&str, &str)]) -> String {
        let fillers: Vec<(&str, Filler)> = fillers
            .iter()
            .map(|(name, words)| (*name, Filler::from(*words)))
            .collect();
        self.texts.t(self.locale, key, &fillers)
    }

    pub(super) fn plain(self, key: &str) -> String {
        self.say(key, &[])
    }

    /// A civil date as papers write it, 2026年11月22日.
    pub(super) fn date(self, date: Date) -> String {
        self.say(
            "documents-date",
            &[
                ("year", &date.year().to_string()),
                ("month", &date.month().to_string()),
                ("day", &date.day().to_string()),
            ],
        )
    }

    /// The heading of the section with this index, counted from 0.
    pub(super) fn heading(self, index: usize, key: &str) -> String {
        self.titled(index, &self.plain(key))
    }

    /// As [`Self::heading`], with a title in words.
    pub(super) fn titled(self, index: usize, title: &str) -> String {
        let number = NUMERALS.get(index).copied().unwrap_or_default();
        self.say("documents-heading", &[("number", number), ("title", title)])
    }
}
