//! What lies within a place to sign, and that what a signature shows stays there.

use std::collections::BTreeSet;

use super::{Area, Canvas, TOUCH};
use crate::documents::verify::data::packed;
use crate::documents::verify::report::Code;

impl Canvas<'_> {
    /// The text that is written within an area, whole pieces of it without white space; none where it is a header or a page number.
    pub(in crate::documents::verify::page) fn text_in(&self, area: Area) -> Option<String> {
        let within = self.texts.iter().zip(&self.sources);
        let within = within.filter(|(text, _)| area.common(**text) > TOUCH);
        let pieces: BTreeSet<usize> = within.map(|(_, source)| *source).collect::<Option<_>>()?;
        let pieces = pieces.iter().filter_map(|it| self.pieces.get(*it));
        Some(pieces.map(|piece| packed(&piece.text)).collect())
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
