//! Styles, scripts and pictures, held in memory under an address that changes with their content.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;
use sha2::{Digest as _, Sha256};

use super::error::WebError;
use super::extract::Path as Address;
use crate::accounts::secrets::hex;

#[derive(RustEmbed)]
#[folder = "assets/css"]
#[prefix = "css/"]
struct Styles;

#[derive(RustEmbed)]
#[folder = "assets/js"]
#[prefix = "js/"]
struct Scripts;

#[derive(RustEmbed)]
#[folder = "assets/img"]
#[prefix = "img/"]
struct Pictures;

/// Path below `assets/` → content.
#[derive(Debug)]
pub struct Assets {
    files: BTreeMap<String, Cow<'static, [u8]>>,
    /// One mark over all files, part of their addresses.
    mark: String,
}

impl Assets {
    /// The shipped files, replaced one by one by those of the overlay.
    pub fn load(overlay: Option<&Path>) -> Result<Self, std::io::Error> {
        let mut files = BTreeMap::new();
        let mut hash = Sha256::new();
        for (name, shipped) in shipped::<Styles>()
            .chain(shipped::<Scripts>())
            .chain(shipped::<Pictures>())
        {
            let over = overlay
                .map(|root| root.join(&name))
                .filter(|file| file.is_file());
            let content = match over {
                Some(file) => Cow::Owned(std::fs::read(file)?),
                None => shipped,
            };
            hash.update(name.as_bytes());
            hash.update(&content);
            files.insert(name, content);
        }
        let mark = hex(&hash.finalize()[..6]);
        Ok(Self { files, mark })
    }

    /// `/assets/<mark>/css/heyi.css` for `css/heyi.css`.
    pub fn address(&self, path: &str) -> Option<String> {
        let path = self.files.contains_key(path).then_some(path)?;
        Some(format!("/assets/{}/{path}", self.mark))
    }
}

fn shipped<F: RustEmbed>() -> impl Iterator<Item = (String, Cow<'static, [u8]>)> {
    F::iter().filter_map(|name| Some((name.to_string(), F::get(&name)?.data)))
}

/// `GET /assets/{mark}/{*path}`
pub(super) async fn serve(
    State(web): State<super::Web>,
    Address((mark, path)): Address<(String, String)>,
) -> Result<Response, WebError> {
    let content = web.assets.files.get(&path).ok_or(WebError::NotFound)?;
    let keep = if mark == web.assets.mark {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind(&path))),
        (header::CACHE_CONTROL, HeaderValue::from_static(keep)),
    ];
    Ok((headers, content.clone().into_owned()).into_response())
}

fn kind(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("webp") => "image/webp",
        _ => "application/octet-stream",
    }
}
