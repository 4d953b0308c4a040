//! Every template held to samples of every paper, before the house opens.

use super::super::DocumentError;
use super::{
    Agreement, Application, Certificate, Extension, Intake, Letter, Minutes, Rights, Ruling,
    ServiceForm, Slip, Worded, dossier,
};
use crate::i18n::Texts;

/// The name of a template, and its paper's samples as data.
type Samples = (&'static str, Vec<serde_json::Value>);

/// Checks the wording of the house and of each district.
///
/// # Errors
/// `Wording`, with file and line.
pub fn check(texts: &Texts) -> Result<(), DocumentError> {
    let samples = samples()?;
    texts.forms().check(&samples)?;
    for district in texts.districts() {
        texts.of(district).forms().check(&samples)?;
    }
    Ok(())
}

fn samples() -> Result<Vec<Samples>, DocumentError> {
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
    ])
}

fn of<P: Worded>() -> Result<Samples, DocumentError> {
    let values = P::samples()
        .iter()
        .map(Worded::data)
        .collect::<Result<_, _>>()?;
    Ok((P::KIND, values))
}

#[cfg(test)]
mod tests;
