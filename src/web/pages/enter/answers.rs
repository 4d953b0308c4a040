//! The form of whoever writes a matter down, read.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::accounts::address::Address;
use crate::casework::{NewCase, NewClaim, NewParty, Origin};
use crate::domain::case::Place;
use crate::domain::claim::ClaimKind;
use crate::domain::ids::PersonId;
use crate::domain::intake::{Consent, ConsentWay, ContactPerson, Entry, IntakeFile, Source};
use crate::domain::organisation::{Area, District, Language};
use crate::domain::party::Contact;
use crate::domain::rules::DisputeKey;
use crate::domain::safety::Sign;
use crate::domain::time::civil_date;
use crate::domain::track::Track;
use crate::i18n::Text;
use crate::office;
use crate::storage::office::{self as offices, Listed};
use crate::web::pages::start::draft::{
    Story, Who, Wish, read_matter, read_story, read_who, read_wish,
};
use crate::web::pages::start::further::{self, Further};
use crate::web::pages::triage::safety::ticked;
use crate::web::{Form, Viewer, Web, WebError, parse};

pub(super) struct Answers {
    source: Source,
    dispute: DisputeKey,
    story: Story,
    wish: Wish,
    claimant: Who,
    contact_person: Option<ContactPerson>,
    respondent: Who,
    further: Vec<Further>,
    language: Option<Language>,
    consent: ConsentWay,
    wants_mediation: bool,
    signs: Option<BTreeSet<Sign>>,
}

/// Everything, or the messages beside what is missing.
pub(super) fn read(form: &mut Form, web: &Web, district: &District) -> Option<Answers> {
    let today = civil_date(web.desk.clock.now());
    let source = form.choose("source", |name| {
        Source::parse(name).filter(|it| Source::BY_STAFF.contains(it))
    });
    let dispute = read_matter(form, web, Some(district));
    let story = read_story(form, today);
    let wish = read_wish(form);
    let claimant = read_who(form, "my_", false);
    let contact_person = read_contact_person(form);
    if let (Some(claimant), None) = (&claimant, &contact_person)
        && claimant.contact.is_none()
        && claimant.address.is_empty()
    {
        form.refuse("my_contact", Text::key("enter-no-way"));
    }
    let respondent = read_who(form, "other_", false);
    let further = further::read(form);
    if let (Some(claimant), Some(respondent), Some(further)) = (&claimant, &respondent, &further) {
        further::refuse_twice(form, &[claimant, respondent], further);
    }
    let consent = form.choose("consent", ConsentWay::parse);
    if form.value("agreed") != "yes" {
        form.refuse("agreed", Text::key("enter-agreed-missing"));
    }
    let signs = ticked(form);
    let asked = form.value("asked") == "yes" || !signs.is_empty();
    if form.has_errors() {
        return None;
    }
    Some(Answers {
        source: source?,
        dispute: dispute?,
        story: story?,
        wish: wish?,
        claimant: claimant?,
        contact_person,
        respondent: respondent?,
        further: further?,
        language: Language::parse(form.value("language")),
        consent: consent?,
        wants_mediation: form.value("way") == "mediation",
        signs: asked.then_some(signs),
    })
}

/// Both the name and the phone, or neither; what is wrong with them stands in the form.
fn read_contact_person(form: &mut Form) -> Option<ContactPerson> {
    if form.value("through_name").is_empty() && form.value("through_phone").is_empty() {
        return None;
    }
    let name = form.read("through_name", parse::person_name);
    let phone = form.read("through_phone", parse::phone);
    Some(ContactPerson {
        name: name?,
        phone: phone?,
    })
}

impl Answers {
    /// The case to open; a message where its place lies in another district.
    pub(super) async fn into_case(
        self,
        web: &Web,
        viewer: &Viewer,
        district: &District,
        files: Vec<IntakeFile>,
    ) -> Result<Result<NewCase, Text>, WebError> {
        let by = viewer.person()?;
        let mut read = web.desk.store.read().await?;
        let area = self.story.area.clone();
        if area
            .as_ref()
            .is_some_and(|area| area.district() != *district)
        {
            return Ok(Err(Text::key("form-choose")));
        }
        // Where nobody could say the neighbourhood, the district finds the committee.
        let covered = area.clone().unwrap_or_else(|| district.area());
        let rules = web.desk.rules.of(district);
        let taker = office::committee_for(&mut read, rules, &self.dispute, Some(&covered)).await?;
        let listed = match taker {
            Some(taker) => offices::organisation(&mut read, taker).await?,
            None => None,
        };
        let Some(listed) = listed.filter(|it| it.organisation.area.district() == *district) else {
            return Ok(Err(Text::key("enter-no-committee")));
        };
        Ok(Ok(self.at(
            viewer,
            &listed,
            area,
            (by, web.desk.clock.now()),
            files,
        )))
    }

    fn at(
        self,
        viewer: &Viewer,
        listed: &Listed,
        area: Option<Area>,
        (by, now): (PersonId, Timestamp),
        files: Vec<IntakeFile>,
    ) -> NewCase {
        let entry = Entry {
            by,
            consent: Consent {
                how: self.consent,
                at: now,
            },
            contact_person: self.contact_person,
        };
        let Wish {
            kinds,
            amount,
            words,
        } = self.wish;
        let claim = |kind: ClaimKind| NewClaim {
            kind,
            text: words.clone(),
            amount: amount.filter(|_| kind == ClaimKind::Money),
        };
        NewCase {
            person: None,
            by: viewer.actor.clone(),
            wants_mediation: self.wants_mediation,
            origin: Origin {
                source: self.source,
                entry: Some(entry),
                files,
                referral: None,
                language: self.language,
                signs: self.signs,
            },
            organisation: listed.id,
            dispute: self.dispute,
            track: listed.organisation.kind.track().unwrap_or(Track::People),
            place: Place {
                code: None,
                area,
                address: self.story.address,
            },
            story: self.story.words,
            happened_on: self.story.happened_on,
            claims: kinds.into_iter().map(claim).collect(),
            claimant: party(self.claimant),
            respondent: party(self.respondent),
            further: self
                .further
                .into_iter()
                .map(|it| (it.side, party(it.who)))
                .collect(),
        }
    }
}

fn party(who: Who) -> NewParty {
    let contact = who
        .contact
        .map_or_else(Contact::default, |address| match address {
            Address::Phone(phone) => Contact {
                phone: Some(phone),
                mail: None,
            },
            Address::Mail(mail) => Contact {
                phone: None,
                mail: Some(mail),
            },
        });
    NewParty {
        name: who.name,
        contact,
        address: who.address,
    }
}
