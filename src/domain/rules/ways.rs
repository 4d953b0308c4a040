//! The ways that lie open in a dispute, with what each takes and costs, so that the party can choose.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::dispute::{Arbitration, Committee, Confirmability, DisputeType, Signing};
use crate::domain::citation::Citation;
use crate::domain::track::Way;

/// One way as it is in one type of dispute. All texts are keys of the catalogues.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WayCard {
    pub way: Way,
    pub kind: WayKind,
    /// Why this way cannot be taken now, and what comes first; `None` when it is open.
    pub barred: Option<&'static str>,
    pub texts: WayTexts,
    /// What this type of dispute adds.
    pub notes: Vec<&'static str>,
    pub basis: Vec<Citation>,
}

/// Keys: what it is called, who decides, how long, what it costs, what it leads to, what happens if the other side
/// does not answer, and why it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct WayTexts {
    pub title: &'static str,
    pub who: &'static str,
    pub time: &'static str,
    pub cost: &'static str,
    pub consequence: &'static str,
    pub silence: &'static str,
    pub why: &'static str,
}

/// The forms a way can have; a row of ways.toml each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WayKind {
    MediationPeople,
    MediationIndustry,
    MediationAdministrative,
    ArbitrationAgreement,
    ArbitrationLabour,
    ArbitrationRuralLand,
    ArbitrationNone,
    Court,
    CourtAfterLabour,
    CourtAfterGovernment,
}

impl WayKind {
    pub const ALL: [Self; 10] = [
        Self::MediationPeople,
        Self::MediationIndustry,
        Self::MediationAdministrative,
        Self::ArbitrationAgreement,
        Self::ArbitrationLabour,
        Self::ArbitrationRuralLand,
        Self::ArbitrationNone,
        Self::Court,
        Self::CourtAfterLabour,
        Self::CourtAfterGovernment,
    ];

    const fn way(self) -> Way {
        match self {
            Self::MediationPeople | Self::MediationIndustry | Self::MediationAdministrative => {
                Way::Mediation
            }
            Self::ArbitrationAgreement
            | Self::ArbitrationLabour
            | Self::ArbitrationRuralLand
            | Self::ArbitrationNone => Way::Arbitration,
            Self::Court | Self::CourtAfterLabour | Self::CourtAfterGovernment => Way::Court,
        }
    }

    const fn barred(self) -> Option<&'static str> {
        match self {
            Self::ArbitrationNone => Some("law-way-barred-arbitration"),
            Self::CourtAfterLabour => Some("law-way-barred-labour-first"),
            Self::CourtAfterGovernment => Some("law-way-barred-government-first"),
            _ => None,
        }
    }

    const fn texts(self) -> WayTexts {
        match self {
            Self::MediationPeople => mediation(
                "law-way-people-title",
                "law-way-people-who",
                "law-way-people-why",
            ),
            Self::MediationIndustry => mediation(
                "law-way-industry-title",
                "law-way-industry-who",
                "law-way-industry-why",
            ),
            Self::MediationAdministrative => WayTexts {
                consequence: "law-way-administrative-consequence",
                ..mediation(
                    "law-way-administrative-title",
                    "law-way-administrative-who",
                    "law-way-administrative-why",
                )
            },
            Self::ArbitrationAgreement | Self::ArbitrationNone => WayTexts {
                title: "law-way-arbitration-title",
                who: "law-way-arbitration-who",
                time: "law-way-arbitration-time",
                cost: "law-way-arbitration-cost",
                consequence: "law-way-arbitration-consequence",
                silence: "law-way-arbitration-silence",
                why: "law-way-arbitration-why",
            },
            Self::ArbitrationLabour => WayTexts {
                title: "law-way-labour-title",
                who: "law-way-labour-who",
                time: "law-way-labour-time",
                cost: "law-way-free",
                consequence: "law-way-labour-consequence",
                silence: "law-way-award-in-absence",
                why: "law-way-labour-why",
            },
            Self::ArbitrationRuralLand => WayTexts {
                title: "law-way-rural-land-title",
                who: "law-way-rural-land-who",
                time: "law-way-rural-land-time",
                cost: "law-way-free",
                consequence: "law-way-rural-land-consequence",
                silence: "law-way-award-in-absence",
                why: "law-way-rural-land-why",
            },
            Self::Court | Self::CourtAfterLabour | Self::CourtAfterGovernment => WayTexts {
                title: "law-way-court-title",
                who: "law-way-court-who",
                time: "law-way-court-time",
                cost: "law-way-court-cost",
                consequence: "law-way-court-consequence",
                silence: "law-way-court-silence",
                why: "law-way-court-why",
            },
        }
    }
}

const fn mediation(title: &'static str, who: &'static str, why: &'static str) -> WayTexts {
    WayTexts {
        title,
        who,
        time: "law-way-mediation-time",
        cost: "law-way-free",
        consequence: "law-way-mediation-consequence",
        silence: "law-way-mediation-silence",
        why,
    }
}

/// Mediation, arbitration, court, in this order; barred ways are shown with the reason.
pub(super) fn ways(
    dispute: &DisputeType,
    basis: &BTreeMap<WayKind, Vec<Citation>>,
) -> Vec<WayCard> {
    let mediation = match dispute.by {
        Committee::People => WayKind::MediationPeople,
        Committee::Industry => WayKind::MediationIndustry,
        Committee::Administrative => WayKind::MediationAdministrative,
    };
    let arbitration = match dispute.arbitration {
        Arbitration::Agreement => WayKind::ArbitrationAgreement,
        Arbitration::Labour => WayKind::ArbitrationLabour,
        Arbitration::RuralLand => WayKind::ArbitrationRuralLand,
        Arbitration::None => WayKind::ArbitrationNone,
    };
    let court = match dispute.arbitration {
        Arbitration::Labour => WayKind::CourtAfterLabour,
        _ if dispute.government_first => WayKind::CourtAfterGovernment,
        _ => WayKind::Court,
    };
    [mediation, arbitration, court]
        .into_iter()
        .map(|kind| WayCard {
            way: kind.way(),
            kind,
            barred: kind.barred(),
            texts: kind.texts(),
            notes: if kind == mediation {
                notes(dispute)
            } else {
                Vec::new()
            },
            basis: basis.get(&kind).cloned().unwrap_or_default(),
        })
        .collect()
}

fn notes(dispute: &DisputeType) -> Vec<&'static str> {
    let mut notes = Vec::new();
    if dispute.violence_screen {
        notes.push("law-way-note-violence");
    }
    match dispute.confirmation {
        Confirmability::Yes => {}
        Confirmability::Part => notes.push("law-way-note-confirmed-in-part"),
        Confirmability::No => notes.push("law-way-note-not-confirmed"),
    }
    match dispute.esign {
        Signing::Yes => {}
        Signing::No => notes.push("law-way-note-wet-ink"),
        Signing::PaperToo => notes.push("law-way-note-paper-too"),
    }
    if dispute.fraud_check {
        notes.push("law-way-note-fraud");
    }
    notes
}
