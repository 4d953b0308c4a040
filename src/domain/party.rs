//! The people of a quarrel: seats in a case, who sits in them, and how their identity was checked.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::agent::{Agent, NamedAs, Past, Right};
use super::hash::ContentHash;
use super::identity::{Email, PersonName, Phone};
use super::ids::{PartyId, PersonId};
use super::organisation::Language;
use super::service::Service;
use super::time::civil_date;

/// As many as sign one agreement.
pub const MOST_PARTIES: usize = 20;

/// A seat in the case. It exists from the first mention of a name; `person` is set when somebody has proved
/// to hold the contact, since possession of a link is not identity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    pub id: PartyId,
    pub role: PartyRole,
    pub name: PersonName,
    pub contact: Contact,
    pub address: String,
    pub person: Option<PersonId>,
    pub identity: Option<IdentityCheck>,
    /// What the party wishes to speak; empty for no wish.
    #[serde(default)]
    pub languages: Vec<Language>,
    /// Where the party works, as far as it said, to keep out whoever works there too (在线调解规则 13).
    #[serde(default)]
    pub employer: Option<String>,
    /// Where and how the party wants to be served, once it has confirmed that.
    #[serde(default)]
    pub service: Option<Service>,
    /// When the party opened the notice of its rights and duties, while the mediation went on.
    #[serde(default)]
    pub told: Option<Timestamp>,
    /// Who acts in its place, once the mediator has seen them.
    #[serde(default)]
    pub agent: Option<Box<Agent>>,
    /// Named beside whoever acts, who goes on acting until the mediator has looked at the new one too.
    #[serde(default)]
    pub named: Option<Box<Agent>>,
    /// Who acted in its place and does no more, the earliest first: the papers of their time go on naming them.
    #[serde(default)]
    pub former: Vec<Past>,
}

impl Party {
    /// Whoever acts for the party and has been looked at.
    pub fn agent(&self) -> Option<&Agent> {
        self.agent.as_deref().filter(|agent| agent.stands())
    }

    /// Whoever was named and has not been looked at.
    pub fn waiting(&self) -> Option<&Agent> {
        let alone = self.agent.as_deref().filter(|agent| !agent.stands());
        self.named.as_deref().or(alone)
    }

    /// Whoever acted for the party at that moment.
    pub fn agent_at(&self, at: Timestamp) -> Option<&Agent> {
        let stood = |agent: &&Agent| agent.accepted.as_ref().is_some_and(|check| check.at <= at);
        let past = self.former.iter().filter(|past| past.until > at);
        let mut past = past.map(|past| &past.agent).filter(stood);
        past.next().or_else(|| self.agent().filter(stood))
    }

    /// Whether somebody acts, acted or is to act for the party on the strength of this file.
    pub fn rests_on(&self, file: &ContentHash) -> bool {
        let past = self.former.iter().map(|past| &past.agent);
        let now = self.agent.as_deref().into_iter();
        let mut agents = now.chain(self.named.as_deref()).chain(past);
        agents.any(|agent| agent.proof == *file)
    }

    /// Everybody who sits here or sat here: the party, whoever acts for it, and those before them.
    pub fn people(&self) -> Vec<PersonId> {
        let past = self.former.iter().filter_map(|past| past.agent.person);
        let agent = self.agent().and_then(|agent| agent.person);
        self.person.into_iter().chain(agent).chain(past).collect()
    }

    /// As whom somebody with this account acts or acted for the party, the last first.
    pub fn agent_by(&self, person: PersonId) -> Option<&Agent> {
        let past = self.former.iter().rev().map(|past| &past.agent);
        let mut agents = self.agent().into_iter().chain(past);
        agents.find(|agent| agent.is(person))
    }

    /// As whom this person stands on the party's side, or stood: as an agent also where the party's own account is theirs.
    pub(super) fn named_as(&self, person: PersonId) -> Option<NamedAs<'_>> {
        let is_theirs = |agent: &&Agent| agent.is(person);
        let past = self.former.iter().rev().map(|past| &past.agent);
        if let Some(agent) = self.agent().filter(is_theirs) {
            return Some(agent.named_for(self));
        }
        if self.person == Some(person) {
            return Some(self.itself());
        }
        let mut past = past.filter(is_theirs);
        past.next().map(|agent| agent.named_for(self))
    }

    const fn itself(&self) -> NamedAs<'_> {
        NamedAs {
            party: self,
            person: self.person,
            name: &self.name,
            right: None,
            check: self.identity.as_ref(),
        }
    }

    /// Whose identity counts: the party's, and that of whoever acts for it; a child's guardian has a card where it has none.
    pub fn hands(&self) -> Vec<NamedAs<'_>> {
        let by_law = self.agent().is_some_and(|agent| agent.right.is_by_law());
        let itself = (self.identity.is_some() || !by_law).then(|| self.itself());
        let agent = self.agent().map(|agent| agent.named_for(self));
        itself.into_iter().chain(agent).collect()
    }

    /// Who signs in its place.
    pub fn signing_agent(&self) -> Option<&Agent> {
        self.agent().filter(|agent| agent.right.signs())
    }

    /// Whether this person sits here, for themselves or for the party.
    pub fn is_held_by(&self, person: PersonId) -> bool {
        let acts = self.agent().is_some_and(|agent| agent.is(person));
        acts || self.person == Some(person)
    }

    /// Whether the name in the party's field is this person's.
    pub fn is_signed_by(&self, person: PersonId) -> bool {
        match self.signing_agent() {
            Some(agent) => agent.is(person),
            None => self.person == Some(person),
        }
    }

    /// The document that was compared with the face of somebody who may sign: the party's own, or that of whoever acts for
    /// it by law, since a child may have none.
    pub fn check(&self) -> Option<&IdentityCheck> {
        let by_law = self.agent().filter(|agent| agent.right.is_by_law());
        let theirs = by_law.and_then(|agent| agent.accepted.as_ref());
        self.identity.as_ref().or(theirs)
    }

    /// Whether it has somebody at its head and nobody has seen its licence: who heads it does not tell which one it is.
    pub fn lacks_licence(&self) -> bool {
        let heads = |agent: &Agent| agent.right == Right::Representative;
        let licence = |check: &IdentityCheck| matches!(check.document, Document::Licence { .. });
        let seen = self.identity.as_ref().is_some_and(licence);
        !seen && self.agent().is_some_and(heads)
    }

    /// As what whoever acts for the party by this right is named: a shop has no 法定代表人.
    pub fn right_name(&self, right: &Right) -> &'static str {
        match right {
            Right::Representative => self.title().name(),
            Right::Attorney { .. } | Right::Guardian { .. } => right.name(),
        }
    }

    /// As what somebody heads it; as of a company while nobody has seen its licence.
    pub fn title(&self) -> Title {
        match self.identity.as_ref().map(|check| &check.document) {
            Some(Document::Licence { title, .. }) => *title,
            _ => Title::default(),
        }
    }

    pub fn is_identified(&self) -> bool {
        self.check().is_some()
    }

    /// Whether a paper can say who the party is and where it lives (解释 354).
    pub fn is_known(&self) -> bool {
        self.is_identified() && !self.lacks_licence() && !self.address.trim().is_empty()
    }

    /// Whether somebody sits here: the party, or whoever acts for it by law in the place of a child without a phone or of a
    /// company (民事诉讼法 51, 60).
    pub fn is_taken(&self) -> bool {
        let by_law = self.agent().is_some_and(|agent| agent.right.is_by_law());
        self.person.is_some() || by_law
    }

    /// A company has no hand: whoever signs for it is its head or holds a special authority (民法典 61, 民事诉讼法 62). Neither
    /// has a child whose guardian is gone: the card lets nobody sign alone that was taken down because one stood beside.
    pub fn lacks_hand(&self) -> bool {
        let licence = |check: &IdentityCheck| matches!(check.document, Document::Licence { .. });
        let by_law = self.agent().is_some_and(|agent| agent.right.is_by_law());
        let company = self.identity.as_ref().is_some_and(licence);
        (company && self.signing_agent().is_none()) || (self.is_ward() && !by_law)
    }

    /// Whether the card was looked at while a guardian stood, and nobody asked whether its holder can act alone (民法典 18 to 23).
    fn is_ward(&self) -> bool {
        let Some(check) = &self.identity else {
            return false;
        };
        let guarded = |past: &Past| {
            let since = past.agent.accepted.as_ref().map(|it| it.at);
            matches!(past.agent.right, Right::Guardian { .. })
                && since.is_some_and(|since| since < check.at && check.at <= past.until)
        };
        self.former.iter().any(guarded)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartyRole {
    Claimant,
    Respondent,
}

impl PartyRole {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Claimant => "claimant",
            Self::Respondent => "respondent",
        }
    }
}

/// Where a party can be reached: a phone, a mail address, or both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    pub phone: Option<Phone>,
    pub mail: Option<Email>,
}

impl Contact {
    pub const fn is_empty(&self) -> bool {
        self.phone.is_none() && self.mail.is_none()
    }

    /// Whether the two have a phone or a mail address in common.
    pub fn shares(&self, other: &Self) -> bool {
        (self.phone.is_some() && self.phone == other.phone)
            || (self.mail.is_some() && self.mail == other.mail)
    }
}

/// A mediator compared the document with the face (在线诉讼规则 7: real name, verified at each session).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityCheck {
    pub method: IdentityMethod,
    pub by: PersonId,
    pub at: Timestamp,
    /// `110***********1234`, which papers may show.
    pub masked: String,
    /// The number under the installation's key, base64.
    pub sealed: String,
    /// Keyed hash of the number, lowercase hexadecimal: equal numbers can be found, the number cannot.
    pub fingerprint: String,
    #[serde(default)]
    pub document: Document,
}

/// What was looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Document {
    /// 居民身份证
    #[default]
    IdCard,
    /// Of somebody from abroad.
    Passport,
    /// 港澳居民来往内地通行证
    HkMacaoPermit,
    /// 台湾居民来往大陆通行证
    TaiwanPermit,
    /// 港澳台居民居住证, with a number as on an identity card.
    ResidencePermit,
    /// 营业执照 of a company, a shop or another body, which acts through people alone; `head` is who heads it.
    Licence {
        head: PersonName,
        /// Records of before anybody was asked are of companies.
        #[serde(default)]
        title: Title,
    },
}

/// As what somebody heads a body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Title {
    /// 法定代表人 of a legal person (民法典 61).
    #[default]
    Representative,
    /// 负责人 of a partnership, a branch, a committee of owners (民法典 102, 105).
    Principal,
    /// 经营者 of an individual business (民法典 54).
    Operator,
}

impl Title {
    pub const ALL: [Self; 3] = [Self::Representative, Self::Principal, Self::Operator];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Representative => "representative",
            Self::Principal => "principal",
            Self::Operator => "operator",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|title| title.name() == name)
    }
}

impl Document {
    /// The names under which forms and papers know the kinds.
    pub const NAMES: [&'static str; 6] = [
        "id_card",
        "passport",
        "hk_macao_permit",
        "taiwan_permit",
        "residence_permit",
        "licence",
    ];

    /// Those of people, who alone act for others.
    pub fn of_people() -> impl Iterator<Item = &'static str> {
        Self::NAMES.into_iter().filter(|name| *name != "licence")
    }

    pub const fn name(&self) -> &'static str {
        match self {
            Self::IdCard => "id_card",
            Self::Passport => "passport",
            Self::HkMacaoPermit => "hk_macao_permit",
            Self::TaiwanPermit => "taiwan_permit",
            Self::ResidencePermit => "residence_permit",
            Self::Licence { .. } => "licence",
        }
    }
}

impl IdentityCheck {
    /// Whether it says for `person` who has come on the day of `at`.
    pub fn vouches(&self, person: PersonId, at: Timestamp) -> bool {
        self.by == person && civil_date(self.at) >= civil_date(at)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentityMethod {
    /// The card held beside the face in the video room.
    CardInRoom,
    /// The card shown at the committee's counter.
    CardAtCounter,
}

impl IdentityMethod {
    pub const ALL: [Self; 2] = [Self::CardInRoom, Self::CardAtCounter];

    pub const fn name(self) -> &'static str {
        match self {
            Self::CardInRoom => "card_in_room",
            Self::CardAtCounter => "card_at_counter",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.name() == name)
    }
}
