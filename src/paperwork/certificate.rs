//! The certificate of non-settlement: no offers, no blame, nothing that was said alone with the mediator.

use jiff::Timestamp;

use super::faces::{SEAL, parties};
use super::{Chancery, Draft, PaperworkError};
use crate::casework;
use crate::documents::papers::{self, Course, Ending as Told, OF_PAPERS, Remedy, Signatory};
use crate::documents::{self, Look, Signing};
use crate::domain::action::Action;
use crate::domain::actor::Actor;
use crate::domain::case::Case;
use crate::domain::hash::ContentHash;
use crate::domain::ids::CaseId;
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::number::serial;
use crate::domain::paper::PaperKind;
use crate::domain::rules::dispute::{Arbitration, Committee};
use crate::domain::signature::Shown;
use crate::domain::stage::EndCode;
use crate::domain::time::civil_date;

impl Chancery {
    /// The certificate as it would be issued now; the same for the same version of the case.
    pub async fn draft_certificate(&self, case: &Case) -> Result<Draft, PaperworkError> {
        let ending = case.stage.ending().ok_or(OutOfOrder::WrongState)?;
        let organisation = self.body(case.organisation).await?;
        let (id, verify_id) = self.draft_ids(case, PaperKind::NonSettlement);
        let accepted_at = casework::accepted_at(&self.desk, case).await?;
        let mut mediators = Vec::new();
        if let Some(mediator) = ending.mediator.filter(|_| ending.began) {
            mediators.push(Signatory {
                name: self.name_of(mediator).await?,
                field: String::new(),
            });
        }
        let content = papers::Certificate {
            number: self.say(
                case,
                "sign-certificate-number",
                &[
                    ("organisation", &organisation.prefix),
                    ("case", serial(&case.number)),
                ],
            ),
            organisation: organisation.name,
            cause: self.cause(case),
            parties: parties(case, ending.at),
            mediators,
            course: course(accepted_at, ending.began),
            ended: civil_date(ending.at),
            ending: told(ending.code),
            undisputed: ending.undisputed.clone(),
            remedies: self.remedies(case),
            made_at: ending.at,
            seal_field: SEAL.to_owned(),
            verify_url: self.verify_address(&verify_id),
        };
        let text = papers::in_words(&content, self.words(case), OF_PAPERS)?;
        Ok(Draft {
            id,
            kind: PaperKind::NonSettlement,
            verify_id,
            made_at: ending.at,
            bytes: documents::write_to_sign(&text)?,
            text,
        })
    }

    /// Seals and issues the certificate whose draft the seal holder has read.
    pub async fn issue_certificate(
        &self,
        actor: &Actor,
        id: CaseId,
        read: &ContentHash,
        shown: Shown,
    ) -> Result<Case, PaperworkError> {
        let case = casework::load(&self.desk, actor, id).await?;
        let draft = self.draft_certificate(&case).await?;
        if draft.hash() != *read {
            return Err(OutOfOrder::PaperChanged.into());
        }
        let organisation = self.body(case.organisation).await?;
        let sealed = documents::sign(
            &draft.bytes,
            &Signing {
                field: SEAL,
                signer: &self.seal_signer(&organisation),
                look: &Look::Seal(organisation.name.clone()),
                reason: &self.say(&case, "sign-reason-certificate", &[]),
                now: self.desk.clock.now(),
            },
            &self.authority,
            &self.desk.clock,
        )?;
        let paper = draft.record(self.files.put(sealed).await?);
        let shown = Some(shown);
        let action = Action::IssueCertificate { paper, shown };
        Ok(casework::perform_on(&self.desk, actor, &case, action).await?)
    }

    fn remedies(&self, case: &Case) -> Vec<Remedy> {
        let dispute = self.desk.rules.of(&case.district).dispute(&case.dispute);
        let arbitration = match dispute.map(|dispute| dispute.arbitration) {
            Some(Arbitration::Agreement) => Some(Remedy::Arbitration),
            Some(Arbitration::Labour) => Some(Remedy::LabourArbitration),
            Some(Arbitration::RuralLand) => Some(Remedy::LandArbitration),
            Some(Arbitration::None) | None => None,
        };
        let government = dispute.is_some_and(|dispute| dispute.by == Committee::Administrative);
        arbitration
            .into_iter()
            .chain([Remedy::Court])
            .chain(government.then_some(Remedy::Administration))
            .chain([Remedy::MediateAgain])
            .collect()
    }
}

fn course(accepted_at: Option<Timestamp>, began: bool) -> Course {
    match (accepted_at.map(civil_date), began) {
        (None, _) => Course::Requested,
        (Some(date), false) => Course::Accepted(date),
        (Some(date), true) => Course::Mediated(date),
    }
}

/// The certificate does not say who declined or would not sign.
const fn told(code: EndCode) -> Told {
    match code {
        EndCode::Withdrawn => Told::Withdrawn,
        EndCode::Declined | EndCode::Refused => Told::Declined,
        EndCode::Unreachable => Told::Unreachable,
        EndCode::TooFarApart => Told::FarApart,
        EndCode::TermExpired => Told::TermOver,
        EndCode::SigningRefused => Told::NotSigned,
        EndCode::Unfit => Told::Impossible,
    }
}
