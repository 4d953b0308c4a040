//! `heyi verify`.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use clap::Args;
use serde::Serialize;

use crate::audit::{Included, Inclusion, Unproven};
use crate::documents::keys::{Roots, Use};
use crate::documents::record::Record;
use crate::documents::verify::{
    Compared, LARGEST, RecordFlaw, Report, Standing, Verdict, compare, describe, describe_record,
    record, run_in,
};
use crate::domain::time::civil;
use crate::i18n::{Locale, Texts, TextsError};

/// Exit code 0: whole, trusted and signed by everybody; 3: not signed by everybody yet; 2: anything worse, also where nothing in the
/// file, and no record or proof beside it, comes from this platform
#[derive(Debug, Args)]
pub(super) struct Verify {
    /// The PDF
    file: PathBuf,
    /// Beside a ruling, the agreement that it should be about
    agreement: Option<PathBuf>,
    /// Certificates that are trusted, in PEM or DER; without any, those of the data folder. Of others than ours, those who say the
    /// time need a line before them: Trusted for timestamps
    #[arg(long, value_name = "FILE")]
    trust: Vec<PathBuf>,
    /// Lists of what was taken back, in DER; without any, those beside the authority of the data folder
    #[arg(long, value_name = "FILE")]
    crl: Vec<PathBuf>,
    /// The data folder whose authority is trusted
    #[arg(long, value_name = "FOLDER", default_value = "data")]
    data: PathBuf,
    /// What the platform says of the document, as downloaded behind its square code
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    /// The proof that the file lies under an hourly anchor, as downloaded beside the paper; no database is needed
    #[arg(long, value_name = "FILE")]
    inclusion: Option<PathBuf>,
    /// The wording of the installation that wrote the paper, as `heyi serve --assets` has it
    #[arg(long, value_name = "FOLDER")]
    assets: Option<PathBuf>,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
    /// Answer in this language
    #[arg(long, default_value = "zh-CN", value_parser = language)]
    language: Locale,
}

pub(super) fn language(tag: &str) -> Result<Locale, String> {
    Locale::parse(tag).ok_or_else(|| "zh-CN or en".to_owned())
}

#[derive(Debug, thiserror::Error)]
pub(super) enum VerifyError {
    #[error("{}: {source}", file.display())]
    Read {
        file: PathBuf,
        source: std::io::Error,
    },
    #[error("{}: neither PEM nor DER: {source}", file.display())]
    Certificate {
        file: PathBuf,
        source: base64::DecodeError,
    },
    #[error("{}: {flaw}", file.display())]
    Record { file: PathBuf, flaw: RecordFlaw },
    #[error("the report: {0}")]
    Json(#[from] serde_json::Error),
    #[error(transparent)]
    Texts(#[from] TextsError),
}

const UNTRUSTED: u8 = 2;
const INCOMPLETE: u8 = 3;

pub(super) fn verify(verify: &Verify) -> Result<ExitCode, VerifyError> {
    let own = verify.data.join("authority").join("authority.crt");
    let mut trusted = verify.trust.clone();
    if trusted.is_empty() {
        // Beside it, the roots of services elsewhere.
        let files = [own.with_file_name("outside.crt"), own];
        trusted.extend(files.into_iter().filter(|file| file.is_file()));
    }
    let mut roots = Vec::new();
    for file in &trusted {
        roots.extend(certificates(file)?);
    }
    let roots = Roots::of(roots);
    let texts = Texts::load(verify.assets.as_deref())?;
    let bytes = read(&verify.file)?;
    let lists = lists(&verify.crl, &verify.data)?;
    let mut report = run_in(&bytes, (&roots, &lists), &texts);
    if let Some(agreement) = &verify.agreement {
        report.compare(&read(agreement)?);
    }
    let recorded = verify.record.as_deref();
    let recorded = recorded.map(|file| recorded_in(file, &roots)).transpose()?;
    let compared = recorded.map(|record| compare(&bytes, &report, &record));
    let shown = verify.inclusion.as_deref().map(read).transpose()?;
    let included = shown.map(|it| Inclusion::check(&it, &bytes, (&roots, &lists)));
    let recorded = compared
        .as_ref()
        .is_some_and(|it| it.standing.is_recorded());
    if recorded || matches!(included, Some(Ok(_))) {
        report.vouch();
    }
    tell(verify, &report, (compared.as_ref(), included.as_ref()))?;
    if included.is_some_and(|included| included.is_err()) {
        return Ok(ExitCode::from(UNTRUSTED));
    }
    Ok(exit_code(
        &report,
        compared.map(|compared| compared.standing),
    ))
}

fn recorded_in(file: &Path, roots: &Roots) -> Result<Record, VerifyError> {
    record(&read(file)?, roots).map_err(|flaw| VerifyError::Record {
        file: file.to_owned(),
        flaw,
    })
}

#[derive(Serialize)]
struct Answer<'a> {
    #[serde(flatten)]
    report: &'a Report,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<&'a Compared>,
    #[serde(skip_serializing_if = "Option::is_none")]
    included: Option<&'a Included>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_included: Option<&'static str>,
}

type Shown<'a> = (Option<&'a Compared>, Option<&'a Result<Included, Unproven>>);

fn tell(
    verify: &Verify,
    report: &Report,
    (record, included): Shown<'_>,
) -> Result<(), VerifyError> {
    if verify.json {
        let answer = Answer {
            report,
            record,
            included: included.and_then(|it| it.as_ref().ok()),
            not_included: included.and_then(|it| it.as_ref().err().map(|why| why.name())),
        };
        println!("{}", serde_json::to_string_pretty(&answer)?);
        return Ok(());
    }
    let texts = Texts::load(None)?;
    let compared = record.map(|it| describe_record(it, &texts, verify.language));
    for line in describe(report, &texts, verify.language) {
        println!("{line}");
    }
    for line in compared.unwrap_or_default() {
        println!("{line}");
    }
    if let Some(included) = included {
        println!("{}", say_included(included, &texts, verify.language));
    }
    Ok(())
}

fn say_included(included: &Result<Included, Unproven>, texts: &Texts, locale: Locale) -> String {
    match included {
        Ok(it) => {
            let at = civil(it.at).strftime("%Y-%m-%d %H:%M:%S").to_string();
            let fillers = [
                ("number", it.number.to_string().into()),
                ("time", at.into()),
                ("root", it.root.as_str().into()),
            ];
            texts.t(locale, "documents-inclusion-holds", &fillers)
        }
        Err(why) => {
            let key = ["documents-inclusion-", why.name()].concat();
            texts.t(locale, &key, &[])
        }
    }
}

/// A file that is whole is not good for all that: the record may know a newer one.
fn exit_code(report: &Report, standing: Option<Standing>) -> ExitCode {
    let outdated = !matches!(
        standing,
        None | Some(Standing::Newest | Standing::Waiting | Standing::ReferredTo | Standing::Report)
    );
    match report.verdict() {
        _ if report.is_about == Some(false) => ExitCode::from(UNTRUSTED),
        Verdict::Doubtful | Verdict::Elsewhere | Verdict::Foreign | Verdict::Refused => {
            ExitCode::from(UNTRUSTED)
        }
        _ if outdated => ExitCode::from(UNTRUSTED),
        Verdict::Accepted => ExitCode::SUCCESS,
        Verdict::Waiting | Verdict::Unsigned => ExitCode::from(INCOMPLETE),
    }
}

/// No more of a file than shows that it is too large.
fn read(file: &Path) -> Result<Vec<u8>, VerifyError> {
    let limit = u64::try_from(LARGEST).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    std::fs::File::open(file)
        .and_then(|open| open.take(limit).read_to_end(&mut bytes))
        .map_err(|source| VerifyError::Read {
            file: file.to_owned(),
            source,
        })?;
    Ok(bytes)
}

/// The lists that are named, or those beside the authority of a data folder.
pub(super) fn lists(named: &[PathBuf], data: &Path) -> Result<Vec<Vec<u8>>, VerifyError> {
    if !named.is_empty() {
        return named.iter().map(|file| read(file)).collect();
    }
    let folder = data.join("authority");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        return Ok(Vec::new());
    };
    let mut lists = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|source| VerifyError::Read {
            file: folder.clone(),
            source,
        })?;
        let file = entry.path();
        if file.extension().is_some_and(|end| end == "crl") {
            lists.push(read(&file)?);
        }
    }
    Ok(lists)
}

/// The certificates of a file in DER, from PEM, where there may be several, or from DER, each with what it is trusted for.
pub(super) fn certificates(file: &Path) -> Result<Vec<(Use, Vec<u8>)>, VerifyError> {
    let bytes = read(file)?;
    let Ok(text) = std::str::from_utf8(&bytes) else {
        return Ok(vec![Roots::named("", bytes)]);
    };
    let one = |text: &str| {
        let (before, body) = text.split_once(BEGIN).unwrap_or(("", text));
        let body = body.lines().filter(|line| !line.starts_with("-----"));
        let body: String = body.map(str::trim).collect();
        let der = BASE64.decode(body);
        let der = der.map_err(|source| VerifyError::Certificate {
            file: file.to_owned(),
            source,
        })?;
        let line = before.lines().rfind(|line| !line.trim().is_empty());
        Ok(Roots::named(line.unwrap_or_default(), der))
    };
    let parts = text.split_inclusive("-----END CERTIFICATE-----");
    let parts = parts.filter(|part| !part.trim().is_empty());
    parts.map(one).collect()
}

const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
