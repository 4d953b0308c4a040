//! The map of the house. `domain` is the law and does no I/O; `casework` is the one door for changing a
//! case; `web` translates HTTP, `rooms` forwards video, `documents` makes and checks papers, `evidence` takes
//! in what parties show, `audit` seals every hour what happened and checks it, `jobs` does what follows, `storage` is SQL and nothing else. `tests/architecture.rs` holds who may import whom.

pub mod accounts;
pub mod app;
pub mod audit;
pub mod casework;
pub mod cli;
pub mod clock;
pub mod config;
pub mod documents;
pub mod domain;
pub mod evidence;
pub mod i18n;
pub mod jobs;
pub mod notify;
pub mod office;
pub mod paperwork;
pub mod rooms;
pub mod storage;
pub mod web;
