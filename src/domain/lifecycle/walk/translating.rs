//! A second language, and translations of what stands on the board or stood there.

use super::super::super::action::{Action, ActionKind};
use super::super::super::case::Case;
use super::super::super::translation::{Rendered, Tongue};

pub(super) fn payload(case: &Case, kind: ActionKind, which: usize, text: &str) -> Action {
    if kind == ActionKind::ChooseLanguage {
        let tongue = (which < 4).then_some(Tongue::ALL[which % 2]);
        return Action::ChooseLanguage { tongue };
    }
    let texts = case.stage.work().into_iter();
    let texts = texts.flat_map(|work| work.draft.texts());
    let rendered = |(place, of): (_, &str)| Rendered {
        tongue: Tongue::En,
        place,
        of: of.to_owned(),
        text: text.to_owned(),
    };
    Action::Translate {
        texts: texts.skip(which % 2).map(rendered).collect(),
    }
}
