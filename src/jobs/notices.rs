//! From a change of a case to messages: who is told, at which address, in which language, with which link.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Setback, Work, calendar};
use crate::accounts::{links, people, slips};
use crate::casework;
use crate::domain::actor::{Actor, Post, Role};
use crate::domain::case::Case;
use crate::domain::follow_up::{FollowUp, Notice, Recipient};
use crate::domain::ids::{CaseId, PersonId};
use crate::domain::message::Channel;
use crate::domain::organisation::OrganisationKind;
use crate::domain::party::{Contact, Party};
use crate::domain::service::{self, Ways};
use crate::domain::session::{Session, Venue};
use crate::i18n::Locale;
use crate::office::roster::heads_over;
use crate::storage::jobs::Job;
use crate::storage::messages::{NewMessage, post};
use crate::storage::{Read, StorageError, office, write_tx};

mod page;
mod still;

use page::page_for;
use still::still_holds;

/// What `casework` enqueues.
#[derive(Deserialize)]
struct Payload {
    case: CaseId,
    follow_up: FollowUp,
}

fn payload(job: &Job) -> Result<Payload, Setback> {
    Payload::deserialize(&job.payload).map_err(|error| Setback::Fail(error.to_string()))
}

/// Somebody to be told.
struct Reader {
    /// Tells one reader of a job from another.
    name: String,
    contact: Contact,
    locale: Locale,
    /// The seat, where a party reads.
    seat: Option<Party>,
}

/// Carries out [`JobKind::Notify`](crate::domain::job::JobKind::Notify): writes the messages, each once however
/// often the job runs.
pub(super) async fn notify(work: &Work, job: &Job) -> Result<(), Setback> {
    let payload = payload(job)?;
    let (to, notice, later) = match payload.follow_up {
        FollowUp::Notify { to, notice } => (to, notice, None),
        FollowUp::Later { at, to, notice } => (to, notice, Some(at)),
        FollowUp::Watch { .. }
        | FollowUp::DrawUp
        | FollowUp::KeepRecording { .. }
        | FollowUp::DropRecording { .. } => {
            return Err(Setback::Fail("not a notice".to_owned()));
        }
    };
    let case = casework::load(&work.desk, &Actor::Clock, payload.case).await?;
    if later.is_some() && !still_holds(&case, notice) {
        return Ok(());
    }
    if let (Some(at), Recipient::Person { .. }, Notice::SheetsDue { .. }) = (later, to, notice) {
        casework::ask_again(&work.desk, &case, notice, at).await?;
    }
    if let Notice::AnswerOver { .. } = notice {
        casework::day_over(&work.desk, &case).await?;
    }
    for reader in readers(work, &case, to, notice).await? {
        tell(work, &case, &reader, notice, &job.key).await?;
    }
    Ok(())
}

async fn readers(
    work: &Work,
    case: &Case,
    to: Recipient,
    notice: Notice,
) -> Result<Vec<Reader>, Setback> {
    Ok(match to {
        Recipient::Party { party } => match case.party(party) {
            Some(seat) if case.may_be_told(party) => {
                let mut readers = vec![party_reader(work, seat).await?];
                // Whoever acts for a party hears what it hears.
                let agent = seat.agent().and_then(|agent| agent.person);
                if let Some(person) = agent.filter(|agent| seat.person != Some(*agent)) {
                    readers.extend(person_reader(work, person).await?);
                }
                readers
            }
            _ => Vec::new(),
        },
        Recipient::Person { person } => person_reader(work, person).await?.into_iter().collect(),
        Recipient::Post { organisation, role } => {
            let mut readers = Vec::new();
            let mut read = work.desk.store.read().await?;
            let holders = match notice {
                Notice::TargetMissed | Notice::SheetsDue { .. } => {
                    heads_over(&mut read, organisation).await?
                }
                Notice::LookAsked => grid_workers(&mut read, case).await?,
                Notice::ScanToConfirm | Notice::RefusedOnPaper => others(&mut read, case).await?,
                _ => office::holders(&mut read, Post { organisation, role }).await?,
            };
            drop(read);
            for person in holders {
                readers.extend(person_reader(work, person).await?);
            }
            readers
        }
    })
}

/// Who may confirm a scan: whoever keeps the seal, and the head, but not the officer who certified it.
async fn others(read: &mut Read, case: &Case) -> Result<Vec<PersonId>, StorageError> {
    let (organisation, mut people) = (case.organisation, Vec::new());
    for role in [Role::SealHolder, Role::Head] {
        people.extend(office::holders(read, Post { organisation, role }).await?);
    }
    people.sort_unstable();
    people.dedup();
    let certified = case.stage.signing().and_then(|it| it.signatures.first());
    people.retain(|person| certified.is_none_or(|it| it.person != *person));
    Ok(people)
}

/// Those who may look at the place of the case; nobody bears witness in a matter of their own.
async fn grid_workers(read: &mut Read, case: &Case) -> Result<Vec<PersonId>, StorageError> {
    let mut workers = Vec::new();
    let Some(place) = &case.place.area else {
        return Ok(workers);
    };
    for station in office::of_kind(read, OrganisationKind::GridStation).await? {
        if station.organisation.area.covers(place) {
            let (organisation, role) = (station.id, Role::GridWorker);
            workers.extend(office::holders(read, Post { organisation, role }).await?);
        }
    }
    workers.retain(|person| case.named_as(*person).is_none());
    workers.sort_unstable();
    workers.dedup();
    Ok(workers)
}

/// Whoever sits there reads at the contact of the seat, which is what they were asked for.
async fn party_reader(work: &Work, seat: &Party) -> Result<Reader, Setback> {
    let person = match seat.person {
        Some(person) => people::load(&mut work.desk.store.read().await?, person).await?,
        None => None,
    };
    let tag = person.and_then(|person| Locale::parse(&person.locale));
    Ok(Reader {
        name: seat.id.to_string(),
        contact: seat.contact.clone(),
        locale: tag.unwrap_or_default(),
        seat: Some(seat.clone()),
    })
}

async fn person_reader(work: &Work, person: PersonId) -> Result<Option<Reader>, Setback> {
    let person = people::load(&mut work.desk.store.read().await?, person).await?;
    Ok(person.map(|person| Reader {
        name: person.id.to_string(),
        locale: Locale::parse(&person.locale).unwrap_or_default(),
        contact: Contact {
            phone: person.phone,
            mail: person.mail,
        },
        seat: None,
    }))
}

async fn tell(
    work: &Work,
    case: &Case,
    reader: &Reader,
    notice: Notice,
    key: &str,
) -> Result<(), Setback> {
    let facts = facts(work, case, reader, notice).await?;
    let page = page_for(reader, case, notice);
    let ways = ways(reader, notice);
    let on_paper = ways == Ways::OnPaper;
    let name = if on_paper { COMES } else { name(case, notice) };
    let now = work.desk.clock.now();
    write_tx!(work.desk.store, |tx| {
        let token = match &reader.seat {
            Some(seat) if seat.person.is_none() => {
                Some(links::token(tx, &work.accounts, case.id, seat.id).await?)
            }
            _ => None,
        };
        let addresses = addresses(&reader.contact).into_iter();
        for (channel, address) in addresses.filter(|(channel, _)| leads_there(&ways, *channel)) {
            let link = match &token {
                Some(token) => format!("{}/i/{}", work.base_url, links::by(token, channel.into())),
                None => format!("{}{page}", work.base_url),
            };
            let mut facts = facts.clone();
            if !on_paper {
                facts.insert("link".to_owned(), link.clone());
            }
            let message = NewMessage {
                key: format!("{key}/{}/{}", reader.name, channel.name()),
                channel,
                address,
                locale: reader.locale.tag().to_owned(),
                name: name.to_owned(),
                facts,
                case: Some(case.id),
                calendar: attached(work, case, reader, notice, &link)
                    .filter(|_| channel == Channel::Mail),
            };
            post(tx, &message, now).await?;
        }
        Ok(())
    })
}

/// Every address that is known: a mail alone is read too late, and a text message carries no calendar.
fn addresses(contact: &Contact) -> Vec<(Channel, String)> {
    let phone = contact
        .phone
        .as_ref()
        .map(|phone| (Channel::Sms, phone.as_e164().to_owned()));
    let mail = contact
        .mail
        .as_ref()
        .map(|mail| (Channel::Mail, mail.as_str().to_owned()));
    phone.into_iter().chain(mail).collect()
}

/// How a reader may be told: of a paper that is served on a party, in the ways that it agreed to (在线诉讼规则 29).
fn ways(reader: &Reader, notice: Notice) -> Ways {
    let serves = matches!(
        notice,
        Notice::Settled
            | Notice::CertificateIssued
            | Notice::TermExtended
            | Notice::ApplicationRefused
            | Notice::Ruled
    );
    match &reader.seat {
        Some(seat) if serves => seat.ways(),
        _ => Ways::Unsaid,
    }
}

/// Whether a message by this channel is among the ways; of what lies on the page of the case every message may tell
/// (在线诉讼规则 32).
fn leads_there(ways: &Ways, channel: Channel) -> bool {
    let Ways::Electronic(agreed) = ways else {
        return true;
    };
    let own = match channel {
        Channel::Sms => service::Channel::Sms,
        Channel::Mail => service::Channel::Mail,
    };
    agreed.contains(&own) || agreed.contains(&service::Channel::Platform)
}

/// That a paper is being brought, to whoever did not want it any other way. It leads nowhere.
const COMES: &str = "paper-comes";

/// What fills the texts: all of it for every notice, each text takes what it needs.
async fn facts(
    work: &Work,
    case: &Case,
    reader: &Reader,
    notice: Notice,
) -> Result<BTreeMap<String, String>, Setback> {
    let Work { desk, texts, .. } = work;
    let locale = reader.locale;
    let texts = texts.of(&case.district.0);
    let say = |key: &str| texts.t(locale, key, &[]);
    let listed = office::organisation(&mut desk.store.read().await?, case.organisation).await?;
    let organisation = listed.ok_or(StorageError::NotFound)?.organisation;
    let dispute = desk.rules.of(&case.district).dispute(&case.dispute);
    let due = match (notice, &reader.seat) {
        (
            Notice::AnswerDue { due, .. }
            | Notice::AnswerOver { due }
            | Notice::SheetsDue { due }
            | Notice::SignBy { due, .. },
            _,
        ) => Some(due),
        (_, Some(_)) => case.stage.due_for_parties().map(|due| due.at),
        (_, None) => case.stage.due().map(|due| due.at),
    };
    let due = due.map(|due| texts.date(locale, due));
    let mut facts = BTreeMap::from([
        ("number", case.number.clone()),
        // In whose words the message is written.
        ("district", case.district.0.clone()),
        (
            "dispute",
            dispute.map_or_else(
                || say("case-other-dispute"),
                |it| it.name.for_tag(locale.tag()).to_owned(),
            ),
        ),
        (
            "committee",
            organisation.name.for_tag(locale.tag()).to_owned(),
        ),
        ("phone", organisation.phone.domestic()),
        ("surname", surname(case)),
        ("due", due.unwrap_or_else(|| say("notice-due-unknown"))),
        ("rating", rating(work, case, reader)),
    ]);
    if let Some(session) = session(case, notice) {
        facts.insert("at", texts.date_time(locale, session.at));
        facts.insert("minutes", session.minutes.to_string());
        let place = session.venue.as_ref();
        facts.insert("place", place.map(Venue::says).unwrap_or_default());
    }
    Ok(facts
        .into_iter()
        .map(|(name, fact)| (name.to_owned(), fact))
        .collect())
}

/// Where a party rates, which is no way into the case.
fn rating(work: &Work, case: &Case, reader: &Reader) -> String {
    let seat = reader.seat.as_ref();
    seat.map_or_else(String::new, |seat| {
        let slip = slips::token(&work.accounts.secrets, case, seat.id);
        format!("{}/r/{slip}", work.base_url)
    })
}

/// For the texts, which tell somebody without one apart.
fn surname(case: &Case) -> String {
    case.surname_of_claimant().unwrap_or("none").to_owned()
}

fn session(case: &Case, notice: Notice) -> Option<&Session> {
    let (Notice::SessionScheduled { session } | Notice::SessionCancelled { session }) = notice
    else {
        return None;
    };
    case.stage
        .work()?
        .sessions
        .iter()
        .find(|it| it.id == session)
}

const ON_SITE: &str = "session-on-site";
const MIXED: &str = "session-mixed";

/// The stem of its texts: a session at a table is told in other words than one by video.
fn name(case: &Case, notice: Notice) -> &'static str {
    let venue = session(case, notice).and_then(|it| it.venue.as_ref());
    match (notice, venue.map(|it| it.mixed)) {
        (Notice::SessionScheduled { .. }, Some(false)) => ON_SITE,
        (Notice::SessionScheduled { .. }, Some(true)) => MIXED,
        _ => notice.name(),
    }
}

/// The calendar file of a session, which also takes a cancelled one out of the calendar again.
fn attached(
    work: &Work,
    case: &Case,
    reader: &Reader,
    notice: Notice,
    link: &str,
) -> Option<String> {
    let session = session(case, notice)?;
    let key = format!("notice-{}-subject", name(case, notice));
    let texts = work.texts.of(&case.district.0);
    let at = texts.date_time(reader.locale, session.at);
    let said = [("at", at.into()), ("number", case.number.clone().into())];
    let summary = texts.t(reader.locale, &key, &said);
    let now = work.desk.clock.now();
    Some(calendar::file(session, &summary, link, now))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::ids::{PartyId, SessionId};
    use crate::domain::writing::Writer;
    use crate::i18n::Texts;

    /// Every notice there is.
    #[expect(clippy::too_many_lines, reason = "one list, a line a kind")]
    fn notices() -> Vec<Notice> {
        let session = SessionId(Uuid::nil());
        vec![
            Notice::CaseOpened,
            Notice::NewInQueue,
            Notice::Urgent,
            Notice::TargetMissed,
            Notice::Joined,
            Notice::Invitation,
            Notice::NewLink,
            Notice::InvitationAccepted,
            Notice::PartyAdded,
            Notice::AddedAsParty,
            Notice::InvitationReminder,
            Notice::HelpWanted,
            Notice::MeetingWanted,
            Notice::WrongPerson,
            Notice::AgentNamed,
            Notice::AgentAccepted,
            Notice::AgentGone,
            Notice::CallDue,
            Notice::LetterDue,
            Notice::VisitDue,
            Notice::AssignmentAsked,
            Notice::AssignmentRefused,
            Notice::Disclosed,
            Notice::Challenged,
            Notice::MediatorReady,
            Notice::SessionScheduled { session },
            Notice::SessionCancelled { session },
            Notice::ExtensionProposed,
            Notice::ExtensionRefused,
            Notice::TermExtended,
            Notice::DueSoon {
                due: jiff::Timestamp::UNIX_EPOCH,
            },
            Notice::DueToday {
                due: jiff::Timestamp::UNIX_EPOCH,
            },
            Notice::WritingProposed,
            Notice::WritingBegun,
            Notice::RoomWanted,
            Notice::MessageWritten,
            Notice::Confided,
            Notice::OfferMade,
            Notice::OfferAccepted,
            Notice::OfferAgreed,
            Notice::OfferAgreedInstead,
            Notice::OfferAgreedBeside,
            Notice::AnswerDue {
                who: Writer::Mediator,
                due: jiff::Timestamp::UNIX_EPOCH,
            },
            Notice::AnswerOver {
                due: jiff::Timestamp::UNIX_EPOCH,
            },
            Notice::OfferDeclined,
            Notice::OfferWithdrawn,
            Notice::OfferLapsed,
            Notice::RecordToRead { session },
            Notice::RecordToCorrect { session },
            Notice::RecordToSign { session },
            Notice::RefusalNoted { session },
            Notice::ReadyToSign,
            Notice::ToSignLast,
            Notice::ToSeal,
            Notice::SigningVoided,
            Notice::ToSignOnPaper,
            Notice::SigningDeclined,
            Notice::SigningLapsed,
            Notice::RefusedOnPaper,
            Notice::ScanShown,
            Notice::ScanToConfirm,
            Notice::ScanReturned,
            Notice::SheetsDue {
                due: jiff::Timestamp::UNIX_EPOCH,
            },
            Notice::SignBy {
                party: PartyId(Uuid::nil()),
                due: jiff::Timestamp::UNIX_EPOCH,
            },
            Notice::Settled,
            Notice::Ended,
            Notice::CertificateToIssue,
            Notice::CertificateIssued,
            Notice::ConfirmationJoined,
            Notice::ConfirmationWithdrawn,
            Notice::ConfirmationLapsed,
            Notice::ApplicationFiled,
            Notice::IntakeDoubted,
            Notice::ApplicationAccepted,
            Notice::ApplicationRefused,
            Notice::SupplementAsked,
            Notice::SupplementAnswered,
            Notice::Ruled,
            Notice::PerformanceReported,
            Notice::PerformanceAcknowledged,
            Notice::PerformanceDisputed,
            Notice::VerificationDue,
            Notice::LookAsked,
            Notice::HelpAsked,
            Notice::HelpAnswered,
            Notice::PerformanceVerified,
            Notice::PaperToBring,
            Notice::ExhibitHandedIn,
            Notice::Accepted,
            Notice::Performed,
            Notice::Breached,
            Notice::HandedOver,
            Notice::Closed,
        ]
    }

    #[test]
    fn every_notice_has_words_that_fit_a_text_message() {
        let texts = Texts::load(None).unwrap();
        let facts = [
            ("number", "和调〔2026〕000128号"),
            ("dispute", "噪音扰民"),
            ("committee", "柳荫社区人民调解委员会"),
            ("phone", "01055500101"),
            ("surname", "安"),
            ("due", "2026年11月30日"),
            ("at", "2026年11月30日 19:30"),
            ("minutes", "60"),
            ("name", "欧阳晓月、尉迟恭、司马如松"),
            ("people", "12"),
            ("bodies", "12"),
            ("place", "东城街道和平路 8 号 一号调解室"),
            (
                "rating",
                "https://heyi.example/r/AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCdEfGh",
            ),
        ];
        let facts = facts.map(|(name, fact)| (name, fact.into()));
        let notices = notices();
        let other = [
            ON_SITE,
            MIXED,
            COMES,
            "register-own",
            "register-body",
            "register-office",
        ];
        for name in notices.iter().map(|it| it.name()).chain(other) {
            for locale in Locale::ALL {
                let say = |part: &str| texts.t(locale, &format!("notice-{name}-{part}"), &facts);
                let (subject, body) = (say("subject"), say("body"));
                assert!(
                    !subject.contains('⟦') && !body.contains('⟦'),
                    "{subject} {body}"
                );
                // Text messages are joined of parts of 67 letters; more than two are a letter, not a message.
                let most = if locale == Locale::ZhCn { 90 } else { 220 };
                assert!(
                    body.chars().count() <= most,
                    "{} letters: {body}",
                    body.chars().count()
                );
            }
        }
    }
}
