//! Where the square code of a page leads: it is drawn as we draw it, bar by bar, and nothing lies on it.

use super::{Area, Canvas};
use crate::documents::layout::square_code;
use crate::documents::pdf::bars;
use crate::documents::verify::report::Code;

/// How far a bar may be from where it belongs, in points; a module has more than one.
const ASTRAY: f32 = 0.05;
/// How large a code is, in large print too.
const SIDES: std::ops::RangeInclusive<f32> = 40.0..=85.0;
/// What drawing one costs.
const OF_CODE: usize = 500_000;

impl Canvas<'_> {
    /// Whether the page has a square code, or a part of one.
    pub(in crate::documents::verify::page) fn has_code(&self) -> bool {
        !self.dark.is_empty()
    }

    /// Whether the code of the page says this.
    pub(in crate::documents::verify::page) fn bears(&mut self, text: &str) -> Result<bool, Code> {
        self.budget.spend(OF_CODE)?;
        let modules = square_code(text).or(Err(Code::SquareCode))?;
        let Some(code) = self.code() else {
            return Ok(false);
        };
        let side = code.right - code.left;
        let wanted = bars([code.left, code.bottom, side], &modules)
            .map(|[x, y, width, height]| Area::around([x, y], [x + width, y + height]));
        let wanted: Vec<Area> = wanted.collect();
        let mut pairs = self.dark.iter().zip(&wanted);
        Ok(SIDES.contains(&side)
            && wanted.len() == self.dark.len()
            && pairs.all(|(found, wanted)| found.is_near(*wanted, ASTRAY)))
    }

    /// Nothing is written, drawn or laid upon the code, by which it would say something else.
    pub(in crate::documents::verify::page) fn shows_code_whole(&mut self) -> Result<(), Code> {
        let Some(code) = self.code() else {
            return Ok(());
        };
        let over = [&self.texts, &self.rules, &self.grounds];
        self.budget.spend(over.iter().map(|all| all.len()).sum())?;
        let mut over = over.into_iter().flatten();
        if over.any(|it| it.common(code) > 0.0) {
            Err(Code::SquareCode)
        } else {
            Ok(())
        }
    }

    /// All that is dark on the page.
    pub(super) fn code(&self) -> Option<Area> {
        let corners = |it: &Area| [[it.left, it.bottom], [it.right, it.top]];
        let mut all = self.dark.iter().flat_map(corners);
        let first = all.next()?;
        Some(all.fold(Area::around(first, first), Area::with))
    }
}
