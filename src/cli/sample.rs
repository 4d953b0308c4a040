//! `heyi sample`: a paper of invented people at every revision, and all that it takes to check it elsewhere. Without a database,
//! without the network, by an authority that is forgotten at the end.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use clap::{Args, ValueEnum};

use super::verify::language;
use crate::audit::invented;
use crate::clock::Clock;
use crate::documents::SignError;
use crate::documents::keys::{Authority, KeyError};
use crate::documents::samples::{self, Kind, Sample as Made};
use crate::domain::hash::ContentHash;
use crate::i18n::{Locale, Texts, TextsError};
use crate::paperwork::sample_dossier;

#[derive(Debug, Args)]
pub(super) struct Sample {
    #[arg(value_enum)]
    kind: Paper,
    /// How many people sign it, or are named where a paper is signed by office
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u8).range(1..=20))]
    signers: u8,
    /// The language of the paper and the README; what the platform issues is Chinese
    #[arg(long, default_value = "zh-CN", value_parser = language)]
    lang: Locale,
    /// An agreement in Chinese and English side by side; the Chinese text prevails
    #[arg(long)]
    bilingual: bool,
    /// The folder to make
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Paper {
    /// A settlement agreement
    Agreement,
    /// The court's ruling on it
    Ruling,
    /// A certificate of an end without settlement
    Certificate,
    /// A joint application for judicial confirmation
    Application,
    /// The dossier
    Dossier,
}

#[derive(Debug, thiserror::Error)]
pub(super) enum SampleError {
    #[error("of these papers only an agreement is made in two languages")]
    ChineseAlone,
    #[error("{} is there already and not empty; name a new folder", folder.display())]
    NotEmpty { folder: PathBuf },
    #[error("{}: {source}", file.display())]
    Write {
        file: PathBuf,
        source: std::io::Error,
    },
    #[error(transparent)]
    Key(#[from] KeyError),
    #[error(transparent)]
    Paper(#[from] samples::SampleError),
    #[error(transparent)]
    Sign(#[from] SignError),
    #[error("the proof: {0}")]
    Json(#[from] serde_json::Error),
    #[error(transparent)]
    Texts(#[from] TextsError),
}

impl Paper {
    /// Nothing for the dossier, which is made otherwise.
    const fn kind(self) -> Option<Kind> {
        Some(match self {
            Self::Agreement => Kind::Agreement,
            Self::Ruling => Kind::Ruling,
            Self::Certificate => Kind::Certificate,
            Self::Application => Kind::Application,
            Self::Dossier => return None,
        })
    }
}

const ROOTS: &str = "roots.pem";
const REVOCATIONS: [&str; 2] = ["signing.crl", "timestamps.crl"];
const RECORD: &str = "record.json";
const SAID: &str = "record-said.json";
const SIGNATURE: &str = "record-said.p7s";
const INCLUSION: &str = "inclusion.json";

pub(super) fn sample(sample: &Sample) -> Result<(), SampleError> {
    let kind = match (sample.kind.kind(), sample.bilingual) {
        (Some(Kind::Agreement), true) => Some(Kind::Bilingual),
        (_, true) => return Err(SampleError::ChineseAlone),
        (kind, false) => kind,
    };
    make_folder(&sample.out)?;
    let texts = Texts::load(None)?;
    let clock = Clock::system();
    let authority = Authority::create(&clock)?;
    let (people, words) = (usize::from(sample.signers), (&texts, sample.lang));
    let made = match kind {
        Some(kind) => samples::make((kind, people), words, &authority, &clock)?,
        None => sample_dossier(people, words, &authority, &clock)?,
    };
    let mut files = Files {
        kind: sample.kind,
        folder: &sample.out,
        texts: &texts,
        locale: sample.lang,
        list: Vec::new(),
    };
    write(&made, &mut files)?;
    // What is kept nowhere lies under no anchor.
    if let (Some(newest), true) = (made.revisions.last(), made.record.is_some()) {
        let shown = invented(&ContentHash::of(&newest.bytes), &authority, &clock)?;
        let shown = serde_json::to_vec_pretty(&shown)?;
        files.listed(INCLUSION, "sample-file-inclusion", &shown)?;
    }
    let readme = files.readme(&made);
    files.put("README.txt", readme.as_bytes())?;
    println!("{}", sample.out.display());
    Ok(())
}

fn make_folder(folder: &Path) -> Result<(), SampleError> {
    let failed = |source| SampleError::Write {
        file: folder.to_owned(),
        source,
    };
    std::fs::create_dir_all(folder).map_err(failed)?;
    let mut entries = std::fs::read_dir(folder).map_err(failed)?;
    if entries.next().is_some() {
        return Err(SampleError::NotEmpty {
            folder: folder.to_owned(),
        });
    }
    Ok(())
}

fn write(made: &Made, files: &mut Files<'_>) -> Result<(), SampleError> {
    revisions(made, files)?;
    for file in &made.data {
        files.listed(&file.name, "sample-file-data", &file.bytes)?;
    }
    if let Some(agreement) = &made.agreement {
        let what = match files.kind {
            Paper::Dossier => "sample-file-enclosed",
            _ => "sample-file-agreement",
        };
        files.listed(AGREEMENT, what, agreement)?;
    }
    let roots: String = made.roots.iter().map(|root| pem(root)).collect();
    files.listed(ROOTS, "sample-file-roots", roots.as_bytes())?;
    for (name, list) in REVOCATIONS.into_iter().zip(&made.revocations) {
        files.listed(name, "sample-file-revoked", list)?;
    }
    let Some(record) = &made.record else {
        return Ok(());
    };
    files.listed(RECORD, "sample-file-record", &record.file)?;
    files.listed(SAID, "sample-file-said", &record.said)?;
    files.listed(SIGNATURE, "sample-file-signature", &record.signature)
}

/// The draft, those in between in one line, and the newest.
fn revisions(made: &Made, files: &mut Files<'_>) -> Result<(), SampleError> {
    let name = |revision: &samples::Revision| format!("{}.pdf", revision.name);
    let [first, between @ .., last] = made.revisions.as_slice() else {
        let mut draft = made.revisions.iter();
        return draft.try_for_each(|it| files.listed(&name(it), "sample-file-unsigned", &it.bytes));
    };
    files.listed(&name(first), "sample-file-unsigned", &first.bytes)?;
    for revision in between {
        files.put(&name(revision), &revision.bytes)?;
    }
    match between {
        [] => {}
        [only] => files.list_as(&name(only), "sample-file-signed"),
        [first, .., last] => {
            files.list_as(
                &format!("{} … {}", name(first), name(last)),
                "sample-file-signed",
            );
        }
    }
    files.listed(&name(last), "sample-file-last", &last.bytes)
}

/// What a ruling decides on, or what lies in the dossier.
const AGREEMENT: &str = "agreement.pdf";

/// The folder as it fills, and what is said of each file.
struct Files<'a> {
    kind: Paper,
    folder: &'a Path,
    texts: &'a Texts,
    locale: Locale,
    list: Vec<String>,
}

impl Files<'_> {
    fn listed(&mut self, name: &str, what: &str, bytes: &[u8]) -> Result<(), SampleError> {
        self.list_as(name, what);
        self.put(name, bytes)
    }

    fn list_as(&mut self, name: &str, what: &str) {
        let what = self.texts.t(self.locale, what, &[]);
        self.list.push(format!("  {name}  {what}"));
    }

    fn put(&self, name: &str, bytes: &[u8]) -> Result<(), SampleError> {
        let file = self.folder.join(name);
        std::fs::write(&file, bytes).map_err(|source| SampleError::Write { file, source })
    }

    /// What the files are, and the commands that check them.
    fn readme(&self, made: &Made) -> String {
        let newest = made.revisions.last();
        let newest = newest.map_or_else(String::new, |it| format!("{}.pdf", it.name));
        let record = made.record.as_ref().map(|_| format!(" --record {RECORD}"));
        let trust = format!(
            "--trust {ROOTS} --crl signing.crl --crl timestamps.crl{} --language {}",
            record.unwrap_or_default(),
            self.locale.tag()
        );
        let part = |key: &str, commands: &[String]| {
            let about = self.texts.t(self.locale, key, &[]);
            let commands = commands.iter().map(|command| format!("\n  {command}"));
            format!("{about}\n{}\n", commands.collect::<String>())
        };
        let mut parts = vec![
            self.texts.t(self.locale, "sample-readme", &[]) + "\n",
            self.list.join("\n") + "\n",
        ];
        let verify = |file: &str| format!("heyi verify {file} {trust}");
        parts.push(match made.record {
            Some(_) => part("sample-heyi", &[verify(&newest)]),
            None => part("sample-heyi-unkept", &[verify(&newest), verify(AGREEMENT)]),
        });
        if made.revisions.len() > 1 {
            let earlier = format!("heyi verify unsigned.pdf {trust}");
            parts.push(part("sample-truncated", &[earlier]));
            let pyhanko = format!(
                "pyhanko sign validate --pretty-print --trust {ROOTS} --trust-replace {newest}"
            );
            parts.push(part("sample-pyhanko", &[pyhanko]));
        }
        if made.record.is_some() {
            let included = format!("heyi verify {newest} {trust} --inclusion {INCLUSION}");
            parts.push(part("sample-inclusion", &[included]));
        }
        if matches!(self.kind, Paper::Ruling) {
            let decided = format!("heyi verify {AGREEMENT} {trust}");
            parts.push(part("sample-agreement", &[decided]));
        }
        let said = made.record.as_ref().map(|_| format!(
            "openssl cms -verify -binary -inform DER -in {SIGNATURE} -content {SAID} -CAfile {ROOTS} -purpose any -out /dev/null"
        ));
        let mut openssl: Vec<_> = said.into_iter().collect();
        openssl.extend(
            REVOCATIONS
                .map(|list| format!("openssl crl -inform DER -in {list} -CAfile {ROOTS} -noout")),
        );
        let about = match made.record {
            Some(_) => "sample-openssl",
            None => "sample-openssl-lists",
        };
        parts.push(part(about, &openssl));
        parts.join("\n")
    }
}

fn pem(der: &[u8]) -> String {
    let text = BASE64.encode(der);
    let mut out = "-----BEGIN CERTIFICATE-----\n".to_owned();
    for line in text.as_bytes().chunks(64) {
        out.extend(line.iter().map(|byte| char::from(*byte)));
        out.push('\n');
    }
    out + "-----END CERTIFICATE-----\n"
}
