//! Offers that may or may not fit.

use uuid::Uuid;

use super::super::super::ids::OfferId;
use super::super::super::money::Fen;
use super::super::super::writing::{WithoutPrejudice, Writing};
use super::{Action, ActionKind, Quarrel};

pub(super) fn payload(quarrel: &Quarrel, kind: ActionKind, which: usize) -> Action {
    let work = quarrel.case.stage.work();
    let open: Vec<_> = work
        .and_then(|work| work.writing.as_ref())
        .into_iter()
        .flat_map(Writing::open_offers)
        .map(|offer| offer.id)
        .collect();
    let known = work
        .and_then(|work| work.writing.as_ref())
        .map_or(0, |writing| writing.offers.len() as u128);
    let offer = open
        .get(which % 2)
        .copied()
        .unwrap_or(OfferId(Uuid::from_u128(7)));
    match kind {
        ActionKind::MakeOffer => {
            let mut terms = quarrel.offer_terms();
            if which == 5 {
                terms.conduct[0].act = " ".to_owned();
            }
            if which == 4
                && let Some(payment) = &mut terms.payment
            {
                payment.sum = Fen(1);
            }
            Action::MakeOffer {
                offer: OfferId(Uuid::from_u128(0x1000 * (known + 1))),
                counters: open.get(which % 3).copied(),
                terms: WithoutPrejudice(terms),
            }
        }
        ActionKind::AcceptOffer => Action::AcceptOffer { offer },
        ActionKind::DeclineOffer => Action::DeclineOffer {
            offer,
            reason: WithoutPrejudice(if which == 5 { " " } else { "太多了" }.to_owned()),
        },
        ActionKind::WithdrawOffer => Action::WithdrawOffer { offer },
        _ => Action::LapseOffer { offer },
    }
}
