//! The paper of an extension of the term: who asked, who agreed when, from which day to which.

use super::faces::{SEAL, parties};
use super::opening::printable;
use super::{Chancery, PaperworkError};
use crate::documents;
use crate::documents::papers::{self, Basis, OF_PAPERS};
use crate::domain::case::Case;
use crate::domain::number::serial;
use crate::domain::paper::{Paper, PaperKind};
use crate::domain::stage::{Assent, Extended, Unwritten};
use crate::domain::time::civil_date;
use crate::domain::track::Track;

impl Chancery {
    pub(super) async fn extension_paper(
        &self,
        case: &Case,
        unwritten: &Unwritten,
    ) -> Result<Paper, PaperworkError> {
        let kind = PaperKind::Extension;
        let body = self.body(case.organisation).await?;
        let (id, verify_id) = self.draft_ids(case, kind);
        let extended = &unwritten.extended;
        let rules = self.desk.rules.of(&case.district);
        let ends = rules.calendar.agreed_on(extended.until, &unwritten.basis);
        let content = papers::Extension {
            number: self.say(
                case,
                "sign-extension-number",
                &[
                    ("organisation", &body.prefix),
                    ("case", serial(&case.number)),
                    ("number", &unwritten.number.to_string()),
                ],
            ),
            organisation: body.name.clone(),
            cause: self.cause(case),
            parties: parties(case, extended.at),
            mediator: self.name_of(unwritten.mediator).await?,
            basis: basis(case.track),
            from: extended.from,
            until: extended.until,
            rolled: Some(ends.day()).filter(|day| *day != extended.until),
            why: printable(&extended.why),
            asked: self.asked(case, extended).await?,
            assents: extended
                .assents
                .iter()
                .filter_map(|assent| told(case, assent))
                .collect(),
            date: civil_date(extended.at),
            made_at: extended.at,
            seal_field: SEAL.to_owned(),
            verify_url: self.verify_address(&verify_id),
        };
        let text = papers::in_words(&content, self.words(case), OF_PAPERS)?;
        let sealed = self.sealed(case, &documents::write_to_sign(&text)?, &body)?;
        Ok(Paper {
            id,
            kind,
            hash: self.files.put(sealed).await?,
            verify_id,
            made_at: extended.at,
            court: None,
            party: None,
        })
    }

    async fn asked(&self, case: &Case, extended: &Extended) -> Result<String, PaperworkError> {
        let Some(person) = extended.by else {
            return Ok(String::new());
        };
        self.called(case, person).await
    }
}

fn told(case: &Case, assent: &Assent) -> Option<papers::Assent> {
    Some(papers::Assent {
        name: case.party(assent.party)?.name.to_string(),
        at: assent.at,
    })
}

const fn basis(track: Track) -> Basis {
    match track {
        Track::CourtDelegated | Track::CourtEntrusted => Basis::Court,
        _ => Basis::House,
    }
}
