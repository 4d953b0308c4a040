//! The words of reports, from the catalogue `documents.ftl`; those of papers lie in templates.

use crate::i18n::{Filler, Locale, Texts};

/// The catalogues with the language spoken here.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words<'a> {
    texts: &'a Texts,
    locale: Locale,
}

impl<'a> Words<'a> {
    pub(super) const fn new(texts: &'a Texts, locale: Locale) -> Self {
        Self { texts, locale }
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
}
