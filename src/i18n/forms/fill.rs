//! Fills a template with the data of one paper. Every field must be there; what people wrote stays in its place.

use std::collections::BTreeSet;

use serde_json::Value;

use super::filters::{Held, one_line, variant};
use super::leaf::{Condition, Part};
use super::parse::{Node, Sign};
use super::{Form, FormError, wrong};

/// A paper in words, piece after piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    pub title: String,
    pub issuer: String,
    pub number: String,
    /// Where the square code leads, and the words under it.
    pub code: Option<(String, String)>,
    /// Each with the line of the template that it comes from.
    pub pieces: Vec<(usize, Piece)>,
}

/// What stands in one line of a template, filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Heading(String),
    Paragraph(String),
    Flush(String),
    Row {
        label: String,
        value: String,
    },
    Clause {
        number: String,
        text: String,
    },
    Term {
        number: String,
        text: String,
    },
    NoticeTitle(String),
    Notice(String),
    Hand {
        field: String,
        label: String,
    },
    Seal {
        field: String,
        label: String,
        organisation: String,
        date: String,
    },
    /// Between two tables or lists.
    Gap,
}

impl Piece {
    /// As errors and comparisons name it.
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::Heading(_) => "a heading",
            Self::Paragraph(_) => "a paragraph",
            Self::Flush(_) => "a flush line",
            Self::Row { .. } => "a row of a table",
            Self::Clause { .. } => "a clause",
            Self::Term { .. } => "a term of a clause",
            Self::NoticeTitle(_) => "the title of a notice",
            Self::Notice(_) => "a line of a notice",
            Self::Hand { .. } => "a place to sign",
            Self::Seal { .. } => "a place for a seal",
            Self::Gap => "a gap",
        }
    }

    /// What grows together where it stands one after another.
    const fn group(&self) -> u8 {
        match self {
            Self::Row { .. } => 1,
            Self::Clause { .. } | Self::Term { .. } => 2,
            Self::NoticeTitle(_) | Self::Notice(_) => 3,
            Self::Hand { .. } | Self::Seal { .. } => 4,
            _ => 0,
        }
    }
}

impl Form {
    /// The paper in words.
    ///
    /// # Errors
    /// Where the data lack what the template names.
    pub fn fill(&self, data: &Value) -> Result<Filled, FormError> {
        self.fill_seeing(data, &mut Seen::default())
    }

    /// As [`Self::fill`]; marks the places that were reached.
    pub(super) fn fill_seeing(&self, data: &Value, seen: &mut Seen) -> Result<Filled, FormError> {
        let mut filler = Filler {
            in_common: false,
            form: self,
            root: data,
            names: Vec::new(),
            seen,
            pieces: Vec::new(),
            counts: Counts::default(),
        };
        let title = filler.say(&self.title, 1)?;
        let issuer = filler.say(&self.issuer, 1)?;
        let number = filler.say(&self.number, 1)?;
        let code = match filler.say(&self.code, 1)? {
            url if url.is_empty() => None,
            url => Some((url, filler.caption()?)),
        };
        filler.nodes(&self.body)?;
        Ok(Filled {
            title,
            issuer,
            number,
            code,
            pieces: filler.pieces,
        })
    }
}

/// The places that were reached: of the template, and of what all papers share.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) own: BTreeSet<usize>,
    pub(super) common: BTreeSet<usize>,
}

#[derive(Default)]
struct Counts {
    headings: usize,
    clauses: usize,
    terms: usize,
}

struct Filler<'a, 's> {
    form: &'a Form,
    root: &'a Value,
    /// The names that loops gave, the innermost last.
    names: Vec<(&'a str, &'a Value)>,
    seen: &'s mut Seen,
    /// While a phrase is said, which stands in the common file.
    in_common: bool,
    pieces: Vec<(usize, Piece)>,
    counts: Counts,
}

impl<'a> Filler<'a, '_> {
    fn wrong(&self, line: usize, what: &str) -> FormError {
        wrong(&self.form.file, line, what)
    }

    fn saw(&mut self, place: usize) {
        let seen = if self.in_common {
            &mut self.seen.common
        } else {
            &mut self.seen.own
        };
        seen.insert(place);
    }

    /// The words under the square code: its own, or those of all papers.
    fn caption(&mut self) -> Result<String, FormError> {
        let form = self.form;
        if form.caption.is_empty() {
            return self.shared(&form.common.caption, 1);
        }
        self.say(&form.caption, 1)
    }

    /// What the common file says.
    fn shared(&mut self, parts: &'a [Part], line: usize) -> Result<String, FormError> {
        self.in_common = true;
        let said = self.say(parts, line);
        self.in_common = false;
        said
    }

    fn nodes(&mut self, nodes: &'a [Node]) -> Result<(), FormError> {
        for node in nodes {
            self.node(node)?;
        }
        Ok(())
    }

    fn node(&mut self, node: &'a Node) -> Result<(), FormError> {
        match node {
            Node::Gap => self.put(0, Piece::Gap),
            Node::Line {
                line,
                place,
                sign,
                cells,
            } => {
                self.saw(*place);
                let said = cells.iter().map(|cell| self.say(cell, *line));
                let said = said.collect::<Result<Vec<_>, _>>()?;
                let piece = self.piece(*sign, said, *line)?;
                self.put(*line, piece);
            }
            Node::For {
                line,
                name,
                path,
                body,
            } => {
                let Value::Array(items) = self.find(path, *line)? else {
                    return Err(self.wrong(*line, &format!("`{}` is no list", path.join("."))));
                };
                for item in items {
                    self.names.push((name, item));
                    self.nodes(body)?;
                    self.names.pop();
                }
            }
            Node::If {
                when,
                then,
                otherwise,
            } => {
                let chosen = if self.holds(when) { then } else { otherwise };
                self.nodes(chosen)?;
            }
            Node::Choose { line, path, cases } => {
                let said = variant(self.find(path, *line)?);
                let mut all = cases.iter();
                let case =
                    all.find(|(names, _)| names.iter().any(|name| Some(name.as_str()) == said));
                let missing = || format!("there is no `{{% when {} %}}`", said.unwrap_or("?"));
                let case = case.ok_or_else(|| self.wrong(*line, &missing()))?;
                self.nodes(&case.1)?;
            }
        }
        Ok(())
    }

    /// A gap counts only between two of the same kind.
    fn put(&mut self, line: usize, piece: Piece) {
        if piece == Piece::Gap {
            if self.pieces.last().is_some_and(|(_, last)| last.group() > 0) {
                self.pieces.push((line, piece));
            }
            return;
        }
        if let [.., (_, before), (_, Piece::Gap)] = self.pieces.as_slice()
            && before.group() != piece.group()
        {
            self.pieces.pop();
        }
        self.pieces.push((line, piece));
    }

    fn piece(&mut self, sign: Sign, said: Vec<String>, line: usize) -> Result<Piece, FormError> {
        let mut said = said.into_iter();
        let mut next = || said.next().unwrap_or_default();
        let text = next();
        Ok(match sign {
            Sign::Heading => Piece::Heading(self.heading(&text, line)?),
            Sign::Paragraph => Piece::Paragraph(text),
            Sign::Flush => Piece::Flush(text),
            Sign::Row => Piece::Row {
                label: text,
                value: next(),
            },
            Sign::Clause => Piece::Clause {
                number: self.clause(),
                text,
            },
            Sign::Term => Piece::Term {
                number: self.term(line)?,
                text,
            },
            Sign::NoticeTitle => Piece::NoticeTitle(text),
            Sign::Notice => match self.pieces.last() {
                Some((_, Piece::NoticeTitle(_) | Piece::Notice(_))) => Piece::Notice(text),
                _ => return Err(self.wrong(line, "a notice begins with `!!` and its title")),
            },
            Sign::Hand => Piece::Hand {
                field: text,
                label: next(),
            },
            Sign::Seal => Piece::Seal {
                field: text,
                label: next(),
                organisation: next(),
                date: next(),
            },
        })
    }

    fn heading(&mut self, title: &str, line: usize) -> Result<String, FormError> {
        let common = &self.form.common;
        let number = common.numerals.get(self.counts.headings);
        let number = number.ok_or_else(|| self.wrong(line, "there are not enough `numerals`"))?;
        self.counts.headings += 1;
        let numbered = common.heading.replace("{{ number }}", number);
        Ok(numbered.replace("{{ title }}", title))
    }

    /// Counting begins anew after anything that is no clause.
    fn clause(&mut self) -> String {
        let last = self.pieces.last().map(|(_, last)| last);
        if !matches!(last, Some(Piece::Clause { .. } | Piece::Term { .. })) {
            self.counts.clauses = 0;
        }
        self.counts.clauses += 1;
        self.counts.terms = 0;
        let number = self.counts.clauses.to_string();
        self.form.common.clause.replace("{{ number }}", &number)
    }

    fn term(&mut self, line: usize) -> Result<String, FormError> {
        let last = self.pieces.last().map(|(_, last)| last);
        if !matches!(last, Some(Piece::Clause { .. } | Piece::Term { .. })) {
            return Err(self.wrong(line, "a term stands under a clause"));
        }
        self.counts.terms += 1;
        let number = self.counts.terms.to_string();
        Ok(self.form.common.term.replace("{{ number }}", &number))
    }

    fn find(&self, path: &[String], line: usize) -> Result<&'a Value, FormError> {
        let missing = |name: &str| {
            let whole = path.join(".");
            self.wrong(line, &format!("`{whole}`: there is no `{name}`"))
        };
        let Some((first, rest)) = path.split_first() else {
            return Err(missing(""));
        };
        let named = self.names.iter().rev().find(|(name, _)| name == first);
        let mut value = match named {
            Some((_, value)) => *value,
            None => self.root.get(first).ok_or_else(|| missing(first))?,
        };
        for name in rest {
            value = value.get(name).ok_or_else(|| missing(name))?;
        }
        Ok(value)
    }

    fn holds(&mut self, when: &Condition) -> bool {
        let said = match self.find(&when.path, 0) {
            Err(_) | Ok(Value::Null) => false,
            Ok(Value::Bool(it)) => *it,
            Ok(Value::String(text)) => !text.trim().is_empty(),
            Ok(Value::Array(items)) => !items.is_empty(),
            Ok(Value::Number(number)) => number.as_f64() != Some(0.0),
            Ok(Value::Object(_)) => true,
        };
        self.saw(when.places[usize::from(said)]);
        said != when.negated
    }

    fn say(&mut self, parts: &'a [Part], line: usize) -> Result<String, FormError> {
        let mut said = String::new();
        for part in parts {
            match part {
                Part::Words(words) => said.push_str(words),
                Part::Field {
                    place,
                    path,
                    filters,
                } => {
                    self.saw(*place);
                    said.push_str(&self.field(path, filters, line)?);
                }
                Part::Phrase(name) => {
                    let form = self.form;
                    let phrase = form.common.phrases.get(name);
                    let parts = phrase.ok_or_else(|| self.wrong(line, "an unknown phrase"))?;
                    said.push_str(&self.shared(parts, line)?);
                }
                Part::If {
                    when,
                    then,
                    otherwise,
                } => {
                    let chosen = if self.holds(when) { then } else { otherwise };
                    said.push_str(&self.say(chosen, line)?);
                }
            }
        }
        Ok(said)
    }

    fn field(&self, path: &[String], filters: &[String], line: usize) -> Result<String, FormError> {
        let failed = |what: &str| self.wrong(line, &format!("`{}` {what}", path.join(".")));
        let mut held = Held::Value(self.find(path, line)?);
        for filter in filters {
            held = self
                .form
                .filtered(filter, &held)
                .map_err(|what| failed(&what))?;
        }
        match held {
            Held::Words(words) => Ok(words),
            Held::Value(Value::String(text)) => Ok(one_line(text)),
            Held::Value(Value::Number(number)) => Ok(number.to_string()),
            Held::Value(Value::Null) => Err(failed("may be missing; ask `{% if %}` before")),
            Held::Value(_) => Err(failed("is no text")),
        }
    }
}
