//! Changing a case: permit, advance, save, record, enqueue, commit.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::chained::{Event, record, stands};
use super::{CaseworkError, Desk, screen, visits};
use crate::domain::action::Action;
use crate::domain::actor::Actor;
use crate::domain::assignment::{Encounter, encounters};
use crate::domain::case::Case;
use crate::domain::diary::{Booking, bookings};
use crate::domain::follow_up::{FollowUp, Notice};
use crate::domain::identity::{Email, Phone};
use crate::domain::ids::{CaseId, PersonId};
use crate::domain::integrator::Milestone;
use crate::domain::job::JobKind;
use crate::domain::lifecycle::{OutOfOrder, advance};
use crate::domain::offered::due_action;
use crate::domain::party::Party;
use crate::domain::permission::permit;
use crate::domain::time::civil_date;
use crate::storage::accounts::links;
use crate::storage::jobs::{NewJob, enqueue};
use crate::storage::write_tx;
use crate::storage::{
    StorageError, Tx, cases, diary, encounters as stored, messages, office, recordings, to_json,
    writing,
};

/// Carries out `action` on the case, or says why not. The case as it then stands.
///
/// # Errors
/// [`CaseworkError`]; nothing of the change is kept then.
pub async fn perform(
    desk: &Desk,
    actor: &Actor,
    id: CaseId,
    action: Action,
) -> Result<Case, CaseworkError> {
    let now = desk.clock.now();
    write_tx!(desk.store, |tx| {
        let case = cases::load(tx, id).await?.ok_or(CaseworkError::NotFound)?;
        Box::pin(change(desk, tx, actor, case, action.clone(), now)).await
    })
}

/// As [`perform`], within a transaction, on `case` as that transaction has it.
///
/// # Errors
/// As [`perform`].
pub async fn perform_in(
    desk: &Desk,
    tx: &mut Tx,
    actor: &Actor,
    case: Case,
    action: Action,
) -> Result<Case, CaseworkError> {
    change(desk, tx, actor, case, action, desk.clock.now()).await
}

/// As [`perform`], on the very version of the case that `case` is: what was made of it, such as a paper, holds for no
/// other, even where the action itself would still be allowed.
///
/// # Errors
/// As [`perform`], and [`OutOfOrder::Stale`] where the case has moved on.
pub async fn perform_on(
    desk: &Desk,
    actor: &Actor,
    case: &Case,
    action: Action,
) -> Result<Case, CaseworkError> {
    let now = desk.clock.now();
    write_tx!(desk.store, |tx| {
        let fresh = unchanged(tx, case).await?;
        change(desk, tx, actor, fresh, action.clone(), now).await
    })
}

/// As [`perform_on`], for an action whose paper bears `number`, which [`foresee_number`] gave: it is drawn with the
/// event, so that what is refused leaves no gap.
///
/// # Errors
/// As [`perform_on`], and [`CaseworkError::Conflict`] where the number has gone to another paper meanwhile.
pub async fn perform_foreseen(
    desk: &Desk,
    actor: &Actor,
    case: &Case,
    number: &Foreseen<'_>,
    action: Action,
) -> Result<Case, CaseworkError> {
    let now = desk.clock.now();
    write_tx!(desk.store, |tx| {
        let fresh = unchanged(tx, case).await?;
        if cases::next_number(tx, number.series, number.year).await? != number.number {
            return Err(CaseworkError::Conflict);
        }
        change(desk, tx, actor, fresh, action.clone(), now).await
    })
}

async fn unchanged(tx: &mut Tx, case: &Case) -> Result<Case, CaseworkError> {
    let fresh = cases::load(tx, case.id)
        .await?
        .ok_or(CaseworkError::NotFound)?;
    if fresh.version != case.version {
        return Err(OutOfOrder::Stale.into());
    }
    Ok(fresh)
}

/// As [`perform`], for an action under the next number of a series, `action(year, number)`. The number is drawn in
/// the transaction of the event, so that a refused action leaves no gap.
///
/// # Errors
/// As [`perform`].
pub async fn perform_numbered(
    desk: &Desk,
    actor: &Actor,
    id: CaseId,
    series: &str,
    action: impl Fn(i16, i64) -> Action,
) -> Result<Case, CaseworkError> {
    let now = desk.clock.now();
    let year = civil_date(now).year();
    write_tx!(desk.store, |tx| {
        let case = cases::load(tx, id).await?.ok_or(CaseworkError::NotFound)?;
        let number = cases::next_number(tx, series, year).await?;
        change(desk, tx, actor, case, action(year, number), now).await
    })
}

/// Lets the clock do what is due; called by the job that [`FollowUp::Watch`] asked for, and harmless at any time.
pub async fn tick(desk: &Desk, id: CaseId) -> Result<Option<Case>, CaseworkError> {
    write_tx!(desk.store, |tx| {
        let case = cases::load(tx, id).await?.ok_or(CaseworkError::NotFound)?;
        tick_in(desk, tx, case).await
    })
}

/// As [`tick`], in a transaction that brings many changes.
///
/// # Errors
/// As [`perform`].
pub async fn tick_in(desk: &Desk, tx: &mut Tx, case: Case) -> Result<Option<Case>, CaseworkError> {
    let now = desk.clock.now();
    let Some(action) = due_action(&desk.rules, &case, now) else {
        return Ok(None);
    };
    change(desk, tx, &Actor::Clock, case, action, now)
        .await
        .map(Some)
}

/// Counts again every running term that was provisional; called at the start, when new holidays may be known.
/// How many changed.
pub async fn recalculate(desk: &Desk) -> Result<usize, CaseworkError> {
    let provisional = cases::with_provisional_terms(&mut desk.store.read().await?).await?;
    let mut changed = 0;
    for id in provisional {
        match tick(desk, id).await {
            Ok(case) => changed += usize::from(case.is_some()),
            // One that cannot be read keeps nobody from the others; its words are for no log.
            Err(CaseworkError::Storage(StorageError::Corrupt { .. })) => {
                tracing::error!(case = %id, "the body of a case cannot be read; its term is not counted again");
            }
            Err(error) => return Err(error),
        }
    }
    Ok(changed)
}

pub(super) async fn change(
    desk: &Desk,
    tx: &mut Tx,
    actor: &Actor,
    case: Case,
    action: Action,
    now: Timestamp,
) -> Result<Case, CaseworkError> {
    let permitted = permit(actor, &case, action)?;
    let (booked, met, seated) = (bookings(&case), encounters(&case), screen::seated(&case));
    let (seats, recorded) = (case.parties.clone(), case.recordings.clone());
    let at_work = case.stage.begun().is_some();
    stays_in_district(tx, &case, permitted.action()).await?;
    visits::somebody_goes_there(tx, &case, permitted.action()).await?;
    is_in_no_other_room(tx, &case, (actor, permitted.action()), now).await?;
    stands(tx, case.id).await?;
    let transition = advance(&desk.rules, case, &permitted, now)?;
    cases::update(tx, &transition.case, now).await?;
    remember(tx, &transition.case, &booked, &met).await?;
    screen::note(desk, tx, &seated, &transition.case, now).await?;
    forget(tx, &seats, &transition.case, now).await?;
    for recording in &transition.case.recordings {
        if !recorded.contains(recording) {
            recordings::keep(tx, &transition.case, recording).await?;
        }
    }
    if at_work && transition.case.stage.begun().is_none() {
        // What was never sent serves nobody once the mediation is over.
        writing::drop_offers(tx, transition.case.id).await?;
    }
    let happened = Event {
        kind: transition.happened.kind.name(),
        actor: &transition.happened.actor,
        at: now,
        stages: (transition.happened.from, transition.happened.to),
        payload: to_json("action", permitted.action())?,
    };
    record(desk, tx, &transition.case, happened).await?;
    for (number, follow_up) in transition.follow_ups.iter().enumerate() {
        follow(tx, &transition.case, number, follow_up, now).await?;
    }
    let milestone = Milestone::of(transition.happened.from, transition.happened.to);
    if let Some(milestone) = milestone {
        report(tx, &transition.case, milestone, now).await?;
    }
    Ok(transition.case)
}

/// Has whoever sent the matter told how far it is: its number, their own reference, and nothing that was said in it.
pub(super) async fn report(
    tx: &mut Tx,
    case: &Case,
    milestone: Milestone,
    now: Timestamp,
) -> Result<(), CaseworkError> {
    let Some(referral) = &case.intake.referral else {
        return Ok(());
    };
    let event = serde_json::json!({
        "type": milestone.name(),
        "timestamp": now.to_string(),
        "data": { "case": case.id, "number": case.number, "reference": referral.reference },
    });
    let job = NewJob {
        kind: JobKind::Webhook,
        key: format!("webhook/{}/{}", case.id, case.version),
        payload: serde_json::json!({
            "case": case.id, "integrator": referral.integrator, "event": event,
        }),
        not_before: now,
    };
    enqueue(tx, &job, now).await?;
    Ok(())
}

/// Keeps people's calendars and the record of who has met whom equal to the case.
async fn remember(
    tx: &mut Tx,
    case: &Case,
    booked: &BTreeSet<Booking>,
    met: &BTreeSet<Encounter>,
) -> Result<(), CaseworkError> {
    if let Some(clash) = diary::rebook(tx, case.id, booked, &bookings(case)).await? {
        return Err(CaseworkError::Taken(clash));
    }
    for encounter in encounters(case).difference(met) {
        stored::insert(tx, encounter).await?;
    }
    Ok(())
}

/// An address that a seat no longer has is written to no more, and the link that went there ends: whoever has it may
/// be anybody.
async fn forget(
    tx: &mut Tx,
    before: &[Party],
    case: &Case,
    now: Timestamp,
) -> Result<(), CaseworkError> {
    let known: BTreeSet<&str> = case.parties.iter().flat_map(addresses).collect();
    for former in before {
        let Some(seat) = case.party(former.id) else {
            continue;
        };
        let mut gone = former.address != seat.address && !former.address.is_empty();
        for address in addresses(former).filter(|address| !known.contains(address)) {
            messages::withdraw(tx, case.id, address, now).await?;
            gone = true;
        }
        if gone && seat.person.is_none() {
            links::lapse(tx, seat.id, now).await?;
        }
    }
    Ok(())
}

fn addresses(party: &Party) -> impl Iterator<Item = &str> {
    let phone = party.contact.phone.as_ref().map(Phone::as_e164);
    phone
        .into_iter()
        .chain(party.contact.mail.as_ref().map(Email::as_str))
}

/// Whoever leads or opens it sits in one session at a time. That somebody of the team is still held up elsewhere keeps no
/// party waiting: they come in later.
async fn is_in_no_other_room(
    tx: &mut Tx,
    case: &Case,
    (actor, action): (&Actor, &Action),
    now: Timestamp,
) -> Result<(), CaseworkError> {
    let Action::OpenSession { .. } = action else {
        return Ok(());
    };
    let hosts: BTreeSet<PersonId> = case
        .stage
        .mediator()
        .into_iter()
        .chain(actor.person())
        .collect();
    for person in hosts {
        for other in diary::cases_of(tx, person).await? {
            let other = cases::load(tx, other).await?;
            if other.is_some_and(|other| other.id != case.id && other.is_meeting(person, now)) {
                return Err(OutOfOrder::InOtherRoom.into());
            }
        }
    }
    Ok(())
}

/// No case goes to a committee or a court of another district.
async fn stays_in_district(tx: &mut Tx, case: &Case, action: &Action) -> Result<(), CaseworkError> {
    let (Action::Transfer { organisation: to } | Action::JoinConfirmation { court: to, .. }) =
        action
    else {
        return Ok(());
    };
    let to = office::organisation(tx, *to).await?;
    let to = to.ok_or(OutOfOrder::Unknown)?.organisation;
    if to.area.district() == case.district {
        Ok(())
    } else {
        Err(OutOfOrder::OtherDistrict.into())
    }
}

/// Enqueues one follow-up. Its key names the case's version, so that it is enqueued once.
pub(super) async fn follow(
    tx: &mut Tx,
    case: &Case,
    number: usize,
    follow_up: &FollowUp,
    now: Timestamp,
) -> Result<(), CaseworkError> {
    let (kind, not_before) = match follow_up {
        FollowUp::Notify { .. } => (JobKind::Notify, now),
        FollowUp::Later { at, .. } => (JobKind::Notify, *at),
        FollowUp::Watch { at } => (JobKind::Watch, *at),
        FollowUp::DrawUp => (JobKind::DrawUp, now),
        FollowUp::KeepRecording { at, .. } => (JobKind::KeepRecording, *at),
        FollowUp::DropRecording { .. } => (JobKind::DropRecording, now),
    };
    let payload = serde_json::json!({ "case": case.id, "follow_up": follow_up });
    let key = match follow_up {
        // One of each for a term, however often the case comes back to it.
        FollowUp::Later {
            to,
            notice:
                notice @ (Notice::DueSoon { due }
                | Notice::DueToday { due }
                | Notice::AnswerDue { due, .. }
                | Notice::AnswerOver { due }
                | Notice::SignBy { due, .. }),
            ..
        } => format!(
            "{}/{}/{due}/{}",
            notice.name(),
            case.id,
            to_json("recipient", to)?
        ),
        // Said again week after week.
        FollowUp::Later {
            at,
            to,
            notice: notice @ Notice::SheetsDue { due },
        } => format!(
            "{}/{}/{due}/{at}/{}",
            notice.name(),
            case.id,
            to_json("recipient", to)?
        ),
        _ => format!("{}/{}/{number}", case.id, case.version),
    };
    enqueue(
        tx,
        &NewJob {
            kind,
            key,
            payload,
            not_before,
        },
        now,
    )
    .await?;
    Ok(())
}

/// The number that comes next in a series, not drawn yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foreseen<'a> {
    pub series: &'a str,
    pub year: i16,
    pub number: i64,
}

/// The number that a series gives next in the year of now: 1, 2, 3.
pub async fn foresee_number<'a>(
    desk: &Desk,
    series: &'a str,
) -> Result<Foreseen<'a>, CaseworkError> {
    let year = civil_date(desk.clock.now()).year();
    let last = cases::last_number(&mut desk.store.read().await?, series, year).await?;
    Ok(Foreseen {
        series,
        year,
        number: last + 1,
    })
}
