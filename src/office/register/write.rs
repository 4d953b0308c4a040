//! From what is known to files, in one order whatever the database's.

use super::table::written;
use super::{AREAS, FILES, ORGANISATIONS, PLACES, Register, STAFF, StaffRow};
use crate::domain::identity::{PersonName, Phone};
use crate::domain::organisation::town::QrPlace;
use crate::domain::organisation::{Organisation, OrganisationKey};
use crate::domain::wording::Wording;

pub(super) const AREA_COLUMNS: [&str; 3] = ["path", "name_zh", "name_en"];
/// The first ten must be there.
pub(super) const ORGANISATION_COLUMNS: [&str; 14] = [
    "key", "kind", "name_zh", "name_en", "prefix", "area", "address", "phone", "hours_zh",
    "hours_en", "parent", "fields", "fee_zh", "fee_en",
];
/// The first six must be there.
pub(super) const STAFF_COLUMNS: [&str; 13] = [
    "login",
    "name",
    "mail",
    "phone",
    "organisation",
    "roles",
    "fields",
    "languages",
    "load_limit",
    "elsewhere",
    "employer",
    "address",
    "relatives",
];
pub(super) const PLACE_COLUMNS: [&str; 4] = ["code", "area", "address", "kind"];

/// All four files, by name.
pub(super) fn files(register: &Register) -> Vec<(&'static str, Vec<u8>)> {
    let file = |name| match name {
        AREAS => written(&AREA_COLUMNS, &areas(register)),
        ORGANISATIONS => written(&ORGANISATION_COLUMNS, &organisations(register)),
        STAFF => written(&STAFF_COLUMNS, &staff(register)),
        PLACES => written(&PLACE_COLUMNS, &places(register)),
        _ => Vec::new(),
    };
    FILES.into_iter().map(|name| (name, file(name))).collect()
}

fn areas(register: &Register) -> Vec<Vec<String>> {
    let row = |(path, (_, name)): (&crate::domain::organisation::Area, &(usize, Wording))| {
        vec![path.0.clone(), name.zh.clone(), name.en.clone()]
    };
    register.areas.iter().map(row).collect()
}

fn organisations(register: &Register) -> Vec<Vec<String>> {
    let each = register.organisations.values();
    each.map(|(_, it)| organisation(it)).collect()
}

fn organisation(it: &Organisation) -> Vec<String> {
    let fee = |text: fn(&Wording) -> &String| it.fee.as_ref().map(text).cloned();
    vec![
        it.key.0.clone(),
        it.kind.name().to_owned(),
        it.name.zh.clone(),
        it.name.en.clone(),
        it.prefix.clone(),
        it.area.0.clone(),
        it.address.clone(),
        it.phone.domestic(),
        it.hours.zh.clone(),
        it.hours.en.clone(),
        it.parent
            .as_ref()
            .map_or_else(String::new, |it| it.0.clone()),
        spaced(it.fields.iter().map(|field| field.0.as_str())),
        fee(|it| &it.zh).unwrap_or_default(),
        fee(|it| &it.en).unwrap_or_default(),
    ]
}

fn staff(register: &Register) -> Vec<Vec<String>> {
    let each = register.staff.iter();
    each.map(|((login, at), (_, it))| member(login, at, it))
        .collect()
}

fn member(login: &str, organisation: &OrganisationKey, it: &StaffRow) -> Vec<String> {
    let profile = it.mediator.as_ref();
    let text = |read: fn(&crate::domain::organisation::MediatorProfile) -> Option<String>| {
        profile.and_then(read).unwrap_or_default()
    };
    vec![
        login.to_owned(),
        it.name.as_str().to_owned(),
        it.mail
            .as_ref()
            .map_or_else(String::new, ToString::to_string),
        it.phone.as_ref().map_or_else(String::new, Phone::domestic),
        organisation.0.clone(),
        spaced(it.roles.iter().map(|role| role.name())),
        text(|it| Some(spaced(it.fields.iter().map(|field| field.0.as_str())))),
        text(|it| Some(spaced(it.languages.iter().map(|language| language.name())))),
        text(|it| Some(it.load_limit.to_string())),
        if it.elsewhere == 0 {
            String::new()
        } else {
            it.elsewhere.to_string()
        },
        text(|it| it.employer.clone()),
        text(|it| it.address.clone()),
        text(|it| {
            let names: Vec<_> = it.relatives.iter().map(PersonName::as_str).collect();
            Some(names.join("、"))
        }),
    ]
}

fn places(register: &Register) -> Vec<Vec<String>> {
    let each = register.places.values();
    let cells = |it: &QrPlace| {
        let kind = it.kind.name().to_owned();
        vec![it.code.clone(), it.area.0.clone(), it.address.clone(), kind]
    };
    each.map(|(_, it)| cells(it)).collect()
}

fn spaced<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(" ")
}
