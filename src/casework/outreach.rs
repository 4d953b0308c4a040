//! Reaching the other side: what staff have to do for it, the doors that grid workers go to, and the wrong address.

use jiff::Timestamp;

use super::change::change;
use super::{CaseworkError, Desk};
use crate::domain::action::Action;
use crate::domain::actor::{Actor, System};
use crate::domain::case::Case;
use crate::domain::contact_record::{ContactChannel, Outcome};
use crate::domain::ids::{CaseId, OrganisationId, PartyId};
use crate::domain::ladder::TaskKind;
use crate::domain::organisation::OrganisationKind;
use crate::domain::party::Party;
use crate::domain::permission::{answers_for, goes_to_doors_from, reaches_people_for};
use crate::storage::accounts::links;
use crate::storage::invitations::{self, After, Share};
use crate::storage::{cases, office, write_tx};

/// The doors that one list shows; a grid has fewer.
const MOST_VISITS: i64 = 200;

/// One thing to do for one party of a case that the reader may see.
#[derive(Clone, Debug)]
pub struct Task {
    pub case: Case,
    pub party: PartyId,
    pub kind: TaskKind,
    pub due: Timestamp,
}

/// What a visit needs, and nothing else of the case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    pub case: CaseId,
    pub party: PartyId,
    pub name: String,
    pub address: String,
    /// On whose behalf.
    pub organisation: OrganisationId,
    pub due: Timestamp,
}

/// What `actor`'s committees have to do so that the other side is reached, the most urgent first.
pub async fn tasks(
    desk: &Desk,
    actor: &Actor,
    after: Option<After>,
    most: i64,
) -> Result<Vec<Task>, CaseworkError> {
    let mut read = desk.store.read().await?;
    let rows = invitations::tasks(&mut read, &reaches_people_for(actor), after, most).await?;
    let mut tasks = Vec::new();
    for row in rows {
        let case = cases::load(&mut read, row.case).await?;
        let case = case.ok_or(CaseworkError::NotFound)?;
        tasks.push(Task {
            case,
            party: row.party,
            kind: row.kind,
            due: row.due,
        });
    }
    Ok(tasks)
}

/// How many of them there are.
pub async fn number_of_tasks(desk: &Desk, actor: &Actor) -> Result<i64, CaseworkError> {
    let mut read = desk.store.read().await?;
    Ok(invitations::number_of_tasks(&mut read, &reaches_people_for(actor)).await?)
}

/// What came of the invitations that `actor`'s committees sent in a period.
pub async fn share_of_answers(
    desk: &Desk,
    actor: &Actor,
    period: (Timestamp, Timestamp),
) -> Result<Share, CaseworkError> {
    let mut read = desk.store.read().await?;
    Ok(invitations::share(&mut read, &answers_for(actor), period).await?)
}

/// The doors in the places where `actor` serves as a grid worker.
pub async fn visits(desk: &Desk, actor: &Actor) -> Result<Vec<Visit>, CaseworkError> {
    let mut read = desk.store.read().await?;
    let mut visits: Vec<Visit> = Vec::new();
    for station in goes_to_doors_from(actor) {
        let Some(station) = office::organisation(&mut read, station).await? else {
            continue;
        };
        // Whoever serves at another body goes to no doors, whatever the post is called.
        if station.organisation.kind != OrganisationKind::GridStation {
            continue;
        }
        let area = &station.organisation.area;
        for row in invitations::visits(&mut read, area, MOST_VISITS).await? {
            let case = cases::load(&mut read, row.case).await?;
            let case = case.ok_or(CaseworkError::NotFound)?;
            let known = |visit: &Visit| (visit.case, visit.party) == (row.case, row.party);
            if let Some(party) = case.party(row.party)
                && !visits.iter().any(known)
            {
                visits.push(visit(&case, party, row.due));
            }
        }
    }
    visits.sort_by_key(|visit| (visit.due, visit.case));
    Ok(visits)
}

fn visit(case: &Case, party: &Party, due: Timestamp) -> Visit {
    Visit {
        case: case.id,
        party: party.id,
        name: party.name.to_string(),
        address: party.address.clone(),
        organisation: case.organisation,
        due,
    }
}

/// Writes down what came of a visit: the grid worker takes it, and with it the record, and sees nothing else.
///
/// # Errors
/// [`CaseworkError::NotFound`] where there is no such visit for `actor`.
pub async fn record_visit(
    desk: &Desk,
    actor: &Actor,
    (id, party): (CaseId, PartyId),
    outcome: Outcome,
    note: &str,
) -> Result<(), CaseworkError> {
    let listed = visits(desk, actor).await?;
    let mine = |visit: &Visit| (visit.case, visit.party) == (id, party);
    let person = actor.person().ok_or(CaseworkError::NotFound)?;
    if !listed.iter().any(mine) {
        return Err(CaseworkError::NotFound);
    }
    let now = desk.clock.now();
    write_tx!(desk.store, |tx| {
        let case = super::visits::take(desk, tx, (id, person), now).await?;
        let action = Action::RecordContact {
            party,
            channel: ContactChannel::Visit,
            outcome,
            note: note.to_owned(),
            at: now,
            message: None,
        };
        change(desk, tx, actor, case, action, now).await?;
        Ok(())
    })
}

/// Whoever opened a link says that it is not for them: nothing more goes to them that way, from now on, and their link
/// ends. Where somebody else has taken the seat, staff are told, and look.
///
/// # Errors
/// [`CaseworkError::OutOfOrder`] where it was said before, or the case is closed.
pub async fn report_wrong_person(
    desk: &Desk,
    id: CaseId,
    party: PartyId,
    channel: ContactChannel,
) -> Result<(), CaseworkError> {
    let now = desk.clock.now();
    let accounts = Actor::System {
        system: System::Accounts,
    };
    write_tx!(desk.store, |tx| {
        let case = cases::load(tx, id).await?.ok_or(CaseworkError::NotFound)?;
        let action = Action::WrongPerson { party, channel };
        let case = change(desk, tx, &accounts, case, action, now).await?;
        if case.party(party).is_some_and(|seat| seat.person.is_none()) {
            links::lapse(tx, party, now).await?;
        }
        Ok(())
    })
}
