//! What the sample papers say: the noise story, told by people whose names are made up.

use jiff::Timestamp;
use jiff::civil::{Date, date};

use super::super::papers::{
    Agreement, Application, Certificate, Course, Document, Ending, Obligation, Outcome, PREVAILS,
    Party, Regime, Remedy, Role, Ruling, ServiceChoice, Signatory, Sum, Translation,
};
use super::english;

pub const COMMITTEE: &str = "安宁市和平街道人民调解委员会";
pub const COURT: &str = "安宁市人民法院";
/// The square code of every sample.
pub const URL: &str = "https://heyi.example/v/0123456789abcdef0123456789abcdef";
pub(super) const MEDIATOR: &str = "王和平";
pub(super) const JUDGE: &str = "赵明理";
pub(super) const CLERK: &str = "钱小记";
pub(super) const INTERPRETER: &str = "林译";

const AGREEMENT_NUMBER: &str = "和平人调字〔2026〕第12号";
const CAUSE: &str = "噪声纠纷";
const EFFECTIVE: Date = date(2026, 11, 22);

/// The people of the story, and others by number. The first has a rare character in his name.
pub(super) const PEOPLE: [&str; 20] = [
    "张䶮",
    "欧阳建国",
    "赵一",
    "钱二",
    "孙三",
    "李四",
    "周五",
    "吴六",
    "郑七",
    "冯八",
    "陈九",
    "褚十",
    "卫十一",
    "蒋十二",
    "沈十三",
    "韩十四",
    "杨十五",
    "朱十六",
    "秦十七",
    "尤十八",
];

/// The day on which all samples are drafted.
pub fn made_at() -> Timestamp {
    Timestamp::constant(1_795_312_800, 0)
}

/// The first people of the story: the former half asks, the latter is asked.
pub fn parties(count: usize) -> Vec<Party> {
    let people = PEOPLE.iter().take(count).enumerate();
    let party = |(index, name): (usize, &&str)| Party {
        role: if index < count.div_ceil(2) {
            Role::Applicant
        } else {
            Role::Respondent
        },
        name: (*name).to_owned(),
        masked_identity: Some(format!("**************{}", tail(index))),
        document: Document::IdCard,
        head: None,
        title: None,
        address: "安宁市和平街道和平路3号幸福小区5幢2单元".to_owned(),
        contact: format!("+86 138 0000 {:04}", index + 1),
        field: format!("party-{}", index + 1),
        agent: None,
    };
    people.map(party).collect()
}

fn tail(index: usize) -> String {
    match index {
        0 => "002X".to_owned(),
        1 => "1216".to_owned(),
        _ => format!("{:04}", 1000 + index),
    }
}

/// In court all of them apply together.
pub fn applicants(count: usize) -> Vec<Party> {
    let mut applicants = parties(count);
    for party in &mut applicants {
        party.role = Role::Applicant;
    }
    applicants
}

/// Somebody who signs by office in this field.
pub fn signatory(name: &str, field: &str) -> Signatory {
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

fn obligations() -> Vec<Obligation> {
    let [asks, plays, ..] = PEOPLE;
    vec![
        obligation(
            plays,
            "应当保证家人在每日21:00至次日8:00之间不练琴，并在琴脚加装减震垫",
            None,
            "减震垫于2026年12月5日前装好；时间约定自本协议生效之日起长期有效",
        ),
        obligation(
            plays,
            "应当向张䶮支付隔音费用。",
            Some(Sum {
                figures: "1,234.05".to_owned(),
                capital: "壹仟贰佰叁拾肆元零伍分".to_owned(),
            }),
            "2026年12月31日前一次付清；",
        ),
        obligation(
            asks,
            "应当在业主群里说明双方已经和解，今后不再拍打管道",
            None,
            "2026年11月25日前",
        ),
    ]
}

/// An agreement that so many parties sign, and the mediator if `mediator`.
pub fn agreement(count: usize, mediator: bool) -> Agreement {
    let field = if mediator { "mediator-1" } else { "" };
    Agreement {
        number: AGREEMENT_NUMBER.to_owned(),
        organisation: COMMITTEE.to_owned(),
        regime: Regime::Peoples,
        confirmable: true,
        cause: CAUSE.to_owned(),
        parties: parties(count),
        mediators: vec![signatory(MEDIATOR, field)],
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
        obligations: obligations(),
        date: EFFECTIVE,
        made_at: made_at(),
        seal_field: "seal".to_owned(),
        verify_url: URL.to_owned(),
        by_hand: false,
        translation: None,
    }
}

/// The same in Chinese and English.
pub fn bilingual(count: usize, mediator: bool) -> Agreement {
    let chinese = agreement(count, mediator);
    Agreement {
        translation: Some(translation(&chinese)),
        ..chinese
    }
}

pub(super) fn translation(chinese: &Agreement) -> Translation {
    let words = [
        (
            "keeps the piano silent between 21:00 and 8:00 and puts damping pads under its feet",
            "the pads by 5 December 2026; the hours for good from the day on which this agreement takes effect",
        ),
        (
            "pays the insulation to Zhang Yan",
            "31 December 2026, in one sum",
        ),
        (
            "says in the owners' group that both have made peace, and knocks at the pipes no more",
            "25 November 2026",
        ),
    ];
    let translated = |(one, (does, by)): (&Obligation, (&str, &str))| {
        Obligation {
        does: does.to_owned(),
        by: by.to_owned(),
        proof: "a transfer record or a photograph on the platform, which the other side confirms".to_owned(),
        on_default: "interest of 3.45 percent a year from that day; the other side may sue or apply for enforcement"
            .to_owned(),
        ..one.clone()
    }
    };
    let obligations = chinese.obligations.iter().zip(words).map(translated);
    Translation {
        language: "en".to_owned(),
        prevails: PREVAILS.to_owned(),
        organisation: english::COMMITTEE.to_owned(),
        cause: english::CAUSE.to_owned(),
        facts: "Since September 2026 the son of Ouyang Jianguo has practised the piano every evening, at times until \
            23:30. Zhang Yan lives below and has complained many times; on 18 October 2026 they quarrelled, and the \
            police of the neighbourhood calmed them.\n\
            On 20 November 2026 both took part in mediation by video and confirmed this course of events."
            .to_owned(),
        undisputed: vec!["Both live in one stairway, one above the other.".to_owned()],
        disputed: "How far the hours of practice are to be limited; who bears the 1,234.05 yuan that Zhang Yan spent on \
            insulation."
            .to_owned(),
        responsibility: "Ouyang Jianguo did not mind the neighbours' peace and bears the main responsibility; Zhang Yan \
            knocked at the pipes and spoke in anger, and bears the lesser one."
            .to_owned(),
        obligations: obligations.collect(),
    }
}

/// A certificate that names so many parties.
pub fn certificate(count: usize) -> Certificate {
    Certificate {
        number: "和平人调终字〔2026〕第3号".to_owned(),
        organisation: COMMITTEE.to_owned(),
        cause: CAUSE.to_owned(),
        parties: parties(count),
        mediators: vec![signatory(MEDIATOR, "mediator-1")],
        course: Course::Mediated(date(2026, 11, 2)),
        ended: EFFECTIVE,
        ending: Ending::FarApart,
        undisputed: vec![
            "双方是楼上楼下的邻居。".to_owned(),
            "2026年9月以来，欧阳建国家中晚间有钢琴声。".to_owned(),
        ],
        remedies: vec![Remedy::Court, Remedy::Arbitration, Remedy::MediateAgain],
        made_at: made_at(),
        seal_field: "seal".to_owned(),
        verify_url: URL.to_owned(),
    }
}

/// An application that so many parties sign.
pub fn application(count: usize) -> Application {
    let choice = |party: &Party| ServiceChoice {
        name: party.name.clone(),
        choice: "同意电子送达，送达至本平台账户和登记的手机号码".to_owned(),
    };
    let applicants = applicants(count);
    Application {
        number: "和平人调确字〔2026〕第12号".to_owned(),
        court: COURT.to_owned(),
        service: applicants.iter().map(choice).collect(),
        applicants,
        organisation: COMMITTEE.to_owned(),
        agreement_number: AGREEMENT_NUMBER.to_owned(),
        effective: EFFECTIVE,
        cause: CAUSE.to_owned(),
        attachments: [
            "调解协议书一份",
            "调解组织主持调解的证明一份",
            "双方身份证明、住所和联系方式各一份",
        ]
        .map(str::to_owned)
        .to_vec(),
        date: date(2026, 11, 25),
        made_at: made_at(),
        verify_url: URL.to_owned(),
    }
}

/// A ruling that names so many applicants; one that does not accept the application has no clerk yet.
pub fn ruling(count: usize, outcome: Outcome, agreement_hash: Option<String>) -> Ruling {
    let clerk = match outcome {
        Outcome::NotAccepted { .. } => signatory("", ""),
        _ => signatory(CLERK, "clerk"),
    };
    Ruling {
        court: COURT.to_owned(),
        number: "（2026）安01民特12号".to_owned(),
        applicants: applicants(count),
        organisation: COMMITTEE.to_owned(),
        agreement_number: AGREEMENT_NUMBER.to_owned(),
        agreement_hash,
        effective: EFFECTIVE,
        accepted: date(2026, 11, 26),
        cause: CAUSE.to_owned(),
        terms: vec![
            "欧阳建国保证家人在每日21:00至次日8:00之间不练琴，并于2026年12月5日前在琴脚加装减震垫。"
                .to_owned(),
            "欧阳建国于2026年12月31日前向张䶮支付隔音费用1,234.05元（壹仟贰佰叁拾肆元零伍分）。"
                .to_owned(),
        ],
        outcome,
        judge: signatory(JUDGE, "judge"),
        clerk,
        date: date(2026, 12, 8),
        made_at: made_at(),
        seal_field: "seal".to_owned(),
        verify_url: URL.to_owned(),
    }
}
