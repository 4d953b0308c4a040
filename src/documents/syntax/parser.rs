//! Bytes to values. Bounded in depth, number and length; every failure is an ordinary `None`.

use std::ops::Range;

use super::value::{Dict, Entry, Value};

/// Deeper than any file of ours by far.
const DEPTH: usize = 24;
/// More keys than a dictionary of ours has.
const MOST_KEYS: usize = 64;
/// What the values of a whole file may come to, in numbers and names that each take some thirty bytes of memory: more than a
/// dossier of two thousand pages has.
pub(super) const MOST_VALUES: usize = 2_000_000;
/// What lists, dictionaries and their keys take beside what is in them, counted in the same way.
const OF_ARRAY: usize = 4;
const OF_DICT: usize = 8;
const OF_KEY: usize = 3;
/// No name of PDF is longer.
const LONGEST_NAME: usize = 127;

pub(in crate::documents) struct Parser<'a> {
    bytes: &'a [u8],
    pub(in crate::documents) at: usize,
    /// What the values may still come to.
    pub(super) left: usize,
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t')
}

const fn ends_token(byte: u8) -> bool {
    is_space(byte)
        || matches!(
            byte,
            b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'/' | b'%' | b'{' | b'}'
        )
}

impl<'a> Parser<'a> {
    pub(in crate::documents) const fn new(bytes: &'a [u8], at: usize) -> Self {
        Self {
            bytes,
            at,
            left: MOST_VALUES,
        }
    }

    /// Allows so much for what is read from here on, where nothing that was read before is kept.
    pub(in crate::documents) const fn allow(&mut self, values: usize) {
        self.left = values;
    }

    fn charge(&mut self, values: usize) -> Option<()> {
        self.left = self.left.checked_sub(values)?;
        Some(())
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    pub(in crate::documents) fn spaces(&mut self) {
        while self.peek().is_some_and(is_space) {
            self.at += 1;
        }
    }

    /// Steps over exactly these bytes.
    pub(in crate::documents) fn exactly(&mut self, bytes: &[u8]) -> Option<()> {
        self.rest().starts_with(bytes).then(|| {
            self.at += bytes.len();
        })
    }

    /// Steps over `length` bytes and says where they were.
    pub(super) fn skip(&mut self, length: usize) -> Option<Range<usize>> {
        let end = self.at.checked_add(length)?;
        let range = self.at..end;
        self.bytes.get(range.clone())?;
        self.at = end;
        Some(range)
    }

    /// A whole number without sign, of at most ten digits.
    pub(super) fn number(&mut self) -> Option<usize> {
        let digits = self
            .rest()
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        if digits == 0 || digits > 10 {
            return None;
        }
        let text = std::str::from_utf8(self.bytes.get(self.at..self.at + digits)?).ok()?;
        self.at += digits;
        text.parse().ok()
    }

    pub(in crate::documents) fn value(&mut self) -> Option<Value> {
        self.nested(0)
    }

    fn nested(&mut self, depth: usize) -> Option<Value> {
        if depth > DEPTH {
            return None;
        }
        self.charge(1)?;
        self.spaces();
        match self.peek()? {
            b'/' => self.name().map(Value::Name),
            b'(' => self.literal().map(Value::Text),
            b'[' => self.array(depth),
            b'<' if self.rest().starts_with(b"<<") => self.dict(depth).map(Value::Dict),
            b'<' => self.hexadecimal().map(Value::Text),
            _ => self.word(),
        }
    }

    /// The operator of a page's content, if one stands here.
    pub(in crate::documents) fn operator(&mut self) -> Option<&'a [u8]> {
        let rest = self.rest();
        let length = rest
            .iter()
            .take_while(|byte| byte.is_ascii_alphabetic())
            .count();
        let ends = rest.get(length).is_none_or(|byte| ends_token(*byte));
        let operator = rest
            .get(..length)
            .filter(|_| (1..=3).contains(&length) && ends)?;
        self.at += length;
        Some(operator)
    }

    fn name(&mut self) -> Option<Vec<u8>> {
        self.exactly(b"/")?;
        let length = self
            .rest()
            .iter()
            .take_while(|byte| !ends_token(**byte))
            .count();
        let range = self.skip(length)?;
        let name = self.bytes.get(range)?;
        name.iter()
            .all(u8::is_ascii_graphic)
            .then_some(name)
            .filter(|name| (1..=LONGEST_NAME).contains(&name.len()))
            .map(<[u8]>::to_vec)
    }

    fn array(&mut self, depth: usize) -> Option<Value> {
        self.exactly(b"[")?;
        self.charge(OF_ARRAY)?;
        let mut items = Vec::new();
        loop {
            self.spaces();
            if self.exactly(b"]").is_some() {
                return Some(Value::Array(items));
            }
            items.push(self.nested(depth + 1)?);
        }
    }

    fn dict(&mut self, depth: usize) -> Option<Dict> {
        self.exactly(b"<<")?;
        self.charge(OF_DICT)?;
        let mut dict = Dict::default();
        loop {
            self.spaces();
            if self.exactly(b">>").is_some() {
                return Some(dict);
            }
            self.charge(OF_KEY)?;
            let key = self.name()?;
            if dict.keys().any(|known| known == key) || dict.entries.len() == MOST_KEYS {
                return None;
            }
            self.spaces();
            let start = self.at;
            let value = self.nested(depth + 1)?;
            let span = start..self.at;
            dict.entries.push(Entry { key, value, span });
        }
    }

    fn hexadecimal(&mut self) -> Option<Vec<u8>> {
        self.exactly(b"<")?;
        let length = self.rest().iter().position(|byte| *byte == b'>')?;
        let range = self.skip(length)?;
        self.exactly(b">")?;
        let digits = self.bytes.get(range)?;
        if digits.len() % 2 != 0 {
            return None;
        }
        let digit = |byte: u8| {
            char::from(byte)
                .to_digit(16)
                .and_then(|d| u8::try_from(d).ok())
        };
        digits
            .chunks_exact(2)
            .map(|pair| Some(digit(pair[0])? * 16 + digit(pair[1])?))
            .collect()
    }

    fn literal(&mut self) -> Option<Vec<u8>> {
        self.exactly(b"(")?;
        let mut text = Vec::new();
        let mut open = 1;
        loop {
            let byte = self.peek()?;
            self.at += 1;
            match byte {
                b')' if open == 1 => return Some(text),
                // Programs do not agree on what the end of a line stands for within a text.
                b'\r' | b'\n' => return None,
                b')' => open -= 1,
                b'(' => open += 1,
                b'\\' => {
                    let escaped = self.escaped()?;
                    text.push(escaped);
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
    }

    fn escaped(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        if byte.is_ascii_digit() {
            let range = self.skip(3)?;
            let digits = std::str::from_utf8(self.bytes.get(range)?).ok()?;
            return u8::from_str_radix(digits, 8).ok();
        }
        self.at += 1;
        match byte {
            b'n' => Some(b'\n'),
            b'r' => Some(b'\r'),
            b't' => Some(b'\t'),
            b'b' => Some(8),
            b'f' => Some(12),
            b'(' | b')' | b'\\' => Some(byte),
            _ => None,
        }
    }

    /// A number, a reference or one of the three words.
    fn word(&mut self) -> Option<Value> {
        if let Some(reference) = self.reference() {
            return Some(Value::Ref(reference));
        }
        let length = self
            .rest()
            .iter()
            .take_while(|byte| !ends_token(**byte))
            .count();
        let range = self.skip(length)?;
        let word = std::str::from_utf8(self.bytes.get(range)?).ok()?;
        match word {
            "true" => Some(Value::Bool(true)),
            "false" => Some(Value::Bool(false)),
            "null" => Some(Value::Null),
            _ if word.len() > 20 || word.starts_with('+') => None,
            _ if word.contains('.') => {
                // Digits and one point: there are programs that stop at an exponent.
                let digits = word.strip_prefix('-').unwrap_or(word);
                let plain = digits
                    .bytes()
                    .all(|byte| matches!(byte, b'0'..=b'9' | b'.'));
                word.parse::<f64>().ok().filter(|_| plain)?;
                Some(Value::Real(word.to_owned()))
            }
            _ => word.parse().ok().map(Value::Integer),
        }
    }

    fn reference(&mut self) -> Option<u32> {
        let mut ahead = Self::new(self.bytes, self.at);
        let id = u32::try_from(ahead.number()?).ok()?;
        ahead.exactly(b" 0 R")?;
        if ahead.peek().is_some_and(|byte| !ends_token(byte)) {
            return None;
        }
        self.at = ahead.at;
        Some(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Option<Value> {
        Parser::new(text.as_bytes(), 0).value()
    }

    #[test]
    fn every_kind_of_value_is_read() {
        let value = parse("<< /A [1 -2 .5 4 0 R] /B (a\\(b\\)\\101) /C <00ff> /D true /E null >>");
        let Some(Value::Dict(dict)) = value else {
            panic!("{value:?}");
        };
        assert_eq!(dict.array("A").unwrap().len(), 4);
        assert_eq!(dict.get("B"), Some(&Value::Text(b"a(b)A".to_vec())));
        assert_eq!(dict.get("C"), Some(&Value::Text(vec![0, 255])));
    }

    #[test]
    fn a_key_given_twice_is_refused() {
        assert_eq!(parse("<</A 1/A 2>>"), None);
    }

    #[test]
    fn endless_nesting_is_refused() {
        assert_eq!(parse(&"[".repeat(100_000)), None);
    }

    #[test]
    fn more_values_or_keys_than_any_paper_has_are_refused() {
        assert_eq!(parse(&format!("[{}]", "0 ".repeat(MOST_VALUES))), None);
        let keys: Vec<_> = (0..=MOST_KEYS).map(|key| format!("/K{key} 0")).collect();
        assert_eq!(parse(&format!("<<{}>>", keys.concat())), None);
    }

    #[test]
    fn what_values_take_in_memory_is_counted() {
        let left = |text: &str| {
            let mut parser = Parser::new(text.as_bytes(), 0);
            parser.value().unwrap();
            MOST_VALUES - parser.left
        };
        assert_eq!(left("7"), 1);
        assert_eq!(left("[[7][7]]"), 5 + 2 * 6);
        assert_eq!(left("<</A<</B 7>>>>"), 2 * (9 + 3) + 1);
        assert_eq!(parse(&format!("/{}", "n".repeat(LONGEST_NAME + 1))), None);
        assert!(parse(&format!("/{}", "n".repeat(LONGEST_NAME))).is_some());
    }

    #[test]
    fn an_operator_is_no_value_and_no_part_of_one() {
        let mut parser = Parser::new(b"Tj truest ", 0);
        assert_eq!(parser.operator(), Some(&b"Tj"[..]));
        parser.spaces();
        assert_eq!(parser.operator(), None);
    }

    #[test]
    fn unclosed_and_odd_strings_are_refused() {
        for text in ["(abc", "<abc", "<0>", "<0g>", "(\\9)", "/"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
