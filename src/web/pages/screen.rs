//! The screen of a room in which some of a session's people sit: opened with a code by whoever looks after the room, one
//! participant of the call, and the page on which the mediator says who sits in front of it.

mod files;
mod seats;

use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::response::Response;
use jiff::Timestamp;
use serde::Serialize;

pub use self::seats::{EarlierCheck, MemberFace, SeatFace};
use self::seats::{members, party_face, side_choices, side_field, side_text, wish};
use super::case::view;
use super::refusals;
use super::room::{RoomPage, carry, pass, words};
use crate::accounts::{screens, sessions};
use crate::casework;
use crate::domain::case::Case;
use crate::domain::ids::{CaseId, PersonId, SessionId};
use crate::domain::party::{Party, PartyRole};
use crate::domain::permission::may_lead_sessions;
use crate::domain::session::Session;
use crate::i18n::Text;
use crate::rooms::{RoomId, Seat};
use crate::storage::cases;
use crate::web::viewer::signed_out;
use crate::web::{
    Choice, Form, Page, Path, Policy, Routes, Viewer, Web, WebError, faces, parse, see_other,
};

const HERE: &str = "/screen";
const CALL: &str = "/screen/room";

/// Where the mediator opens the screen and says who sits in front of it.
#[derive(Serialize)]
pub struct ScreenPage {
    pub form: Form,
    pub here: String,
    pub call: String,
    pub place: Option<Text>,
    /// Nobody sits down before the session begins.
    pub is_open: bool,
    pub seats: Vec<SeatFace>,
    /// Those of the team who can sit there too.
    pub members: Vec<MemberFace>,
    /// With which side they came.
    pub sides: Vec<Choice>,
    /// Shown once after it was made.
    pub code: Option<String>,
}

/// Where a code makes this browser the screen.
#[derive(Serialize)]
pub struct ScreenCodePage {
    pub form: Form,
    /// The session of this screen is over.
    pub over: bool,
}

impl Page for ScreenPage {
    const TEMPLATE: &'static str = "pages/screen.html";

    fn samples() -> Vec<Self> {
        let seat = |identity: Option<&str>, by: Option<&str>| SeatFace {
            party: "1".to_owned(),
            name: "安和".to_owned(),
            role: Text::key("case-role-claimant"),
            identity: identity.map(str::to_owned),
            earlier: None,
            by: by.map(str::to_owned),
        };
        let earlier = EarlierCheck {
            by: "林可风".to_owned(),
            at: Timestamp::UNIX_EPOCH,
        };
        let member = |person: &str, side: Option<Text>| MemberFace {
            person: person.to_owned(),
            name: "安平".to_owned(),
            capacity: Some(Text::key("team-capacity-kin")),
            field: side_field(person),
            by: side.is_some().then(|| "林可风".to_owned()),
            side,
        };
        let page = |form, code: Option<&str>| Self {
            form,
            here: "/cases/1/sessions/1/screen".to_owned(),
            call: "/cases/1/sessions/1".to_owned(),
            place: Some(Text::key("case-session-at").with("place", "和平路 8 号 1号调解室")),
            is_open: code.is_none(),
            seats: vec![
                seat(Some("/cases/1/identity/1"), None),
                seat(None, None),
                SeatFace {
                    earlier: Some(earlier.clone()),
                    ..seat(None, None)
                },
                seat(None, Some("林可风")),
            ],
            members: vec![
                member("1", None),
                member("2", Some(side_text(Some(PartyRole::Claimant)))),
            ],
            sides: vec![Choice {
                value: "claimant".to_owned(),
                label: "跟申请人来的".to_owned(),
                hint: String::new(),
            }],
            code: code.map(str::to_owned),
        };
        let mut wrong = Form::blank();
        wrong.refuse_whole(Text::key("case-refused-already-done"));
        vec![
            page(Form::blank(), Some("k7mp-3wxa-9tqb")),
            page(wrong, None),
        ]
    }
}

impl Page for ScreenCodePage {
    const TEMPLATE: &'static str = "pages/screen-code.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::blank().filled("code", "k7mp");
        wrong.refuse("code", Text::key("room-screen-code-wrong"));
        [(Form::blank(), true), (wrong, false)]
            .map(|(form, over)| Self { form, over })
            .into()
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new()
        .form(
            "/cases/{id}/sessions/{session}/screen",
            Policy::Of(may_lead_sessions),
            show,
            change,
        )
        .form(HERE, Policy::Anyone, ask, open)
        .get(CALL, Policy::Anyone, call)
        .post("/screen/room/token", Policy::Anyone, token)
        .get("/screen/room/socket", Policy::Anyone, socket)
        .merge(files::routes())
}

/// The session with a screen, for whoever leads it.
async fn led(
    web: &Web,
    viewer: &Viewer,
    (id, session): (CaseId, SessionId),
) -> Result<(Case, Session), WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    if !may_lead_sessions(&viewer.actor, &case) {
        return Err(WebError::NotFound);
    }
    let found = with_screen(&case, session).ok_or(WebError::NotFound)?;
    Ok((case, found))
}

fn with_screen(case: &Case, session: SessionId) -> Option<Session> {
    let mut sessions = case.stage.work()?.sessions.iter();
    let found = sessions.find(|it| it.id == session)?;
    found.screen()?;
    Some(found.clone())
}

async fn page(
    web: &Web,
    viewer: &Viewer,
    (case, session): (&Case, &Session),
    form: Form,
    code: Option<String>,
) -> Result<ScreenPage, WebError> {
    let checks = case.parties.iter().filter_map(Party::check);
    let people = session.at_screen.iter().map(|it| it.by);
    let people = people.chain(checks.map(|it| it.by));
    let people = people.chain(case.team.iter().map(|it| it.person));
    let there = session
        .at_screen
        .iter()
        .filter_map(|it| it.who.person(case));
    let names = faces::names(web, people.chain(there).collect()).await?;
    let now = web.desk.clock.now();
    let seat = |party: &Party| party_face(viewer, (case, session), party, &names, now);
    let call = format!("/cases/{}/sessions/{}", case.id, session.id);
    Ok(ScreenPage {
        form,
        here: format!("{call}/screen"),
        call,
        place: session.venue.as_ref().map(view::place),
        is_open: session.is_open(),
        seats: case.parties.iter().map(seat).collect(),
        members: members(case, session, &names),
        sides: side_choices(web, viewer, case),
        code,
    })
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(at): Path<(CaseId, SessionId)>,
) -> Result<Response, WebError> {
    let (case, session) = led(&web, &viewer, at).await?;
    viewer.show(
        &web,
        &page(&web, &viewer, (&case, &session), Form::blank(), None).await?,
    )
}

async fn change(
    State(web): State<Web>,
    viewer: Viewer,
    Path(at): Path<(CaseId, SessionId)>,
    mut form: Form,
) -> Result<Response, WebError> {
    let (case, session) = led(&web, &viewer, at).await?;
    if form.value("do") == "code" {
        if !session.is_to_come() {
            return Err(WebError::NotFound);
        }
        let code = screens::offer(&web.accounts, at).await?;
        // Whoever holds the screen that was open goes.
        seat(&web, at, session.screen(), None);
        let page = page(&web, &viewer, (&case, &session), Form::blank(), Some(code)).await?;
        return viewer.show(&web, &page);
    }
    let Some(wish) = wish(&mut form, at.1)? else {
        let page = page(&web, &viewer, (&case, &session), form, None).await?;
        return viewer.show_again(&web, &page);
    };
    let names = faces::names(&web, case.team.iter().map(|it| it.person).collect()).await?;
    match casework::perform(&web.desk, &viewer.actor, at.0, wish).await {
        Ok(case) => {
            tell(&web, &case, at, &names);
            Ok(see_other(&format!(
                "/cases/{}/sessions/{}/screen",
                at.0, at.1
            )))
        }
        Err(error) => {
            refusals::above(&mut form, error)?;
            let page = page(&web, &viewer, (&case, &session), form, None).await?;
            viewer.show_again(&web, &page)
        }
    }
}

/// The call goes on with who sits where now: the screen with other people before it, phones that were put away.
fn tell(web: &Web, case: &Case, at: (CaseId, SessionId), names: &faces::Names) {
    let Some(session) = with_screen(case, at.1) else {
        return;
    };
    for seated in &session.at_screen {
        seat(web, at, seated.who.person(case), None);
    }
    let screen = Seat::of_screen(case, &session, names);
    seat(web, at, session.screen(), screen);
}

fn seat(
    web: &Web,
    (case, session): (CaseId, SessionId),
    person: Option<PersonId>,
    seat: Option<Seat>,
) {
    if let Some(person) = person {
        web.rooms.reseat(RoomId { case, session }, person, seat);
    }
}

async fn ask(State(web): State<Web>, viewer: Viewer) -> Result<Response, WebError> {
    let form = Form::blank();
    viewer.show(&web, &ScreenCodePage { form, over: false })
}

/// Nobody stays signed in on a screen before which parties sit.
async fn open(
    State(web): State<Web>,
    viewer: Viewer,
    mut form: Form,
) -> Result<Response, WebError> {
    let code = form.read("code", parse::text(50));
    let taken = match code {
        Some(code) => screens::take(&web.accounts, &code, &viewer.browser).await?,
        None => false,
    };
    if !taken {
        if !form.has_errors() {
            form.refuse("code", Text::key("room-screen-code-wrong"));
        }
        return viewer.show_again(&web, &ScreenCodePage { form, over: false });
    }
    if let Some(session) = &viewer.session {
        sessions::close(&web.accounts, &session.token).await?;
    }
    Ok(signed_out(&web, CALL))
}

/// The session whose screen this browser is, while it is to come or under way.
async fn own(web: &Web, viewer: &Viewer) -> Result<Option<(CaseId, Session)>, WebError> {
    let Some((id, session)) = screens::place(&web.accounts, &viewer.browser).await? else {
        return Ok(None);
    };
    let mut read = web.desk.store.read().await?;
    let case = cases::load(&mut read, id).await?;
    let session = case.and_then(|case| with_screen(&case, session));
    Ok(session.filter(Session::is_to_come).map(|it| (id, it)))
}

async fn call(State(web): State<Web>, viewer: Viewer) -> Result<Response, WebError> {
    let Some((_, session)) = own(&web, &viewer).await? else {
        let (form, over) = (Form::blank(), true);
        return viewer.show(&web, &ScreenCodePage { form, over });
    };
    let page = RoomPage {
        name: session.venue.map(|venue| venue.says()).unwrap_or_default(),
        leads: false,
        hears: false,
        is_screen: true,
        screen: None,
        here: CALL.to_owned(),
        socket: format!("{CALL}/socket"),
        token: format!("{CALL}/token"),
        case_page: HERE.to_owned(),
        recording: None,
        dial_in: None,
        board: None,
        files: format!("{CALL}/evidence"),
        words: words(),
    };
    viewer.show(&web, &page)
}

async fn token(State(web): State<Web>, viewer: Viewer) -> Result<Response, WebError> {
    let (case, session) = own(&web, &viewer).await?.ok_or(WebError::NotFound)?;
    let screen = session.screen().ok_or(WebError::NotFound)?;
    let session = session.id;
    pass(&web, RoomId { case, session }, screen)
}

/// As for everybody, the token in the first frame is the key.
async fn socket(
    State(web): State<Web>,
    viewer: Viewer,
    upgrade: WebSocketUpgrade,
) -> Result<Response, WebError> {
    let (case, session) = own(&web, &viewer).await?.ok_or(WebError::NotFound)?;
    let room = RoomId {
        case,
        session: session.id,
    };
    carry(&web, &viewer, room, upgrade)
}
