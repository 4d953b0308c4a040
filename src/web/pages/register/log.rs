//! Who changed the register last, and how.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use crate::domain::ids::PersonId;
use crate::i18n::Text;
use crate::storage::register::changes::{self, What};
use crate::storage::register::staff;
use crate::web::{Web, WebError};

const MOST: i64 = 20;

/// One change.
#[derive(Clone, Serialize)]
pub struct Entry {
    pub at: Timestamp,
    /// A login; nothing where it was done from the shell.
    pub by: Option<String>,
    pub what: Text,
}

impl Entry {
    pub(super) fn samples() -> Vec<Self> {
        let entry = |by: Option<&str>, what| Self {
            at: Timestamp::UNIX_EPOCH,
            by: by.map(str::to_owned),
            what,
        };
        vec![
            entry(Some("qi"), imported(3, 1)),
            entry(None, Text::key("register-log-link").with("login", "lin")),
        ]
    }
}

fn imported(added: u32, changed: u32) -> Text {
    Text::key("register-log-import")
        .with("added", added)
        .with("changed", changed)
}

pub(super) async fn newest(web: &Web) -> Result<Vec<Entry>, WebError> {
    let mut read = web.desk.store.read().await?;
    let changes = changes::newest(&mut read, MOST).await?;
    let staff = staff(&mut read).await?.into_iter();
    let logins: BTreeMap<PersonId, String> = staff.map(|(login, it)| (it.id, login)).collect();
    let login = |person| logins.get(&person).cloned().unwrap_or_default();
    let what = |what| match what {
        What::Import { files, .. } => {
            let (added, altered): (Vec<u32>, Vec<u32>) = files.into_values().unzip();
            imported(added.iter().sum(), altered.iter().sum())
        }
        What::Link { person } => Text::key("register-log-link").with("login", login(person)),
    };
    let entry = |change: changes::Change| Entry {
        at: change.at,
        by: change.hand.map(login),
        what: what(change.what),
    };
    Ok(changes.into_iter().map(entry).collect())
}
