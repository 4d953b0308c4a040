//! `heyi office`: areas, organisations, staff and doors as tables, taken in and given out.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::{CliError, Settings};
use crate::accounts::{AccountsError, setup, staff};
use crate::app::{App, base_url};
use crate::i18n::{Locale, Texts};
use crate::office::register::{self, FILES, Fault, Outcome};
use crate::storage::StorageError;

#[derive(Debug, Subcommand)]
pub(super) enum Office {
    /// Take in areas.csv, organisations.csv, staff.csv and places.csv of a folder, as many as there are: all or nothing
    Import(Import),
    /// Write the four files into a folder
    Export(Export),
}

#[derive(Debug, Args)]
pub(super) struct Import {
    #[command(flatten)]
    settings: Settings,
    folder: PathBuf,
    /// Only say what is wrong and what would change
    #[arg(long)]
    dry_run: bool,
}

#[derive(Debug, Args)]
pub(super) struct Export {
    #[command(flatten)]
    settings: Settings,
    folder: PathBuf,
}

#[derive(Debug, thiserror::Error)]
pub(super) enum OfficeError {
    #[error("{}: none of {} is there", .0.display(), FILES.join(", "))]
    NoFiles(PathBuf),
    #[error("{}: {source}", path.display())]
    Io {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("the database: {0}")]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Accounts(#[from] AccountsError),
}

pub(super) async fn office(office: Office) -> Result<ExitCode, CliError> {
    match office {
        Office::Import(import) => {
            let app = import.settings.open().await?;
            let outcome = take_in(&app, &import).await?;
            tell(&app.texts, &outcome);
            introduce(&app, &outcome).await?;
            Ok(if outcome.faults.is_empty() {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            })
        }
        Office::Export(export) => {
            let app = export.settings.open().await?;
            give_out(&app, &export.folder).await?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

async fn take_in(app: &App, import: &Import) -> Result<Outcome, OfficeError> {
    let mut files = Vec::new();
    for name in FILES {
        let path = import.folder.join(name);
        match std::fs::read(&path) {
            Ok(bytes) => files.push((name, bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(source) => return Err(OfficeError::Io { path, source }),
        }
    }
    if files.is_empty() {
        return Err(OfficeError::NoFiles(import.folder.clone()));
    }
    let files: Vec<_> = files.iter().map(|(name, it)| (*name, &**it)).collect();
    let password = staff::nobody_s_password(&app.accounts())?;
    let password = (!import.dry_run).then_some(password.as_str());
    Ok(register::import(&app.store, &app.clock, &app.rules, &files, None, password).await?)
}

fn tell(texts: &Texts, outcome: &Outcome) {
    for fault in &outcome.faults {
        eprintln!("{}", told(texts, fault));
    }
    if outcome.faults.is_empty() {
        for (login, role) in &outcome.leaving {
            println!("{login} is no longer {}", role.name());
        }
        let verb = if outcome.done { "" } else { "would be " };
        for (file, (added, changed)) in &outcome.rows {
            println!("{file}: {added} {verb}added, {changed} {verb}changed");
        }
    }
}

/// The links by which new staff choose a password, told this once.
async fn introduce(app: &App, outcome: &Outcome) -> Result<(), OfficeError> {
    let accounts = app.accounts();
    let address = base_url(&app.config, app.config.listen);
    for (login, person) in &outcome.newcomers {
        if let Some(path) = setup::offer(&accounts, *person, None).await? {
            println!("{login} chooses a password at {address}{path}");
        }
    }
    Ok(())
}

/// `staff.csv, row 3, phone: …`
fn told(texts: &Texts, fault: &Fault) -> String {
    let key = format!("office-fault-{}", fault.what.key());
    let fillers = [
        ("value", fault.what.value().into()),
        ("cases", fault.what.cases().into()),
    ];
    let what = texts.t(Locale::En, &key, &fillers);
    let column = if fault.column.is_empty() {
        String::new()
    } else {
        format!(", {}", fault.column)
    };
    match fault.row {
        0 => format!("{}{column}: {what}", fault.file),
        row => format!("{}, row {row}{column}: {what}", fault.file),
    }
}

async fn give_out(app: &App, folder: &Path) -> Result<(), OfficeError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| OfficeError::Io { path, source }
    };
    std::fs::create_dir_all(folder).map_err(failed(folder))?;
    let mut read = app.store.read().await?;
    for (name, bytes) in register::export(&mut read).await? {
        let path = folder.join(name);
        std::fs::write(&path, bytes).map_err(failed(&path))?;
    }
    Ok(())
}
