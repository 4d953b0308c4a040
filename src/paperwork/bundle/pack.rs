//! A ZIP that goes out while it is written: nothing of it is held but what nobody has taken yet. Its last files say the hash of
//! each of the others, under our signature.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use jiff::Timestamp;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use tokio::sync::mpsc;
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

use crate::documents::sign_beside;
use crate::domain::hash::ContentHash;
use crate::domain::ids::CaseId;
use crate::paperwork::{Chancery, PaperworkError};
use crate::storage::files::FileError;

/// Pieces that wait for whoever takes them.
const WAITING: usize = 4;

/// What goes out, piece by piece; an error other than a lost file, which the list names, breaks it off, so that nobody takes a part for the whole.
pub type Outgoing = BoxStream<'static, Result<Bytes, PaperworkError>>;

/// What the ZIP writes into, and what is taken out of it after every step.
#[derive(Clone, Debug, Default)]
struct Sink(Arc<Mutex<Vec<u8>>>);

impl Sink {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A line of the manifest.
#[derive(Debug, Serialize)]
struct Packed {
    name: String,
    bytes: u64,
    sha256: ContentHash,
}

/// What should be here and is lost, or is no more what it was.
#[derive(Debug, Serialize)]
struct Missing {
    name: String,
    /// Of what is lost.
    sha256: ContentHash,
}

/// `manifest.json`, `heyi-manifest/1`.
#[derive(Serialize)]
struct Manifest<'a> {
    schema: &'static str,
    made_at: Timestamp,
    files: &'a [Packed],
    missing: &'a [Missing],
}

/// A ZIP on its way.
pub(super) struct Pack {
    zip: ZipWriter<StreamWriter<Sink>>,
    sink: Sink,
    to: mpsc::Sender<Result<Bytes, PaperworkError>>,
    packed: Vec<Packed>,
    missing: Vec<Missing>,
}

/// Runs `fill` beside whoever takes what it packs.
pub(super) fn outgoing<F>(fill: impl FnOnce(Pack) -> F) -> Outgoing
where
    F: Future<Output = Result<(), PaperworkError>> + Send + 'static,
{
    let (to, from) = mpsc::channel(WAITING);
    let failed = to.clone();
    let sink = Sink::default();
    let filling = fill(Pack {
        zip: ZipWriter::new_stream(sink.clone()),
        sink,
        to,
        packed: Vec::new(),
        missing: Vec::new(),
    });
    tokio::spawn(async move {
        match filling.await {
            Ok(()) | Err(PaperworkError::NobodyTakes) => {}
            Err(error) => {
                tracing::error!(%error, "a ZIP was broken off");
                if failed.send(Err(error)).await.is_err() {
                    tracing::info!("and nobody was there to take it any more");
                }
            }
        }
    });
    futures_util::stream::unfold(from, async |mut from| {
        from.recv().await.map(|piece| (piece, from))
    })
    .boxed()
}

impl Pack {
    /// A file that is at hand.
    pub(super) async fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), PaperworkError> {
        // PDFs, pictures and sound are packed already.
        let text = [".json", ".csv", ".txt"]
            .iter()
            .any(|end| name.ends_with(end));
        self.begin(name, text)?;
        self.zip.write_all(bytes)?;
        self.packed.push(Packed {
            name: name.to_owned(),
            bytes: bytes.len() as u64,
            sha256: ContentHash::of(bytes),
        });
        self.pass_on().await
    }

    /// What was found, or nothing where it is lost: the list names it, and all else goes on.
    pub(super) fn found<T>(
        &mut self,
        found: Result<T, PaperworkError>,
        (case, name): (CaseId, &str),
    ) -> Result<Option<T>, PaperworkError> {
        match found {
            Ok(found) => Ok(Some(found)),
            Err(PaperworkError::File(FileError::Missing(hash) | FileError::Damaged(hash))) => {
                self.lost((case, name), hash);
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    fn lost(&mut self, (case, name): (CaseId, &str), hash: ContentHash) {
        tracing::error!(%case, %hash, "a file is lost: the ZIP goes out without it and says so");
        let name = name.to_owned();
        let sha256 = hash;
        self.missing.push(Missing { name, sha256 });
    }

    /// A file as it comes out of the store, under `name` and the ending that its content asks for. Where it turns out to be
    /// no more what it was, it stands in the list as it is, and among what is lost.
    pub(super) async fn add_stored(
        &mut self,
        (case, name): (CaseId, &str),
        mut from: BoxStream<'static, Result<Bytes, FileError>>,
    ) -> Result<String, PaperworkError> {
        let mut piece = from.next().await.transpose()?.unwrap_or_default();
        let ending = infer::get(&piece).map_or("bin", |kind| kind.extension());
        let name = format!("{name}.{ending}");
        self.begin(&name, false)?;
        let (mut hash, mut bytes) = (Sha256::new(), 0);
        loop {
            hash.update(&piece);
            bytes += piece.len() as u64;
            self.zip.write_all(&piece)?;
            self.pass_on().await?;
            match from.next().await.transpose() {
                Ok(Some(next)) => piece = next,
                Ok(None) => break,
                Err(FileError::Damaged(hash)) => {
                    self.lost((case, &name), hash);
                    break;
                }
                Err(error) => return Err(error.into()),
            }
        }
        self.packed.push(Packed {
            name: name.clone(),
            bytes,
            sha256: ContentHash::of_digest(hash.finalize().into()),
        });
        Ok(name)
    }

    /// Signs the list of all files and ends the ZIP.
    pub(super) async fn finish(mut self, chancery: &Chancery) -> Result<(), PaperworkError> {
        let now = chancery.desk.clock.now();
        let (packed, missing) = (
            std::mem::take(&mut self.packed),
            std::mem::take(&mut self.missing),
        );
        let manifest = Manifest {
            schema: "heyi-manifest/1",
            made_at: now,
            files: &packed,
            missing: &missing,
        };
        let manifest = serde_json::to_vec_pretty(&manifest)?;
        let signer = super::signer();
        let at = (now, &*chancery.desk.clock);
        let signature = sign_beside(&manifest, &signer, &chancery.authority, at)?;
        self.add("manifest.json", &manifest).await?;
        self.add("manifest.p7s", &signature).await?;
        let Self { zip, sink, to, .. } = self;
        zip.finish()?;
        send(&to, sink.take()).await
    }

    fn begin(&mut self, name: &str, text: bool) -> Result<(), PaperworkError> {
        let method = if text {
            CompressionMethod::Deflated
        } else {
            CompressionMethod::Stored
        };
        let options = SimpleFileOptions::default().compression_method(method);
        Ok(self.zip.start_file(name, options)?)
    }

    async fn pass_on(&mut self) -> Result<(), PaperworkError> {
        send(&self.to, self.sink.take()).await
    }
}

async fn send(
    to: &mpsc::Sender<Result<Bytes, PaperworkError>>,
    bytes: Vec<u8>,
) -> Result<(), PaperworkError> {
    if bytes.is_empty() {
        return Ok(());
    }
    let sent = to.send(Ok(bytes.into())).await;
    sent.map_err(|_closed| PaperworkError::NobodyTakes)
}
