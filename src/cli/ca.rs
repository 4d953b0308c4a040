//! `heyi ca`: the keys with which papers are signed and stamped.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};
use jiff::Timestamp;
use zeroize::Zeroizing;

use super::Settings;
use crate::app::{Place, StartError};
use crate::clock::Clock;
use crate::config::{Algorithm, Config, ConfigError, read_passphrase};
use crate::documents::keys::{Authority, Entry, KeyError, Kind, Part, Reason, TakenBack};

#[derive(Debug, Subcommand)]
pub(super) enum Ca {
    /// Make both roots and the key of the timestamps; the first start does it too. With `keys.algorithm = "sm2"` whoever signs
    /// does so by SM2 with SM3, which is not yet proven elsewhere; timestamps are by ECDSA on P-256 always
    Init(Settings),
    /// Print every certificate: kind, name, serial number, until when, state
    List(Settings),
    /// Make the next generation; what was signed under the one before stays valid
    Rotate {
        #[command(flatten)]
        settings: Settings,
        /// What to make anew; the signing root and the key of the timestamps, if nothing is named
        parts: Vec<Anew>,
    },
    /// Write what each root has taken back, in DER, after taking back another certificate if one is named
    Crl(Crl),
    /// Write all keys and certificates into one encrypted file, to be kept elsewhere
    Backup {
        #[command(flatten)]
        settings: Settings,
        /// The file to make
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        #[command(flatten)]
        secret: OwnPassphrase,
    },
    /// Put the keys of a backup where there are none
    Restore {
        #[command(flatten)]
        settings: Settings,
        file: PathBuf,
        #[command(flatten)]
        secret: OwnPassphrase,
    },
    /// Encrypt the keys under the passphrase that is set now. A server that runs signs on with the keys it knows; to see further
    /// changes it has to be started with that passphrase
    Reseal {
        #[command(flatten)]
        settings: Settings,
        /// A file with the passphrase before; without it, they were under the master key
        #[arg(long, value_name = "FILE")]
        former: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
pub(super) struct Crl {
    #[command(flatten)]
    settings: Settings,
    /// The folder to write them into; beside the roots, where `heyi verify` finds them, if none is named
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Take back the certificate with this serial number: of a seal or the timestamps as `list` prints it, of a single
    /// signature as `heyi verify --json` does
    #[arg(long, value_name = "SERIAL")]
    revoke: Option<String>,
    #[arg(long, requires = "revoke", default_value = "unspecified", value_parser = reason)]
    reason: Reason,
    /// What was signed from then on is not trusted; now, if no instant is named
    #[arg(long, value_name = "INSTANT", requires = "revoke")]
    since: Option<Timestamp>,
}

/// The passphrase of a backup.
#[derive(Debug, Args)]
pub(super) struct OwnPassphrase {
    /// A file with a passphrase of the backup's own; without it, the one of the keys
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Anew {
    /// The root of whoever signs; each seal gets a new key when it is next used
    Signing,
    /// The key of the timestamps
    Timestamps,
    /// The root of the timestamps, and their key with it
    TimestampRoot,
}

fn reason(name: &str) -> Result<Reason, String> {
    Reason::parse(name).ok_or_else(|| Reason::ALL.map(Reason::name).join(", "))
}

#[derive(Debug, thiserror::Error)]
pub(super) enum CaError {
    #[error("the configuration is refused:\n{0}")]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Start(#[from] StartError),
    #[error(transparent)]
    Keys(#[from] KeyError),
    #[error("{}: {source}", path.display())]
    Io {
        path: PathBuf,
        source: std::io::Error,
    },
}

pub(super) fn ca(command: Ca) -> Result<(), CaError> {
    let clock = Clock::system();
    match command {
        Ca::Init(settings) => {
            let config = settings.load(None)?;
            let place = Place::alone(&config)?;
            let by = (config.keys.algorithm, &clock);
            let made = Authority::init(&place.folder, &place.passphrase, by)?;
            print(&made.entries()?);
        }
        Ca::List(settings) => print(&open(&settings.load(None)?, &clock)?.entries()?),
        Ca::Rotate { settings, parts } => {
            let config = settings.load(None)?;
            let authority = open(&config, &clock)?;
            authority.rotate(&chosen(&parts, config.keys.algorithm), &clock)?;
            print(&authority.entries()?);
        }
        Ca::Crl(crl) => write_lists(&crl, &clock)?,
        Ca::Backup {
            settings,
            out,
            secret,
        } => back_up(&settings.load(None)?, (&out, &secret), &clock)?,
        Ca::Restore {
            settings,
            file,
            secret,
        } => {
            let config = settings.load(None)?;
            let place = Place::alone(&config)?;
            let text = std::fs::read_to_string(&file).map_err(failed(&file))?;
            let secret = secret.read(&config)?;
            let backup = (text.as_str(), secret.as_slice());
            let restored = Authority::restore(&place.folder, backup, &place.passphrase)?;
            print(&restored.entries()?);
        }
        Ca::Reseal { settings, former } => {
            let config = settings.load(None)?;
            let before = match &former {
                Some(file) => read(file)?,
                None => Place::unset(&config)?,
            };
            let place = Place::alone(&config)?;
            Authority::reseal(&place.folder, (&before, &place.passphrase), &clock)?;
            println!(
                "sealed anew; a server that runs signs on with the keys it knows, and sees no change until it is started with this \
                 passphrase"
            );
        }
    }
    Ok(())
}

fn open(config: &Config, clock: &Clock) -> Result<Authority, CaError> {
    let place = Place::alone(config)?;
    Ok(Authority::open(&place.folder, &place.passphrase, clock)?)
}

fn chosen(parts: &[Anew], algorithm: Algorithm) -> Vec<Part> {
    let part = |anew: &Anew| match anew {
        Anew::Signing => Part::Signing(algorithm),
        Anew::Timestamps => Part::Timestamps,
        Anew::TimestampRoot => Part::TimestampRoot,
    };
    if parts.is_empty() {
        return vec![Part::Signing(algorithm), Part::Timestamps];
    }
    parts.iter().map(part).collect()
}

fn write_lists(crl: &Crl, clock: &Clock) -> Result<(), CaError> {
    let config = crl.settings.load(None)?;
    let authority = open(&config, clock)?;
    if let Some(serial) = &crl.revoke {
        let since = crl.since.unwrap_or_else(|| clock.now());
        let taken_back = authority.revoke(serial, (crl.reason, since), clock)?;
        println!("{}", told(&taken_back));
    }
    let folder = match &crl.out {
        Some(folder) => folder.clone(),
        None => Place::alone(&config)?.folder,
    };
    std::fs::create_dir_all(&folder).map_err(failed(&folder))?;
    for (number, list) in (1..).zip(authority.revocations(clock.now())?) {
        let file = folder.join(format!("root-{number}.crl"));
        std::fs::write(&file, list).map_err(failed(&file))?;
        println!("{}", file.display());
    }
    Ok(())
}

fn told(taken_back: &TakenBack) -> String {
    match taken_back {
        TakenBack::Seal(name) => {
            format!("the seal of {name}; it gets a new key when it next seals")
        }
        TakenBack::Timestamps => "a key of the timestamps; another is at work".to_owned(),
        TakenBack::Signature => {
            "no certificate that is kept here: of a single signature, if the number is right"
                .to_owned()
        }
    }
}

fn back_up(
    config: &Config,
    (out, secret): (&Path, &OwnPassphrase),
    clock: &Clock,
) -> Result<(), CaError> {
    let sealed = open(config, clock)?.backup(&secret.read(config)?)?;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(out)
        .and_then(|mut file| {
            file.write_all(sealed.as_bytes())?;
            file.sync_all()
        })
        .map_err(failed(out))?;
    println!("{}", out.display());
    Ok(())
}

impl OwnPassphrase {
    fn read(&self, config: &Config) -> Result<Zeroizing<Vec<u8>>, CaError> {
        match &self.passphrase_file {
            Some(file) => read(file),
            None => Ok(Place::alone(config)?.passphrase),
        }
    }
}

fn read(file: &Path) -> Result<Zeroizing<Vec<u8>>, CaError> {
    let text = read_passphrase(file).map_err(failed(file))?;
    Ok(Zeroizing::new(text.as_bytes().to_vec()))
}

fn print(entries: &[Entry]) {
    for entry in entries {
        let kind = match entry.kind {
            Kind::SigningRoot => "signing-root",
            Kind::TimestampRoot => "timestamp-root",
            Kind::Timestamps => "timestamps",
            Kind::Seal => "seal",
        };
        let state = match &entry.revoked {
            Some(it) => format!("revoked since {}: {}", it.since, it.reason.name()),
            None if entry.former => "former".to_owned(),
            None => "at work".to_owned(),
        };
        let until = entry.until.strftime("%F");
        println!(
            "{kind}\t{}\t{}\tuntil {until}\t{state}",
            entry.name, entry.serial
        );
    }
}

fn failed(path: &Path) -> impl FnOnce(std::io::Error) -> CaError {
    let path = path.to_owned();
    move |source| CaError::Io { path, source }
}
