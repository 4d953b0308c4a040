//! The record of a session: drafted, laid before those present, put right where they ask, signed or refused, closed.

use super::super::agreement::{Signature, Signer};
use super::super::case::Standing;
use super::super::hash::ContentHash;
use super::super::ids::{PartyId, PersonId, SessionId};
use super::super::paper::{Paper, PaperKind, WhyVoid};
use super::super::session::SessionState;
use super::super::session_record::{Correction, Laid, Reader, RecordText, Refusal, SessionRecord};
use super::super::signature::Shown;
use super::super::stage::Stage;
use super::{Action, Notice, OutOfOrder, Outcome, Recipient, Step, said, signing};

const MOST_CORRECTIONS: usize = 50;

pub(super) fn carry_out(step: &mut Step, action: &Action) -> Outcome {
    if matches!(step.case.stage, Stage::Closed { .. }) {
        return Err(OutOfOrder::WrongState);
    }
    match action {
        Action::DraftRecord { session, text } => draft(step, *session, &text.0),
        Action::AgreeProposals { session } => agree(step, *session),
        Action::LayRecord { session, paper } => lay(step, *session, paper),
        Action::AskCorrection { session, note } => correct(step, *session, note),
        Action::SignRecord {
            session,
            from_hash,
            to_hash,
            shown,
        } => sign(
            step,
            *session,
            (from_hash, to_hash),
            shown.unwrap_or_default(),
        ),
        Action::RefuseRecord { session, reason } => refuse(step, *session, reason),
        Action::NoteRefusal {
            session,
            of,
            reason,
        } => note(step, *session, *of, reason),
        _ => Err(OutOfOrder::WrongState),
    }
}

/// Takes the place of the draft so far and voids what was signed under it; beside a closed record it is another one.
fn draft(step: &mut Step, session: SessionId, text: &RecordText) -> Outcome {
    said(&text.place)?;
    if text.until < text.from || text.until > step.now {
        return Err(OutOfOrder::BadTime);
    }
    if step.case.record_of(session).is_none() && !was_held(step, session) {
        return Err(OutOfOrder::Unknown);
    }
    let now = step.now;
    let open = |it: &SessionRecord| it.session == session && it.closed.is_none();
    let place = step.case.records.iter().rposition(open);
    let before = place.map(|place| step.case.records.remove(place));
    if let Some(laid) = before.as_ref().and_then(|it| it.laid.as_ref()) {
        step.void(laid.paper, WhyVoid::Changed);
    }
    let kept = before
        .as_ref()
        .filter(|it| it.text.proposals == text.proposals);
    let record = SessionRecord {
        session,
        opening: text
            .opening
            .iter()
            .map(|told| {
                let earlier = before.as_ref().and_then(|it| it.opening.get(told));
                (*told, earlier.copied().unwrap_or(now))
            })
            .collect(),
        proposals_agreed: kept.map_or_else(Default::default, |it| it.proposals_agreed.clone()),
        corrections: before.map_or_else(Vec::new, |it| it.corrections),
        text: text.clone(),
        laid: None,
        closed: None,
    };
    step.case.records.push(record);
    Ok(())
}

/// Whether the session has begun; of a mediation that is over the attendance tells, which the pages know.
fn was_held(step: &Step, session: SessionId) -> bool {
    let Some(work) = step.case.stage.work() else {
        return step.case.stage.mediator().is_some();
    };
    let mut sessions = work.sessions.iter();
    sessions.any(|it| {
        let begun = matches!(
            it.state,
            SessionState::Open { .. } | SessionState::Closed { .. }
        );
        it.id == session && begun
    })
}

fn agree(step: &mut Step, session: SessionId) -> Outcome {
    let party = step.permitted.party().ok_or(OutOfOrder::WrongState)?;
    let record = drafting(step, session)?;
    said(&record.text.proposals)?;
    if !record.proposals_agreed.insert(party) {
        return Err(OutOfOrder::AlreadyDone);
    }
    Ok(())
}

fn lay(step: &mut Step, session: SessionId, paper: &Paper) -> Outcome {
    if paper.kind != PaperKind::SessionRecord || step.case.paper(paper.id).is_some() {
        return Err(OutOfOrder::Unknown);
    }
    let record = step.case.record_of(session).ok_or(OutOfOrder::Unknown)?;
    let members = record.members(&step.case);
    let record = drafting(step, session)?;
    said(&record.text.result)?;
    record.laid = Some(Laid {
        paper: paper.id,
        signatures: Vec::new(),
        refusals: Vec::new(),
        members: members.clone(),
    });
    step.case.papers.push(paper.clone());
    let notice = Notice::RecordToRead { session };
    step.notify_parties(notice);
    for member in members {
        step.notify_person(member, notice);
    }
    Ok(())
}

fn correct(step: &mut Step, session: SessionId, note: &str) -> Outcome {
    said(note)?;
    let (by, at) = (signing_party(step, session)?, step.now);
    let record = laid(step, session)?;
    if record.corrections.len() >= MOST_CORRECTIONS {
        return Err(OutOfOrder::TooMany);
    }
    let note = note.to_owned();
    record.corrections.push(Correction { by, note, at });
    step.notify_mediator(Notice::RecordToCorrect { session });
    Ok(())
}

fn sign(
    step: &mut Step,
    session: SessionId,
    (from, to): (&ContentHash, &ContentHash),
    shown: Shown,
) -> Outcome {
    let (person, at) = (step.acting_person()?, step.now);
    let signer = match step.permitted.by() {
        Standing::Party(party, _) => Signer::Party { party },
        Standing::Mediator => Signer::Mediator,
        _ => reader(step)?.into(),
    };
    in_turn(step, session, signer)?;
    is_hand(step, session, (signer, person))?;
    let record = laid(step, session)?;
    let laid = record.laid.as_mut().ok_or(OutOfOrder::WrongState)?;
    let paper = laid.paper;
    laid.refusals.retain(|it| Signer::from(it.by) != signer);
    laid.signatures.push(Signature {
        signer,
        person,
        at,
        from_hash: from.clone(),
        to_hash: to.clone(),
        shown,
    });
    if signer == Signer::Mediator {
        record.closed = Some(at);
    }
    signing::replace(step, paper, from, to)?;
    tell_mediator(step, session);
    Ok(())
}

/// As what the acting person reads the record, who is not its mediator.
fn reader(step: &Step) -> Result<Reader, OutOfOrder> {
    match step.permitted.party() {
        Some(party) => Ok(Reader::Party { party }),
        None => Ok(Reader::Member {
            person: step.acting_person()?,
        }),
    }
}

/// Whoever does not sign says why, in the place of what was noted of them; the mediator's signature tells of it.
fn refuse(step: &mut Step, session: SessionId, reason: &str) -> Outcome {
    said(reason)?;
    let by = reader(step)?;
    in_turn(step, session, by.into())?;
    let refusal = Refusal {
        by,
        reason: reason.to_owned(),
        at: step.now,
        noted_by: None,
    };
    write_down(step, session, refusal)?;
    tell_mediator(step, session);
    Ok(())
}

/// The mediator notes it of somebody else, who is told and can still sign.
fn note(step: &mut Step, session: SessionId, of: Reader, reason: &str) -> Outcome {
    said(reason)?;
    let noted_by = Some(step.acting_person()?);
    in_turn(step, session, of.into())?;
    let record = step.case.record_of(session).ok_or(OutOfOrder::Unknown)?;
    if !record.may_note(of, &step.case, step.now) {
        return Err(OutOfOrder::NotDue);
    }
    let refusal = Refusal {
        by: of,
        reason: reason.to_owned(),
        at: step.now,
        noted_by,
    };
    write_down(step, session, refusal)?;
    let notice = Notice::RefusalNoted { session };
    match of {
        Reader::Party { party } => step.notify(Recipient::Party { party }, notice),
        Reader::Member { person } => step.notify_person(person, notice),
    }
    tell_mediator(step, session);
    Ok(())
}

fn write_down(step: &mut Step, session: SessionId, refusal: Refusal) -> Outcome {
    let laid = laid(step, session)?.laid.as_mut();
    let laid = laid.ok_or(OutOfOrder::WrongState)?;
    laid.refusals.retain(|it| it.by != refusal.by);
    laid.refusals.push(refusal);
    Ok(())
}

fn tell_mediator(step: &mut Step, session: SessionId) {
    let case = &step.case;
    let record = case.record_of(session);
    if record.is_some_and(|it| it.may_sign_next(Signer::Mediator, case)) {
        step.notify_mediator(Notice::RecordToSign { session });
    }
}

/// In the place of a party stands one name, and the paper says whose.
fn is_hand(step: &Step, session: SessionId, (signer, person): (Signer, PersonId)) -> Outcome {
    let Signer::Party { party } = signer else {
        return Ok(());
    };
    let record = step.case.record_of(session).ok_or(OutOfOrder::Unknown)?;
    let seat = step.case.party(party).ok_or(OutOfOrder::Unknown)?;
    if record.hand(seat, &step.case) == Some(person) {
        Ok(())
    } else {
        Err(OutOfOrder::NotYourTurn)
    }
}

fn in_turn(step: &Step, session: SessionId, signer: Signer) -> Outcome {
    let record = step.case.record_of(session).ok_or(OutOfOrder::Unknown)?;
    if record.may_sign_next(signer, &step.case) {
        return Ok(());
    }
    let laid = record.laid.as_ref().ok_or(OutOfOrder::WrongState)?;
    let has_signed = laid.signatures.iter().any(|it| it.signer == signer);
    Err(if has_signed || record.closed.is_some() {
        OutOfOrder::AlreadyDone
    } else {
        OutOfOrder::NotYourTurn
    })
}

/// A party who was there.
fn signing_party(step: &Step, session: SessionId) -> Result<PartyId, OutOfOrder> {
    let party = step.permitted.party().ok_or(OutOfOrder::WrongState)?;
    let record = step.case.record_of(session).ok_or(OutOfOrder::Unknown)?;
    if record.parties(&step.case).contains(&party) {
        Ok(party)
    } else {
        Err(OutOfOrder::NotYourTurn)
    }
}

fn open<'a>(step: &'a mut Step, session: SessionId) -> Result<&'a mut SessionRecord, OutOfOrder> {
    let mut records = step.case.records.iter_mut().rev();
    records
        .find(|it| it.session == session && it.closed.is_none())
        .ok_or(OutOfOrder::Unknown)
}

fn drafting<'a>(
    step: &'a mut Step,
    session: SessionId,
) -> Result<&'a mut SessionRecord, OutOfOrder> {
    let record = open(step, session)?;
    if record.laid.is_some() {
        return Err(OutOfOrder::AlreadyDone);
    }
    Ok(record)
}

fn laid<'a>(step: &'a mut Step, session: SessionId) -> Result<&'a mut SessionRecord, OutOfOrder> {
    let record = open(step, session)?;
    if record.laid.is_none() {
        return Err(OutOfOrder::WrongState);
    }
    Ok(record)
}

#[cfg(test)]
mod tests {
    use super::super::super::contact_record::{ContactChannel, Outcome as Came};
    use super::super::super::fixture::{
        MEDIATOR, Quarrel, RESPONDENT, Refused, SESSION, actor, rules,
    };
    use super::super::super::permission::may_read_paper;
    use super::super::super::session_record::{Opening, Present};
    use super::super::super::team::{Capacity, Member};
    use super::super::FollowUp;
    use super::*;

    fn out(why: OutOfOrder) -> Refused {
        Refused::OutOfOrder(why)
    }

    fn record<'a>(quarrel: &'a Quarrel<'_>) -> &'a SessionRecord {
        quarrel.case.record_of(SESSION).unwrap()
    }

    fn held(quarrel: &mut Quarrel<'_>) {
        let (session, at, minutes) = (SESSION, quarrel.now, 60);
        quarrel.act(
            "mediator",
            Action::ScheduleSession {
                session,
                at,
                minutes,
                venue: None,
            },
        );
        quarrel.act("mediator", Action::OpenSession { session });
    }

    fn laid_out(quarrel: &mut Quarrel<'_>) {
        held(quarrel);
        quarrel.records();
        quarrel.lays();
    }

    fn signs(quarrel: &Quarrel<'_>) -> Action {
        let paper = quarrel.case.latest_paper(PaperKind::SessionRecord).unwrap();
        let from_hash = paper.hash.clone();
        Action::SignRecord {
            session: SESSION,
            to_hash: ContentHash::of(from_hash.as_str().as_bytes()),
            from_hash,
            shown: None,
        }
    }

    fn refuses_to_sign(reason: &str) -> Action {
        Action::RefuseRecord {
            session: SESSION,
            reason: reason.to_owned(),
        }
    }

    #[test]
    fn only_of_a_session_that_has_begun_and_only_by_whoever_leads_it() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active();
        let draft = quarrel.record_draft();
        assert_eq!(
            quarrel.refuses("mediator", draft.clone()),
            out(OutOfOrder::Unknown)
        );
        held(&mut quarrel);
        for name in ["claimant", "respondent", "dispatcher", "head"] {
            let refused = quarrel.refuses(name, draft.clone());
            assert!(matches!(refused, Refused::Forbidden(_)), "{name}");
        }
        quarrel.act("mediator", draft);
        let first = record(&quarrel).opening[&Opening::Identity];
        quarrel.now += jiff::SignedDuration::from_mins(5);
        quarrel.records();
        assert_eq!(
            record(&quarrel).opening[&Opening::Identity],
            first,
            "its time stays"
        );
    }

    #[test]
    fn proposals_stand_in_it_only_where_every_party_wants_them() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active();
        held(&mut quarrel);
        quarrel.records();
        let session = SESSION;
        quarrel.act("claimant", Action::AgreeProposals { session });
        assert!(!record(&quarrel).tells_proposals(&quarrel.case));
        quarrel.act("respondent", Action::AgreeProposals { session });
        assert!(record(&quarrel).tells_proposals(&quarrel.case));
        let Action::DraftRecord { session, mut text } = quarrel.record_draft() else {
            panic!("a draft");
        };
        text.0.proposals.push_str("，另付一百元");
        quarrel.act("mediator", Action::DraftRecord { session, text });
        assert!(
            !record(&quarrel).tells_proposals(&quarrel.case),
            "other words"
        );
    }

    #[test]
    fn those_present_sign_and_the_mediator_last_and_then_it_is_closed() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active();
        laid_out(&mut quarrel);
        let early = quarrel.refuses("mediator", signs(&quarrel));
        assert_eq!(early, out(OutOfOrder::NotYourTurn));
        for name in ["claimant", "respondent", "mediator"] {
            let action = signs(&quarrel);
            quarrel.act(name, action);
        }
        assert!(record(&quarrel).closed.is_some());
        let session = SESSION;
        let note = "漏了一句".to_owned();
        let late = quarrel.refuses("claimant", Action::AskCorrection { session, note });
        assert_eq!(late, out(OutOfOrder::Unknown));
        let papers = quarrel.case.papers.len();
        quarrel.records();
        assert_eq!(
            quarrel.case.records.len(),
            2,
            "a correction is a new record"
        );
        assert_eq!(quarrel.case.papers.len(), papers, "the signed one stays");
    }

    #[test]
    fn a_correction_goes_back_to_the_mediator_and_voids_what_was_signed() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active();
        laid_out(&mut quarrel);
        let action = signs(&quarrel);
        quarrel.act("claimant", action);
        let session = SESSION;
        let silent = Action::AskCorrection {
            session,
            note: " ".to_owned(),
        };
        assert_eq!(
            quarrel.refuses("respondent", silent),
            out(OutOfOrder::Empty)
        );
        let note = "我说的是十点半".to_owned();
        quarrel.act("respondent", Action::AskCorrection { session, note });
        quarrel.records();
        assert_eq!(record(&quarrel).laid, None);
        assert_eq!(record(&quarrel).corrections.len(), 1);
        assert_eq!(quarrel.case.latest_paper(PaperKind::SessionRecord), None);
    }

    #[test]
    fn whoever_does_not_sign_says_why_and_the_record_is_closed_all_the_same() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active();
        laid_out(&mut quarrel);
        let silent = quarrel.refuses("respondent", refuses_to_sign(" "));
        assert_eq!(silent, out(OutOfOrder::Empty));
        quarrel.act("respondent", refuses_to_sign("记得不对"));
        let late = quarrel.refuses("respondent", signs(&quarrel));
        assert_eq!(late, out(OutOfOrder::NotYourTurn));
        for name in ["claimant", "mediator"] {
            let action = signs(&quarrel);
            quarrel.act(name, action);
        }
        let laid = record(&quarrel).laid.as_ref().unwrap();
        assert_eq!(laid.refusals[0].reason, "记得不对");
        assert!(record(&quarrel).closed.is_some());
    }

    /// With an interpreter at the table, who has joined with everybody's consent.
    fn interpreted(quarrel: &mut Quarrel<'_>) {
        let person = INTERPRETER;
        let capacity = Capacity::Interpreter;
        quarrel.case.team.push(Member {
            person,
            capacity,
            since: quarrel.now,
        });
        held(quarrel);
        let Action::DraftRecord { session, mut text } = quarrel.record_draft() else {
            panic!("a draft");
        };
        let (from, until) = (text.0.from, text.0.until);
        text.0.present.push(Present {
            person,
            from,
            until,
            on_site: true,
        });
        quarrel.act("mediator", Action::DraftRecord { session, text });
        quarrel.lays();
    }

    /// Who is at no seat and no office of the case.
    const INTERPRETER: PersonId = PersonId(uuid::Uuid::from_u128(0xba));

    #[test]
    fn everybody_who_was_at_the_table_signs_before_the_mediator() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active();
        interpreted(&mut quarrel);
        for name in ["claimant", "respondent"] {
            let action = signs(&quarrel);
            quarrel.act(name, action);
        }
        let early = quarrel.refuses("mediator", signs(&quarrel));
        assert_eq!(
            early,
            out(OutOfOrder::NotYourTurn),
            "the interpreter was there"
        );
        let action = signs(&quarrel);
        quarrel.act("stranger", action);
        let twice = quarrel.refuses("stranger", signs(&quarrel));
        assert_eq!(twice, out(OutOfOrder::AlreadyDone));
        let action = signs(&quarrel);
        quarrel.act("mediator", action);
        assert!(record(&quarrel).closed.is_some());
        assert_eq!(record(&quarrel).laid.as_ref().unwrap().signatures.len(), 4);
    }

    #[test]
    fn the_mediator_notes_who_does_not_sign_and_nobody_else_does() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active();
        interpreted(&mut quarrel);
        let session = SESSION;
        let note = |of, reason: &str| Action::NoteRefusal {
            session,
            of,
            reason: reason.to_owned(),
        };
        let person = INTERPRETER;
        let absent = note(Reader::Member { person }, "已经离开，电话里说不签");
        for name in ["claimant", "stranger", "dispatcher", "head"] {
            let refused = quarrel.refuses(name, absent.clone());
            assert!(matches!(refused, Refused::Forbidden(_)), "{name}");
        }
        let person = MEDIATOR;
        let own = quarrel.refuses("mediator", note(Reader::Member { person }, "不签"));
        assert_eq!(own, out(OutOfOrder::NotYourTurn));
        let early = quarrel.refuses("mediator", absent.clone());
        assert_eq!(early, out(OutOfOrder::NotDue), "nobody had time to read");
        quarrel.wait(3);
        quarrel.act("mediator", absent);
        quarrel.act("respondent", refuses_to_sign("记得不对"));
        let action = signs(&quarrel);
        quarrel.act("claimant", action);
        let action = signs(&quarrel);
        quarrel.act("mediator", action);
        let laid = record(&quarrel).laid.as_ref().unwrap();
        let noted: Vec<_> = laid.refusals.iter().map(|it| it.noted_by).collect();
        assert_eq!(noted, [Some(MEDIATOR), None]);
        assert!(record(&quarrel).closed.is_some());
    }

    #[test]
    fn what_is_noted_of_somebody_binds_them_to_nothing() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active();
        laid_out(&mut quarrel);
        let (session, party) = (SESSION, RESPONDENT);
        let noted = Action::NoteRefusal {
            session,
            of: Reader::Party { party },
            reason: "电话打不通".to_owned(),
        };
        let early = quarrel.refuses("mediator", noted.clone());
        assert_eq!(early, out(OutOfOrder::NotDue));
        let call = Action::RecordContact {
            party,
            channel: ContactChannel::Call,
            outcome: Came::NoAnswer,
            note: String::new(),
            at: quarrel.now,
            message: None,
        };
        quarrel.act("mediator", call);
        let told = quarrel.act("mediator", noted.clone()).follow_ups;
        let notice = Notice::RefusalNoted { session };
        let to = Recipient::Party { party };
        assert!(told.contains(&FollowUp::Notify { to, notice }));
        let twice = quarrel.refuses("mediator", noted);
        assert_eq!(twice, out(OutOfOrder::NotDue));
        let laid = |quarrel: &Quarrel<'_>| record(quarrel).laid.clone().unwrap();
        let mut other = quarrel.case.clone();
        quarrel.act("respondent", refuses_to_sign("记得不对"));
        let refusals = laid(&quarrel).refusals;
        let words = refusals.iter().map(|it| (it.reason.as_str(), it.noted_by));
        assert_eq!(words.collect::<Vec<_>>(), [("记得不对", None)]);
        std::mem::swap(&mut quarrel.case, &mut other);
        let action = signs(&quarrel);
        quarrel.act("respondent", action);
        assert_eq!(laid(&quarrel).refusals, []);
        let early = quarrel.refuses("mediator", signs(&quarrel));
        assert_eq!(
            early,
            out(OutOfOrder::NotYourTurn),
            "the claimant was there"
        );
    }

    #[test]
    fn what_was_said_at_the_table_is_read_by_those_who_sat_there_and_keep_the_file() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active();
        laid_out(&mut quarrel);
        let paper = quarrel.case.latest_paper(PaperKind::SessionRecord).unwrap();
        let reads = |name| may_read_paper(&actor(name), &quarrel.case, paper);
        for name in ["claimant", "respondent", "mediator", "dispatcher", "head"] {
            assert!(reads(name), "{name}");
        }
        for name in ["grid_worker", "other_mediator", "stranger", "judge"] {
            assert!(!reads(name), "{name}");
        }
    }
}
