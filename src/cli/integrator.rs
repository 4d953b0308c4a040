//! `heyi integrator`: other bodies that hand matters over.

use clap::Subcommand;

use super::{CliError, Settings};
use crate::accounts::AccountsError;
use crate::accounts::integrators::{self, Told};
use crate::app::App;
use crate::domain::ids::IntegratorId;
use crate::domain::intake::Source;
use crate::domain::organisation::District;
use crate::storage::integrators as rows;
use crate::storage::{StorageError, office, write_tx};

#[derive(Debug, Subcommand)]
pub(super) enum IntegratorCommand {
    /// Set up another body; its token and the secret of its webhook are printed once
    Add {
        #[command(flatten)]
        settings: Settings,
        /// What it is called
        name: String,
        /// `police`, `petition_office`, `court` or `platform`
        #[arg(long, value_parser = source)]
        source: Source,
        /// The district whose matters it hands over, the first part of an area
        #[arg(long)]
        district: String,
        /// The https address that is told what becomes of them
        #[arg(long)]
        webhook: Option<String>,
    },
    /// Print all: id, name, source, district, webhook
    List(Settings),
    /// Let a token be worth nothing from now on
    Revoke {
        #[command(flatten)]
        settings: Settings,
        id: IntegratorId,
    },
}

fn source(name: &str) -> Result<Source, String> {
    let known = Source::parse(name).filter(|it| Source::BY_INTERFACE.contains(it));
    known.ok_or_else(|| Source::BY_INTERFACE.map(Source::name).join(", "))
}

#[derive(Debug, thiserror::Error)]
pub(super) enum IntegratorError {
    #[error("there is no district {0}")]
    NoDistrict(String),
    #[error("--webhook is not an https address: {0}")]
    NotHttps(String),
    #[error("there is no integrator {0} in force")]
    Unknown(IntegratorId),
    #[error(transparent)]
    Accounts(#[from] AccountsError),
    #[error("the database: {0}")]
    Storage(#[from] StorageError),
}

pub(super) async fn integrator(command: IntegratorCommand) -> Result<(), CliError> {
    match command {
        IntegratorCommand::Add {
            settings,
            name,
            source,
            district,
            webhook,
        } => {
            let app = settings.open().await?;
            let told = add(&app, &name, source, District(district), webhook).await?;
            println!("id\t{}", told.integrator.id);
            println!("token\t{}", told.token);
            println!("secret\t{}", told.secret);
        }
        IntegratorCommand::List(settings) => list(&settings.open().await?).await?,
        IntegratorCommand::Revoke { settings, id } => {
            let app = settings.open().await?;
            let now = app.clock.now();
            let revoked: Result<(), StorageError> =
                write_tx!(app.store, |tx| { rows::revoke(tx, id, now).await });
            revoked.map_err(|error| match error {
                StorageError::Conflict => IntegratorError::Unknown(id),
                other => other.into(),
            })?;
        }
    }
    Ok(())
}

async fn add(
    app: &App,
    name: &str,
    source: Source,
    district: District,
    webhook: Option<String>,
) -> Result<Told, IntegratorError> {
    let known = office::area_name(&mut app.store.read().await?, &district.area()).await?;
    if known.is_none() {
        return Err(IntegratorError::NoDistrict(district.0));
    }
    let may = |url: &str| url.starts_with("https://") || app.config.webhooks.may_be_plain(url);
    if let Some(url) = webhook.as_deref().filter(|url| !may(url)) {
        return Err(IntegratorError::NotHttps(url.to_owned()));
    }
    Ok(integrators::add(&app.accounts(), name, source, district, webhook).await?)
}

async fn list(app: &App) -> Result<(), IntegratorError> {
    for it in rows::all(&mut app.store.read().await?).await? {
        let webhook = it.webhook.unwrap_or_default();
        let revoked = if it.revoked_at.is_some() {
            "\trevoked"
        } else {
            ""
        };
        let source = it.source.name();
        println!(
            "{}\t{}\t{source}\t{}\t{webhook}{revoked}",
            it.id, it.name, it.district
        );
    }
    Ok(())
}
