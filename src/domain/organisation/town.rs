//! A town as data: areas, organisations, the people in their offices, and the doors with a QR code.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::{Area, Language, MediatorProfile, Organisation, OrganisationKey, OrganisationKind};
use crate::domain::actor::Role;
use crate::domain::identity::{Email, PersonName, Phone};
use crate::domain::rules::load::Source;
use crate::domain::rules::{DisputeKey, Rules, RulesError};
use crate::domain::wording::Wording;

/// Everything that an empty installation is filled with. Keys are for references inside the files only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Town {
    pub name: Wording,
    pub areas: BTreeMap<Area, Wording>,
    pub organisations: BTreeMap<String, Organisation>,
    pub staff: Vec<Member>,
    pub places: Vec<QrPlace>,
    pub neighbours: Vec<Neighbour>,
}

/// Somebody who works for an organisation; a mediator has a profile as well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub key: String,
    /// Key of the organisation.
    pub organisation: String,
    pub roles: Vec<Role>,
    pub name: PersonName,
    pub mail: Email,
    pub phone: Phone,
    pub mediator: Option<MediatorProfile>,
    /// Cases in hand outside this installation.
    pub elsewhere: u32,
}

/// A door with a QR code: `/q/{code}` prefills the address.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QrPlace {
    pub code: String,
    pub area: Area,
    pub address: String,
    #[serde(default)]
    pub kind: PlaceKind,
}

/// What the code hangs at: to whoever passes there its sheet speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    #[default]
    Door,
    Shop,
    /// Where a mall hears its merchants and their customers.
    MerchantDesk,
    /// 社区自助屏.
    Kiosk,
    GridStation,
}

impl PlaceKind {
    pub const ALL: [Self; 5] = [
        Self::Door,
        Self::Shop,
        Self::MerchantDesk,
        Self::Kiosk,
        Self::GridStation,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Door => "door",
            Self::Shop => "shop",
            Self::MerchantDesk => "merchant_desk",
            Self::Kiosk => "kiosk",
            Self::GridStation => "grid_station",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether quarrels there are between those who sell and those who buy.
    pub const fn sells(self) -> bool {
        matches!(self, Self::Shop | Self::MerchantDesk)
    }
}

/// An invented person who may come to be a party.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Neighbour {
    pub key: String,
    pub name: PersonName,
    pub phone: Phone,
    pub mail: Option<Email>,
    pub address: String,
    /// An invented number that passes GB 11643, with a birth date of 1900.
    pub id_number: String,
}

impl Town {
    /// The files of assets/data/demo that [`Town::parse`] wants.
    pub const FILES: [&str; 3] = ["town.toml", "organisations.toml", "people.toml"];

    /// Reads and checks all files, given as (name, text): every reference leads somewhere.
    pub fn parse(rules: &Rules, files: &[(&str, &str)]) -> Result<Self, RulesError> {
        let find = |name: &str| {
            files
                .iter()
                .find(|(file, _)| *file == name)
                .map(|(file, text)| Source { file, text })
                .ok_or_else(|| RulesError {
                    file: name.to_owned(),
                    line: 0,
                    what: "the file is missing".to_owned(),
                })
        };
        let mut town = ground(&find("town.toml")?)?;
        organisations(&find("organisations.toml")?, rules, &mut town)?;
        people(&find("people.toml")?, rules, &mut town)?;
        Ok(town)
    }

    /// The name of an area, or of the nearest larger one that has a name.
    pub fn area_name(&self, area: &Area) -> Option<&Wording> {
        self.areas
            .get(area)
            .or_else(|| self.area_name(&area.parent()?))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TownFile {
    name: Spanned<Wording>,
    area: Vec<RawArea>,
    place: Vec<Spanned<QrPlace>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawArea {
    key: Spanned<Area>,
    name: Spanned<Wording>,
}

fn ground(source: &Source<'_>) -> Result<Town, RulesError> {
    let file: TownFile = source.read()?;
    let mut areas = BTreeMap::new();
    for raw in file.area {
        let at = raw.key.span();
        let key = raw.key.into_inner();
        if key
            .parent()
            .is_some_and(|parent| !areas.contains_key(&parent))
        {
            return Err(source.error(&at, format!("`{key}` comes before the area it lies in")));
        }
        if areas
            .insert(key.clone(), source.wording(raw.name)?)
            .is_some()
        {
            return Err(source.error(&at, format!("`{key}` appears twice")));
        }
    }
    let mut codes = BTreeSet::new();
    let mut places = Vec::new();
    for place in file.place {
        let at = place.span();
        let place = place.into_inner();
        if !areas.contains_key(&place.area) {
            return Err(source.error(&at, format!("unknown area `{}`", place.area)));
        }
        source.once(&mut codes, &place.code, &at)?;
        places.push(place);
    }
    Ok(Town {
        name: source.wording(file.name)?,
        areas,
        organisations: BTreeMap::new(),
        staff: Vec::new(),
        places,
        neighbours: Vec::new(),
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OrganisationsFile {
    organisation: Vec<RawOrganisation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOrganisation {
    key: Spanned<String>,
    kind: OrganisationKind,
    name: Spanned<Wording>,
    prefix: String,
    area: Spanned<Area>,
    address: String,
    phone: Phone,
    hours: Spanned<Wording>,
    #[serde(default)]
    fields: Vec<Spanned<DisputeKey>>,
    parent: Option<Spanned<OrganisationKey>>,
    fee: Option<Spanned<Wording>>,
}

fn organisations(source: &Source<'_>, rules: &Rules, town: &mut Town) -> Result<(), RulesError> {
    for raw in source.read::<OrganisationsFile>()?.organisation {
        let at = raw.key.span();
        if !town.areas.contains_key(raw.area.get_ref()) {
            return Err(source.error(
                &raw.area.span(),
                format!("unknown area `{}`", raw.area.get_ref()),
            ));
        }
        let parent = parent(source, town, raw.kind, raw.parent, &at)?;
        let district = rules.of(&raw.area.get_ref().district());
        let organisation = Organisation {
            key: OrganisationKey(raw.key.get_ref().clone()),
            kind: raw.kind,
            name: source.wording(raw.name)?,
            prefix: raw.prefix,
            area: raw.area.into_inner(),
            address: raw.address,
            phone: raw.phone,
            hours: source.wording(raw.hours)?,
            fields: known(source, district, raw.fields)?,
            parent,
            fee: raw.fee.map(|fee| source.wording(fee)).transpose()?,
        };
        if organisation.fee.is_some() && !raw.kind.may_charge() {
            return Err(source.error(&at, "this kind asks for no fee (人民调解法 4)"));
        }
        let key = raw.key.into_inner();
        if town
            .organisations
            .insert(key.clone(), organisation)
            .is_some()
        {
            return Err(source.error(&at, format!("`{key}` appears twice")));
        }
    }
    Ok(())
}

/// The body above, which comes before it in the file and covers it.
fn parent(
    source: &Source<'_>,
    town: &Town,
    kind: OrganisationKind,
    parent: Option<Spanned<OrganisationKey>>,
    at: &Range<usize>,
) -> Result<Option<OrganisationKey>, RulesError> {
    let Some(parent) = parent else {
        return match kind.parent() {
            Some(_) => Err(source.error(at, "it is a part of another body, which is not named")),
            None => Ok(None),
        };
    };
    let known = town.organisations.get(&parent.get_ref().0);
    if known.is_none_or(|known| kind.parent().is_some_and(|kind| kind != known.kind)) {
        return Err(source.error(&parent.span(), format!("no fitting `{}`", parent.get_ref())));
    }
    Ok(Some(parent.into_inner()))
}

fn known(
    source: &Source<'_>,
    rules: &Rules,
    fields: Vec<Spanned<DisputeKey>>,
) -> Result<Vec<DisputeKey>, RulesError> {
    fields
        .into_iter()
        .map(|field| match rules.dispute(field.get_ref()) {
            Some(_) => Ok(field.into_inner()),
            None => Err(source.error(
                &field.span(),
                format!("unknown dispute type `{}`", field.get_ref()),
            )),
        })
        .collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PeopleFile {
    staff: Vec<RawMember>,
    neighbour: Vec<Spanned<Neighbour>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMember {
    key: Spanned<String>,
    organisation: Spanned<String>,
    roles: Vec<Role>,
    name: PersonName,
    mail: Email,
    phone: Phone,
    mediator: Option<RawMediator>,
    #[serde(default)]
    elsewhere: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMediator {
    fields: Vec<Spanned<DisputeKey>>,
    languages: Vec<Language>,
    load_limit: u32,
    employer: Option<String>,
    address: Option<String>,
    #[serde(default)]
    relatives: Vec<PersonName>,
}

fn people(source: &Source<'_>, rules: &Rules, town: &mut Town) -> Result<(), RulesError> {
    let file: PeopleFile = source.read()?;
    let mut keys = BTreeSet::new();
    for raw in file.staff {
        let at = raw.key.span();
        source.once(&mut keys, raw.key.get_ref(), &at)?;
        if !town.organisations.contains_key(raw.organisation.get_ref()) {
            return Err(source.error(
                &raw.organisation.span(),
                format!("unknown organisation `{}`", raw.organisation.get_ref()),
            ));
        }
        if raw.roles.contains(&Role::Mediator) != raw.mediator.is_some() {
            return Err(source.error(
                &at,
                "a mediator, and nobody else, has fields, languages and a load limit",
            ));
        }
        let mediator = match raw.mediator {
            Some(mediator) => {
                let seat = &town.organisations[raw.organisation.get_ref()];
                let rules = rules.of(&seat.area.district());
                Some(profile(source, rules, &raw.name, mediator)?)
            }
            None => None,
        };
        town.staff.push(Member {
            key: raw.key.into_inner(),
            organisation: raw.organisation.into_inner(),
            roles: raw.roles,
            name: raw.name,
            mail: raw.mail,
            phone: raw.phone,
            mediator,
            elsewhere: raw.elsewhere,
        });
    }
    for neighbour in file.neighbour {
        let at = neighbour.span();
        source.once(&mut keys, &neighbour.get_ref().key, &at)?;
        town.neighbours.push(neighbour.into_inner());
    }
    Ok(())
}

fn profile(
    source: &Source<'_>,
    rules: &Rules,
    name: &PersonName,
    raw: RawMediator,
) -> Result<MediatorProfile, RulesError> {
    Ok(MediatorProfile {
        name: name.clone(),
        fields: known(source, rules, raw.fields)?,
        languages: raw.languages,
        load_limit: raw.load_limit,
        employer: raw.employer,
        address: raw.address,
        relatives: raw.relatives,
        fingerprint: None,
        paused: false,
    })
}

#[cfg(test)]
pub(crate) mod tests;
