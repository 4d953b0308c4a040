//! 签署存证报告, the platform's statement on how a paper was signed: its hash after each revision, and of each signer how the
//! identity was checked, what was shown at signing, certificate, timestamp and place in the chain of events.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use serde::{Deserialize, Serialize};

use super::super::paper::{Attachment, Entry, Nature, Paper, canonical_json};
use super::super::words::Words;
use super::{Block, Draft, seal};
use crate::domain::hash::ContentHash;
use crate::domain::party::IdentityMethod;
use crate::domain::signature::{Device, Means};
use crate::i18n::Texts;

/// What the report says. No number of an identity document has a place in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    pub number: String,
    /// Who runs the platform and states this.
    pub operator: String,
    pub subject: Subject,
    pub signers: Vec<Signer>,
    /// How far the chain of the case's events had come.
    pub head: Option<Link>,
    pub date: Date,
    pub made_at: Timestamp,
    pub seal_field: String,
    /// The public page of the paper that it is about.
    pub verify_url: String,
}

/// The paper that the report is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    pub title: String,
    pub document: String,
    pub made_at: Timestamp,
    /// The hash of the file after each revision.
    pub revisions: Vec<ContentHash>,
    pub archived_at: Option<Timestamp>,
}

/// An event of the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    pub number: i64,
    pub hash: String,
}

/// One signature and its signer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signer {
    pub role: String,
    pub name: String,
    /// For which organisation, where it is by office.
    pub organisation: Option<String>,
    pub identity: Option<Identity>,
    pub shown: Option<Shown>,
    pub consent: Option<Consent>,
    pub signed_at: Option<Timestamp>,
    pub stamped_at: Option<Timestamp>,
    pub revision: Option<ContentHash>,
    pub certificate: Option<Certificate>,
    pub event: Option<Link>,
}

/// How somebody's identity was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    pub method: IdentityMethod,
    pub at: Timestamp,
    pub by: String,
}

/// What was shown at signing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    pub means: Option<Means>,
    /// When the code went out, or the one-time password was given.
    pub code_at: Option<Timestamp>,
    pub device: Option<Device>,
}

/// That somebody agreed to sign electronically.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    pub at: Timestamp,
    /// The words agreed to.
    pub text: String,
    /// Of the whole wording as it was shown then.
    pub hash: Option<ContentHash>,
}

/// The certificate of a signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    pub serial: String,
    /// Stands for the checked identity; nobody can go back from it.
    pub pseudonym: String,
    pub issuer: String,
    pub from: Option<Timestamp>,
    pub until: Option<Timestamp>,
}

/// Puts the report into words; its data goes along as canonical JSON.
pub fn evidence(content: &Evidence, texts: &Texts) -> Result<Paper, serde_json::Error> {
    let words = Words::of_papers(texts);
    let mut draft = Draft::new(words);
    let subject = &content.subject;
    let fillers = [
        ("title", subject.title.as_str()),
        ("operator", &content.operator),
    ];
    draft.paragraph(words.say("documents-evidence-lead", &fillers));
    draft.section("documents-evidence-subject");
    draft.blocks.push(Block::Table(about(subject, words)));
    for signer in &content.signers {
        let fillers = [("role", signer.role.as_str()), ("name", &signer.name)];
        let title = words.say("documents-signs-as", &fillers);
        let heading = words.titled(draft.sections, &title);
        draft.sections += 1;
        draft.blocks.push(Block::Heading(heading));
        draft.blocks.push(Block::Table(rows(signer, words)));
    }
    draft.section("documents-evidence-chain");
    let head = content.head.as_ref().map(|head| {
        let number = head.number.to_string();
        let fillers = [("number", number.as_str()), ("hash", &head.hash)];
        words.say("documents-evidence-head", &fillers)
    });
    draft.paragraph(head.unwrap_or_else(|| words.plain("documents-evidence-no-chain")));
    draft.notice(
        "documents-evidence-notice-title",
        words.plain("documents-evidence-notice"),
    );
    let date = words.date(content.date);
    draft.signatures(vec![seal(
        words,
        &content.operator,
        &content.seal_field,
        &date,
    )]);
    Ok(Paper {
        title: words.plain("documents-evidence-title"),
        issuer: content.operator.clone(),
        number: content.number.clone(),
        check: Some(draft.check(&content.verify_url)),
        blocks: draft.blocks,
        attachments: vec![Attachment {
            name: "evidence.json".to_owned(),
            description: words.plain("documents-evidence-data"),
            bytes: canonical_json(&serde_json::to_value(content)?),
            nature: Nature::Data,
        }],
        bookmarks: true,
        made_at: content.made_at,
    })
}

fn entry(words: Words<'_>, key: &str, value: String) -> Entry {
    Entry {
        label: words.plain(key),
        value,
    }
}

fn about(subject: &Subject, words: Words<'_>) -> Vec<Entry> {
    let mut rows = vec![
        entry(words, "documents-evidence-paper", subject.title.clone()),
        entry(words, "documents-evidence-made", moment(subject.made_at)),
    ];
    let last = subject.revisions.len().saturating_sub(1);
    for (number, hash) in subject.revisions.iter().enumerate() {
        let count = number.to_string();
        let label = match number {
            0 => words.plain("documents-evidence-base"),
            _ if number == last => words.plain("documents-evidence-newest"),
            _ => words.say("documents-evidence-revision", &[("number", &count)]),
        };
        rows.push(Entry {
            label,
            value: hash.to_string(),
        });
    }
    if let Some(at) = subject.archived_at {
        rows.push(entry(words, "documents-evidence-archived", moment(at)));
    }
    rows
}

fn rows(signer: &Signer, words: Words<'_>) -> Vec<Entry> {
    let mut rows = Vec::new();
    if let Some(organisation) = &signer.organisation {
        rows.push(entry(
            words,
            "documents-evidence-office",
            organisation.clone(),
        ));
    }
    if let Some(identity) = &signer.identity {
        let value = checked(identity, words);
        rows.push(entry(words, "documents-evidence-identity", value));
    }
    if let Some(consent) = &signer.consent {
        let fillers = [("at", moment(consent.at)), ("text", consent.text.clone())];
        let fillers = fillers
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        let value = words.say("documents-evidence-consented", &fillers);
        rows.push(entry(words, "documents-evidence-consent", value));
    }
    if let Some(shown) = &signer.shown {
        if let Some(means) = shown.means {
            let value = proved(means, shown.code_at, words);
            rows.push(entry(words, "documents-evidence-code", value));
        }
        if let Some(device) = shown.device {
            let value = words.plain(kind(device));
            rows.push(entry(words, "documents-evidence-device", value));
        }
    }
    if let Some(at) = signer.signed_at {
        rows.push(entry(words, "documents-evidence-signed", moment(at)));
    }
    if let Some(at) = signer.stamped_at {
        rows.push(entry(words, "documents-evidence-stamped", moment(at)));
    }
    if let Some(hash) = &signer.revision {
        rows.push(entry(
            words,
            "documents-evidence-made-file",
            hash.to_string(),
        ));
    }
    if let Some(certificate) = &signer.certificate {
        let value = certified(certificate, words);
        rows.push(entry(words, "documents-evidence-certificate", value));
    }
    if let Some(link) = &signer.event {
        let number = link.number.to_string();
        let fillers = [("number", number.as_str()), ("hash", &link.hash)];
        let value = words.say("documents-evidence-event-is", &fillers);
        rows.push(entry(words, "documents-evidence-event", value));
    }
    rows
}

fn checked(identity: &Identity, words: Words<'_>) -> String {
    let method = words.plain(match identity.method {
        IdentityMethod::CardInRoom => "documents-evidence-card-in-room",
        IdentityMethod::CardAtCounter => "documents-evidence-card-at-counter",
    });
    let at = moment(identity.at);
    let fillers = [
        ("method", method.as_str()),
        ("at", &at),
        ("by", &identity.by),
    ];
    words.say("documents-evidence-checked", &fillers)
}

fn proved(means: Means, at: Option<Timestamp>, words: Words<'_>) -> String {
    let means = words.plain(match means {
        Means::CodeByPhone => "documents-evidence-sms",
        Means::CodeByMail => "documents-evidence-mail",
        Means::SecondFactor => "documents-evidence-second-factor",
    });
    match at.map(moment) {
        Some(at) => {
            let fillers = [("means", means.as_str()), ("at", &at)];
            words.say("documents-evidence-proved", &fillers)
        }
        None => means,
    }
}

const fn kind(device: Device) -> &'static str {
    match device {
        Device::Phone => "documents-evidence-phone",
        Device::Tablet => "documents-evidence-tablet",
        Device::Computer => "documents-evidence-computer",
    }
}

fn certified(certificate: &Certificate, words: Words<'_>) -> String {
    let day =
        |at: Option<Timestamp>| at.map_or_else(String::new, |at| words.date(civil(at).date()));
    let (from, until) = (day(certificate.from), day(certificate.until));
    let fillers = [
        ("serial", certificate.serial.as_str()),
        ("pseudonym", &certificate.pseudonym),
        ("issuer", &certificate.issuer),
        ("from", &from),
        ("until", &until),
    ];
    words.say("documents-evidence-certificate-is", &fillers)
}

fn civil(at: Timestamp) -> jiff::Zoned {
    at.to_zoned(TimeZone::fixed(Offset::constant(8)))
}

/// To the second, in the civil time of the place.
fn moment(at: Timestamp) -> String {
    civil(at).strftime("%Y-%m-%d %H:%M:%S").to_string()
}
