//! What people read on each paper, and that it can be copied word by word.

use heyi::documents::keys::Roots;
use heyi::documents::verify;

use super::checkers::{qpdf, run, text};
use super::samples;

fn on_disk(bytes: &[u8]) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::with_suffix(".pdf").unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    file
}

#[test]
fn every_paper_reads_as_it_should() {
    let papers = samples::all().into_iter().chain(samples::unsigned());
    let papers = papers.map(|(name, paper)| (name, heyi::documents::write(&paper).unwrap()));
    for (name, bytes) in papers.chain(samples::sheets()) {
        let file = on_disk(&bytes);
        qpdf(file.path());
        let read = text(file.path());
        // A number ends in its own sign.
        assert!(!read.contains("号号"), "{name}: {read}");
        insta::assert_snapshot!(name, read);
    }
}

#[test]
fn our_own_check_has_nothing_against_any_paper() {
    for (name, paper) in samples::all().into_iter().chain(samples::unsigned()) {
        let report = verify::run(&heyi::documents::write(&paper).unwrap(), &Roots::default());
        let codes: Vec<_> = report.problems.iter().map(|it| it.code).collect();
        assert_eq!(codes, [verify::Code::Unsigned], "{name}");
        assert!(report.pages > 0, "{name}");
    }
}

#[test]
fn text_copies_verbatim_whatever_the_line_breaks() {
    let file = on_disk(&heyi::documents::write(&samples::settlement()).unwrap());
    let copied: String = text(file.path()).split_whitespace().collect();
    for sentence in [
        "多次上门和在业主群里交涉；双方于2026年10月18日发生争吵，社区民警到场劝开。",
        "金额：人民币1,234.05元（大写：壹仟贰佰叁拾肆元零伍分）。",
        "张䶮拍打管道、言语过激，承担次要责任。",
    ] {
        assert!(copied.contains(sentence), "{sentence}");
    }
}

#[test]
fn the_agreement_carries_its_data() {
    let file = on_disk(&heyi::documents::write(&samples::settlement()).unwrap());
    let output = run(
        "qpdf",
        &["--show-attachment=agreement.json"],
        file.path(),
        &[],
    );
    let data: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(data["obligations"][1]["sum"]["figures"], "1,234.05");
    assert_eq!(data["parties"][0]["masked_identity"], "**************002X");
    let wording = &data["template"];
    assert_eq!(wording["jurisdiction"], "cn");
    assert_eq!(wording["language"], "zh-CN");
    assert_eq!(wording["version"], "2026-11-2");
    assert_eq!(wording["sha256"].as_str().unwrap().len(), 64);
}
