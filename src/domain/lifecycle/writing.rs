//! Mediation in writing: consent of each, whose turn it is, offers and what becomes of them.

use std::collections::BTreeSet;

use jiff::SignedDuration;

use super::super::agreement::Clause;
use super::super::case::Standing;
use super::super::deadline::{Basis, Due, end_of};
use super::super::ids::{OfferId, PartyId};
use super::super::party::PartyRole;
use super::super::stage::Work;
use super::super::time::civil_date;
use super::super::writing::{Consent, MOST_PARTS, Offer, OfferState, OfferTerms, Writer, Writing};
use super::meeting::apart;
use super::{
    Action, FollowUp, Mediate, Notice, ONE_TICK, OutOfOrder, Outcome, Recipient, Step, said,
};

mod turns;

use turns::{await_word, nobody_is_asked_but_the_mediator, spoken};

/// Nobody binds themselves for longer.
const FARTHEST: SignedDuration = SignedDuration::from_hours(24 * 90);
const MOST_OFFERS: usize = 100;

pub(super) fn carry_out(step: &mut Step, action: &Action) -> Outcome {
    match action {
        Action::ProposeWriting => propose(step),
        Action::AgreeToWriting => agree(step),
        Action::AskForRoom => ask_for_room(step),
        Action::WriteMessage { .. } => message(step),
        Action::MakeOffer {
            offer,
            counters,
            terms,
        } => make(step, *offer, *counters, &terms.0),
        Action::AcceptOffer { offer } => accept(step, *offer),
        Action::DeclineOffer { offer, reason } => decline(step, *offer, &reason.0),
        Action::WithdrawOffer { offer } => withdraw(step, *offer),
        Action::LapseOffer { offer } => lapse(step, *offer),
        _ => Err(OutOfOrder::WrongState),
    }
}

/// Asks to be called when the day of an open offer is over.
pub(super) fn watch(step: &mut Step) {
    let writing = step
        .case
        .stage
        .work()
        .and_then(|work| work.writing.as_ref());
    let days: Vec<_> = writing
        .into_iter()
        .flat_map(Writing::open_offers)
        .map(|offer| offer.valid.at + ONE_TICK)
        .collect();
    let calls = days.into_iter().map(|at| FollowUp::Watch { at });
    step.follow_ups.extend(calls);
}

fn propose(step: &mut Step) -> Outcome {
    apart(step)?;
    let work = step.work()?;
    match &mut work.writing {
        None => {
            work.writing = Some(Writing {
                consent: asked(),
                awaited: Vec::new(),
                told: Vec::new(),
                offers: Vec::new(),
            });
        }
        Some(writing) if matches!(writing.consent, Consent::RoomWanted { .. }) => {
            writing.consent = asked();
        }
        Some(_) => return Err(OutOfOrder::AlreadyDone),
    }
    step.notify_parties(Notice::WritingProposed);
    Ok(())
}

const fn asked() -> Consent {
    Consent::Asked {
        agreed: BTreeSet::new(),
    }
}

fn agree(step: &mut Step) -> Outcome {
    apart(step)?;
    let party = acting_party(step)?;
    let (all, now) = (step.case.party_ids(), step.now);
    let writing = writing(step)?;
    let Consent::Asked { agreed } = &mut writing.consent else {
        return Err(OutOfOrder::WrongState);
    };
    if !agreed.insert(party) {
        return Err(OutOfOrder::AlreadyDone);
    }
    if all.iter().all(|party| agreed.contains(party)) {
        writing.consent = Consent::Given { since: now };
        step.notify_parties(Notice::WritingBegun);
        step.notify_mediator(Notice::WritingBegun);
        await_word(step, Writer::Mediator)?;
    }
    Ok(())
}

/// What lies open can still be answered; nothing new is written.
fn ask_for_room(step: &mut Step) -> Outcome {
    let (at, by) = (step.now, acting(step)?);
    let writing = writing(step)?;
    if matches!(writing.consent, Consent::RoomWanted { .. }) {
        return Err(OutOfOrder::AlreadyDone);
    }
    writing.consent = Consent::RoomWanted { at, by };
    writing.awaited.clear();
    step.notify_parties(Notice::RoomWanted);
    step.notify_mediator(Notice::RoomWanted);
    Ok(())
}

/// A word of the mediator asks every party for theirs, a party's the mediator for theirs. Whoever is asked already, or
/// heard of something new within the day, knows that there is something to read.
fn message(step: &mut Step) -> Outcome {
    begun(step)?;
    let (by, at) = (acting(step)?, step.now);
    spoken(step, by)?;
    for party in step.case.party_ids() {
        let who = Writer::Party { party };
        if who == by || writing(step)?.turn_of(who).is_some() {
            continue;
        }
        let asked = by == Writer::Mediator && await_word(step, who)?;
        if writing(step)?.may_hear(who, at) || asked {
            step.notify(Recipient::Party { party }, Notice::MessageWritten);
        }
    }
    if by != Writer::Mediator && await_word(step, Writer::Mediator)? {
        step.notify_mediator(Notice::MessageWritten);
    }
    Ok(())
}

fn make(step: &mut Step, id: OfferId, counters: Option<OfferId>, terms: &OfferTerms) -> Outcome {
    let (party, now) = (acting_party(step)?, step.now);
    check(step, terms)?;
    let mine = side(step, party)?;
    begun(step)?;
    if let Some(other) = counters {
        let by = open(step, other)?.by;
        if side(step, by)? == mine {
            return Err(OutOfOrder::Unknown);
        }
        open(step, other)?.state = OfferState::Replaced { at: now };
    }
    if side_has_open(step, mine)? {
        return Err(OutOfOrder::OfferOpen);
    }
    let offers = &mut writing(step)?.offers;
    if offers.iter().any(|known| known.id == id) {
        return Err(OutOfOrder::AlreadyDone);
    }
    if offers.len() >= MOST_OFFERS {
        return Err(OutOfOrder::TooMany);
    }
    let valid = Due {
        at: end_of(terms.valid_until),
        provisional: false,
        basis: Basis::HouseDefault,
    };
    let at = valid.at + ONE_TICK;
    offers.push(Offer {
        id,
        by: party,
        at: now,
        counters,
        terms: terms.clone(),
        valid,
        accepted: BTreeSet::from([party]),
        state: OfferState::Open,
    });
    step.follow_ups.push(FollowUp::Watch { at });
    spoken(step, Writer::Party { party })?;
    for other in step.case.party_ids() {
        if other != party {
            await_word(step, Writer::Party { party: other })?;
        }
    }
    tell_all(step, Notice::OfferMade);
    Ok(())
}

/// 解释 358 (5) dismisses what is unclear: what an offer becomes names who, what, how much and by when.
fn check(step: &Step, terms: &OfferTerms) -> Outcome {
    said(&terms.proof)?;
    said(&terms.on_default)?;
    let today = civil_date(step.now);
    let valid = end_of(terms.valid_until);
    if terms.valid_until < today || valid.duration_since(step.now) > FARTHEST {
        return Err(OutOfOrder::BadTime);
    }
    if terms
        .payment
        .as_ref()
        .is_some_and(|payment| !payment.adds_up())
    {
        return Err(OutOfOrder::DoesNotAddUp);
    }
    let clauses = terms.clauses();
    if clauses.is_empty() || terms.conduct.len() > MOST_PARTS {
        return Err(OutOfOrder::Empty);
    }
    for clause in &clauses {
        said(&clause.act)?;
        if step.case.party(clause.debtor).is_none() {
            return Err(OutOfOrder::Unknown);
        }
        // Nothing is due before it can be accepted.
        if clause.due < terms.valid_until {
            return Err(OutOfOrder::BadTime);
        }
    }
    Ok(())
}

fn accept(step: &mut Step, id: OfferId) -> Outcome {
    let (party, now, all) = (acting_party(step)?, step.now, step.case.party_ids());
    apart(step)?;
    step.work()?;
    let offer = open(step, id)?;
    if offer.valid.has_passed(now) {
        return Err(OutOfOrder::TooLate);
    }
    if !offer.accepted.insert(party) {
        return Err(OutOfOrder::AlreadyDone);
    }
    let by_all = all.iter().all(|party| offer.accepted.contains(party));
    spoken(step, Writer::Party { party })?;
    if !by_all {
        tell_all(step, Notice::OfferAccepted);
        return Ok(());
    }
    let replaces = step.case.agreed_by_offer().next().is_some();
    settle_on(step, id, &all)?;
    let agreed = if replaces {
        Notice::OfferAgreedInstead
    } else {
        Notice::OfferAgreed
    };
    step.notify_parties(agreed);
    let draft = &step.work()?.draft;
    let beside = draft.unassented(&all).next().is_some();
    if replaces || !beside {
        step.notify_mediator(agreed);
    }
    if beside {
        step.notify_mediator(Notice::OfferAgreedBeside);
    }
    Ok(())
}

/// The clauses go on the board with everybody's assent: these are the words that all have accepted. Those of an offer that
/// all had accepted before go, as everybody was shown before they accepted: nobody owes two sums because two offers were
/// good.
fn settle_on(step: &mut Step, id: OfferId, all: &[PartyId]) -> Outcome {
    let at = step.now;
    let work = step.work()?;
    let writing = work.writing.as_mut().ok_or(OutOfOrder::WrongState)?;
    for offer in &mut writing.offers {
        match offer.state {
            OfferState::Accepted { .. } => {
                let gone: BTreeSet<_> = offer.clauses().map(|(id, _)| id).collect();
                work.draft.clauses.retain(|it| !gone.contains(&it.id));
            }
            OfferState::Open => {}
            _ => continue,
        }
        offer.state = OfferState::Replaced { at };
        if offer.id == id {
            offer.state = OfferState::Accepted { at };
            let agreed: BTreeSet<_> = all.iter().copied().collect();
            let clauses = offer.clauses().map(|(id, terms)| Clause {
                id,
                terms,
                agreed: agreed.clone(),
            });
            work.draft.clauses.extend(clauses);
        }
    }
    work.draft.revision += 1;
    writing.awaited.clear();
    await_word(step, Writer::Mediator)?;
    Ok(())
}

fn decline(step: &mut Step, id: OfferId, reason: &str) -> Outcome {
    said(reason)?;
    let (party, at) = (acting_party(step)?, step.now);
    step.work()?;
    let giver = open(step, id)?.by;
    if side(step, giver)? == side(step, party)? {
        return Err(OutOfOrder::Unknown);
    }
    open(step, id)?.state = OfferState::Declined {
        at,
        by: party,
        reason: reason.to_owned(),
    };
    nobody_is_asked_but_the_mediator(step)?;
    tell_all(step, Notice::OfferDeclined);
    Ok(())
}

/// Only by whoever made it.
fn withdraw(step: &mut Step, id: OfferId) -> Outcome {
    let (party, at) = (acting_party(step)?, step.now);
    step.work()?;
    let offer = open(step, id)?;
    if offer.by != party {
        return Err(OutOfOrder::Unknown);
    }
    offer.state = OfferState::Withdrawn { at };
    nobody_is_asked_but_the_mediator(step)?;
    tell_all(step, Notice::OfferWithdrawn);
    Ok(())
}

fn lapse(step: &mut Step, id: OfferId) -> Outcome {
    let at = step.now;
    let offer = open(step, id)?;
    if !offer.valid.has_passed(at) {
        return Err(OutOfOrder::NotDue);
    }
    offer.state = OfferState::Lapsed { at };
    nobody_is_asked_but_the_mediator(step)?;
    tell_all(step, Notice::OfferLapsed);
    Ok(())
}

fn tell_all(step: &mut Step, notice: Notice) {
    step.notify_parties(notice);
    step.notify_mediator(notice);
}

/// The work, also while it rests or lies open for signing: the clock runs on.
fn writing<'a>(step: &'a mut Step) -> Result<&'a mut Writing, OutOfOrder> {
    let work: &mut Work = match step.mediate()? {
        Mediate::Active { work } | Mediate::Paused { work, .. } | Mediate::Signing { work, .. } => {
            work
        }
        _ => return Err(OutOfOrder::WrongState),
    };
    work.writing.as_mut().ok_or(OutOfOrder::WrongState)
}

/// While somebody may be in danger nobody writes to whom they threaten; each may write to the mediator alone.
fn begun(step: &mut Step) -> Outcome {
    apart(step)?;
    step.work()?;
    if writing(step)?.has_begun() {
        Ok(())
    } else {
        Err(OutOfOrder::WrongState)
    }
}

fn open<'a>(step: &'a mut Step, id: OfferId) -> Result<&'a mut Offer, OutOfOrder> {
    let mut offers = writing(step)?.offers.iter_mut();
    offers
        .find(|offer| offer.id == id && offer.state == OfferState::Open)
        .ok_or(OutOfOrder::Unknown)
}

fn side(step: &Step, party: PartyId) -> Result<PartyRole, OutOfOrder> {
    let party = step.case.party(party).ok_or(OutOfOrder::Unknown)?;
    Ok(party.role)
}

fn side_has_open(step: &mut Step, mine: PartyRole) -> Result<bool, OutOfOrder> {
    let givers: Vec<PartyId> = writing(step)?.open_offers().map(|offer| offer.by).collect();
    for giver in givers {
        if side(step, giver)? == mine {
            return Ok(true);
        }
    }
    Ok(false)
}

fn acting(step: &Step) -> Result<Writer, OutOfOrder> {
    match step.permitted.by() {
        Standing::Party(party, _) => Ok(Writer::Party { party }),
        Standing::Mediator => Ok(Writer::Mediator),
        _ => Err(OutOfOrder::WrongState),
    }
}

fn acting_party(step: &Step) -> Result<PartyId, OutOfOrder> {
    step.permitted.party().ok_or(OutOfOrder::WrongState)
}

#[cfg(test)]
mod tests;
