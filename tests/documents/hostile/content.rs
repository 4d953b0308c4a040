//! Papers that were false before anybody signed them: hidden text, data that says something else, parts that act. They
//! are signed by whoever is trusted, so that nothing but the content speaks against them.

use heyi::documents::paper::canonical_json;
use heyi::documents::verify::{self, Code};
use heyi::i18n::{Locale, Texts, forms};
use serde_json::{Value, json};

use super::pdf::{self, Written, body, object_with, rewritten};
use super::{PAPERS, by, refused, samples};

fn signed(base: &[u8]) -> Vec<Code> {
    refused(&by(&PAPERS.forger, base, "party-1"))
}

/// The first page with another content.
fn painted(change: impl FnOnce(&[u8]) -> Vec<u8>) -> Vec<Code> {
    let base = &PAPERS.base;
    let page = object_with(base, b"/Type /Page\n");
    let content = pdf::reference(base, page, "/Contents ");
    let now = change(&pdf::unpacked(base, content));
    signed(&rewritten(base, content, &pdf::stream("", &now)))
}

#[test]
fn writing_the_base_again_unchanged_changes_nothing() {
    let base = &PAPERS.base;
    let page = object_with(base, b"/Type /Page\n");
    assert_eq!(rewritten(base, page, &body(base, page)), *base);
    let content = pdf::reference(base, page, "/Contents ");
    let plain = pdf::stream("", &pdf::unpacked(base, content));
    let paper = by(&PAPERS.forger, &rewritten(base, content, &plain), "party-1");
    assert_eq!(super::check(&paper).problems, []);
}

#[test]
fn hidden_text_is_refused() {
    let replaced = |from: &str, to: &str| {
        painted(|content| pdf::replace(content, from.as_bytes(), to.as_bytes()))
    };
    for (from, to) in [
        ("0 Tr", "3 Tr"),
        ("0 Tr", "7 Tr"),
        ("0 Tr", "1 g\n0 Tr"),
        ("0 Tr", "0.9 0.9 1 rg\n0 Tr"),
        ("/F0 16 Tf", "/F0 1 Tf"),
        (" Tm\n", " Tm\n1 0 0 1 90 -40 Tm\n"),
        (" Tm\n", " Tm\n1 0 0 1 900 400 Tm\n"),
    ] {
        assert_eq!(replaced(from, to), [Code::HiddenText], "{to}");
    }
}

#[test]
fn text_under_or_over_something_else_is_refused() {
    let all = "0 0 595 841 re f\nEMC\n";
    let over = painted(|content| [content, b"\n/Artifact BMC\n1 g\n", all.as_bytes()].concat());
    assert_eq!(over, [Code::HiddenText]);
    let under = painted(|content| [b"/Artifact BMC\n0 g\n", all.as_bytes(), content].concat());
    assert_eq!(under, [Code::Page]);
    let twice = painted(|content| {
        let start = pdf::find(content, b"BT\n").unwrap();
        let end = pdf::find(content, b"ET\n").unwrap() + 3;
        [
            content,
            b"\n/P <</MCID 99>> BDC\n",
            &content[start..end],
            b"EMC\n",
        ]
        .concat()
    });
    assert_eq!(twice, [Code::Page], "it is read again above where it ended");
}

#[test]
fn what_our_pages_never_use_is_refused() {
    for odd in [
        "0 0 9 9 re W n\n",
        "/G gs\n",
        "/X Do\n",
        "/C cs\n",
        "BT (ab) ' ET\n",
        "BT ET ET\n",
        "/Span /Named BDC EMC\n",
        "q\n",
        "/P <</MCID 0>> BDC\n",
        "0 0 m 9 9 l S\n",
        "BI ID EI\n",
        "1 2 3 4 5 6 7 8 9 10 re\n",
    ] {
        let codes = painted(|content| [content, b"\n", odd.as_bytes()].concat());
        assert_eq!(codes, [Code::Page], "{odd}");
    }
    let unmarked = painted(|content| {
        let start = pdf::find(content, b"BT\n").unwrap();
        let end = pdf::find(content, b"ET\n").unwrap() + 3;
        content[start..end].to_vec()
    });
    assert_eq!(unmarked, [Code::Page]);
}

/// The paper with other data.
fn carrying(change: impl FnOnce(&mut Value)) -> Vec<Code> {
    let base = &PAPERS.base;
    let file = object_with(base, b"/Type /EmbeddedFile");
    let mut data = serde_json::from_slice(&pdf::unpacked(base, file)).unwrap();
    change(&mut data);
    carrying_bytes(&canonical_json(&data))
}

fn carrying_bytes(data: &[u8]) -> Vec<Code> {
    let base = &PAPERS.base;
    let file = object_with(base, b"/Type /EmbeddedFile");
    signed(&rewritten(
        base,
        file,
        &pdf::stream("/Type/EmbeddedFile", data),
    ))
}

#[test]
fn data_that_differs_from_the_page_is_refused() {
    for (place, value) in [
        ("/number", json!("和平人调字〔2026〕第13号")),
        ("/organisation", json!("别的调委会")),
        ("/parties/0/name", json!("张三")),
        ("/parties/1/address", json!("别处")),
        ("/obligations/1/sum/figures", json!("9,234.05")),
        ("/obligations/1/sum/figures", json!("34.05")),
        ("/obligations/1/sum/figures", json!("1,234.0")),
        ("/obligations/1/sum/capital", json!("贰佰叁拾肆元零伍分")),
        (
            "/obligations/1/sum/capital",
            json!("玖仟贰佰叁拾肆元零伍分"),
        ),
        ("/obligations/1/by", json!("2027年12月31日前一次付清；")),
        ("/obligations/2/who", json!("欧阳建国")),
        ("/facts", json!("没有发生过争吵。")),
        ("/seal_field", json!("other")),
        ("/parties/0/field", json!("party-9")),
        ("/parties", json!([])),
        ("/obligations", json!([])),
        ("/obligations", json!("none")),
        ("/number", json!(12)),
    ] {
        let codes = carrying(|data| *data.pointer_mut(place).unwrap() = value.clone());
        assert_eq!(codes, [Code::Data], "{place} {value}");
    }
}

#[test]
fn data_with_parts_left_out_or_in_another_order_is_refused() {
    let obligations = |change: fn(&mut Vec<Value>)| {
        carrying(|data| change(data["obligations"].as_array_mut().unwrap()))
    };
    assert_eq!(obligations(|all| all.swap(0, 1)), [Code::Data]);
    assert_eq!(obligations(|all| drop(all.pop())), [Code::Data]);
    let fewer = carrying(|data| drop(data["parties"].as_array_mut().unwrap().pop()));
    assert_eq!(fewer, [Code::Data]);
}

#[test]
fn data_that_can_be_read_in_two_ways_is_refused() {
    let base = &PAPERS.base;
    let data = pdf::unpacked(base, object_with(base, b"/Type /EmbeddedFile"));
    let twice = [&b"{\"number\":\"1\","[..], &data[1..]].concat();
    let spaced = [&b"{ "[..], &data[1..]].concat();
    for data in [
        &twice[..],
        &spaced,
        b"",
        b"[]",
        b"{}",
        b"null",
        &data[..data.len() - 1],
    ] {
        assert_eq!(carrying_bytes(data), [Code::Data]);
    }
    let named = object_with(base, b"/Type /Filespec");
    let other = pdf::replace(&body(base, named), b"(agreement.json)", b"(agreement.html)");
    assert_eq!(signed(&rewritten(base, named, &other)), [Code::Data]);
}

#[test]
fn parts_that_act_or_come_and_go_are_refused() {
    let base = &PAPERS.base;
    let root = object_with(base, b"/Type /Catalog");
    let page = object_with(base, b"/Type /Page\n");
    let field = pdf::field(base, "party-1");
    let changed = |id: usize, from: &str, more: &str| {
        let to = format!("{more}{from}");
        signed(&rewritten(
            base,
            id,
            &pdf::replace(&body(base, id), from.as_bytes(), to.as_bytes()),
        ))
    };
    for (id, from, more, code) in [
        (
            root,
            "/Lang",
            "/OpenAction<</S/JavaScript/JS(1)>>",
            Code::Active,
        ),
        (root, "/Lang", "/OCProperties<</OCGs[]>>", Code::Active),
        (root, "/Lang", "/Collection<<>>", Code::Active),
        (
            root,
            "/EmbeddedFiles",
            "/JavaScript<</Names[]>>",
            Code::Active,
        ),
        (root, "/SigFlags", "/XFA()", Code::Active),
        (root, "/SigFlags", "/NeedAppearances true", Code::Active),
        (
            page,
            "/StructParents",
            "/AA<</O<</S/Launch/F(a)>>>>",
            Code::Active,
        ),
        (field, "/FT", "/A<</S/URI/URI(http:)>>", Code::Active),
        (page, "/StructParents", "/Group<<>>", Code::Page),
        (page, "/Font", "/XObject<<>>", Code::Page),
    ] {
        assert_eq!(changed(id, from, more), [code], "{more}");
    }
    let note = pdf::replace(
        &body(base, page),
        b"/Annots [",
        b"/Annots [<</Subtype/FreeText>> ",
    );
    assert_eq!(signed(&rewritten(base, page, &note)), [Code::Page]);
}

#[test]
fn a_look_that_hides_something_is_refused() {
    let papers = &*PAPERS;
    for look in [
        "1 g 0 0 200 60 re f",
        "1 1 0.9 rg 0 0 200 60 re f",
        "1 G 0 0 m 9 9 l S",
        "40 w 0 0 m 200 60 l S",
        "/X Do",
        "BT /F0 9 Tf (a) Tj ET",
        "/G gs",
        "(",
    ] {
        let written = Written {
            look: Some(look),
            ..Written::default()
        };
        let paper = pdf::signed(&papers.base, "party-1", &written, |digest| {
            papers
                .forger
                .signer
                .sign(digest, Some(&papers.forger.now()))
        });
        assert_eq!(refused(&paper), [Code::Look], "{look}");
    }
}

#[test]
fn data_that_say_less_more_or_nothing_of_what_the_page_says_are_refused() {
    for (place, value) in [
        ("/obligations/1/sum/figures", json!(1234.05)),
        ("/obligations/1/sum", Value::Null),
        ("/obligations/1/by", json!(20_271_231)),
        ("/obligations/0/does", json!("不练琴，并在琴脚加装减震垫")),
        ("/obligations/1/does", json!("应当向张䶮支付隔音")),
        ("/obligations/1/who", json!("建国")),
        ("/parties/0/name", Value::Null),
        ("/parties/0/name", json!("䶮")),
        ("/parties/0/role", json!("respondent")),
        ("/parties/1/address", json!("安宁市和平街道")),
        ("/cause", json!("噪声")),
        ("/facts", json!("张䶮住其楼下，多次上门和在业主群里交涉")),
        ("/undisputed", json!([])),
        ("/regime", json!("other")),
        ("/confirmable", json!(false)),
        ("/date", json!("2026-11-23")),
        ("/mediators/0/name", json!("和平")),
    ] {
        let codes = carrying(|data| *data.pointer_mut(place).unwrap() = value.clone());
        assert_eq!(codes, [Code::Data], "{place} {value}");
    }
    for place in ["", "/parties/0", "/obligations/1/sum"] {
        let codes = carrying(|data| {
            let all = data.pointer_mut(place).unwrap().as_object_mut().unwrap();
            all.insert("more".to_owned(), json!("9,999.00"));
        });
        assert_eq!(codes, [Code::Data], "{place}");
    }
}

#[test]
fn a_wording_that_nobody_knows_here_is_called_so() {
    let strange = |data: &mut Value| data["template"]["sha256"] = json!("0".repeat(64));
    assert_eq!(carrying(strange), [Code::Wording]);
    let nothing = carrying(|data| drop(data.as_object_mut().unwrap().remove("template")));
    assert_eq!(nothing, [Code::Wording]);
    let other = carrying(|data| {
        strange(data);
        data["obligations"][1]["sum"]["figures"] = json!("9,234.05");
    });
    assert_eq!(other, [Code::Data]);
}

/// Papers are read for years, and words are changed.
#[test]
fn a_wording_that_was_replaced_since_and_kept_alarms_nobody() {
    let file = "cn/zh-CN/agreement.txt";
    let (_, text) = forms::shipped_files()
        .find(|(path, _)| path == file)
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("papers").join(file);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, text.replace("法律后果告知", "法律后果")).unwrap();
    let texts = Texts::load(Some(folder.path())).unwrap();
    let (paper, roots) = (&PAPERS.archived, PAPERS.forger.roots());
    let report = verify::run_in(paper, (&roots, &[]), &texts);
    assert_eq!(report.problems, []);
    assert!(report.accepted);
    let told = verify::describe(&report, &texts, Locale::ZhCn).join("\n");
    assert!(!told.contains("措辞") && !told.contains("用语"), "{told}");
}

/// A paper in a wording that nobody knows, signed by the first.
fn in_strange_words(base: &[u8], field: &str) -> Vec<u8> {
    let file = object_with(base, b"/Type /EmbeddedFile");
    let mut data: Value = serde_json::from_slice(&pdf::unpacked(base, file)).unwrap();
    data["template"]["sha256"] = json!("0".repeat(64));
    let data = pdf::stream("/Type/EmbeddedFile", &canonical_json(&data));
    by(&PAPERS.forger, &rewritten(base, file, &data), field)
}

fn told(report: &verify::Report) -> [String; 2] {
    let texts = Texts::load(None).unwrap();
    [Locale::ZhCn, Locale::En].map(|it| verify::describe(report, &texts, it).join("\n"))
}

#[test]
fn a_wording_that_nobody_knows_throws_no_doubt_on_the_signatures() {
    let report = super::check(&in_strange_words(&PAPERS.base, "party-1"));
    assert!(report.whole && !report.accepted);
    assert!(report.is_only_worded_otherwise() && !report.is_from_elsewhere());
    let words = [
        ("签名有效；只是页面上的措辞", "无法确认来源"),
        (
            "the signatures are valid; but the wording",
            "cannot be confirmed",
        ),
    ];
    for (told, (calm, doubt)) in told(&report).iter().zip(words) {
        assert!(told.contains(calm) && !told.contains(doubt), "{told}");
    }
}

/// Whoever has a certificate of a service elsewhere could write any words, and name a wording that nobody knows.
#[test]
fn a_wording_that_nobody_knows_hides_not_that_nothing_is_ours() {
    let paper = in_strange_words(&PAPERS.base, "party-1");
    let mut report = verify::run(&paper, &PAPERS.forger.roots_elsewhere());
    assert_eq!(report.problems.len(), 1);
    assert_eq!(report.problems[0].code, Code::Wording);
    assert!(report.is_from_elsewhere() && !report.is_only_worded_otherwise());
    let words = [
        ("没有一处出自本平台", "只是页面上的措辞"),
        ("nothing in it comes from this platform", "but the wording"),
    ];
    for (told, (warning, calm)) in told(&report).iter().zip(words) {
        assert!(told.contains(warning) && !told.contains(calm), "{told}");
    }
    report.vouch();
    assert!(!report.is_from_elsewhere() && report.is_only_worded_otherwise());
}

/// Of an agreement and a ruling the values are looked for on the pages; of others nothing is.
#[test]
fn data_in_a_wording_that_nobody_knows_are_not_said_to_be_compared_where_they_are_not() {
    let write = |paper| heyi::documents::write(&paper).unwrap();
    for (base, name, field) in [
        (write(samples::ended()), "certificate.json", "seal"),
        (
            write(samples::joint_application()),
            "application.json",
            "party-1",
        ),
    ] {
        let report = super::check(&in_strange_words(&base, field));
        assert_eq!(report.uncompared, [name], "{:?}", report.problems);
        for told in told(&report) {
            assert!(told.contains(name), "{told}");
            assert!(
                !told.contains("逐项核对") && !told.contains("value by value"),
                "{told}"
            );
        }
    }
    let report = super::check(&in_strange_words(&PAPERS.base, "party-1"));
    assert!(report.uncompared.is_empty());
    let [chinese, english] = told(&report);
    assert!(chinese.contains("逐项核对") && english.contains("value by value"));
}
