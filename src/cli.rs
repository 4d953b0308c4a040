//! The commands of the binary.
#![expect(
    clippy::print_stdout,
    reason = "a command answers on the standard output"
)]

mod audit;
mod backup;
mod ca;
mod demo;
mod erase;
mod export;
mod integrator;
mod leaf;
mod log;
mod office;
mod papers;
mod password;
mod sample;
mod serve;
mod user;
mod verify;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::app::{App, GenerateError, Kind, StartError, kind_of};
use crate::config::{Config, ConfigError, Overrides};

/// heyi 和议: disputes settled by agreement, from the first question to the confirmed agreement.
#[derive(Debug, Parser)]
#[command(name = "heyi", version)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the pages
    Serve {
        #[command(flatten)]
        settings: Settings,
        /// Serve an invented town, where one steps into anybody with one tap
        #[arg(long)]
        demo: bool,
        /// Where to listen; the loopback address by default
        #[arg(long, value_name = "ADDRESS")]
        listen: Option<SocketAddr>,
    },
    /// Bring the database up to date and end
    Migrate(Settings),
    /// Say who signed a paper, and whether the file is whole
    Verify(verify::Verify),
    /// Write a paper of invented people at every revision, with all that is needed to check it elsewhere
    Sample(sample::Sample),
    /// Copy database, files and keys into a new folder, while the server runs
    Backup {
        #[command(flatten)]
        settings: Settings,
        /// The folder to make
        to: PathBuf,
    },
    /// Make a data folder from a backup
    Restore {
        /// The folder that backup made
        from: PathBuf,
        /// The data folder to make
        #[arg(long)]
        data: PathBuf,
    },
    /// The keys with which papers are signed: make, rotate, take back, keep elsewhere
    ///
    /// They lie encrypted in the folder `authority` of the data folder, under `keys.passphrase` or `keys.passphrase_file`, and
    /// without either under the master key. A running server takes up every change with its next signature.
    #[command(subcommand)]
    Ca(ca::Ca),
    /// Whether anything was changed since it was sealed
    #[command(subcommand)]
    Audit(audit::Auditing),
    /// Take matters out whole, for an archive
    #[command(subcommand)]
    Export(export::Export),
    /// Areas, organisations, staff and doors as tables
    #[command(subcommand)]
    Office(office::Office),
    /// The wording of papers, which can be changed without touching the program
    #[command(subcommand)]
    Papers(papers::Papers),
    /// Make an invented town with years of matters, for trying things at size; `serve --demo` serves it
    Demo(demo::Demo),
    /// The people who work here
    #[command(subcommand)]
    User(user::User),
    /// Other bodies that hand matters over: police, petition office, court, platforms
    #[command(subcommand)]
    Integrator(integrator::IntegratorCommand),
    /// What people wrote in a matter that is over, when somebody asks for it
    #[command(subcommand)]
    Erase(erase::Erase),
    /// Draw a page of the PDF on the standard input; the server runs it for itself
    #[command(name = crate::evidence::COMMAND, hide = true)]
    Leaf(leaf::Leaf),
    /// Read the configuration, check it and print it without its secrets
    CheckConfig(Settings),
}

/// Where the configuration comes from.
#[derive(Clone, Debug, Args)]
struct Settings {
    /// The folder of database, files and keys; `data` by default
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// A TOML file of settings
    #[arg(long, value_name = "FILE", env = "HEYI_CONFIG")]
    config: Option<PathBuf>,
    /// A folder laid over the shipped texts, templates, data and styles
    #[arg(long, value_name = "FOLDER")]
    assets: Option<PathBuf>,
}

impl Settings {
    fn load(&self, listen: Option<SocketAddr>) -> Result<Config, ConfigError> {
        let overrides = Overrides {
            listen,
            data: self.data.clone(),
            assets: self.assets.clone(),
        };
        Config::load(self.config.as_deref(), &overrides)
    }

    /// Opens the installation, whichever kind its folder holds.
    async fn open(&self) -> Result<App, CliError> {
        let config = self.load(None)?;
        let kind = kind_of(&config.data);
        Ok(App::open(config, kind).await?)
    }
}

/// What a command answers on the standard error.
#[derive(Debug, thiserror::Error)]
enum CliError {
    #[error("the configuration is refused:\n{0}")]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Start(#[from] StartError),
    #[error(transparent)]
    Audit(#[from] audit::AuditingError),
    #[error(transparent)]
    Backup(#[from] backup::BackupError),
    #[error(transparent)]
    Ca(#[from] ca::CaError),
    #[error(transparent)]
    Export(#[from] export::ExportError),
    #[error(transparent)]
    Office(#[from] office::OfficeError),
    #[error(transparent)]
    Papers(#[from] papers::PapersError),
    #[error(transparent)]
    Demo(#[from] GenerateError),
    #[error(transparent)]
    Erase(#[from] erase::EraseError),
    #[error(transparent)]
    User(#[from] user::UserError),
    #[error(transparent)]
    Integrator(#[from] integrator::IntegratorError),
    #[error(transparent)]
    Verify(#[from] verify::VerifyError),
    #[error(transparent)]
    Sample(#[from] sample::SampleError),
    #[error(transparent)]
    Leaf(#[from] leaf::LeafError),
}

/// Runs a command; its exit code is 0 when it did what was asked, 1 when not.
pub async fn run(cli: Cli) -> ExitCode {
    match command(cli.command).await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("heyi: {error}");
            let mut cause = std::error::Error::source(&error);
            while let Some(inner) = cause {
                eprintln!("  because: {inner}");
                cause = inner.source();
            }
            ExitCode::FAILURE
        }
    }
}

async fn command(command: Command) -> Result<ExitCode, CliError> {
    match command {
        Command::Serve {
            settings,
            demo,
            listen,
        } => {
            let kind = if demo { Kind::Demo } else { Kind::Plain };
            serve::serve(settings.load(listen)?, kind).await?;
        }
        Command::Migrate(settings) => {
            settings.open().await?.store.close().await;
            println!("the database is up to date");
        }
        Command::Verify(verify) => return Ok(verify::verify(&verify)?),
        Command::Sample(sample) => sample::sample(&sample)?,
        Command::Backup { settings, to } => {
            let with_keys = backup::backup(&settings.load(None)?, &to).await?;
            println!("{}", to.display());
            if !with_keys {
                println!(
                    "without the keys with which papers are signed, which the master key in it would open: keep what `heyi ca backup` \
                     writes elsewhere, and put it back with `heyi ca restore`"
                );
            }
        }
        Command::Restore { from, data } => {
            backup::restore(&from, &data).await?;
            println!("{}", data.display());
        }
        Command::Ca(command) => ca::ca(command)?,
        Command::Audit(command) => return audit::audit(command).await,
        Command::Export(command) => export::export(command).await?,
        Command::Office(office) => return office::office(office).await,
        Command::Papers(papers) => papers::papers(&papers)?,
        Command::Demo(demo) => demo::demo(&demo).await?,
        Command::User(user) => user::user(user).await?,
        Command::Integrator(command) => integrator::integrator(command).await?,
        Command::Erase(erase) => erase::erase(erase).await?,
        Command::Leaf(leaf) => leaf::leaf(&leaf)?,
        Command::CheckConfig(settings) => {
            let config = settings.load(None)?;
            println!("{config:#?}");
            if crate::app::lie_open(&config) {
                println!("warning: {}", crate::app::LIE_OPEN);
            }
            for ending in crate::app::endings(&config) {
                println!("warning: {ending}");
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
