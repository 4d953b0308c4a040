//! Which address answers what, each with its policy: who is expected behind it. A route without a policy does not compile.

use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::from_fn;
use axum::routing::{MethodRouter, get, post};

use super::{Web, viewer};
use crate::domain::action::ActionKind;
use crate::domain::actor::Actor;
use crate::domain::case::Case;

/// Who is expected behind an address. It grants nothing: the handler asks `casework` and the named questions of
/// `domain::permission`, and the access matrix holds each route to what is written here. The one thing that follows
/// from it is the sign-in: whatever is not [`Policy::Anyone`] stands behind it.
#[derive(Clone, Copy, Debug)]
pub enum Policy {
    /// Everybody, also who is not signed in. A secret in the address, such as a link's, is the handler's to check.
    Anyone,
    /// Whoever is signed in.
    SignedIn,
    /// Of those who are signed in, whoever this question about the person lets in; to others nothing is there.
    Office(fn(&Actor) -> bool),
    /// Whoever may see the case in the path.
    Sees,
    /// Of those who may see the case in the path, whoever this question of `domain::permission` lets in.
    Of(fn(&Actor, &Case) -> bool),
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
            Policy::Anyone => answer,
            _ => answer.route_layer(from_fn(viewer::signed_in_only)),
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
