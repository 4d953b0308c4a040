//! The shipped wording holds, and every slip in it is found before the house opens.

use super::*;
use crate::documents::papers::OF_PAPERS;

/// The texts with one file of the papers changed.
fn changed(file: &str, from: &str, to: &str) -> Texts {
    let shipped = crate::i18n::forms::shipped_files();
    let (_, text) = shipped.into_iter().find(|(path, _)| path == file).unwrap();
    assert!(text.contains(from), "{file} says {from}");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("papers").join(file);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, text.replacen(from, to, 1)).unwrap();
    Texts::load(Some(folder.path())).unwrap()
}

#[test]
fn every_shipped_template_is_somebodys_and_says_everything_in_both_languages() {
    let texts = Texts::load(None).unwrap();
    check(&texts).unwrap();
    let checked: Vec<&str> = papers().unwrap().iter().map(|it| it.kind).collect();
    for kind in texts.forms().kinds() {
        assert!(checked.contains(&kind), "nobody writes {kind}");
    }
}

#[test]
fn a_slip_in_the_wording_stops_the_start_with_file_and_line() {
    for (file, from, to, what) in [
        (
            "cn/zh-CN/slip.txt",
            "{{ phone }}",
            "{{ fone }}",
            "slip.txt:9: `fone`: there is no `fone`",
        ),
        (
            "cn/zh-CN/extension.txt",
            "{% if rolled %}",
            "{% if roled %}",
            "extension.txt:19: no paper ever gets here",
        ),
        (
            "cn/en/extension.txt",
            "{% if asked %}",
            "{% if not askd %}",
            "extension.txt:22: a row of a table stands here",
        ),
        ("cn/en/extension.txt", "court = ", "curt = ", "has no words"),
        (
            "cn/en/slip.txt",
            "Without your name",
            "# Without your name",
            "slip.txt:8: a heading stands here",
        ),
        (
            "cn/zh-CN/common.txt",
            "{% if party.contact %}",
            "{% if party.kontakt %}",
            "common.txt",
        ),
    ] {
        let error = check(&changed(file, from, to)).unwrap_err().to_string();
        assert!(error.contains(what), "{file} {to}: {error}");
    }
}

#[test]
fn an_operator_changes_the_wording_without_touching_the_program() {
    let texts = changed("cn/zh-CN/slip.txt", "请家人帮忙也行。", "也可以到窗口来。");
    check(&texts).unwrap();
    let slip = Slip::samples().remove(0);
    let paper = in_words(&slip, &texts, OF_PAPERS).unwrap();
    assert!(format!("{:?}", paper.blocks).contains("也可以到窗口来。"));
    let english = in_words(&slip, &texts, Locale::En).unwrap();
    assert_eq!(english.title, "Please rate this mediation");
    assert_eq!(english.blocks.len(), paper.blocks.len());
}

/// What a foreigner reads beside the Chinese, and what an operator looks at after a change.
#[test]
fn every_paper_is_a_pdf_in_both_languages() {
    let texts = Texts::load(None).unwrap();
    for locale in Locale::ALL {
        for (kind, paper) in previews(&texts, locale).unwrap() {
            let bytes = crate::documents::write(&paper);
            assert!(
                bytes.is_ok_and(|bytes| bytes.starts_with(b"%PDF")),
                "{kind}"
            );
        }
    }
}
