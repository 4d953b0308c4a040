//! The access matrix: every route for everybody in every state of a case, held to its policy and to `permission`.

mod people;
mod states;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use axum::body::Body;
use axum::http::{Method, Request};

use super::matter::enter;
use super::visitor::{Answer, House, Visitor, house};
use crate::casework::Desk;
use crate::domain::actor::Actor;
use crate::domain::case::Case;
use crate::domain::fixture::{CLAUSE, SESSION};
use crate::domain::offered::{is_offered, is_permitted};
use crate::domain::permission::may_attend_sessions;
use crate::storage::fixture::{put, sqlite};
use crate::storage::{StorageError, cases, write_tx};
use crate::web::router::table;
use crate::web::routes::{Policy, Route};
use people::{Somebody, everybody};
use states::{COMPLAINT, VISITED, states};

/// What must come of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    /// To the sign-in, or told to sign in.
    SignIn,
    /// As if nothing were there.
    Nothing,
    /// The case is there for them, this is not: refused before a form is answered, and nothing changed.
    Refused,
    /// The page, or the way to another.
    Opened,
    /// Theirs, though it may not be its time, or the form is empty.
    Theirs,
    /// Refused before anybody asks who it is.
    Foreign,
}

impl Expected {
    fn admits(self, route: &Route, answer: &Answer) -> bool {
        let looks = route.method == Method::GET;
        let code = answer.status.as_u16();
        match self {
            Self::SignIn if looks && !route.path.starts_with("/api/") => {
                code == 303 && answer.location().starts_with("/sign-in?next=")
            }
            Self::SignIn => code == 401,
            Self::Nothing => code == 404,
            // Whoever opens a page that was theirs once may be led back to the case.
            Self::Refused if looks && code == 303 => answer.location().matches('/').count() == 2,
            Self::Refused => [400, 403, 404, 409].contains(&code),
            Self::Opened => [200, 303].contains(&code),
            Self::Theirs => code < 500 && ![401, 403, 405].contains(&code),
            Self::Foreign => code == 403,
        }
    }

    const fn changes_nothing(self) -> bool {
        !matches!(self, Self::Opened | Self::Theirs)
    }
}

/// What somebody may expect of a route that leads to `case`.
fn expected(desk: &Desk, route: &Route, actor: &Actor, case: &Case) -> Expected {
    let (rules, now) = (&desk.rules, desk.clock.now());
    let sees = case.may_see(actor);
    match route.policy {
        Policy::Anyone => Expected::Theirs,
        Policy::Token => Expected::SignIn,
        _ if actor.person().is_none() => Expected::SignIn,
        Policy::SignedIn => Expected::Theirs,
        Policy::Office(asked) if asked(actor) => Expected::Theirs,
        Policy::Office(_) => Expected::Nothing,
        Policy::Attends if may_attend_sessions(actor, case) => Expected::Theirs,
        _ if !sees => Expected::Nothing,
        Policy::Sees => Expected::Theirs,
        Policy::Of(asked) if asked(actor, case) => Expected::Theirs,
        Policy::Does(kinds) => {
            let permitted = |kind| is_permitted(rules, case, actor, kind, now);
            let offered = |kind| is_offered(rules, case, actor, kind, now);
            let looks = route.method == Method::GET && route.path.matches('{').count() == 1;
            match kinds {
                kinds if looks && kinds.iter().copied().any(offered) => Expected::Opened,
                kinds if kinds.iter().copied().any(permitted) => Expected::Theirs,
                _ => Expected::Refused,
            }
        }
        Policy::Attends | Policy::Of(_) => Expected::Refused,
    }
}

fn is_of_a_case(route: &Route) -> bool {
    ["/cases/{id}", "/api/v1/cases/{id}"]
        .iter()
        .any(|below| route.path.starts_with(below))
}

/// The address with the case and what lies below it; something well formed where the case has nothing of the kind.
fn address(route: &Route, case: &Case) -> String {
    let part = |part: &str| match part {
        "{id}" if is_of_a_case(route) => case.id.to_string(),
        "{case}" => VISITED.to_string(),
        "{complaint}" => COMPLAINT.to_string(),
        "{party}" => case.parties[1].id.to_string(),
        "{session}" => SESSION.to_string(),
        "{clause}" => CLAUSE.to_string(),
        "{hash}" => case
            .exhibits
            .first()
            .map_or("0".repeat(64), |exhibit| exhibit.file.to_string()),
        "{paper}" => case
            .papers
            .first()
            .map_or(NOTHING.to_owned(), |paper| paper.id.to_string()),
        "{evidence}" => case
            .evidence
            .first()
            .map_or(NOTHING.to_owned(), |piece| piece.id.to_string()),
        "{recording}" => case
            .recordings
            .first()
            .map_or(NOTHING.to_owned(), |recording| recording.id.to_string()),
        "{person}" => case
            .recordings
            .iter()
            .flat_map(crate::domain::recording::Recording::films)
            .next()
            .map_or(NOTHING.to_owned(), |film| film.person.to_string()),
        "{request}" => case
            .requests
            .first()
            .map_or(NOTHING.to_owned(), |request| request.id.to_string()),
        "{code}" => "refused".to_owned(),
        "{way}" => "court".to_owned(),
        "{place}" => "b3".to_owned(),
        part if part.starts_with('{') => NOTHING.to_owned(),
        part => part.to_owned(),
    };
    route
        .path
        .split('/')
        .map(part)
        .collect::<Vec<_>>()
        .join("/")
}

const NOTHING: &str = "01900000-0000-7000-8000-000000000000";

/// A way to ask: looked at, sent from our own form, or sent from a foreign one.
fn requests(route: &Route, path: &str, token: &str) -> Vec<(bool, Request<Body>)> {
    if route.method == Method::GET {
        let request = Request::get(path).body(Body::empty()).unwrap();
        return vec![(false, request)];
    }
    let send = |fields: &[(&str, &str)]| {
        let mut request = Visitor::request(path, fields);
        *request.method_mut() = route.method.clone();
        request
    };
    vec![(false, send(&[("csrf", token)])), (true, send(&[]))]
}

/// What came of all of it.
#[derive(Default)]
struct Findings {
    cells: usize,
    surprises: Vec<String>,
    /// Addresses behind which somebody was let in.
    reached: BTreeSet<&'static str>,
}

impl Findings {
    fn tell(&self, of: &str) {
        eprintln!("{} cells: {of}", self.cells);
        let surprises = self.surprises.len();
        assert!(surprises == 0, "{surprises} surprises:\n{}", self.summary());
        assert!(self.cells >= 3_000, "{} cells", self.cells);
    }

    /// The first surprises of each route.
    fn summary(&self) -> String {
        let mut of_route: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for line in &self.surprises {
            let route = line.split(" as ").next().unwrap();
            of_route.entry(route).or_default().push(line);
        }
        let lines = of_route.values().flat_map(|lines| lines.iter().take(8));
        lines.copied().collect::<Vec<_>>().join("\n")
    }

    fn note(&mut self, what: &str, route: &Route, expected: Expected, answer: &Answer) {
        self.cells += 1;
        let status = answer.status;
        if !expected.admits(route, answer) {
            let line = format!("{what}: {expected:?} and got {status}");
            self.surprises.push(line);
        }
        if !expected.changes_nothing() && ![404, 409].contains(&status.as_u16()) {
            self.reached.insert(route.path);
        }
    }
}

#[tokio::test]
async fn everybody_of_a_case_and_its_committee_opens_what_their_policy_says_and_nothing_else() {
    let reached = walk(|office| office.is_none_or(|place| place == "here")).await;
    let house = house(sqlite().await, false).await;
    let mut guarded = table(&house.web);
    // What lies below an office's list and not below a case, such as a visit to be made, has tests beside its page.
    guarded.retain(|route| match route.policy {
        Policy::Anyone | Policy::Token => false,
        Policy::Office(_) => !route.path.contains('{'),
        _ => true,
    });
    let mut shut = guarded
        .iter()
        .map(|route| route.path)
        .collect::<BTreeSet<_>>();
    shut.retain(|path| !reached.contains(path));
    assert!(
        shut.is_empty(),
        "nobody gets behind {shut:?}: the matrix proves nothing of them"
    );
}

#[tokio::test]
async fn an_office_elsewhere_opens_nothing_of_a_case() {
    walk(|office| office.is_some_and(|place| ["court", "elsewhere"].contains(&place))).await;
}

#[tokio::test]
async fn an_office_in_another_district_opens_nothing_of_a_case() {
    walk(|office| office == Some("distant")).await;
}

/// Asks for everything as everybody whose office is `meant`, in every state. The addresses that opened.
async fn walk(meant: fn(Option<&str>) -> bool) -> BTreeSet<&'static str> {
    let started = Instant::now();
    let house = house(sqlite().await, false).await;
    let mut states = states(&house).await;
    let mut people = everybody(&house).await;
    people.retain(|somebody| meant(somebody.office));
    let table = table(&house.web);
    let (of_a_case, others): (Vec<_>, Vec<_>) = table.into_iter().partition(is_of_a_case);
    let mut found = Findings::default();
    for somebody in &mut people {
        for (number, (state, case)) in states.iter_mut().enumerate() {
            for route in &of_a_case {
                // A foreign form is refused before anybody looks at the case: once is enough.
                let asked = requests(route, &address(route, case), &somebody.token);
                let asked = asked
                    .into_iter()
                    .filter(|(foreign, _)| number == 0 || !foreign);
                for (foreign, request) in asked {
                    let cell = Cell {
                        house: &house,
                        route,
                        foreign,
                    };
                    cell.visit(&mut found, request, somebody, (state, case))
                        .await;
                }
            }
        }
        for route in &others {
            pass(&house, &mut found, route, somebody, &states[0].1).await;
        }
    }
    found.tell(&format!(
        "{} people, {} states, {} s",
        people.len(),
        states.len(),
        started.elapsed().as_secs()
    ));
    found.reached
}

fn is_without_a_case(policy: Policy) -> bool {
    matches!(
        policy,
        Policy::Anyone | Policy::Token | Policy::SignedIn | Policy::Office(_)
    )
}

/// One question to the router.
struct Cell<'a> {
    house: &'a House,
    route: &'a Route,
    foreign: bool,
}

impl Cell<'_> {
    /// Asks, and puts the case back where that has changed it.
    async fn visit(
        &self,
        found: &mut Findings,
        request: Request<Body>,
        who: &mut Somebody<'_>,
        (state, case): (&str, &mut Case),
    ) {
        let expected = if self.foreign {
            Expected::Foreign
        } else {
            expected(&self.house.web.desk, self.route, &who.actor, case)
        };
        let answer = who.browser.send(request).await;
        let what = format!("{} when {state}", self.words(who));
        found.note(&what, self.route, expected, &answer);
        let sent = self.route.method != Method::GET;
        if sent && restored(self.house, case).await && expected.changes_nothing() {
            found.surprises.push(format!("{what}: changed the case"));
        }
    }

    fn words(&self, who: &Somebody<'_>) -> String {
        format!("{} {} as {}", self.route.method, self.route.path, who.name)
    }
}

/// Whether the case was changed; it then stands again as it did.
async fn restored(house: &House, case: &mut Case) -> bool {
    let store = &house.web.desk.store;
    let now = cases::load(&mut store.read().await.unwrap(), case.id)
        .await
        .unwrap()
        .unwrap();
    if now.version == case.version {
        return false;
    }
    case.version = now.version + 1;
    let again: Result<(), StorageError> = write_tx!(store, |tx| {
        put(tx, case, house.web.desk.clock.now()).await
    });
    again.unwrap();
    true
}

/// Asks for a route of no case, with a browser that may be signed out by it.
async fn pass(house: &House, found: &mut Findings, route: &Route, who: &Somebody<'_>, case: &Case) {
    assert!(
        is_without_a_case(route.policy),
        "{} has a policy about a case and none in its path",
        route.path
    );
    let mut browser = match who.actor {
        Actor::Anonymous => Visitor::of(house),
        ref known => enter(house, known).await,
    };
    let token = browser.csrf().await;
    for (foreign, request) in requests(route, &address(route, case), &token) {
        // No form leads there, so that none can be foreign.
        let expected = if foreign && !matches!(route.policy, Policy::Token) {
            Expected::Foreign
        } else {
            expected(&house.web.desk, route, &who.actor, case)
        };
        let answer = browser.send(request).await;
        let cell = Cell {
            house,
            route,
            foreign,
        };
        found.note(&cell.words(who), route, expected, &answer);
    }
}
