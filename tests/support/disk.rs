//! A disk so small that it is soon full: memory, mounted where only this process looks.

use std::io::Read as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// Gone when dropped.
pub(crate) struct SmallDisk {
    pub(crate) path: PathBuf,
    keeper: Child,
}

impl SmallDisk {
    /// With room for so many kilobytes. Somebody has to live in the namespace of the mount, or it ends.
    pub(crate) fn of_kilobytes(size: u32) -> Self {
        let mount = format!("mount -t tmpfs -o size={size}k none /mnt && echo ready && exec cat");
        let mut keeper = Command::new("unshare")
            .args(["--user", "--map-root-user", "--mount", "sh", "-c", &mount])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("unshare, of util-linux, starts");
        let mut ready = [0; 6];
        let out = keeper.stdout.as_mut().unwrap();
        out.read_exact(&mut ready)
            .expect("a namespace with a mount of its own is made");
        assert_eq!(&ready, b"ready\n");
        let path = format!("/proc/{}/root/mnt", keeper.id()).into();
        Self { path, keeper }
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        self.keeper.kill().unwrap();
        self.keeper.wait().unwrap();
    }
}
