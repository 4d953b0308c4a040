//! Files that people send: their kind is told by their first bytes, never by their name.

use std::collections::BTreeMap;

use bytes::Bytes;

use crate::domain::evidence::{Media, Sort};
use crate::evidence::told_by;
use crate::i18n::Text;
use crate::web::{Form, Multipart, WebError};

/// Bytes of one file.
pub(super) const LARGEST: usize = 10 * 1024 * 1024;

/// Media type and ending of the kinds that go to a court or prove a payment: photos and PDF.
pub(super) fn kind(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let media = told_by(bytes).ok()?;
    let is_taken = media.sort() == Sort::Photo || media == Media::Pdf;
    is_taken.then(|| (media.mime(), media.ending()))
}

/// The fields of a form with one file in it; the file is there if one was chosen.
pub(super) async fn read(parts: Multipart) -> Result<(Form, Option<Bytes>), WebError> {
    let (form, file) = read_named(parts).await?;
    Ok((form, file.map(|(_, bytes)| bytes)))
}

/// As [`read`], with every file that was chosen under the name of its field.
pub(super) async fn read_several(
    mut parts: Multipart,
) -> Result<(Form, BTreeMap<String, Bytes>), WebError> {
    let (mut pairs, mut files) = (Vec::new(), BTreeMap::new());
    while let Some(part) = parts.next().await? {
        let name = part.name().unwrap_or_default().to_owned();
        if part.file_name().is_some() {
            let bytes = part.bytes().await?;
            if !bytes.is_empty() {
                files.insert(name, bytes);
            }
        } else {
            pairs.push((name, part.text().await?));
        }
    }
    Ok((Form::from_pairs(pairs.into_iter()), files))
}

/// As [`read`], with the name that the file has where it comes from.
pub(super) async fn read_named(
    mut parts: Multipart,
) -> Result<(Form, Option<(String, Bytes)>), WebError> {
    let (mut pairs, mut file) = (Vec::new(), None);
    while let Some(part) = parts.next().await? {
        let name = part.name().unwrap_or_default().to_owned();
        if let Some(called) = part.file_name().map(str::to_owned) {
            let bytes = part.bytes().await?;
            file = (!bytes.is_empty()).then_some((called, bytes));
        } else {
            pairs.push((name, part.text().await?));
        }
    }
    Ok((Form::from_pairs(pairs.into_iter()), file))
}

/// Refuses a file that is too large or of no known kind, beside its field.
pub(super) fn check(form: &mut Form, field: &str, file: &[u8]) {
    if file.len() > LARGEST {
        form.refuse(
            field,
            Text::key("perform-file-large").with("megabytes", 10_u32),
        );
    } else if kind(file).is_none() {
        form.refuse(field, Text::key("perform-file-kind"));
    }
}

/// As [`check`], for a voice note as phones record it.
pub(super) fn check_sound(form: &mut Form, field: &str, file: &[u8]) {
    if file.len() > LARGEST {
        form.refuse(
            field,
            Text::key("perform-file-large").with("megabytes", 10_u32),
        );
    } else if sound(file).is_none() {
        form.refuse(field, Text::key("enter-voice-kind"));
    }
}

/// Media type and ending of a recording; some phones put a voice into a file made for clips.
pub(super) fn sound(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let media = told_by(bytes).ok()?;
    let recorded = matches!(media, Media::Mp4 | Media::Webm) || media.sort() == Sort::Sound;
    recorded.then(|| (media.mime(), media.ending()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_its_first_bytes() {
        assert_eq!(kind(b"%PDF-1.7 ..").unwrap().1, "pdf");
        assert_eq!(kind(&[0xff, 0xd8, 0xff, 0xe0]).unwrap().1, "jpg");
        assert_eq!(kind(b"RIFF\0\0\0\0WEBPVP8 ").unwrap().1, "webp");
        assert_eq!(kind(b"<html><script>"), None);
        assert_eq!(kind(b""), None);
    }
}
