//! Where whoever runs the installation takes the four tables of bodies, staff and doors in, after a dry run, and gives
//! them out; and hands new colleagues the link to their first password.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::accounts::{drafts, setup, staff};
use crate::domain::permission::keeps_register;
use crate::i18n::Text;
use crate::office::register::{self, FILES, Fault, Hand, Outcome};
use crate::web::{Form, Multipart, Page, Path, Policy, Routes, Viewer, Web, WebError, see_other};

pub mod log;

use self::log::Entry;

const HERE: &str = "/desk/register";
/// The draft that keeps the files between the dry run and the taking in.
const DRAFT: &str = "register";
/// What one page tells of a list that may be long.
const MOST: usize = 200;

#[derive(Serialize)]
pub struct RegisterPage {
    pub form: Form,
    /// The files that lie ready.
    pub ready: Vec<&'static str>,
    pub faults: Vec<FaultFace>,
    /// How many more there are.
    pub more_faults: usize,
    pub changes: Vec<Change>,
    pub leaving: Vec<Leaving>,
    /// What the dry run came to, in one word that goes with the button.
    pub shown: String,
    /// The register was changed by somebody else since the reader looked.
    pub moved: bool,
    /// Links to a first password, told this once.
    pub links: Vec<Link>,
    pub done: bool,
    pub waiting: Vec<WaitingFace>,
    pub more_waiting: usize,
    pub log: Vec<Entry>,
    pub files: [&'static str; 4],
}

/// Where something is wrong, and what.
#[derive(Clone, Serialize)]
pub struct FaultFace {
    pub file: &'static str,
    /// As a spreadsheet counts; 0 for the file as a whole.
    pub row: usize,
    pub column: &'static str,
    pub what: Text,
}

/// What a file adds and changes, or would.
#[derive(Clone, Serialize)]
pub struct Change {
    pub file: &'static str,
    pub added: usize,
    pub changed: usize,
}

/// A post that ends.
#[derive(Clone, Serialize)]
pub struct Leaving {
    pub login: String,
    pub role: Text,
}

#[derive(Clone, Serialize)]
pub struct Link {
    pub login: String,
    pub href: String,
}

/// Somebody who has not chosen a password yet.
#[derive(Clone, Serialize)]
pub struct WaitingFace {
    pub login: String,
    pub name: String,
    pub until: Option<Timestamp>,
}

impl RegisterPage {
    fn empty() -> Self {
        Self {
            form: Form::blank(),
            ready: Vec::new(),
            faults: Vec::new(),
            more_faults: 0,
            changes: Vec::new(),
            leaving: Vec::new(),
            shown: String::new(),
            moved: false,
            links: Vec::new(),
            done: false,
            waiting: Vec::new(),
            more_waiting: 0,
            log: Vec::new(),
            files: FILES,
        }
    }
}

impl Page for RegisterPage {
    const TEMPLATE: &'static str = "pages/register.html";

    fn samples() -> Vec<Self> {
        let fault = |row| FaultFace {
            file: register::STAFF,
            row,
            column: if row == 0 { "" } else { "phone" },
            what: Text::key("office-fault-empty"),
        };
        let change = Change {
            file: register::STAFF,
            added: 3,
            changed: 1,
        };
        let leaving = Leaving {
            login: "tong".to_owned(),
            role: Text::key("common-role-grid_worker"),
        };
        let link = Link {
            login: "lin".to_owned(),
            href: "https://heyi.example/setup/abc".to_owned(),
        };
        let waiting = |until| WaitingFace {
            login: "lin".to_owned(),
            name: "林可风".to_owned(),
            until,
        };
        let mut wrong = Form::blank();
        wrong.refuse("login", Text::key("register-no-login"));
        vec![
            Self::empty(),
            Self {
                form: wrong,
                waiting: vec![waiting(None), waiting(Some(Timestamp::UNIX_EPOCH))],
                more_waiting: 3,
                ..Self::empty()
            },
            Self {
                ready: vec![register::STAFF],
                faults: vec![fault(0), fault(3)],
                more_faults: 7,
                ..Self::empty()
            },
            Self {
                ready: vec![register::STAFF],
                changes: vec![change.clone()],
                leaving: vec![leaving],
                moved: true,
                ..Self::empty()
            },
            Self {
                changes: vec![change],
                links: vec![link],
                log: Entry::samples(),
                done: true,
                ..Self::empty()
            },
        ]
    }
}

/// Files that lie ready, each under its name.
#[derive(Default, Serialize, Deserialize)]
struct Ready(Vec<(String, Vec<u8>)>);

impl Ready {
    fn put(&mut self, name: &str, bytes: Vec<u8>) {
        self.0.retain(|(other, _)| other != name);
        self.0.push((name.to_owned(), bytes));
    }

    /// In the order in which they lean on each other.
    fn files(&self) -> Vec<(&'static str, &[u8])> {
        let find = |name: &'static str| {
            let found = self.0.iter().find(|(other, _)| other == name);
            found.map(|(_, bytes)| (name, bytes.as_slice()))
        };
        FILES.into_iter().filter_map(find).collect()
    }
}

pub(in crate::web) fn routes() -> Routes {
    let office = Policy::Office(keeps_register);
    Routes::new()
        .form(HERE, office, show, take)
        .get("/desk/register/{file}", office, give)
}

fn may(viewer: &Viewer) -> Result<(), WebError> {
    viewer.person()?;
    if keeps_register(&viewer.actor) {
        Ok(())
    } else {
        Err(WebError::NotFound)
    }
}

async fn show(State(web): State<Web>, viewer: Viewer) -> Result<Response, WebError> {
    may(&viewer)?;
    let page = page(&web, &viewer, Form::blank()).await?;
    viewer.show(&web, &page)
}

/// The files that lie ready with what they would do, and who has not chosen a password.
async fn page(web: &Web, viewer: &Viewer, form: Form) -> Result<RegisterPage, WebError> {
    let ready = ready(web, viewer).await?;
    let files = ready.files();
    let waiting = setup::waiting(&web.accounts).await?;
    let shown = waiting.iter().take(MOST).map(|it| WaitingFace {
        login: it.login.clone(),
        name: it.name.clone(),
        until: it.expires_at,
    });
    let page = RegisterPage {
        form,
        ready: files.iter().map(|(name, _)| *name).collect(),
        waiting: shown.collect(),
        more_waiting: waiting.len().saturating_sub(MOST),
        log: log::newest(web).await?,
        ..RegisterPage::empty()
    };
    if files.is_empty() {
        return Ok(page);
    }
    let desk = &web.desk;
    let hand = hand(web, viewer, "")?;
    let (store, clock) = (&desk.store, &desk.clock);
    let dry = register::import(store, clock, &desk.rules, &files, Some(hand), None).await?;
    Ok(told(page, &dry))
}

fn hand<'a>(web: &'a Web, viewer: &Viewer, shown: &'a str) -> Result<Hand<'a>, WebError> {
    Ok(Hand {
        person: viewer.person()?,
        shown,
        address: &web.chancery.address,
    })
}

async fn ready(web: &Web, viewer: &Viewer) -> Result<Ready, WebError> {
    let saved = drafts::load(&web.accounts, &viewer.browser, DRAFT).await?;
    Ok(saved.unwrap_or_default())
}

fn told(page: RegisterPage, outcome: &Outcome) -> RegisterPage {
    let faults = outcome.faults.iter().take(MOST).map(fault);
    let change = |(file, (added, changed)): (&&'static str, &(usize, usize))| Change {
        file,
        added: *added,
        changed: *changed,
    };
    let sound = outcome.faults.is_empty();
    RegisterPage {
        faults: faults.collect(),
        more_faults: outcome.faults.len().saturating_sub(MOST),
        changes: outcome.rows.iter().filter(|_| sound).map(change).collect(),
        leaving: outcome
            .leaving
            .iter()
            .filter(|_| sound)
            .map(|(login, role)| Leaving {
                login: login.clone(),
                role: Text::key(format!("common-role-{}", role.name())),
            })
            .collect(),
        shown: outcome.shown.clone(),
        done: outcome.done,
        ..page
    }
}

fn fault(fault: &Fault) -> FaultFace {
    FaultFace {
        file: fault.file,
        row: fault.row,
        column: fault.column,
        what: Text::key(format!("office-fault-{}", fault.what.key()))
            .with("value", fault.what.value())
            .with("cases", fault.what.cases()),
    }
}

async fn take(
    State(web): State<Web>,
    viewer: Viewer,
    parts: Multipart,
) -> Result<Response, WebError> {
    may(&viewer)?;
    let (form, sent) = read(parts).await?;
    match form.value("do") {
        "take" => take_in(&web, &viewer, form.value("shown")).await,
        "link" => link(&web, &viewer, form).await,
        "forget" => {
            drafts::forget(&web.accounts, &viewer.browser, DRAFT).await?;
            Ok(see_other(HERE))
        }
        _ => check(&web, &viewer, form, sent).await,
    }
}

/// The fields, and the files under the names of the tables that they were chosen for.
async fn read(mut parts: Multipart) -> Result<(Form, Vec<(&'static str, Vec<u8>)>), WebError> {
    let (mut pairs, mut files) = (Vec::new(), Vec::new());
    while let Some(part) = parts.next().await? {
        let name = part.name().unwrap_or_default().to_owned();
        if part.file_name().is_none() {
            pairs.push((name, part.text().await?));
            continue;
        }
        let bytes = part.bytes().await?;
        let table = FILES.into_iter().find(|file| field(file) == name);
        if let Some(table) = table.filter(|_| !bytes.is_empty()) {
            files.push((table, bytes.to_vec()));
        }
    }
    Ok((Form::from_pairs(pairs.into_iter()), files))
}

fn field(file: &str) -> &str {
    file.trim_end_matches(".csv")
}

/// Puts the files by, and says what they would do.
async fn check(
    web: &Web,
    viewer: &Viewer,
    mut form: Form,
    sent: Vec<(&'static str, Vec<u8>)>,
) -> Result<Response, WebError> {
    let mut ready = ready(web, viewer).await?;
    if sent.is_empty() && ready.0.is_empty() {
        form.refuse("areas", Text::key("register-no-file"));
        return viewer.show_again(web, &page(web, viewer, form).await?);
    }
    for (name, bytes) in sent {
        ready.put(name, bytes);
    }
    drafts::save(&web.accounts, &viewer.browser, DRAFT, &ready).await?;
    Ok(see_other(HERE))
}

/// All of it or nothing, and nothing that was not shown. The links to a first password are on this one answer and on no
/// other.
async fn take_in(web: &Web, viewer: &Viewer, shown: &str) -> Result<Response, WebError> {
    let ready = ready(web, viewer).await?;
    let files = ready.files();
    if files.is_empty() {
        return Ok(see_other(HERE));
    }
    let desk = &web.desk;
    let password = staff::nobody_s_password(&web.accounts)?;
    let (store, clock) = (&desk.store, &desk.clock);
    let hand = hand(web, viewer, shown)?;
    let taken = register::import(
        store,
        clock,
        &desk.rules,
        &files,
        Some(hand),
        Some(&password),
    );
    let outcome = taken.await?;
    if !outcome.done {
        let page = page(web, viewer, Form::blank()).await?;
        let moved = page.faults.is_empty();
        let page = RegisterPage { moved, ..page };
        return viewer.answer(web, StatusCode::CONFLICT, &page);
    }
    drafts::forget(&web.accounts, &viewer.browser, DRAFT).await?;
    let mut links = Vec::new();
    for (login, person) in &outcome.newcomers {
        if let Some(path) = setup::offer(&web.accounts, *person, Some(hand.person)).await? {
            links.push(Link {
                login: login.clone(),
                href: format!("{}{path}", web.chancery.address),
            });
        }
    }
    let page = page(web, viewer, Form::blank()).await?;
    let page = RegisterPage {
        links,
        ..told(page, &outcome)
    };
    viewer.show(web, &page)
}

/// Another link for somebody who has not chosen a password; nobody's password is changed from here.
async fn link(web: &Web, viewer: &Viewer, mut form: Form) -> Result<Response, WebError> {
    let login = form.value("login").trim().to_lowercase();
    let waiting = setup::waiting(&web.accounts).await?;
    let waiting = waiting.into_iter().find(|it| it.login == login);
    let path = match &waiting {
        Some(waiting) => {
            let hand = Some(viewer.person()?);
            setup::offer(&web.accounts, waiting.person, hand).await?
        }
        None => None,
    };
    let Some(path) = path else {
        form.refuse("login", Text::key("register-no-login"));
        return viewer.show_again(web, &page(web, viewer, form).await?);
    };
    let mut page = page(web, viewer, Form::blank()).await?;
    page.links = vec![Link {
        login,
        href: format!("{}{path}", web.chancery.address),
    }];
    viewer.show(web, &page)
}

/// One of the four tables as it stands.
async fn give(
    State(web): State<Web>,
    viewer: Viewer,
    Path(file): Path<String>,
) -> Result<Response, WebError> {
    may(&viewer)?;
    let mut read = web.desk.store.read().await?;
    let tables = register::export(&mut read).await?;
    let found = tables.into_iter().find(|(name, _)| *name == file);
    let (name, bytes) = found.ok_or(WebError::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
    ];
    Ok((headers, bytes).into_response())
}
