//! Sheets as a PDF: of one place, of some, or of a whole neighbourhood; a page each, or six for the desks of merchants.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use serde::Deserialize;

use super::{body, places_of, side};
use crate::documents::{DocumentError, Poster, Shape, write_posters};
use crate::domain::organisation::town::{PlaceKind, QrPlace};
use crate::i18n::Locale;
use crate::storage::office;
use crate::web::{Path, Query, Viewer, Web, WebError};

/// Sheets printed at once.
const MOST: usize = 300;

#[derive(Deserialize)]
pub(super) struct Asked {
    /// Codes with commas between them; without it, everything of the reader's.
    codes: Option<String>,
    /// A neighbourhood.
    area: Option<String>,
    /// `desk` for six on a page.
    size: Option<String>,
}

impl Asked {
    /// As asked for; what stands on a desk is small where nobody asked.
    fn shape(&self, usual: Shape) -> Shape {
        match self.size.as_deref() {
            Some("desk") => Shape::Desk,
            Some(_) => Shape::Door,
            None => usual,
        }
    }

    fn wants(&self, place: &QrPlace) -> bool {
        let by_code = self
            .codes
            .as_deref()
            .is_none_or(|codes| codes.split(',').any(|code| code.trim() == place.code));
        let by_area = self.area.as_deref().is_none_or(|area| {
            area.is_empty()
                || crate::domain::organisation::Area(area.to_owned()).covers(&place.area)
        });
        by_code && by_area
    }
}

/// The sheet of one place, open to anybody, as the door is.
pub(super) async fn one(
    State(web): State<Web>,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let place = office::place(&mut web.accounts.store.read().await?, &code).await?;
    let place = place.ok_or(WebError::NotFound)?;
    let shape = asked.shape(match place.kind {
        PlaceKind::MerchantDesk => Shape::Desk,
        _ => Shape::Door,
    });
    let copies = match shape {
        Shape::Door => 1,
        Shape::Desk => 6,
    };
    let poster = poster(&web, &place).await?;
    print(&web, &vec![poster; copies], shape)
}

/// Those of the reader's committees.
pub(super) async fn many(
    State(web): State<Web>,
    viewer: Viewer,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let places = places_of(&web, &viewer).await?;
    let mut posters = Vec::new();
    for place in places.iter().filter(|it| asked.wants(it)).take(MOST) {
        posters.push(poster(&web, place).await?);
    }
    if posters.is_empty() {
        return Err(WebError::NotFound);
    }
    print(&web, &posters, asked.shape(Shape::Door))
}

/// Chinese first, and the English title for whoever does not read it.
async fn poster(web: &Web, place: &QrPlace) -> Result<Poster, WebError> {
    let body = body(web, place).await?;
    let [zh, en] = [Locale::ZhCn, Locale::En]
        .map(|locale| side(&web.texts, locale, (place.kind, body.as_ref())));
    let mut lines = vec![zh.what, zh.scan, en.title];
    lines.extend(zh.free);
    let mut small = vec![place.address.clone()];
    if let Some(body) = zh.body {
        small.push(format!("{} {}", body.name, body.phone));
        small.push(format!("{} {}", body.address, body.hours));
    }
    Ok(Poster {
        url: format!("{}/q/{}", web.chancery.address, place.code),
        title: zh.title,
        lines,
        small,
    })
}

fn print(web: &Web, posters: &[Poster], shape: Shape) -> Result<Response, WebError> {
    let pdf = write_posters(posters, shape, web.desk.clock.now());
    let pdf = pdf.map_err(|error: DocumentError| WebError::internal(&error))?;
    let mut response = Response::new(Body::from(pdf));
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/pdf"),
    );
    headers.insert(
        header::CONTENT_DISPOSITION,
        HeaderValue::from_static("inline; filename=\"sheets.pdf\""),
    );
    Ok(response)
}
