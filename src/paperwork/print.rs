//! What lies on the table now, for whoever wants it on paper.

use super::revision::first_revision;
use super::{Chancery, PaperworkError};
use crate::documents::paper::Block;
use crate::documents::papers::OF_PAPERS;
use crate::documents::{self, papers, verify};
use crate::domain::actor::Actor;
use crate::domain::case::Case;
use crate::domain::hash::ContentHash;
use crate::domain::ids::DocumentId;
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::paper::{Paper, PaperKind};
use crate::domain::permission::may_read_paper;
use crate::i18n::Locale;

/// The case's current paper.
#[derive(Clone, Debug)]
pub enum Current {
    /// As it lies in the store.
    Kept(DocumentId),
    /// The clauses of the board, which bind nobody yet.
    Draft(Vec<u8>),
}

impl Chancery {
    /// What is to be signed or was signed last; before that the draft of the board, and before that the newest paper
    /// that `actor` reads. Nothing where there is none.
    ///
    /// # Errors
    /// `Document` where a character of the draft has no glyph.
    pub async fn current_paper(
        &self,
        actor: &Actor,
        case: &Case,
    ) -> Result<Option<Current>, PaperworkError> {
        let drafted = case.stage.signing().is_none()
            && case
                .stage
                .work()
                .is_some_and(|work| !work.draft.clauses.is_empty());
        if drafted {
            return Ok(Some(Current::Draft(self.board_on_paper(case).await?)));
        }
        if let Some(agreement) = case.stage.signing() {
            return Ok(Some(Current::Kept(agreement.paper)));
        }
        // What one side says of its address is not for the table; others stand in the order in which they were made.
        let mut papers = case.papers.iter().rev().filter(|it| it.party.is_none());
        let newest = papers.find(|paper| may_read_paper(actor, case, paper));
        Ok(newest.map(|paper| Current::Kept(paper.id)))
    }

    /// The agreement in large print, for whoever reads it so before or after signing.
    ///
    /// # Errors
    /// `OutOfOrder` where there is no agreement yet.
    async fn large_agreement(&self, case: &Case) -> Result<Vec<u8>, PaperworkError> {
        let text = self.agreement_text(case).await?;
        self.large(case, &text)
    }

    fn large(&self, case: &Case, text: &documents::Paper) -> Result<Vec<u8>, PaperworkError> {
        let note = |locale| {
            let key = |key| self.say_in(case, locale, key, &[]);
            (key("sign-large-title"), key("sign-large-note"))
        };
        let (ours, theirs) = (note(OF_PAPERS), note(Locale::En));
        Ok(documents::write_large(
            text,
            &self.say(case, "sign-large-mark", &[]),
            [(&ours.0, &ours.1), (&theirs.0, &theirs.1)],
        )?)
    }

    /// Another paper in large print, from the data within its file; nothing where it carries none.
    ///
    /// # Errors
    /// `File` where the store has lost or changed it.
    pub async fn large_copy(
        &self,
        case: &Case,
        paper: &Paper,
    ) -> Result<Option<Vec<u8>>, PaperworkError> {
        if worded(paper.kind).is_none() {
            return Ok(Some(self.large_agreement(case).await?));
        }
        let text = self.filed_text(case, paper).await?;
        text.map(|text| self.large(case, &text)).transpose()
    }

    /// What a paper other than the agreement says, from the data within its file; nothing where it carries none.
    ///
    /// # Errors
    /// `File` where the store has lost or changed it.
    pub(super) async fn filed_text(
        &self,
        case: &Case,
        paper: &Paper,
    ) -> Result<Option<documents::Paper>, PaperworkError> {
        let Some(kind) = worded(paper.kind) else {
            return Ok(None);
        };
        let file = self.file(paper).await?;
        let text = self.text_in(case, kind, &file)?;
        let first = first_revision(&file);
        text.map(|text| self.as_filed(case, text, &first))
            .transpose()
    }

    /// The text of a paper from the data within its file; nothing where it carries none.
    pub(super) fn text_in(
        &self,
        case: &Case,
        kind: &str,
        file: &[u8],
    ) -> Result<Option<documents::Paper>, PaperworkError> {
        match verify::carries(file, &format!("{kind}.json")) {
            Some(data) => Ok(papers::of_data(kind, &data, self.words(case))?),
            None => Ok(None),
        }
    }

    /// The clauses as they stand, with no place to sign and a line that says so.
    async fn board_on_paper(&self, case: &Case) -> Result<Vec<u8>, PaperworkError> {
        let work = case.stage.work().ok_or(OutOfOrder::WrongState)?;
        let blank = Paper {
            id: DocumentId(uuid::Uuid::nil()),
            kind: PaperKind::Agreement,
            hash: ContentHash::of(b""),
            verify_id: String::new(),
            made_at: self.desk.clock.now(),
            court: None,
            party: None,
        };
        let agreement = work.draft.agreement(String::new(), blank.id, case);
        let mut text = self.text_of_agreement(case, &agreement, &blank).await?;
        text.title = self.say(case, "sign-draft-title", &[]);
        text.check = None;
        text.attachments.clear();
        self.mark_as_draft(case, OF_PAPERS, &mut text.blocks);
        if let Some(other) = &mut text.beside {
            self.mark_as_draft(case, Locale::En, &mut other.blocks);
        }
        Ok(documents::write(&text)?)
    }

    fn mark_as_draft(&self, case: &Case, locale: Locale, blocks: &mut Vec<Block>) {
        blocks.retain(|block| !matches!(block, Block::Signatures(_)));
        let notice = Block::Notice {
            title: self.say_in(case, locale, "sign-draft-notice-title", &[]),
            text: self.say_in(case, locale, "sign-draft-notice", &[]),
        };
        blocks.insert(0, notice);
    }
}

/// The template of a paper that is made of its data alone; an agreement is made of its case.
const fn worded(kind: PaperKind) -> Option<&'static str> {
    match kind {
        PaperKind::Agreement => None,
        PaperKind::NonSettlement => Some("certificate"),
        PaperKind::Application => Some("application"),
        PaperKind::Ruling => Some("ruling"),
        PaperKind::IntakeRecord => Some("intake"),
        PaperKind::RightsNotice => Some("rights"),
        PaperKind::ServiceAddress => Some("service"),
        PaperKind::Extension => Some("extension"),
        PaperKind::SessionRecord => Some("minutes"),
    }
}
