//! One paper of each kind, as the noise story makes it, and everyone who signs it.

use heyi::clock::Clock;
use heyi::documents::keys::{Authority, Signer};
use heyi::documents::paper::{Attachment, Entry, Nature};
use heyi::documents::papers::{
    Agreement, Application, Certificate, Course, Dossier, Enclosed, Ending, Extension, Ground,
    Intake, Letter, Minutes, Obligation, Outcome, Party, Regime, Remedy, Rights, Role, Ruling,
    Section, ServiceChoice, ServiceForm, Signatory, Slip, Sum, agreement, application, certificate,
    dossier, extension, intake, letter, minutes, rights, ruling, service_form, slip,
};
use heyi::documents::{Look, Paper, Poster, Shape, Signing, Strokes, sign, write_posters};
use heyi::i18n::Texts;
use jiff::civil::date;

const COMMITTEE: &str = "安宁市和平街道人民调解委员会";
const COURT: &str = "安宁市人民法院";
const URL: &str = "https://heyi.example/v/0123456789abcdef0123456789abcdef";

fn texts() -> Texts {
    Texts::load(None).unwrap()
}

fn made_at() -> jiff::Timestamp {
    "2026-11-22T02:00:00Z".parse().unwrap()
}

fn party(role: Role, name: &str, tail: &str, field: &str) -> Party {
    Party {
        role,
        name: name.to_owned(),
        masked_identity: Some(format!("**************{tail}")),
        address: "安宁市和平街道和平路3号幸福小区5幢2单元".to_owned(),
        contact: "+86 138 0000 0001".to_owned(),
        field: field.to_owned(),
        agent: None,
    }
}

fn parties() -> Vec<Party> {
    vec![
        party(Role::Applicant, "张䶮", "002X", "party-1"),
        party(Role::Respondent, "欧阳建国", "1216", "party-2"),
    ]
}

/// In court all of them apply together.
fn applicants() -> Vec<Party> {
    let mut applicants = parties();
    for party in &mut applicants {
        party.role = Role::Applicant;
    }
    applicants
}

fn signatory(name: &str, field: &str) -> Signatory {
    Signatory {
        name: name.to_owned(),
        field: field.to_owned(),
    }
}

fn obligation(who: &str, does: &str, sum: Option<Sum>, by: &str) -> Obligation {
    Obligation {
        who: who.to_owned(),
        does: does.to_owned(),
        sum,
        by: by.to_owned(),
        proof: "上传转账凭证或者现场照片，由对方在平台上确认".to_owned(),
        on_default: "自逾期之日起按年利率3.45%支付利息，对方可以依法起诉或者申请强制执行"
            .to_owned(),
    }
}

pub(crate) fn settlement() -> Paper {
    let content = Agreement {
        number: "和平人调字〔2026〕第12号".to_owned(),
        organisation: COMMITTEE.to_owned(),
        regime: Regime::Peoples,
        confirmable: true,
        cause: "噪声纠纷".to_owned(),
        parties: parties(),
        mediators: vec![signatory("王和平", "mediator-1")],
        interpreters: Vec::new(),
        facts: "2026年9月起，欧阳建国之子每晚在家练习钢琴，有时持续至23:30。张䶮住其楼下，\
            多次上门和在业主群里交涉；双方于2026年10月18日发生争吵，社区民警到场劝开。\n\
            2026年11月20日，双方通过视频参加调解，均确认上述经过属实。"
            .to_owned(),
        undisputed: vec!["双方是同一单元的上下楼邻居。".to_owned()],
        disputed: "练琴的时间应当限制到什么程度；张䶮为隔音所花的1,234.05元由谁承担。".to_owned(),
        responsibility:
            "欧阳建国未顾及邻里安宁，承担主要责任；张䶮拍打管道、言语过激，承担次要责任。"
                .to_owned(),
        obligations: vec![
            obligation(
                "欧阳建国",
                "应当保证家人在每日21:00至次日8:00之间不练琴，并在琴脚加装减震垫",
                None,
                "减震垫于2026年12月5日前装好；时间约定自本协议生效之日起长期有效",
            ),
            obligation(
                "欧阳建国",
                "应当向张䶮支付隔音费用。",
                Some(Sum {
                    figures: "1,234.05".to_owned(),
                    capital: "壹仟贰佰叁拾肆元零伍分".to_owned(),
                }),
                "2026年12月31日前一次付清；",
            ),
            obligation(
                "张䶮",
                "应当在业主群里说明双方已经和解，今后不再拍打管道",
                None,
                "2026年11月25日前",
            ),
        ],
        date: date(2026, 11, 22),
        made_at: made_at(),
        seal_field: "seal".to_owned(),
        verify_url: URL.to_owned(),
    };
    agreement(&content, &texts()).unwrap()
}

pub(crate) fn ended() -> Paper {
    let content = Certificate {
        number: "和平人调终字〔2026〕第3号".to_owned(),
        organisation: COMMITTEE.to_owned(),
        cause: "噪声纠纷".to_owned(),
        parties: parties(),
        mediators: vec![signatory("王和平", "mediator-1")],
        course: Course::Mediated(date(2026, 11, 2)),
        ended: date(2026, 11, 22),
        ending: Ending::FarApart,
        undisputed: vec![
            "双方是楼上楼下的邻居。".to_owned(),
            "2026年9月以来，欧阳建国家中晚间有钢琴声。".to_owned(),
        ],
        remedies: vec![Remedy::Court, Remedy::Arbitration, Remedy::MediateAgain],
        made_at: made_at(),
        seal_field: "seal".to_owned(),
        verify_url: URL.to_owned(),
    };
    certificate(&content, &texts())
}

pub(crate) fn joint_application() -> Paper {
    let content = Application {
        number: "和平人调确字〔2026〕第12号".to_owned(),
        court: COURT.to_owned(),
        applicants: applicants(),
        organisation: COMMITTEE.to_owned(),
        agreement_number: "和平人调字〔2026〕第12号".to_owned(),
        effective: date(2026, 11, 22),
        cause: "噪声纠纷".to_owned(),
        attachments: [
            "调解协议书一份",
            "调解组织主持调解的证明一份",
            "双方身份证明、住所和联系方式各一份",
        ]
        .map(str::to_owned)
        .to_vec(),
        service: ["张䶮", "欧阳建国"]
            .map(|name| ServiceChoice {
                name: name.to_owned(),
                choice: "同意电子送达，送达至本平台账户和登记的手机号码".to_owned(),
            })
            .to_vec(),
        date: date(2026, 11, 25),
        made_at: made_at(),
        verify_url: URL.to_owned(),
    };
    application(&content, &texts())
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
    let clerk = match outcome {
        Outcome::NotAccepted { .. } => signatory("", ""),
        _ => signatory("钱小记", "clerk"),
    };
    let content = Ruling {
        court: COURT.to_owned(),
        number: "（2026）安01民特12号".to_owned(),
        applicants: applicants(),
        organisation: COMMITTEE.to_owned(),
        agreement_number: "和平人调字〔2026〕第12号".to_owned(),
        agreement_hash: Some("0".repeat(64)),
        effective: date(2026, 11, 22),
        accepted: date(2026, 11, 26),
        cause: "噪声纠纷".to_owned(),
        terms: vec![
            "欧阳建国保证家人在每日21:00至次日8:00之间不练琴，并于2026年12月5日前在琴脚加装减震垫。"
                .to_owned(),
            "欧阳建国于2026年12月31日前向张䶮支付隔音费用1,234.05元（壹仟贰佰叁拾肆元零伍分）。"
                .to_owned(),
        ],
        outcome,
        judge: signatory("赵明理", "judge"),
        clerk,
        date: date(2026, 12, 8),
        made_at: made_at(),
        seal_field: "seal".to_owned(),
        verify_url: URL.to_owned(),
    };
    ruling(&content, &texts()).unwrap()
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
    letter(&content, &texts())
}

pub(crate) fn taken_in() -> Paper {
    let content = Intake {
        number: "和平调受〔2026〕000012号".to_owned(),
        case: "和调〔2026〕000012号".to_owned(),
        organisation: COMMITTEE.to_owned(),
        track: "人民调解".to_owned(),
        cause: "噪声纠纷".to_owned(),
        parties: vec![
            (Role::Applicant, "张䶮".to_owned()),
            (Role::Respondent, "欧阳建国".to_owned()),
        ],
        place: "和平路3号幸福小区5幢2单元".to_owned(),
        source: "楼门口的二维码".to_owned(),
        consent: "申请人本人通过平台提出申请，并自愿选择以调解方式解决。".to_owned(),
        summary: "楼上的孩子每晚练琴到半夜，说过几次没有用。".to_owned(),
        claims: vec!["停止：晚上九点以后不再练琴".to_owned()],
        asked: date(2026, 11, 1),
        accepted: date(2026, 11, 2),
        made_at: made_at(),
        seal_field: "seal".to_owned(),
        verify_url: URL.to_owned(),
    };
    intake(&content, &texts())
}

pub(crate) fn told() -> Paper {
    let lines = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect();
    let content = Rights {
        number: "和平调告〔2026〕000012号".to_owned(),
        organisation: COMMITTEE.to_owned(),
        cause: "噪声纠纷".to_owned(),
        to: lines(&["张䶮", "欧阳建国"]),
        basis: "依照《中华人民共和国人民调解法》第二十三条、第二十四条".to_owned(),
        rights: lines(&[
            "选择或者接受调解员。",
            "接受调解、拒绝调解或者要求终止调解。",
        ]),
        duties: lines(&["如实陈述纠纷事实。"]),
        notes: lines(&["人民调解不收取任何费用（人民调解法第四条）。"]),
        date: date(2026, 11, 2),
        made_at: made_at(),
        seal_field: "seal".to_owned(),
        verify_url: URL.to_owned(),
    };
    rights(&content, &texts())
}

pub(crate) fn served_at() -> Paper {
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
            ("本平台案件页面".to_owned(), true),
            ("手机短信 13800000001".to_owned(), false),
        ],
        confirmed: "以上内容由欧阳建国本人填写，于2026年11月22日以验证码确认。".to_owned(),
        date: date(2026, 11, 22),
        made_at: made_at(),
        seal_field: "seal".to_owned(),
        verify_url: URL.to_owned(),
    };
    service_form(&content, &texts())
}

fn recorded() -> Paper {
    let pair = |one: &str, other: &str| (one.to_owned(), other.to_owned());
    let content = Minutes {
        number: "和平调笔〔2026〕000012号".to_owned(),
        organisation: COMMITTEE.to_owned(),
        cause: "噪声纠纷".to_owned(),
        place: "和平街道调解室".to_owned(),
        time: "2026-11-20 19:30 至 2026-11-20 20:15".to_owned(),
        present: vec![
            pair("张䶮（申请人）", "19:30 至 20:15，到场，当面核对了身份证件"),
            pair("林译（翻译）", "19:30 至 20:15，线上"),
        ],
        opening: vec!["2026-11-20 19:31 核对了身份".to_owned()],
        recusal: "双方都不申请回避。".to_owned(),
        statements: vec![pair("张䶮", "每晚练琴到半夜，睡不着。")],
        undisputed: vec!["双方是同一单元的上下楼邻居。".to_owned()],
        proposals: "每晚九点以后不练琴。".to_owned(),
        result: "约定下周再谈一次。".to_owned(),
        parties: parties(),
        members: vec![("翻译".to_owned(), signatory("林译", "member-1"))],
        mediator: signatory("王和平", "mediator-1"),
        made_at: made_at(),
        verify_url: URL.to_owned(),
    };
    minutes(&content, &texts())
}

fn extended() -> Paper {
    let content = Extension {
        number: "和平调延〔2026〕000012号（第1次）".to_owned(),
        organisation: COMMITTEE.to_owned(),
        cause: "噪声纠纷".to_owned(),
        parties: parties(),
        mediator: "王和平".to_owned(),
        basis: "按照本调解组织的调解规则".to_owned(),
        from: date(2026, 11, 30),
        until: date(2026, 12, 13),
        rolled: Some(date(2026, 12, 14)),
        why: "等房屋检测的结果。".to_owned(),
        asked: "王和平".to_owned(),
        assents: vec![
            "张䶮于2026-11-21 09:00在平台上确认同意。".to_owned(),
            "欧阳建国于2026-11-22 10:00在平台上确认同意。".to_owned(),
        ],
        date: date(2026, 11, 22),
        made_at: made_at(),
        seal_field: "seal".to_owned(),
        verify_url: URL.to_owned(),
    };
    extension(&content, &texts())
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
        ("slip", slip(&rating, &texts())),
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
pub(crate) fn all() -> [(&'static str, Paper); 11] {
    [
        ("intake", taken_in()),
        ("rights", told()),
        ("service", served_at()),
        ("minutes", recorded()),
        ("extension", extended()),
        ("agreement", settlement()),
        ("certificate", ended()),
        ("application", joint_application()),
        ("ruling-valid", court_ruling(Outcome::Valid)),
        ("ruling-dismissed", court_ruling(dismissed())),
        ("ruling-refused", court_ruling(not_accepted())),
    ]
}

/// A hand's wavy line.
fn drawn() -> Look {
    let line = (0_u16..60)
        .map(|step| {
            let along = f32::from(step) / 60.0;
            (along * 160.0, 30.0 + 25.0 * (along * 22.0).sin())
        })
        .collect();
    Look::Strokes(Strokes::try_from(vec![line, vec![(10.0, 0.0), (150.0, 8.0)]]).unwrap())
}

/// Signs a paper in every field: the first hand draws, the others type, organisations seal.
pub(crate) fn signed_by_all(paper: &Paper, authority: &Authority, clock: &Clock) -> Vec<Vec<u8>> {
    let mut revisions = vec![heyi::documents::write(paper).unwrap()];
    for field in heyi::documents::unsigned_fields(&revisions[0]).unwrap() {
        let (name, organisation, look) = match field.as_str() {
            "party-1" => ("张䶮", None, drawn()),
            "party-2" => ("欧阳建国", None, Look::Typed("欧阳建国".to_owned())),
            "member-1" => ("林译", None, Look::Typed("林译".to_owned())),
            "mediator-1" => ("王和平", Some(COMMITTEE), drawn()),
            "judge" => ("赵明理", Some(COURT), drawn()),
            "clerk" => ("钱小记", Some(COURT), Look::Typed("钱小记".to_owned())),
            _ => (
                paper.issuer.as_str(),
                Some(paper.issuer.as_str()),
                Look::Seal(paper.issuer.clone()),
            ),
        };
        let signer = Signer {
            name: name.to_owned(),
            organisation: organisation.map(str::to_owned),
            pseudonym: "0123456789abcdef".repeat(2),
        };
        let signing = Signing {
            field: &field,
            signer: &signer,
            look: &look,
            reason: "已阅读全文，同意签署",
            now: clock.now(),
        };
        let last = revisions.last().unwrap();
        let next = sign(last, &signing, authority, clock).unwrap();
        assert!(next.starts_with(last));
        revisions.push(next);
    }
    revisions
}
