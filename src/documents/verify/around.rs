//! What is written around the text: the heads and feet of the pages, and what seals lie over.

use super::data::packed;
use super::page::{Text, Unpacker};
use super::report::Code;

/// Characters of a date, in words too.
const LONGEST_DATE: usize = 20;

/// Whether a seal lies over the name that its place is called by, and a date, where nothing more is known of it: over the beginning of
/// the one and the other, or over nothing.
pub(super) fn is_of_seal(
    places: &[(String, String)],
    (field, text): (&String, &String),
    budget: &mut Unpacker,
) -> Result<bool, Code> {
    let mut called = places.iter().filter(|(name, _)| name == field);
    let label = called.next().map(|(_, label)| packed(label));
    let label = label.unwrap_or_default();
    budget.spend(label.len() + text.len())?;
    // What is left of the name where as much as can be is taken for the date; a part of it stands in the label wherever the whole does.
    let ends = text.char_indices().rev().take(LONGEST_DATE);
    let date = ends.take_while(|(_, it)| it.is_alphanumeric()).last();
    let first = text.chars().next().map_or(0, char::len_utf8);
    let end = date.map_or(text.len(), |(at, _)| at).max(first);
    let name = text.get(..end).unwrap_or_default();
    Ok(label.contains(name))
}

/// Below the text of a page stands its number, and above it, from the second one on, the number of the paper and its title: no letter
/// more, of which somebody could put together something else.
pub(super) fn is_running(text: &Text, said: &str, budget: &mut Unpacker) -> Result<bool, Code> {
    let total = text.running.len();
    let title = text.pieces.iter().filter(|it| it.tag == b"H1" && !it.aside);
    let title: String = title.map(|it| packed(&it.text)).collect();
    // The number of the paper, as it stands at the head of its second page.
    let mut wanted: Option<String> = None;
    for (index, running) in text.running.iter().enumerate() {
        let all: String = running.iter().map(|it| packed(it)).collect();
        let foot = format!("—{}/{total}—", index + 1);
        let rest = all.strip_prefix(foot.as_str());
        let fits = match rest.and_then(|rest| rest.strip_suffix(title.as_str())) {
            _ if index == 0 => rest == Some(""),
            Some(number) if wanted.is_some() => wanted.as_deref() == Some(number),
            // At the head of the paper the number follows the title.
            Some(number) => {
                budget.spend(said.len())?;
                wanted = Some(number.to_owned());
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

#[cfg(test)]
mod tests {
    use super::super::page::Piece;
    use super::*;

    fn seal(label: &str, text: &str) -> Result<bool, Code> {
        let places = [("seal".to_owned(), label.to_owned())];
        let sealed = (&"seal".to_owned(), &text.to_owned());
        is_of_seal(&places, sealed, &mut Unpacker::new())
    }

    #[test]
    fn a_seal_lies_over_its_name_and_a_date() {
        let label = "复核：和平镇人民调解委员会（印章）";
        for text in [
            "",
            "和平镇",
            "和平镇人民调解委员会",
            "和平镇人民调解委员会二〇二六年十一月二十二日",
            "和平镇人民调解委员会2026年11月22日",
        ] {
            assert_eq!(seal(label, text), Ok(true), "{text}");
        }
        for text in [
            "李四应当付款5,000元",
            "和平镇人民调解委员会2026年11月22日，",
            "和平镇人民调解委员会李四应当向张三一次付清修理的全部费用五千元整",
            "应",
        ] {
            assert_eq!(seal(label, text), Ok(false), "{text}");
        }
        assert_eq!(seal("", "2026年11月22日"), Ok(false));
    }

    #[test]
    fn what_lies_under_a_seal_is_compared_once_however_long_it_is() {
        let long = "e\u{301}".repeat(1 << 20);
        assert_eq!(seal(&long, &long), Ok(true));
        assert_eq!(seal(&long, &[&long, "，"].concat()), Ok(false));
        let longest = "e".repeat(130_000_000);
        assert_eq!(seal(&longest, &longest), Err(Code::TooLarge));
    }

    /// Heads of so many pages, with the number of the paper on each but the first.
    fn heads(pages: usize, number: impl Fn(usize) -> String) -> Text {
        let title = "调解卷宗".to_owned();
        let head = |page: usize| {
            let foot = format!("— {page} / {pages} —");
            let first = page == 1;
            let more = [number(page), title.clone()];
            let more = more.into_iter().filter(|_| !first);
            [foot].into_iter().chain(more).collect()
        };
        Text {
            running: (1..=pages).map(head).collect(),
            pieces: vec![Piece {
                tag: b"H1".to_vec(),
                text: title.clone(),
                aside: false,
            }],
            ..Text::default()
        }
    }

    #[test]
    fn every_page_bears_the_same_number_also_where_there_are_very_many() {
        let number = "和平调卷〔2026〕000012号";
        let said = ["调解卷宗", number, &"说".repeat(700_000)].concat();
        let told = |text: &Text| is_running(text, &said, &mut Unpacker::new());
        assert_eq!(told(&heads(2_000, |_| number.to_owned())), Ok(true));
        // Each of them stands on the pages somewhere.
        let other = |page: usize| if page == 3 { "和平调卷" } else { number }.to_owned();
        assert_eq!(told(&heads(4, other)), Ok(false));
        assert_eq!(told(&heads(3, |_| "13号".to_owned())), Ok(false));
    }
}
