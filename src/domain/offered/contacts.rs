//! What could be tried so that a party is reached: a call that nobody took or a visit to a closed door, an address that is
//! wrong, a better one, a letter.

use jiff::Timestamp;
use uuid::Uuid;

use super::super::action::{Action, ActionKind};
use super::super::case::Case;
use super::super::contact_record::{ContactChannel, Outcome};
use super::super::identity::{PersonName, Phone};
use super::super::ids::{PartyId, PersonId};
use super::super::party::{Contact, Party, PartyRole};

/// For each party what fits it.
pub(super) fn examples(case: &Case, kind: ActionKind, at: Timestamp) -> Vec<Action> {
    if kind == ActionKind::AddParty {
        return added();
    }
    let of = |seat: &Party| match kind {
        ActionKind::TakeSeat => vec![Action::TakeSeat {
            party: seat.id,
            person: PersonId(Uuid::nil()),
            proven: seat.contact.clone(),
        }],
        ActionKind::WrongPerson => vec![Action::WrongPerson {
            party: seat.id,
            channel: ContactChannel::Message,
        }],
        ActionKind::CorrectContact => vec![Action::CorrectContact {
            party: seat.id,
            contact: seat.contact.clone(),
            address: "…".to_owned(),
        }],
        ActionKind::PrintLetter => vec![Action::PrintLetter { party: seat.id }],
        ActionKind::AskCall => Phone::parse("13800000000")
            .map(|phone| Action::AskCall {
                party: seat.id,
                phone,
            })
            .into_iter()
            .collect(),
        _ => attempts(seat, at),
    };
    case.parties.iter().flat_map(of).collect()
}

/// Of whom no more than a name is known.
fn added() -> Vec<Action> {
    let name = PersonName::parse("某某").ok();
    let added = name.map(|name| Action::AddParty {
        party: PartyId(Uuid::nil()),
        role: PartyRole::Respondent,
        name,
        contact: Contact::default(),
        address: String::new(),
    });
    added.into_iter().collect()
}

fn attempts(seat: &Party, at: Timestamp) -> Vec<Action> {
    let record = |channel, message| Action::RecordContact {
        party: seat.id,
        channel,
        outcome: Outcome::NoAnswer,
        note: String::new(),
        at,
        message,
    };
    vec![
        record(ContactChannel::Call, None),
        record(ContactChannel::Call, Some(Uuid::nil())),
        record(ContactChannel::Visit, None),
    ]
}
