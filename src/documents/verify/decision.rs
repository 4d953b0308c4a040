//! What a ruling says of the agreement that it decides on, read from its own data.

use serde_json::Value as Json;

use super::data;
use super::page::Unpacker;
use crate::documents::syntax::PdfFile;

/// On which file a court decided, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Fingerprint of the file of the agreement.
    pub agreement: String,
    /// `valid`, `dismissed` or `not-accepted`.
    pub outcome: String,
}

/// The decision in a ruling. Whether the file is whole is asked elsewhere.
pub fn decision(ruling: &[u8]) -> Option<Decision> {
    let file = PdfFile::parse(ruling).ok()?;
    let carried = data::carried(&file).ok()?;
    let (_, stream) = carried.iter().find(|(name, _)| name == "ruling.json")?;
    let bytes = Unpacker::new().unpack(&file, stream).ok()?;
    let data: Json = serde_json::from_slice(&bytes).ok()?;
    let outcome = data.get("outcome")?;
    // With what goes with it, or alone.
    let named = outcome.as_object().and_then(|all| all.keys().next());
    Some(Decision {
        agreement: data.get("agreement_hash")?.as_str()?.to_owned(),
        outcome: named.map(String::as_str).or(outcome.as_str())?.to_owned(),
    })
}
