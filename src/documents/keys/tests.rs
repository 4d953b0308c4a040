//! The authority: what is kept of it, who follows whom, and what was taken back.

use super::*;
use crate::documents::verify::{Code, run, run_against};
use crate::documents::{Look, Signing, paper, sign, write};

const P256: Algorithm = Algorithm::P256;
const PASSPHRASE: &[u8] = b"correct horse";

fn clock() -> Clock {
    Clock::fixed("2026-11-22T02:00:00Z".parse().unwrap())
}

fn later(days: i64) -> Clock {
    Clock::fixed(clock().now() + jiff::SignedDuration::from_hours(24 * days))
}

fn person(pseudonym: &str) -> Signer {
    Signer {
        name: "张三".to_owned(),
        organisation: None,
        pseudonym: pseudonym.to_owned(),
    }
}

fn committee() -> Signer {
    Signer {
        name: "安宁街道人民调解委员会".to_owned(),
        organisation: Some("安宁街道人民调解委员会".to_owned()),
        pseudonym: "0123456789abcdef".repeat(4),
    }
}

/// A paper on which the seal is put last.
fn sealed(authority: &Authority, clock: &Clock) -> Vec<u8> {
    sealed_while(authority, clock, || ())
}

/// After the first of its signatures something happens to the keys.
fn sealed_while(authority: &Authority, clock: &Clock, between: impl Fn()) -> Vec<u8> {
    let mut bytes = write(&paper::sample()).unwrap();
    let (person, committee) = (person(&"0123456789abcdef".repeat(4)), committee());
    let other = Signer {
        name: "李四".to_owned(),
        ..person.clone()
    };
    let hand = Look::Typed("张三".to_owned());
    let seal = Look::Seal("安宁街道人民调解委员会".to_owned());
    for (field, signer, look) in [
        ("party-1", &person, &hand),
        ("party-2", &other, &hand),
        ("seal", &committee, &seal),
    ] {
        let signing = Signing {
            field,
            signer,
            look,
            reason: "同意",
            now: clock.now(),
        };
        bytes = sign(&bytes, &signing, authority, clock).unwrap();
        if field == "party-1" {
            between();
        }
    }
    bytes
}

fn serial_of(bytes: &[u8], authority: &Authority, place: usize) -> String {
    let report = run(bytes, &authority.roots().unwrap());
    report.signatures[place].serial.clone().unwrap()
}

#[test]
fn an_authority_opens_again_with_its_passphrase_only() {
    let folder = tempfile::tempdir().unwrap();
    let clock = clock();
    let made = Authority::open_or_create(folder.path(), PASSPHRASE, &clock).unwrap();
    let opened = Authority::open_or_create(folder.path(), PASSPHRASE, &clock).unwrap();
    assert_eq!(made.roots().unwrap(), opened.roots().unwrap());
    let refused = Authority::open_or_create(folder.path(), b"wrong", &clock).unwrap_err();
    assert!(matches!(refused, KeyError::Passphrase));
    std::fs::write(folder.path().join("keys.sealed"), "something else").unwrap();
    let refused = Authority::open_or_create(folder.path(), PASSPHRASE, &clock).unwrap_err();
    assert!(matches!(refused, KeyError::Damaged));
}

#[test]
fn nothing_overwrites_keys_that_are_there() {
    let folder = tempfile::tempdir().unwrap();
    let clock = clock();
    let missing = Authority::open(folder.path(), PASSPHRASE, &clock).unwrap_err();
    assert!(matches!(missing, KeyError::Missing(_)));
    let made = Authority::init(folder.path(), PASSPHRASE, (P256, &clock)).unwrap();
    let again = Authority::init(folder.path(), PASSPHRASE, (P256, &clock)).unwrap_err();
    assert!(matches!(again, KeyError::Exists(_)));
    let backup = made.backup(b"another one").unwrap();
    let over = Authority::restore(folder.path(), (&backup, b"another one"), PASSPHRASE);
    assert!(matches!(over, Err(KeyError::Exists(_))));
}

#[test]
fn no_key_ever_lies_in_the_clear_and_only_the_owner_reads_the_files() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let clock = clock();
    let authority = Authority::init(folder.path(), PASSPHRASE, (P256, &clock)).unwrap();
    sealed(&authority, &clock);
    authority.rotate(&[Part::Signing(P256)], &clock).unwrap();
    let ring = authority.ring().unwrap();
    let pairs = ring.roots().chain(ring.stamps.all()).chain(&ring.seals);
    let keys: Vec<_> = pairs.map(|pair| pair.key.to_bytes()).collect();
    assert_eq!(keys.len(), 5);
    let backup = authority.backup(b"another one").unwrap();
    let mut files = vec![backup.into_bytes()];
    for name in ["keys.sealed", "authority.crt"] {
        let file = folder.path().join(name);
        let mode = std::fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
        files.push(std::fs::read(file).unwrap());
    }
    for (bytes, key) in files
        .iter()
        .flat_map(|it| keys.iter().map(move |key| (it, key)))
    {
        use base64::Engine as _;
        let text = base64::engine::general_purpose::STANDARD.encode(key);
        for secret in [key.as_slice(), text.as_bytes()] {
            assert!(!bytes.windows(secret.len()).any(|window| window == secret));
        }
    }
}

/// What the compiler holds: nothing keeps a private key that does not wipe it.
#[test]
fn private_keys_wipe_themselves() {
    fn wiped<T: zeroize::ZeroizeOnDrop>() {}
    wiped::<p256::ecdsa::SigningKey>();
    #[cfg(feature = "sm")]
    wiped::<sm2::SecretKey>();
    #[cfg(feature = "sm")]
    wiped::<key::OneUse>();
    wiped::<Key>();
    wiped::<zeroize::Zeroizing<Vec<u8>>>();
}

#[cfg(feature = "sm")]
#[test]
fn what_signs_by_sm2_holds_nothing_of_the_key_when_it_is_wiped() {
    let Key::Sm2(key) = Key::new(Algorithm::Sm2, &Clock::system()) else {
        panic!("another curve");
    };
    let mut one_use = key::OneUse::new(&key).unwrap();
    assert_eq!(*one_use.secret(), key.to_bytes().to_vec());
    one_use.wipe();
    assert_eq!(*one_use.secret(), [vec![0; 31], vec![1]].concat());
}

/// A command that seals the keys under another passphrase stops no signature of a server that was started before.
#[test]
fn keys_that_were_sealed_anew_sign_on_where_they_are_known() {
    let folder = tempfile::tempdir().unwrap();
    let clock = clock();
    let serving = Authority::init(folder.path(), PASSPHRASE, (Algorithm::P256, &clock)).unwrap();
    let person = person(&"0123456789abcdef".repeat(2));
    let signs = || serving.one_shot(&person, clock.now(), &clock).is_ok();
    let other = b"quite another passphrase";
    Authority::reseal(folder.path(), (PASSPHRASE, other), &clock).unwrap();
    assert!(signs());
    let roots = serving.roots().unwrap();
    let opened = Authority::open(folder.path(), other, &clock).unwrap();
    let rotated = [Part::Signing(Algorithm::P256)];
    opened.rotate(&rotated, &clock).unwrap();
    assert!(signs());
    assert_eq!(serving.roots().unwrap(), roots);
    // Nothing is written under the passphrase before.
    assert!(matches!(
        serving.rotate(&rotated, &clock),
        Err(KeyError::Passphrase)
    ));
    let newest = Authority::open(folder.path(), other, &clock).unwrap();
    assert_eq!(newest.roots().unwrap(), opened.roots().unwrap());
}

#[test]
fn an_identity_number_is_refused_as_pseudonym() {
    let clock = clock();
    let authority = Authority::create(&clock).unwrap();
    let now = clock.now();
    for number in ["11010519491231002X", "110105194912310021"] {
        let refused = authority.one_shot(&person(number), now, &clock);
        assert!(matches!(refused, Err(KeyError::Pseudonym)));
        let refused = authority.seal(&person(number), now);
        assert!(matches!(refused, Err(KeyError::Pseudonym)));
    }
}

#[test]
fn every_signature_has_a_key_of_its_own_and_an_organisation_one_for_its_seal() {
    let clock = clock();
    let authority = Authority::create(&clock).unwrap();
    let person = person(&"0123456789abcdef".repeat(2));
    let [first, second] =
        [(); 2].map(|()| authority.one_shot(&person, clock.now(), &clock).unwrap());
    assert_ne!(first.key.public(), second.key.public());
    let seal = |days, signer: &Signer| {
        let seal = authority.seal(signer, later(days).now()).unwrap();
        serial(&seal.certificate)
    };
    let one = seal(0, &committee());
    assert_eq!(seal(1000, &committee()), one);
    // It would run out within the month.
    let renewed = seal(1070, &committee());
    assert_ne!(renewed, one);
    let mut other = committee();
    other.name = "和风调委会".to_owned();
    assert_ne!(seal(1070, &other), renewed);
    assert_eq!(seal(1071, &committee()), renewed);
}

/// Whoever signed under the former roots is proved by them, whoever signed after by the new ones.
#[test]
fn a_paper_in_the_midst_of_which_roots_are_made_anew_rests_on_both_generations() {
    let folder = tempfile::tempdir().unwrap();
    let serving = Authority::init(folder.path(), PASSPHRASE, (P256, &clock())).unwrap();
    let before = serving.roots().unwrap();
    let bytes = sealed_while(&serving, &clock(), || {
        let parts = [Part::Signing(P256), Part::TimestampRoot];
        serving.rotate(&parts, &clock()).unwrap();
    });
    let roots = serving.roots().unwrap();
    assert_eq!(roots.iter().count(), 4);
    let report = run(&bytes, &roots);
    assert_eq!(report.problems, []);
    assert!(report.accepted);
    for root in roots.iter() {
        let brought = bytes.windows(root.len()).any(|window| window == root);
        assert!(brought, "a root is not in the paper");
    }
    assert!(!run(&bytes, &before).accepted);
}

#[test]
fn a_seal_is_the_same_after_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let clock = clock();
    let open = || Authority::open_or_create(folder.path(), PASSPHRASE, &clock).unwrap();
    let (one, other) = (open(), open());
    let seal = |authority: &Authority| {
        let seal = authority.seal(&committee(), clock.now()).unwrap();
        serial(&seal.certificate)
    };
    // Two servers at once agree on it as well.
    let made = seal(&one);
    assert_eq!([seal(&other), seal(&open())], [made.clone(), made]);
}

#[test]
fn after_a_rotation_old_papers_stay_valid_and_new_ones_hang_on_the_new_root() {
    let folder = tempfile::tempdir().unwrap();
    let serving = Authority::init(folder.path(), PASSPHRASE, (P256, &clock())).unwrap();
    let before = sealed(&serving, &clock());
    let old_roots = serving.roots().unwrap();
    // By a command beside the server.
    let clock = later(400);
    let command = Authority::open(folder.path(), PASSPHRASE, &clock).unwrap();
    let parts = [Part::Signing(P256), Part::TimestampRoot];
    command.rotate(&parts, &clock).unwrap();
    let after = sealed(&serving, &clock);
    let roots = serving.roots().unwrap();
    assert_eq!((old_roots.iter().count(), roots.iter().count()), (2, 4));
    assert_eq!(roots, command.roots().unwrap());
    for bytes in [&before, &after] {
        let report = run(bytes, &roots);
        assert!(
            report.accepted && report.archived_at.is_some(),
            "{:?}",
            report.problems
        );
    }
    let codes = |roots: &Roots| run(&after, roots).problems.first().map(|it| it.code);
    assert!(matches!(
        codes(&old_roots),
        Some(Code::Untrusted | Code::StampUntrusted)
    ));
    let newest = roots.all().take(2);
    let newest = Roots::of(newest.map(|it| (it.used, it.der.clone())));
    assert_eq!(codes(&newest), None, "it rests on nothing older");
    let pem = std::fs::read_to_string(folder.path().join("authority.crt")).unwrap();
    assert_eq!(pem.matches("BEGIN CERTIFICATE").count(), 4);
}

/// Whoever set the clock right again has a key that is valid now.
#[test]
fn a_clock_that_ran_ahead_spoils_no_timestamp_for_long() {
    let authority = Authority::create(&clock()).unwrap();
    authority.stamp_at(later(6 * 365).now()).unwrap();
    let paper = sealed(&authority, &clock());
    let report = run(&paper, &authority.roots().unwrap());
    assert!(report.accepted, "{:?}", report.problems);
}

/// The timestamps have a new key when half the life of the one before is over; papers of every year stay valid.
#[test]
fn timestamps_follow_themselves_and_papers_of_nine_eleven_and_eighteen_years_are_valid() {
    let folder = tempfile::tempdir().unwrap();
    let authority = Authority::init(folder.path(), PASSPHRASE, (P256, &clock())).unwrap();
    let other = Authority::open(folder.path(), PASSPHRASE, &clock()).unwrap();
    let year = |years: i64| later(365 * years);
    let mut papers = Vec::new();
    for years in [0, 4, 9, 11, 18, 19] {
        papers.push((years, sealed(&authority, &year(years))));
        papers.push((years, sealed(&other, &year(years))));
    }
    let entries = authority.entries().unwrap();
    let of = |kind| entries.iter().filter(move |it| it.kind == kind);
    let ends: Vec<_> = of(Kind::Timestamps)
        .map(|it| it.until.strftime("%Y").to_string())
        .collect();
    // Nothing outlasts its root, and what does not gain gets no new key.
    assert_eq!(ends, ["2036", "2045", "2046"]);
    assert!(of(Kind::Seal).all(|it| it.until <= of(Kind::SigningRoot).next().unwrap().until));
    assert_eq!(
        of(Kind::SigningRoot).count() + of(Kind::TimestampRoot).count(),
        2
    );
    let (roots, lists) = (
        authority.roots().unwrap(),
        authority.revocations(year(19).now()).unwrap(),
    );
    for (years, paper) in &papers {
        let report = run_against(paper, &roots, &lists);
        assert_eq!(report.problems, [], "{years}");
        assert!(report.accepted && report.archived_at.is_some(), "{years}");
    }
}

/// A seal whose root ends within the month is not made anew for every paper.
#[test]
fn past_the_end_of_a_root_nothing_is_issued_until_the_next_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let authority = Authority::init(folder.path(), PASSPHRASE, (P256, &clock())).unwrap();
    let told = |days| {
        let now = later(days).now();
        let told = Authority::ending_in(folder.path(), now).unwrap();
        assert_eq!(authority.endings(now).unwrap(), told);
        told
    };
    assert_eq!(told(7_305 - 1_830 - 1), []);
    let kinds = |days| -> Vec<_> { told(days).iter().map(|it| (it.kind, it.is_past)).collect() };
    assert_eq!(kinds(7_305 - 1_829), [(Kind::TimestampRoot, false)]);
    let both = |past| [Kind::SigningRoot, Kind::TimestampRoot].map(|kind| (kind, past));
    assert_eq!(kinds(7_305 - 1_095), both(false));
    let seal = |days| authority.seal(&committee(), later(days).now());
    let last = [7_290, 7_295].map(|days| serial(&seal(days).unwrap().certificate));
    assert_eq!(last[0], last[1]);
    let past = later(7_306);
    assert_eq!(kinds(7_306), both(true));
    let person = person(&"0123456789abcdef".repeat(2));
    let ran_out = |refused: Option<KeyError>| match refused {
        Some(error @ KeyError::RanOut { .. }) => error.to_string(),
        other => panic!("{other:?}"),
    };
    let refused = ran_out(authority.one_shot(&person, past.now(), &past).err());
    assert!(refused.contains("heyi document authority ran out on 2046-11-22: `heyi ca rotate"));
    ran_out(seal(7_306).err());
    ran_out(authority.stamp_at(past.now()).err());
    let parts = [Part::Signing(P256), Part::TimestampRoot];
    authority.rotate(&parts, &past).unwrap();
    assert_eq!(kinds(7_306), []);
    let paper = sealed(&authority, &past);
    assert_eq!(run(&paper, &authority.roots().unwrap()).problems, []);
}

/// Another passphrase stops no timestamp as long as the key at work holds.
#[test]
fn a_key_that_cannot_be_followed_stamps_on_until_it_runs_out() {
    let folder = tempfile::tempdir().unwrap();
    let serving = Authority::init(folder.path(), PASSPHRASE, (P256, &clock())).unwrap();
    Authority::reseal(folder.path(), (PASSPHRASE, b"quite another one"), &clock()).unwrap();
    let before = serial(&serving.stamp().unwrap().certificate);
    let nine = serving.stamp_at(later(9 * 365).now()).unwrap();
    assert_eq!(serial(&nine.certificate), before);
    let eleven = serving.stamp_at(later(11 * 365).now());
    assert!(matches!(eleven, Err(KeyError::RanOut { .. })));
}

#[test]
fn what_is_signed_after_a_certificate_was_taken_back_is_called_so() {
    let clock = clock();
    let authority = Authority::create(&clock).unwrap();
    let early = sealed(&authority, &clock);
    let late = sealed(&authority, &later(10));
    let seal = serial_of(&early, &authority, 2);
    assert_eq!(serial_of(&late, &authority, 2), seal);
    let since = later(5).now();
    let colons = seal.to_ascii_uppercase();
    let taken_back = authority
        .revoke(&colons, (Reason::KeyCompromise, since), &later(11))
        .unwrap();
    assert_eq!(
        taken_back,
        TakenBack::Seal("安宁街道人民调解委员会".to_owned())
    );
    let (roots, lists) = (
        authority.roots().unwrap(),
        authority.revocations(later(11).now()).unwrap(),
    );
    assert!(run_against(&early, &roots, &lists).accepted);
    let report = run_against(&late, &roots, &lists);
    let problems: Vec<_> = report
        .problems
        .iter()
        .map(|it| (it.code, it.field.as_deref()))
        .collect();
    assert_eq!(problems, [(Code::Revoked, Some("seal"))]);
    // The next seal has another key, and its paper is fine.
    let anew = sealed(&authority, &later(12));
    assert_ne!(serial_of(&anew, &authority, 2), seal);
    assert!(run_against(&anew, &roots, &lists).accepted);
    let again = authority.revoke(&seal, (Reason::Unspecified, since), &clock);
    assert!(matches!(again, Err(KeyError::RevokedBefore(_))));
}

#[test]
fn a_single_signature_that_was_taken_back_is_told_by_the_paper_itself() {
    let clock = clock();
    let authority = Authority::create(&clock).unwrap();
    let base = write(&paper::sample()).unwrap();
    let one = person(&"0123456789abcdef".repeat(4));
    let other = Signer {
        name: "李四".to_owned(),
        ..one.clone()
    };
    let by = |bytes: &[u8], field, signer: &Signer| {
        let look = Look::Typed(signer.name.clone());
        let signing = Signing {
            field,
            signer,
            look: &look,
            reason: "",
            now: clock.now(),
        };
        sign(bytes, &signing, &authority, &clock).unwrap()
    };
    let first = by(&base, "party-1", &one);
    let serial = serial_of(&first, &authority, 0);
    let reason = (Reason::KeyCompromise, clock.now());
    let taken_back = authority.revoke(&serial, reason, &clock).unwrap();
    assert_eq!(taken_back, TakenBack::Signature);
    let second = by(&first, "party-2", &other);
    let all = by(&second, "seal", &committee());
    let report = run(&all, &authority.roots().unwrap());
    assert_eq!(report.problems.len(), 1, "{:?}", report.problems);
    assert_eq!(report.problems[0].code, Code::Revoked);
    assert_eq!(report.problems[0].field.as_deref(), Some("party-1"));
}

#[test]
fn timestamps_that_were_taken_back_have_a_new_key_at_once_and_roots_are_never_taken_back() {
    let authority = Authority::create(&clock()).unwrap();
    let before = sealed(&authority, &clock());
    let of = |kind| {
        let entries = authority.entries().unwrap();
        entries.into_iter().filter(move |entry| entry.kind == kind)
    };
    let stamps = of(Kind::Timestamps).next().unwrap().serial;
    let reason = (Reason::Superseded, later(1).now());
    let taken_back = authority.revoke(&stamps, reason, &later(1)).unwrap();
    assert_eq!(taken_back, TakenBack::Timestamps);
    let states: Vec<_> = of(Kind::Timestamps)
        .map(|it| (it.former, it.revoked.is_some()))
        .collect();
    assert_eq!(states, [(true, true), (false, false)]);
    let roots = authority.roots().unwrap();
    let lists = authority.revocations(later(2).now()).unwrap();
    for paper in [before, sealed(&authority, &later(2))] {
        assert_eq!(run_against(&paper, &roots, &lists).problems, []);
    }
    for root in of(Kind::SigningRoot).chain(of(Kind::TimestampRoot)) {
        let refused = authority.revoke(&root.serial, reason, &clock());
        assert!(matches!(refused, Err(KeyError::IsRoot(_))));
    }
    for serial in ["", "xyz", "0", "中"] {
        let refused = authority.revoke(serial, reason, &clock());
        assert!(matches!(refused, Err(KeyError::Serial(_))), "{serial}");
    }
}

#[test]
fn a_backup_makes_the_same_authority_again() {
    let [first, second] = [(); 2].map(|()| tempfile::tempdir().unwrap());
    let clock = clock();
    let made = Authority::init(first.path(), PASSPHRASE, (P256, &clock)).unwrap();
    let paper = sealed(&made, &clock);
    let seal = serial_of(&paper, &made, 2);
    made.revoke(&seal, (Reason::Superseded, later(1).now()), &clock)
        .unwrap();
    let backup = made.backup(b"another one").unwrap();
    let wrong = Authority::restore(second.path(), (&backup, PASSPHRASE), PASSPHRASE);
    assert!(matches!(wrong, Err(KeyError::Passphrase)));
    let again = Authority::restore(second.path(), (&backup, b"another one"), b"a third one");
    assert_eq!(again.unwrap().entries().unwrap(), made.entries().unwrap());
    let opened = Authority::open(second.path(), b"a third one", &clock).unwrap();
    assert_eq!(opened.roots().unwrap(), made.roots().unwrap());
    let change = (b"a third one".as_slice(), PASSPHRASE);
    Authority::reseal(second.path(), change, &clock).unwrap();
    assert!(Authority::open(second.path(), b"a third one", &clock).is_err());
    Authority::open(second.path(), PASSPHRASE, &clock).unwrap();
}

#[test]
fn keys_that_lay_each_in_a_file_of_its_own_are_taken_over() {
    let folder = tempfile::tempdir().unwrap();
    let clock = clock();
    let made = Authority::create(&clock).unwrap();
    let ring = made.ring().unwrap();
    let pem = |pair: &Pair| {
        use der::EncodePem as _;
        pair.certificate.to_pem(der::pem::LineEnding::LF).unwrap()
    };
    let keep = |name: &str, text: String| {
        vault::replace(&folder.path().join(name), text.as_bytes()).unwrap();
    };
    let (signing, stamping, stamp) = (&ring.signing.now, &ring.stamping.now, &ring.stamps.now);
    for (name, pair) in [
        ("authority.key", signing),
        ("timestamps.key", stamping),
        ("timestamp.key", stamp),
    ] {
        keep(name, vault::seal(&pair.key.to_bytes(), PASSPHRASE).unwrap());
    }
    keep("authority.crt", pem(signing) + &pem(stamping));
    keep("timestamp.crt", pem(stamp));
    let opened = Authority::open_or_create(folder.path(), PASSPHRASE, &clock).unwrap();
    assert_eq!(opened.entries().unwrap(), made.entries().unwrap());
    assert!(!folder.path().join("authority.key").exists());
    let again = Authority::open_or_create(folder.path(), PASSPHRASE, &clock).unwrap();
    assert_eq!(again.roots().unwrap(), made.roots().unwrap());
}

#[cfg(feature = "sm")]
#[test]
fn by_sm2_papers_are_signed_and_checked_as_by_any_other_curve() {
    let folder = tempfile::tempdir().unwrap();
    let clock = clock();
    let sm2 = (Algorithm::Sm2, &clock);
    let made = Authority::init(folder.path(), PASSPHRASE, sm2).unwrap();
    let bytes = sealed(&made, &clock);
    let opened = Authority::open(folder.path(), PASSPHRASE, &clock).unwrap();
    let roots = opened.roots().unwrap();
    let report = run(&bytes, &roots);
    assert!(
        report.accepted && report.archived_at.is_some(),
        "{:?}",
        report.problems
    );
    let root = &roots.all().next().unwrap().certificate;
    assert!(matches!(Public::of(root), Ok(Public::Sm2(_))));
    let other = Authority::create_with(Algorithm::Sm2, &clock).unwrap();
    assert!(!run(&bytes, &other.roots().unwrap()).accepted);
    // What one key signs, no other and no other message has signed.
    let [one, two] = [(); 2].map(|()| Key::new(Algorithm::Sm2, &Clock::system()));
    let mut made = one.sign_message(b"message").unwrap();
    assert!(one.public().verifies(b"message", &made));
    assert!(!one.public().verifies(b"massage", &made));
    assert!(!two.public().verifies(b"message", &made));
    *made.last_mut().unwrap() ^= 1;
    assert!(!one.public().verifies(b"message", &made));
}

#[cfg(feature = "sm")]
#[test]
fn an_authority_passes_from_one_curve_to_the_other() {
    let authority = Authority::create(&clock()).unwrap();
    let before = sealed(&authority, &clock());
    let parts = [Part::Signing(Algorithm::Sm2)];
    authority.rotate(&parts, &later(1)).unwrap();
    let after = sealed(&authority, &later(2));
    let roots = authority.roots().unwrap();
    for bytes in [before, after] {
        assert_eq!(run(&bytes, &roots).problems, []);
    }
}
