//! A chromedriver process on a port of its own, which takes its Chromium along when it goes.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

/// Somebody else has the port in the other family of addresses.
struct PortTaken;

pub(crate) struct Chromedriver {
    port: u16,
    process: Child,
    // Held so that a late line finds a reader.
    _said: BufReader<ChildStdout>,
}

impl Chromedriver {
    /// It takes a free port of one family of addresses and ends where somebody has the same one of the other; then it takes another.
    pub(crate) fn start() -> Self {
        const TRIES: usize = 5;
        let mut tries = (0..TRIES).map(|_| Self::on_some_port());
        let started = tries.find_map(Result::ok);
        started.expect("some port is free in both families of addresses")
    }

    fn on_some_port() -> Result<Self, PortTaken> {
        let program = super::tool("HEYI_CHROMEDRIVER");
        let mut process = Command::new(&program)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{program}: {error}"));
        let mut said = BufReader::new(process.stdout.take().unwrap());
        let mut heard = String::new();
        let Some(port) = port(&mut said, &mut heard) else {
            process.wait().unwrap();
            assert!(heard.contains("port not available"), "{program}: {heard}");
            return Err(PortTaken);
        };
        Ok(Self {
            port,
            process,
            _said: said,
        })
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Ends the session and its Chromium; a killed chromedriver would leave that running.
    fn shut_down(&self) -> std::io::Result<()> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        write!(
            stream,
            "GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n",
            self.port
        )?;
        stream.read_to_end(&mut Vec::new())?;
        Ok(())
    }
}

/// On which it listens; none where it ended, with what it said.
fn port(said: &mut BufReader<ChildStdout>, heard: &mut String) -> Option<u16> {
    loop {
        let before = heard.len();
        if said.read_line(heard).unwrap() == 0 {
            return None;
        }
        if let Some((_, port)) = heard[before..].split_once("started successfully on port ") {
            return Some(port.trim().trim_end_matches('.').parse().unwrap());
        }
    }
}

impl Drop for Chromedriver {
    fn drop(&mut self) {
        if let Err(error) = self.shut_down() {
            eprintln!("chromedriver did not shut down, so it is killed: {error}");
        }
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}
