//! `heyi demo`: an invented district with years of matters.

use std::path::PathBuf;

use clap::Args;

use super::CliError;
use crate::app::{Extent, generate};
use crate::clock::Clock;
use crate::config::{Config, Overrides};

#[derive(Debug, Args)]
pub(super) struct Demo {
    /// How many matters
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    cases: u32,
    /// The same seed makes the same matters, up to the same day
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Over how many days they came in
    #[arg(long, default_value_t = 730, value_parser = clap::value_parser!(u32).range(1..=3_650))]
    days: u32,
    /// The last day, such as 2026-11-22; today by default
    #[arg(long, value_name = "DAY")]
    until: Option<jiff::civil::Date>,
    /// A new folder, or that of a demo town without cases
    #[arg(long, value_name = "FOLDER")]
    data: PathBuf,
}

pub(super) async fn demo(demo: &Demo) -> Result<(), CliError> {
    let overrides = Overrides {
        listen: None,
        data: Some(demo.data.clone()),
        assets: None,
    };
    let config = Config::load(None, &overrides)?;
    let noon = |day: jiff::civil::Date| day.at(4, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC);
    let until = demo.until.and_then(|day| noon(day).ok());
    let until = until.map_or_else(|| Clock::system().now(), |noon| noon.timestamp());
    let cases = demo.cases as usize;
    let mut next = 0;
    let told = |done: usize| {
        if done >= next {
            eprintln!("{done} of {cases}");
            next = done + (cases / 20).max(1);
        }
    };
    let extent = Extent {
        cases,
        seed: demo.seed,
        days: demo.days,
        until,
    };
    let figures = Box::pin(generate(config, extent, told)).await?;
    for (stage, count) in &figures.stages {
        println!("{stage}\t{count}");
    }
    println!(
        "{} cases with {} changes in {:.1} s",
        figures.cases, figures.changes, figures.seconds
    );
    Ok(())
}
