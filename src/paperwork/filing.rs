//! 立案: the court takes an application in under its next number.

use super::faces::Body;
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
        let case = casework::load(&self.desk, actor, id).await?;
        let court = self.body(application(&case)?.court).await?;
        let numbered = |year: i16, number: i64| Action::AcceptFiling {
            number: self.court_number(&case, &court, (year, number)),
        };
        let series = series(&court);
        Ok(casework::perform_numbered(&self.desk, actor, id, &series, numbered).await?)
    }

    /// （2026）和0101诉前调确12号
    pub(super) fn court_number(
        &self,
        case: &Case,
        court: &Body,
        (year, number): (i16, i64),
    ) -> String {
        self.say(
            case,
            "court-case-number",
            &[
                ("court", &court.prefix),
                ("year", &year.to_string()),
                ("number", &number.to_string()),
            ],
        )
    }
}

/// The numbers of a court.
pub(super) fn series(court: &Body) -> String {
    format!("court {}", court.id)
}

pub(super) fn application(case: &Case) -> Result<&Application, PaperworkError> {
    match &case.stage {
        Stage::Confirm { application, .. } => Ok(application),
        _ => Err(OutOfOrder::WrongState.into()),
    }
}
