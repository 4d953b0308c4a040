//! Exhibits: handed in until the court has ruled, taken back until an application names them.

use super::super::confirmation::Phase;
use super::super::exhibit::{Exhibit, MOST_EXHIBITS};
use super::super::hash::ContentHash;
use super::{Action, Mediate, Notice, OutOfOrder, Outcome, Role, Stage, Step};

pub(super) fn carry_out(step: &mut Step, action: &Action) -> Outcome {
    match action {
        Action::HandIn { kind, note, file } => {
            let (by, at) = (step.acting_person()?, step.now);
            let exhibit = Exhibit {
                kind: *kind,
                note: note.clone(),
                file: file.clone(),
                by,
                at,
            };
            hand_in(step, exhibit)
        }
        Action::TakeBack { file } => take_back(step, file),
        _ => Err(OutOfOrder::WrongState),
    }
}

fn hand_in(step: &mut Step, exhibit: Exhibit) -> Outcome {
    let before_ruling = matches!(
        step.case.stage,
        Stage::Confirm {
            phase: Phase::Prepared | Phase::Filed { .. } | Phase::Reviewing { .. },
            ..
        }
    );
    if !before_ruling && !between_parties(step) {
        return Err(OutOfOrder::WrongState);
    }
    let case = &mut step.case;
    if case.exhibits.iter().any(|known| known.file == exhibit.file) {
        return Err(OutOfOrder::AlreadyDone);
    }
    let lying = case.exhibits.iter().filter(|known| known.by == exhibit.by);
    let gone = case.taken_back.iter().filter(|by| **by == exhibit.by);
    if lying.count() + gone.count() >= MOST_EXHIBITS {
        return Err(OutOfOrder::TooMany);
    }
    case.exhibits.push(exhibit);
    tell_court(step);
    Ok(())
}

/// Whoever looks at the application has seen what it came with, and not this.
fn tell_court(step: &mut Step) {
    let Stage::Confirm {
        application, phase, ..
    } = &step.case.stage
    else {
        return;
    };
    let role = match phase {
        Phase::Filed { .. } => Role::Clerk,
        Phase::Reviewing { .. } => Role::Judge,
        _ => return,
    };
    step.notify_post(application.court, role, Notice::ExhibitHandedIn);
}

/// Only by whoever handed it in.
fn take_back(step: &mut Step, file: &ContentHash) -> Outcome {
    let by = step.acting_person()?;
    if !between_parties(step) {
        return Err(OutOfOrder::WrongState);
    }
    // What was done by it rests on it.
    if step.case.parties.iter().any(|seat| seat.rests_on(file)) {
        return Err(OutOfOrder::WrongState);
    }
    let exhibits = &mut step.case.exhibits;
    let place = exhibits
        .iter()
        .position(|known| known.file == *file && known.by == by)
        .ok_or(OutOfOrder::Unknown)?;
    exhibits.remove(place);
    step.case.taken_back.push(by);
    Ok(())
}

/// From the first talk to the agreement in effect, before anything is asked of a court.
fn between_parties(step: &Step) -> bool {
    let Stage::Mediate { at } = &step.case.stage else {
        return false;
    };
    matches!(
        **at,
        Mediate::Active { .. }
            | Mediate::Signing { .. }
            | Mediate::Settled { .. }
            | Mediate::Partial { .. }
    )
}

#[cfg(test)]
mod tests {
    use super::super::super::exhibit::ExhibitKind;
    use super::super::super::fixture::{COURT, Quarrel, Refused, actor, rules};
    use super::super::super::permission::{Forbidden, may_open};
    use super::super::{FollowUp, Recipient};
    use super::*;

    fn file() -> ContentHash {
        ContentHash::of(b"a deed")
    }

    fn deed() -> Action {
        Action::HandIn {
            kind: ExhibitKind::Property,
            note: String::new(),
            file: file(),
        }
    }

    fn take_back() -> Action {
        Action::TakeBack { file: file() }
    }

    #[test]
    fn a_party_hands_in_a_deed_and_may_take_it_back_until_the_court_is_asked() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).settled();
        quarrel.act("claimant", deed());
        let twice = quarrel.refuses("respondent", deed());
        assert_eq!(twice, Refused::OutOfOrder(OutOfOrder::AlreadyDone));
        let of_another = quarrel.refuses("respondent", take_back());
        assert_eq!(of_another, Refused::OutOfOrder(OutOfOrder::Unknown));
        quarrel.act("claimant", take_back());
        assert!(quarrel.case.exhibits.is_empty());
        quarrel.act("claimant", deed());
        quarrel.join("claimant");
        let late = quarrel.refuses("claimant", take_back());
        assert_eq!(late, Refused::OutOfOrder(OutOfOrder::WrongState));
    }

    #[test]
    fn exhibits_are_open_to_the_parties_their_mediator_and_the_court_alone() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).settled();
        quarrel.act("mediator", deed());
        let opens = |quarrel: &Quarrel, name| may_open(&actor(name), &quarrel.case, &file());
        assert!(!opens(&quarrel, "judge"), "nothing is before the court yet");
        quarrel.join("respondent");
        quarrel.join("claimant");
        for name in ["claimant", "respondent", "mediator", "clerk", "judge"] {
            assert!(opens(&quarrel, name), "{name}");
        }
        for name in ["dispatcher", "seal_holder", "other_mediator", "stranger"] {
            assert!(!opens(&quarrel, name), "{name}");
        }
    }

    #[test]
    fn the_court_is_told_of_what_comes_while_it_looks_at_the_application() {
        let rules = rules();
        let new = || Quarrel::new(&rules);
        for (mut quarrel, told) in [
            (new().settled(), None),
            (new().filed(), Some(Role::Clerk)),
            (new().reviewing(), Some(Role::Judge)),
        ] {
            let handed = quarrel.act("claimant", deed());
            let heard = handed.follow_ups.iter().find_map(|it| match it {
                FollowUp::Notify {
                    to: Recipient::Post { organisation, role },
                    notice: Notice::ExhibitHandedIn,
                } => Some((*organisation, *role)),
                _ => None,
            });
            assert_eq!(heard, told.map(|role| (COURT, role)));
        }
    }

    #[test]
    fn nobody_else_hands_anything_in_and_nothing_after_the_ruling() {
        let rules = rules();
        let filed = Quarrel::new(&rules).filed();
        for name in ["dispatcher", "seal_holder", "clerk", "judge"] {
            let refused = filed.refuses(name, deed());
            assert_eq!(refused, Refused::Forbidden(Forbidden::NotYours), "{name}");
        }
        let mut reviewing = Quarrel::new(&rules).reviewing();
        reviewing.act("respondent", deed());
        let confirmed = Quarrel::new(&rules).confirmed();
        let refused = confirmed.refuses("claimant", deed());
        assert_eq!(refused, Refused::OutOfOrder(OutOfOrder::WrongState));
    }

    #[test]
    fn a_case_does_not_grow_without_end() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active();
        let one = |number: usize| Action::HandIn {
            kind: ExhibitKind::Other,
            note: String::new(),
            file: ContentHash::of(&number.to_be_bytes()),
        };
        for number in 0..MOST_EXHIBITS {
            quarrel.act("claimant", one(number));
        }
        let refused = quarrel.refuses("claimant", one(MOST_EXHIBITS));
        assert_eq!(refused, Refused::OutOfOrder(OutOfOrder::TooMany));
        let file = ContentHash::of(&0_usize.to_be_bytes());
        quarrel.act("claimant", Action::TakeBack { file });
        let refused = quarrel.refuses("claimant", one(MOST_EXHIBITS));
        let exhausted = "what was taken back counts";
        assert_eq!(
            refused,
            Refused::OutOfOrder(OutOfOrder::TooMany),
            "{exhausted}"
        );
        quarrel.act("respondent", one(MOST_EXHIBITS));
    }
}
