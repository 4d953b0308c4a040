//! What no walk may ever reach.

use super::super::super::agreement::{Agreement, PerformanceState, Signer};
use super::super::super::case::Case;
use super::super::super::confirmation::Phase;
use super::super::super::ids::PartyId;
use super::super::super::party::{Party, PartyRole};
use super::super::super::stage::{Closing, Mediate, Stage, Work};
use super::super::super::team::Member;
use super::super::super::writing::Writing;

/// What must never be, in words.
#[expect(clippy::too_many_lines, reason = "one list of what must never be")]
pub(super) fn illegal(before: &Case, case: &Case) -> Option<&'static str> {
    let seats: Vec<PartyId> = case.party_ids();
    if let Some(settlement) = case.stage.settlement() {
        let agreement = &settlement.agreement;
        let by_hand = agreement.by_hand.is_some();
        let parties = seats.iter().filter(|_| !by_hand);
        let signers = parties
            .map(|party| Signer::Party { party: *party })
            .chain([Signer::Mediator, Signer::Organisation]);
        if !signers
            .into_iter()
            .all(|signer| agreement.is_signed_by(signer))
        {
            return Some("settled without every signature");
        }
        if by_hand && !is_seen_by_two(agreement) {
            return Some("settled on the word of one about a scan");
        }
        if !case.parties.iter().all(Party::is_identified) {
            return Some("settled without every identity checked");
        }
        if case.paper(settlement.agreement.paper).is_none() {
            return Some("settled without its paper");
        }
    }
    let is_final = matches!(
        before.stage,
        Stage::Closed { .. } | Stage::Litigate { .. } | Stage::Arbitrate { .. }
    );
    if is_final && before.stage.name() != case.stage.name() {
        return Some("left a state that is final");
    }
    let unasked = |member: &Member| {
        let was = |it: &Member| it.person == member.person && it.capacity == member.capacity;
        let asked = before.asked.iter().find(|it| it.person == member.person);
        let ready = asked.is_some_and(|it| {
            let missing = seats
                .iter()
                .filter(|seat| !it.consented.contains(seat))
                .count();
            !it.capacity.wants_consent() || missing <= 1
        });
        !before.team.iter().any(was) && !ready
    };
    if case.team.iter().any(unasked) {
        return Some("at the table without being asked, or without the parties' consent");
    }
    match &case.stage {
        Stage::Confirm {
            application, phase, ..
        } if !matches!(phase, Phase::Prepared)
            && !seats.iter().all(|party| application.has_joined(*party)) =>
        {
            Some("filed by some and not all")
        }
        Stage::Closed {
            why: Closing::Performed { settlement, .. },
            ..
        } if !settlement.is_verified()
            || settlement
                .ledger
                .iter()
                .any(|entry| !matches!(entry.state, PerformanceState::Acknowledged { .. })) =>
        {
            Some("closed as performed and is not")
        }
        Stage::Mediate { at } => match at.as_ref() {
            Mediate::Active { work } if offers_twice(case, work) => {
                Some("two offers of one side lie open")
            }
            Mediate::Active { .. } | Mediate::Paused { .. } if !is_of_both_sides(case) => {
                Some("mediated without the other side")
            }
            Mediate::Signing { .. } if !case.parties.iter().all(Party::is_taken) => {
                Some("laid open for signing beside an empty seat")
            }
            Mediate::Signing { agreement, .. }
                if !agreement
                    .clauses
                    .iter()
                    .all(|clause| seats.iter().all(|party| clause.agreed.contains(party))) =>
            {
                Some("laid open for signing without every assent")
            }
            _ => None,
        },
        _ => None,
    }
}

/// Somebody sits on each side; whoever was added later may still be on the way.
fn is_of_both_sides(case: &Case) -> bool {
    let mut sides = [PartyRole::Claimant, PartyRole::Respondent].into_iter();
    sides.all(|side| {
        let mut parties = case.parties.iter();
        parties.any(|party| party.role == side && party.is_taken())
    })
}

fn is_seen_by_two(agreement: &Agreement) -> bool {
    let mut people: Vec<_> = agreement.signatures.iter().map(|it| it.person).collect();
    people.dedup();
    people.len() == 2 && agreement.is_certified()
}

fn offers_twice(case: &Case, work: &Work) -> bool {
    let open = work.writing.iter().flat_map(Writing::open_offers);
    let mut sides: Vec<_> = open
        .map(|offer| case.party(offer.by).map(|party| party.role))
        .collect();
    let all = sides.len();
    sides.dedup();
    sides.len() < all
}
