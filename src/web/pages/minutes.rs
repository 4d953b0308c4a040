//! 笔录, the record of a session: drafted by the mediator, read by those present on the phone or on the room's screen,
//! corrected, signed, and printed.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use serde::Serialize;

use super::case::Head;
use super::paper_text::PaperText;
use super::proof::{Proof, Round, mark, reply, signed, signer_name};
use super::refusals;
use super::sign::SignerShown;
use super::terms::party_name;
use crate::casework;
use crate::documents::Look;
use crate::domain::action::{Action, ActionKind as Kind};
use crate::domain::agreement::Signer;
use crate::domain::case::Case;
use crate::domain::ids::{CaseId, SessionId};
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::offered::offered;
use crate::domain::paper::Paper;
use crate::domain::permission::{may_lead_sessions, may_read_record};
use crate::domain::session_record::{Laid, Opening, SessionRecord};
use crate::domain::writing::WithoutPrejudice;
use crate::i18n::Text;
use crate::paperwork::{record_hash, record_place};
use crate::web::{
    Choice, Form, Page, Path, Policy, Routes, Viewer, Web, WebError, parse, see_other,
};

mod draft;
mod readers;

pub(super) use draft::moment;
use readers::{noted, refusals_of, signers, unsigned};

const LONGEST: usize = 3_000;
const LONGEST_NOTE: usize = 500;

#[derive(Serialize)]
pub struct MinutesPage {
    pub head: Head,
    pub action: String,
    /// `none`, `draft`, `read`, `code`, `wait`, `done` or `closed`.
    pub step: &'static str,
    /// The reader leads the session, and may write.
    pub writes: bool,
    pub can: Vec<&'static str>,
    pub people: Vec<PersonRow>,
    pub opening: Vec<Choice>,
    pub statements: Vec<StatementRow>,
    pub undisputed: Vec<String>,
    /// Who wants the proposals in it.
    pub proposals: Option<Proposals>,
    pub corrections: Vec<Note>,
    pub refusals: Vec<Note>,
    /// Whose refusal to sign the reader may note.
    pub unsigned: Vec<Choice>,
    /// The reader leads the session, and others may still take their time.
    pub note_later: bool,
    pub text: Option<PaperText>,
    pub signers: Vec<SignerShown>,
    pub pdf: Option<String>,
    pub hash: String,
    pub mark: String,
    pub name: String,
    pub proof: &'static str,
    pub sent_to: String,
    pub form: Form,
}

/// Somebody who may have been there.
#[derive(Clone, Serialize)]
pub struct PersonRow {
    pub field: String,
    pub name: String,
    pub hint: String,
}

#[derive(Clone, Serialize)]
pub struct StatementRow {
    pub field: String,
    pub name: String,
}

#[derive(Clone, Serialize)]
pub struct Proposals {
    pub text: String,
    pub agreed: Vec<super::board::Assent>,
}

/// What a party said of the record.
#[derive(Clone, Serialize)]
pub struct Note {
    pub by: String,
    pub text: String,
    pub at: Timestamp,
    /// The mediator who wrote it down, where they did not say it here themselves.
    pub noted_by: Option<String>,
}

impl Note {
    fn sample(text: &str) -> Self {
        Self {
            by: "李建国".to_owned(),
            text: text.to_owned(),
            at: Timestamp::UNIX_EPOCH,
            noted_by: None,
        }
    }

    fn noted() -> Self {
        Self {
            noted_by: Some("陈明".to_owned()),
            ..Self::sample("电话打不通。")
        }
    }
}

impl Page for MinutesPage {
    const TEMPLATE: &'static str = "pages/minutes.html";

    fn samples() -> Vec<Self> {
        let page = |step, writes, can: &[&'static str], form| Self {
            head: Head::sample(),
            action: "/cases/1/sessions/2/record".to_owned(),
            step,
            writes,
            can: can.to_vec(),
            people: vec![PersonRow {
                field: "at_1".to_owned(),
                name: "王秀英".to_owned(),
                hint: "19:30–20:15".to_owned(),
            }],
            opening: vec![draft::choice("identity", "核对了身份")],
            statements: vec![StatementRow {
                field: "says_1".to_owned(),
                name: "王秀英".to_owned(),
            }],
            undisputed: vec!["两家是上下楼邻居。".to_owned()],
            proposals: Some(Proposals {
                text: "每晚十点以后不弹琴。".to_owned(),
                agreed: Vec::new(),
            }),
            corrections: vec![Note::sample("我说的是十点半。")],
            refusals: vec![Note::sample("记得不全。"), Note::noted()],
            unsigned: vec![draft::choice("1", "李建国")],
            note_later: step == "wait",
            text: Some(PaperText::sample()),
            signers: SignerShown::samples(),
            pdf: Some("/cases/1/papers/2".to_owned()),
            hash: "0".repeat(64),
            mark: "0000 0000 0000 0000".to_owned(),
            name: "王秀英".to_owned(),
            proof: "code",
            sent_to: "138****1234".to_owned(),
            form,
        };
        let mut wrong = Form::blank();
        wrong.read("place", parse::printed(LONGEST));
        wrong.read("from", draft::moment);
        let mut unread = Form::blank();
        unread.read("note", parse::text(LONGEST_NOTE));
        unread.refuse(
            "typed",
            Text::key("sign-typed-other").with("name", "王秀英"),
        );
        let mut code = Form::blank();
        code.refuse("code", Text::key("sign-code-wrong").with("left", 3_u32));
        let mut bare = page("none", false, &[], Form::blank());
        bare.text = None;
        bare.pdf = None;
        bare.proposals = None;
        vec![
            bare,
            page("draft", true, &["lay"], wrong),
            page("draft", false, &["agree"], Form::blank()),
            page("read", false, &["sign", "correct", "refuse"], unread),
            page("code", false, &["sign"], code),
            page("wait", true, &[], Form::blank()),
            page("done", false, &[], Form::blank()),
            page("closed", true, &[], Form::blank()),
        ]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new().form(
        "/cases/{id}/sessions/{session}/record",
        Policy::Of(may_read_record),
        show,
        act,
    )
}

/// Whoever may not read the record is not told that there is one; who leads may begin one.
async fn load(web: &Web, viewer: &Viewer, id: CaseId) -> Result<Case, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    if may_read_record(&viewer.actor, &case) {
        Ok(case)
    } else {
        Err(WebError::NotFound)
    }
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path((id, session)): Path<(CaseId, SessionId)>,
) -> Result<Response, WebError> {
    let case = load(&web, &viewer, id).await?;
    let form = draft::beginning(&web, &viewer, &case, session).await?;
    let page = page(&web, &viewer, &case, session, form).await?;
    viewer.show(&web, &page)
}

/// The paper of a record that is laid out.
fn laid<'a>(case: &'a Case, record: &'a SessionRecord) -> Option<(&'a Laid, &'a Paper)> {
    let laid = record.laid.as_ref()?;
    Some((laid, case.paper(laid.paper)?))
}

fn step(case: &Case, record: Option<&SessionRecord>, place: Option<Signer>) -> &'static str {
    let Some(record) = record else { return "none" };
    if record.closed.is_some() {
        return "closed";
    }
    let Some(laid) = &record.laid else {
        return "draft";
    };
    match place {
        Some(place) if record.may_sign_next(place, case) => "read",
        Some(place) if laid.signatures.iter().any(|it| it.signer == place) => "done",
        _ => "wait",
    }
}

const CAN: [(Kind, &str); 5] = [
    (Kind::LayRecord, "lay"),
    (Kind::AgreeProposals, "agree"),
    (Kind::SignRecord, "sign"),
    (Kind::AskCorrection, "correct"),
    (Kind::RefuseRecord, "refuse"),
];

async fn page(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    session: SessionId,
    form: Form,
) -> Result<MinutesPage, WebError> {
    let record = case.record_of(session);
    let place = record.and_then(|record| record_place(case, record, &viewer.actor));
    let offers = offered(&web.desk.rules, case, &viewer.actor, web.desk.clock.now());
    let can = CAN.into_iter().filter(|(kind, _)| offers.contains(kind));
    let writes = may_lead_sessions(&viewer.actor, case) && offers.contains(&Kind::DraftRecord);
    let can_note = offers.contains(&Kind::NoteRefusal);
    let paper = record.and_then(|record| laid(case, record));
    let hash = paper.map(|(laid, paper)| record_hash(laid, paper));
    let name = match place {
        Some(place) => signer_name(web, viewer, case, place).await?,
        None => String::new(),
    };
    let rows = draft::Rows::of(web, viewer, case, session, record).await?;
    Ok(MinutesPage {
        head: Head::of(web, viewer, case),
        action: format!("/cases/{}/sessions/{session}/record", case.id),
        step: step(case, record, place),
        writes,
        can: can.map(|(_, name)| name).collect(),
        people: rows.people,
        opening: rows.opening,
        statements: rows.statements,
        undisputed: rows.undisputed,
        proposals: record.and_then(|record| proposals(case, record)),
        corrections: record.map_or_else(Vec::new, |record| {
            let notes = record.corrections.iter();
            let note = |it: &crate::domain::session_record::Correction| Note {
                by: party_name(case, it.by),
                text: it.note.clone(),
                at: it.at,
                noted_by: None,
            };
            notes.map(note).collect()
        }),
        refusals: match paper {
            Some((laid, _)) => refusals_of(web, case, laid).await?,
            None => Vec::new(),
        },
        unsigned: match record {
            Some(record) if can_note => unsigned(web, case, record).await?,
            _ => Vec::new(),
        },
        note_later: writes && !can_note && record.is_some_and(|it| it.waits_for_readers(case)),
        text: match record.filter(|_| paper.is_some()) {
            Some(record) => Some(PaperText::of(web.chancery.laid_text(case, record).await?)),
            None => None,
        },
        signers: signers(web, viewer, case, record).await?,
        pdf: paper.map(|(_, paper)| format!("/cases/{}/papers/{}", case.id, paper.id)),
        hash: hash.map_or_else(String::new, ToString::to_string),
        mark: hash.map_or_else(String::new, mark),
        name,
        proof: "code",
        sent_to: String::new(),
        form,
    })
}

fn proposals(case: &Case, record: &SessionRecord) -> Option<Proposals> {
    let assent = |party: &crate::domain::party::Party| super::board::Assent {
        name: party.name.to_string(),
        agreed: record.proposals_agreed.contains(&party.id),
    };
    (!record.text.proposals.is_empty() && record.closed.is_none()).then(|| Proposals {
        text: record.text.proposals.clone(),
        agreed: case.parties.iter().map(assent).collect(),
    })
}

async fn act(
    State(web): State<Web>,
    viewer: Viewer,
    Path((id, session)): Path<(CaseId, SessionId)>,
    mut form: Form,
) -> Result<Response, WebError> {
    let case = load(&web, &viewer, id).await?;
    let here = format!("/cases/{id}/sessions/{session}/record");
    let note = |form: &mut Form| form.read("note", parse::text(LONGEST_NOTE));
    let action = match form.value("act") {
        "look" | "sign" => return sign(web, viewer, case, session, form).await,
        "lay" => {
            let laid = web.chancery.lay_record(&viewer.actor, &case, session).await;
            if signed(laid, &mut form)?.is_some() {
                return Ok(see_other(&here));
            }
            None
        }
        "draft" => draft::read(&web, &viewer, &case, session, &mut form)
            .await?
            .map(|text| Action::DraftRecord {
                session,
                text: WithoutPrejudice(Box::new(text)),
            }),
        "agree" => Some(Action::AgreeProposals { session }),
        "correct" => note(&mut form).map(|note| Action::AskCorrection { session, note }),
        "refuse" => note(&mut form).map(|reason| Action::RefuseRecord { session, reason }),
        "note" => noted(&case, session, &mut form),
        other => return Err(WebError::BadRequest(format!("no act {other}"))),
    };
    if let Some(action) = action {
        match casework::perform(&web.desk, &viewer.actor, id, action).await {
            Ok(_case) => return Ok(see_other(&here)),
            Err(error) => refusals::beside(&mut form, "place", error)?,
        }
    }
    let page = page(&web, &viewer, &case, session, form).await?;
    viewer.show_again(&web, &page)
}

async fn sign(
    web: Web,
    viewer: Viewer,
    case: Case,
    session: SessionId,
    mut form: Form,
) -> Result<Response, WebError> {
    let record = case.record_of(session).ok_or(WebError::NotFound)?;
    let wrong = || refusals::out_of_order(OutOfOrder::WrongState);
    let (laid, paper) = laid(&case, record).ok_or_else(wrong)?;
    let place = record_place(&case, record, &viewer.actor).ok_or(WebError::NotFound)?;
    if !record.may_sign_next(place, &case) {
        return Err(refusals::out_of_order(OutOfOrder::NotYourTurn));
    }
    let hash = record_hash(laid, paper);
    let proof = Proof::of_signer(&web, &viewer, &case, place, hash).await?;
    let name = signer_name(&web, &viewer, &case, place).await?;
    let (chancery, actor, of) = (&web.chancery, &viewer.actor, (case.id, session));
    let put = |look: Look, shown| async move {
        chancery.sign_record(actor, of, hash, (&look, shown)).await
    };
    let round = proof.round(&web, &viewer, (&mut form, &name), put).await?;
    if let Round::Signed(_) = round {
        let here = format!("/cases/{}/sessions/{session}/record", case.id);
        return Ok(see_other(&here));
    }
    let now = load(&web, &viewer, case.id).await?;
    let mut page = page(&web, &viewer, &now, session, form).await?;
    if matches!(round, Round::Prove) {
        page.step = "code";
        page.proof = proof.name();
        page.sent_to = proof.sent_to(&page.form);
    }
    reply(&web, &viewer, &page, &page.form)
}

/// What of the opening is ticked.
fn ticked(form: &Form) -> BTreeSet<Opening> {
    let names = form.values("opening").iter();
    names.filter_map(|name| Opening::parse(name)).collect()
}
