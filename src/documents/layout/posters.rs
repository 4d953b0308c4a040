//! Sheets with square codes: one to a page for a door, six for the desks of merchants, with lines to cut along.

use qrcode::{Color, EcLevel, QrCode};

use super::lines::lines;
use super::{Element, HEIGHT, Ink, Layout, Mark, Page, Role, Run, WIDTH};
use crate::documents::DocumentError;
use crate::documents::font;
use crate::documents::poster::{Poster, Shape};

/// A part of a page, its lower left corner first.
#[derive(Clone, Copy)]
struct Card {
    x: f32,
    y: f32,
    width: f32,
    height: f32,
}

/// How a card is set.
struct Sizes {
    title: f32,
    text: f32,
    small: f32,
    code: f32,
    margin: f32,
}

const DOOR: Sizes = Sizes {
    title: 40.0,
    text: 17.0,
    small: 13.0,
    code: 270.0,
    margin: 56.0,
};
const DESK: Sizes = Sizes {
    title: 17.0,
    text: 9.5,
    small: 8.5,
    code: 112.0,
    margin: 16.0,
};

/// Lays the sheets out, each page full before the next begins.
pub(in crate::documents) fn posters(
    posters: &[Poster],
    shape: Shape,
) -> Result<Layout, DocumentError> {
    let mut layout = Layout {
        pages: Vec::new(),
        elements: Vec::new(),
        fields: Vec::new(),
    };
    let (cards, sizes) = match shape {
        Shape::Door => (cards(1, 1), DOOR),
        Shape::Desk => (cards(2, 3), DESK),
    };
    for page in posters.chunks(cards.len()) {
        layout.pages.push(Page::default());
        if shape == Shape::Desk {
            cut_lines(&mut layout);
        }
        for (poster, card) in page.iter().zip(&cards) {
            place(&mut layout, poster, *card, &sizes)?;
        }
    }
    Ok(layout)
}

fn cards(columns: u8, rows: u8) -> Vec<Card> {
    let (width, height) = (WIDTH / f32::from(columns), HEIGHT / f32::from(rows));
    let mut cards = Vec::new();
    for row in (0..rows).rev() {
        for column in 0..columns {
            cards.push(Card {
                x: f32::from(column) * width,
                y: f32::from(row) * height,
                width,
                height,
            });
        }
    }
    cards
}

/// Between the cards, from edge to edge.
fn cut_lines(layout: &mut Layout) {
    for row in 1..3_u8 {
        let y = HEIGHT / 3.0 * f32::from(row);
        mark(
            layout,
            None,
            Ink::Rule {
                x: 0.0,
                y,
                length: WIDTH,
            },
        );
    }
    let (x, y, width, height) = (WIDTH / 2.0, 0.0, 0.5, HEIGHT);
    mark(
        layout,
        None,
        Ink::Tint {
            x,
            y,
            width,
            height,
        },
    );
}

/// From the top: title, what it is for, the code, its address, and whom to call.
fn place(
    layout: &mut Layout,
    poster: &Poster,
    card: Card,
    sizes: &Sizes,
) -> Result<(), DocumentError> {
    let mut y = card.y + card.height - sizes.margin;
    let say = |layout: &mut Layout, y: &mut f32, text: &str, size: f32, role: Role| {
        let bold = role == Role::Title;
        let element = element(layout, role);
        let measure = card.width - 2.0 * sizes.margin;
        for line in lines(text, size, measure, measure) {
            *y -= size * 1.45;
            let x = card.x + (card.width - font::width(&line.text, size)) / 2.0;
            let run = Run {
                x,
                y: *y,
                size,
                spread: 0.0,
                bold,
                text: line.text,
            };
            mark(layout, Some(element), Ink::Text(run));
        }
    };
    say(layout, &mut y, &poster.title, sizes.title, Role::Title);
    y -= sizes.small * 0.6;
    for line in &poster.lines {
        say(layout, &mut y, line, sizes.text, Role::Paragraph);
    }
    y -= sizes.small + sizes.code;
    code(
        layout,
        poster,
        (card.x + (card.width - sizes.code) / 2.0, y),
        sizes.code,
    )?;
    y -= sizes.small * 0.4;
    for line in std::iter::once(&poster.url).chain(&poster.small) {
        say(layout, &mut y, line, sizes.small, Role::Paragraph);
    }
    Ok(())
}

fn code(
    layout: &mut Layout,
    poster: &Poster,
    (x, y): (f32, f32),
    side: f32,
) -> Result<(), DocumentError> {
    let code = QrCode::with_error_correction_level(&poster.url, EcLevel::Q)?;
    let rows = code.to_colors();
    let modules = rows.chunks(code.width());
    let modules = modules
        .map(|row| row.iter().map(|color| *color == Color::Dark).collect())
        .collect();
    let figure = element(layout, Role::Figure(poster.url.clone()));
    let ink = Ink::Code {
        x,
        y,
        side,
        modules,
    };
    mark(layout, Some(figure), ink);
    Ok(())
}

fn element(layout: &mut Layout, role: Role) -> usize {
    layout.elements.push(Element {
        role,
        parent: None,
        language: None,
    });
    layout.elements.len() - 1
}

fn mark(layout: &mut Layout, element: Option<usize>, ink: Ink) {
    if let Some(page) = layout.pages.last_mut() {
        page.marks.push(Mark { element, ink });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn poster(number: usize) -> Poster {
        Poster {
            url: format!("https://heyi.example/q/LY-{number:03}"),
            title: "邻里有纠纷，扫一扫".to_owned(),
            lines: vec!["噪音、漏水、停车、物业费，说说是什么事".to_owned()],
            small: vec!["柳荫社区人民调解委员会 010-6555 0101".to_owned()],
        }
    }

    #[test]
    fn seven_merchants_get_two_pages_with_lines_between_and_nothing_outside_its_card() {
        let all: Vec<_> = (0..7).map(poster).collect();
        let layout = posters(&all, Shape::Desk).unwrap();
        let codes = |page: &Page| {
            page.marks
                .iter()
                .filter(|it| matches!(it.ink, Ink::Code { .. }))
                .count()
        };
        assert_eq!(layout.pages.iter().map(codes).collect::<Vec<_>>(), [6, 1]);
        for mark in &layout.pages[0].marks {
            if let Ink::Text(run) = &mark.ink {
                let right = run.x + font::width(&run.text, run.size);
                let column = if run.x < WIDTH / 2.0 {
                    WIDTH / 2.0
                } else {
                    WIDTH
                };
                assert!(run.y > 0.0 && right < column, "{}", run.text);
            }
        }
        assert_eq!(posters(&all, Shape::Door).unwrap().pages.len(), 7);
    }
}
