//! One paper of each kind, as the noise story makes it, and everyone who signs it.

use heyi::clock::Clock;
use heyi::documents::keys::Authority;
use heyi::documents::paper::{Attachment, Entry, Nature};
use heyi::documents::papers::{
    Dossier, Enclosed, Enclosures, Evidence, Extension, Ground, Intake, Letter, Minutes, OF_PAPERS,
    Outcome, Rights, Scan, Section, ServiceForm, Slip, Worded, dossier, in_words, scan,
};
use heyi::documents::samples::{self, COMMITTEE, made_at};
use heyi::documents::{Paper, Poster, Shape, write_posters};
use heyi::i18n::Texts;

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

/// The first of the invented papers to which the templates are held.
fn invented<P: Worded>() -> Paper {
    in_words(&P::samples().remove(0), &texts(), OF_PAPERS).unwrap()
}

pub(crate) fn taken_in() -> Paper {
    invented::<Intake>()
}

pub(crate) fn told() -> Paper {
    invented::<Rights>()
}

pub(crate) fn served_at() -> Paper {
    invented::<ServiceForm>()
}

/// The print and two photographs inside.
fn scanned() -> Paper {
    let content = Scan::samples().remove(0);
    let photo = ("image/jpeg", vec![0xff, 0xd8, 0xff, 0xe0]);
    let enclosed = Enclosures {
        printed: heyi::documents::write(&settlement()).unwrap(),
        scan: vec![photo.clone(), photo],
    };
    scan(&content, enclosed, ["印出的文本", "扫描件"], &texts()).unwrap()
}

/// What nobody signs: the letter, the slip, the dossier with a paper in it.
pub(crate) fn unsigned() -> [(&'static str, Paper); 3] {
    [
        ("letter", invented::<Letter>()),
        ("slip", invented::<Slip>()),
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
    dossier(&content, (&texts(), OF_PAPERS)).unwrap()
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
pub(crate) fn all() -> [(&'static str, Paper); 13] {
    [
        ("intake", taken_in()),
        ("rights", told()),
        ("service", served_at()),
        ("minutes", invented::<Minutes>()),
        ("extension", invented::<Extension>()),
        ("evidence", invented::<Evidence>()),
        ("scan", scanned()),
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
