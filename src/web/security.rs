//! What a browser may do with our answers, and which requests are ours: headers, cookies, tokens, origins.

use std::net::IpAddr;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest as _, Request};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::response::Response;
use bytes::BytesMut;
use futures_util::StreamExt as _;
use subtle::ConstantTimeEq as _;

use super::api::intake;
use super::pages::room::DIAL_IN;
use super::{Multipart, Viewer, Web, WebError};

/// The name of the form field that carries the token.
pub const TOKEN_FIELD: &str = "csrf";

/// Bytes of a posted form.
const FORM_LIMIT: usize = 256 * 1024;

/// Bytes of a form with files in it: a photograph of 20 MB, and what stands beside it.
pub(super) const UPLOAD_LIMIT: usize = 21 * 1024 * 1024;

/// Bytes of a body that are read before the connection is dropped.
const PATIENCE: usize = 5 * UPLOAD_LIMIT;

/// How long a body may take: a photograph over a slow connection does not take longer.
const READING: Duration = Duration::from_mins(5);

/// A cookie on its way out.
pub(super) struct Cookie {
    name: &'static str,
    value: String,
    /// Seconds to live; none is until the browser closes.
    max_age: Option<u32>,
}

impl Cookie {
    /// Kept until the browser closes.
    pub(super) fn secret(name: &'static str, value: &str) -> Self {
        Self {
            name,
            value: value.to_owned(),
            max_age: None,
        }
    }

    pub(super) fn lasting(name: &'static str, value: &str, seconds: u32) -> Self {
        Self {
            name,
            value: value.to_owned(),
            max_age: Some(seconds),
        }
    }

    pub(super) fn set(&self, response: &mut Response, tls: bool) {
        let mut text = format!(
            "{}={}; Path=/; HttpOnly; SameSite=Lax",
            name(self.name, tls),
            self.value
        );
        if tls {
            text.push_str("; Secure");
        }
        if let Some(seconds) = self.max_age {
            text = format!("{text}; Max-Age={seconds}");
        }
        match HeaderValue::from_str(&text) {
            Ok(value) => {
                response.headers_mut().append(header::SET_COOKIE, value);
            }
            Err(error) => tracing::error!(name = self.name, %error, "a cookie was not set"),
        }
    }
}

/// Under TLS the prefix binds the cookie to this host, this path and TLS.
fn name(name: &str, tls: bool) -> String {
    if tls {
        format!("__Host-heyi-{name}")
    } else {
        format!("heyi-{name}")
    }
}

/// The value of one of our cookies.
pub(super) fn cookie(headers: &HeaderMap, tls: bool, wanted: &str) -> Option<String> {
    let wanted = name(wanted, tls);
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == wanted)
        .map(|(_, value)| value.to_owned())
        .filter(|value| !value.is_empty())
}

/// Lets a changing request through only if it comes from our own pages: by its origin and by the
/// token of this browser. Gives the request back whole.
pub(super) async fn check(
    web: &Web,
    viewer: &Viewer,
    request: Request,
) -> Result<Request, WebError> {
    if matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    ) {
        return Ok(request);
    }
    // Another body proves itself by its token; no browser's cookies count there.
    if [intake::HERE, DIAL_IN].contains(&viewer.path.as_str()) {
        let (parts, body) = request.into_parts();
        let body = read(body, FORM_LIMIT, None).await?;
        return Ok(Request::from_parts(parts, Body::from(body)));
    }
    if !same_origin(request.headers(), web.site.tls) {
        return Err(WebError::StaleForm);
    }
    let told = request.headers().get("x-csrf-token").cloned();
    let vouched = told.map(|token| known(viewer, token.as_bytes()));
    if vouched == Some(false) {
        return Err(WebError::StaleForm);
    }
    let kind = request.headers().get(header::CONTENT_TYPE).cloned();
    let kind = kind.filter(|kind| kind.as_bytes().starts_with(b"multipart/form-data"));
    let (parts, body) = request.into_parts();
    let limit = if kind.is_some() && takes_files(viewer) {
        UPLOAD_LIMIT
    } else {
        FORM_LIMIT
    };
    let body = read(body, limit, kind.as_ref()).await?;
    let mut request = Request::from_parts(parts, Body::from(body.clone()));
    if kind.is_none() {
        request.extensions_mut().insert(Sent(body.clone()));
    }
    if vouched == Some(true) {
        return Ok(request);
    }
    let token = match kind {
        Some(kind) => first_part(kind, body).await,
        None => field(&body),
    };
    match token {
        Some(token) if known(viewer, token.as_bytes()) => Ok(request),
        _ => Err(WebError::StaleForm),
    }
}

/// A form as it was sent, for whoever must be told that somebody was faster.
#[derive(Clone)]
pub(super) struct Sent(Bytes);

impl Sent {
    /// What a person wrote in words: no codes and passwords, no ids, no drawn names.
    pub(super) fn texts(&self) -> Vec<String> {
        let wrote = |name: &str, value: &str| {
            !["code", "password", "strokes", TOKEN_FIELD].contains(&name)
                && value.chars().any(|c| !c.is_ascii() || c == ' ')
        };
        form_urlencoded::parse(&self.0)
            .filter(|(name, value)| wrote(name, value))
            .map(|(_, value)| value.into_owned())
            .collect()
    }
}

/// Files come from who is signed in, and from whoever checks a paper; nobody else fills the memory with them.
fn takes_files(viewer: &Viewer) -> bool {
    viewer.actor.person().is_some() || viewer.path == "/verify" || viewer.path.starts_with("/v/")
}

/// The body in time. What was written beside a file that is too long stays with the refusal.
async fn read(body: Body, limit: usize, kind: Option<&HeaderValue>) -> Result<Bytes, WebError> {
    match (in_time(body, limit, READING).await?, kind) {
        (Read::Whole(bytes), _) => Ok(bytes),
        (Read::End(end), Some(kind)) => Err(WebError::TooLarge(beside(kind.clone(), end).await)),
        (Read::End(_), None) => Err(WebError::TooLarge(Vec::new())),
    }
}

async fn in_time(body: Body, limit: usize, within: Duration) -> Result<Read, WebError> {
    tokio::time::timeout(within, whole(body, limit))
        .await
        .map_err(|_late| WebError::BadRequest("the body did not come in time".to_owned()))?
}

/// A body, or the end of one that is too long.
enum Read {
    Whole(Bytes),
    End(Bytes),
}

/// How much is kept of the end of a body that is too long: the fields behind its file.
const END: usize = 64 * 1024;

/// The whole body. One that is too long is read on for a while and dropped but for its end, since browsers show our
/// answer only when they have been let finish.
async fn whole(body: Body, limit: usize) -> Result<Read, WebError> {
    let mut chunks = body.into_data_stream();
    let (mut kept, mut length) = (BytesMut::new(), 0);
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|error| WebError::BadRequest(error.to_string()))?;
        length += chunk.len();
        kept.extend_from_slice(&chunk);
        if length > limit && kept.len() > END {
            kept = kept.split_off(kept.len() - END);
        }
        if length > PATIENCE {
            break;
        }
    }
    Ok(if length > limit {
        Read::End(kept.freeze())
    } else {
        Read::Whole(kept.freeze())
    })
}

/// The texts among the last parts of a form with files.
async fn beside(kind: HeaderValue, end: Bytes) -> Vec<String> {
    let boundary = kind
        .to_str()
        .ok()
        .and_then(|kind| kind.split_once("boundary="));
    let boundary = boundary.map(|(_, name)| format!("\r\n--{}", name.trim_matches('"')));
    let begin = boundary.and_then(|mark| {
        let mut places = end.windows(mark.len());
        places.position(|window| window == mark.as_bytes())
    });
    let Some(begin) = begin else {
        return Vec::new();
    };
    let copy = Request::builder()
        .header(header::CONTENT_TYPE, kind)
        .body(Body::from(end.slice(begin + 2..)));
    let mut texts = Vec::new();
    let Ok(copy) = copy else {
        return texts;
    };
    let Ok(mut parts) = Multipart::from_request(copy, &()).await else {
        return texts;
    };
    while let Ok(Some(part)) = parts.next().await {
        let written = part.name() == Some("note");
        match part.text().await {
            Ok(text) if written && !text.trim().is_empty() => texts.push(text),
            _ => {}
        }
    }
    texts
}

fn known(viewer: &Viewer, token: &[u8]) -> bool {
    viewer.csrf.as_bytes().ct_eq(token).into()
}

fn field(body: &Bytes) -> Option<String> {
    form_urlencoded::parse(body)
        .find(|(name, _)| name == TOKEN_FIELD)
        .map(|(_, value)| value.into_owned())
}

/// The token as the first part of a form with files, where the component `upload` puts it. No more than the beginning is read:
/// a reader of parts refuses a long body that nobody has allowed it.
async fn first_part(kind: HeaderValue, body: Bytes) -> Option<String> {
    let begin = body.slice(..body.len().min(FORM_LIMIT));
    let copy = Request::builder()
        .header(header::CONTENT_TYPE, kind)
        .body(Body::from(begin))
        .ok()?;
    let mut parts = Multipart::from_request(copy, &()).await.ok()?;
    let first = parts.next().await.ok()??;
    (first.name() == Some(TOKEN_FIELD)).then_some(())?;
    first.text().await.ok()
}

/// Browsers say where a request comes from; one that names another place is refused, and so is
/// one that names none at all.
fn same_origin(headers: &HeaderMap, tls: bool) -> bool {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let site = text(HeaderName::from_static("sec-fetch-site"));
    if site.is_some_and(|site| site != "same-origin" && site != "none") {
        return false;
    }
    match (text(header::ORIGIN), text(header::HOST)) {
        (Some(origin), Some(host)) => {
            let scheme = if tls { "https" } else { "http" };
            origin.eq_ignore_ascii_case(&format!("{scheme}://{host}"))
        }
        // Old browsers leave the origin out; then the fetch metadata must vouch for the request.
        (None, _) => site == Some("same-origin"),
        (Some(_), None) => false,
    }
}

/// The address that the outermost trusted proxy saw.
pub(super) fn behind_proxies<'a>(
    peer: IpAddr,
    forwarded: impl Iterator<Item = &'a HeaderValue>,
    trusted: &[IpAddr],
) -> IpAddr {
    let chain: Vec<&str> = forwarded
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    let mut client = peer;
    // From the right, since whatever stands further left may be the client's own invention.
    for before in chain.iter().rev() {
        match before.trim().parse() {
            Ok(before) if trusted.contains(&client) => client = before,
            _ => break,
        }
    }
    client
}

/// The headers of every answer. A handler that set one of them keeps its own.
pub(super) fn headers(response: &mut Response, nonce: &str, tls: bool) {
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self' data: blob:; \
         font-src 'self'; connect-src 'self'; media-src 'self' blob:; manifest-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    let mut fixed = vec![
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        // Links of parties carry their secret in the path; it must not travel on.
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        (
            "permissions-policy",
            "camera=(self), microphone=(self), display-capture=(self), geolocation=(self), payment=(), usb=()",
        ),
        ("cache-control", "no-store"),
    ];
    if tls {
        fixed.push(("strict-transport-security", "max-age=31536000"));
    }
    for (name, value) in fixed {
        let name = HeaderName::from_static(name);
        response
            .headers_mut()
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    match HeaderValue::from_str(&policy) {
        Ok(value) => {
            response
                .headers_mut()
                .entry(header::CONTENT_SECURITY_POLICY)
                .or_insert(value);
        }
        Err(error) => tracing::error!(%error, "the content security policy was not set"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_body_that_does_not_come_is_not_waited_for_for_ever() {
        let silent = futures_util::stream::pending::<Result<Bytes, std::io::Error>>();
        let late = in_time(Body::from_stream(silent), 10, Duration::from_millis(1)).await;
        assert!(matches!(late, Err(WebError::BadRequest(_))));
        let read = async |text: &'static str| read(Body::from(text), 3, None).await;
        assert_eq!(read("abc").await.unwrap(), "abc");
        assert!(matches!(read("abcd").await, Err(WebError::TooLarge(_))));
    }

    /// Without a script a form with a photograph in it comes in one piece.
    #[tokio::test]
    async fn the_token_before_a_large_file_is_found() {
        let mut body =
            b"--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\ntoken\r\n--x\r\n\
            Content-Disposition: form-data; name=\"file\"; filename=\"1.jpg\"\r\n\r\n"
                .to_vec();
        body.resize(UPLOAD_LIMIT - 100, b'.');
        body.extend_from_slice(b"\r\n--x--\r\n");
        let kind = HeaderValue::from_static("multipart/form-data; boundary=x");
        let token = first_part(kind, Bytes::from(body)).await;
        assert_eq!(token.as_deref(), Some("token"));
    }

    fn said(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| {
                (
                    HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                )
            })
            .collect()
    }

    #[test]
    fn a_form_of_another_site_is_refused() {
        let ours = [("origin", "http://a.test:8080"), ("host", "a.test:8080")];
        assert!(same_origin(&said(&ours), false));
        assert!(!same_origin(&said(&ours), true), "the scheme counts");
        assert!(!same_origin(
            &said(&[("origin", "http://b.test"), ("host", "a.test")]),
            false
        ));
        assert!(!same_origin(
            &said(&[("origin", "null"), ("host", "a.test")]),
            false
        ));
        assert!(!same_origin(
            &said(&[("sec-fetch-site", "cross-site"), ("host", "a.test")]),
            false
        ));
        assert!(!same_origin(&said(&[("host", "a.test")]), false));
        assert!(same_origin(
            &said(&[("sec-fetch-site", "same-origin"), ("host", "a.test")]),
            false
        ));
    }

    #[test]
    fn only_trusted_proxies_are_believed_about_the_client() {
        let ip = |text: &str| text.parse::<IpAddr>().unwrap();
        let forwarded = [HeaderValue::from_static("6.6.6.6, 203.0.113.9, 10.0.0.2")];
        let trusted = [ip("10.0.0.1"), ip("10.0.0.2")];
        let seen = |peer| behind_proxies(ip(peer), forwarded.iter(), &trusted);
        assert_eq!(seen("10.0.0.1"), ip("203.0.113.9"));
        assert_eq!(seen("198.51.100.7"), ip("198.51.100.7"));
        let broken = [HeaderValue::from_static("invented, 203.0.113.9")];
        assert_eq!(
            behind_proxies(ip("10.0.0.1"), broken.iter(), &trusted),
            ip("203.0.113.9")
        );
    }

    #[test]
    fn cookies_are_bound_to_the_host_under_tls() {
        let mut response = Response::new(Body::empty());
        Cookie::secret("browser", "x").set(&mut response, true);
        let text = response.headers()[header::SET_COOKIE]
            .to_str()
            .unwrap()
            .to_owned();
        assert_eq!(
            text,
            "__Host-heyi-browser=x; Path=/; HttpOnly; SameSite=Lax; Secure"
        );
        let sent = said(&[("cookie", "heyi-browser=plain; __Host-heyi-browser=bound")]);
        assert_eq!(cookie(&sent, true, "browser").as_deref(), Some("bound"));
        assert_eq!(cookie(&sent, false, "browser").as_deref(), Some("plain"));
    }
}
