//! `heyi backup` and `heyi restore`.
//!
//! The order is what makes a copy consistent while the server runs: the database first, then the files. A file is
//! written before the row that names it and never changes, so every row of the copy finds its file.

use std::io;
use std::path::{Path, PathBuf};

use crate::app::lie_open;
use crate::config::{Config, DatabaseUrl};
use crate::domain::hash::ContentHash;
use crate::storage::{StorageError, backup as database};

const DATABASE: &str = "heyi.db";
const FILES: &str = "files";
/// Beside database and files: the master key, certificates, recordings of sessions, and the mark of a demo town.
const BESIDE: [&str; 4] = ["master.key", "tls", "recordings", "DEMO"];
const AUTHORITY: &str = "authority";
/// What anybody may have of it.
const PUBLIC: [&str; 2] = ["crt", "crl"];

#[derive(Debug, thiserror::Error)]
pub(super) enum BackupError {
    #[error(
        "PostgreSQL is copied by pg_dump and pg_restore; heyi backup copies the embedded database only"
    )]
    Postgres,
    #[error("{}: exists already", .0.display())]
    Exists(PathBuf),
    #[error("{}: no backup made by heyi", .0.display())]
    NotABackup(PathBuf),
    #[error("{}: the content differs from its name", .0.display())]
    Damaged(PathBuf),
    #[error("the database: {0}")]
    Database(#[from] StorageError),
    #[error("{}: {source}", path.display())]
    Io { path: PathBuf, source: io::Error },
}

/// Copies an installation into a folder not yet there; the folder appears when everything is on the disk. The keys with which
/// papers are signed are in it where what opens them is not. Whether they are.
pub(super) async fn backup(config: &Config, to: &Path) -> Result<bool, BackupError> {
    let DatabaseUrl::Sqlite(file) = config.database() else {
        return Err(BackupError::Postgres);
    };
    let partial = start(to)?;
    database::snapshot(&file, &partial.join(DATABASE)).await?;
    for name in [FILES].iter().chain(&BESIDE) {
        copy(&config.data.join(name), &partial.join(name))?;
    }
    let (authority, copied) = (config.data.join(AUTHORITY), partial.join(AUTHORITY));
    let with_keys = !lie_open(config);
    if with_keys {
        copy(&authority, &copied)?;
    } else {
        copy_public(&authority, &copied)?;
    }
    complete(&partial, to)?;
    Ok(with_keys)
}

/// The certificates and lists of a folder, by which papers are checked.
fn copy_public(from: &Path, to: &Path) -> Result<(), BackupError> {
    if !from.is_dir() {
        return Ok(());
    }
    std::fs::create_dir_all(to).map_err(failed(to))?;
    for entry in std::fs::read_dir(from).map_err(failed(from))? {
        let entry = entry.map_err(failed(from))?;
        let name = entry.file_name();
        let ending = Path::new(&name).extension().and_then(|it| it.to_str());
        if ending.is_some_and(|ending| PUBLIC.contains(&ending)) {
            copy(&entry.path(), &to.join(&name))?;
        }
    }
    Ok(())
}

/// Makes a data folder from a backup, after checking every page of the database and every file.
pub(super) async fn restore(from: &Path, data: &Path) -> Result<(), BackupError> {
    if !from.join(DATABASE).is_file() {
        return Err(BackupError::NotABackup(from.to_owned()));
    }
    let partial = start(data)?;
    for name in [DATABASE, FILES, AUTHORITY].iter().chain(&BESIDE) {
        copy(&from.join(name), &partial.join(name))?;
    }
    database::check(&partial.join(DATABASE)).await?;
    check_files(&partial.join(FILES))?;
    complete(&partial, data)
}

/// The folder that is filled before it gets its name. An empty folder may stand in the place of the name.
fn start(to: &Path) -> Result<PathBuf, BackupError> {
    let taken = std::fs::read_dir(to).is_ok_and(|mut entries| entries.next().is_some());
    if taken || to.is_file() {
        return Err(BackupError::Exists(to.to_owned()));
    }
    let mut name = to.as_os_str().to_owned();
    name.push(".partial");
    let partial = PathBuf::from(name);
    if partial.exists() {
        std::fs::remove_dir_all(&partial).map_err(failed(&partial))?;
    }
    std::fs::create_dir_all(&partial).map_err(failed(&partial))?;
    Ok(partial)
}

fn complete(partial: &Path, to: &Path) -> Result<(), BackupError> {
    sync(partial)?;
    if to.exists() {
        std::fs::remove_dir(to).map_err(failed(to))?;
    }
    std::fs::rename(partial, to).map_err(failed(to))?;
    let parent = to.parent().filter(|parent| !parent.as_os_str().is_empty());
    let parent = parent.unwrap_or(Path::new("."));
    let folder = std::fs::File::open(parent).map_err(failed(parent))?;
    folder.sync_all().map_err(failed(parent))
}

/// Copies a file or a folder with all that is in it, with its permissions; what is not there is passed over.
fn copy(from: &Path, to: &Path) -> Result<(), BackupError> {
    if from.is_file() {
        return match std::fs::copy(from, to) {
            Ok(_) => Ok(()),
            // A staged upload that got its name, or an orphan swept, since the folder was read.
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(failed(from)(error)),
        };
    }
    if !from.is_dir() {
        return Ok(());
    }
    std::fs::create_dir_all(to).map_err(failed(to))?;
    for entry in std::fs::read_dir(from).map_err(failed(from))? {
        let entry = entry.map_err(failed(from))?;
        copy(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}

fn sync(path: &Path) -> Result<(), BackupError> {
    if path.is_dir() {
        for entry in std::fs::read_dir(path).map_err(failed(path))? {
            sync(&entry.map_err(failed(path))?.path())?;
        }
    }
    let file = std::fs::File::open(path).map_err(failed(path))?;
    file.sync_all().map_err(failed(path))
}

/// Holds every file to its name; what is no hash is left over from an upload that never ended.
fn check_files(folder: &Path) -> Result<(), BackupError> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in std::fs::read_dir(folder).map_err(failed(folder))? {
        let path = entry.map_err(failed(folder))?.path();
        if path.is_dir() {
            check_files(&path)?;
            continue;
        }
        let name = path.file_name().and_then(|name| name.to_str());
        let Some(hash) = name.and_then(|name| name.parse::<ContentHash>().ok()) else {
            continue;
        };
        if ContentHash::of(&std::fs::read(&path).map_err(failed(&path))?) != hash {
            return Err(BackupError::Damaged(path));
        }
    }
    Ok(())
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> BackupError {
    let path = path.to_owned();
    move |source| BackupError::Io { path, source }
}
