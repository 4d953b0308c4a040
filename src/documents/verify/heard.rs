//! What whoever cannot see the pages hears instead of them: of the square code where it leads, of a place to sign whose it is, and
//! else what stands there.

use super::data::packed;
use super::page::Piece;
use super::report::Code;
use crate::documents::syntax::{Dict, Object, PdfFile};

pub(super) fn check(file: &PdfFile<'_>, pieces: &[Piece]) -> Result<(), Code> {
    let base = file.revisions.first().ok_or(Code::Table)?;
    let said: String = pieces.iter().map(|piece| packed(&piece.text)).collect();
    let mut elements = base.objects.values().filter_map(Object::dict);
    let fits = elements.all(|element| {
        !element.is("Type", "StructElem") || says_what_is_there(file, element, &said)
    });
    if fits { Ok(()) } else { Err(Code::Page) }
}

fn says_what_is_there(file: &PdfFile<'_>, element: &Dict, said: &str) -> bool {
    let heard = element.text("Alt");
    if element.is("S", "Figure") {
        let heard = heard.unwrap_or_default();
        let (caption, url) = heard.rsplit_once(' ').unwrap_or_default();
        !caption.is_empty() && said.contains(&packed(caption)) && leads_to(file, url)
    } else if element.is("S", "Form") {
        let place = element.dict("K").and_then(|kid| kid.reference("Obj"));
        let place = place
            .and_then(|id| file.object(id, 0))
            .and_then(Object::dict);
        heard.is_some() && place.and_then(|place| place.text("TU")) == heard
    } else {
        element.get("Alt").is_none()
    }
}

/// Whether the paper says of itself that it can be checked there.
fn leads_to(file: &PdfFile<'_>, url: &str) -> bool {
    let packet = || {
        let root = file.object(file.root()?, 0)?.dict()?;
        let packet = file.object(root.reference("Metadata")?, 0)?;
        std::str::from_utf8(file.bytes.get(packet.stream.clone()?)?).ok()
    };
    let named = |url: &str| format!("<dc:identifier>{url}</dc:identifier>");
    let plain = !url.contains(['&', '<', '>']);
    plain && packet().is_some_and(|packet| packet.contains(&named(url)))
}
