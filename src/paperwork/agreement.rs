//! The settlement agreement: from the board to a file, signed by each, then by the mediator, then sealed.

use super::faces::{MEDIATOR, SEAL, member_field, parties, party_field};
use super::{Chancery, PaperworkError, Tries, sealed_hash, text_hash};
use crate::casework::{self, CaseworkError, Foreseen};
use crate::documents::keys::Signer;
use crate::documents::papers::{self, OF_PAPERS, Obligation, Regime, Signatory, Sum};
use crate::documents::{self, Look, Signing};
use crate::domain::action::Action;
use crate::domain::actor::Actor;
use crate::domain::agreement::{Agreement, ByHand, Clause, Signer as Place, Terms};
use crate::domain::case::{Case, Standing};
use crate::domain::hash::ContentHash;
use crate::domain::ids::{CaseId, DocumentId};
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::paper::{Paper, PaperKind};
use crate::domain::permission::{permit, puts_seal};
use crate::domain::signature::{Order, Shown};
use crate::domain::team::Capacity;
use crate::domain::time::civil_date;
use crate::domain::track::Track;
use crate::domain::translation::{Translated, Wording};
use crate::i18n::Locale;

/// How often a paper is begun again because another case took its number.
const TRIES: usize = 5;

impl Chancery {
    /// Puts the clauses of the board on paper, with a field for every signer, and opens the signing.
    ///
    /// # Errors
    /// The case's refusals, and `Document` where a character of the text has no glyph.
    pub async fn prepare_signing(
        &self,
        actor: &Actor,
        case: &Case,
        order: Order,
    ) -> Result<Case, PaperworkError> {
        let paper = Paper {
            id: DocumentId(self.desk.clock.new_id()),
            kind: PaperKind::Agreement,
            hash: ContentHash::of(b""),
            verify_id: super::hexadecimal(&self.desk.clock.random::<16>()),
            made_at: self.desk.clock.now(),
            court: None,
            party: None,
        };
        // Asked before a file is written.
        let trial = Action::PrepareSigning {
            number: String::new(),
            paper: paper.clone(),
            order: Some(order),
        };
        let permitted = permit(actor, case, trial).map_err(CaseworkError::from)?;
        crate::domain::lifecycle::advance(
            &self.desk.rules,
            case.clone(),
            &permitted,
            paper.made_at,
        )?;
        let mut tries = 0;
        loop {
            tries += 1;
            match self.put_on_paper(actor, case, (paper.clone(), order)).await {
                // Another case of the organisation took the number.
                Err(PaperworkError::Casework(CaseworkError::Conflict)) if tries < TRIES => {}
                done => return done,
            }
        }
    }

    async fn put_on_paper(
        &self,
        actor: &Actor,
        case: &Case,
        (mut paper, order): (Paper, Order),
    ) -> Result<Case, PaperworkError> {
        let work = case.stage.work().ok_or(OutOfOrder::WrongState)?;
        let series = format!("agreement {}", case.organisation);
        let foreseen = casework::foresee_number(&self.desk, &series).await?;
        let number = self.agreement_number(case, &foreseen).await?;
        let mut agreement = work.draft.agreement(number.clone(), paper.id, case);
        let rules = self.desk.rules.of(&case.district);
        let is_electronic = rules.may_sign_electronically(&case.dispute);
        agreement.by_hand = (!is_electronic).then(ByHand::default);
        let text = self.text_of_agreement(case, &agreement, &paper).await?;
        paper.hash = self.files.put(documents::write_to_sign(&text)?).await?;
        let action = Action::PrepareSigning {
            number,
            paper,
            order: Some(order),
        };
        Ok(casework::perform_foreseen(&self.desk, actor, case, &foreseen, action).await?)
    }

    /// 柳荫调协〔2026〕12号
    async fn agreement_number(
        &self,
        case: &Case,
        foreseen: &Foreseen<'_>,
    ) -> Result<String, PaperworkError> {
        let organisation = self.body(case.organisation).await?;
        Ok(self.say(
            case,
            "sign-agreement-number",
            &[
                ("organisation", &organisation.prefix),
                ("year", &foreseen.year.to_string()),
                ("number", &foreseen.number.to_string()),
            ],
        ))
    }

    /// The words of the agreement that is being signed, or is in effect, as they were laid open: that somebody is called or
    /// lives otherwise today changes nothing of them.
    pub async fn agreement_text(&self, case: &Case) -> Result<documents::Paper, PaperworkError> {
        let agreement = case
            .stage
            .signing()
            .or_else(|| {
                case.stage
                    .settlement()
                    .map(|settlement| &settlement.agreement)
            })
            .ok_or(OutOfOrder::WrongState)?;
        let paper = case.paper(agreement.paper).ok_or(OutOfOrder::Unknown)?;
        let text = match self.laid_open(agreement, paper).await {
            Some(content) => content.laid_out(self.words(case))?,
            None => self.text_of_agreement(case, agreement, paper).await?,
        };
        self.as_filed(case, text, text_hash(agreement, paper))
    }

    pub(super) async fn text_of_agreement(
        &self,
        case: &Case,
        agreement: &Agreement,
        paper: &Paper,
    ) -> Result<documents::Paper, PaperworkError> {
        let rules = self.desk.rules.of(&case.district);
        let mediator = case.stage.mediator().ok_or(OutOfOrder::WrongState)?;
        let organisation = self.body(case.organisation).await?;
        let translation = agreement.translated.as_ref().map(|translated| {
            self.translation(case, agreement, translated, organisation.other_name)
        });
        let content = papers::Agreement {
            number: agreement.number.clone(),
            organisation: organisation.name,
            regime: match case.track {
                Track::People => Regime::Peoples,
                _ => Regime::Other,
            },
            confirmable: rules.is_track_confirmable(case.track)
                && rules.is_confirmable(&case.dispute),
            cause: self.cause(case),
            parties: parties(case, paper.made_at),
            mediators: [self.signatory(mediator, MEDIATOR).await?]
                .into_iter()
                .chain(
                    self.beside(agreement, |it| it == Capacity::CoMediator)
                        .await?,
                )
                .collect(),
            interpreters: self.beside(agreement, Capacity::interprets).await?,
            facts: agreement.matter.facts.clone(),
            undisputed: agreement.undisputed.clone(),
            disputed: agreement.matter.disputed.clone(),
            responsibility: agreement.matter.responsibility.clone(),
            obligations: agreement
                .clauses
                .iter()
                .map(|clause| self.obligation(case, clause))
                .collect(),
            date: civil_date(paper.made_at),
            made_at: paper.made_at,
            seal_field: SEAL.to_owned(),
            verify_url: self.verify_address(&paper.verify_id),
            by_hand: agreement.by_hand.is_some(),
            translation,
        };
        Ok(content.laid_out(self.words(case))?)
    }

    /// What the agreement says in its second language; kinds of disputes and days stand there in English, as all that
    /// nobody typed.
    fn translation(
        &self,
        case: &Case,
        agreement: &Agreement,
        translated: &Translated,
        organisation: String,
    ) -> papers::Translation {
        let clauses = agreement.clauses.iter().zip(&translated.clauses);
        let obligation = |(clause, wording): (&Clause, &Wording)| {
            let terms = Terms {
                act: wording.act.clone(),
                proof: wording.proof.clone(),
                on_default: wording.on_default.clone(),
                ..clause.terms.clone()
            };
            self.obligation_in(case, Locale::En, &terms)
        };
        papers::Translation {
            language: translated.tongue.tag().to_owned(),
            prevails: papers::PREVAILS.to_owned(),
            organisation,
            cause: self.cause_in(case, Locale::En),
            facts: translated.matter.facts.clone(),
            undisputed: translated.undisputed.clone(),
            disputed: translated.matter.disputed.clone(),
            responsibility: translated.matter.responsibility.clone(),
            obligations: clauses.map(obligation).collect(),
        }
    }

    /// Who signs beside parties and mediator in one capacity.
    async fn beside(
        &self,
        agreement: &Agreement,
        is: fn(Capacity) -> bool,
    ) -> Result<Vec<Signatory>, PaperworkError> {
        let mut signatories = Vec::new();
        for (number, member) in (1..).zip(&agreement.members) {
            if is(member.capacity) {
                let field = member_field(number);
                signatories.push(self.signatory(member.person, &field).await?);
            }
        }
        Ok(signatories)
    }

    /// 噪声扰民纠纷
    pub(super) fn cause(&self, case: &Case) -> String {
        self.cause_in(case, OF_PAPERS)
    }

    pub(super) fn cause_in(&self, case: &Case, locale: Locale) -> String {
        let name = self.desk.rules.of(&case.district).dispute(&case.dispute);
        let name = name.map_or("", |dispute| dispute.name.for_tag(locale.tag()));
        // Within a sentence, where English does not begin with a capital.
        self.say_in(
            case,
            locale,
            "sign-cause",
            &[("name", &name.to_lowercase())],
        )
    }

    pub(super) fn obligation(&self, case: &Case, clause: &Clause) -> Obligation {
        self.obligation_in(case, OF_PAPERS, &clause.terms)
    }

    fn obligation_in(&self, case: &Case, locale: Locale, terms: &Terms) -> Obligation {
        let debtor = case.party(terms.debtor);
        Obligation {
            who: debtor.map_or_else(String::new, |party| party.name.as_str().to_owned()),
            does: terms.act.clone(),
            sum: terms.amount.map(|amount| Sum {
                figures: amount.to_string(),
                capital: amount.capital(),
            }),
            by: self.say_in(
                case,
                locale,
                "sign-by",
                &[
                    ("year", &terms.due.year().to_string()),
                    ("month", &terms.due.month().to_string()),
                    ("day", &terms.due.day().to_string()),
                ],
            ),
            proof: terms.proof.clone(),
            on_default: terms.on_default.clone(),
        }
    }

    /// One signature under the agreement that `actor` has read; `read` is the hash of its text. A signature that came
    /// in between is no obstacle: this one is made again on the newer revision.
    pub async fn sign(
        &self,
        actor: &Actor,
        id: CaseId,
        read: &ContentHash,
        look: &Look,
        shown: Shown,
    ) -> Result<Case, PaperworkError> {
        self.put_name(actor, id, read, (Some(look), shown)).await
    }

    /// The organisation's seal.
    pub async fn seal(
        &self,
        actor: &Actor,
        id: CaseId,
        read: &ContentHash,
        shown: Shown,
    ) -> Result<Case, PaperworkError> {
        self.put_name(actor, id, read, (None, shown)).await
    }

    async fn put_name(
        &self,
        actor: &Actor,
        id: CaseId,
        read: &ContentHash,
        hand: (Option<&Look>, Shown),
    ) -> Result<Case, PaperworkError> {
        let mut tries = Tries::begin();
        loop {
            let case = casework::load(&self.desk, actor, id).await?;
            let action = self.signed(actor, &case, read, hand).await?;
            let done = casework::perform(&self.desk, actor, id, action).await;
            if let Some(done) = tries.done(done) {
                return Ok(done?);
            }
        }
    }

    /// Makes the next revision and says what it is for.
    async fn signed(
        &self,
        actor: &Actor,
        case: &Case,
        read: &ContentHash,
        (look, shown): (Option<&Look>, Shown),
    ) -> Result<Action, PaperworkError> {
        let agreement = case.stage.signing().ok_or(OutOfOrder::WrongState)?;
        let paper = case.paper(agreement.paper).ok_or(OutOfOrder::Unknown)?;
        let shown_text = match look {
            Some(_) => text_hash(agreement, paper),
            None => sealed_hash(agreement, paper),
        };
        if shown_text != read {
            return Err(OutOfOrder::PaperChanged.into());
        }
        let reason = match agreement.by_hand {
            Some(_) => "sign-reason-scan",
            None => "sign-reason-agreement",
        };
        let place =
            signer_place(case, agreement, actor, look.is_none()).ok_or(CaseworkError::Forbidden)?;
        if agreement.is_signed_by(place) {
            return Err(OutOfOrder::AlreadyDone.into());
        }
        if !agreement.may_sign_next(place, &case.party_ids()) {
            return Err(OutOfOrder::NotYourTurn.into());
        }
        let (field, signer) = self.signer(actor, case, place, paper.id).await?;
        let seal = Look::Seal(signer.name.clone());
        let revision = documents::sign(
            &self.files.get(&paper.hash).await?,
            &Signing {
                field: &field,
                signer: &signer,
                look: look.unwrap_or(&seal),
                reason: &self.say(case, reason, &[]),
                now: self.desk.clock.now(),
            },
            &self.authority,
            &self.desk.clock,
        )?;
        let (from_hash, to_hash) = (paper.hash.clone(), self.files.put(revision).await?);
        let shown = Some(shown);
        Ok(if look.is_some() {
            Action::Sign {
                from_hash,
                to_hash,
                shown,
            }
        } else {
            Action::Seal {
                from_hash,
                to_hash,
                shown,
            }
        })
    }

    async fn signer(
        &self,
        actor: &Actor,
        case: &Case,
        place: Place,
        paper: DocumentId,
    ) -> Result<(String, Signer), PaperworkError> {
        let organisation = self.body(case.organisation).await?;
        Ok(match place {
            Place::Party { party } => {
                let field = party_field(case, party).ok_or(OutOfOrder::Unknown)?;
                (field, self.party_signer(case, party, paper, actor)?)
            }
            Place::Mediator => {
                let person = actor.person().ok_or(CaseworkError::Forbidden)?;
                let signer = self.staff_signer(person, &organisation, paper).await?;
                (MEDIATOR.to_owned(), signer)
            }
            Place::Organisation => (SEAL.to_owned(), self.seal_signer(&organisation)),
            Place::Member { person } => {
                let agreement = case.stage.signing().ok_or(OutOfOrder::WrongState)?;
                let mut members = (1..).zip(&agreement.members);
                let found = members.find(|(_, member)| member.person == person);
                let (number, member) = found.ok_or(OutOfOrder::Unknown)?;
                let mut signer = self.staff_signer(person, &organisation, paper).await?;
                // Whoever came from outside signs for nobody but themselves.
                if member.capacity != Capacity::CoMediator {
                    signer.organisation = None;
                }
                (member_field(number), signer)
            }
        })
    }
}

/// In which place `actor` signs this agreement: also beside the parties and the mediator.
pub fn signer_place(
    case: &Case,
    agreement: &Agreement,
    actor: &Actor,
    sealing: bool,
) -> Option<Place> {
    let person = actor.person()?;
    let mut members = agreement.members.iter();
    let signs = !sealing && members.any(|member| member.person == person);
    place(case, actor, sealing).or(signs.then_some(Place::Member { person }))
}

/// In which place `actor` signs: as a party or the mediator, or as whoever holds the seal.
pub fn place(case: &Case, actor: &Actor, sealing: bool) -> Option<Place> {
    case.standings(actor)
        .into_iter()
        .find_map(|standing| match standing {
            Standing::Party(party, _) if !sealing => Some(Place::Party { party }),
            Standing::Mediator if !sealing => Some(Place::Mediator),
            it if sealing && puts_seal(case, it) => Some(Place::Organisation),
            _ => None,
        })
}
