//! What the rooms of this process do, for a program that watches over the machine, in the text format of Prometheus.

use std::time::Duration;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use subtle::ConstantTimeEq as _;

use crate::domain::quality::Rung;
use crate::rooms::Figures;
use crate::web::{Policy, Routes, Web, WebError};

const TEXT: &str = "text/plain; version=0.0.4";

pub(super) fn routes() -> Routes {
    Routes::new().get("/metrics", Policy::Anyone, show)
}

/// Whoever does not know the token finds nothing here; without one in the configuration there is nothing.
async fn show(State(web): State<Web>, headers: HeaderMap) -> Result<Response, WebError> {
    let token = web.site.metrics_token.as_ref().ok_or(WebError::NotFound)?;
    let given = headers.get(AUTHORIZATION).and_then(|it| it.to_str().ok());
    let given = given
        .and_then(|it| it.strip_prefix("Bearer "))
        .unwrap_or_default();
    if !bool::from(given.as_bytes().ct_eq(token.reveal().as_bytes())) {
        return Err(WebError::NotFound);
    }
    Ok(([(CONTENT_TYPE, TEXT)], text(&web.rooms.figures())).into_response())
}

fn text(figures: &Figures) -> String {
    let quality = &figures.quality;
    let spent = |rung| {
        let time = quality.spent.get(&rung).map_or(0.0, Duration::as_secs_f64);
        (format!("{{rung=\"{}\"}}", rung.name()), time.to_string())
    };
    let one = |value: u64| vec![(String::new(), value.to_string())];
    let now = |value: usize| vec![(String::new(), value.to_string())];
    let all = [
        (
            "rooms",
            "gauge",
            "Rooms in which somebody is.",
            now(figures.rooms),
        ),
        (
            "room_sockets",
            "gauge",
            "Sockets of call pages.",
            now(figures.sockets),
        ),
        (
            "room_connections",
            "gauge",
            "Connections for sound and picture.",
            now(figures.connections),
        ),
        (
            "room_packets_forwarded_total",
            "counter",
            "Packets of sound and picture sent on.",
            one(figures.forwarded),
        ),
        (
            "room_joins_total",
            "counter",
            "How often somebody came into a session.",
            one(quality.joins),
        ),
        (
            "room_reconnects_total",
            "counter",
            "How often somebody came back whose line had broken.",
            one(quality.reconnects),
        ),
        (
            "room_renewals_total",
            "counter",
            "Connections made anew or led another way.",
            one(quality.renewals),
        ),
        (
            "room_loss_measured_total",
            "counter",
            "How often pages measured their loss.",
            one(quality.measured),
        ),
        (
            "room_loss_thousandths_total",
            "counter",
            "The sum of what they measured, in thousandths.",
            one(quality.lost),
        ),
        (
            "room_rung_seconds_total",
            "counter",
            "Seconds people spent with so much of a line.",
            Rung::ALL.map(spent).to_vec(),
        ),
    ];
    let lines = all.into_iter().flat_map(|(name, kind, help, samples)| {
        let head = format!("# HELP heyi_{name} {help}\n# TYPE heyi_{name} {kind}\n");
        let samples = samples.into_iter();
        let samples = samples.map(move |(labels, value)| format!("heyi_{name}{labels} {value}\n"));
        std::iter::once(head).chain(samples)
    });
    lines.collect()
}
