//! Reading a password: typed without being shown, or from the standard input.

use std::io::{self, BufRead, IsTerminal, Write};
use std::process::Command;

/// One line of the standard input. At a terminal it is asked for and not shown.
pub(super) fn read(question: &str) -> io::Result<String> {
    if !io::stdin().is_terminal() {
        return line();
    }
    let mut out = io::stderr();
    write!(out, "{question}: ")?;
    out.flush()?;
    let hidden = stty("-echo");
    let typed = line();
    if hidden {
        stty("echo");
        writeln!(out)?;
    }
    typed
}

fn line() -> io::Result<String> {
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// Whether the terminal obeyed; where it does not, the password is typed in sight.
fn stty(mode: &str) -> bool {
    Command::new("stty")
        .arg(mode)
        .status()
        .is_ok_and(|status| status.success())
}
