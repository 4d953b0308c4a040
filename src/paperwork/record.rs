//! What the platform says of a paper, read off its newest file and its case.

use super::faces::{MEDIATOR, SEAL, member_field};
use super::{Chancery, PaperworkError};
use crate::documents::record::{Expected, History, Issued, OnPaper, Record, State};
use crate::documents::verify::decision;
use crate::domain::agreement::Agreement;
use crate::domain::case::Case;
use crate::domain::confirmation::Phase;
use crate::domain::hash::ContentHash;
use crate::domain::paper::{Paper, PaperKind, WhyVoid};
use crate::domain::stage::Stage;

impl Chancery {
    /// The record of the paper of `case` behind this square code; a paper that the case no longer has is void.
    ///
    /// # Errors
    /// `File` where the store has lost or changed it.
    pub async fn record(&self, case: &Case, verify_id: &str) -> Result<Record, PaperworkError> {
        let (id, now) = (verify_id.to_owned(), self.desk.clock.now());
        let mut papers = case.papers.iter();
        let Some(paper) = papers.find(|paper| paper.verify_id == verify_id) else {
            return self.record_of_void(case, id).await;
        };
        let file = self.file(paper).await?;
        let history = History::of(&file)?;
        let state = state(case, paper, &history);
        let decided = (paper.kind == PaperKind::Ruling).then(|| decision(&file));
        let decided = decided.flatten();
        Ok(Record {
            kind: paper.kind.name().to_owned(),
            history,
            evidence: self.report_on(&paper.hash).await?,
            refers_to: decided.as_ref().and_then(|it| it.agreement.parse().ok()),
            outcome: decided.map(|it| it.outcome),
            by_hand: agreement_on(case, paper).and_then(|it| on_paper(case, it)),
            ..Record::new(paper.id.to_string(), id, state, now)
        })
    }

    /// Of a paper that counts no more; of those given up before that was written down nothing else is known.
    async fn record_of_void(&self, case: &Case, id: String) -> Result<Record, PaperworkError> {
        let now = self.desk.clock.now();
        let mut voided = case.voided.iter();
        let Some(gone) = voided.find(|it| it.paper.verify_id == id) else {
            return Ok(Record::new(String::new(), id, State::Void, now));
        };
        let state = match gone.why {
            WhyVoid::Lapsed => State::Lapsed,
            WhyVoid::Changed | WhyVoid::Declined | WhyVoid::Withdrawn => State::Void,
        };
        let paper = &gone.paper;
        Ok(Record {
            kind: paper.kind.name().to_owned(),
            history: History::of(&self.file(paper).await?)?,
            ..Record::new(paper.id.to_string(), id, state, now)
        })
    }

    /// The same, signed by the platform.
    ///
    /// # Errors
    /// Those of signing.
    pub fn issue_record(&self, record: &Record) -> Result<Issued, PaperworkError> {
        Ok(record.issue(&self.authority, &self.desk.clock)?)
    }

    /// How a court has ruled on the file with this hash, by the data of the ruling itself: `valid`, `dismissed` or
    /// `not-accepted`.
    ///
    /// # Errors
    /// `File` where the store has lost or changed a ruling.
    pub async fn ruled_on(
        &self,
        case: &Case,
        file: &ContentHash,
    ) -> Result<Option<String>, PaperworkError> {
        let rulings = case.papers.iter().rev();
        for ruling in rulings.filter(|paper| paper.kind == PaperKind::Ruling) {
            let decided = decision(&self.file(ruling).await?);
            if let Some(decided) = decided.filter(|it| it.agreement == file.as_str()) {
                return Ok(Some(decided.outcome));
            }
        }
        Ok(None)
    }
}

/// The agreement that this paper holds, while it is signed or once it is in effect.
pub fn agreement_on<'a>(case: &'a Case, paper: &Paper) -> Option<&'a Agreement> {
    let settlement = case.stage.settlement();
    let settled = settlement.map(|settlement| &settlement.agreement);
    let agreed = case.stage.signing().or(settled);
    agreed.filter(|agreed| agreed.paper == paper.id)
}

/// Whose names and seal stand on the sheets, once two have seen them there and it counts: places, and nobody's name.
fn on_paper(case: &Case, agreed: &Agreement) -> Option<OnPaper> {
    let by_hand = agreed.by_hand.as_ref();
    let by_hand = by_hand.filter(|_| case.stage.signing().is_none())?;
    let officer = agreed.signatures.first()?;
    let parties = (1..=case.parties.len()).map(|number| format!("party-{number}"));
    let members = (1..=agreed.members.len()).map(member_field);
    let fields = parties.chain([MEDIATOR.to_owned()]).chain(members);
    Some(OnPaper {
        printed: officer.from_hash.clone(),
        scan: by_hand.scan.clone(),
        hands: fields
            .chain([SEAL.to_owned()])
            .map(|field| Expected::at(field, true))
            .collect(),
    })
}

fn state(case: &Case, paper: &Paper, history: &History) -> State {
    let all = history.signers.iter().all(|it| it.signed);
    // The mediator signs a record of a session last, and says in it who would not sign.
    let closed = || {
        let mut signers = history.signers.iter();
        paper.kind == PaperKind::SessionRecord && signers.any(|it| it.role == MEDIATOR && it.signed)
    };
    if all || closed() {
        State::Complete
    } else if is_open(case, paper) {
        State::Signing
    } else {
        State::Lapsed
    }
}

/// Whether it can still be signed.
pub fn is_open(case: &Case, paper: &Paper) -> bool {
    match paper.kind {
        PaperKind::Agreement => {
            let agreement = case.stage.signing();
            agreement.is_some_and(|agreement| agreement.paper == paper.id)
        }
        PaperKind::Application => matches!(
            &case.stage,
            Stage::Confirm { application, phase: Phase::Prepared, .. } if application.paper == paper.id
        ),
        PaperKind::SessionRecord => {
            let mut records = case.records.iter();
            records.any(|record| {
                let laid = record.laid.as_ref();
                record.closed.is_none() && laid.is_some_and(|laid| laid.paper == paper.id)
            })
        }
        _ => false,
    }
}
