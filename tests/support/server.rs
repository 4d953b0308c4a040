//! The real binary, serving a demo town from a folder of its own.

use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

use heyi::app::{App, Kind};
use heyi::clock::Clock;
use heyi::config::Config;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::oneshot;

use super::eventually;

/// A running server; it is killed when dropped.
pub(crate) struct Server {
    /// Such as `http://127.0.0.1:40123`.
    pub(crate) base: String,
    runs: Runs,
    said: Arc<Mutex<String>>,
}

/// Where it runs.
enum Runs {
    Apart(Child),
    /// In this process; it ends when this is dropped.
    Here {
        _until: oneshot::Sender<()>,
    },
}

impl Server {
    /// A demo town in this process, by a clock that the test moves.
    pub(crate) async fn by(clock: &Arc<Clock>) -> (Self, TempDir) {
        let folder = TempDir::new().unwrap();
        let config = Config {
            data: folder.path().join("data"),
            listen: "127.0.0.1:0".parse().unwrap(),
            ..Config::default()
        };
        let (tell, told) = oneshot::channel();
        let (until, ended) = oneshot::channel();
        let clock = Arc::clone(clock);
        std::thread::spawn(move || {
            let town = async move {
                let app = App::open_at(config, Kind::Demo, clock).await.unwrap();
                let server = heyi::app::Server::bind(app).await.unwrap();
                tell.send(server.base_url()).unwrap();
                tokio::select! {
                    done = heyi::app::serve(server) => done.unwrap(),
                    _ = ended => {}
                }
            };
            tokio::runtime::Runtime::new().unwrap().block_on(town);
        });
        let server = Self {
            base: told.await.unwrap(),
            runs: Runs::Here { _until: until },
            said: Arc::default(),
        };
        (server, folder)
    }

    fn process(&mut self) -> &mut Child {
        match &mut self.runs {
            Runs::Apart(process) => process,
            Runs::Here { .. } => panic!("it is no process of its own"),
        }
    }

    /// A demo town in a fresh folder, which lives as long as the returned guard.
    pub(crate) async fn demo(environment: &[(&str, &str)]) -> (Self, TempDir) {
        let folder = TempDir::new().unwrap();
        let data = folder.path().join("data");
        (Self::start(&data, &["--demo"], environment).await, folder)
    }

    /// Runs `serve` on a free port, of the loopback address unless the options say where, and waits until it says it is
    /// ready.
    pub(crate) async fn start(data: &Path, options: &[&str], environment: &[(&str, &str)]) -> Self {
        let narrow = ["--listen", "127.0.0.1:0"];
        let wide = options.contains(&"--listen");
        let mut process = heyi()
            .args(["serve", "--data"])
            .arg(data)
            .args(narrow.iter().filter(|_| !wide))
            .args(options)
            .envs(environment.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        keep(BufReader::new(process.stdout.take().unwrap()), &said);
        keep(BufReader::new(process.stderr.take().unwrap()), &said);
        let base = eventually("the server prints its address", async || {
            assert!(
                process.try_wait().unwrap().is_none(),
                "it ended: {}",
                read(&said)
            );
            address(&read(&said))
        })
        .await;
        let server = Self {
            base,
            runs: Runs::Apart(process),
            said,
        };
        let http = super::http::Client::new(&server.base);
        eventually("the server is ready", async || {
            let answer = http
                .request(reqwest::Method::GET, "/readyz")
                .send()
                .await
                .ok()?;
            answer.status().is_success().then_some(())
        })
        .await;
        server
    }

    /// Everything it printed and logged so far.
    pub(crate) fn said(&self) -> String {
        read(&self.said)
    }

    /// Whether it printed or logged this; of a link, its token. A code counts as a word of its own, since six digits
    /// stand in many an instant.
    pub(crate) fn tells(&self, secret: &str) -> bool {
        let secret = secret.rsplit('/').next().unwrap_or(secret);
        let said = self.said();
        if secret.len() > 6 || !secret.bytes().all(|byte| byte.is_ascii_digit()) {
            return said.contains(secret);
        }
        said.split(|c: char| !c.is_alphanumeric())
            .any(|word| word == secret)
    }

    /// Sends SIGTERM, as a service manager does.
    pub(crate) async fn ask_to_end(&self) {
        let Runs::Apart(process) = &self.runs else {
            panic!("it is no process of its own")
        };
        let id = process.id().expect("it runs").to_string();
        let asked = Command::new("kill").args(["-TERM", &id]).status();
        assert!(asked.await.unwrap().success());
    }

    /// Waits for its end.
    pub(crate) async fn ended(&mut self) -> ExitStatus {
        self.process().wait().await.unwrap()
    }

    /// Ends it at once, as a power cut would.
    pub(crate) async fn kill(&mut self) {
        self.process().kill().await.unwrap();
    }
}

/// The binary, without the variables of the tests, which it would refuse as unknown settings.
pub(crate) fn heyi() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_heyi"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("HEYI_")) {
        command.env_remove(name);
    }
    command
}

fn read(said: &Mutex<String>) -> String {
    said.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

fn keep(reader: impl tokio::io::AsyncBufRead + Unpin + Send + 'static, said: &Arc<Mutex<String>>) {
    let said = Arc::clone(said);
    let mut lines = reader.lines();
    tokio::spawn(async move {
        while let Ok(Some(line)) = lines.next_line().await {
            let mut said = said.lock().unwrap_or_else(PoisonError::into_inner);
            said.push_str(&line);
            said.push('\n');
        }
    });
}

/// The first address in the output, without its path; only a whole line counts.
fn address(said: &str) -> Option<String> {
    let line = said.lines().find(|line| line.contains("://127.0.0.1:"))?;
    let start = line.find("http")?;
    let address = line[start..].split_whitespace().next()?;
    let (scheme, rest) = address.split_once("://")?;
    Some(format!("{scheme}://{}", rest.split('/').next()?))
}
