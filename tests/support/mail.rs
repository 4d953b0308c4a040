//! A real mail server that keeps what it gets.

use std::process::Stdio;

use serde::Deserialize;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

use super::DEADLINE;

/// A running mail server; it ends when dropped.
pub(crate) struct MailServer {
    pub(crate) port: u16,
    lines: Lines<BufReader<ChildStdout>>,
    _process: Child,
}

/// A mail as it arrived.
#[derive(Debug, Deserialize)]
pub(crate) struct Mail {
    pub(crate) from: String,
    pub(crate) to: Vec<String>,
    pub(crate) subject: String,
    pub(crate) message_id: Option<String>,
    /// Whether it came over TLS.
    pub(crate) tls: bool,
    pub(crate) parts: Vec<Part>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Part {
    /// Such as `text/plain`.
    pub(crate) kind: String,
    /// The file name of an attachment.
    pub(crate) name: Option<String>,
    pub(crate) text: String,
}

impl MailServer {
    /// Starts one with the options of `mail_server.py`, such as `["--login", "USER", "PASSWORD"]`.
    pub(crate) async fn start(options: &[&str]) -> Self {
        let mut process = Command::new(super::python_tool("python"))
            .arg(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/tests/support/mail_server.py"
            ))
            .args(options)
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let port = lines
            .next_line()
            .await
            .unwrap()
            .expect("the mail server says its port");
        Self {
            port: port.parse().unwrap(),
            lines,
            _process: process,
        }
    }

    /// The next mail, awaited.
    pub(crate) async fn next(&mut self) -> Mail {
        let line = tokio::time::timeout(DEADLINE, self.lines.next_line()).await;
        let line = line.expect("a mail arrives").unwrap();
        serde_json::from_str(&line.expect("the mail server runs")).unwrap()
    }
}
