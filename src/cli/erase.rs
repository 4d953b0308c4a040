//! `heyi erase`: what people wrote in a matter that is over, on the request of somebody, which is written down.

use clap::{Args, Subcommand};

use super::{CliError, Settings};
use crate::app::{App, base_url};
use crate::paperwork::{Erased, PaperworkError};
use crate::storage::StorageError;
use crate::storage::erasure::{self, AskedBy, Erasure};

#[derive(Debug, Subcommand)]
pub(super) enum Erase {
    /// Erase messages, notes, what was confided and the details of events of a matter that is over; its body, its papers and
    /// its chain stay
    Words(Words),
    /// Print what was erased: when, matter, who asked, rows, why
    List(Settings),
}

#[derive(Debug, Args)]
pub(super) struct Words {
    #[command(flatten)]
    settings: Settings,
    /// Of the matter, such as 和调〔2026〕000128号
    number: String,
    /// `claimant`, `respondent`, `period` where the time to keep it is over, or `authority`
    #[arg(long, value_parser = asked_by)]
    asked_by: AskedBy,
    /// In words, without names: who reads the list sees it
    #[arg(long)]
    why: String,
}

fn asked_by(name: &str) -> Result<AskedBy, String> {
    AskedBy::parse(name).ok_or_else(|| AskedBy::ALL.map(AskedBy::name).join(", "))
}

#[derive(Debug, thiserror::Error)]
pub(super) enum EraseError {
    #[error("there is no matter {0}")]
    Unknown(String),
    #[error("the matter {0} is not over")]
    NotOver(String),
    #[error("--why says nothing")]
    NoReason,
    #[error("the database: {0}")]
    Storage(#[from] StorageError),
    #[error("the reports on its papers: {0}")]
    Paperwork(PaperworkError),
}

pub(super) async fn erase(erase: Erase) -> Result<(), CliError> {
    match erase {
        Erase::Words(words) => {
            let app = words.settings.open().await?;
            let Erased { rows, unreported } = erase_words(&app, words).await?;
            println!("{rows}");
            for paper in unreported {
                eprintln!("the file of paper {paper} is lost: there is no report on its signing");
            }
        }
        Erase::List(settings) => list(&settings.open().await?).await?,
    }
    Ok(())
}

async fn erase_words(app: &App, words: Words) -> Result<Erased, EraseError> {
    if words.why.trim().is_empty() {
        return Err(EraseError::NoReason);
    }
    let erasure = Erasure {
        id: app.clock.new_id(),
        number: words.number,
        at: app.clock.now(),
        asked_by: words.asked_by,
        why: words.why,
    };
    let chancery = app.chancery(base_url(&app.config, app.config.listen));
    let erased = chancery.erase(&erasure).await;
    erased.map_err(|error| match error {
        PaperworkError::Storage(StorageError::NotFound) => EraseError::Unknown(erasure.number),
        PaperworkError::Storage(StorageError::Conflict) => EraseError::NotOver(erasure.number),
        PaperworkError::Storage(other) => other.into(),
        other => EraseError::Paperwork(other),
    })
}

async fn list(app: &App) -> Result<(), EraseError> {
    for (it, erased) in erasure::all(&mut app.store.read().await?).await? {
        let asked_by = it.asked_by.name();
        println!("{}\t{}\t{asked_by}\t{erased}\t{}", it.at, it.number, it.why);
    }
    Ok(())
}
