//! From files to what they say, with every fault that a file alone shows.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::fault::{Fault, What};
use super::table::{Cells, Table};
use super::{AREAS, ORGANISATIONS, PLACES, Register, STAFF, StaffRow, write};
use crate::documents::unsupported_characters;
use crate::domain::actor::Role;
use crate::domain::identity::{Email, PersonName, Phone};
use crate::domain::organisation::town::{PlaceKind, QrPlace};
use crate::domain::organisation::{
    Area, Language, MediatorProfile, Organisation, OrganisationKey, OrganisationKind,
};
use crate::domain::rules::{DisputeKey, Rules};
use crate::domain::wording::Wording;

/// Reads the files that are given, by name; one that is not given says nothing.
pub fn read(rules: &Rules, files: &[(&str, &[u8])]) -> (Register, Vec<Fault>) {
    let mut register = Register::default();
    let mut faults = Vec::new();
    let find = |name: &str| files.iter().find(|(file, _)| *file == name);
    if let Some((_, bytes)) = find(AREAS) {
        areas(bytes, &mut register, &mut faults);
    }
    if let Some((_, bytes)) = find(ORGANISATIONS) {
        organisations(rules, bytes, &mut register, &mut faults);
    }
    if let Some((_, bytes)) = find(STAFF) {
        staff(rules, bytes, &mut register, &mut faults);
    }
    if let Some((_, bytes)) = find(PLACES) {
        places(bytes, &mut register, &mut faults);
    }
    (register, faults)
}

fn areas(bytes: &[u8], register: &mut Register, faults: &mut Vec<Fault>) {
    let columns = write::AREA_COLUMNS;
    let Some(table) = Table::parse(AREAS, bytes, &columns, &columns, faults) else {
        return;
    };
    for row in table.rows() {
        let path = row.parsed("path", area, faults);
        let name = wording(&row, "name_zh", "name_en", faults);
        let (Some(path), Some(name)) = (path, name) else {
            continue;
        };
        once(&mut register.areas, path, name, (&row, "path"), faults);
    }
}

fn organisations(rules: &Rules, bytes: &[u8], register: &mut Register, faults: &mut Vec<Fault>) {
    let columns = write::ORGANISATION_COLUMNS;
    let Some(table) = Table::parse(ORGANISATIONS, bytes, &columns, &columns[..10], faults) else {
        return;
    };
    for row in table.rows() {
        let key = row.parsed("key", key, faults);
        let organisation = key.and_then(|key| organisation(rules, &row, key, faults));
        let Some(organisation) = organisation else {
            continue;
        };
        let key = organisation.key.clone();
        let at = (&row, "key");
        once(&mut register.organisations, key, organisation, at, faults);
    }
}

fn organisation(
    rules: &Rules,
    row: &Cells<'_>,
    key: OrganisationKey,
    faults: &mut Vec<Fault>,
) -> Option<Organisation> {
    let kind = row.parsed("kind", OrganisationKind::parse, faults);
    let name = wording(row, "name_zh", "name_en", faults);
    let prefix = row.wanted("prefix", faults);
    let area = row.parsed("area", area, faults);
    let address = row.wanted("address", faults);
    let phone = row.parsed("phone", |text| Phone::parse(text).ok(), faults);
    let hours = wording(row, "hours_zh", "hours_en", faults);
    let fields = fields(rules, row, area.as_ref(), faults);
    let fee = match (row.text("fee_zh"), row.text("fee_en")) {
        ("", "") => None,
        _ => wording(row, "fee_zh", "fee_en", faults),
    };
    if fee.is_some() && kind.is_some_and(|kind| !kind.may_charge()) {
        faults.push(row.fault("fee_zh", What::MayNotCharge));
    }
    Some(Organisation {
        key,
        kind: kind?,
        name: name?,
        prefix: prefix?,
        area: area?,
        address: address?,
        phone: phone?,
        hours: hours?,
        fields,
        parent: row.optional("parent", self::key, faults),
        fee,
    })
}

fn staff(rules: &Rules, bytes: &[u8], register: &mut Register, faults: &mut Vec<Fault>) {
    let columns = write::STAFF_COLUMNS;
    let Some(table) = Table::parse(STAFF, bytes, &columns, &columns[..6], faults) else {
        return;
    };
    for row in table.rows() {
        let login = row.parsed("login", login, faults);
        let organisation = row.parsed("organisation", key, faults);
        let area = organisation.as_ref().and_then(|key| {
            let known = register.organisations.get(key);
            known.map(|(_, organisation)| organisation.area.clone())
        });
        let member = member(rules, &row, area.as_ref(), faults);
        let (Some(login), Some(organisation), Some(member)) = (login, organisation, member) else {
            continue;
        };
        let seat = (login, organisation);
        once(&mut register.staff, seat, member, (&row, "login"), faults);
    }
}

fn member(
    rules: &Rules,
    row: &Cells<'_>,
    area: Option<&Area>,
    faults: &mut Vec<Fault>,
) -> Option<StaffRow> {
    let name = row.parsed("name", printed_name, faults);
    let mail = row.optional("mail", |text| Email::parse(text).ok(), faults);
    let phone = row.optional("phone", |text| Phone::parse(text).ok(), faults);
    let posts = row.words("roles", Role::parse, faults);
    if row.text("roles").is_empty() {
        faults.push(row.fault("roles", What::Empty));
    }
    let fields = fields(rules, row, area, faults);
    let languages = row.words("languages", Language::parse, faults);
    let load_limit = row.optional("load_limit", |text| text.parse().ok(), faults);
    let elsewhere = row.optional("elsewhere", |text| text.parse().ok(), faults);
    let relatives = relatives(row, faults);
    let name = name?;
    let mediates = posts.contains(&Role::Mediator);
    let is_written = load_limit.is_some() && !languages.is_empty();
    if mediates != is_written || (!mediates && !fields.is_empty()) {
        faults.push(row.fault("roles", What::MediatorColumns));
        return None;
    }
    let text = |column: &str| Some(row.text(column).to_owned()).filter(|it| !it.is_empty());
    let profile = |load_limit| MediatorProfile {
        name: name.clone(),
        fields,
        languages,
        load_limit,
        employer: text("employer"),
        address: text("address"),
        relatives,
        fingerprint: None,
        paused: false,
    };
    Some(StaffRow {
        mail,
        phone,
        roles: posts,
        mediator: load_limit.map(profile),
        elsewhere: elsewhere.unwrap_or(0),
        name,
    })
}

/// Papers name whoever mediates, judges and seals: a name that they cannot show would bar all of their papers.
fn printed_name(text: &str) -> Option<PersonName> {
    let name = PersonName::parse(text).ok();
    name.filter(|_| unsupported_characters(text).is_empty())
}

/// Names between 、.
fn relatives(row: &Cells<'_>, faults: &mut Vec<Fault>) -> Vec<PersonName> {
    let mut found = Vec::new();
    for name in row
        .text("relatives")
        .split('、')
        .filter(|it| !it.is_empty())
    {
        match PersonName::parse(name) {
            Ok(name) => found.push(name),
            Err(_) => faults.push(row.fault("relatives", What::Malformed(name.to_owned()))),
        }
    }
    found
}

fn places(bytes: &[u8], register: &mut Register, faults: &mut Vec<Fault>) {
    let columns = write::PLACE_COLUMNS;
    let Some(table) = Table::parse(PLACES, bytes, &columns, &columns[..3], faults) else {
        return;
    };
    for row in table.rows() {
        let code = row.parsed("code", code, faults);
        let area = row.parsed("area", area, faults);
        let address = row.wanted("address", faults);
        let kind = row.optional("kind", PlaceKind::parse, faults);
        let (Some(code), Some(area), Some(address)) = (code, area, address) else {
            continue;
        };
        let place = QrPlace {
            code: code.clone(),
            area,
            address,
            kind: kind.unwrap_or_default(),
        };
        once(&mut register.places, code, place, (&row, "code"), faults);
    }
}

/// Keeps what a row says under its key; a second row of one key says nothing.
fn once<K: Ord, T>(
    kept: &mut BTreeMap<K, (usize, T)>,
    key: K,
    said: T,
    (row, column): (&Cells<'_>, &'static str),
    faults: &mut Vec<Fault>,
) {
    match kept.entry(key) {
        Entry::Occupied(_) => {
            faults.push(row.fault(column, What::Twice(row.text(column).to_owned())));
        }
        Entry::Vacant(place) => {
            place.insert((row.row, said));
        }
    }
}

/// Types of dispute of the district; before its area is known, of any.
fn fields(
    rules: &Rules,
    row: &Cells<'_>,
    area: Option<&Area>,
    faults: &mut Vec<Fault>,
) -> Vec<DisputeKey> {
    let known = |word: &str| {
        let mut of_any = rules.disputes_anywhere();
        let known = match area {
            Some(area) => rules
                .of(&area.district())
                .disputes()
                .any(|it| it.key.0 == word),
            None => of_any.any(|it| it.key.0 == word),
        };
        known.then(|| DisputeKey(word.to_owned()))
    };
    row.words("fields", known, faults)
}

fn wording(
    row: &Cells<'_>,
    zh: &'static str,
    en: &'static str,
    faults: &mut Vec<Fault>,
) -> Option<Wording> {
    let (zh, en) = (row.wanted(zh, faults), row.wanted(en, faults));
    Some(Wording { zh: zh?, en: en? })
}

/// Small letters, digits and hyphens.
fn plain(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !text.is_empty() && text.len() <= 60 && text.chars().all(fits)
}

fn area(text: &str) -> Option<Area> {
    text.split('/').all(plain).then(|| Area(text.to_owned()))
}

fn key(text: &str) -> Option<OrganisationKey> {
    plain(text).then(|| OrganisationKey(text.to_owned()))
}

/// As `heyi user add` takes it: whatever is no space, in small letters.
fn login(text: &str) -> Option<String> {
    let fits = text.len() <= 100 && !text.contains(|c: char| c.is_whitespace() || c.is_control());
    fits.then(|| text.to_lowercase())
}

/// Part of an address on a door.
fn code(text: &str) -> Option<String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-';
    (text.len() <= 60 && text.chars().all(fits)).then(|| text.to_owned())
}
