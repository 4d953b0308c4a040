//! The closed matters of a committee in one year, for its archive: a folder for each, and an index.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{Time, date};
use serde::Serialize;

use super::pack::{self, Outgoing, Pack};
use super::{Chancery, Contents, PaperworkError};
use crate::casework;
use crate::domain::actor::Actor;
use crate::domain::case::Case;
use crate::domain::ids::{CaseId, OrganisationId};
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::permission::heads;
use crate::domain::time::{civil_date, instant};
use crate::storage::cases;

/// Cases listed at a time.
const PAGE: i64 = 100;

/// Whose archive, and of which year in Chinese civil time.
#[derive(Clone, Copy, Debug)]
pub struct Archive {
    pub organisation: OrganisationId,
    pub year: i16,
}

impl Archive {
    /// From the first instant of the year to the first of the next.
    fn period(self) -> Option<(Timestamp, Timestamp)> {
        let begins = |year| instant(date(year, 1, 1), Time::midnight());
        let next = self.year.checked_add(1).filter(|year| *year <= 9_998)?;
        (self.year >= 2_000).then_some(())?;
        begins(self.year).zip(begins(next))
    }
}

/// A line of the index, `index.json` and `index.csv`.
#[derive(Serialize)]
struct Line {
    number: String,
    /// Days, such as 2026-11-22.
    opened: String,
    closed: String,
    /// The key of the type of dispute, such as `noise`.
    dispute: String,
    /// Such as `closed` or `mediate.ended`.
    stage: String,
    papers: Vec<&'static str>,
    folder: String,
    files: Vec<String>,
}

impl Chancery {
    /// What of a committee was closed in a year, for its head.
    ///
    /// # Errors
    /// Not found for whoever does not head it or of a year that is none; what fails later breaks the stream off.
    pub fn archive(
        self: &Arc<Self>,
        actor: &Actor,
        archive: Archive,
    ) -> Result<Outgoing, PaperworkError> {
        let period = archive.period().ok_or(OutOfOrder::WrongState)?;
        if !heads(actor).contains(&archive.organisation) {
            return Err(OutOfOrder::WrongState.into());
        }
        let (chancery, actor) = (Arc::clone(self), actor.clone());
        Ok(pack::outgoing(move |mut pack| async move {
            let mut lines = Vec::new();
            let mut after: Option<CaseId> = None;
            loop {
                let mut read = chancery.desk.store.read().await?;
                let of = archive.organisation;
                let page = cases::closed(&mut read, of, period, after, PAGE).await?;
                drop(read);
                let Some((last, _)) = page.last() else { break };
                after = Some(*last);
                for (id, closed_at) in page {
                    let case = casework::load(&chancery.desk, &actor, id).await?;
                    let line = chancery
                        .shelve(&mut pack, (&actor, &case), closed_at)
                        .await?;
                    lines.push(line);
                }
            }
            index(&mut pack, &lines).await?;
            Box::pin(pack.finish(&chancery)).await
        }))
    }

    async fn shelve(
        &self,
        pack: &mut Pack,
        (actor, case): (&Actor, &Case),
        closed_at: Timestamp,
    ) -> Result<Line, PaperworkError> {
        let folder = format!("cases/{}/", plain(&case.number));
        let Contents { kinds, files } = self.pack_case(pack, (actor, case), &folder).await?;
        Ok(Line {
            number: case.number.clone(),
            opened: civil_date(case.opened_at).to_string(),
            closed: civil_date(closed_at).to_string(),
            dispute: case.dispute.to_string(),
            stage: case.stage.name().to_owned(),
            papers: kinds,
            folder,
            files,
        })
    }
}

/// The digits of a number, `2026-000128`: a name that every system can hold.
fn plain(number: &str) -> String {
    let parts = number.split(|c: char| !c.is_ascii_digit());
    let parts: Vec<_> = parts.filter(|part| !part.is_empty()).collect();
    parts.join("-")
}

async fn index(pack: &mut Pack, lines: &[Line]) -> Result<(), PaperworkError> {
    pack.add("index.json", &serde_json::to_vec_pretty(lines)?)
        .await?;
    // With the mark by which a Chinese Excel knows UTF-8.
    let mut table = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    let head = [
        "number", "opened", "closed", "dispute", "stage", "papers", "folder", "files",
    ];
    table.write_record(head)?;
    for line in lines {
        let files = line.files.iter().map(|file| &file[line.folder.len()..]);
        let files: Vec<_> = files.collect();
        table.write_record([
            &line.number,
            &line.opened,
            &line.closed,
            &line.dispute,
            &line.stage,
            &line.papers.join(" "),
            &line.folder,
            &files.join(" "),
        ])?;
    }
    let table = table
        .into_inner()
        .map_err(csv::IntoInnerError::into_error)?;
    pack.add("index.csv", &table).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_named_by_digits_alone() {
        assert_eq!(plain("和调〔2026〕000128号"), "2026-000128");
        assert_eq!(plain("../../etc/2026"), "2026");
    }
}
