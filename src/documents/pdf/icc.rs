//! The colour space of the papers: sRGB (IEC 61966-2-1) as a small ICC profile of version 4.

/// Colorants adapted to D50, its white, and the matrix that adapted them.
const RED: [f64; 3] = [0.436_07, 0.222_49, 0.013_92];
const GREEN: [f64; 3] = [0.385_15, 0.716_87, 0.097_08];
const BLUE: [f64; 3] = [0.143_07, 0.060_61, 0.714_10];
const WHITE: [f64; 3] = [0.964_2, 1.0, 0.824_9];
const ADAPTATION: [f64; 9] = [
    1.047_88, 0.022_92, -0.050_22, 0.029_59, 0.990_48, -0.017_07, -0.009_25, 0.015_08, 0.751_68,
];
/// The sRGB curve: exponent, slope and offset of the power part, slope of the linear part, where they meet.
const CURVE: [f64; 5] = [2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.040_45];

/// The bytes of the profile.
pub(super) fn srgb() -> Vec<u8> {
    let curve = tag(
        *b"para",
        &[&[0, 3, 0, 0], fixed(&CURVE).as_slice()].concat(),
    );
    let tags: [(&[u8; 4], Vec<u8>); 8] = [
        (b"desc", text("sRGB")),
        (b"cprt", text("CC0")),
        (b"wtpt", tag(*b"XYZ ", &fixed(&WHITE))),
        (b"chad", tag(*b"sf32", &fixed(&ADAPTATION))),
        (b"rXYZ", tag(*b"XYZ ", &fixed(&RED))),
        (b"gXYZ", tag(*b"XYZ ", &fixed(&GREEN))),
        (b"bXYZ", tag(*b"XYZ ", &fixed(&BLUE))),
        (b"rTRC", curve),
    ];
    let names: Vec<(&[u8; 4], usize)> = (0..tags.len())
        .map(|index| (tags[index].0, index))
        .chain([(b"gTRC", tags.len() - 1), (b"bTRC", tags.len() - 1)])
        .collect();
    let mut body = Vec::new();
    let start = 128 + 4 + 12 * names.len();
    let mut places = Vec::new();
    for (_, data) in &tags {
        places.push((start + body.len(), data.len()));
        body.extend_from_slice(data);
        body.resize(body.len().next_multiple_of(4), 0);
    }
    let mut profile = header(start + body.len());
    profile.extend(word(names.len()));
    for (name, index) in names {
        profile.extend_from_slice(name);
        profile.extend(word(places[index].0));
        profile.extend(word(places[index].1));
    }
    profile.extend(body);
    profile
}

/// 128 bytes: a display profile from RGB to XYZ, version 4.3, of 2024-01-01.
fn header(size: usize) -> Vec<u8> {
    let mut header = word(size).to_vec();
    header.extend([0; 4]);
    header.extend([4, 0x30, 0, 0]);
    header.extend(b"mntrRGB XYZ ");
    header.extend([0x07, 0xE8, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0]);
    header.extend(b"acsp");
    header.resize(68, 0);
    header.extend(fixed(&WHITE));
    header.resize(128, 0);
    header
}

fn tag(kind: [u8; 4], content: &[u8]) -> Vec<u8> {
    [kind.as_slice(), &[0; 4], content].concat()
}

/// One text in English as a multi-localised string.
fn text(ascii: &str) -> Vec<u8> {
    let utf16: Vec<u8> = ascii.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let mut content = Vec::new();
    for number in [1, 12] {
        content.extend(word(number));
    }
    content.extend(b"enUS");
    content.extend(word(utf16.len()));
    content.extend(word(28));
    content.extend(utf16);
    tag(*b"mluc", &content)
}

/// Numbers with 16 bits before and 16 after the point.
#[expect(
    clippy::cast_possible_truncation,
    reason = "all numbers of the profile are below 3"
)]
fn fixed(numbers: &[f64]) -> Vec<u8> {
    numbers
        .iter()
        .flat_map(|number| ((number * 65_536.0).round() as i32).to_be_bytes())
        .collect()
}

fn word(number: usize) -> [u8; 4] {
    u32::try_from(number).unwrap_or(u32::MAX).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profile_says_its_own_size_and_stays_small() {
        let profile = srgb();
        assert_eq!(profile[..4], word(profile.len()));
        assert!(profile.len() < 700, "{}", profile.len());
        assert_eq!(&profile[36..40], b"acsp");
    }
}
