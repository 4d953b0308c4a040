//! Language and large text, as an address, a cookie or the browser itself asks for them.

use axum::http::{HeaderMap, Uri, header};

use super::Web;
use super::security::{self, Cookie};
use crate::i18n::Locale;

/// Months that a choice of language or large text is kept, in seconds.
const PREFERENCE_SECONDS: u32 = 31_536_000;

fn parameter(uri: &Uri, name: &str) -> Option<String> {
    form_urlencoded::parse(uri.query()?.as_bytes())
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.into_owned())
}

pub(super) fn locale(
    web: &Web,
    headers: &HeaderMap,
    uri: &Uri,
    cookies: &mut Vec<Cookie>,
) -> Locale {
    if let Some(locale) = parameter(uri, "lang").and_then(|tag| Locale::parse(&tag)) {
        cookies.push(Cookie::lasting("lang", locale.tag(), PREFERENCE_SECONDS));
        return locale;
    }
    if let Some(tag) = security::cookie(headers, web.site.tls, "lang") {
        return Locale::parse(&tag).unwrap_or_default();
    }
    let asked = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    Locale::from_accept_language(asked.unwrap_or(""))
}

/// What was chosen, and whether it is chosen just now.
pub(super) fn elder(
    web: &Web,
    headers: &HeaderMap,
    uri: &Uri,
    cookies: &mut Vec<Cookie>,
) -> (Option<bool>, bool) {
    let parse = |word: Option<String>| match word.as_deref() {
        Some("on") => Some(true),
        Some("off") => Some(false),
        _ => None,
    };
    if let Some(on) = parse(parameter(uri, "elder")) {
        let word = if on { "on" } else { "off" };
        cookies.push(Cookie::lasting("elder", word, PREFERENCE_SECONDS));
        return (Some(on), true);
    }
    let kept = security::cookie(headers, web.site.tls, "elder");
    (parse(kept), false)
}
