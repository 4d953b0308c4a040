//! What the law says about the matter, how long a claim may wait, and which ways lie open. The party chooses.

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

use super::case::Head;
use super::case::head::address;
use super::organisations;
use crate::casework;
use crate::domain::action::{Action, ActionKind};
use crate::domain::case::Case;
use crate::domain::citation::Citation;
use crate::domain::claim::Claim;
use crate::domain::deadline::Due;
use crate::domain::ids::CaseId;
use crate::domain::offered::is_offered;
use crate::domain::rules::Rules;
use crate::domain::rules::limitation::{ClaimDates, Interruption, Limitation};
use crate::domain::rules::ways::{WayCard, WayTexts};
use crate::domain::time::civil_date;
use crate::domain::track::Way;
use crate::i18n::{Locale, Text};
use crate::web::{Form, Page, Path, Policy, Routes, Viewer, Web, WebError, parse, see_other};

#[derive(Serialize)]
pub struct AssessPage {
    pub head: Head,
    pub remedy: Option<String>,
    pub articles: Vec<Article>,
    pub claims: Vec<ClaimTime>,
    pub ways: Vec<WayFace>,
    /// Whether the reader can choose now; others may read.
    pub may_choose: bool,
    /// Who there is for such a matter in the district.
    pub organisations: String,
}

/// An article in our own words; the statute itself holds.
#[derive(Serialize)]
pub struct Article {
    pub label: String,
    pub statute: String,
    /// The day from which this version holds, `2021-01-01`.
    pub version: String,
    pub gist: String,
}

/// How long one claim may wait.
#[derive(Serialize)]
pub struct ClaimTime {
    pub text: String,
    pub limit: Text,
    /// That asking us starts the time anew, with the dates.
    pub anew: Option<Text>,
    pub basis: String,
}

#[derive(Serialize)]
pub struct WayFace {
    pub name: &'static str,
    pub texts: WayTexts,
    pub notes: Vec<&'static str>,
    pub barred: Option<&'static str>,
    pub basis: String,
    /// Where one goes to take this way after reading what goes along; `None`: it is taken here.
    pub href: Option<String>,
}

impl Page for AssessPage {
    const TEMPLATE: &'static str = "pages/assess.html";

    fn samples() -> Vec<Self> {
        let article = Article {
            label: "《民法典》第294条".to_owned(),
            statute: "中华人民共和国民法典".to_owned(),
            version: "2021-01-01".to_owned(),
            gist: "邻里之间，不能违反国家规定向外排放噪声。".to_owned(),
        };
        let claim = |limit: &'static str| ClaimTime {
            text: "赔偿 800 元".to_owned(),
            limit: Text::key(limit).with("years", 3_i64),
            anew: Some(
                Text::key("case-limit-anew")
                    .with("asked", "2026年11月22日")
                    .with("until", "2029年11月22日"),
            ),
            basis: "《民法典》第188条".to_owned(),
        };
        let way = |name, barred, href: Option<&str>| WayFace {
            name,
            texts: WayTexts {
                title: "law-way-court-title",
                who: "law-way-court-who",
                time: "law-way-court-time",
                cost: "law-way-court-cost",
                consequence: "law-way-court-consequence",
                silence: "law-way-court-silence",
                why: "law-way-court-why",
            },
            notes: vec!["law-way-note-fraud"],
            barred,
            basis: "《民事诉讼法》第122条".to_owned(),
            href: href.map(str::to_owned),
        };
        vec![Self {
            head: Head::sample(),
            remedy: Some("约定安静时段".to_owned()),
            articles: vec![article],
            claims: vec![claim("case-limit-none"), claim("case-limit-years")],
            ways: vec![
                way("mediation", None, None),
                way("arbitration", Some("law-way-barred-arbitration"), None),
                way("court", None, Some("/cases/1/hand-over/court")),
            ],
            may_choose: true,
            organisations: "/organisations?field=noise".to_owned(),
        }]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new()
        .get("/cases/{id}/assess", Policy::Sees, show)
        .post(
            "/cases/{id}/assess",
            Policy::Does(&[ActionKind::ChooseWay]),
            choose,
        )
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    viewer.show(&web, &page(&web, &viewer, &case))
}

async fn choose(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    mut form: Form,
) -> Result<Response, WebError> {
    let way = form
        .read("way", parse::choice(Way::parse))
        .ok_or_else(|| WebError::BadRequest("no such way".to_owned()))?;
    casework::perform(&web.desk, &viewer.actor, id, Action::ChooseWay { way }).await?;
    Ok(see_other(&address(id)))
}

fn page(web: &Web, viewer: &Viewer, case: &Case) -> AssessPage {
    let rules = web.desk.rules.of(&case.district);
    let tag = viewer.locale.tag();
    let now = web.desk.clock.now();
    AssessPage {
        head: Head::of(web, viewer, case),
        remedy: rules
            .dispute(&case.dispute)
            .map(|it| it.remedy.for_tag(tag).to_owned()),
        articles: articles(rules, case, tag),
        claims: claims(web, viewer.locale, case),
        ways: rules
            .ways(&case.dispute)
            .into_iter()
            .map(|card| way(rules, case, card, tag))
            .collect(),
        may_choose: is_offered(rules, case, &viewer.actor, ActionKind::ChooseWay, now),
        organisations: organisations::address(&case.district, &case.dispute),
    }
}

/// The law as it stood on the day the case was opened.
fn articles(rules: &Rules, case: &Case, tag: &str) -> Vec<Article> {
    rules
        .gists_for(&case.dispute, civil_date(case.opened_at))
        .into_iter()
        .map(|gist| {
            let key = &gist.citation.statute;
            let statute = rules.citations.statute(key);
            Article {
                label: rules
                    .citations
                    .label(&gist.citation)
                    .for_tag(tag)
                    .to_owned(),
                statute: statute
                    .map_or_else(|| key.name.clone(), |it| it.title.for_tag(tag).to_owned()),
                version: key.effective.to_string(),
                gist: gist.text.for_tag(tag).to_owned(),
            }
        })
        .collect()
}

fn claims(web: &Web, locale: Locale, case: &Case) -> Vec<ClaimTime> {
    let time = |claim: &Claim| {
        let (limit, anew, basis) = time_left(web, locale, case, claim)?;
        Some(ClaimTime {
            text: claim.text.clone(),
            limit,
            anew,
            basis: labels(&web.desk.rules, &basis, locale.tag()),
        })
    };
    case.claims.iter().filter_map(time).collect()
}

/// How long a claim may wait, that asking us begins the time anew, and the articles. Counted where the claimant told
/// the day, and told in years where not.
fn time_left(
    web: &Web,
    locale: Locale,
    case: &Case,
    claim: &Claim,
) -> Option<(Text, Option<Text>, Vec<Citation>)> {
    let rules = web.desk.rules.of(&case.district);
    let asked = civil_date(case.opened_at);
    let dates = ClaimDates {
        known: None,
        last: case.happened_on,
        mediation_asked: Some(asked),
    };
    let day = |at| web.texts.date(locale, at);
    let again = |key: &'static str, by: &Interruption| {
        Text::key(key)
            .with("asked", day(case.opened_at))
            .with("until", day(by.until.at))
    };
    let counted = |key: &'static str, until: &Due| Text::key(key).with("until", day(until.at));
    Some(match rules.limitation(&case.dispute, claim.kind, &dates)? {
        Limitation::None { basis } => (Text::key("case-limit-none"), None, basis),
        Limitation::Unknown { years, basis } => {
            let limit = Text::key("case-limit-years").with("years", years);
            let by = rules.limitation_anew(&case.dispute, claim.kind, asked)?;
            let anew = again("case-limit-anew", &by);
            (limit, Some(anew), [basis, by.basis].concat())
        }
        Limitation::Runs {
            until,
            basis,
            interrupted: Some(by),
        } => {
            let anew = again("case-limit-again", &by);
            let basis = [basis, by.basis].concat();
            (counted("case-limit-until", &until), Some(anew), basis)
        }
        Limitation::Runs { until, basis, .. } => (counted("case-limit-over", &until), None, basis),
    })
}

fn way(rules: &Rules, case: &Case, card: WayCard, tag: &str) -> WayFace {
    let name = card.way.name();
    WayFace {
        name,
        texts: card.texts,
        notes: card.notes,
        barred: card.barred,
        basis: labels(rules, &card.basis, tag),
        href: (card.way != Way::Mediation)
            .then(|| format!("{}/hand-over/{name}", address(case.id))),
    }
}

fn labels(rules: &Rules, basis: &[Citation], tag: &str) -> String {
    let between = if tag.starts_with("zh") { "、" } else { "; " };
    basis
        .iter()
        .map(|citation| rules.citations.label(citation).for_tag(tag).to_owned())
        .collect::<Vec<_>>()
        .join(between)
}
