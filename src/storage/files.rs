//! Files by their content: the name of a file is the hash of its bytes, so it never changes once written.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt};
use jiff::Timestamp;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{ObjectMeta, ObjectStore, ObjectStoreExt, PutPayload};
use sha2::{Digest as _, Sha256};
use tokio::sync::RwLock;

use crate::domain::hash::ContentHash;

mod anchors;
mod parts;

pub use anchors::AnchorFiles;

/// What can go wrong with a file.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    #[error("there is no file {0}")]
    Missing(ContentHash),
    /// The disk or somebody changed it.
    #[error("file {0} does not hold what its name says")]
    Damaged(ContentHash),
    #[error("the file store failed")]
    Store(#[from] object_store::Error),
    #[error("the folder of files cannot be made")]
    Folder(#[from] std::io::Error),
}

/// A folder of files, or another object store behind the same interface.
#[derive(Clone, Debug)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    /// Held alone while one file is looked at and deleted, so that nothing is put in between.
    sweeping: Arc<RwLock<()>>,
}

impl Files {
    /// Opens the folder, made if it is not there.
    pub fn open(folder: &Path) -> Result<Self, FileError> {
        std::fs::create_dir_all(folder)?;
        let store = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true);
        Ok(Self {
            store: Arc::new(store),
            sweeping: Arc::default(),
        })
    }

    /// Writes bytes to the disk under their hash, whole or not at all, before it answers. What is there already gets a
    /// new time, so that the sweep leaves it to whoever put it again.
    pub async fn put(&self, bytes: impl Into<Bytes>) -> Result<ContentHash, FileError> {
        let bytes = bytes.into();
        let hash = ContentHash::of(&bytes);
        let _not_swept = self.sweeping.read().await;
        let payload = PutPayload::from(bytes);
        self.store.put(&key(&hash), payload).await?;
        Ok(hash)
    }

    /// The bytes under a hash, checked against it.
    pub async fn get(&self, hash: &ContentHash) -> Result<Bytes, FileError> {
        let found = match self.store.get(&key(hash)).await {
            Err(object_store::Error::NotFound { .. }) => {
                return Err(FileError::Missing(hash.clone()));
            }
            found => found?,
        };
        let bytes = found.bytes().await?;
        if ContentHash::of(&bytes) == *hash {
            Ok(bytes)
        } else {
            Err(FileError::Damaged(hash.clone()))
        }
    }

    /// The bytes under a hash as they are read, for files that are too large to hold. They are checked on the way: what
    /// does not hold what its name says breaks off with an error.
    pub async fn stream(
        &self,
        hash: &ContentHash,
    ) -> Result<BoxStream<'static, Result<Bytes, FileError>>, FileError> {
        let found = match self.store.get(&key(hash)).await {
            Err(object_store::Error::NotFound { .. }) => {
                return Err(FileError::Missing(hash.clone()));
            }
            found => found?,
        };
        let begin = (found.into_stream(), Sha256::new(), hash.clone());
        let checked =
            async |(mut bytes, mut seen, hash): (BoxStream<'static, _>, Sha256, _)| match bytes
                .next()
                .await
            {
                Some(next) => {
                    let next: Bytes = next?;
                    seen.update(&next);
                    Ok(Some((next, (bytes, seen, hash))))
                }
                None if ContentHash::of_digest(seen.finalize().into()) == hash => Ok(None),
                None => Err(FileError::Damaged(hash)),
            };
        Ok(futures_util::stream::try_unfold(begin, checked).boxed())
    }

    /// Reads a file to its end, to see whether it holds what its name says.
    pub async fn check(&self, hash: &ContentHash) -> Result<(), FileError> {
        let mut bytes = self.stream(hash).await?;
        while bytes.try_next().await?.is_some() {}
        Ok(())
    }

    /// Deletes files that nothing refers to and that were written before `before`, so that a revision stored for
    /// a transaction still running stays. Gives how many.
    ///
    /// A folder in which not one file is referred to belongs to another database, as a wrong setting makes it seem:
    /// nothing of it is touched.
    pub async fn sweep(
        &self,
        referred: &BTreeSet<ContentHash>,
        before: Timestamp,
    ) -> Result<usize, FileError> {
        let all: Vec<_> = self.store.list(None).try_collect().await?;
        let named = all.into_iter().filter_map(|file| {
            let hash = file.location.filename()?.parse().ok()?;
            Some((hash, file))
        });
        let (kept, orphans): (Vec<_>, Vec<_>) =
            named.partition(|(hash, _): &(ContentHash, _)| referred.contains(hash));
        let mut swept = 0;
        for (_, file) in orphans {
            if !kept.is_empty() && is_older(&file, before) {
                swept += usize::from(self.delete(&file.location, before).await?);
            }
        }
        Ok(swept)
    }

    /// Takes one file away, such as a recording that is to be deleted. One that is gone already is no error.
    pub async fn remove(&self, hash: &ContentHash) -> Result<(), FileError> {
        let _alone = self.sweeping.write().await;
        match self.store.delete(&key(hash)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether it went. It stays where it was put again since it was listed; another node may have swept it.
    async fn delete(&self, key: &Key, before: Timestamp) -> Result<bool, FileError> {
        let _alone = self.sweeping.write().await;
        let gone = match self.store.head(key).await {
            Ok(file) if is_older(&file, before) => self.store.delete(key).await,
            Ok(_) => return Ok(false),
            Err(error) => Err(error),
        };
        match gone {
            Ok(()) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
}

fn is_older(file: &ObjectMeta, before: Timestamp) -> bool {
    file.last_modified.timestamp() < before.as_second()
}

/// Two digits make a folder, so that no folder grows too long to list.
fn key(hash: &ContentHash) -> Key {
    Key::from_iter([&hash.as_str()[..2], hash.as_str()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn bytes_come_back_by_their_hash_and_are_stored_once() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::open(folder.path()).unwrap();
        let hash = files.put("协议").await.unwrap();
        assert_eq!(files.put("协议").await.unwrap(), hash);
        assert_eq!(files.get(&hash).await.unwrap(), "协议");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[tokio::test]
    async fn a_changed_file_is_not_given_out() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::open(folder.path()).unwrap();
        let hash = files.put("协议").await.unwrap();
        let path = folder.path().join(&hash.as_str()[..2]).join(hash.as_str());
        std::fs::write(path, "另一份协议").unwrap();
        let outcome = files.get(&hash).await;
        assert!(matches!(outcome, Err(FileError::Damaged(_))), "{outcome:?}");
        let absent = ContentHash::of(b"absent");
        let outcome = files.get(&absent).await;
        assert!(matches!(outcome, Err(FileError::Missing(_))), "{outcome:?}");
    }

    #[tokio::test]
    async fn the_sweep_takes_old_orphans_only() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::open(folder.path()).unwrap();
        let kept = files.put("kept").await.unwrap();
        let orphan = files.put("orphan").await.unwrap();
        let referred = BTreeSet::from([kept.clone()]);
        assert_eq!(
            files.sweep(&referred, Timestamp::UNIX_EPOCH).await.unwrap(),
            0
        );
        assert_eq!(files.sweep(&referred, Timestamp::MAX).await.unwrap(), 1);
        files.get(&kept).await.unwrap();
        assert!(matches!(
            files.get(&orphan).await,
            Err(FileError::Missing(_))
        ));
    }

    #[tokio::test]
    async fn a_file_put_again_is_not_swept_even_after_it_was_listed() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::open(folder.path()).unwrap();
        let kept = files.put("kept").await.unwrap();
        let again = files.put("again").await.unwrap();
        let path = folder
            .path()
            .join(&again.as_str()[..2])
            .join(again.as_str());
        let age = || {
            let file = std::fs::File::options().write(true).open(&path).unwrap();
            file.set_modified(std::time::UNIX_EPOCH).unwrap();
        };
        let before = Timestamp::from_second(1_000_000).unwrap();
        let referred = BTreeSet::from([kept]);
        age();
        files.put("again").await.unwrap();
        assert_eq!(files.sweep(&referred, before).await.unwrap(), 0);
        // Listed as old, put again, and only then its turn to be deleted.
        age();
        files.put("again").await.unwrap();
        assert!(!files.delete(&key(&again), before).await.unwrap());
        files.get(&again).await.unwrap();
        age();
        assert!(files.delete(&key(&again), before).await.unwrap());
    }

    #[tokio::test]
    async fn a_folder_of_another_database_is_not_swept() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::open(folder.path()).unwrap();
        let theirs = files.put("theirs").await.unwrap();
        let ours = BTreeSet::from([ContentHash::of(b"elsewhere")]);
        assert_eq!(files.sweep(&ours, Timestamp::MAX).await.unwrap(), 0);
        files.get(&theirs).await.unwrap();
    }
}
