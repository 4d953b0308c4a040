//! A small browser without pictures or scripts: cookies, forms with their CSRF token, redirects, JSON.

use std::collections::BTreeMap;

use reqwest::header::{CONTENT_TYPE, COOKIE, LOCATION, ORIGIN, SET_COOKIE};
use reqwest::{Method, RequestBuilder, Response, redirect};

use super::form::Form;

pub(crate) struct Client {
    http: reqwest::Client,
    base: String,
    cookies: BTreeMap<String, String>,
}

/// What the server answered last, after the redirects.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Path and query of the page that answered.
    pub(crate) path: String,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

impl Client {
    /// `base` is the server's address without a trailing slash. Self-signed certificates are taken.
    pub(crate) fn new(base: &str) -> Self {
        let http = reqwest::Client::builder()
            .redirect(redirect::Policy::none())
            .tls_danger_accept_invalid_certs(true)
            .build()
            .unwrap();
        Self {
            http,
            base: base.to_owned(),
            cookies: BTreeMap::new(),
        }
    }

    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    /// A request without cookies, to be changed and then given to [`Client::send`].
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base))
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        let request = self.request(Method::GET, path);
        self.send(request).await
    }

    /// Fills in and sends the first form of `page` whose action contains `action`.
    pub(crate) async fn submit(
        &mut self,
        page: &Answer,
        action: &str,
        typed: &[(&str, &str)],
    ) -> Answer {
        let form = Form::find(&page.body, action);
        let mut form = form
            .unwrap_or_else(|| panic!("no form to {action:?} on {}:\n{}", page.path, page.body));
        for (name, value) in typed {
            form.set(name, value);
        }
        let to = if form.action.is_empty() {
            &page.path
        } else {
            &form.action
        };
        self.post(to, &form.fields).await
    }

    /// Posts fields as a form of our own pages would.
    pub(crate) async fn post(&mut self, path: &str, fields: &[(String, String)]) -> Answer {
        let mut body = reqwest::Url::parse("http://form").unwrap();
        body.query_pairs_mut().extend_pairs(fields);
        let request = self
            .request(Method::POST, path)
            .header(ORIGIN, &self.base)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(body.query().unwrap_or_default().to_owned());
        self.send(request).await
    }

    /// Sends with our cookies and follows redirects.
    pub(crate) async fn send(&mut self, request: RequestBuilder) -> Answer {
        let mut response = self.send_once(request).await;
        for _ in 0..8 {
            let Some(location) = response
                .headers()
                .get(LOCATION)
                .filter(|_| response.status().is_redirection())
            else {
                break;
            };
            let next = response.url().join(location.to_str().unwrap()).unwrap();
            response = self.send_once(self.http.get(next)).await;
        }
        let url = response.url();
        let query = url
            .query()
            .map(|query| format!("?{query}"))
            .unwrap_or_default();
        Answer {
            status: response.status().as_u16(),
            path: format!("{}{query}", url.path()),
            headers: response.headers().clone(),
            body: response.text().await.unwrap(),
        }
    }

    /// Sends with our cookies and keeps those that come back.
    pub(crate) async fn send_once(&mut self, request: RequestBuilder) -> Response {
        let cookies: Vec<_> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let response = request
            .header(COOKIE, cookies.join("; "))
            .send()
            .await
            .unwrap();
        for cookie in response.headers().get_all(SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        response
    }
}
