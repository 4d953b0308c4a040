//! The same story in English, for whoever reads no Chinese: what the platform issues is Chinese, or both. Names, numbers and
//! addresses stay as they are.

use super::super::papers::{Agreement, Application, Certificate, Ruling, Worded};
use super::content;
use crate::i18n::Locale;

pub(super) const COMMITTEE: &str = "People's Mediation Committee of Heping Subdistrict, Anning";
pub(super) const CAUSE: &str = "the noise dispute";
const COURT: &str = "People's Court of Anning";

/// A sample that can be said in English.
pub(super) trait Told: Sized {
    fn in_english(self) -> Self;
}

/// In the language of the sample.
pub(super) fn or_not<T: Told>(content: T, locale: Locale) -> T {
    match locale {
        Locale::ZhCn => content,
        Locale::En => content.in_english(),
    }
}

fn all<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).to_vec()
}

impl Told for Agreement {
    /// The second column of the agreement in two languages.
    fn in_english(self) -> Self {
        let both = Self {
            translation: Some(content::translation(&self)),
            ..self.clone()
        };
        let english = both.beside().map_or(self, |beside| beside.content);
        Self {
            translation: None,
            ..english
        }
    }
}

impl Told for Certificate {
    fn in_english(self) -> Self {
        Self {
            organisation: COMMITTEE.to_owned(),
            cause: CAUSE.to_owned(),
            undisputed: all([
                "The parties live in one stairway, one above the other.",
                "Since September 2026 a piano has been heard from the home of Ouyang Jianguo in the evenings.",
            ]),
            ..self
        }
    }
}

impl Told for Application {
    fn in_english(mut self) -> Self {
        for one in &mut self.service {
            "Agrees to electronic service, to the account on this platform and the registered mobile number"
                .clone_into(&mut one.choice);
        }
        Self {
            court: COURT.to_owned(),
            organisation: COMMITTEE.to_owned(),
            cause: CAUSE.to_owned(),
            attachments: all([
                "The settlement agreement",
                "Proof that the mediation organisation conducted the mediation",
                "Proof of identity, residence and contact of both parties",
            ]),
            ..self
        }
    }
}

impl Told for Ruling {
    fn in_english(self) -> Self {
        Self {
            court: COURT.to_owned(),
            organisation: COMMITTEE.to_owned(),
            cause: CAUSE.to_owned(),
            terms: all([
                "欧阳建国 keeps the piano silent between 21:00 and 8:00 and puts damping pads under its feet by 5 December 2026.",
                "欧阳建国 pays 张䶮 CNY 1,234.05 for insulation by 31 December 2026.",
            ]),
            ..self
        }
    }
}
