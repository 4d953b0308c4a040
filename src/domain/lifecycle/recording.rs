//! A recording in sound and picture: asked for, agreed to by everybody, begun and stopped by the room, sealed, kept, deleted.

use jiff::SignedDuration;

use super::super::actor::Actor;
use super::super::hash::ContentHash;
use super::super::ids::{RecordingId, SessionId};
use super::super::recording::{
    Consent, Deletion, Fault, Film, Recording, RecordingState, Run, Stop, TrackHead,
};
use super::super::rules::TermKey;
use super::super::signature::Shown;
use super::{Action, FollowUp, ONE_TICK, OutOfOrder, Outcome, Step, meeting, said};

const MOST: usize = 50;

/// When at the latest the room has told of the last packet.
const LATEST_REPORT: SignedDuration = SignedDuration::from_mins(2);

pub(super) fn carry_out(step: &mut Step, action: &Action) -> Outcome {
    match action {
        Action::AskRecording { recording, session } => ask(step, *recording, *session),
        Action::ConsentRecording {
            recording,
            version,
            text,
            words,
            shown,
        } => consent(step, *recording, (version, text, words), *shown),
        Action::WithdrawRecording { recording } => withdraw(step, *recording),
        Action::StartRecording { recording } => start(step, *recording),
        Action::StopRecording { recording, why } => stop(step, *recording, *why),
        Action::SealRecording { recording, tracks } => seal(step, *recording, tracks),
        Action::KeepRecording {
            recording,
            films,
            faults,
        } => keep(step, *recording, (films, faults)),
        Action::DeleteRecording { recording, why } => delete(step, *recording, why),
        _ => Err(OutOfOrder::WrongState),
    }
}

fn ask(step: &mut Step, id: RecordingId, session: SessionId) -> Outcome {
    meeting::apart(step)?;
    under_way(step, session)?;
    let (now, asked_by) = (step.now, step.acting_person()?);
    if step.case.open_recording(session).is_some() || step.case.recording(id).is_some() {
        return Err(OutOfOrder::AlreadyDone);
    }
    if step.case.recordings.len() >= MOST {
        return Err(OutOfOrder::TooMany);
    }
    // An hour after its end a session that nobody closed is over all the same.
    let forgotten = meeting::find(step, session)?.is_forgotten_at();
    step.follow_ups
        .extend(forgotten.map(|at| FollowUp::Watch { at: at + ONE_TICK }));
    step.case.recordings.push(Recording {
        id,
        session,
        asked_at: now,
        asked_by,
        consents: Vec::new(),
        runs: Vec::new(),
        state: RecordingState::Open,
    });
    Ok(())
}

/// Each for themselves, and to the words they were shown; an agent too, whose voice and face are their own.
fn consent(
    step: &mut Step,
    id: RecordingId,
    (version, text, words): (&str, &ContentHash, &str),
    shown: Option<Shown>,
) -> Outcome {
    said(version)?;
    said(words)?;
    if ContentHash::of(words.as_bytes()) != *text {
        return Err(OutOfOrder::PaperChanged);
    }
    let (person, at) = (step.acting_person()?, step.now);
    let party = step.permitted.party();
    let session = open(step, id)?.session;
    under_way(step, session)?;
    let recording = open(step, id)?;
    if recording.consent_of(person).is_some() {
        return Err(OutOfOrder::AlreadyDone);
    }
    recording.consents.push(Consent {
        person,
        party,
        at,
        version: version.to_owned(),
        text: text.clone(),
        words: words.to_owned(),
        shown: shown.unwrap_or_default(),
    });
    Ok(())
}

/// What was recorded until then was recorded with consent (个人信息保护法 15); to go on, everybody is asked again.
fn withdraw(step: &mut Step, id: RecordingId) -> Outcome {
    let person = step.acting_person()?;
    let recording = open(step, id)?;
    if recording.consent_of(person).is_none() {
        return Err(OutOfOrder::Unknown);
    }
    end(step, id, Stop::Withdrawn);
    Ok(())
}

/// The room lets it run only among those who have agreed, with whoever leads among them; without anybody's yes it cannot.
fn start(step: &mut Step, id: RecordingId) -> Outcome {
    let session = open(step, id)?.session;
    under_way(step, session)?;
    let from = step.now;
    let recording = open(step, id)?;
    if recording.is_running() {
        return Err(OutOfOrder::AlreadyDone);
    }
    if recording.consents.is_empty() {
        return Err(OutOfOrder::ConsentMissing);
    }
    recording.runs.push(Run { from, until: None });
    Ok(())
}

fn stop(step: &mut Step, id: RecordingId, why: Stop) -> Outcome {
    let at = step.now;
    let session = open(step, id)?.session;
    // Only the clock comes by itself: the room knows when it stops.
    let by_clock = *step.permitted.actor() == Actor::Clock;
    if by_clock && step.case.is_held(session, at) {
        return Err(OutOfOrder::NotDue);
    }
    let recording = open(step, id)?;
    if !why.is_pause() {
        end(step, id, why);
        return Ok(());
    }
    if !recording.is_running() {
        return Err(OutOfOrder::AlreadyDone);
    }
    recording.halt(at);
    Ok(())
}

/// With the session ends what was asked for in it.
pub(super) fn session_over(step: &mut Step, session: SessionId) {
    if let Some(open) = step.case.open_recording(session).map(|it| it.id) {
        end(step, open, Stop::SessionOver);
    }
}

/// Ends it for good. What was recorded is looked for soon after, even if no room reports any more.
fn end(step: &mut Step, id: RecordingId, why: Stop) {
    let at = step.now;
    let mut recordings = step.case.recordings.iter_mut();
    let Some(recording) = recordings.find(|it| it.id == id) else {
        return;
    };
    recording.halt(at);
    recording.state = RecordingState::Over { at, why };
    step.follow_ups.push(FollowUp::KeepRecording {
        at: at + LATEST_REPORT,
        recording: id,
    });
}

/// From here on nothing of it can be exchanged unnoticed: the hashes stand in the chain of events.
fn seal(step: &mut Step, id: RecordingId, tracks: &[TrackHead]) -> Outcome {
    let at = step.now;
    let recording = find(step, id)?;
    if !matches!(recording.state, RecordingState::Over { .. }) {
        return Err(OutOfOrder::WrongState);
    }
    if tracks.is_empty() {
        return Err(OutOfOrder::Empty);
    }
    recording.state = RecordingState::Sealed {
        at,
        tracks: tracks.to_vec(),
    };
    step.follow_ups
        .push(FollowUp::KeepRecording { at, recording: id });
    Ok(())
}

fn keep(step: &mut Step, id: RecordingId, (films, faults): (&[Film], &[Fault])) -> Outcome {
    let at = step.now;
    let until = step.due(TermKey::Recording);
    let call = until.at + ONE_TICK;
    let recording = find(step, id)?;
    let RecordingState::Sealed { tracks, .. } = &recording.state else {
        return Err(OutOfOrder::WrongState);
    };
    recording.state = RecordingState::Kept {
        at,
        tracks: tracks.clone(),
        films: films.to_vec(),
        faults: faults.to_vec(),
        until,
    };
    step.follow_ups.push(FollowUp::Watch { at: call });
    Ok(())
}

fn delete(step: &mut Step, id: RecordingId, why: &Deletion) -> Outcome {
    let at = step.now;
    if let Deletion::Decided { reason } = why {
        said(reason)?;
    }
    let recording = find(step, id)?;
    match (&recording.state, why) {
        (RecordingState::Kept { until, .. }, Deletion::Term) if until.has_passed(at) => {}
        (
            RecordingState::Kept { .. }
            | RecordingState::Sealed { .. }
            | RecordingState::Over { .. },
            Deletion::Term,
        ) => return Err(OutOfOrder::NotDue),
        // Nobody sits in a room of a matter that is over.
        (RecordingState::Open, Deletion::Decided { .. } | Deletion::Term)
        | (RecordingState::Deleted { .. }, _) => return Err(OutOfOrder::WrongState),
        (_, Deletion::Decided { .. } | Deletion::Erased) => {}
    }
    let films = recording.films().iter();
    let hashes = films.map(|it| it.file.clone()).collect();
    let why = why.clone();
    recording.state = RecordingState::Deleted {
        at,
        why,
        files: hashes,
    };
    step.follow_ups
        .push(FollowUp::DropRecording { recording: id });
    Ok(())
}

/// The session takes place now, and by video: only there is something to record.
fn under_way(step: &mut Step, session: SessionId) -> Outcome {
    let session = meeting::find(step, session)?;
    if session.is_open() && !session.is_at_a_table() {
        Ok(())
    } else {
        Err(OutOfOrder::WrongState)
    }
}

fn find<'a>(step: &'a mut Step, id: RecordingId) -> Result<&'a mut Recording, OutOfOrder> {
    let mut recordings = step.case.recordings.iter_mut();
    recordings.find(|it| it.id == id).ok_or(OutOfOrder::Unknown)
}

fn open<'a>(step: &'a mut Step, id: RecordingId) -> Result<&'a mut Recording, OutOfOrder> {
    let recording = find(step, id)?;
    if recording.is_open() {
        Ok(recording)
    } else {
        Err(OutOfOrder::WrongState)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::SignedDuration;

    use super::super::super::case::Case;
    use super::super::super::fixture::{
        CLAIMANT, MEDIATOR, Quarrel, RECORDING, Refused, SESSION, rules,
    };
    use super::super::super::ids::PersonId;
    use super::super::super::offered::due_action;
    use super::super::super::session::{Session, Sitter, Venue};
    use super::super::super::stage::{Mediate, Stage};
    use super::super::super::team::{Capacity, Member};
    use super::*;

    fn out(why: OutOfOrder) -> Refused {
        Refused::OutOfOrder(why)
    }

    fn it<'a>(quarrel: &'a Quarrel<'_>) -> &'a Recording {
        quarrel.case.recording(RECORDING).unwrap()
    }

    fn stops(why: Stop) -> Action {
        let recording = RECORDING;
        Action::StopRecording { recording, why }
    }

    fn deletes(why: Deletion) -> Action {
        let recording = RECORDING;
        Action::DeleteRecording { recording, why }
    }

    const STARTS: Action = Action::StartRecording {
        recording: RECORDING,
    };
    const WITHDRAWS: Action = Action::WithdrawRecording {
        recording: RECORDING,
    };

    #[test]
    fn nothing_is_recorded_before_somebody_has_said_yes() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active().meeting();
        let unasked = quarrel.refuses("rooms", STARTS);
        assert_eq!(unasked, out(OutOfOrder::Unknown));
        quarrel.asks_to_record();
        let silent = quarrel.refuses("rooms", STARTS);
        assert_eq!(silent, out(OutOfOrder::ConsentMissing));
        quarrel.act("claimant", quarrel.agrees_to_recording());
        for name in ["claimant", "mediator", "head"] {
            let refused = quarrel.refuses(name, STARTS);
            assert!(matches!(refused, Refused::Forbidden(_)), "{name}");
        }
        quarrel.act("rooms", STARTS);
        assert!(it(&quarrel).is_running());
    }

    #[test]
    fn only_whoever_leads_a_session_by_video_asks_and_once_at_a_time() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active();
        let (recording, session) = (RECORDING, SESSION);
        let ask = Action::AskRecording { recording, session };
        let early = quarrel.refuses("mediator", ask.clone());
        assert_eq!(early, out(OutOfOrder::Unknown));
        quarrel = quarrel.meeting();
        for name in ["claimant", "respondent", "dispatcher", "head"] {
            let refused = quarrel.refuses(name, ask.clone());
            assert!(matches!(refused, Refused::Forbidden(_)), "{name}");
        }
        let mut at_a_table = quarrel.clone();
        on_site(&mut at_a_table.case, false);
        let no_room = at_a_table.refuses("mediator", ask.clone());
        assert_eq!(no_room, out(OutOfOrder::WrongState));
        quarrel.act("mediator", ask);
        let recording = RecordingId(uuid::Uuid::from_u128(9));
        let again = quarrel.refuses("mediator", Action::AskRecording { recording, session });
        assert_eq!(again, out(OutOfOrder::AlreadyDone));
    }

    /// The session takes place in a room; `mixed`, and some by video.
    fn on_site(case: &mut Case, mixed: bool) {
        let Stage::Mediate { at } = &mut case.stage else {
            panic!("a mediation");
        };
        let Mediate::Active { work } = at.as_mut() else {
            panic!("at work");
        };
        work.sessions[0].venue = Some(Venue {
            address: "和平路 8 号".to_owned(),
            room: String::new(),
            mixed,
            kept: None,
        });
    }

    #[test]
    fn each_agrees_for_themselves_to_the_very_words_that_were_shown() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active().meeting();
        quarrel.asks_to_record();
        let Action::ConsentRecording {
            recording,
            version,
            words,
            ..
        } = quarrel.agrees_to_recording()
        else {
            panic!("a consent");
        };
        let other = Action::ConsentRecording {
            recording,
            version,
            text: ContentHash::of("别的话".as_bytes()),
            words,
            shown: None,
        };
        let refused = quarrel.refuses("claimant", other);
        assert_eq!(refused, out(OutOfOrder::PaperChanged));
        quarrel.act("claimant", quarrel.agrees_to_recording());
        let twice = quarrel.refuses("claimant", quarrel.agrees_to_recording());
        assert_eq!(twice, out(OutOfOrder::AlreadyDone));
        for name in ["dispatcher", "head", "clerk", "stranger"] {
            let refused = quarrel.refuses(name, quarrel.agrees_to_recording());
            assert!(matches!(refused, Refused::Forbidden(_)), "{name}");
        }
        quarrel.act("mediator", quarrel.agrees_to_recording());
        let agreed = recording_of(&quarrel);
        assert_eq!(agreed.len(), 2, "the respondent has said nothing");
        assert!(agreed.contains(&MEDIATOR));
        assert_eq!(it(&quarrel).consents[0].party, Some(CLAIMANT));
    }

    fn recording_of(quarrel: &Quarrel<'_>) -> BTreeSet<PersonId> {
        it(quarrel).may_sit(&quarrel.case)
    }

    #[test]
    fn whoever_only_hears_may_be_there_and_is_not_asked() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active().meeting();
        quarrel.asks_to_record();
        let since = quarrel.now;
        let seat = |n, capacity| Member {
            person: PersonId(uuid::Uuid::from_u128(n)),
            capacity,
            since,
        };
        let watches = seat(0xe5, Capacity::Observer);
        let interprets = seat(0xe6, Capacity::Interpreter);
        quarrel.case.team.extend([watches, interprets]);
        let may = recording_of(&quarrel);
        assert!(may.contains(&PersonId(uuid::Uuid::from_u128(0xe5))));
        assert!(!may.contains(&PersonId(uuid::Uuid::from_u128(0xe6))));
    }

    /// 个人信息保护法 15, 16
    #[test]
    fn a_consent_taken_back_ends_it_at_once_and_to_go_on_everybody_is_asked_again() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active().meeting();
        quarrel.asks_to_record();
        let before = quarrel.refuses("respondent", WITHDRAWS);
        assert_eq!(
            before,
            out(OutOfOrder::Unknown),
            "who never agreed takes nothing back"
        );
        for name in ["claimant", "respondent", "mediator"] {
            quarrel.act(name, quarrel.agrees_to_recording());
        }
        quarrel.act("rooms", STARTS);
        quarrel.now += SignedDuration::from_secs(40);
        quarrel.act("respondent", WITHDRAWS);
        let ended = it(&quarrel);
        assert!(!ended.is_running() && !ended.is_open());
        assert_eq!(ended.runs[0].until, Some(quarrel.now));
        assert_eq!(
            quarrel.refuses("rooms", STARTS),
            out(OutOfOrder::WrongState)
        );
        let late = quarrel.refuses("claimant", quarrel.agrees_to_recording());
        assert_eq!(late, out(OutOfOrder::WrongState));
        let session = SESSION;
        let recording = RecordingId(uuid::Uuid::from_u128(9));
        quarrel.act("mediator", Action::AskRecording { recording, session });
        let anew = quarrel.case.open_recording(SESSION).unwrap();
        assert!(anew.consents.is_empty());
    }

    #[test]
    fn it_goes_on_after_a_pause_and_ends_with_the_session() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active().meeting();
        quarrel.asks_to_record();
        quarrel.act("mediator", quarrel.agrees_to_recording());
        for why in Stop::ALL.into_iter().filter(|it| it.is_pause()) {
            quarrel.act("rooms", STARTS);
            quarrel.act("rooms", stops(why));
            assert!(it(&quarrel).is_open() && !it(&quarrel).is_running());
        }
        assert_eq!(it(&quarrel).runs.len(), 3);
        let twice = quarrel.refuses("rooms", stops(Stop::NotAgreed));
        assert_eq!(twice, out(OutOfOrder::AlreadyDone));
        quarrel.act("rooms", STARTS);
        let session = SESSION;
        let closed = quarrel.act("mediator", Action::CloseSession { session });
        let RecordingState::Over { why, .. } = it(&quarrel).state else {
            panic!("it is over: {:?}", it(&quarrel).state);
        };
        assert_eq!(why, Stop::SessionOver);
        let told = |it: &FollowUp| matches!(it, FollowUp::KeepRecording { .. });
        assert!(closed.follow_ups.iter().any(told));
    }

    #[test]
    fn whoever_leads_ends_it_and_why_else_it_stops_the_room_alone_says() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active().meeting();
        quarrel.asks_to_record();
        for name in ["claimant", "respondent", "head", "rooms"] {
            let refused = quarrel.refuses(name, stops(Stop::Led));
            assert!(matches!(refused, Refused::Forbidden(_)), "{name}");
        }
        let refused = quarrel.refuses("mediator", stops(Stop::Full));
        assert!(matches!(refused, Refused::Forbidden(_)));
        quarrel.act("mediator", stops(Stop::Led));
        assert!(!it(&quarrel).is_open());
    }

    #[test]
    fn a_session_that_nobody_closed_is_over_for_its_recording_too() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active().meeting();
        quarrel.asks_to_record();
        quarrel.act("mediator", quarrel.agrees_to_recording());
        quarrel.act("rooms", STARTS);
        let over = stops(Stop::SessionOver);
        assert_eq!(
            quarrel.refuses("clock", over.clone()),
            out(OutOfOrder::NotDue)
        );
        quarrel.now += SignedDuration::from_hours(3);
        let due = due_action(&rules, &quarrel.case, quarrel.now);
        assert_eq!(due, Some(over.clone()));
        quarrel.act("clock", over);
        assert!(!it(&quarrel).is_open());
    }

    /// 个人信息保护法 19, 47
    #[test]
    fn it_is_kept_for_its_term_and_then_the_clock_deletes_it() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active().meeting();
        quarrel.recorded();
        let file = ContentHash::of(b"film");
        let keep = Action::KeepRecording {
            recording: RECORDING,
            films: Vec::new(),
            faults: Vec::new(),
        };
        assert_eq!(
            quarrel.refuses("rooms", keep),
            out(OutOfOrder::WrongState),
            "sealed first"
        );
        quarrel.keeps_recording(file.clone(), 4);
        assert_eq!(
            quarrel.refuses("clock", deletes(Deletion::Term)),
            out(OutOfOrder::NotDue)
        );
        quarrel.wait(364);
        assert_eq!(
            quarrel.refuses("clock", deletes(Deletion::Term)),
            out(OutOfOrder::NotDue)
        );
        quarrel.wait(2);
        let gone = quarrel.act("clock", deletes(Deletion::Term));
        assert_eq!(it(&quarrel).deleted(), [file]);
        assert!(it(&quarrel).films().is_empty());
        let drops = |it: &FollowUp| matches!(it, FollowUp::DropRecording { .. });
        assert!(gone.follow_ups.iter().any(drops));
        let twice = quarrel.refuses("clock", deletes(Deletion::Term));
        assert_eq!(twice, out(OutOfOrder::WrongState));
    }

    #[test]
    fn before_its_term_the_head_alone_deletes_it_and_says_why() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active().meeting();
        quarrel.recorded();
        quarrel.keeps_recording(ContentHash::of(b"film"), 4);
        let decided = |reason: &str| {
            deletes(Deletion::Decided {
                reason: reason.to_owned(),
            })
        };
        for name in ["claimant", "mediator", "dispatcher", "clock", "rooms"] {
            let refused = quarrel.refuses(name, decided("本人请求"));
            assert!(matches!(refused, Refused::Forbidden(_)), "{name}");
        }
        assert_eq!(
            quarrel.refuses("head", decided(" ")),
            out(OutOfOrder::Empty)
        );
        quarrel.act("head", decided("本人请求"));
        assert_eq!(it(&quarrel).state.name(), "deleted");
    }

    #[test]
    fn a_screen_has_agreed_when_everybody_in_front_of_it_has() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active().meeting();
        on_site(&mut quarrel.case, true);
        quarrel.identify();
        let session = SESSION;
        for party in quarrel.case.party_ids() {
            let seat = Action::SeatAtScreen {
                session,
                who: Sitter::Party(party),
                here: true,
                seen: true,
            };
            quarrel.act("mediator", seat);
        }
        quarrel.asks_to_record();
        let screen = Session::screen_of(SESSION);
        assert!(!recording_of(&quarrel).contains(&screen), "nobody has");
        quarrel.act("claimant", quarrel.agrees_to_recording());
        assert!(!recording_of(&quarrel).contains(&screen), "one of two has");
        quarrel.act("respondent", quarrel.agrees_to_recording());
        assert!(recording_of(&quarrel).contains(&screen));
    }
}
