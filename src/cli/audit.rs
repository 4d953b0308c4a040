//! `heyi audit`: whether anything in the database or the files was changed since it was sealed.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::verify::{VerifyError, certificates, lists};
use super::{CliError, Settings};
use crate::app::{Place, StartError};
use crate::audit::{Audit, AuditError, Outcome};
use crate::config::{Config, DatabaseUrl};
use crate::documents::keys::{Authority, KeyError, Noted, Roots};
use crate::storage::files::{AnchorFiles, FileError, Files};
use crate::storage::{StorageError, Store};

#[derive(Debug, Subcommand)]
pub(super) enum Auditing {
    /// Hold every event and every file to the hourly anchors and name the first event that was changed, removed or
    /// reordered. Nothing is written. Exit code 0: all is as it was sealed; 2: it is not
    Verify(Verify),
}

#[derive(Debug, Args)]
pub(super) struct Verify {
    #[command(flatten)]
    settings: Settings,
    /// A copy of the folder `files/anchors` that was kept elsewhere, which is believed rather than the one here: whoever has
    /// this machine with its keys could have made other anchors
    #[arg(long, value_name = "FOLDER")]
    anchors: Option<PathBuf>,
    /// Certificates that are trusted, in PEM or DER; without any, those of the data folder
    #[arg(long, value_name = "FILE")]
    roots: Vec<PathBuf>,
    /// Lists of what they have taken back, in DER; without any, those beside the authority of the data folder
    #[arg(long, value_name = "FILE")]
    crl: Vec<PathBuf>,
}

#[derive(Debug, thiserror::Error)]
pub(super) enum AuditingError {
    #[error("{}: no such database", .0.display())]
    NoDatabase(PathBuf),
    #[error("the database: {0}")]
    Storage(#[from] StorageError),
    #[error("the files: {0}")]
    Files(#[from] FileError),
    #[error("the roots: {0}")]
    Roots(#[from] VerifyError),
    #[error(transparent)]
    Start(#[from] StartError),
    #[error("the keys: {0}")]
    Keys(#[from] KeyError),
    #[error(transparent)]
    Audit(#[from] AuditError),
}

/// What was found is wrong.
const TAMPERED: u8 = 2;

pub(super) async fn audit(command: Auditing) -> Result<ExitCode, CliError> {
    let Auditing::Verify(verify) = command;
    let config = verify.settings.load(None)?;
    Ok(tell(&run(&verify, &config).await?))
}

async fn run(verify: &Verify, config: &Config) -> Result<Outcome, AuditingError> {
    let (data, database) = (&config.data, config.database());
    if let DatabaseUrl::Sqlite(file) = &database
        && !file.is_file()
    {
        return Err(AuditingError::NoDatabase(file.clone()));
    }
    let mut files = verify.roots.clone();
    if files.is_empty() {
        // Anchors too may bear the timestamp of a service elsewhere.
        let own = data.join("authority").join("authority.crt");
        let outside = Some(own.with_file_name("outside.crt"));
        files.extend(outside.filter(|file| file.is_file()));
        files.push(own);
    }
    let mut roots = Vec::new();
    for file in &files {
        roots.extend(certificates(file)?);
    }
    let copy = verify.anchors.as_deref().map(AnchorFiles::copied);
    let audit = Audit {
        store: Store::as_it_is(&database).await?,
        files: Files::open(&data.join("files"))?,
        copy: copy.transpose()?,
        roots: Roots::of(roots),
        lists: lists(&verify.crl, data)?,
        noted: noted(config)?,
    };
    Ok(audit.run().await?)
}

/// The anchors that are noted beside the keys, if the keys are here and what opens them is known.
fn noted(config: &Config) -> Result<Vec<Noted>, AuditingError> {
    let is_known = config.master_key.is_some()
        || config.data.join("master.key").is_file()
        || config.keys.passphrase.is_some()
        || config.keys.passphrase_file.is_some();
    let folder = config.data.join("authority");
    if !is_known || !Authority::is_in(&folder) {
        println!("no keys to be opened here: the anchor noted beside them is not compared");
        return Ok(Vec::new());
    }
    let place = Place::alone(config)?;
    Ok(Authority::noted_in(&place.folder, &place.passphrase)?)
}

fn tell(outcome: &Outcome) -> ExitCode {
    match outcome.newest {
        Some((number, hour)) => println!(
            "{} anchors over {} leaves, the newest is number {number} of {hour}",
            outcome.anchors, outcome.leaves
        ),
        None => println!("no anchor holds"),
    }
    println!(
        "{} cases with {} events and {} files; {} events are in no anchor yet; words of {} cases were erased by law",
        outcome.cases, outcome.events, outcome.files, outcome.waiting, outcome.erased
    );
    tell_what_is_open(outcome);
    if outcome.found == 0 && outcome.newest.is_some() {
        println!("all is as it was sealed");
        return ExitCode::SUCCESS;
    }
    if let Some(first) = outcome.first_event() {
        println!("first: {first}");
    }
    for finding in &outcome.findings {
        println!("found: {finding}");
    }
    println!("{} found", outcome.found);
    ExitCode::from(TAMPERED)
}

/// What is no finding, and shows less than a whole row of anchors over all that is there.
fn tell_what_is_open(outcome: &Outcome) {
    if outcome.uncovered > 0 {
        println!(
            "not covered: the bodies of {} cases, whose newest event is from before events covered them",
            outcome.uncovered
        );
    }
    if let (hours, Some(first)) = outcome.missing {
        println!(
            "{hours} hours are without an anchor, the first is {first}: right if nobody served then"
        );
    }
    if let (events, Some(first)) = &outcome.late {
        let (number, made_at) = first.anchor;
        println!(
            "{events} events were sealed more than two hours after they happened, the first is event {} of case {} at {}, in \
             anchor {number} made at {made_at}: right if nobody served in between",
            first.seq, first.number, first.at
        );
    }
}
