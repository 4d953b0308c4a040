//! PDF files as strangers send them, written object by object.

use std::fmt::Write as _;

/// A file of these objects, of which the first is the catalogue.
pub(crate) fn of(objects: &[String]) -> String {
    let mut text = "%PDF-1.7\n".to_owned();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(text.len());
        write!(text, "{number} 0 obj\n{object}\nendobj\n").unwrap();
    }
    let (table, size) = (text.len(), objects.len() + 1);
    write!(text, "xref\n0 {size}\n0000000000 65535 f \n").unwrap();
    for place in places {
        writeln!(text, "{place:010} 00000 n ").unwrap();
    }
    let end = format!("<< /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
    write!(text, "trailer\n{end}").unwrap();
    text
}

fn stream(about: &str, content: &str) -> String {
    let length = content.len();
    format!("<< {about} /Length {length} >>\nstream\n{content}\nendstream")
}

fn catalogue(pages: &str, count: usize) -> [String; 2] {
    [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{pages}] /Count {count} >>"),
    ]
}

/// Two pages: the first with letters that every reader has, the second with Chinese for which it brings none.
pub(crate) fn receipt() -> String {
    let page = |content: usize| {
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R \
             /Resources << /Font << /F1 7 0 R /F2 8 0 R >> >> >>"
        )
    };
    let [catalogue, pages] = catalogue("3 0 R 4 0 R", 2);
    of(&[
        catalogue,
        pages,
        page(5),
        page(6),
        stream("", "BT /F1 60 Tf 60 600 Td (Receipt 2026) Tj ET"),
        // 收据
        stream("", "BT /F2 120 Tf 60 400 Td <6536636E> Tj ET"),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H \
         /DescendantFonts [9 0 R] >>"
            .to_owned(),
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 \
         /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> \
         /FontDescriptor 10 0 R >>"
            .to_owned(),
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] \
         /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
            .to_owned(),
    ])
}

/// A few kilobytes that say they are a white picture of `side` by `side` points.
pub(crate) fn as_large_as_a_house(side: usize) -> String {
    let [catalogue, pages] = catalogue("3 0 R", 1);
    let about = format!(
        "/Type /XObject /Subtype /Image /Width {side} /Height {side} /BitsPerComponent 1 \
         /ColorSpace /DeviceGray /Filter [/ASCIIHexDecode /CCITTFaxDecode] \
         /DecodeParms [null << /K -1 /Columns {side} /Rows {side} >>]"
    );
    // One bit a line: as white as the line above.
    let white = "FF".repeat(side / 8);
    of(&[
        catalogue,
        pages,
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
         /Resources << /XObject << /I 5 0 R >> >> >>"
            .to_owned(),
        stream("", "500 0 0 500 40 40 cm /I Do"),
        stream(&about, &format!("{white}>")),
    ])
}
