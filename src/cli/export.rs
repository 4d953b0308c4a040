//! `heyi export`: what goes out of the installation whole.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, Subcommand};
use futures_util::StreamExt;
use serde::Deserialize;
use serde::de::IgnoredAny;
use zip::ZipArchive;
use zip::result::ZipError;

use super::{CliError, Settings};
use crate::app::{App, base_url};
use crate::domain::actor::{Actor, Post, Role};
use crate::domain::ids::{OrganisationId, PersonId};
use crate::paperwork::{Archive, PaperworkError};
use crate::storage::{StorageError, office};

#[derive(Debug, Subcommand)]
pub(super) enum Export {
    /// Write the matters that an organisation closed in a year into a ZIP, with a list of hashes under our signature
    Archive(ArchiveOf),
}

#[derive(Debug, Args)]
pub(super) struct ArchiveOf {
    #[command(flatten)]
    settings: Settings,
    /// In which they were closed
    #[arg(long, value_parser = clap::value_parser!(i16).range(2000..=2200))]
    year: i16,
    /// The prefix of the organisation's paper numbers, such as 柳荫
    #[arg(long)]
    organisation: String,
    /// The file to make
    #[arg(long)]
    out: PathBuf,
}

#[derive(Debug, thiserror::Error)]
pub(super) enum ExportError {
    #[error("there is no organisation {0}")]
    Unknown(String),
    #[error("{}: exists already", .0.display())]
    Exists(PathBuf),
    #[error("the database: {0}")]
    Storage(#[from] StorageError),
    #[error("the archive: {0}")]
    Paperwork(#[from] PaperworkError),
    #[error("{}: {missing} files are lost; manifest.json within names them", .out.display())]
    Lost { out: PathBuf, missing: usize },
    #[error("{}: {source}", path.display())]
    Unreadable { path: PathBuf, source: ZipError },
    #[error("{}: {source}", path.display())]
    Io {
        path: PathBuf,
        source: std::io::Error,
    },
}

pub(super) async fn export(command: Export) -> Result<(), CliError> {
    let Export::Archive(of) = command;
    let app = of.settings.open().await?;
    let bytes = archive(&app, &of).await?;
    println!("{}\t{bytes} bytes", of.out.display());
    match missing(&of.out)? {
        0 => Ok(()),
        missing => {
            let out = of.out.clone();
            Err(ExportError::Lost { out, missing }.into())
        }
    }
}

/// Whoever has the shell stands for the head, and nobody in particular.
async fn archive(app: &App, of: &ArchiveOf) -> Result<u64, ExportError> {
    let organisation = find(app, &of.organisation).await?;
    let head = Actor::Staff {
        person: PersonId(uuid::Uuid::nil()),
        posts: vec![Post {
            organisation,
            role: Role::Head,
        }],
    };
    if of.out.exists() {
        return Err(ExportError::Exists(of.out.clone()));
    }
    let address = base_url(&app.config, app.config.listen);
    let chancery = Arc::new(app.chancery(address));
    let year = of.year;
    let mut outgoing = chancery.archive(&head, Archive { organisation, year })?;
    let partial = of.out.with_extension("partial");
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| ExportError::Io { path, source }
    };
    let mut file = File::create(&partial).map_err(failed(&partial))?;
    let mut bytes = 0;
    while let Some(piece) = outgoing.next().await {
        let piece = piece?;
        bytes += piece.len() as u64;
        file.write_all(&piece).map_err(failed(&partial))?;
    }
    file.sync_all().map_err(failed(&partial))?;
    std::fs::rename(&partial, &of.out).map_err(failed(&of.out))?;
    Ok(bytes)
}

/// How many files the archive should have and has not, as its own list says.
fn missing(out: &Path) -> Result<usize, ExportError> {
    #[derive(Deserialize)]
    struct Manifest {
        missing: Vec<IgnoredAny>,
    }
    let unreadable = |source| {
        let path = out.to_owned();
        ExportError::Unreadable { path, source }
    };
    let file = File::open(out).map_err(|error| unreadable(error.into()))?;
    let mut zip = ZipArchive::new(file).map_err(unreadable)?;
    let list = zip.by_name("manifest.json").map_err(unreadable)?;
    let list: Manifest = serde_json::from_reader(list)
        .map_err(|error| unreadable(std::io::Error::from(error).into()))?;
    Ok(list.missing.len())
}

async fn find(app: &App, prefix: &str) -> Result<OrganisationId, ExportError> {
    let all = office::organisations(&mut app.store.read().await?).await?;
    let found = all.iter().find(|it| it.organisation.prefix == prefix);
    found
        .map(|it| it.id)
        .ok_or_else(|| ExportError::Unknown(prefix.to_owned()))
}

#[cfg(test)]
mod tests {
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    #[test]
    fn what_an_archive_has_not_is_counted_by_its_own_list() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("2026.zip");
        let written = |list: &str| {
            let mut zip = ZipWriter::new(File::create(&out).unwrap());
            let options = SimpleFileOptions::default();
            zip.start_file("manifest.json", options).unwrap();
            zip.write_all(list.as_bytes()).unwrap();
            zip.finish().unwrap();
            missing(&out)
        };
        assert_eq!(written(r#"{"files":[],"missing":[]}"#).unwrap(), 0);
        let lost = r#"{"files":[],"missing":[{"name":"papers/01.pdf","sha256":"00"}]}"#;
        assert_eq!(written(lost).unwrap(), 1);
        let says_nothing = written("{}").unwrap_err();
        assert!(matches!(says_nothing, ExportError::Unreadable { .. }));
    }
}
