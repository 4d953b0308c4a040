//! Signatures and timestamps of services elsewhere, which run with libraries that are not ours.

use std::path::Path;
use std::process::Command;

use heyi::clock::Clock;
use heyi::documents::keys::{Authority, Signer};
use heyi::documents::outside::Outside;
use heyi::documents::record::{History, Record, State};
use heyi::documents::samples::COMMITTEE;
use heyi::documents::verify::Verdict;
use heyi::documents::{Look, SignError, Signing, sign, verify, write};
use heyi::i18n::{Locale, Texts};
use serde_json::json;

use super::checkers::{pyhanko, qpdf};
use super::samples;
use crate::support::outside::Elsewhere;

fn authority(
    elsewhere: &Elsewhere,
    signer: Option<&str>,
    stamps: Option<(&str, &str)>,
) -> Authority {
    let keys = elsewhere.keys(signer, stamps);
    let outside = Outside::open(&keys).unwrap();
    let own = Authority::create(&Clock::system()).unwrap();
    own.with(outside).unwrap()
}

/// One signature on a fresh paper.
fn first(authority: &Authority) -> Result<Vec<u8>, SignError> {
    let clock = Clock::system();
    let paper = write(&samples::settlement()).unwrap();
    let signer = Signer {
        name: "张䶮".to_owned(),
        organisation: None,
        pseudonym: "0123456789abcdef".repeat(2),
    };
    let signing = Signing {
        field: "party-1",
        signer: &signer,
        look: &Look::Typed("张䶮".to_owned()),
        reason: "同意",
        now: clock.now(),
    };
    sign(&paper, &signing, authority, &clock)
}

fn refusal(authority: &Authority) -> String {
    first(authority).unwrap_err().to_string()
}

/// A paper that all have signed, before our verifier and pyHanko; who said the time.
fn judged(authority: &Authority, folder: &Path) -> verify::Report {
    let report = read(authority, folder);
    assert!(report.accepted, "{:?}", report.problems);
    report
}

/// The same, whatever it comes to.
fn read(authority: &Authority, folder: &Path) -> verify::Report {
    let clock = Clock::system();
    let revisions = samples::signed_by_all(&samples::settlement(), authority, &clock);
    let last = revisions.last().unwrap();
    let report = verify::run(last, &authority.roots().unwrap());
    assert_eq!(report.problems, []);
    assert!(report.archived_at.is_some());
    let (paper, roots) = (folder.join("paper.pdf"), folder.join("roots.pem"));
    std::fs::write(&paper, last).unwrap();
    std::fs::write(&roots, authority.roots_pem().unwrap()).unwrap();
    qpdf(&paper);
    let (valid, said) = pyhanko(&paper, &roots);
    assert!(valid, "{said}");
    assert_eq!(said.matches("judged VALID").count(), 4, "{said}");
    report
}

#[test]
fn timestamps_from_elsewhere_hold_before_us_and_before_others() {
    let elsewhere = Elsewhere::start();
    let authority = authority(&elsewhere, None, Some(("fine", "refuse")));
    let report = judged(&authority, elsewhere.folder.path());
    for signature in &report.signatures {
        assert_eq!(signature.stamped_by.as_deref(), Some("Licensed Time 1"));
    }
    let texts = Texts::load(None).unwrap();
    for locale in Locale::ALL {
        let told = verify::describe(&report, &texts, locale).join("\n");
        assert!(told.contains("Licensed Time 1"), "{told}");
    }
    // Their root is trusted because it is set, not because it comes along.
    let own = Authority::create(&Clock::system()).unwrap();
    let bytes = first(&authority).unwrap();
    assert!(!verify::run(&bytes, &own.roots().unwrap()).accepted);
}

/// Neither does it stand in the way what else they send along, in an order of their own.
#[test]
fn what_comes_along_with_a_timestamp_from_elsewhere_is_left_out() {
    let elsewhere = Elsewhere::start();
    let loud = authority(&elsewhere, None, Some(("loud", "refuse")));
    let bytes = first(&loud).unwrap();
    let report = verify::run(&bytes, &loud.roots().unwrap());
    assert_eq!(report.problems, []);
    let stamps = std::fs::read_to_string(elsewhere.folder.path().join("loud-tsa-along.pem"));
    for root in stamps
        .unwrap()
        .split_inclusive("-----END CERTIFICATE-----\n")
    {
        let (_, root) = der::Document::from_pem(root).unwrap();
        let digits = heyi::accounts::secrets::hex(root.as_bytes());
        let mut windows = bytes.windows(digits.len());
        assert!(!windows.any(|window| window == digits.as_bytes()));
    }
}

/// Most of them sign by RSA.
#[test]
fn timestamps_by_rsa_hold_before_us_and_before_others_and_a_changed_one_does_not() {
    let elsewhere = Elsewhere::start();
    let by_rsa = authority(&elsewhere, None, Some(("rsa", "refuse")));
    let report = judged(&by_rsa, elsewhere.folder.path());
    for signature in &report.signatures {
        assert_eq!(signature.stamped_by.as_deref(), Some("Licensed RSA Time 1"));
    }
    let bytes = first(&by_rsa).unwrap();
    let own = Authority::create(&Clock::system()).unwrap();
    assert!(!verify::run(&bytes, &own.roots().unwrap()).accepted);
    let changed = authority(&elsewhere, None, Some(("rsa-flips", "refuse")));
    let told = refusal(&changed);
    assert!(told.contains("over something else"), "{told}");
}

#[test]
fn without_a_timestamp_from_elsewhere_nothing_is_signed_or_our_own_does() {
    let elsewhere = Elsewhere::start();
    first(&authority(&elsewhere, None, Some(("repeats", "refuse")))).unwrap();
    for (mood, why) in [
        ("broken", "it answered 500"),
        ("babbles", "cannot be read"),
        ("endless", "too long"),
        ("silent", "cannot be reached"),
        ("flips", "over something else"),
        // An answer to another question is over something else.
        ("repeats", "over something else"),
        // Over the very thing, and signed by whom it should be.
        ("misremembers", "answers another question"),
        ("fast", "tells another time"),
        ("slow", "tells another time"),
        ("refuses", "it refused, status 2"),
    ] {
        let strict = authority(&elsewhere, None, Some((mood, "refuse")));
        let told = refusal(&strict);
        assert!(
            told.contains("timestamp") && told.contains(why),
            "{mood}: {told}"
        );
        let lenient = authority(&elsewhere, None, Some((mood, "own")));
        let report = verify::run(&first(&lenient).unwrap(), &lenient.roots().unwrap());
        assert_eq!(report.problems, [], "{mood}");
        let by = report.signatures[0].stamped_by.as_deref();
        assert_eq!(by, Some("heyi timestamp"), "{mood}");
    }
}

#[test]
fn where_one_policy_is_asked_for_no_other_is_taken() {
    let elsewhere = Elsewhere::start();
    let under = |mood: &str, policy: &str| {
        let mut keys = elsewhere.keys(None, Some((mood, "refuse")));
        keys.timestamps.as_mut().unwrap().policy = Some(policy.to_owned());
        let own = Authority::create(&Clock::system()).unwrap();
        let authority = own.with(Outside::open(&keys)?).unwrap();
        Ok::<_, heyi::documents::outside::SettingError>(authority)
    };
    for policy in ["1.2.3.4.1", "1.2.3.4.5"] {
        let authority = under("fine", policy).unwrap();
        let report = verify::run(&first(&authority).unwrap(), &authority.roots().unwrap());
        assert_eq!(report.problems, [], "{policy}");
    }
    let told = refusal(&under("other-policy", "1.2.3.4.1").unwrap());
    assert!(told.contains("under another policy"), "{told}");
    // One that it does not have.
    let told = refusal(&under("fine", "1.2.3.4.6").unwrap());
    assert!(told.contains("it refused, status 2"), "{told}");
    let told = under("fine", "the best one").err().unwrap().to_string();
    assert!(told.contains("no object identifier"), "{told}");
}

#[test]
fn a_paper_of_which_our_own_timestamps_helped_out_is_closed_by_them() {
    let elsewhere = Elsewhere::start();
    let authority = authority(&elsewhere, None, Some(("broken", "own")));
    judged(&authority, elsewhere.folder.path());
}

#[test]
fn signatures_from_elsewhere_hold_before_us_and_before_others() {
    let mut elsewhere = Elsewhere::start();
    let authority = authority(&elsewhere, Some("fine"), Some(("fine", "refuse")));
    let report = read(&authority, elsewhere.folder.path());
    is_told_to_be_from_elsewhere(&authority, elsewhere.folder.path(), &report);
    assert_eq!(report.signatures[0].signer, "张䶮");
    // Nor is it where somebody has yet to sign.
    let folder = elsewhere.folder.path();
    std::fs::write(folder.join("paper.pdf"), first(&authority).unwrap()).unwrap();
    let (code, said) = verified(folder, &[]);
    assert_eq!((code, &said["verdict"]), (2, &json!("elsewhere")));
    assert_eq!(said["problems"], json!([]));
    let (wanted, made) = (elsewhere.next(), elsewhere.next());
    assert_eq!(
        [wanted.what.as_str(), &made.what],
        ["certificates", "signatures"]
    );
    assert_eq!(wanted.asked["purpose"], "signature");
    assert_eq!(wanted.asked["name"], "张䶮");
    assert_eq!(wanted.asked["pseudonym"], "0123456789abcdef".repeat(2));
    assert!(
        made.asked["digest"]
            .as_str()
            .is_some_and(|it| it.len() == 64)
    );
    let rest: Vec<_> = (0..6).map(|_| elsewhere.next()).collect();
    assert_eq!(rest[4].asked["purpose"], "seal");
}

/// Whoever has a certificate there could have made it: without the record of the platform it is not called one of its papers.
fn is_told_to_be_from_elsewhere(authority: &Authority, folder: &Path, report: &verify::Report) {
    assert_eq!(report.verdict(), Verdict::Elsewhere);
    assert!(report.whole && !report.ours && !report.accepted);
    let texts = Texts::load(None).unwrap();
    for (locale, words) in [
        (Locale::ZhCn, "没有一处出自本平台"),
        (Locale::En, "nothing in it comes from this platform"),
    ] {
        let told = verify::describe(report, &texts, locale).join("\n");
        assert!(told.contains(words), "{told}");
        assert!(!told.contains("全部签名有效") && !told.contains("every signature is valid"));
    }
    let (code, said) = verified(folder, &[]);
    assert_eq!(
        (code, &said["verdict"], &said["ours"]),
        (2, &json!("elsewhere"), &json!(false))
    );
    let paper = std::fs::read(folder.join("paper.pdf")).unwrap();
    let clock = Clock::system();
    let recorded = |history| {
        let mut record = Record::new(String::new(), "0".repeat(32), State::Complete, clock.now());
        record.history = history;
        let issued = record.issue(authority, &clock).unwrap();
        std::fs::write(folder.join("record.json"), issued.file).unwrap();
        verified(folder, &["--record", "record.json"])
    };
    let (code, said) = recorded(History::of(&paper).unwrap());
    assert_eq!(
        (code, &said["verdict"], &said["ours"]),
        (0, &json!("accepted"), &json!(true))
    );
    let (code, said) = recorded(History::default());
    assert_eq!(
        (code, &said["verdict"]),
        (2, &json!("elsewhere")),
        "a record of another file"
    );
}

/// What `heyi verify` says of the paper in a folder, and its exit code.
fn verified(folder: &Path, more: &[&str]) -> (i32, serde_json::Value) {
    let mut heyi = Command::new(env!("CARGO_BIN_EXE_heyi"));
    heyi.args(["verify", "paper.pdf", "--trust", "roots.pem", "--json"]);
    let out = heyi.args(more).current_dir(folder).output().unwrap();
    let said = serde_json::from_slice(&out.stdout).unwrap();
    (out.status.code().unwrap(), said)
}

#[test]
fn with_either_of_the_two_from_elsewhere_a_paper_shows_that_it_is_ours() {
    let elsewhere = Elsewhere::start();
    let authority = authority(&elsewhere, Some("fine"), None);
    let report = judged(&authority, elsewhere.folder.path());
    assert!(report.ours);
    assert_eq!(verified(elsewhere.folder.path(), &[]).0, 0);
}

#[test]
fn the_same_signature_is_asked_for_under_the_same_key() {
    let mut elsewhere = Elsewhere::start();
    let authority = authority(&elsewhere, Some("forges"), None);
    let keys = [(); 2].map(|()| {
        let told = refusal(&authority);
        assert!(told.contains("not one of the certificate"), "{told}");
        let (certificate, _) = (elsewhere.next(), elsewhere.next());
        certificate.key
    });
    assert_eq!(keys[0], keys[1]);
}

#[test]
fn of_what_a_signing_service_sends_the_certificate_of_the_signer_suffices() {
    let elsewhere = Elsewhere::start();
    let terse = authority(&elsewhere, Some("terse"), None);
    let report = verify::run(&first(&terse).unwrap(), &terse.roots().unwrap());
    assert_eq!(report.problems, []);
}

#[test]
fn what_a_signing_service_answers_is_checked_before_it_is_used() {
    let elsewhere = Elsewhere::start();
    for (mood, why) in [
        ("broken", "it answered 500"),
        ("babbles", "cannot be read"),
        ("endless", "too long"),
        ("silent", "cannot be reached"),
        ("misnames", "names somebody else"),
        ("unlicensed", "a trusted authority"),
        ("misuses", "a trusted authority"),
        ("forges", "not one of the certificate"),
    ] {
        let told = refusal(&authority(&elsewhere, Some(mood), None));
        assert!(
            told.contains("signing service") && told.contains(why),
            "{mood}: {told}"
        );
    }
    let folder = elsewhere.folder.path();
    std::fs::write(folder.join("token"), "another token").unwrap();
    let told = refusal(&authority(&elsewhere, Some("fine"), None));
    assert!(told.contains("it answered 401"), "{told}");
}

/// A paper with one place to sign, which closes it.
fn only(authority: &Authority) -> Result<Vec<u8>, SignError> {
    let clock = Clock::system();
    let signer = Signer {
        name: COMMITTEE.to_owned(),
        organisation: Some(COMMITTEE.to_owned()),
        pseudonym: "0123456789abcdef".repeat(2),
    };
    let signing = Signing {
        field: "seal",
        signer: &signer,
        look: &Look::Typed("章".to_owned()),
        reason: "盖章",
        now: clock.now(),
    };
    sign(
        &write(&samples::told()).unwrap(),
        &signing,
        authority,
        &clock,
    )
}

#[test]
fn a_list_from_elsewhere_that_is_out_of_date_closes_no_paper() {
    let elsewhere = Elsewhere::start();
    let mut keys = elsewhere.keys(None, Some(("fine", "refuse")));
    let set = keys.timestamps.as_mut().unwrap();
    set.lists = vec![set.lists[0].replace("/stamps.crl", "/late/stamps.crl")];
    let own = Authority::create(&Clock::system()).unwrap();
    let authority = own.with(Outside::open(&keys).unwrap()).unwrap();
    let told = only(&authority).map(|_| ()).unwrap_err().to_string();
    assert!(told.contains("out of date"), "{told}");
}

#[test]
fn a_host_of_lists_that_keeps_silent_stops_nobody_while_the_last_list_holds() {
    let elsewhere = Elsewhere::start();
    let (clock, folder) = (Clock::system(), tempfile::tempdir().unwrap());
    let open = |fetched: bool| {
        let keys = elsewhere.keys(None, Some(("fine", "refuse")));
        let own = Authority::open_or_create(folder.path(), b"a passphrase", &clock).unwrap();
        let authority = own.with(Outside::open(&keys).unwrap()).unwrap();
        if fetched {
            authority.fetch_lists(clock.now());
        }
        authority
    };
    let down = elsewhere.folder.path().join("down");
    std::fs::write(&down, "").unwrap();
    let told = only(&open(false)).map(|_| ()).unwrap_err().to_string();
    assert!(told.contains("it answered 503"), "{told}");
    std::fs::remove_file(&down).unwrap();
    drop(open(true));
    std::fs::write(&down, "").unwrap();
    // Also after a start in between.
    let authority = open(false);
    let closed = only(&authority).unwrap();
    let report = verify::run(&closed, &authority.roots().unwrap());
    assert!(report.accepted, "{:?}", report.problems);
    assert!(report.archived_at.is_some());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn while_a_service_elsewhere_keeps_silent_the_server_goes_on() {
    let elsewhere = Elsewhere::start();
    let authority = authority(&elsewhere, None, Some(("silent", "own")));
    let signing = tokio::spawn(async move { first(&authority).is_ok() });
    let other = tokio::spawn(async {});
    other.await.unwrap();
    assert!(!signing.is_finished(), "it still waits");
    assert!(signing.await.unwrap());
}
