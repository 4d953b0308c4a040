//! What invented papers say, to which every template is held before the house opens.

mod evidence;

use jiff::Timestamp;
use jiff::civil::date;

use super::super::paper::{Attachment, Entry, Nature};
use super::{
    Agent, Agreement, Application, Asked, Assent, Basis, Certificate, Checked, Consent, Course,
    Dossier, ElectronicWay, Enclosed, Ending, Extension, Intake, Letter, Member, Minutes, Named,
    Obligation, Outcome, Party, Present, Regime, Remedy, Right, Rights, Role, Ruling, Section,
    ServiceChoice, ServiceForm, Signatory, Slip, Statement, Sum, Told,
};
use crate::domain::claim::ClaimKind;
use crate::domain::intake::Source;
use crate::domain::party::IdentityMethod;
use crate::domain::service::Channel;
use crate::domain::session_record::Opening;
use crate::domain::team::Capacity;
use crate::domain::track::Track;

pub(super) use evidence::{evidence, evidence_of_few_words, evidence_of_ink, scan};

const COMMITTEE: &str = "安宁市和平街道人民调解委员会";
const URL: &str = "https://heyi.example/v/0123456789abcdef0123456789abcdef";
const PHONE: &str = "010-5550 0101";
const SEAL: &str = "seal";

fn made_at() -> Timestamp {
    Timestamp::constant(1_795_312_800, 0)
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

pub(super) fn parties() -> Vec<Party> {
    vec![
        party(Role::Applicant, "张䶮", "002X", "party-1"),
        party(Role::Respondent, "欧阳建国", "1216", "party-2"),
    ]
}

/// Of whom no more than the name is known.
pub(super) fn parties_of_few_words() -> Vec<Party> {
    let plain = |party| Party {
        masked_identity: None,
        address: String::new(),
        contact: String::new(),
        ..party
    };
    parties().into_iter().map(plain).collect()
}

/// Each represented by another right.
pub(super) fn parties_with_agents() -> Vec<Party> {
    let power = date(2026, 11, 20);
    let right = |special| Right::Attorney { special, power };
    let relation = "母亲".to_owned();
    let rights = [
        right(true),
        right(false),
        Right::Guardian { relation },
        Right::Representative,
    ];
    let agents = (1..).zip(rights).map(|(number, right)| Agent {
        name: "王五".to_owned(),
        masked_identity: (number > 1).then(|| "**************0013".to_owned()),
        right,
        signs: number < 4,
    });
    let fields = (1..).map(|number| format!("party-{number}"));
    let seats = parties().into_iter().cycle().zip(fields).zip(agents);
    let seat = |((party, field), agent)| Party {
        field,
        agent: Some(agent),
        ..party
    };
    seats.map(seat).collect()
}

pub(super) fn slip() -> Slip {
    Slip {
        organisation: COMMITTEE.to_owned(),
        phone: PHONE.to_owned(),
        made_at: made_at(),
        link: "https://heyi.example/r/0123456789abcdef".to_owned(),
    }
}

pub(super) fn extension() -> Extension {
    let assent = |name: &str| Assent {
        name: name.to_owned(),
        at: made_at(),
    };
    Extension {
        number: "和平调延〔2026〕000012号（第1次）".to_owned(),
        organisation: COMMITTEE.to_owned(),
        cause: "噪声纠纷".to_owned(),
        parties: parties(),
        mediator: "王和平".to_owned(),
        basis: Basis::House,
        from: date(2026, 11, 30),
        until: date(2026, 12, 13),
        rolled: Some(date(2026, 12, 14)),
        why: "等房屋检测的结果。".to_owned(),
        asked: "王和平".to_owned(),
        assents: vec![assent("张䶮"), assent("欧阳建国")],
        date: date(2026, 11, 22),
        made_at: made_at(),
        seal_field: SEAL.to_owned(),
        verify_url: URL.to_owned(),
    }
}

pub(super) const REASONS: &str = "各方在询问中对协议第一项理解不一。";
const CAUSE: &str = "噪声纠纷";
const COURT: &str = "安宁市人民法院";
const AGREEMENT: &str = "和平人调字〔2026〕第12号";

pub(super) fn signatory(name: &str, field: &str) -> Signatory {
    Signatory {
        name: name.to_owned(),
        field: field.to_owned(),
    }
}

pub(super) fn letter() -> Letter {
    Letter {
        number: "和平调邀〔2026〕000012号".to_owned(),
        organisation: COMMITTEE.to_owned(),
        name: "欧阳建国".to_owned(),
        address: "安宁市和平街道和平路3号".to_owned(),
        surname: "张".to_owned(),
        cause: CAUSE.to_owned(),
        phone: PHONE.to_owned(),
        office: "和平路1号".to_owned(),
        answer_by: Some(date(2026, 11, 30)),
        made_at: made_at(),
        dated: date(2026, 11, 22),
        link: "https://heyi.example/i/0123456789abcdef012345".to_owned(),
    }
}

pub(super) fn intake() -> Intake {
    let named = |party: Party| Named {
        role: party.role,
        name: party.name,
    };
    let asked = |kind, sum: Option<&str>| Asked {
        kind,
        text: "晚上九点以后不再练琴。".to_owned(),
        sum: sum.map(str::to_owned),
    };
    Intake {
        number: "和平调受〔2026〕000012号".to_owned(),
        case: "和调〔2026〕000012号".to_owned(),
        organisation: COMMITTEE.to_owned(),
        track: Track::People,
        cause: CAUSE.to_owned(),
        parties: parties().into_iter().map(named).collect(),
        place: "和平路3号幸福小区5幢2单元".to_owned(),
        source: Source::Web,
        consent: Consent::Own,
        summary: "楼上的孩子每晚练琴到半夜。".to_owned(),
        claims: vec![
            asked(ClaimKind::Stop, None),
            asked(ClaimKind::Money, Some("1,234.05")),
            asked(ClaimKind::Conduct, None),
        ],
        asked: date(2026, 11, 1),
        accepted: date(2026, 11, 2),
        made_at: made_at(),
        seal_field: SEAL.to_owned(),
        verify_url: URL.to_owned(),
    }
}

pub(super) fn rights(track: Track) -> Rights {
    Rights {
        number: "和平调告〔2026〕000012号".to_owned(),
        organisation: COMMITTEE.to_owned(),
        cause: CAUSE.to_owned(),
        to: parties().into_iter().map(|party| party.name).collect(),
        track,
        date: date(2026, 11, 2),
        made_at: made_at(),
        seal_field: SEAL.to_owned(),
        verify_url: URL.to_owned(),
    }
}

pub(super) fn service_form() -> ServiceForm {
    let way = |channel, address: &str, agreed| ElectronicWay {
        channel,
        address: address.to_owned(),
        agreed,
    };
    ServiceForm {
        number: "和平调送〔2026〕000012号".to_owned(),
        case: "和调〔2026〕000012号".to_owned(),
        organisation: COMMITTEE.to_owned(),
        cause: CAUSE.to_owned(),
        role: Role::Respondent,
        name: "欧阳建国".to_owned(),
        address: "和平路3号幸福小区5幢2单元".to_owned(),
        receiver: Some("欧阳小红".to_owned()),
        channels: vec![
            way(Channel::Platform, "", true),
            way(Channel::Sms, "13800000001", false),
            way(Channel::Mail, "ouyang@example.com", true),
        ],
        contact: "13800000001".to_owned(),
        date: date(2026, 11, 22),
        made_at: made_at(),
        seal_field: SEAL.to_owned(),
        verify_url: URL.to_owned(),
    }
}

/// Everybody who can sit at the table, checked in every way.
fn present() -> Vec<Present> {
    let others = Capacity::INVITED.map(Capacity::name);
    let standings = ["claimant", "respondent", "mediator"]
        .into_iter()
        .chain(others);
    let methods = IdentityMethod::ALL
        .into_iter()
        .map(Some)
        .chain([None])
        .cycle();
    let one = |(standing, method): (&'static str, Option<IdentityMethod>)| Present {
        name: "林译".to_owned(),
        standing,
        from: made_at(),
        until: made_at(),
        on_site: method == Some(IdentityMethod::CardAtCounter),
        party: !["mediator", "interpreter"].contains(&standing),
        checked: method.map(|method| Checked {
            method,
            by: "王和平".to_owned(),
        }),
    };
    standings.zip(methods).map(one).collect()
}

pub(super) fn minutes() -> Minutes {
    let members = (1..).zip(Capacity::INVITED).map(|(number, it)| Member {
        standing: it.name(),
        name: "林译".to_owned(),
        field: format!("member-{number}"),
    });
    Minutes {
        number: "和平调录〔2026〕000012号".to_owned(),
        organisation: COMMITTEE.to_owned(),
        cause: CAUSE.to_owned(),
        place: "和平街道调解室".to_owned(),
        from: made_at(),
        until: made_at(),
        present: present(),
        opening: Opening::ALL
            .map(|what| Told {
                what,
                at: made_at(),
            })
            .to_vec(),
        recusal: "双方都不申请回避。".to_owned(),
        statements: vec![Statement {
            name: "张䶮".to_owned(),
            text: "每晚练琴到半夜，睡不着。".to_owned(),
        }],
        undisputed: vec!["双方是上下楼邻居。".to_owned()],
        proposals: "每晚九点以后不练琴。".to_owned(),
        result: "约定下周再谈一次。".to_owned(),
        parties: parties(),
        members: members.collect(),
        mediator: signatory("王和平", "mediator"),
        made_at: made_at(),
        verify_url: URL.to_owned(),
    }
}

pub(super) fn certificate() -> Certificate {
    Certificate {
        number: "和平调终〔2026〕000012号".to_owned(),
        organisation: COMMITTEE.to_owned(),
        cause: CAUSE.to_owned(),
        parties: parties(),
        mediators: vec![signatory("王和平", "mediator"), signatory("李和", "")],
        course: Course::Requested,
        ended: date(2026, 11, 22),
        ending: Ending::FarApart,
        undisputed: vec!["双方是楼上楼下的邻居。".to_owned()],
        remedies: Remedy::ALL.to_vec(),
        made_at: made_at(),
        seal_field: SEAL.to_owned(),
        verify_url: URL.to_owned(),
    }
}

pub(super) fn application() -> Application {
    Application {
        number: "确申〔2026〕000012号".to_owned(),
        court: COURT.to_owned(),
        applicants: parties(),
        organisation: COMMITTEE.to_owned(),
        agreement_number: AGREEMENT.to_owned(),
        effective: date(2026, 11, 22),
        cause: CAUSE.to_owned(),
        attachments: vec!["调解协议书一份".to_owned()],
        service: vec![ServiceChoice {
            name: "张䶮".to_owned(),
            choice: "送达地址：和平路3号；没有确认电子送达".to_owned(),
        }],
        date: date(2026, 11, 25),
        made_at: made_at(),
        verify_url: URL.to_owned(),
    }
}

/// With a clerk who is named and does not sign.
pub(super) fn ruling(outcome: Outcome) -> Ruling {
    Ruling {
        court: COURT.to_owned(),
        number: "（2026）安01诉前调确12号".to_owned(),
        applicants: parties(),
        organisation: COMMITTEE.to_owned(),
        agreement_number: AGREEMENT.to_owned(),
        agreement_hash: None,
        effective: date(2026, 11, 22),
        accepted: date(2026, 11, 26),
        cause: CAUSE.to_owned(),
        terms: vec!["欧阳建国每日21:00后不再练琴。".to_owned()],
        outcome,
        judge: signatory("赵明理", "judge"),
        clerk: signatory("钱小记", ""),
        date: date(2026, 12, 8),
        made_at: made_at(),
        seal_field: SEAL.to_owned(),
        verify_url: URL.to_owned(),
    }
}

/// With sections that hold rows, lines, and nothing.
pub(super) fn dossier() -> Dossier {
    let attachment = |name: &str, nature| Attachment {
        name: name.to_owned(),
        description: name.to_owned(),
        bytes: Vec::new(),
        nature,
    };
    let row = || Entry {
        label: "案号".to_owned(),
        value: "和调〔2026〕000012号".to_owned(),
    };
    let section = |rows, lines| Section {
        title: "文书送达".to_owned(),
        rows,
        lines,
    };
    Dossier {
        number: "和平调卷〔2026〕000012号".to_owned(),
        organisation: COMMITTEE.to_owned(),
        cover: vec![row()],
        sections: vec![
            section(vec![row()], vec!["当面交给本人".to_owned()]),
            section(Vec::new(), Vec::new()),
        ],
        papers: vec![Enclosed {
            title: "受理登记表".to_owned(),
            hash: "0".repeat(64),
            file: attachment("01-intake_record.pdf", Nature::Paper),
        }],
        data: attachment("dossier.json", Nature::Data),
        made_at: made_at(),
    }
}

/// With a clause that says everything, and one that says no more than who does what.
pub(super) fn agreement() -> Agreement {
    let said = |sum, text: &str| Obligation {
        who: "欧阳建国".to_owned(),
        does: "应当向张䶮支付隔音费用。".to_owned(),
        sum,
        by: text.to_owned(),
        proof: text.to_owned(),
        on_default: text.to_owned(),
    };
    let sum = Sum {
        figures: "1,234.05".to_owned(),
        capital: "壹仟贰佰叁拾肆元零伍分".to_owned(),
    };
    Agreement {
        number: AGREEMENT.to_owned(),
        organisation: COMMITTEE.to_owned(),
        regime: Regime::Peoples,
        confirmable: true,
        cause: CAUSE.to_owned(),
        parties: parties(),
        mediators: vec![
            signatory("王和平", "mediator"),
            signatory("李和", "member-1"),
        ],
        interpreters: vec![signatory("林译", "member-2")],
        facts: "楼上的孩子每晚练琴到半夜。".to_owned(),
        undisputed: vec!["双方是上下楼邻居。".to_owned()],
        disputed: "练琴的时间。".to_owned(),
        responsibility: "双方都有责任。".to_owned(),
        obligations: vec![said(Some(sum), "2026年12月31日前"), said(None, "")],
        date: date(2026, 11, 22),
        made_at: made_at(),
        seal_field: SEAL.to_owned(),
        verify_url: URL.to_owned(),
        by_hand: false,
    }
}
