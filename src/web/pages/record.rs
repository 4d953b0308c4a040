//! The record of a mediation, as the court and everybody in the case may read it: who mediated, who met when, how each
//! party's identity was checked (解释 354).

use axum::extract::State;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use jiff::Timestamp;
use serde::Serialize;

use super::agents::place_of_agent;
use super::case::{Head, view};
use super::team;
use crate::accounts::secrets::KeyUse;
use crate::casework::{self, MediationRecord, Meeting};
use crate::domain::agent::NamedAs;
use crate::domain::attendance::Presence;
use crate::domain::case::Case;
use crate::domain::ids::{CaseId, PersonId, SessionId};
use crate::domain::party::{IdentityCheck, Party};
use crate::domain::permission::{NumberRead, may_lead_sessions, may_read_number, may_read_record};
use crate::domain::session::Sitter;
use crate::i18n::Text;
use crate::web::faces::{self, Names};
use crate::web::{Page, Path, Policy, Routes, Viewer, Web, WebError};

#[derive(Serialize)]
pub struct RecordPage {
    pub head: Head,
    pub organisation: String,
    pub mediator: Option<String>,
    pub received_at: Timestamp,
    pub accepted_at: Option<Timestamp>,
    pub assigned_at: Option<Timestamp>,
    /// When the agreement took effect.
    pub settled_at: Option<Timestamp>,
    pub meetings: Vec<MeetingShown>,
    pub identities: Vec<CheckedParty>,
    /// The reader is of the court, has the application before them, and reads whole numbers.
    pub whole_numbers: bool,
    /// Who of the court has read them, and when (个人信息保护法 44).
    pub readings: Vec<Reading>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Reading {
    pub by: String,
    pub at: Timestamp,
}

#[derive(Clone, Debug, Serialize)]
pub struct MeetingShown {
    pub at: Timestamp,
    pub present: Vec<PresenceShown>,
    /// 笔录 of the session: to read, or to begin where there is none.
    pub minutes: Option<Minutes>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Minutes {
    pub href: String,
    pub begun: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct PresenceShown {
    pub name: String,
    pub role: Text,
    pub from: Timestamp,
    pub until: Option<Timestamp>,
}

/// How a party's identity was checked; `None` where it was not.
#[derive(Clone, Debug, Serialize)]
pub struct CheckedParty {
    pub name: String,
    pub role: Text,
    pub check: Option<CheckRecord>,
}

#[derive(Clone, Debug, Serialize)]
pub struct CheckRecord {
    pub method: &'static str,
    pub at: Timestamp,
    /// The name of whoever compared card and face.
    pub by: String,
    /// As much of it as the reader may read.
    pub number: Option<String>,
}

impl Minutes {
    fn sample() -> Self {
        Self {
            href: "/cases/1/sessions/2/record".to_owned(),
            begun: false,
        }
    }
}

impl Page for RecordPage {
    const TEMPLATE: &'static str = "pages/record.html";

    fn samples() -> Vec<Self> {
        let at = Timestamp::UNIX_EPOCH;
        let role = |name: &str| Text::key(format!("case-role-{name}"));
        let present = |name: &str, of: &str, until| PresenceShown {
            name: name.to_owned(),
            role: role(of),
            from: at,
            until,
        };
        let party = |name: &str, of: &str, check| CheckedParty {
            name: name.to_owned(),
            role: role(of),
            check,
        };
        let check = CheckRecord {
            method: "card_in_room",
            at,
            by: "陈明".to_owned(),
            number: Some("110***********1234".to_owned()),
        };
        let full = Self {
            head: Head::sample(),
            organisation: "柳荫街道人民调解委员会".to_owned(),
            mediator: Some("陈明".to_owned()),
            received_at: at,
            accepted_at: Some(at),
            assigned_at: Some(at),
            settled_at: Some(at),
            meetings: vec![MeetingShown {
                at,
                present: vec![
                    present("陈明", "mediator", Some(at)),
                    present("王秀英", "claimant", None),
                ],
                minutes: Some(Minutes::sample()),
            }],
            identities: vec![
                party("王秀英", "claimant", Some(check)),
                party("李建国", "respondent", None),
            ],
            whole_numbers: true,
            readings: vec![Reading {
                by: "孙书记".to_owned(),
                at,
            }],
        };
        let bare = Self {
            head: Head::sample(),
            organisation: full.organisation.clone(),
            mediator: None,
            received_at: at,
            accepted_at: None,
            assigned_at: None,
            settled_at: None,
            meetings: Vec::new(),
            identities: full.identities.clone(),
            whole_numbers: false,
            readings: Vec::new(),
        };
        vec![full, bare]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new().get("/cases/{id}/record", Policy::Sees, show)
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let record = casework::mediation_record(&web.desk, &viewer.actor, id).await?;
    let case = &record.case;
    let names = faces::names(&web, people(&record)).await?;
    let read = |party: &Party| may_read_number(&viewer.actor, case, party.id);
    let whole_numbers = case
        .parties
        .iter()
        .any(|party| read(party) == Some(NumberRead::Whole));
    if whole_numbers {
        casework::note_number_read(&web.desk, &viewer.actor, id).await?;
    }
    let hands = case.parties.iter().flat_map(Party::hands);
    let identities = hands.map(|named| {
        let name = faces::name_of(&web, &viewer, case, &named);
        checked(&web, (&named, name), &names, read(named.party))
    });
    let page = RecordPage {
        head: Head::of(&web, &viewer, case),
        organisation: faces::organisation(&web, &viewer, case.organisation)
            .await?
            .name,
        mediator: case
            .stage
            .mediator()
            .and_then(|person| names.get(&person).cloned()),
        received_at: case.opened_at,
        accepted_at: record.accepted_at,
        assigned_at: record.assigned_at,
        settled_at: case
            .stage
            .settlement()
            .map(|settlement| settlement.effective_at),
        meetings: record
            .meetings
            .iter()
            .filter_map(|met| meeting((&web, &viewer), case, met, &names))
            .collect(),
        identities: identities.collect(),
        whole_numbers,
        readings: readings(&web, &viewer, id).await?,
    };
    viewer.show(&web, &page)
}

async fn readings(web: &Web, viewer: &Viewer, id: CaseId) -> Result<Vec<Reading>, WebError> {
    let found = casework::number_readings(&web.desk, &viewer.actor, id).await?;
    let names = faces::names(web, found.iter().map(|(person, _)| *person).collect()).await?;
    let reading = |(person, at): (PersonId, Timestamp)| Reading {
        by: names.get(&person).cloned().unwrap_or_default(),
        at,
    };
    Ok(found.into_iter().map(reading).collect())
}

fn people(record: &MediationRecord) -> Vec<PersonId> {
    let present = record.meetings.iter().flat_map(|meeting| &meeting.present);
    let checks = record.case.parties.iter();
    present
        .map(|presence| presence.person)
        .chain(
            checks
                .flat_map(Party::hands)
                .filter_map(|named| named.check)
                .map(|check| check.by),
        )
        .chain(record.case.stage.mediator())
        .collect()
}

/// The record of a session, for whoever reads it; whoever leads begins one, also when the mediation is over.
fn minutes(viewer: &Viewer, case: &Case, session: SessionId) -> Option<Minutes> {
    let begun = case.record_of(session).is_some();
    let begins = may_lead_sessions(&viewer.actor, case);
    ((begun || begins) && may_read_record(&viewer.actor, case)).then(|| Minutes {
        href: format!("/cases/{}/sessions/{session}/record", case.id),
        begun,
    })
}

fn meeting(
    (web, viewer): (&Web, &Viewer),
    case: &Case,
    meeting: &Meeting,
    names: &Names,
) -> Option<MeetingShown> {
    let shown = |presence: &Presence| PresenceShown {
        name: faces::name_in(web, viewer, case, names, presence.person),
        role: role(case, presence.person),
        from: presence.from,
        until: presence.until,
    };
    Some(MeetingShown {
        at: meeting.present.first()?.from,
        present: meeting.present.iter().map(shown).collect(),
        minutes: minutes(viewer, case, meeting.session),
    })
}

/// As what somebody was there.
fn role(case: &Case, person: PersonId) -> Text {
    let beside = || Sitter::capacity(case, person).map(team::capacity_text);
    let side = case.named_as(person);
    let side = side.map(|named| view::role_text(named.party.role));
    side.or_else(beside)
        .unwrap_or_else(|| Text::key("case-role-mediator"))
}

fn checked(
    web: &Web,
    (hand, name): (&NamedAs<'_>, String),
    names: &Names,
    read: Option<NumberRead>,
) -> CheckedParty {
    let record = |check: &IdentityCheck| CheckRecord {
        method: check.method.name(),
        at: check.at,
        by: names.get(&check.by).cloned().unwrap_or_default(),
        number: read.map(|read| match read {
            NumberRead::Whole => whole(web, hand, check),
            NumberRead::Masked => check.masked.clone(),
        }),
    };
    CheckedParty {
        name,
        role: view::role_text(hand.party.role),
        check: hand.check.map(record),
    }
}

/// The number that was sealed when it was checked; its ends where it does not open, so that the record is read all the
/// same.
fn whole(web: &Web, named: &NamedAs<'_>, check: &IdentityCheck) -> String {
    open(web, named, check).unwrap_or_else(|error| {
        let party = named.party.id;
        tracing::error!(%party, error, "a sealed identity number does not open; its ends are shown");
        check.masked.clone()
    })
}

fn open(web: &Web, named: &NamedAs<'_>, check: &IdentityCheck) -> Result<String, String> {
    let sealed = BASE64.decode(&check.sealed);
    let sealed = sealed.map_err(|error| error.to_string())?;
    let secrets = &web.accounts.secrets;
    let place = match (named.right, named.person) {
        (Some(_), Some(person)) => place_of_agent(person),
        _ => super::identity::place(named.party.id),
    };
    let plain = secrets.open_sealed(KeyUse::Identity, &place, &sealed);
    let plain = plain.map_err(|error| error.to_string())?;
    String::from_utf8(plain.to_vec()).map_err(|_secret| "not a text".to_owned())
}
