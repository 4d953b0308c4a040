//! A house of rooms in a process of its own, so that what it costs is not what those cost who sit in it.

use std::io::{Read as _, Write as _};
use std::net::IpAddr;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::time::interval;

use super::net::{Net, as_root};
use crate::house::{House, name_in, seat};
use crate::support::eventually;

/// Runs until dropped.
pub(super) struct Apart {
    pub(super) base: String,
    /// Where its media socket is.
    pub(super) media: String,
    process: Child,
}

/// Where a server stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Loopback,
    /// At this machine's end of the road, whose address is no loopback to servers that shun one.
    Near,
    /// At its far end.
    Beyond,
}

/// Where it stands and who is in it from the beginning.
#[derive(Clone, Copy)]
pub(super) struct Plan {
    pub(super) rooms: usize,
    /// In every room sits a mediator who lets people in.
    pub(super) led: bool,
    pub(super) place: Place,
    /// On this core alone.
    pub(super) core: Option<usize>,
}

impl Apart {
    pub(super) async fn open(plan: Plan) -> Self {
        let own = std::env::current_exe().unwrap();
        let here = match plan.place {
            Place::Loopback => "127.0.0.1",
            Place::Near => Net::HERE,
            Place::Beyond => Net::THERE,
        };
        let beyond = plan.place == Place::Beyond;
        let rooms = plan.rooms.to_string();
        let led = if plan.led { "led" } else { "empty" };
        let mut words = Vec::new();
        if beyond {
            words.extend(Net::inside());
        }
        words.extend(MANY_SOCKETS);
        words.extend(plan.core.map(on_core).unwrap_or_default());
        words.extend([own.to_str().unwrap(), "house-of", &rooms, here, led]);
        let command = if beyond {
            as_root(&words)
        } else {
            command(&words)
        };
        let mut process = Command::from(command)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut said = BufReader::new(process.stdout.take().unwrap()).lines();
        let line = said.next_line().await.unwrap().expect("the house opens");
        let (base, media) = line.split_once(' ').unwrap();
        Self {
            base: base.to_owned(),
            media: media.to_owned(),
            process,
        }
    }

    /// Of the process, where `sudo` does not stand between.
    pub(super) fn id(&self) -> u32 {
        self.process.id().unwrap()
    }
}

/// The words that keep a program to this core.
pub(super) fn on_core(core: usize) -> Vec<&'static str> {
    vec!["taskset", "-c", ["0", "1"][core]]
}

pub(super) fn command(words: &[&str]) -> std::process::Command {
    let mut command = std::process::Command::new(words[0]);
    command.args(&words[1..]);
    command
}

/// What a process has taken of the processors so far.
pub(super) fn spent(process: u32) -> Duration {
    const TICK: Duration = Duration::from_millis(10);
    let line = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    let (_, fields) = line.rsplit_once(')').unwrap();
    let fields = fields.split_whitespace().skip(11).take(2);
    let ticks: u32 = fields.map(|ticks| ticks.parse::<u32>().unwrap()).sum();
    TICK * ticks
}

/// Kilobytes a process has in memory, once they have been the same for two seconds.
pub(super) async fn settled(process: u32) -> f64 {
    const STILL: usize = 40;
    let mut last = (0, 0);
    let kilobytes = eventually("memory settles", async || {
        let now = resident(process);
        last = if now == last.0 {
            (now, last.1 + 1)
        } else {
            (now, 0)
        };
        (last.1 >= STILL).then_some(now)
    });
    f64::from(kilobytes.await)
}

fn resident(process: u32) -> u32 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS"));
    let kilobytes = line.unwrap().split_whitespace().nth(1).unwrap();
    kilobytes.parse().unwrap()
}

/// The words that let a program open more sockets than most do.
const MANY_SOCKETS: [&str; 2] = ["prlimit", "--nofile=8192:8192"];

/// The same for this process.
pub(super) fn open_many_sockets() {
    let own = std::process::id().to_string();
    let mut words = MANY_SOCKETS.to_vec();
    words.extend(["--pid", &own]);
    assert!(command(&words).status().unwrap().success());
}

/// Keeps this process to some cores, such as `1` or `0-1`.
pub(super) fn keep_to(cores: &str) {
    let own = std::process::id().to_string();
    let mut command = std::process::Command::new("taskset");
    let kept = command.args(["-apc", cores, &own]).stdout(Stdio::null());
    assert!(kept.status().unwrap().success());
}

/// Lets this much time pass.
pub(super) async fn pass(time: Duration) {
    let mut moments = interval(time);
    moments.tick().await;
    moments.tick().await;
}

/// What the other process does: `house-of ROOMS ADDRESS led|empty`. It says where it stands, and ends with its input.
pub(crate) async fn serve(words: &[String]) {
    let [rooms, here, led] = words else {
        panic!("house-of ROOMS ADDRESS led|empty");
    };
    let rooms = rooms.parse().unwrap();
    let house = House::at(here.parse::<IpAddr>().unwrap(), rooms);
    let mut mediators = Vec::new();
    for room in 0..if led == "led" { rooms } else { 0 } {
        mediators.push(seat(&house.base, &name_in(room, "mediator")).await);
    }
    say(&format!("{} {}", house.base, house.rooms.announced()[0]));
    let ended = tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new()));
    ended.await.unwrap().unwrap();
}

/// A line on the standard output, for who started us.
pub(super) fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").unwrap();
    out.flush().unwrap();
}
