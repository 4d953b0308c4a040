//! Payloads of mediating in writing.

use jiff::Timestamp;
use uuid::Uuid;

use super::super::action::{Action, ActionKind};
use super::super::case::Case;
use super::super::ids::{MessageId, OfferId};
use super::super::time::civil_date;
use super::super::writing::{Conduct, Offer, OfferTerms, WithoutPrejudice, Writing};

fn open(case: &Case) -> impl Iterator<Item = &Offer> {
    let writing = case.stage.work().and_then(|work| work.writing.as_ref());
    writing.into_iter().flat_map(Writing::open_offers)
}

/// What the clock would do to the offers that lie open.
pub(super) fn lapses(case: &Case) -> Vec<Action> {
    open(case)
        .map(|offer| Action::LapseOffer { offer: offer.id })
        .collect()
}

pub(super) fn examples(case: &Case, kind: ActionKind, now: Timestamp) -> Vec<Action> {
    use ActionKind as K;
    let each = |action: fn(OfferId) -> Action| open(case).map(|offer| action(offer.id)).collect();
    match kind {
        K::ProposeWriting => vec![Action::ProposeWriting],
        K::AgreeToWriting => vec![Action::AgreeToWriting],
        K::AskForRoom => vec![Action::AskForRoom],
        K::WriteMessage => vec![Action::WriteMessage {
            message: MessageId(Uuid::nil()),
        }],
        K::MakeOffer => offers(case, now),
        K::AcceptOffer => each(|offer| Action::AcceptOffer { offer }),
        K::DeclineOffer => each(|offer| Action::DeclineOffer {
            offer,
            reason: WithoutPrejudice("…".to_owned()),
        }),
        K::WithdrawOffer => each(|offer| Action::WithdrawOffer { offer }),
        _ => lapses(case),
    }
}

/// An offer by itself, and one in answer to each that lies open.
fn offers(case: &Case, now: Timestamp) -> Vec<Action> {
    let (today, debtor) = (civil_date(now), case.parties.first().map(|party| party.id));
    let terms = OfferTerms {
        payment: None,
        conduct: debtor
            .into_iter()
            .map(|debtor| Conduct {
                debtor,
                act: "…".to_owned(),
                due: today,
            })
            .collect(),
        proof: "…".to_owned(),
        on_default: "…".to_owned(),
        valid_until: today,
    };
    let make = |counters| Action::MakeOffer {
        offer: OfferId(Uuid::nil()),
        counters,
        terms: WithoutPrejudice(terms.clone()),
    };
    let answers = open(case).map(|offer| make(Some(offer.id)));
    std::iter::once(make(None)).chain(answers).collect()
}
