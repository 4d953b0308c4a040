//! What a form of the board asks for.

use crate::domain::action::Action;
use crate::domain::agreement::{Matter, Terms};
use crate::domain::ids::{ClauseId, PartyId};
use crate::domain::signature::Order;
use crate::domain::translation::Tongue;
use crate::i18n::Text;
use crate::web::{Form, Web, WebError, parse};

/// Characters that a text of a clause holds.
const LONGEST_TEXT: usize = 1_000;
const LONGEST_FACTS: usize = 4_000;

/// What somebody at the board wants done.
pub(super) enum Wish {
    Prepare(Order),
    Do(Box<Action>),
}

/// What the form asks for; nothing where a field is wrong.
pub(super) fn read(web: &Web, form: &mut Form) -> Result<Option<Wish>, WebError> {
    let wish = match form.value("act") {
        "facts" => read_matter(form).map(|matter| Action::WriteFacts { matter }),
        "fact" => form
            .read("fact", parse::printed(LONGEST_TEXT))
            .map(|text| Action::NoteUndisputed { text }),
        "agree-fact" => form
            .read("index", number)
            .map(|index| Action::AgreeUndisputed { index }),
        "clause" => read_clause(web, form),
        "remove" => form
            .read("clause", id)
            .map(|clause| Action::RemoveClause { clause }),
        "agree" => {
            let clause = form.read("clause", id);
            let revision = form.read("revision", number);
            clause
                .zip(revision)
                .map(|(clause, revision)| Action::AgreeClause { clause, revision })
        }
        // None for Chinese alone.
        "language" => form
            .read_optional("tongue", parse::choice(Tongue::parse))
            .map(|tongue| Action::ChooseLanguage { tongue }),
        "reopen" => Some(Action::ReopenDraft),
        "prepare" => {
            let order = match form.value("in_turn") {
                "yes" => Order::Fixed,
                _ => Order::Free,
            };
            return Ok(Some(Wish::Prepare(order)));
        }
        other => return Err(WebError::BadRequest(format!("no act {other}"))),
    };
    Ok(wish.map(|action| Wish::Do(Box::new(action))))
}

fn read_matter(form: &mut Form) -> Option<Matter> {
    let facts = form.read("facts", parse::printed(LONGEST_FACTS));
    let disputed = form.read_optional("disputed", parse::printed(LONGEST_FACTS));
    let responsibility = form.read_optional("responsibility", parse::printed(LONGEST_FACTS));
    Some(Matter {
        facts: facts?,
        disputed: disputed?.unwrap_or_default(),
        responsibility: responsibility?.unwrap_or_default(),
    })
}

fn read_clause(web: &Web, form: &mut Form) -> Option<Action> {
    let clause = form.read_optional("clause", id);
    let debtor = form.read("debtor", id::<PartyId>);
    let act = form.read("terms", parse::printed(LONGEST_TEXT));
    let amount = form.read_optional("amount", parse::money);
    let due = form.read("due", parse::date);
    let proof = form.read("proof", parse::printed(LONGEST_TEXT));
    let on_default = form.read("on_default", parse::printed(LONGEST_TEXT));
    let terms = Terms {
        debtor: debtor?,
        act: act?,
        amount: amount?,
        due: due?,
        proof: proof?,
        on_default: on_default?,
    };
    if terms.due < crate::domain::time::civil_date(web.accounts.clock.now()) {
        form.refuse("due", Text::key("board-due-past"));
        return None;
    }
    Some(match clause? {
        Some(clause) => Action::ChangeClause { clause, terms },
        None => Action::AddClause {
            clause: ClauseId(web.accounts.clock.new_id()),
            terms,
        },
    })
}

fn id<T: std::str::FromStr>(text: &str) -> Result<T, Text> {
    text.parse().map_err(|_error| Text::key("form-choose"))
}

fn number<T: std::str::FromStr>(text: &str) -> Result<T, Text> {
    text.parse().map_err(|_error| Text::key("form-choose"))
}
