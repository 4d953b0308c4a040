//! What the file says about itself: title, language, date, and the standards it keeps.

use jiff::tz::{Offset, TimeZone};
use pdf_writer::{Pdf, TextStr};

use super::{Refs, date};
use crate::documents::paper::Paper;

const CREATOR: &str = "heyi";

/// The schema block is needed because PDF/A does not know the property of PDF/UA.
const SCHEMA: &str = "<rdf:Description rdf:about=\"\" xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" \
xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>PDF/UA version identifier</pdfaProperty:description>\
<pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>";

pub(super) fn write(pdf: &mut Pdf, refs: &mut Refs, paper: &Paper) {
    let title = format!("{} {}", paper.title, paper.number);
    pdf.metadata(refs.metadata, packet(paper, &title).as_bytes());
    let info = refs.next();
    pdf.document_info(info)
        .title(TextStr(&title))
        .creator(TextStr(CREATOR))
        .creation_date(date(paper.made_at));
}

fn packet(paper: &Paper, title: &str) -> String {
    let created = paper
        .made_at
        .to_zoned(TimeZone::fixed(Offset::constant(8)))
        .strftime("%Y-%m-%dT%H:%M:%S+08:00");
    let (title, language) = (escape(title), paper.language);
    let address = paper.check.as_ref().map(|check| escape(&check.url));
    let address = address.map_or_else(String::new, |url| {
        format!("<dc:identifier>{url}</dc:identifier>")
    });
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\
<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" \
xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\
<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>\
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>{address}\
<xmp:CreateDate>{created}</xmp:CreateDate><xmp:CreatorTool>{CREATOR}</xmp:CreatorTool>\
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>\
</rdf:Description>{SCHEMA}</rdf:RDF></x:xmpmeta><?xpacket end=\"r\"?>"
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
