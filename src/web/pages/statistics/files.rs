//! The table as files for a spreadsheet: what stands in a cell is never taken for a formula.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::{Asked, Told, told, wanted};
use crate::web::{Query, Viewer, Web, WebError};

pub(super) async fn csv(
    State(web): State<Web>,
    viewer: Viewer,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let (_, wanted) = wanted(&web, asked);
    let told = told(&web, &viewer, wanted).await?;
    let lines = lines(&web, &viewer, &told);
    let bytes = written(&lines).map_err(|error| WebError::internal(&error))?;
    Ok(download(bytes, "text/csv; charset=utf-8", "csv"))
}

pub(super) async fn xlsx(
    State(web): State<Web>,
    viewer: Viewer,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let (_, wanted) = wanted(&web, asked);
    let told = told(&web, &viewer, wanted).await?;
    let lines = lines(&web, &viewer, &told);
    let bytes = workbook(&lines).map_err(|error| WebError::internal(&error))?;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(download(bytes, kind, "xlsx"))
}

/// The words of the head first, then line by line.
fn lines(web: &Web, viewer: &Viewer, told: &Told) -> Vec<Vec<String>> {
    let mut head = vec![String::new()];
    let columns = told.columns.iter();
    head.extend(columns.map(|column| web.texts.say(viewer.locale, column)));
    let mut lines = vec![head];
    lines.extend(told.rows.iter().map(|row| {
        let mut line = vec![row.name.clone()];
        line.extend(row.cells.iter().cloned());
        line
    }));
    lines
}

/// With the mark by which a Chinese Excel knows UTF-8.
fn written(lines: &[Vec<String>]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    for line in lines {
        writer.write_record(line.iter().map(|cell| harmless(cell)))?;
    }
    writer
        .into_inner()
        .map_err(|error| error.into_error().into())
}

/// A cell that a spreadsheet would compute gets a sign before it, by which it stays a text.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

/// Texts are written as texts, which no spreadsheet computes; numbers as numbers.
fn workbook(lines: &[Vec<String>]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    let sheet = book.add_worksheet();
    for (line, row) in lines.iter().zip(0..) {
        for (cell, column) in line.iter().zip(0..) {
            match cell.parse::<u32>() {
                Ok(number) if column > 0 => sheet.write_number(row, column, number)?,
                _ if row == 0 => sheet.write_string_with_format(row, column, cell, &bold)?,
                _ => sheet.write_string(row, column, cell)?,
            };
        }
    }
    sheet.set_column_width(0, 32)?;
    book.save_to_buffer()
}

fn download(bytes: Vec<u8>, kind: &'static str, ending: &str) -> Response {
    let disposition = format!("attachment; filename=\"statistics.{ending}\"");
    let named = [(header::CONTENT_DISPOSITION, disposition)];
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_static(kind))];
    (kind, named, bytes).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bad_name() -> Vec<Vec<String>> {
        let text = str::to_owned;
        vec![
            vec![text(""), text("收到")],
            vec![text("=HYPERLINK(\"http://evil.example\")"), text("12")],
            vec![text("+86"), text("少于 5")],
        ]
    }

    #[test]
    fn no_cell_of_the_text_file_is_a_formula() {
        let file = String::from_utf8(written(&bad_name()).unwrap()).unwrap();
        let lines: Vec<_> = file.lines().collect();
        assert_eq!(lines[0], "\u{feff},收到");
        assert_eq!(lines[1], "\"'=HYPERLINK(\"\"http://evil.example\"\")\",12");
        assert_eq!(lines[2], "'+86,少于 5");
    }

    #[test]
    fn no_cell_of_the_workbook_is_a_formula() {
        use std::io::Read as _;
        let book = workbook(&bad_name()).unwrap();
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap();
        let mut part = |name: &str| {
            let mut text = String::new();
            archive
                .by_name(name)
                .unwrap()
                .read_to_string(&mut text)
                .unwrap();
            text
        };
        let sheet = part("xl/worksheets/sheet1.xml");
        assert!(
            !sheet.contains("<f>") && sheet.contains("<v>12</v>"),
            "{sheet}"
        );
        let strings = part("xl/sharedStrings.xml");
        assert!(strings.contains("=HYPERLINK"), "{strings}");
    }
}
