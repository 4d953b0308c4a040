//! A case's events in words: who did what, and when.

use jiff::Timestamp;
use serde::Serialize;

use crate::casework::Entry;
use crate::domain::action::ActionKind;
use crate::domain::actor::Actor;
use crate::domain::case::Case;
use crate::i18n::Text;
use crate::web::faces::{Names, name_in};
use crate::web::{Viewer, Web};

#[derive(Clone, Debug, Serialize)]
pub struct Line {
    pub at: Timestamp,
    pub text: Text,
}

/// Newest first.
pub(in crate::web) fn lines(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    names: &Names,
    entries: Vec<Entry>,
) -> Vec<Line> {
    let mut lines: Vec<_> = entries
        .into_iter()
        .filter(|entry| ActionKind::parse(&entry.kind).is_none_or(|kind| !kind.is_stroke()))
        .map(|entry| Line {
            at: entry.at,
            text: event(&entry.kind).with("who", who(web, viewer, case, names, &entry.actor)),
        })
        .collect();
    lines.reverse();
    lines
}

pub(super) fn event(kind: &str) -> Text {
    Text::key(format!("case-event-{}", kind.replace('_', "-")))
}

/// A party by name, staff by name and office, the rest by what it is.
fn who(web: &Web, viewer: &Viewer, case: &Case, names: &Names, actor: &Actor) -> String {
    let word = |key: &str| web.words(case).t(viewer.locale, key, &[]);
    match actor {
        Actor::Person { person } | Actor::Staff { person, .. } => {
            let name = name_in(web, viewer, case, names, *person);
            if name.is_empty() {
                return word("case-who-staff");
            }
            name
        }
        Actor::Anonymous => word("case-who-somebody"),
        Actor::Clock => word("case-who-clock"),
        Actor::System { .. } => word("case-who-system"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Locale, Texts};

    #[test]
    fn every_event_that_is_shown_has_its_words() {
        let texts = Texts::load(None).unwrap();
        let told = ActionKind::ALL.iter().filter(|kind| !kind.is_stroke());
        for kind in told.map(|kind| kind.name()).chain(["open"]) {
            for locale in Locale::ALL {
                assert!(texts.has(locale, &event(kind).key), "{kind}");
            }
        }
    }
}
