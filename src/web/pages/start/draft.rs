//! What has been answered so far, and what is still to ask.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::further::{self, Further};
use crate::accounts::address::Address;
use crate::accounts::drafts;
use crate::domain::claim::ClaimKind;
use crate::domain::identity::PersonName;
use crate::domain::money::Fen;
use crate::domain::organisation::town::QrPlace;
use crate::domain::organisation::{Area, District};
use crate::domain::rules::{DisputeKey, DisputeType};
use crate::domain::time::civil_date;
use crate::i18n::Text;
use crate::web::{Form, Viewer, Web, WebError, parse};

const KIND: &str = "open-case";

/// The matter that is in no table: a person sorts it.
pub(super) const OTHER: &str = "other";

/// The pages in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Matter,
    Story,
    Wish,
    Other,
    Me,
    Code,
    Check,
}

impl Step {
    pub(super) const fn path(self) -> &'static str {
        match self {
            Self::Matter => "/start/matter",
            Self::Story => "/start/story",
            Self::Wish => "/start/wish",
            Self::Other => "/start/other",
            Self::Me => "/start/me",
            Self::Code => "/start/code",
            Self::Check => "/start/check",
        }
    }
}

/// The forms as they were posted; they are read anew whenever something is made of them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Draft {
    /// The code of the QR sheet that was scanned.
    pub(super) place: Option<String>,
    pub(super) matter: Form,
    pub(super) story: Form,
    pub(super) wish: Form,
    pub(super) other: Form,
    pub(super) me: Form,
    /// The contact that was proved by a code.
    pub(super) proven: Option<Address>,
}

#[derive(Debug)]
pub(in crate::web::pages) struct Story {
    /// As it was chosen; whether there is such an area is asked where it is used.
    pub(in crate::web::pages) area: Option<Area>,
    pub(in crate::web::pages) address: String,
    pub(in crate::web::pages) words: String,
    pub(in crate::web::pages) happened_on: Option<Date>,
}

#[derive(Debug)]
pub(in crate::web::pages) struct Wish {
    /// At least one.
    pub(in crate::web::pages) kinds: Vec<ClaimKind>,
    pub(in crate::web::pages) amount: Option<Fen>,
    pub(in crate::web::pages) words: String,
}

#[derive(Debug)]
pub(in crate::web::pages) struct Who {
    pub(in crate::web::pages) name: PersonName,
    pub(in crate::web::pages) contact: Option<Address>,
    pub(in crate::web::pages) address: String,
}

impl Draft {
    pub(super) async fn load(web: &Web, viewer: &Viewer) -> Result<Self, WebError> {
        Ok(drafts::load(&web.accounts, &viewer.browser, KIND)
            .await?
            .unwrap_or_default())
    }

    pub(super) async fn save(&self, web: &Web, viewer: &Viewer) -> Result<(), WebError> {
        Ok(drafts::save(&web.accounts, &viewer.browser, KIND, self).await?)
    }

    pub(super) async fn forget(web: &Web, viewer: &Viewer) -> Result<(), WebError> {
        Ok(drafts::forget(&web.accounts, &viewer.browser, KIND).await?)
    }

    /// Fills in the address of a building.
    pub(super) fn at(&mut self, place: &QrPlace) {
        self.place = Some(place.code.clone());
        let told = |field| self.story.value(field).to_owned();
        let (words, when) = (told("story"), told("when"));
        self.story = Form::blank()
            .filled("area", &place.area.0)
            .filled("address", &place.address)
            .filled("story", words)
            .filled("when", when);
    }

    /// Where it happened, as soon as a sheet was scanned or a neighbourhood chosen.
    pub(super) fn district(&self) -> Option<District> {
        let area = self.story.value("area");
        (!area.is_empty()).then(|| Area(area.to_owned()).district())
    }

    /// The first page whose answer is not there yet.
    pub(super) fn missing(&self, web: &Web) -> Option<Step> {
        let today = civil_date(web.accounts.clock.now());
        let unread = |form: &Form, read: &dyn Fn(&mut Form) -> bool| !read(&mut form.clone());
        let me = read_who(&mut self.me.clone(), "", true);
        if unread(&self.matter, &|form| {
            read_matter(form, web, self.district().as_ref()).is_some()
        }) {
            Some(Step::Matter)
        } else if unread(&self.story, &|form| read_story(form, today).is_some()) {
            Some(Step::Story)
        } else if unread(&self.wish, &|form| read_wish(form).is_some()) {
            Some(Step::Wish)
        } else if unread(&self.other, &|form| read_others(form).is_some()) {
            Some(Step::Other)
        } else {
            match me {
                None => Some(Step::Me),
                Some(me) if me.contact != self.proven => Some(Step::Code),
                Some(_) => None,
            }
        }
    }
}

/// Of a place that is known its district's types, before that everybody's.
pub(super) fn disputes<'a>(web: &'a Web, district: Option<&District>) -> Vec<&'a DisputeType> {
    match district {
        Some(district) => web.desk.rules.of(district).disputes().collect(),
        None => web.desk.rules.disputes_anywhere().collect(),
    }
}

pub(in crate::web::pages) fn read_matter(
    form: &mut Form,
    web: &Web,
    district: Option<&District>,
) -> Option<DisputeKey> {
    form.choose("matter", |name| {
        let known = disputes(web, district).iter().any(|it| it.key.0 == name);
        (name == OTHER || known).then(|| DisputeKey(name.to_owned()))
    })
}

pub(in crate::web::pages) fn read_story(form: &mut Form, today: Date) -> Option<Story> {
    let area = form.read_optional("area", parse::text(200));
    let address = form.read("address", parse::printed(200));
    let words = form.read("story", parse::printed(3_000));
    let when = form.read_optional("when", parse::past_date(today));
    Some(Story {
        area: area?.map(Area),
        address: address?,
        words: words?,
        happened_on: when?,
    })
}

/// What is asked for; a sum only where money is.
pub(in crate::web::pages) fn read_wish(form: &mut Form) -> Option<Wish> {
    let kinds: Vec<_> = form
        .values("want")
        .iter()
        .filter_map(|name| ClaimKind::parse(name))
        .collect();
    if kinds.is_empty() {
        form.refuse("want", Text::key("start-want-nothing"));
    }
    let amount = form.read_optional("amount", parse::money);
    let words = form.read("wish", parse::printed(2_000));
    if matches!(amount, Some(Some(_))) && !kinds.contains(&ClaimKind::Money) && !kinds.is_empty() {
        form.refuse("want", Text::key("start-want-amount"));
        return None;
    }
    if kinds.is_empty() {
        return None;
    }
    Some(Wish {
        kinds,
        amount: amount?,
        words: words?,
    })
}

/// The other side, and whoever else stands on one of the two.
pub(in crate::web::pages) fn read_others(form: &mut Form) -> Option<(Who, Vec<Further>)> {
    let other = read_who(form, "other_", false);
    let further = further::read(form);
    let (other, further) = (other?, further?);
    further::refuse_twice(form, &[&other], &further);
    (!form.has_errors()).then_some((other, further))
}

/// A person's name, contact and address. Field names begin with `prefix`.
pub(in crate::web::pages) fn read_who(
    form: &mut Form,
    prefix: &str,
    contact_wanted: bool,
) -> Option<Who> {
    let field = |name: &str| format!("{prefix}{name}");
    let name = form.read(&field("name"), parse::person_name);
    let contact = if contact_wanted {
        form.read(&field("contact"), parse::address).map(Some)
    } else {
        form.read_optional(&field("contact"), parse::address)
    };
    let address = form.read_optional(&field("address"), parse::printed(200));
    Some(Who {
        name: name?,
        contact: contact?,
        address: address?.unwrap_or_default(),
    })
}
