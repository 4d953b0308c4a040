//! What somebody opens from a message: readable before any registration, and opening it spends nothing. The rest
//! stands behind a code sent to the contact that is written at the seat.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::case::head::{self, address};
use crate::accounts::address::Address;
use crate::accounts::codes::{self, Purpose, Request};
use crate::accounts::sessions::{self, Method};
use crate::accounts::{AccountsError, drafts, links, people};
use crate::casework::{self, CaseworkError};
use crate::domain::action::Action;
use crate::domain::actor::{Actor, System};
use crate::domain::case::Case;
use crate::domain::ids::{CaseId, PartyId, PersonId};
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::party::{Contact, Party, PartyRole};
use crate::domain::stage::{Mediate, Stage};
use crate::i18n::Text;
use crate::web::faces::{self, OrganisationFace};
use crate::web::viewer::signed_in;
use crate::web::{Form, Page, Path, Policy, Routes, Viewer, Web, WebError, parse, see_other};

/// The draft that leads from the link to its code.
const DRAFT: &str = "invite";

#[derive(Serialize)]
pub struct InvitePage {
    pub form: Form,
    pub call: OrganisationFace,
    /// The surname of whoever asks, or `none`; nothing more of them before the code.
    pub inviter: String,
    pub dispute: String,
    /// Whether an answer is wanted; otherwise the link is the way back to one's case.
    pub invited: bool,
    pub due: Option<Timestamp>,
    /// Where one says that it is somebody else's, while nobody sits there.
    pub wrong: Option<String>,
    /// Where one asks to be called, for whom no code would reach.
    pub call_me: Option<String>,
}

impl Page for InvitePage {
    const TEMPLATE: &'static str = "pages/invite.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::blank().filled("contact", "12345");
        wrong.read("contact", parse::address);
        let page = |form, invited: bool| Self {
            form,
            call: OrganisationFace::sample(),
            inviter: "安".to_owned(),
            dispute: "噪音扰民".to_owned(),
            invited,
            due: invited.then_some(Timestamp::UNIX_EPOCH),
            wrong: invited.then(|| "/i/abc/wrong".to_owned()),
            call_me: invited.then(|| "/i/abc/call".to_owned()),
        };
        vec![
            page(Form::blank(), true),
            page(wrong, true),
            page(Form::blank(), false),
        ]
    }
}

#[derive(Serialize)]
pub struct InviteCodePage {
    pub form: Form,
    pub masked: String,
    /// Back to the number, for another code.
    pub again: String,
}

impl Page for InviteCodePage {
    const TEMPLATE: &'static str = "pages/invite-code.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::blank();
        wrong.refuse("code", Text::key("accounts-code-wrong").with("left", 4_u32));
        [Form::blank(), wrong]
            .map(|form| Self {
                form,
                masked: "138****8000".to_owned(),
                again: "/i/abc".to_owned(),
            })
            .into()
    }
}

/// Who is on the way in.
#[derive(Serialize, Deserialize)]
struct Arrival {
    token: String,
    to: Address,
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new()
        .form("/i/{token}", Policy::Anyone, show, ask)
        .form("/i/{token}/code", Policy::Anyone, show_code, enter)
}

/// A case with the seat that a link leads to.
pub(super) struct Seat {
    pub(super) case: Case,
    pub(super) party: PartyId,
    token: String,
}

impl Seat {
    fn party(&self) -> Result<&Party, WebError> {
        self.case.party(self.party).ok_or(WebError::NotFound)
    }

    /// Where its holder goes on: to the question while it is open, else to the case.
    fn onward(&self) -> String {
        let asked = self.is_invited() && self.case.party(self.party).is_some_and(is_respondent);
        let below = if asked { "/invitation" } else { "" };
        format!("{}{below}", address(self.case.id))
    }

    /// Whether an answer is wanted from whoever has not taken the seat.
    pub(super) fn is_asked(&self) -> bool {
        let seat = self.case.party(self.party);
        self.is_invited() && seat.is_some_and(|it| is_respondent(it) && it.person.is_none())
    }

    fn is_invited(&self) -> bool {
        matches!(&self.case.stage, Stage::Mediate { at } if matches!(at.as_ref(), Mediate::Inviting { .. }))
    }
}

fn is_respondent(party: &Party) -> bool {
    party.role == PartyRole::Respondent
}

pub(super) const ACCOUNTS: Actor = Actor::System {
    system: System::Accounts,
};

pub(super) async fn seat(web: &Web, token: &str) -> Result<Seat, WebError> {
    let link = links::open(&web.accounts, token)
        .await?
        .ok_or(WebError::NotFound)?;
    let case = casework::load(&web.desk, &ACCOUNTS, link.case).await?;
    if !case.may_be_told(link.party) {
        return Err(WebError::NotFound);
    }
    Ok(Seat {
        case,
        party: link.party,
        token: token.to_owned(),
    })
}

async fn page(web: &Web, viewer: &Viewer, seat: &Seat, form: Form) -> Result<InvitePage, WebError> {
    let case = &seat.case;
    let invited = seat.is_invited() && is_respondent(seat.party()?);
    Ok(InvitePage {
        form,
        call: faces::organisation(web, viewer, case.organisation).await?,
        inviter: case.surname_of_claimant().unwrap_or("none").to_owned(),
        dispute: head::dispute(web, viewer, case),
        invited,
        due: case
            .stage
            .due_for_parties()
            .filter(|_| invited)
            .map(|due| due.at),
        wrong: seat
            .party()?
            .person
            .is_none()
            .then(|| format!("/i/{}/wrong", seat.token)),
        call_me: seat.is_asked().then(|| format!("/i/{}/call", seat.token)),
    })
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(token): Path<String>,
) -> Result<Response, WebError> {
    if links::lapsed(&web.accounts, &token).await?.is_some() {
        return Ok(see_other(&format!("/i/{token}/again")));
    }
    let seat = seat(&web, &token).await?;
    let here = viewer.actor.person();
    if here.is_some() && seat.party()?.person == here {
        return Ok(see_other(&seat.onward()));
    }
    viewer.show(&web, &page(&web, &viewer, &seat, Form::blank()).await?)
}

/// Sends a code if the number typed is the one at the seat, and says the same if it is not.
async fn ask(
    State(web): State<Web>,
    viewer: Viewer,
    Path(token): Path<String>,
    mut form: Form,
) -> Result<Response, WebError> {
    let seat = seat(&web, &token).await?;
    let Some(to) = form.read("contact", parse::address) else {
        return viewer.show_again(&web, &page(&web, &viewer, &seat, form).await?);
    };
    let request = Request {
        purpose: purpose(&viewer, &seat),
        to: &to,
        client: viewer.client,
        locale: viewer.locale.tag(),
    };
    let known = seat.party()?.contact.shares(&contact(&to));
    match codes::issue(&web.accounts, &request, known).await {
        Ok(()) => {}
        Err(AccountsError::TooMany { seconds }) => {
            form.refuse("contact", parse::wait(seconds));
            return viewer.show_again(&web, &page(&web, &viewer, &seat, form).await?);
        }
        Err(error) => return Err(error.into()),
    }
    let onward = format!("/i/{token}/code");
    drafts::save(
        &web.accounts,
        &viewer.browser,
        DRAFT,
        &Arrival { token, to },
    )
    .await?;
    Ok(see_other(&onward))
}

fn contact(address: &Address) -> Contact {
    match address.clone() {
        Address::Phone(phone) => Contact {
            phone: Some(phone),
            mail: None,
        },
        Address::Mail(mail) => Contact {
            phone: None,
            mail: Some(mail),
        },
    }
}

fn purpose<'a>(viewer: &'a Viewer, seat: &Seat) -> Purpose<'a> {
    Purpose::Invitation {
        party: seat.party,
        browser: &viewer.browser,
    }
}

async fn arrival(web: &Web, viewer: &Viewer, token: &str) -> Result<Option<Arrival>, WebError> {
    let arrival: Option<Arrival> = drafts::load(&web.accounts, &viewer.browser, DRAFT).await?;
    Ok(arrival.filter(|arrival| arrival.token == token))
}

fn code_page(arrival: &Arrival, form: Form) -> InviteCodePage {
    InviteCodePage {
        form,
        masked: arrival.to.masked(),
        again: format!("/i/{}", arrival.token),
    }
}

async fn show_code(
    State(web): State<Web>,
    viewer: Viewer,
    Path(token): Path<String>,
) -> Result<Response, WebError> {
    match arrival(&web, &viewer, &token).await? {
        Some(arrival) => viewer.show(&web, &code_page(&arrival, Form::blank())),
        None => Ok(see_other(&format!("/i/{token}"))),
    }
}

async fn enter(
    State(web): State<Web>,
    viewer: Viewer,
    Path(token): Path<String>,
    mut form: Form,
) -> Result<Response, WebError> {
    let seat = seat(&web, &token).await?;
    let Some(arrival) = arrival(&web, &viewer, &token).await? else {
        return Ok(see_other(&format!("/i/{token}")));
    };
    let Some(code) = form.read("code", parse::code) else {
        return viewer.show_again(&web, &code_page(&arrival, form));
    };
    let purpose = purpose(&viewer, &seat);
    let checked = codes::check(&web.accounts, purpose, &arrival.to, &code).await?;
    if let Err(text) = parse::checked(checked) {
        form.refuse("code", text);
        form.forget("code");
        return viewer.show_again(&web, &code_page(&arrival, form));
    }
    let person = people::proven(
        &web.accounts,
        &arrival.to,
        &seat.party()?.name,
        viewer.locale.tag(),
    )
    .await?;
    // A family's phone stands at two seats: whoever has taken one does not answer for the other.
    if seat
        .case
        .seat_of(person.id)
        .is_some_and(|it| it.id != seat.party)
    {
        form.refuse_whole(Text::key("invite-shared"));
        form.forget("code");
        return viewer.show_again(&web, &code_page(&arrival, form));
    }
    sit_down(
        &web,
        seat.case.id,
        seat.party,
        person.id,
        contact(&arrival.to),
    )
    .await?;
    let session = sessions::open(&web.accounts, person.id, Method::Code).await?;
    drafts::forget(&web.accounts, &viewer.browser, DRAFT).await?;
    Ok(signed_in(&web, &session, &seat.onward()))
}

/// Takes the seat for whoever has just proved its contact; whoever has it already keeps it.
async fn sit_down(
    web: &Web,
    case: CaseId,
    party: PartyId,
    person: PersonId,
    proven: Contact,
) -> Result<(), WebError> {
    let action = Action::TakeSeat {
        party,
        person,
        proven,
    };
    match casework::perform(&web.desk, &ACCOUNTS, case, action).await {
        Ok(_) | Err(CaseworkError::OutOfOrder(OutOfOrder::AlreadyDone)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
