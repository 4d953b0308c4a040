//! What the page's script says, in the reader's language.

use serde::Serialize;

use crate::i18n::Text;

/// A text for the page's script, with its placeholders left for the script to fill.
#[derive(Serialize)]
pub struct Word {
    key: &'static str,
    text: Text,
}

/// Every text the script says, and the placeholders it fills.
const WORDS: &[(&str, &[&str])] = &[
    ("named", &["name", "kind"]),
    ("you", &["name"]),
    ("screen", &["name", "seated"]),
    ("screen-empty", &["name"]),
    ("list-comma", &[]),
    ("kind-mediator", &[]),
    ("kind-applicant", &[]),
    ("kind-respondent", &[]),
    ("kind-representative", &[]),
    ("kind-interpreter", &[]),
    ("kind-kin", &[]),
    ("kind-expert", &[]),
    ("kind-lawyer", &[]),
    ("kind-volunteer", &[]),
    ("kind-helper", &[]),
    ("kind-observer", &[]),
    ("heard-nobody", &[]),
    ("heard-broken", &[]),
    ("heard-waiting", &[]),
    ("heard-off", &[]),
    ("heard-hushed", &[]),
    ("heard-joint", &["names"]),
    ("heard-caucus", &["names"]),
    ("seen-joint", &["names"]),
    ("seen-caucus", &["names"]),
    ("sign-away", &[]),
    ("sign-mic-off", &[]),
    ("sign-camera-off", &[]),
    ("sign-hand", &[]),
    ("sign-absent", &[]),
    ("sign-spotlit", &[]),
    ("spotlight-on", &[]),
    ("spotlight-off", &[]),
    ("sign-silent", &[]),
    ("elsewhere-caucus", &["names"]),
    ("elsewhere-joint", &["names"]),
    ("microphone-on", &[]),
    ("microphone-off", &[]),
    ("microphone-held", &[]),
    ("microphone-held-off", &[]),
    ("camera-on", &[]),
    ("camera-off", &[]),
    ("camera-held", &[]),
    ("camera-held-off", &[]),
    ("held", &[]),
    ("hand-on", &[]),
    ("hand-off", &[]),
    ("knocking", &["count"]),
    ("place-waiting", &[]),
    ("place-joint", &[]),
    ("place-caucus", &[]),
    ("place-hushed", &[]),
    ("wait-away", &["names"]),
    ("wait-gone", &[]),
    ("wait-alone", &[]),
    ("wait-silent", &[]),
    ("wait-talk", &[]),
    ("hush-lifted", &[]),
    ("hush-over-on", &[]),
    ("hush-over-off", &[]),
    ("said", &["name"]),
    ("said-caucus", &["name"]),
    ("said-alone", &["name"]),
    ("say", &[]),
    ("say-alone", &[]),
    ("device-refused", &[]),
    ("device-missing", &[]),
    ("device-busy", &[]),
    ("device-none", &[]),
    ("device-lost", &[]),
    ("device-held", &[]),
    ("level-quiet", &[]),
    ("level-heard", &[]),
    ("speaker", &[]),
    ("muted", &[]),
    ("moved-caucus", &[]),
    ("moved-caucus-screen", &["names"]),
    ("moved-joint", &[]),
    ("not-moved", &[]),
    ("not-alone", &[]),
    ("not-said", &[]),
    ("not-said-hushed", &[]),
    ("not-said-no-mediator", &[]),
    ("leaving", &["text"]),
    ("leaving-alone", &["text"]),
    ("back-afresh", &[]),
    ("back-alone", &[]),
    ("missed", &["what"]),
    ("missed-lines", &["count"]),
    ("missed-came", &["names"]),
    ("missed-went", &["names"]),
    ("not-saved", &[]),
    ("not-loaded", &[]),
    ("pick-first", &[]),
    ("goodbye", &[]),
    ("end-sure", &[]),
    ("sign-small", &[]),
    ("sign-audio", &[]),
    ("sign-messages", &[]),
    ("down-small", &[]),
    ("down-audio", &[]),
    ("down-messages", &[]),
    ("up-audio", &[]),
    ("up-small", &[]),
    ("up-video", &[]),
    ("network-building", &[]),
    ("network-good", &[]),
    ("network-weak", &[]),
    ("network-bad", &[]),
    ("network-broken", &[]),
    ("over-left", &[]),
    ("over-ended", &[]),
    ("over-removed", &[]),
    ("over-refused", &[]),
    ("over-replaced", &[]),
];

/// The texts for the script of any room.
pub fn words() -> Vec<Word> {
    let filled = |key: &&str, names: &&[&'static str]| {
        let text = Text::key(["room-word-", *key].concat());
        names
            .iter()
            .fold(text, |text, name| text.with(*name, format!("{{{name}}}")))
    };
    WORDS
        .iter()
        .map(|(key, names)| Word {
            key,
            text: filled(key, names),
        })
        .collect()
}
