//! The platform's side of the video rooms: who may enter, asked of storage each time, and the record of who came.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{App, StartError};
use crate::accounts::secrets::KeyUse;
use crate::casework::Desk;
use crate::domain::actor::Actor;
use crate::domain::attendance::{Attendance, Happening};
use crate::domain::case::Standing;
use crate::domain::ids::PersonId;
use crate::domain::permission::may_enter;
use crate::domain::session::{Session, Sitter};
use crate::rooms::{self, MediaConfig, Question, RelayConfig, Report, Rooms, Seat, SeatKind, What};
use crate::storage::accounts::people;
use crate::storage::{Read, StorageError, attendance, cases, office, screens, write_tx};

/// Opens the rooms and answers them until the process ends.
pub(super) fn open(app: &App) -> Result<Arc<Rooms>, StartError> {
    let rtc = &app.config.rtc;
    let on_any_port = std::net::SocketAddr::new(app.config.listen.ip(), 0);
    let config = MediaConfig {
        listen: rtc.listen.unwrap_or(on_any_port),
        announce: rtc.announce.clone(),
        relays: RelayConfig {
            settings: rtc.turn.clone(),
            key: app.secrets.key(KeyUse::Relay),
        },
    };
    let (rooms, desk) = Rooms::start(&config, Arc::clone(&app.clock))?;
    tokio::spawn(attend(app.desk(), desk));
    Ok(Arc::new(rooms))
}

async fn attend(desk: Desk, mut rooms: rooms::Desk) {
    loop {
        tokio::select! {
            question = rooms.questions.recv() => {
                let Some(question) = question else { return };
                // Each on its own: a slow answer to one person keeps nobody else at the door.
                tokio::spawn(answer(desk.clone(), question));
            }
            report = rooms.reports.recv() => {
                let Some(report) = report else { return };
                if let Err(error) = record(&desk, &report).await {
                    tracing::error!(room = %report.room, %error, "a line of a session's record is lost");
                }
            }
        }
    }
}

async fn answer(desk: Desk, question: Question) {
    match seat(&desk, &question).await {
        Ok(seat) => question.reply.answer(seat),
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
    let (person, session) = (question.person, question.room.session);
    let mut sessions = case.stage.work().into_iter().flat_map(|it| &it.sessions);
    let session = sessions.find(|it| it.id == session);
    if let Some(session) = session.filter(|it| it.screen() == Some(person)) {
        let taken = session.is_to_come() && screens::is_taken(&mut read, session.id).await?;
        let names = names(&mut read, session).await?;
        return Ok(Seat::of_screen(&case, session, &names).filter(|_| taken));
    }
    let posts = office::posts(&mut read, person).await?;
    let actor = Actor::Staff { person, posts };
    let kind = match may_enter(&actor, &case, question.room.session) {
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
    Ok(name.map(|name| Seat::new(name, kind)))
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

async fn record(desk: &Desk, report: &Report) -> Result<(), StorageError> {
    let (what, people) = match &report.what {
        What::Joined { person } => (Happening::Joined, vec![*person]),
        What::Left { person } => (Happening::Left, vec![*person]),
        What::CaucusOpened { people } => (Happening::CaucusOpened, people.clone()),
        What::CaucusClosed { people } => (Happening::CaucusClosed, people.clone()),
        What::Ended => (Happening::Ended, Vec::new()),
    };
    let line = Attendance {
        at: report.at,
        what,
        people,
    };
    let (id, room) = (desk.clock.new_id(), (report.room.case, report.room.session));
    write_tx!(desk.store, |tx| {
        attendance::insert(tx, id, room, &line).await
    })
}
