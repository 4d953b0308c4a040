//! Which sheets of a printed paper a photo or a scanned file shows, by the square codes in their corners.

use std::collections::BTreeSet;

use bytes::Bytes;
use image::GrayImage;
use image::imageops::{FilterType, resize};
use rqrr::PreparedImage;

use super::preview::opened;
use super::{Cabinet, EvidenceError, told_by};
use crate::domain::evidence::Media;
use crate::domain::scan::{Seen, Sheet};

/// Pixels of the longer side at which codes are looked for, one after the other. Also a sheet of few pixels is enlarged: a code whose
/// modules are three or four pixels wide is found there only.
const SIDES: [u32; 3] = [2000, 2800, 3400];
/// How it is enlarged: the first keeps small modules apart, of which the second loses one in five at two and a half pixels each; it
/// is better at blurred ones.
const FILTERS: [FilterType; 2] = [FilterType::CatmullRom, FilterType::Triangle];
/// Of one file; an agreement has no more sheets.
const MOST_PICTURES: usize = 60;

/// What the codes in one file say. What cannot be read is no error: people look at it then.
///
/// # Errors
/// `Preview` where the house is closing.
pub async fn sheets(cabinet: &Cabinet, file: Bytes) -> Result<Seen, EvidenceError> {
    let turn = cabinet.easel.acquire().await;
    let turn = turn.map_err(|error| EvidenceError::Preview(error.to_string()))?;
    let read = tokio::task::spawn_blocking(move || seen(&file)).await;
    drop(turn);
    Ok(read.unwrap_or_else(|error| {
        tracing::warn!(%error, "a picture made the reader of codes fail; it counts as unread");
        unread(1)
    }))
}

const fn unread(pictures: usize) -> Seen {
    Seen {
        sheets: Vec::new(),
        unread: pictures,
    }
}

/// In one file the order of the pictures says nothing, since a PDF shows them in its own.
fn seen(file: &[u8]) -> Seen {
    let pictures = match told_by(file) {
        Ok(Media::Pdf) => within(file),
        _ => vec![file],
    };
    if pictures.is_empty() {
        return unread(MOST_PICTURES);
    }
    let mut found = BTreeSet::new();
    let mut unread = 0;
    for picture in pictures.into_iter().take(MOST_PICTURES) {
        let read = codes(picture);
        unread += usize::from(read.is_empty());
        found.extend(read);
    }
    Seen {
        sheets: found.into_iter().collect(),
        unread,
    }
}

/// The JPEGs in a PDF, as scanners and phones write them; other kinds of pictures are left to eyes.
fn within(pdf: &[u8]) -> Vec<&[u8]> {
    const BEGIN: &[u8] = b"stream";
    const END: &[u8] = b"endstream";
    let mut found = Vec::new();
    let mut rest = pdf;
    while let Some(at) = position(rest, BEGIN) {
        rest = &rest[at + BEGIN.len()..];
        let inner = rest.strip_prefix(b"\r").unwrap_or(rest);
        let inner = inner.strip_prefix(b"\n").unwrap_or(inner);
        if inner.starts_with(&[0xff, 0xd8, 0xff]) {
            let end = position(inner, END).unwrap_or(inner.len());
            found.push(&inner[..end]);
            rest = &inner[end..];
        }
    }
    found
}

fn position(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|window| window == word)
}

fn codes(picture: &[u8]) -> Vec<Sheet> {
    let Ok((picture, _)) = opened(picture) else {
        return Vec::new();
    };
    let picture = picture.into_luma8();
    let longest = picture.width().max(picture.height());
    for filter in FILTERS {
        for side in SIDES {
            let width = (picture.width() * side / longest).max(1);
            let height = (picture.height() * side / longest).max(1);
            let found = read(&resize(&picture, width, height, filter));
            if !found.is_empty() {
                return found;
            }
        }
    }
    Vec::new()
}

fn read(picture: &GrayImage) -> Vec<Sheet> {
    let side = |pixels: u32| usize::try_from(pixels).unwrap_or_default();
    let (width, height) = (side(picture.width()), side(picture.height()));
    let pixels = picture.as_raw();
    let mut prepared = PreparedImage::prepare_from_greyscale(width, height, |x, y| {
        pixels.get(y * width + x).copied().unwrap_or(u8::MAX)
    });
    let grids = prepared.detect_grids();
    let said = grids.iter().filter_map(|grid| grid.decode().ok());
    said.filter_map(|(_, code)| sheet(&code)).collect()
}

/// As papers print it: the address of the paper's public page, and the number of the sheet behind it.
fn sheet(code: &str) -> Option<Sheet> {
    let (address, page) = code.rsplit_once('#')?;
    let (_, paper) = address.rsplit_once("/v/")?;
    let is_id = paper.len() == 32 && paper.bytes().all(|byte| byte.is_ascii_hexdigit());
    let page = page.parse().ok()?;
    is_id.then(|| Sheet {
        paper: paper.to_owned(),
        page,
    })
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use image::{DynamicImage, ImageFormat, Luma};
    use qrcode::{Color, EcLevel, QrCode};

    use super::*;

    const PAPER: &str = "0123456789abcdef0123456789abcdef";

    fn named(page: usize) -> Sheet {
        Sheet {
            paper: PAPER.to_owned(),
            page,
        }
    }

    /// A sheet of A4 at 150 dots an inch, its code in the lower right corner.
    fn photo(code: &str, format: ImageFormat) -> Vec<u8> {
        let code = QrCode::with_error_correction_level(code, EcLevel::M).unwrap();
        let rows: Vec<_> = code
            .to_colors()
            .chunks(code.width())
            .map(<[_]>::to_vec)
            .collect();
        let mut sheet = GrayImage::from_pixel(1240, 1754, Luma([240]));
        for (y, row) in rows.iter().enumerate() {
            for (x, module) in row.iter().enumerate() {
                for inner in 0..9 {
                    let at = |start: u32, place: usize, inner: u32| {
                        start + u32::try_from(place).unwrap() * 3 + inner
                    };
                    if *module == Color::Dark {
                        sheet.put_pixel(at(1050, x, inner % 3), at(1600, y, inner / 3), Luma([30]));
                    }
                }
            }
        }
        let mut file = Cursor::new(Vec::new());
        DynamicImage::ImageLuma8(sheet)
            .write_to(&mut file, format)
            .unwrap();
        file.into_inner()
    }

    fn address(page: usize) -> String {
        format!("https://heyi.example/v/{PAPER}#{page}")
    }

    #[test]
    fn a_photo_of_a_sheet_tells_which_it_is_upright_or_not() {
        for format in [ImageFormat::Jpeg, ImageFormat::Png] {
            let upright = photo(&address(2), format);
            let told = seen(&upright);
            assert_eq!((told.sheets, told.unread), (vec![named(2)], 0));
        }
        let turned = image::load_from_memory(&photo(&address(3), ImageFormat::Png)).unwrap();
        for turned in [turned.rotate90(), turned.rotate180()] {
            let mut file = Cursor::new(Vec::new());
            turned.write_to(&mut file, ImageFormat::Jpeg).unwrap();
            assert_eq!(seen(file.get_ref()).sheets, [named(3)]);
        }
    }

    /// A sheet at 150 dots an inch whose code is 42 points wide, as where two sheets were printed on one: under three pixels a module,
    /// and no edge of one on an edge of the other.
    fn smaller(code: &str, astray: f32) -> Vec<u8> {
        const SIDE: f32 = 42.0 / 72.0 * 150.0;
        let code = QrCode::with_error_correction_level(code, EcLevel::M).unwrap();
        let (colors, width) = (code.to_colors(), code.width());
        let edge = |start: f32, place: usize| {
            let modules = [place, width].map(|it| f32::from(u16::try_from(it).unwrap()));
            start + modules[0] / modules[1] * SIDE
        };
        // How much of a pixel lies under a module.
        let covered = |pixel: u32, from: f32, to: f32| {
            let pixel = f32::from(u16::try_from(pixel).unwrap());
            (to.min(pixel + 1.0) - from.max(pixel)).max(0.0)
        };
        let mut sheet = GrayImage::from_pixel(1240, 1754, Luma([240]));
        let (left, top) = (1050.0 + astray, 1600.0 + 0.7 * astray);
        for pixel in 0..92 * 92 {
            let (x, y) = (1049 + pixel % 92, 1599 + pixel / 92);
            let mut dark = 0.0;
            for (place, _) in colors.iter().enumerate().filter(|it| *it.1 == Color::Dark) {
                let (column, row) = (place % width, place / width);
                dark += covered(x, edge(left, column), edge(left, column + 1))
                    * covered(y, edge(top, row), edge(top, row + 1));
            }
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "between 30 and 240"
            )]
            let grey = (240.0 - 210.0 * dark.min(1.0)) as u8;
            sheet.put_pixel(x, y, Luma([grey]));
        }
        let mut file = Cursor::new(Vec::new());
        DynamicImage::ImageLuma8(sheet)
            .write_to(&mut file, ImageFormat::Jpeg)
            .unwrap();
        file.into_inner()
    }

    #[test]
    fn a_code_printed_half_as_large_is_read_wherever_its_modules_fall() {
        let mut unread = Vec::new();
        for page in 1..=10 {
            let astray = f32::from(u16::try_from(page).unwrap()) * 0.274;
            let told = seen(&smaller(&address(page), astray));
            if told.sheets != [named(page)] {
                unread.push(page);
            }
        }
        assert!(unread.is_empty(), "{unread:?}");
    }

    #[test]
    fn a_scanned_file_tells_all_its_sheets() {
        let mut pdf = b"%PDF-1.4\n".to_vec();
        for page in [2, 1] {
            pdf.extend(b"1 0 obj <</Filter /DCTDecode>> stream\r\n");
            pdf.extend(photo(&address(page), ImageFormat::Jpeg));
            pdf.extend(b"\nendstream endobj 2 0 obj <<>> stream\nq Q\nendstream endobj\n");
        }
        let told = seen(&pdf);
        assert_eq!(told.sheets, [named(1), named(2)]);
        assert_eq!(told.unread, 0);
    }

    #[test]
    fn what_says_nothing_is_left_to_eyes() {
        let elsewhere = ["https://heyi.example/v/1#1", "https://heyi.example/", "#1"];
        for code in elsewhere {
            let told = seen(&photo(code, ImageFormat::Png));
            assert_eq!((told.sheets.len(), told.unread), (0, 1), "{code}");
        }
        let no_picture: [&[u8]; 3] = [b"", &[0xff, 0xd8, 0xff, 0xe0], b"<html>"];
        for file in no_picture {
            assert_eq!(seen(file), unread(1));
        }
        let drawn = b"%PDF-1.7 1 0 obj <<>> stream\nq Q\nendstream";
        assert_eq!(seen(drawn), unread(MOST_PICTURES));
    }
}
