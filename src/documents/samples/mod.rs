//! Papers of invented people at every revision, with all that is needed to check them elsewhere: for integrators, courts
//! and testers, and for our own tests.

mod content;
mod english;

use super::keys::{Authority, KeyError, Roots, Signer};
use super::paper::{Attachment, Nature};
use super::papers::{Agreement, OF_PAPERS, Outcome, in_words};
use super::record::{History, Issued, Record, RecordError, State};
use super::{
    DocumentError, Look, Paper, SignError, Signing, Strokes, sign, unsigned_fields, write,
};
use crate::clock::Clock;
use crate::domain::hash::ContentHash;
use crate::i18n::{Locale, Texts};

pub use content::{
    COMMITTEE, COURT, URL, agreement, applicants, application, bilingual, certificate, made_at,
    parties, ruling, signatory,
};

/// What samples there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Agreement,
    /// An agreement in Chinese and English.
    Bilingual,
    Ruling,
    Certificate,
    Application,
}

/// A paper from the first to the last revision, and what it takes to check it.
#[derive(Debug)]
pub struct Sample {
    /// As it was drafted, after each signature, and sealed.
    pub revisions: Vec<Revision>,
    /// The same as data, where the paper has any.
    pub data: Vec<Attachment>,
    /// The agreement on which a ruling decides, or which lies in a dossier.
    pub agreement: Option<Vec<u8>>,
    /// What the platform says of it; nothing where it keeps none.
    pub record: Option<Issued>,
    /// The certificates to trust: of whoever signs, and of the timestamps.
    pub roots: Roots,
    /// What each of these has taken back, in DER.
    pub revocations: Vec<Vec<u8>>,
}

/// One revision of a paper.
#[derive(Debug, Clone)]
pub struct Revision {
    /// `unsigned`, `signed-1` and so on, `sealed`.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Why there is no sample.
#[derive(Debug, thiserror::Error)]
pub enum SampleError {
    #[error(transparent)]
    Document(#[from] DocumentError),
    #[error(transparent)]
    Sign(#[from] SignError),
    #[error(transparent)]
    Key(#[from] KeyError),
    #[error(transparent)]
    Record(#[from] RecordError),
    #[error("the data of the paper: {0}")]
    Json(#[from] serde_json::Error),
}

impl Kind {
    /// As the platform's record calls it.
    const fn name(self) -> &'static str {
        match self {
            Self::Agreement | Self::Bilingual => "agreement",
            Self::Ruling => "ruling",
            Self::Certificate => "non_settlement",
            Self::Application => "application",
        }
    }

    /// The paper with so many people who sign it; one that is signed by office alone names so many.
    fn paper(
        self,
        people: usize,
        (texts, locale): (&Texts, Locale),
        agreed: Option<&[u8]>,
    ) -> Result<Paper, SampleError> {
        // Two are a quarrel; of more who sign, the last is the mediator.
        let (signing, mediator) = if people > 2 {
            (people - 1, true)
        } else {
            (people, false)
        };
        let named = people.max(2);
        Ok(match self {
            Self::Agreement => {
                let content = english::or_not(agreement(signing, mediator), locale);
                in_words(&content, texts, locale)?
            }
            Self::Bilingual => in_words(&bilingual(signing, mediator), texts, OF_PAPERS)?,
            Self::Ruling => {
                let hash = agreed.map(|agreed| ContentHash::of(agreed).to_string());
                let content = ruling(named, Outcome::Valid, hash);
                in_words(&english::or_not(content, locale), texts, locale)?
            }
            Self::Certificate => {
                in_words(&english::or_not(certificate(named), locale), texts, locale)?
            }
            Self::Application => {
                in_words(&english::or_not(application(people), locale), texts, locale)?
            }
        })
    }
}

/// Makes a sample; every certificate in it is of the authority given, which is best one that nobody keeps.
pub fn make(
    (kind, people): (Kind, usize),
    words: (&Texts, Locale),
    authority: &Authority,
    clock: &Clock,
) -> Result<Sample, SampleError> {
    let agreement = match kind {
        Kind::Ruling => Some(agreed(people, words, authority, clock)?),
        _ => None,
    };
    let paper = kind.paper(people, words, agreement.as_deref())?;
    let revisions = signed_by_all(&paper, authority, clock)?;
    let mut record = Record::new(
        clock.new_id().to_string(),
        URL.rsplit('/').next().unwrap_or_default().to_owned(),
        State::Complete,
        clock.now(),
    );
    kind.name().clone_into(&mut record.kind);
    record.refers_to = agreement.as_deref().map(ContentHash::of);
    if let Some(last) = revisions.last() {
        record.history = History::of(&last.bytes)?;
    }
    let data = paper.attachments.into_iter();
    Ok(Sample {
        data: data.filter(|file| file.nature == Nature::Data).collect(),
        record: Some(record.issue(authority, clock)?),
        roots: authority.roots()?,
        revocations: authority.revocations(clock.now())?,
        revisions,
        agreement,
    })
}

/// The newest revision of the agreement that so many signed, on which a ruling decides or which lies in a dossier.
pub fn agreed(
    people: usize,
    words: (&Texts, Locale),
    authority: &Authority,
    clock: &Clock,
) -> Result<Vec<u8>, SampleError> {
    let paper = Kind::Agreement.paper(people.max(3), words, None)?;
    let newest = signed_by_all(&paper, authority, clock)?.pop();
    Ok(newest.map(|it| it.bytes).unwrap_or_default())
}

/// What the agreement that so many signed says in a language.
pub fn in_words_of(people: usize, locale: Locale) -> Agreement {
    english::or_not(agreement(people.max(3) - 1, true), locale)
}

/// A sample of what the platform makes whenever it is asked for and keeps nowhere: it has no record of it.
pub fn kept_nowhere(
    paper: &Paper,
    agreed: Vec<u8>,
    authority: &Authority,
    clock: &Clock,
) -> Result<Sample, SampleError> {
    let data = paper.attachments.iter();
    Ok(Sample {
        revisions: signed_by_all(paper, authority, clock)?,
        data: data
            .filter(|it| it.nature == Nature::Data)
            .cloned()
            .collect(),
        agreement: Some(agreed),
        record: None,
        roots: authority.roots()?,
        revocations: authority.revocations(clock.now())?,
    })
}

/// Signs a paper in every field: the first hand draws, the others type, organisations seal.
pub fn signed_by_all(
    paper: &Paper,
    authority: &Authority,
    clock: &Clock,
) -> Result<Vec<Revision>, SampleError> {
    let mut last = write(paper)?;
    let mut revisions = vec![Revision {
        name: "unsigned".to_owned(),
        bytes: last.clone(),
    }];
    for (number, field) in (1..).zip(unsigned_fields(&last)?) {
        last = signed_in(&field, &last, paper, (authority, clock))?;
        let name = match field.as_str() {
            "seal" => "sealed".to_owned(),
            _ => format!("signed-{number}"),
        };
        revisions.push(Revision {
            name,
            bytes: last.clone(),
        });
    }
    Ok(revisions)
}

/// The newest revision of a paper with one field more signed, by whom the paper has for it.
pub fn signed_in(
    field: &str,
    newest: &[u8],
    paper: &Paper,
    (authority, clock): (&Authority, &Clock),
) -> Result<Vec<u8>, SignError> {
    let (signer, look) = hand(field, paper);
    let signing = Signing {
        field,
        signer: &signer,
        look: &look,
        reason: "已阅读全文，同意签署",
        now: clock.now(),
    };
    sign(newest, &signing, authority, clock)
}

/// Who signs in a field, and how the name looks.
fn hand(field: &str, paper: &Paper) -> (Signer, Look) {
    let typed = |name: &str| Look::Typed(name.to_owned());
    let (kind, number) = field.split_once('-').unwrap_or((field, "1"));
    let place = number.parse::<usize>().unwrap_or(1).saturating_sub(1);
    let person = content::PEOPLE.get(place).copied().unwrap_or_default();
    let (name, organisation, look) = match kind {
        "party" if place == 0 => (person, None, drawn(person)),
        "party" => (person, None, typed(person)),
        "member" => (content::INTERPRETER, None, typed(content::INTERPRETER)),
        "mediator" => (content::MEDIATOR, Some(COMMITTEE), drawn(content::MEDIATOR)),
        "judge" => (content::JUDGE, Some(COURT), drawn(content::JUDGE)),
        "clerk" => (content::CLERK, Some(COURT), typed(content::CLERK)),
        _ => {
            let issuer = paper.issuer.as_str();
            (issuer, Some(issuer), Look::Seal(issuer.to_owned()))
        }
    };
    let signer = Signer {
        name: name.to_owned(),
        organisation: organisation.map(str::to_owned),
        pseudonym: "0123456789abcdef".repeat(2),
    };
    (signer, look)
}

/// A hand's wavy line.
fn drawn(name: &str) -> Look {
    let line = (0_u16..60)
        .map(|step| {
            let along = f32::from(step) / 60.0;
            (along * 160.0, 30.0 + 25.0 * (along * 22.0).sin())
        })
        .collect();
    Strokes::try_from(vec![line, vec![(10.0, 0.0), (150.0, 8.0)]])
        .map_or_else(|_| Look::Typed(name.to_owned()), Look::Strokes)
}
