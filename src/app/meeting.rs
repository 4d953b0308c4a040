//! The platform's side of the video rooms: who may enter, asked of storage each time, and the record of who came.

mod look;
mod recording;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task::JoinHandle;
use tokio::time::MissedTickBehavior;

use super::{App, StartError};
use crate::accounts::secrets::KeyUse;
use crate::casework::{CaseworkError, Desk};
use crate::domain::actor::Actor;
use crate::domain::attendance::{Attendance, Happening, Whereabouts, whereabouts};
use crate::domain::case::Standing;
use crate::domain::ids::PersonId;
use crate::domain::permission::may_enter;
use crate::domain::session::{Session, Sitter};
use crate::domain::team::Capacity;
use crate::rooms::{
    self, MediaConfig, Question, QuestionKind, RelayConfig, Report, RoomId, Rooms, Seat, SeatKind,
    What,
};
use crate::storage::accounts::people;
use crate::storage::{
    Read, StorageError, attendance, cases, dial_ins, office, screens, session_quality, write_tx,
};

/// How long after the beginning of this process whoever was in a session before comes back to it unasked, as a seat is kept for
/// somebody whose line breaks. Pages try again every four seconds at the most.
const COMING_BACK: Duration = Duration::from_mins(1);

/// How often the cases are looked at in whose rooms somebody sits, and after how long those people are asked about even if
/// their case has not changed: an office may have been taken from somebody, too.
const LOOK_EVERY: Duration = Duration::from_secs(1);
const ASK_EVERY: Duration = Duration::from_secs(30);

/// The rooms in which somebody sits.
type Watched = BTreeMap<RoomId, Watch>;

#[derive(Debug, Default)]
struct Watch {
    inside: BTreeSet<PersonId>,
    /// What their right to be there was last judged by, and when.
    judged: Option<(i64, Instant)>,
}

/// Opens the rooms and answers them until the process ends; the task ends when the last line of the record is kept.
pub(super) fn open(app: &App) -> Result<(Arc<Rooms>, JoinHandle<()>), StartError> {
    let rtc = &app.config.rtc;
    let on_any_port = std::net::SocketAddr::new(app.config.listen.ip(), 0);
    let config = MediaConfig {
        listen: rtc.listen.unwrap_or(on_any_port),
        announce: rtc.announce.clone(),
        relays: RelayConfig {
            settings: rtc.turn.clone(),
            key: app.secrets.key(KeyUse::Relay),
        },
        recordings: app.config.recordings(),
    };
    let (rooms, desk) = Rooms::start(&config, Arc::clone(&app.clock))?;
    let recordings = app.config.recordings();
    let attending = tokio::spawn(attend(app.desk(), desk, recordings));
    Ok((Arc::new(rooms), attending))
}

async fn attend(desk: Desk, mut rooms: rooms::Desk, recordings: PathBuf) {
    let began = desk.clock.instant();
    if let Err(error) = recording::stop_what_ran(&desk, &recordings).await {
        tracing::error!(%error, "recordings that ran when the platform stopped are still shown as running");
    }
    let mut watched = Watched::new();
    let mut look = tokio::time::interval(LOOK_EVERY);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            Some(question) = rooms.questions.recv() => {
                // Each on its own: a slow answer to one person keeps nobody else at the door.
                tokio::spawn(answer(desk.clone(), question, began));
            }
            report = rooms.reports.recv() => {
                let Some(report) = report else { return };
                watch(&mut watched, &report);
                if let Err(error) = record(&desk, &rooms, &report).await {
                    tracing::error!(room = %report.room, %error, "a line of a session's record is lost");
                }
            }
            _ = look.tick() => {
                if let Err(error) = look_after(&desk, &rooms, &mut watched).await {
                    tracing::error!(%error, "whether people may go on sitting in the rooms was not looked at");
                }
            }
        }
    }
}

fn watch(watched: &mut Watched, report: &Report) {
    match &report.what {
        What::Joined { person } => {
            let watch = watched.entry(report.room).or_default();
            watch.inside.insert(*person);
            watch.judged = None;
        }
        What::Left { person } => {
            if let Some(watch) = watched.get_mut(&report.room) {
                watch.inside.remove(person);
                watch.judged = None;
            }
        }
        What::Ended | What::Interrupted { .. } => {
            watched.remove(&report.room);
        }
        What::CaucusOpened { .. }
        | What::CaucusClosed { .. }
        | What::Recording { .. }
        | What::Segment(_)
        | What::Gap(_)
        | What::Counted(_) => {}
    }
    watched.retain(|_, watch| !watch.inside.is_empty());
}

/// Has the rooms ask whose case has changed, through whatever node or door.
async fn look_after(
    desk: &Desk,
    rooms: &rooms::Desk,
    watched: &mut Watched,
) -> Result<(), StorageError> {
    if watched.is_empty() {
        return Ok(());
    }
    let mut read = desk.store.read().await?;
    for (room, watch) in watched {
        let now = desk.clock.instant();
        let version = cases::version(&mut read, room.case)
            .await?
            .unwrap_or_default();
        let fresh = |(judged, at): (i64, Instant)| {
            judged == version && now.saturating_duration_since(at) < ASK_EVERY
        };
        if !watch.judged.is_some_and(fresh) {
            watch.judged = Some((version, now));
            rooms.recheck(*room);
            recording::follow(&mut read, rooms, (*room, &watch.inside)).await?;
        }
    }
    Ok(())
}

async fn answer(desk: Desk, question: Question, began: Instant) {
    let known = async || {
        let mut seat = seat(&desk, &question).await?;
        if let QuestionKind::Look(evidence) = question.kind {
            let mut read = desk.store.read().await?;
            let may = look::may_be_shown(&mut read, &question, evidence).await?;
            seat = seat.filter(|_| may);
        }
        let early = desk.clock.instant().saturating_duration_since(began) < COMING_BACK;
        let asks = early && question.kind == QuestionKind::Join;
        let before = if asks {
            before(&desk, &question).await?
        } else {
            None
        };
        Ok::<_, StorageError>((seat, before))
    };
    match known().await {
        Ok((seat, before)) => question.reply.answer(seat, before),
        // Dropping the question is silence: the person may try again, and loses no seat by our fault.
        Err(error) => tracing::error!(room = %question.room, %error, "a room was not answered"),
    }
}

/// The seat of this person in this session, if the session takes place and they belong to the case.
async fn seat(desk: &Desk, question: &Question) -> Result<Option<Seat>, StorageError> {
    let mut read = desk.store.read().await?;
    let Some(case) = cases::load(&mut read, question.room.case).await? else {
        return Ok(None);
    };
    let session = question.room.session;
    let (person, phone_of) = caller(desk, &mut read, question).await?;
    let mut sessions = case.stage.work().into_iter().flat_map(|it| &it.sessions);
    let session = sessions.find(|it| it.id == session);
    if let Some(session) = session.filter(|it| it.screen() == Some(person)) {
        let taken = session.is_to_come() && screens::is_taken(&mut read, session.id).await?;
        let names = names(&mut read, session).await?;
        return Ok(Seat::of_screen(&case, session, &names).filter(|_| taken));
    }
    let posts = office::posts(&mut read, person).await?;
    let actor = Actor::Staff { person, posts };
    let standing = may_enter(&actor, &case, question.room.session);
    let kind = match standing {
        Some(Standing::Mediator) => Some(SeatKind::Mediator),
        Some(Standing::Team(capacity)) => SeatKind::beside(capacity),
        Some(Standing::Party(_, role)) => Some(SeatKind::of(role)),
        _ => None,
    };
    let Some(kind) = kind else { return Ok(None) };
    // Whoever acts for a party sits there under their own name.
    let named = case.named_as(person).map(|named| named.name.to_string());
    let name = match named {
        Some(name) if kind != SeatKind::Mediator => Some(name),
        _ => people::load(&mut read, person)
            .await?
            .map(|person| person.name.to_string()),
    };
    let helped = match standing {
        Some(Standing::Team(Capacity::Helper(party))) => case.party(party),
        _ => None,
    };
    let beside = helped.map_or_else(Vec::new, |party| {
        let agent = party.agent().and_then(|agent| agent.person);
        party.person.into_iter().chain(agent).collect()
    });
    Ok(name.map(|name| Seat {
        beside,
        phone_of,
        ..Seat::new(name, kind)
    }))
}

/// Who asks to sit, and whose phone it is: a phone is the one whom it was given a PIN for.
async fn caller(
    desk: &Desk,
    read: &mut Read,
    question: &Question,
) -> Result<(PersonId, Option<PersonId>), StorageError> {
    let owner = Session::phone_of(question.person);
    let call = (question.room.session, owner);
    let calls = dial_ins::may_call(read, call, desk.clock.now()).await?;
    Ok(if calls {
        (owner, Some(owner))
    } else {
        (question.person, None)
    })
}

/// Where this person was in the session when the process before this one ended.
async fn before(desk: &Desk, question: &Question) -> Result<Option<Whereabouts>, StorageError> {
    let mut read = desk.store.read().await?;
    let lines = attendance::of_case(&mut read, question.room.case).await?;
    let here = lines
        .into_iter()
        .filter(|(session, _)| *session == question.room.session);
    let record: Vec<Attendance> = here.map(|(_, line)| line).collect();
    Ok(whereabouts(&record, question.person))
}

/// What those of the team are called who sit in front of the screen.
async fn names(
    read: &mut Read,
    session: &Session,
) -> Result<BTreeMap<PersonId, String>, StorageError> {
    let mut names = BTreeMap::new();
    for seated in &session.at_screen {
        let Sitter::Member { person, .. } = seated.who else {
            continue;
        };
        if let Some(known) = people::load(read, person).await? {
            names.insert(person, known.name.to_string());
        }
    }
    Ok(names)
}

async fn record(desk: &Desk, rooms: &rooms::Desk, report: &Report) -> Result<(), CaseworkError> {
    let room = (report.room.case, report.room.session);
    let (what, people) = match &report.what {
        What::Counted(counted) => {
            let kept: Result<(), StorageError> = write_tx!(desk.store, |tx| {
                session_quality::add(tx, room, counted).await
            });
            return Ok(kept?);
        }
        What::Joined { person } => (Happening::Joined, vec![*person]),
        What::Left { person } => (Happening::Left, vec![*person]),
        What::CaucusOpened { people } => (Happening::CaucusOpened, people.clone()),
        What::CaucusClosed { people } => (Happening::CaucusClosed, people.clone()),
        What::Interrupted { people } => (Happening::Interrupted, people.clone()),
        What::Ended => (Happening::Ended, Vec::new()),
        What::Recording { recording, phase } => {
            let here = (report.room, report.at);
            return recording::told(desk, rooms, here, (*recording, *phase)).await;
        }
        What::Segment(_) | What::Gap(_) => return Ok(recording::note(desk, &report.what).await?),
    };
    let line = Attendance {
        at: report.at,
        what,
        people,
    };
    let id = desk.clock.new_id();
    write_tx!(desk.store, |tx| {
        attendance::insert(tx, id, room, &line).await
    })?;
    Ok(())
}
