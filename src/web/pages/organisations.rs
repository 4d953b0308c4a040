//! The organisations of a district, by place, field and language, as parties may read of them.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Response;
use serde::{Deserialize, Serialize};

use super::organisation;
use crate::domain::organisation::{Area, District, Language, OrganisationKind};
use crate::domain::rules::DisputeKey;
use crate::i18n::{Locale, Text};
use crate::storage::Read;
use crate::storage::office::{self, Listed};
use crate::web::{Choice, Form, Page, Policy, Query, Routes, Viewer, Web, WebError};

/// So many on a page.
const SHOWN: usize = 20;

#[derive(Serialize)]
pub struct OrganisationsPage {
    pub form: Form,
    /// Districts of the installation, where there are several.
    pub districts: Vec<Choice>,
    /// What lies in the district, and in what is written below it.
    pub areas: Vec<Choice>,
    pub fields: Vec<Choice>,
    pub languages: Vec<Choice>,
    pub rows: Vec<Row>,
    pub total: usize,
    /// Where the next page is.
    pub more: Option<String>,
    /// In whose words.
    pub of_district: Option<String>,
}

#[derive(Clone, Serialize)]
pub struct Row {
    pub href: String,
    pub name: String,
    pub kind: Text,
    pub area: String,
    pub fee: Text,
}

impl Row {
    pub(super) fn sample() -> Self {
        Self {
            href: "/organisations/0192f0c1-2345-7000-8000-000000000009".to_owned(),
            name: "柳荫社区人民调解委员会".to_owned(),
            kind: Text::key("office-kind-people"),
            area: "青石街道 · 柳荫社区".to_owned(),
            fee: Text::key("office-fee-people"),
        }
    }
}

impl Page for OrganisationsPage {
    const TEMPLATE: &'static str = "pages/organisations.html";

    fn samples() -> Vec<Self> {
        let choice = |value: &str| Choice {
            value: value.to_owned(),
            label: value.to_owned(),
            hint: String::new(),
        };
        let page = |rows: Vec<Row>, several| Self {
            form: Form::blank(),
            districts: if several {
                vec![choice("hefeng"), choice("beiling")]
            } else {
                Vec::new()
            },
            areas: vec![choice(""), choice("hefeng/qingshi")],
            fields: vec![choice(""), choice("noise")],
            languages: vec![choice(""), choice("wu")],
            total: rows.len(),
            more: several.then(|| "/organisations?page=1".to_owned()),
            rows,
            of_district: None,
        };
        vec![
            page(vec![Row::sample(), Row::sample()], true),
            page(Vec::new(), false),
        ]
    }
}

/// Where one reads who takes such a matter in a district.
pub(super) fn address(district: &District, dispute: &DisputeKey) -> String {
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("district", &district.0)
        .append_pair("field", &dispute.0)
        .finish();
    format!("/organisations?{query}")
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new()
        .get("/organisations", Policy::Anyone, list)
        .get("/organisations/{id}", Policy::Anyone, organisation::show)
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    district: String,
    #[serde(default)]
    area: String,
    #[serde(default)]
    field: String,
    #[serde(default)]
    language: String,
    #[serde(default)]
    page: usize,
}

/// Names of areas by their path.
pub(super) type Names = BTreeMap<Area, crate::domain::wording::Wording>;

async fn list(
    State(web): State<Web>,
    viewer: Viewer,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let mut read = web.accounts.store.read().await?;
    let names: Names = office::areas(&mut read).await?.into_iter().collect();
    let districts: Vec<_> = names
        .keys()
        .filter(|area| area.parent().is_none())
        .collect();
    let Some(first) = districts.first() else {
        return viewer.show(&web, &empty());
    };
    let chosen = Area(asked.area.clone());
    let told = names.contains_key(&chosen).then(|| chosen.district());
    let own = District(asked.district.clone());
    let own = names.contains_key(&own.area()).then_some(own);
    let reader = viewer.district.clone();
    let district = own.or(told).or(reader).unwrap_or_else(|| first.district());
    let listed = matching(&mut read, &asked, &district).await?;
    let rows = listed.iter().skip(asked.page * SHOWN).take(SHOWN);
    let rows = rows.map(|it| row(&names, viewer.locale, it)).collect();
    let more = (listed.len() > (asked.page + 1) * SHOWN).then(|| next(&asked, &district));
    let several = districts.len() > 1;
    let page = OrganisationsPage {
        form: Form::blank()
            .filled("district", &district.0)
            .filled("area", &asked.area)
            .filled("field", &asked.field)
            .filled("language", &asked.language),
        districts: districts
            .into_iter()
            .filter(|_| several)
            .map(|area| choice(&area.0, area_name(&names, viewer.locale, area)))
            .collect(),
        areas: areas(&web, viewer.locale, &names, &district),
        fields: fields(&web, viewer.locale, &district),
        languages: languages(&web, viewer.locale),
        rows,
        total: listed.len(),
        more,
        of_district: Some(district.0),
    };
    viewer.show(&web, &page)
}

fn empty() -> OrganisationsPage {
    OrganisationsPage {
        form: Form::blank(),
        districts: Vec::new(),
        areas: Vec::new(),
        fields: Vec::new(),
        languages: Vec::new(),
        rows: Vec::new(),
        total: 0,
        more: None,
        of_district: None,
    }
}

fn choice(value: &str, label: String) -> Choice {
    Choice {
        value: value.to_owned(),
        label,
        hint: String::new(),
    }
}

/// Who is listed in the district and fits what was asked, those nearest to the place first.
async fn matching(
    read: &mut Read,
    asked: &Asked,
    district: &District,
) -> Result<Vec<Listed>, WebError> {
    let roster = office::roster(read).await?;
    let speaks = |listed: &Listed, language: Language| {
        let mut seats = roster.iter().filter(|row| row.organisation == listed.id);
        seats.any(|row| row.profile.languages.contains(&language))
    };
    let area = Area(asked.area.clone());
    let place = (area.district() == *district).then_some(area);
    let language = Language::parse(&asked.language);
    let mut listed = office::organisations(read).await?;
    listed.retain(|it| {
        let body = &it.organisation;
        let takes =
            |field: &str| body.fields.is_empty() || body.fields.iter().any(|it| it.0 == field);
        body.area.district() == *district
            && body.kind.is_listed()
            && place
                .as_ref()
                .is_none_or(|place| body.area.covers(place) || place.covers(&body.area))
            && (asked.field.is_empty() || (body.kind.track().is_some() && takes(&asked.field)))
            && language.is_none_or(|language| speaks(it, language))
    });
    listed.sort_by_key(|it| {
        let body = &it.organisation;
        let depth = body.area.0.matches('/').count();
        (
            body.kind.track().is_none(),
            std::cmp::Reverse(depth),
            body.key.clone(),
        )
    });
    Ok(listed)
}

fn next(asked: &Asked, district: &District) -> String {
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("district", &district.0)
        .append_pair("area", &asked.area)
        .append_pair("field", &asked.field)
        .append_pair("language", &asked.language)
        .append_pair("page", &(asked.page + 1).to_string())
        .finish();
    format!("/organisations?{query}")
}

pub(super) fn row(names: &Names, locale: Locale, listed: &Listed) -> Row {
    let body = &listed.organisation;
    Row {
        href: format!("/organisations/{}", listed.id),
        name: body.name.for_tag(locale.tag()).to_owned(),
        kind: kind(body.kind),
        area: area_name(names, locale, &body.area),
        fee: fee(body.kind),
    }
}

pub(super) fn kind(kind: OrganisationKind) -> Text {
    Text::key(format!("office-kind-{}", kind.name()))
}

/// 人民调解法 4: people's mediation is free, and says so by name.
pub(super) fn fee(kind: OrganisationKind) -> Text {
    Text::key(match kind {
        OrganisationKind::People | OrganisationKind::Studio | OrganisationKind::Industry => {
            "office-fee-people"
        }
        kind if kind.may_charge() => "office-fee-charges",
        _ => "office-fee-none",
    })
}

/// 青石街道 · 柳荫社区; a district by its own name.
pub(super) fn area_name(names: &Names, locale: Locale, area: &Area) -> String {
    let above = names.iter().filter(|(larger, _)| larger.covers(area));
    let above = above.filter(|(larger, _)| larger.parent().is_some() || *larger == area);
    let said: Vec<_> = above.map(|(_, name)| name.for_tag(locale.tag())).collect();
    said.join(" · ")
}

fn areas(web: &Web, locale: Locale, names: &Names, district: &District) -> Vec<Choice> {
    let all = choice("", web.texts.t(locale, "office-all-areas", &[]));
    let inside = names
        .keys()
        .filter(|area| area.parent().is_some() && area.district() == *district);
    let inside = inside.map(|area| choice(&area.0, area_name(names, locale, area)));
    std::iter::once(all).chain(inside).collect()
}

fn fields(web: &Web, locale: Locale, district: &District) -> Vec<Choice> {
    let all = choice("", web.texts.t(locale, "office-all-fields", &[]));
    let known = web.desk.rules.of(district).disputes();
    let known = known.map(|it| choice(&it.key.0, it.name.for_tag(locale.tag()).to_owned()));
    std::iter::once(all).chain(known).collect()
}

fn languages(web: &Web, locale: Locale) -> Vec<Choice> {
    let all = choice("", web.texts.t(locale, "office-all-languages", &[]));
    let known = Language::ALL.into_iter();
    let known = known.map(|it| choice(it.name(), web.texts.t(locale, it.key(), &[])));
    std::iter::once(all).chain(known).collect()
}
