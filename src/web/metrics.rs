//! What the rooms of this process do, for a program that watches over the machine, in the text format of Prometheus.

use std::time::Duration;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use subtle::ConstantTimeEq as _;

use crate::domain::quality::{Quality, Rung};
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

/// A figure: its name, whether it is a gauge or a counter, what it says, and its values by their labels.
type Figure = (
    &'static str,
    &'static str,
    &'static str,
    Vec<(String, String)>,
);

fn text(figures: &Figures) -> String {
    let all = of_rooms(figures)
        .into_iter()
        .chain(of_lines(&figures.quality));
    let lines = all.flat_map(|(name, kind, help, samples)| {
        let head = format!("# HELP heyi_{name} {help}\n# TYPE heyi_{name} {kind}\n");
        let samples = samples.into_iter();
        let samples = samples.map(move |(labels, value)| format!("heyi_{name}{labels} {value}\n"));
        std::iter::once(head).chain(samples)
    });
    lines.collect()
}

fn of_rooms(figures: &Figures) -> [Figure; 4] {
    let now = |value: usize| vec![(String::new(), value.to_string())];
    let forwarded = vec![(String::new(), figures.forwarded.to_string())];
    [
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
            forwarded,
        ),
    ]
}

fn of_lines(quality: &Quality) -> [Figure; 6] {
    let counted = |name, help, value: u64| {
        (
            name,
            "counter",
            help,
            vec![(String::new(), value.to_string())],
        )
    };
    let spent = |rung: Rung| {
        let time = quality.spent.get(&rung).map_or(0.0, Duration::as_secs_f64);
        (format!("{{rung=\"{}\"}}", rung.name()), time.to_string())
    };
    [
        counted(
            "room_joins_total",
            "How often somebody came into a session.",
            quality.joins,
        ),
        counted(
            "room_reconnects_total",
            "How often somebody came back whose line had broken.",
            quality.reconnects,
        ),
        counted(
            "room_renewals_total",
            "Connections made anew or led another way.",
            quality.renewals,
        ),
        counted(
            "room_loss_measured_total",
            "How often pages measured their loss.",
            quality.measured,
        ),
        counted(
            "room_loss_thousandths_total",
            "The sum of what they measured, in thousandths.",
            quality.lost,
        ),
        (
            "room_rung_seconds_total",
            "counter",
            "Seconds people spent with so much of a line.",
            Rung::ALL.map(spent).to_vec(),
        ),
    ]
}
