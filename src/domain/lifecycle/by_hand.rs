//! By hand instead of electronically: for what the law keeps on paper, and for whoever does not want or cannot do otherwise.

use jiff::Timestamp;

use super::super::agreement::{ByHand, Signature, Signer};
use super::super::hash::ContentHash;
use super::super::signature::Shown;
use super::super::time::civil_date;
use super::{
    Action, Mediate, Notice, OutOfOrder, Outcome, Role, Step, TermKey, said, signing, unsigned,
};

pub(super) fn carry_out(step: &mut Step, action: &Action) -> Outcome {
    match action {
        Action::SignOnPaper { from_hash, to_hash } => take_to_paper(step, from_hash, to_hash),
        Action::CertifyScan {
            from_hash,
            to_hash,
            files,
            last_signed,
            shown,
        } => certify(
            step,
            (from_hash, to_hash),
            (files, *last_signed),
            shown.unwrap_or_default(),
        ),
        Action::ReturnScan { reason } => give_back(step, reason),
        _ => Err(OutOfOrder::WrongState),
    }
}

/// The whole paper for everybody: one sheet does not carry two kinds of originals. What was signed electronically is void, and
/// so nobody takes it there who has signed, and nobody at all once all parties have.
fn take_to_paper(step: &mut Step, from: &ContentHash, to: &ContentHash) -> Outcome {
    let (acting, parties) = (step.permitted.party(), step.case.party_ids());
    let Mediate::Signing { agreement, .. } = step.mediate()? else {
        return Err(OutOfOrder::WrongState);
    };
    let has_signed = |party| agreement.is_signed_by(Signer::Party { party });
    let is_bound = acting.is_some_and(has_signed) || parties.into_iter().all(has_signed);
    if agreement.by_hand.is_some() || is_bound {
        return Err(OutOfOrder::AlreadyDone);
    }
    agreement.by_hand = Some(ByHand::default());
    agreement.signatures.clear();
    agreement.consents.clear();
    let paper = agreement.paper;
    let lapses = step.due(TermKey::Signing);
    unsigned::ask(step, &lapses);
    if let Mediate::Signing { agreement, .. } = step.mediate()? {
        agreement.lapses = Some(lapses);
    }
    signing::replace(step, paper, from, to)?;
    step.notify_parties(Notice::ToSignOnPaper);
    step.notify_mediator(Notice::ToSignOnPaper);
    Ok(())
}

/// The officer has held the scan against the original. It counts once somebody else has: until then all look at it.
fn certify(
    step: &mut Step,
    (from, to): (&ContentHash, &ContentHash),
    (files, last_signed): (&[ContentHash], Timestamp),
    shown: Shown,
) -> Outcome {
    let (person, at) = (step.acting_person()?, step.now);
    let made_at = {
        let agreement = step.case.stage.signing().ok_or(OutOfOrder::WrongState)?;
        let paper = step
            .case
            .paper(agreement.paper)
            .ok_or(OutOfOrder::Unknown)?;
        paper.made_at
    };
    let Mediate::Signing { agreement, .. } = step.mediate()? else {
        return Err(OutOfOrder::WrongState);
    };
    let Some(by_hand) = &mut agreement.by_hand else {
        return Err(OutOfOrder::WrongState);
    };
    if !by_hand.scan.is_empty() {
        return Err(OutOfOrder::AlreadyDone);
    }
    if files.is_empty() {
        return Err(OutOfOrder::Empty);
    }
    // The clock of whoever wrote the day by hand need not agree with ours to the minute.
    if last_signed > at || civil_date(last_signed) < civil_date(made_at) {
        return Err(OutOfOrder::BadTime);
    }
    // A hand that stood under it binds, whatever is said later; one that had said no before does not stand there.
    if by_hand.refusals.iter().any(|no| no.at < last_signed) {
        return Err(OutOfOrder::SaidNo);
    }
    by_hand.scan = files.to_vec();
    by_hand.last_signed = Some(last_signed);
    by_hand.returned = None;
    agreement.signatures.push(Signature {
        signer: Signer::Mediator,
        person,
        at,
        from_hash: from.clone(),
        to_hash: to.clone(),
        shown,
    });
    let paper = agreement.paper;
    signing::replace(step, paper, from, to)?;
    let organisation = step.case.organisation;
    step.notify_parties(Notice::ScanShown);
    step.notify_post(organisation, Role::SealHolder, Notice::ScanToConfirm);
    Ok(())
}

/// Whoever keeps the seal has looked as well, and is another person. The agreement is that of the day on which the last hand
/// signed (人民调解法 29).
pub(super) fn confirm(
    step: &mut Step,
    (from, to): (&ContentHash, &ContentHash),
    shown: Shown,
) -> Outcome {
    let (person, at) = (step.acting_person()?, step.now);
    let Mediate::Signing { agreement, .. } = step.mediate()? else {
        return Err(OutOfOrder::WrongState);
    };
    let by_hand = agreement.by_hand.as_ref();
    let last_signed = by_hand.and_then(|it| it.last_signed);
    let last_signed = last_signed.ok_or(OutOfOrder::NotYourTurn)?;
    if agreement.signatures.iter().any(|it| it.person == person) {
        return Err(OutOfOrder::OwnMatter);
    }
    agreement.signatures.push(Signature {
        signer: Signer::Organisation,
        person,
        at,
        from_hash: from.clone(),
        to_hash: to.clone(),
        shown,
    });
    let paper = agreement.paper;
    signing::replace(step, paper, from, to)?;
    signing::settle(step, last_signed)
}

/// Back to the sheets as they were printed; what was said of them stays.
fn give_back(step: &mut Step, reason: &str) -> Outcome {
    said(reason)?;
    let Mediate::Signing { agreement, .. } = step.mediate()? else {
        return Err(OutOfOrder::WrongState);
    };
    if !agreement.is_certified() {
        return Err(OutOfOrder::WrongState);
    }
    let certified = agreement.signatures.pop().ok_or(OutOfOrder::WrongState)?;
    agreement.by_hand = agreement.by_hand.take().map(|before| ByHand {
        refusals: before.refusals,
        returned: Some(reason.trim().to_owned()),
        ..ByHand::default()
    });
    let paper = agreement.paper;
    signing::replace(step, paper, &certified.to_hash, &certified.from_hash)?;
    step.notify_mediator(Notice::ScanReturned);
    Ok(())
}

#[cfg(test)]
#[path = "by_hand/tests.rs"]
mod tests;
