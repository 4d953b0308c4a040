//! Payloads of what is done about mediators, and about those who come beside them.

use uuid::Uuid;

use super::super::action::{Action, ActionKind};
use super::super::case::Case;
use super::super::ids::PersonId;
use super::super::stage::{Declaration, Ground};
use super::super::team::Capacity;

pub(super) fn examples(case: &Case, kind: ActionKind) -> Vec<Action> {
    use ActionKind as K;
    let words = || "…".to_owned();
    match kind {
        K::TellWishes => vec![Action::TellWishes {
            languages: Vec::new(),
            employer: None,
        }],
        K::NameMediators => vec![Action::NameMediators {
            mediators: Vec::new(),
        }],
        K::EndChoice => vec![Action::EndChoice],
        K::Disclose => vec![Action::Disclose {
            declared: Declaration {
                other: words(),
                ..Declaration::default()
            },
        }],
        K::AskReplacement => vec![Action::AskReplacement {
            ground: Ground::Other,
            why: words(),
        }],
        K::DecideReplacement => [true, false]
            .map(|replace| Action::DecideReplacement {
                replace,
                reason: words(),
            })
            .to_vec(),
        K::WriteHandOver => vec![Action::WriteHandOver { text: words() }],
        K::InviteMember => vec![Action::InviteMember {
            person: PersonId(Uuid::nil()),
            capacity: Capacity::Expert,
        }],
        K::JoinTeam => vec![Action::JoinTeam],
        K::ConsentToMember => members(case, |person| {
            [true, false]
                .map(|agrees| Action::ConsentToMember { person, agrees })
                .to_vec()
        }),
        K::LeaveTeam => vec![Action::LeaveTeam],
        K::DismissMember => members(case, |person| vec![Action::DismissMember { person }]),
        _ => Vec::new(),
    }
}

/// Actions on everybody who stands by the case or was asked to.
fn members(case: &Case, actions: impl Fn(PersonId) -> Vec<Action>) -> Vec<Action> {
    let asked = case.asked.iter().map(|it| it.person);
    let people = asked.chain(case.team.iter().map(|it| it.person));
    people.flat_map(actions).collect()
}
