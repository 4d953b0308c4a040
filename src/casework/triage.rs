//! The dispatchers' queue, and what to do about a matter that was told twice or by many.

use std::collections::{BTreeMap, BTreeSet};

use super::change::change;
use super::{CaseworkError, Desk, load};
use crate::domain::action::Action;
use crate::domain::actor::Actor;
use crate::domain::alike::{Alike, Mark, marks};
use crate::domain::case::Case;
use crate::domain::ids::{CaseId, OrganisationId};
use crate::domain::joining::carried;
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::organisation::{District, Language};
use crate::domain::permission::{may_see_triage, sorts_for};
use crate::storage::triage::Turn;
use crate::storage::write_tx;
use crate::storage::{Read, Tx, cases, triage};

/// A case of the queue, and by what it is like another.
#[derive(Clone, Debug)]
pub struct Queued {
    pub case: Case,
    /// What it has in common with others in the reader's own queues.
    pub alike: Vec<Alike>,
    /// Whether another body of the district has one like it.
    pub elsewhere: bool,
}

/// A part of the queue, and how many wait in all.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub cases: Vec<Queued>,
    pub total: i64,
    /// Behind whom the queue goes on, if it does.
    pub next: Option<Turn>,
}

/// What waits for whoever sorts matters: the urgent first, then what has waited longest.
pub async fn waiting(
    desk: &Desk,
    actor: &Actor,
    language: Option<Language>,
    after: Option<Turn>,
    most: usize,
) -> Result<Waiting, CaseworkError> {
    let mut read = desk.store.read().await?;
    let own = sorts_for(actor);
    let (mut found, total) = triage::queue(&mut read, &own, language, after, most + 1).await?;
    let more = found.len() > most;
    found.truncate(most);
    let next = found.last().filter(|_| more).map(Turn::of);
    let ids: Vec<_> = found.iter().map(|case| case.id).collect();
    let mut alike: BTreeMap<CaseId, (Vec<Alike>, bool)> = BTreeMap::new();
    for like in triage::alike(&mut read, &ids, &own).await? {
        let (kinds, elsewhere) = alike.entry(like.case).or_default();
        *elsewhere |= like.elsewhere;
        if like.own && !kinds.contains(&like.kind) {
            kinds.push(like.kind);
        }
    }
    let queued = |case: Case| {
        let (alike, elsewhere) = alike.remove(&case.id).unwrap_or_default();
        Queued {
            case,
            alike,
            elsewhere,
        }
    };
    let cases = found.into_iter().map(queued).collect();
    Ok(Waiting { cases, total, next })
}

/// What is like a case, as far as somebody may know.
#[derive(Clone, Debug, Default)]
pub struct Similar {
    /// Those that the reader works with as well, newest first.
    pub cases: Vec<SimilarCase>,
    /// Who has others, of which nothing more is told.
    pub elsewhere: BTreeSet<OrganisationId>,
}

/// Another case that is like one, and why.
#[derive(Clone, Debug)]
pub struct SimilarCase {
    pub case: Case,
    pub why: Vec<Alike>,
    pub linked: bool,
    /// Whether the one could become part of it.
    pub joins: bool,
}

/// The cases of the same district that are like this one.
///
/// # Errors
/// [`CaseworkError::NotFound`] for whoever does not sort matters.
pub async fn similar(desk: &Desk, actor: &Actor, id: CaseId) -> Result<Similar, CaseworkError> {
    let case = load(desk, actor, id).await?;
    if !may_see_triage(actor, &case) {
        return Err(CaseworkError::NotFound);
    }
    let mut read = desk.store.read().await?;
    let mut found = alike_to(&mut read, &case.district, &marks(&case), Some(id)).await?;
    for linked in &case.intake.links {
        found.entry(*linked).or_default();
    }
    let mut similar = told(&mut read, actor, found).await?;
    for other in &mut similar.cases {
        other.linked = case.intake.links.contains(&other.case.id);
        other.joins = carried(&case, &other.case).is_ok();
    }
    Ok(similar)
}

/// What is like a matter of a district that is no case yet, as far as `actor` may know.
pub async fn similar_to(
    desk: &Desk,
    actor: &Actor,
    district: &District,
    marks: &[Mark],
) -> Result<Similar, CaseworkError> {
    let mut read = desk.store.read().await?;
    let found = alike_to(&mut read, district, marks, None).await?;
    told(&mut read, actor, found).await
}

async fn told(
    read: &mut Read,
    actor: &Actor,
    found: BTreeMap<CaseId, Vec<Alike>>,
) -> Result<Similar, CaseworkError> {
    let mut all = Similar::default();
    for (other, why) in found.into_iter().rev() {
        let Some(case) = cases::load(read, other).await? else {
            continue;
        };
        if !may_see_triage(actor, &case) {
            all.elsewhere.insert(case.organisation);
            continue;
        }
        all.cases.push(SimilarCase {
            case,
            why,
            linked: false,
            joins: false,
        });
    }
    Ok(all)
}

/// Which cases of a district bear these marks, and as what.
async fn alike_to(
    read: &mut Read,
    district: &District,
    marks: &[Mark],
    except: Option<CaseId>,
) -> Result<BTreeMap<CaseId, Vec<Alike>>, CaseworkError> {
    let mut found: BTreeMap<CaseId, Vec<Alike>> = BTreeMap::new();
    for mark in marks {
        let straight = Some((mark.kind, mark.kind));
        let crossed = mark.kind.mirrored().map(|kind| (kind, Alike::Crossed));
        for (kind, why) in straight.into_iter().chain(crossed) {
            for case in triage::bearing(read, district, kind, mark, except).await? {
                let reasons = found.entry(case).or_default();
                if !reasons.contains(&why) {
                    reasons.push(why);
                }
            }
        }
    }
    Ok(found)
}

/// Makes one case part of another: both histories say so, in one transaction.
///
/// # Errors
/// [`OutOfOrder::OtherPeople`] where they are not the same two people's.
pub async fn join(
    desk: &Desk,
    actor: &Actor,
    from: CaseId,
    into: CaseId,
) -> Result<Case, CaseworkError> {
    let now = desk.clock.now();
    write_tx!(desk.store, |tx| {
        let (one, other) = two(tx, from, into).await?;
        seen(actor, &one)?;
        seen(actor, &other)?;
        let carried = Box::new(carried(&one, &other)?);
        change(desk, tx, actor, one, Action::JoinInto { other: into }, now).await?;
        change(desk, tx, actor, other, Action::TakeIn { carried }, now).await
    })
}

/// Notes in both cases that they may be one serial matter.
///
/// # Errors
/// [`CaseworkError::NotFound`] where the actor does not work with both.
pub async fn link(
    desk: &Desk,
    actor: &Actor,
    one: CaseId,
    other: CaseId,
) -> Result<(), CaseworkError> {
    let now = desk.clock.now();
    write_tx!(desk.store, |tx| {
        let (first, second) = two(tx, one, other).await?;
        seen(actor, &first)?;
        seen(actor, &second)?;
        change(desk, tx, actor, first, Action::Link { other }, now).await?;
        change(desk, tx, actor, second, Action::Link { other: one }, now).await?;
        Ok::<_, CaseworkError>(())
    })
}

fn seen(actor: &Actor, case: &Case) -> Result<(), CaseworkError> {
    if case.may_see(actor) {
        Ok(())
    } else {
        Err(CaseworkError::NotFound)
    }
}

/// Two cases of one district.
async fn two(tx: &mut Tx, one: CaseId, other: CaseId) -> Result<(Case, Case), CaseworkError> {
    let missing = || CaseworkError::NotFound;
    let first = cases::load(tx, one).await?.ok_or_else(missing)?;
    let second = cases::load(tx, other).await?.ok_or_else(missing)?;
    if one == other || first.district != second.district {
        return Err(OutOfOrder::Unknown.into());
    }
    Ok((first, second))
}
