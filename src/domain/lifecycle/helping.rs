//! An authority is asked to help, and answers; both are in the record of the case.

use super::super::help::{Asked, HelpAnswer, HelpOutcome, HelpRequest};
use super::super::ids::{OrganisationId, RequestId};
use super::super::permission::asks_authorities;
use super::super::rules::TermKey;
use super::{Action, Notice, OutOfOrder, Outcome, Role, Stage, Step, said};

pub(super) fn carry_out(step: &mut Step, action: &Action) -> Outcome {
    match action {
        Action::AskAuthority {
            id,
            authority,
            asked,
        } => ask(step, *id, *authority, asked),
        Action::AnswerRequest { id, outcome, text } => answer(step, *id, *outcome, text),
        _ => Err(OutOfOrder::WrongState),
    }
}

fn ask(step: &mut Step, id: RequestId, authority: OrganisationId, asked: &Asked) -> Outcome {
    if matches!(step.case.stage, Stage::Consult | Stage::Closed { .. }) {
        return Err(OutOfOrder::WrongState);
    }
    said(&asked.what)?;
    if let Some(party) = asked.contact {
        step.case.party(party).ok_or(OutOfOrder::Unknown)?;
    }
    let case = &step.case;
    let again = |it: &HelpRequest| it.id == id || (it.authority == authority && it.is_open());
    if case.requests.iter().any(again) {
        return Err(OutOfOrder::AlreadyDone);
    }
    let request = HelpRequest {
        id,
        authority,
        asked: asked.clone(),
        by: step.acting_person()?,
        at: step.now,
        due: step.due(TermKey::HelpAnswer),
        answer: None,
    };
    step.case.requests.push(request);
    step.notify_post(authority, Role::Dispatcher, Notice::HelpAsked);
    Ok(())
}

/// The authority's own answer, or what staff were told by letter or on the phone.
fn answer(step: &mut Step, id: RequestId, outcome: HelpOutcome, text: &str) -> Outcome {
    said(text)?;
    let (by, at) = (step.acting_person()?, step.now);
    let actor = step.permitted.actor();
    let staff = asks_authorities(actor, &step.case);
    let mut requests = step.case.requests.iter_mut();
    let request = requests
        .find(|request| request.id == id)
        .ok_or(OutOfOrder::Unknown)?;
    let own = request.is_for(actor);
    if !own && !staff {
        return Err(OutOfOrder::Unknown);
    }
    if !request.is_open() {
        return Err(OutOfOrder::AlreadyDone);
    }
    request.answer = Some(HelpAnswer {
        by,
        recorded: !own,
        outcome,
        text: text.to_owned(),
        at,
    });
    let (asker, shown) = (request.by, request.asked.shown);
    if asker != by {
        step.notify_person(asker, Notice::HelpAnswered);
    }
    if shown {
        step.notify_parties(Notice::HelpAnswered);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::actor::{Actor, Post};
    use crate::domain::fixture::{CLAIMANT, COMMITTEE, Quarrel, Refused, rules};
    use crate::domain::ids::PersonId;
    use crate::domain::permission::Forbidden;

    const AUTHORITY: OrganisationId = OrganisationId(Uuid::from_u128(0xe1));
    const REQUEST: RequestId = RequestId(Uuid::from_u128(0xe2));

    fn asked(what: &str, shown: bool) -> Action {
        Action::AskAuthority {
            id: REQUEST,
            authority: AUTHORITY,
            asked: Asked {
                what: what.to_owned(),
                contact: Some(CLAIMANT),
                shown,
            },
        }
    }

    fn answered(text: &str) -> Action {
        Action::AnswerRequest {
            id: REQUEST,
            outcome: HelpOutcome::Acted,
            text: text.to_owned(),
        }
    }

    fn officer(organisation: OrganisationId) -> Actor {
        Actor::Staff {
            person: PersonId(Uuid::from_u128(0xe3)),
            posts: vec![Post {
                organisation,
                role: Role::Dispatcher,
            }],
        }
    }

    #[test]
    fn an_authority_answers_what_it_was_asked_once_and_sees_no_case() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active();
        let own = officer(AUTHORITY);
        let before = quarrel.attempt(&own, answered("已清理")).unwrap_err();
        assert_eq!(before, Refused::Forbidden(Forbidden::Stranger));
        for name in [
            "claimant",
            "respondent",
            "seal_holder",
            "supervisor",
            "clock",
        ] {
            assert!(matches!(
                quarrel.refuses(name, asked("楼道堆物", true)),
                Refused::Forbidden(_)
            ));
        }
        let empty = Refused::OutOfOrder(OutOfOrder::Empty);
        assert_eq!(quarrel.refuses("mediator", asked(" ", true)), empty);
        quarrel.act("mediator", asked("楼道堆物挡住了消防通道", true));
        let twice = Refused::OutOfOrder(OutOfOrder::AlreadyDone);
        assert_eq!(
            quarrel.refuses("dispatcher", asked("楼道堆物", true)),
            twice
        );
        let other = officer(OrganisationId(Uuid::from_u128(0xe9)));
        assert!(quarrel.attempt(&other, answered("已清理")).is_err());
        assert!(!quarrel.case.may_see(&own), "nothing else of the case");
        assert_eq!(
            quarrel.refuses("claimant", answered("已清理")),
            Refused::Forbidden(Forbidden::NotYours)
        );
        quarrel.case = quarrel.attempt(&own, answered("已清理")).unwrap().case;
        let answer = quarrel
            .case
            .request(REQUEST)
            .unwrap()
            .answer
            .clone()
            .unwrap();
        assert!(!answer.recorded);
        assert!(
            quarrel.attempt(&own, answered("又去了")).is_err(),
            "it is answered"
        );
    }

    #[test]
    fn what_parties_are_not_shown_they_are_not_told_of_and_staff_write_an_answer_down() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active();
        quarrel.act("dispatcher", asked("夜里有人聚众吵闹", false));
        let told = quarrel.attempt(
            &crate::domain::fixture::actor("mediator"),
            answered("电话里说已经出警"),
        );
        let told = told.unwrap();
        let to_party = |it: &super::super::FollowUp| format!("{it:?}").contains("Party");
        assert!(!told.follow_ups.iter().any(to_party));
        let request = told.case.request(REQUEST).unwrap();
        assert!(request.answer.as_ref().unwrap().recorded);
        assert!(request.due.at > quarrel.now);
        assert_ne!(request.authority, COMMITTEE);
    }
}
