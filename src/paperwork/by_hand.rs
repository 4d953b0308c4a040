//! An agreement on paper: printed with a code on every page, signed by hand, scanned, and the scan certified.

use bytes::Bytes;

use super::faces::{MEDIATOR, SEAL};
use super::{Chancery, PaperworkError, Tries, text_hash};
use crate::casework::{self, CaseworkError};
use crate::documents::papers::{self, Enclosures, ScanFile};
use crate::documents::{self, Look, Signing};
use crate::domain::action::Action;
use crate::domain::actor::Actor;
use crate::domain::agreement::{Agreement, ByHand};
use crate::domain::case::Case;
use crate::domain::hash::ContentHash;
use crate::domain::ids::CaseId;
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::paper::Paper;
use crate::domain::signature::Shown;
use crate::domain::time::civil_date;

/// What an officer brings to a scan.
pub struct Scanned {
    pub files: Vec<ScannedFile>,
    /// The last signature by hand.
    pub last_signed: jiff::Timestamp,
    pub look: Look,
    pub shown: Shown,
}

/// One file of it, with its media type and ending.
pub struct ScannedFile {
    pub mime: &'static str,
    pub ending: &'static str,
    pub bytes: Bytes,
}

impl Chancery {
    /// Takes an agreement that lies open for electronic signatures to paper, for everybody.
    ///
    /// # Errors
    /// The case's refusals.
    pub async fn sign_on_paper(&self, actor: &Actor, case: &Case) -> Result<Case, PaperworkError> {
        let agreement = case.stage.signing().ok_or(OutOfOrder::WrongState)?;
        let paper = case.paper(agreement.paper).ok_or(OutOfOrder::Unknown)?;
        let text = if let Some(content) = self.laid_open(agreement, paper).await {
            let by_hand = true;
            papers::Agreement { by_hand, ..content }.laid_out(self.words(case))?
        } else {
            let by_hand = Some(ByHand::default());
            let printed = Agreement {
                by_hand,
                ..agreement.clone()
            };
            self.text_of_agreement(case, &printed, paper).await?
        };
        let action = Action::SignOnPaper {
            from_hash: paper.hash.clone(),
            to_hash: self.files.put(documents::write_to_sign(&text)?).await?,
        };
        Ok(casework::perform_on(&self.desk, actor, case, action).await?)
    }

    /// The officer's signature over a scan that they held against the original; `read` is the hash of what was printed. What
    /// came in between, such as a party's word, is no obstacle: it is made again for the newer state of the case.
    ///
    /// # Errors
    /// The case's refusals, and `PaperChanged` where another text was printed.
    pub async fn certify_scan(
        &self,
        actor: &Actor,
        id: CaseId,
        read: &ContentHash,
        scanned: Scanned,
    ) -> Result<Case, PaperworkError> {
        let mut tries = Tries::begin();
        loop {
            let case = casework::load(&self.desk, actor, id).await?;
            let action = self.certified(actor, &case, read, &scanned).await?;
            let done = casework::perform_on(&self.desk, actor, &case, action).await;
            if let Some(done) = tries.done(done) {
                return Ok(done?);
            }
        }
    }

    async fn certified(
        &self,
        actor: &Actor,
        case: &Case,
        read: &ContentHash,
        scanned: &Scanned,
    ) -> Result<Action, PaperworkError> {
        let agreement = case.stage.signing().ok_or(OutOfOrder::WrongState)?;
        let paper = case.paper(agreement.paper).ok_or(OutOfOrder::Unknown)?;
        if agreement.by_hand.is_none() || text_hash(agreement, paper) != read {
            return Err(OutOfOrder::PaperChanged.into());
        }
        let person = actor.person().ok_or(CaseworkError::Forbidden)?;
        let organisation = self.body(case.organisation).await?;
        let mut files = Vec::new();
        for file in &scanned.files {
            files.push(self.files.put(file.bytes.clone()).await?);
        }
        let text = self.text_of_scan(case, (agreement, paper), scanned).await?;
        let signed = documents::sign(
            &documents::write_to_sign(&text)?,
            &Signing {
                field: MEDIATOR,
                signer: &self.staff_signer(person, &organisation, paper.id).await?,
                look: &scanned.look,
                reason: &self.say(case, "sign-reason-scan", &[]),
                now: self.desk.clock.now(),
            },
            &self.authority,
            &self.desk.clock,
        )?;
        Ok(Action::CertifyScan {
            from_hash: paper.hash.clone(),
            to_hash: self.files.put(signed).await?,
            files,
            last_signed: scanned.last_signed,
            shown: Some(scanned.shown),
        })
    }

    /// How many sheets come out of the printer, as long as no scan has taken the place of what is printed.
    ///
    /// # Errors
    /// `File` where the store has lost the file.
    pub async fn sheets(&self, paper: &Paper) -> Result<usize, PaperworkError> {
        let printed = self.files.get(&paper.hash).await?;
        Ok(documents::verify::run(&printed, &documents::keys::Roots::default()).pages)
    }

    async fn text_of_scan(
        &self,
        case: &Case,
        (agreement, paper): (&Agreement, &Paper),
        scanned: &Scanned,
    ) -> Result<documents::Paper, PaperworkError> {
        let mediator = case.stage.mediator().ok_or(OutOfOrder::WrongState)?;
        let organisation = self.body(case.organisation).await?.name;
        let now = self.desk.clock.now();
        let content = papers::Scan {
            number: agreement.number.clone(),
            organisation: organisation.clone(),
            cause: self.cause(case),
            signed_by: self.hands(case, agreement, organisation).await?,
            printed: paper.hash.to_string(),
            files: (1..).zip(&scanned.files).map(scan_file).collect(),
            signed_at: scanned.last_signed,
            officer: self.signatory(mediator, MEDIATOR).await?,
            seal_field: SEAL.to_owned(),
            date: civil_date(now),
            made_at: now,
            verify_url: self.verify_address(&paper.verify_id),
        };
        let scan = scanned.files.iter();
        let scan = scan.map(|file| (file.mime, file.bytes.to_vec()));
        let enclosed = Enclosures {
            printed: self.files.get(&paper.hash).await?.to_vec(),
            scan: scan.collect(),
        };
        let [print, scan] =
            ["documents-scan-print", "documents-scan-scan"].map(|key| self.say(case, key, &[]));
        let words = self.words(case);
        Ok(papers::scan(&content, enclosed, [&print, &scan], words)?)
    }

    /// Everybody whose name or seal stands on the sheets.
    async fn hands(
        &self,
        case: &Case,
        agreement: &Agreement,
        organisation: String,
    ) -> Result<Vec<String>, PaperworkError> {
        let printed = case.paper(agreement.paper).map(|paper| paper.made_at);
        let at = printed.unwrap_or_else(|| self.desk.clock.now());
        let signs = |seat: &crate::domain::party::Party| {
            let agent = seat.agent_at(at).filter(|agent| agent.right.signs());
            let agent = agent.map(|agent| agent.name.to_string());
            agent.unwrap_or_else(|| seat.name.to_string())
        };
        let mut names: Vec<String> = case.parties.iter().map(signs).collect();
        let mediator = case.stage.mediator();
        let beside = agreement.members.iter().map(|it| it.person);
        for person in mediator.into_iter().chain(beside) {
            names.push(self.name_of(person).await?);
        }
        names.push(organisation);
        Ok(names)
    }
}

fn scan_file((number, file): (usize, &ScannedFile)) -> ScanFile {
    ScanFile {
        name: format!("scan-{number}.{}", file.ending),
        sha256: ContentHash::of(&file.bytes).to_string(),
        size: file.bytes.len() as u64,
    }
}
