//! A smaller picture of a photo, made anew from its pixels: no place, time or device of the original is in it.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder as _, ImageError, ImageReader, Limits};

use super::Refusal;

/// Pixels of the longer side.
const LONGEST: u32 = 1600;
/// Likewise of a photographed sheet of paper: at 200 dots an inch and more, writing by hand stays readable and so does the code.
const LONGEST_SHEET: u32 = 2600;
/// A photo of a good phone has 12 to 50 million pixels; a picture of more is made to exhaust whoever opens it.
const MOST_PIXELS: u64 = 64_000_000;
/// Bytes that reading one picture may take.
const MEMORY: u64 = 512 * 1024 * 1024;
/// Writing stays readable at this quality, of 100.
const QUALITY: u8 = 82;

/// The picture as JPEG, upright.
///
/// # Errors
/// [`Refusal::TooManyPixels`], [`Refusal::Broken`].
pub(super) fn preview(photo: &[u8]) -> Result<Vec<u8>, Refusal> {
    drawn(photo, LONGEST)
}

/// A photo of a sheet, small enough for a dozen of them in one file.
///
/// # Errors
/// As [`preview`].
pub(super) fn sheet(photo: &[u8]) -> Result<Vec<u8>, Refusal> {
    drawn(photo, LONGEST_SHEET)
}

fn drawn(photo: &[u8], longest: u32) -> Result<Vec<u8>, Refusal> {
    let (mut picture, orientation) = opened(photo)?;
    if picture.width().max(picture.height()) > longest {
        picture = picture.thumbnail(longest, longest);
    }
    picture.apply_orientation(orientation);
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, QUALITY)
        .encode_image(&picture.to_rgb8())
        .map_err(refusal)?;
    Ok(jpeg)
}

/// The pixels as they lie in the file, and how the picture stands upright.
///
/// # Errors
/// As [`preview`].
pub(super) fn opened(photo: &[u8]) -> Result<(DynamicImage, Orientation), Refusal> {
    let mut reader = ImageReader::new(Cursor::new(photo))
        .with_guessed_format()
        .map_err(|_unreadable| Refusal::Broken)?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(refusal)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(Refusal::TooManyPixels);
    }
    let orientation = decoder.orientation().map_err(refusal)?;
    let picture = DynamicImage::from_decoder(decoder).map_err(refusal)?;
    Ok((picture, orientation))
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn refusal(error: ImageError) -> Refusal {
    match error {
        ImageError::Limits(_) => Refusal::TooManyPixels,
        _ => Refusal::Broken,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A JPEG of 40 × 20 with an EXIF block in it: turned to the left, and a word that must not come through.
    fn photo() -> Vec<u8> {
        let picture = DynamicImage::new_rgb8(40, 20);
        let mut jpeg = Vec::new();
        JpegEncoder::new(&mut jpeg).encode_image(&picture).unwrap();
        let mut exif =
            b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0".to_vec();
        exif.extend(b"GPS 31.23N 121.47E");
        let length = u16::try_from(exif.len() + 2).unwrap();
        let mut block = vec![0xff, 0xe1];
        block.extend(length.to_be_bytes());
        block.extend(exif);
        jpeg.splice(2..2, block);
        jpeg
    }

    fn contains(bytes: &[u8], word: &[u8]) -> bool {
        bytes.windows(word.len()).any(|window| window == word)
    }

    #[test]
    fn a_preview_stands_upright_and_tells_no_place() {
        let photo = photo();
        assert!(contains(&photo, b"GPS"));
        let preview = preview(&photo).unwrap();
        assert!(!contains(&preview, b"GPS") && !contains(&preview, b"Exif"));
        let upright = image::load_from_memory(&preview).unwrap();
        assert_eq!((upright.width(), upright.height()), (20, 40));
    }

    #[test]
    fn a_large_photo_becomes_smaller() {
        let mut large = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(3200, 100)
            .write_to(&mut large, image::ImageFormat::Png)
            .unwrap();
        let preview = preview(large.get_ref()).unwrap();
        assert_eq!(image::load_from_memory(&preview).unwrap().width(), LONGEST);
        let sheet = sheet(large.get_ref()).unwrap();
        let sheet = image::load_from_memory(&sheet).unwrap();
        assert_eq!(sheet.width(), LONGEST_SHEET);
    }

    #[test]
    fn a_picture_that_would_exhaust_its_reader_is_refused_unread() {
        let mut bomb = Cursor::new(Vec::new());
        DynamicImage::new_luma8(20_000, 4_000)
            .write_to(&mut bomb, image::ImageFormat::Png)
            .unwrap();
        assert_eq!(preview(bomb.get_ref()), Err(Refusal::TooManyPixels));
        assert_eq!(preview(&[0xff, 0xd8, 0xff, 0xe0]), Err(Refusal::Broken));
    }
}
