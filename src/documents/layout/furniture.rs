//! What surrounds the text: issuer, title, number and square code at the head, page numbers and the number of the paper on every page.

use qrcode::{Color, EcLevel, QrCode};

use super::sheet::{BODY, Baseline, SMALL, Sheet, Style};
use super::{Frame, Ink, Layout, Mark, Role, Run};
use crate::documents::DocumentError;
use crate::documents::font;
use crate::documents::paper::{Check, Paper};

const ISSUER: Style = Style {
    size: 16.0,
    leading: 30.0,
    bold: false,
};
const TITLE: Style = Style {
    size: 24.0,
    leading: 42.0,
    bold: true,
};
/// Side of the square code, about 21 mm.
const CODE: f32 = 60.0;
/// The same at the foot of a further page, about 17 mm.
const SMALL_CODE: f32 = 48.0;

/// The head of the first page.
pub(super) fn head(sheet: &mut Sheet, paper: &Paper) -> Result<(), DocumentError> {
    centred(sheet, ISSUER, Role::Paragraph, &paper.issuer);
    centred(sheet, TITLE, Role::Title, &paper.title);
    let at = sheet.next_line(BODY);
    let element = sheet.element(Role::Paragraph, None);
    let style = fitting(sheet.frame, BODY, &paper.number);
    let x = sheet.frame.right - font::width(&paper.number, style.size);
    sheet.set(at, x, style, element, &paper.number);
    if let Some(check) = &paper.check {
        code(sheet, check)?;
    }
    sheet.gap(6.0);
    Ok(())
}

/// The title in the other language of a paper in two.
pub(super) fn subtitle(sheet: &mut Sheet, text: &str, language: &str) {
    if let Some(element) = centred(sheet, ISSUER, Role::Paragraph, text) {
        sheet.speaks(element, language);
    }
}

fn centred(sheet: &mut Sheet, style: Style, role: Role, text: &str) -> Option<usize> {
    if text.is_empty() {
        return None;
    }
    let style = fitting(sheet.frame, style, text);
    let element = sheet.element(role, None);
    let at = sheet.next_line(style);
    let x = (sheet.frame.width - font::width(text, style.size)) / 2.0;
    sheet.set(at, x, style, element, text);
    Some(element)
}

/// One line that fits between the margins, smaller where it must be.
fn fitting(frame: Frame, style: Style, text: &str) -> Style {
    let wide = font::width(text, style.size).max(1.0);
    let size = style.size.min(style.size * frame.measure() / wide);
    Style { size, ..style }
}

/// The code in the upper right corner with its caption under it.
fn code(sheet: &mut Sheet, check: &Check) -> Result<(), DocumentError> {
    let modules = if check.on_each_page {
        square_code(&of_page(&check.url, 1))?
    } else {
        square_code(&check.url)?
    };
    let x = sheet.frame.right - CODE;
    // High enough that its caption stays above a long name of the issuer.
    let y = sheet.frame.height - 20.0 - CODE;
    let figure = sheet.element(
        Role::Figure(format!("{} {}", check.caption, check.url)),
        None,
    );
    let ink = Ink::Code {
        x,
        y,
        side: CODE,
        modules,
    };
    sheet.mark(0, Some(figure), ink);
    let caption = sheet.element(Role::Paragraph, None);
    let x = x + (CODE - font::width(&check.caption, SMALL.size)) / 2.0;
    let at = Baseline {
        page: 0,
        y: y - SMALL.leading,
    };
    sheet.set(at, x, SMALL, caption, &check.caption);
    Ok(())
}

/// The square code of a text, row by row; what is dark is true.
pub(in crate::documents) fn square_code(text: &str) -> Result<Vec<Vec<bool>>, DocumentError> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M)?;
    let rows = code.to_colors();
    let dark = |row: &[Color]| row.iter().map(|it| *it == Color::Dark).collect();
    Ok(rows.chunks(code.width()).map(dark).collect())
}

/// Which paper, and which page of it.
pub(in crate::documents) fn of_page(url: &str, page: usize) -> String {
    format!("{url}#{page}")
}

/// Header from the second page on, and the page number at the foot as official papers print it.
pub(super) fn running(
    layout: &mut Layout,
    frame: Frame,
    paper: &Paper,
) -> Result<(), DocumentError> {
    let codes = paper.check.as_ref().filter(|check| check.on_each_page);
    let total = layout.pages.len();
    for (index, page) in layout.pages.iter_mut().enumerate() {
        let foot = format!("— {} / {total} —", index + 1);
        let x = (frame.width - font::width(&foot, SMALL.size)) / 2.0;
        page.marks.push(decoration(x, 0.585 * frame.bottom, &foot));
        if let Some(check) = codes.filter(|_| index > 0) {
            let ink = Ink::Code {
                x: frame.right - SMALL_CODE,
                y: frame.bottom - 56.0,
                side: SMALL_CODE,
                modules: square_code(&of_page(&check.url, index + 1))?,
            };
            page.marks.push(Mark { element: None, ink });
        }
        if index > 0 {
            let y = frame.height - 58.0;
            let x = frame.right - font::width(&paper.number, SMALL.size);
            page.marks.push(decoration(x, y, &paper.number));
            page.marks.push(decoration(frame.left, y, &paper.title));
            page.marks.push(Mark {
                element: None,
                ink: Ink::Rule {
                    x: frame.left,
                    y: y - 6.0,
                    length: frame.measure(),
                },
            });
        }
    }
    Ok(())
}

fn decoration(x: f32, y: f32, text: &str) -> Mark {
    Mark {
        element: None,
        ink: Ink::Text(Run {
            x,
            y,
            size: SMALL.size,
            spread: 0.0,
            bold: false,
            text: text.to_owned(),
        }),
    }
}
