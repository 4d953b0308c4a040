//! What did not reach its people: messages and steps that were given up, whom to call instead, and "try again".

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use serde::Serialize;

use super::case::view::role_text;
use crate::casework::{self, Stuck};
use crate::domain::identity::{Email, Phone};
use crate::domain::ids::JobId;
use crate::domain::job::JobKind;
use crate::domain::message::Channel;
use crate::domain::party::Party;
use crate::domain::permission::mends;
use crate::i18n::Text;
use crate::storage::messages::Message;
use crate::web::{Form, Page, Policy, Routes, Viewer, Web, WebError, see_other};

const HERE: &str = "/desk/undelivered";

#[derive(Serialize)]
pub struct UndeliveredPage {
    pub rows: Vec<Row>,
}

/// One that was given up.
#[derive(Serialize)]
pub struct Row {
    pub job: String,
    /// What it was: `mail`, `sms`, or the kind of the job.
    pub what: Text,
    pub case: Option<CaseLink>,
    /// Whom it was to reach, as far as the reader may know.
    pub to: Option<Addressee>,
    pub at: Timestamp,
    pub attempts: i64,
    /// In the words of the machine that refused it, which may quote an address: only for who may see the case.
    pub why: Option<String>,
}

#[derive(Serialize)]
pub struct CaseLink {
    pub href: String,
    pub number: String,
}

#[derive(Serialize)]
pub struct Addressee {
    /// A party's name and role; none for a member of staff.
    pub name: Option<String>,
    pub role: Option<Text>,
    pub address: String,
    /// To call instead.
    pub phone: Option<String>,
}

impl Page for UndeliveredPage {
    const TEMPLATE: &'static str = "pages/undelivered.html";

    fn samples() -> Vec<Self> {
        let row = |what: &'static str, case, to: Option<Addressee>| Row {
            job: "019a0000-0000-7000-8000-000000000000".to_owned(),
            what: Text::key(what),
            why: to.as_ref().map(|_| "550 no such mailbox".to_owned()),
            case,
            to,
            at: Timestamp::UNIX_EPOCH,
            attempts: 15,
        };
        let case = || CaseLink {
            href: "/cases/1".to_owned(),
            number: "和调〔2026〕000128号".to_owned(),
        };
        let to = |name: Option<&str>, phone: Option<&str>| Addressee {
            name: name.map(str::to_owned),
            role: name.map(|_| Text::key("case-role-respondent")),
            address: "kangning@example.com".to_owned(),
            phone: phone.map(str::to_owned),
        };
        let party = to(Some("康宁"), Some("13800000002"));
        vec![
            Self { rows: Vec::new() },
            Self {
                rows: vec![
                    row("undelivered-what-mail", Some(case()), Some(party)),
                    row("undelivered-what-sms", Some(case()), Some(to(None, None))),
                    row("undelivered-what-mail", None, None),
                    row("undelivered-what-watch", Some(case()), None),
                    row("undelivered-what-notify", None, None),
                ],
            },
        ]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new().form(HERE, Policy::Office(mends), show, try_again)
}

async fn show(State(web): State<Web>, viewer: Viewer) -> Result<Response, WebError> {
    viewer.person()?;
    if !mends(&viewer.actor) {
        return Err(WebError::NotFound);
    }
    let stuck = casework::stuck(&web.desk, &viewer.actor).await?;
    let rows = stuck.iter().map(row).collect();
    viewer.show(&web, &UndeliveredPage { rows })
}

async fn try_again(
    State(web): State<Web>,
    viewer: Viewer,
    form: Form,
) -> Result<Response, WebError> {
    viewer.person()?;
    let job = form.value("job").parse::<JobId>();
    let Ok(job) = job else {
        return Err(WebError::NotFound);
    };
    casework::try_again(&web.desk, &viewer.actor, job).await?;
    Ok(see_other(HERE))
}

fn row(stuck: &Stuck) -> Row {
    let what = match (&stuck.message, stuck.job.kind) {
        (Some(message), _) => match message.channel {
            Channel::Mail => "undelivered-what-mail",
            Channel::Sms => "undelivered-what-sms",
        },
        (None, JobKind::Watch) => "undelivered-what-watch",
        (None, JobKind::Webhook) => "undelivered-what-webhook",
        (None, JobKind::DrawUp) => "undelivered-what-papers",
        (None, JobKind::Anchor) => "undelivered-what-anchor",
        (None, JobKind::KeepRecording) => "undelivered-what-recording",
        (None, JobKind::DropRecording) => "undelivered-what-recording-gone",
        (None, JobKind::Notify | JobKind::SendMessage | JobKind::RecordContact) => {
            "undelivered-what-notify"
        }
    };
    let case = stuck.case.as_ref();
    let quotes = stuck.job.kind == JobKind::SendMessage;
    let message = stuck.message.as_ref();
    Row {
        job: stuck.job.id.to_string(),
        what: Text::key(what),
        case: case.map(|case| CaseLink {
            href: format!("/cases/{}", case.id),
            number: case.number.clone(),
        }),
        to: case
            .zip(message)
            .map(|(case, message)| addressee(&case.parties, message)),
        at: stuck.job.dead_at,
        attempts: stuck.job.attempts,
        why: (case.is_some() || !quotes).then(|| stuck.job.last_error.clone()),
    }
}

/// An address as people write it: a number as it is dialled here.
fn dialled(channel: Channel, address: &str) -> String {
    let phone = match channel {
        Channel::Sms => Phone::parse(address).ok(),
        Channel::Mail => None,
    };
    phone.map_or_else(|| address.to_owned(), |phone| phone.domestic())
}

fn addressee(parties: &[Party], message: &Message) -> Addressee {
    let party = parties.iter().find(|party| {
        let phone = party.contact.phone.as_ref().map(Phone::as_e164);
        let mail = party.contact.mail.as_ref().map(Email::as_str);
        [phone, mail].contains(&Some(message.address.as_str()))
    });
    let phone = party.and_then(|party| party.contact.phone.as_ref());
    Addressee {
        name: party.map(|party| party.name.as_str().to_owned()),
        role: party.map(|party| role_text(party.role)),
        address: dialled(message.channel, &message.address),
        phone: phone.map(Phone::domestic),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_written_as_it_is_dialled() {
        assert_eq!(dialled(Channel::Sms, "+8613800000002"), "13800000002");
        assert_eq!(dialled(Channel::Mail, "kn@example.com"), "kn@example.com");
    }
}
