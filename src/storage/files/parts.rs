//! Files that come in parts over a bad network: each part lies by itself until all are there.

use std::ops::Range;

use bytes::Bytes;
use futures_util::TryStreamExt;
use jiff::Timestamp;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload, WriteMultipart};
use sha2::{Digest as _, Sha256};

use super::{FileError, Files, is_older, key};
use crate::domain::hash::ContentHash;
use crate::domain::ids::UploadId;

const FOLDER: &str = "parts";

impl Files {
    /// Writes one part to the disk before it answers. The same part again takes the place of the first.
    pub async fn put_part(
        &self,
        upload: UploadId,
        number: u32,
        bytes: Bytes,
    ) -> Result<(), FileError> {
        let payload = PutPayload::from(bytes);
        self.store.put(&part(upload, number), payload).await?;
        Ok(())
    }

    pub async fn part(&self, upload: UploadId, number: u32) -> Result<Bytes, FileError> {
        Ok(self.store.get(&part(upload, number)).await?.bytes().await?)
    }

    /// Makes one file of the first `count` parts, one part in memory at a time. The parts stay.
    pub async fn join_parts(
        &self,
        upload: UploadId,
        count: u32,
    ) -> Result<(ContentHash, u64), FileError> {
        let (mut hash, mut size) = (Sha256::new(), 0);
        for number in 0..count {
            let bytes = self.part(upload, number).await?;
            size += bytes.len() as u64;
            hash.update(&bytes);
        }
        let hash = ContentHash::of_digest(hash.finalize().into());
        let _not_swept = self.sweeping.read().await;
        let mut whole = WriteMultipart::new(self.store.put_multipart(&key(&hash)).await?);
        for number in 0..count {
            whole.wait_for_capacity(1).await?;
            whole.write(&self.part(upload, number).await?);
        }
        whole.finish().await?;
        Ok((hash, size))
    }

    /// Forgets the parts of an upload that is over.
    pub async fn drop_parts(&self, upload: UploadId) -> Result<(), FileError> {
        let folder = Key::from_iter([FOLDER, &upload.to_string()]);
        let parts: Vec<_> = self.store.list(Some(&folder)).try_collect().await?;
        for part in parts {
            self.store.delete(&part.location).await?;
        }
        Ok(())
    }

    /// Deletes parts that nobody went on with since `before`; gives how many.
    pub async fn sweep_parts(&self, before: Timestamp) -> Result<usize, FileError> {
        let folder = Key::from_iter([FOLDER]);
        let parts: Vec<_> = self.store.list(Some(&folder)).try_collect().await?;
        let mut swept = 0;
        for part in parts.iter().filter(|part| is_older(part, before)) {
            match self.store.delete(&part.location).await {
                Ok(()) => swept += 1,
                Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(swept)
    }

    /// Some bytes of a file, for whoever listens to a recording from its middle. They are not checked against the hash,
    /// which stands for the whole.
    pub async fn get_range(
        &self,
        hash: &ContentHash,
        range: Range<u64>,
    ) -> Result<Bytes, FileError> {
        match self.store.get_range(&key(hash), range).await {
            Err(object_store::Error::NotFound { .. }) => Err(FileError::Missing(hash.clone())),
            found => Ok(found?),
        }
    }
}

fn part(upload: UploadId, number: u32) -> Key {
    Key::from_iter([FOLDER, &upload.to_string(), &number.to_string()])
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[tokio::test]
    async fn parts_become_one_file_and_are_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::open(folder.path()).unwrap();
        let upload = UploadId(Uuid::from_u128(1));
        for (number, text) in ["墙", "面", "渗水"].into_iter().enumerate() {
            let number = u32::try_from(number).unwrap();
            files.put_part(upload, number, text.into()).await.unwrap();
        }
        files.put_part(upload, 1, "角".into()).await.unwrap();
        let (hash, size) = files.join_parts(upload, 3).await.unwrap();
        assert_eq!(hash, ContentHash::of("墙角渗水".as_bytes()));
        assert_eq!(size, 12);
        assert_eq!(files.get_range(&hash, 3..6).await.unwrap(), "角");
        files.drop_parts(upload).await.unwrap();
        assert!(files.part(upload, 0).await.is_err());
        assert_eq!(files.get(&hash).await.unwrap(), "墙角渗水");
    }

    #[tokio::test]
    async fn the_sweep_takes_parts_that_nobody_went_on_with() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::open(folder.path()).unwrap();
        let upload = UploadId(Uuid::from_u128(1));
        files.put_part(upload, 0, "a".into()).await.unwrap();
        let early = Timestamp::UNIX_EPOCH;
        assert_eq!(files.sweep_parts(early).await.unwrap(), 0);
        assert_eq!(files.sweep_parts(Timestamp::MAX).await.unwrap(), 1);
        assert!(files.part(upload, 0).await.is_err());
    }
}
