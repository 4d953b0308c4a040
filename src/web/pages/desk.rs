//! The lists: a party's own cases, and the queue of those who work on cases, grouped by what needs doing.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::calendar::{self, EntryFace};
use super::due;
use super::mine;
use super::outreach::{self, ShareFace};
use crate::casework;
use crate::domain::actor::{Actor, Role};
use crate::domain::permission::{enters, goes_to_doors, keeps_calendar, mends, sorts};
use crate::i18n::Text;
use crate::storage::lists::{COUNTED, CaseRow, Key};
use crate::web::faces::LampFace;
use crate::web::{Page, Policy, Query, Routes, Viewer, Web, WebError, see_other};

mod beside;

use beside::{Way, beside, onward, ways_in};

/// How many of a list are shown at once; the rest is one link away.
pub(super) const SHOWN: usize = 50;

/// How many of each list stand on the page of all of them, which a phone has to load and a person to look over.
const BEGINNING: usize = 10;

/// Which part of which queue is asked for: `?of=accept&after=…`. Without it, the beginnings of all.
#[derive(Deserialize)]
pub(super) struct Asked {
    of: Option<String>,
    after: Option<String>,
}

impl Asked {
    pub(super) fn wants(&self, queue: &str) -> bool {
        self.of.as_deref().is_none_or(|of| of == queue)
    }

    /// How many of a queue are shown.
    pub(super) fn most(&self) -> usize {
        if self.of.is_none() { BEGINNING } else { SHOWN }
    }

    /// Where the page before ended; an end that cannot be read is none.
    pub(super) fn after(&self) -> Option<Key> {
        self.after.as_deref().and_then(Key::parse)
    }
}

/// Where the list goes on behind the `shown` first of the rows, if it does.
pub(super) fn more(address: &str, rows: &[CaseRow], shown: usize) -> Option<More> {
    let last = rows.get(shown - 1).filter(|_| rows.len() > shown)?;
    let mark = if address.contains('?') { '&' } else { '?' };
    Some(More {
        href: format!("{address}{mark}after={}", last.key),
    })
}

/// That there is more of a list, and where.
#[derive(Serialize)]
pub struct More {
    pub href: String,
}

impl More {
    pub(super) fn sample() -> Self {
        Self {
            href: "/desk?of=accept&after=50.1".to_owned(),
        }
    }
}

/// How many there are: beyond a hundred nobody counts.
pub(super) fn count(many: usize) -> Text {
    if many < COUNTED {
        let few = u32::try_from(many).unwrap_or(u32::MAX);
        Text::key("desk-count").with("count", few)
    } else {
        Text::key("desk-count-many").with("count", 99_u32)
    }
}

#[derive(Serialize)]
pub struct CasesPage {
    pub rows: Vec<Row>,
    pub more: Option<More>,
}

#[derive(Serialize)]
pub struct DeskPage {
    /// How many of those invited answered: the first figure of an office.
    pub share: Option<ShareFace>,
    /// Whether there is a list of what is due for the reader.
    pub due: bool,
    /// How many doors there are to go to, for a grid worker.
    pub visits: Option<usize>,
    /// Complaints that the reader has to do with and that nobody has answered.
    pub complaints: usize,
    /// What the reader's posts have to do, then what waits for others.
    pub groups: Vec<Group>,
    /// How many papers the reader or their office is to post or hand over.
    pub errands: usize,
    /// How many messages did not arrive, for whoever looks after them.
    pub undelivered: Option<usize>,
    /// Where else the reader's office leads: numbers, sheets for doors.
    pub onward: Vec<Way>,
    /// Where the reader takes matters in: writes them down, sorts them.
    pub intake: Vec<Way>,
    /// The sessions of today, for whoever mediates.
    pub today: Option<Vec<EntryFace>>,
}

#[derive(Serialize)]
pub struct Group {
    pub title: Text,
    /// Whether it is the reader's turn.
    pub mine: bool,
    pub rows: Vec<Row>,
    /// Those that are not shown count as well; not told on a further page.
    pub total: Option<Text>,
    pub more: Option<More>,
}

#[derive(Clone, Serialize)]
pub struct Row {
    pub href: String,
    pub number: String,
    pub dispute: String,
    pub state: Text,
    pub changed_at: Timestamp,
    pub due_at: Option<Timestamp>,
    pub overdue: bool,
    pub lamp: Option<LampFace>,
}

impl Row {
    pub(super) fn sample(overdue: bool) -> Self {
        Self {
            href: "/cases/1".to_owned(),
            number: "和调〔2026〕000128号".to_owned(),
            dispute: "噪音扰民".to_owned(),
            state: Text::key("desk-stage-mediate-active"),
            changed_at: Timestamp::UNIX_EPOCH,
            due_at: overdue.then_some(Timestamp::UNIX_EPOCH),
            overdue,
            lamp: overdue.then(|| LampFace::sample(-2)),
        }
    }
}

impl Page for CasesPage {
    const TEMPLATE: &'static str = "pages/cases.html";

    fn samples() -> Vec<Self> {
        vec![
            Self {
                rows: Vec::new(),
                more: None,
            },
            Self {
                rows: vec![Row::sample(true), Row::sample(false)],
                more: Some(More::sample()),
            },
        ]
    }
}

impl DeskPage {
    /// One list that goes on from the page of all.
    fn only(groups: Vec<Group>) -> Self {
        Self {
            share: None,
            due: false,
            visits: None,
            complaints: 0,
            groups,
            errands: 0,
            undelivered: None,
            onward: Vec::new(),
            intake: Vec::new(),
            today: None,
        }
    }
}

impl Page for DeskPage {
    const TEMPLATE: &'static str = "pages/desk.html";

    fn samples() -> Vec<Self> {
        let group = |mine| Group {
            title: Text::key("desk-group-accept"),
            mine,
            rows: vec![Row::sample(true), Row::sample(false)],
            total: mine.then(|| Text::key("desk-count-many").with("count", 99_u32)),
            more: mine.then(More::sample),
        };
        vec![
            Self {
                share: None,
                due: false,
                visits: None,
                complaints: 0,
                groups: Vec::new(),
                errands: 0,
                undelivered: Some(0),
                onward: onward(|_| true),
                intake: ways_in(true, true),
                today: Some(vec![EntryFace::sample()]),
            },
            Self {
                share: Some(ShareFace::sample()),
                due: true,
                visits: Some(2),
                complaints: 1,
                groups: vec![group(true), group(false)],
                errands: 3,
                undelivered: Some(2),
                onward: onward(|_| true),
                intake: ways_in(true, true),
                today: Some(Vec::new()),
            },
            Self::only(vec![group(true)]),
        ]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new()
        .get("/cases", Policy::SignedIn, cases)
        .get("/desk", Policy::SignedIn, desk)
}

pub(super) fn row(web: &Web, viewer: &Viewer, row: &CaseRow) -> Row {
    let now = web.desk.clock.now();
    let mut disputes = web.desk.rules.of(&row.district).disputes();
    let dispute = disputes.find(|dispute| dispute.key.0 == row.dispute);
    Row {
        href: format!("/cases/{}", row.id),
        number: row.number.clone(),
        dispute: dispute.map_or_else(
            || web.texts.t(viewer.locale, "case-other-dispute", &[]),
            |dispute| dispute.name.for_tag(viewer.locale.tag()).to_owned(),
        ),
        state: Text::key(format!("desk-stage-{}", row.stage.replace(['.', '_'], "-"))),
        changed_at: row.changed_at,
        due_at: row.due_at,
        overdue: row.due_at.is_some_and(|due| due < now),
        lamp: row.due_at.map(|due| LampFace::of(web, due)),
    }
}

async fn cases(
    State(web): State<Web>,
    viewer: Viewer,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    if matches!(viewer.actor, Actor::Staff { .. }) {
        return Ok(see_other("/desk"));
    }
    let rows = casework::list(&web.desk, &viewer.actor, asked.after(), SHOWN + 1).await?;
    let more = more("/cases", &rows, SHOWN);
    let shown = rows.iter().take(SHOWN);
    let rows = shown.map(|it| row(&web, &viewer, it)).collect();
    viewer.show(&web, &CasesPage { rows, more })
}

async fn desk(
    State(web): State<Web>,
    viewer: Viewer,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let Actor::Staff { posts, .. } = &viewer.actor else {
        return Ok(see_other("/cases"));
    };
    let roles: Vec<Role> = posts.iter().map(|post| post.role).collect();
    let mut groups = Vec::new();
    for (name, stages, doers) in GROUPS {
        if asked.wants(name) {
            // A mediator's own cases stand above by whose turn it is.
            let only = roles.iter().all(|role| *role == Role::Mediator);
            if only && asked.of.is_none() && stages.iter().all(|it| mine::STAGES.contains(it)) {
                continue;
            }
            let mine = doers.iter().any(|role| roles.contains(role));
            groups.extend(group(&web, &viewer, &asked, (name, stages), mine).await?);
        }
    }
    groups.sort_by_key(|group| !group.mine);
    if asked.of.is_none() && keeps_calendar(&viewer.actor) {
        groups.splice(0..0, mine::groups(&web, &viewer).await?);
    }
    let page = if asked.of.is_some() {
        DeskPage::only(groups)
    } else {
        whole(&web, &viewer, groups).await?
    };
    viewer.show(&web, &page)
}

/// The lists with all that stands beside them.
async fn whole(web: &Web, viewer: &Viewer, groups: Vec<Group>) -> Result<DeskPage, WebError> {
    let undelivered = if mends(&viewer.actor) {
        Some(casework::stuck(&web.desk, &viewer.actor).await?.len())
    } else {
        None
    };
    let today = if keeps_calendar(&viewer.actor) {
        Some(calendar::today(web, viewer).await?)
    } else {
        None
    };
    Ok(DeskPage {
        share: outreach::share(web, viewer, 90).await?,
        due: due::is_for(&viewer.actor),
        visits: doors(web, viewer).await?,
        complaints: complaints(web, viewer).await?,
        groups,
        errands: casework::number_of_errands(&web.desk, &viewer.actor).await?,
        undelivered,
        onward: beside(web, viewer).await?,
        intake: ways_in(enters(&viewer.actor), sorts(&viewer.actor)),
        today,
    })
}

/// Where something is to be handed over or looked at.
async fn doors(web: &Web, viewer: &Viewer) -> Result<Option<usize>, WebError> {
    if !goes_to_doors(&viewer.actor) {
        return Ok(None);
    }
    let visits = casework::visits(&web.desk, &viewer.actor).await?;
    let spots = casework::spots(&web.desk, &viewer.actor).await?;
    Ok(Some(visits.len() + spots.len()))
}

async fn complaints(web: &Web, viewer: &Viewer) -> Result<usize, WebError> {
    let known = casework::complaints(&web.desk, &viewer.actor).await?;
    let open = known.iter().filter(|it| it.answer.is_none());
    Ok(open.count())
}

/// One queue as far as it was asked for; `None` where nothing is in it.
async fn group(
    web: &Web,
    viewer: &Viewer,
    asked: &Asked,
    (name, stages): (&str, &[&str]),
    mine: bool,
) -> Result<Option<Group>, WebError> {
    let after = asked.of.as_ref().and_then(|_| asked.after());
    let (actor, most) = (&viewer.actor, asked.most());
    let rows = casework::queue(&web.desk, actor, stages, after, most + 1).await?;
    let total = if after.is_none() {
        Some(count(casework::in_queue(&web.desk, actor, stages).await?))
    } else {
        None
    };
    let shown = rows.iter().take(most);
    Ok((!rows.is_empty()).then(|| Group {
        title: Text::key(format!("desk-group-{name}")),
        mine,
        rows: shown.map(|it| row(web, viewer, it)).collect(),
        total,
        more: more(&format!("/desk?of={name}"), &rows, most),
    }))
}

/// What needs doing: a name, the stages it stands for, and whose turn it usually is.
pub(super) const GROUPS: &[(&str, &[&str], &[Role])] = &[
    ("late", &["mediate.late"], &[Role::Dispatcher, Role::Head]),
    (
        "decide",
        &["mediate.to_decide"],
        &[Role::Dispatcher, Role::Head, Role::Mediator],
    ),
    (
        "accept",
        &["assess.submitted", "mediate.received"],
        &[Role::Dispatcher],
    ),
    ("assign", &["mediate.selecting"], &[Role::Dispatcher]),
    ("answer", &["mediate.disclosing"], &[Role::Mediator]),
    (
        "mediate",
        &["mediate.active", "mediate.paused"],
        &[Role::Mediator],
    ),
    (
        "sign",
        &["mediate.signing"],
        &[Role::Mediator, Role::SealHolder],
    ),
    // Whoever mediates is asked after them, and from the second week on whoever answers for the committee as well.
    (
        "sheets",
        &["mediate.signing.sheets"],
        &[Role::Mediator, Role::Head],
    ),
    ("certify", &["mediate.ended"], &[Role::SealHolder]),
    ("file", &["confirm.filed"], &[Role::Clerk, Role::Judge]),
    (
        "review",
        &["confirm.reviewing"],
        &[Role::Judge, Role::Clerk],
    ),
    ("invited", &["mediate.inviting"], &[]),
    ("choosing", &["consult", "assess.routed"], &[]),
    (
        "settled",
        &["mediate.settled", "mediate.partial", "confirm.prepared"],
        &[],
    ),
    ("verify", &["perform.to_verify"], &[Role::Mediator]),
    ("follow-up", &["closed.to_follow_up"], &[Role::Mediator]),
    (
        "after",
        &[
            "confirm.valid",
            "confirm.dismissed",
            "confirm.not_accepted",
            "confirm.withdrawn",
            "perform",
            "breached",
        ],
        &[],
    ),
    (
        "gone",
        &["mediate.ended.certified", "arbitrate", "litigate", "closed"],
        &[],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::{Quarrel, rules};
    use crate::i18n::{Locale, Texts};

    #[test]
    fn every_stage_is_in_one_group_and_has_words() {
        let texts = Texts::load(None).unwrap();
        let mut seen = std::collections::BTreeSet::new();
        for (name, stages, _) in GROUPS {
            for locale in Locale::ALL {
                assert!(texts.has(locale, &format!("desk-group-{name}")), "{name}");
                for stage in *stages {
                    let key = format!("desk-stage-{}", stage.replace(['.', '_'], "-"));
                    assert!(texts.has(locale, &key), "{key}");
                }
            }
            for stage in *stages {
                assert!(seen.insert(*stage), "{stage} is in two groups");
            }
        }
        let rules = rules();
        let new = || Quarrel::new(&rules);
        let on_their_way = [
            new(),
            new().received(),
            new().inviting(),
            new().selecting(),
            new().disclosing(),
            new().active(),
            new().confirmed(),
        ];
        for quarrel in on_their_way {
            assert!(
                seen.contains(quarrel.case.stage.name()),
                "{}",
                quarrel.case.stage.name()
            );
        }
    }
}
