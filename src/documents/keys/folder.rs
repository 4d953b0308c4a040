//! Where the authority lies: one sealed file, which is replaced whole, and beside it what anybody may read.

use std::fs::File;
use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use x509_cert::Certificate;
use zeroize::Zeroizing;

use super::key::Key;
use super::ring::{Line, Ring};
use super::{KeyError, Pair, failed, vault};
use crate::config::Algorithm;
use crate::documents::outside::Outside;

const KEYS: &str = "keys.sealed";
/// The roots in PEM, for whoever checks papers.
const ROOTS: &str = "authority.crt";
/// Those of services elsewhere.
const OUTSIDE: &str = "outside.crt";
const LOCK: &str = "lock";

/// As it was kept before: a file a key, each under the name of its certificate.
const FORMER_ROOT: &str = "authority.key";
const FORMER: [&str; 4] = [
    FORMER_ROOT,
    "timestamps.key",
    "timestamp.key",
    "timestamp.crt",
];

pub(super) struct Folder {
    path: PathBuf,
    passphrase: Zeroizing<Vec<u8>>,
}

/// By which a file that was replaced is told from the one before.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Seen {
    inode: u64,
    changed: (i64, i64),
    length: u64,
}

impl Folder {
    pub(super) fn new(path: &Path, passphrase: &[u8]) -> Self {
        Self {
            path: path.to_owned(),
            passphrase: Zeroizing::new(passphrase.to_vec()),
        }
    }

    pub(super) fn is_there(&self) -> bool {
        self.path.join(KEYS).exists() || self.path.join(FORMER_ROOT).exists()
    }

    /// Papers were signed under roots whose keys are gone: others in their place would leave those papers without a root.
    pub(super) fn is_without_keys(&self) -> bool {
        !self.is_there() && self.path.join(ROOTS).exists()
    }

    pub(super) fn seen(&self) -> Result<Seen, KeyError> {
        let file = self.path.join(KEYS);
        let about = std::fs::metadata(&file).map_err(|source| failed(&file, source))?;
        Ok(Seen {
            inode: about.ino(),
            changed: (about.mtime(), about.mtime_nsec()),
            length: about.len(),
        })
    }

    /// Held until it is dropped; commands and the server wait for each other.
    pub(super) fn lock(&self) -> Result<File, KeyError> {
        std::fs::create_dir_all(&self.path).map_err(|source| failed(&self.path, source))?;
        let path = self.path.join(LOCK);
        let locked = || {
            let file = File::create(&path)?;
            file.lock()?;
            Ok(file)
        };
        locked().map_err(|source| failed(&path, source))
    }

    /// Puts keys that lie each in a file of its own together.
    pub(super) fn bring_up_to_date(&self, now: Timestamp) -> Result<(), KeyError> {
        if self.path.join(KEYS).exists() {
            return Ok(());
        }
        self.write(&self.former(now)?)?;
        for file in FORMER.map(|file| self.path.join(file)) {
            if file.exists() {
                std::fs::remove_file(&file).map_err(|source| failed(&file, source))?;
            }
        }
        Ok(())
    }

    pub(super) fn read(&self) -> Result<(Ring, Seen), KeyError> {
        // Asked first: what is replaced in between is read again the next time.
        let seen = self.seen()?;
        Ok((Ring::from_bytes(&self.opened(KEYS)?)?, seen))
    }

    /// Of whoever signs and of the timestamps, as [`Ring::roots`] names them first; none where there are no keys yet.
    pub(super) fn roots_at_work(&self) -> Result<Vec<Certificate>, KeyError> {
        let file = self.path.join(ROOTS);
        let pem = match vault::read(&file) {
            Err(KeyError::File { source, .. }) if source.kind() == ErrorKind::NotFound => {
                return Ok(Vec::new());
            }
            read => read?,
        };
        let all = Certificate::load_pem_chain(pem.as_bytes())?;
        Ok(all.into_iter().take(2).collect())
    }

    fn opened(&self, file: &str) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        vault::open(&vault::read(&self.path.join(file))?, &self.passphrase)
    }

    pub(super) fn write(&self, ring: &Ring) -> Result<Seen, KeyError> {
        let sealed = vault::seal(&ring.to_bytes()?, &self.passphrase)?;
        // A root that is trusted and signs nothing yet does no harm; the other way round would.
        vault::replace(&self.path.join(ROOTS), ring.roots_pem()?.as_bytes())?;
        vault::replace(&self.path.join(KEYS), sealed.as_bytes())?;
        self.seen()
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Beside our own, the roots of services elsewhere.
    pub(super) fn write_outside(&self, outside: &Outside) -> Result<(), KeyError> {
        vault::replace(&self.path.join(OUTSIDE), outside.roots_pem()?.as_bytes())
    }

    fn former(&self, now: Timestamp) -> Result<Ring, KeyError> {
        let signing = self.former_pair(FORMER_ROOT, ROOTS)?;
        let mut ring = Ring::with(signing, now)?;
        if self.path.join("timestamp.key").exists() {
            let stamping = self.former_pair("timestamps.key", ROOTS)?;
            let stamp = self.former_pair("timestamp.key", "timestamp.crt")?;
            ring.stamping = Line::new(stamping);
            ring.stamps = Line::new(stamp);
        }
        Ok(ring)
    }

    /// A key and the one certificate of a file that belongs to it.
    fn former_pair(&self, key: &str, certificates: &str) -> Result<Pair, KeyError> {
        let key = self.opened(key)?;
        let pem = vault::read(&self.path.join(certificates))?;
        Certificate::load_pem_chain(pem.as_bytes())?
            .into_iter()
            .find_map(|certificate| {
                let key = Key::from_slice(Algorithm::P256, &key).ok()?;
                Pair::of(key, certificate).ok()
            })
            .ok_or(KeyError::Mismatch)
    }
}
