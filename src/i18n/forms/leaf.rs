//! The wording of one line: plain words, `{{ field | filter }}`, `{% if field %}…{% else %}…{% endif %}`, `{% say phrase %}`.

use std::collections::BTreeSet;

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Words(String),
    Field {
        /// Its number among the places that a sample has to reach.
        place: usize,
        path: Vec<String>,
        filters: Vec<String>,
    },
    Phrase(String),
    If {
        when: Condition,
        then: Vec<Part>,
        otherwise: Vec<Part>,
    },
}

/// Whether something was said, or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Condition {
    /// The places of its holding and of its not holding. What is missing does not hold, and so a misspelt field shows.
    pub(super) places: [usize; 2],
    pub(super) path: Vec<String>,
    pub(super) negated: bool,
}

/// What a line may name, and the places counted so far; their lines.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub(super) filters: BTreeSet<String>,
    pub(super) phrases: BTreeSet<String>,
    pub(super) places: Vec<usize>,
}

impl Known {
    /// The number of a new place in this line.
    pub(super) fn place(&mut self, line: usize) -> usize {
        self.places.push(line);
        self.places.len() - 1
    }
}

enum Token<'a> {
    Words(&'a str),
    Field(&'a str),
    Tag(&'a str),
}

/// Reads the wording of a line.
pub(super) fn parse(text: &str, line: usize, known: &mut Known) -> Result<Vec<Part>, String> {
    let mut tokens = tokens(text)?.into_iter().peekable();
    let found = parts(&mut tokens, line, known)?;
    match tokens.next() {
        Some(Token::Tag(word)) => Err(format!("`{{% {word} %}}` without its `{{% if %}}`")),
        _ => Ok(found),
    }
}

fn tokens(text: &str) -> Result<Vec<Token<'_>>, String> {
    let mut found = Vec::new();
    let mut rest = text;
    loop {
        let opens = ["{{", "{%"].into_iter();
        let first = opens
            .filter_map(|open| Some((rest.find(open)?, open)))
            .min();
        let Some((at, open)) = first else {
            found.push(Token::Words(unbroken(rest)?));
            return Ok(found);
        };
        found.push(Token::Words(unbroken(&rest[..at])?));
        let inside = &rest[at + open.len()..];
        let close = if open == "{{" { "}}" } else { "%}" };
        let end = inside.find(close);
        let end = end.ok_or_else(|| format!("`{open}` is never closed by `{close}`"))?;
        let said = inside[..end].trim();
        found.push(match open {
            "{{" => Token::Field(said),
            _ => Token::Tag(said),
        });
        rest = &inside[end + close.len()..];
    }
}

/// Words in which no mark was left over.
fn unbroken(words: &str) -> Result<&str, String> {
    match ["}}", "%}", "{#", "#}"]
        .into_iter()
        .find(|mark| words.contains(mark))
    {
        Some(mark) => Err(format!("`{mark}` belongs to nothing")),
        None => Ok(words),
    }
}

type Tokens<'a> = std::iter::Peekable<std::vec::IntoIter<Token<'a>>>;

/// Up to an `else` or `endif`, or the end.
fn parts(tokens: &mut Tokens<'_>, line: usize, known: &mut Known) -> Result<Vec<Part>, String> {
    let mut found = Vec::new();
    while let Some(token) = tokens.next_if(|token| !matches!(token, Token::Tag("else" | "endif"))) {
        match token {
            Token::Words("") => {}
            Token::Words(words) => found.push(Part::Words(words.to_owned())),
            Token::Field(said) => found.push(field(said, line, known)?),
            Token::Tag(said) => found.push(tag(said, tokens, line, known)?),
        }
    }
    Ok(found)
}

fn field(said: &str, line: usize, known: &mut Known) -> Result<Part, String> {
    let mut words = said.split('|').map(str::trim);
    let path = path(words.next().unwrap_or_default())?;
    let filters: Vec<String> = words.map(str::to_owned).collect();
    if let Some(unknown) = filters.iter().find(|name| !known.filters.contains(*name)) {
        return Err(format!("there is no filter `{unknown}`"));
    }
    Ok(Part::Field {
        place: known.place(line),
        path,
        filters,
    })
}

fn tag(
    said: &str,
    tokens: &mut Tokens<'_>,
    line: usize,
    known: &mut Known,
) -> Result<Part, String> {
    if let Some(phrase) = said.strip_prefix("say ").map(str::trim) {
        if !known.phrases.contains(phrase) {
            return Err(format!("there is no phrase `{phrase}`"));
        }
        return Ok(Part::Phrase(phrase.to_owned()));
    }
    let Some(asked) = said.strip_prefix("if ") else {
        return Err(format!("`{{% {said} %}}` is not known within a line"));
    };
    let when = condition(asked, line, known)?;
    let then = parts(tokens, line, known)?;
    let mut ended = tokens.next();
    let mut otherwise = Vec::new();
    if let Some(Token::Tag("else")) = ended {
        otherwise = parts(tokens, line, known)?;
        ended = tokens.next();
    }
    match ended {
        Some(Token::Tag("endif")) => Ok(Part::If {
            when,
            then,
            otherwise,
        }),
        _ => Err(format!(
            "`{{% {said} %}}` has no `{{% endif %}}` in its line"
        )),
    }
}

/// `field` or `not field`.
pub(super) fn condition(asked: &str, line: usize, known: &mut Known) -> Result<Condition, String> {
    let asked = asked.trim();
    let plain = asked.strip_prefix("not ");
    Ok(Condition {
        places: [known.place(line), known.place(line)],
        path: path(plain.unwrap_or(asked).trim())?,
        negated: plain.is_some(),
    })
}

/// `party.name`
pub(super) fn path(said: &str) -> Result<Vec<String>, String> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-".contains(c);
    let names: Vec<String> = said.split('.').map(str::to_owned).collect();
    if names
        .iter()
        .any(|name| name.is_empty() || !name.chars().all(plain))
    {
        return Err(format!("`{said}` is not the name of a field"));
    }
    Ok(names)
}

/// The cells of a row: `|` within `{{ }}` and `{% %}` divides nothing.
pub(super) fn cells(text: &str) -> Vec<&str> {
    let (mut found, mut from, mut at) = (Vec::new(), 0, 0);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let close = match rest.get(..2) {
            Some("{{") => rest.find("}}"),
            Some("{%") => rest.find("%}"),
            _ => None,
        };
        if let Some(end) = close {
            at += end + 2;
            continue;
        }
        if rest.starts_with('|') {
            found.push(text[from..at].trim());
            from = at + 1;
        }
        at += rest.chars().next().map_or(1, char::len_utf8);
    }
    found.push(text[from..].trim());
    found
}
