//! The service-address form of one party: drafted from what it filled in, acknowledged by a code, sealed as received.

use super::faces::{SEAL, contact, readers};
use super::opening::{printable, role};
use super::{Chancery, Draft, PaperworkError};
use crate::casework;
use crate::documents;
use crate::documents::papers::{self, ElectronicWay, OF_PAPERS, ServiceChoice};
use crate::domain::action::Action;
use crate::domain::actor::Actor;
use crate::domain::case::Case;
use crate::domain::hash::ContentHash;
use crate::domain::ids::PartyId;
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::paper::{Paper, PaperKind};
use crate::domain::party::Party;
use crate::domain::service::{Channel, Ways, Wish};
use crate::domain::time::civil_date;

impl Chancery {
    /// The form as the party would confirm it: the same for the same version of the case, the same wish and day.
    pub async fn draft_service(
        &self,
        case: &Case,
        party: PartyId,
        wish: &Wish,
    ) -> Result<Draft, PaperworkError> {
        let seat = case.party(party).ok_or(OutOfOrder::Unknown)?;
        let body = self.body(case.organisation).await?;
        let (id, verify_id) = self.draft_ids(case, PaperKind::ServiceAddress);
        let today = civil_date(self.desk.clock.now());
        let made_at = super::beginning_of(today);
        let content = papers::ServiceForm {
            number: self.paper_number("sign-service-number", case, &body),
            case: case.number.clone(),
            organisation: body.name.clone(),
            cause: self.cause(case),
            role: role(seat.role),
            name: seat.name.as_str().to_owned(),
            address: printable(&wish.address),
            receiver: wish.receiver.as_deref().map(printable),
            channels: Channel::ALL
                .into_iter()
                .filter_map(|channel| {
                    Some(ElectronicWay {
                        channel,
                        address: address(seat, channel)?,
                        agreed: wish.channels.contains(&channel),
                    })
                })
                .collect(),
            contact: contact(&seat.contact),
            date: today,
            made_at,
            seal_field: SEAL.to_owned(),
            verify_url: self.verify_address(&verify_id),
            translation: self.in_english(case, &body, &readers(seat)).await?,
        };
        let text = papers::in_words(&content, self.words(case), OF_PAPERS)?;
        Ok(Draft {
            id,
            kind: PaperKind::ServiceAddress,
            verify_id,
            made_at,
            bytes: documents::write_to_sign(&text)?,
            text,
        })
    }

    /// An electronic way with its address, where the party has one.
    fn label(&self, case: &Case, seat: &Party, channel: Channel) -> Option<String> {
        let address = address(seat, channel)?;
        let key = format!("sign-service-by-{}", channel.name());
        Some(self.say(case, &key, &[("address", &address)]))
    }

    /// What the application to the court says of it: as the party confirmed, and where it confirmed nothing, no more than
    /// its address, since consent to electronic service is never inferred (在线诉讼规则 4, 29).
    pub(super) fn service_choice(&self, case: &Case, seat: &Party) -> ServiceChoice {
        ServiceChoice {
            name: seat.name.as_str().to_owned(),
            choice: self.way_of_service(case, seat),
        }
    }

    /// Where and how a court may serve the party, in words.
    pub fn way_of_service(&self, case: &Case, seat: &Party) -> String {
        let address = printable(seat.post().0);
        let (key, ways) = match seat.ways() {
            Ways::Unsaid => ("court-service-unsaid", String::new()),
            Ways::OnPaper => ("court-service-post", String::new()),
            Ways::Electronic(ways) => {
                let ways = ways
                    .into_iter()
                    .filter_map(|channel| self.label(case, seat, channel));
                let mark = self.say(case, "documents-list-mark", &[]);
                let ways: Vec<String> = ways.collect();
                ("court-service-chosen", ways.join(&mark))
            }
        };
        self.say(case, key, &[("address", &address), ("ways", &ways)])
    }

    /// Keeps the form that the party read and confirmed by its code.
    ///
    /// # Errors
    /// `PaperChanged` where another text was read.
    pub async fn confirm_service(
        &self,
        actor: &Actor,
        case: &Case,
        wish: Wish,
        read: &ContentHash,
    ) -> Result<Case, PaperworkError> {
        let party = case.seat_for(actor).ok_or(OutOfOrder::Unknown)?;
        let draft = self.draft_service(case, party, &wish).await?;
        if draft.hash() != *read {
            return Err(OutOfOrder::PaperChanged.into());
        }
        let body = self.body(case.organisation).await?;
        let sealed = self.sealed(case, &draft.bytes, &body)?;
        let paper = Paper {
            party: Some(party),
            ..draft.record(self.files.put(sealed).await?)
        };
        let action = Action::ConfirmService { wish, paper };
        Ok(casework::perform_on(&self.desk, actor, case, action).await?)
    }
}

/// Where an electronic way leads, where the party has it.
fn address(seat: &Party, channel: Channel) -> Option<String> {
    Some(match channel {
        Channel::Platform => String::new(),
        Channel::Sms => seat.contact.phone.as_ref()?.domestic(),
        Channel::Mail => seat.contact.mail.as_ref()?.to_string(),
    })
}
