//! What is written around the text: the heads and feet of the pages, and what seals lie over.

use super::data::packed;
use super::page::{Text, Unpacker};
use super::report::Code;

/// Characters of a date, in words too.
const LONGEST_DATE: usize = 20;

/// Whether a seal lies over the name that its place is called by, and a date, where nothing more is known of it.
pub(super) fn is_of_seal(places: &[(String, String)], (field, text): (&String, &String)) -> bool {
    let mut called = places.iter().filter(|(name, _)| name == field);
    let label = called.next().map(|(_, label)| packed(label));
    let label = label.unwrap_or_default();
    let ends = text.char_indices().map(|(at, it)| at + it.len_utf8());
    let name = ends.take_while(|end| text.get(..*end).is_some_and(|name| label.contains(name)));
    let Some(name) = name.last() else {
        return text.is_empty();
    };
    let date = text.get(name..).unwrap_or_default();
    date.chars().count() <= LONGEST_DATE && date.chars().all(char::is_alphanumeric)
}

/// Below the text of a page stands its number, and above it, from the second one on, the number of the paper and its title: no letter
/// more, of which somebody could put together something else.
pub(super) fn is_running(text: &Text, said: &str, budget: &mut Unpacker) -> Result<bool, Code> {
    let total = text.running.len();
    let title = text.pieces.iter().filter(|it| it.tag == b"H1" && !it.aside);
    let title: String = title.map(|it| packed(&it.text)).collect();
    for (index, running) in text.running.iter().enumerate() {
        let all: String = running.iter().map(|it| packed(it)).collect();
        let foot = format!("—{}/{total}—", index + 1);
        let rest = all.strip_prefix(foot.as_str());
        let fits = match rest.and_then(|rest| rest.strip_suffix(title.as_str())) {
            _ if index == 0 => rest == Some(""),
            // At the head of the paper the number follows the title.
            Some(number) => {
                budget.spend(said.len())?;
                said.contains(&[title.as_str(), number].concat())
            }
            None => false,
        };
        if !fits {
            return Ok(false);
        }
    }
    Ok(true)
}
