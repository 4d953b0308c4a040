//! The README's commands and paths, held against what is here.

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::support::http::Client;
use crate::support::server::Server;

fn readme() -> String {
    std::fs::read_to_string(root().join("README.md")).unwrap()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The lines of all blocks marked `sh`.
fn commands(readme: &str) -> Vec<&str> {
    let blocks = readme.split("```sh\n").skip(1);
    blocks
        .flat_map(|rest| rest.split("```").next().unwrap().lines())
        .collect()
}

#[tokio::test]
async fn the_first_command_serves_a_demo_town() {
    let readme = readme();
    let command = commands(&readme)[0];
    let options = command
        .strip_prefix("cargo run --release -- serve ")
        .unwrap();
    let options: Vec<_> = options.split_whitespace().collect();
    let folder = TempDir::new().unwrap();
    let server = Server::start(&folder.path().join("data"), &options, &[]).await;
    let mut visitor = Client::new(&server.base);
    for page in ["/", "/demo", "/demo/outbox"] {
        assert_eq!(visitor.get(page).await.status, 200, "{page}");
    }
}

#[test]
fn every_other_command_exists() {
    let readme = readme();
    let commands = commands(&readme);
    assert!(commands.contains(&"tests/run"));
    for command in &commands[1..] {
        let mut words = command.split_whitespace();
        let program = words.next().unwrap();
        if program == "heyi" {
            let verb = words.next().unwrap();
            let help = Command::new(env!("CARGO_BIN_EXE_heyi"))
                .args([verb, "--help"])
                .output()
                .unwrap();
            assert!(help.status.success(), "{command}");
        } else {
            assert!(root().join(program).is_file(), "{command}");
        }
    }
}

#[test]
fn every_path_named_is_here() {
    let readme = readme();
    let quoted = readme.split('`').skip(1).step_by(2);
    let paths: Vec<_> = quoted
        .filter(|word| {
            ["src/", "tests/", "assets/", "templates/"]
                .iter()
                .any(|start| word.starts_with(start))
        })
        .filter_map(|word| word.split_whitespace().next())
        .collect();
    assert!(paths.len() > 4, "{paths:?}");
    for path in paths {
        assert!(root().join(path).exists(), "{path}");
    }
}

#[test]
fn every_setting_is_in_the_table() {
    let settings = serde_json::to_value(heyi::config::Config::default()).unwrap();
    let readme = readme();
    for key in settings.as_object().unwrap().keys() {
        assert!(readme.contains(&format!("\n| `{key}` |")), "{key}");
    }
}
