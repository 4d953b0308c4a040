//! The report on how a paper was signed: gathered from the file itself, the case and its chain, sealed by the platform, and kept
//! once it is made, so that everybody reads the same.

use super::faces::{SEAL, parties};
use super::{Chancery, PaperworkError};
use crate::casework::{self, Head, Signed, Signings};
use crate::documents::keys::Signer;
use crate::documents::papers::{
    self, Evidence, Identity, Link, Role, Shown, SignerCertificate, SignerConsent, SignerFacts,
    Subject,
};
use crate::documents::record::{Record, State};
use crate::documents::verify::{self, Report, Signature};
use crate::documents::{self, Look, Signing};
use crate::domain::agreement::Agreement;
use crate::domain::case::Case;
use crate::domain::hash::ContentHash;
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::number::serial;
use crate::domain::paper::Paper;
use crate::domain::party::{IdentityCheck, Party};
use crate::domain::signature::Shown as Given;
use crate::domain::time::civil_date;
use crate::storage::{StorageError, evidence_reports, write_tx};

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
        let text = papers::evidence(&content, self.words(case))?;
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
        let text = documents::write(&text)?;
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
        let agreed = agreement_on(case, paper);
        let mut signers = Vec::new();
        for signature in &report.signatures {
            let revisions = record.history.revisions.as_slice();
            let act = act_of(signature, revisions, &signings.acts);
            signers.push(
                self.signer_facts((case, agreed), (signature, revisions), act)
                    .await?,
            );
        }
        Ok(Evidence {
            number: self.say(
                case,
                "documents-evidence-number",
                &[("serial", serial(&case.number))],
            ),
            operator: self.say(case, "documents-evidence-operator", &[]),
            subject: Subject {
                title: self.paper_title(case, paper.kind),
                document: paper.id.to_string(),
                made_at: paper.made_at,
                revisions: record.history.revisions,
                archived_at: report.archived_at,
            },
            signers,
            head: signings.head.as_ref().map(link),
            date: civil_date(made_at),
            made_at,
            seal_field: SEAL.to_owned(),
            verify_url: self.verify_address(&paper.verify_id),
        })
    }

    async fn signer_facts(
        &self,
        (case, agreed): (&Case, Option<&Agreement>),
        (signature, revisions): (&Signature, &[ContentHash]),
        act: Option<&Signed>,
    ) -> Result<SignerFacts, PaperworkError> {
        let seat = seat(case, &signature.field);
        let identity = match seat.and_then(|seat| seat.identity.as_ref()) {
            Some(check) => Some(self.identity(check).await?),
            None => None,
        };
        let certificate = signature.certificate.clone();
        let pseudonym = signature.pseudonym.clone().unwrap_or_default();
        Ok(SignerFacts {
            role: self.role_of(case, &signature.field),
            name: signature.signer.clone(),
            organisation: signature.organisation.clone(),
            identity,
            shown: act.and_then(|act| act.shown.as_ref()).map(shown),
            consent: seat.and_then(|seat| self.consent_of(case, agreed, seat)),
            signed_at: signature.signed_at,
            stamped_at: signature.stamped_at,
            revision: revisions.get(signature.revision).cloned(),
            certificate: certificate.map(|it| SignerCertificate {
                serial: signature.serial.clone().unwrap_or_default(),
                pseudonym,
                issuer: it.issuer,
                from: it.from,
                until: it.until,
            }),
            event: act.map(|act| link(&act.event)),
        })
    }

    /// What a party agreed to before it signed the agreement (电子签名法 3).
    fn consent_of(
        &self,
        case: &Case,
        agreed: Option<&Agreement>,
        seat: &Party,
    ) -> Option<SignerConsent> {
        let consent = agreed?.consent_of(seat.id)?;
        Some(SignerConsent {
            at: consent.at,
            text: self.say(case, "sign-consent", &[])
                + &self.say(
                    case,
                    "sign-consent-version",
                    &[("version", &consent.version)],
                ),
            hash: Some(consent.text.clone()),
        })
    }

    async fn identity(&self, check: &IdentityCheck) -> Result<Identity, PaperworkError> {
        Ok(Identity {
            method: check.method,
            at: check.at,
            by: self.name_of(check.by).await?,
        })
    }

    fn role_of(&self, case: &Case, field: &str) -> String {
        let party = parties(case).into_iter().find(|party| party.field == field);
        let key = match (party.map(|party| party.role), field.split('-').next()) {
            (Some(Role::Applicant), _) => "documents-role-applicant",
            (Some(Role::Respondent), _) => "documents-role-respondent",
            (None, Some("mediator")) => "documents-role-mediator",
            (None, Some("judge")) => "documents-role-judge",
            (None, Some("clerk")) => "documents-role-clerk",
            (None, Some("seal")) => "documents-evidence-role-seal",
            _ => "documents-evidence-role-other",
        };
        self.say(case, key, &[])
    }
}

/// The act that made this signature: the first that left a file with it.
fn act_of<'a>(
    signature: &Signature,
    revisions: &[ContentHash],
    acts: &'a [Signed],
) -> Option<&'a Signed> {
    let since = revisions.get(signature.revision..)?;
    acts.iter().find(|act| since.contains(&act.made))
}

fn seat<'a>(case: &'a Case, field: &str) -> Option<&'a Party> {
    let number: usize = field.strip_prefix("party-")?.parse().ok()?;
    case.parties.get(number.checked_sub(1)?)
}

fn shown(shown: &Given) -> Shown {
    Shown {
        means: shown.identified,
        code_at: shown.code_at,
        device: shown.device,
    }
}

/// The agreement that this paper holds.
fn agreement_on<'a>(case: &'a Case, paper: &Paper) -> Option<&'a Agreement> {
    let settlement = case.stage.settlement();
    let agreed = settlement.map(|settlement| &settlement.agreement);
    agreed.filter(|agreed| agreed.paper == paper.id)
}

fn link(head: &Head) -> Link {
    Link {
        number: head.seq,
        hash: head.hash.clone(),
    }
}
