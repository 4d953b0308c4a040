//! One page of a PDF as a picture, for phones, whose browsers show no PDF, and for pointing at it together. It is drawn
//! by a process of its own that may use so much memory and time and not more: the file is a stranger's, and a small one can
//! say that it is as large as a house.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_interpret::font::{FontData, FontQuery};
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings};
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, RgbaImage};
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::EvidenceError;
use crate::domain::evidence::{EvidenceFile, Media};
use crate::domain::hash::ContentHash;
use crate::storage::files::Files;

/// The command of our own program that draws.
pub const COMMAND: &str = "draw-leaf";
/// Pixels of the longer side, as of a photo.
const LONGEST: f32 = 1600.0;
const QUALITY: u8 = 82;
/// Pages kept for those who look at the same one, about 300 kB each.
const KEPT: usize = 32;
const WITHIN: Duration = Duration::from_secs(15);

/// One page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// As JPEG.
    pub picture: Bytes,
    /// Of how many pages.
    pub of: u32,
}

/// Why there is no picture of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotDrawn {
    #[error("no PDF that can be read, or one with a password")]
    Unreadable,
    #[error("it has no such page")]
    NoSuchPage,
    #[error("a page of no size")]
    NoSize,
}

/// Draws a page, the first of which is 1. Chinese for which the file brings no letters is set in `chinese`.
///
/// # Errors
/// See [`NotDrawn`].
pub fn draw(pdf: Vec<u8>, page: u32, chinese: &'static [u8]) -> Result<Leaf, NotDrawn> {
    let pdf = Pdf::new(pdf).or(Err(NotDrawn::Unreadable))?;
    let pages = pdf.pages();
    let at = usize::try_from(page).ok().and_then(|it| it.checked_sub(1));
    let leaf = at
        .and_then(|at| pages.get(at))
        .ok_or(NotDrawn::NoSuchPage)?;
    let (width, height) = leaf.render_dimensions();
    let scale = LONGEST / width.max(height);
    let is_paper = |side: f32| side.is_finite() && side * scale >= 1.0;
    if !scale.is_finite() || !is_paper(width) || !is_paper(height) {
        return Err(NotDrawn::NoSize);
    }
    let settings = InterpreterSettings {
        font_resolver: Arc::new(move |query| Some(font(query, chinese))),
        ..InterpreterSettings::default()
    };
    let pixels = hayro::render(
        leaf,
        &RenderCache::new(),
        &settings,
        &RenderSettings::default(),
        &PixmapSettings {
            x_scale: scale,
            y_scale: scale,
            bg_color: WHITE,
        },
    );
    let (width, height) = (u32::from(pixels.width()), u32::from(pixels.height()));
    let pixels = pixels.data_as_u8_slice().to_vec();
    let picture = RgbaImage::from_raw(width, height, pixels).ok_or(NotDrawn::NoSize)?;
    let picture = DynamicImage::from(picture).to_rgb8();
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, QUALITY)
        .encode_image(&picture)
        .or(Err(NotDrawn::NoSize))?;
    Ok(Leaf {
        picture: jpeg.into(),
        of: u32::try_from(pages.len()).unwrap_or(u32::MAX),
    })
}

fn font(query: &FontQuery, chinese: &'static [u8]) -> (FontData, u32) {
    match query {
        FontQuery::Standard(font) => font.get_font_data(),
        FontQuery::Fallback(font) if font.character_collection.is_some() => (Arc::new(chinese), 0),
        FontQuery::Fallback(font) => font.pick_standard_font().get_font_data(),
    }
}

impl Leaf {
    /// As it goes from one process to the other: the number of pages, then the picture.
    pub fn written(&self) -> Vec<u8> {
        [&self.of.to_be_bytes(), &self.picture[..]].concat()
    }

    fn read(mut bytes: Bytes) -> Option<Self> {
        let picture = (bytes.len() > 4).then(|| bytes.split_off(4))?;
        let of = u32::from_be_bytes(bytes[..].try_into().ok()?);
        Some(Self { picture, of })
    }
}

type Place = (ContentHash, u32);

/// Where pages are drawn, one at a time, and the last ones are kept.
#[derive(Debug)]
pub struct Press {
    program: PathBuf,
    turn: Semaphore,
    kept: Mutex<VecDeque<(Place, Leaf)>>,
}

impl Press {
    /// `program` is ours, which knows [`COMMAND`].
    pub const fn new(program: PathBuf) -> Self {
        Self {
            program,
            turn: Semaphore::const_new(1),
            kept: Mutex::new(VecDeque::new()),
        }
    }

    /// A page of this file; none where it has no such page or cannot be drawn.
    pub(super) async fn leaf(
        &self,
        files: &Files,
        file: &EvidenceFile,
        page: u32,
    ) -> Result<Option<Leaf>, EvidenceError> {
        if file.media != Media::Pdf {
            return Ok(None);
        }
        let place = (file.original.clone(), page);
        if let Some(leaf) = self.kept(&place) {
            return Ok(Some(leaf));
        }
        let turn = self.turn.acquire().await;
        let turn = turn.map_err(|error| EvidenceError::Preview(error.to_string()))?;
        // Drawn for somebody else, perhaps, while this one waited.
        let mut leaf = self.kept(&place);
        if leaf.is_none() {
            let pdf = files.get(&file.original).await?;
            leaf = self.drawn(pdf, page).await;
            if let Some(leaf) = &leaf {
                self.keep(place, leaf.clone());
            }
        }
        drop(turn);
        Ok(leaf)
    }

    async fn drawn(&self, pdf: Bytes, page: u32) -> Option<Leaf> {
        let drawing = async {
            let mut child = Command::new(&self.program)
                .args([COMMAND, &page.to_string()])
                .env_clear()
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .kill_on_drop(true)
                .spawn()?;
            let stdin = child.stdin.take();
            let write = async move {
                match stdin {
                    // A process that has seen enough reads no further.
                    Some(mut stdin) => stdin.write_all(&pdf).await.is_ok(),
                    None => false,
                }
            };
            let (_, output) = tokio::join!(write, child.wait_with_output());
            output
        };
        match timeout(WITHIN, drawing).await {
            Ok(Ok(output)) if output.status.success() => Leaf::read(output.stdout.into()),
            Ok(Ok(output)) => {
                tracing::info!(status = %output.status, "a page of a PDF was not drawn");
                None
            }
            Ok(Err(error)) => {
                tracing::error!(%error, "the process that draws pages of PDF could not be run");
                None
            }
            Err(_) => {
                tracing::warn!("a page of a PDF took too long and is not drawn");
                None
            }
        }
    }

    fn kept(&self, place: &Place) -> Option<Leaf> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept.iter().find(|(at, _)| at == place);
        found.map(|(_, leaf)| leaf.clone())
    }

    fn keep(&self, place: Place, leaf: Leaf) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_front((place, leaf));
        kept.truncate(KEPT);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_pdf_has_no_pages() {
        let drawn = draw(b"%PDF-1.7 and nothing behind it".to_vec(), 1, &[]);
        assert!(
            matches!(drawn, Err(NotDrawn::Unreadable | NotDrawn::NoSuchPage)),
            "{drawn:?}"
        );
    }

    #[test]
    fn a_leaf_is_read_as_it_was_written() {
        let leaf = Leaf {
            picture: Bytes::from_static(b"\xff\xd8"),
            of: 3,
        };
        assert_eq!(Leaf::read(leaf.written().into()), Some(leaf));
        assert_eq!(Leaf::read(Bytes::from_static(b"abc")), None);
    }
}
