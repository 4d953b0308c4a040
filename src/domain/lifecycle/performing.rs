//! Performance of the agreement: reported by the debtor, acknowledged or disputed by the other side.

use super::super::agreement::{LedgerEntry, PerformanceState, Report};
use super::super::confirmation::Phase;
use super::super::ids::ClauseId;
use super::super::time::civil_date;
use super::ending::close_if_performed;
use super::{Action, Mediate, Notice, OutOfOrder, Outcome, Stage, Step, said};

pub(super) fn carry_out(step: &mut Step, action: &Action) -> Outcome {
    let at = step.now;
    match action {
        Action::ReportPerformance {
            clause,
            note,
            proof,
        } => {
            let entry = entry(step, *clause)?;
            let (PerformanceState::Owed | PerformanceState::Disputed { .. }) = entry.state else {
                return Err(OutOfOrder::AlreadyDone);
            };
            if proof.is_none() {
                said(note)?;
            }
            entry.state = PerformanceState::Reported;
            entry.reports.push(Report {
                at,
                note: note.clone(),
                proof: proof.clone(),
            });
            step.notify_parties(Notice::PerformanceReported);
        }
        Action::AcknowledgePerformance { clause } => {
            let entry = entry(step, *clause)?;
            if let PerformanceState::Acknowledged { .. } = entry.state {
                return Err(OutOfOrder::AlreadyDone);
            }
            entry.state = PerformanceState::Acknowledged { at };
            step.notify_parties(Notice::PerformanceAcknowledged);
            close_if_performed(step);
        }
        Action::DisputePerformance { clause, why } => {
            said(why)?;
            let found_wanting = found_wanting(step);
            let entry = entry(step, *clause)?;
            match entry.state {
                PerformanceState::Reported => {}
                // Who saw on the spot that it is not done after all may say so.
                PerformanceState::Acknowledged { .. } if found_wanting => {}
                _ => return Err(OutOfOrder::WrongState),
            }
            entry.state = PerformanceState::Disputed {
                at,
                why: why.clone(),
            };
            step.notify_parties(Notice::PerformanceDisputed);
            step.notify_mediator(Notice::PerformanceDisputed);
        }
        Action::ReportBreach => breach(step)?,
        _ => return Err(OutOfOrder::WrongState),
    }
    Ok(())
}

/// Whether somebody of the house looked last and found it not done.
fn found_wanting(step: &Step) -> bool {
    let settlement = step.case.stage.settlement();
    let last = settlement.and_then(|settlement| settlement.findings.last());
    last.is_some_and(|finding| !finding.seen.kept)
}

fn entry<'a>(step: &'a mut Step, clause: ClauseId) -> Result<&'a mut LedgerEntry, OutOfOrder> {
    let settlement = step
        .case
        .stage
        .settlement_mut()
        .ok_or(OutOfOrder::WrongState)?;
    settlement.entry_mut(clause).ok_or(OutOfOrder::Unknown)
}

/// Only the creditor of a clause whose last day has passed can say that the agreement is broken.
fn breach(step: &mut Step) -> Outcome {
    let party = step.permitted.party().ok_or(OutOfOrder::WrongState)?;
    let today = civil_date(step.now);
    let (settlement, mediator) = match &step.case.stage {
        Stage::Mediate { at } => match at.as_ref() {
            Mediate::Settled {
                settlement,
                mediator,
            }
            | Mediate::Partial {
                settlement,
                mediator,
            } => (settlement.clone(), *mediator),
            _ => return Err(OutOfOrder::WrongState),
        },
        Stage::Perform {
            settlement,
            mediator,
        }
        | Stage::Confirm {
            phase: Phase::Dismissed { .. } | Phase::NotAccepted { .. } | Phase::Withdrawn { .. },
            settlement,
            mediator,
            ..
        } => (settlement.as_ref().clone(), *mediator),
        _ => return Err(OutOfOrder::WrongState),
    };
    let overdue = settlement.ledger.iter().any(|entry| {
        !matches!(entry.state, PerformanceState::Acknowledged { .. })
            && settlement
                .clause(entry.clause)
                .is_some_and(|clause| clause.terms.due < today && clause.terms.debtor != party)
    });
    if !overdue {
        return Err(OutOfOrder::NotDue);
    }
    step.case.stage = Stage::Breached {
        settlement: Box::new(settlement),
        mediator,
        at: step.now,
    };
    step.notify_parties(Notice::Breached);
    step.notify_mediator(Notice::Breached);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::{CLAUSE, Quarrel, actor, rules};
    use super::super::super::hash::ContentHash;
    use super::super::super::permission::may_open;
    use super::*;

    fn report(note: &str, proof: Option<&[u8]>) -> Action {
        Action::ReportPerformance {
            clause: CLAUSE,
            note: note.to_owned(),
            proof: proof.map(ContentHash::of),
        }
    }

    fn said_and_sent(quarrel: &Quarrel) -> Vec<(String, bool)> {
        let settlement = quarrel.case.stage.settlement().unwrap();
        let reports = &settlement.ledger[0].reports;
        let one = |report: &Report| (report.note.clone(), report.proof.is_some());
        reports.iter().map(one).collect()
    }

    #[test]
    fn what_was_said_and_sent_stays_when_it_is_disputed_and_acknowledged() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).settled();
        quarrel.act("respondent", report("已转账", Some(b"a transfer")));
        let why = "没有收到".to_owned();
        let clause = CLAUSE;
        quarrel.act("claimant", Action::DisputePerformance { clause, why });
        assert_eq!(said_and_sent(&quarrel), [("已转账".to_owned(), true)]);
        quarrel.act("respondent", report("补了一次", None));
        quarrel.act("claimant", Action::AcknowledgePerformance { clause });
        quarrel.act("mediator", quarrel.seen());
        assert_eq!(quarrel.case.stage.name(), "closed");
        let all = [("已转账".to_owned(), true), ("补了一次".to_owned(), false)];
        assert_eq!(said_and_sent(&quarrel), all);
    }

    #[test]
    fn a_proof_of_payment_is_for_the_parties_and_their_mediator() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).filed();
        quarrel.act("respondent", report("", Some(b"a transfer")));
        let file = ContentHash::of(b"a transfer");
        let opens = |name| may_open(&actor(name), &quarrel.case, &file);
        assert!(
            ["claimant", "respondent", "mediator"]
                .into_iter()
                .all(opens)
        );
        let others = [
            "dispatcher",
            "seal_holder",
            "clerk",
            "judge",
            "stranger",
            "anonymous",
        ];
        assert!(!others.into_iter().any(opens));
        let unknown = ContentHash::of(b"another file");
        assert!(!may_open(&actor("claimant"), &quarrel.case, &unknown));
    }
}
