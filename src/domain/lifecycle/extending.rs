//! More time for the mediation: somebody asks, all agree, and only while the term still runs (在线调解规则 24).

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::super::ids::DocumentId;
use super::super::stage::{Assent, Extended, Extension, Unwritten, Work};
use super::{
    Action, Due, FollowUp, Mediate, Notice, OutOfOrder, Outcome, Stage, Step, TermKey, said,
};

/// Nobody agrees to more at once.
const FARTHEST_DAYS: i32 = 180;

pub(super) fn carry_out(step: &mut Step, action: &Action) -> Outcome {
    let now = step.now;
    let work = running(step)?;
    if work.due.has_passed(now) {
        return Err(OutOfOrder::TooLate);
    }
    match action {
        Action::ProposeExtension { until, why } => propose(step, *until, why),
        Action::AgreeExtension => agree(step),
        Action::RefuseExtension => {
            work.proposal.take().ok_or(OutOfOrder::Unknown)?;
            step.notify_parties(Notice::ExtensionRefused);
            step.notify_mediator(Notice::ExtensionRefused);
            Ok(())
        }
        _ => Err(OutOfOrder::WrongState),
    }
}

/// The work while its term runs: also while it lies open for signing.
fn running<'a>(step: &'a mut Step) -> Result<&'a mut Work, OutOfOrder> {
    match step.mediate()? {
        Mediate::Active { work } | Mediate::Signing { work, .. } => Ok(work),
        _ => Err(OutOfOrder::WrongState),
    }
}

fn propose(step: &mut Step, until: Date, why: &str) -> Outcome {
    said(why)?;
    let (now, by) = (step.now, step.acting_person()?);
    let party = step.permitted.party();
    let work = running(step)?;
    if work.proposal.is_some() {
        return Err(OutOfOrder::AlreadyDone);
    }
    let day = work.due.day();
    let days = day.until(until).map_or(0, |span| span.get_days());
    if !(1..=FARTHEST_DAYS).contains(&days) {
        return Err(OutOfOrder::BadTime);
    }
    work.proposal = Some(Extension {
        until,
        why: why.to_owned(),
        by,
        at: now,
        // Whoever asks agrees.
        agreed: party.into_iter().collect::<BTreeSet<_>>(),
        assents: party
            .into_iter()
            .map(|party| Assent { party, at: now })
            .collect(),
    });
    step.notify_parties(Notice::ExtensionProposed);
    step.notify_mediator(Notice::ExtensionProposed);
    Ok(())
}

fn agree(step: &mut Step) -> Outcome {
    let party = step.permitted.party().ok_or(OutOfOrder::WrongState)?;
    let (all, now) = (step.case.party_ids(), step.now);
    let work = running(step)?;
    let proposal = work.proposal.as_mut().ok_or(OutOfOrder::Unknown)?;
    if !proposal.agreed.insert(party) {
        return Err(OutOfOrder::AlreadyDone);
    }
    proposal.assents.push(Assent { party, at: now });
    if !all.iter().all(|party| proposal.agreed.contains(party)) {
        return Ok(());
    }
    let proposal = work.proposal.take().ok_or(OutOfOrder::Unknown)?;
    work.extended.push(Extended {
        from: work.due.day(),
        until: proposal.until,
        why: proposal.why,
        at: now,
        paused: work.paused,
        by: Some(proposal.by),
        assents: proposal.assents,
        paper: None,
    });
    let work = work.clone();
    let due = term(step, &work);
    running(step)?.due = due;
    step.watch();
    put_down(step, &work);
    step.notify_parties(Notice::TermExtended);
    step.notify_mediator(Notice::TermExtended);
    Ok(())
}

/// For the paper of the newest extension, which says who agreed when: of a proposal from before that was asked, nobody
/// knows it of everybody, and there is none.
fn put_down(step: &mut Step, work: &Work) {
    let Some(extended) = work.extended.last() else {
        return;
    };
    let agreed = |party| extended.assents.iter().any(|it| it.party == party);
    if !step.case.party_ids().into_iter().all(agreed) {
        return;
    }
    step.case.unwritten.push(Unwritten {
        number: work.extended.len(),
        mediator: work.mediator,
        basis: work.due.basis.clone(),
        extended: extended.clone(),
    });
    step.follow_ups.push(FollowUp::DrawUp);
}

/// Files the paper of the oldest extension that has none, wherever the case is by now.
pub(super) fn file(step: &mut Step, paper: DocumentId) -> Outcome {
    if step.case.unwritten.is_empty() {
        return Err(OutOfOrder::AlreadyDone);
    }
    let written = step.case.unwritten.remove(0);
    let mut extended = begun(&mut step.case.stage)
        .into_iter()
        .flat_map(|work| &mut work.extended);
    if let Some(extended) = extended.nth(written.number.saturating_sub(1)) {
        extended.paper = Some(paper);
    }
    Ok(())
}

fn begun(stage: &mut Stage) -> Option<&mut Work> {
    let Stage::Mediate { at } = stage else {
        return None;
    };
    match at.as_mut() {
        Mediate::Active { work } | Mediate::Paused { work, .. } | Mediate::Signing { work, .. } => {
            Some(work)
        }
        Mediate::Selecting { kept, .. } | Mediate::Disclosing { kept, .. } => kept.as_deref_mut(),
        _ => None,
    }
}

/// The end of the mediation by the calendar of today: from the mediator's acceptance, or the day that all agreed on, and
/// the days of appraisals since.
pub(super) fn term(step: &Step, work: &Work) -> Due {
    let days = |paused: jiff::SignedDuration| paused.as_hours().div_euclid(24);
    let case = &step.case;
    let Some(last) = work.extended.last() else {
        let of = (case.track, &case.dispute);
        let excluded = days(work.paused);
        let rules = step.rules;
        return rules.due_without(TermKey::Mediation, of, work.accepted_at, excluded);
    };
    let calendar = &step.rules.calendar;
    let agreed = calendar.agreed_on(last.until, &work.due.basis);
    let since = days(work.paused - last.paused);
    if since == 0 {
        return agreed;
    }
    let day = last.until.saturating_add(jiff::Span::new().days(since));
    calendar.agreed_on(day, &work.due.basis)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::super::fixture::{Quarrel, Refused, rules};
    use super::super::super::offered::due_action;
    use super::super::super::paper::PaperKind;
    use super::super::super::permission::Forbidden;
    use super::super::super::stage::{EndCode, PauseReason};
    use super::*;

    fn ask(until: Date) -> Action {
        Action::ProposeExtension {
            until,
            why: "等房屋检测".to_owned(),
        }
    }

    fn day(quarrel: &Quarrel) -> Date {
        quarrel.case.stage.due().unwrap().day()
    }

    #[test]
    fn a_later_day_counts_once_every_party_has_agreed() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active();
        let before = day(&quarrel);
        assert_eq!(before, date(2026, 4, 1));
        // A Sunday: it moves on to the Monday.
        quarrel.act("mediator", ask(date(2026, 4, 12)));
        assert_eq!(day(&quarrel), before, "asked for is not agreed");
        quarrel.act("claimant", Action::AgreeExtension);
        assert_eq!(day(&quarrel), before, "one is not all");
        let again = quarrel.refuses("claimant", Action::AgreeExtension);
        assert_eq!(again, Refused::OutOfOrder(OutOfOrder::AlreadyDone));
        for other in ["dispatcher", "mediator", "clock"] {
            let refused = quarrel.refuses(other, Action::AgreeExtension);
            assert_eq!(refused, Refused::Forbidden(Forbidden::NotYours), "{other}");
        }
        quarrel.now += jiff::SignedDuration::from_hours(5);
        let agreed = quarrel.act("respondent", Action::AgreeExtension);
        assert_eq!(day(&quarrel), date(2026, 4, 13));
        let extended = &quarrel.case.stage.work().unwrap().extended[0];
        let hours = extended
            .at
            .duration_since(extended.assents[0].at)
            .as_hours();
        assert_eq!((extended.assents.len(), hours), (2, 5), "who agreed when");
        assert!(agreed.follow_ups.contains(&FollowUp::DrawUp));
        let paper = quarrel.paper(PaperKind::Extension, "extension");
        let file = Action::FilePaper { paper };
        quarrel.act("accounts", file.clone());
        let twice = quarrel.refuses("accounts", file);
        assert_eq!(twice, Refused::OutOfOrder(OutOfOrder::AlreadyDone));
        quarrel.now = "2026-04-10T01:00:00Z".parse().unwrap();
        assert_eq!(due_action(&rules, &quarrel.case, quarrel.now), None);
        quarrel.now = "2026-04-13T16:00:00Z".parse().unwrap();
        let code = EndCode::TermExpired;
        let over = due_action(&rules, &quarrel.case, quarrel.now);
        assert_eq!(over, Some(Action::End { code }));
    }

    #[test]
    fn a_party_that_asks_has_agreed_and_one_refusal_leaves_the_old_day() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active();
        let before = day(&quarrel);
        quarrel.act("claimant", ask(date(2026, 4, 20)));
        let twice = quarrel.refuses("mediator", ask(date(2026, 4, 21)));
        assert_eq!(twice, Refused::OutOfOrder(OutOfOrder::AlreadyDone));
        quarrel.act("respondent", Action::RefuseExtension);
        assert_eq!(day(&quarrel), before);
        let gone = quarrel.refuses("respondent", Action::AgreeExtension);
        assert_eq!(gone, Refused::OutOfOrder(OutOfOrder::Unknown));
        quarrel.act("claimant", ask(date(2026, 4, 20)));
        quarrel.act("respondent", Action::AgreeExtension);
        assert_eq!(day(&quarrel), date(2026, 4, 20));
    }

    #[test]
    fn nobody_extends_what_is_over_or_backwards_or_without_a_reason() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active();
        let bad = Refused::OutOfOrder(OutOfOrder::BadTime);
        for until in [date(2026, 4, 1), date(2026, 3, 20), date(2027, 3, 1)] {
            assert_eq!(quarrel.refuses("mediator", ask(until)), bad, "{until}");
        }
        let silent = Action::ProposeExtension {
            until: date(2026, 4, 20),
            why: " ".to_owned(),
        };
        let empty = Refused::OutOfOrder(OutOfOrder::Empty);
        assert_eq!(quarrel.refuses("mediator", silent), empty);
        quarrel.act("mediator", ask(date(2026, 4, 20)));
        quarrel.now = "2026-04-01T16:00:00Z".parse().unwrap();
        let late = Refused::OutOfOrder(OutOfOrder::TooLate);
        assert_eq!(quarrel.refuses("claimant", Action::AgreeExtension), late);
    }

    #[test]
    fn an_appraisal_adds_its_days_and_no_other_pause_stops_the_term() {
        let rules = rules();
        for (why, last) in [
            (PauseReason::Appraisal, date(2026, 4, 13)),
            (PauseReason::SuspectedFraud, date(2026, 4, 1)),
            (PauseReason::Safety, date(2026, 4, 1)),
        ] {
            let mut quarrel = Quarrel::new(&rules).active();
            quarrel.wait(3);
            quarrel.act("mediator", Action::Pause { why });
            assert_eq!(quarrel.case.stage.due().is_none(), why.is_excluded());
            // Ten days make 11 April, a Saturday.
            quarrel.wait(10);
            quarrel.act("mediator", Action::Resume);
            assert_eq!(day(&quarrel), last, "{why:?}");
        }
    }

    fn agreed(quarrel: &mut Quarrel<'_>, until: Date) -> Vec<FollowUp> {
        quarrel.act("claimant", ask(until));
        quarrel.act("respondent", Action::AgreeExtension).follow_ups
    }

    #[test]
    fn the_paper_of_an_extension_is_filed_when_the_work_is_over_already() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active();
        agreed(&mut quarrel, date(2026, 4, 20));
        let code = EndCode::TooFarApart;
        quarrel.act("mediator", Action::End { code });
        quarrel.act("mediator", Action::Close);
        assert_eq!(quarrel.case.unwritten.len(), 1, "its facts have stayed");
        let paper = quarrel.paper(PaperKind::Extension, "extension");
        let file = Action::FilePaper { paper };
        quarrel.act("accounts", file.clone());
        assert!(quarrel.case.latest_paper(PaperKind::Extension).is_some());
        let twice = quarrel.refuses("accounts", file);
        assert_eq!(twice, Refused::OutOfOrder(OutOfOrder::AlreadyDone));
    }

    /// Kept from before it was asked when each agreed.
    #[test]
    fn an_extension_of_which_not_every_assent_is_known_has_no_paper_and_stops_no_later_one() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active();
        quarrel.act("claimant", ask(date(2026, 4, 20)));
        let Stage::Mediate { at } = &mut quarrel.case.stage else {
            panic!("a mediation");
        };
        let Mediate::Active { work } = at.as_mut() else {
            panic!("work");
        };
        work.proposal.as_mut().unwrap().assents.clear();
        let told = quarrel.act("respondent", Action::AgreeExtension).follow_ups;
        assert_eq!(day(&quarrel), date(2026, 4, 20), "it holds all the same");
        assert!(quarrel.case.unwritten.is_empty() && !told.contains(&FollowUp::DrawUp));
        let told = agreed(&mut quarrel, date(2026, 4, 30));
        assert!(told.contains(&FollowUp::DrawUp));
        let paper = quarrel.paper(PaperKind::Extension, "extension");
        quarrel.act("accounts", Action::FilePaper { paper });
        let work = quarrel.case.stage.work().unwrap();
        let papers = work.extended.iter().map(|it| it.paper.is_some());
        assert_eq!(
            papers.collect::<Vec<_>>(),
            [false, true],
            "the second's own"
        );
    }

    #[test]
    fn days_of_an_appraisal_after_an_extension_are_added_to_the_day_agreed_on() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active();
        quarrel.act("claimant", ask(date(2026, 4, 20)));
        quarrel.act("respondent", Action::AgreeExtension);
        let why = PauseReason::Appraisal;
        quarrel.act("mediator", Action::Pause { why });
        quarrel.wait(2);
        quarrel.act("mediator", Action::Resume);
        assert_eq!(day(&quarrel), date(2026, 4, 22));
    }
}
