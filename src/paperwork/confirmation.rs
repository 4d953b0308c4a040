//! The joint application for judicial confirmation: one paper, signed by every party that joins.

use jiff::Timestamp;

use super::faces::{applicants, party_field};
use super::revision::first_revision;
use super::{Chancery, Draft, PaperworkError, Tries};
use crate::casework::{self, CaseworkError};
use crate::documents::papers::{self, OF_PAPERS};
use crate::documents::{self, Look, Signing};
use crate::domain::action::Action;
use crate::domain::actor::Actor;
use crate::domain::agreement::{Settlement, Signer as Place};
use crate::domain::case::Case;
use crate::domain::exhibit::Exhibit;
use crate::domain::hash::ContentHash;
use crate::domain::ids::{CaseId, OrganisationId};
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::number::serial;
use crate::domain::paper::{Paper, PaperKind};
use crate::domain::party::Party;
use crate::domain::signature::Shown;
use crate::domain::stage::Stage;
use crate::domain::time::civil_date;

impl Chancery {
    /// The application as a party would join it now: the one that others have signed, or a draft addressed to `court`
    /// that is the same for the same version of the case and the same day.
    pub async fn application(
        &self,
        case: &Case,
        court: OrganisationId,
    ) -> Result<Draft, PaperworkError> {
        let settlement = case.stage.settlement().ok_or(OutOfOrder::WrongState)?;
        if let Stage::Confirm { application, .. } = &case.stage {
            let paper = case.paper(application.paper).ok_or(OutOfOrder::Unknown)?;
            let mut draft = self
                .render_application(case, settlement, application.court, paper)
                .await?;
            draft.bytes = self.files.get(&paper.hash).await?.to_vec();
            let first = first_revision(&draft.bytes);
            let laid = self.text_in(case, "application", &draft.bytes)?;
            draft.text = self.as_filed(case, laid.unwrap_or(draft.text), &first)?;
            return Ok(draft);
        }
        if !self
            .courts(case)
            .await?
            .iter()
            .any(|listed| listed.id == court)
        {
            return Err(OutOfOrder::Unknown.into());
        }
        let (id, verify_id) = self.draft_ids(case, PaperKind::Application);
        let today = civil_date(self.desk.clock.now());
        let paper = Paper {
            id,
            kind: PaperKind::Application,
            hash: ContentHash::of(b""),
            verify_id,
            made_at: super::beginning_of(today),
            court: None,
            party: None,
        };
        let mut draft = self
            .render_application(case, settlement, court, &paper)
            .await?;
        draft.bytes = documents::write_to_sign(&draft.text)?;
        Ok(draft)
    }

    async fn render_application(
        &self,
        case: &Case,
        settlement: &Settlement,
        court: OrganisationId,
        paper: &Paper,
    ) -> Result<Draft, PaperworkError> {
        let content = papers::Application {
            number: self.say(
                case,
                "sign-application-number",
                &[("case", serial(&case.number))],
            ),
            court: self.body(court).await?.name,
            applicants: applicants(case, self.begun_at(case)),
            organisation: self.body(case.organisation).await?.name,
            agreement_number: settlement.agreement.number.clone(),
            effective: civil_date(settlement.effective_at),
            cause: self.cause(case),
            attachments: self.attachments(case, settlement),
            service: case
                .parties
                .iter()
                .map(|party| self.service_choice(case, party))
                .collect(),
            date: civil_date(paper.made_at),
            made_at: paper.made_at,
            verify_url: self.verify_address(&paper.verify_id),
        };
        Ok(Draft {
            id: paper.id,
            kind: PaperKind::Application,
            verify_id: paper.verify_id.clone(),
            made_at: paper.made_at,
            text: papers::in_words(&content, self.words(case), OF_PAPERS)?,
            bytes: Vec::new(),
        })
    }

    /// When the application began: it goes on naming whoever acted for the parties then.
    fn begun_at(&self, case: &Case) -> Timestamp {
        let begun = match &case.stage {
            Stage::Confirm { application, .. } => application.joined.first(),
            _ => None,
        };
        begun.map_or_else(|| self.desk.clock.now(), |joined| joined.at)
    }

    /// The papers of 解释 354 that are really there. An application that has begun lists those of its beginning.
    fn attachments(&self, case: &Case, settlement: &Settlement) -> Vec<String> {
        let begun = match &case.stage {
            Stage::Confirm { application, .. } => application.joined.first(),
            _ => None,
        };
        let number = settlement.agreement.number.as_str();
        let checked = case.parties.iter().all(Party::is_identified);
        let exhibits = case.exhibits.iter();
        let exhibits = exhibits.filter(|one| begun.is_none_or(|joined| one.at <= joined.at));
        [
            self.say(case, "court-paper-agreement", &[("number", number)]),
            self.say(case, "court-paper-mediation", &[]),
        ]
        .into_iter()
        .chain(checked.then(|| self.say(case, "court-paper-identity", &[])))
        .chain(exhibits.map(|exhibit| self.exhibit(case, exhibit)))
        .collect()
    }

    /// What it is, who handed it in and how its fingerprint begins; its note may hold what no paper can print.
    fn exhibit(&self, case: &Case, exhibit: &Exhibit) -> String {
        let key = format!("exhibit-kind-{}", exhibit.kind.name());
        let by = case.named_as(exhibit.by);
        let by = by.map_or_else(
            || self.say(case, "documents-role-mediator", &[]),
            |named| self.own_name(case, &named),
        );
        let fillers = [
            ("kind", self.say(case, &key, &[])),
            ("by", by),
            ("mark", exhibit.file.as_str()[..16].to_owned()),
        ];
        let fillers = fillers
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        self.say(case, "court-paper-exhibit", &fillers)
    }

    /// Joins the application whose first revision has the hash `read`.
    pub async fn join_confirmation(
        &self,
        actor: &Actor,
        id: CaseId,
        court: OrganisationId,
        read: &ContentHash,
        (look, shown): (&Look, Shown),
    ) -> Result<Case, PaperworkError> {
        let mut tries = Tries::begin();
        loop {
            let case = casework::load(&self.desk, actor, id).await?;
            let action = self
                .joining(actor, &case, court, read, (look, shown))
                .await?;
            let done = casework::perform_on(&self.desk, actor, &case, action).await;
            if let Some(done) = tries.done(done) {
                return Ok(done?);
            }
        }
    }

    async fn joining(
        &self,
        actor: &Actor,
        case: &Case,
        court: OrganisationId,
        read: &ContentHash,
        (look, shown): (&Look, Shown),
    ) -> Result<Action, PaperworkError> {
        let Some(Place::Party { party }) = super::place(case, actor, false) else {
            return Err(CaseworkError::Forbidden.into());
        };
        let (court, begun) = match &case.stage {
            Stage::Confirm { application, .. } if application.has_joined(party) => {
                return Err(OutOfOrder::AlreadyDone.into());
            }
            Stage::Confirm { application, .. } => {
                (application.court, case.paper(application.paper))
            }
            _ => (court, None),
        };
        let draft = self.application(case, court).await?;
        if draft.text_hash() != *read {
            return Err(OutOfOrder::PaperChanged.into());
        }
        let field = party_field(case, party).ok_or(OutOfOrder::Unknown)?;
        let signed = documents::sign(
            &draft.bytes,
            &Signing {
                field: &field,
                signer: &self.party_signer(case, party, draft.id, actor)?,
                look,
                reason: &self.say(case, "sign-reason-application", &[]),
                now: self.desk.clock.now(),
            },
            &self.authority,
            &self.desk.clock,
        )?;
        Ok(Action::JoinConfirmation {
            court,
            from_hash: begun.map(|paper| paper.hash.clone()),
            paper: draft.record(self.files.put(signed).await?),
            shown: Some(shown),
        })
    }
}

impl Draft {
    /// The hash of the text, whoever has signed it since; to it a code is bound.
    pub fn text_hash(&self) -> ContentHash {
        first_revision(&self.bytes)
    }
}
