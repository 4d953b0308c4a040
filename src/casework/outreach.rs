//! Reaching the other side: what staff have to do for it, the doors that grid workers go to, and the wrong address.

use jiff::Timestamp;

use super::change::change;
use super::{CaseworkError, Desk};
use crate::domain::action::Action;
use crate::domain::actor::{Actor, Role, System};
use crate::domain::case::Case;
use crate::domain::contact_record::{ContactChannel, Outcome};
use crate::domain::identity::{Email, Phone};
use crate::domain::ids::{CaseId, OrganisationId, PartyId};
use crate::domain::ladder::TaskKind;
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::party::Party;
use crate::storage::invitations::{self, After, Share};
use crate::storage::{cases, messages, office, write_tx};

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

/// Whether somebody works off these lists: whoever assigns for a committee, and its head.
pub fn reaches_people(actor: &Actor) -> bool {
    !committees(actor).is_empty()
}

/// Whether somebody goes to doors.
pub fn goes_to_doors(actor: &Actor) -> bool {
    holds(actor, Role::GridWorker).next().is_some()
}

fn holds(actor: &Actor, role: Role) -> impl Iterator<Item = OrganisationId> {
    let posts = match actor {
        Actor::Staff { posts, .. } => posts.as_slice(),
        _ => &[],
    };
    posts
        .iter()
        .filter(move |post| post.role == role)
        .map(|post| post.organisation)
}

fn committees(actor: &Actor) -> Vec<OrganisationId> {
    let mut all: Vec<_> = holds(actor, Role::Dispatcher)
        .chain(holds(actor, Role::Head))
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// What `actor`'s committees have to do so that the other side is reached, the most urgent first.
pub async fn tasks(
    desk: &Desk,
    actor: &Actor,
    after: Option<After>,
    most: i64,
) -> Result<Vec<Task>, CaseworkError> {
    let mut read = desk.store.read().await?;
    let rows = invitations::tasks(&mut read, &committees(actor), after, most).await?;
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

/// What came of the invitations that `actor`'s committees sent in a period.
pub async fn share_of_answers(
    desk: &Desk,
    actor: &Actor,
    period: (Timestamp, Timestamp),
) -> Result<Share, CaseworkError> {
    let mut read = desk.store.read().await?;
    Ok(invitations::share(&mut read, &committees(actor), period).await?)
}

/// The doors in the places where `actor` serves as a grid worker.
pub async fn visits(desk: &Desk, actor: &Actor) -> Result<Vec<Visit>, CaseworkError> {
    let mut read = desk.store.read().await?;
    let mut visits: Vec<Visit> = Vec::new();
    for station in holds(actor, Role::GridWorker) {
        let Some(station) = office::organisation(&mut read, station).await? else {
            continue;
        };
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
    let office = Actor::System {
        system: System::Accounts,
    };
    write_tx!(desk.store, |tx| {
        let case = cases::load(tx, id).await?.ok_or(CaseworkError::NotFound)?;
        let take = Action::TakeVisit { person };
        let case = match change(desk, tx, &office, case.clone(), take, now).await {
            Ok(case) => case,
            Err(CaseworkError::OutOfOrder(OutOfOrder::AlreadyDone)) => case,
            Err(error) => return Err(error),
        };
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

/// Whoever opened a link says that it is not for them: nothing more goes to those addresses, from now on.
///
/// # Errors
/// [`CaseworkError::OutOfOrder`] where the seat is taken, or nothing goes there anyhow.
pub async fn report_wrong_person(
    desk: &Desk,
    id: CaseId,
    party: PartyId,
) -> Result<(), CaseworkError> {
    let now = desk.clock.now();
    let accounts = Actor::System {
        system: System::Accounts,
    };
    write_tx!(desk.store, |tx| {
        let case = cases::load(tx, id).await?.ok_or(CaseworkError::NotFound)?;
        let contact = case.party(party).map(|seat| seat.contact.clone());
        change(
            desk,
            tx,
            &accounts,
            case,
            Action::WrongPerson { party },
            now,
        )
        .await?;
        let contact = contact.unwrap_or_default();
        let phone = contact.phone.as_ref().map(Phone::as_e164);
        let mail = contact.mail.as_ref().map(Email::as_str);
        for address in [phone, mail].into_iter().flatten() {
            messages::withdraw(tx, id, address, now).await?;
        }
        Ok(())
    })
}
