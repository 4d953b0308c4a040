//! What authorities elsewhere have taken back: fetched every hour and kept while it holds, so that a host that keeps silent stops
//! nobody who signs last.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use super::{OutsideError, http};
use crate::documents::verify::{holds, is_list};
use crate::domain::hash::ContentHash;

#[derive(Debug, Default)]
pub(super) struct Lists {
    /// Where they are kept besides, for the next start and for `heyi verify`.
    folder: Option<PathBuf>,
    /// By their addresses.
    kept: Mutex<BTreeMap<String, Vec<u8>>>,
}

impl Lists {
    pub(super) fn keep_in(&mut self, folder: &Path) {
        self.folder = Some(folder.to_owned());
    }

    /// The list behind an address that holds now: as it is there, or as it was when it was there last.
    pub(super) fn newest(
        &self,
        url: &str,
        roots: &[Vec<u8>],
        (patience, now): (Duration, Timestamp),
    ) -> Result<Vec<u8>, OutsideError> {
        let error = match fetched(url, roots, (patience, now)) {
            Ok(list) => {
                self.keep(url, &list);
                return Ok(list);
            }
            Err(error) => error,
        };
        let before = self.kept(url);
        let before = before.filter(|list| is_list(list, roots) && holds(list, now));
        let list = before.ok_or(error)?;
        tracing::warn!(
            url,
            "a list of what was taken back did not come; the one before still holds and is used"
        );
        Ok(list)
    }

    fn keep(&self, url: &str, list: &[u8]) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let before = kept.insert(url.to_owned(), list.to_vec());
        let (Some(file), true) = (self.file(url), before.as_deref() != Some(list)) else {
            return;
        };
        let partial = file.with_extension("partial");
        let written =
            std::fs::write(&partial, list).and_then(|()| std::fs::rename(&partial, &file));
        if let Err(error) = written {
            tracing::warn!(url, %error, "a list of what was taken back is kept until the next start only");
        }
    }

    fn kept(&self, url: &str) -> Option<Vec<u8>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept.get(url).cloned();
        known.or_else(|| std::fs::read(self.file(url)?).ok())
    }

    fn file(&self, url: &str) -> Option<PathBuf> {
        let name = ContentHash::of(url.as_bytes());
        let name = format!("outside-{}.crl", &name.as_str()[..16]);
        Some(self.folder.as_ref()?.join(name))
    }
}

fn fetched(
    url: &str,
    roots: &[Vec<u8>],
    (patience, now): (Duration, Timestamp),
) -> Result<Vec<u8>, OutsideError> {
    let list = http::get(url, patience).map_err(|source| OutsideError::List {
        url: url.to_owned(),
        source,
    })?;
    if !is_list(&list, roots) {
        return Err(OutsideError::NoList(url.to_owned()));
    }
    if holds(&list, now) {
        Ok(list)
    } else {
        Err(OutsideError::OutOfDate(url.to_owned()))
    }
}
