//! Where a case stands and what comes next, in words for whoever reads it.

use crate::domain::agreement::{Settlement, Signer};
use crate::domain::case::Case;
use crate::domain::ids::PersonId;
use crate::domain::ladder::Answer;
use crate::domain::party::Party;
use crate::domain::session::{Session, SessionState};
use crate::domain::stage::{Closing, Mediate, Stage};
use crate::domain::writing::{Consent, Writer};
use crate::i18n::Text;

/// The key of a state's texts: its name, and what the name does not tell.
pub(super) fn state(case: &Case) -> String {
    let performed = case
        .stage
        .settlement()
        .is_some_and(Settlement::is_performed);
    if performed && case.to_verify().is_some() {
        return "to-verify".to_owned();
    }
    let name = case.stage.name().replace(['.', '_'], "-");
    let detail = match &case.stage {
        Stage::Mediate { at } => match at.as_ref() {
            Mediate::Inviting {
                help_wanted: true, ..
            } => "-help",
            Mediate::Inviting { .. } if wants_to_meet(case) => "-meet",
            Mediate::Disclosing {
                disclosure: None, ..
            } => "-asked",
            Mediate::Disclosing {
                disclosure: Some(told),
                ..
            } if told.challenge.is_some() => "-challenged",
            Mediate::Disclosing { .. } => "-told",
            Mediate::Active { work } if work.sessions.iter().any(Session::is_open) => "-open",
            Mediate::Active { work } if work.sessions.iter().any(is_scheduled) => "-scheduled",
            Mediate::Active { work } => match work.writing.as_ref().map(|it| &it.consent) {
                Some(Consent::Asked { .. }) => "-asked-to-write",
                Some(Consent::Given { .. }) => "-writing",
                _ => "",
            },
            Mediate::Signing { agreement, .. } if agreement.is_certified() => "-scanned",
            Mediate::Signing { agreement, .. } if agreement.by_hand.is_some() => "-sheets",
            Mediate::Ended { ending } if ending.certificate.is_none() => "-uncertified",
            _ => "",
        },
        Stage::Closed {
            why: Closing::Performed { .. },
            ..
        } => "-performed",
        Stage::Closed {
            why: Closing::Joined { .. },
            ..
        } => "-joined",
        _ => "",
    };
    format!("{name}{detail}")
}

fn wants_to_meet(case: &Case) -> bool {
    let meets = |party: &Party| case.answer(party.id) == Some(Answer::Meet);
    case.parties.iter().any(meets)
}

fn is_scheduled(session: &Session) -> bool {
    session.state == SessionState::Scheduled
}

pub(super) fn stands(case: &Case) -> Text {
    Text::key(format!("case-state-{}", state(case)))
}

/// What comes next, said to a role; `acted` tells whoever has done their part, or has none now, from whoever has not.
pub(super) fn next(case: &Case, role: &'static str, person: PersonId) -> Text {
    let acted = match to_sign(case, person) {
        Some(waits) => waits,
        None if has_acted(case, person) => "yes",
        None => "no",
    };
    Text::key(format!("case-next-{}", state(case)))
        .with("role", role)
        .with("acted", acted)
}

/// Why somebody on a party's side does not sign the agreement that lies open: another signs for it, it has signed, or others
/// sign first.
fn to_sign(case: &Case, person: PersonId) -> Option<&'static str> {
    let (agreement, seat) = (case.stage.signing()?, case.seat_of(person)?);
    let place = Signer::Party { party: seat.id };
    if !seat.is_signed_by(person) {
        Some("another")
    } else if agreement.by_hand.is_some() || agreement.may_sign_next(place, &case.party_ids()) {
        None
    } else if agreement.is_signed_by(place) {
        Some("yes")
    } else {
        Some("wait")
    }
}

/// Whether this party has done its part where every party has one.
fn has_acted(case: &Case, person: PersonId) -> bool {
    let Some(seat) = case.seat_of(person) else {
        return false;
    };
    match &case.stage {
        Stage::Mediate { at } => match at.as_ref() {
            Mediate::Disclosing {
                disclosure: Some(told),
                ..
            } => told.waived.contains(&seat.id),
            Mediate::Active { work } => {
                let party = seat.id;
                let writing = work.writing.as_ref();
                writing.is_some_and(|it| it.turn_of(Writer::Party { party }).is_none())
            }
            _ => false,
        },
        Stage::Confirm { application, .. } => application.has_joined(seat.id),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::view::steps;
    use super::*;
    use crate::domain::action::Action;
    use crate::domain::agent::{Agent, Right};
    use crate::domain::agreement::{Agreement, ByHand};
    use crate::domain::fixture::{Quarrel, actor, rules};
    use crate::domain::hash::ContentHash;
    use crate::domain::signature::Order;
    use crate::domain::track::Way;
    use crate::i18n::{Locale, Texts};

    /// Every name that a state can have, with what [`state`] adds to it.
    const STATES: &[&str] = &[
        "consult",
        "assess-submitted",
        "assess-routed",
        "mediate-received",
        "mediate-inviting",
        "mediate-inviting-help",
        "mediate-inviting-meet",
        "mediate-selecting",
        "mediate-disclosing-asked",
        "mediate-disclosing-told",
        "mediate-disclosing-challenged",
        "mediate-active",
        "mediate-active-scheduled",
        "mediate-active-open",
        "mediate-paused",
        "mediate-signing",
        "mediate-signing-sheets",
        "mediate-signing-scanned",
        "mediate-settled",
        "mediate-partial",
        "mediate-ended",
        "mediate-ended-uncertified",
        "confirm-prepared",
        "confirm-filed",
        "confirm-reviewing",
        "confirm-valid",
        "confirm-dismissed",
        "confirm-not-accepted",
        "confirm-withdrawn",
        "perform",
        "to-verify",
        "breached",
        "arbitrate",
        "litigate",
        "closed",
        "closed-performed",
        "closed-joined",
    ];

    #[test]
    fn every_state_says_where_it_stands_and_what_comes_next() {
        let texts = Texts::load(None).unwrap();
        for name in STATES {
            for locale in Locale::ALL {
                assert!(texts.has(locale, &format!("case-state-{name}")), "{name}");
                for role in ["claimant", "respondent", "staff"] {
                    let args = [("role", role.into()), ("acted", "no".into())];
                    let words = texts.t(locale, &format!("case-next-{name}"), &args);
                    assert!(!words.contains('⟦'), "{words}");
                }
            }
        }
    }

    /// What somebody of the fixture reads next.
    fn says(quarrel: &Quarrel<'_>, name: &str) -> String {
        let hand = actor(name);
        let role = super::super::view::role(&quarrel.case.standings(&hand));
        let next = next(&quarrel.case, role, hand.person().unwrap());
        Texts::load(None).unwrap().say(Locale::ZhCn, &next)
    }

    fn agreement(case: &mut Case) -> &mut Agreement {
        let Stage::Mediate { at } = &mut case.stage else {
            panic!("it is not in mediation");
        };
        match at.as_mut() {
            Mediate::Signing { agreement, .. } => agreement,
            _ => panic!("nothing is signed"),
        }
    }

    #[test]
    fn whoever_does_not_sign_now_is_not_told_to() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).signing();
        agreement(&mut quarrel.case).order = Order::Fixed;
        assert!(says(&quarrel, "claimant").contains("在手机上签名"));
        let waits = says(&quarrel, "respondent");
        assert!(waits.contains("还没有轮到您"), "{waits}");
        quarrel.sign_next("claimant");
        assert!(says(&quarrel, "claimant").contains("您已经签好了"));
        assert!(says(&quarrel, "respondent").contains("在手机上签名"));
        let seat = &mut quarrel.case.parties[1];
        seat.agent = Some(Box::new(Agent {
            person: actor("stranger").person(),
            name: seat.name.clone(),
            contact: seat.contact.clone(),
            right: Right::Guardian {
                relation: "母亲".to_owned(),
                for_both: true,
            },
            proof: ContentHash::of(b"proof"),
            named_by: PersonId(uuid::Uuid::nil()),
            named_at: quarrel.now,
            accepted: seat.identity.clone(),
        }));
        assert!(says(&quarrel, "respondent").contains("由另一位签名"));
        assert!(says(&quarrel, "stranger").contains("在手机上签名"));
    }

    #[test]
    fn what_is_signed_on_paper_nobody_is_told_to_sign_on_a_phone() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).signing();
        agreement(&mut quarrel.case).by_hand = Some(ByHand::default());
        let sheets = |quarrel: &Quarrel<'_>, words: &str| {
            for name in ["claimant", "respondent", "mediator"] {
                let next = says(quarrel, name);
                assert!(next.contains(words) && !next.contains("手机"), "{next}");
            }
        };
        sheets(&quarrel, "纸");
        agreement(&mut quarrel.case).by_hand = Some(ByHand {
            scan: vec![ContentHash::of(b"scan")],
            ..ByHand::default()
        });
        sheets(&quarrel, "扫描件");
    }

    #[test]
    fn a_case_on_its_way_is_in_a_state_with_words() {
        let rules = rules();
        let new = || Quarrel::new(&rules);
        for quarrel in [
            new(),
            new().received(),
            new().inviting(),
            new().selecting(),
            new().disclosing(),
        ]
        .into_iter()
        .chain([
            new().active(),
            new().signing(),
            new().settled(),
            new().filed(),
            new().confirmed(),
        ]) {
            assert!(
                STATES.contains(&state(&quarrel.case).as_str()),
                "{}",
                state(&quarrel.case)
            );
            assert_eq!(steps(&quarrel.case).len(), 5);
        }
    }

    #[test]
    fn what_was_agreed_and_not_kept_was_mediated_all_the_same() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).settled();
        quarrel.wait(11);
        quarrel.act("claimant", Action::ReportBreach);
        quarrel.act("claimant", Action::HandOver { to: Way::Court });
        let states: Vec<_> = steps(&quarrel.case).iter().map(|step| step.state).collect();
        assert_eq!(states, ["done", "done", "done", "skipped", "now"]);
    }
}
