//! The four questions about the matter.

use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;
use serde::Serialize;

use super::areas::Areas;
use super::draft::{Draft, OTHER, Step, disputes, read_matter, read_others, read_story, read_wish};
use super::further;
use crate::domain::claim::ClaimKind;
use crate::domain::organisation::{Area, District};
use crate::domain::rules::DisputeKey;
use crate::domain::time::civil_date;
use crate::i18n::{Locale, Text};
use crate::web::pages::triage::safety;
use crate::web::{Choice, Form, Page, Viewer, Web, WebError, see_other};

/// What most people come with, offered first.
const COMMON: [&str; 8] = [
    "noise",
    "water-leak",
    "property-fee",
    "parking",
    "renovation",
    "corridor-clutter",
    "dog",
    "private-loan",
];

#[derive(Serialize)]
pub struct MatterPage {
    pub form: Form,
    pub common: Vec<Choice>,
    pub more: Vec<Choice>,
}

impl Page for MatterPage {
    const TEMPLATE: &'static str = "pages/start-matter.html";

    fn samples() -> Vec<Self> {
        let choice = |value: &str| Choice {
            value: value.to_owned(),
            label: value.to_owned(),
            hint: String::new(),
        };
        let mut empty = Form::blank();
        empty.choose("matter", |_| Some(()));
        let page = |form| Self {
            form,
            common: vec![choice("noise")],
            more: vec![choice("tree"), choice("other")],
        };
        vec![
            page(Form::blank()),
            page(empty),
            page(Form::blank().filled("matter", "tree")),
        ]
    }
}

#[derive(Serialize)]
pub struct StoryPage {
    pub form: Form,
    /// The neighbourhoods to choose from, if this installation knows any.
    pub areas: Vec<Choice>,
    /// Whether violence may be behind it, so that the page says whom to call.
    pub violence: bool,
    /// What is asked then, in plain words.
    pub signs: Vec<Choice>,
}

impl Page for StoryPage {
    const TEMPLATE: &'static str = "pages/start-story.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::blank()
            .filled("address", "3-1204")
            .filled("when", "2026-11-22")
            .filled("area", "he/qing/liu");
        read_story(&mut wrong, Date::MIN);
        let area = |value: &str, label: &str| Choice {
            value: value.to_owned(),
            label: label.to_owned(),
            hint: String::new(),
        };
        vec![
            Self {
                form: Form::blank(),
                areas: Vec::new(),
                violence: false,
                signs: Vec::new(),
            },
            Self {
                form: wrong,
                areas: vec![area("", "?"), area("he/qing/liu", "Liuyin")],
                violence: true,
                signs: vec![area("hurt", "Hit")],
            },
        ]
    }
}

#[derive(Serialize)]
pub struct WishPage {
    pub form: Form,
    pub wants: Vec<Choice>,
}

impl Page for WishPage {
    const TEMPLATE: &'static str = "pages/start-wish.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::blank()
            .filled("amount", "much")
            .filled("want", "stop")
            .filled("want", "money");
        read_wish(&mut wrong);
        let wants = || {
            ["stop", "money"]
                .map(|value| Choice {
                    value: value.to_owned(),
                    label: value.to_owned(),
                    hint: value.to_owned(),
                })
                .to_vec()
        };
        vec![
            Self {
                form: Form::blank(),
                wants: wants(),
            },
            Self {
                form: wrong,
                wants: wants(),
            },
        ]
    }
}

#[derive(Serialize)]
pub struct OtherPage {
    pub form: Form,
    /// Whoever else is asked for.
    pub further: Vec<further::Asked>,
}

impl OtherPage {
    fn of(form: Form) -> Self {
        let further = further::asked(&form);
        Self { form, further }
    }
}

impl Page for OtherPage {
    const TEMPLATE: &'static str = "pages/start-other.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::blank().filled("other_contact", "12");
        read_others(&mut wrong);
        let mut more = Form::blank()
            .filled("further", "2")
            .filled("further1_name", "李建国");
        read_others(&mut more);
        [Form::blank(), wrong, more].map(Self::of).into()
    }
}

/// The words of a type of dispute.
pub(in crate::web::pages) fn matter_name(web: &Web, locale: Locale, key: &DisputeKey) -> String {
    let mut known = web.desk.rules.disputes_anywhere();
    known.find(|it| it.key == *key).map_or_else(
        || web.texts.t(locale, "start-matter-other", &[]),
        |known| known.name.for_tag(locale.tag()).to_owned(),
    )
}

fn matter_page(web: &Web, locale: Locale, district: Option<&District>, form: Form) -> MatterPage {
    let choice = |key: &str| {
        let key = DisputeKey(key.to_owned());
        let label = matter_name(web, locale, &key);
        Choice {
            value: key.0,
            label,
            hint: String::new(),
        }
    };
    let all = disputes(web, district).into_iter();
    let rare = all
        .map(|known| known.key.0.as_str())
        .filter(|key| !COMMON.contains(key));
    MatterPage {
        form,
        common: COMMON.iter().map(|key| choice(key)).collect(),
        more: rare.chain([OTHER]).map(choice).collect(),
    }
}

/// On to the next question, or back to the last look when all is answered.
async fn save(web: &Web, viewer: &Viewer, draft: &Draft, next: Step) -> Result<Response, WebError> {
    draft.save(web, viewer).await?;
    let to = draft.missing(web).map_or(Step::Check, |_| next);
    Ok(see_other(to.path()))
}

pub(super) async fn show_matter(
    State(web): State<Web>,
    viewer: Viewer,
) -> Result<Response, WebError> {
    let draft = Draft::load(&web, &viewer).await?;
    let district = draft.district();
    let page = matter_page(&web, viewer.locale, district.as_ref(), draft.matter);
    viewer.show(&web, &page)
}

pub(super) async fn save_matter(
    State(web): State<Web>,
    viewer: Viewer,
    mut form: Form,
) -> Result<Response, WebError> {
    let draft = Draft::load(&web, &viewer).await?;
    let district = draft.district();
    if read_matter(&mut form, &web, district.as_ref()).is_none() {
        let page = matter_page(&web, viewer.locale, district.as_ref(), form);
        return viewer.show_again(&web, &page);
    }
    let draft = Draft {
        matter: form.clean(),
        ..draft
    };
    save(&web, &viewer, &draft, Step::Story).await
}

async fn story_page(
    web: &Web,
    locale: Locale,
    draft: &Draft,
    form: Form,
) -> Result<StoryPage, WebError> {
    let key = DisputeKey(draft.matter.value("matter").to_owned());
    let mut known = web.desk.rules.disputes_anywhere();
    let violence = known.any(|it| it.key == key && it.violence_screen);
    let unknown = web.texts.t(locale, "start-area-unknown", &[]);
    let wanted = web.texts.t(locale, "start-area-choose", &[]);
    Ok(StoryPage {
        form,
        areas: Areas::load(web).await?.choices(locale, &unknown, wanted),
        violence,
        signs: if violence {
            safety::signs(&web.texts, locale)
        } else {
            Vec::new()
        },
    })
}

pub(super) async fn show_story(
    State(web): State<Web>,
    viewer: Viewer,
) -> Result<Response, WebError> {
    let draft = Draft::load(&web, &viewer).await?;
    let page = story_page(&web, viewer.locale, &draft, draft.story.clone()).await?;
    viewer.show(&web, &page)
}

pub(super) async fn save_story(
    State(web): State<Web>,
    viewer: Viewer,
    mut form: Form,
) -> Result<Response, WebError> {
    let draft = Draft::load(&web, &viewer).await?;
    let areas = Areas::load(&web).await?;
    let today = civil_date(web.accounts.clock.now());
    let story = read_story(&mut form, today);
    let area = story.as_ref().and_then(|story| story.area.as_ref());
    let known = |area: &Area| areas.name(area, viewer.locale).is_some();
    let missing = story.is_some() && area.is_none() && areas.has_several_districts();
    if missing || area.is_some_and(|area| !known(area)) {
        form.refuse("area", Text::key("form-choose"));
    }
    if form.has_errors() {
        let page = story_page(&web, viewer.locale, &draft, form).await?;
        return viewer.show_again(&web, &page);
    }
    save(
        &web,
        &viewer,
        &Draft {
            story: form.clean(),
            ..draft
        },
        Step::Wish,
    )
    .await
}

fn wish_page(web: &Web, locale: Locale, form: Form) -> WishPage {
    let say =
        |start: &str, kind: ClaimKind| web.texts.t(locale, &format!("{start}{}", kind.name()), &[]);
    let wants = ClaimKind::ALL.map(|kind| Choice {
        value: kind.name().to_owned(),
        label: say("start-want-", kind),
        hint: say("start-want-hint-", kind),
    });
    WishPage {
        form,
        wants: wants.to_vec(),
    }
}

pub(super) async fn show_wish(
    State(web): State<Web>,
    viewer: Viewer,
) -> Result<Response, WebError> {
    let draft = Draft::load(&web, &viewer).await?;
    viewer.show(&web, &wish_page(&web, viewer.locale, draft.wish))
}

pub(super) async fn save_wish(
    State(web): State<Web>,
    viewer: Viewer,
    mut form: Form,
) -> Result<Response, WebError> {
    if read_wish(&mut form).is_none() {
        return viewer.show_again(&web, &wish_page(&web, viewer.locale, form));
    }
    let draft = Draft {
        wish: form.clean(),
        ..Draft::load(&web, &viewer).await?
    };
    save(&web, &viewer, &draft, Step::Other).await
}

pub(super) async fn show_other(
    State(web): State<Web>,
    viewer: Viewer,
) -> Result<Response, WebError> {
    let draft = Draft::load(&web, &viewer).await?;
    viewer.show(&web, &OtherPage::of(draft.other))
}

pub(super) async fn save_other(
    State(web): State<Web>,
    viewer: Viewer,
    mut form: Form,
) -> Result<Response, WebError> {
    if form.value("do") == "more" {
        let draft = Draft {
            other: further::one_more(form.clean()),
            ..Draft::load(&web, &viewer).await?
        };
        draft.save(&web, &viewer).await?;
        return Ok(see_other("/start/other#further"));
    }
    if read_others(&mut form).is_none() {
        return viewer.show_again(&web, &OtherPage::of(form));
    }
    let draft = Draft {
        other: form.clean(),
        ..Draft::load(&web, &viewer).await?
    };
    save(&web, &viewer, &draft, Step::Me).await
}
