//! The slip by which a party rates, on paper.

use super::{Chancery, PaperworkError};
use crate::documents;
use crate::documents::papers::{self, OF_PAPERS};
use crate::domain::case::Case;

impl Chancery {
    /// The slip as a PDF; `link` is what its square code holds.
    pub async fn rating_slip(&self, case: &Case, link: String) -> Result<Vec<u8>, PaperworkError> {
        let organisation = self.listed(case.organisation).await?.organisation;
        let content = papers::Slip {
            phone: organisation.phone.domestic(),
            organisation: organisation.name.zh,
            made_at: self.desk.clock.now(),
            link,
        };
        let text = papers::in_words(&content, self.words(case), OF_PAPERS)?;
        Ok(documents::write(&text)?)
    }
}
