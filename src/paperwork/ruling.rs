//! The court's ruling on a joint application, signed by the judge and sealed in the court's name.

use super::faces::{JUDGE, SEAL, parties};
use super::{Chancery, Draft, PaperworkError};
use crate::casework::{self, CaseworkError};
use crate::documents::papers::{self, Ground, Outcome, Signatory};
use crate::documents::{self, Look, Signing};
use crate::domain::action::Action;
use crate::domain::actor::Actor;
use crate::domain::case::Case;
use crate::domain::confirmation::{Application, Phase};
use crate::domain::ids::{CaseId, PersonId};
use crate::domain::lifecycle::{OutOfOrder, advance};
use crate::domain::paper::PaperKind;
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

/// A ruling written and not yet issued.
#[derive(Clone, Debug)]
pub struct RulingDraft {
    pub number: String,
    pub decision: Decision,
    pub draft: Draft,
    /// Of the case that it was written for; a ruling on anything newer must be written again.
    version: i64,
}

impl Chancery {
    /// Writes the ruling under the court's next number. A number of a ruling that is then not issued leaves a gap.
    ///
    /// # Errors
    /// The case's refusals, before a number is spent.
    pub async fn draft_ruling(
        &self,
        actor: &Actor,
        case: &Case,
        decision: Decision,
    ) -> Result<RulingDraft, PaperworkError> {
        let (id, verify_id) = self.draft_ids(case, PaperKind::Ruling);
        let made_at = self.desk.clock.now();
        let mut draft = Draft {
            id,
            kind: PaperKind::Ruling,
            verify_id,
            made_at,
            text: empty(made_at),
            bytes: Vec::new(),
        };
        let trial = action("…", draft.record(draft.hash()), &decision);
        let permitted = permit(actor, case, trial).map_err(CaseworkError::from)?;
        advance(&self.desk.rules, case.clone(), &permitted, made_at)?;
        let number = self.ruling_number(application(case)?).await?;
        draft.text = self
            .ruling_text(actor, case, &decision, &number, &draft)
            .await?;
        draft.bytes = documents::write(&draft.text)?;
        Ok(RulingDraft {
            number,
            decision,
            draft,
            version: case.version,
        })
    }

    /// （2026）和0101诉前调确12号
    async fn ruling_number(&self, application: &Application) -> Result<String, PaperworkError> {
        let court = self.body(application.court).await?;
        let series = format!("ruling {}", application.court);
        let (year, number) = casework::next_number(&self.desk, &series).await?;
        Ok(self.say(
            "court-ruling-number",
            &[
                ("court", &court.prefix),
                ("year", &year.to_string()),
                ("number", &number.to_string()),
            ],
        ))
    }

    async fn ruling_text(
        &self,
        actor: &Actor,
        case: &Case,
        decision: &Decision,
        number: &str,
        draft: &Draft,
    ) -> Result<documents::Paper, PaperworkError> {
        let settlement = case.stage.settlement().ok_or(OutOfOrder::WrongState)?;
        let (application, accepted) = match &case.stage {
            Stage::Confirm {
                application,
                phase: Phase::Reviewing { accepted_at, .. },
                ..
            } => (application, *accepted_at),
            _ => return Err(OutOfOrder::WrongState.into()),
        };
        let clerk = match application.findings.first() {
            Some(finding) => self.name_of(finding.by).await?,
            None => String::new(),
        };
        let content = papers::Ruling {
            court: self.body(application.court).await?.name,
            number: number.to_owned(),
            applicants: parties(case),
            organisation: self.body(case.organisation).await?.name,
            agreement_number: settlement.agreement.number.clone(),
            effective: civil_date(settlement.effective_at),
            accepted: civil_date(accepted),
            cause: self.cause(case),
            terms: settlement
                .agreement
                .clauses
                .iter()
                .map(|clause| self.sentence(case, clause))
                .collect(),
            outcome: outcome(decision),
            judge: self.signatory(judge(actor)?, JUDGE).await?,
            clerk: Signatory {
                name: clerk,
                field: String::new(),
            },
            date: civil_date(draft.made_at),
            made_at: draft.made_at,
            seal_field: SEAL.to_owned(),
            verify_url: self.verify_address(&draft.verify_id),
        };
        Ok(papers::ruling(&content, &self.texts))
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

    /// Signs and issues a ruling; it lies open to every party from then on.
    pub async fn issue_ruling(
        &self,
        actor: &Actor,
        id: CaseId,
        ruling: RulingDraft,
    ) -> Result<Case, PaperworkError> {
        let case = casework::load(&self.desk, actor, id).await?;
        if case.version != ruling.version {
            return Err(OutOfOrder::Stale.into());
        }
        let court = self.body(application(&case)?.court).await?;
        let person = judge(actor)?;
        let signer = self.staff_signer(person, &court, ruling.draft.id).await?;
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
        let by_judge = sign(&ruling.draft.bytes, JUDGE, &signer, &name)?;
        let seal = Look::Seal(court.name.clone());
        let sealed = sign(&by_judge, SEAL, &self.seal_signer(&court), &seal)?;
        let paper = ruling.draft.record(self.files.put(sealed).await?);
        let action = action(&ruling.number, paper, &ruling.decision);
        Ok(casework::perform(&self.desk, actor, id, action).await?)
    }
}

fn judge(actor: &Actor) -> Result<PersonId, PaperworkError> {
    Ok(actor.person().ok_or(CaseworkError::Forbidden)?)
}

fn application(case: &Case) -> Result<&Application, PaperworkError> {
    match &case.stage {
        Stage::Confirm { application, .. } => Ok(application),
        _ => Err(OutOfOrder::WrongState.into()),
    }
}

fn action(number: &str, paper: crate::domain::paper::Paper, decision: &Decision) -> Action {
    let number = number.to_owned();
    match decision {
        Decision::Confirm => Action::ConfirmAgreement { number, paper },
        Decision::Dismiss { grounds, reasons } => Action::DismissApplication {
            number,
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

/// A paper that says nothing yet.
fn empty(made_at: jiff::Timestamp) -> documents::Paper {
    documents::Paper {
        title: String::new(),
        issuer: String::new(),
        number: String::new(),
        blocks: Vec::new(),
        check: None,
        attachment: None,
        made_at,
    }
}
