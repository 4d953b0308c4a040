//! What was laid open for signing and came to nothing, as the case's page tells it.

use jiff::Timestamp;
use serde::Serialize;

use crate::domain::actor::Actor;
use crate::domain::agreement::Unsigned;
use crate::domain::case::Case;
use crate::domain::permission::may_read_writing;
use crate::i18n::Text;

/// An agreement that was laid open and not signed by all.
#[derive(Clone, Debug, Serialize)]
pub struct UnsignedFace {
    /// Its number, and why.
    pub label: Text,
    pub at: Timestamp,
    /// The page on which anybody reads that it is void.
    pub check: Option<String>,
}

/// What came to nothing, the last first, for whoever is at the table: what was given way in is no business of others
/// (解释 107).
pub(super) fn unsigned(case: &Case, actor: &Actor) -> Vec<UnsignedFace> {
    let work = case.stage.work().filter(|_| may_read_writing(actor, case));
    let face = |it: &Unsigned| UnsignedFace {
        label: Text::key(format!("case-unsigned-{}", it.why.name()))
            .with("number", it.number.clone()),
        at: it.at,
        check: (!it.verify_id.is_empty()).then(|| format!("/v/{}", it.verify_id)),
    };
    let all = work.into_iter().flat_map(|work| work.unsigned.iter().rev());
    all.map(face).collect()
}

impl UnsignedFace {
    pub(super) fn sample(declined: bool) -> Self {
        let key = if declined {
            "case-unsigned-declined"
        } else {
            "case-unsigned-lapsed"
        };
        Self {
            label: Text::key(key).with("number", "柳荫调协〔2026〕12号"),
            at: Timestamp::UNIX_EPOCH,
            check: declined.then(|| "/v/0123456789abcdef0123456789abcdef".to_owned()),
        }
    }
}
