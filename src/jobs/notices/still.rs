//! Whether what was to be said later is still so: nobody is reminded of what they have done.

use jiff::Timestamp;

use crate::domain::agreement::{Agreement, Signer};
use crate::domain::case::Case;
use crate::domain::follow_up::Notice;
use crate::domain::ladder::TaskKind;
use crate::domain::stage::{Mediate, Stage};
use crate::domain::writing::Writer;

pub(super) fn still_holds(case: &Case, notice: Notice) -> bool {
    let task = |kind| {
        let mut parties = case.parties.iter();
        parties.any(|party| case.task(party.id) == Some(kind))
    };
    match notice {
        Notice::Invitation => is_inviting(case),
        Notice::InvitationReminder => {
            is_inviting(case)
                && case
                    .invited
                    .iter()
                    .all(|invited| invited.answered.is_none())
        }
        Notice::DueSoon { due } | Notice::DueToday { due } => {
            case.stage.due().is_some_and(|running| running.at == due)
        }
        Notice::AnswerDue { who, due } => {
            let mut turns = case.turns();
            turns.any(|turn| turn.who == who && turn.due.at == due)
        }
        Notice::AnswerOver { due } => {
            let mut turns = case.turns();
            turns.any(|turn| turn.who != Writer::Mediator && turn.due.at == due)
        }
        Notice::SignBy { party, due } => lies_open(case, due).is_some_and(|agreement| {
            agreement.by_hand.is_none() && !agreement.is_signed_by(Signer::Party { party })
        }),
        Notice::SheetsDue { due } => lies_open(case, due).is_some_and(|agreement| {
            let mut by_hand = agreement.by_hand.iter();
            by_hand.any(|it| it.scan.is_empty())
        }),
        Notice::CallDue => task(TaskKind::Call),
        Notice::LetterDue => task(TaskKind::Letter),
        Notice::VisitDue => task(TaskKind::Visit),
        _ => true,
    }
}

/// What is to be signed until then.
fn lies_open(case: &Case, due: Timestamp) -> Option<&Agreement> {
    let until = |it: &&Agreement| it.lapses.as_ref().is_some_and(|it| it.at == due);
    case.stage.signing().filter(until)
}

fn is_inviting(case: &Case) -> bool {
    matches!(&case.stage, Stage::Mediate { at } if matches!(at.as_ref(), Mediate::Inviting { .. }))
}
