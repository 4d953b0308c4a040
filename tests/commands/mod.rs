//! The commands of the binary, called as an operator calls them.

mod archive;
mod audit;
mod ca;
mod ending;
mod json;
mod leaf;
mod samples;
mod serving;
mod wording;

use std::path::Path;
use std::process::Stdio;

use tokio::io::AsyncWriteExt;

use crate::support::server::{Server, heyi};

/// Whether a command did what was asked, and all that it said.
async fn run(arguments: &[&str], environment: &[(&str, &str)], input: &str) -> (bool, String) {
    let mut process = heyi()
        .args(arguments)
        .envs(environment.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = process.stdin.take().unwrap();
    stdin.write_all(input.as_bytes()).await.unwrap();
    drop(stdin);
    let output = process.wait_with_output().await.unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(said).unwrap())
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A committee comes in from tables, after what is wrong with them has been named, and goes out again.
async fn tables(data: &Path, folder: &Path) {
    let office = folder.join("office");
    std::fs::create_dir(&office).unwrap();
    let write = |name: &str, text: &str| std::fs::write(office.join(name), text).unwrap();
    write("areas.csv", "path,name_zh,name_en\nhefeng,和风区,Hefeng\n");
    let heads = "key,kind,name_zh,name_en,prefix,area,address,phone,hours_zh,hours_en";
    let body = "liuyin,people,柳荫调委会,Liuyin,柳荫,hefeng,和风路1号,19900009001,9点到17点,9-17";
    write(
        "organisations.csv",
        &format!("{heads}\n{}\n", body.replace("people", "guild")),
    );
    let import = ["office", "import", "--data", text(data), text(&office)];
    let (done, said) = run(&import, &[], "").await;
    assert!(
        !done && said.contains("organisations.csv, row 2, kind: "),
        "{said}"
    );
    write("organisations.csv", &format!("{heads}\n{body}\n"));
    let try_out = [import.as_slice(), &["--dry-run"]].concat();
    let (done, said) = run(&try_out, &[], "").await;
    assert!(
        done && said.contains("organisations.csv: 1 would be added"),
        "{said}"
    );
    let (done, said) = run(&import, &[], "").await;
    assert!(
        done && said.contains("organisations.csv: 1 added, 0 changed"),
        "{said}"
    );
    let (done, said) = run(&import, &[], "").await;
    assert!(
        done && said.contains("organisations.csv: 0 added, 0 changed"),
        "{said}"
    );
    let given = folder.join("given");
    let export = ["office", "export", "--data", text(data), text(&given)];
    let (done, said) = run(&export, &[], "").await;
    assert!(done, "{said}");
    let given = std::fs::read_to_string(given.join("organisations.csv")).unwrap();
    assert!(given.contains("liuyin,people,柳荫调委会"), "{given}");
}

#[tokio::test]
async fn an_empty_installation_says_how_to_begin_and_takes_organisations_and_staff() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = Server::start(&data, &[], &[]).await;
    assert!(
        server.said().contains("Nobody works here yet"),
        "{}",
        server.said()
    );

    // While the server runs.
    tables(&data, folder.path()).await;
    let add = [
        "user",
        "add",
        "--data",
        text(&data),
        "luyue",
        "--name",
        "陆晓月",
        "--mail",
        "luyue@heyi.test",
        "--organisation",
        "柳荫",
        "--role",
        "mediator",
        "--role",
        "seal_holder",
        "--field",
        "noise",
    ];
    let (before, after) = (add[..7].iter(), add[9..].iter());
    let nowhere: Vec<&str> = before.chain(after).copied().collect();
    let (reached, why) = run(&nowhere, &[], "correct horse battery\n").await;
    assert!(!reached && why.contains("--phone"), "{why}");
    let (short, why) = run(&add, &[], "short\n").await;
    assert!(!short && why.contains("shorter"), "{why}");
    let (added, said) = run(&add, &[], "correct horse battery\n").await;
    assert!(added, "{said}");
    let (again, why) = run(&add, &[], "correct horse battery\n").await;
    assert!(!again && why.contains("belongs to somebody else"), "{why}");
    for verb in ["reset-totp", "disable"] {
        let (done, said) = run(&["user", verb, "--data", text(&data), "luyue"], &[], "").await;
        assert!(done, "{said}");
        let (unknown, _) = run(&["user", verb, "--data", text(&data), "nobody"], &[], "").await;
        assert!(!unknown);
    }
    let listed = run(&["user", "list", "--data", text(&data)], &[], "").await;
    let line = "luyue\t陆晓月\tmediator of 柳荫, seal_holder of 柳荫\tdisabled\n";
    assert_eq!(listed, (true, line.to_owned()));
}

#[tokio::test]
async fn a_demo_town_and_a_real_one_never_share_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let (real, invented) = (folder.path().join("real"), folder.path().join("demo"));
    let (migrated, said) = run(&["migrate", "--data", text(&real)], &[], "").await;
    assert!(migrated, "{said}");
    let serve = ["serve", "--listen", "127.0.0.1:0", "--data"];
    let over_real = [serve.as_slice(), &[text(&real), "--demo"]].concat();
    let (refused, why) = run(&over_real, &[], "").await;
    assert!(!refused && why.contains("not made by --demo"), "{why}");
    let database = crate::support::postgres::fresh_database().await;
    let database = [("HEYI_DATABASE", database.as_str())];
    let other = folder.path().join("other");
    let (migrated, said) = run(&["migrate", "--data", text(&other)], &database, "").await;
    assert!(migrated, "{said}");
    let fresh = folder.path().join("fresh");
    let over_database = [serve.as_slice(), &[text(&fresh), "--demo"]].concat();
    let (refused, why) = run(&over_database, &database, "").await;
    assert!(!refused && why.contains("never share one"), "{why}");
    drop(Server::start(&invented, &["--demo"], &[]).await);
    let over_demo = [serve.as_slice(), &[text(&invented)]].concat();
    let (refused, why) = run(&over_demo, &[], "").await;
    assert!(!refused && why.contains("holds a demo town"), "{why}");
}

#[tokio::test]
async fn settings_come_from_file_and_environment_and_unknown_ones_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("heyi.toml");
    std::fs::write(
        &file,
        "listen = '127.0.0.1:9'\n[mail]\nhost = 'a'\nfrom = 'a@b.test'\n",
    )
    .unwrap();
    let check = ["check-config", "--config", text(&file)];
    let environment = [
        ("HEYI_LISTEN", "127.0.0.1:10"),
        ("HEYI_MAIL__USER", "u"),
        ("HEYI_MAIL__PASSWORD", "hunter2"),
    ];
    let (accepted, said) = run(&check, &environment, "").await;
    assert!(accepted && said.contains("127.0.0.1:10"), "{said}");
    assert!(
        said.contains("user: Some") && !said.contains("hunter2"),
        "{said}"
    );
    std::fs::write(folder.path().join("wrong.toml"), "[rtc]\nannonce = []\n").unwrap();
    let wrong = folder.path().join("wrong.toml");
    let (refused, why) = run(&["serve", "--config", text(&wrong)], &[], "").await;
    assert!(!refused && why.contains("`annonce`"), "{why}");
    for name in ["HEYI_LISEN", "HEYI_MAIL__PROT"] {
        let (refused, why) = run(&check, &[(name, "1")], "").await;
        let key = name.rsplit('_').next().unwrap().to_lowercase();
        assert!(!refused && why.contains(&format!("`{key}`")), "{why}");
    }
}

#[tokio::test]
async fn words_are_erased_of_a_matter_that_is_there_for_somebody_who_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (done, said) = run(&["migrate", "--data", text(&data)], &[], "").await;
    assert!(done, "{said}");
    let erase = async |asked_by: &str, why: &str| {
        let number = "和调〔2026〕000001号";
        let words = ["erase", "words", "--data", text(&data), number];
        let reason = ["--asked-by", asked_by, "--why", why];
        run(&[words.as_slice(), &reason].concat(), &[], "").await
    };
    for (asked_by, why, told) in [
        ("claimant", "本人要求", "there is no matter"),
        ("mayor", "本人要求", "claimant, respondent"),
        ("period", " ", "--why says nothing"),
    ] {
        let (done, said) = erase(asked_by, why).await;
        assert!(!done && said.contains(told), "{said}");
    }
    let (done, said) = run(&["erase", "list", "--data", text(&data)], &[], "").await;
    assert!(done && !said.contains("000001"), "{said}");
}
