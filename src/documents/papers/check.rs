//! Every template held to samples of every paper, before the house opens.

use super::super::{DocumentError, Paper};
use super::{
    Agreement, Application, Certificate, Evidence, Extension, Intake, Letter, Minutes, Rights,
    Ruling, Scan, ServiceForm, Slip, Worded, dossier, in_words,
};
use crate::i18n::forms::FormError;
use crate::i18n::{Locale, Texts};

/// A paper with its template's name, its samples as data, and how the first of them is put into words.
struct Checked {
    kind: &'static str,
    samples: Vec<serde_json::Value>,
    preview: fn(&Texts, Locale) -> Result<Paper, DocumentError>,
}

/// Checks the wording of the house and of each district.
///
/// # Errors
/// `Wording`, with file and line.
pub fn check(texts: &Texts) -> Result<(), DocumentError> {
    let papers = papers()?.into_iter();
    let samples: Vec<_> = papers.map(|it| (it.kind, it.samples)).collect();
    texts.forms().check(&samples)?;
    for district in texts.districts() {
        texts.of(district).forms().check(&samples)?;
    }
    Ok(())
}

/// An invented paper of every kind, for whoever changed its wording to look at.
///
/// # Errors
/// As [`check`].
pub fn previews(
    texts: &Texts,
    locale: Locale,
) -> Result<Vec<(&'static str, Paper)>, DocumentError> {
    let papers = papers()?.into_iter();
    papers
        .map(|it| Ok((it.kind, (it.preview)(texts, locale)?)))
        .collect()
}

fn papers() -> Result<Vec<Checked>, DocumentError> {
    Ok(vec![
        of::<Agreement>()?,
        of::<Letter>()?,
        of::<Intake>()?,
        of::<Rights>()?,
        of::<ServiceForm>()?,
        of::<Minutes>()?,
        of::<Extension>()?,
        of::<Certificate>()?,
        of::<Application>()?,
        of::<Ruling>()?,
        of::<dossier::Said>()?,
        of::<Slip>()?,
        of::<Evidence>()?,
        of::<Scan>()?,
    ])
}

fn of<P: Worded>() -> Result<Checked, DocumentError> {
    let samples = P::samples();
    let samples = samples.iter().map(Worded::data).collect::<Result<_, _>>()?;
    let preview = |texts: &Texts, locale| {
        let samples = P::samples();
        let first = samples.first().ok_or_else(|| FormError {
            file: P::KIND.to_owned(),
            line: 0,
            what: "there is no sample".to_owned(),
        })?;
        in_words(first, texts, locale)
    };
    Ok(Checked {
        kind: P::KIND,
        samples,
        preview,
    })
}

#[cfg(test)]
mod tests;
