//! `heyi papers`: the wording of papers, written out to be changed, and checked as the start does.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::{CliError, Settings};
use crate::app::{check_papers, kind_of};
use crate::i18n::forms::shipped_files;

#[derive(Debug, Subcommand)]
pub(super) enum Papers {
    /// Read every template, of the house and of each district, and fill it with samples of every paper
    Check(Settings),
    /// Write the shipped templates into a folder, which `--assets` then lays over them
    Export(Export),
}

#[derive(Debug, Args)]
pub(super) struct Export {
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
}

pub(super) fn papers(papers: &Papers) -> Result<(), CliError> {
    match papers {
        Papers::Check(settings) => {
            let config = settings.load(None)?;
            check_papers(&config, kind_of(&config.data))?;
            println!("every paper can be written");
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
        let path = folder.join(path);
        let failed = |source| PapersError::Io {
            path: path.clone(),
            source,
        };
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(failed)?;
        }
        std::fs::write(&path, text).map_err(failed)?;
        println!("{}", path.display());
    }
    Ok(())
}
