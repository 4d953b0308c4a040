//! Files that people send: their kind is told by their first bytes, never by their name.

use bytes::Bytes;

use crate::i18n::Text;
use crate::web::{Form, Multipart, WebError};

/// Bytes of one file.
pub(super) const LARGEST: usize = 10 * 1024 * 1024;

/// Media type and ending of the kinds that are taken.
pub(super) fn kind(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let begins = |mark: &[u8]| bytes.starts_with(mark);
    if begins(b"%PDF-") {
        Some(("application/pdf", "pdf"))
    } else if begins(&[0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a]) {
        Some(("image/png", "png"))
    } else if begins(&[0xff, 0xd8, 0xff]) {
        Some(("image/jpeg", "jpg"))
    } else if begins(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        Some(("image/webp", "webp"))
    } else {
        None
    }
}

/// The fields of a form with one file in it; the file is there if one was chosen.
pub(super) async fn read(mut parts: Multipart) -> Result<(Form, Option<Bytes>), WebError> {
    let (mut pairs, mut file) = (Vec::new(), None);
    while let Some(part) = parts.next().await? {
        let name = part.name().unwrap_or_default().to_owned();
        if part.file_name().is_some() {
            file = Some(part.bytes().await?).filter(|bytes| !bytes.is_empty());
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
