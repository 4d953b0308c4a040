//! Who is shown what somebody gave as evidence.

use super::{
    Actor, Case, ConfidedEvidence, Evidence, PartyId, PersonId, is_gathering, leads,
    may_keep_caucus_notes, may_sit_in_sessions,
};

/// How much of a file somebody is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Looks {
    /// The picture made anew, where there is one, so that no place of a photo reaches the other side.
    AtPreview,
    AtOriginal,
}

/// How much of a piece of evidence `actor` is shown: its giver and the mediator the file as it came, the other parties
/// what was made of it; of one that was withdrawn its giver alone is shown anything.
pub fn may_look_at(actor: &Actor, case: &Case, evidence: &Evidence) -> Option<Looks> {
    if !may_sit_in_sessions(actor, case) {
        return None;
    }
    if actor.person() == Some(evidence.by) {
        return Some(Looks::AtOriginal);
    }
    if !evidence.is_shown() {
        return None;
    }
    Some(if leads(actor, case) {
        Looks::AtOriginal
    } else {
        Looks::AtPreview
    })
}

/// To whom `actor` confides evidence now: a party to the mediator at work, as long as they look for a settlement.
pub fn may_confide(actor: &Actor, case: &Case) -> Option<(PartyId, PersonId)> {
    let mediator = case.stage.work().map(|work| work.mediator)?;
    is_gathering(&case.stage).then_some((case.seat_for(actor)?, mediator))
}

/// How much of confided evidence `actor` is shown: its giver, and the mediator whom it was confided to, while they are
/// in the case.
pub fn may_look_at_confided(actor: &Actor, case: &Case, evidence: &ConfidedEvidence) -> bool {
    let person = actor.person();
    let gave = person == Some(evidence.by) && case.seat_for(actor) == Some(evidence.from);
    gave || person == Some(evidence.to) && may_keep_caucus_notes(actor, case)
}
