//! What an accepted matter goes with: the intake record and the rights notice, both under the organisation's seal.

use jiff::Timestamp;

use super::faces::{Body, SEAL, readers};
use super::{Chancery, PaperworkError};
use crate::casework::{self, CaseworkError};
use crate::documents::papers::{self, Asked, Consent, Named, OF_PAPERS, Role};
use crate::documents::{self, Look, Signing, unsupported_characters};
use crate::domain::action::Action;
use crate::domain::actor::{Actor, System};
use crate::domain::case::Case;
use crate::domain::claim::Claim;
use crate::domain::identity::is_unseen;
use crate::domain::ids::CaseId;
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::number::serial;
use crate::domain::paper::{Paper, PaperKind};
use crate::domain::party::PartyRole;
use crate::domain::time::civil_date;

const CHANCERY: Actor = Actor::System {
    system: System::Chancery,
};

/// In the order of the file.
const KINDS: [PaperKind; 2] = [PaperKind::IntakeRecord, PaperKind::RightsNotice];

impl Chancery {
    /// Makes the papers of the acceptance and of extensions that are not there yet; done twice it does nothing the second
    /// time. Whoever accepts or agrees decides, and the seal says that it was the organisation: the platform puts it on.
    ///
    /// # Errors
    /// The case's refusals other than that there is nothing to do, and the files'.
    pub async fn draw_up(&self, id: CaseId) -> Result<(), PaperworkError> {
        for kind in KINDS {
            let case = casework::load(&self.desk, &CHANCERY, id).await?;
            let Some(accepted) = casework::accepted_at(&self.desk, &case).await? else {
                break;
            };
            if case.latest_paper(kind).is_some() {
                continue;
            }
            let paper = self.opening_paper(&case, kind, accepted).await?;
            self.file_away(id, paper).await?;
        }
        loop {
            let case = casework::load(&self.desk, &CHANCERY, id).await?;
            let Some(unwritten) = case.unwritten.first() else {
                return Ok(());
            };
            let paper = self.extension_paper(&case, unwritten).await?;
            self.file_away(id, paper).await?;
        }
    }

    /// Whoever came first has filed it.
    async fn file_away(&self, id: CaseId, paper: Paper) -> Result<(), PaperworkError> {
        match casework::perform(&self.desk, &CHANCERY, id, Action::FilePaper { paper }).await {
            Err(CaseworkError::OutOfOrder(OutOfOrder::AlreadyDone | OutOfOrder::WrongState))
            | Ok(_) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    async fn opening_paper(
        &self,
        case: &Case,
        kind: PaperKind,
        accepted: Timestamp,
    ) -> Result<Paper, PaperworkError> {
        let body = self.body(case.organisation).await?;
        let (id, verify_id) = self.draft_ids(case, kind);
        let text = match kind {
            PaperKind::IntakeRecord => self.intake_text(case, &body, accepted, &verify_id)?,
            _ => self.rights_text(case, &body, accepted, &verify_id).await?,
        };
        let sealed = self.sealed(case, &documents::write_to_sign(&text)?, &body)?;
        Ok(Paper {
            id,
            kind,
            hash: self.files.put(sealed).await?,
            verify_id,
            made_at: accepted,
            court: None,
            party: None,
        })
    }

    /// The words of the notice of rights and duties as it was sealed, where there is one; made again where its file is lost.
    pub async fn rights_notice(&self, case: &Case) -> Result<documents::Paper, PaperworkError> {
        let kind = PaperKind::RightsNotice;
        let paper = case.latest_paper(kind).ok_or(OutOfOrder::WrongState)?;
        let filed = self.filed_text(case, paper).await;
        let filed = filed.inspect_err(|error| tracing::error!(%error, "the file of a notice"));
        if let Ok(Some(text)) = filed {
            return Ok(text);
        }
        let body = self.body(case.organisation).await?;
        self.rights_text(case, &body, paper.made_at, &paper.verify_id)
            .await
    }

    /// The file under the organisation's seal.
    pub(super) fn sealed(
        &self,
        case: &Case,
        bytes: &[u8],
        body: &Body,
    ) -> Result<Vec<u8>, PaperworkError> {
        let signing = Signing {
            field: SEAL,
            signer: &self.seal_signer(body),
            look: &Look::Seal(body.name.clone()),
            reason: &self.say(case, "sign-reason-file", &[]),
            now: self.desk.clock.now(),
        };
        Ok(documents::sign(
            bytes,
            &signing,
            &self.authority,
            &self.desk.clock,
        )?)
    }

    fn intake_text(
        &self,
        case: &Case,
        body: &Body,
        accepted: Timestamp,
        verify_id: &str,
    ) -> Result<documents::Paper, PaperworkError> {
        let content = papers::Intake {
            number: self.paper_number("sign-intake-number", case, body),
            case: case.number.clone(),
            organisation: body.name.clone(),
            track: case.track,
            cause: self.cause(case),
            parties: case
                .parties
                .iter()
                .map(|seat| Named {
                    role: role(seat.role),
                    name: seat.name.as_str().to_owned(),
                })
                .collect(),
            place: printable(&case.place.address),
            source: case.intake.source,
            consent: consent(case),
            summary: printable(&case.story),
            claims: case.claims.iter().map(asked).collect(),
            asked: civil_date(case.opened_at),
            accepted: civil_date(accepted),
            made_at: accepted,
            seal_field: SEAL.to_owned(),
            verify_url: self.verify_address(verify_id),
        };
        Ok(papers::in_words(&content, self.words(case), OF_PAPERS)?)
    }

    async fn rights_text(
        &self,
        case: &Case,
        body: &Body,
        accepted: Timestamp,
        verify_id: &str,
    ) -> Result<documents::Paper, PaperworkError> {
        let people: Vec<_> = case.parties.iter().flat_map(readers).collect();
        let content = papers::Rights {
            number: self.paper_number("sign-rights-number", case, body),
            organisation: body.name.clone(),
            cause: self.cause(case),
            to: case
                .parties
                .iter()
                .map(|seat| seat.name.as_str().to_owned())
                .collect(),
            track: case.track,
            date: civil_date(accepted),
            made_at: accepted,
            seal_field: SEAL.to_owned(),
            verify_url: self.verify_address(verify_id),
            translation: self.in_english(case, body, &people).await?,
        };
        Ok(papers::in_words(&content, self.words(case), OF_PAPERS)?)
    }

    /// 柳荫调受〔2026〕000128号
    pub(super) fn paper_number(&self, key: &str, case: &Case, body: &Body) -> String {
        self.say(
            case,
            key,
            &[
                ("organisation", &body.prefix),
                ("case", serial(&case.number)),
            ],
        )
    }
}

/// How whoever asked agreed to the mediation and to being written down.
fn consent(case: &Case) -> Consent {
    match &case.intake.entry {
        Some(entry) => Consent::Entered {
            how: entry.consent.how,
            on: civil_date(entry.consent.at),
        },
        None if case.intake.referral.is_some() => Consent::Referred,
        None => Consent::Own,
    }
}

fn asked(claim: &Claim) -> Asked {
    Asked {
        kind: claim.kind,
        text: printable(&claim.text),
        sum: claim.amount.map(|sum| sum.to_string()),
    }
}

pub(super) const fn role(role: PartyRole) -> Role {
    match role {
        PartyRole::Claimant => Role::Applicant,
        PartyRole::Respondent => Role::Respondent,
    }
}

/// A character that no paper can show is marked as one, 〓, as printers do: what people tell is not refused for it.
pub(super) fn printable(text: &str) -> String {
    let missing = unsupported_characters(text);
    let mark = |c| if missing.contains(&c) { '〓' } else { c };
    let seen = text.chars().filter(|it| !is_unseen(*it));
    seen.map(mark).collect()
}
