//! The seal of an organisation: a red ring, a star, and the name along the upper arc.

use std::f32::consts::{FRAC_PI_2, TAU};

use pdf_writer::Content;

use super::appearance::{self, Matrix};
use crate::documents::DocumentError;

const RED: [f32; 3] = [0.82, 0.05, 0.05];

pub(super) fn draw(
    content: &mut Content,
    organisation: &str,
    width: f32,
    height: f32,
) -> Result<(), DocumentError> {
    let radius = width.min(height) / 2.0 - 2.5;
    let centre = (width / 2.0, height / 2.0);
    let [red, green, blue] = RED;
    content
        .set_stroke_rgb(red, green, blue)
        .set_fill_rgb(red, green, blue)
        .set_line_width(2.6);
    ring(content, centre, radius);
    star(content, centre, radius * 0.32);
    along_arc(content, organisation, centre, radius)
}

fn ring(content: &mut Content, (x, y): (f32, f32), radius: f32) {
    let handle = radius * 0.552_284_8;
    content.move_to(x + radius, y);
    content.cubic_to(
        x + radius,
        y + handle,
        x + handle,
        y + radius,
        x,
        y + radius,
    );
    content.cubic_to(
        x - handle,
        y + radius,
        x - radius,
        y + handle,
        x - radius,
        y,
    );
    content.cubic_to(
        x - radius,
        y - handle,
        x - handle,
        y - radius,
        x,
        y - radius,
    );
    content.cubic_to(
        x + handle,
        y - radius,
        x + radius,
        y - handle,
        x + radius,
        y,
    );
    content.close_path().stroke();
}

fn star(content: &mut Content, (x, y): (f32, f32), radius: f32) {
    let mut angle = FRAC_PI_2;
    for corner in 0..10 {
        let reach = if corner % 2 == 0 {
            radius
        } else {
            radius * 0.382
        };
        let (to_x, to_y) = (x + reach * angle.cos(), y + reach * angle.sin());
        if corner == 0 {
            content.move_to(to_x, to_y);
        } else {
            content.line_to(to_x, to_y);
        }
        angle += TAU / 10.0;
    }
    content.close_path().fill_nonzero();
}

/// The characters stand upright on the arc, narrower and taller than usual, from left over the top to the right.
#[expect(
    clippy::cast_precision_loss,
    reason = "a name has fewer than a hundred characters"
)]
fn along_arc(
    content: &mut Content,
    name: &str,
    (x, y): (f32, f32),
    radius: f32,
) -> Result<(), DocumentError> {
    let count = name.chars().count().max(1) as f32;
    let sweep = (0.82 * TAU).min(0.24 * (count - 1.0).max(0.0) * 1.6);
    let step = if count > 1.0 {
        sweep / (count - 1.0)
    } else {
        0.0
    };
    let baseline = radius * 0.66;
    let high = radius * 0.26;
    let wide = (baseline * 1.1 * step * 0.92).min(high * 0.82);
    let wide = if count > 1.0 { wide } else { high * 0.82 };
    for (index, character) in name.chars().enumerate() {
        let angle = FRAC_PI_2 + sweep / 2.0 - index as f32 * step;
        let (sin, cos) = angle.sin_cos();
        let across = (sin * wide, -cos * wide);
        let up = (cos * high, sin * high);
        let origin = (
            x + baseline * cos - across.0 / 2.0,
            y + baseline * sin - across.1 / 2.0,
        );
        let matrix = Matrix {
            along: across,
            up,
            origin,
        };
        appearance::text(content, &character.to_string(), matrix)?;
    }
    Ok(())
}
