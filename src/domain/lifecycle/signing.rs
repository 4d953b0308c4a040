//! From the board to paper: prepare, sign in order, seal; any edit voids every signature.

use jiff::Timestamp;

use super::super::agreement::{
    Agreement, ByHand, LedgerEntry, PerformanceState, Settlement, Signature, Signer,
};
use super::super::case::Standing;
use super::super::claim::ClaimOutcome;
use super::super::hash::ContentHash;
use super::super::paper::{Paper, PaperKind, WhyVoid};
use super::super::party::Party;
use super::super::rules::TermKey;
use super::super::signature::{Order, Shown};
use super::{
    Action, Mediate, Notice, OutOfOrder, Outcome, Recipient, Role, Step, Work, by_hand, unsigned,
};

pub(super) fn carry_out(step: &mut Step, action: &Action) -> Outcome {
    match action {
        Action::PrepareSigning {
            number,
            paper,
            order,
        } => prepare(step, number, paper, order.unwrap_or_default()),
        Action::ReopenDraft => reopen(step),
        Action::Sign {
            from_hash,
            to_hash,
            shown,
        } => {
            let signer = match step.permitted.by() {
                Standing::Party(party, _) => Signer::Party { party },
                Standing::Mediator => Signer::Mediator,
                _ => Signer::Member {
                    person: step.acting_person()?,
                },
            };
            sign(
                step,
                signer,
                (from_hash, to_hash),
                shown.unwrap_or_default(),
            )
        }
        Action::Seal {
            from_hash,
            to_hash,
            shown,
        } => {
            let (made, shown) = ((from_hash, to_hash), shown.unwrap_or_default());
            let open = step.case.stage.signing();
            if open.is_some_and(|agreement| agreement.by_hand.is_some()) {
                by_hand::confirm(step, made, shown)
            } else {
                sign(step, Signer::Organisation, made, shown)
            }
        }
        _ => Err(OutOfOrder::WrongState),
    }
}

fn prepare(step: &mut Step, number: &str, paper: &Paper, order: Order) -> Outcome {
    let parties = step.case.party_ids();
    if !step.case.parties.iter().all(Party::is_taken) {
        return Err(OutOfOrder::SeatEmpty);
    }
    if step.case.parties.iter().any(Party::lacks_licence) {
        return Err(OutOfOrder::LicenceMissing);
    }
    // Who they are and where they live stands in the text that they read.
    if !step.case.parties.iter().all(Party::is_known) {
        return Err(OutOfOrder::IdentityMissing);
    }
    if step.case.parties.iter().any(Party::lacks_hand) {
        return Err(OutOfOrder::HandMissing);
    }
    let work = step.work()?;
    if !work.draft.is_agreed_by(&parties) {
        return Err(OutOfOrder::NotAgreed);
    }
    if !work.draft.untranslated(&parties).is_empty() {
        return Err(OutOfOrder::TranslationMissing);
    }
    let mut work = work.clone();
    if let Some(writing) = &mut work.writing {
        writing.awaited.clear();
    }
    if paper.kind != PaperKind::Agreement || step.case.paper(paper.id).is_some() {
        return Err(OutOfOrder::Unknown);
    }
    let mut agreement = work
        .draft
        .agreement(number.to_owned(), paper.id, &step.case);
    agreement.order = order;
    let is_electronic = step.rules.may_sign_electronically(&step.case.dispute);
    agreement.by_hand = (!is_electronic).then(ByHand::default);
    let lapses = step.due(TermKey::Signing);
    if is_electronic {
        unsigned::watch(step, &lapses);
    } else {
        unsigned::ask(step, &lapses);
    }
    agreement.lapses = Some(lapses);
    let turn = agreement.turn(&parties);
    step.case.papers.push(paper.clone());
    step.enter(Mediate::Signing {
        work,
        agreement: Box::new(agreement),
    });
    if is_electronic {
        call(step, &turn);
    } else {
        step.notify_parties(Notice::ToSignOnPaper);
    }
    Ok(())
}

/// The clauses go back to the board without assents, since what follows is another text.
fn reopen(step: &mut Step) -> Outcome {
    if unsigned::gives_up(step)? {
        return Ok(());
    }
    void(step, WhyVoid::Changed)?;
    step.notify_parties(Notice::SigningVoided);
    Ok(())
}

/// Takes the agreement away with every signature under it; the work as it goes on.
pub(super) fn void<'a>(step: &'a mut Step, why: WhyVoid) -> Result<&'a mut Work, OutOfOrder> {
    let Mediate::Signing { work, agreement } = step.mediate()? else {
        return Err(OutOfOrder::WrongState);
    };
    // Whoever certified that all have signed takes that back first.
    if agreement.is_certified() {
        return Err(OutOfOrder::WrongState);
    }
    let (mut work, paper) = (work.clone(), agreement.paper);
    work.draft.revision += 1;
    for clause in &mut work.draft.clauses {
        clause.agreed.clear();
    }
    step.void(paper, why);
    step.enter(Mediate::Active { work });
    step.work()
}

/// Tells each whose turn has come.
fn call(step: &mut Step, turn: &[Signer]) {
    for signer in turn {
        match *signer {
            Signer::Party { party } => {
                if step.case.may_be_told(party) {
                    step.notify(Recipient::Party { party }, Notice::ReadyToSign);
                }
            }
            Signer::Member { person } => step.notify_person(person, Notice::ToSignLast),
            Signer::Mediator => step.notify_mediator(Notice::ToSignLast),
            Signer::Organisation => {
                step.notify_post(step.case.organisation, Role::SealHolder, Notice::ToSeal);
            }
        }
    }
}

fn sign(
    step: &mut Step,
    signer: Signer,
    (from, to): (&ContentHash, &ContentHash),
    shown: Shown,
) -> Outcome {
    let now = step.now;
    let parties = step.case.party_ids();
    let person = step.acting_person()?;
    let Mediate::Signing { agreement, .. } = step.mediate()? else {
        return Err(OutOfOrder::WrongState);
    };
    if agreement.by_hand.is_some() {
        return Err(OutOfOrder::WetInkOnly);
    }
    if agreement.is_signed_by(signer) {
        return Err(OutOfOrder::AlreadyDone);
    }
    if !agreement.may_sign_next(signer, &parties) {
        return Err(OutOfOrder::NotYourTurn);
    }
    if let Signer::Party { party } = signer
        && agreement.consent_of(party).is_none()
    {
        return Err(OutOfOrder::ConsentMissing);
    }
    let (id, before) = (agreement.paper, agreement.turn(&parties));
    agreement.signatures.push(Signature {
        signer,
        person,
        at: now,
        from_hash: from.clone(),
        to_hash: to.clone(),
        shown,
    });
    let mut turn = agreement.turn(&parties);
    turn.retain(|it| !before.contains(it));
    let done = agreement.is_signed_by(Signer::Organisation);
    replace(step, id, from, to)?;
    if done {
        return settle(step, now);
    }
    call(step, &turn);
    Ok(())
}

/// A new revision takes the place of exactly the one that was signed.
pub(super) fn replace(
    step: &mut Step,
    id: super::super::ids::DocumentId,
    from: &ContentHash,
    to: &ContentHash,
) -> Outcome {
    let paper = step.case.paper_mut(id).ok_or(OutOfOrder::Unknown)?;
    if paper.hash != *from || from == to {
        return Err(OutOfOrder::PaperChanged);
    }
    paper.hash = to.clone();
    Ok(())
}

/// All parties, the mediator and the committee's seal: the agreement takes effect (人民调解法 29) and the 30
/// days for a joint application begin (33).
pub(super) fn settle(step: &mut Step, at: Timestamp) -> Outcome {
    let Mediate::Signing { work, agreement } = step.mediate()? else {
        return Err(OutOfOrder::WrongState);
    };
    let (mediator, agreement) = (work.mediator, Agreement::clone(agreement));
    let ledger = agreement
        .clauses
        .iter()
        .map(|clause| LedgerEntry {
            clause: clause.id,
            state: PerformanceState::Owed,
            reports: Vec::new(),
        })
        .collect();
    let case = &step.case;
    let confirm_by = step
        .rules
        .due_for(TermKey::Confirmation, case.track, &case.dispute, at);
    for claim in &mut step.case.claims {
        claim.outcome = ClaimOutcome::Settled;
    }
    step.enter(Mediate::Settled {
        mediator,
        settlement: Settlement {
            agreement,
            effective_at: at,
            confirm_by,
            ledger,
            check: None,
            findings: Vec::new(),
        },
    });
    step.notify_parties(Notice::Settled);
    step.notify_mediator(Notice::Settled);
    Ok(())
}

#[cfg(test)]
#[path = "signing/tests.rs"]
mod tests;
