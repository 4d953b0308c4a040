//! Reads a template: its head in TOML, then the lines of the paper.

use std::sync::Arc;

use serde::Deserialize;
use sha2::{Digest, Sha256};
use toml::Spanned;

use super::common::{Common, filters, line_of, read_toml};
use super::leaf::{self, Condition, Known, Part};
use super::{Form, FormError, Mark, Source, Tables, wrong};

/// One line of the template, or several under a condition.
#[derive(Debug)]
pub(super) enum Node {
    Line {
        line: usize,
        place: usize,
        sign: Sign,
        cells: Vec<Vec<Part>>,
    },
    /// An empty line, which ends a table or a list.
    Gap,
    For {
        line: usize,
        name: String,
        path: Vec<String>,
        body: Vec<Node>,
    },
    If {
        when: Condition,
        then: Vec<Node>,
        otherwise: Vec<Node>,
    },
    Choose {
        line: usize,
        path: Vec<String>,
        /// The choices of each case.
        cases: Vec<(Vec<String>, Vec<Node>)>,
    },
}

/// What a line is, by how it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Heading,
    Paragraph,
    Flush,
    Row,
    Clause,
    Term,
    NoticeTitle,
    Notice,
    Hand,
    Seal,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    version: Spanned<String>,
    title: Spanned<String>,
    issuer: Option<Spanned<String>>,
    number: Option<Spanned<String>>,
    /// Where the square code leads; without it there is none.
    code: Option<Spanned<String>>,
    caption: Option<Spanned<String>>,
    /// What the attached data are called; without it none are attached.
    #[serde(default)]
    data: String,
    #[serde(default)]
    bookmarks: bool,
    #[serde(default)]
    words: Tables,
}

impl Form {
    pub(super) fn parse(
        (jurisdiction, language): (&str, &str),
        (file, text): &Source,
        (shared, common): (&Source, &Arc<Common>),
    ) -> Result<Self, FormError> {
        let missing = || wrong(file, 1, "no line `---` divides the head from the paper");
        let (head_text, body) = text.split_once("\n---\n").ok_or_else(missing)?;
        let head: Head = read_toml(file, head_text)?;
        let line = |it: &Spanned<String>| line_of(text, it.span().start);
        if head.version.get_ref().trim().is_empty() {
            return Err(wrong(file, line(&head.version), "the version is empty"));
        }
        let mut known = Known {
            filters: filters(file, [&head.words, &common.words])?,
            phrases: common.phrases.keys().cloned().collect(),
            ..Known::default()
        };
        let mut read = |it: Option<&Spanned<String>>| {
            let Some(it) = it else {
                return Ok(Vec::new());
            };
            let read = leaf::parse(it.get_ref(), line(it), &mut known);
            read.map_err(|what| wrong(file, line(it), &what))
        };
        let (title, issuer) = (read(Some(&head.title))?, read(head.issuer.as_ref())?);
        let (number, code) = (read(head.number.as_ref())?, read(head.code.as_ref())?);
        let caption = read(head.caption.as_ref())?;
        let first = line_of(text, head_text.len() + 5);
        let mut lines = Lines {
            file,
            known: &mut known,
            rest: (first..).zip(body.lines()).collect::<Vec<_>>().into_iter(),
        };
        let body = lines.whole()?;
        Ok(Self {
            file: file.clone(),
            mark: Mark {
                jurisdiction: jurisdiction.to_owned(),
                language: language.to_owned(),
                version: head.version.into_inner(),
                sha256: sha256(&[text, &shared.1]),
            },
            title,
            issuer,
            number,
            code,
            caption,
            data: head.data,
            bookmarks: head.bookmarks,
            body,
            words: head.words,
            places: known.places,
            common: Arc::clone(common),
        })
    }
}

fn sha256(texts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for text in texts {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text.as_bytes());
    }
    let mut digits = String::new();
    for byte in hash.finalize() {
        let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
        digits.extend([digit(byte >> 4), digit(byte & 15)]);
    }
    digits
}

/// The lines that were not read yet, with their numbers.
struct Lines<'a> {
    file: &'a str,
    known: &'a mut Known,
    rest: std::vec::IntoIter<(usize, &'a str)>,
}

/// A line of its own that steers: `{% for party in parties %}`.
struct Steer<'a> {
    line: usize,
    said: &'a str,
}

impl<'a> Lines<'a> {
    fn whole(&mut self) -> Result<Vec<Node>, FormError> {
        let (nodes, steer) = self.nodes()?;
        match steer {
            None => Ok(nodes),
            Some(steer) => {
                let what = format!("`{{% {} %}}` ends nothing", steer.said);
                Err(wrong(self.file, steer.line, &what))
            }
        }
    }

    /// Up to a line that ends a block or begins its next part, which is given back, or to the end.
    fn nodes(&mut self) -> Result<(Vec<Node>, Option<Steer<'a>>), FormError> {
        let mut found = Vec::new();
        while let Some((line, text)) = self.rest.next() {
            let text = text.trim();
            if text.starts_with("{#") && text.ends_with("#}") {
                continue;
            }
            if text.is_empty() {
                found.push(Node::Gap);
            } else if let Some(said) = steering(text) {
                match said.split_once(' ').unwrap_or((said, "")) {
                    ("for", said) => found.push(self.repeated(line, said)?),
                    ("if", said) => found.push(self.conditional(line, said)?),
                    ("choose", said) => found.push(self.chosen(line, said)?),
                    _ => return Ok((found, Some(Steer { line, said }))),
                }
            } else {
                found.push(self.line(line, text)?);
            }
        }
        Ok((found, None))
    }

    fn expect(&self, steer: Option<&Steer<'_>>, end: &str, from: usize) -> Result<(), FormError> {
        match steer {
            Some(steer) if steer.said == end => Ok(()),
            Some(steer) => {
                let what = format!(
                    "`{{% {} %}}` stands where `{{% {end} %}}` belongs",
                    steer.said
                );
                Err(wrong(self.file, steer.line, &what))
            }
            None => Err(wrong(
                self.file,
                from,
                &format!("without its `{{% {end} %}}`"),
            )),
        }
    }

    fn repeated(&mut self, line: usize, said: &str) -> Result<Node, FormError> {
        let failed = |what: String| wrong(self.file, line, &what);
        let (name, path) = said
            .split_once(" in ")
            .ok_or_else(|| failed("write `{% for one in list %}`".to_owned()))?;
        let name = leaf::path(name.trim()).map_err(failed)?.concat();
        let path = leaf::path(path.trim()).map_err(failed)?;
        let (body, end) = self.nodes()?;
        self.expect(end.as_ref(), "endfor", line)?;
        Ok(Node::For {
            line,
            name,
            path,
            body,
        })
    }

    fn conditional(&mut self, line: usize, said: &str) -> Result<Node, FormError> {
        let when = leaf::condition(said, line, self.known);
        let when = when.map_err(|what| wrong(self.file, line, &what))?;
        let (then, mut end) = self.nodes()?;
        let mut otherwise = Vec::new();
        if end.as_ref().is_some_and(|steer| steer.said == "else") {
            (otherwise, end) = self.nodes()?;
        }
        self.expect(end.as_ref(), "endif", line)?;
        Ok(Node::If {
            when,
            then,
            otherwise,
        })
    }

    fn chosen(&mut self, line: usize, said: &str) -> Result<Node, FormError> {
        let path = leaf::path(said.trim()).map_err(|what| wrong(self.file, line, &what))?;
        let mut cases = Vec::new();
        let (before, mut end) = self.nodes()?;
        if before.iter().any(|node| !matches!(node, Node::Gap)) {
            return Err(wrong(
                self.file,
                line,
                "something stands before the first `{% when %}`",
            ));
        }
        while let Some(name) = end
            .as_ref()
            .and_then(|steer| steer.said.strip_prefix("when "))
        {
            let (body, next) = self.nodes()?;
            let names = name.split(',').map(|name| name.trim().to_owned());
            cases.push((names.collect(), body));
            end = next;
        }
        self.expect(end.as_ref(), "endchoose", line)?;
        Ok(Node::Choose { line, path, cases })
    }

    fn line(&mut self, line: usize, text: &str) -> Result<Node, FormError> {
        let failed = |what: &str| wrong(self.file, line, what);
        let (sign, text) = signed(text).map_err(|what| failed(&what))?;
        let (texts, wanted) = match sign {
            Sign::Row | Sign::Hand => (leaf::cells(text), 2),
            Sign::Seal => (leaf::cells(text), 4),
            _ => (vec![text], 1),
        };
        if texts.len() != wanted {
            let what = format!(
                "{wanted} parts divided by `|` belong here, not {}",
                texts.len()
            );
            return Err(failed(&what));
        }
        if texts.iter().any(|text| text.is_empty()) {
            return Err(failed("a part of this line is empty"));
        }
        let place = self.known.place(line);
        let mut cells = Vec::new();
        for text in texts {
            let read = leaf::parse(text, line, self.known);
            cells.push(read.map_err(|what| wrong(self.file, line, &what))?);
        }
        Ok(Node::Line {
            line,
            place,
            sign,
            cells,
        })
    }
}

/// What stands in a line that is one `{% … %}` and nothing else, and is no phrase.
fn steering(text: &str) -> Option<&str> {
    let said = text.strip_prefix("{%")?.strip_suffix("%}")?.trim();
    let plain = !said.contains("%}") && !said.starts_with("say ");
    plain.then_some(said)
}

/// What a line is, and its text.
fn signed(text: &str) -> Result<(Sign, &str), String> {
    let signs = [
        ("# ", Sign::Heading),
        ("> ", Sign::Flush),
        ("!! ", Sign::NoticeTitle),
        ("! ", Sign::Notice),
        ("@hand ", Sign::Hand),
        ("@seal ", Sign::Seal),
    ];
    for (begin, sign) in signs {
        if let Some(rest) = text.strip_prefix(begin) {
            return Ok((sign, rest.trim()));
        }
    }
    if let Some(row) = text.strip_prefix('|') {
        return Ok((Sign::Row, row.strip_suffix('|').unwrap_or(row).trim()));
    }
    let after_digits =
        |text: &str| -> usize { text.bytes().take_while(u8::is_ascii_digit).count() };
    let digits = after_digits(text);
    if let Some(rest) = text[digits..].strip_prefix(". ").filter(|_| digits > 0) {
        return Ok((Sign::Clause, rest.trim()));
    }
    for (open, close) in [('(', ')'), ('（', '）')] {
        if let Some(inside) = text.strip_prefix(open) {
            let digits = after_digits(inside);
            let rest = inside[digits..].strip_prefix(close).filter(|_| digits > 0);
            if let Some(rest) = rest {
                return Ok((Sign::Term, rest.trim()));
            }
        }
    }
    if let Some(plain) = text.strip_prefix('\\') {
        return Ok((Sign::Paragraph, plain));
    }
    match text
        .chars()
        .next()
        .filter(|first| "#>!@*-+=~`<".contains(*first))
    {
        Some(first) => Err(format!(
            "no line begins with `{first}` like this; put `\\` before plain text"
        )),
        None => Ok((Sign::Paragraph, text)),
    }
}
