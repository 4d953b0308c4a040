//! The dossier 卷宗 of a case in one reader's version: as data, and as one PDF with cover, index and the papers attached
//! unaltered. It is made when it is asked for, of what is on record then.

mod facts;
mod gather;
mod sample;
mod text;

pub use facts::Dossier;
pub use sample::sample as sample_dossier;

pub(super) use gather::{file_name, mine};
use text::Pages;

use super::{Chancery, PaperworkError, is_open};
use crate::casework::CaseworkError;
use crate::documents;
use crate::documents::paper::{Attachment, Nature, canonical_json};
use crate::documents::papers::{self, Enclosed, OF_PAPERS};
use crate::domain::actor::Actor;
use crate::domain::case::Case;
use crate::domain::hash::ContentHash;
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::paper::Paper;
use crate::domain::permission::may_read_evidence;

impl Chancery {
    /// The dossier as a PDF, in the version of `actor`.
    ///
    /// # Errors
    /// Those of the data, and `File` where a paper is lost.
    pub async fn dossier_file(
        &self,
        actor: &Actor,
        case: &Case,
    ) -> Result<Vec<u8>, PaperworkError> {
        let data = self.dossier(actor, case).await?;
        let json = canonical_json(&serde_json::to_value(&data)?);
        let words = Pages(self.words(case), OF_PAPERS);
        let mut papers = Vec::new();
        for (index, paper) in mine(actor, case).into_iter().enumerate() {
            let title = self.paper_title(case, paper.kind);
            papers.push(Enclosed {
                hash: paper.hash.to_string(),
                file: Attachment {
                    name: file_name(index, paper),
                    description: title.clone(),
                    bytes: self.file(paper).await?.to_vec(),
                    nature: Nature::Paper,
                },
                title,
            });
            if may_read_evidence(actor, case, paper) && !is_open(case, paper) {
                papers.extend(self.report_enclosed(case, (index, paper)).await?);
            }
        }
        let content = papers::Dossier {
            number: self.dossier_number(case).await?,
            organisation: data.case.organisation.clone(),
            cover: words.cover(&data),
            sections: words.sections(&data),
            papers,
            data: Attachment {
                name: "dossier.json".to_owned(),
                description: words.say("documents-dossier-data", &[]),
                bytes: json,
                nature: Nature::Data,
            },
            made_at: self.desk.clock.now(),
        };
        let paper = papers::dossier(&content, (self.words(case), OF_PAPERS))?;
        Ok(documents::write(&paper)?)
    }

    /// The report on how a paper was signed, behind it; none where nobody did.
    async fn report_enclosed(
        &self,
        case: &Case,
        (index, paper): (usize, &Paper),
    ) -> Result<Option<Enclosed>, PaperworkError> {
        let bytes = match self.evidence_report(case, paper).await {
            Ok(report) => report.to_vec(),
            Err(PaperworkError::Casework(CaseworkError::OutOfOrder(OutOfOrder::WrongState))) => {
                return Ok(None);
            }
            Err(error) => return Err(error),
        };
        let title = self.say(case, "documents-evidence-title", &[]);
        Ok(Some(Enclosed {
            hash: ContentHash::of(&bytes).to_string(),
            file: Attachment {
                name: file_name(index, paper).replace(".pdf", "-evidence.pdf"),
                description: title.clone(),
                bytes,
                nature: Nature::Paper,
            },
            title,
        }))
    }

    async fn dossier_number(&self, case: &Case) -> Result<String, PaperworkError> {
        let body = self.body(case.organisation).await?;
        Ok(self.paper_number("sign-dossier-number", case, &body))
    }
}
