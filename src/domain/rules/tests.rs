//! The shipped data, and what happens to the start when it is damaged.

use super::*;

mod conditions;
mod data;
mod limitation;
mod terms;
mod ways;

const FILES: [(&str, &str); 14] = [
    (
        "statutes.toml",
        include_str!("../../../assets/data/statutes.toml"),
    ),
    (
        "gists.toml",
        include_str!("../../../assets/data/gists.toml"),
    ),
    (
        "limitation.toml",
        include_str!("../../../assets/data/limitation.toml"),
    ),
    (
        "disputes.toml",
        include_str!("../../../assets/data/disputes.toml"),
    ),
    (
        "terms.toml",
        include_str!("../../../assets/data/terms.toml"),
    ),
    (
        "holidays.toml",
        include_str!("../../../assets/data/holidays.toml"),
    ),
    (
        "conditions.toml",
        include_str!("../../../assets/data/conditions.toml"),
    ),
    (
        "tracks.toml",
        include_str!("../../../assets/data/tracks.toml"),
    ),
    ("ways.toml", include_str!("../../../assets/data/ways.toml")),
    (
        "ladder.toml",
        include_str!("../../../assets/data/ladder.toml"),
    ),
    (
        "danger.toml",
        include_str!("../../../assets/data/danger.toml"),
    ),
    (
        "clocks.toml",
        include_str!("../../../assets/data/clocks.toml"),
    ),
    (
        "clauses.toml",
        include_str!("../../../assets/data/clauses.toml"),
    ),
    (
        "messages.toml",
        include_str!("../../../assets/data/messages.toml"),
    ),
];

pub(crate) fn rules() -> Rules {
    Rules::parse(&FILES).unwrap()
}

pub(crate) fn key(name: &str) -> DisputeKey {
    DisputeKey(name.to_owned())
}

#[test]
fn a_step_that_was_taken_out_of_the_data_still_leads_to_those_after_it() {
    let mut rules = rules();
    rules.steps.retain(|step| *step != Rung::Call);
    let after: Vec<_> = rules.steps_after(Rung::Call).collect();
    assert_eq!(after, [Rung::Letter, Rung::Visit]);
    let first: Vec<_> = rules.steps_after(Rung::Message).collect();
    assert_eq!(first, [Rung::Reminder, Rung::Letter, Rung::Visit]);
}
