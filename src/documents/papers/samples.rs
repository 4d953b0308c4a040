//! What invented papers say, to which every template is held before the house opens.

mod evidence;

use jiff::civil::date;

use super::super::paper::{Attachment, Entry, Nature};
use super::super::samples::{self as story, COMMITTEE, URL, made_at};
use super::{
    ActsFor, Agent, Agreement, Application, Asked, Assent, Basis, Certificate, Checked, Consent,
    Document, Dossier, ElectronicWay, Enclosed, Extension, InEnglish, Intake, Letter, Member,
    Minutes, Named, Obligation, Outcome, PREVAILS, Party, Present, Remedy, Right, Rights, Role,
    Ruling, Section, ServiceForm, Slip, Statement, Title, Told, Translation,
};
use crate::domain::claim::ClaimKind;
use crate::domain::intake::Source;
use crate::domain::party::IdentityMethod;
use crate::domain::service::Channel;
use crate::domain::session_record::Opening;
use crate::domain::team::Capacity;
use crate::domain::track::Track;
use crate::domain::translation::Tongue;

pub(super) use super::super::samples::signatory;
pub(super) use evidence::{evidence, evidence_of_few_words, evidence_of_ink, scan};

const PHONE: &str = "010-5550 0101";
const SEAL: &str = "seal";

pub(super) fn parties() -> Vec<Party> {
    story::parties(2)
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
        Right::Principal,
        Right::Operator,
    ];
    let cards = [
        Document::Passport,
        Document::IdCard,
        Document::HkMacaoPermit,
        Document::TaiwanPermit,
        Document::ResidencePermit,
        Document::IdCard,
    ];
    let rights = rights.into_iter().zip(cards);
    let agents = (1..).zip(rights).map(|(number, (right, document))| Agent {
        name: "王五".to_owned(),
        masked_identity: (number > 1).then(|| "**************0013".to_owned()),
        document,
        right,
        signs: number < 4,
    });
    // Headed by somebody else than who acts: named as what, and as papers of before said it.
    let head = || Some("赵总".to_owned());
    let none = (None, None);
    let heads = [
        (head(), Some(Title::Operator)),
        (head(), None),
        none.clone(),
        none.clone(),
        none.clone(),
        none,
    ];
    let documents = [
        Document::Licence,
        Document::Licence,
        Document::HkMacaoPermit,
        Document::TaiwanPermit,
        Document::ResidencePermit,
        Document::Passport,
    ];
    let documents = documents.into_iter();
    let fields = (1..).map(|number| format!("party-{number}"));
    let fields = fields.zip(documents.zip(heads));
    let seats = parties().into_iter().cycle().zip(fields).zip(agents);
    let seat = |((party, (field, (document, (head, title)))), agent)| Party {
        field,
        document,
        head,
        title,
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
        translation: None,
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
        translation: None,
    }
}

/// Everybody who can sit at the table, checked in every way.
fn present() -> Vec<Present> {
    let others = Capacity::INVITED.map(Capacity::name);
    let standings = ["claimant", "respondent", "mediator", "helper"]
        .into_iter()
        .chain(others);
    let methods = IdentityMethod::ALL
        .into_iter()
        .map(Some)
        .chain([None])
        .cycle();
    let one = |(standing, method): (&'static str, Option<IdentityMethod>)| Present {
        name: "林译".to_owned(),
        acts: None,
        standing: standing.into(),
        from: made_at(),
        until: made_at(),
        on_site: method == Some(IdentityMethod::CardAtCounter),
        party: !["mediator", "interpreter"].contains(&standing),
        checked: method.map(|method| Checked {
            method,
            by: "王和平".to_owned(),
        }),
    };
    let acts = |party: Party| {
        let right = party.agent?.right;
        Some(Present {
            acts: Some(ActsFor {
                party: party.name,
                right,
            }),
            ..one(("claimant", Some(IdentityMethod::CardAtCounter)))
        })
    };
    let agents = parties_with_agents().into_iter().filter_map(acts);
    standings.zip(methods).map(one).chain(agents).collect()
}

pub(super) fn minutes() -> Minutes {
    let members = (1..).zip(Capacity::INVITED).map(|(number, it)| Member {
        standing: it.name().into(),
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

/// By two mediators, with every way that can stay open.
pub(super) fn certificate() -> Certificate {
    Certificate {
        mediators: vec![signatory("王和平", "mediator"), signatory("李和", "")],
        remedies: Remedy::ALL.to_vec(),
        ..story::certificate(2)
    }
}

pub(super) fn application() -> Application {
    story::application(2)
}

/// With a clerk who is named and does not sign.
pub(super) fn ruling(outcome: Outcome) -> Ruling {
    Ruling {
        clerk: signatory("钱小记", ""),
        ..story::ruling(2, outcome, None)
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

/// With clauses that say everything, and one that says no more than who does what.
pub(super) fn agreement() -> Agreement {
    let mut full = story::agreement(2, true);
    full.obligations.push(Obligation {
        who: "欧阳建国".to_owned(),
        does: "应当向张䶮道歉。".to_owned(),
        sum: None,
        by: String::new(),
        proof: String::new(),
        on_default: String::new(),
    });
    Agreement {
        mediators: vec![
            signatory("王和平", "mediator"),
            signatory("李和", "member-1"),
        ],
        interpreters: vec![signatory("林译", "member-2")],
        ..full
    }
}

pub(super) fn in_english() -> InEnglish {
    let organisation = "Heping People's Mediation Committee";
    InEnglish::new(organisation.to_owned(), "noise".to_owned())
}

/// What [`agreement`] says, in English whatever the language: only the sentence on which text prevails differs.
pub(super) fn translation(tongue: Tongue) -> Translation {
    let said = |sum, text: &str| Obligation {
        who: "欧阳建国".to_owned(),
        does: "pays Zhang Yan for the insulation".to_owned(),
        sum,
        by: text.to_owned(),
        proof: text.to_owned(),
        on_default: text.to_owned(),
    };
    let obligations = agreement().obligations;
    let sums = obligations.into_iter().map(|it| it.sum);
    let texts = std::iter::once("by 31 December 2026").chain(std::iter::repeat(""));
    Translation {
        language: tongue.tag().to_owned(),
        prevails: PREVAILS.to_owned(),
        organisation: "Heping People's Mediation Committee".to_owned(),
        cause: "noise".to_owned(),
        facts: "The child upstairs plays the piano until midnight.".to_owned(),
        undisputed: vec!["They live above each other.".to_owned()],
        disputed: "The hours of playing.".to_owned(),
        responsibility: "Both are responsible.".to_owned(),
        obligations: sums.zip(texts).map(|(sum, text)| said(sum, text)).collect(),
    }
}
