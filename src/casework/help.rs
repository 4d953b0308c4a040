//! What authorities are asked: their own list, with nothing of a case but what is asked, and what offices wait for.

use jiff::Timestamp;

use super::change::change;
use super::{CaseworkError, Desk};
use crate::domain::action::Action;
use crate::domain::actor::Actor;
use crate::domain::help::HelpOutcome;
use crate::domain::ids::{CaseId, OrganisationId, RequestId};
use crate::domain::organisation::OrganisationKind;
use crate::domain::permission::{answers_requests_at, asks_authorities, reaches_people_for};
use crate::storage::office::Listed;
use crate::storage::requests::{self, RequestRow};
use crate::storage::{cases, office, write_tx};

/// What one list shows.
const MOST: i64 = 200;

/// What an authority reads of a request, and nothing else of the case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plea {
    pub case: CaseId,
    pub id: RequestId,
    pub authority: OrganisationId,
    /// On whose behalf.
    pub organisation: OrganisationId,
    pub address: String,
    pub what: String,
    /// Name and number of whoever agreed to be called.
    pub contact: Option<(String, String)>,
    pub due: Timestamp,
}

/// The authorities of the district of an organisation, to choose from.
pub async fn authorities(desk: &Desk, of: OrganisationId) -> Result<Vec<Listed>, CaseworkError> {
    let mut read = desk.store.read().await?;
    let here = office::organisation(&mut read, of).await?;
    let district = here.map(|it| it.organisation.area.district());
    let mut all = office::of_kind(&mut read, OrganisationKind::Authority).await?;
    all.retain(|it| Some(it.organisation.area.district()) == district);
    Ok(all)
}

/// What is asked of the authorities at which `actor` answers.
pub async fn pleas(desk: &Desk, actor: &Actor) -> Result<Vec<Plea>, CaseworkError> {
    let mut read = desk.store.read().await?;
    let mut pleas = Vec::new();
    for authority in answers_requests_at(actor) {
        let listed = office::organisation(&mut read, authority).await?;
        if listed.is_none_or(|it| it.organisation.kind != OrganisationKind::Authority) {
            continue;
        }
        for row in requests::of_authority(&mut read, authority, MOST).await? {
            let case = cases::load(&mut read, row.case).await?;
            let case = case.ok_or(CaseworkError::NotFound)?;
            let Some(request) = case.request(row.id) else {
                continue;
            };
            let contact = request.asked.contact.and_then(|party| case.party(party));
            pleas.push(Plea {
                case: case.id,
                id: request.id,
                authority,
                organisation: case.organisation,
                address: case.place.address.clone(),
                what: request.asked.what.clone(),
                contact: contact.map(|party| {
                    let phone = party.contact.phone.as_ref();
                    let phone = phone.map(crate::domain::identity::Phone::domestic);
                    (party.name.to_string(), phone.unwrap_or_default())
                }),
                due: row.due,
            });
        }
    }
    pleas.sort_by_key(|plea| (plea.due, plea.id));
    Ok(pleas)
}

/// An authority's own answer.
///
/// # Errors
/// [`CaseworkError::NotFound`] where nothing of the kind is asked of it.
pub async fn answer_plea(
    desk: &Desk,
    actor: &Actor,
    (case, id): (CaseId, RequestId),
    outcome: HelpOutcome,
    text: &str,
) -> Result<(), CaseworkError> {
    let mine = pleas(desk, actor).await?;
    if !mine.iter().any(|plea| (plea.case, plea.id) == (case, id)) {
        return Err(CaseworkError::NotFound);
    }
    let now = desk.clock.now();
    let text = text.to_owned();
    write_tx!(desk.store, |tx| {
        let case = cases::load(tx, case)
            .await?
            .ok_or(CaseworkError::NotFound)?;
        let text = text.clone();
        let action = Action::AnswerRequest { id, outcome, text };
        change(desk, tx, actor, case, action, now).await?;
        Ok(())
    })
}

/// What `actor` or their committee asked that has had no answer by `until`.
pub async fn unanswered(
    desk: &Desk,
    actor: &Actor,
    until: Timestamp,
) -> Result<Vec<RequestRow>, CaseworkError> {
    let mut read = desk.store.read().await?;
    let mut rows = Vec::new();
    for organisation in reaches_people_for(actor) {
        rows.extend(requests::due_of_organisation(&mut read, organisation, until, MOST).await?);
    }
    if let Some(person) = actor.person() {
        rows.extend(requests::due_of_person(&mut read, person, until, MOST).await?);
    }
    rows.sort_by_key(|row| (row.due, row.id));
    rows.dedup();
    // Whoever asked and has handed the case on since finds nothing there any more.
    let mut open = Vec::new();
    for row in rows {
        let case = cases::load(&mut read, row.case).await?;
        if case.is_some_and(|case| asks_authorities(actor, &case)) {
            open.push(row);
        }
    }
    Ok(open)
}
