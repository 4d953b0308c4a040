//! What integrators begin with: samples whose every file holds before other programs, and the record that tells old from new.

use std::path::{Path, PathBuf};
use std::process::Command;

use heyi::domain::hash::ContentHash;
use serde_json::Value;

use super::{run, text};
use crate::documents::checkers::{self, adesverify, pyhanko, verapdf};
use crate::support::http::Client;
use crate::support::server::Server;

async fn sample(kind: &str, signers: &str, folder: &Path) {
    let out = ["sample", kind, "--signers", signers, "--out", text(folder)];
    let (done, said) = run(&out, &[], "").await;
    assert!(done, "{said}");
}

/// What `heyi verify` says of a file of the folder beside a record of it.
async fn beside_record(folder: &Path, file: &str, record: &str) -> (bool, String) {
    let [file, record, roots] = [file, record, "roots.pem"].map(|name| folder.join(name));
    let trust = ["--trust", text(&roots), "--record", text(&record)];
    let verify = [&["verify", text(&file), "--language", "en"], &trust[..]].concat();
    run(&verify, &[], "").await
}

fn pdfs(folder: &Path) -> Vec<PathBuf> {
    let files = std::fs::read_dir(folder).unwrap();
    let files = files.map(|file| file.unwrap().path());
    files
        .filter(|file| file.extension().is_some_and(|kind| kind == "pdf"))
        .collect()
}

/// Those of the README with `heyi verify`, as they stand there.
async fn checked(folder: &Path) -> Vec<bool> {
    let readme = std::fs::read_to_string(folder.join("README.txt")).unwrap();
    let mut all = Vec::new();
    for command in readme
        .lines()
        .filter_map(|line| line.strip_prefix("  heyi "))
    {
        let inside = |word: &str| match folder.join(word) {
            file if file.is_file() => text(&file).to_owned(),
            _ => word.to_owned(),
        };
        let words: Vec<String> = command.split(' ').map(inside).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let (accepted, said) = run(&words, &[], "").await;
        assert!(!said.contains("error:"), "{command}: {said}");
        all.push(accepted);
    }
    all
}

/// The commands of the README with openssl, as they stand there.
fn openssl(folder: &Path) -> usize {
    let readme = std::fs::read_to_string(folder.join("README.txt")).unwrap();
    let commands = readme
        .lines()
        .filter_map(|line| line.strip_prefix("  openssl "));
    let mut checked = 0;
    for command in commands {
        let output = Command::new("openssl")
            .args(command.split(' '))
            .current_dir(folder)
            .output()
            .unwrap_or_else(|error| panic!("openssl is missing: {error}"));
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "openssl {command}: {said}");
        checked += 1;
    }
    checked
}

#[tokio::test]
async fn a_sample_holds_before_other_programs_and_its_record_knows_every_revision() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("agreement");
    sample("agreement", "5", &folder).await;
    let (newest, said) = beside_record(&folder, "sealed.pdf", "record.json").await;
    assert!(
        newest && said.contains("this is the newest revision"),
        "{said}"
    );
    for earlier in ["unsigned.pdf", "signed-1.pdf", "signed-5.pdf"] {
        let (accepted, said) = beside_record(&folder, earlier, "record.json").await;
        assert!(!accepted, "{earlier}: {said}");
        assert!(
            said.contains("others have signed since"),
            "{earlier}: {said}"
        );
        assert!(
            said.contains("A signature on record is missing here: Seal"),
            "{said}"
        );
    }
    let files = pdfs(&folder);
    assert_eq!(files.len(), 7);
    let (conform, said) = verapdf(&files);
    assert!(conform, "{said}");
    let (sealed, roots) = (folder.join("sealed.pdf"), folder.join("roots.pem"));
    let (valid, said) = pyhanko(&sealed, &roots);
    assert!(valid && said.matches("judged VALID").count() == 6, "{said}");
    let (valid, said) = adesverify(&sealed, &roots);
    assert!(valid, "{said}");
    assert_eq!(openssl(&folder), 3);
    assert_eq!(checked(&folder).await, [true, false, true]);
}

/// Whether somebody reads that, wherever the lines end.
fn reads(read: &str, words: &str) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<String>();
    plain(read).contains(&plain(words))
}

/// The newest file of a folder.
fn newest(folder: &Path) -> &'static str {
    let there = |name: &&str| folder.join(name).is_file();
    let names = [
        "sealed.pdf",
        "signed-20.pdf",
        "signed-1.pdf",
        "unsigned.pdf",
    ];
    names.into_iter().find(there).unwrap()
}

#[tokio::test]
async fn a_sample_of_every_kind_holds_in_both_languages_however_many_sign() {
    let folder = tempfile::tempdir().unwrap();
    let mut newest_of_all = Vec::new();
    for (kind, chinese, english) in [
        ("agreement", "调解协议书", "Settlement Agreement"),
        ("ruling", "民事裁定书", "Civil Ruling"),
        ("certificate", "调解终止证明", "Certificate of the End"),
        (
            "application",
            "司法确认申请书",
            "Application for Judicial Confirmation",
        ),
        ("dossier", "调解卷宗", "Mediation Dossier"),
    ] {
        for (lang, title) in [("zh-CN", chinese), ("en", english)] {
            for signers in ["1", "20"] {
                let folder = folder.path().join([kind, lang, signers].concat());
                let make = ["sample", kind, "--signers", signers, "--lang", lang];
                let out = ["--out", text(&folder)];
                let (done, said) = run(&[&make[..], &out].concat(), &[], "").await;
                assert!(done, "{said}");
                let newest = newest(&folder);
                let read = checkers::text(&folder.join(newest));
                assert!(reads(&read, title), "{kind} {lang}: {read}");
                newest_of_all.push(folder.join(newest));
                if kind == "dossier" {
                    continue;
                }
                let (holds, said) = beside_record(&folder, newest, "record.json").await;
                assert!(holds, "{kind} {lang} {signers}: {said}");
                assert!(said.contains("this is the newest revision"), "{said}");
            }
        }
    }
    let (conform, said) = verapdf(&newest_of_all);
    assert!(conform, "{said}");
}

#[tokio::test]
async fn an_agreement_in_two_languages_is_written_and_no_other_paper() {
    let folder = tempfile::tempdir().unwrap();
    let both = folder.path().join("both");
    let make = ["sample", "agreement", "--bilingual", "--lang", "en"];
    let out = ["--out", text(&both)];
    let (done, said) = run(&[&make[..], &out].concat(), &[], "").await;
    assert!(done, "{said}");
    let (holds, said) = beside_record(&both, "sealed.pdf", "record.json").await;
    assert!(holds, "{said}");
    let read = checkers::text(&both.join("sealed.pdf"));
    for title in ["调解协议书", "Settlement Agreement"] {
        assert!(reads(&read, title), "{read}");
    }
    let alone = ["sample", "ruling", "--bilingual", "--out", text(&both)];
    let (done, said) = run(&alone, &[], "").await;
    assert!(!done && said.contains("only an agreement"), "{said}");
}

#[tokio::test]
async fn a_record_that_somebody_changed_or_that_is_of_another_paper_says_nothing_for_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let [one, other] = ["one", "other"].map(|name| folder.path().join(name));
    sample("application", "2", &one).await;
    sample("application", "2", &other).await;
    let record = std::fs::read_to_string(one.join("record.json")).unwrap();
    for (from, to) in [
        ("\"complete\"", "\"signing\""),
        ("application", "agreement"),
    ] {
        std::fs::write(one.join("changed.json"), record.replace(from, to)).unwrap();
        let (accepted, said) = beside_record(&one, "signed-2.pdf", "changed.json").await;
        assert!(!accepted && said.contains("was changed"), "{said}");
    }
    // One by another authority.
    std::fs::copy(other.join("record.json"), one.join("other.json")).unwrap();
    let (accepted, said) = beside_record(&one, "signed-2.pdf", "other.json").await;
    assert!(!accepted && said.contains("not by an authority"), "{said}");
    // A true one, of another file.
    std::fs::copy(other.join("signed-2.pdf"), one.join("foreign.pdf")).unwrap();
    let (accepted, said) = beside_record(&one, "foreign.pdf", "record.json").await;
    assert!(!accepted && said.contains("another document"), "{said}");
}

#[tokio::test]
async fn the_record_of_a_ruling_knows_the_very_agreement_it_decides_on() {
    let folder = tempfile::tempdir().unwrap();
    for kind in ["ruling", "certificate", "dossier"] {
        sample(kind, "20", &folder.path().join(kind)).await;
    }
    let ruling = folder.path().join("ruling");
    let (newest, said) = beside_record(&ruling, "sealed.pdf", "record.json").await;
    assert!(newest, "{said}");
    let (decided, said) = beside_record(&ruling, "agreement.pdf", "record.json").await;
    assert!(
        decided && said.contains("the ruling in the record decides"),
        "{said}"
    );
    let about = async |agreement: &str| {
        let [ruling, agreement, roots] =
            ["sealed.pdf", agreement, "roots.pem"].map(|name| ruling.join(name));
        let trust = ["--trust", text(&roots), "--language", "en"];
        let verify = [&["verify", text(&ruling), text(&agreement)], &trust[..]].concat();
        run(&verify, &[], "").await
    };
    let (same, said) = about("agreement.pdf").await;
    assert!(same && said.contains("this very agreement"), "{said}");
    let (same, said) = about("unsigned.pdf").await;
    assert!(
        !same && said.contains("It is not about this agreement"),
        "{said}"
    );
    // What is said of a ruling stands beside a ruling alone.
    for (kind, told) in [("ruling", true), ("certificate", false), ("dossier", false)] {
        let readme = std::fs::read_to_string(folder.path().join(kind).join("README.txt"));
        let readme = readme.unwrap();
        assert_eq!(readme.contains("裁定"), told, "{kind}: {readme}");
    }
}

/// What in a piece of data is not as the schema says: which is missing, not described, or of another kind.
fn wrong(data: &Value, schema: &Value, all: &Value, at: &str) -> Vec<String> {
    if let Some(named) = schema["$ref"].as_str() {
        let named = named.strip_prefix('#').unwrap();
        return wrong(data, all.pointer(named).unwrap(), all, at);
    }
    if let Some(either) = schema["oneOf"].as_array() {
        let mut tried = either.iter().map(|one| wrong(data, one, all, at));
        return tried
            .find(Vec::is_empty)
            .map_or_else(|| vec![at.to_owned()], |_| vec![]);
    }
    let kind = match data {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let kinds = &schema["type"];
    let fits = *kinds == kind || kinds.as_array().is_some_and(|it| it.contains(&kind.into()));
    if !fits {
        return vec![format!("{at}: {kind}, not {kinds}")];
    }
    match data {
        Value::Array(items) => {
            let each = items.iter().enumerate();
            each.flat_map(|(number, it)| {
                wrong(it, &schema["items"], all, &format!("{at}/{number}"))
            })
            .collect()
        }
        Value::Object(fields) => {
            let known = &schema["properties"];
            let required = schema["required"].as_array().cloned().unwrap_or_default();
            let missing = required.iter().filter_map(Value::as_str);
            let missing = missing.filter(|name| !fields.contains_key(*name));
            let missing = missing.map(|name| format!("{at}/{name} is missing"));
            let inside = fields.iter().flat_map(|(name, it)| match known.get(name) {
                Some(schema) => wrong(it, schema, all, &format!("{at}/{name}")),
                None => vec![format!("{at}/{name} is not described")],
            });
            missing.chain(inside).collect()
        }
        _ => Vec::new(),
    }
}

/// The dossier is what the platform hands out: its data are as the interface describes them, and nothing lies beside it that no
/// dossier has.
#[tokio::test]
async fn the_dossier_of_a_sample_is_as_the_interface_describes_dossiers() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("data"), &[], &[]).await;
    let all = Client::new(&server.base)
        .get("/api/openapi.json")
        .await
        .json();
    let schema = &all["components"]["schemas"]["Dossier"];
    assert!(schema["required"].as_array().unwrap().len() > 10);
    for lang in ["zh-CN", "en"] {
        let out = folder.path().join(lang);
        let make = ["sample", "dossier", "--lang", lang, "--out", text(&out)];
        let (done, said) = run(&make, &[], "").await;
        assert!(done, "{said}");
        let data = std::fs::read(out.join("dossier.json")).unwrap();
        let mut data: Value = serde_json::from_slice(&data).unwrap();
        assert_eq!(wrong(&data, schema, &all, ""), [""; 0]);
        for (name, value) in data.as_object().unwrap() {
            let is_told = value.as_array().is_none_or(|it| !it.is_empty());
            assert!(
                is_told || ["exhibits", "decisions"].contains(&name.as_str()),
                "{name}"
            );
        }
        let agreement = std::fs::read(out.join("agreement.pdf")).unwrap();
        let hash = ContentHash::of(&agreement).to_string();
        assert_eq!(data["papers"][0]["sha256"], hash);
        let read = checkers::text(&out.join("unsigned.pdf"));
        for told in [
            &data["case"]["story"],
            &data["claims"][1]["text"],
            &data["agreement"]["obligations"][0]["act"],
            &data["evidence"][0]["sha256"],
        ] {
            assert!(
                reads(&read, told.as_str().unwrap().trim_end_matches('。')),
                "{told}: {read}"
            );
        }
        let due = &data["agreement"]["obligations"][1]["due"];
        assert_eq!(*due, "2026-12-31");
        for nowhere in ["record.json", "record-said.json", "inclusion.json"] {
            assert!(!out.join(nowhere).exists(), "{nowhere}");
        }
        assert_eq!(openssl(&out), 2);
        // The check itself finds what is not so.
        data["papers"][0]["sha256"] = Value::Null;
        data["more"] = Value::Null;
        data.as_object_mut().unwrap().remove("claims");
        let found = [
            "/claims is missing",
            "/more is not described",
            "/papers/0/sha256: null, not \"string\"",
        ];
        assert_eq!(wrong(&data, schema, &all, ""), found);
    }
}

/// What `heyi verify` says of a file beside a proof that it is under an anchor.
async fn beside_proof(folder: &Path, file: &str, proof: &str) -> (bool, String) {
    let [file, proof, roots] = [file, proof, "roots.pem"].map(|name| folder.join(name));
    let trust = ["--trust", text(&roots), "--inclusion", text(&proof)];
    let verify = [&["verify", text(&file), "--language", "en"], &trust[..]].concat();
    run(&verify, &[], "").await
}

#[tokio::test]
async fn a_proof_holds_for_its_file_without_any_database_and_a_false_way_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("agreement");
    sample("agreement", "2", &folder).await;
    let (holds, said) = beside_proof(&folder, "sealed.pdf", "inclusion.json").await;
    assert!(
        holds && said.contains("lies under the platform's anchor 1"),
        "{said}"
    );
    let (holds, said) = beside_proof(&folder, "signed-1.pdf", "inclusion.json").await;
    assert!(!holds && said.contains("is about another file"), "{said}");
    let proof = std::fs::read_to_string(folder.join("inclusion.json")).unwrap();
    let mut told: serde_json::Value = serde_json::from_str(&proof).unwrap();
    told["path"][0] = "0".repeat(64).into();
    std::fs::write(folder.join("false.json"), told.to_string()).unwrap();
    let (holds, said) = beside_proof(&folder, "sealed.pdf", "false.json").await;
    assert!(
        !holds && said.contains("does not lead to the root"),
        "{said}"
    );
}

#[tokio::test]
async fn samples_have_a_bound_and_overwrite_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let out = text(folder.path());
    for signers in ["0", "21"] {
        let wrong = ["sample", "agreement", "--signers", signers, "--out", out];
        let (done, why) = run(&wrong, &[], "").await;
        assert!(!done && why.contains("1..=20"), "{why}");
    }
    std::fs::write(folder.path().join("mine.txt"), "mine").unwrap();
    let (done, why) = run(&["sample", "agreement", "--out", out], &[], "").await;
    assert!(!done && why.contains("not empty"), "{why}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}
