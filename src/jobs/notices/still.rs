//! Whether what was to be said later is still so: nobody is reminded of what they have done.

use crate::domain::agreement::Signer;
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
        Notice::SignBy { party, due } => case.stage.signing().is_some_and(|agreement| {
            let is_it = agreement.lapses.as_ref().is_some_and(|it| it.at == due);
            is_it && !agreement.is_signed_by(Signer::Party { party })
        }),
        Notice::CallDue => task(TaskKind::Call),
        Notice::LetterDue => task(TaskKind::Letter),
        Notice::VisitDue => task(TaskKind::Visit),
        _ => true,
    }
}

fn is_inviting(case: &Case) -> bool {
    matches!(&case.stage, Stage::Mediate { at } if matches!(at.as_ref(), Mediate::Inviting { .. }))
}
