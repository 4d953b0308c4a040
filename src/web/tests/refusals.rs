//! What a request gets that nobody can read or that nobody may send: our words, in the reader's language.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};

use super::visitor::{Answer, Visitor, house};
use crate::i18n::{Locale, Text};
use crate::storage::fixture::{Database, on_each};

const ID: &str = "01900000-0000-7000-8000-000000000000";

/// A form with the given parts, the token first where there is one.
fn multipart(path: &str, token: Option<&str>, file: &[u8]) -> Request<Body> {
    let mut body = Vec::new();
    if let Some(token) = token {
        body.extend_from_slice(
            format!("--cut\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n")
                .as_bytes(),
        );
    }
    body.extend_from_slice(
        b"--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n",
    );
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--cut--\r\n");
    let mut request = Visitor::request(path, &[]);
    let kind = "multipart/form-data; boundary=cut".parse().unwrap();
    request.headers_mut().insert(header::CONTENT_TYPE, kind);
    *request.body_mut() = Body::from(body);
    request
}

/// A request and the failure it must meet.
struct Wrong {
    request: Request<Body>,
    status: u16,
    slug: &'static str,
}

fn get(path: &str, status: u16, slug: &'static str) -> Wrong {
    let request = Request::get(path).body(Body::empty()).unwrap();
    Wrong {
        request,
        status,
        slug,
    }
}

fn unreadable(token: &str) -> Vec<Wrong> {
    let mut post = Visitor::request("/api/v1/cases", &[]);
    post.headers_mut()
        .insert("x-csrf-token", token.parse().unwrap());
    let large = vec![b'a'; 21 * 1024 * 1024];
    vec![
        get("/cases/not-an-id", 404, "not-found"),
        get(&format!("/cases/{ID}/papers/7"), 404, "not-found"),
        get("/v/%FF", 404, "not-found"),
        get("/sign-in?next=/a&next=/b", 400, "bad-request"),
        get("/sign-out", 405, "method"),
        get("/api/v1/cases/not-an-id", 404, "not-found"),
        get("/api/v1/cases?limit=many", 400, "bad-request"),
        Wrong {
            request: post,
            status: 405,
            slug: "method",
        },
        Wrong {
            request: Visitor::request("/verify", &[("csrf", token)]),
            status: 400,
            slug: "bad-request",
        },
        Wrong {
            request: multipart("/verify", Some(token), &large),
            status: 413,
            slug: "too-large",
        },
        Wrong {
            request: multipart("/verify", None, b"%PDF-"),
            status: 403,
            slug: "stale-form",
        },
    ]
}

on_each!(
    what_cannot_be_read_is_refused_in_the_language_of_the_reader,
    who_uses_a_wrong_method_is_told_the_right_ones,
    a_form_with_a_file_needs_its_token_first_and_our_own_origin,
    every_kind_of_answer_goes_out_with_the_same_guard,
);

async fn what_cannot_be_read_is_refused_in_the_language_of_the_reader(database: Database) {
    let house = house(database, false).await;
    for locale in [Locale::ZhCn, Locale::En] {
        let mut wang = Visitor::at_home(&house, "13800138000").await;
        let token = wang.csrf().await;
        wang.get(&format!("/?lang={}", locale.tag())).await;
        for wrong in unreadable(&token) {
            let path = wrong.request.uri().path().to_owned();
            let answer = wang.send(wrong.request).await;
            assert_eq!(answer.status.as_u16(), wrong.status, "{path}");
            let say = |key: String| house.web.texts.say(locale, &Text::key(key));
            let title = say(format!("error-{}", wrong.slug));
            assert!(answer.body.contains(&title), "{path}: {}", answer.body);
            if path.starts_with("/api/") {
                assert_eq!(kind(&answer), "application/problem+json", "{path}");
            } else {
                assert!(answer.body.contains(&format!("lang=\"{}\"", locale.tag())));
                assert!(answer.body.contains("class=\"reference\""), "{path}");
            }
        }
        house
            .web
            .accounts
            .clock
            .advance(jiff::SignedDuration::from_hours(1));
    }
}

fn kind(answer: &Answer) -> &str {
    answer.headers[header::CONTENT_TYPE].to_str().unwrap()
}

async fn who_uses_a_wrong_method_is_told_the_right_ones(database: Database) {
    let house = house(database, false).await;
    let mut wang = Visitor::of(&house);
    let token = wang.csrf().await;
    assert_eq!(allowed(&wang.get("/sign-out").await), ["POST"]);
    for path in ["/", "/healthz", "/api/openapi.json"] {
        let mut request = Visitor::request(path, &[("csrf", &token)]);
        *request.method_mut() = Method::PUT;
        let answer = wang.send(request).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
        assert_eq!(allowed(&answer), ["GET", "HEAD"], "{path}");
    }
}

fn allowed(answer: &Answer) -> Vec<&str> {
    let allow = answer.headers[header::ALLOW].to_str().unwrap();
    allow.split(',').collect()
}

async fn a_form_with_a_file_needs_its_token_first_and_our_own_origin(database: Database) {
    let house = house(database, false).await;
    let mut wang = Visitor::of(&house);
    let token = wang.csrf().await;
    let sent = async |wang: &mut Visitor<'_>, token: Option<&str>, origin: &str| {
        let mut request = multipart("/verify", token, b"%PDF-1.7 no paper of ours");
        let headers = request.headers_mut();
        headers.insert(header::ORIGIN, origin.parse().unwrap());
        wang.send(request).await.status
    };
    let ours = "http://heyi.test";
    assert_eq!(sent(&mut wang, Some(&token), ours).await, StatusCode::OK);
    for (token, origin) in [
        (None, ours),
        (Some("guessed"), ours),
        (Some(token.as_str()), "http://evil.test"),
        (Some(token.as_str()), "null"),
    ] {
        let status = sent(&mut wang, token, origin).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{token:?} from {origin}");
    }
    let mut other = Visitor::of(&house);
    other.get("/").await;
    assert_eq!(
        sent(&mut other, Some(&token), ours).await,
        StatusCode::FORBIDDEN,
        "a token of another browser"
    );
}

/// Headers that no answer goes without.
fn guarded(answer: &Answer, what: &str) {
    let header = |name: &str| {
        let value = answer.headers.get(name);
        let value = value.unwrap_or_else(|| panic!("{what} has no {name}"));
        value.to_str().unwrap().to_owned()
    };
    assert_eq!(header("x-content-type-options"), "nosniff", "{what}");
    assert_eq!(header("x-frame-options"), "DENY", "{what}");
    assert_eq!(header("referrer-policy"), "same-origin", "{what}");
    let policy = header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'"), "{what}: {policy}");
    assert!(!policy.contains("unsafe"), "{what}: {policy}");
    assert!(!header("cache-control").is_empty(), "{what}");
}

async fn every_kind_of_answer_goes_out_with_the_same_guard(database: Database) {
    let house = house(database, true).await;
    let mut wang = Visitor::at_home(&house, "13800138000").await;
    let style = house.web.assets.address("css/heyi.css").unwrap();
    for (path, status) in [
        ("/", 200),
        ("/start", 303),
        ("/nowhere", 404),
        ("/sign-out", 405),
        ("/sign-in?next=/a&next=/b", 400),
        ("/cases", 200),
        ("/demo/outbox", 200),
        (style.as_str(), 200),
        ("/assets/0/css/none.css", 404),
        ("/healthz", 200),
        ("/readyz", 200),
        ("/metrics", 404),
        ("/api/openapi.json", 200),
        ("/api/v1/cases", 200),
        ("/api/v1/cases/7", 404),
        ("/api/nowhere", 404),
    ] {
        let answer = wang.get(path).await;
        assert_eq!(answer.status.as_u16(), status, "{path}");
        guarded(&answer, path);
    }
    let refused = wang.send(Visitor::request("/sign-out", &[])).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    guarded(&refused, "a form without its token");
    let again = wang.fill("/start/matter", &[]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    guarded(&again, "a form shown again");
}
