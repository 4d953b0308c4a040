//! The board of clauses: the mediator writes, everybody sees, each party agrees clause by clause.

use std::collections::BTreeSet;

use super::super::agreement::{Clause, Draft, Terms, UndisputedFact};
use super::super::ids::ClauseId;
use super::super::time::civil_date;
use super::{Action, OutOfOrder, Outcome, Step, said};

pub(super) fn carry_out(step: &mut Step, action: &Action) -> Outcome {
    match action {
        Action::WriteFacts { facts } => {
            said(facts)?;
            facts.clone_into(&mut step.work()?.draft.facts);
        }
        Action::NoteUndisputed { text } => {
            said(text)?;
            step.work()?.draft.undisputed.push(UndisputedFact {
                text: text.clone(),
                agreed: BTreeSet::new(),
            });
        }
        Action::AgreeUndisputed { index } => {
            let party = step.permitted.party().ok_or(OutOfOrder::WrongState)?;
            let fact = step
                .work()?
                .draft
                .undisputed
                .get_mut(*index)
                .ok_or(OutOfOrder::Unknown)?;
            if !fact.agreed.insert(party) {
                return Err(OutOfOrder::AlreadyDone);
            }
        }
        Action::AddClause { clause, terms } => {
            check(step, terms)?;
            let draft = &mut step.work()?.draft;
            if draft.clauses.iter().any(|other| other.id == *clause) {
                return Err(OutOfOrder::AlreadyDone);
            }
            draft.clauses.push(Clause {
                id: *clause,
                terms: terms.clone(),
                agreed: BTreeSet::new(),
            });
        }
        Action::ChangeClause { clause, terms } => {
            check(step, terms)?;
            let found = find(&mut step.work()?.draft, *clause)?;
            *found = Clause {
                id: *clause,
                terms: terms.clone(),
                agreed: BTreeSet::new(),
            };
        }
        Action::RemoveClause { clause } => {
            let draft = &mut step.work()?.draft;
            find(draft, *clause)?;
            draft.clauses.retain(|other| other.id != *clause);
        }
        Action::AgreeClause { clause, revision } => return agree(step, *clause, *revision),
        _ => return Err(OutOfOrder::WrongState),
    }
    step.work()?.draft.revision += 1;
    Ok(())
}

fn find(draft: &mut Draft, id: ClauseId) -> Result<&mut Clause, OutOfOrder> {
    draft
        .clauses
        .iter_mut()
        .find(|clause| clause.id == id)
        .ok_or(OutOfOrder::Unknown)
}

/// An assent is to the words that were read, so a revision of its own does not follow from it.
fn agree(step: &mut Step, clause: ClauseId, revision: u32) -> Outcome {
    let party = step.permitted.party().ok_or(OutOfOrder::WrongState)?;
    let draft = &mut step.work()?.draft;
    if draft.revision != revision {
        return Err(OutOfOrder::PaperChanged);
    }
    if !find(draft, clause)?.agreed.insert(party) {
        return Err(OutOfOrder::AlreadyDone);
    }
    Ok(())
}

/// 解释 358 (5) dismisses what is unclear: an act, its last day and its proof are always named.
fn check(step: &Step, terms: &Terms) -> Outcome {
    said(&terms.act)?;
    said(&terms.proof)?;
    said(&terms.on_default)?;
    if step.case.party(terms.debtor).is_none() {
        return Err(OutOfOrder::Unknown);
    }
    if terms.due < civil_date(step.now) {
        return Err(OutOfOrder::BadTime);
    }
    Ok(())
}
