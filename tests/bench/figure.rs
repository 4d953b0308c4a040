//! One line a figure: bench, metric, value, unit, target, and whether it was met.

use std::io::Write;

/// What a figure should be.
#[derive(Clone, Copy)]
pub(crate) enum Target {
    AtMost(f64),
    AtLeast(f64),
    /// Watched, not judged.
    None,
}

pub(crate) fn print(bench: &str, metric: &str, value: f64, unit: &str, target: Target) {
    let (wanted, verdict) = match target {
        Target::AtMost(limit) => (format!("<= {limit}"), judged(value <= limit)),
        Target::AtLeast(limit) => (format!(">= {limit}"), judged(value >= limit)),
        Target::None => ("-".to_owned(), "-"),
    };
    let line = format!("{bench}\t{metric}\t{value:.2}\t{unit}\t{wanted}\t{verdict}\n");
    std::io::stdout().write_all(line.as_bytes()).unwrap();
}

fn judged(met: bool) -> &'static str {
    if met { "met" } else { "missed" }
}

/// The most memory that a process has held so far, in kilobytes; nothing once it has ended.
pub(crate) fn high_water(process: &str) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// The value below which `percent` of the values lie. Sorts them.
pub(crate) fn percentile(values: &mut [f64], percent: usize) -> f64 {
    values.sort_by(f64::total_cmp);
    values[(values.len() * percent / 100).min(values.len() - 1)]
}
