//! Measures what people wait for and prints one line a figure; `tests/bench/run` calls it.
#![expect(clippy::unwrap_used, reason = "a failed measurement may panic")]

mod archive;
mod assign;
mod beside;
mod documents;
mod figure;
#[expect(dead_code, reason = "a bench uses a part of what the tests stand on")]
#[path = "../media/house.rs"]
mod house;
mod lists;
mod pages;
mod rooms;
mod storage;
#[expect(dead_code, reason = "a bench uses a part of what the tests stand on")]
#[path = "../support/mod.rs"]
mod support;

fn main() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let words: Vec<_> = std::env::args().skip(1).collect();
    // What the bench starts beside itself.
    match words.split_first() {
        Some((name, words)) if name == "house-of" => return runtime.block_on(rooms::serve(words)),
        Some((name, words)) if name == "besiege" => return runtime.block_on(rooms::besiege(words)),
        _ => {}
    }
    // `cargo bench` adds an option of its own.
    for name in words.iter().filter(|name| !name.starts_with("--")) {
        match name.as_str() {
            "archive" => runtime.block_on(archive::measure()),
            "assign" => runtime.block_on(assign::measure()),
            "beside" => runtime.block_on(beside::measure()),
            "documents" => documents::measure(),
            "documents-memory" => documents::tell_memory(),
            "mutations" => documents::mutations(),
            "pages" => runtime.block_on(async {
                pages::measure().await;
                lists::measure().await;
            }),
            "rooms" => runtime.block_on(rooms::measure(None)),
            "storage" => runtime.block_on(storage::measure()),
            other => match other.strip_prefix("rooms-") {
                Some(row) => runtime.block_on(rooms::measure(Some(row))),
                None => panic!("no bench is called {other}"),
            },
        }
    }
}
