//! The invitation as a letter. It is printed and posted by staff; nothing is kept of it but the day of posting.

use super::{Chancery, PaperworkError};
use crate::documents;
use crate::documents::papers::{self, OF_PAPERS};
use crate::domain::case::Case;
use crate::domain::deadline::Due;
use crate::domain::ids::PartyId;
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::number::serial;
use crate::domain::time::civil_date;

impl Chancery {
    /// The letter to a party as a PDF; `link` is its own, for the square code.
    pub async fn letter(
        &self,
        case: &Case,
        to: PartyId,
        link: String,
    ) -> Result<Vec<u8>, PaperworkError> {
        let party = case.party(to).ok_or(OutOfOrder::Unknown)?;
        let organisation = self.listed(case.organisation).await?.organisation;
        let now = self.desk.clock.now();
        let content = papers::Letter {
            number: self.say(
                case,
                "sign-letter-number",
                &[
                    ("organisation", &organisation.prefix),
                    ("case", serial(&case.number)),
                ],
            ),
            name: party.name.to_string(),
            address: party.address.clone(),
            surname: case.surname_of_claimant().unwrap_or_default().to_owned(),
            cause: self.cause(case),
            phone: organisation.phone.domestic(),
            office: organisation.address,
            organisation: organisation.name.zh,
            answer_by: case.stage.due_for_parties().map(Due::day),
            made_at: now,
            dated: civil_date(now),
            link,
        };
        let text = papers::in_words(&content, self.words(case), OF_PAPERS)?;
        Ok(documents::write(&text)?)
    }
}
