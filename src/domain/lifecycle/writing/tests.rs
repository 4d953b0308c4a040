use uuid::Uuid;

use super::super::super::fixture::{CLAIMANT, Quarrel, RESPONDENT, Refused, actor, rules};
use super::super::super::follow_up::Recipient;
use super::super::super::ids::MessageId;
use super::super::super::lifecycle::Transition;
use super::super::super::money::Fen;
use super::super::super::offered::{due_action, is_offered};
use super::super::super::permission::Forbidden;
use super::super::super::safety::Sign;
use super::super::super::writing::WithoutPrejudice;
use super::*;
use crate::domain::action::ActionKind;

const FIRST: OfferId = OfferId(Uuid::from_u128(0x0fe1));
const SECOND: OfferId = OfferId(Uuid::from_u128(0x0fe2));

const MEDIATOR: Writer = Writer::Mediator;
const CLAIMS: Writer = Writer::Party { party: CLAIMANT };
const RESPONDS: Writer = Writer::Party { party: RESPONDENT };

fn of(quarrel: &Quarrel) -> Writing {
    let work = quarrel.case.stage.work().unwrap();
    work.writing.clone().unwrap()
}

fn awaited(quarrel: &Quarrel) -> Vec<Writer> {
    of(quarrel).awaited.iter().map(|it| it.who).collect()
}

fn state(quarrel: &Quarrel, offer: OfferId) -> &'static str {
    of(quarrel).offer(offer).unwrap().state.name()
}

fn out(why: OutOfOrder) -> Refused {
    Refused::OutOfOrder(why)
}

fn write() -> Action {
    Action::WriteMessage {
        message: MessageId(Uuid::nil()),
    }
}

fn told(transition: &Transition) -> Vec<(Recipient, &'static str)> {
    let told = transition.follow_ups.iter();
    told.filter_map(|it| match it {
        FollowUp::Notify { to, notice } => Some((*to, notice.name())),
        _ => None,
    })
    .collect()
}

fn decline(offer: OfferId) -> Action {
    let reason = WithoutPrejudice("拿不出这么多".to_owned());
    Action::DeclineOffer { offer, reason }
}

#[test]
fn nobody_writes_instead_of_meeting_before_every_party_has_agreed() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).active();
    let wrong = out(OutOfOrder::WrongState);
    assert_eq!(quarrel.refuses("claimant", write()), wrong);
    for name in ["claimant", "respondent", "dispatcher", "clock"] {
        let refused = quarrel.refuses(name, Action::ProposeWriting);
        assert_eq!(refused, Refused::Forbidden(Forbidden::NotYours), "{name}");
    }
    quarrel.act("mediator", Action::ProposeWriting);
    quarrel.act("claimant", Action::AgreeToWriting);
    let twice = quarrel.refuses("claimant", Action::AgreeToWriting);
    assert_eq!(twice, out(OutOfOrder::AlreadyDone));
    assert_eq!(
        quarrel.refuses("claimant", write()),
        wrong,
        "one is not all"
    );
    quarrel.act("respondent", Action::AgreeToWriting);
    assert_eq!(awaited(&quarrel), [MEDIATOR], "the mediator begins");
    quarrel.act("claimant", write());
}

#[test]
fn anybody_asks_for_the_room_at_any_time_and_nothing_new_is_written_then() {
    let rules = rules();
    for name in ["claimant", "respondent", "mediator"] {
        let mut asked = Quarrel::new(&rules).active();
        asked.act("mediator", Action::ProposeWriting);
        asked.act(name, Action::AskForRoom);
        let mut quarrel = Quarrel::new(&rules).writing();
        quarrel.offers("claimant", FIRST, None);
        let told = told(&quarrel.act(name, Action::AskForRoom));
        assert_eq!(told.len(), 2, "the others are told: {told:?}");
        assert_eq!(awaited(&quarrel), []);
        let again = quarrel.refuses("claimant", Action::AskForRoom);
        assert_eq!(again, out(OutOfOrder::AlreadyDone));
        let silent = quarrel.refuses("respondent", write());
        assert_eq!(silent, out(OutOfOrder::WrongState));
        let offer = FIRST;
        quarrel.act("respondent", Action::AcceptOffer { offer });
        quarrel.act("mediator", Action::ProposeWriting);
    }
}

#[test]
fn a_word_of_the_mediator_asks_the_parties_and_theirs_asks_the_mediator() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).writing();
    let first = told(&quarrel.act("mediator", write()));
    assert_eq!(awaited(&quarrel), [CLAIMS, RESPONDS]);
    assert_eq!(first.len(), 2);
    let due = of(&quarrel).turn_of(CLAIMS).unwrap().day();
    assert_eq!(due.to_string(), "2026-03-05", "three working days");
    let again = told(&quarrel.act("mediator", write()));
    assert_eq!(again, [], "who is asked already knows");
    let answered = told(&quarrel.act("claimant", write()));
    assert_eq!(awaited(&quarrel), [RESPONDS, MEDIATOR]);
    assert_eq!(answered.len(), 1, "the mediator alone: {answered:?}");
    let second = told(&quarrel.act("respondent", write()));
    let party = CLAIMANT;
    let to = Recipient::Party { party };
    assert_eq!(second, [(to, "message-written")], "who waits for nothing");
    assert_eq!(awaited(&quarrel), [MEDIATOR]);
}

#[test]
fn an_offer_accepted_by_all_lies_on_the_board_ready_to_be_signed() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).writing();
    quarrel.offers("respondent", FIRST, None);
    assert_eq!(awaited(&quarrel), [MEDIATOR, CLAIMS]);
    let own = quarrel.refuses("respondent", Action::AcceptOffer { offer: FIRST });
    assert_eq!(own, out(OutOfOrder::AlreadyDone));
    let other = quarrel.refuses("mediator", Action::AcceptOffer { offer: FIRST });
    assert_eq!(other, Refused::Forbidden(Forbidden::NotYours));
    let told = told(&quarrel.act("claimant", Action::AcceptOffer { offer: FIRST }));
    assert!(
        told.iter().all(|(_, notice)| *notice == "offer-agreed"),
        "{told:?}"
    );
    assert_eq!(state(&quarrel, FIRST), "accepted");
    let draft = &quarrel.case.stage.work().unwrap().draft;
    let sums: Vec<_> = draft
        .clauses
        .iter()
        .map(|clause| clause.terms.amount)
        .collect();
    assert_eq!(sums, [Some(Fen(765_432)), Some(Fen(8_000_000)), None]);
    assert!(draft.is_agreed_by(&[CLAIMANT, RESPONDENT]));
    assert_eq!(draft.clauses[2].terms.debtor, CLAIMANT);
}

#[test]
fn a_counter_offer_takes_the_place_of_what_it_answers_and_a_side_has_one_open() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).writing();
    quarrel.offers("claimant", FIRST, None);
    let make = |offer, counters| Action::MakeOffer {
        offer,
        counters,
        terms: WithoutPrejudice(quarrel.offer_terms()),
    };
    let (twice, own) = (make(SECOND, None), make(SECOND, Some(FIRST)));
    assert_eq!(
        quarrel.refuses("claimant", twice),
        out(OutOfOrder::OfferOpen)
    );
    assert_eq!(quarrel.refuses("claimant", own), out(OutOfOrder::Unknown));
    quarrel.offers("respondent", SECOND, Some(FIRST));
    assert_eq!(state(&quarrel, FIRST), "replaced");
    let gone = quarrel.refuses("respondent", Action::AcceptOffer { offer: FIRST });
    assert_eq!(gone, out(OutOfOrder::Unknown), "what was answered is gone");
    let offer = SECOND;
    let not_theirs = quarrel.refuses("claimant", Action::WithdrawOffer { offer });
    assert_eq!(not_theirs, out(OutOfOrder::Unknown));
    quarrel.act("respondent", Action::WithdrawOffer { offer });
    let late = quarrel.refuses("claimant", Action::AcceptOffer { offer });
    assert_eq!(
        late,
        out(OutOfOrder::Unknown),
        "what was taken back is gone"
    );
}

#[test]
fn an_offer_is_declined_with_a_reason_that_no_event_holds() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).writing();
    quarrel.offers("claimant", FIRST, None);
    let reason = WithoutPrejudice(" ".to_owned());
    let silent = Action::DeclineOffer {
        offer: FIRST,
        reason,
    };
    assert_eq!(
        quarrel.refuses("respondent", silent),
        out(OutOfOrder::Empty)
    );
    assert_eq!(
        quarrel.refuses("claimant", decline(FIRST)),
        out(OutOfOrder::Unknown)
    );
    let written = serde_json::to_string(&decline(FIRST)).unwrap();
    assert!(!written.contains("拿不出"), "{written}");
    quarrel.act("respondent", decline(FIRST));
    assert_eq!(state(&quarrel, FIRST), "declined");
    assert_eq!(awaited(&quarrel), [MEDIATOR]);
    quarrel.offers("claimant", SECOND, None);
}

#[test]
fn the_clock_takes_an_offer_down_when_its_day_is_over() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).writing();
    quarrel.offers("claimant", FIRST, None);
    let until = of(&quarrel).offer(FIRST).unwrap().valid.at;
    quarrel.now = until;
    assert_eq!(due_action(&rules, &quarrel.case, quarrel.now), None);
    let mut in_time = quarrel.clone();
    in_time.act("respondent", Action::AcceptOffer { offer: FIRST });
    quarrel.now = until + ONE_TICK;
    let late = quarrel.refuses("respondent", Action::AcceptOffer { offer: FIRST });
    assert_eq!(late, out(OutOfOrder::TooLate));
    let lapses = Action::LapseOffer { offer: FIRST };
    let due = due_action(&rules, &quarrel.case, quarrel.now);
    assert_eq!(due, Some(lapses.clone()));
    quarrel.act("clock", lapses);
    assert_eq!(state(&quarrel, FIRST), "lapsed");
    assert_eq!(due_action(&rules, &quarrel.case, quarrel.now), None);
}

#[test]
fn what_does_not_add_up_or_is_not_clear_is_not_offered() {
    let rules = rules();
    let quarrel = Quarrel::new(&rules).writing();
    let refused = |change: fn(&mut OfferTerms)| {
        let mut terms = quarrel.offer_terms();
        change(&mut terms);
        let (offer, terms) = (FIRST, WithoutPrejudice(terms));
        let counters = None;
        quarrel.refuses(
            "claimant",
            Action::MakeOffer {
                offer,
                counters,
                terms,
            },
        )
    };
    let sum = refused(|terms| terms.payment.as_mut().unwrap().sum = Fen(8_765_431));
    assert_eq!(sum, out(OutOfOrder::DoesNotAddUp));
    let vague = refused(|terms| terms.conduct[0].act = " ".to_owned());
    assert_eq!(vague, out(OutOfOrder::Empty));
    let unproved = refused(|terms| terms.proof.clear());
    assert_eq!(unproved, out(OutOfOrder::Empty));
    let nothing = refused(|terms| {
        terms.payment = None;
        terms.conduct.clear();
    });
    assert_eq!(nothing, out(OutOfOrder::Empty));
    let early = refused(|terms| terms.conduct[0].due = terms.valid_until.yesterday().unwrap());
    assert_eq!(
        early,
        out(OutOfOrder::BadTime),
        "due before it can be accepted"
    );
    let over = refused(|terms| terms.valid_until = "2026-03-01".parse().unwrap());
    assert_eq!(over, out(OutOfOrder::BadTime));
    let stranger = refused(|terms| terms.conduct[0].debtor = PartyId(Uuid::nil()));
    assert_eq!(stranger, out(OutOfOrder::Unknown));
}

#[test]
fn who_is_not_at_the_table_is_offered_nothing_of_it() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).writing();
    quarrel.offers("claimant", FIRST, None);
    let kinds = [
        ActionKind::WriteMessage,
        ActionKind::MakeOffer,
        ActionKind::AcceptOffer,
    ];
    for name in ["dispatcher", "head", "other_mediator", "stranger", "judge"] {
        for kind in kinds {
            let open = is_offered(&rules, &quarrel.case, &actor(name), kind, quarrel.now);
            assert!(!open, "{name} {kind:?}");
        }
    }
}

#[test]
fn while_somebody_may_be_in_danger_nobody_writes_to_the_other_side() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).writing();
    let signs = [Sign::Hurt].into();
    quarrel.act("dispatcher", Action::Screen { signs });
    for name in ["claimant", "respondent", "mediator"] {
        assert_eq!(
            quarrel.refuses(name, write()),
            out(OutOfOrder::Unsafe),
            "{name}"
        );
    }
    let mut quarrel = Quarrel::new(&rules).active();
    let signs = [Sign::Hurt].into();
    quarrel.act("dispatcher", Action::Screen { signs });
    let proposed = quarrel.refuses("mediator", Action::ProposeWriting);
    assert_eq!(proposed, out(OutOfOrder::Unsafe));
}

#[test]
fn nobody_s_phone_rings_for_every_line_of_the_other_side() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).writing();
    let respondent = (
        Recipient::Party { party: RESPONDENT },
        Notice::MessageWritten.name(),
    );
    let rings = |quarrel: &mut Quarrel, by| told(&quarrel.act(by, write())).contains(&respondent);
    assert!(rings(&mut quarrel, "claimant"));
    assert!(!rings(&mut quarrel, "claimant"), "they know");
    quarrel.act("respondent", write());
    assert!(rings(&mut quarrel, "claimant"), "they have been here since");
    quarrel.now += SignedDuration::from_hours(25);
    assert!(rings(&mut quarrel, "claimant"), "a day later");
}

/// What one promised in an offer that all took in the place of an earlier one is owed once.
#[test]
fn a_second_offer_that_all_accept_takes_the_place_of_the_first_on_the_board() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).writing();
    let terms = quarrel.terms();
    let clause = crate::domain::fixture::CLAUSE;
    quarrel.act("mediator", Action::AddClause { clause, terms });
    let mut accepted = |offer| {
        quarrel.offers("respondent", offer, None);
        let told = told(&quarrel.act("claimant", Action::AcceptOffer { offer }));
        let clauses = &quarrel.case.stage.work().unwrap().draft.clauses;
        (clauses.len(), told)
    };
    let (first, told) = accepted(FIRST);
    assert_eq!(first, 4, "the mediator's clause and three of the offer");
    let mediator = told
        .iter()
        .filter(|(to, _)| matches!(to, Recipient::Person { .. }));
    let mediator: Vec<_> = mediator.map(|(_, notice)| *notice).collect();
    assert_eq!(
        mediator,
        ["offer-agreed-beside"],
        "not all have agreed to one"
    );
    let (second, told) = accepted(SECOND);
    assert_eq!(second, 4, "nothing is owed twice");
    let notices: Vec<_> = told.iter().map(|(_, notice)| *notice).collect();
    let instead = "offer-agreed-instead";
    assert_eq!(
        notices,
        [instead, instead, "offer-agreed-beside"],
        "everybody hears that what was agreed before is gone"
    );
    assert_eq!(quarrel.case.agreed_by_offer().count(), 3);
    assert_eq!(state(&quarrel, FIRST), "replaced");
    assert_eq!(state(&quarrel, SECOND), "accepted");
    let draft = &quarrel.case.stage.work().unwrap().draft;
    let open: Vec<_> = draft.unassented(&[CLAIMANT, RESPONDENT]).collect();
    assert_eq!(open.len(), 1);
    assert_eq!(open[0].id, clause, "what the mediator wrote stays");
}

fn later(transition: &Transition) -> Vec<(String, Recipient, &'static str)> {
    let planned = transition.follow_ups.iter();
    planned
        .filter_map(|it| match it {
            FollowUp::Later { at, to, notice } => Some((at.to_string(), *to, notice.name())),
            _ => None,
        })
        .collect()
}

#[test]
fn whoever_is_asked_is_reminded_once_and_the_mediator_hears_when_their_day_is_over() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).writing();
    quarrel.act("claimant", write());
    let planned = later(&quarrel.act("mediator", write()));
    let (morning, after) = ("2026-03-05T01:00:00Z", "2026-03-06T01:00:00Z");
    let mut expected = Vec::new();
    for party in [CLAIMANT, RESPONDENT] {
        let mediator = quarrel.case.stage.mediator().unwrap();
        let to = Recipient::Party { party };
        expected.push((morning.to_owned(), to, "answer-due"));
        let to = Recipient::Person { person: mediator };
        expected.push((after.to_owned(), to, "answer-over"));
    }
    assert_eq!(planned, expected);
    let due = of(&quarrel).turn_of(CLAIMS).unwrap().at;
    assert!(quarrel.case.stage.due().unwrap().at > due);
    let listed = |quarrel: &Quarrel, now| quarrel.case.due(now).unwrap().at;
    assert_eq!(listed(&quarrel, due), due, "on the lists of the office");
    let (late, end) = (due + ONE_TICK, quarrel.case.stage.due().unwrap().at);
    assert_eq!(listed(&quarrel, late), end, "and does not hide the end");
    assert_eq!(
        quarrel.case.due_for(CLAIMANT).unwrap().at,
        due,
        "and their own"
    );
    quarrel.act("claimant", write());
    assert_ne!(quarrel.case.due_for(CLAIMANT).unwrap().at, due);
    let own = of(&quarrel).turn_of(MEDIATOR).unwrap().at;
    assert_eq!(listed(&quarrel, late), own, "which is the office's to do");
}

#[test]
fn nobody_is_asked_for_a_word_once_the_agreement_lies_open_for_signing_or_danger_is_warned_of() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).writing();
    quarrel.act("mediator", write());
    assert_eq!(quarrel.case.turns().count(), 2);
    let mut warned = quarrel.clone();
    let signs = [Sign::Hurt].into();
    warned.act("dispatcher", Action::Screen { signs });
    assert_eq!(warned.case.turns().count(), 0, "nobody is pressed to write");
    quarrel.offers("respondent", FIRST, None);
    quarrel.act("claimant", Action::AcceptOffer { offer: FIRST });
    assert_eq!(awaited(&quarrel), [MEDIATOR]);
    quarrel.identify();
    quarrel.prepare();
    assert_eq!(awaited(&quarrel), [], "signing has terms of its own");
    assert_eq!(quarrel.case.turns().count(), 0);
}
