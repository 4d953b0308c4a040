//! A case page filled in every way that its template tells apart.

use jiff::Timestamp;

use super::doors;
use super::view::{ClaimFace, DecisionFace, DueFace, PaperFace, SeatFace, SessionFace, Step, Told};
use super::{CasePage, Failure, Head, Line, UnsignedFace};
use crate::domain::ids::CaseId;
use crate::i18n::Text;
use crate::web::faces::{LampFace, OrganisationFace};
use crate::web::pages::contacts::AttemptFace;
use crate::web::pages::delivery::DeliveryFace;
use crate::web::pages::help::RequestFace;
use crate::web::pages::recordings::RecordingFace;
use crate::web::pages::triage::face::TriageFace;
use crate::web::pages::triage::safety::HelpFace;

pub(super) fn pages() -> Vec<CasePage> {
    let bare = bare();
    let full = CasePage {
        due: Some(due(false)),
        doors: doors::pages()
            .into_iter()
            .map(|page| doors::door(page, case()))
            .collect(),
        sessions: vec![SessionFace::sample(true), SessionFace::sample(false)],
        record: Some("/cases/1/record".to_owned()),
        recordings: vec![
            RecordingFace::sample("kept"),
            RecordingFace::sample("making"),
        ],
        papers: vec![PaperFace::sample()],
        unsigned: vec![UnsignedFace::sample(true), UnsignedFace::sample(false)],
        deliveries: vec![DeliveryFace::sample(true), DeliveryFace::sample(false)],
        dossier: true,
        prints: true,
        decisions: vec![DecisionFace {
            what: Text::key("replacement-decided-keep")
                .with("about", "柳青")
                .with("by", "方正"),
            reason: "没有发现关系。".to_owned(),
            at: Timestamp::UNIX_EPOCH,
        }],
        appointed: Some(Text::key("choose-appointed-joint")),
        team: Some("/cases/1/team".to_owned()),
        complain: Some("/cases/1/complain".to_owned()),
        seats: vec![seat(Some("+8613800000001")), seat(None)],
        claims: vec![claim(None), claim(Some(80_000))],
        history: vec![Line {
            at: at(),
            text: super::history::event("open").with("who", "安和"),
        }],
        attempts: vec![AttemptFace::sample()],
        failures: vec![Failure {
            to: "+8613800000001".to_owned(),
            at: at(),
        }],
        triage: Some(TriageFace::sample()),
        ..self::bare()
    };
    let late = CasePage {
        due: Some(due(true)),
        help: HelpFace::samples(),
        moved: Some("/cases/2".to_owned()),
        asked: vec![RequestFace::sample(false), RequestFace::sample(true)],
        ..self::bare()
    };
    vec![bare, full, late]
}

fn at() -> Timestamp {
    Timestamp::UNIX_EPOCH
}

fn case() -> CaseId {
    CaseId(uuid::Uuid::nil())
}

impl OrganisationFace {
    pub(in crate::web) fn sample() -> Self {
        Self {
            name: "柳荫里社区人民调解委员会".to_owned(),
            phone: "010-5550 0101".to_owned(),
            address: "柳荫里 1 号楼底商".to_owned(),
        }
    }
}

impl SessionFace {
    pub(in crate::web) fn sample(open: bool) -> Self {
        Self {
            id: "0192f0c1-2345-7000-8000-000000000002".to_owned(),
            href: open.then(|| "/cases/1/sessions/2".to_owned()),
            at: at(),
            minutes: 60,
            state: Text::key("case-session-scheduled"),
            scheduled: open,
            place: open
                .then(|| Text::key("case-session-at").with("place", "和平路 8 号 一号调解室")),
            record: Some("/cases/1/sessions/2/record".to_owned()),
        }
    }
}

impl PaperFace {
    pub(in crate::web) fn sample() -> Self {
        Self {
            label: Text::key("case-paper-agreement"),
            href: "/cases/1/papers/2".to_owned(),
            check: "/v/0123".to_owned(),
            large: "/cases/1/papers/2?print=large".to_owned(),
            evidence: Some("/cases/1/papers/2/evidence".to_owned()),
            made_at: at(),
        }
    }
}

fn bare() -> CasePage {
    let steps = ["done", "done", "now", "later", "skipped"];
    let steps = ["consult", "assess", "mediate", "arbitrate", "litigate"]
        .into_iter()
        .zip(steps)
        .map(|(name, state)| Step {
            label: Text::key(format!("common-stage-{name}")),
            state,
        })
        .collect();
    CasePage {
        head: Head::sample(),
        stands: Text::key("case-state-mediate-inviting"),
        next: Text::key("case-next-mediate-inviting")
            .with("role", "claimant")
            .with("acted", "no"),
        due: None,
        steps,
        call: OrganisationFace::sample(),
        doors: Vec::new(),
        sessions: Vec::new(),
        record: None,
        recordings: Vec::new(),
        papers: Vec::new(),
        unsigned: Vec::new(),
        deliveries: Vec::new(),
        dossier: false,
        prints: false,
        decisions: Vec::new(),
        appointed: None,
        team: None,
        notes: Some("/cases/1/notes".to_owned()),
        complain: None,
        seats: Vec::new(),
        claims: Vec::new(),
        story: "夜里总有拖椅子的声音。".to_owned(),
        opened_at: at(),
        history: Vec::new(),
        attempts: Vec::new(),
        failures: Vec::new(),
        triage: None,
        help: Vec::new(),
        moved: None,
        asked: vec![RequestFace::sample(false), RequestFace::sample(true)],
    }
}

fn due(passed: bool) -> DueFace {
    let basis = passed.then(|| "《人民法院在线调解规则》第24条".to_owned());
    DueFace {
        at: at(),
        provisional: !passed,
        lamp: LampFace::sample(if passed { -2 } else { 12 }),
        passed,
        basis,
    }
}

fn seat(contact: Option<&str>) -> SeatFace {
    SeatFace {
        role: Text::key("case-role-claimant"),
        name: "安和".to_owned(),
        agent: contact.map(|_| {
            Text::key("agent-beside")
                .with("agent", "言正")
                .with("right", "attorney")
        }),
        contact: contact.map(str::to_owned),
        arrived: contact.is_some(),
        told: Some(Told {
            at: contact.map(|_| at()),
        }),
        link: contact.is_none().then(|| "/cases/1/link/2".to_owned()),
    }
}

fn claim(amount: Option<i64>) -> ClaimFace {
    ClaimFace {
        kind: Text::key("case-claim-money"),
        text: "夜里十点后安静".to_owned(),
        amount,
    }
}
