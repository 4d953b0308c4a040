//! How long the first pages take, over HTTP, one after another and eight at a time.

use std::time::Instant;

use super::figure::{Target, percentile, print};
use super::support::http::Client;
use super::support::server::Server;

const ROUNDS: usize = 400;
const AT_ONCE: usize = 8;

pub(crate) async fn measure() {
    let started = Instant::now();
    let (server, _folder) = Server::demo(&[]).await;
    let ready = started.elapsed().as_secs_f64() * 1000.0;
    print(
        "pages",
        "start_to_ready",
        ready,
        "ms",
        Target::AtMost(2000.0),
    );
    for (name, path) in [("home", "/"), ("demo", "/demo"), ("sign_in", "/sign-in")] {
        let mut times = visit(&server.base, path, ROUNDS).await;
        print(
            "pages",
            &format!("{name}_p50"),
            percentile(&mut times, 50),
            "ms",
            Target::None,
        );
        print(
            "pages",
            &format!("{name}_p99"),
            percentile(&mut times, 99),
            "ms",
            Target::AtMost(50.0),
        );
    }
    let started = Instant::now();
    let visitors = (0..AT_ONCE).map(|_| visit(&server.base, "/", ROUNDS));
    futures_util::future::join_all(visitors).await;
    #[expect(clippy::cast_precision_loss, reason = "a small count")]
    let rate = (AT_ONCE * ROUNDS) as f64 / started.elapsed().as_secs_f64();
    print(
        "pages",
        "home_rate_8_at_once",
        rate,
        "pages/s",
        Target::None,
    );
}

/// Milliseconds of each visit.
async fn visit(base: &str, path: &str, rounds: usize) -> Vec<f64> {
    let mut visitor = Client::new(base);
    let mut times = Vec::with_capacity(rounds);
    for _ in 0..rounds {
        let started = Instant::now();
        let answer = visitor.get(path).await;
        times.push(started.elapsed().as_secs_f64() * 1000.0);
        assert_eq!(answer.status, 200, "{path}");
    }
    times
}
