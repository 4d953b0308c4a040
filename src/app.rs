//! What every request shares, and the wiring of the rooms of the house.

mod address;
mod demo;
mod districts;
mod folder;
mod generate;
mod keys;
mod meeting;
mod serve;
mod shipped;
mod tls;
mod working;

use std::sync::Arc;

use crate::accounts::Accounts;
use crate::accounts::secrets::{KeyUse, Secrets, SecretsError};
use crate::casework::{self, CaseworkError, Desk};
use crate::clock::Clock;
use crate::config::Config;
use crate::documents::keys::{Authority, KeyError};
use crate::documents::outside::{Outside, SettingError};
use crate::documents::{DocumentError, papers};
use crate::domain::rules::{Rules, RulesError};
use crate::domain::time::civil_date;
use crate::i18n::{Texts, TextsError};
use crate::notify::NotifyError;
use crate::paperwork::Chancery;
use crate::rooms::RoomsError;
use crate::storage::files::{FileError, Files};
use crate::storage::words::{self, IndexKey};
use crate::storage::{StorageError, Store, claim};
use crate::web::page::TemplatesError;

pub use address::{base_url, own_addresses};
pub(crate) use folder::kind_of;
pub use folder::{FolderError, Kind};
pub use generate::{Extent, Figures, GenerateError, generate};
pub(crate) use keys::{LIE_OPEN, Place, endings, lie_open};
pub use serve::{Server, serve};

/// The parts of the house, each made once.
#[derive(Clone, Debug)]
pub struct App {
    pub config: Arc<Config>,
    pub kind: Kind,
    pub clock: Arc<Clock>,
    pub store: Store,
    pub files: Files,
    pub secrets: Arc<Secrets>,
    pub authority: Arc<Authority>,
    pub rules: Arc<Rules>,
    pub texts: Arc<Texts>,
}

/// Why the house does not open.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// Whoever is anybody in a demo town must not be so in a database that somebody else filled.
    #[error(
        "the database is not of this kind: a demo town and a real installation never share one"
    )]
    OtherDatabase,
    #[error("the database: {0}")]
    Storage(#[from] StorageError),
    #[error("the cases: {0}")]
    Cases(#[from] CaseworkError),
    #[error("the files: {0}")]
    Files(#[from] FileError),
    #[error("the demo town: {0}")]
    Demo(#[from] crate::accounts::AccountsError),
    #[error("the keys: {0}")]
    Secrets(#[from] SecretsError),
    #[error("the authority's keys: {0}")]
    Authority(#[from] KeyError),
    #[error("the services elsewhere: {0}")]
    Outside(#[from] SettingError),
    #[error(transparent)]
    Rules(#[from] RulesError),
    #[error("the texts: {0}")]
    Texts(#[from] TextsError),
    #[error("the wording of papers: {0}")]
    Papers(#[from] DocumentError),
    #[error("the templates: {0}")]
    Templates(#[from] TemplatesError),
    #[error("the ways out: {0}")]
    Notify(#[from] NotifyError),
    #[error("{0}")]
    Year(#[from] crate::domain::rules::calendar::YearMissing),
    #[error("{what}: {source}")]
    Io {
        what: String,
        source: std::io::Error,
    },
    #[error("the rooms: {0}")]
    Rooms(#[from] RoomsError),
    #[error("the certificate: {0}")]
    Certificate(#[from] rcgen::Error),
}

impl App {
    /// Opens everything that lies in the data folder or the database, after checking that it is of this kind.
    pub async fn open(config: Config, kind: Kind) -> Result<Self, StartError> {
        Self::open_at(config, kind, Arc::new(Clock::system())).await
    }

    /// As [`App::open`], by another clock. Secrets are made of the system's randomness whatever the clock's is.
    ///
    /// # Errors
    /// As [`App::open`].
    pub async fn open_at(
        config: Config,
        kind: Kind,
        clock: Arc<Clock>,
    ) -> Result<Self, StartError> {
        let real = Clock::system();
        let mut rules = shipped::rules(config.assets.as_deref())?;
        let texts = texts(&config, kind, &mut rules)?;
        rules.check_year(civil_date(real.now()))?;
        if !claim(&config.database(), kind == Kind::Demo).await? {
            return Err(StartError::OtherDatabase);
        }
        folder::claim(&config.data, kind)?;
        let secrets = Arc::new(secrets(&config, &real)?);
        let place = Place::of(&config, &secrets)?;
        let (folder, passphrase) = (&place.folder, place.passphrase.as_slice());
        let now = Clock::fixed(clock.now());
        let authority = if Authority::is_in(folder) {
            Authority::open(folder, passphrase, &now)?
        } else {
            Authority::init(folder, passphrase, (config.keys.algorithm, &now))?
        };
        let authority = authority.with(Outside::open(&config.keys)?)?;
        let app = Self {
            store: Store::open(&config.database()).await?,
            files: Files::open(&config.data.join("files"))?,
            config: Arc::new(config),
            kind,
            clock,
            secrets,
            authority: Arc::new(authority),
            rules: Arc::new(rules),
            texts: Arc::new(texts),
        };
        let key = app.secrets.key(KeyUse::Index);
        app.store.index_under(IndexKey(*key));
        words::catch_up(&app.store).await?;
        let desk = app.desk();
        casework::catch_up(&desk).await?;
        // New holidays may be known since the last start.
        casework::recalculate(&desk).await?;
        if kind == Kind::Demo {
            demo::settle(&app).await?;
        }
        Ok(app)
    }

    pub fn accounts(&self) -> Accounts {
        Accounts {
            store: self.store.clone(),
            clock: Arc::clone(&self.clock),
            secrets: Arc::clone(&self.secrets),
        }
    }

    pub fn desk(&self) -> Desk {
        Desk {
            store: self.store.clone(),
            clock: Arc::clone(&self.clock),
            rules: Arc::clone(&self.rules),
        }
    }

    /// `address` is where people reach the installation, for the square codes on papers.
    pub fn chancery(&self, address: String) -> Chancery {
        Chancery {
            desk: self.desk(),
            files: self.files.clone(),
            authority: Arc::clone(&self.authority),
            texts: Arc::clone(&self.texts),
            key: self.secrets.key(KeyUse::Pseudonym),
            address,
        }
    }
}

/// Texts and wording of papers as the installation has them, checked; what districts say otherwise goes over `rules` too.
fn texts(config: &Config, kind: Kind, rules: &mut Rules) -> Result<Texts, StartError> {
    let mut texts = Texts::load_for(config.assets.as_deref(), &config.jurisdiction)?;
    districts::lay_over(config, kind, rules, &mut texts)?;
    papers::check(&texts)?;
    Ok(texts)
}

/// What papers will say, checked, without opening anything.
///
/// # Errors
/// As [`App::open`], for texts and rules alone.
pub fn checked_texts(config: &Config, kind: Kind) -> Result<Texts, StartError> {
    let mut rules = shipped::rules(config.assets.as_deref())?;
    texts(config, kind, &mut rules)
}

fn secrets(config: &Config, clock: &Clock) -> Result<Secrets, SecretsError> {
    match &config.master_key {
        Some(key) => Secrets::from_text(key.reveal()),
        None => Secrets::open(&config.data, clock),
    }
}
