//! Of each signer what is on record: as what they sign, for whom, how they were known, and what they agreed to.

use jiff::Timestamp;

use super::super::faces::{self, MEDIATOR};
use super::super::{Chancery, PaperworkError};
use super::link;
use crate::casework::Signed;
use crate::documents::papers::{
    Acts, Identity, Seat, Shown, SignerCertificate, SignerConsent, SignerFacts,
};
use crate::documents::verify::Signature;
use crate::domain::agent::Agent;
use crate::domain::agreement::Agreement;
use crate::domain::case::Case;
use crate::domain::hash::ContentHash;
use crate::domain::ids::PersonId;
use crate::domain::paper::{Paper, PaperKind};
use crate::domain::party::{IdentityCheck, Party, PartyRole};
use crate::domain::signature::Shown as Given;
use crate::domain::team::Capacity;

/// The paper, and what is known of its signing.
pub(super) struct About<'a> {
    pub(super) case: &'a Case,
    pub(super) paper: &'a Paper,
    /// The agreement that it holds.
    pub(super) agreed: Option<&'a Agreement>,
    pub(super) acts: &'a [Signed],
    /// When words of the case were erased, what its acts were among them.
    pub(super) erased: Option<Timestamp>,
    pub(super) revisions: &'a [ContentHash],
}

impl About<'_> {
    /// The act that made this signature: the first that left a file with it.
    fn act_of(&self, signature: &Signature) -> Option<&Signed> {
        let since = self.revisions.get(signature.revision..)?;
        self.acts.iter().find(|act| since.contains(&act.made))
    }

    fn party(&self, field: &str) -> Option<&Party> {
        self.case.parties.get(place(field, "party-")?)
    }

    fn seat(&self, field: &str) -> Seat {
        if let Some(party) = self.party(field) {
            return self.standing(party);
        }
        let is_scan = self.agreed.is_some_and(|it| it.by_hand.is_some());
        match field.split('-').next() {
            Some(MEDIATOR) if is_scan => Seat::Officer,
            Some(MEDIATOR) => Seat::Mediator,
            Some("member") => self.capacity(field).map_or(Seat::Other, beside),
            Some("judge") => Seat::Judge,
            Some("clerk") => Seat::Clerk,
            Some("seal") => Seat::Seal,
            _ => Seat::Other,
        }
    }

    /// Before the court all apply together.
    fn standing(&self, party: &Party) -> Seat {
        match party.role {
            PartyRole::Respondent if self.paper.kind != PaperKind::Application => Seat::Respondent,
            PartyRole::Claimant | PartyRole::Respondent => Seat::Applicant,
        }
    }

    /// In which capacity somebody signs beside parties and mediator.
    fn capacity(&self, field: &str) -> Option<Capacity> {
        let place = place(field, "member-")?;
        if let Some(agreed) = self.agreed {
            return Some(agreed.members.get(place)?.capacity);
        }
        let mut laid = self.case.records.iter().filter_map(|it| it.laid.as_ref());
        let laid = laid.find(|laid| laid.paper == self.paper.id)?;
        let person = laid.members.get(place)?;
        let mut team = self.case.team.iter();
        let member = team.find(|it| it.person == *person && it.capacity.sits_in());
        member.map(|it| it.capacity)
    }
}

/// Who acted for the party: by the act, or by the name where the act is no longer known.
fn agent_of<'a>(
    party: &'a Party,
    signature: &Signature,
    act: Option<&Signed>,
) -> Option<&'a Agent> {
    if let Some(act) = act {
        return party.agent_by(act.actor.person()?);
    }
    let agent = party.agent_at(signature.signed_at?);
    agent.filter(|agent| agent.name.as_str() == signature.signer)
}

/// The place of a field among those of its kind, from 0.
fn place(field: &str, kind: &str) -> Option<usize> {
    let number: usize = field.strip_prefix(kind)?.parse().ok()?;
    number.checked_sub(1)
}

const fn beside(capacity: Capacity) -> Seat {
    match capacity {
        Capacity::CoMediator => Seat::CoMediator,
        Capacity::Interpreter | Capacity::SignLanguage => Seat::Interpreter,
        Capacity::Volunteer => Seat::Volunteer,
        Capacity::Lawyer => Seat::Lawyer,
        Capacity::Kin => Seat::Kin,
        Capacity::Expert => Seat::Expert,
        Capacity::EnteredFor(_)
        | Capacity::Confirmer
        | Capacity::Helper(_)
        | Capacity::Observer => Seat::Other,
    }
}

impl Chancery {
    /// What is known of one signature in the file.
    pub(super) async fn signer_facts(
        &self,
        about: &About<'_>,
        signature: &Signature,
    ) -> Result<SignerFacts, PaperworkError> {
        let act = about.act_of(signature);
        let hand = act.and_then(|act| act.actor.person());
        let party = about.party(&signature.field);
        let agent = party.and_then(|party| agent_of(party, signature, act));
        let role = about.seat(&signature.field);
        let certificate = signature.certificate.clone();
        Ok(SignerFacts {
            role,
            name: signature.signer.clone(),
            acts: party.zip(agent).map(acts),
            organisation: signature.organisation.clone(),
            hand: self.who_sealed(role, hand).await?,
            identity: self
                .identity(act.and(party), act.and(agent), signature.signed_at)
                .await?,
            in_ink: false,
            erased: about.erased.filter(|_| act.is_none()),
            shown: act.and_then(|act| act.shown.as_ref()).map(shown),
            consent: about
                .agreed
                .zip(party)
                .and_then(|(agreed, party)| consent_of(agreed, party)),
            signed_at: signature.signed_at,
            stamped_at: signature.stamped_at,
            revision: about.revisions.get(signature.revision).cloned(),
            certificate: certificate.map(|it| SignerCertificate {
                serial: signature.serial.clone().unwrap_or_default(),
                pseudonym: signature.pseudonym.clone().unwrap_or_default(),
                issuer: it.issuer,
                from: it.from,
                until: it.until,
            }),
            event: act.map(|act| link(&act.event)),
        })
    }

    /// Everybody whose name or seal stands on the sheets of an agreement signed by hand.
    pub(super) async fn hands_in_ink(
        &self,
        about: &About<'_>,
        agreed: &Agreement,
    ) -> Result<Vec<SignerFacts>, PaperworkError> {
        let mut signers = Vec::new();
        let last_signed = agreed.by_hand.as_ref().and_then(|it| it.last_signed);
        for party in &about.case.parties {
            let agent = party.agent_at(about.paper.made_at);
            let agent = agent.filter(|agent| agent.right.signs());
            let name = agent.map_or(&party.name, |agent| &agent.name);
            signers.push(SignerFacts {
                acts: agent.map(|agent| acts((party, agent))),
                identity: self.identity(Some(party), agent, last_signed).await?,
                ..inked(about.standing(party), name.to_string())
            });
        }
        if let Some(mediator) = about.case.stage.mediator() {
            signers.push(inked(Seat::Mediator, self.name_of(mediator).await?));
        }
        for member in &agreed.members {
            let name = self.name_of(member.person).await?;
            signers.push(inked(beside(member.capacity), name));
        }
        let body = self.body(about.case.organisation).await?;
        signers.push(inked(Seat::Seal, body.name));
        Ok(signers)
    }

    /// The person behind a seal; none where the platform put it there by rule.
    async fn who_sealed(
        &self,
        role: Seat,
        hand: Option<PersonId>,
    ) -> Result<Option<String>, PaperworkError> {
        match hand.filter(|_| role == Seat::Seal) {
            Some(person) => Ok(Some(self.name_of(person).await?)),
            None => Ok(None),
        }
    }

    /// The check of whoever puts the name: of the agent who acts, else of the party. What was checked afterwards showed
    /// nobody at the signing.
    async fn identity(
        &self,
        party: Option<&Party>,
        agent: Option<&Agent>,
        signed: Option<Timestamp>,
    ) -> Result<Option<Identity>, PaperworkError> {
        let check: Option<&IdentityCheck> = match agent {
            Some(agent) => agent.accepted.as_ref(),
            None => party.and_then(|party| party.identity.as_ref()),
        };
        // Signatures tell whole seconds.
        let before = |check: &&IdentityCheck| {
            signed.is_none_or(|signed| check.at.as_second() <= signed.as_second())
        };
        let Some(check) = check.filter(before) else {
            return Ok(None);
        };
        Ok(Some(Identity {
            method: check.method,
            at: check.at,
            by: self.name_of(check.by).await?,
        }))
    }
}

/// What a party agreed to before it signed the agreement (电子签名法 3), word for word.
fn consent_of(agreed: &Agreement, party: &Party) -> Option<SignerConsent> {
    let consent = agreed.consent_of(party.id)?;
    Some(SignerConsent {
        at: consent.at,
        words: consent.words.clone(),
        version: consent.version.clone(),
        hash: consent.text.clone(),
    })
}

fn acts((party, agent): (&Party, &Agent)) -> Acts {
    Acts {
        party: party.name.to_string(),
        right: faces::right(party, &agent.right),
        proof: agent.proof.clone(),
    }
}

const fn inked(role: Seat, name: String) -> SignerFacts {
    SignerFacts {
        role,
        name,
        acts: None,
        organisation: None,
        hand: None,
        identity: None,
        in_ink: true,
        erased: None,
        shown: None,
        consent: None,
        signed_at: None,
        stamped_at: None,
        revision: None,
        certificate: None,
        event: None,
    }
}

const fn shown(shown: &Given) -> Shown {
    Shown {
        means: shown.identified,
        code_at: shown.code_at,
        device: shown.device,
    }
}
