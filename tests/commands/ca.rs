//! The keys of the certificates, as an operator makes, changes and keeps them.

use std::path::Path;
use std::process::Command;

use heyi::clock::Clock;
use heyi::config::Algorithm;
use heyi::documents::keys::Authority;

use super::{run, text};
use crate::support::server::Server;

const PASSPHRASE: &str = "an ordinary passphrase 7";
const SET: (&str, &str) = ("HEYI_KEYS__PASSPHRASE", PASSPHRASE);

/// What a command about keys answers; it does what was asked.
async fn ca(arguments: &[&str], data: &Path) -> String {
    let all = [&["ca"], arguments, &["--data", text(data)]].concat();
    let (done, said) = run(&all, &[SET], "").await;
    assert!(done, "{arguments:?}: {said}");
    assert!(!said.contains(PASSPHRASE), "{said}");
    said
}

async fn refused(arguments: &[&str], data: &Path, passphrase: &str) -> String {
    let all = [&["ca"], arguments, &["--data", text(data)]].concat();
    let (done, said) = run(&all, &[(SET.0, passphrase)], "").await;
    assert!(!done, "{arguments:?}: {said}");
    said
}

fn rows(said: &str) -> Vec<Vec<&str>> {
    said.lines()
        .map(|line| line.split('\t').collect())
        .collect()
}

fn states(said: &str) -> Vec<[&str; 2]> {
    rows(said).iter().map(|row| [row[0], row[4]]).collect()
}

/// What OpenSSL reads in a list, after it has checked whose it is.
fn openssl(list: &Path, roots: &Path) -> String {
    let output = Command::new("openssl")
        .args(["crl", "-inform", "DER", "-noout", "-text", "-CAfile"])
        .arg(roots)
        .arg("-in")
        .arg(list)
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8(said).unwrap();
    assert!(
        output.status.success() && said.contains("verify OK"),
        "{said}"
    );
    said
}

#[tokio::test]
async fn keys_are_made_once_rotated_and_opened_by_their_passphrase_alone() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let missing = refused(&["list"], &data, PASSPHRASE).await;
    assert!(missing.contains("heyi ca init"), "{missing}");
    let made = ca(&["init"], &data).await;
    let kinds = ["signing-root", "timestamp-root", "timestamps"];
    assert_eq!(states(&made), kinds.map(|kind| [kind, "at work"]));
    let again = refused(&["init"], &data, PASSPHRASE).await;
    assert!(again.contains("nothing overwrites"), "{again}");
    let wrong = refused(&["list"], &data, "another passphrase").await;
    assert!(
        wrong.contains("the passphrase does not open the keys"),
        "{wrong}"
    );
    let short = refused(&["list"], &data, "short").await;
    assert!(short.contains("keys.passphrase: shorter"), "{short}");
    let rotated = ca(&["rotate"], &data).await;
    let expected = [
        ["signing-root", "former"],
        ["signing-root", "at work"],
        ["timestamp-root", "at work"],
        ["timestamps", "former"],
        ["timestamps", "at work"],
    ];
    assert_eq!(states(&rotated), expected);
    assert_eq!(ca(&["list"], &data).await, rotated);

    // Under another passphrase, from a file.
    let file = folder.path().join("passphrase");
    std::fs::write(&file, "quite another passphrase\n").unwrap();
    let former = folder.path().join("former");
    std::fs::write(&former, PASSPHRASE).unwrap();
    let reseal = [
        "ca",
        "reseal",
        "--former",
        text(&former),
        "--data",
        text(&data),
    ];
    let set = [("HEYI_KEYS__PASSPHRASE_FILE", text(&file))];
    let (done, said) = run(&reseal, &set, "").await;
    assert!(done, "{said}");
    let list = ["ca", "list", "--data", text(&data)];
    assert_eq!(run(&list, &set, "").await, (true, rotated));
    refused(&["list"], &data, PASSPHRASE).await;
}

#[tokio::test]
async fn what_is_taken_back_stands_in_lists_that_others_read() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let made = ca(&["init"], &data).await;
    let serial = rows(&made)[2][2].to_owned();
    let words = ["crl", "--revoke", &serial, "--reason", "key-compromise"];
    let said = ca(&words, &data).await;
    assert!(
        said.contains("a key of the timestamps; another is at work"),
        "{said}"
    );
    let listed = ca(&["list"], &data).await;
    assert!(listed.contains(": key-compromise"), "{listed}");
    let roots = data.join("authority/authority.crt");
    for number in [1, 2] {
        let list = data.join(format!("authority/root-{number}.crl"));
        let read = openssl(&list, &roots);
        let digits = serial.to_ascii_uppercase();
        assert!(
            read.contains(&digits) && read.contains("Key Compromise"),
            "{read}"
        );
    }
    let root = rows(&listed)[0][2].to_owned();
    let why = refused(&["crl", "--revoke", &root], &data, PASSPHRASE).await;
    assert!(why.contains("heyi ca rotate"), "{why}");
    let why = refused(&["crl", "--revoke", "xyz"], &data, PASSPHRASE).await;
    assert!(why.contains("no serial number"), "{why}");
    let why = refused(
        &["crl", "--revoke", "00aa", "--reason", "boredom"],
        &data,
        PASSPHRASE,
    )
    .await;
    assert!(why.contains("superseded"), "{why}");
}

#[tokio::test]
async fn keys_that_are_kept_elsewhere_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let (data, other) = (folder.path().join("data"), folder.path().join("other"));
    let made = ca(&["init"], &data).await;
    let file = folder.path().join("keys");
    let secret = folder.path().join("secret");
    std::fs::write(&secret, "the passphrase of the safe").unwrap();
    let backup = [
        "backup",
        "--out",
        text(&file),
        "--passphrase-file",
        text(&secret),
    ];
    ca(&backup, &data).await;
    let twice = refused(&backup, &data, PASSPHRASE).await;
    assert!(twice.contains("File exists"), "{twice}");
    let restore = ["restore", text(&file), "--passphrase-file", text(&secret)];
    assert_eq!(ca(&restore, &other).await, made);
    let over = refused(&restore, &other, PASSPHRASE).await;
    assert!(over.contains("nothing overwrites"), "{over}");
    let third = folder.path().join("third");
    let closed = refused(&["restore", text(&file)], &third, PASSPHRASE).await;
    assert!(closed.contains("does not open"), "{closed}");
}

/// Of an installation whose roots are eighteen years old.
#[tokio::test]
async fn the_end_of_a_root_is_told_years_before_by_the_start_and_by_check_config() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let now = Clock::system().now();
    let then = Clock::fixed(now - jiff::SignedDuration::from_hours(24 * 365 * 18));
    let by = (Algorithm::P256, &then);
    Authority::init(&data.join("authority"), PASSPHRASE.as_bytes(), by).unwrap();
    let checked = async || {
        let (done, said) = run(&["check-config", "--data", text(&data)], &[SET], "").await;
        assert!(done, "{said}");
        said
    };
    let told = [
        "heyi document authority runs out on 20",
        "`heyi ca rotate signing` makes the next",
        "heyi timestamp authority runs out on 20",
        "`heyi ca rotate timestamp-root` makes the next",
    ];
    let said = checked().await;
    assert!(told.iter().all(|it| said.contains(it)), "{said}");
    let server = Server::start(&data, &[], &[SET]).await;
    assert!(told.iter().all(|it| server.tells(it)));
    ca(&["rotate", "signing"], &data).await;
    let said = checked().await;
    assert_eq!(told.map(|it| said.contains(it)), [false, false, true, true]);
    ca(&["rotate", "timestamp-root"], &data).await;
    let said = checked().await;
    assert!(!said.contains("warning"), "{said}");
}

#[tokio::test]
async fn no_log_ever_holds_the_passphrase() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let loud = [SET, ("RUST_LOG", "trace")];
    let (done, said) = run(&["ca", "init", "--data", text(&data)], &loud, "").await;
    assert!(done && !said.contains(PASSPHRASE), "{said}");
    let server = Server::start(&data, &[], &loud).await;
    assert!(server.tells("TRACE"), "the log is loud");
    assert!(!server.tells(PASSPHRASE));
    let (done, said) = run(&["check-config", "--data", text(&data)], &loud, "").await;
    assert!(
        done && said.contains("(withheld)") && !said.contains(PASSPHRASE),
        "{said}"
    );
    drop(server);
    let wrong = [(SET.0, "some other passphrase"), ("RUST_LOG", "trace")];
    let (done, said) = run(&["serve", "--data", text(&data)], &wrong, "").await;
    assert!(
        !done && said.contains("the passphrase does not open the keys"),
        "{said}"
    );
    assert!(!said.contains("some other passphrase"));
}

/// Whoever finds the disk of a backup signs in nobody's name.
#[tokio::test]
async fn a_backup_has_no_keys_that_the_master_key_in_it_opens() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let (data, copy, again) = (path("data"), path("copy"), path("again"));
    let secret = path("secret");
    std::fs::write(&secret, PASSPHRASE).unwrap();
    let does = async |words: &[&str], set: &[(&str, &str)]| {
        let (done, said) = run(words, set, "").await;
        assert!(done, "{words:?}: {said}");
        said
    };
    does(&["migrate", "--data", text(&data)], &[]).await;
    let open = "whoever has the data folder signs in everybody's name";
    let said = does(&["check-config", "--data", text(&data)], &[]).await;
    assert!(said.contains(open), "{said}");
    let said = does(&["backup", "--data", text(&data), text(&copy)], &[]).await;
    assert!(said.contains("heyi ca backup"), "{said}");
    assert!(!copy.join("authority/keys.sealed").exists());
    assert!(copy.join("authority/authority.crt").exists());

    // Nothing makes other keys in the place of those, under which papers were signed.
    does(&["restore", text(&copy), "--data", text(&again)], &[]).await;
    let (done, said) = run(&["migrate", "--data", text(&again)], &[], "").await;
    assert!(!done && said.contains("heyi ca restore"), "{said}");
    let keys = path("keys");
    let own = ["--passphrase-file", text(&secret)];
    let back_up = ["ca", "backup", "--data", text(&data), "--out", text(&keys)];
    does(&[back_up.as_slice(), &own].concat(), &[]).await;
    let restore = ["ca", "restore", text(&keys), "--data", text(&again)];
    does(&[restore.as_slice(), &own].concat(), &[]).await;
    does(&["migrate", "--data", text(&again)], &[]).await;
    let roots = |data: &Path| std::fs::read(data.join("authority/authority.crt")).unwrap();
    assert_eq!(roots(&again), roots(&data));

    // Under a passphrase they are copied as they lie.
    does(&["ca", "reseal", "--data", text(&data)], &[SET]).await;
    let said = does(&["check-config", "--data", text(&data)], &[SET]).await;
    assert!(!said.contains(open), "{said}");
    let sealed = path("sealed");
    let said = does(&["backup", "--data", text(&data), text(&sealed)], &[SET]).await;
    assert!(!said.contains("heyi ca backup"), "{said}");
    assert!(sealed.join("authority/keys.sealed").exists());
}
