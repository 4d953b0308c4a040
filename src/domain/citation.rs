//! Which article of which statute, in which version: citations as data, and the table that explains them.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::wording::Wording;

/// A statute in one version: `civil-code@2021-01-01`. The date is the day from which that version holds, so
/// that an old case keeps being judged by the law of its day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatuteKey {
    pub name: String,
    pub effective: Date,
}

/// One article, perhaps one paragraph and item of it: `civil-code@2021-01-01 196(1)`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Citation {
    pub statute: StatuteKey,
    pub article: u16,
    /// The numbered item （一）, （二） … where one is meant.
    pub item: Option<u8>,
}

/// Why a text is not a citation.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a citation like `civil-code@2021-01-01 196(1)`")]
pub struct NotACitation(pub String);

/// One version of a statute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statute {
    pub key: StatuteKey,
    /// 《中华人民共和国民法典》; the English is our own rendering.
    pub title: Wording,
    /// What people call it: 民法典.
    pub short: Wording,
    /// The first day on which it no longer holds.
    pub repealed: Option<Date>,
}

/// What an article says, in our own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gist {
    pub citation: Citation,
    pub text: Wording,
}

/// All statutes and gists of the installation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Citations {
    statutes: BTreeMap<StatuteKey, Statute>,
    gists: BTreeMap<Citation, Gist>,
}

impl Citations {
    pub(in crate::domain) fn new(statutes: Vec<Statute>, gists: Vec<Gist>) -> Self {
        Self {
            statutes: statutes.into_iter().map(|s| (s.key.clone(), s)).collect(),
            gists: gists.into_iter().map(|g| (g.citation.clone(), g)).collect(),
        }
    }

    pub fn statute(&self, key: &StatuteKey) -> Option<&Statute> {
        self.statutes.get(key)
    }

    pub fn statutes(&self) -> impl Iterator<Item = &Statute> {
        self.statutes.values()
    }

    /// The gist of exactly this article, or of the whole article when only an item is cited.
    pub fn gist(&self, citation: &Citation) -> Option<&Gist> {
        let whole = || Citation {
            item: None,
            ..citation.clone()
        };
        self.gists
            .get(citation)
            .or_else(|| self.gists.get(&whole()))
    }

    pub fn in_force(&self, citation: &Citation, on: Date) -> bool {
        self.statute(&citation.statute)
            .is_some_and(|s| s.key.effective <= on && s.repealed.is_none_or(|end| on < end))
    }

    /// `《民法典》第196条第（一）项` and `Civil Code, art. 196(1)`; a statute that is not in the table is shown
    /// by its key, so that a citation of an old event never disappears.
    pub fn label(&self, citation: &Citation) -> Wording {
        let (zh, en) = match self.statute(&citation.statute) {
            Some(s) => (s.short.zh.as_str(), s.short.en.as_str()),
            None => (
                citation.statute.name.as_str(),
                citation.statute.name.as_str(),
            ),
        };
        let article = citation.article;
        let item = citation.item;
        Wording {
            zh: format!(
                "《{zh}》第{article}条{}",
                item.map_or(String::new(), |n| format!("第（{}）项", chinese(n)))
            ),
            en: format!(
                "{en}, art. {article}{}",
                item.map_or(String::new(), |n| format!("({n})"))
            ),
        }
    }
}

/// 1 to 99 in Chinese, as items are numbered.
fn chinese(n: u8) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = (usize::from(n / 10 % 10), usize::from(n % 10));
    match tens {
        0 => DIGITS[ones].to_owned(),
        1 => format!("十{}", DIGITS[ones]),
        _ => format!("{}十{}", DIGITS[tens], DIGITS[ones]),
    }
}

impl fmt::Display for StatuteKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.name, self.effective)
    }
}

impl FromStr for StatuteKey {
    type Err = NotACitation;

    fn from_str(text: &str) -> Result<Self, NotACitation> {
        text.split_once('@')
            .filter(|(name, _)| !name.is_empty())
            .and_then(|(name, date)| {
                let effective = date.parse().ok()?;
                Some(Self {
                    name: name.to_owned(),
                    effective,
                })
            })
            .ok_or_else(|| NotACitation(text.to_owned()))
    }
}

impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.statute, self.article)?;
        match self.item {
            Some(item) => write!(f, "({item})"),
            None => Ok(()),
        }
    }
}

impl FromStr for Citation {
    type Err = NotACitation;

    fn from_str(text: &str) -> Result<Self, NotACitation> {
        let refused = || NotACitation(text.to_owned());
        let (statute, place) = text.split_once(' ').ok_or_else(refused)?;
        let (article, item) = match place.split_once('(') {
            Some((article, item)) => {
                let item = item.strip_suffix(')').and_then(|item| item.parse().ok());
                (article, Some(item.ok_or_else(refused)?))
            }
            None => (place, None),
        };
        let article = article
            .parse()
            .ok()
            .filter(|a| *a > 0)
            .ok_or_else(refused)?;
        Ok(Self {
            statute: statute.parse().map_err(|_part: NotACitation| refused())?,
            article,
            item,
        })
    }
}

impl TryFrom<String> for Citation {
    type Error = NotACitation;

    fn try_from(text: String) -> Result<Self, NotACitation> {
        text.parse()
    }
}

impl From<Citation> for String {
    fn from(citation: Citation) -> Self {
        citation.to_string()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_citation_reads_back_as_it_is_written() {
        for text in ["civil-code@2021-01-01 294", "civil-code@2021-01-01 196(1)"] {
            let citation: Citation = text.parse().unwrap();
            assert_eq!(citation.to_string(), text);
            let json = serde_json::to_string(&citation).unwrap();
            assert_eq!(serde_json::from_str::<Citation>(&json).unwrap(), citation);
        }
        for text in [
            "civil-code 294",
            "civil-code@2021-01-01",
            "civil-code@2021-13-01 1",
            "@2021-01-01 1",
            "civil-code@2021-01-01 0",
            "civil-code@2021-01-01 1(x)",
        ] {
            assert_eq!(text.parse::<Citation>(), Err(NotACitation(text.to_owned())));
        }
    }

    fn table() -> Citations {
        let key = StatuteKey {
            name: "noise".to_owned(),
            effective: date(2022, 6, 5),
        };
        let short = Wording {
            zh: "噪声法".to_owned(),
            en: "Noise Act".to_owned(),
        };
        Citations::new(
            vec![Statute {
                key,
                title: short.clone(),
                short,
                repealed: Some(date(2026, 8, 15)),
            }],
            Vec::new(),
        )
    }

    #[test]
    fn a_repealed_statute_holds_until_the_day_before() {
        let citation: Citation = "noise@2022-06-05 65".parse().unwrap();
        assert!(!table().in_force(&citation, date(2022, 6, 4)));
        assert!(table().in_force(&citation, date(2022, 6, 5)));
        assert!(table().in_force(&citation, date(2026, 8, 14)));
        assert!(!table().in_force(&citation, date(2026, 8, 15)));
    }

    #[test]
    fn labels_name_article_and_item_in_both_languages() {
        let label = table().label(&"noise@2022-06-05 65(12)".parse().unwrap());
        assert_eq!(label.zh, "《噪声法》第65条第（十二）项");
        assert_eq!(label.en, "Noise Act, art. 65(12)");
    }
}
