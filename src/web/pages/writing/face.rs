//! Messages and offers in the shape the template wants.

use jiff::Timestamp;
use serde::Serialize;

use crate::casework::Correspondence;
use crate::domain::action::ActionKind as Kind;
use crate::domain::case::Case;
use crate::domain::ids::PartyId;
use crate::domain::writing::{Offer, OfferState, OfferTerms, Writer};
use crate::web::faces::{self, LampFace, Names};
use crate::web::pages::terms::{ClauseShown, begin_of, party_name};
use crate::web::{Choice, Viewer, Web};

/// Whose word is asked for.
#[derive(Serialize)]
pub struct Turn {
    pub name: String,
    pub mine: bool,
    /// The last day for it.
    pub due: Timestamp,
    pub lamp: LampFace,
}

#[derive(Serialize)]
pub struct MessageFace {
    pub by: String,
    pub at: Timestamp,
    pub text: String,
    /// With whom alone, where it is not for all.
    pub alone: Option<String>,
}

#[derive(Serialize)]
pub struct OfferFace {
    pub id: String,
    pub by: String,
    pub at: Timestamp,
    pub state: &'static str,
    pub terms: TermsFace,
    /// What goes from the agreement once all accept it.
    pub replaces: Vec<ClauseShown>,
    pub lamp: Option<LampFace>,
    /// Who else wants it so.
    pub accepted: Vec<String>,
    pub declined: Option<Declined>,
    pub may_answer: bool,
    /// Whether it is the other side's, so that the reader can say no.
    pub may_decline: bool,
    /// The field for why it is declined, of this offer alone.
    pub reason: String,
    /// Where another offer is made in its place.
    pub counter: Option<String>,
    pub may_withdraw: bool,
}

#[derive(Serialize)]
pub struct Declined {
    pub by: String,
    pub reason: String,
}

/// What is offered.
#[derive(Serialize)]
pub struct TermsFace {
    pub payment: Option<PaymentFace>,
    pub conduct: Vec<ConductFace>,
    pub proof: String,
    pub on_default: String,
    pub valid_until: Timestamp,
}

#[derive(Serialize)]
pub struct PaymentFace {
    pub debtor: String,
    pub purpose: String,
    /// In fen.
    pub sum: i64,
    pub parts: Vec<PartFace>,
}

#[derive(Serialize)]
pub struct PartFace {
    pub due: Timestamp,
    /// In fen.
    pub amount: i64,
}

#[derive(Serialize)]
pub struct ConductFace {
    pub debtor: String,
    pub act: String,
    pub due: Timestamp,
}

/// An offer that only its giver and the mediator have seen.
#[derive(Serialize)]
pub struct KeptFace {
    pub by: String,
    pub terms: TermsFace,
    /// Where its giver sends it, while offers are made.
    pub send: Option<String>,
    /// Whether the reader has shown it, and so takes it back.
    pub mine: bool,
}

pub(super) fn audience(value: &str, label: &str) -> Choice {
    Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        hint: String::new(),
    }
}

impl TermsFace {
    pub(super) fn of(case: &Case, terms: &OfferTerms) -> Self {
        Self {
            payment: terms.payment.as_ref().map(|payment| PaymentFace {
                debtor: party_name(case, payment.debtor),
                purpose: payment.purpose.clone(),
                sum: payment.sum.0,
                parts: payment
                    .instalments
                    .iter()
                    .map(|part| PartFace {
                        due: begin_of(part.due),
                        amount: part.amount.0,
                    })
                    .collect(),
            }),
            conduct: terms
                .conduct
                .iter()
                .map(|act| ConductFace {
                    debtor: party_name(case, act.debtor),
                    act: act.act.clone(),
                    due: begin_of(act.due),
                })
                .collect(),
            proof: terms.proof.clone(),
            on_default: terms.on_default.clone(),
            valid_until: begin_of(terms.valid_until),
        }
    }

    fn sample() -> Self {
        let part = |amount| PartFace {
            due: Timestamp::UNIX_EPOCH,
            amount,
        };
        Self {
            payment: Some(PaymentFace {
                debtor: "李建国".to_owned(),
                purpose: "赔偿天花板维修费".to_owned(),
                sum: 300_000,
                parts: vec![part(100_000), part(200_000)],
            }),
            conduct: vec![ConductFace {
                debtor: "李建国".to_owned(),
                act: "在琴房铺设隔音垫".to_owned(),
                due: Timestamp::UNIX_EPOCH,
            }],
            proof: "转账记录".to_owned(),
            on_default: "每迟延一日加付十元".to_owned(),
            valid_until: Timestamp::UNIX_EPOCH,
        }
    }
}

impl Turn {
    pub(super) fn sample(mine: bool) -> Self {
        Self {
            name: "李建国".to_owned(),
            mine,
            due: Timestamp::UNIX_EPOCH,
            lamp: LampFace::sample(2),
        }
    }
}

impl MessageFace {
    pub(super) fn sample(alone: bool) -> Self {
        Self {
            by: "王秀英".to_owned(),
            at: Timestamp::UNIX_EPOCH,
            text: "维修的发票我都留着，\n一共三张。".to_owned(),
            alone: alone.then(|| "陈明".to_owned()),
        }
    }
}

impl OfferFace {
    pub(super) fn sample(state: &'static str) -> Self {
        let open = state == "open";
        Self {
            id: "0192f0c1-2345-7000-8000-000000000001".to_owned(),
            by: "李建国".to_owned(),
            at: Timestamp::UNIX_EPOCH,
            state,
            terms: TermsFace::sample(),
            replaces: open.then(ClauseShown::sample).into_iter().collect(),
            lamp: open.then(|| LampFace::sample(2)),
            accepted: vec!["王秀英".to_owned()],
            declined: (state == "declined").then(|| Declined {
                by: "王秀英".to_owned(),
                reason: "不够修天花板。".to_owned(),
            }),
            may_answer: open,
            may_decline: open,
            reason: reason("1"),
            counter: open.then(|| "/cases/1/writing/offer?counters=1".to_owned()),
            may_withdraw: open,
        }
    }
}

impl KeptFace {
    pub(super) fn sample(mine: bool) -> Self {
        Self {
            by: "王秀英".to_owned(),
            terms: TermsFace::sample(),
            send: mine.then(|| "/cases/1/writing/offer?kept=yes".to_owned()),
            mine,
        }
    }
}

pub(super) fn turns(web: &Web, viewer: &Viewer, case: &Case, names: &Names) -> Vec<Turn> {
    let writing = case.stage.work().and_then(|work| work.writing.as_ref());
    let mine = case.seat_for(&viewer.actor);
    let mediator = case.stage.mediator();
    let turn = |who: Writer, due: &crate::domain::deadline::Due| Turn {
        name: match who {
            Writer::Party { party } => party_name(case, party),
            Writer::Mediator => mediator
                .and_then(|person| names.get(&person).cloned())
                .unwrap_or_default(),
        },
        mine: match who {
            Writer::Party { party } => mine == Some(party),
            Writer::Mediator => mediator.is_some() && mediator == viewer.actor.person(),
        },
        due: due.at,
        lamp: LampFace::of(web, due.at),
    };
    let awaited = writing.into_iter().flat_map(|it| &it.awaited);
    let mut turns: Vec<_> = awaited.map(|it| turn(it.who, &it.due)).collect();
    turns.sort_by_key(|turn| !turn.mine);
    turns
}

/// What was written for all and for the reader alone, the newest first.
pub(super) fn messages(
    web: &Web,
    viewer: &Viewer,
    read: &Correspondence,
    names: &Names,
) -> Vec<MessageFace> {
    let case = &read.case;
    let name = |person| faces::name_in(web, viewer, case, names, person);
    let to_all = read.messages.iter().map(|it| MessageFace {
        by: name(it.author),
        at: it.at,
        text: it.text.clone(),
        alone: None,
    });
    let alone = read.alone.iter().map(|it| MessageFace {
        by: name(it.author),
        at: it.at,
        text: it.text.for_the_mediator().to_owned(),
        alone: Some(if it.author == it.mediator {
            party_name(case, it.party)
        } else {
            name(it.mediator)
        }),
    });
    let mut all: Vec<_> = to_all.chain(alone).collect();
    all.sort_by_key(|message| std::cmp::Reverse(message.at));
    all
}

pub(super) fn offer(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    offered: &[Kind],
    offer: &Offer,
) -> OfferFace {
    let role = |party: PartyId| case.party(party).map(|party| party.role);
    let mine = case.seat_for(&viewer.actor);
    let open = offer.state == OfferState::Open;
    let asked = open && mine.is_some_and(|party| !offer.accepted.contains(&party));
    let other_side = mine.is_some_and(|party| role(party) != role(offer.by));
    let others = offer.accepted.iter().filter(|party| **party != offer.by);
    OfferFace {
        id: offer.id.to_string(),
        by: party_name(case, offer.by),
        at: offer.at,
        state: offer.state.name(),
        terms: TermsFace::of(case, &offer.terms),
        replaces: if open { replaced(case) } else { Vec::new() },
        lamp: open.then(|| LampFace::of(web, offer.valid.at)),
        accepted: others.map(|party| party_name(case, *party)).collect(),
        declined: match &offer.state {
            OfferState::Declined { by, reason, .. } => Some(Declined {
                by: party_name(case, *by),
                reason: reason.clone(),
            }),
            _ => None,
        },
        reason: reason(&offer.id.to_string()),
        may_decline: asked && other_side && offered.contains(&Kind::DeclineOffer),
        may_answer: asked && offered.contains(&Kind::AcceptOffer),
        counter: (open && other_side && offered.contains(&Kind::MakeOffer))
            .then(|| format!("/cases/{}/writing/offer?counters={}", case.id, offer.id)),
        may_withdraw: open && mine == Some(offer.by) && offered.contains(&Kind::WithdrawOffer),
    }
}

/// What stands in the agreement since all accepted an offer, and goes once they accept another.
pub(super) fn replaced(case: &Case) -> Vec<ClauseShown> {
    let clauses = case.agreed_by_offer();
    clauses.map(|it| ClauseShown::of(case, it)).collect()
}

/// The name of the field for why an offer is declined.
pub(super) fn reason(offer: &str) -> String {
    format!("reason-{offer}")
}

pub(super) fn kept(viewer: &Viewer, read: &Correspondence, offered: &[Kind]) -> Vec<KeptFace> {
    let case = &read.case;
    let mine = case.seat_for(&viewer.actor);
    let sends = offered.contains(&Kind::MakeOffer);
    let face = |it: &crate::domain::writing::ConfidedOffer| KeptFace {
        by: party_name(case, it.party),
        terms: TermsFace::of(case, &it.terms.0),
        send: (mine == Some(it.party) && sends)
            .then(|| format!("/cases/{}/writing/offer?kept=yes", case.id)),
        mine: mine == Some(it.party),
    };
    read.kept.iter().map(face).collect()
}
