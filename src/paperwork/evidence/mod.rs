//! The report on how a paper was signed: gathered from the file itself, the case and its chain, sealed by the platform, and kept
//! once it is made, so that everybody reads the same.

mod signers;

use super::faces::SEAL;
use super::{Chancery, PaperworkError, agreement_on};
use crate::casework::{self, Head, Signings};
use crate::documents::keys::Signer;
use crate::documents::papers::{self, ByHand, Evidence, Link, OF_PAPERS, Subject};
use crate::documents::record::{Record, State};
use crate::documents::verify::{self, Report};
use crate::documents::{self, Look, Signing};
use crate::domain::agreement::Agreement;
use crate::domain::case::Case;
use crate::domain::hash::ContentHash;
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::number::serial;
use crate::domain::paper::Paper;
use crate::domain::time::civil_date;
use crate::storage::{StorageError, erasure, evidence_reports, write_tx};
use signers::About;

impl Chancery {
    /// The report on a paper that nobody has to sign any more, for whoever may have it, which the caller has asked.
    ///
    /// # Errors
    /// `WrongState` while somebody has yet to sign.
    pub async fn evidence_report(
        &self,
        case: &Case,
        paper: &Paper,
    ) -> Result<bytes::Bytes, PaperworkError> {
        if let Some(report) = self.report_on(&paper.hash).await? {
            return Ok(self.files.get(&report).await?);
        }
        let record = self.record(case, &paper.verify_id).await?;
        if record.state != State::Complete || record.history.signed() == 0 {
            return Err(OutOfOrder::WrongState.into());
        }
        let file = self.make_report(case, paper, record).await?;
        let made = self.files.put(file).await?;
        let now = self.desk.clock.now();
        let kept: Result<(), StorageError> = write_tx!(self.desk.store, |tx| {
            evidence_reports::keep(tx, case.id, (&paper.hash, &made), now).await
        });
        kept?;
        // Whoever asked at the same moment may have been faster.
        let first = self.report_on(&paper.hash).await?.unwrap_or(made);
        Ok(self.files.get(&first).await?)
    }

    /// The hash of the report on this file.
    pub(super) async fn report_on(
        &self,
        file: &ContentHash,
    ) -> Result<Option<ContentHash>, PaperworkError> {
        Ok(evidence_reports::on(&mut self.desk.store.read().await?, file).await?)
    }

    async fn make_report(
        &self,
        case: &Case,
        paper: &Paper,
        record: Record,
    ) -> Result<Vec<u8>, PaperworkError> {
        let file = self.file(paper).await?;
        let report = verify::run(
            &file,
            &self.authority.roots().map_err(documents::SignError::from)?,
        );
        let signings = casework::signings(&self.desk, case.id).await?;
        let content = self.told(case, paper, (record, report, signings)).await?;
        let text = papers::in_words(&content, self.words(case), OF_PAPERS)?;
        let signer = Signer {
            name: content.operator.clone(),
            organisation: Some(content.operator.clone()),
            pseudonym: self.secret_name(&["platform"]),
        };
        let signing = Signing {
            field: SEAL,
            signer: &signer,
            look: &Look::Seal(content.operator.clone()),
            reason: &self.say(case, "documents-evidence-reason", &[]),
            now: content.made_at,
        };
        let text = documents::write_to_sign(&text)?;
        Ok(documents::sign(
            &text,
            &signing,
            &self.authority,
            &self.desk.clock,
        )?)
    }

    async fn told(
        &self,
        case: &Case,
        paper: &Paper,
        (record, report, signings): (Record, Report, Signings),
    ) -> Result<Evidence, PaperworkError> {
        let made_at = self.desk.clock.now();
        let about = About {
            case,
            paper,
            agreed: agreement_on(case, paper),
            acts: &signings.acts,
            erased: erasure::last_of(&mut self.desk.store.read().await?, case.id).await?,
            revisions: &record.history.revisions,
        };
        let by_hand = about.agreed.and_then(by_hand);
        let mut signers = match about.agreed.filter(|_| by_hand.is_some()) {
            Some(agreed) => self.hands_in_ink(&about, agreed).await?,
            None => Vec::new(),
        };
        for signature in &report.signatures {
            signers.push(self.signer_facts(&about, signature).await?);
        }
        let number = [("serial", serial(&case.number))];
        Ok(Evidence {
            number: self.say(case, "documents-evidence-number", &number),
            operator: self.say(case, "documents-evidence-operator", &[]),
            subject: Subject {
                title: self.paper_title(case, paper.kind),
                document: paper.id.to_string(),
                made_at: paper.made_at,
                revisions: record.history.revisions,
                archived_at: report.archived_at,
            },
            by_hand,
            signers,
            head: signings.head.as_ref().map(link),
            date: civil_date(made_at),
            made_at,
            seal_field: SEAL.to_owned(),
            verify_url: self.verify_address(&paper.verify_id),
        })
    }
}

/// What was signed on sheets of paper; the officer's signature leads from the print to the certified scan.
fn by_hand(agreed: &Agreement) -> Option<ByHand> {
    let by_hand = agreed.by_hand.as_ref()?;
    let officer = agreed.signatures.first();
    Some(ByHand {
        printed: officer.map(|it| it.from_hash.clone()),
        last_signed: by_hand.last_signed,
        scan: by_hand.scan.clone(),
    })
}

fn link(head: &Head) -> Link {
    Link {
        number: head.seq,
        hash: head.hash.clone(),
    }
}
