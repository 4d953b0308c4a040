//! The mediator's form of a record: filled with what the platform knows of the session, and read back.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};

use super::{LONGEST, PersonRow, StatementRow, ticked};
use crate::casework::{self, Meeting};
use crate::domain::case::Case;
use crate::domain::ids::{PersonId, SessionId};
use crate::domain::party::Party;
use crate::domain::session::{Session, SessionState, Venue};
use crate::domain::session_record::{Opening, Present, RecordText, SessionRecord, Statement};
use crate::domain::time::civil;
use crate::i18n::Text;
use crate::web::{Choice, Form, Viewer, Web, WebError, faces, parse};

/// The parts of the form that depend on the people.
pub(super) struct Rows {
    pub(super) people: Vec<PersonRow>,
    pub(super) opening: Vec<Choice>,
    pub(super) statements: Vec<StatementRow>,
    pub(super) undisputed: Vec<String>,
}

pub(super) fn choice(value: &str, label: &str) -> Choice {
    Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        hint: String::new(),
    }
}

/// Everybody who may have been there: the mediator, the parties, whoever acts or acted for them, and whom they agreed to.
fn people(case: &Case) -> Vec<PersonId> {
    let parties = case.parties.iter().flat_map(Party::people);
    let team = case.team.iter().filter(|it| it.capacity.sits_in());
    let mediator = case.stage.mediator();
    let mut all: Vec<_> = mediator
        .into_iter()
        .chain(parties)
        .chain(team.map(|it| it.person))
        .collect();
    let mut seen = std::collections::BTreeSet::new();
    all.retain(|person| seen.insert(*person));
    all
}

/// What the room recorded of the session.
async fn meeting(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    session: SessionId,
) -> Result<Option<Meeting>, WebError> {
    let record = casework::mediation_record(&web.desk, &viewer.actor, case.id).await?;
    Ok(record.meetings.into_iter().find(|it| it.session == session))
}

impl Rows {
    pub(super) async fn of(
        web: &Web,
        viewer: &Viewer,
        case: &Case,
        session: SessionId,
        record: Option<&SessionRecord>,
    ) -> Result<Self, WebError> {
        let all = people(case);
        let names = faces::names(web, all.clone()).await?;
        let met = meeting(web, viewer, case, session).await?;
        let was = |person: PersonId| {
            let present = met.iter().flat_map(|it| &it.present);
            let lines = present.filter(|it| it.person == person);
            let lines = lines.map(|it| (it.from, it.until.unwrap_or(it.from)));
            lines.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))
        };
        let row = |person: &PersonId| PersonRow {
            field: format!("at_{person}"),
            name: faces::name_in(web, viewer, case, &names, *person),
            hint: was(*person).map_or_else(String::new, |(from, until)| {
                format!("{}–{}", clock(from), clock(until))
            }),
        };
        let say = |told: Opening| {
            let key = format!("minutes-told-{}", told.name());
            choice(told.name(), &web.words(case).t(viewer.locale, &key, &[]))
        };
        let statement = |party: &Party| StatementRow {
            field: format!("says_{}", party.id),
            name: party.name.to_string(),
        };
        Ok(Self {
            people: all.iter().map(row).collect(),
            opening: Opening::ALL.map(say).into(),
            statements: case.parties.iter().map(statement).collect(),
            undisputed: undisputed(case, record),
        })
    }
}

/// Of the board as it stands while the mediator writes; of the record itself once it is laid out or the board is gone.
fn undisputed(case: &Case, record: Option<&SessionRecord>) -> Vec<String> {
    let kept = || record.map_or_else(Vec::new, |it| it.text.undisputed.clone());
    if record.is_some_and(|it| it.laid.is_some()) {
        return kept();
    }
    case.stage
        .work()
        .map_or_else(kept, |work| work.draft.facts_agreed_by(&case.party_ids()))
}

/// The form as the record has it, or as the platform knows the session.
pub(super) async fn beginning(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    session: SessionId,
) -> Result<Form, WebError> {
    if let Some(record) = case.record_of(session) {
        return Ok(written(case, record));
    }
    let met = meeting(web, viewer, case, session).await?;
    let present = || met.iter().flat_map(|it| &it.present);
    let venue = held_session(case, session).and_then(|it| it.venue.as_ref());
    let online = || web.words(case).t(viewer.locale, "minutes-online", &[]);
    let mut form = Form::blank().filled("place", venue.map_or_else(online, Venue::says));
    for one in present() {
        let sat = present().any(|it| it.person == one.person && it.on_site);
        let how = if sat { "on_site" } else { "online" };
        form = form.filled(&format!("at_{}", one.person), how);
    }
    let known = || {
        let lines = met.iter().flat_map(|it| &it.present);
        let lines = lines.map(|it| (it.from, it.until.unwrap_or(it.from)));
        lines.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))
    };
    if let Some((from, until)) = held(web, case, session).or_else(known) {
        form = form
            .filled("from", field(from))
            .filled("until", field(until));
    }
    Ok(form)
}

fn held_session(case: &Case, session: SessionId) -> Option<&Session> {
    let mut sessions = case.stage.work()?.sessions.iter();
    sessions.find(|it| it.id == session)
}

fn held(web: &Web, case: &Case, session: SessionId) -> Option<(Timestamp, Timestamp)> {
    match held_session(case, session)?.state {
        SessionState::Open { since } => Some((since, web.desk.clock.now())),
        SessionState::Closed { since, until } => Some((since, until)),
        SessionState::Scheduled | SessionState::Cancelled => None,
    }
}

fn written(case: &Case, record: &SessionRecord) -> Form {
    let text = &record.text;
    let mut form = Form::blank()
        .filled("place", &*text.place)
        .filled("from", field(text.from))
        .filled("until", field(text.until))
        .filled("recusal", &*text.recusal)
        .filled("proposals", &*text.proposals)
        .filled("result", &*text.result);
    for one in &text.present {
        let how = if one.on_site { "on_site" } else { "online" };
        form = form.filled(&format!("at_{}", one.person), how);
    }
    for told in &text.opening {
        form = form.filled("opening", told.name());
    }
    for party in &case.parties {
        let mut said = text.statements.iter();
        if let Some(said) = said.find(|it| it.party == party.id) {
            form = form.filled(&format!("says_{}", party.id), &*said.text);
        }
    }
    form
}

/// The draft; nothing where a field is wrong.
pub(super) async fn read(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    session: SessionId,
    form: &mut Form,
) -> Result<Option<RecordText>, WebError> {
    let place = form.read("place", parse::printed(200));
    let from = form.read("from", moment);
    let until = form.read("until", moment);
    let recusal = form.read("recusal", parse::printed(LONGEST));
    let mut statements = Vec::new();
    for party in &case.parties {
        let field = format!("says_{}", party.id);
        let said = form.read_optional(&field, parse::printed(LONGEST));
        if let Some(Some(text)) = said {
            let party = party.id;
            statements.push(Statement { party, text });
        }
    }
    let proposals = form.read_optional("proposals", parse::printed(LONGEST));
    let result = form.read("result", parse::printed(LONGEST));
    let met = meeting(web, viewer, case, session).await?;
    if met.is_none() && case.record_of(session).is_none() && case.stage.work().is_none() {
        return Err(WebError::NotFound);
    }
    let (Some(from), Some(until)) = (from, until) else {
        return Ok(None);
    };
    if until < from || until > web.desk.clock.now() {
        form.refuse("until", Text::key("minutes-times"));
    }
    let present = present(case, met.as_ref(), form, (from, until));
    if present.is_empty() {
        form.refuse("place", Text::key("minutes-nobody"));
    }
    if form.has_errors() {
        return Ok(None);
    }
    Ok(Some(RecordText {
        place: place.unwrap_or_default(),
        from,
        until,
        present,
        opening: ticked(form),
        recusal: recusal.unwrap_or_default(),
        statements,
        undisputed: undisputed(
            case,
            case.record_of(session).filter(|it| it.closed.is_none()),
        ),
        proposals: proposals.flatten().unwrap_or_default(),
        result: result.unwrap_or_default(),
    }))
}

/// Who was there, each with the times that the room knows, or else those of the session.
fn present(
    case: &Case,
    met: Option<&Meeting>,
    form: &Form,
    (from, until): (Timestamp, Timestamp),
) -> Vec<Present> {
    let row = |person: PersonId| {
        let on_site = match form.value(&format!("at_{person}")) {
            "online" => false,
            "on_site" => true,
            _ => return None,
        };
        let lines = met.into_iter().flat_map(|it| &it.present);
        let lines: Vec<_> = lines.filter(|it| it.person == person).collect();
        // The room knows of whoever sat before its screen, and not of a table without one.
        let told = !on_site || lines.iter().any(|it| it.on_site);
        let lines = lines.into_iter().filter(|_| told);
        let lines = lines.map(|it| (it.from, it.until.unwrap_or(until)));
        let known = lines.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)));
        let (from, until) = known.unwrap_or((from, until));
        Some(Present {
            person,
            from,
            until,
            on_site,
        })
    };
    people(case).into_iter().filter_map(row).collect()
}

/// `2026-11-22T19:30`, as a field of day and time has it.
pub(in crate::web::pages) fn moment(text: &str) -> Result<Timestamp, Text> {
    let wrong = || Text::key("minutes-moment");
    let at: DateTime = text.parse().map_err(|_error| wrong())?;
    let at = at.to_zoned(TimeZone::fixed(Offset::constant(8)));
    at.map(|at| at.timestamp()).map_err(|_error| wrong())
}

fn field(at: Timestamp) -> String {
    civil(at).strftime("%Y-%m-%dT%H:%M").to_string()
}

fn clock(at: Timestamp) -> String {
    civil(at).strftime("%H:%M").to_string()
}
