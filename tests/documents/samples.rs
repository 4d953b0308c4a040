//! One paper of each kind, as the noise story makes it, and everyone who signs it.

use heyi::clock::Clock;
use heyi::documents::keys::Authority;
use heyi::documents::paper::{Attachment, Entry, Nature};
use heyi::documents::papers::{
    Asked, Assent, Basis, Checked, Consent, Dossier, ElectronicWay, Enclosed, Evidence, Extension,
    Ground, Identity, Intake, Letter, Link, Member, Minutes, Named, OF_PAPERS, Outcome, Present,
    Rights, Role, Section, ServiceForm, Shown, SignerCertificate, SignerConsent, SignerFacts, Slip,
    Statement, Subject, Told, dossier, evidence, in_words,
};
use heyi::documents::samples::{self, COMMITTEE, URL, made_at, parties, signatory};
use heyi::documents::{Paper, Poster, Shape, write_posters};
use heyi::domain::claim::ClaimKind;
use heyi::domain::hash::ContentHash;
use heyi::domain::intake::Source;
use heyi::domain::party::IdentityMethod;
use heyi::domain::service::Channel;
use heyi::domain::session_record::Opening;
use heyi::domain::signature::{Device, Means};
use heyi::domain::track::Track;
use heyi::i18n::Texts;
use jiff::civil::date;

fn texts() -> Texts {
    Texts::load(None).unwrap()
}

pub(crate) fn settlement() -> Paper {
    in_words(&samples::agreement(2, true), &texts(), OF_PAPERS).unwrap()
}

pub(crate) fn ended() -> Paper {
    in_words(&samples::certificate(2), &texts(), OF_PAPERS).unwrap()
}

pub(crate) fn joint_application() -> Paper {
    in_words(&samples::application(2), &texts(), OF_PAPERS).unwrap()
}

fn dismissed() -> Outcome {
    Outcome::Dismissed {
        ground: Ground::Unclear,
        reasons: "协议第1项未写明限制练琴的具体房间和测量方法，双方在询问中对此理解不一。"
            .to_owned(),
    }
}

fn not_accepted() -> Outcome {
    Outcome::NotAccepted {
        ground: "不归收到申请的这家法院管".to_owned(),
        article: "《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第三百五十五条"
            .to_owned(),
        reasons: "各方住所和调解组织所在地都不在本院辖区。".to_owned(),
    }
}

pub(crate) fn court_ruling(outcome: Outcome) -> Paper {
    let hash = Some("0".repeat(64));
    in_words(&samples::ruling(2, outcome, hash), &texts(), OF_PAPERS).unwrap()
}

fn invitation() -> Paper {
    let content = Letter {
        number: "和平人调邀〔2026〕第12号".to_owned(),
        organisation: COMMITTEE.to_owned(),
        name: "欧阳建国".to_owned(),
        address: "安宁市和平街道和平路3号幸福小区5幢2单元".to_owned(),
        surname: "张".to_owned(),
        cause: "噪声纠纷".to_owned(),
        phone: "010-5550 0101".to_owned(),
        office: "和平路1号".to_owned(),
        answer_by: Some(date(2026, 11, 30)),
        made_at: made_at(),
        dated: date(2026, 11, 22),
        link: "https://heyi.example/i/0123456789abcdef012345".to_owned(),
    };
    in_words(&content, &texts(), OF_PAPERS).unwrap()
}

pub(crate) fn taken_in() -> Paper {
    let named = |role, name: &str| Named {
        role,
        name: name.to_owned(),
    };
    let content = Intake {
        number: "和平调受〔2026〕000012号".to_owned(),
        case: "和调〔2026〕000012号".to_owned(),
        organisation: COMMITTEE.to_owned(),
        track: Track::People,
        cause: "噪声纠纷".to_owned(),
        parties: vec![
            named(Role::Applicant, "张䶮"),
            named(Role::Respondent, "欧阳建国"),
        ],
        place: "和平路3号幸福小区5幢2单元".to_owned(),
        source: Source::Building,
        consent: Consent::Own,
        summary: "楼上的孩子每晚练琴到半夜，说过几次没有用。".to_owned(),
        claims: vec![Asked {
            kind: ClaimKind::Stop,
            text: "晚上九点以后不再练琴".to_owned(),
            sum: None,
        }],
        asked: date(2026, 11, 1),
        accepted: date(2026, 11, 2),
        made_at: made_at(),
        seal_field: "seal".to_owned(),
        verify_url: URL.to_owned(),
    };
    in_words(&content, &texts(), OF_PAPERS).unwrap()
}

pub(crate) fn told() -> Paper {
    let lines = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect();
    let content = Rights {
        number: "和平调告〔2026〕000012号".to_owned(),
        organisation: COMMITTEE.to_owned(),
        cause: "噪声纠纷".to_owned(),
        to: lines(&["张䶮", "欧阳建国"]),
        track: Track::People,
        date: date(2026, 11, 2),
        made_at: made_at(),
        seal_field: "seal".to_owned(),
        verify_url: URL.to_owned(),
    };
    in_words(&content, &texts(), OF_PAPERS).unwrap()
}

pub(crate) fn served_at() -> Paper {
    let way = |channel, address: &str, agreed| ElectronicWay {
        channel,
        address: address.to_owned(),
        agreed,
    };
    let content = ServiceForm {
        number: "和平调送〔2026〕000012号".to_owned(),
        case: "和调〔2026〕000012号".to_owned(),
        organisation: COMMITTEE.to_owned(),
        cause: "噪声纠纷".to_owned(),
        role: Role::Respondent,
        name: "欧阳建国".to_owned(),
        address: "和平路3号幸福小区5幢2单元".to_owned(),
        receiver: Some("欧阳小红".to_owned()),
        channels: vec![
            way(Channel::Platform, "", true),
            way(Channel::Sms, "13800000001", false),
        ],
        contact: "13800000001".to_owned(),
        date: date(2026, 11, 22),
        made_at: made_at(),
        seal_field: "seal".to_owned(),
        verify_url: URL.to_owned(),
    };
    in_words(&content, &texts(), OF_PAPERS).unwrap()
}

fn recorded() -> Paper {
    let at = |text: &str| text.parse().unwrap();
    let (from, until) = (at("2026-11-20T11:30:00Z"), at("2026-11-20T12:15:00Z"));
    let present = |name: &str, standing, checked| Present {
        name: name.to_owned(),
        standing,
        from,
        until,
        on_site: standing == "claimant",
        party: standing == "claimant",
        checked,
    };
    let checked = Checked {
        method: IdentityMethod::CardAtCounter,
        by: "王和平".to_owned(),
    };
    let content = Minutes {
        number: "和平调笔〔2026〕000012号".to_owned(),
        organisation: COMMITTEE.to_owned(),
        cause: "噪声纠纷".to_owned(),
        place: "和平街道调解室".to_owned(),
        from,
        until,
        present: vec![
            present("张䶮", "claimant", Some(checked)),
            present("林译", "interpreter", None),
        ],
        opening: vec![Told {
            what: Opening::Identity,
            at: at("2026-11-20T11:31:00Z"),
        }],
        recusal: "双方都不申请回避。".to_owned(),
        statements: vec![Statement {
            name: "张䶮".to_owned(),
            text: "每晚练琴到半夜，睡不着。".to_owned(),
        }],
        undisputed: vec!["双方是同一单元的上下楼邻居。".to_owned()],
        proposals: "每晚九点以后不练琴。".to_owned(),
        result: "约定下周再谈一次。".to_owned(),
        parties: parties(2),
        members: vec![Member {
            standing: "interpreter",
            name: "林译".to_owned(),
            field: "member-1".to_owned(),
        }],
        mediator: signatory("王和平", "mediator-1"),
        made_at: made_at(),
        verify_url: URL.to_owned(),
    };
    in_words(&content, &texts(), OF_PAPERS).unwrap()
}

fn extended() -> Paper {
    let assent = |name: &str, at: &str| Assent {
        name: name.to_owned(),
        at: at.parse().unwrap(),
    };
    let content = Extension {
        number: "和平调延〔2026〕000012号（第1次）".to_owned(),
        organisation: COMMITTEE.to_owned(),
        cause: "噪声纠纷".to_owned(),
        parties: parties(2),
        mediator: "王和平".to_owned(),
        basis: Basis::House,
        from: date(2026, 11, 30),
        until: date(2026, 12, 13),
        rolled: Some(date(2026, 12, 14)),
        why: "等房屋检测的结果。".to_owned(),
        asked: "王和平".to_owned(),
        assents: vec![
            assent("张䶮", "2026-11-21T01:00:00Z"),
            assent("欧阳建国", "2026-11-22T02:00:00Z"),
        ],
        date: date(2026, 11, 22),
        made_at: made_at(),
        seal_field: "seal".to_owned(),
        verify_url: URL.to_owned(),
    };
    in_words(&content, &texts(), OF_PAPERS).unwrap()
}

fn at(minute: i64) -> jiff::Timestamp {
    made_at() + jiff::SignedDuration::from_mins(minute)
}

fn hash(what: &str) -> ContentHash {
    ContentHash::of(what.as_bytes())
}

fn link(number: i64) -> Link {
    Link {
        number,
        hash: hash("event").to_string(),
    }
}

fn shown(means: Means, minute: i64) -> Shown {
    Shown {
        means: Some(means),
        code_at: Some(at(minute)),
        device: Some(Device::Phone),
    }
}

fn signer(role: &str, name: &str, minute: i64, shown: Option<Shown>) -> SignerFacts {
    SignerFacts {
        role: role.to_owned(),
        name: name.to_owned(),
        organisation: shown.is_none().then(|| COMMITTEE.to_owned()),
        identity: shown.is_some().then(|| Identity {
            method: IdentityMethod::CardInRoom,
            at: at(-60),
            by: "王和平".to_owned(),
        }),
        consent: shown.is_some().then(|| SignerConsent {
            at: at(0),
            text: "我同意用电子签名签这份协议。（告知文本：2026-11版）".to_owned(),
            hash: Some(hash("consent")),
        }),
        shown,
        signed_at: Some(at(minute)),
        stamped_at: Some(at(minute)),
        revision: Some(hash(name)),
        certificate: Some(SignerCertificate {
            serial: "4f".repeat(16),
            pseudonym: "0123456789abcdef".repeat(4),
            issuer: "heyi document authority".to_owned(),
            from: Some(at(minute)),
            until: Some(at(minute) + jiff::SignedDuration::from_hours(1096 * 24)),
        }),
        event: Some(link(40 + minute)),
    }
}

fn witnessed() -> Paper {
    let content = Evidence {
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
        signers: vec![
            signer("申请人", "张䶮", 1, Some(shown(Means::CodeByPhone, 1))),
            signer("被申请人", "欧阳建国", 2, Some(shown(Means::CodeByMail, 2))),
            signer("盖章单位", COMMITTEE, 3, None),
        ],
        head: Some(link(44)),
        date: date(2026, 11, 22),
        made_at: at(10),
        seal_field: "seal".to_owned(),
        verify_url: URL.to_owned(),
    };
    evidence(&content, &texts()).unwrap()
}

/// What nobody signs: the letter, the slip, the dossier with a paper in it.
pub(crate) fn unsigned() -> [(&'static str, Paper); 3] {
    let rating = Slip {
        organisation: COMMITTEE.to_owned(),
        phone: "010-5550 0101".to_owned(),
        made_at: made_at(),
        link: "https://heyi.example/r/0123456789abcdef".to_owned(),
    };
    [
        ("letter", invitation()),
        ("slip", in_words(&rating, &texts(), OF_PAPERS).unwrap()),
        ("dossier", filed()),
    ]
}

fn filed() -> Paper {
    let attachment = |name: &str, bytes, nature| Attachment {
        name: name.to_owned(),
        description: name.to_owned(),
        bytes,
        nature,
    };
    let intake = heyi::documents::write(&taken_in()).unwrap();
    let entry = |label: &str, value: &str| Entry {
        label: label.to_owned(),
        value: value.to_owned(),
    };
    let content = Dossier {
        number: "和平调卷〔2026〕000012号".to_owned(),
        organisation: COMMITTEE.to_owned(),
        cover: vec![entry("案号", "和调〔2026〕000012号")],
        sections: vec![Section {
            title: "文书送达".to_owned(),
            rows: Vec::new(),
            lines: vec!["2026-11-20 张䶮 调解协议书 当面交给本人 本人签收 王和平".to_owned()],
        }],
        papers: vec![Enclosed {
            title: "受理登记表".to_owned(),
            hash: "0".repeat(64),
            file: attachment("01-intake_record.pdf", intake, Nature::Paper),
        }],
        data: attachment("dossier.json", b"{}".to_vec(), Nature::Data),
        made_at: made_at(),
    };
    dossier(&content, &texts()).unwrap()
}

/// A sheet for a door, and six for desks.
pub(crate) fn sheets() -> [(&'static str, Vec<u8>); 2] {
    let poster = Poster {
        url: "https://heyi.example/k/HP0312".to_owned(),
        title: "邻里有事，扫码说说".to_owned(),
        lines: vec!["免费、自愿".to_owned()],
        small: vec!["和平路3号 幸福小区5幢".to_owned()],
    };
    [("sheet-door", Shape::Door), ("sheet-desk", Shape::Desk)].map(|(name, shape)| {
        let bytes = write_posters(std::slice::from_ref(&poster), shape, made_at());
        (name, bytes.unwrap())
    })
}

/// Every paper that somebody signs or seals, with its name.
pub(crate) fn all() -> [(&'static str, Paper); 12] {
    [
        ("intake", taken_in()),
        ("rights", told()),
        ("service", served_at()),
        ("minutes", recorded()),
        ("extension", extended()),
        ("evidence", witnessed()),
        ("agreement", settlement()),
        ("certificate", ended()),
        ("application", joint_application()),
        ("ruling-valid", court_ruling(Outcome::Valid)),
        ("ruling-dismissed", court_ruling(dismissed())),
        ("ruling-refused", court_ruling(not_accepted())),
    ]
}

/// Every revision of a paper that is signed in every field.
pub(crate) fn signed_by_all(paper: &Paper, authority: &Authority, clock: &Clock) -> Vec<Vec<u8>> {
    let revisions = samples::signed_by_all(paper, authority, clock).unwrap();
    let bytes: Vec<_> = revisions.into_iter().map(|it| it.bytes).collect();
    let follows = |pair: &[Vec<u8>]| pair[1].starts_with(&pair[0]);
    assert!(bytes.windows(2).all(follows));
    bytes
}
