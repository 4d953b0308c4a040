//! The files of anchors: written under their hour, never swept, and readable from a copy that lies elsewhere.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::TryStreamExt;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};

use super::{FileError, Files, key};
use crate::domain::anchor::number_at;
use crate::domain::hash::ContentHash;

const FOLDER: &str = "anchors";

/// The folder in which anchors lie by year, month, day and hour.
#[derive(Clone, Debug)]
pub struct AnchorFiles {
    store: Arc<dyn ObjectStore>,
    folder: &'static str,
}

impl AnchorFiles {
    /// A copy of the folder, which must be there.
    pub fn copied(folder: &Path) -> Result<Self, FileError> {
        Ok(Self {
            store: Arc::new(LocalFileSystem::new_with_prefix(folder)?),
            folder: "",
        })
    }

    fn key(&self, place: &str) -> Key {
        let parts = [self.folder].into_iter().chain(place.split('/'));
        parts.filter(|part| !part.is_empty()).collect()
    }

    pub async fn put(&self, place: &str, bytes: impl Into<Bytes>) -> Result<(), FileError> {
        let payload = PutPayload::from(bytes.into());
        self.store.put(&self.key(place), payload).await?;
        Ok(())
    }

    pub async fn get(&self, place: &str) -> Result<Option<Bytes>, FileError> {
        match self.store.get(&self.key(place)).await {
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            found => Ok(Some(found?.bytes().await?)),
        }
    }

    /// The place of every anchor's file by its number.
    pub async fn places(&self) -> Result<BTreeMap<u64, String>, FileError> {
        let prefix = self.key("");
        let mut listed = self.store.list(Some(&prefix));
        let mut places = BTreeMap::new();
        while let Some(file) = listed.try_next().await? {
            let place = file.location.as_ref();
            let place = place.strip_prefix(prefix.as_ref()).unwrap_or(place);
            let place = place.trim_start_matches('/');
            if let Some(number) = number_at(place) {
                places.insert(number, place.to_owned());
            }
        }
        Ok(places)
    }
}

impl Files {
    pub fn anchors(&self) -> AnchorFiles {
        AnchorFiles {
            store: Arc::clone(&self.store),
            folder: FOLDER,
        }
    }

    /// Whether there is a file under a hash; what it holds is not looked at.
    pub async fn is_there(&self, hash: &ContentHash) -> Result<bool, FileError> {
        match self.store.head(&key(hash)).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::Timestamp;

    use super::*;

    #[tokio::test]
    async fn anchors_are_never_swept_and_a_copy_of_the_folder_is_read_as_the_folder_is() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::open(folder.path()).unwrap();
        let anchors = files.anchors();
        let kept = files.put("kept").await.unwrap();
        files.put("orphan").await.unwrap();
        for (place, text) in [
            ("2026/11/22/14-000001.json", "one"),
            ("2026/11/22/14-000001.p7s", "seal"),
            ("2026/11/22/15-000002.json", "two"),
        ] {
            anchors.put(place, text).await.unwrap();
        }
        let referred = BTreeSet::from([kept.clone()]);
        assert_eq!(files.sweep(&referred, Timestamp::MAX).await.unwrap(), 1);
        assert_eq!(files.sweep_parts(Timestamp::MAX).await.unwrap(), 0);
        let copy = AnchorFiles::copied(&folder.path().join(FOLDER)).unwrap();
        for anchors in [anchors, copy] {
            let places = anchors.places().await.unwrap();
            assert_eq!(places.keys().collect::<Vec<_>>(), [&1, &2]);
            let first = anchors.get(&places[&1]).await.unwrap();
            assert_eq!(first.unwrap(), "one");
            assert_eq!(
                anchors.get("2026/11/22/16-000003.json").await.unwrap(),
                None
            );
        }
        assert!(files.is_there(&kept).await.unwrap());
        assert!(!files.is_there(&ContentHash::of(b"orphan")).await.unwrap());
    }
}
