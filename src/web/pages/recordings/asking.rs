//! Whether a session may be recorded: asked by whoever leads it, answered by each for themselves, taken back with one tap.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use serde::Serialize;

use super::super::case::Head;
use super::super::proof::{Proof, Step, mark, reply};
use super::super::refusals::above;
use super::super::room::refresh;
use super::wording::{VERSION, lines, words};
use crate::casework;
use crate::domain::action::Action;
use crate::domain::case::Case;
use crate::domain::hash::ContentHash;
use crate::domain::ids::{CaseId, RecordingId, SessionId};
use crate::domain::permission::{may_lead_sessions, may_sit_in_sessions};
use crate::domain::recording::{Recording, Stop};
use crate::domain::session::Session;
use crate::i18n::Text;
use crate::rooms::{RoomId, Topic};
use crate::web::{Form, Page, Path, Policy, Routes, Viewer, Web, WebError, see_other};

/// The question, as one person finds it.
#[derive(Serialize)]
pub struct AskingPage {
    pub head: Head,
    pub room: String,
    pub action: String,
    /// `none`, `over`, `read`, `no`, `code` or `agreed`.
    pub step: &'static str,
    /// The reader leads the session, and asks or ends it.
    pub leads: bool,
    pub recording: String,
    /// When the reader agreed.
    pub agreed_at: Option<Timestamp>,
    /// How many have agreed; who has not is not said.
    pub agreed: usize,
    pub lines: Vec<Text>,
    pub hash: String,
    pub mark: String,
    /// `code` or `second_factor`.
    pub means: &'static str,
    pub sent_to: String,
    pub form: Form,
}

impl Page for AskingPage {
    const TEMPLATE: &'static str = "pages/recording-asking.html";

    fn samples() -> Vec<Self> {
        let page = |step, leads, means, form| Self {
            head: Head::sample(),
            room: "/cases/1/sessions/1".to_owned(),
            action: "/cases/1/sessions/1/recording".to_owned(),
            step,
            leads,
            recording: "1".to_owned(),
            agreed_at: (step == "agreed").then_some(Timestamp::UNIX_EPOCH),
            agreed: 2,
            lines: vec![
                Text::key("recording-words-what"),
                Text::key("recording-words-kept-years").with("length", 1_u32),
            ],
            hash: "0".repeat(64),
            mark: "0000 0000 0000 0000".to_owned(),
            means,
            sent_to: if means == "code" { "138****1234" } else { "" }.to_owned(),
            form,
        };
        let mut wrong = Form::blank();
        wrong.refuse("code", Text::key("sign-code-wrong").with("left", 3_u32));
        let mut stale = Form::blank();
        stale.refuse_whole(Text::key("case-refused-wrong-state"));
        let blank = Form::blank;
        vec![
            page("none", true, "code", blank()),
            page("none", false, "code", blank()),
            page("over", false, "code", stale),
            page("read", false, "code", blank()),
            page("read", true, "second_factor", blank()),
            page("no", false, "code", blank()),
            page("code", false, "code", wrong),
            page("code", true, "second_factor", blank()),
            page("agreed", false, "code", blank()),
            page("agreed", true, "code", blank()),
        ]
    }
}

pub(super) fn routes() -> Routes {
    Routes::new().form(
        "/cases/{id}/sessions/{session}/recording",
        Policy::Of(may_sit_in_sessions),
        show,
        act,
    )
}

struct Found {
    case: Case,
    session: Session,
}

impl Found {
    fn here(&self) -> String {
        format!(
            "/cases/{}/sessions/{}/recording",
            self.case.id, self.session.id
        )
    }

    const fn room(&self) -> RoomId {
        RoomId {
            case: self.case.id,
            session: self.session.id,
        }
    }

    fn open(&self) -> Option<&Recording> {
        self.case.open_recording(self.session.id)
    }
}

async fn find(
    web: &Web,
    viewer: &Viewer,
    (id, session): (CaseId, SessionId),
) -> Result<Found, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    if !may_sit_in_sessions(&viewer.actor, &case) {
        return Err(WebError::NotFound);
    }
    let mut sessions = case.stage.work().into_iter().flat_map(|it| &it.sessions);
    let session = sessions.find(|it| it.id == session && !it.is_at_a_table());
    let session = session.cloned().ok_or(WebError::NotFound)?;
    Ok(Found { case, session })
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(here): Path<(CaseId, SessionId)>,
) -> Result<Response, WebError> {
    let found = find(&web, &viewer, here).await?;
    let page = page(&web, &viewer, &found, Form::blank()).await?;
    viewer.show(&web, &page)
}

async fn page(
    web: &Web,
    viewer: &Viewer,
    found: &Found,
    form: Form,
) -> Result<AskingPage, WebError> {
    let (case, open) = (&found.case, found.open());
    let me = viewer.person()?;
    let consent = open.and_then(|it| it.consent_of(me));
    let step = match (open, consent) {
        _ if !found.session.is_open() => "over",
        (None, _) => "none",
        (Some(_), None) => "read",
        (Some(_), Some(_)) => "agreed",
    };
    let mut page = AskingPage {
        head: Head::of(web, viewer, case),
        room: format!("/cases/{}/sessions/{}", case.id, found.session.id),
        action: found.here(),
        step,
        leads: may_lead_sessions(&viewer.actor, case),
        recording: open.map(|it| it.id.to_string()).unwrap_or_default(),
        agreed_at: consent.map(|it| it.at),
        agreed: open.map_or(0, |it| it.consents.len()),
        lines: lines(web, case),
        hash: String::new(),
        mark: String::new(),
        means: "code",
        sent_to: String::new(),
        form,
    };
    if let (Some(open), "read") = (open, step) {
        let hash = hash(web, viewer, case);
        let proof = Proof::of_recording(web, viewer, case, (open.id, &hash)).await?;
        page.means = proof.name();
        page.sent_to = proof.sent_to(&page.form);
        page.mark = mark(&hash);
        page.hash = hash.to_string();
    }
    Ok(page)
}

fn hash(web: &Web, viewer: &Viewer, case: &Case) -> ContentHash {
    ContentHash::of(words(web, viewer, case).as_bytes())
}

async fn act(
    State(web): State<Web>,
    viewer: Viewer,
    Path(here): Path<(CaseId, SessionId)>,
    mut form: Form,
) -> Result<Response, WebError> {
    let found = find(&web, &viewer, here).await?;
    // The one that was on the page: another may have been asked for since.
    let shown = form.value("recording").parse().ok().map(RecordingId);
    let open = found.open().filter(|it| Some(it.id) == shown);
    let session = found.session.id;
    let action = match (form.value("act"), open) {
        ("ask", _) => Action::AskRecording {
            recording: RecordingId(web.desk.clock.new_id()),
            session,
        },
        ("stop", Some(open)) => Action::StopRecording {
            recording: open.id,
            why: Stop::Led,
        },
        ("withdraw", Some(open)) => Action::WithdrawRecording { recording: open.id },
        ("look" | "sign", Some(open)) => {
            let id = open.id;
            return consent(&web, &viewer, (&found, id), form).await;
        }
        ("no", _) => {
            let mut page = page(&web, &viewer, &found, Form::blank()).await?;
            if page.step == "read" {
                page.step = "no";
            }
            return viewer.show(&web, &page);
        }
        ("stop" | "withdraw" | "look" | "sign", None) => {
            form.refuse_whole(Text::key("recording-other"));
            let page = page(&web, &viewer, &found, form).await?;
            return viewer.show_again(&web, &page);
        }
        (other, _) => {
            return Err(WebError::BadRequest(format!(
                "{other:?} is not done to a recording"
            )));
        }
    };
    let stops = !matches!(action, Action::AskRecording { .. });
    // At once, also if it cannot be written down now; whether it may go on the law is asked again.
    if stops && web.rooms.stop_recording(found.room()).is_err() {
        tracing::error!(room = %found.room(), "a room was not told to stop recording; it is told again");
    }
    match casework::perform(&web.desk, &viewer.actor, found.case.id, action).await {
        Ok(case) => {
            refresh(&web, &case, Topic::Recording);
            Ok(see_other(&found.here()))
        }
        Err(error) => {
            above(&mut form, error)?;
            let page = page(&web, &viewer, &found, form).await?;
            viewer.show_again(&web, &page)
        }
    }
}

/// A yes: to the words that were read, proved by what was sent for them.
async fn consent(
    web: &Web,
    viewer: &Viewer,
    (found, recording): (&Found, RecordingId),
    mut form: Form,
) -> Result<Response, WebError> {
    let words = words(web, viewer, &found.case);
    let text = ContentHash::of(words.as_bytes());
    let proof = Proof::of_recording(web, viewer, &found.case, (recording, &text)).await?;
    let step = proof.step(web, viewer, &mut form, |_| Some(())).await?;
    if let Step::Sign((), shown) = step {
        let action = Action::ConsentRecording {
            recording,
            version: VERSION.to_owned(),
            text,
            words,
            shown: Some(shown),
        };
        match casework::perform(&web.desk, &viewer.actor, found.case.id, action).await {
            Ok(case) => {
                refresh(web, &case, Topic::Recording);
                return Ok(see_other(&found.here()));
            }
            Err(error) => above(&mut form, error)?,
        }
        let page = page(web, viewer, found, form).await?;
        return viewer.show_again(web, &page);
    }
    let mut page = page(web, viewer, found, form).await?;
    if matches!(step, Step::Prove) && page.step == "read" {
        page.step = "code";
    }
    reply(web, viewer, &page, &page.form)
}
