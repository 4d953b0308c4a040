//! The words in which people are asked whether a session may be recorded.

use crate::domain::case::Case;
use crate::domain::deadline::Unit;
use crate::domain::rules::TermKey;
use crate::i18n::Text;
use crate::web::{Viewer, Web};

/// Whoever changes the words gives them a new version.
pub(super) const VERSION: &str = "2026-11";

/// What, why, who sees it, how long it is kept, what never is recorded, and that one can always say no (个人信息保护法 14–17, 30).
pub(super) fn lines(web: &Web, case: &Case) -> Vec<Text> {
    let rules = web.desk.rules.of(&case.district);
    let term = rules.term_for(TermKey::Recording, case.track, &case.dispute);
    let kept = term.map(|term| kept(term.length, term.unit));
    let before = ["what", "why", "who"].map(line).into_iter();
    let after = ["caucus", "back", "minutes"].map(line);
    before.chain(kept).chain(after).collect()
}

fn line(name: &str) -> Text {
    Text::key(format!("recording-words-{name}"))
}

fn kept(length: u32, unit: Unit) -> Text {
    let unit = match unit {
        Unit::CalendarDays | Unit::WorkingDays => "days",
        Unit::Months => "months",
        Unit::Years => "years",
    };
    line(&format!("kept-{unit}")).with("length", length)
}

/// The same as one text, in the reader's language: what a consent is given to.
pub(super) fn words(web: &Web, viewer: &Viewer, case: &Case) -> String {
    let texts = web.words(case);
    let said = lines(web, case);
    let said: Vec<String> = said
        .iter()
        .map(|text| texts.say(viewer.locale, text))
        .collect();
    said.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::hash::ContentHash;
    use crate::i18n::{Locale, Texts};

    /// What somebody agreed to can be found again.
    #[test]
    fn the_words_of_the_consent_are_those_of_their_version() {
        let texts = Texts::load(None).unwrap();
        let names = [
            "what",
            "why",
            "who",
            "kept-days",
            "kept-months",
            "kept-years",
            "caucus",
            "back",
            "minutes",
        ];
        let marks = Locale::ALL.map(|locale| {
            let said = names.map(|name| texts.say(locale, &line(name).with("length", 1_u32)));
            ContentHash::of(said.join("\n").as_bytes()).as_str()[..8].to_owned()
        });
        assert_eq!(
            (VERSION, marks.join(" ").as_str()),
            ("2026-11", "e32b4129 679a2ff8")
        );
    }
}
