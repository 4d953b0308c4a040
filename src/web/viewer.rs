//! Who looks at a page, in which language, from where; and the frame around every answer.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL;
use futures_util::FutureExt as _;

use super::error::ErrorPage;
use super::page::{Frame, Page};
use super::preferences;
use super::security::{self, Cookie, Sent};
use super::{Web, WebError};
use crate::accounts::people::{self, Person};
use crate::accounts::secrets::KeyUse;
use crate::accounts::sessions;
use crate::clock::Clock;
use crate::domain::actor::Actor;
use crate::domain::ids::PersonId;
use crate::domain::organisation::District;
use crate::domain::signature::Device;
use crate::i18n::Locale;
use crate::storage::office;

/// How long a browser keeps the cookie of a session, in seconds; the session itself may end sooner.
const SESSION_SECONDS: u32 = 60 * 24 * 3600;

/// The cookie of a session.
pub(super) const SESSION_COOKIE: &str = "session";

/// The cookie of a community's screen while somebody uses it: the code of its place.
pub(super) const KIOSK_COOKIE: &str = "kiosk";

/// One request's reader.
#[derive(Clone, Debug)]
pub struct Viewer {
    /// Who acts: what handlers give to `casework`.
    pub actor: Actor,
    /// The session, also of somebody whose second factor is still to come and who is `Anonymous` till then.
    pub session: Option<SignedIn>,
    pub locale: Locale,
    /// Where a member of staff works, or the place whose sheet was scanned lies.
    pub district: Option<District>,
    pub elder: bool,
    /// The place of the community's screen before which the reader stands; nobody signs in there.
    pub kiosk: Option<String>,
    /// What this browser was told about large text, if anything: it goes before what its reader prefers elsewhere.
    elder_chosen: Option<bool>,
    /// The token that forms of this browser carry.
    pub csrf: String,
    /// The nonce of this answer's scripts.
    pub nonce: String,
    /// Path of the request without its query.
    pub path: String,
    query: String,
    /// Whether large text is being switched on or off with this request.
    switches: bool,
    /// Whether a page is only looked at: then the sign-in leads back to it.
    looks: bool,
    /// The browser's anonymous id, from its cookie: drafts hang on it. A secret; never shown or logged.
    pub browser: String,
    /// Address of the client, as far as trusted proxies tell it.
    pub client: IpAddr,
    /// On what the reader reads, as far as the browser says.
    pub device: Option<Device>,
    /// What the reader can tell us on the phone, and we find in the log.
    pub reference: String,
}

/// Somebody's session.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub person: Person,
    /// Whether they sign in with a password.
    pub staff: bool,
    /// Whether a second factor is wanted and has not been given.
    pub second_factor_due: bool,
    /// The cookie's value. A secret.
    pub token: String,
}

impl Viewer {
    /// Who is signed in.
    ///
    /// # Errors
    /// `SignInNeeded`, which leads to the sign-in form and back here.
    pub fn person(&self) -> Result<PersonId, WebError> {
        self.actor.person().ok_or(WebError::SignInNeeded)
    }

    /// The page with status 200.
    pub fn show<P: Page>(&self, web: &Web, page: &P) -> Result<Response, WebError> {
        self.answer(web, StatusCode::OK, page)
    }

    /// The page once more, with what was typed and what is wrong with it (422).
    pub fn show_again<P: Page>(&self, web: &Web, page: &P) -> Result<Response, WebError> {
        self.answer(web, StatusCode::UNPROCESSABLE_ENTITY, page)
    }

    /// The page with a status of its own.
    pub fn answer<P: Page>(
        &self,
        web: &Web,
        status: StatusCode,
        page: &P,
    ) -> Result<Response, WebError> {
        let html = web.templates.render(&self.frame(web), page)?;
        Ok((status, Html(html)).into_response())
    }

    /// Large text as chosen in this browser, or else as somebody who comes in likes it.
    pub(super) fn elder_for(&self, person: &Person) -> bool {
        self.elder_chosen.unwrap_or(person.elder)
    }

    fn frame(&self, web: &Web) -> Frame {
        Frame {
            locale: self.locale,
            signed_in: self
                .session
                .as_ref()
                .map(|session| session.person.name.to_string()),
            staff: self.session.as_ref().is_some_and(|session| session.staff),
            csrf: self.csrf.clone(),
            nonce: self.nonce.clone(),
            elder: self.elder,
            kiosk: self.kiosk.clone(),
            path: self.path.clone(),
            other_language: self.here_with("lang", self.locale.other().tag()),
            elder_switch: self.here_with("elder", if self.elder { "off" } else { "on" }),
            demo: web.site.demo,
            district: self.district.as_ref().map(ToString::to_string),
        }
    }

    /// The form to sign in at, which leads back to this page.
    fn sign_in(&self) -> String {
        let halfway = self
            .session
            .as_ref()
            .is_some_and(|session| session.second_factor_due);
        let form = if halfway {
            "/sign-in/second-factor"
        } else {
            "/sign-in"
        };
        let here = if self.looks && !self.query.is_empty() {
            format!("{}?{}", self.path, self.query)
        } else {
            self.path.clone()
        };
        let next: String = form_urlencoded::byte_serialize(here.as_bytes()).collect();
        format!("{form}?next={next}")
    }

    /// This address with one parameter of the query replaced.
    fn here_with(&self, name: &str, value: &str) -> String {
        let kept = form_urlencoded::parse(self.query.as_bytes())
            .filter(|(known, _)| known != "lang" && known != "elder");
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(kept)
            .append_pair(name, value)
            .finish();
        format!("{}?{query}", self.path)
    }
}

impl<S: Sync> FromRequestParts<S> for Viewer {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, WebError> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| {
            WebError::Internal("a page outside the frame asked for its viewer".to_owned())
        })
    }
}

/// `303 See Other` with the cookie of a session just opened.
pub(super) fn signed_in(web: &Web, token: &str, to: &str) -> Response {
    let mut response = see_other(to);
    Cookie::lasting(SESSION_COOKIE, token, SESSION_SECONDS).set(&mut response, web.site.tls);
    response
}

/// `303 See Other` without that cookie.
pub(super) fn signed_out(web: &Web, to: &str) -> Response {
    let mut response = see_other(to);
    Cookie::lasting(SESSION_COOKIE, "", 0).set(&mut response, web.site.tls);
    response
}

/// `303 See Other` as a browser that nobody has used: without a session, another anonymous id.
pub(super) fn as_nobody(web: &Web, to: &str) -> Response {
    let mut response = signed_out(web, to);
    let fresh = BASE64URL.encode(web.accounts.clock.random::<24>());
    Cookie::secret("browser", &fresh).set(&mut response, web.site.tls);
    Cookie::lasting(KIOSK_COOKIE, "", 0).set(&mut response, web.site.tls);
    response
}

/// A path of this site to go on to, from a query or a form; anything else leads to the reader's cases.
pub fn next(wanted: &str) -> &str {
    // A header holds no other characters; our own links are written in percents.
    let local = wanted.is_ascii()
        && wanted.starts_with('/')
        && !wanted.starts_with("//")
        && !wanted.contains(|c: char| c == '\\' || c.is_control() || c.is_whitespace());
    if local { wanted } else { "/cases" }
}

/// `303 See Other`: what every successful POST answers.
pub fn see_other(to: &str) -> Response {
    axum::response::Redirect::to(to).into_response()
}

/// The frame around every request: who asks, is the form ours, what does a failure look like,
/// which headers go out.
pub(super) async fn frame(State(web): State<Web>, request: Request, next: Next) -> Response {
    let (mut viewer, cookies) = arrive(&web, &request);
    let json = viewer.path.starts_with("/api/");
    let outcome = match recognise(&web, &mut viewer, request.headers()).await {
        Ok(()) => pass(&web, &viewer, request, next).await,
        Err(error) => error.into_response(),
    };
    let mut response = with_face(&web, &viewer, json, outcome);
    security::headers(&mut response, &viewer.nonce, web.site.tls);
    for cookie in cookies {
        cookie.set(&mut response, web.site.tls);
    }
    response
}

/// The frame around what is the same for everybody: no session is looked for and no cookie set.
pub(super) async fn plain(State(web): State<Web>, request: Request, next: Next) -> Response {
    let (viewer, _cookies) = arrive(&web, &request);
    let mut response = with_face(&web, &viewer, false, next.run(request).await);
    security::headers(&mut response, &viewer.nonce, web.site.tls);
    response
}

/// Lets the request through to its handler, if it is one of ours.
async fn pass(web: &Web, viewer: &Viewer, request: Request, next: Next) -> Response {
    let mut request = match security::check(web, viewer, request).await {
        Ok(request) => request,
        Err(error) => return error.into_response(),
    };
    request.extensions_mut().insert(viewer.clone());
    request.extensions_mut().insert(Arc::clone(web));
    let sent = request.extensions_mut().remove::<Sent>();
    let mut response = AssertUnwindSafe(next.run(request))
        .catch_unwind()
        .await
        .unwrap_or_else(|panic| {
            WebError::Internal(format!("panic: {}", words(panic.as_ref()))).into_response()
        });
    if let Some(sent) = sent {
        response.extensions_mut().insert(sent);
    }
    response
}

/// Finds out who is signed in.
async fn recognise(web: &Web, viewer: &mut Viewer, headers: &HeaderMap) -> Result<(), WebError> {
    if viewer.kiosk.is_some() {
        return Ok(());
    }
    let Some(token) = security::cookie(headers, web.site.tls, SESSION_COOKIE) else {
        return Ok(());
    };
    let Some(session) = sessions::find(&web.accounts, &token).await? else {
        return Ok(());
    };
    let posts = if session.staff {
        office::posts(&mut web.accounts.store.read().await?, session.person.id).await?
    } else {
        Vec::new()
    };
    if let Some(post) = posts.first() {
        let mut read = web.accounts.store.read().await?;
        let body = office::organisation(&mut read, post.organisation).await?;
        viewer.district = body.map(|body| body.organisation.area.district());
    }
    let wanted = posts.iter().any(|post| post.role.wants_second_factor());
    let due = wanted && session.second_factor_at.is_none();
    let person = session.person.id;
    viewer.elder = viewer.elder_for(&session.person);
    if viewer.switches && session.person.elder != viewer.elder {
        people::prefer(&web.accounts, person, &session.person.locale, viewer.elder).await?;
    }
    viewer.actor = match session.staff {
        _ if due => Actor::Anonymous,
        true => Actor::Staff { person, posts },
        false => Actor::Person { person },
    };
    viewer.session = Some(SignedIn {
        person: session.person,
        staff: session.staff,
        second_factor_due: due,
        token,
    });
    Ok(())
}

/// What a panic said.
fn words(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no words")
}

/// Reads cookies, query and headers; says which cookies are to be set.
fn arrive(web: &Web, request: &Request) -> (Viewer, Vec<Cookie>) {
    let (headers, uri) = (request.headers(), request.uri());
    let mut cookies = Vec::new();
    let browser = security::cookie(headers, web.site.tls, "browser").unwrap_or_else(|| {
        let fresh = BASE64URL.encode(web.accounts.clock.random::<24>());
        cookies.push(Cookie::secret("browser", &fresh));
        fresh
    });
    let session = security::cookie(headers, web.site.tls, SESSION_COOKIE).unwrap_or_default();
    let csrf = web
        .accounts
        .secrets
        .hash(KeyUse::Csrf, &[browser.as_bytes(), session.as_bytes()]);
    let (elder_chosen, switches) = preferences::elder(web, headers, uri, &mut cookies);
    let kiosk = security::cookie(headers, web.site.tls, KIOSK_COOKIE);
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let kiosk = kiosk.filter(|code| code.chars().all(plain));
    let viewer = Viewer {
        actor: Actor::Anonymous,
        session: None,
        locale: preferences::locale(web, headers, uri, &mut cookies),
        district: None,
        elder: elder_chosen.unwrap_or(false) || kiosk.is_some(),
        kiosk,
        elder_chosen,
        switches,
        csrf,
        nonce: BASE64URL.encode(web.accounts.clock.random::<16>()),
        path: uri.path().to_owned(),
        query: uri.query().unwrap_or("").to_owned(),
        looks: request.method().is_safe(),
        browser,
        client: client(web, request),
        device: device(headers),
        reference: reference(&web.accounts.clock),
    };
    (viewer, cookies)
}

fn device(headers: &HeaderMap) -> Option<Device> {
    Device::of(headers.get(header::USER_AGENT)?.to_str().ok()?)
}

/// The peer's address, or the last one that a trusted proxy did not write itself.
fn client(web: &Web, request: &Request) -> IpAddr {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |peer| {
            peer.0.ip().to_canonical()
        });
    let forwarded = request.headers().get_all("x-forwarded-for");
    security::behind_proxies(peer, forwarded.iter(), &web.site.trusted_proxies)
}

/// Eight characters without look-alikes, such as `K7Q2-M9XD`.
fn reference(clock: &Clock) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    let mut text: String = clock
        .random::<8>()
        .iter()
        .map(|byte| char::from(LETTERS[usize::from(byte % 32)]))
        .collect();
    text.insert(4, '-');
    text
}

/// Gives a failure its face: the sign-in form, problem+json, or a page with a reference.
fn with_face(web: &Web, viewer: &Viewer, json: bool, response: Response) -> Response {
    // What the router and the crate's own extractors refuse is empty or plain text in English; our pages are neither.
    let kind = response.headers().get(header::CONTENT_TYPE);
    let plain = kind.is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    let bare = response.status().as_u16() >= 400 && plain;
    let error = match response.extensions().get::<Arc<WebError>>() {
        Some(error) => Arc::clone(error),
        None if bare => Arc::new(of_status(response.status())),
        None => return response,
    };
    if matches!(*error, WebError::SignInNeeded) && viewer.looks && !json {
        return see_other(&viewer.sign_in());
    }
    error.log(&viewer.reference, &viewer.path);
    let mut faced = if json {
        error.problem(&web.texts, viewer.locale, &viewer.reference)
    } else {
        let sent = response.extensions().get::<Sent>();
        error_page(web, viewer, &error, sent)
    };
    // `Allow` is added by the router, behind this frame.
    if let Some(wait) = response.headers().get(header::RETRY_AFTER) {
        faced
            .headers_mut()
            .insert(header::RETRY_AFTER, wait.clone());
    }
    faced
}

fn error_page(web: &Web, viewer: &Viewer, error: &WebError, sent: Option<&Sent>) -> Response {
    let late = matches!(error, WebError::Conflict(_) | WebError::OutOfOrder(_));
    let typed = match error {
        WebError::TooLarge(texts) => texts.clone(),
        _ => sent.filter(|_| late).map(Sent::texts).unwrap_or_default(),
    };
    let page = ErrorPage {
        typed,
        sign_in: matches!(error, WebError::SignInNeeded).then(|| viewer.sign_in()),
        ..ErrorPage::of(error, &viewer.reference, &viewer.path)
    };
    viewer
        .answer(web, error.face().status, &page)
        .unwrap_or_else(|broken| {
            broken.log(&viewer.reference, &viewer.path);
            (StatusCode::INTERNAL_SERVER_ERROR, viewer.reference.clone()).into_response()
        })
}

/// What the router and its extractors refuse without asking us.
fn of_status(status: StatusCode) -> WebError {
    match status {
        StatusCode::NOT_FOUND => WebError::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => WebError::Method,
        StatusCode::PAYLOAD_TOO_LARGE => WebError::TooLarge(Vec::new()),
        status if status.is_client_error() => WebError::BadRequest(status.to_string()),
        status => WebError::Internal(status.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::next;

    #[test]
    fn nobody_is_led_off_this_site() {
        assert_eq!(next("/cases/1?lang=en"), "/cases/1?lang=en");
        for away in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "/ /evil.example",
            "/案件",
        ] {
            assert_eq!(next(away), "/cases", "{away:?}");
        }
    }
}
