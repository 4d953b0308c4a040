//! What every form holds to: a summary that leads to the fields, and one action a screen in large text.

use std::collections::{BTreeMap, BTreeSet};

use super::{frames, samples, templates};

/// What stands between `before` and the next quotation mark, at every place.
fn all<'a>(html: &'a str, before: &'a str) -> impl Iterator<Item = &'a str> {
    html.split(before)
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
}

/// What is wrong with the ids and the messages of a page.
fn faults(html: &str) -> Vec<String> {
    let mut ids = BTreeMap::new();
    for id in all(html, " id=\"") {
        *ids.entry(id).or_insert(0) += 1;
    }
    let described: BTreeSet<&str> = all(html, "aria-describedby=\"")
        .flat_map(str::split_whitespace)
        .collect();
    let summary = html.split("class=\"error-summary\"").nth(1).unwrap_or("");
    let summary = summary.split("</div>").next().unwrap_or("");
    let mut faults = Vec::new();
    for (id, times) in &ids {
        if *times > 1 {
            faults.push(format!("{times} times the id {id}"));
        }
        if id.ends_with("-error") && !described.contains(id) {
            faults.push(format!("nothing is described by {id}"));
        }
    }
    for id in all(summary, "href=\"#") {
        if !ids.contains_key(id) {
            faults.push(format!("the summary leads to #{id}, which is not there"));
        }
        if !ids.contains_key(format!("{id}-error").as_str()) {
            faults.push(format!("no message stands beside {id}"));
        }
    }
    for id in described {
        if !ids.contains_key(id) {
            faults.push(format!("{id} should describe a field, but is not there"));
        }
    }
    faults
}

#[test]
fn every_message_stands_beside_its_field_and_the_summary_leads_there() {
    let (templates, frames) = (templates(), frames());
    let mut wrong = BTreeSet::new();
    for (name, show) in samples() {
        for fault in faults(&show(&templates, &frames[0])) {
            wrong.insert(format!("{name}: {fault}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_page_that_can_refuse_a_form_shows_how() {
    let (templates, frames) = (templates(), frames());
    let mut shown = BTreeMap::new();
    for (name, show) in samples() {
        let html = show(&templates, &frames[0]);
        *shown.entry(name).or_insert(false) |= html.contains("class=\"error-summary\"");
    }
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/templates/");
    let can = |name: &str| std::fs::read_to_string(format!("{folder}{name}")).unwrap();
    shown.retain(|name, shown| can(name).contains("<error_summary") != *shown);
    assert!(shown.is_empty(), "no sample shows its messages: {shown:?}");
}

/// What people of an office work with; they are not asked to read in large text.
const OFFICE: &[&str] = &[
    "library",
    "meeting-rooms",
    "search",
    "assign",
    "assignment",
    "caucus",
    "court_queue",
    "demo-outbox",
    "demo-people",
    "desk",
    "enter",
    "dismissal",
    "hand-over",
    "hand-over-sure",
    "identities",
    "identity",
    "intake",
    "invite",
    "invite-code",
    "help",
    "delivery",
    "errands",
    "request",
    "requests",
    "outreach",
    "on-paper",
    "record",
    "register",
    "late",
    "visits",
    "review",
    "ruling",
    "safety",
    "screen",
    "seal",
    "second-factor",
    "sessions",
    "similar",
    "staff",
    "staff-sign-in",
    "staff-work",
    "triage",
    "statistics",
    "undelivered",
];

/// The page without what a `<details>` keeps folded.
fn unfolded(html: &str) -> String {
    let mut parts = html.split("<details");
    let mut page = parts.next().unwrap_or("").to_owned();
    let mut depth = 0;
    for part in parts {
        depth += 1;
        for (at, rest) in part.split("</details>").enumerate() {
            depth -= usize::from(at > 0);
            if depth == 0 {
                page.push_str(rest);
            }
        }
    }
    page
}

#[test]
fn large_text_shows_a_party_one_action_a_screen() {
    let templates = templates();
    let mut wrong = BTreeSet::new();
    for frame in frames().iter().filter(|frame| frame.elder) {
        for (name, show) in samples() {
            let short = name.trim_start_matches("pages/").trim_end_matches(".html");
            if OFFICE.contains(&short) || short == "room" {
                continue;
            }
            let html = show(&templates, frame);
            if html.contains("id=\"clause-form\"") {
                continue; // the mediator's face of the board
            }
            let main = html.split("<main").nth(1).unwrap();
            let main = unfolded(main.split("</main>").next().unwrap());
            // Beside the place to draw in stand helps, which do nothing to the case.
            let main = main.replace("type=\"button\" class=\"button", "");
            let actions = all(&main, "class=\"")
                .filter(|class| class.split_whitespace().any(|name| name == "button"))
                .count();
            if actions > 1 {
                wrong.insert(format!("{name}: {actions} actions"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
