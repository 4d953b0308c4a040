//! The first minutes: the violence screen, the warning and its lifting, reports of danger, and missed targets.

use jiff::Timestamp;

use super::super::intake::Target;
use super::super::rules::danger::Matched;
use super::super::safety::{Lifted, Report, Screen};
use super::{Action, FollowUp, Notice, ONE_TICK, OutOfOrder, Outcome, Role, Stage, Step, said};

pub(super) fn carry_out(step: &mut Step, action: &Action) -> Outcome {
    if matches!(step.case.stage, Stage::Closed { .. }) {
        return Err(OutOfOrder::WrongState);
    }
    match action {
        Action::Screen { signs } => {
            let screen = Screen {
                signs: signs.clone(),
                by: Some(step.acting_person()?),
                at: step.now,
            };
            step.learn(Vec::new(), Some(screen));
            Ok(())
        }
        Action::LiftWarning { reason } => lift(step, reason),
        Action::ReportDanger { to, note } => {
            said(to)?;
            let report = Report {
                to: to.clone(),
                note: note.clone(),
                by: step.acting_person()?,
                at: step.now,
            };
            step.case.intake.safety.reports.push(report);
            Ok(())
        }
        Action::Escalate { target } => escalate(step, *target),
        _ => Err(OutOfOrder::WrongState),
    }
}

fn lift(step: &mut Step, reason: &str) -> Outcome {
    let lifted = Lifted {
        by: step.acting_person()?,
        at: step.now,
        reason: reason.to_owned(),
    };
    let warning = step.case.intake.safety.warning.as_mut();
    let warning = warning.filter(|it| it.lifted.is_none());
    let warning = warning.ok_or(OutOfOrder::WrongState)?;
    said(reason)?;
    warning.lifted = Some(lifted);
    Ok(())
}

/// Told once for each target, to whoever is above the dispatchers.
fn escalate(step: &mut Step, target: Target) -> Outcome {
    let now = step.now;
    let pace = step.case.intake.pace.as_mut();
    let pace = pace.ok_or(OutOfOrder::WrongState)?;
    if !pace.is_to_be_told(target, now) {
        return Err(OutOfOrder::NotDue);
    }
    pace.missed.insert(target);
    let organisation = step.case.organisation;
    step.notify_post(organisation, Role::Head, Notice::TargetMissed);
    Ok(())
}

impl Step<'_> {
    /// Notes that a target was reached, where anybody measures.
    pub(super) fn reach(&mut self, target: Target) {
        if let Some(pace) = &mut self.case.intake.pace {
            pace.reach(target, self.now);
        }
    }

    /// Notes signs of danger. Where they are new, the dispatchers are called and the five minutes begin.
    pub(super) fn learn(&mut self, matched: Vec<Matched>, screen: Option<Screen>) {
        let now = self.now;
        if !self.case.intake.safety.learn(matched, screen, now) {
            return;
        }
        let organisation = self.case.organisation;
        self.notify_post(organisation, Role::Dispatcher, Notice::Urgent);
        // A meeting may be arranged already; it is not opened while the warning stands.
        self.notify_mediator(Notice::Urgent);
        if let Some(pace) = &mut self.case.intake.pace
            && pace.urgent_since.is_none()
        {
            pace.urgent_since = Some(now);
            let due = pace.due(Target::Contact);
            self.look_again(due);
        }
    }

    fn look_again(&mut self, due: Option<Timestamp>) {
        if let Some(due) = due {
            self.follow_ups.push(FollowUp::Watch { at: due + ONE_TICK });
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::super::super::contact_record::{ContactChannel, Outcome as Came};
    use super::super::super::fixture::{Quarrel, RESPONDENT, Refused, SESSION, actor, rules};
    use super::super::super::follow_up::Recipient;
    use super::super::super::intake::Pace;
    use super::super::super::ladder::TaskKind;
    use super::super::super::offered::due_action;
    use super::super::super::permission::Forbidden;
    use super::super::super::safety::{Sign, Urgency};
    use super::super::Transition;
    use super::*;

    fn screen(signs: &[Sign]) -> Action {
        Action::Screen {
            signs: signs.iter().copied().collect(),
        }
    }

    fn meet(quarrel: &Quarrel) -> Action {
        Action::ScheduleSession {
            session: SESSION,
            at: quarrel.now,
            minutes: 60,
            venue: None,
        }
    }

    fn notices(transition: &Transition) -> Vec<Notice> {
        let notice = |follow_up: &FollowUp| match follow_up {
            FollowUp::Notify { notice, .. } => Some(*notice),
            _ => None,
        };
        transition.follow_ups.iter().filter_map(notice).collect()
    }

    #[test]
    fn whoever_fears_the_other_side_is_not_put_at_one_table_until_it_is_lifted_with_a_reason() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active();
        let told = quarrel.act("dispatcher", screen(&[Sign::Afraid]));
        let all = [Notice::Urgent, Notice::Urgent];
        assert_eq!(notices(&told), all, "dispatcher and mediator");
        assert!(told.follow_ups.iter().all(is_to_staff), "no party is told");
        assert_eq!(quarrel.case.intake.urgency(), Urgency::Urgent);
        let refused = quarrel.refuses("mediator", meet(&quarrel));
        assert_eq!(refused, Refused::OutOfOrder(OutOfOrder::Unsafe));
        let lift = |reason: &str| Action::LiftWarning {
            reason: reason.to_owned(),
        };
        for name in ["dispatcher", "claimant", "respondent"] {
            let refused = quarrel.refuses(name, lift("没事了"));
            assert_eq!(refused, Refused::Forbidden(Forbidden::NotYours), "{name}");
        }
        let silent = quarrel.refuses("mediator", lift(" "));
        assert_eq!(silent, Refused::OutOfOrder(OutOfOrder::Empty));
        quarrel.act("mediator", lift("电话里单独谈过，本人愿意见面"));
        quarrel.act("mediator", meet(&quarrel));
        let twice = quarrel.refuses("mediator", lift("再一次"));
        assert_eq!(twice, Refused::OutOfOrder(OutOfOrder::WrongState));
    }

    fn is_to_staff(follow_up: &FollowUp) -> bool {
        let FollowUp::Notify { to, .. } = follow_up else {
            return false;
        };
        matches!(to, Recipient::Post { .. } | Recipient::Person { .. })
    }

    #[test]
    fn a_meeting_that_was_arranged_before_is_not_opened_while_the_warning_stands() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active();
        quarrel.act("mediator", meet(&quarrel));
        quarrel.act("dispatcher", screen(&[Sign::Threatened]));
        let begin = || Action::OpenSession { session: SESSION };
        let refused = quarrel.refuses("mediator", begin());
        assert_eq!(refused, Refused::OutOfOrder(OutOfOrder::Unsafe));
        let reason = "民警陪同，本人愿意".to_owned();
        quarrel.act("mediator", Action::LiftWarning { reason });
        quarrel.act("mediator", begin());
    }

    /// The other side is told of no fear: the offer is gone, and a time is not looked for.
    #[test]
    fn nobody_is_met_at_the_wish_of_whom_they_fear() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).inviting();
        let seat = quarrel.case.parties[1].clone();
        quarrel.act(
            "accounts",
            Action::TakeSeat {
                party: seat.id,
                person: actor("respondent").person().unwrap(),
                proven: seat.contact,
            },
        );
        let mut asked = quarrel.clone();
        asked.act("respondent", Action::AskToMeet);
        assert_eq!(asked.case.task(RESPONDENT), Some(TaskKind::Meet));
        asked.act("dispatcher", screen(&[Sign::Afraid]));
        assert_eq!(asked.case.task(RESPONDENT), Some(TaskKind::Help));
        quarrel.act("dispatcher", screen(&[Sign::Afraid]));
        let refused = quarrel.refuses("respondent", Action::AskToMeet);
        assert_eq!(refused, Refused::OutOfOrder(OutOfOrder::WrongState));
        let by_phone = Action::RecordContact {
            party: RESPONDENT,
            channel: ContactChannel::Call,
            outcome: Came::WantsToMeet,
            note: String::new(),
            at: quarrel.now,
            message: None,
        };
        let refused = quarrel.refuses("dispatcher", by_phone);
        assert_eq!(refused, Refused::OutOfOrder(OutOfOrder::Unsafe));
        quarrel.act("respondent", Action::AskForHelp);
    }

    #[test]
    fn a_screen_without_a_sign_raises_nothing_and_a_report_is_kept() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).received();
        let told = quarrel.act("dispatcher", screen(&[]));
        assert!(notices(&told).is_empty());
        assert_eq!(quarrel.case.intake.urgency(), Urgency::Ordinary);
        let report = Action::ReportDanger {
            to: "柳荫派出所".to_owned(),
            note: "电话报告".to_owned(),
        };
        let refused = quarrel.refuses("claimant", report.clone());
        assert_eq!(refused, Refused::Forbidden(Forbidden::NotYours));
        quarrel.act("dispatcher", report);
        assert_eq!(quarrel.case.intake.safety.reports.len(), 1);
    }

    #[test]
    fn a_missed_target_is_told_above_once_and_stops_nothing() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).received();
        quarrel.case.intake.pace = Some(Pace::new(quarrel.now));
        assert_eq!(due_action(&rules, &quarrel.case, quarrel.now), None);
        quarrel.now += SignedDuration::from_secs(61);
        let action = due_action(&rules, &quarrel.case, quarrel.now).unwrap();
        let target = Target::Receive;
        assert_eq!(action, Action::Escalate { target });
        let told = quarrel.act("clock", action);
        assert_eq!(notices(&told), [Notice::TargetMissed]);
        assert!(told.follow_ups.iter().all(is_to_staff), "no party is told");
        assert_eq!(due_action(&rules, &quarrel.case, quarrel.now), None);
        quarrel.act("dispatcher", Action::Accept);
        let pace = quarrel.case.intake.pace.clone().unwrap();
        assert_eq!(
            pace.routed,
            Some(quarrel.now),
            "whoever accepts has fixed the committee"
        );
    }
}
