//! Whose turn it is to sign.

use super::SignerShown;
use crate::domain::agreement::Agreement;
use crate::domain::case::Case;
use crate::i18n::Text;
use crate::web::{Viewer, Web};

/// By name, as the page lists them.
pub(super) fn turn(
    web: &Web,
    viewer: &Viewer,
    (case, agreement): (&Case, &Agreement),
    signers: &[SignerShown],
) -> String {
    let parties = case.party_ids();
    let line = agreement.signers(&parties).into_iter().zip(signers);
    let now = line.filter(|(signer, _)| agreement.may_sign_next(*signer, &parties));
    let names: Vec<&str> = now.map(|(_, shown)| shown.name.as_str()).collect();
    let mark = Text::key("documents-list-mark");
    names.join(&web.words(case).say(viewer.locale, &mark))
}
