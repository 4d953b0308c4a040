//! The court's ruling on a joint application, signed by the judge and sealed in the court's name.

use jiff::Timestamp;

use super::faces::{JUDGE, SEAL, applicants};
use super::filing::application;
use super::{Chancery, Draft, PaperworkError};
use crate::casework::{self, CaseworkError};
use crate::documents::papers::{self, Ground, Outcome};
use crate::documents::{self, Look, Signing};
use crate::domain::action::Action;
use crate::domain::actor::Actor;
use crate::domain::case::Case;
use crate::domain::confirmation::Phase;
use crate::domain::hash::ContentHash;
use crate::domain::ids::{CaseId, PersonId};
use crate::domain::lifecycle::{OutOfOrder, advance};
use crate::domain::paper::{Paper, PaperKind};
use crate::domain::permission::permit;
use crate::domain::stage::Stage;
use crate::domain::time::civil_date;

/// What the judge decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    Confirm,
    /// `grounds` are keys of the conditions of 解释 355 and 358.
    Dismiss {
        grounds: Vec<String>,
        reasons: String,
    },
}

impl Chancery {
    /// The ruling as the judge would issue it now; the same for the same version of the case, the same decision and
    /// the same day.
    ///
    /// # Errors
    /// The case's refusals.
    pub async fn draft_ruling(
        &self,
        actor: &Actor,
        case: &Case,
        decision: &Decision,
    ) -> Result<Draft, PaperworkError> {
        let (id, verify_id) = self.draft_ids(case, PaperKind::Ruling);
        let now = self.desk.clock.now();
        let made_at = super::beginning_of(civil_date(now));
        let text = self
            .ruling_text(actor, case, decision, (&verify_id, made_at))
            .await?;
        let draft = Draft {
            id,
            kind: PaperKind::Ruling,
            verify_id,
            made_at,
            bytes: documents::write(&text)?,
            text,
        };
        let trial = action(draft.record(draft.hash()), decision);
        let permitted = permit(actor, case, trial).map_err(CaseworkError::from)?;
        advance(&self.desk.rules, case.clone(), &permitted, now)?;
        Ok(draft)
    }

    async fn ruling_text(
        &self,
        actor: &Actor,
        case: &Case,
        decision: &Decision,
        (verify_id, made_at): (&str, Timestamp),
    ) -> Result<documents::Paper, PaperworkError> {
        let Stage::Confirm {
            settlement,
            application,
            phase: Phase::Reviewing { filing, .. },
            ..
        } = &case.stage
        else {
            return Err(OutOfOrder::WrongState.into());
        };
        let agreement = &settlement.agreement;
        let content = papers::Ruling {
            court: self.body(application.court).await?.name,
            number: filing.number.clone(),
            applicants: applicants(case),
            organisation: self.body(case.organisation).await?.name,
            agreement_number: agreement.number.clone(),
            effective: civil_date(settlement.effective_at),
            accepted: civil_date(filing.at),
            cause: self.cause(case),
            terms: agreement
                .clauses
                .iter()
                .map(|clause| self.sentence(case, clause))
                .collect(),
            outcome: outcome(decision),
            judge: self.signatory(judge(actor)?, JUDGE).await?,
            clerk: self.signatory(filing.by, "").await?,
            date: civil_date(made_at),
            made_at,
            seal_field: SEAL.to_owned(),
            verify_url: self.verify_address(verify_id),
        };
        Ok(papers::ruling(&content, self.texts.of(&case.district.0)))
    }

    /// A clause in one sentence, as rulings quote it.
    fn sentence(&self, case: &Case, clause: &crate::domain::agreement::Clause) -> String {
        let obligation = self.obligation(case, clause);
        let sum = obligation.sum.map_or_else(String::new, |sum| {
            self.say(
                "court-term-sum",
                &[("figures", &sum.figures), ("capital", &sum.capital)],
            )
        });
        self.say(
            "court-term",
            &[
                ("who", &obligation.who),
                ("by", &obligation.by),
                ("does", &obligation.does),
                ("sum", &sum),
            ],
        )
    }

    /// Signs and issues the ruling whose draft the judge has read; it lies open to every party from then on.
    pub async fn issue_ruling(
        &self,
        actor: &Actor,
        id: CaseId,
        decision: &Decision,
        read: &ContentHash,
    ) -> Result<Case, PaperworkError> {
        let case = casework::load(&self.desk, actor, id).await?;
        let draft = self.draft_ruling(actor, &case, decision).await?;
        if draft.hash() != *read {
            return Err(OutOfOrder::PaperChanged.into());
        }
        let court = self.body(application(&case)?.court).await?;
        let person = judge(actor)?;
        let signer = self.staff_signer(person, &court, draft.id).await?;
        let reason = self.say("sign-reason-ruling", &[]);
        let name = Look::Typed(signer.name.clone());
        let now = self.desk.clock.now();
        let sign = |bytes: &[u8], field, signer, look| {
            let signing = Signing {
                field,
                signer,
                look,
                reason: &reason,
                now,
            };
            documents::sign(bytes, &signing, &self.authority, &self.desk.clock)
        };
        let by_judge = sign(&draft.bytes, JUDGE, &signer, &name)?;
        let seal = Look::Seal(court.name.clone());
        let sealed = sign(&by_judge, SEAL, &self.seal_signer(&court), &seal)?;
        let action = action(draft.record(self.files.put(sealed).await?), decision);
        Ok(casework::perform_on(&self.desk, actor, &case, action).await?)
    }
}

fn judge(actor: &Actor) -> Result<PersonId, PaperworkError> {
    Ok(actor.person().ok_or(CaseworkError::Forbidden)?)
}

fn action(paper: Paper, decision: &Decision) -> Action {
    match decision {
        Decision::Confirm => Action::ConfirmAgreement { paper },
        Decision::Dismiss { grounds, reasons } => Action::DismissApplication {
            paper,
            grounds: grounds.clone(),
            reasons: reasons.clone(),
        },
    }
}

fn outcome(decision: &Decision) -> Outcome {
    match decision {
        Decision::Confirm => Outcome::Valid,
        Decision::Dismiss { grounds, reasons } => Outcome::Dismissed {
            ground: grounds.first().map_or(Ground::Other, |key| ground(key)),
            reasons: reasons.clone(),
        },
    }
}

/// The words of 解释 358 for a condition; those of 355 that show only after acceptance dismiss as well.
fn ground(key: &str) -> Ground {
    match key {
        "mandatory-law" => Ground::AgainstLaw,
        "harms-others" => Ground::HarmsOthers,
        "public-morals" => Ground::AgainstMorals,
        "involuntary" => Ground::NotVoluntary,
        "unclear" => Ground::Unclear,
        "other" => Ground::Other,
        _ => Ground::NotForConfirmation,
    }
}
