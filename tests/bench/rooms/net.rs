//! A way between this machine and a namespace of it where a platform stands, by a road of its own on which datagrams and
//! segments get lost: everything over it, in both directions, by the kernel. Needs root; one at a time.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// The namespace of the platform, and the one of the road to it.
const PLATFORM: &str = "heyi-platform";
const ROAD: &str = "heyi-road";
const NEAR: &str = "heyi-near";
const FAR: &str = "heyi-far";
/// Ours, the road's towards us, the road's towards the platform.
const HERE: [&str; 2] = ["10.77.1.1", "10.77.1.3"];
const ON_THE_WAY: [&str; 2] = ["10.77.1.2", "10.77.2.1"];
const BEYOND: &str = "10.77.2.0/24";

/// Gone when dropped.
pub(crate) struct Net {
    road: &'static str,
    /// Which of our addresses we have.
    here: usize,
}

impl Net {
    /// Our end of it, at the beginning.
    pub(crate) const HERE: &str = HERE[0];
    /// Where the platform stands.
    pub(crate) const THERE: &str = "10.77.2.2";

    /// Lays the road, open; one that was left behind is cleared away first.
    pub(crate) fn lay() -> Self {
        clear();
        for name in [ROAD, PLATFORM] {
            ip(&["netns", "add", name]);
            ip(&["-n", name, "link", "set", "lo", "up"]);
        }
        for (near, far, inside) in [(NEAR, FAR, ROAD), (FAR, NEAR, PLATFORM)] {
            let from: &[&str] = if inside == ROAD { &[] } else { &["-n", ROAD] };
            let near_end = if inside == ROAD { near } else { "beyond" };
            let pair = [
                "link", "add", near_end, "type", "veth", "peer", "name", far, "netns", inside,
            ];
            ip(&[from, &pair].concat());
        }
        let [to_us, to_them] = ON_THE_WAY;
        let there = Self::THERE;
        for (place, device, address) in [
            (None, NEAR, HERE[0]),
            (Some(ROAD), FAR, to_us),
            (Some(ROAD), "beyond", to_them),
            (Some(PLATFORM), NEAR, there),
        ] {
            let place: Vec<_> = place.iter().flat_map(|name| ["-n", *name]).collect();
            let address = format!("{address}/24");
            ip(&[&place[..], &["address", "add", &address, "dev", device]].concat());
            ip(&[&place[..], &["link", "set", device, "up"]].concat());
        }
        ip(&["route", "add", BEYOND, "via", to_us]);
        ip(&["-n", PLATFORM, "route", "add", "default", "via", to_them]);
        let forwards = "net.ipv4.ip_forward=1";
        root(
            &["ip", "netns", "exec", ROAD, "sysctl", "-qw", forwards],
            "",
        );
        let net = Self {
            road: ROAD,
            here: 0,
        };
        net.open();
        net
    }

    /// Of a program that is to run at the platform's end.
    pub(crate) const fn inside() -> [&'static str; 4] {
        ["ip", "netns", "exec", PLATFORM]
    }

    pub(crate) fn open(&self) {
        self.rule("");
    }

    /// Of everything, in each direction, this share is lost.
    pub(crate) fn lose(&self, percent: u32) {
        self.rule(&format!("numgen random mod 100 < {percent} drop"));
    }

    pub(crate) fn cut(&self) {
        self.rule("drop");
    }

    /// This end gets another address, and the one it had is gone.
    pub(crate) fn move_on(&mut self) {
        let before = HERE[self.here];
        self.here = (self.here + 1) % HERE.len();
        for (change, address) in [("del", before), ("add", HERE[self.here])] {
            ip(&["address", change, &format!("{address}/24"), "dev", NEAR]);
        }
        ip(&["route", "add", BEYOND, "via", ON_THE_WAY[0]]);
    }

    fn rule(&self, rule: &str) {
        let rules = format!(
            "table ip road\ndelete table ip road\ntable ip road {{\n\
             chain carry {{ type filter hook forward priority 0; {rule}\n}}\n}}\n"
        );
        root(
            &["ip", "netns", "exec", self.road, "nft", "-f", "-"],
            &rules,
        );
    }
}

impl Drop for Net {
    fn drop(&mut self) {
        clear();
    }
}

/// A namespace takes its ends of the pairs along, and those the others; but not at once.
fn clear() {
    if Path::new("/sys/class/net").join(NEAR).exists() {
        ip(&["link", "del", NEAR]);
    }
    let known = std::fs::read_dir("/run/netns").into_iter().flatten();
    let known = known.map(|entry| entry.unwrap().file_name());
    for name in known.filter(|name| name == ROAD || name == PLATFORM) {
        ip(&["netns", "del", name.to_str().unwrap()]);
    }
}

fn ip(words: &[&str]) {
    root(&[&["ip"], words].concat(), "");
}

/// Runs a program as root with this on its standard input.
fn root(words: &[&str], input: &str) {
    let mut process = as_root(words)
        .stdin(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{words:?}: {error}"));
    let mut stdin = process.stdin.take().unwrap();
    stdin.write_all(input.as_bytes()).unwrap();
    drop(stdin);
    assert!(process.wait().unwrap().success(), "{words:?} failed");
}

/// A program with its words, by sudo unless we are root.
pub(crate) fn as_root(words: &[&str]) -> Command {
    let id = Command::new("id").arg("-u").output().unwrap();
    let by_sudo = (id.stdout != b"0\n").then_some("sudo");
    let mut words = by_sudo.into_iter().chain(words.iter().copied());
    let mut command = Command::new(words.next().unwrap());
    command.args(words);
    command
}
