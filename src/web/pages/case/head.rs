//! The two lines at the top of every page of a case.

use serde::Serialize;

use crate::domain::case::Case;
use crate::domain::ids::CaseId;
use crate::domain::organisation::District;
use crate::web::{Viewer, Web};

#[derive(Clone, Debug, Serialize)]
pub struct Head {
    /// The address of the case's page.
    pub href: String,
    pub number: String,
    /// The kind of matter, in the reader's language.
    pub dispute: String,
    pub place: String,
    /// Whose words the page is in.
    pub district: District,
}

impl Head {
    pub(in crate::web) fn of(web: &Web, viewer: &Viewer, case: &Case) -> Self {
        Self {
            href: address(case.id),
            number: case.number.clone(),
            dispute: dispute(web, viewer, case),
            place: case.place.address.clone(),
            district: case.district.clone(),
        }
    }

    pub(in crate::web) fn sample() -> Self {
        Self {
            href: "/cases/0192f0c1-2345-7000-8000-000000000001".to_owned(),
            number: "和调〔2026〕000128号".to_owned(),
            dispute: "噪音扰民".to_owned(),
            place: "柳荫里 3 号楼 502 室".to_owned(),
            district: District("hefeng".to_owned()),
        }
    }
}

/// Where a case is read.
pub(in crate::web) fn address(case: CaseId) -> String {
    format!("/cases/{case}")
}

/// The name of the kind of matter; a kind that the table no longer knows keeps its key.
pub(in crate::web) fn dispute(web: &Web, viewer: &Viewer, case: &Case) -> String {
    let rules = web.desk.rules.of(&case.district);
    rules.dispute(&case.dispute).map_or_else(
        || web.words(case).t(viewer.locale, "case-other-dispute", &[]),
        |dispute| dispute.name.for_tag(viewer.locale.tag()).to_owned(),
    )
}
