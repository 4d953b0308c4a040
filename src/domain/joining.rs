//! The same matter told twice: whether two cases may become one, and what the one brings to the other.

use serde::{Deserialize, Serialize};

use super::case::Case;
use super::claim::Claim;
use super::evidence::Evidence;
use super::ids::CaseId;
use super::intake::IntakeFile;
use super::lifecycle::OutOfOrder;
use super::party::{Contact, Party, PartyRole};
use super::rules::danger::Matched;
use super::safety::Screen;
use super::stage::{Assess, Mediate, Stage};

/// What a joined case brings along. Nothing of anybody who is not in the other case already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    pub from: CaseId,
    pub number: String,
    pub story: String,
    #[serde(default)]
    pub claims: Vec<Claim>,
    /// What is shown; whatever was taken back stays where it was.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    /// Fills in what the other case does not know of its respondent.
    pub respondent: Contact,
    pub address: String,
    pub files: Vec<IntakeFile>,
    pub matched: Vec<Matched>,
    pub screens: Vec<Screen>,
}

impl Carried {
    pub(super) fn nothing(from: CaseId) -> Self {
        Self {
            from,
            number: String::new(),
            story: String::new(),
            claims: Vec::new(),
            evidence: Vec::new(),
            respondent: Contact::default(),
            address: String::new(),
            files: Vec::new(),
            matched: Vec::new(),
            screens: Vec::new(),
        }
    }
}

/// What `from` brings to `into`.
///
/// # Errors
/// `OtherPeople` where they are not the same two people's: then nobody may be shown the other's case, and the two can
/// only be linked. `WrongState` where one of them has gone beyond the invitation.
pub fn carried(from: &Case, into: &Case) -> Result<Carried, OutOfOrder> {
    if from.id == into.id || !may_join(&from.stage) || !may_take_in(&into.stage) {
        return Err(OutOfOrder::WrongState);
    }
    // Each of them has to be in both: nobody loses a case, and nobody is shown one.
    let within = |seats: &[Party], others: &[Party]| {
        let known = |one: &Party| {
            let mut others = others.iter().filter(|other| other.role == one.role);
            others.any(|other| is_same(one, other))
        };
        seats.iter().all(known)
    };
    if !within(&from.parties, &into.parties) || !within(&into.parties, &from.parties) {
        return Err(OutOfOrder::OtherPeople);
    }
    let shown = from.evidence.iter().filter(|it| it.is_shown());
    let respondent = seat(from, PartyRole::Respondent).ok_or(OutOfOrder::Unknown)?;
    Ok(Carried {
        from: from.id,
        number: from.number.clone(),
        story: from.story.clone(),
        claims: from.claims.clone(),
        evidence: shown.cloned().collect(),
        respondent: respondent.contact.clone(),
        address: respondent.address.clone(),
        files: from.intake.files.clone(),
        matched: from.intake.safety.matched.clone(),
        screens: from.intake.safety.screens.clone(),
    })
}

fn seat(case: &Case, role: PartyRole) -> Option<&Party> {
    case.parties.iter().find(|party| party.role == role)
}

/// The same person at both seats, a contact in common, or the same name where one of them has no contact; a name alone
/// joins nobody who can be told apart by a phone.
fn is_same(one: &Party, other: &Party) -> bool {
    let unknown = one.contact.is_empty() || other.contact.is_empty();
    (one.person.is_some() && one.person == other.person)
        || one.contact.shares(&other.contact)
        || (unknown && one.role == PartyRole::Respondent && one.name == other.name)
}

/// Nobody of the other side has answered yet.
pub(super) fn may_join(stage: &Stage) -> bool {
    match stage {
        Stage::Assess {
            at: Assess::Submitted | Assess::Routed,
        } => true,
        Stage::Mediate { at } => matches!(**at, Mediate::Received { .. }),
        _ => false,
    }
}

pub(super) fn may_take_in(stage: &Stage) -> bool {
    may_join(stage)
        || matches!(stage, Stage::Mediate { at } if matches!(**at, Mediate::Inviting { .. }))
}
