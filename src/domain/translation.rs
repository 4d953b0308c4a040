//! A second language beside the Chinese of an agreement, for parties who do not read Chinese: what was translated, of which
//! words, and what is still missing. Where the two differ the Chinese decides.

use serde::{Deserialize, Serialize};

use super::agreement::{Clause, Draft, Matter};
use super::ids::{ClauseId, PartyId};

/// A language that our papers can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tongue {
    En,
    Fr,
    De,
    Es,
    Ru,
    Kk,
    Vi,
    My,
}

impl Tongue {
    pub const ALL: [Self; 8] = [
        Self::En,
        Self::Fr,
        Self::De,
        Self::Es,
        Self::Ru,
        Self::Kk,
        Self::Vi,
        Self::My,
    ];

    /// Its tag, which is also its name in forms.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
            Self::De => "de",
            Self::Es => "es",
            Self::Ru => "ru",
            Self::Kk => "kk",
            Self::Vi => "vi",
            Self::My => "my",
        }
    }

    pub fn parse(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tongue| tongue.tag() == tag)
    }
}

/// What a draft says in another language. Another choice of language loses nothing that was written in the one before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Translation {
    /// The second language of the paper; without one it is in Chinese alone.
    pub tongue: Option<Tongue>,
    pub texts: Vec<Rendered>,
}

impl Translation {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// One text in the second language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rendered {
    pub tongue: Tongue,
    #[serde(flatten)]
    pub place: Place,
    /// The Chinese words that were translated. Where others stand there now, this is outdated and goes on no paper.
    pub of: String,
    pub text: String,
}

/// Where in a draft a text stands that people typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "place", rename_all = "snake_case")]
pub enum Place {
    Facts,
    Undisputed { index: usize },
    Disputed,
    Responsibility,
    Act { clause: ClauseId },
    Proof { clause: ClauseId },
    OnDefault { clause: ClauseId },
}

/// What an agreement says in its second language, text by text as in Chinese.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Translated {
    pub tongue: Tongue,
    #[serde(flatten)]
    pub matter: Matter,
    pub undisputed: Vec<String>,
    /// One for each clause, in their order.
    pub clauses: Vec<Wording>,
}

/// The words of a clause; its figures and its day are the same in all languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    pub act: String,
    pub proof: String,
    pub on_default: String,
}

impl Draft {
    /// What people typed in Chinese, in the order of the paper; what is empty is left out.
    pub fn texts(&self) -> Vec<(Place, &str)> {
        let matter = &self.matter;
        let mut texts = vec![(Place::Facts, matter.facts.as_str())];
        let undisputed = self.undisputed.iter().enumerate();
        texts.extend(undisputed.map(|(index, it)| (Place::Undisputed { index }, it.text.as_str())));
        texts.push((Place::Disputed, matter.disputed.as_str()));
        texts.push((Place::Responsibility, matter.responsibility.as_str()));
        texts.extend(self.clauses.iter().flat_map(of_clause));
        texts.retain(|(_, text)| !text.is_empty());
        texts
    }

    /// The words at a place in the language of the paper, outdated or not.
    pub fn rendered(&self, place: Place) -> Option<&Rendered> {
        let tongue = self.translation.tongue?;
        let mut texts = self.translation.texts.iter();
        texts.find(|it| it.tongue == tongue && it.place == place)
    }

    /// The translation of just these words.
    pub fn translation_of(&self, place: Place, chinese: &str) -> Option<&str> {
        let rendered = self.rendered(place).filter(|it| it.of == chinese)?;
        Some(&rendered.text)
    }

    /// What would stand on a paper in two languages in Chinese alone, or beside a translation of other words.
    pub fn untranslated(&self, parties: &[PartyId]) -> Vec<Place> {
        if self.translation.tongue.is_none() {
            return Vec::new();
        }
        let mut texts = self.texts();
        texts.retain(|(place, _)| self.is_on_paper(*place, parties));
        texts.retain(|(place, chinese)| self.translation_of(*place, chinese).is_none());
        texts.into_iter().map(|(place, _)| place).collect()
    }

    /// Facts that somebody does not call undisputed stand in no agreement.
    fn is_on_paper(&self, place: Place, parties: &[PartyId]) -> bool {
        let Place::Undisputed { index } = place else {
            return true;
        };
        let fact = self.undisputed.get(index);
        fact.is_some_and(|fact| parties.iter().all(|party| fact.agreed.contains(party)))
    }

    /// Everything in the second language; nothing where there is none, or while something is missing.
    pub fn translated(&self, parties: &[PartyId]) -> Option<Translated> {
        let tongue = self.translation.tongue?;
        if !self.untranslated(parties).is_empty() {
            return None;
        }
        let say = |place, chinese: &str| {
            let found = self.translation_of(place, chinese);
            found.unwrap_or_default().to_owned()
        };
        let facts = self.undisputed.iter().enumerate();
        let undisputed = facts
            .map(|(index, fact)| (Place::Undisputed { index }, fact))
            .filter(|(place, _)| self.is_on_paper(*place, parties))
            .map(|(place, fact)| say(place, &fact.text));
        let wording = |clause: &Clause| {
            let [act, proof, on_default] =
                of_clause(clause).map(|(place, chinese)| say(place, chinese));
            Wording {
                act,
                proof,
                on_default,
            }
        };
        Some(Translated {
            tongue,
            matter: Matter {
                facts: say(Place::Facts, &self.matter.facts),
                disputed: say(Place::Disputed, &self.matter.disputed),
                responsibility: say(Place::Responsibility, &self.matter.responsibility),
            },
            undisputed: undisputed.collect(),
            clauses: self.clauses.iter().map(wording).collect(),
        })
    }

    /// Puts words in the place of those before them, and says whether others stood there. An assent was to the words
    /// that were read, so it goes with them.
    pub(super) fn translate(&mut self, rendered: &Rendered) -> bool {
        let same = |it: &Rendered| it.tongue == rendered.tongue && it.place == rendered.place;
        let texts = &mut self.translation.texts;
        let before = texts.iter().position(same).map(|at| texts.remove(at));
        let now = (!rendered.text.is_empty()).then_some(rendered);
        texts.extend(now.cloned());
        let differs = |before: &Rendered| before.text != rendered.text;
        let replaced = before.as_ref().is_some_and(differs);
        if replaced {
            self.unagree(rendered.place);
        }
        before.as_ref() != now
    }

    fn unagree(&mut self, place: Place) {
        match place {
            Place::Facts | Place::Disputed | Place::Responsibility => {}
            Place::Undisputed { index } => {
                if let Some(fact) = self.undisputed.get_mut(index) {
                    fact.agreed.clear();
                }
            }
            Place::Act { clause } | Place::Proof { clause } | Place::OnDefault { clause } => {
                let mut clauses = self.clauses.iter_mut();
                if let Some(clause) = clauses.find(|it| it.id == clause) {
                    clause.agreed.clear();
                }
            }
        }
    }
}

fn of_clause(clause: &Clause) -> [(Place, &str); 3] {
    let (id, terms) = (clause.id, &clause.terms);
    [
        (Place::Act { clause: id }, terms.act.as_str()),
        (Place::Proof { clause: id }, terms.proof.as_str()),
        (Place::OnDefault { clause: id }, terms.on_default.as_str()),
    ]
}

#[cfg(test)]
mod tests;
