//! Lists of cases, each read along an index in its order, from where the page before ended, and left when the page is
//! full: none costs more where there are many.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

use super::{Read, Result, instant, parsed};
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::{CaseId, OrganisationId};
use crate::domain::organisation::District;

mod due;
mod search;

pub use due::{Span, due};
pub use search::{Found, Wanted, search};

/// Nobody is told how many more there are than this: they would all have to be counted.
pub const COUNTED: usize = 100;

/// One line of a list; nothing in it but what the columns hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseRow {
    pub id: CaseId,
    pub number: String,
    pub stage: String,
    pub district: District,
    pub dispute: String,
    pub opened_at: Timestamp,
    pub changed_at: Timestamp,
    pub due_at: Option<Timestamp>,
    /// Where the next page goes on.
    pub key: Key,
}

/// Where in its order a case stands. It stays so when others come in before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    pub place: i64,
    pub id: CaseId,
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.place, self.id)
    }
}

impl Key {
    pub fn parse(text: &str) -> Option<Self> {
        let (place, id) = text.split_once('.')?;
        let (place, id) = (place.parse().ok()?, id.parse().ok()?);
        Some(Self { place, id })
    }
}

/// One reason to see cases, each with an index: what `actor` may see is what one of these lets through.
#[derive(Clone, Debug)]
enum Scope {
    Everything,
    /// At a table of theirs: as a party, or beside one or the mediator.
    Own(String),
    Organisation(OrganisationId),
    Mediator(String, OrganisationId),
    Court(OrganisationId),
}

impl Scope {
    /// A property test holds these equal to `Case::may_see`.
    fn of(actor: &Actor) -> Vec<Self> {
        if let Actor::Clock | Actor::System { .. } = actor {
            return vec![Self::Everything];
        }
        let Some(person) = actor.person() else {
            return Vec::new();
        };
        let mut scopes = vec![Self::Own(person.to_string())];
        if let Actor::Staff { posts, .. } = actor {
            scopes.extend(posts.iter().filter_map(|post| match post.role {
                Role::Dispatcher | Role::SealHolder | Role::Head => {
                    Some(Self::Organisation(post.organisation))
                }
                Role::Mediator => Some(Self::Mediator(person.to_string(), post.organisation)),
                Role::Clerk | Role::Judge => Some(Self::Court(post.organisation)),
                Role::IntakeOfficer | Role::GridWorker | Role::Supervisor | Role::Operator => None,
            }));
        }
        scopes
    }

    /// Whose words its cases are found by.
    const fn body(&self) -> Option<OrganisationId> {
        match self {
            Self::Organisation(body) | Self::Mediator(_, body) | Self::Court(body) => Some(*body),
            Self::Everything | Self::Own(_) => None,
        }
    }

    fn condition(&self, sql: &mut Sql) -> String {
        match self {
            Self::Everything => "1 = 1".to_owned(),
            Self::Own(person) => {
                let person = sql.text(person);
                format!(
                    "cases.id IN (SELECT case_id FROM case_people WHERE person_id = {person} \
                     UNION SELECT case_id FROM case_team \
                      WHERE person_id = {person} AND capacity NOT IN ('helper', 'observer'))"
                )
            }
            Self::Organisation(body) => format!("organisation = {}", sql.text(body)),
            Self::Mediator(person, body) => {
                let person = sql.text(person);
                format!("mediator = {person} AND organisation = {}", sql.text(body))
            }
            Self::Court(body) => format!("court = {}", sql.text(body)),
        }
    }
}

/// A statement with what its placeholders stand for, in their order.
#[derive(Clone, Default)]
struct Sql {
    binds: Vec<Bind>,
}

#[derive(Clone)]
enum Bind {
    Text(String),
    Number(i64),
}

impl Sql {
    fn text(&mut self, text: &(impl ToString + ?Sized)) -> String {
        self.binds.push(Bind::Text(text.to_string()));
        format!("${}", self.binds.len())
    }

    fn number(&mut self, number: i64) -> String {
        self.binds.push(Bind::Number(number));
        format!("${}", self.binds.len())
    }

    /// For a statement with the same beginning.
    fn again(&self) -> Self {
        self.clone()
    }

    async fn rows(self, read: &mut Read, text: String) -> Result<Vec<AnyRow>> {
        let mut query = sqlx::query(AssertSqlSafe(text));
        for bind in self.binds {
            query = match bind {
                Bind::Text(text) => query.bind(text),
                Bind::Number(number) => query.bind(number),
            };
        }
        Ok(query.fetch_all(read.conn()).await?)
    }
}

const COLUMNS: &str = "id, number, queue, district, dispute, opened_at, changed_at, due_at";

/// What `actor` may see, newest change first, after `after`.
pub async fn visible_to(
    read: &mut Read,
    actor: &Actor,
    after: Option<Key>,
    limit: usize,
) -> Result<Vec<CaseRow>> {
    let mut sql = Sql::default();
    let part = |sql: &mut Sql, scope: &Scope| {
        let condition = scope.condition(sql);
        let after = after.map_or_else(String::new, |key| {
            let (place, id) = (sql.number(key.place), sql.text(&key.id));
            format!(" AND (changed_at, id) < ({place}, {id})")
        });
        format!(
            "SELECT {}, changed_at AS place FROM cases WHERE {condition}{after} \
             ORDER BY changed_at DESC, id DESC LIMIT {limit}",
            COLUMNS.replace("queue", "stage AS queue")
        )
    };
    let parts: Vec<_> = Scope::of(actor)
        .iter()
        .map(|scope| part(&mut sql, scope))
        .collect();
    united(
        read,
        sql,
        &parts,
        &format!("ORDER BY place DESC, id DESC LIMIT {limit}"),
    )
    .await
}

/// What `actor` may see in some queues, in their order, after `after`: at most `limit`.
pub async fn queue(
    read: &mut Read,
    actor: &Actor,
    queues: &[&str],
    after: Option<Key>,
    limit: usize,
) -> Result<Vec<CaseRow>> {
    let mut sql = Sql::default();
    let mut parts = Vec::new();
    for scope in Scope::of(actor) {
        for queue in queues {
            let condition = scope.condition(&mut sql);
            let queue = sql.text(*queue);
            let after = after.map_or_else(String::new, |key| {
                let (place, id) = (sql.number(key.place), sql.text(&key.id));
                format!(" AND (place_in_queue, id) > ({place}, {id})")
            });
            parts.push(format!(
                "SELECT {COLUMNS}, place_in_queue AS place FROM cases WHERE {condition} AND queue = {queue}{after} \
                 ORDER BY place_in_queue, id LIMIT {limit}"
            ));
        }
    }
    united(
        read,
        sql,
        &parts,
        &format!("ORDER BY place, id LIMIT {limit}"),
    )
    .await
}

/// How many `actor` may see in some queues, as far as [`COUNTED`]: read off the indexes alone.
pub async fn in_queue(read: &mut Read, actor: &Actor, queues: &[&str]) -> Result<usize> {
    let mut sql = Sql::default();
    let mut parts = Vec::new();
    for scope in Scope::of(actor) {
        for queue in queues {
            let condition = scope.condition(&mut sql);
            let queue = sql.text(*queue);
            parts.push(format!(
                "SELECT id FROM (SELECT id FROM cases WHERE {condition} AND queue = {queue} LIMIT {COUNTED}) AS part{}",
                parts.len()
            ));
        }
    }
    if parts.is_empty() {
        return Ok(0);
    }
    let text = format!(
        "SELECT COUNT(*) AS many FROM ({}) AS found",
        parts.join(" UNION ")
    );
    let rows = sql.rows(read, text).await?;
    let many: i64 = rows[0].try_get("many")?;
    Ok(usize::try_from(many).map_or(COUNTED, |many| many.min(COUNTED)))
}

/// Each part as far as the page may need it, then the page.
async fn united(read: &mut Read, sql: Sql, parts: &[String], order: &str) -> Result<Vec<CaseRow>> {
    if parts.is_empty() {
        return Ok(Vec::new());
    }
    let parts: Vec<_> = parts
        .iter()
        .enumerate()
        .map(|(number, part)| format!("SELECT * FROM ({part}) AS part{number}"))
        .collect();
    let text = format!("SELECT * FROM ({}) AS page {order}", parts.join(" UNION "));
    let rows = sql.rows(read, text).await?;
    rows.iter().map(row).collect()
}

fn row(row: &AnyRow) -> Result<CaseRow> {
    let due: Option<i64> = row.try_get("due_at")?;
    let id = parsed("case id", row.try_get("id")?)?;
    Ok(CaseRow {
        id,
        number: row.try_get("number")?,
        stage: row.try_get("queue")?,
        district: District(row.try_get("district")?),
        dispute: row.try_get("dispute")?,
        opened_at: instant(row.try_get("opened_at")?)?,
        changed_at: instant(row.try_get("changed_at")?)?,
        due_at: due.map(instant).transpose()?,
        key: Key {
            place: row.try_get("place")?,
            id,
        },
    })
}
