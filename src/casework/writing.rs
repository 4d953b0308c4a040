//! Mediating in writing: what is written for all, what is written to one alone, and offers shown or sent.

use super::change::change;
use super::{CaseworkError, Desk, load};
use crate::domain::action::Action;
use crate::domain::actor::Actor;
use crate::domain::case::Case;
use crate::domain::caucus::Confidential;
use crate::domain::follow_up::{FollowUp, Notice, Recipient};
use crate::domain::ids::{CaseId, ConfidedId, MessageId, OfferId, PartyId};
use crate::domain::job::JobKind;
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::permission::{Alone, may_read_alone, may_read_writing, may_write_alone};
use crate::domain::time::civil_date;
use crate::domain::writing::{
    ConfidedMessage, ConfidedOffer, MOST_MESSAGES, OfferTerms, WithoutPrejudice, WrittenMessage,
};
use crate::storage::jobs::{NewJob, enqueue};
use crate::storage::{Tx, cases, write_tx, writing};

/// What somebody reads of it, oldest first.
#[derive(Clone, Debug)]
pub struct Correspondence {
    pub case: Case,
    pub messages: Vec<WrittenMessage>,
    pub alone: Vec<ConfidedMessage>,
    /// Shown to the mediator, and not sent.
    pub kept: Vec<ConfidedOffer>,
}

/// A party's day to write is over: lists go by what is due next. Nothing of the case changes.
pub async fn day_over(desk: &Desk, case: &Case) -> Result<(), CaseworkError> {
    let now = desk.clock.now();
    write_tx!(desk.store, |tx| {
        Ok(cases::recount(tx, case, now).await?)
    })
}

/// Everything that `actor` may read.
///
/// # Errors
/// [`CaseworkError::NotFound`] for whoever does not sit at the table.
pub async fn correspondence(
    desk: &Desk,
    actor: &Actor,
    id: CaseId,
) -> Result<Correspondence, CaseworkError> {
    let case = load(desk, actor, id).await?;
    if !may_read_writing(actor, &case) {
        return Err(CaseworkError::NotFound);
    }
    let mut read = desk.store.read().await?;
    let messages = writing::of_case(&mut read, id).await?;
    let mut alone = writing::confided(&mut read, id).await?;
    alone.retain(|it| {
        let (party, mediator) = (it.party, it.mediator);
        may_read_alone(actor, &case, Alone { party, mediator })
    });
    let mut kept = writing::kept_offers(&mut read, id).await?;
    kept.retain(|it| {
        let (party, mediator) = (it.party, it.to);
        may_read_alone(actor, &case, Alone { party, mediator })
    });
    Ok(Correspondence {
        case,
        messages,
        alone,
        kept,
    })
}

/// Writes to everybody at the table.
///
/// # Errors
/// As [`super::perform`].
pub async fn write_to_all(
    desk: &Desk,
    actor: &Actor,
    id: CaseId,
    text: &str,
) -> Result<Case, CaseworkError> {
    let (now, message) = (desk.clock.now(), MessageId(desk.clock.new_id()));
    write_tx!(desk.store, |tx| {
        let case = open(tx, id).await?;
        let author = actor.person().ok_or(CaseworkError::Forbidden)?;
        let written = writing::of_case(tx, id).await?;
        if written.iter().filter(|it| it.author == author).count() >= MOST_MESSAGES {
            return Err(OutOfOrder::TooMany.into());
        }
        let action = Action::WriteMessage { message };
        let case = Box::pin(change(desk, tx, actor, case, action, now)).await?;
        let row = WrittenMessage {
            id: message,
            author,
            text: text.to_owned(),
            at: now,
        };
        writing::insert(tx, id, &row).await?;
        Ok::<_, CaseworkError>(case)
    })
}

/// A party to the mediator alone, or the mediator to `party` alone. It leaves no event, since it is nobody else's
/// business that it was written.
///
/// # Errors
/// [`CaseworkError::Forbidden`] for everybody else.
pub async fn write_to_one(
    desk: &Desk,
    actor: &Actor,
    id: CaseId,
    party: PartyId,
    text: &str,
) -> Result<(), CaseworkError> {
    let (now, message) = (desk.clock.now(), ConfidedId(desk.clock.new_id()));
    load(desk, actor, id).await?;
    write_tx!(desk.store, |tx| {
        let case = open(tx, id).await?;
        let author = actor.person().ok_or(CaseworkError::Forbidden)?;
        let talk = talk(actor, &case, party)?;
        let written = writing::confided(tx, id).await?;
        if written.iter().filter(|it| it.author == author).count() >= MOST_MESSAGES {
            return Err(OutOfOrder::TooMany.into());
        }
        let row = ConfidedMessage {
            id: message,
            party,
            mediator: talk.mediator,
            author,
            text: Confidential::new(text.to_owned()),
            at: now,
        };
        writing::confide(tx, id, &row).await?;
        let to = if author == talk.mediator {
            Recipient::Party { party }
        } else {
            let person = talk.mediator;
            Recipient::Person { person }
        };
        tell(tx, &case, (party, to), now).await
    })
}

/// Shows an offer to the mediator alone.
///
/// # Errors
/// [`CaseworkError::Forbidden`] for whoever is no party to a mediation in writing.
pub async fn show_offer(
    desk: &Desk,
    actor: &Actor,
    id: CaseId,
    terms: &OfferTerms,
) -> Result<(), CaseworkError> {
    let now = desk.clock.now();
    load(desk, actor, id).await?;
    write_tx!(desk.store, |tx| {
        let case = open(tx, id).await?;
        let by = actor.person().ok_or(CaseworkError::Forbidden)?;
        let party = case.seat_for(actor).ok_or(CaseworkError::Forbidden)?;
        let to = talk(actor, &case, party)?.mediator;
        let offer = ConfidedOffer {
            party,
            by,
            to,
            terms: WithoutPrejudice(terms.clone()),
            at: now,
        };
        writing::keep_offer(tx, id, &offer).await?;
        let to = Recipient::Person { person: to };
        tell(tx, &case, (party, to), now).await
    })
}

/// Takes back what a party has shown to the mediator alone, at any time; there may be nothing.
///
/// # Errors
/// [`CaseworkError::Forbidden`] for whoever is no party.
pub async fn take_offer_back(desk: &Desk, actor: &Actor, id: CaseId) -> Result<(), CaseworkError> {
    let case = load(desk, actor, id).await?;
    let party = case.seat_for(actor).ok_or(CaseworkError::Forbidden)?;
    write_tx!(desk.store, |tx| {
        Ok(writing::drop_offer(tx, id, party).await?)
    })
}

/// Sends an offer to the other side, which sees it from now on.
///
/// # Errors
/// As [`super::perform`].
pub async fn send_offer(
    desk: &Desk,
    actor: &Actor,
    id: CaseId,
    counters: Option<OfferId>,
    terms: &OfferTerms,
) -> Result<Case, CaseworkError> {
    let (now, offer) = (desk.clock.now(), OfferId(desk.clock.new_id()));
    write_tx!(desk.store, |tx| {
        let case = open(tx, id).await?;
        let action = Action::MakeOffer {
            offer,
            counters,
            terms: WithoutPrejudice(terms.clone()),
        };
        let case = Box::pin(change(desk, tx, actor, case, action, now)).await?;
        if let Some(party) = case.seat_for(actor) {
            writing::drop_offer(tx, id, party).await?;
        }
        Ok::<_, CaseworkError>(case)
    })
}

async fn open(tx: &mut Tx, id: CaseId) -> Result<Case, CaseworkError> {
    cases::load(tx, id).await?.ok_or(CaseworkError::NotFound)
}

fn talk(actor: &Actor, case: &Case, party: PartyId) -> Result<Alone, CaseworkError> {
    let mut talks = may_write_alone(actor, case).into_iter();
    talks
        .find(|talk| talk.party == party)
        .ok_or(CaseworkError::Forbidden)
}

/// That there is something to read for one alone, once a day in each talk; nobody else is told.
async fn tell(
    tx: &mut Tx,
    case: &Case,
    (party, to): (PartyId, Recipient),
    now: jiff::Timestamp,
) -> Result<(), CaseworkError> {
    let way = match to {
        Recipient::Party { .. } => "out",
        _ => "in",
    };
    let notice = Notice::Confided;
    let follow_up = FollowUp::Notify { to, notice };
    let job = NewJob {
        kind: JobKind::Notify,
        key: format!("confided/{party}/{way}/{}", civil_date(now)),
        payload: serde_json::json!({ "case": case.id, "follow_up": follow_up }),
        not_before: now,
    };
    enqueue(tx, &job, now).await?;
    Ok(())
}
