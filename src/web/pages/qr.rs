//! A QR code as a picture in a page.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

/// The address of a picture, whole in itself; an empty one where the text does not fit, which its length excludes.
pub(in crate::web) fn picture(text: &str) -> String {
    let Ok(code) = qrcode::QrCode::new(text) else {
        return String::new();
    };
    let svg = code
        .render::<qrcode::render::svg::Color<'_>>()
        .min_dimensions(220, 220)
        .build();
    format!("data:image/svg+xml;base64,{}", BASE64.encode(svg))
}
