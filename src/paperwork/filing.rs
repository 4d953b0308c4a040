//! 立案: the court takes an application in under its next number, or rules under one that it does not.

use super::{Chancery, PaperworkError};
use crate::casework;
use crate::domain::action::Action;
use crate::domain::actor::Actor;
use crate::domain::case::Case;
use crate::domain::confirmation::Application;
use crate::domain::ids::CaseId;
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::stage::Stage;

impl Chancery {
    /// Accepts the application; `actor` is the clerk whom the ruling will name.
    pub async fn accept_filing(&self, actor: &Actor, id: CaseId) -> Result<Case, PaperworkError> {
        self.number(actor, id, |number| Action::AcceptFiling { number })
            .await
    }

    /// Refuses it on `grounds`, keys of the conditions of 解释 355.
    pub async fn refuse_filing(
        &self,
        actor: &Actor,
        id: CaseId,
        grounds: &[String],
        reasons: &str,
    ) -> Result<Case, PaperworkError> {
        self.number(actor, id, |number| Action::RefuseFiling {
            number,
            grounds: grounds.to_vec(),
            reasons: reasons.to_owned(),
        })
        .await
    }

    /// （2026）和0101诉前调确12号
    async fn number(
        &self,
        actor: &Actor,
        id: CaseId,
        action: impl Fn(String) -> Action,
    ) -> Result<Case, PaperworkError> {
        let case = casework::load(&self.desk, actor, id).await?;
        let court = self.body(application(&case)?.court).await?;
        let series = format!("court {}", court.id);
        let numbered = |year: i16, number: i64| {
            action(self.say(
                "court-case-number",
                &[
                    ("court", &court.prefix),
                    ("year", &year.to_string()),
                    ("number", &number.to_string()),
                ],
            ))
        };
        Ok(casework::perform_numbered(&self.desk, actor, id, &series, numbered).await?)
    }
}

pub(super) fn application(case: &Case) -> Result<&Application, PaperworkError> {
    match &case.stage {
        Stage::Confirm { application, .. } => Ok(application),
        _ => Err(OutOfOrder::WrongState.into()),
    }
}
