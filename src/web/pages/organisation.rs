//! One organisation as parties may read of it: what it takes, when it is open, what it costs, who works there. Of people
//! nothing beyond name and profession.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

use super::organisations::{Names, Row, area_name, fee, kind, row};
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::organisation::{Language, MediatorProfile, Organisation};
use crate::domain::rules::DisputeKey;
use crate::i18n::{Locale, Text};
use crate::storage::cases;
use crate::storage::office::{self, Listed, RosterRow};
use crate::web::{Page, Path, Viewer, Web, WebError};

#[derive(Serialize)]
pub struct OrganisationPage {
    pub name: String,
    pub kind: Text,
    pub address: String,
    pub phone: String,
    pub hours: String,
    pub area: String,
    pub fee: Text,
    pub fee_words: Option<String>,
    /// Whether it sits in with others on matters of its fields.
    pub partner: bool,
    /// Empty: everything of its kind.
    pub fields: String,
    pub languages: String,
    pub mediators: Vec<MediatorFace>,
    /// The body above, and what is part of this one.
    pub parent: Option<Row>,
    pub parts: Vec<Row>,
    /// Whether people bring matters there through this platform.
    pub takes_matters: bool,
    pub of_district: Option<String>,
}

#[derive(Clone, Serialize)]
pub struct MediatorFace {
    pub name: String,
    pub fields: String,
    pub languages: String,
    pub load: Text,
}

impl Page for OrganisationPage {
    const TEMPLATE: &'static str = "pages/organisation.html";

    fn samples() -> Vec<Self> {
        let mediator = MediatorFace {
            name: "陆晓月".to_owned(),
            fields: "噪音扰民、漏水".to_owned(),
            languages: "吴语、普通话".to_owned(),
            load: Text::key("office-load-free"),
        };
        let page = |charges: bool| Self {
            name: "柳荫社区人民调解委员会".to_owned(),
            kind: Text::key(if charges {
                "office-kind-notarial"
            } else {
                "office-kind-people"
            }),
            address: "柳荫路1号".to_owned(),
            phone: "199 0000 9001".to_owned(),
            hours: "周一至周五 9:00–17:30".to_owned(),
            area: "青石街道 · 柳荫社区".to_owned(),
            fee: Text::key(if charges {
                "office-fee-charges"
            } else {
                "office-fee-people"
            }),
            fee_words: charges.then(|| "百分之一".to_owned()),
            partner: charges,
            fields: if charges {
                "继承".to_owned()
            } else {
                String::new()
            },
            languages: "吴语、普通话".to_owned(),
            mediators: if charges {
                Vec::new()
            } else {
                vec![mediator.clone()]
            },
            parent: charges.then(Row::sample),
            parts: if charges {
                Vec::new()
            } else {
                vec![Row::sample()]
            },
            takes_matters: !charges,
            of_district: None,
        };
        vec![page(false), page(true)]
    }
}

pub(super) async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<OrganisationId>,
) -> Result<Response, WebError> {
    let mut read = web.accounts.store.read().await?;
    let all = office::organisations(&mut read).await?;
    let listed = all
        .iter()
        .find(|it| it.id == id && it.organisation.kind.is_listed());
    let listed = listed.ok_or(WebError::NotFound)?;
    let names: Names = office::areas(&mut read).await?.into_iter().collect();
    let roster = office::roster(&mut read).await?.into_iter();
    let roster: Vec<_> = roster.filter(|row| row.organisation == id).collect();
    let loads = cases::open_loads(&mut read).await?;
    let row = |it: &Listed| row(&names, viewer.locale, it);
    let body = &listed.organisation;
    let known = |it: &&Listed| it.organisation.kind.is_listed();
    let above = all
        .iter()
        .find(|it| Some(&it.organisation.key) == body.parent.as_ref());
    let parts = all
        .iter()
        .filter(|it| it.organisation.parent.as_ref() == Some(&body.key));
    let spoken: BTreeSet<_> = roster
        .iter()
        .flat_map(|row| &row.profile.languages)
        .collect();
    let page = OrganisationPage {
        name: body.name.for_tag(viewer.locale.tag()).to_owned(),
        kind: kind(body.kind),
        address: body.address.clone(),
        phone: body.phone.domestic(),
        hours: body.hours.for_tag(viewer.locale.tag()).to_owned(),
        area: area_name(&names, viewer.locale, &body.area),
        fee: fee(body.kind),
        fee_words: body
            .fee
            .as_ref()
            .map(|it| it.for_tag(viewer.locale.tag()).to_owned()),
        partner: body.kind.takes_partner_seat(),
        fields: field_names(&web, viewer.locale, body, &body.fields),
        languages: spoken_words(&web, viewer.locale, spoken.into_iter()),
        mediators: mediators(&web, viewer.locale, body, &roster, &loads),
        parent: above.filter(known).map(row),
        parts: parts.filter(known).map(row).collect(),
        takes_matters: body.kind.track().is_some(),
        of_district: Some(body.area.district().0),
    };
    viewer.show(&web, &page)
}

fn field_names(web: &Web, locale: Locale, body: &Organisation, fields: &[DisputeKey]) -> String {
    let rules = web.desk.rules.of(&body.area.district());
    let known = fields.iter().filter_map(|key| rules.dispute(key));
    joined(
        locale,
        known.map(|it| it.name.for_tag(locale.tag()).to_owned()),
    )
}

fn spoken_words<'a>(
    web: &Web,
    locale: Locale,
    languages: impl Iterator<Item = &'a Language>,
) -> String {
    joined(
        locale,
        languages.map(|it| web.texts.t(locale, it.key(), &[])),
    )
}

fn joined(locale: Locale, words: impl Iterator<Item = String>) -> String {
    let between = if locale == Locale::ZhCn { "、" } else { ", " };
    words.collect::<Vec<_>>().join(between)
}

fn mediators(
    web: &Web,
    locale: Locale,
    body: &Organisation,
    roster: &[RosterRow],
    loads: &BTreeMap<PersonId, u32>,
) -> Vec<MediatorFace> {
    let face = |row: &RosterRow| MediatorFace {
        name: row.profile.name.as_str().to_owned(),
        fields: field_names(web, locale, body, &row.profile.fields),
        languages: spoken_words(web, locale, row.profile.languages.iter()),
        load: load(
            &row.profile,
            row.elsewhere + loads.get(&row.person).copied().unwrap_or(0),
        ),
    };
    roster.iter().map(face).collect()
}

/// In words alone: how many cases somebody has is nobody's to know.
fn load(profile: &MediatorProfile, load: u32) -> Text {
    let free = profile.load_limit.saturating_sub(load);
    Text::key(match free {
        0 => "office-load-full",
        free if free * 3 >= profile.load_limit => "office-load-free",
        _ => "office-load-busy",
    })
}
