//! The facts of a case in the shape the templates want, without a decision of their own.

use jiff::Timestamp;
use serde::Serialize;

use super::head::address;
use crate::domain::actor::Actor;
use crate::domain::case::{Case, Standing};
use crate::domain::deadline::{Basis, Due};
use crate::domain::identity::Phone;
use crate::domain::paper::PaperKind;
use crate::domain::party::PartyRole;
use crate::domain::permission::{
    may_lead_sessions, may_reach_parties, may_read_evidence, may_read_paper, may_read_record,
    may_send_link,
};
use crate::domain::session::{Session, SessionState, Venue};
use crate::domain::stage::{Closing, HandOver, Mediate, Stage};
use crate::i18n::Text;
use crate::paperwork::is_open;
use crate::web::faces::{LampFace, Names};
use crate::web::{Viewer, Web};

/// One of the five stages on the task list; `state` is done, now, later or skipped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    pub label: Text,
    pub state: &'static str,
}

#[derive(Clone, Debug, Serialize)]
pub struct DueFace {
    /// The last day.
    pub at: Timestamp,
    pub provisional: bool,
    pub passed: bool,
    pub lamp: LampFace,
    /// The article, or `None` for a default of the house.
    pub basis: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct SessionFace {
    pub id: String,
    /// The room, while one may enter it.
    pub href: Option<String>,
    pub at: Timestamp,
    pub minutes: u32,
    pub state: Text,
    pub scheduled: bool,
    /// 笔录, once it has begun and for whoever reads it.
    pub record: Option<String>,
    /// Where people come to.
    pub place: Option<Text>,
}

#[derive(Clone, Debug, Serialize)]
pub struct PaperFace {
    pub label: Text,
    pub href: String,
    /// The page on which anybody can check the paper.
    pub check: String,
    /// A copy in large print, for whoever reads all in large text.
    pub large: String,
    /// The report on how it was signed.
    pub evidence: Option<String>,
    pub made_at: Timestamp,
}

#[derive(Clone, Debug, Serialize)]
pub struct SeatFace {
    pub role: Text,
    pub name: String,
    /// Who acts for the party.
    pub agent: Option<Text>,
    /// Phone or mail, for staff only, who have to reach them.
    pub contact: Option<String>,
    /// Whether somebody has proved to be the one.
    pub arrived: bool,
    /// For staff, once there is a notice of rights: whether the party has opened it.
    pub told: Option<Told>,
    /// For staff, while nobody sits there: the page that sends the link again.
    pub link: Option<String>,
}

/// When a party opened the notice of its rights, if it did.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Told {
    pub at: Option<Timestamp>,
}

/// A decision on a mediator, with its reasons.
#[derive(Clone, Debug, Serialize)]
pub struct DecisionFace {
    pub what: Text,
    pub reason: String,
    pub at: Timestamp,
}

#[derive(Clone, Debug, Serialize)]
pub struct ClaimFace {
    pub kind: Text,
    pub text: String,
    /// Fen.
    pub amount: Option<i64>,
}

/// How the texts address the reader: `claimant`, `respondent`, or `staff`.
pub(in crate::web) fn role(standings: &[Standing]) -> &'static str {
    standings
        .iter()
        .find_map(|standing| match standing {
            Standing::Party(_, role) => Some(role.name()),
            _ => None,
        })
        .unwrap_or("staff")
}

/// What became of the mediation of a matter that went further.
const fn mediation(handed_over: &HandOver) -> &'static str {
    if handed_over.ended.is_some() || handed_over.settled.is_some() {
        "done"
    } else {
        "skipped"
    }
}

/// The five stages: how far it has come, and which were not needed.
pub(in crate::web) fn steps(case: &Case) -> Vec<Step> {
    let states = match &case.stage {
        Stage::Consult => ["now", "later", "later", "later", "later"],
        Stage::Assess { .. } => ["done", "now", "later", "later", "later"],
        Stage::Mediate { .. } => ["done", "done", "now", "later", "later"],
        Stage::Confirm { .. } | Stage::Perform { .. } | Stage::Breached { .. } => {
            ["done", "done", "done", "later", "later"]
        }
        Stage::Arbitrate { handed_over } => {
            ["done", "done", mediation(handed_over), "now", "later"]
        }
        Stage::Litigate { handed_over } => {
            ["done", "done", mediation(handed_over), "skipped", "now"]
        }
        Stage::Closed {
            why: Closing::Performed { .. } | Closing::Ended { ending: Some(_) },
            ..
        } => ["done", "done", "done", "skipped", "skipped"],
        Stage::Closed { .. } => ["done", "done", "skipped", "skipped", "skipped"],
    };
    let label = |name: &str| Text::key(format!("common-stage-{name}"));
    ["consult", "assess", "mediate", "arbitrate", "litigate"]
        .into_iter()
        .zip(states)
        .map(|(name, state)| Step {
            label: label(name),
            state,
        })
        .collect()
}

pub(in crate::web) fn due(web: &Web, viewer: &Viewer, due: &Due, now: Timestamp) -> DueFace {
    let basis = match &due.basis {
        Basis::Article(citation) => {
            let label = web.desk.rules.citations.label(citation);
            Some(label.for_tag(viewer.locale.tag()).to_owned())
        }
        Basis::HouseDefault => None,
    };
    DueFace {
        at: due.at,
        provisional: due.provisional,
        passed: due.has_passed(now),
        lamp: LampFace::of(web, due.at),
        basis,
    }
}

/// The sessions, the next one first.
pub(in crate::web) fn sessions(case: &Case, actor: &Actor) -> Vec<SessionFace> {
    let Some(work) = case.stage.work() else {
        return Vec::new();
    };
    let leads = may_lead_sessions(actor, case);
    let face = |session: &Session| {
        let (state, enterable) = match session.state {
            SessionState::Scheduled => ("scheduled", true),
            SessionState::Open { .. } => ("open", true),
            SessionState::Closed { .. } => ("closed", false),
            SessionState::Cancelled => ("cancelled", false),
        };
        SessionFace {
            id: session.id.to_string(),
            href: (enterable && (leads || !session.is_at_a_table()))
                .then(|| format!("/cases/{}/sessions/{}", case.id, session.id)),
            at: session.at,
            minutes: session.minutes,
            state: Text::key(format!("case-session-{state}")),
            scheduled: session.state == SessionState::Scheduled,
            record: record_of(case, actor, session),
            place: session.venue.as_ref().map(place),
        }
    };
    let mut faces: Vec<_> = work.sessions.iter().map(face).collect();
    faces.sort_by_key(|face| (face.href.is_none() && !face.scheduled, face.at));
    faces
}

/// Where people come to.
pub(in crate::web) fn place(venue: &Venue) -> Text {
    let key = if venue.mixed {
        "case-session-at-or-online"
    } else {
        "case-session-at"
    };
    Text::key(key).with("place", venue.says())
}

fn record_of(case: &Case, actor: &Actor, session: &Session) -> Option<String> {
    let begun = matches!(
        session.state,
        SessionState::Open { .. } | SessionState::Closed { .. }
    );
    let there = case.record_of(session.id).is_some() || may_lead_sessions(actor, case);
    (begun && there && may_read_record(actor, case))
        .then(|| format!("/cases/{}/sessions/{}/record", case.id, session.id))
}

/// The page that tells who was in which session, for mediator and dispatcher once there is a mediation.
pub(in crate::web) fn record(case: &Case, actor: &Actor) -> Option<String> {
    let begun = case.stage.mediator().is_some();
    (begun && may_reach_parties(actor, case)).then(|| format!("/cases/{}/record", case.id))
}

/// The papers that the reader may open, the newest first.
pub(in crate::web) fn papers(case: &Case, actor: &Actor) -> Vec<PaperFace> {
    let face = |paper: &crate::domain::paper::Paper| PaperFace {
        label: paper_label(paper.kind),
        href: if paper.kind == PaperKind::RightsNotice {
            format!("/cases/{}/rights", case.id)
        } else {
            format!("/cases/{}/papers/{}", case.id, paper.id)
        },
        check: format!("/v/{}", paper.verify_id),
        large: format!("/cases/{}/papers/{}?print=large", case.id, paper.id),
        evidence: (may_read_evidence(actor, case, paper) && !is_open(case, paper))
            .then(|| format!("/cases/{}/papers/{}/evidence", case.id, paper.id)),
        made_at: paper.made_at,
    };
    let papers = case.papers.iter().rev();
    let mine = papers.filter(|paper| may_read_paper(actor, case, paper));
    mine.map(face).collect()
}

pub(in crate::web) fn paper_label(kind: PaperKind) -> Text {
    Text::key(format!("case-paper-{}", kind.name().replace('_', "-")))
}

/// The people: parties with their seats, then the mediator.
pub(in crate::web) fn seats(case: &Case, actor: &Actor, names: &Names) -> Vec<SeatFace> {
    let (may_reach, may_link) = (may_reach_parties(actor, case), may_send_link(actor, case));
    let notice = case.latest_paper(PaperKind::RightsNotice).is_some();
    let seat = |party: &crate::domain::party::Party| SeatFace {
        role: role_text(party.role),
        name: party.name.as_str().to_owned(),
        agent: party.agent().map(|agent| {
            Text::key("agent-beside")
                .with("agent", agent.name.as_str())
                .with("right", party.right_name(&agent.right))
        }),
        contact: may_reach.then(|| contact(party)),
        arrived: party.is_taken(),
        told: (may_reach && notice).then_some(Told { at: party.told }),
        link: (may_link && party.person.is_none() && case.may_be_told(party.id))
            .then(|| format!("{}/link/{}", address(case.id), party.id)),
    };
    let mediator = case.stage.mediator().and_then(|person| names.get(&person));
    let mediator = mediator.map(|name| SeatFace {
        role: Text::key("case-role-mediator"),
        name: name.clone(),
        agent: None,
        contact: None,
        arrived: true,
        told: None,
        link: None,
    });
    let team = case.team.iter().filter(|it| it.capacity.sits_in());
    let team = team.filter_map(|it| {
        Some(SeatFace {
            role: Text::key(format!(
                "team-capacity-{}",
                it.capacity.name().replace('_', "-")
            )),
            name: names.get(&it.person)?.clone(),
            agent: None,
            contact: None,
            arrived: true,
            told: None,
            link: None,
        })
    });
    let people = case.parties.iter().map(seat).chain(mediator);
    people.chain(team).collect()
}

/// What the organisation decided on the mediators, the last first; everybody who sees the case reads it.
pub(in crate::web) fn decisions(case: &Case, names: &Names) -> Vec<DecisionFace> {
    let name = |person| names.get(&person).cloned().unwrap_or_default();
    let face = |it: &crate::domain::stage::Decision| DecisionFace {
        what: Text::key(if it.replaced {
            "replacement-decided-replace"
        } else {
            "replacement-decided-keep"
        })
        .with("about", name(it.about))
        .with("by", name(it.by)),
        reason: it.reason.clone(),
        at: it.at,
    };
    case.decisions.iter().rev().map(face).collect()
}

/// How the mediator who was asked came to be asked.
pub(in crate::web) fn appointed(case: &Case) -> Option<Text> {
    let Stage::Mediate { at } = &case.stage else {
        return None;
    };
    match at.as_ref() {
        Mediate::Disclosing { assignment, .. } => Some(Text::key(format!(
            "choose-appointed-{}",
            assignment.how.name()
        ))),
        _ => None,
    }
}

pub(in crate::web) fn role_text(role: PartyRole) -> Text {
    Text::key(format!("case-role-{}", role.name()))
}

/// Phone and mail address of a seat, as staff read them.
pub(in crate::web) fn contact(party: &crate::domain::party::Party) -> String {
    let phone = party.contact.phone.as_ref().map(Phone::domestic);
    let mail = party.contact.mail.as_ref().map(ToString::to_string);
    [phone, mail]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join("  ")
}

pub(in crate::web) fn claims(case: &Case) -> Vec<ClaimFace> {
    let face = |claim: &crate::domain::claim::Claim| ClaimFace {
        kind: Text::key(format!("case-claim-{}", claim.kind.name())),
        text: claim.text.clone(),
        amount: claim.amount.map(|amount| amount.0),
    };
    case.claims.iter().map(face).collect()
}
