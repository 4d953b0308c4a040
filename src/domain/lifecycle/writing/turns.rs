//! Whose word is asked for, by when, and who is told that it is time.

use jiff::Timestamp;

use super::super::super::follow_up::{FollowUp, Notice, Recipient};
use super::super::super::rules::TermKey;
use super::super::super::time::{civil_date, instant};
use super::super::super::writing::{Awaited, Writer};
use super::super::reminding::MORNING;
use super::super::{ONE_TICK, OutOfOrder, Outcome, Step};
use super::writing;

/// Whether they were not asked already.
pub(super) fn await_word(step: &mut Step, who: Writer) -> Result<bool, OutOfOrder> {
    let due = step.due(TermKey::WrittenAnswer);
    let writing = writing(step)?;
    let is_new = writing.turn_of(who).is_none();
    if is_new {
        let until = due.at;
        writing.awaited.push(Awaited { who, due });
        remind(step, who, until);
    }
    Ok(is_new)
}

/// Once on the morning of the last day; and the mediator, who finds out how to go on, when a party's day is over.
fn remind(step: &mut Step, who: Writer, due: Timestamp) {
    let mediator = step.case.stage.mediator();
    let mediator = mediator.map(|person| Recipient::Person { person });
    let to = match who {
        Writer::Party { party } => Some(Recipient::Party { party }),
        Writer::Mediator => mediator,
    };
    let reminder = Notice::AnswerDue { who, due };
    let morning = instant(civil_date(due), MORNING).filter(|hour| *hour > step.now);
    let over = step.rules.calendar.civil_hour(due + ONE_TICK);
    let told = mediator.filter(|_| who != Writer::Mediator);
    let later = [
        (to, morning, reminder),
        (told, Some(over), Notice::AnswerOver { due }),
    ];
    let later = later.into_iter().filter_map(|(to, at, notice)| {
        let (to, at) = to.zip(at)?;
        Some(FollowUp::Later { at, to, notice })
    });
    step.follow_ups.extend(later);
}

pub(super) fn spoken(step: &mut Step, by: Writer) -> Outcome {
    let writing = writing(step)?;
    writing.awaited.retain(|it| it.who != by);
    writing.told.retain(|it| it.who != by);
    Ok(())
}

/// The mediator finds out how to go on.
pub(super) fn nobody_is_asked_but_the_mediator(step: &mut Step) -> Outcome {
    let writing = writing(step)?;
    writing.awaited.retain(|it| it.who == Writer::Mediator);
    if writing.has_begun() {
        await_word(step, Writer::Mediator)?;
    }
    Ok(())
}
