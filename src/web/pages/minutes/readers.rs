//! Those who read a record and sign it before the mediator: who has, who would not, and whose refusal is noted.

use super::{LONGEST_NOTE, Note, draft};
use crate::domain::action::Action;
use crate::domain::agreement::Signer;
use crate::domain::case::Case;
use crate::domain::ids::SessionId;
use crate::domain::session_record::{Laid, Reader, SessionRecord};
use crate::web::pages::proof::name_of;
use crate::web::pages::sign::{SignerShown, hand_of};
use crate::web::pages::terms::party_name;
use crate::web::{Choice, Form, Viewer, Web, WebError, parse};

pub(super) async fn signers(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    record: Option<&SessionRecord>,
) -> Result<Vec<SignerShown>, WebError> {
    let Some((record, laid)) = record.and_then(|it| Some((it, it.laid.as_ref()?))) else {
        return Ok(Vec::new());
    };
    let at = |signer: Signer| {
        let mut signatures = laid.signatures.iter();
        signatures.find(|it| it.signer == signer).map(|it| it.at)
    };
    let there = record.parties(case);
    let parties = case.parties.iter().filter(|it| there.contains(&it.id));
    let mut shown: Vec<_> = parties
        .map(|party| SignerShown {
            role: "party",
            name: hand_of(web, viewer, case, party, record.hand(party, case)),
            at: at(Signer::Party { party: party.id }),
        })
        .collect();
    for person in laid.members.iter().copied() {
        shown.push(SignerShown {
            role: "member",
            name: name_of(web, person).await?.to_string(),
            at: at(Signer::Member { person }),
        });
    }
    if let Some(mediator) = case.stage.mediator() {
        shown.push(SignerShown {
            role: "mediator",
            name: name_of(web, mediator).await?.to_string(),
            at: at(Signer::Mediator),
        });
    }
    Ok(shown)
}

/// Of whom the mediator may note now that they do not sign.
pub(super) async fn unsigned(
    web: &Web,
    case: &Case,
    record: &SessionRecord,
) -> Result<Vec<Choice>, WebError> {
    let (mut choices, now) = (Vec::new(), web.desk.clock.now());
    for reader in record.readers(case) {
        if record.may_note(reader, case, now) {
            let name = reader_name(web, case, reader).await?;
            choices.push(draft::choice(&reader_value(reader), &name));
        }
    }
    Ok(choices)
}

async fn reader_name(web: &Web, case: &Case, reader: Reader) -> Result<String, WebError> {
    match reader {
        Reader::Party { party } => Ok(party_name(case, party)),
        Reader::Member { person } => Ok(name_of(web, person).await?.to_string()),
    }
}

fn reader_value(reader: Reader) -> String {
    match reader {
        Reader::Party { party } => party.to_string(),
        Reader::Member { person } => person.to_string(),
    }
}

pub(super) async fn refusals_of(
    web: &Web,
    case: &Case,
    laid: &Laid,
) -> Result<Vec<Note>, WebError> {
    let mut notes = Vec::new();
    for it in &laid.refusals {
        let noted_by = match it.noted_by {
            Some(person) => Some(name_of(web, person).await?.to_string()),
            None => None,
        };
        notes.push(Note {
            by: reader_name(web, case, it.by).await?,
            text: it.reason.clone(),
            at: it.at,
            noted_by,
        });
    }
    Ok(notes)
}

/// That somebody who was there does not sign.
pub(super) fn noted(case: &Case, session: SessionId, form: &mut Form) -> Option<Action> {
    let readers = case.record_of(session).map(|it| it.readers(case));
    let readers = readers.unwrap_or_default();
    let of = form.choose("of", |value| {
        let mut readers = readers.iter().copied();
        readers.find(|reader| reader_value(*reader) == value)
    });
    let reason = form.read("why", parse::text(LONGEST_NOTE));
    Some(Action::NoteRefusal {
        session,
        of: of?,
        reason: reason?,
    })
}
