//! The record of a session: from the mediator's draft to a file, signed by those present and by the mediator last.

use jiff::Timestamp;

use super::faces::{MEDIATOR, member_field, parties, party_field, right};
use super::opening::printable;
use super::{Chancery, PaperworkError, Tries};
use crate::casework::{self, CaseworkError};
use crate::documents::keys::Signer;
use crate::documents::papers::{
    self, ActsFor, Checked, Member, Minutes, OF_PAPERS, Party, Present, Statement, Told,
};
use crate::documents::{self, Look, Signing};
use crate::domain::action::Action;
use crate::domain::actor::Actor;
use crate::domain::agreement::Signer as Place;
use crate::domain::case::Case;
use crate::domain::hash::ContentHash;
use crate::domain::ids::{CaseId, DocumentId, PersonId, SessionId};
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::paper::{Paper, PaperKind};
use crate::domain::session_record::{Laid, Present as There, Reader, SessionRecord};
use crate::domain::signature::Shown;
use crate::domain::team::Capacity;

/// The hash of the record as it was laid out, before anybody signed: what is read, and what the code is bound to.
pub fn record_hash<'a>(laid: &'a Laid, paper: &'a Paper) -> &'a ContentHash {
    let first = laid.signatures.first();
    first.map_or(&paper.hash, |first| &first.from_hash)
}

/// In which place `actor` signs the record: as a party or the mediator, or as somebody else who was there.
pub fn record_place(case: &Case, record: &SessionRecord, actor: &Actor) -> Option<Place> {
    let person = actor.person()?;
    let member = || {
        let mut readers = record.readers(case).into_iter();
        let reads = readers.any(|it| it == Reader::Member { person });
        reads.then_some(Place::Member { person })
    };
    let is_hand = |place: &Place| match place {
        Place::Party { party } => {
            let seat = case.party(*party);
            seat.is_some_and(|seat| record.hand(seat, case) == Some(person))
        }
        _ => true,
    };
    let place = super::place(case, actor, false).filter(is_hand);
    place.or_else(member)
}

impl Chancery {
    /// Puts the draft on paper, for those present to read and sign.
    ///
    /// # Errors
    /// The case's refusals, and `Document` where a character of the text has no glyph.
    pub async fn lay_record(
        &self,
        actor: &Actor,
        case: &Case,
        session: SessionId,
    ) -> Result<Case, PaperworkError> {
        let record = case.record_of(session).ok_or(OutOfOrder::Unknown)?;
        let mut paper = Paper {
            id: DocumentId(self.desk.clock.new_id()),
            kind: PaperKind::SessionRecord,
            hash: ContentHash::of(b""),
            verify_id: super::hexadecimal(&self.desk.clock.random::<16>()),
            made_at: self.desk.clock.now(),
            court: None,
            party: None,
        };
        let verify_id = &paper.verify_id;
        let text = self.record_text(case, record, paper.made_at, verify_id);
        paper.hash = self
            .files
            .put(documents::write_to_sign(&text.await?)?)
            .await?;
        let action = Action::LayRecord { session, paper };
        Ok(casework::perform_on(&self.desk, actor, case, action).await?)
    }

    /// The words of a record that lies open or is signed.
    pub async fn laid_text(
        &self,
        case: &Case,
        record: &SessionRecord,
    ) -> Result<documents::Paper, PaperworkError> {
        let laid = record.laid.as_ref().ok_or(OutOfOrder::WrongState)?;
        let paper = case.paper(laid.paper).ok_or(OutOfOrder::Unknown)?;
        let file = self.file(paper).await?;
        let text = if let Some(text) = self.text_in(case, "minutes", &file)? {
            text
        } else {
            let text = self.record_text(case, record, paper.made_at, &paper.verify_id);
            text.await?
        };
        self.as_filed(case, text, record_hash(laid, paper))
    }

    async fn record_text(
        &self,
        case: &Case,
        record: &SessionRecord,
        made_at: Timestamp,
        verify_id: &str,
    ) -> Result<documents::Paper, PaperworkError> {
        let body = self.body(case.organisation).await?;
        let text = &record.text;
        let there = record.parties(case);
        let mut present = Vec::new();
        for one in &text.present {
            present.push(self.present(case, one).await?);
        }
        let mediator = case.stage.mediator().ok_or(OutOfOrder::WrongState)?;
        let seats = parties(case, made_at).into_iter().zip(&case.parties);
        let content = Minutes {
            number: self.paper_number("sign-minutes-number", case, &body),
            organisation: body.name,
            cause: self.cause(case),
            place: printable(&text.place),
            from: text.from,
            until: text.until,
            present,
            opening: record
                .opening
                .iter()
                .map(|(what, at)| Told {
                    what: *what,
                    at: *at,
                })
                .collect(),
            recusal: printable(&text.recusal),
            statements: text
                .statements
                .iter()
                .filter_map(|it| {
                    Some(Statement {
                        name: case.party(it.party)?.name.to_string(),
                        text: printable(&it.text),
                    })
                })
                .collect(),
            undisputed: text.undisputed.iter().map(|it| printable(it)).collect(),
            proposals: if record.tells_proposals(case) {
                printable(&text.proposals)
            } else {
                String::new()
            },
            result: printable(&text.result),
            parties: seats
                .filter(|(_, seat)| there.contains(&seat.id))
                .map(|(party, seat)| with_hand(party, case, record.hand(seat, case)))
                .collect(),
            members: self.members(case, record).await?,
            mediator: self.signatory(mediator, MEDIATOR).await?,
            made_at,
            verify_url: self.verify_address(verify_id),
        };
        Ok(papers::in_words(&content, self.words(case), OF_PAPERS)?)
    }

    /// Each who signs beside the parties and the mediator.
    async fn members(
        &self,
        case: &Case,
        record: &SessionRecord,
    ) -> Result<Vec<Member>, PaperworkError> {
        let members = match &record.laid {
            Some(laid) => laid.members.clone(),
            None => record.members(case),
        };
        let mut signing = Vec::new();
        for (number, person) in (1..).zip(members) {
            signing.push(Member {
                standing: standing(case, person).into(),
                name: self.name_of(person).await?,
                field: member_field(number),
            });
        }
        Ok(signing)
    }

    async fn present(&self, case: &Case, one: &There) -> Result<Present, PaperworkError> {
        let named = case.named_as(one.person);
        let check = named.and_then(|named| named.check);
        let checked = match check {
            Some(check) => Some(Checked {
                method: check.method,
                by: self.name_of(check.by).await?,
            }),
            None => None,
        };
        Ok(Present {
            name: match named {
                Some(named) => named.name.to_string(),
                None => self.name_of(one.person).await?,
            },
            acts: named.and_then(|named| {
                Some(ActsFor {
                    party: named.party.name.to_string(),
                    right: right(named.party, named.right?),
                })
            }),
            standing: standing(case, one.person).into(),
            from: one.from,
            until: one.until,
            on_site: one.on_site,
            party: named.is_some(),
            checked,
        })
    }

    /// One signature under the record that `actor` has read; `read` is the hash of its text.
    pub async fn sign_record(
        &self,
        actor: &Actor,
        (id, session): (CaseId, SessionId),
        read: &ContentHash,
        (look, shown): (&Look, Shown),
    ) -> Result<Case, PaperworkError> {
        let mut tries = Tries::begin();
        loop {
            let case = casework::load(&self.desk, actor, id).await?;
            let action = self
                .record_signed(actor, &case, session, (read, look, shown))
                .await?;
            let done = casework::perform(&self.desk, actor, id, action).await;
            if let Some(done) = tries.done(done) {
                return Ok(done?);
            }
        }
    }

    async fn record_signed(
        &self,
        actor: &Actor,
        case: &Case,
        session: SessionId,
        (read, look, shown): (&ContentHash, &Look, Shown),
    ) -> Result<Action, PaperworkError> {
        let record = case.record_of(session).ok_or(OutOfOrder::Unknown)?;
        let laid = record.laid.as_ref().ok_or(OutOfOrder::WrongState)?;
        let paper = case.paper(laid.paper).ok_or(OutOfOrder::Unknown)?;
        if record_hash(laid, paper) != read {
            return Err(OutOfOrder::PaperChanged.into());
        }
        let place = record_place(case, record, actor).ok_or(CaseworkError::Forbidden)?;
        if !record.may_sign_next(place, case) {
            return Err(OutOfOrder::NotYourTurn.into());
        }
        let (field, signer) = self.recorder(actor, case, (laid, place), paper.id).await?;
        let revision = documents::sign(
            &self.files.get(&paper.hash).await?,
            &Signing {
                field: &field,
                signer: &signer,
                look,
                reason: &self.reason(case, laid, place).await?,
                now: self.desk.clock.now(),
            },
            &self.authority,
            &self.desk.clock,
        )?;
        let (from_hash, to_hash) = (paper.hash.clone(), self.files.put(revision).await?);
        Ok(Action::SignRecord {
            session,
            from_hash,
            to_hash,
            shown: Some(shown),
        })
    }

    /// Where somebody signs a record, and as whom.
    async fn recorder(
        &self,
        actor: &Actor,
        case: &Case,
        (laid, place): (&Laid, Place),
        paper: DocumentId,
    ) -> Result<(String, Signer), PaperworkError> {
        let body = self.body(case.organisation).await?;
        Ok(match place {
            Place::Party { party } => {
                let field = party_field(case, party).ok_or(OutOfOrder::Unknown)?;
                (field, self.party_signer(case, party, paper, actor)?)
            }
            Place::Member { person } => {
                let at = laid.members.iter().position(|it| *it == person);
                let number = at.ok_or(OutOfOrder::Unknown)? + 1;
                let mut signer = self.staff_signer(person, &body, paper).await?;
                // Whoever came from outside signs for nobody but themselves.
                let mut team = case.team.iter().filter(|it| it.person == person);
                if !team.any(|it| it.capacity == Capacity::CoMediator) {
                    signer.organisation = None;
                }
                (member_field(number), signer)
            }
            Place::Mediator | Place::Organisation => {
                let mediator = case.stage.mediator().ok_or(OutOfOrder::WrongState)?;
                let signer = self.staff_signer(mediator, &body, paper).await?;
                (MEDIATOR.to_owned(), signer)
            }
        })
    }

    /// The mediator's signature also tells who did not sign, and why.
    async fn reason(
        &self,
        case: &Case,
        laid: &Laid,
        place: Place,
    ) -> Result<String, PaperworkError> {
        let read = self.say(case, "sign-reason-minutes", &[]);
        if place != Place::Mediator {
            return Ok(read);
        }
        let mut told = read;
        for it in &laid.refusals {
            let name = match it.by {
                Reader::Party { party } => {
                    let seat = case.party(party).ok_or(OutOfOrder::Unknown)?;
                    seat.name.to_string()
                }
                Reader::Member { person } => self.name_of(person).await?,
            };
            let reason = printable(&it.reason);
            let said = [("name", name.as_str()), ("reason", reason.as_str())];
            // What the mediator only heard, or did not hear at all, is not put into anybody's mouth.
            let line = match it.noted_by {
                None => self.say(case, "sign-reason-minutes-refused", &said),
                Some(person) => {
                    let by = self.name_of(person).await?;
                    let noted = [&said[..], &[("by", by.as_str())]].concat();
                    self.say(case, "sign-reason-minutes-noted", &noted)
                }
            };
            told += &line;
        }
        Ok(told)
    }
}

/// Under the place of a party stands whose name is put there.
fn with_hand(mut party: Party, case: &Case, hand: Option<PersonId>) -> Party {
    let named = hand.and_then(|person| case.named_as(person));
    if let Some(agent) = &mut party.agent {
        agent.signs = named.is_some_and(|named| named.right.is_some());
    }
    party
}

/// As what somebody is at the table.
fn standing(case: &Case, person: PersonId) -> &'static str {
    if let Some(named) = case.named_as(person) {
        return named.party.role.name();
    }
    let mut team = case.team.iter();
    match team.find(|it| it.person == person && it.capacity.sits_in()) {
        Some(member) => member.capacity.name(),
        None => "mediator",
    }
}
