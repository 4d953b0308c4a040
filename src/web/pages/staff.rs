//! Where the head of a committee sees who works there, how much each has in hand, and says what each takes.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use serde::Serialize;

use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::organisation::{Language, Organisation};
use crate::domain::permission::{heads, heads_any};
use crate::domain::rules::DisputeKey;
use crate::i18n::Text;
use crate::office::roster::{self, Mediating, Work};
use crate::storage::office;
use crate::web::{Choice, Form, Page, Path, Policy, Routes, Viewer, Web, WebError, see_other};

const HERE: &str = "/desk/staff";
/// Cases at once; nobody does justice to more.
const MOST_CASES: u32 = 60;

#[derive(Serialize)]
pub struct StaffPage {
    pub bodies: Vec<BodyFace>,
}

#[derive(Clone, Serialize)]
pub struct BodyFace {
    pub name: String,
    pub mediating: Vec<MediatorFace>,
    pub others: Vec<ColleagueFace>,
}

#[derive(Clone, Serialize)]
pub struct MediatorFace {
    pub href: String,
    pub name: String,
    /// Empty for everything of the committee.
    pub fields: Vec<String>,
    pub languages: Vec<Text>,
    pub load: u32,
    pub limit: u32,
    pub paused: bool,
    pub away_until: Option<Timestamp>,
}

#[derive(Clone, Serialize)]
pub struct ColleagueFace {
    pub name: String,
    pub roles: Vec<Text>,
}

impl Page for StaffPage {
    const TEMPLATE: &'static str = "pages/staff.html";

    fn samples() -> Vec<Self> {
        let mediator = |paused: bool| MediatorFace {
            href: "/desk/staff/1/2".to_owned(),
            name: "林可风".to_owned(),
            fields: if paused {
                Vec::new()
            } else {
                vec!["噪音扰民".to_owned(), "漏水".to_owned()]
            },
            languages: vec![Text::key("law-language-mandarin")],
            load: 3,
            limit: 8,
            paused,
            away_until: paused.then_some(Timestamp::UNIX_EPOCH),
        };
        let body = BodyFace {
            name: "柳荫社区人民调解委员会".to_owned(),
            mediating: vec![mediator(false), mediator(true)],
            others: vec![ColleagueFace {
                name: "陈明".to_owned(),
                roles: vec![Text::key("common-role-dispatcher")],
            }],
        };
        let nobody = BodyFace {
            mediating: Vec::new(),
            others: Vec::new(),
            ..body.clone()
        };
        vec![Self {
            bodies: vec![body, nobody],
        }]
    }
}

/// What one mediator takes.
#[derive(Serialize)]
pub struct WorkPage {
    pub form: Form,
    pub name: String,
    pub body: String,
    pub load: u32,
    pub fields: Vec<Choice>,
    pub languages: Vec<Choice>,
}

impl Page for WorkPage {
    const TEMPLATE: &'static str = "pages/staff-work.html";

    fn samples() -> Vec<Self> {
        let choice = |value: &str, label: &str| Choice {
            value: value.to_owned(),
            label: label.to_owned(),
            hint: String::new(),
        };
        let page = |form| Self {
            form,
            name: "林可风".to_owned(),
            body: "柳荫社区人民调解委员会".to_owned(),
            load: 3,
            fields: vec![choice("noise", "噪音扰民")],
            languages: vec![choice("mandarin", "普通话")],
        };
        let mut wrong = Form::blank().filled("limit", "1000");
        wrong.read("limit", limit);
        wrong.refuse("language", Text::key("form-choose"));
        vec![page(Form::blank()), page(wrong)]
    }
}

pub(in crate::web) fn routes() -> Routes {
    let office = Policy::Office(heads_any);
    Routes::new().get(HERE, office, show).form(
        "/desk/staff/{organisation}/{person}",
        office,
        edit,
        save,
    )
}

async fn show(State(web): State<Web>, viewer: Viewer) -> Result<Response, WebError> {
    viewer.person()?;
    let own = heads(&viewer.actor);
    if own.is_empty() {
        return Err(WebError::NotFound);
    }
    let mut read = web.desk.store.read().await?;
    let now = web.desk.clock.now();
    let mut bodies = Vec::new();
    for id in own {
        let Some(listed) = office::organisation(&mut read, id).await? else {
            continue;
        };
        let staff = roster::staff_of(&mut read, id, now).await?;
        let body = &listed.organisation;
        let mediator = |it: &Mediating| mediator(&web, &viewer, (id, body), it);
        let others = staff.others.into_iter().map(|it| ColleagueFace {
            name: it.name,
            roles: it
                .roles
                .iter()
                .map(|role| Text::key(format!("common-role-{}", role.name())))
                .collect(),
        });
        bodies.push(BodyFace {
            name: body.name.for_tag(viewer.locale.tag()).to_owned(),
            mediating: staff.mediating.iter().map(mediator).collect(),
            others: others.collect(),
        });
    }
    viewer.show(&web, &StaffPage { bodies })
}

fn mediator(
    web: &Web,
    viewer: &Viewer,
    (id, body): (OrganisationId, &Organisation),
    it: &Mediating,
) -> MediatorFace {
    let rules = web.desk.rules.of(&body.area.district());
    let field = |key: &DisputeKey| {
        let known = rules.dispute(key);
        known.map_or_else(
            || key.0.clone(),
            |it| it.name.for_tag(viewer.locale.tag()).to_owned(),
        )
    };
    let profile = &it.row.profile;
    let languages = profile.languages.iter();
    MediatorFace {
        href: format!("{HERE}/{id}/{}", it.row.person),
        name: profile.name.to_string(),
        fields: profile.fields.iter().map(field).collect(),
        languages: languages.map(|it| Text::key(it.key())).collect(),
        load: it.load,
        limit: profile.load_limit,
        paused: profile.paused,
        away_until: it.away_until,
    }
}

/// The mediator at a body that the reader heads.
async fn found(
    web: &Web,
    viewer: &Viewer,
    (body, person): (OrganisationId, PersonId),
) -> Result<(Organisation, Mediating), WebError> {
    viewer.person()?;
    if !heads(&viewer.actor).contains(&body) {
        return Err(WebError::NotFound);
    }
    let mut read = web.desk.store.read().await?;
    let listed = office::organisation(&mut read, body).await?;
    let listed = listed.ok_or(WebError::NotFound)?;
    let staff = roster::staff_of(&mut read, body, web.desk.clock.now()).await?;
    let mut mediating = staff.mediating.into_iter();
    let seat = mediating.find(|it| it.row.person == person);
    Ok((listed.organisation, seat.ok_or(WebError::NotFound)?))
}

fn page(
    web: &Web,
    viewer: &Viewer,
    (body, it): (&Organisation, &Mediating),
    form: Form,
) -> WorkPage {
    let tag = viewer.locale.tag();
    let choice = |value: &str, label: String| Choice {
        value: value.to_owned(),
        label,
        hint: String::new(),
    };
    let fields = web.desk.rules.of(&body.area.district()).disputes();
    let fields = fields.map(|it| choice(&it.key.0, it.name.for_tag(tag).to_owned()));
    let languages = Language::ALL.into_iter();
    let languages =
        languages.map(|it| choice(it.name(), web.texts.t(viewer.locale, it.key(), &[])));
    WorkPage {
        form,
        name: it.row.profile.name.to_string(),
        body: body.name.for_tag(tag).to_owned(),
        load: it.load,
        fields: fields.collect(),
        languages: languages.collect(),
    }
}

async fn edit(
    State(web): State<Web>,
    viewer: Viewer,
    Path(seat): Path<(OrganisationId, PersonId)>,
) -> Result<Response, WebError> {
    let (body, it) = found(&web, &viewer, seat).await?;
    let profile = &it.row.profile;
    let fields = profile.fields.iter().map(|key| ("field", key.0.clone()));
    let languages = profile.languages.iter();
    let languages = languages.map(|it| ("language", it.name().to_owned()));
    let paused = profile.paused.then(|| ("paused", "yes".to_owned()));
    let pairs = fields
        .chain(languages)
        .chain(paused)
        .chain([("limit", profile.load_limit.to_string())]);
    let form = Form::from_pairs(pairs.map(|(name, value)| (name.to_owned(), value)));
    viewer.show(&web, &page(&web, &viewer, (&body, &it), form))
}

async fn save(
    State(web): State<Web>,
    viewer: Viewer,
    Path(seat): Path<(OrganisationId, PersonId)>,
    mut form: Form,
) -> Result<Response, WebError> {
    let (body, it) = found(&web, &viewer, seat).await?;
    let rules = web.desk.rules.of(&body.area.district());
    let limit = form.read("limit", limit);
    let known = |name: &String| {
        rules
            .dispute(&DisputeKey(name.clone()))
            .map(|it| it.key.clone())
    };
    let fields: Option<Vec<_>> = form.values("field").iter().map(known).collect();
    let languages = form.values("language").iter();
    let languages: Option<Vec<_>> = languages.map(|name| Language::parse(name)).collect();
    let languages = languages.filter(|it| !it.is_empty());
    if fields.is_none() {
        form.refuse("field", Text::key("form-choose"));
    }
    if languages.is_none() {
        form.refuse("language", Text::key("form-choose"));
    }
    let (Some(load_limit), Some(fields), Some(languages)) = (limit, fields, languages) else {
        return viewer.show_again(&web, &page(&web, &viewer, (&body, &it), form));
    };
    let work = Work {
        fields,
        languages,
        load_limit,
        paused: form.value("paused") == "yes",
    };
    if !roster::set_work(&web.desk.store, seat.0, seat.1, &work).await? {
        return Err(WebError::NotFound);
    }
    tracing::info!(organisation = %seat.0, person = %seat.1, by = %viewer.person()?.0, "a head changed what a mediator takes");
    Ok(see_other(HERE))
}

fn limit(text: &str) -> Result<u32, Text> {
    let number = text.trim().parse().ok();
    let number = number.filter(|it| (1..=MOST_CASES).contains(it));
    number.ok_or_else(|| Text::key("staff-limit-wrong").with("most", MOST_CASES))
}
