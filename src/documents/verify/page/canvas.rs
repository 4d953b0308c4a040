//! A page while it is painted: which text stands where, in which ink, and what lies under or over it.

mod area;
mod code;
mod letters;
mod places;

use std::collections::BTreeMap;

pub(super) use self::area::Area;
use self::letters::{Letter, instead};
use super::fonts::Font;
use super::{Piece, Unpacker};
use crate::documents::verify::report::Code;

/// Lighter ink is not read on paper.
const LIGHTEST: f32 = 0.3;
/// What a signature looks like may be in colours that are a little lighter, as red is.
const LIGHTEST_LOOK: f32 = 0.6;
/// A ground is lighter than this, so that all ink can be read on it.
const GROUND: f32 = 0.9;
/// Smaller type is not read, and ours is never larger, in large print too.
const SIZES: std::ops::RangeInclusive<f32> = 5.0..=33.0;
/// A line of ours is thin, so that it covers nothing.
const THICKEST: f32 = 1.5;
/// Of a text, beyond which it counts as covered.
const COVERED: f32 = 0.3;
/// In square points, more than where a ground only meets a text.
const TOUCH: f32 = 0.5;
/// As wide as a pen.
const THICKEST_LOOK: f32 = 4.0;
/// On one page; a square code has some hundred shapes.
const MOST_SHAPES: usize = 5_000;
const MOST_TEXTS: usize = 2_000;
const MOST_MARKS: usize = 8;
/// More than stands in a line.
const MOST_CODES: usize = 4_000;
/// What an operator costs, and a character, in the steps that a file may take.
const OF_OPERATOR: usize = 32;
const OF_CHARACTER: usize = 16;

pub(super) struct Sheet {
    pub(super) width: f32,
    pub(super) height: f32,
    /// Whether it is what a signature shows in its place, and no page.
    pub(super) look: bool,
}

/// What content belongs to.
pub(super) enum Mark {
    /// A header, a page number, a line: nothing that is compared.
    Decoration,
    /// An element of the reading tree, with the text that is read in its stead.
    Element {
        /// Its number on the page; of what is within an element there is none.
        id: Option<i64>,
        tag: Vec<u8>,
        instead: Option<String>,
        /// Says of itself that it is in another language than the paper.
        aside: bool,
    },
}

pub(super) struct Canvas<'a> {
    sheet: Sheet,
    known: BTreeMap<Vec<u8>, u32>,
    fonts: &'a BTreeMap<u32, Font>,
    font: Option<(u32, f32)>,
    in_text: bool,
    pub(super) mode: i64,
    pub(super) spread: f32,
    at: Option<[f32; 2]>,
    pub(super) fill: f32,
    pub(super) stroke: f32,
    pub(super) line: f32,
    marks: Vec<Mark>,
    path: Vec<Area>,
    /// Whether there is more in the path than rectangles.
    leans: bool,
    dark: Vec<Area>,
    /// Light shapes.
    grounds: Vec<Area>,
    shapes: usize,
    texts: Vec<Area>,
    /// To which of the elements on the page each text belongs; to none what stands above and below the text of a page.
    sources: Vec<Option<usize>>,
    /// The same of each piece.
    owners: Vec<usize>,
    /// Lines from left to right at a height.
    rules: Vec<Area>,
    /// Where the element that was read last began, in each of two columns, and whether another one has begun since, of which nothing
    /// is drawn yet.
    began: [Option<[f32; 2]>; 2],
    fresh: bool,
    /// Where the last text of an element ended.
    ended: Option<[f32; 2]>,
    /// What is drawn while another text is read in its stead.
    span: Vec<Letter>,
    /// How many texts stood on the page before that.
    span_from: usize,
    budget: &'a mut Unpacker,
    pub(super) pieces: Vec<Piece>,
    /// The elements of the reading tree that have a part here, by their numbers, with their kinds, and whether each is in another
    /// language.
    pub(super) marked: Vec<(i64, Vec<u8>, bool)>,
    /// What stands above and below the text.
    pub(super) running: Vec<String>,
}

impl<'a> Canvas<'a> {
    pub(super) fn new(
        sheet: Sheet,
        (known, fonts): (BTreeMap<Vec<u8>, u32>, &'a BTreeMap<u32, Font>),
        budget: &'a mut Unpacker,
    ) -> Self {
        Self {
            sheet,
            known,
            fonts,
            budget,
            font: None,
            in_text: false,
            mode: 0,
            spread: 0.0,
            at: None,
            fill: 0.0,
            stroke: 0.0,
            line: 1.0,
            marks: Vec::new(),
            path: Vec::new(),
            leans: false,
            dark: Vec::new(),
            grounds: Vec::new(),
            shapes: 0,
            texts: Vec::new(),
            sources: Vec::new(),
            owners: Vec::new(),
            rules: Vec::new(),
            began: [None; 2],
            fresh: false,
            ended: None,
            span: Vec::new(),
            span_from: 0,
            pieces: Vec::new(),
            marked: Vec::new(),
            running: Vec::new(),
        }
    }

    /// For the look of a signature, which is one piece of decoration within a place of this size.
    pub(super) fn look(
        [width, height]: [f32; 2],
        fonts: &'a BTreeMap<u32, Font>,
        budget: &'a mut Unpacker,
    ) -> Self {
        let sheet = Sheet {
            width,
            height,
            look: true,
        };
        let mut canvas = Self::new(sheet, (BTreeMap::new(), fonts), budget);
        canvas.marks.push(Mark::Decoration);
        canvas
    }

    /// Carries out one more operator.
    pub(super) fn step(&mut self) -> Result<(), Code> {
        self.budget.spend(OF_OPERATOR)
    }

    /// What is said within a text of another language is in that language.
    fn keep(&mut self, tag: Vec<u8>, text: String) -> Result<(), Code> {
        self.budget.keep(tag.len() + text.len())?;
        let aside = self.is_aside();
        self.pieces.push(Piece { tag, text, aside });
        self.owners.push(self.marked.len());
        Ok(())
    }

    fn is_aside(&self) -> bool {
        let aside = |mark: &Mark| matches!(mark, Mark::Element { aside: true, .. });
        self.marks.iter().any(aside)
    }

    pub(super) fn begin_mark(&mut self, mark: Mark) -> Result<(), Code> {
        let said = match &mark {
            Mark::Element {
                tag,
                instead: Some(text),
                ..
            } => Some((tag.clone(), text.clone())),
            _ => None,
        };
        let outermost = self.marks.is_empty();
        if outermost {
            self.ended = None;
            self.fresh = true;
        }
        if let Mark::Element { id, tag, aside, .. } = &mark {
            if id.is_some() != outermost {
                return Err(Code::Page);
            }
            self.budget.keep(tag.len())?;
            self.marked.extend(id.map(|id| (id, tag.clone(), *aside)));
        }
        // Nothing is read within what is said to be decoration.
        let decorates = self.marks.iter().any(|it| matches!(it, Mark::Decoration));
        if decorates || (self.is_spelled() && said.is_some()) {
            return Err(Code::Page);
        }
        self.marks.push(mark);
        if let Some((tag, text)) = said {
            self.span_from = self.texts.len();
            self.keep(tag, text)?;
        }
        if self.marks.len() > MOST_MARKS {
            Err(Code::Page)
        } else {
            Ok(())
        }
    }

    pub(super) fn end_mark(&mut self) -> Result<(), Code> {
        let mark = self.marks.pop().ok_or(Code::Page)?;
        match instead(&mark) {
            Some(text) => self.looks_like(text),
            None => Ok(()),
        }
    }

    pub(super) fn begin_text(&mut self) -> Result<(), Code> {
        let nested = std::mem::replace(&mut self.in_text, true);
        self.at = None;
        if nested { Err(Code::Page) } else { Ok(()) }
    }

    pub(super) fn end_text(&mut self) -> Result<(), Code> {
        let open = std::mem::replace(&mut self.in_text, false);
        if open { Ok(()) } else { Err(Code::Page) }
    }

    pub(super) fn set_font(&mut self, name: &[u8], size: f32) -> Result<(), Code> {
        let id = self.known.get(name).ok_or(Code::Page)?;
        self.font = Some((*id, size));
        Ok(())
    }

    /// Text stands upright and unscaled.
    pub(super) fn place(&mut self, matrix: [f32; 6]) -> Result<(), Code> {
        let [scale, lean, turn, stretch, x, y] = matrix;
        let upright = [(scale, 1.0), (lean, 0.0), (turn, 0.0), (stretch, 1.0)];
        if upright
            .iter()
            .any(|(found, wanted): &(f32, f32)| (found - wanted).abs() > 0.001)
        {
            return Err(Code::Page);
        }
        self.at = Some([x, y]);
        Ok(())
    }

    pub(super) fn show(&mut self, codes: &[u8]) -> Result<(), Code> {
        let (Some((id, size)), Some([x, y]), true) = (self.font, self.at, self.in_text) else {
            return Err(Code::Page);
        };
        let font = self.fonts.get(&id).ok_or(Code::Page)?;
        if codes.len() > 2 * MOST_CODES {
            return Err(Code::TooLarge);
        }
        self.budget.spend(codes.len() * OF_CHARACTER / 2)?;
        let (text, width, count) = font.decode(codes)?;
        self.is_what_it_says((id, font), codes, ([x, y], size))?;
        let count = u16::try_from(count).map_or(f32::INFINITY, f32::from);
        let end = x + width * size + self.spread * count;
        self.at = Some([end, y]);
        // A letter that another text stands for may be one that nobody copies.
        let shows = self.is_spelled() || !text.trim().is_empty();
        if shows {
            let area = Area::around([x, y], [end - self.spread, y + 0.7 * size]);
            if !self.is_seen(area, size)? {
                return Err(Code::HiddenText);
            }
            self.texts.push(area);
            if self.texts.len() > MOST_TEXTS {
                return Err(Code::TooLarge);
            }
        }
        self.say(text)?;
        let is_read = !matches!(self.marks.last(), Some(Mark::Decoration));
        let element = is_read.then_some(self.marked.len());
        self.sources.extend(shows.then_some(element));
        Ok(())
    }

    fn say(&mut self, text: String) -> Result<(), Code> {
        let replaced = |mark: &Mark| {
            matches!(
                mark,
                Mark::Element {
                    instead: Some(_),
                    ..
                }
            )
        };
        let is_replaced = self.marks.iter().any(replaced);
        match self.marks.last() {
            None => return Err(Code::Page),
            Some(Mark::Element { tag, .. }) if !is_replaced => {
                let tag = tag.clone();
                self.keep(tag, text)?;
            }
            Some(Mark::Decoration) => {
                self.budget.keep(text.len())?;
                self.running.push(text);
            }
            Some(Mark::Element { .. }) => {}
        }
        Ok(())
    }

    /// In dark ink, of a size to be read, on the sheet, and neither over another text nor over something dark.
    fn is_seen(&mut self, area: Area, size: f32) -> Result<bool, Code> {
        let inked = match self.mode {
            0 => self.fill <= LIGHTEST,
            2 => self.fill <= LIGHTEST && self.stroke <= LIGHTEST && self.line <= size / 8.0,
            _ => false,
        };
        let on_sheet = area.left >= 0.0
            && area.bottom >= 0.0
            && area.right <= self.sheet.width + size
            && area.top <= self.sheet.height;
        self.budget.spend(self.texts.len() + self.dark.len())?;
        // The letters of a name that is set one by one may lean over each other.
        let before = if self.is_spelled() {
            self.span_from
        } else {
            self.texts.len()
        };
        let over_text = self
            .texts
            .iter()
            .take(before)
            .any(|other| area.common(*other) > COVERED * area.size().min(other.size()));
        let dark: f32 = self.dark.iter().map(|shape| area.common(*shape)).sum();
        let over_dark = dark > COVERED * area.size();
        self.budget.spend(self.rules.len())?;
        let struck = self.rules.iter().any(|line| area.is_struck_by(*line));
        Ok(inked && SIZES.contains(&size) && on_sheet && !over_text && !over_dark && !struck)
    }

    pub(super) fn open(&mut self, point: [f32; 2]) -> Result<(), Code> {
        self.leans = true;
        self.rectangle(Area::around(point, point))
    }

    pub(super) fn reach(&mut self, point: [f32; 2]) -> Result<(), Code> {
        let last = self.path.last_mut().ok_or(Code::Page)?;
        *last = last.with(point);
        let area = *last;
        self.keeps_to_its_place(area)
    }

    pub(super) fn rectangle(&mut self, area: Area) -> Result<(), Code> {
        self.path.push(area);
        self.shapes += 1;
        if self.shapes > MOST_SHAPES {
            Err(Code::TooLarge)
        } else {
            self.keeps_to_its_place(area)
        }
    }

    /// A shape that is filled may not touch what was written before; in a look, not be light.
    pub(super) fn paint_filled(&mut self) -> Result<(), Code> {
        let path = std::mem::take(&mut self.path);
        let leans = std::mem::take(&mut self.leans);
        if self.marks.is_empty() || self.in_text {
            return Err(Code::Page);
        }
        // Each text is looked at, also where the path is empty.
        self.budget.spend((path.len() + 1) * self.texts.len())?;
        let covers = |text: &Area| path.iter().any(|shape| text.common(*shape) > TOUCH);
        if self.texts.iter().any(covers) || (self.is_look() && self.fill > LIGHTEST_LOOK) {
            return Err(Code::HiddenText);
        }
        if self.is_look() {
            return Ok(());
        }
        if self.fill >= GROUND {
            self.grounds.extend(path);
            return Ok(());
        }
        // Nothing dark is drawn but the square code: figures could be made of it.
        let of_code = !leans && path.iter().all(|shape| shape.is_of_code());
        if self.fill > LIGHTEST || !of_code {
            return Err(Code::Page);
        }
        self.dark.extend(path);
        Ok(())
    }

    /// A line covers nothing.
    pub(super) fn paint_line(&mut self) -> Result<(), Code> {
        let path = std::mem::take(&mut self.path);
        self.leans = false;
        if self.marks.is_empty() || self.in_text {
            return Err(Code::Page);
        }
        if self.is_look() {
            let plain = self.line <= THICKEST_LOOK && self.stroke <= LIGHTEST_LOOK;
            return if plain { Ok(()) } else { Err(Code::HiddenText) };
        }
        if self.line > THICKEST {
            return Err(Code::HiddenText);
        }
        // No line of ours is short or leans, so that none can draw a figure; none strikes a text out.
        self.budget.spend((path.len() + 1) * self.texts.len())?;
        if path.iter().any(|line| !line.is_rule()) {
            return Err(Code::Page);
        }
        let lines: Vec<Area> = path
            .iter()
            .map(|line| line.as_thick_as(self.line))
            .collect();
        let struck = |text: &Area| lines.iter().any(|line| text.is_struck_by(*line));
        if self.texts.iter().any(struck) {
            return Err(Code::HiddenText);
        }
        self.rules.extend(lines);
        Ok(())
    }

    const fn is_look(&self) -> bool {
        self.sheet.look
    }

    /// Nothing is left open.
    pub(super) fn finish(&mut self) -> Result<(), Code> {
        let closed = self.marks.is_empty() && !self.in_text && self.path.is_empty();
        if closed { Ok(()) } else { Err(Code::Page) }
    }
}
