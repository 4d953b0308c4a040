//! Files of others that begin as ours do, since they are written with the same library: they are called what they are, and no changed
//! paper is.

use heyi::documents::verify::{Code, Report, Verdict};
use pdf_writer::{Content, Finish, Name, Pdf, Rect, Ref, Str};

use super::{PAPERS, check, pdf};

/// One page that says something.
fn written() -> Vec<u8> {
    let mut pdf = Pdf::new();
    let [root, tree, page, font, text] = [1, 2, 3, 4, 5].map(Ref::new);
    pdf.catalog(root).pages(tree);
    pdf.pages(tree).kids([page]).count(1);
    let mut sheet = pdf.page(page);
    sheet.media_box(Rect::new(0.0, 0.0, 595.0, 842.0));
    sheet.parent(tree).contents(text);
    sheet.resources().fonts().pair(Name(b"F1"), font);
    sheet.finish();
    pdf.type1_font(font).base_font(Name(b"Helvetica"));
    let mut content = Content::new();
    content.begin_text().set_font(Name(b"F1"), 14.0);
    content.next_line(108.0, 734.0).show(Str(b"An invoice"));
    content.end_text();
    pdf.stream(text, &content.finish());
    pdf.finish()
}

fn is_foreign(report: &Report) -> bool {
    let seen = report.foreign.as_ref();
    report.verdict() == Verdict::Foreign && seen.is_some_and(|seen| seen.pdf && seen.pages == 1)
}

#[test]
fn a_file_of_somebody_else_with_the_same_library_is_called_foreign() {
    let file = written();
    assert!(PAPERS.base.starts_with(&file[..16]));
    assert!(is_foreign(&check(&file)));
    // This one reads as ours do, up to what is on its pages.
    let closed = [&file[..], b"\n"].concat();
    let report = check(&closed);
    assert!(is_foreign(&report), "{:?}", report.problems);
    assert_ne!(report.problems[0].code, Code::End);
    let other = pdf::replace(&closed, b"An invoice", b"Our number is /v/12");
    assert!(is_foreign(&check(&other)));
}

#[test]
fn a_paper_of_ours_is_not_called_foreign_whatever_is_done_to_it() {
    let papers = &*PAPERS;
    for paper in [&papers.base, &papers.once, &papers.archived] {
        for cut in [1, 100, paper.len() / 2, paper.len() - 100] {
            assert!(
                check(&paper[..paper.len() - cut]).foreign.is_none(),
                "{cut}"
            );
        }
        let more = [&paper[..], b"1 0 obj\n2\nendobj\n%%EOF\n"].concat();
        let page = pdf::replace(paper, b"/Type /Page\n", b"/Type /Pagf\n");
        let table = pdf::replace(paper, b"xref\n", b"xreg\n");
        for changed in [more, page, table] {
            let report = check(&changed);
            assert_eq!(report.verdict(), Verdict::Refused);
            assert!(report.foreign.is_none());
        }
    }
    // Without the names of its places the address is left, and without the address the names.
    let nameless = pdf::replace(&papers.once, b"/T (party-1)", b"/T (other-1)");
    assert!(check(&nameless).foreign.is_none());
    let id = pdf::find(&papers.once, b"/v/").unwrap();
    let mut elsewhere = papers.once.clone();
    elsewhere[id + 3] = b'z';
    assert!(check(&elsewhere).foreign.is_none());
}
