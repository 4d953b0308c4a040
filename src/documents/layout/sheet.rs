//! The sheet being filled from the top, and the page turned when it is full.

use super::lines::{Line, lines};
use super::{Element, Frame, Ink, Layout, Mark, Page, Place, Role, Run};

/// How text is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub(super) size: f32,
    pub(super) leading: f32,
    pub(super) bold: bool,
}

pub(super) const BODY: Style = Style {
    size: 14.0,
    leading: 25.0,
    bold: false,
};
pub(super) const HEADING: Style = Style { bold: true, ..BODY };
pub(super) const TABLE: Style = Style {
    size: 12.0,
    leading: 19.0,
    bold: false,
};
pub(super) const SMALL: Style = Style {
    size: 9.0,
    leading: 12.0,
    bold: false,
};

/// A column of text: its left edge, its width, and the indent of a first line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    pub(super) left: f32,
    pub(super) width: f32,
    pub(super) indent: f32,
}

impl Column {
    /// The column from `offset` points right of this one's left edge.
    pub(super) fn inset(self, offset: f32) -> Self {
        Self {
            left: self.left + offset,
            width: self.width - offset,
            indent: 0.0,
        }
    }
}

/// A baseline on a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Baseline {
    pub(super) page: usize,
    pub(super) y: f32,
}

/// A place in the order of the marks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Order {
    page: usize,
    mark: usize,
}

pub(super) struct Sheet {
    layout: Layout,
    pub(super) frame: Frame,
    /// The lower edge of what is placed on the last page.
    pub(super) y: f32,
    /// Whether a seal stands on a page with nothing above it.
    pub(super) lonely: bool,
}

impl Sheet {
    pub(super) fn new(frame: Frame) -> Self {
        Self {
            frame,
            layout: Layout {
                pages: vec![Page::default()],
                elements: Vec::new(),
                fields: Vec::new(),
            },
            y: frame.top,
            lonely: false,
        }
    }

    /// The whole text area, with or without the indent of two characters.
    pub(super) fn column(&self, indent: bool) -> Column {
        Column {
            left: self.frame.left,
            width: self.frame.measure(),
            indent: if indent { 2.0 * BODY.size } else { 0.0 },
        }
    }

    pub(super) fn finish(self) -> Layout {
        self.layout
    }

    /// Adds a node of the reading tree.
    pub(super) fn element(&mut self, role: Role, parent: Option<usize>) -> usize {
        self.layout.elements.push(Element {
            role,
            parent,
            language: None,
        });
        self.layout.elements.len() - 1
    }

    /// Says in which language an element and all below it are read aloud.
    pub(super) fn speaks(&mut self, element: usize, language: &str) {
        if let Some(element) = self.layout.elements.get_mut(element) {
            element.language = Some(language.to_owned());
        }
    }

    pub(super) fn elements(&self) -> usize {
        self.layout.elements.len()
    }

    /// The same for everything that was set since there were so many elements.
    pub(super) fn all_speak(&mut self, first: usize, language: &str) {
        let elements = self.layout.elements.iter_mut().skip(first);
        for element in elements.filter(|it| it.parent.is_none()) {
            element.language = Some(language.to_owned());
        }
    }

    pub(super) fn page(&self) -> usize {
        self.layout.pages.len() - 1
    }

    /// Turns the page unless `height` points are left on it.
    pub(super) fn room(&mut self, height: f32) {
        if self.y - height < self.frame.bottom && self.y < self.frame.top {
            self.layout.pages.push(Page::default());
            self.y = self.frame.top;
        }
    }

    /// Leaves a gap, but not at the top of a page.
    pub(super) fn gap(&mut self, height: f32) {
        if self.y < self.frame.top {
            self.y -= height;
        }
    }

    pub(super) fn mark(&mut self, page: usize, element: Option<usize>, ink: Ink) {
        if let Some(page) = self.layout.pages.get_mut(page) {
            page.marks.push(Mark { element, ink });
        }
    }

    /// Sets one line at a given place.
    pub(super) fn set(&mut self, at: Baseline, x: f32, style: Style, element: usize, text: &str) {
        let run = run(at, x, style, text);
        self.mark(at.page, Some(element), Ink::Text(run));
    }

    /// Sets one line of a paragraph, spread as it was broken.
    pub(super) fn set_line(
        &mut self,
        at: Baseline,
        x: f32,
        style: Style,
        element: usize,
        line: &Line,
    ) {
        let run = Run {
            spread: line.spread,
            ..run(at, x, style, &line.text)
        };
        self.mark(at.page, Some(element), Ink::Text(run));
    }

    /// A place in the order of the marks, to which [`Sheet::label`] comes back.
    pub(super) fn here(&self) -> Order {
        let page = self.page();
        let mark = self.layout.pages.last().map_or(0, |page| page.marks.len());
        Order { page, mark }
    }

    /// Sets a label beside text that stands already, but before it in reading order, so that it is copied first.
    pub(super) fn label(
        &mut self,
        order: Order,
        at: Baseline,
        (x, style): (f32, Style),
        element: usize,
        text: &str,
    ) {
        let mark = Mark {
            element: Some(element),
            ink: Ink::Text(run(at, x, style, text)),
        };
        let index = if at.page == order.page { order.mark } else { 0 };
        if let Some(page) = self.layout.pages.get_mut(at.page) {
            page.marks.insert(index.min(page.marks.len()), mark);
        }
    }

    /// Opens the next line and returns its baseline.
    pub(super) fn next_line(&mut self, style: Style) -> Baseline {
        self.room(style.leading);
        self.y -= style.leading;
        Baseline {
            page: self.page(),
            y: self.y + (style.leading - style.size) / 2.0 + 0.12 * style.size,
        }
    }

    /// Sets a text line after line and returns the baseline of the first.
    pub(super) fn flow(
        &mut self,
        element: usize,
        column: Column,
        style: Style,
        text: &str,
    ) -> Baseline {
        let mut first = None;
        for paragraph in paragraphs(text) {
            let measure = column.width - column.indent;
            let broken = lines(&paragraph, style.size, measure, column.width);
            let count = broken.len();
            for (index, line) in broken.into_iter().enumerate() {
                // Neither the first nor the last line of a paragraph stands alone on a page.
                if index + 1 < count && (index == 0 || index + 2 == count) {
                    self.room(2.0 * style.leading);
                }
                let at = self.next_line(style);
                first.get_or_insert(at);
                let indent = if index == 0 { column.indent } else { 0.0 };
                self.set_line(at, column.left + indent, style, element, &line);
            }
        }
        first.unwrap_or(Baseline {
            page: self.page(),
            y: self.y,
        })
    }

    /// How high a text will stand in a column.
    pub(super) fn height(column: Column, style: Style, text: &str) -> f32 {
        let measure = column.width - column.indent;
        paragraphs(text)
            .iter()
            .flat_map(|paragraph| lines(paragraph, style.size, measure, column.width))
            .map(|_| style.leading)
            .sum()
    }

    pub(super) fn field(&mut self, place: Place) -> usize {
        self.layout.fields.push(place);
        self.layout.fields.len() - 1
    }
}

fn run(at: Baseline, x: f32, style: Style, text: &str) -> Run {
    Run {
        x,
        y: at.y,
        size: style.size,
        spread: 0.0,
        bold: style.bold,
        text: text.to_owned(),
    }
}

/// The paragraphs of a text as people typed it; a text without any is one empty paragraph.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    let mut paragraphs: Vec<String> = text
        .lines()
        .map(|line| line.replace(['\t', '\r'], " ").trim().to_owned())
        .filter(|line| !line.is_empty())
        .collect();
    if paragraphs.is_empty() {
        paragraphs.push(String::new());
    }
    paragraphs
}
