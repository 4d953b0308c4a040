//! Which address answers what, each with its policy: who is expected behind it. A route without a policy does not compile.

use axum::extract::{RawPathParams, Request};
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::{MethodRouter, get, patch, post};
use axum::{Extension, RequestExt as _, Router};

use super::{Viewer, Web, WebError};
use crate::casework;
use crate::domain::action::ActionKind;
use crate::domain::actor::Actor;
use crate::domain::case::Case;
use crate::domain::ids::CaseId;

/// Who is expected behind an address. It grants nothing: the handler asks `casework` and the named questions of
/// `domain::permission` as if it were not there, and the access matrix holds each route to what is written here. But
/// it turns away before the handler reads a form: to the sign-in whoever is not signed in, and with 404 whoever may
/// not see the case in the path or is not meant by the question.
#[derive(Clone, Copy, Debug)]
pub enum Policy {
    /// Everybody, also who is not signed in. A secret in the address, such as a link's, is the handler's to check.
    Anyone,
    /// Another body, by its own token; no session of a browser counts there, and whoever has none is told so.
    Token,
    /// Whoever is signed in.
    SignedIn,
    /// Of those who are signed in, whoever this question about the person lets in; to others nothing is there.
    Office(fn(&Actor) -> bool),
    /// Whoever may see the case in the path.
    Sees,
    /// Of those who may see the case in the path, whoever this question of `domain::permission` lets in.
    Of(fn(&Actor, &Case) -> bool),
    /// Whoever comes to the sessions of the case in the path, also who sees nothing else of it.
    Attends,
    /// Of those who may see the case in the path, whoever may do one of these once its time has come.
    Does(&'static [ActionKind]),
}

/// One way to ask for something.
#[derive(Clone, Debug)]
pub struct Route {
    pub method: Method,
    /// As it is routed, with its variables in braces.
    pub path: &'static str,
    pub policy: Policy,
}

/// Routes on their way to the router.
#[derive(Debug, Default)]
pub struct Routes {
    router: Router<Web>,
    table: Vec<Route>,
}

impl Routes {
    pub fn new() -> Self {
        Self::default()
    }

    /// What is looked at.
    #[must_use]
    pub fn get<H, T>(self, path: &'static str, policy: Policy, handler: H) -> Self
    where
        H: Handler<T, Web>,
        T: 'static,
    {
        self.with(Method::GET, path, policy, get(handler))
    }

    /// What is sent.
    #[must_use]
    pub fn post<H, T>(self, path: &'static str, policy: Policy, handler: H) -> Self
    where
        H: Handler<T, Web>,
        T: 'static,
    {
        self.with(Method::POST, path, policy, post(handler))
    }

    /// The next part of what is sent in parts.
    #[must_use]
    pub fn patch<H, T>(self, path: &'static str, policy: Policy, handler: H) -> Self
    where
        H: Handler<T, Web>,
        T: 'static,
    {
        self.with(Method::PATCH, path, policy, patch(handler))
    }

    /// A form: looked at and sent at one address, for the same people.
    #[must_use]
    pub fn form<G, S, T, U>(self, path: &'static str, policy: Policy, show: G, send: S) -> Self
    where
        G: Handler<T, Web>,
        T: 'static,
        S: Handler<U, Web>,
        U: 'static,
    {
        self.get(path, policy, show).post(path, policy, send)
    }

    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.table.extend(other.table);
        self.router = self.router.merge(other.router);
        self
    }

    /// The router, and what it was made of.
    pub fn finish(self) -> (Router<Web>, Vec<Route>) {
        (self.router, self.table)
    }

    fn with(
        mut self,
        method: Method,
        path: &'static str,
        policy: Policy,
        answer: MethodRouter<Web>,
    ) -> Self {
        let answer = match policy {
            Policy::Anyone | Policy::Token => answer,
            _ => answer.route_layer(from_fn(move |request, next| gate(policy, request, next))),
        };
        self.router = self.router.route(path, answer);
        self.table.push(Route {
            method,
            path,
            policy,
        });
        self
    }
}

/// Turns away whom the policy does not mean.
async fn gate(policy: Policy, mut request: Request, next: Next) -> Result<Response, WebError> {
    let viewer: Viewer = request.extract_parts().await?;
    viewer.person()?;
    let meant = match policy {
        Policy::Anyone | Policy::Token | Policy::SignedIn => true,
        Policy::Office(question) => question(&viewer.actor),
        Policy::Sees | Policy::Does(_) => {
            case_of(&viewer, &mut request).await?;
            true
        }
        Policy::Attends => {
            let (web, id) = case_in(&mut request).await?;
            casework::attended(&web.desk, &viewer.actor, id).await?;
            true
        }
        Policy::Of(question) => question(&viewer.actor, &case_of(&viewer, &mut request).await?),
    };
    if meant {
        Ok(next.run(request).await)
    } else {
        Err(WebError::NotFound)
    }
}

/// The case in the path, if the reader may see it.
async fn case_of(viewer: &Viewer, request: &mut Request) -> Result<Case, WebError> {
    let (web, id) = case_in(request).await?;
    Ok(casework::load(&web.desk, &viewer.actor, id).await?)
}

/// Which case the path names.
async fn case_in(request: &mut Request) -> Result<(Web, CaseId), WebError> {
    let Extension(web): Extension<Web> = request.extract_parts().await.map_err(|_absent| {
        WebError::Internal("a page outside the frame has a policy".to_owned())
    })?;
    let variables: RawPathParams = request
        .extract_parts()
        .await
        .map_err(|_unread| WebError::NotFound)?;
    let id = variables.iter().find(|(name, _)| *name == "id");
    let id = id.and_then(|(_, id)| id.parse::<CaseId>().ok());
    Ok((web, id.ok_or(WebError::NotFound)?))
}
