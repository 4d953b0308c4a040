//! Papers signed or stamped by somebody who should not have: another authority, too late, for another purpose, taken back.

use heyi::documents::verify::{self, Code, Verdict};

use super::forger::{Forger, Holder, NOW, NOW_LONG, Stamp, Terms, certify};
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
    let holder = certify("李四", 9, terms, Some(&forger.signing));
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
    let forged = certify("王五", 3, &Terms::signer(), Some(&twin));
    assert_eq!(refused(&signed_by(&forged, Some(&now))), [Code::Untrusted]);
}

#[test]
fn whoever_signs_papers_issues_no_certificates() {
    let forger = &PAPERS.forger;
    let issued = certify("王五", 3, &Terms::signer(), Some(&forger.signer));
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
    assert!(!verify::run(&papers.archived, &[]).accepted);
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
        let evident = pdf::evidence(&papers.all, &papers.forger.roots(), &lists);
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
