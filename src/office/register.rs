//! The offices as files: areas, organisations, staff and doors as four tables, read with every fault named by row and
//! column, and written in the same shape.

mod apply;
mod export;
mod fault;
mod notice;
mod plan;
mod read;
mod table;
#[cfg(test)]
mod tests;
mod write;

pub use apply::{Hand, Outcome, import};
pub use export::export;
pub use fault::{Fault, What};
pub use read::read;

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::actor::Role;
use crate::domain::identity::{Email, PersonName, Phone};
use crate::domain::organisation::town::QrPlace;
use crate::domain::organisation::{Area, MediatorProfile, Organisation, OrganisationKey};
use crate::domain::wording::Wording;

pub const AREAS: &str = "areas.csv";
pub const ORGANISATIONS: &str = "organisations.csv";
pub const STAFF: &str = "staff.csv";
pub const PLACES: &str = "places.csv";

/// The files in the order in which they lean on each other.
pub const FILES: [&str; 4] = [AREAS, ORGANISATIONS, STAFF, PLACES];

/// What the files say, each thing under its key with the row it stands in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Register {
    pub areas: BTreeMap<Area, (usize, Wording)>,
    pub organisations: BTreeMap<OrganisationKey, (usize, Organisation)>,
    /// One row for each organisation that somebody works for.
    pub staff: BTreeMap<(String, OrganisationKey), (usize, StaffRow)>,
    pub places: BTreeMap<String, (usize, QrPlace)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffRow {
    pub name: PersonName,
    pub mail: Option<Email>,
    pub phone: Option<Phone>,
    pub roles: Vec<Role>,
    pub mediator: Option<MediatorProfile>,
    /// Cases in hand outside this installation.
    pub elsewhere: u32,
}

impl StaffRow {
    fn posts(&self) -> BTreeSet<Role> {
        self.roles.iter().copied().collect()
    }
}
