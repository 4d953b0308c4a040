//! What the page of a case says of its beginning: to whoever sorts and mediates it how urgent it is and how it came, to
//! the claimant whom to turn to, and to the other side nothing.

use serde::Serialize;

use super::pace::{self, PaceFace};
use super::safety::{self, HelpFace};
use super::{MatchedFace, source_text, urgency_text};
use crate::domain::case::{Case, Standing};
use crate::domain::intake::IntakeFile;
use crate::domain::party::PartyRole;
use crate::domain::permission::{may_open, may_see_triage};
use crate::domain::safety::Urgency;
use crate::domain::stage::{Closing, Stage};
use crate::i18n::Text;
use crate::web::faces;
use crate::web::pages::case::head::address;
use crate::web::{Viewer, Web, WebError};

#[derive(Clone, Serialize)]
pub struct TriageFace {
    pub urgency: Option<Text>,
    pub stands: bool,
    pub source: Text,
    pub language: Option<Text>,
    pub matched: Vec<MatchedFace>,
    pub paces: Vec<PaceFace>,
    pub entry: Option<EntryFace>,
    /// What another body calls it.
    pub reference: Option<String>,
    pub files: Vec<FileFace>,
    pub safety: String,
    pub contacts: String,
}

/// Who wrote it down, and how the party agreed to that.
#[derive(Clone, Serialize)]
pub struct EntryFace {
    pub by: String,
    pub consent: Text,
    pub at: jiff::Timestamp,
    /// Through whom the claimant is reached.
    pub contact_person: Option<String>,
}

#[derive(Clone, Serialize)]
pub struct FileFace {
    pub kind: Text,
    pub href: String,
}

impl TriageFace {
    pub(in crate::web) fn sample() -> Self {
        Self {
            urgency: Some(urgency_text(Urgency::Urgent)),
            stands: true,
            source: Text::key("triage-source-letter"),
            language: Some(Text::key("law-language-wu")),
            matched: vec![MatchedFace::sample()],
            paces: PaceFace::samples(),
            entry: Some(EntryFace {
                by: "杜网格".to_owned(),
                consent: Text::key("enter-consent-in-person"),
                at: jiff::Timestamp::UNIX_EPOCH,
                contact_person: Some("安邻 138 0000 0001".to_owned()),
            }),
            reference: Some("警 2026-0117".to_owned()),
            files: vec![FileFace {
                kind: Text::key("enter-file-scene"),
                href: "/cases/1/proofs/2".to_owned(),
            }],
            safety: "/cases/1/safety".to_owned(),
            contacts: "/cases/1/contacts".to_owned(),
        }
    }

    pub(in crate::web) async fn of(
        web: &Web,
        viewer: &Viewer,
        case: &Case,
    ) -> Result<Option<Self>, WebError> {
        if !may_see_triage(&viewer.actor, case) {
            return Ok(None);
        }
        let intake = &case.intake;
        let urgency = Some(intake.urgency()).filter(|it| *it != Urgency::Ordinary);
        let matched = intake.safety.matched.iter();
        let href = address(case.id);
        let opens = |file: &&IntakeFile| may_open(&viewer.actor, case, &file.file);
        let file = |file: &IntakeFile| FileFace {
            kind: file_text(file.kind),
            href: format!("{href}/proofs/{}", file.file),
        };
        Ok(Some(Self {
            urgency: urgency.map(urgency_text),
            stands: intake.safety.stands(),
            source: source_text(case),
            language: intake.language.map(|it| Text::key(it.key())),
            matched: matched.map(|it| MatchedFace::of(web, viewer, it)).collect(),
            paces: pace::faces(case, web.desk.clock.now()),
            entry: entry(web, case).await?,
            reference: intake.referral.as_ref().map(|it| it.reference.clone()),
            files: intake.files.iter().filter(opens).map(file).collect(),
            safety: format!("{href}/safety"),
            contacts: format!("{href}/contacts"),
        }))
    }
}

pub(in crate::web) fn file_text(kind: crate::domain::intake::IntakeFileKind) -> Text {
    Text::key(format!("enter-file-{}", kind.name()))
}

pub(in crate::web) fn consent_text(how: crate::domain::intake::ConsentWay) -> Text {
    Text::key(format!("enter-consent-{}", how.name().replace('_', "-")))
}

async fn entry(web: &Web, case: &Case) -> Result<Option<EntryFace>, WebError> {
    let Some(entry) = &case.intake.entry else {
        return Ok(None);
    };
    let names = faces::names(web, vec![entry.by]).await?;
    let person = entry.contact_person.as_ref();
    Ok(Some(EntryFace {
        by: names.get(&entry.by).cloned().unwrap_or_default(),
        consent: consent_text(entry.consent.how),
        at: entry.consent.at,
        contact_person: person.map(|it| format!("{} {}", it.name, it.phone.domestic())),
    }))
}

/// For the claimant alone: the other side must not read that somebody fears it.
pub(in crate::web) fn help_for(web: &Web, viewer: &Viewer, case: &Case) -> Vec<HelpFace> {
    let standings = case.standings(&viewer.actor);
    let asks = |it: &Standing| matches!(it, Standing::Party(_, PartyRole::Claimant));
    if case.intake.safety.stands() && standings.iter().any(asks) {
        safety::help(web, viewer)
    } else {
        Vec::new()
    }
}

/// The case that this one became part of.
pub(in crate::web) fn moved(case: &Case) -> Option<String> {
    match &case.stage {
        Stage::Closed {
            why: Closing::Joined { into },
            ..
        } => Some(address(*into)),
        _ => None,
    }
}
