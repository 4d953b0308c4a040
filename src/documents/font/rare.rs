//! The ideographs of GB 18030 that the first typeface lacks, in packed parts: a rare name unpacks one of sixty.

use std::io::Read as _;
use std::sync::{LazyLock, OnceLock};

use flate2::read::ZlibDecoder;
use rust_embed::RustEmbed;

use super::typeface::Typeface;

const NAME: &str = "HeyiRareHan-Regular";

/// Each named by its first code point in five digits; `assets/fonts/rare.py` says how they were made.
#[derive(RustEmbed)]
#[folder = "assets/fonts/rare"]
struct Packed;

struct Part {
    first: u32,
    file: String,
    typeface: OnceLock<Typeface>,
}

static PARTS: LazyLock<Vec<Part>> = LazyLock::new(|| {
    let mut parts: Vec<Part> = Packed::iter()
        .filter_map(|file| {
            let first = u32::from_str_radix(file.split('.').next()?, 16).ok()?;
            Some(Part {
                first,
                file: file.into_owned(),
                typeface: OnceLock::new(),
            })
        })
        .collect();
    parts.sort_by_key(|part| part.first);
    parts
});

/// The part in which a character is, if it is in any.
pub(super) fn part(character: char) -> Option<u8> {
    let code = u32::from(character);
    let after = PARTS.partition_point(|part| part.first <= code);
    u8::try_from(after.checked_sub(1)?).ok()
}

/// Unpacked at the first use and kept.
pub(super) fn typeface(part: u8) -> Option<&'static Typeface> {
    let part = PARTS.get(usize::from(part))?;
    Some(
        part.typeface
            .get_or_init(|| Typeface::parse(NAME, unpacked(&part.file))),
    )
}

#[expect(
    clippy::expect_used,
    reason = "the fonts are part of the binary and unpacked by a test"
)]
fn unpacked(file: &str) -> &'static [u8] {
    let packed = Packed::get(file).expect("the part was listed");
    let mut data = Vec::new();
    ZlibDecoder::new(packed.data.as_ref())
        .read_to_end(&mut data)
        .expect("the part unpacks");
    Vec::leak(data)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_unpacks_and_has_its_first_character() {
        assert_eq!(PARTS.len(), 60);
        for (index, expected) in PARTS.iter().enumerate() {
            let character = char::from_u32(expected.first).unwrap();
            let index = part(character).filter(|found| usize::from(*found) == index);
            let glyph = typeface(index.unwrap()).unwrap().glyph(character);
            assert!(glyph.is_some(), "{character}");
        }
    }
}
