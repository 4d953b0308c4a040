//! What lies within a place to sign, and that what a signature shows stays there.

use std::collections::BTreeSet;

use super::{Area, Canvas, TOUCH};
use crate::documents::verify::data::packed;
use crate::documents::verify::report::Code;

impl Canvas<'_> {
    /// The text that is written within an area, whole elements of it without white space, of which a part may stand beside it; a header
    /// or a page number may not.
    pub(in crate::documents::verify::page) fn text_in(
        &mut self,
        area: Area,
    ) -> Result<String, Code> {
        self.budget.spend(self.texts.len() + self.pieces.len())?;
        let within = self.texts.iter().zip(&self.sources);
        let within = within.filter(|(text, _)| area.common(**text) > TOUCH);
        let elements: Option<BTreeSet<usize>> = within.map(|(_, source)| *source).collect();
        let elements = elements.ok_or(Code::Overlay)?;
        let pieces = self.pieces.iter().zip(&self.owners);
        let pieces = pieces.filter(|(_, owner)| elements.contains(owner));
        let mut text = String::new();
        for (piece, _) in pieces {
            self.budget.keep(piece.text.len())?;
            text.push_str(&packed(&piece.text));
        }
        Ok(text)
    }

    pub(in crate::documents::verify::page) fn has_code_in(&self, place: Area) -> bool {
        self.code().is_some_and(|code| code.common(place) > TOUCH)
    }

    /// What a signature shows stays within the place that is there for it.
    pub(super) fn keeps_to_its_place(&self, area: Area) -> Result<(), Code> {
        let place = Area::around([0.0, 0.0], [self.sheet.width, self.sheet.height]);
        if !self.sheet.look || area.is_within(place) {
            Ok(())
        } else {
            Err(Code::Look)
        }
    }
}
