//! Where the keys of the certificates lie, and what opens them.

use std::path::PathBuf;

use zeroize::Zeroizing;

use super::{Kind, StartError, kind_of, secrets};
use crate::accounts::secrets::{KeyUse, Secrets};
use crate::clock::Clock;
use crate::config::Config;
use crate::documents::keys::Authority;

/// In the data folder.
const FOLDER: &str = "authority";

pub(crate) struct Place {
    pub(crate) folder: PathBuf,
    pub(crate) passphrase: Zeroizing<Vec<u8>>,
}

impl Place {
    pub(super) fn of(config: &Config, secrets: &Secrets) -> Result<Self, StartError> {
        let set = config.keys.passphrase().map_err(|source| StartError::Io {
            what: "keys.passphrase_file".to_owned(),
            source,
        })?;
        let passphrase = match set {
            Some(passphrase) => Zeroizing::new(passphrase.as_bytes().to_vec()),
            None => Self::by_master_key(secrets),
        };
        Ok(Self {
            folder: config.data.join(FOLDER),
            passphrase,
        })
    }

    /// For commands, which need nothing else of the house.
    pub(crate) fn alone(config: &Config) -> Result<Self, StartError> {
        Self::of(config, &opened(config)?)
    }

    /// What seals the keys while no passphrase is set.
    pub(crate) fn unset(config: &Config) -> Result<Zeroizing<Vec<u8>>, StartError> {
        Ok(Self::by_master_key(&opened(config)?))
    }

    fn by_master_key(secrets: &Secrets) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(secrets.key(KeyUse::Authority).to_vec())
    }
}

/// Whether whoever has the data folder, or a copy of it, has what opens the keys as well.
pub(crate) fn lie_open(config: &Config) -> bool {
    let is_demo = kind_of(&config.data) == Kind::Demo;
    !is_demo && !config.keys.are_sealed() && config.master_key.is_none()
}

/// What is said to whoever runs the installation then.
pub(crate) const LIE_OPEN: &str = "the keys with which papers are signed are opened by the master key beside them: whoever has the data \
     folder signs in everybody's name. Set keys.passphrase_file, to a file elsewhere, and run `heyi ca reseal`";

/// What is said of the roots of which the next generation is to be made, and of a file of roots that cannot be read.
pub(crate) fn endings(config: &Config) -> Vec<String> {
    match Authority::ending_in(&config.data.join(FOLDER), Clock::system().now()) {
        Ok(endings) => endings.iter().map(ToString::to_string).collect(),
        Err(error) => vec![format!("the roots of the authority: {error}")],
    }
}

fn opened(config: &Config) -> Result<Secrets, StartError> {
    std::fs::create_dir_all(&config.data).map_err(|source| StartError::Io {
        what: config.data.display().to_string(),
        source,
    })?;
    Ok(secrets(config, &Clock::system())?)
}
