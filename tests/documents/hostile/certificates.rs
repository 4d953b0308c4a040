//! Papers signed or stamped by somebody who should not have: another authority, too late, for another purpose, taken back.

use heyi::documents::keys::{Roots, Use};
use heyi::documents::record::{History, Record, State};
use heyi::documents::verify::{self, Code, Standing, Verdict};

use sha2::Digest as _;

use super::forger::{Forger, Holder, NOW, NOW_LONG, Stamp, Terms, certify, twin};
use super::pdf::{self, Written};
use super::{PAPERS, check, closed, lists, refused};

fn signed_by(holder: &Holder, stamp: Option<&Stamp<'_>>) -> Vec<u8> {
    pdf::signed(&PAPERS.base, "party-1", &Written::default(), |digest| {
        holder.sign(digest, stamp)
    })
}

/// What is wrong with a signature under a certificate of the trusted authority with these terms.
fn under(terms: &Terms) -> Vec<Code> {
    let forger = &PAPERS.forger;
    let holder = certify("张䶮", 9, terms, Some(&forger.signing));
    refused(&signed_by(&holder, Some(&forger.now())))
}

#[test]
fn another_authority_is_refused_even_under_the_same_name() {
    let other = Forger::new("other");
    let now = PAPERS.forger.now();
    let stranger = signed_by(&other.signer, Some(&now));
    assert_eq!(refused(&stranger), [Code::Untrusted]);
    assert_eq!(check(&stranger).verdict(), Verdict::Doubtful);
    // The name of the trusted root over a key of somebody else.
    let twin = certify("honest signing", 1, &Terms::root(), None).with_key_of(&other.signing);
    let forged = certify("张䶮", 3, &Terms::signer(), Some(&twin));
    assert_eq!(refused(&signed_by(&forged, Some(&now))), [Code::Untrusted]);
}

#[test]
fn whoever_signs_papers_issues_no_certificates() {
    let forger = &PAPERS.forger;
    let issued = certify("张䶮", 3, &Terms::signer(), Some(&forger.signer));
    assert_eq!(
        refused(&signed_by(&issued, Some(&forger.now()))),
        [Code::Untrusted]
    );
}

#[test]
fn a_whole_paper_signed_by_the_wrong_platform_is_refused() {
    let papers = &*PAPERS;
    let report = verify::run(&papers.archived, &Forger::new("other").roots());
    assert!(report.whole && !report.accepted);
    assert!(report.problems.iter().any(|it| it.code == Code::Untrusted));
    assert!(!verify::run(&papers.archived, &Roots::default()).accepted);
}

#[test]
fn a_certificate_that_had_run_out_or_did_not_hold_yet_is_refused() {
    for valid in [
        ["250101000000Z", "261122015959Z"],
        ["261122020001Z", "291122000000Z"],
    ] {
        let terms = Terms {
            valid,
            ..Terms::signer()
        };
        assert_eq!(under(&terms), [Code::Expired]);
    }
}

#[test]
fn a_certificate_for_something_else_is_refused() {
    let usage = |usage| Terms {
        usage,
        ..Terms::signer()
    };
    for terms in [usage((0x80, 7)), usage((0x40, 6)), usage((0x06, 1))] {
        assert_eq!(under(&terms), [Code::Usage]);
    }
    let stamp = Terms::stamp().purposes;
    let mut both = Terms::signer().purposes;
    both.extend(stamp.iter().copied());
    for purposes in [stamp, both, Vec::new()] {
        let terms = Terms {
            purposes,
            ..Terms::signer()
        };
        assert_eq!(under(&terms), [Code::Usage]);
    }
}

#[test]
fn a_signature_bound_to_another_certificate_or_key_is_refused() {
    let forger = &PAPERS.forger;
    let other = Forger::new("other");
    let foreign_key = forger.signer.with_key_of(&other.signing);
    assert_eq!(
        refused(&signed_by(&foreign_key, Some(&forger.now()))),
        [Code::Forged]
    );
    let renamed = certify("官方", 8, &Terms::signer(), Some(&forger.signing));
    let swapped = forger.signer.under(&renamed);
    assert_eq!(
        refused(&signed_by(&swapped, Some(&forger.now()))),
        [Code::Binding]
    );
}

#[test]
fn a_signer_taken_back_before_signing_is_refused_and_after_it_is_not() {
    let papers = &*PAPERS;
    let archived = |since: &str| {
        let [_, stamping] = lists(&papers.forger);
        let lists = [papers.forger.signing.list(&[2], since), stamping];
        let evident = pdf::evidence(&papers.all, &papers.forger.certificates(), &lists);
        closed(&papers.forger, &evident)
    };
    assert_eq!(refused(&archived("261122015930Z")), [Code::Revoked]);
    assert_eq!(refused(&archived(NOW)), [Code::Revoked]);
    assert!(check(&archived("261122020001Z")).accepted);
}

#[test]
fn a_timestamp_by_somebody_else_or_over_something_else_is_refused() {
    let papers = &*PAPERS;
    let forger = &papers.forger;
    let other = Forger::new("other");
    let stamped = |stamp: Option<&Stamp<'_>>| refused(&signed_by(&forger.signer, stamp));
    assert_eq!(stamped(None), [Code::Stamp]);
    assert_eq!(stamped(Some(&other.now())), [Code::StampUntrusted]);
    let over = Stamp {
        over: Some(&[7; 32]),
        ..forger.now()
    };
    assert_eq!(stamped(Some(&over)), [Code::Stamp]);
    for at in ["20261122015459Z", "20261122020501Z", "20301122020000Z"] {
        let stamp = Stamp { at, ..forger.now() };
        assert_eq!(stamped(Some(&stamp))[0], Code::Stamp, "{at}");
    }
    let by_signer = Stamp {
        by: &forger.signer,
        ..forger.now()
    };
    assert_eq!(stamped(Some(&by_signer)), [Code::StampUntrusted]);
    let archived = pdf::archived(&papers.evident, |digest| {
        other.stamp.token(digest, NOW_LONG)
    });
    assert_eq!(refused(&archived), [Code::StampUntrusted]);
    let elsewhere = pdf::archived(&papers.evident, |_| forger.stamp.token(&[7; 32], NOW_LONG));
    assert_eq!(refused(&elsewhere), [Code::Stamp]);
    let late = pdf::archived(&papers.evident, |digest| {
        forger.stamp.token(digest, "20270122020000Z")
    });
    assert_eq!(refused(&late), [Code::Evidence]);
}

#[test]
fn a_root_vouches_for_nothing_but_what_it_is_trusted_for() {
    let forger = &PAPERS.forger;
    // Whoever has the root of the signatures sets the time as well.
    let clock = certify("honest clock", 9, &Terms::stamp(), Some(&forger.signing));
    let stamp = Stamp {
        by: &clock,
        ..forger.now()
    };
    assert_eq!(
        refused(&signed_by(&forger.signer, Some(&stamp))),
        [Code::StampUntrusted]
    );
    // Whoever sets the time issues certificates to signers.
    let signer = certify("张䶮", 9, &Terms::signer(), Some(&forger.stamping));
    assert_eq!(
        refused(&signed_by(&signer, Some(&forger.now()))),
        [Code::Untrusted]
    );
    // Whoever certifies signers elsewhere says nothing in the name of the platform.
    let [signing, stamping] = [&forger.signing, &forger.stamping].map(|it| it.certificate.clone());
    let elsewhere = Roots::of([(Use::SigningElsewhere, signing), (Use::Stamping, stamping)]);
    let name = "heyi platform record";
    let platform = certify(name, 9, &Terms::signer(), Some(&forger.signing));
    let signature = platform.sign(&sha2::Sha256::digest(b"record"), Some(&forger.now()));
    let beside = verify::check_beside(b"record", &signature, &forger.roots()).unwrap();
    assert_eq!(beside.signer, name);
    assert_eq!(
        verify::check_beside(b"record", &signature, &elsewhere),
        Err(Code::Untrusted)
    );
    // Their signatures count all the same: nothing speaks against them.
    let by_them = verify::run(&PAPERS.once, &elsewhere);
    assert!(by_them.whole);
    assert_eq!(by_them.problems, []);
    // Nor does whoever certifies signers there set the time.
    let [signing, stamping] = [&forger.signing, &forger.stamping].map(|it| it.certificate.clone());
    let timeless = Roots::of([(Use::Signing, signing), (Use::SigningElsewhere, stamping)]);
    let untimed = verify::run(&PAPERS.once, &timeless);
    let codes: Vec<_> = untimed.problems.iter().map(|it| it.code).collect();
    assert_eq!(codes, [Code::StampUntrusted]);
}

#[test]
fn whoever_signs_in_a_place_of_somebody_else_is_refused() {
    let papers = &*PAPERS;
    let sign = |field: &str, by: &str| {
        let holder = certify(by, 9, &Terms::signer(), Some(&papers.forger.signing));
        refused(&pdf::signed(
            &papers.base,
            field,
            &Written::default(),
            |digest| holder.sign(digest, Some(&papers.forger.now())),
        ))
    };
    for (field, by) in [
        ("party-1", "李四"),
        ("party-1", "张"),
        ("party-2", "张䶮"),
        ("party-2", "建国"),
        ("mediator-1", "张䶮"),
        ("seal", "张䶮"),
        ("seal", "和平街道人民调解委员会"),
    ] {
        assert_eq!(sign(field, by), [Code::Name], "{field} {by}");
    }
}

#[test]
fn there_is_one_way_to_write_a_signature_or_a_timestamp_of_ours() {
    let papers = &*PAPERS;
    let by = |stamp: &Holder| {
        refused(&pdf::archived(&papers.evident, |digest| {
            stamp.token(digest, NOW_LONG)
        }))
    };
    let own = &papers.forger.stamp;
    let [signing, stamping] = [&papers.forger.signing, &papers.forger.stamping];
    assert_eq!(by(&own.otherwise()), [Code::Stamp]);
    for companion in [signing, stamping, own] {
        assert_eq!(by(&own.beside(&[&companion.certificate])), [Code::Stamp]);
    }
    let signer = &papers.forger.signer;
    for signer in [signer.otherwise(), signer.beside(&[&signing.certificate])] {
        assert_eq!(
            refused(&signed_by(&signer, Some(&papers.forger.now()))),
            [Code::Cms]
        );
    }
}

/// Services elsewhere write in their own way, and what they send along is left out: no signature covers it.
#[test]
fn nothing_comes_along_with_a_timestamp_from_elsewhere_either() {
    let forger = &PAPERS.forger;
    let [signing, stamping] = [&forger.signing, &forger.stamping].map(|it| it.certificate.clone());
    let there = (Use::StampingElsewhere, stamping.clone());
    let roots = Roots::of([(Use::Signing, signing.clone()), there]);
    let name = "heyi platform record";
    let platform = certify(name, 9, &Terms::signer(), Some(&forger.signing));
    let by = |stamp: &Holder| {
        let now = Stamp {
            by: stamp,
            ..forger.now()
        };
        let signature = platform.sign(&sha2::Sha256::digest(b"record"), Some(&now));
        verify::check_beside(b"record", &signature, &roots).map(|it| it.signer)
    };
    for stamp in [forger.stamp.clone(), forger.stamp.otherwise()] {
        assert_eq!(by(&stamp).as_deref(), Ok(name));
    }
    let along = [&[&signing[..]][..], &[&stamping], &[&stamping, &signing]];
    for companions in along {
        assert_eq!(by(&forger.stamp.beside(companions)), Err(Code::Stamp));
    }
}

/// Anybody may call their authority as another one is called.
#[test]
fn of_two_authorities_of_one_name_neither_speaks_for_the_other() {
    let papers = &*PAPERS;
    let forger = &papers.forger;
    let twin = twin("honest signing");
    let [signing, stamping] = [&forger.signing, &forger.stamping].map(|it| it.certificate.clone());
    let roots = Roots::of([
        (Use::Signing, twin.certificate.clone()),
        (Use::Signing, signing.clone()),
        (Use::Stamping, stamping.clone()),
    ]);
    let [own, stamps] = lists(forger);
    let closed_with = |certificates: &[Vec<u8>], lists: &[Vec<u8>]| {
        let evident = pdf::evidence(&papers.all, certificates, lists);
        let report = verify::run(&closed(forger, &evident), &roots);
        let codes: Vec<_> = report.problems.iter().map(|it| it.code).collect();
        codes
    };
    let theirs = twin.list(&[2], NOW);
    let honest = [signing, stamping.clone()];
    assert_eq!(closed_with(&honest, &[own.clone(), stamps.clone()]), []);
    let swapped = [twin.certificate.clone(), stamping];
    assert_eq!(
        closed_with(&swapped, &[own.clone(), stamps.clone()]),
        [Code::Evidence]
    );
    assert_eq!(
        closed_with(&honest, &[theirs.clone(), stamps.clone()]),
        [Code::Evidence]
    );
    // What the one has taken back is not taken back by the other.
    let checked =
        |list: Vec<u8>| verify::run_against(&papers.once, &roots, &[list, stamps.clone()]);
    let by_theirs = checked(theirs);
    assert_eq!(by_theirs.problems, []);
    assert!(!by_theirs.revocation_checked && checked(own).revocation_checked);
    let taken_back = checked(forger.signing.list(&[2], NOW));
    assert_eq!(taken_back.problems[0].code, Code::Revoked);
}

#[test]
fn that_nothing_tells_of_certificates_taken_back_is_said() {
    let papers = &*PAPERS;
    let lists = lists(&papers.forger);
    let roots = papers.forger.roots();
    let checked = |paper: &[u8], lists: &[Vec<u8>]| {
        verify::run_against(paper, &roots, lists).revocation_checked
    };
    assert!(checked(&papers.archived, &[]));
    assert!(!checked(&papers.all, &[]) && !checked(&papers.once, &lists[..1]));
    assert!(checked(&papers.once, &lists));
    let texts = heyi::i18n::Texts::load(None).unwrap();
    for (locale, words) in [
        (heyi::i18n::Locale::ZhCn, "没有核对签名人的证书是否已被吊销"),
        (heyi::i18n::Locale::En, "taken back was not checked"),
    ] {
        let told = verify::describe(&check(&papers.once), &texts, locale).join("\n");
        assert!(told.contains(words), "{told}");
    }
}

/// Whoever has a certificate of somebody who is trusted could fill the places that wait.
#[test]
fn what_a_stranger_added_to_a_paper_that_waits_is_not_called_newer() {
    let papers = &*PAPERS;
    let at = "2026-11-22T02:00:00Z".parse().unwrap();
    let mut record = Record::new(String::new(), "0".repeat(32), State::Signing, at);
    record.history = History::of(&papers.once).unwrap();
    let standing = |by: &str| {
        let holder = certify(by, 9, &Terms::signer(), Some(&papers.forger.signing));
        let paper = pdf::signed(&papers.once, "party-2", &Written::default(), |digest| {
            holder.sign(digest, Some(&papers.forger.now()))
        });
        verify::compare(&paper, &check(&paper), &record).standing
    };
    assert_eq!(standing("欧阳建国"), Standing::Later);
    assert_eq!(standing("李四"), Standing::Other);
}
