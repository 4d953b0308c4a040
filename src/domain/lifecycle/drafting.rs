//! The board of clauses: the mediator writes, everybody sees, each party agrees clause by clause.

use std::collections::BTreeSet;

use super::super::agreement::{Clause, Draft, Terms, UndisputedFact};
use super::super::ids::ClauseId;
use super::super::time::civil_date;
use super::super::translation::Rendered;
use super::{Action, OutOfOrder, Outcome, Step, said};

pub(super) fn carry_out(step: &mut Step, action: &Action) -> Outcome {
    match action {
        Action::WriteFacts { matter } => {
            said(&matter.facts)?;
            matter.clone_into(&mut step.work()?.draft.matter);
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
        Action::ChooseLanguage { tongue } => step.work()?.draft.translation.tongue = *tongue,
        Action::Translate { texts } => return translate(step, texts),
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

/// Only into the language of the paper, and only what stands on the board.
fn translate(step: &mut Step, texts: &[Rendered]) -> Outcome {
    let draft = &mut step.work()?.draft;
    let tongue = draft.translation.tongue.ok_or(OutOfOrder::WrongState)?;
    let places: Vec<_> = draft.texts().into_iter().map(|(place, _)| place).collect();
    let fits = |it: &Rendered| it.tongue == tongue && places.contains(&it.place);
    if !texts.iter().all(fits) {
        return Err(OutOfOrder::Unknown);
    }
    let mut changed = false;
    for text in texts {
        changed |= draft.translate(text);
    }
    if changed {
        draft.revision += 1;
    }
    Ok(())
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

#[cfg(test)]
mod tests {
    use super::super::super::agreement::Matter;
    use super::super::super::fixture::{Quarrel, Refused, rules};
    use super::super::super::paper::PaperKind;
    use super::*;

    fn matter(disputed: &str) -> Action {
        Action::WriteFacts {
            matter: Matter {
                facts: "夜里拖椅子".to_owned(),
                disputed: disputed.to_owned(),
                responsibility: "各自安静".to_owned(),
            },
        }
    }

    /// 人民调解法 29: main facts, points in dispute, each party's responsibility.
    #[test]
    fn what_is_written_of_the_matter_stands_in_the_agreement_and_no_edit_leaves_a_signature() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).agreed();
        let text = "两家是上下楼邻居".to_owned();
        quarrel.act("mediator", Action::NoteUndisputed { text });
        quarrel.act("claimant", Action::AgreeUndisputed { index: 0 });
        quarrel.act("respondent", Action::AgreeUndisputed { index: 0 });
        quarrel.act("mediator", matter("几点算夜里"));
        let paper = quarrel.paper(PaperKind::Agreement, "base");
        let number = "1".to_owned();
        quarrel.act(
            "mediator",
            Action::PrepareSigning {
                number,
                paper,
                order: None,
            },
        );
        let agreement = quarrel.case.stage.signing().unwrap();
        assert_eq!(agreement.matter.disputed, "几点算夜里");
        assert_eq!(agreement.matter.responsibility, "各自安静");
        assert_eq!(agreement.undisputed, ["两家是上下楼邻居"]);
        quarrel.sign_next("claimant");
        let refused = quarrel.refuses("mediator", matter("多响算吵"));
        assert_eq!(refused, Refused::OutOfOrder(OutOfOrder::WrongState));
        quarrel.act("mediator", Action::ReopenDraft);
        quarrel.act("mediator", matter("多响算吵"));
        assert!(quarrel.case.stage.signing().is_none() && quarrel.case.papers.is_empty());
        let draft = &quarrel.case.stage.work().unwrap().draft;
        assert!(draft.clauses.iter().all(|clause| clause.agreed.is_empty()));
    }
}
