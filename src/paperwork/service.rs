//! The service-address form of one party: drafted from what it filled in, acknowledged by a code, sealed as received.

use super::faces::{SEAL, contact};
use super::opening::{printable, role};
use super::{Chancery, Draft, PaperworkError};
use crate::casework;
use crate::documents::papers::ServiceChoice;
use crate::documents::{self, papers};
use crate::domain::action::Action;
use crate::domain::actor::Actor;
use crate::domain::case::Case;
use crate::domain::hash::ContentHash;
use crate::domain::ids::PartyId;
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::paper::{Paper, PaperKind};
use crate::domain::party::Party;
use crate::domain::service::{Channel, Wish};
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
                .filter_map(|channel| self.channel(seat, wish, channel))
                .collect(),
            confirmed: self.say(
                "sign-service-confirmed",
                &[
                    ("name", seat.name.as_str()),
                    ("contact", &contact(&seat.contact)),
                    ("day", &self.day(today)),
                ],
            ),
            date: today,
            made_at,
            seal_field: SEAL.to_owned(),
            verify_url: self.verify_address(&verify_id),
        };
        let text = papers::service_form(&content, self.texts.of(&case.district.0));
        Ok(Draft {
            id,
            kind: PaperKind::ServiceAddress,
            verify_id,
            made_at,
            bytes: documents::write(&text)?,
            text,
        })
    }

    /// An electronic way with its address, where the party has one.
    fn channel(&self, seat: &Party, wish: &Wish, channel: Channel) -> Option<(String, bool)> {
        let address = match channel {
            Channel::Platform => String::new(),
            Channel::Sms => seat.contact.phone.as_ref()?.domestic(),
            Channel::Mail => seat.contact.mail.as_ref()?.to_string(),
        };
        let key = format!("sign-service-by-{}", channel.name());
        let label = self.say(&key, &[("address", &address)]);
        Some((label, wish.channels.contains(&channel)))
    }

    /// What the application to the court says of it: as the party confirmed, or the contact it gave.
    pub(super) fn service_choice(&self, seat: &Party) -> ServiceChoice {
        let choice = match &seat.service {
            None => self.say(
                "court-service-electronic",
                &[("address", &contact(&seat.contact))],
            ),
            Some(service) => {
                let wish = &service.wish;
                let ways: Vec<String> = Channel::ALL
                    .into_iter()
                    .filter_map(|channel| self.channel(seat, wish, channel))
                    .filter_map(|(label, agreed)| agreed.then_some(label))
                    .collect();
                let key = if ways.is_empty() {
                    "court-service-post"
                } else {
                    "court-service-chosen"
                };
                let ways = ways.join(&self.say("documents-list-mark", &[]));
                let address = printable(&wish.address);
                self.say(key, &[("address", &address), ("ways", &ways)])
            }
        };
        ServiceChoice {
            name: seat.name.as_str().to_owned(),
            choice,
        }
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
        let sealed = self.sealed(&draft.bytes, &body)?;
        let paper = Paper {
            party: Some(party),
            ..draft.record(self.files.put(sealed).await?)
        };
        let action = Action::ConfirmService { wish, paper };
        Ok(casework::perform_on(&self.desk, actor, case, action).await?)
    }
}
