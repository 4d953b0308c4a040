//! Parses the command line and calls the library.

use std::process::ExitCode;

use clap::Parser;

#[tokio::main]
async fn main() -> ExitCode {
    heyi::cli::run(heyi::cli::Cli::parse()).await
}
