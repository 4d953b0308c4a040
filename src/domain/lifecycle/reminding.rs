//! Reminders: on the working day before a term ends and on its last day, in the morning, to whoever has to act.

use jiff::Timestamp;
use jiff::civil::Time;

use super::super::confirmation::Phase;
use super::super::time::instant;
use super::{FollowUp, Mediate, Notice, Recipient, Role, Stage, Step};

pub(super) const MORNING: Time = Time::constant(9, 0, 0, 0);

/// Plans what is still to come. Each goes out once for its term, and not if the term has changed by then.
pub(super) fn remind(step: &mut Step) {
    let Some(due) = step.case.stage.due() else {
        return;
    };
    let (at, day) = (due.at, due.day());
    let before = step.rules.calendar.working_day_before(day);
    let reminders = [
        (before, Notice::DueSoon { due: at }),
        (day, Notice::DueToday { due: at }),
    ];
    for to in concerned(step) {
        for (day, notice) in reminders {
            let Some(hour) = instant(day, MORNING).filter(|hour| *hour > step.now) else {
                continue;
            };
            plan(step, hour, to, notice);
        }
    }
}

fn plan(step: &mut Step, at: Timestamp, to: Recipient, notice: Notice) {
    step.follow_ups.push(FollowUp::Later { at, to, notice });
}

/// Whose turn it is. The steps of an invitation call their people themselves.
fn concerned(step: &Step) -> Vec<Recipient> {
    let case = &step.case;
    let organisation = case.organisation;
    let parties = || {
        let ids = case.party_ids().into_iter();
        ids.map(|party| Recipient::Party { party })
    };
    let mediator = case
        .stage
        .mediator()
        .map(|person| Recipient::Person { person });
    match &case.stage {
        Stage::Mediate { at } => match at.as_ref() {
            Mediate::Selecting { .. } => {
                let role = Role::Dispatcher;
                vec![Recipient::Post { organisation, role }]
            }
            Mediate::Disclosing { .. } | Mediate::Active { .. } | Mediate::Paused { .. } => {
                mediator.into_iter().collect()
            }
            Mediate::Signing { .. } => mediator.into_iter().chain(parties()).collect(),
            Mediate::Settled { .. } | Mediate::Partial { .. } => parties().collect(),
            _ => Vec::new(),
        },
        Stage::Confirm {
            phase, application, ..
        } => {
            let organisation = application.court;
            match phase {
                Phase::Prepared => parties().collect(),
                Phase::Filed { .. } => {
                    let role = Role::Clerk;
                    vec![Recipient::Post { organisation, role }]
                }
                Phase::Reviewing { .. } => {
                    let role = Role::Judge;
                    vec![Recipient::Post { organisation, role }]
                }
                _ => Vec::new(),
            }
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::{Quarrel, rules};
    use super::super::Action;
    use super::*;

    fn planned(follow_ups: &[FollowUp]) -> Vec<String> {
        let said = |follow_up: &FollowUp| match follow_up {
            FollowUp::Later { at, to, notice } => {
                let to = match to {
                    Recipient::Party { .. } => "party",
                    Recipient::Person { .. } => "person",
                    Recipient::Post { .. } => "post",
                };
                Some(format!("{at} {} {to}", notice.name()))
            }
            _ => None,
        };
        follow_ups.iter().filter_map(said).collect()
    }

    #[test]
    fn whoever_has_to_act_is_reminded_the_working_day_before_and_on_the_day() {
        let rules = rules();
        // From Monday 2 March: 30 days end on Wednesday 1 April.
        let mut quarrel = Quarrel::new(&rules).disclosing();
        let told = quarrel.act("mediator", Action::AcceptAssignment { disclosure: None });
        assert_eq!(
            planned(&told.follow_ups),
            [
                "2026-03-31T01:00:00Z due-soon person",
                "2026-04-01T01:00:00Z due-today person",
            ]
        );
    }

    #[test]
    fn nobody_is_reminded_of_a_morning_that_is_over() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).received();
        quarrel.wait(1);
        let told = quarrel.act("dispatcher", Action::Accept);
        assert_eq!(
            planned(&told.follow_ups),
            Vec::<String>::new(),
            "the steps call by themselves"
        );
    }
}
