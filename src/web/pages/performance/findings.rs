//! What was seen on the spot, and where a party rates once it is over.

use jiff::Timestamp;
use serde::Serialize;

use crate::accounts::slips as tokens;
use crate::domain::case::Case;
use crate::domain::hash::ContentHash;
use crate::domain::permission::{may_hand_out_slips, may_open};
use crate::domain::stage::{Closing, Stage};
use crate::domain::verification::Finding;
use crate::web::pages::qr;
use crate::web::{Viewer, Web};

/// One look on the spot.
#[derive(Clone, Debug, Serialize)]
pub struct FindingFace {
    pub at: Timestamp,
    pub kept: bool,
    pub saw: String,
    pub place: String,
    /// The picture that says nothing of its place.
    pub picture: Option<String>,
    pub original: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct RatingFace {
    pub href: String,
    /// The same as a square code, for another phone.
    pub code: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct SlipFace {
    pub name: String,
    pub href: String,
}

impl FindingFace {
    pub(super) fn sample() -> Self {
        Self {
            at: Timestamp::UNIX_EPOCH,
            kept: true,
            saw: "客厅铺了地垫，双方都在场".to_owned(),
            place: "3 号楼 502 室".to_owned(),
            picture: Some("/cases/1/proofs/2".to_owned()),
            original: Some("/cases/1/proofs/3".to_owned()),
        }
    }
}

impl RatingFace {
    pub(super) fn sample() -> Self {
        Self {
            href: "/r/abc".to_owned(),
            code: qr::picture("https://heyi.example/r/abc"),
        }
    }
}

impl SlipFace {
    pub(super) fn sample() -> Self {
        Self {
            name: "康宁".to_owned(),
            href: "/cases/1/slips/2".to_owned(),
        }
    }
}

pub(super) fn findings(viewer: &Viewer, case: &Case) -> Vec<FindingFace> {
    let settlement = case.stage.settlement().into_iter();
    let file = |hash: &ContentHash| {
        may_open(&viewer.actor, case, hash).then(|| format!("/cases/{}/proofs/{hash}", case.id))
    };
    let face = |finding: &Finding| {
        let photo = finding.seen.photo.as_ref();
        FindingFace {
            at: finding.at,
            kept: finding.seen.kept,
            saw: finding.seen.saw.clone(),
            place: finding.seen.place.clone(),
            picture: photo.and_then(|it| it.preview.as_ref()).and_then(file),
            original: photo.and_then(|it| file(&it.original)),
        }
    };
    settlement.flat_map(|it| &it.findings).map(face).collect()
}

const fn is_over(case: &Case) -> bool {
    matches!(
        &case.stage,
        Stage::Closed {
            why: Closing::Performed { .. },
            ..
        }
    )
}

pub(super) fn rating(web: &Web, viewer: &Viewer, case: &Case) -> Option<RatingFace> {
    let seat = case.seat_for(&viewer.actor).filter(|_| is_over(case))?;
    let href = format!("/r/{}", tokens::token(&web.accounts.secrets, case, seat));
    let code = qr::picture(&format!("{}{href}", web.chancery.address));
    Some(RatingFace { href, code })
}

pub(super) fn slips(viewer: &Viewer, case: &Case) -> Vec<SlipFace> {
    if !may_hand_out_slips(&viewer.actor, case) {
        return Vec::new();
    }
    let slip = |party: &crate::domain::party::Party| SlipFace {
        name: party.name.to_string(),
        href: format!("/cases/{}/slips/{}", case.id, party.id),
    };
    case.parties.iter().map(slip).collect()
}
