//! Templates are read strictly, filled safely, and held to samples.

use proptest::prelude::*;
use serde_json::json;

use super::*;

const COMMON: &str = r#"version = "1"
caption = "Scan"
heading = "{{ number }}) {{ title }}"
numerals = ["I", "II"]
clause = "{{ number }}."
term = "({{ number }})"
list = ", "
day = "{{ day }} {{ month }} {{ year }}"
months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]

[phrases]
who = "{{ one.name }}{% if one.age %} ({{ one.age }}){% endif %}"

[words.role]
asks = "Applicant"
"#;

fn form(text: &str) -> Result<Form, FormError> {
    let source = |text: &str| ("a.txt".to_owned(), text.to_owned());
    let common = Arc::new(Common::parse(&source(COMMON)).unwrap());
    Form::parse(("cn", "en"), &source(text), (&source(COMMON), &common))
}

fn body(lines: &str) -> Result<Form, FormError> {
    form(&format!(
        "version = \"2026-11-1\"\ntitle = \"T\"\n---\n{lines}\n"
    ))
}

fn pieces(lines: &str, data: &Value) -> Vec<Piece> {
    let filled = body(lines).unwrap().fill(data).unwrap();
    filled.pieces.into_iter().map(|(_, piece)| piece).collect()
}

fn paragraph(text: &str) -> Piece {
    Piece::Paragraph(text.to_owned())
}

fn heading(text: &str) -> Piece {
    Piece::Heading(text.to_owned())
}

#[test]
fn every_kind_of_line_becomes_its_piece() {
    let data = json!({ "people": [{ "name": "A", "age": 3 }, { "name": "B", "age": null }],
        "day": "2026-11-22", "at": "2026-11-22T02:00:00Z", "role": "asks", "does": "pays." });
    let lines = "# One\n> To {{ people | names }}\n| who | a {{ role | role }} |\n\n| when | {{ day | day }}\n# Two\n\
        {% for one in people %}\n1. {% say who %}\n(1) {{ does | bare }}!\n{% endfor %}\n!! Mind\n! at {{ at | moment }}\n\
        \\# no heading\n@hand party-1 | A\n@seal seal | S | O | {{ day | day }}\n{# a remark #}";
    let row = |label: &str, value: &str| Piece::Row {
        label: label.to_owned(),
        value: value.to_owned(),
    };
    let clause = |number: &str, text: &str| Piece::Clause {
        number: number.to_owned(),
        text: text.to_owned(),
    };
    let term = || Piece::Term {
        number: "(1)".to_owned(),
        text: "pays!".to_owned(),
    };
    assert_eq!(
        pieces(lines, &data),
        [
            heading("I) One"),
            Piece::Flush("To A, B".to_owned()),
            row("who", "a Applicant"),
            Piece::Gap,
            row("when", "22 November 2026"),
            heading("II) Two"),
            clause("1.", "A (3)"),
            term(),
            clause("2.", "B"),
            term(),
            Piece::NoticeTitle("Mind".to_owned()),
            Piece::Notice("at 2026-11-22 10:00".to_owned()),
            paragraph("# no heading"),
            Piece::Hand {
                field: "party-1".to_owned(),
                label: "A".to_owned(),
            },
            Piece::Seal {
                field: "seal".to_owned(),
                label: "S".to_owned(),
                organisation: "O".to_owned(),
                date: "22 November 2026".to_owned(),
            },
        ]
    );
}

#[test]
fn what_was_chosen_decides_and_what_nobody_foresaw_is_an_error() {
    let lines = "{% choose outcome %}\n{% when valid %}\nyes\n{% when refused %}\nno: {{ outcome.refused.why }}\n{% endchoose %}\n\
        {% if not late %}\nin time{% if by %} by {{ by }}{% else %}!{% endif %}\n{% endif %}";
    let said = |data: Value| pieces(lines, &data);
    assert_eq!(
        said(json!({ "outcome": "valid", "late": true, "by": "" })),
        [paragraph("yes")]
    );
    assert_eq!(
        said(json!({ "outcome": { "refused": { "why": "x" } }, "late": false, "by": " " })),
        [paragraph("no: x"), paragraph("in time!")]
    );
    let unforeseen = body(lines).unwrap().fill(&json!({ "outcome": "other" }));
    assert_eq!(
        unforeseen.unwrap_err().to_string(),
        "a.txt:4: there is no `{% when other %}`"
    );
}

#[test]
fn a_slip_in_a_template_is_named_with_its_line() {
    for (lines, line, what) in [
        ("x\n{{ a", 5, "never closed"),
        ("{{ a | shout }}", 4, "no filter `shout`"),
        ("{% say nothing %}", 4, "no phrase"),
        ("- one", 4, "no line begins with `-`"),
        ("#one", 4, "no line begins with `#`"),
        ("@stamp a | b", 4, "no line begins with `@`"),
        ("| a | b | c |", 4, "2 parts"),
        ("@seal a | b", 4, "4 parts"),
        ("{% for a in b %}\nx", 4, "without its `{% endfor %}`"),
        ("x\n{% endif %}", 5, "ends nothing"),
        ("{% if a %}\nx\n{% endfor %}", 6, "`{% endif %}` belongs"),
        ("{% while a %}", 4, "ends nothing"),
        ("a {% if b %} c", 4, "no `{% endif %}` in its line"),
        ("{{ a b }}", 4, "not the name of a field"),
        ("a }} b", 4, "belongs to nothing"),
        (
            "{% choose a %}\nx\n{% when b %}\ny\n{% endchoose %}",
            4,
            "before the first",
        ),
    ] {
        let error = body(lines).unwrap_err();
        assert_eq!(error.line, line, "{lines}: {error}");
        assert!(error.what.contains(what), "{lines}: {error}");
    }
    for (head, line, what) in [
        ("title = \"T\"\n---\n", 1, "version"),
        ("version = \"1\"\ntitel = \"T\"\n---\n", 2, "titel"),
        (
            "version = \" \"\ntitle = \"T\"\n---\n",
            1,
            "version is empty",
        ),
        ("version = \"1\"\ntitle = \"{{\"\n---\n", 2, "never closed"),
        ("version = \"1\"\ntitle = \"T\"\n", 1, "---"),
    ] {
        let error = form(head).unwrap_err();
        assert_eq!(error.line, line, "{head}: {error}");
        assert!(error.what.contains(what), "{head}: {error}");
    }
}

#[test]
fn a_field_that_is_not_there_is_an_error_and_never_an_empty_place() {
    for (lines, data, what) in [
        ("{{ a }}", json!({}), "there is no `a`"),
        ("{{ a.b }}", json!({ "a": {} }), "there is no `b`"),
        ("{{ a }}", json!({ "a": null }), "may be missing"),
        ("{{ a }}", json!({ "a": [] }), "is no text"),
        ("{{ a | role }}", json!({ "a": "judge" }), "has no words"),
        ("{{ a | day }}", json!({ "a": "soon" }), "is no day"),
        (
            "{% for b in a %}\nx\n{% endfor %}",
            json!({ "a": 1 }),
            "is no list",
        ),
        ("! x", json!({}), "begins with `!!`"),
        ("(1) x", json!({}), "under a clause"),
        ("# a\n# b\n# c", json!({}), "numerals"),
    ] {
        let error = body(lines).unwrap().fill(&data).unwrap_err();
        assert!(error.what.contains(what), "{lines}: {error}");
    }
}

proptest! {
    /// Whatever somebody wrote, it stays where it was put: no more pieces, no other pieces, nothing executed.
    #[test]
    fn no_text_of_a_person_changes_the_structure(
        text in "(\\PC|\n|\r|\\{\\{ secret \\}\\}|\\{% endfor %\\}|\n# |\n\\| a \\| b \\||\n@seal |\n1\\. |!! ){0,12}",
    ) {
        let lines = "# {{ a }}\n{{ a }}\n> {{ a }}\n| {{ a }} | {{ a }} |\n{% for b in list %}\n1. {{ b }}\n(1) {{ b | bare }}\n\
            {% endfor %}\n!! {{ a }}\n! {{ a }}\n{{ a | lines }}\n@hand f | {{ a }}\n@seal s | {{ a }} | {{ a }} | {{ a }}";
        let said = |text: &str| pieces(lines, &json!({ "a": text, "list": [text, text], "secret": "SECRET" }));
        let (plain, theirs) = (said("x"), said(&text));
        prop_assert_eq!(plain.len(), theirs.len());
        for (plain, theirs) in plain.iter().zip(&theirs) {
            prop_assert_eq!(plain.name(), theirs.name());
            let told = format!("{theirs:?}");
            prop_assert!(!told.contains("SECRET"));
        }
        let Piece::Paragraph(said) = &theirs[1] else { panic!("{theirs:?}") };
        prop_assert!(!said.chars().any(char::is_control));
    }
}

#[test]
fn a_hash_tells_the_wording_and_a_file_of_another_editor_reads_the_same() {
    let one = body("x").unwrap().mark;
    assert_eq!(
        (one.version.as_str(), one.language.as_str()),
        ("2026-11-1", "en")
    );
    assert_eq!(one.sha256.len(), 64);
    assert_ne!(one.sha256, body("y").unwrap().mark.sha256);
    let saved = plain_text((0, ("a.txt".to_owned(), "\u{feff}a\r\nb\r\n".to_owned())));
    assert_eq!(saved.1.1, "a\nb\n");
}

#[test]
fn a_jurisdiction_needs_every_file_and_no_other() {
    let missing = Forms::load(None, "atlantis").unwrap_err().to_string();
    assert!(
        missing.contains("papers/atlantis/zh-CN/common.txt"),
        "{missing}"
    );
    assert!(missing.contains("missing"), "{missing}");
    let folder = tempfile::tempdir().unwrap();
    let papers = folder.path().join("papers/cn/zh-CN");
    std::fs::create_dir_all(&papers).unwrap();
    std::fs::write(papers.join("slipp.txt"), "").unwrap();
    let unknown = Forms::load(Some(folder.path()), "cn")
        .unwrap_err()
        .to_string();
    assert!(
        unknown.contains("slipp.txt:1: no paper has this name"),
        "{unknown}"
    );
}

#[test]
fn a_wording_that_was_replaced_is_still_known_where_it_was_kept() {
    let shipped = super::shipped_files().find(|(path, _)| path == "cn/zh-CN/slip.txt");
    let (_, text) = shipped.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let put = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let load = || Forms::load(Some(folder.path()), HOME).unwrap();
    let mark = |forms: &Forms| forms.of(Locale::ZhCn, "slip").unwrap().mark.sha256.clone();
    let shipped = mark(&load());
    let other = |version: &str| text.replace("2026-11-1", version);
    put("papers/cn/zh-CN/slip.txt", &other("2026-11-2"));
    let first = mark(&load());
    put("papers/cn/zh-CN/slip.txt", &other("2026-11-3"));
    let second = mark(&load());
    assert_ne!(first, second);
    assert!(load().known((Locale::ZhCn, "slip"), &first).is_none());
    put("papers/cn/before/first/zh-CN/slip.txt", &other("2026-11-2"));
    put(
        "data/districts/x/papers/zh-CN/slip.txt",
        &other("2026-11-4"),
    );
    put(
        "districts/y/papers/before/1/zh-CN/slip.txt",
        &other("2026-11-5"),
    );
    let forms = load();
    assert_eq!(mark(&forms), second);
    let of = |version: &str| {
        put("papers/cn/zh-CN/slip.txt", &other(version));
        mark(&load())
    };
    for hash in [shipped, first, second, of("2026-11-4"), of("2026-11-5")] {
        assert!(forms.known((Locale::ZhCn, "slip"), &hash).is_some());
        assert!(forms.known((Locale::En, "slip"), &hash).is_none());
        assert!(forms.known((Locale::ZhCn, "agreement"), &hash).is_none());
    }
}
