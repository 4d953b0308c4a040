//! Attacks on signed papers: each must be refused, and none may panic.

use std::sync::LazyLock;

use super::*;
use crate::clock::Clock;
use crate::documents::keys::{Authority, Roots, Signer};
use crate::documents::{Look, Signing, Strokes, paper, sign, write};

struct Signed {
    roots: Roots,
    base: Vec<u8>,
    once: Vec<u8>,
    twice: Vec<u8>,
}

fn clock() -> Clock {
    Clock::fixed("2026-11-22T02:00:00Z".parse().unwrap())
}

static SIGNED: LazyLock<Signed> = LazyLock::new(|| {
    let clock = clock();
    let authority = Authority::create(&clock).unwrap();
    let drawn = Strokes::try_from(vec![vec![(0.0, 0.0), (40.0, 20.0), (80.0, 0.0)]]).unwrap();
    let base = write(&paper::sample()).unwrap();
    let once = one(&authority, &base, "party-1", "张三", &Look::Strokes(drawn));
    let twice = one(
        &authority,
        &once,
        "party-2",
        "李四",
        &Look::Typed("李四".to_owned()),
    );
    Signed {
        roots: authority.roots().unwrap(),
        base,
        once,
        twice,
    }
});

fn one(authority: &Authority, bytes: &[u8], field: &str, name: &str, look: &Look) -> Vec<u8> {
    let clock = clock();
    let signer = Signer {
        name: name.to_owned(),
        organisation: None,
        pseudonym: "0123456789abcdef".repeat(4),
    };
    let signing = Signing {
        field,
        signer: &signer,
        look,
        reason: "同意本协议全部内容",
        now: "2026-11-22T02:00:00Z".parse().unwrap(),
    };
    sign(bytes, &signing, authority, &clock).unwrap()
}

fn check(bytes: &[u8]) -> Report {
    run(bytes, &SIGNED.roots)
}

fn codes(bytes: &[u8]) -> Vec<Code> {
    let report = check(bytes);
    assert!(!report.accepted);
    report.problems.iter().map(|problem| problem.code).collect()
}

fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let at = bytes
        .windows(from.len())
        .rposition(|window| window == from)
        .unwrap();
    let mut changed = bytes.to_vec();
    changed[at..at + from.len()].copy_from_slice(to);
    changed
}

#[test]
fn a_paper_signed_twice_is_whole_and_names_its_signers() {
    let report = check(&SIGNED.twice);
    assert_eq!(report.problems, []);
    assert!(report.whole && report.verdict() == Verdict::Waiting);
    let names: Vec<_> = report
        .signatures
        .iter()
        .map(|s| s.signer.as_str())
        .collect();
    assert_eq!(names, ["张三", "李四"]);
    assert_eq!(report.unsigned, ["seal"]);
    let time = report.signatures[0].signed_at.unwrap();
    assert_eq!(time.to_string(), "2026-11-22T02:00:00Z");
}

#[test]
fn an_unsigned_paper_is_not_whole() {
    assert_eq!(codes(&SIGNED.base), [Code::Unsigned]);
}

#[test]
fn another_authority_is_not_trusted_but_the_paper_stays_whole() {
    let other = Authority::create(&clock()).unwrap();
    let report = run(&SIGNED.once, &other.roots().unwrap());
    assert!(report.whole && !report.accepted);
    assert_eq!(report.problems[0].code, Code::Untrusted);
}

#[test]
fn appended_bytes_are_refused() {
    for tail in [&b"\n"[..], b"%", b"1 0 obj\nnull\nendobj\n\n"] {
        let changed = [&SIGNED.twice, tail].concat();
        assert_eq!(codes(&changed), [Code::End]);
    }
}

#[test]
fn a_file_cut_short_is_refused() {
    for length in (0..SIGNED.twice.len()).step_by(97) {
        if [SIGNED.base.len(), SIGNED.once.len()].contains(&length) {
            continue;
        }
        assert!(!check(&SIGNED.twice[..length]).whole, "{length}");
    }
}

#[test]
fn cut_back_to_the_first_signature_it_is_the_older_paper() {
    let report = check(&SIGNED.twice[..SIGNED.once.len()]);
    assert_eq!(report.verdict(), Verdict::Waiting);
    assert_eq!(report.signatures.len(), 1);
    assert_eq!(report.unsigned, ["party-2", "seal"]);
}

/// An attacker appends a revision of their own to a signed paper.
fn appended(objects: &[(u32, &str)]) -> Vec<u8> {
    let file = PdfFile::parse(&SIGNED.twice).unwrap();
    let last = file.revisions.last().unwrap();
    let mut bytes = SIGNED.twice.clone();
    let mut table = vec!["xref\n".to_owned()];
    for (id, body) in objects {
        table.push(format!("{id} 1\n{:010} 00000 n\r\n", bytes.len()));
        bytes.extend(format!("{id} 0 obj\n{body}\nendobj\n\n").bytes());
    }
    let start = bytes.len();
    bytes.extend(table.concat().bytes());
    let mut trailer = last.trailer.clone();
    trailer.set(
        "Prev",
        crate::documents::syntax::Value::Integer(i64::try_from(last.table).unwrap()),
    );
    let size = objects.iter().map(|(id, _)| id + 1).max().unwrap();
    trailer.set(
        "Size",
        crate::documents::syntax::Value::Integer(i64::from(size.max(last.size))),
    );
    bytes.extend(b"trailer\n");
    trailer.write(&mut bytes);
    bytes.extend(format!("\nstartxref\n{start}\n%%EOF\n").bytes());
    PdfFile::parse(&bytes).expect("the attack itself is well formed");
    bytes
}

#[test]
fn a_shadow_object_over_signed_content_is_refused() {
    let root = PdfFile::parse(&SIGNED.twice).unwrap().root().unwrap();
    assert_eq!(codes(&appended(&[(root, "<<>>")])), [Code::Overwritten]);
    for id in [2, 3, 10, 20] {
        assert_eq!(
            codes(&appended(&[(id, "<</Type/Page>>")])),
            [Code::Overwritten]
        );
    }
}

#[test]
fn a_new_object_without_signature_is_refused() {
    let size = PdfFile::parse(&SIGNED.twice).unwrap().revisions[2].size;
    let objects = [(size, "<</Type/Annot/Subtype/FreeText>>")];
    assert_eq!(codes(&appended(&objects)), [Code::Additions]);
}

#[test]
fn a_signed_field_cannot_be_signed_again() {
    let file = PdfFile::parse(&SIGNED.twice).unwrap();
    let (id, field) = fields(&file)[0];
    let mut body = Vec::new();
    field.write(&mut body);
    let body = String::from_utf8(body).unwrap();
    assert_eq!(codes(&appended(&[(id, &body)])), [Code::FieldChanged]);
    let clock = clock();
    let authority = Authority::create(&clock).unwrap();
    let signer = Signer {
        name: "张三".to_owned(),
        organisation: None,
        pseudonym: "0".repeat(32),
    };
    let look = Look::Typed("张三".to_owned());
    let signing = Signing {
        field: "party-1",
        signer: &signer,
        look: &look,
        reason: "",
        now: clock.now(),
    };
    let refused = sign(&SIGNED.once, &signing, &authority, &clock).unwrap_err();
    assert!(refused.to_string().contains("signed already"), "{refused}");
}

#[test]
fn a_moved_field_is_refused() {
    let file = PdfFile::parse(&SIGNED.twice).unwrap();
    let (id, field) = fields(&file)[2];
    let mut body = Vec::new();
    field.write(&mut body);
    let moved = String::from_utf8(body).unwrap().replace("/F 132", "/F 2");
    assert_eq!(codes(&appended(&[(id, &moved)])), [Code::FieldChanged]);
}

fn signed<'a>(file: &'a PdfFile<'_>) -> SignedRevision<'a> {
    match structure::all(file).into_iter().next() {
        Some(Ok(Later::Signed(revision))) => revision,
        _ => panic!("the first revision is a signature"),
    }
}

#[test]
fn a_changed_byte_range_is_refused() {
    let file = PdfFile::parse(&SIGNED.once).unwrap();
    let revision = signed(&file);
    let gap = revision.signature.span("Contents").unwrap();
    let tail = revision.end - gap.end;
    let written = format!("{} {} {tail}", gap.start, gap.end);
    let cut = format!("{} {} {}", gap.start, gap.end, tail - 1);
    let changed = replaced(&SIGNED.once, written.as_bytes(), cut.as_bytes());
    assert_eq!(codes(&changed), [Code::ByteRange]);
}

#[test]
fn anything_but_lower_case_digits_and_zeros_in_the_contents_is_refused() {
    let file = PdfFile::parse(&SIGNED.once).unwrap();
    let gap = signed(&file).signature.span("Contents").unwrap();
    let mut upper = SIGNED.once.clone();
    upper[gap.clone()].make_ascii_uppercase();
    assert_eq!(codes(&upper), [Code::Contents]);
    let mut padded = SIGNED.once.clone();
    padded[gap.end - 2] = b'1';
    assert_eq!(codes(&padded), [Code::Contents]);
    let mut other = SIGNED.once.clone();
    other[gap.end - 4..gap.end - 2].copy_from_slice(b"zz");
    assert!(!check(&other).whole);
}

#[test]
fn every_code_has_its_name() {
    for code in Code::ALL {
        let json = serde_json::to_value(code).unwrap();
        assert_eq!(json, code.name());
    }
}

#[test]
fn a_paper_that_not_everybody_has_signed_is_called_so_and_its_places_by_their_names() {
    let signed = &*SIGNED;
    let texts = crate::i18n::Texts::load(None).unwrap();
    let said = |bytes: &[u8]| {
        let report = check(bytes);
        let lines = describe(&report, &texts, crate::i18n::Locale::ZhCn);
        (report.verdict(), lines.join("\n"))
    };
    let (verdict, lines) = said(&signed.base);
    assert_eq!(verdict, Verdict::Unsigned);
    assert!(!lines.contains("party-"), "{lines}");
    let (verdict, lines) = said(&signed.once);
    assert_eq!(verdict, Verdict::Waiting);
    assert!(
        lines.contains("还没有签完") && lines.contains("尚未签名：被申请人李四"),
        "{lines}"
    );
    let stranger = run(&signed.twice, &Roots::default());
    assert_eq!(stranger.verdict(), Verdict::Doubtful);
    assert_eq!(said(b"%PDF").0, Verdict::Foreign);
}
