//! Mediation in writing, without the room: who has agreed to it, whose turn it is, and what is offered.

use std::collections::BTreeSet;
use std::fmt;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Deserializer};
use serde::{Serialize, Serializer};
use uuid::Uuid;

use super::agreement::{Clause, Terms};
use super::case::Case;
use super::deadline::Due;
use super::ids::{ClauseId, ConfidedId, OfferId, PartyId, PersonId};
use super::money::Fen;
use super::stage::{Mediate, Stage};

/// People write at most so many messages in a case, each of them.
pub const MOST_MESSAGES: usize = 300;
/// A payment has at most so many instalments, and an offer so many acts.
pub const MOST_PARTS: usize = 24;
/// Nobody's phone rings for every line.
const TOLD_AGAIN: SignedDuration = SignedDuration::from_hours(24);

/// Words and figures of an offer on their way through the door. What was given way in to reach a settlement is no
/// evidence later (解释 107), so an event, which keeps the action for good, does not hold them: written out, they are
/// nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct WithoutPrejudice<T>(pub T);

impl<T> fmt::Debug for WithoutPrejudice<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WithoutPrejudice")
    }
}

impl<T> Serialize for WithoutPrejudice<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}

impl<'de, T> Deserialize<'de> for WithoutPrejudice<T> {
    fn deserialize<D: Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        Err(serde::de::Error::custom("an offer is kept in no event"))
    }
}

/// The mediation goes on, or may go on, in writing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Writing {
    pub consent: Consent,
    /// Who is asked for the next word, and by when.
    pub awaited: Vec<Awaited>,
    /// Who was told of a message and has not written since.
    #[serde(default)]
    pub told: Vec<Told>,
    pub offers: Vec<Offer>,
}

/// One who was told that there is something to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    pub who: Writer,
    pub at: Timestamp,
}

/// Whether all want to write instead of meeting. Nobody is held to it: any one may ask for the room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "consent", rename_all = "snake_case")]
pub enum Consent {
    Asked { agreed: BTreeSet<PartyId> },
    Given { since: Timestamp },
    RoomWanted { at: Timestamp, by: Writer },
}

/// One who is asked for the next word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Awaited {
    pub who: Writer,
    pub due: Due,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "writer", rename_all = "snake_case")]
pub enum Writer {
    Party { party: PartyId },
    Mediator,
}

/// What one side offers. It is never changed: another takes its place, so that whoever accepts accepts what they read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    pub id: OfferId,
    pub by: PartyId,
    pub at: Timestamp,
    /// The other side's offer that it takes the place of.
    pub counters: Option<OfferId>,
    pub terms: OfferTerms,
    /// Whoever accepts by then is in time.
    pub valid: Due,
    /// Who wants it so, its giver first.
    pub accepted: BTreeSet<PartyId>,
    pub state: OfferState,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum OfferState {
    Open,
    /// By all; its clauses are on the board.
    Accepted {
        at: Timestamp,
    },
    /// By the answer to it, or since all accepted another.
    Replaced {
        at: Timestamp,
    },
    Declined {
        at: Timestamp,
        by: PartyId,
        reason: String,
    },
    Withdrawn {
        at: Timestamp,
    },
    Lapsed {
        at: Timestamp,
    },
}

impl OfferState {
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted { .. } => "accepted",
            Self::Replaced { .. } => "replaced",
            Self::Declined { .. } => "declined",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Lapsed { .. } => "lapsed",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferTerms {
    pub payment: Option<Payment>,
    pub conduct: Vec<Conduct>,
    /// How it shows that it was done, and what follows if not: a clause names both (解释 358 (5)).
    pub proof: String,
    pub on_default: String,
    /// The last day to accept.
    pub valid_until: Date,
}

/// A sum in one or more instalments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    pub debtor: PartyId,
    /// What it is for.
    pub purpose: String,
    pub sum: Fen,
    pub instalments: Vec<Instalment>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instalment {
    pub due: Date,
    pub amount: Fen,
}

/// Who does what by when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conduct {
    pub debtor: PartyId,
    pub act: String,
    pub due: Date,
}

impl Payment {
    /// Whether the instalments are some, each of more than nothing, in the order of their days, and add up.
    pub fn adds_up(&self) -> bool {
        let mut sum = Some(Fen(0));
        for part in &self.instalments {
            sum = sum
                .filter(|_| part.amount.0 > 0)
                .and_then(|sum| sum.checked_add(part.amount));
        }
        let in_order = self
            .instalments
            .is_sorted_by(|one, next| one.due < next.due);
        (1..=MOST_PARTS).contains(&self.instalments.len()) && in_order && sum == Some(self.sum)
    }
}

impl OfferTerms {
    /// As clauses of an agreement: an instalment each, then an act each.
    pub fn clauses(&self) -> Vec<Terms> {
        let clause = |debtor, act: &str, amount, due| Terms {
            debtor,
            act: act.to_owned(),
            amount,
            due,
            proof: self.proof.clone(),
            on_default: self.on_default.clone(),
        };
        let payment = self.payment.iter().flat_map(|payment| {
            let parts = payment.instalments.iter();
            parts.map(|part| {
                clause(
                    payment.debtor,
                    &payment.purpose,
                    Some(part.amount),
                    part.due,
                )
            })
        });
        let conduct = self.conduct.iter();
        payment
            .chain(conduct.map(|act| clause(act.debtor, &act.act, None, act.due)))
            .collect()
    }
}

impl Offer {
    /// Its clauses with their ids, which follow from the offer's: the domain draws none.
    pub(in crate::domain) fn clauses(&self) -> impl Iterator<Item = (ClauseId, Terms)> {
        let id = |number| ClauseId(Uuid::from_u128(self.id.0.as_u128().wrapping_add(number)));
        let terms = self.terms.clauses().into_iter();
        (1..).map(id).zip(terms)
    }
}

impl Writing {
    /// Whether `who` is to be told of something new now: once, until they write or a day is over.
    pub(in crate::domain) fn may_hear(&mut self, who: Writer, now: Timestamp) -> bool {
        let recent = |told: &Told| now.duration_since(told.at) < TOLD_AGAIN;
        if self.told.iter().any(|told| told.who == who && recent(told)) {
            return false;
        }
        self.told.retain(|told| told.who != who);
        self.told.push(Told { who, at: now });
        true
    }

    pub const fn has_begun(&self) -> bool {
        matches!(self.consent, Consent::Given { .. })
    }

    pub fn offer(&self, id: OfferId) -> Option<&Offer> {
        self.offers.iter().find(|offer| offer.id == id)
    }

    pub fn open_offers(&self) -> impl Iterator<Item = &Offer> {
        self.offers
            .iter()
            .filter(|offer| offer.state == OfferState::Open)
    }

    /// By when `who` is asked for a word, if they are.
    pub fn turn_of(&self, who: Writer) -> Option<&Due> {
        let mut awaited = self.awaited.iter();
        awaited.find(|it| it.who == who).map(|it| &it.due)
    }
}

impl Case {
    /// What stands on the board since all accepted an offer, as it is worded now: another that all accept takes its place.
    pub fn agreed_by_offer(&self) -> impl Iterator<Item = &Clause> {
        let work = self.stage.work();
        let offers = work.and_then(|work| work.writing.as_ref());
        let offers = offers.into_iter().flat_map(|writing| &writing.offers);
        let accepted = offers.filter(|offer| matches!(offer.state, OfferState::Accepted { .. }));
        let ids: BTreeSet<_> = accepted
            .flat_map(Offer::clauses)
            .map(|(id, _)| id)
            .collect();
        let clauses = work.into_iter().flat_map(|work| &work.draft.clauses);
        clauses.filter(move |clause| ids.contains(&clause.id))
    }

    /// Who is asked for a word now: while the mediation goes on in writing, rests at no other place, and nobody is to be
    /// kept from whoever threatens them.
    pub fn turns(&self) -> impl Iterator<Item = &Awaited> {
        let active = match &self.stage {
            Stage::Mediate { at } => match at.as_ref() {
                Mediate::Active { work } => work.writing.as_ref(),
                _ => None,
            },
            _ => None,
        };
        let begun = active.filter(|writing| writing.has_begun() && !self.intake.safety.stands());
        begun.into_iter().flat_map(|writing| &writing.awaited)
    }

    /// By when a party has something to do: answer in writing, or what the stage asks for.
    pub fn due_for(&self, party: PartyId) -> Option<&Due> {
        let mine = |turn: &&Awaited| turn.who == Writer::Party { party };
        let turn = self.turns().find(mine).map(|turn| &turn.due);
        let dues = [turn, self.stage.due_for_parties()];
        dues.into_iter().flatten().min_by_key(|due| due.at)
    }
}

/// Between one party and one mediator. As with everything said in caucus no paper, event or hand-over can hold it: it
/// cannot be serialised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfidedMessage {
    pub id: ConfidedId,
    pub party: PartyId,
    pub mediator: PersonId,
    pub author: PersonId,
    pub text: super::caucus::Confidential,
    pub at: Timestamp,
}

/// An offer that a party has shown to the mediator alone. The other side sees it if and when that party sends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfidedOffer {
    pub party: PartyId,
    pub by: PersonId,
    pub to: PersonId,
    pub terms: WithoutPrejudice<OfferTerms>,
    pub at: Timestamp,
}

/// What was written for everybody at the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenMessage {
    pub id: super::ids::MessageId,
    pub author: PersonId,
    pub text: String,
    pub at: Timestamp,
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn payment(sum: i64, parts: &[(i8, i64)]) -> Payment {
        let part = |(day, amount): &(i8, i64)| Instalment {
            due: date(2026, 3, *day),
            amount: Fen(*amount),
        };
        Payment {
            debtor: PartyId(Uuid::nil()),
            purpose: "赔偿天花板维修费".to_owned(),
            sum: Fen(sum),
            instalments: parts.iter().map(part).collect(),
        }
    }

    #[test]
    fn instalments_add_up_to_the_sum_in_the_order_of_their_days() {
        assert!(payment(100, &[(10, 100)]).adds_up());
        assert!(payment(100, &[(10, 30), (20, 70)]).adds_up());
        for (why, wrong) in [
            ("none", payment(0, &[])),
            ("too little", payment(100, &[(10, 30), (20, 60)])),
            ("too much", payment(100, &[(10, 30), (20, 80)])),
            ("backwards", payment(100, &[(20, 30), (10, 70)])),
            ("nothing to pay", payment(100, &[(10, 0), (20, 100)])),
            ("less than nothing", payment(100, &[(10, -50), (20, 150)])),
            (
                "the largest twice",
                payment(0, &[(10, Fen::MAX.0), (20, Fen::MAX.0)]),
            ),
        ] {
            assert!(!wrong.adds_up(), "{why}");
        }
    }

    #[test]
    fn an_offer_is_written_into_no_event() {
        let terms = OfferTerms {
            payment: Some(payment(8_765_432, &[(10, 8_765_432)])),
            conduct: Vec::new(),
            proof: "转账记录".to_owned(),
            on_default: "另付违约金".to_owned(),
            valid_until: date(2026, 3, 9),
        };
        let action = crate::domain::action::Action::MakeOffer {
            offer: OfferId(Uuid::nil()),
            counters: None,
            terms: WithoutPrejudice(terms),
        };
        let written = format!("{} {action:?}", serde_json::to_string(&action).unwrap());
        for secret in ["8765432", "天花板", "转账记录", "违约金", "2026"] {
            assert!(!written.contains(secret), "{written}");
        }
    }
}
