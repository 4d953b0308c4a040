//! A matter as another body sends it, and how it is read: every wrong field is named.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::casework::{NewCase, NewClaim, NewParty, Origin};
use crate::domain::actor::{Actor, System};
use crate::domain::case::Place;
use crate::domain::claim::ClaimKind;
use crate::domain::identity::{Email, Phone};
use crate::domain::intake::{Consent, ConsentWay, Referral};
use crate::domain::integrator::Integrator;
use crate::domain::money::Fen;
use crate::domain::organisation::{Area, Language};
use crate::domain::party::{Contact, MOST_PARTIES, PartyRole};
use crate::domain::rules::{DisputeKey, Rules};
use crate::domain::safety::Sign;
use crate::domain::time::civil_date;
use crate::domain::track::Track;
use crate::office;
use crate::storage::office as offices;
use crate::web::{Web, WebError, parse};

/// What is wanted of a matter.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Matter {
    /// What you call it; it comes back in every report.
    reference: String,
    /// Key of the kind of matter, such as `noise`; `other` where none fits.
    dispute: String,
    /// What happened, in the person's words.
    story: String,
    /// `2026-11-20`, when it last happened.
    happened_on: Option<String>,
    place: MatterPlace,
    /// At least one.
    claims: Vec<MatterClaim>,
    claimant: MatterParty,
    respondent: MatterParty,
    /// Whoever else stands on one of the two sides: at most eighteen more.
    #[serde(default)]
    further: Vec<MatterFurther>,
    /// What the claimant would rather speak, such as `wu`.
    language: Option<String>,
    consent: MatterConsent,
    /// The claimant has said that they want mediation; otherwise they are asked.
    #[serde(default)]
    wants_mediation: bool,
    /// Answers to the violence screen: `hurt`, `threatened`, `afraid`, `controlled`, `helpless`; leave it out where nobody asked.
    signs: Option<Vec<String>>,
}

#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MatterPlace {
    address: String,
    /// `district/street/community`, where it is known.
    area: Option<String>,
}

#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MatterClaim {
    /// `stop`, `money` or `conduct`.
    kind: String,
    text: String,
    amount_fen: Option<i64>,
}

#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MatterParty {
    name: String,
    phone: Option<String>,
    mail: Option<String>,
    address: Option<String>,
}

#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MatterFurther {
    /// `claimant` or `respondent`.
    side: String,
    party: MatterParty,
}

/// That the person agreed to have the matter handed over (个人信息保护法 23).
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MatterConsent {
    /// `in_person`, `on_the_phone` or `in_writing`.
    how: String,
    /// RFC 3339.
    at: String,
}

/// A field that is wrong.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct FieldProblem {
    /// Such as `claimant.phone`.
    field: String,
    detail: String,
}

/// Reads fields one by one and remembers what is wrong with them.
#[derive(Default)]
struct Reader {
    wrong: Vec<FieldProblem>,
}

impl Reader {
    fn refuse(&mut self, field: &str, detail: &str) {
        self.wrong.push(FieldProblem {
            field: field.to_owned(),
            detail: detail.to_owned(),
        });
    }

    fn read<T>(&mut self, field: &str, read: Option<T>, detail: &str) -> Option<T> {
        if read.is_none() {
            self.refuse(field, detail);
        }
        read
    }

    /// A text that says something, can be printed, and is not too long.
    fn text(&mut self, field: &str, text: &str, limit: usize) -> Option<String> {
        let read = parse::printed(limit)(text.trim())
            .ok()
            .filter(|it| !it.is_empty());
        self.read(field, read, &format!("1 to {limit} printable characters"))
    }

    fn further(&mut self, further: &[MatterFurther]) -> Vec<(PartyRole, NewParty)> {
        if further.len() + 2 > MOST_PARTIES {
            self.refuse("further", "at most eighteen more people");
            return Vec::new();
        }
        let mut known = Vec::new();
        for (index, one) in further.iter().enumerate() {
            let field = format!("further[{index}]");
            let mut sides = [PartyRole::Claimant, PartyRole::Respondent].into_iter();
            let side = sides.find(|side| side.name() == one.side);
            let side = self.read(&format!("{field}.side"), side, "claimant or respondent");
            let party = self.party(&format!("{field}.party"), &one.party);
            known.extend(side.zip(party));
        }
        known
    }

    fn party(&mut self, field: &str, party: &MatterParty) -> Option<NewParty> {
        let name = parse::person_name(&party.name).ok();
        let name = self.read(
            &format!("{field}.name"),
            name,
            "a name that papers can print",
        );
        let phone = party.phone.as_deref().map(|it| Phone::parse(it).ok());
        let mail = party.mail.as_deref().map(|it| Email::parse(it).ok());
        if phone == Some(None) {
            self.refuse(&format!("{field}.phone"), "a phone number");
        }
        if mail == Some(None) {
            self.refuse(&format!("{field}.mail"), "a mail address");
        }
        let address = party.address.as_deref().filter(|it| !it.is_empty());
        let address = address.map(|it| self.text(&format!("{field}.address"), it, 200));
        Some(NewParty {
            name: name?,
            contact: Contact {
                phone: phone.flatten(),
                mail: mail.flatten(),
            },
            address: address.flatten().unwrap_or_default(),
        })
    }

    fn claims(&mut self, claims: &[MatterClaim]) -> Vec<NewClaim> {
        if claims.is_empty() || claims.len() > 10 {
            self.refuse("claims", "1 to 10 claims");
        }
        let mut read = Vec::new();
        for (at, claim) in claims.iter().take(10).enumerate() {
            let field = |name: &str| format!("claims[{at}].{name}");
            let kind = ClaimKind::parse(&claim.kind);
            let kind = self.read(&field("kind"), kind, "stop, money or conduct");
            let text = self.text(&field("text"), &claim.text, 2_000);
            let sum = claim.amount_fen;
            if sum.is_some_and(|sum| sum <= 0) || (sum.is_some() && kind != Some(ClaimKind::Money))
            {
                self.refuse(
                    &field("amount_fen"),
                    "a positive sum in fen, of a claim for money",
                );
            }
            if let (Some(kind), Some(text)) = (kind, text) {
                let amount = sum.map(Fen);
                read.push(NewClaim { kind, text, amount });
            }
        }
        read
    }

    fn signs(&mut self, signs: Option<&Vec<String>>) -> Option<BTreeSet<Sign>> {
        let signs = signs?;
        let known: BTreeSet<_> = signs.iter().filter_map(|it| Sign::parse(it)).collect();
        if signs.iter().any(|it| Sign::parse(it).is_none()) {
            self.refuse("signs", "hurt, threatened, afraid, controlled, helpless");
        }
        Some(known)
    }
}

impl Matter {
    /// The case to open, or everything that is wrong.
    pub(super) async fn into_case(
        self,
        web: &Web,
        integrator: &Integrator,
    ) -> Result<Result<NewCase, Vec<FieldProblem>>, WebError> {
        let now = web.desk.clock.now();
        let rules = web.desk.rules.of(&integrator.district);
        let mut reader = Reader::default();
        let area = self.area(&mut reader, integrator, web).await?;
        let read = self.read(&mut reader, rules, now);
        let (Some((consent, mut new)), true) = (read, reader.wrong.is_empty()) else {
            return Ok(Err(reader.wrong));
        };
        let covered = area.clone().unwrap_or_else(|| integrator.district.area());
        let mut db = web.desk.store.read().await?;
        let taker = office::committee_for(&mut db, rules, &new.dispute, Some(&covered)).await?;
        let listed = match taker {
            Some(taker) => offices::organisation(&mut db, taker).await?,
            None => None,
        };
        let of_district =
            listed.filter(|it| it.organisation.area.district() == integrator.district);
        let Some(committee) = of_district else {
            return Err(WebError::Unavailable(
                "no committee of the district".to_owned(),
            ));
        };
        new.organisation = committee.id;
        new.track = committee.organisation.kind.track().unwrap_or(Track::People);
        new.place.area = area;
        new.origin.source = integrator.source;
        new.origin.referral = Some(Referral {
            integrator: integrator.id,
            reference: self.reference,
            consent,
        });
        Ok(Ok(new))
    }

    /// An area of the integrator's district, if one is named.
    async fn area(
        &self,
        reader: &mut Reader,
        integrator: &Integrator,
        web: &Web,
    ) -> Result<Option<Area>, WebError> {
        let Some(path) = &self.place.area else {
            return Ok(None);
        };
        let area = Area(path.clone());
        let mut read = web.desk.store.read().await?;
        let known = offices::area_name(&mut read, &area).await?.is_some();
        if known && area.district() == integrator.district {
            return Ok(Some(area));
        }
        reader.refuse("place.area", "a known area of your district");
        Ok(None)
    }

    /// Everything but where it goes; the organisation and the way are put in by whoever knows them.
    fn read(
        &self,
        reader: &mut Reader,
        rules: &Rules,
        now: Timestamp,
    ) -> Option<(Consent, NewCase)> {
        let dispute = DisputeKey(self.dispute.clone());
        let known = self.dispute == "other" || rules.dispute(&dispute).is_some();
        let dispute = reader.read(
            "dispute",
            known.then_some(dispute),
            "a key of a kind, or other",
        );
        reader.text("reference", &self.reference, 200);
        let story = reader.text("story", &self.story, 3_000);
        let address = reader.text("place.address", &self.place.address, 200);
        let happened: Option<Option<Date>> = self.happened_on.as_deref().map(|it| it.parse().ok());
        if happened.is_some_and(|day| day.is_none_or(|day| day > civil_date(now))) {
            reader.refuse("happened_on", "a day that is not in the future");
        }
        let claims = reader.claims(&self.claims);
        let claimant = reader.party("claimant", &self.claimant);
        let respondent = reader.party("respondent", &self.respondent);
        let further = reader.further(&self.further);
        if self.claimant.phone.is_none() && self.claimant.mail.is_none() {
            reader.refuse(
                "claimant.phone",
                "a phone or a mail address of the claimant",
            );
        }
        let language = self.language(reader);
        let consent = self.consent(reader, now);
        let signs = reader.signs(self.signs.as_ref());
        let origin = Origin {
            language,
            signs,
            ..Origin::default()
        };
        let new = NewCase {
            person: None,
            by: Actor::System {
                system: System::Integrators,
            },
            wants_mediation: self.wants_mediation,
            origin,
            organisation: crate::domain::ids::OrganisationId(uuid::Uuid::nil()),
            dispute: dispute?,
            track: Track::People,
            place: Place {
                code: None,
                area: None,
                address: address?,
            },
            story: story?,
            happened_on: happened.flatten(),
            claims,
            claimant: claimant?,
            respondent: respondent?,
            further,
        };
        Some((consent?, new))
    }

    fn language(&self, reader: &mut Reader) -> Option<Language> {
        let named = self.language.as_deref()?;
        reader.read(
            "language",
            Language::parse(named),
            "a language, such as mandarin",
        )
    }

    fn consent(&self, reader: &mut Reader, now: Timestamp) -> Option<Consent> {
        let how = ConsentWay::parse(&self.consent.how);
        let how = reader.read("consent.how", how, "in_person, on_the_phone or in_writing");
        let at: Option<Timestamp> = self.consent.at.parse().ok();
        let at = at.filter(|at| *at <= now);
        let at = reader.read("consent.at", at, "a moment that has passed");
        Some(Consent { how: how?, at: at? })
    }
}
