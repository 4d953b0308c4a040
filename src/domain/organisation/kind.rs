//! The kinds of bodies: which mediate, which may charge, which take a partner seat, and which belong to another.

use serde::{Deserialize, Serialize};

use crate::domain::actor::Role;
use crate::domain::rules::dispute::Committee;
use crate::domain::team::Capacity;
use crate::domain::track::Track;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrganisationKind {
    /// 人民调解委员会 of a neighbourhood, village, sub-district or township (人民调解法 8, 34).
    People,
    /// 个人调解工作室 inside a committee: a known mediator's room and name; the committee has the cases.
    Studio,
    /// 行政调解: an authority or a township.
    Administrative,
    /// 行业性专业性人民调解委员会 (人民调解法 34).
    Industry,
    /// 商事调解组织, which may charge (商事调解条例 16).
    Commercial,
    Notarial,
    /// 特邀调解组织 on a court's roster (特邀调解规定).
    CourtInvited,
    Court,
    /// 仲裁委员会 (仲裁法).
    Arbitration,
    /// 劳动人事争议仲裁委员会, free of charge (劳动争议调解仲裁法 53).
    LabourArbitration,
    /// 农村土地承包仲裁委员会, free of charge (农村土地承包经营纠纷调解仲裁法 52).
    RuralLandArbitration,
    /// 律师事务所 with its duty lawyers.
    LawFirm,
    Insurer,
    /// 商会, 行业协会.
    Chamber,
    /// 心理服务站.
    Counselling,
    /// 网格服务站: the grid workers of some doors.
    GridStation,
    /// 司法局 of the district: its supervisors, and where complaints about mediators go.
    Bureau,
    /// 综合执法, 公安, 消防 and others who enforce the law on the spot.
    Authority,
}

/// What a kind is, in one row.
struct Row {
    kind: OrganisationKind,
    name: &'static str,
    /// The track of a mediation that a party asks it for; a court mediates only through others here.
    track: Option<Track>,
    charges: bool,
    partner: bool,
}

const fn row(
    kind: OrganisationKind,
    name: &'static str,
    track: Option<Track>,
    charges: bool,
    partner: bool,
) -> Row {
    Row {
        kind,
        name,
        track,
        charges,
        partner,
    }
}

use OrganisationKind as K;

/// In the order of the variants.
#[rustfmt::skip]
const TABLE: [Row; 18] = [
    //                             name                    track                        charges partner
    row(K::People, "people", Some(Track::People), false, false),
    row(K::Studio, "studio", None, false, false),
    row(K::Administrative, "administrative", Some(Track::Administrative), false, false),
    row(K::Industry, "industry", Some(Track::Industry), false, false),
    row(K::Commercial, "commercial", Some(Track::Commercial), true, false),
    row(K::Notarial, "notarial", Some(Track::Notarial), true, true),
    row(K::CourtInvited, "court_invited", Some(Track::CourtDelegated), false, false),
    row(K::Court, "court", None, true, false),
    row(K::Arbitration, "arbitration", None, true, false),
    row(K::LabourArbitration, "labour_arbitration", None, false, false),
    row(K::RuralLandArbitration, "rural_land_arbitration", None, false, false),
    row(K::LawFirm, "law_firm", None, true, true),
    row(K::Insurer, "insurer", None, false, true),
    row(K::Chamber, "chamber", None, false, true),
    row(K::Counselling, "counselling", None, true, true),
    row(K::GridStation, "grid_station", None, false, false),
    row(K::Bureau, "bureau", None, false, false),
    row(K::Authority, "authority", None, false, false),
];

impl OrganisationKind {
    pub const ALL: [Self; 18] = {
        let mut all = [K::People; 18];
        let mut at = 0;
        while at < all.len() {
            all[at] = TABLE[at].kind;
            at += 1;
        }
        all
    };

    const fn row(self) -> &'static Row {
        &TABLE[self as usize]
    }

    pub const fn name(self) -> &'static str {
        self.row().name
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether it is the kind that usually takes such disputes.
    pub const fn usually_takes(self, committee: Committee) -> bool {
        matches!(
            (self, committee),
            (Self::People, Committee::People)
                | (Self::Industry, Committee::Industry)
                | (Self::Administrative, Committee::Administrative)
        )
    }

    /// The track of its mediations; `None` for who does not mediate.
    pub const fn track(self) -> Option<Track> {
        self.row().track
    }

    /// Whether it may ask the parties for money. People's mediation never does (人民调解法 4).
    pub const fn may_charge(self) -> bool {
        self.row().charges
    }

    /// Whether it sits in with others on matters of its fields: 调解合作席位.
    pub const fn takes_partner_seat(self) -> bool {
        self.row().partner
    }

    /// As what its people sit in: a lawyer as one, everybody else for what they know.
    pub const fn partner_seat(self) -> Option<Capacity> {
        match self {
            Self::LawFirm => Some(Capacity::Lawyer),
            _ if self.takes_partner_seat() => Some(Capacity::Expert),
            _ => None,
        }
    }

    /// Whether it exists only as a part of another, and of which kind that is.
    pub const fn parent(self) -> Option<Self> {
        match self {
            Self::Studio => Some(Self::People),
            _ => None,
        }
    }

    /// Whether somebody can hold this post there: doors are a grid station's, and only a court rules.
    pub const fn has_post(self, role: Role) -> bool {
        match role {
            Role::GridWorker => matches!(self, Self::GridStation),
            Role::Clerk | Role::Judge => matches!(self, Self::Court),
            Role::Supervisor => matches!(self, Self::Bureau),
            _ => true,
        }
    }

    /// Whether parties look for it on the roster; grid workers come by themselves.
    pub const fn is_listed(self) -> bool {
        !matches!(self, Self::GridStation)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_stands_in_its_own_row() {
        for (at, kind) in OrganisationKind::ALL.into_iter().enumerate() {
            assert_eq!(kind as usize, at, "{}", kind.name());
            assert_eq!(OrganisationKind::parse(kind.name()), Some(kind));
        }
    }

    /// 人民调解法 4, 劳动争议调解仲裁法 53, 农村土地承包经营纠纷调解仲裁法 52.
    #[test]
    fn what_the_law_makes_free_never_charges() {
        for kind in [
            K::People,
            K::Studio,
            K::Industry,
            K::LabourArbitration,
            K::RuralLandArbitration,
        ] {
            assert!(!kind.may_charge(), "{}", kind.name());
        }
        assert!(K::Commercial.may_charge(), "商事调解条例 16");
    }

    #[test]
    fn partners_do_not_take_cases_over_but_the_notary() {
        let partners: Vec<_> = OrganisationKind::ALL
            .into_iter()
            .filter(|kind| kind.takes_partner_seat() && kind.track().is_some())
            .collect();
        assert_eq!(partners, [K::Notarial]);
    }
}
