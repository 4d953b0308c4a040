//! Rectangles on a page, and where they meet.

/// No line on a page is shorter.
const SHORTEST: f32 = 100.0;

/// Of what is written with two digits behind the point.
const ROUNDED: f32 = 0.02;

/// A rectangle.
#[derive(Debug, Clone, Copy)]
pub(in crate::documents::verify::page) struct Area {
    pub(super) left: f32,
    pub(super) bottom: f32,
    pub(super) right: f32,
    pub(super) top: f32,
}

impl Area {
    pub(in crate::documents::verify::page) fn around(
        [x, y]: [f32; 2],
        [to_x, to_y]: [f32; 2],
    ) -> Self {
        Self {
            left: x.min(to_x),
            bottom: y.min(to_y),
            right: x.max(to_x),
            top: y.max(to_y),
        }
    }

    pub(super) fn with(self, [x, y]: [f32; 2]) -> Self {
        Self {
            left: self.left.min(x),
            bottom: self.bottom.min(y),
            right: self.right.max(x),
            top: self.top.max(y),
        }
    }

    pub(super) fn size(self) -> f32 {
        (self.right - self.left).max(0.0) * (self.top - self.bottom).max(0.0)
    }

    /// A line from left to right across a good part of the sheet.
    pub(super) fn is_rule(self) -> bool {
        self.top - self.bottom < 0.1 && self.right - self.left >= SHORTEST
    }

    /// A line with all of its ink.
    pub(super) fn as_thick_as(self, width: f32) -> Self {
        Self {
            bottom: self.bottom - width / 2.0,
            top: self.top + width / 2.0,
            ..self
        }
    }

    /// Whether a line from left to right runs through a text.
    pub(super) fn is_struck_by(self, line: Self) -> bool {
        let high = line.top > self.bottom + 0.5 && line.bottom < self.top;
        high && line.left < self.right && line.right > self.left
    }

    /// Within the corners in which a square code stands, above with its caption and below, in large print too.
    pub(super) fn is_of_code(self) -> bool {
        self.left >= 430.0 && (self.bottom >= 715.0 || self.top <= 90.0)
    }

    /// Within another one, but for what rounding does.
    pub(super) fn is_within(self, other: Self) -> bool {
        self.left >= other.left - ROUNDED
            && self.bottom >= other.bottom - ROUNDED
            && self.right <= other.right + ROUNDED
            && self.top <= other.top + ROUNDED
    }

    /// Whether no edge is further than that from the same edge of another one.
    pub(super) fn is_near(self, other: Self, astray: f32) -> bool {
        let edges = |it: Self| [it.left, it.bottom, it.right, it.top];
        let mut pairs = edges(self).into_iter().zip(edges(other));
        pairs.all(|(one, two)| (one - two).abs() <= astray)
    }

    pub(in crate::documents::verify::page) fn common(self, other: Self) -> f32 {
        Self {
            left: self.left.max(other.left),
            bottom: self.bottom.max(other.bottom),
            right: self.right.min(other.right),
            top: self.top.min(other.top),
        }
        .size()
    }
}
