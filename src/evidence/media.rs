//! What a file is, told by its first bytes and never by its name.

use super::Refusal;
use crate::domain::evidence::Media;

/// # Errors
/// [`Refusal::Kind`] for a kind that is not taken, [`Refusal::Archive`] for files within a file.
pub fn told_by(first: &[u8]) -> Result<Media, Refusal> {
    let told = infer::get(first).ok_or(Refusal::Kind)?;
    Ok(match told.mime_type() {
        "image/jpeg" => Media::Jpeg,
        "image/png" => Media::Png,
        "image/webp" => Media::Webp,
        "audio/mpeg" => Media::Mp3,
        "audio/m4a" => Media::M4a,
        "audio/aac" => Media::Aac,
        "audio/ogg" | "audio/opus" => Media::Ogg,
        "audio/x-wav" => Media::Wav,
        "audio/amr" => Media::Amr,
        "video/mp4" | "video/x-m4v" => Media::Mp4,
        "video/quicktime" => Media::Mov,
        "video/webm" => Media::Webm,
        "application/pdf" => Media::Pdf,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => Media::Word,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => Media::Excel,
        _ if told.matcher_type() == infer::MatcherType::Archive => return Err(Refusal::Archive),
        _ => return Err(Refusal::Kind),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_its_first_bytes() {
        assert_eq!(told_by(b"%PDF-1.7 .."), Ok(Media::Pdf));
        assert_eq!(told_by(&[0xff, 0xd8, 0xff, 0xe0]), Ok(Media::Jpeg));
        assert_eq!(told_by(b"RIFF\x10\0\0\0WEBPVP8 "), Ok(Media::Webp));
        assert_eq!(told_by(b"RIFF\x10\0\0\0WAVEfmt "), Ok(Media::Wav));
        assert_eq!(told_by(b"ID3\x04\0\0\0\0\0\0"), Ok(Media::Mp3));
        assert_eq!(
            told_by(b"#!AMR\n\x3c\x91\x17\x16\xbe\x66\x79"),
            Ok(Media::Amr)
        );
        assert_eq!(
            told_by(b"\0\0\0\x18ftypisom\0\0\x02\0isomiso2"),
            Ok(Media::Mp4)
        );
    }

    #[test]
    fn programs_pages_and_archives_are_not_taken() {
        assert_eq!(told_by(b"<html><script>"), Err(Refusal::Kind));
        assert_eq!(told_by(b"MZ\x90\0\x03\0\0\0"), Err(Refusal::Kind));
        assert_eq!(told_by(b""), Err(Refusal::Kind));
        assert_eq!(
            told_by(b"PK\x03\x04\x14\0\0\0\x08\0abcdefgh"),
            Err(Refusal::Archive)
        );
        assert_eq!(told_by(b"Rar!\x1a\x07\x01\0"), Err(Refusal::Archive));
        assert_eq!(told_by(b"\x1f\x8b\x08\0\0\0\0\0"), Err(Refusal::Archive));
    }
}
