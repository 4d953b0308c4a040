//! The dossier 卷宗 of a case in one reader's version: as data, and as one PDF with cover, index and the papers attached
//! unaltered. It is made when it is asked for, of what is on record then.

mod facts;
mod gather;
mod text;

pub use facts::Dossier;

pub(super) use gather::{file_name, mine};

use super::{Chancery, PaperworkError};
use crate::documents::paper::{Attachment, Nature, canonical_json};
use crate::documents::papers::{self, Enclosed};
use crate::documents::{self};
use crate::domain::actor::Actor;
use crate::domain::case::Case;

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
        let mut papers = Vec::new();
        for (index, paper) in mine(actor, case).into_iter().enumerate() {
            let title = self.paper_title(paper.kind);
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
        }
        let content = papers::Dossier {
            number: self.dossier_number(case).await?,
            organisation: data.case.organisation.clone(),
            cover: self.cover(&data),
            sections: self.sections(&data),
            papers,
            data: Attachment {
                name: "dossier.json".to_owned(),
                description: self.say("documents-dossier-data", &[]),
                bytes: json,
                nature: Nature::Data,
            },
            made_at: self.desk.clock.now(),
        };
        let paper = papers::dossier(&content, &self.texts)?;
        Ok(documents::write(&paper)?)
    }

    async fn dossier_number(&self, case: &Case) -> Result<String, PaperworkError> {
        let body = self.body(case.organisation).await?;
        Ok(self.paper_number("sign-dossier-number", case, &body))
    }
}
