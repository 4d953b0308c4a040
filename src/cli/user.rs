//! `heyi user`: the people who work here.

use std::io;

use clap::{Args, Subcommand};

use super::{CliError, Settings, password};
use crate::accounts::staff::{self, Credentials, SHORTEST_PASSWORD};
use crate::accounts::{Accounts, AccountsError, second_factor, setup};
use crate::app::{App, StartError, base_url};
use crate::documents::unsupported_characters;
use crate::domain::actor::{Post, Role};
use crate::domain::identity::{Email, PersonName, Phone};
use crate::domain::ids::PersonId;
use crate::domain::organisation::{Language, MediatorProfile};
use crate::domain::rules::DisputeKey;
use crate::storage::accounts::people::{self, Person};
use crate::storage::accounts::staff as rows;
use crate::storage::office::{self, Listed, RosterRow};
use crate::storage::{StorageError, write_tx};

#[derive(Debug, Subcommand)]
pub(super) enum User {
    /// Make somebody a member of staff; the password is asked for, or read from the standard input
    Add(Add),
    /// Give somebody another password
    Password(Who),
    /// Print a link by which somebody chooses a password: good once, for ten days
    Invite(Who),
    /// Close an account and end its sessions
    Disable(Who),
    /// Forget a second factor, so that a new one is set up at the next sign-in
    ResetTotp(Who),
    /// Print everybody: login, name, posts
    List(Settings),
}

#[derive(Debug, Args)]
pub(super) struct Who {
    #[command(flatten)]
    settings: Settings,
    login: String,
}

#[derive(Debug, Args)]
pub(super) struct Add {
    #[command(flatten)]
    settings: Settings,
    /// What they sign in with
    login: String,
    /// Their real name, which stands on papers
    #[arg(long)]
    name: String,
    #[arg(long)]
    mail: Option<String>,
    #[arg(long)]
    phone: Option<String>,
    /// The prefix of the organisation's paper numbers, such as 柳荫
    #[arg(long)]
    organisation: String,
    /// `dispatcher`, `mediator`, `seal_holder`, `clerk`, `judge` or `operator`; may be given more than once
    #[arg(long, required = true, value_parser = role)]
    role: Vec<Role>,
    /// Of a mediator: keys of dispute types, such as noise
    #[arg(long)]
    field: Vec<String>,
    /// Of a mediator: mandarin, wu, cantonese, …
    #[arg(long, value_parser = language)]
    language: Vec<Language>,
    /// Of a mediator: cases at once
    #[arg(long, default_value_t = 10)]
    load: u32,
}

fn role(name: &str) -> Result<Role, String> {
    Role::parse(name).ok_or_else(|| Role::ALL.map(Role::name).join(", "))
}

fn language(name: &str) -> Result<Language, String> {
    Language::parse(name).ok_or_else(|| Language::ALL.map(Language::name).join(", "))
}

#[derive(Debug, thiserror::Error)]
pub(super) enum UserError {
    #[error("there is no user {0}")]
    Unknown(String),
    #[error("no organisation has the prefix {0}; `heyi office import FOLDER` adds organisations")]
    NoOrganisation(String),
    #[error("a {kind} has no {role}")]
    NoSuchPost {
        kind: &'static str,
        role: &'static str,
    },
    #[error("unknown dispute type {0}")]
    NoField(String),
    #[error("--name, --mail or --phone: {0}")]
    Typed(String),
    #[error("a mediator needs --mail or --phone: codes for signing go there")]
    NoContact,
    #[error("the password is shorter than {SHORTEST_PASSWORD} characters")]
    Short,
    #[error("the password: {0}")]
    Password(#[from] io::Error),
    #[error(transparent)]
    Accounts(#[from] AccountsError),
    #[error("the database: {0}")]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Start(#[from] StartError),
}

pub(super) async fn user(user: User) -> Result<(), CliError> {
    match user {
        User::Add(add) => {
            let app = add.settings.open().await?;
            add_user(&app, &add).await?;
            println!("{}", add.login);
        }
        User::Password(who) => {
            let app = who.settings.open().await?;
            let person = find(&app, &who.login).await?.person;
            let password = new_password()?;
            staff::set_password(&app.accounts(), person, &password)
                .await
                .map_err(UserError::from)?;
        }
        User::Invite(who) => {
            let app = who.settings.open().await?;
            let person = find(&app, &who.login).await?.person;
            let path = setup::offer_anew(&app.accounts(), person)
                .await
                .map_err(UserError::from)?;
            println!("{}{path}", base_url(&app.config, app.config.listen));
        }
        User::Disable(who) => {
            let app = who.settings.open().await?;
            let person = find(&app, &who.login).await?.person;
            staff::disable(&app.accounts(), person)
                .await
                .map_err(UserError::from)?;
        }
        User::ResetTotp(who) => {
            let app = who.settings.open().await?;
            let person = find(&app, &who.login).await?.person;
            second_factor::reset(&app.accounts(), person)
                .await
                .map_err(UserError::from)?;
        }
        User::List(settings) => list(&settings.open().await?).await?,
    }
    Ok(())
}

async fn find(app: &App, login: &str) -> Result<Credentials, UserError> {
    let login = login.to_lowercase();
    rows::by_login(&mut app.store.read().await?, &login)
        .await?
        .ok_or(UserError::Unknown(login))
}

fn new_password() -> Result<String, UserError> {
    let password = password::read("password")?;
    if password.chars().count() < SHORTEST_PASSWORD {
        return Err(UserError::Short);
    }
    Ok(password)
}

async fn add_user(app: &App, add: &Add) -> Result<(), UserError> {
    let person = person(app, add)?;
    let organisations = office::organisations(&mut app.store.read().await?).await?;
    let organisation = organisations
        .into_iter()
        .find(|listed| listed.organisation.prefix == add.organisation)
        .ok_or_else(|| UserError::NoOrganisation(add.organisation.clone()))?;
    let kind = organisation.organisation.kind;
    if let Some(role) = add.role.iter().find(|it| !kind.has_post(**it)) {
        return Err(UserError::NoSuchPost {
            kind: kind.name(),
            role: role.name(),
        });
    }
    let profile = profile(app, add, &person.name)?;
    let accounts: Accounts = app.accounts();
    let hash = staff::hash_password(&accounts, &new_password()?)?;
    Ok(write_tx!(app.store, |tx| {
        staff::add_in(tx, &person, &add.login, &hash).await?;
        for role in &add.role {
            let post = Post {
                organisation: organisation.id,
                role: *role,
            };
            office::give_post(tx, person.id, post).await?;
        }
        if let Some(profile) = profile.clone() {
            let row = RosterRow {
                person: person.id,
                organisation: organisation.id,
                profile,
                elsewhere: 0,
            };
            office::insert_mediator(tx, &row).await?;
        }
        Ok::<_, AccountsError>(())
    })?)
}

fn person(app: &App, add: &Add) -> Result<Person, UserError> {
    let typed = |error: &dyn std::fmt::Display| UserError::Typed(error.to_string());
    let mail = add.mail.as_deref().map(Email::parse).transpose();
    let phone = add.phone.as_deref().map(Phone::parse).transpose();
    if add.role.contains(&Role::Mediator) && add.mail.is_none() && add.phone.is_none() {
        return Err(UserError::NoContact);
    }
    // Papers name whoever mediates, judges and seals.
    let missing = unsupported_characters(&add.name);
    if !missing.is_empty() {
        return Err(typed(&format!("papers cannot show {missing:?}")));
    }
    Ok(Person {
        id: PersonId(app.clock.new_id()),
        name: PersonName::parse(&add.name).map_err(|error| typed(&error))?,
        phone: phone.map_err(|error| typed(&error))?,
        mail: mail.map_err(|error| typed(&error))?,
        locale: "zh-CN".to_owned(),
        elder: false,
        created_at: app.clock.now(),
    })
}

fn profile(app: &App, add: &Add, name: &PersonName) -> Result<Option<MediatorProfile>, UserError> {
    if !add.role.contains(&Role::Mediator) {
        return Ok(None);
    }
    let known = |key: &String| -> Result<DisputeKey, UserError> {
        let dispute = app.rules.disputes().find(|it| it.key.to_string() == *key);
        let dispute = dispute.ok_or_else(|| UserError::NoField(key.clone()))?;
        Ok(dispute.key.clone())
    };
    let mut languages = add.language.clone();
    if languages.is_empty() {
        languages.push(Language::Mandarin);
    }
    Ok(Some(MediatorProfile {
        name: name.clone(),
        fields: add.field.iter().map(known).collect::<Result<_, _>>()?,
        languages,
        load_limit: add.load,
        employer: None,
        address: None,
        relatives: Vec::new(),
        fingerprint: None,
        paused: false,
    }))
}

async fn list(app: &App) -> Result<(), UserError> {
    let mut read = app.store.read().await?;
    let organisations = office::organisations(&mut read).await?;
    for member in rows::all(&mut read).await? {
        let name = people::load(&mut read, member.person).await?;
        let posts = office::posts(&mut read, member.person).await?;
        let posts: Vec<_> = posts
            .iter()
            .map(|post| told(post, &organisations))
            .collect();
        println!(
            "{}\t{}\t{}{}",
            member.login,
            name.map_or_else(String::new, |person| person.name.to_string()),
            posts.join(", "),
            if member.disabled_at.is_some() {
                "\tdisabled"
            } else {
                ""
            },
        );
    }
    Ok(())
}

/// `mediator of 柳荫`
fn told(post: &Post, organisations: &[Listed]) -> String {
    let prefix = organisations
        .iter()
        .find(|listed| listed.id == post.organisation)
        .map_or("?", |listed| &listed.organisation.prefix);
    format!("{} of {prefix}", post.role.name())
}
