//! Who asks for a recording of a session, agrees to it, plays it and deletes it.

use super::super::action::Action;
use super::super::actor::Actor;
use super::super::case::{Case, Standing};
use super::super::recording::{Deletion, Recording, Stop};
use super::{is_mediating, may_read_record, sits_at_the_table};

pub(super) fn grants(standing: Standing, action: &Action) -> bool {
    match action {
        Action::AskRecording { .. } => is_mediating(standing),
        Action::ConsentRecording { .. } | Action::WithdrawRecording { .. } => {
            sits_at_the_table(standing)
        }
        // Why else it stops the room knows.
        Action::StopRecording { why, .. } => match why {
            Stop::Led => is_mediating(standing),
            Stop::SessionOver => matches!(standing, Standing::System | Standing::Clock),
            _ => standing == Standing::System,
        },
        Action::StartRecording { .. }
        | Action::SealRecording { .. }
        | Action::KeepRecording { .. } => standing == Standing::System,
        Action::DeleteRecording { why, .. } => match why {
            Deletion::Term => standing == Standing::Clock,
            Deletion::Decided { .. } => standing == Standing::Head,
            Deletion::Erased => standing == Standing::System,
        },
        _ => false,
    }
}

/// Whether `actor` sees that there is a recording, and its hashes: whoever reads the record of the session.
pub fn may_see_recording(actor: &Actor, case: &Case) -> bool {
    may_read_record(actor, case)
}

/// Whether `actor` plays a recording: who is in it while they belong to the case, the party for whom somebody is in it, and
/// whoever leads. It goes to no court and to nobody else of the committee (在线调解规则 18).
pub fn may_play_recording(actor: &Actor, case: &Case, recording: &Recording) -> bool {
    let me = actor.person();
    let is_in_it = me.is_some_and(|me| recording.consent_of(me).is_some());
    let plays = |standing: Standing| match standing {
        Standing::Party(party, _) => {
            is_in_it || recording.consents.iter().any(|it| it.party == Some(party))
        }
        _ => is_mediating(standing) || (is_in_it && sits_at_the_table(standing)),
    };
    case.standings(actor).into_iter().any(plays)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::super::fixture::{Quarrel, RECORDING, actors, rules};
    use super::super::super::hash::ContentHash;
    use super::super::super::ids::PersonId;
    use super::super::super::team::{Capacity, Member};
    use super::*;

    fn who(case: &Case, may: impl Fn(&Actor, &Case) -> bool) -> Vec<&'static str> {
        let actors = actors().into_iter();
        actors
            .filter(|(_, actor)| may(actor, case))
            .map(|(name, _)| name)
            .collect()
    }

    fn play(case: &Case) -> Vec<&'static str> {
        let recording = case.recording(RECORDING).unwrap();
        who(case, |actor, case| {
            may_play_recording(actor, case, recording)
        })
    }

    #[test]
    fn who_is_in_it_and_who_leads_play_it_and_whoever_keeps_the_file_knows_of_it() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active().meeting();
        quarrel.recorded();
        quarrel.keeps_recording(ContentHash::of(b"film"), 4);
        assert_eq!(play(&quarrel.case), ["claimant", "respondent", "mediator"]);
        assert_eq!(
            who(&quarrel.case, may_see_recording),
            [
                "claimant",
                "respondent",
                "dispatcher",
                "mediator",
                "seal_holder",
                "head"
            ]
        );
    }

    #[test]
    fn who_sits_at_the_table_now_and_was_not_in_it_does_not_play_it() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active().meeting();
        quarrel.recorded();
        quarrel.case.team.push(Member {
            person: PersonId(Uuid::from_u128(0xba)),
            capacity: Capacity::Interpreter,
            since: quarrel.now,
        });
        assert_eq!(play(&quarrel.case), ["claimant", "respondent", "mediator"]);
        let consents = &mut quarrel.case.recordings[0].consents;
        consents.retain(|it| it.party.is_none());
        assert_eq!(play(&quarrel.case), ["mediator"], "no party was in it");
        consents_of(&mut quarrel.case, 0xba);
        assert_eq!(
            play(&quarrel.case),
            ["mediator", "stranger"],
            "the interpreter was"
        );
    }

    fn consents_of(case: &mut Case, person: u128) {
        let consents = &mut case.recordings[0].consents;
        let mut consent = consents[0].clone();
        consent.person = PersonId(Uuid::from_u128(person));
        consents.push(consent);
    }
}
