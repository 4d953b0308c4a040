//! `heyi papers`: the wording of papers, written out to be changed, and checked as the start does.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::{CliError, Settings};
use crate::app::{checked_texts, kind_of};
use crate::documents::{self, DocumentError};
use crate::i18n::forms::shipped_files;
use crate::i18n::{Locale, Texts};

#[derive(Debug, Subcommand)]
pub(super) enum Papers {
    /// Read every template, of the house and of each district, and fill it with samples of every paper
    Check(Settings),
    /// Write the shipped templates into a folder, which `--assets` then lays over them
    Export(Export),
    /// Write an invented paper of every kind as PDF, in both languages, to look at what was changed
    Preview(Preview),
}

#[derive(Debug, Args)]
pub(super) struct Export {
    folder: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct Preview {
    #[command(flatten)]
    settings: Settings,
    folder: PathBuf,
}

#[derive(Debug, thiserror::Error)]
pub(super) enum PapersError {
    #[error("{}: is there already, and nothing is written over", .0.display())]
    Exists(PathBuf),
    #[error("{}: {source}", path.display())]
    Io {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error(transparent)]
    Document(#[from] DocumentError),
}

pub(super) fn papers(papers: &Papers) -> Result<(), CliError> {
    match papers {
        Papers::Check(settings) => {
            let config = settings.load(None)?;
            checked_texts(&config, kind_of(&config.data))?;
            println!("every paper can be written");
        }
        Papers::Preview(to) => {
            let config = to.settings.load(None)?;
            let texts = checked_texts(&config, kind_of(&config.data))?;
            preview(&texts, &to.folder)?;
        }
        Papers::Export(to) => export(&to.folder.join("papers"))?,
    }
    Ok(())
}

fn export(folder: &Path) -> Result<(), PapersError> {
    if folder.exists() {
        return Err(PapersError::Exists(folder.to_owned()));
    }
    for (path, text) in shipped_files() {
        write(&folder.join(path), text.as_bytes())?;
    }
    Ok(())
}

fn preview(texts: &Texts, folder: &Path) -> Result<(), PapersError> {
    for locale in Locale::ALL {
        for (kind, paper) in documents::papers::previews(texts, locale)? {
            let name = format!("{kind}.{}.pdf", locale.tag());
            write(&folder.join(name), &documents::write(&paper)?)?;
        }
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), PapersError> {
    let failed = |source| PapersError::Io {
        path: path.to_owned(),
        source,
    };
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).map_err(failed)?;
    }
    std::fs::write(path, bytes).map_err(failed)?;
    println!("{}", path.display());
    Ok(())
}
