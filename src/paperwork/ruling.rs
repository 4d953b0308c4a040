//! The court's ruling on a joint application, signed by the judge and sealed in the court's name.

use jiff::Timestamp;

use super::faces::{Body, JUDGE, SEAL, applicants};
use super::filing::{application, series};
use super::{Chancery, Draft, PaperworkError};
use crate::casework::{self, CaseworkError, Foreseen};
use crate::documents::papers::{self, Ground, OF_PAPERS, Outcome, Signatory};
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
use crate::domain::signature::Shown;
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
    /// 不予受理, on grounds of 解释 355 alone, under the court's next number.
    Refuse {
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
            bytes: documents::write_to_sign(&text)?,
            text,
        };
        let trial = action(
            draft.record(draft.hash()),
            (decision, &draft.text.number),
            None,
        );
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
            phase,
            ..
        } = &case.stage
        else {
            return Err(OutOfOrder::WrongState.into());
        };
        let court = self.body(application.court).await?;
        let (number, since, clerk) = match phase {
            Phase::Reviewing { filing, .. } => {
                let clerk = self.signatory(filing.by, "").await?;
                (filing.number.clone(), filing.at, clerk)
            }
            Phase::Filed { at, .. } => (self.next_number(case, &court).await?.0, *at, nobody()),
            _ => return Err(OutOfOrder::WrongState.into()),
        };
        let agreement = &settlement.agreement;
        let content = papers::Ruling {
            court: court.name,
            number,
            applicants: applicants(case, self.desk.clock.now()),
            organisation: self.body(case.organisation).await?.name,
            agreement_number: agreement.number.clone(),
            agreement_hash: case
                .latest_paper(PaperKind::Agreement)
                .map(|paper| paper.hash.to_string()),
            effective: civil_date(settlement.effective_at),
            accepted: civil_date(since),
            cause: self.cause(case),
            terms: agreement
                .clauses
                .iter()
                .map(|clause| self.sentence(case, clause))
                .collect(),
            outcome: self.outcome(case, decision),
            judge: self.signatory(judge(actor)?, JUDGE).await?,
            clerk,
            date: civil_date(made_at),
            made_at,
            seal_field: SEAL.to_owned(),
            verify_url: self.verify_address(verify_id),
        };
        Ok(papers::in_words(&content, self.words(case), OF_PAPERS)?)
    }

    /// A clause in one sentence, as rulings quote it.
    fn sentence(&self, case: &Case, clause: &crate::domain::agreement::Clause) -> String {
        let obligation = self.obligation(case, clause);
        let sum = obligation.sum.map_or_else(String::new, |sum| {
            self.say(
                case,
                "court-term-sum",
                &[("figures", &sum.figures), ("capital", &sum.capital)],
            )
        });
        self.say(
            case,
            "court-term",
            &[
                ("who", &obligation.who),
                ("by", &obligation.by),
                ("does", papers::bare(&obligation.does)),
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
        shown: Shown,
    ) -> Result<Case, PaperworkError> {
        let case = casework::load(&self.desk, actor, id).await?;
        let draft = self.draft_ruling(actor, &case, decision).await?;
        if draft.hash() != *read {
            return Err(OutOfOrder::PaperChanged.into());
        }
        let court = self.body(application(&case)?.court).await?;
        let person = judge(actor)?;
        let signer = self.staff_signer(person, &court, draft.id).await?;
        let reason = self.say(&case, "sign-reason-ruling", &[]);
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
        let number = draft.text.number.clone();
        let action = action(
            draft.record(self.files.put(sealed).await?),
            (decision, &number),
            Some(shown),
        );
        if let Decision::Refuse { .. } = decision {
            let (next, foreseen) = self.next_number(&case, &court).await?;
            // Another application took the number that was read.
            if next != number {
                return Err(OutOfOrder::PaperChanged.into());
            }
            let series = series(&court);
            let foreseen = Foreseen {
                series: &series,
                year: foreseen.0,
                number: foreseen.1,
            };
            let done = casework::perform_foreseen(&self.desk, actor, &case, &foreseen, action);
            return Ok(done.await?);
        }
        Ok(casework::perform_on(&self.desk, actor, &case, action).await?)
    }

    /// The number under which the court would rule next, in words and as year and count.
    async fn next_number(
        &self,
        case: &Case,
        court: &Body,
    ) -> Result<(String, (i16, i64)), PaperworkError> {
        let series = series(court);
        let next = casework::foresee_number(&self.desk, &series).await?;
        let words = self.court_number(case, court, (next.year, next.number));
        Ok((words, (next.year, next.number)))
    }

    fn outcome(&self, case: &Case, decision: &Decision) -> Outcome {
        match decision {
            Decision::Confirm => Outcome::Valid,
            Decision::Dismiss { grounds, reasons } => Outcome::Dismissed {
                ground: grounds.first().map_or(Ground::Other, |key| ground(key)),
                reasons: reasons.clone(),
            },
            Decision::Refuse { grounds, reasons } => {
                let rules = self.desk.rules.of(&case.district);
                let first = grounds.first();
                let condition = first.and_then(|key| rules.condition(key));
                // What 解释 355 does not list follows from what 民事诉讼法 205 asks of an application.
                let listed = condition.is_some_and(|it| it.article.article == 355);
                Outcome::NotAccepted {
                    ground: condition.map_or_else(String::new, |it| it.text.zh.clone()),
                    article: self.say(
                        case,
                        if listed {
                            "documents-ruling-article-355"
                        } else {
                            "documents-ruling-article-205"
                        },
                        &[],
                    ),
                    reasons: reasons.clone(),
                }
            }
        }
    }
}

/// An application that was not accepted has no clerk yet.
const fn nobody() -> Signatory {
    Signatory {
        name: String::new(),
        field: String::new(),
    }
}

fn judge(actor: &Actor) -> Result<PersonId, PaperworkError> {
    Ok(actor.person().ok_or(CaseworkError::Forbidden)?)
}

fn action(paper: Paper, (decision, number): (&Decision, &str), shown: Option<Shown>) -> Action {
    match decision {
        Decision::Confirm => Action::ConfirmAgreement { paper, shown },
        Decision::Dismiss { grounds, reasons } => Action::DismissApplication {
            paper,
            grounds: grounds.clone(),
            reasons: reasons.clone(),
            shown,
        },
        Decision::Refuse { grounds, reasons } => Action::RefuseFiling {
            number: number.to_owned(),
            grounds: grounds.clone(),
            reasons: reasons.clone(),
            paper,
            shown,
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
