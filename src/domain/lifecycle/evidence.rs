//! Evidence: shown from the first day until the mediation is over, withdrawn by whoever gave it.

use super::super::evidence::{Evidence, EvidenceFile, MOST_EVIDENCE};
use super::super::ids::EvidenceId;
use super::super::stage::Stage;
use super::{Action, Mediate, OutOfOrder, Outcome, Step};

pub(super) fn carry_out(step: &mut Step, action: &Action) -> Outcome {
    if !is_gathering(&step.case.stage) {
        return Err(OutOfOrder::WrongState);
    }
    match action {
        Action::ShowEvidence { id, file, note } => show(step, *id, file, note),
        Action::WithdrawEvidence { id } => withdraw(step, *id),
        _ => Err(OutOfOrder::WrongState),
    }
}

/// Whether the people of the case still look for a settlement together, and so show each other what they have.
pub(in crate::domain) fn is_gathering(stage: &Stage) -> bool {
    match stage {
        Stage::Assess { .. } => true,
        Stage::Mediate { at } => !matches!(
            **at,
            Mediate::Settled { .. } | Mediate::Partial { .. } | Mediate::Ended { .. }
        ),
        _ => false,
    }
}

fn show(step: &mut Step, id: EvidenceId, file: &EvidenceFile, note: &str) -> Outcome {
    let (by, at) = (step.acting_person()?, step.now);
    let evidence = &mut step.case.evidence;
    let of_giver = |known: &&Evidence| known.by == by;
    let twice = |known: &Evidence| {
        known.id == id || known.is_shown() && known.file.original == file.original
    };
    if evidence.iter().any(twice) {
        return Err(OutOfOrder::AlreadyDone);
    }
    if evidence.iter().filter(of_giver).count() >= MOST_EVIDENCE {
        return Err(OutOfOrder::TooMany);
    }
    evidence.push(Evidence {
        id,
        file: file.clone(),
        note: note.to_owned(),
        by,
        at,
        withdrawn_at: None,
    });
    Ok(())
}

/// Only by whoever gave it.
fn withdraw(step: &mut Step, id: EvidenceId) -> Outcome {
    let (by, now) = (step.acting_person()?, step.now);
    let mut evidence = step.case.evidence.iter_mut();
    let found = evidence
        .find(|known| known.id == id && known.by == by && known.is_shown())
        .ok_or(OutOfOrder::Unknown)?;
    found.withdrawn_at = Some(now);
    Ok(())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::evidence::Media;
    use crate::domain::fixture::{Quarrel, Refused, actor, rules};
    use crate::domain::hash::ContentHash;
    use crate::domain::permission::{Forbidden, Looks, may_look_at};

    fn photo(number: u128) -> Action {
        Action::ShowEvidence {
            id: EvidenceId(Uuid::from_u128(number)),
            file: EvidenceFile {
                media: Media::Jpeg,
                name: "墙面.jpg".to_owned(),
                size: 3,
                original: ContentHash::of(&number.to_be_bytes()),
                preview: None,
            },
            note: String::new(),
        }
    }

    fn withdraw(number: u128) -> Action {
        Action::WithdrawEvidence {
            id: EvidenceId(Uuid::from_u128(number)),
        }
    }

    #[test]
    fn evidence_is_shown_from_the_first_day_and_no_more_once_the_mediation_is_over() {
        let rules = rules();
        let mut received = Quarrel::new(&rules);
        received.act("claimant", photo(1));
        let mut signing = Quarrel::new(&rules).signing();
        signing.act("respondent", photo(1));
        let settled = Quarrel::new(&rules).settled();
        let refused = settled.refuses("claimant", photo(1));
        assert_eq!(refused, Refused::OutOfOrder(OutOfOrder::WrongState));
    }

    #[test]
    fn only_its_giver_withdraws_it_and_the_record_keeps_that_it_was_there() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active();
        quarrel.act("claimant", photo(1));
        let twice = quarrel.refuses("respondent", photo(1));
        assert_eq!(twice, Refused::OutOfOrder(OutOfOrder::AlreadyDone));
        for name in ["respondent", "mediator"] {
            let refused = quarrel.refuses(name, withdraw(1));
            assert_eq!(refused, Refused::OutOfOrder(OutOfOrder::Unknown), "{name}");
        }
        quarrel.act("claimant", withdraw(1));
        assert!(!quarrel.case.evidence[0].is_shown());
        let again = quarrel.refuses("claimant", withdraw(1));
        assert_eq!(again, Refused::OutOfOrder(OutOfOrder::Unknown));
    }

    #[test]
    fn nobody_but_the_parties_and_their_mediator_shows_or_sees_it() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active();
        quarrel.act("claimant", photo(1));
        for name in ["dispatcher", "seal_holder"] {
            let refused = quarrel.refuses(name, photo(2));
            assert_eq!(refused, Refused::Forbidden(Forbidden::NotYours), "{name}");
        }
        let looks = |quarrel: &Quarrel, name| {
            may_look_at(&actor(name), &quarrel.case, &quarrel.case.evidence[0])
        };
        assert_eq!(looks(&quarrel, "claimant"), Some(Looks::AtOriginal));
        assert_eq!(looks(&quarrel, "mediator"), Some(Looks::AtOriginal));
        assert_eq!(looks(&quarrel, "respondent"), Some(Looks::AtPreview));
        for name in [
            "dispatcher",
            "seal_holder",
            "other_mediator",
            "stranger",
            "judge",
        ] {
            assert_eq!(looks(&quarrel, name), None, "{name}");
        }
        quarrel.act("claimant", withdraw(1));
        assert_eq!(looks(&quarrel, "claimant"), Some(Looks::AtOriginal));
        for name in ["mediator", "respondent"] {
            assert_eq!(looks(&quarrel, name), None, "{name}");
        }
    }

    #[test]
    fn nobody_fills_a_case_with_files() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active();
        let most = MOST_EVIDENCE as u128;
        for number in 0..most {
            quarrel.act("claimant", photo(number));
        }
        quarrel.act("claimant", withdraw(0));
        let refused = quarrel.refuses("claimant", photo(most));
        assert_eq!(refused, Refused::OutOfOrder(OutOfOrder::TooMany));
        quarrel.act("respondent", photo(most));
    }
}
