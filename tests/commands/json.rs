//! What programs are told: the answer of `heyi verify --json` and its exit code, for every verdict that others build on.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::{run, text};
use crate::support::server::heyi;

/// Exit code and answer; nothing else is printed.
async fn answer(folder: &Path, file: &str, beside: &[(&str, &str)]) -> (Option<i32>, Value) {
    let (file, roots) = (folder.join(file), folder.join("roots.pem"));
    let mut verify = heyi();
    verify.args(["verify", "--json", text(&file), "--trust", text(&roots)]);
    for (option, name) in beside {
        verify.args([option, text(&folder.join(name))]);
    }
    let output = verify.output().await.unwrap();
    let answer = serde_json::from_slice(&output.stdout);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (
        output.status.code(),
        answer.unwrap_or_else(|error| panic!("{error}: {said}")),
    )
}

/// Which of the two it says, and the verdict behind it.
fn is(answer: &Value, whole: bool, accepted: bool, verdict: &str) {
    assert_eq!(answer["whole"], whole, "{answer}");
    assert_eq!(answer["accepted"], accepted, "{answer}");
    assert_eq!(answer["verdict"], verdict, "{answer}");
}

fn count(answer: &Value, list: &str) -> usize {
    answer[list].as_array().unwrap().len()
}

async fn sample(folder: &Path) {
    let make = ["sample", "agreement", "--out", text(folder)];
    let (done, said) = run(&make, &[], "").await;
    assert!(done, "{said}");
}

#[tokio::test]
async fn programs_tell_what_is_accepted_from_what_waits_is_refused_or_is_not_ours() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("agreement");
    sample(&folder).await;

    let (code, all) = answer(&folder, "sealed.pdf", &[]).await;
    assert_eq!(code, Some(0));
    is(&all, true, true, "accepted");
    assert_eq!((count(&all, "signatures"), count(&all, "unsigned")), (4, 0));
    assert_eq!(count(&all, "problems"), 0);
    assert!(all["archived_at"].is_string() && all["foreign"].is_null());
    let first = &all["signatures"][0];
    assert_eq!(first["field"], "party-1");
    assert!(
        first["intact"] == true && first["trusted"] == true,
        "{first}"
    );
    for member in ["serial", "pseudonym", "signed_at", "stamped_at"] {
        assert!(first[member].is_string(), "{member}: {first}");
    }
    assert_eq!(all["places"]["party-1"]["as"], "applicant");
    assert_eq!(all["history"][0]["added"], "signature");
    for absent in ["record", "included", "not_included"] {
        assert!(all.get(absent).is_none(), "nobody asked for {absent}");
    }

    let (code, some) = answer(&folder, "signed-1.pdf", &[]).await;
    assert_eq!(code, Some(3));
    is(&some, true, false, "waiting");
    assert_eq!(
        (count(&some, "signatures"), count(&some, "unsigned")),
        (1, 3)
    );
    let (code, none) = answer(&folder, "unsigned.pdf", &[]).await;
    assert_eq!(code, Some(3));
    is(&none, false, false, "unsigned");

    let mut changed = std::fs::read(folder.join("sealed.pdf")).unwrap();
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    std::fs::write(folder.join("changed.pdf"), changed).unwrap();
    let (code, refused) = answer(&folder, "changed.pdf", &[]).await;
    assert_eq!(code, Some(2));
    is(&refused, false, false, "refused");
    assert!(refused["problems"][0]["code"].is_string(), "{refused}");

    let mut empty = Command::new("qpdf");
    empty.arg("--empty").arg(folder.join("foreign.pdf"));
    assert!(empty.status().unwrap().success());
    let (code, foreign) = answer(&folder, "foreign.pdf", &[]).await;
    assert_eq!(code, Some(2));
    is(&foreign, false, false, "foreign");
    assert!(foreign["foreign"].is_object(), "{foreign}");
}

#[tokio::test]
async fn programs_learn_what_the_record_and_the_anchor_know_of_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("agreement");
    sample(&folder).await;
    let both = [
        ("--record", "record.json"),
        ("--inclusion", "inclusion.json"),
    ];

    let (code, newest) = answer(&folder, "sealed.pdf", &both).await;
    assert_eq!(code, Some(0));
    is(&newest, true, true, "accepted");
    assert_eq!(newest["record"]["standing"], "newest");
    assert!(newest["record"]["at"].is_string(), "{newest}");
    assert_eq!(newest["included"]["number"], 1);
    for member in ["at", "root"] {
        assert!(newest["included"][member].is_string(), "{newest}");
    }
    assert!(newest.get("not_included").is_none(), "{newest}");

    // Whole by itself, and good for nothing: others have signed since.
    let (code, earlier) = answer(&folder, "signed-1.pdf", &both[..1]).await;
    assert_eq!(code, Some(2));
    is(&earlier, true, false, "waiting");
    assert_eq!(earlier["record"]["standing"], "truncated");
    let missing = earlier["record"]["missing"].as_array().unwrap();
    assert_eq!(missing.len(), 3, "{earlier}");

    let (code, other) = answer(&folder, "signed-1.pdf", &both[1..]).await;
    assert_eq!(code, Some(2));
    assert_eq!(other["not_included"], "other-file");
    assert!(other.get("included").is_none() && other.get("record").is_none());
}
