//! What an invented report on a signing says, and the certificate of an invented scan.

use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};

use super::super::evidence::{
    Acts, ByHand, Certificate, Consent, Evidence, Identity, Link, Seat, Shown, Signer, Subject,
};
use super::super::{Right, Scan, ScanFile};
use super::{CAUSE, COMMITTEE, SEAL, URL, made_at, signatory, story};
use crate::domain::hash::ContentHash;
use crate::domain::party::IdentityMethod;
use crate::domain::signature::{Device, Means};

fn at(minute: i64) -> Timestamp {
    made_at() + SignedDuration::from_mins(minute)
}

fn hash(what: &str) -> ContentHash {
    ContentHash::of(what.as_bytes())
}

fn link(number: i64) -> Link {
    Link {
        number,
        hash: hash(&number.to_string()).to_string(),
    }
}

/// Of whom everything is known.
fn party(role: Seat, name: &str, minute: i64) -> Signer {
    let until = SignedDuration::from_hours(1_096 * 24);
    Signer {
        role,
        name: name.to_owned(),
        acts: None,
        organisation: None,
        hand: None,
        identity: Some(Identity {
            method: IdentityMethod::CardInRoom,
            at: at(-60),
            by: "王和平".to_owned(),
        }),
        in_ink: false,
        erased: None,
        shown: Some(Shown {
            means: Some(Means::CodeByPhone),
            code_at: Some(at(minute)),
            device: Some(Device::Phone),
        }),
        consent: Some(Consent {
            at: at(0),
            words: Some("我同意用电子签名签这份协议。\n也可以改签纸质协议。".to_owned()),
            version: "2026-11".to_owned(),
            hash: hash("consent"),
        }),
        signed_at: Some(at(minute)),
        stamped_at: Some(at(minute)),
        revision: Some(hash(name)),
        certificate: Some(Certificate {
            serial: "4f".repeat(16),
            pseudonym: "0123456789abcdef".repeat(4),
            issuer: "heyi document authority".to_owned(),
            from: Some(at(minute)),
            until: Some(at(minute) + until),
        }),
        event: Some(link(40 + minute)),
    }
}

/// Whoever signs by office.
fn office(role: Seat, name: &str, minute: i64) -> Signer {
    Signer {
        organisation: Some(COMMITTEE.to_owned()),
        identity: None,
        consent: None,
        ..party(role, name, minute)
    }
}

fn agent(name: &str, party_name: &str, right: Right) -> Signer {
    let acts = Acts {
        party: party_name.to_owned(),
        right,
        proof: hash("授权委托书"),
    };
    Signer {
        acts: Some(acts),
        ..party(Seat::Respondent, name, 2)
    }
}

/// A name without anything else.
fn bare(role: Seat) -> Signer {
    Signer {
        role,
        name: "林译".to_owned(),
        acts: None,
        organisation: None,
        hand: None,
        identity: None,
        in_ink: false,
        erased: None,
        shown: None,
        consent: None,
        signed_at: None,
        stamped_at: None,
        revision: None,
        certificate: None,
        event: Some(link(1)),
    }
}

fn signers() -> Vec<Signer> {
    let attorney = |special| Right::Attorney {
        special,
        power: date(2026, 11, 20),
    };
    let mut by_mail = party(Seat::Respondent, "欧阳建国", 2);
    by_mail.shown = Some(Shown {
        means: Some(Means::CodeByMail),
        code_at: Some(at(2)),
        device: Some(Device::Computer),
    });
    let mut mediator = office(Seat::Mediator, "王和平", 3);
    mediator.shown = Some(Shown {
        means: Some(Means::SecondFactor),
        code_at: Some(at(3)),
        device: Some(Device::Tablet),
    });
    let seal = Signer {
        hand: Some("赵掌印".to_owned()),
        ..office(Seat::Seal, COMMITTEE, 4)
    };
    vec![
        party(Seat::Applicant, "张䶮", 1),
        by_mail,
        agent("言正", "李安", attorney(true)),
        mediator,
        office(Seat::CoMediator, "李和", 3),
        bare(Seat::Interpreter),
        seal,
    ]
}

/// How an agreement of many was signed.
pub(in crate::documents::papers) fn evidence() -> Evidence {
    Evidence {
        number: "存证〔2026〕000012号".to_owned(),
        operator: "和议在线解纷平台".to_owned(),
        subject: Subject {
            title: "调解协议书".to_owned(),
            document: "019a0000-0000-7000-8000-000000000000".to_owned(),
            made_at: made_at(),
            revisions: ["base", "张䶮", "欧阳建国", COMMITTEE, "archive"]
                .map(hash)
                .to_vec(),
            archived_at: Some(at(9)),
        },
        by_hand: None,
        signers: signers(),
        head: Some(link(44)),
        date: date(2026, 11, 22),
        made_at: at(10),
        seal_field: SEAL.to_owned(),
        verify_url: URL.to_owned(),
    }
}

/// By everybody who can sign anything, of whom hardly anything was written down.
pub(in crate::documents::papers) fn evidence_of_few_words() -> Evidence {
    let attorney = Right::Attorney {
        special: false,
        power: date(2026, 11, 20),
    };
    let mother = Right::Guardian {
        relation: "母亲".to_owned(),
    };
    let mut vague = party(Seat::Applicant, "张䶮", 1);
    vague.shown = Some(Shown {
        means: Some(Means::SecondFactor),
        code_at: None,
        device: None,
    });
    if let Some(identity) = &mut vague.identity {
        identity.method = IdentityMethod::CardAtCounter;
    }
    if let Some(consent) = &mut vague.consent {
        consent.words = None;
    }
    if let Some(certificate) = &mut vague.certificate {
        (certificate.from, certificate.until) = (None, None);
    }
    let acting = [
        agent("言正", "李安", attorney),
        agent("康慈", "康宁", mother),
        agent("法人", "某某公司", Right::Representative),
        vague,
    ];
    let unrecorded = |erased| Signer {
        erased,
        event: None,
        ..bare(Seat::Applicant)
    };
    let unrecorded = [Some(at(9)), None].map(unrecorded);
    let bare = Seat::ALL.into_iter().map(bare).chain(unrecorded);
    let mut few = evidence();
    few.subject.revisions.truncate(1);
    few.subject.archived_at = None;
    Evidence {
        signers: acting.into_iter().chain(bare).collect(),
        head: None,
        ..few
    }
}

/// Signed by hand: once as it is, once with nothing known of the print.
pub(in crate::documents::papers) fn evidence_of_ink() -> [Evidence; 2] {
    let inked = Signer {
        in_ink: true,
        identity: party(Seat::Applicant, "", 0).identity,
        signed_at: Some(at(0)),
        event: None,
        ..bare(Seat::Applicant)
    };
    let ink = |printed: Option<ContentHash>| ByHand {
        last_signed: printed.as_ref().map(|_| at(0)),
        printed,
        scan: vec![hash("page 1"), hash("page 2")],
    };
    let signed = |printed| Evidence {
        by_hand: Some(ink(printed)),
        signers: vec![inked.clone(), office(Seat::Officer, "王和平", 3)],
        ..evidence()
    };
    [signed(Some(hash("print"))), signed(None)]
}

/// An agreement of two, photographed page by page.
pub(in crate::documents::papers) fn scan() -> Scan {
    let file = |number: usize| ScanFile {
        name: format!("scan-{number}.jpg"),
        sha256: hash(&number.to_string()).to_string(),
        size: 1_000,
    };
    Scan {
        number: story::agreement(2, true).number,
        organisation: COMMITTEE.to_owned(),
        cause: CAUSE.to_owned(),
        signed_by: ["张䶮", "欧阳建国", "王和平", COMMITTEE]
            .map(str::to_owned)
            .to_vec(),
        printed: hash("print").to_string(),
        files: vec![file(1), file(2)],
        signed_at: at(0),
        officer: signatory("王和平", "mediator"),
        seal_field: SEAL.to_owned(),
        date: date(2026, 11, 22),
        made_at: at(10),
        verify_url: URL.to_owned(),
    }
}
