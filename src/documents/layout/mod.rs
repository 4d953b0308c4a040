//! From a paper to marks on sheets of A4. Pure: the same paper always gives the same layout.

mod blocks;
mod furniture;
mod lines;
mod parallel;
mod posters;
mod sheet;
mod signatures;

pub(super) use furniture::{of_page, square_code};
pub(super) use posters::posters;

use self::sheet::{BODY, Sheet};
use super::DocumentError;
use super::paper::{Block, Paper};

/// A4, in points.
pub(super) const WIDTH: f32 = 595.28;
pub(super) const HEIGHT: f32 = 841.89;
/// A margin of 28 mm left and right as official papers have it (GB/T 9704), 31 characters of 14 points a line.
pub(super) const LEFT: f32 = 79.0;

/// The sheet and the text area on it.
#[derive(Debug, Clone, Copy)]
struct Frame {
    width: f32,
    height: f32,
    left: f32,
    right: f32,
    top: f32,
    bottom: f32,
}

impl Frame {
    const USUAL: Self = Self {
        width: WIDTH,
        height: HEIGHT,
        left: LEFT,
        right: WIDTH - LEFT,
        top: HEIGHT - 90.0,
        bottom: 82.0,
    };
    /// A sheet so small that text of 12 points on it has 16 when it is enlarged to A4.
    const ENLARGED: Self = Self {
        width: WIDTH / LARGER,
        height: HEIGHT / LARGER,
        left: 40.0,
        right: WIDTH / LARGER - 40.0,
        top: HEIGHT / LARGER - 90.0,
        bottom: 60.0,
    };

    const fn measure(&self) -> f32 {
        self.right - self.left
    }
}

/// By how much large print is larger.
const LARGER: f32 = 16.0 / 12.0;

/// The marks of a paper and the tree of their meaning.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Layout {
    pub(super) pages: Vec<Page>,
    pub(super) elements: Vec<Element>,
    pub(super) fields: Vec<Place>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Page {
    pub(super) marks: Vec<Mark>,
}

/// A mark with the element it belongs to; without one it is decoration that a screen reader skips.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mark {
    pub(super) element: Option<usize>,
    pub(super) ink: Ink,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Ink {
    Text(Run),
    /// A thin line from a point, to the right.
    Rule {
        x: f32,
        y: f32,
        length: f32,
    },
    /// A tinted box with its lower left corner.
    Tint {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
    },
    /// A square code of `side` points with its lower left corner; dark modules row by row from the top.
    Code {
        x: f32,
        y: f32,
        side: f32,
        modules: Vec<Vec<bool>>,
    },
}

/// Characters on one baseline.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Run {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) size: f32,
    pub(super) spread: f32,
    pub(super) bold: bool,
    pub(super) text: String,
}

/// One node of the tree a screen reader walks, in reading order.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Element {
    pub(super) role: Role,
    pub(super) parent: Option<usize>,
    /// Where it is not that of the paper: `en`.
    pub(super) language: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    Title,
    Heading,
    Paragraph,
    Table,
    Row,
    RowHeading,
    Cell,
    List,
    Item,
    Label,
    Body,
    /// A picture with what it shows in words.
    Figure(String),
    /// The widget of the signature field with this index.
    Form(usize),
}

/// Where a signature field lies.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Place {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) page: usize,
    /// Left, bottom, right, top.
    pub(super) rect: [f32; 4],
}

/// Where a heading stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Headed {
    pub(super) text: String,
    pub(super) page: usize,
    /// Above its first line.
    pub(super) y: f32,
}

impl Layout {
    /// The language of an element, its own or that of what contains it; nothing for that of the paper.
    pub(super) fn language(&self, element: usize) -> Option<&str> {
        let mut at = self.elements.get(element);
        while let Some(element) = at {
            if let Some(language) = &element.language {
                return Some(language);
            }
            at = element.parent.and_then(|parent| self.elements.get(parent));
        }
        None
    }

    /// The headings in the order of reading.
    pub(super) fn headings(&self) -> Vec<Headed> {
        let mut found: Vec<(usize, Headed)> = Vec::new();
        for (page, sheet) in self.pages.iter().enumerate() {
            for mark in &sheet.marks {
                let (Some(element), Ink::Text(run)) = (mark.element, &mark.ink) else {
                    continue;
                };
                // Of two languages the paper's own leads through it.
                let heading = |it: &Element| it.role == Role::Heading && it.language.is_none();
                if !self.elements.get(element).is_some_and(heading) {
                    continue;
                }
                match found.last_mut() {
                    Some((last, headed)) if *last == element => headed.text.push_str(&run.text),
                    _ => {
                        let (text, y) = (run.text.clone(), run.y + 2.0 * run.size);
                        found.push((element, Headed { text, page, y }));
                    }
                }
            }
        }
        found.into_iter().map(|(_, headed)| headed).collect()
    }
}

/// Lays a paper out; two languages stand side by side.
pub(super) fn lay_out(paper: &Paper) -> Result<Layout, DocumentError> {
    match &paper.beside {
        Some(other) => parallel::lay_out(paper, other),
        None => lay_out_on(Frame::USUAL, paper),
    }
}

/// Lays a paper out in large print: nothing that is read is smaller than 16 points. Half a sheet is too narrow for
/// that, so that a second language follows the Chinese block by block.
pub(super) fn lay_out_large(paper: &Paper) -> Result<Layout, DocumentError> {
    let mut layout = lay_out_on(Frame::ENLARGED, paper)?;
    for mark in layout.pages.iter_mut().flat_map(|page| &mut page.marks) {
        mark.ink.enlarge(LARGER);
    }
    for place in &mut layout.fields {
        place.rect = place.rect.map(|edge| edge * LARGER);
    }
    Ok(layout)
}

fn lay_out_on(frame: Frame, paper: &Paper) -> Result<Layout, DocumentError> {
    let mut sheet = filled(frame, paper, None)?;
    if let Some(block) = last_words(paper).filter(|_| sheet.lonely) {
        let again = filled(frame, paper, Some(block))?;
        if !again.lonely {
            sheet = again;
        }
    }
    let mut layout = sheet.finish();
    furniture::running(&mut layout, frame, paper)?;
    Ok(layout)
}

fn filled(frame: Frame, paper: &Paper, turned: Option<usize>) -> Result<Sheet, DocumentError> {
    let mut sheet = Sheet::new(frame);
    furniture::head(&mut sheet, paper)?;
    if let Some(other) = &paper.beside {
        furniture::subtitle(&mut sheet, &other.title, other.wording);
    }
    for (index, block) in paper.blocks.iter().enumerate() {
        if turned == Some(index) {
            sheet.room(f32::INFINITY);
        }
        match &paper.blocks[index..] {
            [Block::Heading(_), Block::Table(entries), ..] => {
                blocks::room_for_headed(&mut sheet, entries);
            }
            // What a line without indent closes, as 此致 before the court it goes to, stays on its page.
            [Block::Paragraph(_), Block::Flush(_), ..] => sheet.room(2.0 * BODY.leading),
            _ => {}
        }
        blocks::place(&mut sheet, block);
        let other = paper.beside.as_ref();
        if let Some((other, block)) = other.and_then(|it| Some((it, it.blocks.get(index)?))) {
            follow(&mut sheet, block, |text| other.language_of(text));
        }
    }
    Ok(sheet)
}

/// Which block goes to the next page with a seal that would stand there alone, where nobody could tell what it was put under: the last
/// one before it, with its heading.
fn last_words(paper: &Paper) -> Option<usize> {
    let is_signed = |block: &Block| matches!(block, Block::Signatures(_));
    let mut last = paper.blocks.iter().position(is_signed)?.checked_sub(1)?;
    while last > 0 && matches!(paper.blocks[last - 1], Block::Heading(_)) {
        last -= 1;
    }
    (last > 0).then_some(last)
}

/// Sets a block in the language of the words in it that people typed, if any did.
fn follow<'a>(sheet: &mut Sheet, block: &Block, language_of: impl Fn(&str) -> &'a str) {
    let first = sheet.elements();
    blocks::place(sheet, block);
    let language = language_of(&block.texts().join("\n"));
    sheet.all_speak(first, language);
}

impl Ink {
    fn enlarge(&mut self, by: f32) {
        let numbers: Vec<&mut f32> = match self {
            Self::Text(run) => {
                vec![&mut run.x, &mut run.y, &mut run.size, &mut run.spread]
            }
            Self::Rule { x, y, length } => vec![x, y, length],
            Self::Tint {
                x,
                y,
                width,
                height,
            } => vec![x, y, width, height],
            Self::Code { x, y, side, .. } => vec![x, y, side],
        };
        for number in numbers {
            *number *= by;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const RIGHT: f32 = Frame::USUAL.right;
    const BOTTOM: f32 = Frame::USUAL.bottom;
    use crate::documents::paper::{self, Clause, Entry, Slot, SlotKind};

    fn paper_saying(text: &str) -> Paper {
        let clause = Clause {
            number: "1.".to_owned(),
            text: text.to_owned(),
            terms: vec![Clause {
                number: "（1）".to_owned(),
                text: text.to_owned(),
                terms: Vec::new(),
            }],
        };
        let mut paper = paper::of_all_blocks();
        paper.blocks.splice(
            0..0,
            [
                Block::Paragraph(text.to_owned()),
                Block::Table(vec![Entry {
                    label: text.chars().take(20).collect(),
                    value: text.to_owned(),
                }]),
                Block::Clauses(vec![clause]),
                Block::Notice {
                    title: "请注意".to_owned(),
                    text: text.to_owned(),
                },
            ],
        );
        paper
    }

    fn runs(layout: &Layout) -> impl Iterator<Item = &Run> {
        layout
            .pages
            .iter()
            .flat_map(|page| &page.marks)
            .filter_map(|mark| match &mark.ink {
                Ink::Text(run) => Some(run),
                _ => None,
            })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn whatever_people_type_stays_on_the_sheet(text in "[一-龥，。（）“”a-zA-Z0-9ĄЖ𡋤က-အ \n\t]{0,1200}") {
            let layout = lay_out(&paper_saying(&text)).unwrap();
            for run in runs(&layout) {
                prop_assert!(run.x >= LEFT - 0.1 && run.x < RIGHT, "{run:?}");
                prop_assert!(run.y > 40.0 && run.y < HEIGHT, "{run:?}");
                let gaps = crate::documents::font::units(&run.text).saturating_sub(1);
                let spread: f32 = (0..gaps).map(|_| run.spread).sum();
                let end = run.x + crate::documents::font::width(&run.text, run.size) + spread;
                prop_assert!(end < RIGHT + run.size, "{run:?}");
            }
        }
    }

    fn signed_by(names: &[String]) -> Paper {
        let mut paper = paper::of_all_blocks();
        let slots = names.iter().enumerate().map(|(index, name)| paper::Slot {
            field: format!("signer-{index}"),
            label: format!("被申请人的委托代理人：{name}"),
            kind: paper::SlotKind::Hand,
        });
        paper.blocks.push(Block::Signatures(slots.collect()));
        paper
    }

    #[test]
    fn twenty_signers_with_names_of_forty_letters_sign_in_places_of_their_own() {
        let mut names = vec!["Wolfeschlegelsteinhausenbergerdorffmann".to_owned()];
        names.extend((1..20).map(|at| format!("阿卜杜热合曼·买买提明{at}")));
        let layout = lay_out(&signed_by(&names)).unwrap();
        assert_eq!(layout.fields.len(), 23);
        for run in runs(&layout) {
            let end = run.x + crate::documents::font::width(&run.text, run.size);
            assert!(end < RIGHT + 1.0, "{run:?}");
        }
        for (at, place) in layout.fields.iter().enumerate() {
            let [left, bottom, right, top] = place.rect;
            assert!(left > LEFT - 1.0 && right < RIGHT + 1.0 && bottom > BOTTOM - 1.0);
            for other in layout.fields.iter().skip(at + 1) {
                let beside = other.rect[0] >= right || left >= other.rect[2];
                let apart = other.rect[1] >= top || bottom >= other.rect[3];
                assert!(other.page != place.page || beside || apart, "{other:?}");
            }
        }
    }

    #[test]
    fn nothing_that_is_read_is_smaller_than_twelve_points() {
        let layout = lay_out(&paper_saying("双方同意。")).unwrap();
        for mark in layout.pages.iter().flat_map(|page| &page.marks) {
            let (Some(_), Ink::Text(run)) = (mark.element, &mark.ink) else {
                continue;
            };
            assert!(run.size >= 12.0 || run.text == "扫码核验", "{run:?}");
        }
    }

    #[test]
    fn large_print_has_sixteen_points_and_stays_on_the_sheet() {
        let layout = lay_out_large(&paper_saying(&"双方同意，互不打扰。".repeat(60))).unwrap();
        assert!(layout.pages.len() > 2);
        for mark in layout.pages.iter().flat_map(|page| &page.marks) {
            let Ink::Text(run) = &mark.ink else { continue };
            let furniture = mark.element.is_none() || run.text == "扫码核验";
            assert!(run.size >= if furniture { 11.9 } else { 15.9 }, "{run:?}");
            let end = run.x + crate::documents::font::width(&run.text, run.size);
            assert!(run.x > 50.0 && end < WIDTH - 40.0, "{run:?}");
            assert!(run.y > 40.0 && run.y < HEIGHT - 30.0, "{run:?}");
        }
    }

    fn sealed(lines: usize, hands: usize) -> Paper {
        let mut paper = paper::of_all_blocks();
        let hand = |index: usize| Slot {
            field: format!("signer-{index}"),
            label: "调解员：王和平".to_owned(),
            kind: SlotKind::Hand,
        };
        let seal = Slot {
            field: "seal".to_owned(),
            label: "印章".to_owned(),
            kind: SlotKind::Seal {
                organisation: "安宁市和平街道人民调解委员会".to_owned(),
                date: "2026年11月22日".to_owned(),
            },
        };
        let said = (0..lines).map(|_| Block::Paragraph("双方同意，互不打扰。".to_owned()));
        let last = Block::Notice {
            title: "请注意".to_owned(),
            text: "请在三十日内提出。".to_owned(),
        };
        let slots = (0..hands).map(hand).chain([seal]).collect();
        paper.blocks = said.chain([last, Block::Signatures(slots)]).collect();
        paper
    }

    #[test]
    fn no_seal_stands_alone_on_a_page() {
        for (lines, hands) in (1..45).flat_map(|lines| [(lines, 0), (lines, 1), (lines, 4)]) {
            let layout = lay_out(&sealed(lines, hands)).unwrap();
            let seal = layout.fields.last().unwrap();
            let marks = layout.pages[seal.page].marks.iter();
            let read = marks.filter(|mark| mark.element.is_some()).count();
            assert!(read > 2, "{lines} lines, {hands} hands");
        }
    }

    #[test]
    fn no_heading_and_no_line_of_a_table_stands_alone_before_it() {
        for lines in 0..40 {
            let mut paper = sealed(lines, 0);
            let row = Entry {
                label: "申请人".to_owned(),
                value: "安宁市和平街道和平路3号幸福小区5幢2单元，".repeat(4),
            };
            let table = [
                Block::Heading("一、当事人".to_owned()),
                Block::Table(vec![row]),
            ];
            paper.blocks.splice(lines..lines, table);
            let layout = lay_out(&paper).unwrap();
            for page in &layout.pages {
                let marks = page.marks.iter().rev();
                let mut last = marks.take_while(|mark| mark.element.is_none());
                let edge = last.find(|mark| matches!(mark.ink, Ink::Rule { x, y, .. } if x < LEFT + 1.0 && y < HEIGHT - 100.0));
                let texts = page.marks.iter().rev().find_map(|mark| mark.element);
                let role = texts.map(|element| &layout.elements[element].role);
                assert_ne!(role, Some(&Role::Heading), "{lines}");
                assert!(
                    edge.is_none() || role == Some(&Role::Cell),
                    "{lines}: {role:?}"
                );
            }
        }
    }

    #[test]
    fn the_court_stands_below_the_words_that_send_a_paper_to_it() {
        for lines in 0..40 {
            let mut paper = paper::of_all_blocks();
            let addressed = [
                Block::Paragraph("字\n".repeat(lines)),
                Block::Paragraph("此致".to_owned()),
                Block::Flush("安宁市人民法院".to_owned()),
            ];
            paper.blocks.splice(..0, addressed);
            let layout = lay_out(&paper).unwrap();
            let says = |page: &Page, words: &str| {
                let mut marks = page.marks.iter();
                marks.any(|mark| matches!(&mark.ink, Ink::Text(run) if run.text == words))
            };
            let together = |page: &Page| says(page, "此致") && says(page, "安宁市人民法院");
            assert!(layout.pages.iter().any(together), "{lines}");
        }
    }

    #[test]
    fn no_heading_stands_alone_at_the_foot_of_a_page() {
        for lines in 0..40 {
            let mut paper = paper::of_all_blocks();
            paper
                .blocks
                .insert(0, Block::Paragraph("字\n".repeat(lines)));
            let layout = lay_out(&paper).unwrap();
            for page in &layout.pages {
                let last = page.marks.iter().rev().find_map(|mark| mark.element);
                let role = last.map(|element| &layout.elements[element].role);
                assert_ne!(role, Some(&Role::Heading), "{lines}");
            }
        }
    }
}
