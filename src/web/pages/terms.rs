//! How a clause of an agreement is shown: on the board, before signing, before the court, while it is performed.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use serde::Serialize;

use crate::domain::agreement::Clause;
use crate::domain::case::Case;
use crate::domain::ids::PartyId;
use crate::domain::money::Fen;
use crate::domain::translation::Place;

/// One clause for the component `clause_terms`.
#[derive(Clone, Debug, Serialize)]
pub struct ClauseShown {
    pub id: String,
    /// The name of the party whose duty it is.
    pub debtor: String,
    pub act: String,
    /// In fen.
    pub amount: Option<i64>,
    /// The amount in capital characters, 大写.
    pub capital: String,
    /// The beginning of the last day.
    pub due: Timestamp,
    pub proof: String,
    pub on_default: String,
    /// The same in the second language of the paper.
    pub second: Option<SecondShown>,
}

/// The words of a clause in a second language; what is not translated is empty.
#[derive(Clone, Debug, Serialize)]
pub struct SecondShown {
    pub language: &'static str,
    pub act: String,
    pub proof: String,
    pub on_default: String,
}

impl SecondShown {
    /// As it stands on the paper, or on the board as far as it was translated.
    fn of(case: &Case, clause: &Clause) -> Option<Self> {
        let settled = case.stage.settlement().map(|it| &it.agreement);
        if let Some(agreement) = case.stage.signing().or(settled) {
            let translated = agreement.translated.as_ref()?;
            let place = agreement.clauses.iter().position(|it| it.id == clause.id)?;
            let wording = translated.clauses.get(place)?;
            return Some(Self {
                language: translated.tongue.tag(),
                act: wording.act.clone(),
                proof: wording.proof.clone(),
                on_default: wording.on_default.clone(),
            });
        }
        let draft = &case.stage.work()?.draft;
        let (id, terms) = (clause.id, &clause.terms);
        let say = |place, chinese: &str| {
            let found = draft.translation_of(place, chinese);
            found.unwrap_or_default().to_owned()
        };
        Some(Self {
            language: draft.translation.tongue?.tag(),
            act: say(Place::Act { clause: id }, &terms.act),
            proof: say(Place::Proof { clause: id }, &terms.proof),
            on_default: say(Place::OnDefault { clause: id }, &terms.on_default),
        })
    }
}

impl ClauseShown {
    pub(super) fn of(case: &Case, clause: &Clause) -> Self {
        let terms = &clause.terms;
        Self {
            id: clause.id.to_string(),
            debtor: party_name(case, terms.debtor),
            act: terms.act.clone(),
            amount: terms.amount.map(|amount| amount.0),
            capital: terms.amount.map_or_else(String::new, Fen::capital),
            due: begin_of(terms.due),
            proof: terms.proof.clone(),
            on_default: terms.on_default.clone(),
            second: SecondShown::of(case, clause),
        }
    }

    pub(super) fn sample() -> Self {
        Self {
            id: "019a0000-0000-7000-8000-000000000001".to_owned(),
            debtor: "李建国".to_owned(),
            act: "每晚 22 点以后不弹琴，并在琴房铺设隔音垫；一次性补偿楼下住户。".to_owned(),
            amount: Some(123_405),
            capital: "壹仟贰佰叁拾肆元零伍分".to_owned(),
            due: begin_of(Date::constant(2026, 12, 15)),
            proof: "转账凭证".to_owned(),
            on_default: "每迟延一日加付十元。".to_owned(),
            second: None,
        }
    }

    /// The same in two languages, not all translated yet.
    pub(super) fn bilingual_sample() -> Self {
        Self {
            second: Some(SecondShown {
                language: "en",
                act: "No piano after ten in the evening.".to_owned(),
                proof: "A transfer record".to_owned(),
                on_default: String::new(),
            }),
            ..Self::sample()
        }
    }
}

/// The name at a seat.
pub(super) fn party_name(case: &Case, id: PartyId) -> String {
    case.party(id)
        .map_or_else(String::new, |party| party.name.as_str().to_owned())
}

/// Midnight at the beginning of a day in Shanghai.
pub(super) fn begin_of(day: Date) -> Timestamp {
    day.at(0, 0, 0, 0)
        .to_zoned(TimeZone::fixed(Offset::constant(8)))
        .map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp())
}
