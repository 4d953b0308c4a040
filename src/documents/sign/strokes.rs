//! A signature drawn by hand, as the phone sent it: checked, bounded, fitted to its place.

use serde::{Deserialize, Serialize};

/// More than anyone draws with a finger.
const MOST_POINTS: usize = 20_000;

/// Lines of points, from left to right and from top to bottom, in any unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Vec<(f32, f32)>>", into = "Vec<Vec<(f32, f32)>>")]
pub struct Strokes(Vec<Vec<(f32, f32)>>);

/// Why a drawing is no signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StrokesError {
    #[error("nothing, or no more than a dot, was drawn")]
    Empty,
    #[error("the drawing has too many points or numbers that are none")]
    Unusable,
}

impl TryFrom<Vec<Vec<(f32, f32)>>> for Strokes {
    type Error = StrokesError;

    fn try_from(strokes: Vec<Vec<(f32, f32)>>) -> Result<Self, StrokesError> {
        let mut points = strokes.iter().flatten();
        if strokes.iter().map(Vec::len).sum::<usize>() > MOST_POINTS
            || points
                .any(|(x, y)| !x.is_finite() || !y.is_finite() || x.abs() > 1e5 || y.abs() > 1e5)
        {
            return Err(StrokesError::Unusable);
        }
        let strokes = Self(strokes);
        let (left, top, right, bottom) = strokes.bounds().ok_or(StrokesError::Empty)?;
        if (right - left).max(bottom - top) < 1e-3 {
            return Err(StrokesError::Empty);
        }
        Ok(strokes)
    }
}

impl From<Strokes> for Vec<Vec<(f32, f32)>> {
    fn from(strokes: Strokes) -> Self {
        strokes.0
    }
}

impl Strokes {
    fn bounds(&self) -> Option<(f32, f32, f32, f32)> {
        self.0.iter().flatten().fold(None, |bounds, (x, y)| {
            let (left, top, right, bottom) = bounds.unwrap_or((*x, *y, *x, *y));
            Some((left.min(*x), top.min(*y), right.max(*x), bottom.max(*y)))
        })
    }

    /// The lines inside a box of this size, with the origin at its lower left, as large as they fit and centred.
    pub(super) fn fitted(&self, width: f32, height: f32) -> Vec<Vec<(f32, f32)>> {
        let (left, top, right, bottom) = self.bounds().unwrap_or_default();
        let (wide, high) = ((right - left).max(1e-3), (bottom - top).max(1e-3));
        let scale = (width / wide).min(height / high);
        let (x0, y0) = ((width - wide * scale) / 2.0, (height - high * scale) / 2.0);
        let place = |(x, y): &(f32, f32)| (x0 + (x - left) * scale, y0 + (bottom - y) * scale);
        self.0
            .iter()
            .map(|line| line.iter().map(place).collect())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dot_and_nothing_are_no_signature() {
        for drawn in [vec![], vec![vec![]], vec![vec![(5.0, 5.0)]]] {
            assert_eq!(Strokes::try_from(drawn).unwrap_err(), StrokesError::Empty);
        }
    }

    #[test]
    fn numbers_that_are_none_are_refused() {
        let drawn = vec![vec![(0.0, 0.0), (f32::NAN, 1.0)]];
        assert_eq!(
            Strokes::try_from(drawn).unwrap_err(),
            StrokesError::Unusable
        );
    }

    #[test]
    fn a_drawing_is_fitted_to_its_place_and_turned_upright() {
        let strokes = Strokes::try_from(vec![vec![(10.0, 10.0), (210.0, 110.0)]]).unwrap();
        assert_eq!(strokes.fitted(100.0, 50.0), [[(0.0, 50.0), (100.0, 0.0)]]);
    }
}
