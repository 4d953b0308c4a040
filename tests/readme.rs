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

/// What is said of commands in running text: between backquotes.
fn quoted(readme: &str) -> impl Iterator<Item = &str> {
    let outside_blocks = readme.split("```").step_by(2);
    outside_blocks.flat_map(|text| text.split('`').skip(1).step_by(2))
}

fn help(verbs: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_heyi"))
        .args(verbs)
        .arg("--help")
        .output()
        .unwrap();
    assert!(output.status.success(), "heyi {}", verbs.join(" "));
    String::from_utf8(output.stdout).unwrap()
}

/// Every verb and every option is one that the binary knows.
fn heyi_knows<'a>(words: impl Iterator<Item = &'a str>) {
    let (mut verbs, mut page) = (Vec::new(), help(&[]));
    for word in words {
        let is_verb = |line: &str| line.split_whitespace().next() == Some(word);
        if word.starts_with("--") {
            assert!(page.contains(word), "{word} of heyi {}", verbs.join(" "));
        } else if page.lines().any(is_verb) {
            verbs.push(word);
            page = help(&verbs);
        }
    }
    assert!(!verbs.is_empty(), "no verb of heyi");
}

#[test]
fn every_command_exists_with_its_options() {
    let readme = readme();
    let blocks = commands(&readme);
    assert!(blocks.contains(&"tests/run"));
    let inline = quoted(&readme).filter(|words| words.starts_with("heyi "));
    for command in blocks.into_iter().chain(inline) {
        let mut words = command.split_whitespace();
        match words.next().unwrap() {
            "heyi" => heyi_knows(words),
            "cargo" => heyi_knows(words.skip_while(|word| *word != "--").skip(1)),
            "tests/bench/run" => {
                assert!(root().join("tests/bench/run").is_file());
                for bench in words {
                    let file = format!("tests/bench/{bench}.rs");
                    assert!(root().join(&file).is_file(), "{file}");
                }
            }
            program => assert!(root().join(program).is_file(), "{command}"),
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
fn every_folder_of_tests_is_on_the_map() {
    let readme = readme();
    let row = readme.lines().find(|line| line.starts_with("tests/  "));
    let row = row.expect("a row of the map");
    for entry in std::fs::read_dir(root().join("tests")).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let listed = row.contains(&format!(" {name}")) || !entry.file_type().unwrap().is_dir();
        assert!(listed, "tests/{name}");
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
