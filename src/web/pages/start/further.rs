//! Whoever else stands on one of the two sides: as many people as sign one agreement at most, each asked for when one
//! more is wanted, without a script.

use serde::Serialize;

use super::draft::{Who, read_who};
use crate::domain::party::{MOST_PARTIES, PartyRole};
use crate::i18n::Text;
use crate::web::Form;

/// Beside the first of each side.
const MOST: usize = MOST_PARTIES - 2;

/// How many are asked for, as the form carries it along.
const COUNT: &str = "further";

/// The fields of one further person.
#[derive(Clone, Debug, Serialize)]
pub struct Asked {
    pub number: usize,
    /// With which the names of the fields begin.
    pub prefix: String,
}

#[derive(Debug)]
pub(in crate::web::pages) struct Further {
    prefix: String,
    pub(in crate::web::pages) side: PartyRole,
    pub(in crate::web::pages) who: Who,
}

fn prefix(number: usize) -> String {
    format!("further{number}_")
}

fn count(form: &Form) -> usize {
    let count = form.value(COUNT).parse::<usize>();
    count.map_or(0, |count| count.min(MOST))
}

/// Whoever is asked for on the page.
pub(in crate::web::pages) fn asked(form: &Form) -> Vec<Asked> {
    let numbers = 1..=count(form);
    let asked = |number| Asked {
        number,
        prefix: prefix(number),
    };
    numbers.map(asked).collect()
}

/// The form with the fields of one more person; what was typed stays as it is.
pub(in crate::web::pages) fn one_more(mut form: Form) -> Form {
    let count = (count(&form) + 1).min(MOST);
    form.replace(COUNT, count.to_string());
    form.forget("do");
    form
}

/// Everybody of whom something was typed; a person of whom nothing was typed is nobody.
pub(in crate::web::pages) fn read(form: &mut Form) -> Option<Vec<Further>> {
    let mut further = Vec::new();
    let mut is_whole = true;
    for asked in asked(form) {
        let field = |name: &str| format!("{}{name}", asked.prefix);
        let mut fields = ["name", "contact", "address"].map(field).into_iter();
        if fields.all(|field| form.value(&field).is_empty()) {
            continue;
        }
        let side = form.choose(&field("side"), side);
        let who = read_who(form, &asked.prefix, false);
        let prefix = asked.prefix;
        match (side, who) {
            (Some(side), Some(who)) => further.push(Further { prefix, side, who }),
            _ => is_whole = false,
        }
    }
    is_whole.then_some(further)
}

fn side(name: &str) -> Option<PartyRole> {
    let mut sides = [PartyRole::Claimant, PartyRole::Respondent].into_iter();
    sides.find(|side| side.name() == name)
}

/// Whoever can be reached under one number is one person: a link to it leads to one seat. The later of two who share one
/// gets the message.
pub(in crate::web::pages) fn refuse_twice(form: &mut Form, firsts: &[&Who], further: &[Further]) {
    let firsts = firsts.iter().filter_map(|who| who.contact.as_ref());
    let mut known: Vec<_> = firsts.collect();
    for one in further {
        let Some(contact) = &one.who.contact else {
            continue;
        };
        if known.contains(&contact) {
            let field = format!("{}contact", one.prefix);
            form.refuse(&field, Text::key("further-contact-twice"));
        }
        known.push(contact);
    }
}
