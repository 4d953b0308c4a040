//! PDF values, compared by content and written back as we write them.

use std::fmt::Write as _;
use std::ops::Range;

/// A value inside an object.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::documents) enum Value {
    Null,
    Bool(bool),
    Integer(i64),
    /// A number with a point, as written.
    Real(String),
    /// A name without its slash, as written.
    Name(Vec<u8>),
    Text(Vec<u8>),
    Array(Vec<Value>),
    Dict(Dict),
    /// An object number; the generation is always 0.
    Ref(u32),
}

/// A dictionary in the order of its file.
#[derive(Debug, Clone, Default)]
pub(in crate::documents) struct Dict {
    pub(super) entries: Vec<Entry>,
}

#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) key: Vec<u8>,
    pub(super) value: Value,
    /// Where the value stands in the file, with its delimiters.
    pub(super) span: Range<usize>,
}

/// Two dictionaries are equal when they say the same, wherever they stand.
impl PartialEq for Dict {
    fn eq(&self, other: &Self) -> bool {
        self.same_but(other, &[])
    }
}

impl Dict {
    pub(in crate::documents) fn get(&self, key: &str) -> Option<&Value> {
        self.entry(key).map(|entry| &entry.value)
    }

    pub(in crate::documents) fn span(&self, key: &str) -> Option<Range<usize>> {
        self.entry(key).map(|entry| entry.span.clone())
    }

    fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries
            .iter()
            .find(|entry| entry.key == key.as_bytes())
    }

    pub(in crate::documents) fn keys(&self) -> impl Iterator<Item = &[u8]> {
        self.entries.iter().map(|entry| entry.key.as_slice())
    }

    pub(in crate::documents) fn pairs(&self) -> impl Iterator<Item = (&[u8], &Value)> {
        self.entries
            .iter()
            .map(|entry| (entry.key.as_slice(), &entry.value))
    }

    pub(in crate::documents) fn integer(&self, key: &str) -> Option<i64> {
        match self.get(key) {
            Some(Value::Integer(number)) => Some(*number),
            _ => None,
        }
    }

    pub(in crate::documents) fn reference(&self, key: &str) -> Option<u32> {
        match self.get(key) {
            Some(Value::Ref(id)) => Some(*id),
            _ => None,
        }
    }

    pub(in crate::documents) fn dict(&self, key: &str) -> Option<&Self> {
        match self.get(key) {
            Some(Value::Dict(dict)) => Some(dict),
            _ => None,
        }
    }

    pub(in crate::documents) fn array(&self, key: &str) -> Option<&[Value]> {
        match self.get(key) {
            Some(Value::Array(items)) => Some(items),
            _ => None,
        }
    }

    pub(in crate::documents) fn is(&self, key: &str, name: &str) -> bool {
        matches!(self.get(key), Some(Value::Name(found)) if found == name.as_bytes())
    }

    /// A text string, from UTF-16 with its mark or from ASCII.
    pub(in crate::documents) fn text(&self, key: &str) -> Option<String> {
        match self.get(key) {
            Some(Value::Text(bytes)) => text(bytes),
            _ => None,
        }
    }

    pub(in crate::documents) fn set(&mut self, key: &str, value: Value) {
        match self
            .entries
            .iter_mut()
            .find(|entry| entry.key == key.as_bytes())
        {
            Some(entry) => entry.value = value,
            None => self.entries.push(Entry {
                key: key.as_bytes().to_vec(),
                value,
                span: 0..0,
            }),
        }
    }

    /// Whether two dictionaries agree on every key but those given.
    pub(in crate::documents) fn same_but(&self, other: &Self, except: &[&str]) -> bool {
        fn rest<'a>(dict: &'a Dict, except: &[&str]) -> Vec<&'a Entry> {
            let mut rest: Vec<&Entry> = dict
                .entries
                .iter()
                .filter(|entry| !except.iter().any(|key| key.as_bytes() == entry.key))
                .collect();
            rest.sort_by(|a, b| a.key.cmp(&b.key));
            rest
        }
        let (ours, theirs) = (rest(self, except), rest(other, except));
        let same = |(a, b): (&&Entry, &&Entry)| a.key == b.key && a.value == b.value;
        ours.len() == theirs.len() && ours.iter().zip(&theirs).all(same)
    }

    pub(in crate::documents) fn write(&self, out: &mut Vec<u8>) {
        out.extend(b"<<");
        for entry in &self.entries {
            out.extend(b"\n/");
            out.extend(&entry.key);
            out.push(b' ');
            entry.value.write(out);
        }
        out.extend(b"\n>>");
    }
}

impl Value {
    pub(in crate::documents) fn name(name: &str) -> Self {
        Self::Name(name.as_bytes().to_vec())
    }

    /// A text string in UTF-16 with its mark.
    pub(in crate::documents) fn text(text: &str) -> Self {
        let units = text.encode_utf16().flat_map(u16::to_be_bytes);
        Self::Text([0xFE, 0xFF].into_iter().chain(units).collect())
    }

    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Null => out.extend(b"null"),
            Self::Bool(value) => out.extend(value.to_string().bytes()),
            Self::Integer(value) => out.extend(value.to_string().bytes()),
            Self::Real(digits) => out.extend(digits.bytes()),
            Self::Name(name) => {
                out.push(b'/');
                out.extend(name);
            }
            Self::Text(bytes) => {
                out.push(b'<');
                out.extend(hex(bytes).bytes());
                out.push(b'>');
            }
            Self::Array(items) => {
                out.push(b'[');
                for item in items {
                    item.write(out);
                    out.push(b' ');
                }
                out.push(b']');
            }
            Self::Dict(dict) => dict.write(out),
            Self::Ref(id) => out.extend(format!("{id} 0 R").bytes()),
        }
    }
}

/// Bytes in lower-case hexadecimal digits.
pub(in crate::documents) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(2 * bytes.len()), |mut out, byte| {
            if write!(out, "{byte:02x}").is_err() {
                out.clear();
            }
            out
        })
}

fn text(bytes: &[u8]) -> Option<String> {
    match bytes {
        [0xFE, 0xFF, units @ ..] if units.len() % 2 == 0 => {
            let units: Vec<u16> = units
                .chunks_exact(2)
                .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
                .collect();
            String::from_utf16(&units).ok()
        }
        ascii if ascii.is_ascii() => String::from_utf8(ascii.to_vec()).ok(),
        _ => None,
    }
}
