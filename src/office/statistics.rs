//! Whose numbers somebody may read, and the numbers: a supervisor those of the district, a head those of the committee
//! and of the studios in it.

use jiff::Timestamp;
use jiff::civil::Date;

use super::Result;
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::OrganisationId;
use crate::domain::permission::may_read_statistics;
use crate::domain::rules::DisputeKey;
use crate::domain::statistics::{Cell, FEWEST, Table, table};
use crate::domain::time::civil_date;
use crate::storage::invitations::{self, Share};
use crate::storage::office::{self, Listed};
use crate::storage::{Read, milestones};

/// What the lines of a table are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Organisation,
    Month,
    Dispute,
}

impl By {
    pub const ALL: [Self; 3] = [Self::Organisation, Self::Month, Self::Dispute];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Organisation => "organisation",
            Self::Month => "month",
            Self::Dispute => "dispute",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.name() == name)
    }
}

/// One line's name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    Organisation(OrganisationId),
    /// The first day of it.
    Month(Date),
    Dispute(DisputeKey),
}

/// The table, and of a hundred who were invited how many answered: in all, and by line where lines are organisations.
#[derive(Clone, Debug)]
pub struct Statistics {
    pub table: Table<Group>,
    pub answered: Option<i64>,
    pub answered_by_line: Vec<Option<i64>>,
}

/// The organisations whose numbers `actor` may read; none for most.
pub async fn counted_by(read: &mut Read, actor: &Actor) -> Result<Vec<Listed>> {
    let Actor::Staff { posts, .. } = actor else {
        return Ok(Vec::new());
    };
    if !may_read_statistics(actor) {
        return Ok(Vec::new());
    }
    let all = office::organisations(read).await?;
    let holder = |role| {
        posts
            .iter()
            .filter(move |post| post.role == role)
            .filter_map(|post| all.iter().find(|listed| listed.id == post.organisation))
    };
    let counts = |listed: &&Listed| {
        let area = &listed.organisation.area;
        let of_district =
            holder(Role::Supervisor).any(|it| it.organisation.area.district() == area.district());
        let of_head = holder(Role::Head).any(|it| {
            it.id == listed.id
                || it.organisation.area.district() == area.district()
                    && listed.organisation.parent.as_ref() == Some(&it.organisation.key)
        });
        of_district || of_head
    };
    Ok(all.iter().filter(counts).cloned().collect())
}

/// The numbers of the cases that were opened from `from` until before `to`.
pub async fn statistics(
    read: &mut Read,
    organisations: &[Listed],
    period: (Timestamp, Timestamp),
    by: By,
) -> Result<Statistics> {
    let ids: Vec<_> = organisations.iter().map(|listed| listed.id).collect();
    let courses = milestones::of_period(read, &ids, period).await?;
    let table = table(&courses, |course| match by {
        By::Organisation => Group::Organisation(course.organisation),
        By::Month => Group::Month(civil_date(course.opened).first_of_month()),
        By::Dispute => Group::Dispute(course.dispute.clone()),
    });
    let mut answered_by_line = Vec::new();
    for (group, line) in &table.lines {
        answered_by_line.push(match group {
            Group::Organisation(id) if line.opened != Cell::Few => {
                percent(&invitations::share(read, &[*id], period).await?)
            }
            _ => None,
        });
    }
    Ok(Statistics {
        table,
        answered: percent(&invitations::share(read, &ids, period).await?),
        answered_by_line,
    })
}

/// Told of enough invitations only.
fn percent(share: &Share) -> Option<i64> {
    let known = share.invited - share.waiting();
    share.percent().filter(|_| known >= i64::from(FEWEST))
}
