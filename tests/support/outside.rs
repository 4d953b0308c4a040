//! A signing service and a timestamp authority, as licensed ones stand elsewhere.

use std::io::{BufRead as _, BufReader, Lines};
use std::process::{Child, ChildStdout, Command, Stdio};

use heyi::config::Keys;
use serde::Deserialize;
use tempfile::TempDir;

/// Both of them, running; they end when dropped.
pub(crate) struct Elsewhere {
    pub(crate) folder: TempDir,
    port: u16,
    lines: Lines<BufReader<ChildStdout>>,
    process: Child,
}

/// What the signing service was asked.
#[derive(Debug, Deserialize)]
pub(crate) struct Question {
    pub(crate) what: String,
    /// The same when the same thing is asked again.
    pub(crate) key: String,
    pub(crate) asked: serde_json::Value,
}

impl Elsewhere {
    pub(crate) fn start() -> Self {
        let folder = TempDir::new().unwrap();
        let mut process = Command::new(super::python_tool("python"))
            .arg(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/tests/support/outside.py"
            ))
            .arg(folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let port = lines.next().expect("the services say their port").unwrap();
        Self {
            port: port.parse().unwrap(),
            folder,
            lines,
            process,
        }
    }

    /// The settings of an installation that uses them, each in a mood of `outside.py`.
    pub(crate) fn keys(&self, signer: Option<&str>, stamps: Option<(&str, &str)>) -> Keys {
        let folder = self.folder.path().display();
        let base = format!("http://127.0.0.1:{}", self.port);
        let signer = signer.map(|mood| {
            format!(
                "[signer]\nurl = '{base}/{mood}'\ntoken_file = '{folder}/token'\n\
                 roots = '{folder}/signers.pem'\nlists = ['{base}/signers.crl']\npatience_seconds = 1\n"
            )
        });
        let stamps = stamps.map(|(mood, otherwise)| {
            let whose = if mood.starts_with("rsa") {
                "rsa-stamps"
            } else {
                "stamps"
            };
            format!(
                "[timestamps]\nurl = '{base}/{mood}/tsa'\notherwise = '{otherwise}'\n\
                 roots = '{folder}/{whose}.pem'\nlists = ['{base}/{whose}.crl']\npatience_seconds = 1\n"
            )
        });
        let text: String = [signer, stamps].into_iter().flatten().collect();
        toml::from_str(&text).unwrap()
    }

    /// The next question to the signing service, awaited.
    pub(crate) fn next(&mut self) -> Question {
        let line = self.lines.next().expect("the services run").unwrap();
        serde_json::from_str(&line).unwrap()
    }
}

impl Drop for Elsewhere {
    fn drop(&mut self) {
        if self.process.kill().is_ok() {
            drop(self.process.wait());
        }
    }
}
