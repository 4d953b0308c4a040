//! The people and organisations of a case as papers name and certify them.

use jiff::Timestamp;

use super::{Chancery, PaperworkError};
use crate::documents::keys::Signer;
use crate::documents::papers::{self, InEnglish, OF_WORDING, Party, Role, Signatory};
use crate::domain::actor::Actor;
use crate::domain::agent::{Agent, NamedAs, Right};
use crate::domain::case::Case;
use crate::domain::ids::{DocumentId, OrganisationId, PartyId, PersonId};
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::organisation::OrganisationKind;
use crate::domain::party::{Contact, Document, Party as Seat, PartyRole, Title};
use crate::i18n::Locale;
use crate::storage::accounts::people;
use crate::storage::office::{self, Listed};

pub(super) const MEDIATOR: &str = "mediator";
pub(super) const SEAL: &str = "seal";
pub(super) const JUDGE: &str = "judge";

/// An organisation as papers name it: in Chinese.
#[derive(Clone, Debug)]
pub(super) struct Body {
    pub(super) id: OrganisationId,
    pub(super) name: String,
    /// In the second column of a paper in two languages.
    pub(super) other_name: String,
    /// Begins its paper numbers.
    pub(super) prefix: String,
}

impl Chancery {
    pub(super) async fn listed(&self, id: OrganisationId) -> Result<Listed, PaperworkError> {
        office::organisation(&mut self.desk.store.read().await?, id)
            .await?
            .ok_or_else(|| PaperworkError::Unknown(format!("organisation {id}")))
    }

    pub(super) async fn body(&self, id: OrganisationId) -> Result<Body, PaperworkError> {
        let organisation = self.listed(id).await?.organisation;
        Ok(Body {
            id,
            other_name: organisation.name.for_tag(Locale::En.tag()).to_owned(),
            name: organisation.name.zh,
            prefix: organisation.prefix,
        })
    }

    /// The second column of a paper for people of whom one reads the platform in English.
    pub(super) async fn in_english(
        &self,
        case: &Case,
        body: &Body,
        people: &[PersonId],
    ) -> Result<Option<InEnglish>, PaperworkError> {
        let mut read = self.desk.store.read().await?;
        for one in people {
            let known = people::load(&mut read, *one).await?;
            if known.is_some_and(|it| it.locale == OF_WORDING.tag()) {
                let matter = self.cause_in(case, OF_WORDING);
                return Ok(Some(InEnglish::new(body.other_name.clone(), matter)));
            }
        }
        Ok(None)
    }

    /// What an organisation is called in a language.
    pub async fn organisation_name(
        &self,
        id: OrganisationId,
        locale: Locale,
    ) -> Result<String, PaperworkError> {
        let listed = self.listed(id).await?;
        Ok(listed.organisation.name.for_tag(locale.tag()).to_owned())
    }

    /// The courts of the district with jurisdiction to confirm, as far as is known: those of the mediating organisation's seat, first,
    /// and of the place of the dispute (民事诉讼法 205).
    pub async fn courts(&self, case: &Case) -> Result<Vec<Listed>, PaperworkError> {
        let seat = self.listed(case.organisation).await?.organisation.area;
        let place = case.place.area.as_ref();
        let mut read = self.desk.store.read().await?;
        let mut courts = office::of_kind(&mut read, OrganisationKind::Court).await?;
        courts.retain(|court| {
            let area = &court.organisation.area;
            let has = area.covers(&seat) || place.is_some_and(|place| area.covers(place));
            has && area.district() == case.district
        });
        courts.sort_by_key(|court| !court.organisation.area.covers(&seat));
        Ok(courts)
    }

    pub(super) async fn name_of(&self, id: PersonId) -> Result<String, PaperworkError> {
        let person = people::load(&mut self.desk.store.read().await?, id)
            .await?
            .ok_or_else(|| PaperworkError::Unknown(format!("person {id}")))?;
        Ok(person.name.as_str().to_owned())
    }

    /// What somebody is called in a case, with for whom they act and by what right where they are not the party.
    pub(super) async fn called(
        &self,
        case: &Case,
        person: PersonId,
    ) -> Result<String, PaperworkError> {
        match case.named_as(person) {
            Some(named) => Ok(self.own_name(case, &named)),
            None => self.name_of(person).await,
        }
    }

    pub(super) fn own_name(&self, case: &Case, named: &NamedAs<'_>) -> String {
        let Some(right) = named.right_name() else {
            return named.name.to_string();
        };
        let fillers = [
            ("agent", named.name.as_str()),
            ("party", named.party.name.as_str()),
            ("right", right),
        ];
        self.say(case, "agent-named", &fillers)
    }

    pub(super) async fn signatory(
        &self,
        id: PersonId,
        field: &str,
    ) -> Result<Signatory, PaperworkError> {
        Ok(Signatory {
            name: self.name_of(id).await?,
            field: field.to_owned(),
        })
    }

    /// The certificate's subject for a party: the name and a pseudonym of the verified identity, another on each paper.
    ///
    /// # Errors
    /// `IdentityMissing` while nobody has compared the document with the face: no certificate is issued without.
    pub(super) fn party_signer(
        &self,
        case: &Case,
        party: PartyId,
        paper: DocumentId,
        actor: &Actor,
    ) -> Result<Signer, PaperworkError> {
        let seat = case.party(party).ok_or(OutOfOrder::Unknown)?;
        // Whoever acts for a party signs with their own name.
        let acts = |agent: &&Agent| actor.person().is_some_and(|it| agent.is(it));
        let (name, identity) = match seat.agent().filter(acts) {
            Some(agent) => (&agent.name, agent.accepted.as_ref()),
            None => (&seat.name, seat.identity.as_ref()),
        };
        let identity = identity.ok_or(OutOfOrder::IdentityMissing)?;
        Ok(Signer {
            name: name.as_str().to_owned(),
            organisation: None,
            pseudonym: self.secret_name(&["signer", &paper.to_string(), &identity.fingerprint]),
        })
    }

    /// The subject for somebody who signs by office.
    pub(super) async fn staff_signer(
        &self,
        person: PersonId,
        organisation: &Body,
        paper: DocumentId,
    ) -> Result<Signer, PaperworkError> {
        Ok(Signer {
            name: self.name_of(person).await?,
            organisation: Some(organisation.name.clone()),
            pseudonym: self.secret_name(&["staff", &paper.to_string(), &person.to_string()]),
        })
    }

    /// The subject of a seal.
    pub(super) fn seal_signer(&self, organisation: &Body) -> Signer {
        Signer {
            name: organisation.name.clone(),
            organisation: Some(organisation.name.clone()),
            pseudonym: self.secret_name(&["seal", &organisation.id.to_string()]),
        }
    }
}

/// The field of the others who sign, in the order of the paper.
pub(super) fn member_field(number: usize) -> String {
    format!("member-{number}")
}

/// The field of the party at this place of the case.
pub(super) fn party_field(case: &Case, party: PartyId) -> Option<String> {
    let place = case.parties.iter().position(|seat| seat.id == party)?;
    Some(format!("party-{}", place + 1))
}

/// The parties with whoever acts for them, or acted at the moment of the paper.
pub(super) fn parties(case: &Case, at: Timestamp) -> Vec<Party> {
    let party = |(place, seat): (usize, &Seat)| Party {
        role: match seat.role {
            PartyRole::Claimant => Role::Applicant,
            PartyRole::Respondent => Role::Respondent,
        },
        name: seat.name.as_str().to_owned(),
        masked_identity: seat.identity.as_ref().map(|check| check.masked.clone()),
        document: document(seat, at),
        head: head(seat, at),
        title: head(seat, at).map(|_| title(seat.title())),
        address: seat.address.clone(),
        contact: contact(&seat.contact),
        field: format!("party-{}", place + 1),
        agent: seat.agent_at(at).map(|it| agent(seat, it)),
    };
    case.parties.iter().enumerate().map(party).collect()
}

/// What a company is called after before anybody has seen its licence.
fn document(seat: &Seat, at: Timestamp) -> papers::Document {
    let headed = |it: &Agent| it.right == Right::Representative;
    match &seat.identity {
        None if seat.agent_at(at).is_some_and(headed) => papers::Document::Licence,
        None => papers::Document::default(),
        Some(check) => kind(&check.document),
    }
}

const fn kind(document: &Document) -> papers::Document {
    match document {
        Document::IdCard => papers::Document::IdCard,
        Document::Passport => papers::Document::Passport,
        Document::HkMacaoPermit => papers::Document::HkMacaoPermit,
        Document::TaiwanPermit => papers::Document::TaiwanPermit,
        Document::ResidencePermit => papers::Document::ResidencePermit,
        Document::Licence { .. } => papers::Document::Licence,
    }
}

/// Named once: where the head acts for the company it stands there as such.
fn head(seat: &Seat, at: Timestamp) -> Option<String> {
    let Document::Licence { head, .. } = &seat.identity.as_ref()?.document else {
        return None;
    };
    let acts = seat.agent_at(at).map(|agent| &agent.right);
    (acts != Some(&Right::Representative)).then(|| head.to_string())
}

const fn title(title: Title) -> papers::Title {
    match title {
        Title::Representative => papers::Title::Representative,
        Title::Principal => papers::Title::Principal,
        Title::Operator => papers::Title::Operator,
    }
}

fn agent(seat: &Seat, agent: &Agent) -> papers::Agent {
    papers::Agent {
        name: agent.name.as_str().to_owned(),
        masked_identity: agent.accepted.as_ref().map(|check| check.masked.clone()),
        document: agent
            .accepted
            .as_ref()
            .map_or_else(Default::default, |check| kind(&check.document)),
        right: right(seat, &agent.right),
        signs: agent.right.signs(),
    }
}

/// By what right somebody acts for the party, as papers say it.
pub(super) fn right(seat: &Seat, right: &Right) -> papers::Right {
    match right {
        Right::Attorney { special, power, .. } => papers::Right::Attorney {
            special: *special,
            power: *power,
        },
        Right::Guardian { relation, .. } => papers::Right::Guardian {
            relation: relation.clone(),
        },
        Right::Representative => match seat.title() {
            Title::Representative => papers::Right::Representative,
            Title::Principal => papers::Right::Principal,
            Title::Operator => papers::Right::Operator,
        },
    }
}

/// The parties before the court: they all apply, together (民事诉讼法 205).
pub(super) fn applicants(case: &Case, at: Timestamp) -> Vec<Party> {
    let apply = |party| Party {
        role: Role::Applicant,
        ..party
    };
    parties(case, at).into_iter().map(apply).collect()
}

/// A mainland number without its country code, or the mail address.
pub(super) fn contact(contact: &Contact) -> String {
    match (&contact.phone, &contact.mail) {
        (Some(phone), _) => phone.domestic(),
        (None, Some(mail)) => mail.as_str().to_owned(),
        (None, None) => String::new(),
    }
}

/// Whoever reads what a party gets: itself and who acts for it.
pub(super) fn readers(seat: &Seat) -> Vec<PersonId> {
    let agent = seat.agent.as_ref().and_then(|agent| agent.person);
    seat.person.into_iter().chain(agent).collect()
}
