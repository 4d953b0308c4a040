//! Everybody who can stand under one agreement, and the scan of one that was signed by hand, before the other verifiers.

use std::path::{Path, PathBuf};

use heyi::clock::Clock;
use heyi::documents::keys::{Authority, Signer};
use heyi::documents::papers::{
    Agent, Agreement, Document, Enclosures, OF_PAPERS, Right, Scan, ScanFile, in_words, scan,
};
use heyi::documents::samples::{COMMITTEE, URL, agreement, made_at, signatory};
use heyi::documents::{Look, Paper, Signing, sign, verify, write};
use heyi::domain::hash::ContentHash;
use heyi::i18n::{Locale, Texts};
use image::{DynamicImage, ImageFormat};
use jiff::civil::date;

use super::checkers::{adesverify, pdfsig_accepts, pyhanko_accepts, qpdf, text, verapdf};
use super::signed::Bench;

const PARTIES: usize = 20;
/// With the mediator, a co-mediator, an interpreter and the seal.
const HANDS: usize = PARTIES + 4;

fn agent(name: &str, right: Right) -> Agent {
    Agent {
        name: name.to_owned(),
        masked_identity: Some("**************0040".to_owned()),
        document: Document::IdCard,
        right,
        signs: true,
    }
}

/// Twenty parties, the first by an attorney, the last a child by its mother.
fn crowd() -> Agreement {
    let mut content = agreement(PARTIES, true);
    let attorney = Right::Attorney {
        special: true,
        power: date(2026, 11, 1),
    };
    let mother = Right::Guardian {
        relation: "母亲".to_owned(),
    };
    content.parties[0].agent = Some(agent("言正", attorney));
    content.parties[PARTIES - 1].agent = Some(agent("尤慈", mother));
    content.mediators.truncate(1);
    content.mediators.push(signatory("李和", "member-1"));
    content.interpreters = vec![signatory("玛依拉", "member-2")];
    content
}

/// Every revision, each place signed by whom the data names for it.
pub(super) fn signed_by_all(paper: &Paper, authority: &Authority, clock: &Clock) -> Vec<Vec<u8>> {
    let mut last = write(paper).unwrap();
    let read = verify::run(&last, &heyi::documents::keys::Roots::default());
    let mut revisions = vec![last.clone()];
    for field in &read.unsigned {
        let place = read.places.get(field);
        let name = place.map_or("王和平", |place| place.name.as_str());
        let signer = Signer {
            name: name.to_owned(),
            organisation: (field == "seal").then(|| name.to_owned()),
            pseudonym: "0123456789abcdef".repeat(2),
        };
        let look = match field.as_str() {
            "seal" => Look::Seal(name.to_owned()),
            _ => Look::Typed(name.to_owned()),
        };
        let signing = Signing {
            field,
            signer: &signer,
            look: &look,
            reason: "已阅读全文，同意签署",
            now: clock.now(),
        };
        last = sign(&last, &signing, authority, clock).unwrap();
        revisions.push(last.clone());
    }
    revisions
}

/// A file for each revision, also of what closes the paper after its last signature.
pub(super) fn files(folder: &Path, name: &str, paper: &[u8]) -> Vec<PathBuf> {
    let word = b"%%EOF\n";
    let ends = paper.windows(word.len()).enumerate();
    let ends = ends.filter_map(|(at, window)| (window == word).then_some(at + word.len()));
    let keep = |end: usize| {
        let file = folder.join(format!("{name}-{end}.pdf"));
        std::fs::write(&file, &paper[..end]).unwrap();
        file
    };
    ends.map(keep).collect()
}

pub(super) fn conform(files: &[PathBuf]) {
    let (conform, said) = verapdf(files);
    assert!(conform, "{said}");
    assert_eq!(said.matches(" conforms").count(), 2 * files.len(), "{said}");
}

/// Other programs find the signatures of these fields, each of them good, and no others.
fn holds(bench: &Bench, paper: &[u8], fields: &[String]) -> PathBuf {
    let file = bench.file(paper);
    let root = bench.folder.path().join("authority.crt");
    qpdf(&file);
    pdfsig_accepts(&file, fields);
    pyhanko_accepts(&file, &root, fields);
    let (valid, said) = adesverify(&file, &root);
    assert!(valid, "{said}");
    file
}

#[test]
fn twenty_parties_with_all_who_stand_by_them_sign_one_paper_that_others_accept() {
    let bench = Bench::new();
    let texts = Texts::load(None).unwrap();
    let paper = in_words(&crowd(), &texts, OF_PAPERS).unwrap();
    let revisions = signed_by_all(&paper, &bench.authority, &bench.clock);
    assert_eq!(revisions.len(), HANDS + 1);
    let last = revisions.last().unwrap();
    let report = bench.report(last);
    assert!(
        report.accepted && report.archived_at.is_some(),
        "{report:?}"
    );
    let said = verify::describe(&report, &texts, Locale::ZhCn).join("\n");
    for capacity in [
        "申请人张䶮的委托代理人言正于",
        "被申请人尤十八的法定代理人尤慈于",
        "被申请人秦十七于",
        "调解员王和平于",
        "共同调解员李和于",
        "翻译玛依拉于",
        "安宁市和平街道人民调解委员会（印章）于",
    ] {
        assert!(said.contains(capacity), "{capacity}: {said}");
    }
    let waiting = verify::describe(&bench.report(&revisions[HANDS - 1]), &texts, Locale::ZhCn);
    let awaited = format!("尚未签名：{COMMITTEE}（印章）");
    assert!(waiting.contains(&awaited), "{waiting:?}");
    let fields = bench.report(&revisions[0]).unsigned;
    assert_eq!(fields.len(), HANDS);
    let file = holds(&bench, last, &fields);
    let read = text(&file).replace('\n', "");
    for label in [
        "张䶮（委托代理人：言正）",
        "尤十八（法定代理人：尤慈）",
        "共同调解员：李和",
        "翻译：玛依拉",
    ] {
        assert!(read.contains(label), "{label}: {read}");
    }
    let files = files(bench.folder.path(), "agreement", last);
    assert_eq!(files.len(), HANDS + 3, "what proves it, and the archive");
    conform(&files);
}

fn photo() -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    let sheet = DynamicImage::new_luma8(620, 877);
    sheet.write_to(&mut file, ImageFormat::Jpeg).unwrap();
    file.into_inner()
}

/// What was printed for so many hands, with a code on every sheet.
fn printed(texts: &Texts) -> Vec<u8> {
    let content = Agreement {
        by_hand: true,
        ..crowd()
    };
    let mut paper = in_words(&content, texts, OF_PAPERS).unwrap();
    paper.check.as_mut().unwrap().on_each_page = true;
    write(&paper).unwrap()
}

fn certified(texts: &Texts, printed: &[u8]) -> Paper {
    let content = crowd();
    let parties = content.parties.iter().map(|party| {
        let agent = party.agent.as_ref().map(|agent| &agent.name);
        agent.unwrap_or(&party.name).clone()
    });
    let beside = ["王和平", "李和", "玛依拉", COMMITTEE].map(str::to_owned);
    let scans = [
        ("image/jpeg", "jpg", photo()),
        ("application/pdf", "pdf", printed.to_vec()),
    ];
    let content = Scan {
        number: content.number,
        organisation: COMMITTEE.to_owned(),
        cause: content.cause,
        signed_by: parties.chain(beside).collect(),
        printed: ContentHash::of(printed).to_string(),
        files: (1..)
            .zip(&scans)
            .map(|(number, (_, ending, bytes))| ScanFile {
                name: format!("scan-{number}.{ending}"),
                sha256: ContentHash::of(bytes).to_string(),
                size: bytes.len() as u64,
            })
            .collect(),
        signed_at: made_at(),
        officer: signatory("王和平", "mediator-1"),
        seal_field: "seal".to_owned(),
        date: date(2026, 11, 23),
        made_at: made_at(),
        verify_url: URL.to_owned(),
    };
    let enclosed = Enclosures {
        printed: printed.to_vec(),
        scan: scans.map(|(mime, _, bytes)| (mime, bytes)).to_vec(),
    };
    scan(&content, enclosed, ["印出的文本", "扫描件"], texts).unwrap()
}

#[test]
fn the_scan_of_what_so_many_signed_by_hand_is_archived_with_all_that_belongs_to_it() {
    let bench = Bench::new();
    let texts = Texts::load(None).unwrap();
    let printed = printed(&texts);
    let paper = certified(&texts, &printed);
    let revisions = signed_by_all(&paper, &bench.authority, &bench.clock);
    assert_eq!(
        revisions.len(),
        3,
        "the officer signs, and another confirms"
    );
    let last = revisions.last().unwrap();
    let report = bench.report(last);
    assert!(
        report.accepted && report.archived_at.is_some(),
        "{report:?}"
    );
    let file = holds(&bench, last, &bench.report(&revisions[0]).unsigned);
    let read = text(&file).replace('\n', "");
    for words in [
        "言正、欧阳建国、赵一",
        "尤慈、王和平、李和、玛依拉、安宁市和平街道人民调解委员会",
    ] {
        assert!(read.contains(words), "{words}: {read}");
    }
    assert!(
        read.contains(&ContentHash::of(&printed).to_string()),
        "{read}"
    );
    let mut all = files(bench.folder.path(), "scan", last);
    assert_eq!(all.len(), 5);
    let sheet = bench.folder.path().join("printed.pdf");
    std::fs::write(&sheet, &printed).unwrap();
    all.push(sheet);
    conform(&all);
}
