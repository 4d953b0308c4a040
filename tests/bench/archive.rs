//! The closed matters of a year as one file, from a real database and file store: how much memory the process that writes it
//! holds at most beyond one that finds nothing to write.

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use tokio::time::sleep;

use super::figure::{Target, high_water, print};
use super::support::server::heyi;

/// As many as bring a thousand closed matters to one committee in the year before the last day.
const CASES: &str = "20000";
const DAYS: &str = "700";
const UNTIL: &str = "2026-06-30";
const YEAR: &str = "2025";
/// Before anything was opened.
const BEFORE: &str = "2001";
const COMMITTEE: &str = "柳荫";

/// Megabytes beyond an idle process.
const MEMORY: f64 = 64.0;
const MATTERS: f64 = 1_000.0;

/// How often the process is looked at; its high water says what was held in between.
const LOOK_EVERY: Duration = Duration::from_millis(20);

pub(crate) async fn measure() {
    let folder = tempfile::TempDir::new().unwrap();
    let data = folder.path().join("data");
    let words = ["demo", "--cases", CASES, "--days", DAYS, "--until", UNTIL];
    let made = heyi()
        .args(words)
        .args(["--seed", "1", "--data"])
        .arg(&data)
        .stdout(Stdio::null())
        .status()
        .await;
    assert!(made.unwrap().success(), "no district with {CASES} cases");
    let nothing = folder.path().join("nothing.zip");
    let idle = export(&data, BEFORE, &nothing).await;
    let year = folder.path().join("year.zip");
    let busy = export(&data, YEAR, &year).await;
    let tell = |metric, value, unit, target| print("archive", metric, value, unit, target);
    tell("cases", matters(&year), "cases", Target::AtLeast(MATTERS));
    tell("size", megabytes(&year), "MB", Target::None);
    tell("seconds", busy.seconds, "s", Target::None);
    tell("memory_idle", idle.megabytes, "MB", Target::None);
    let above = busy.megabytes - idle.megabytes;
    tell("memory_above_idle", above, "MB", Target::AtMost(MEMORY));
}

struct Exported {
    /// The most that it held.
    megabytes: f64,
    seconds: f64,
}

async fn export(data: &Path, year: &str, out: &Path) -> Exported {
    let started = Instant::now();
    let words = [
        "export",
        "archive",
        "--year",
        year,
        "--organisation",
        COMMITTEE,
    ];
    let mut process = heyi()
        .args(words)
        .arg("--data")
        .arg(data)
        .arg("--out")
        .arg(out)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let id = process.id().unwrap().to_string();
    let mut most: f64 = 0.0;
    let ended = loop {
        most = most.max(high_water(&id).unwrap_or_default());
        if let Some(ended) = process.try_wait().unwrap() {
            break ended;
        }
        sleep(LOOK_EVERY).await;
    };
    assert!(ended.success(), "no archive of {year}");
    Exported {
        megabytes: most / 1_024.0,
        seconds: started.elapsed().as_secs_f64(),
    }
}

/// As many as the index of the archive names.
#[expect(clippy::cast_precision_loss, reason = "a small count")]
fn matters(archive: &Path) -> f64 {
    let file = std::fs::File::open(archive).unwrap();
    let mut zip = zip::ZipArchive::new(file).unwrap();
    let index = zip.by_name("index.json").unwrap();
    let index: serde_json::Value = serde_json::from_reader(index).unwrap();
    index.as_array().unwrap().len() as f64
}

#[expect(clippy::cast_precision_loss, reason = "a size to read")]
fn megabytes(file: &Path) -> f64 {
    let bytes = std::fs::metadata(file).unwrap().len();
    bytes as f64 / 1_048_576.0
}
