//! The programs that judge our files. A missing one is a failure that names it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::support::{python_tool, tool};

/// Runs a program of the system on a file and returns what it printed.
pub(crate) fn run(program: &str, before: &[&str], file: &Path, after: &[&str]) -> Output {
    Command::new(program)
        .args(before)
        .arg(file)
        .args(after)
        .output()
        .unwrap_or_else(|error| panic!("{program} is missing: {error}"))
}

/// What a person copies from the file, without empty lines and spaces, about which versions of poppler differ.
pub(crate) fn text(file: &Path) -> String {
    let output = run("pdftotext", &["-raw"], file, &["-"]);
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines()
        .map(|line| line.replace(['\u{c}', ' '], ""))
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// qpdf finds no error and no warning.
pub(crate) fn qpdf(file: &Path) {
    let output = run("qpdf", &["--check"], file, &[]);
    let said = said(&output);
    assert!(
        output.status.success() && !said.contains("WARNING"),
        "{said}"
    );
}

/// What pdfsig says of the signatures; trust in our authority is not in its store and not its business.
pub(crate) fn pdfsig(file: &Path) -> String {
    let output = run("pdfsig", &["-nocert"], file, &[]);
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// pdfsig finds these fields signed, each once and each of them validly. The archive timestamp it finds as well, which not every
/// version of it can judge.
pub(crate) fn pdfsig_accepts(file: &Path, fields: &[String]) {
    let said = pdfsig(file);
    let after = |label| {
        let lines = said.lines().map(str::trim);
        lines.filter_map(move |line| line.strip_prefix(label))
    };
    let names: Vec<_> = after("- Signature Field Name: ").collect();
    let mut verdicts: Vec<_> = after("- Signature Validation: ").collect();
    let expected = fields.iter().map(String::as_str);
    let expected: Vec<_> = expected.chain(["archive-timestamp"]).collect();
    assert_eq!(names, expected, "{said}");
    let archive = verdicts.pop().unwrap();
    assert_eq!(
        verdicts,
        vec!["Signature is Valid."; fields.len()],
        "{said}"
    );
    let unjudged = "Signature has not yet been verified.";
    assert!(
        ["Signature is Valid.", unjudged].contains(&archive),
        "{said}"
    );
}

/// pyHanko finds these fields signed, each once and each of them validly.
pub(crate) fn pyhanko_accepts(file: &Path, roots: &Path, fields: &[String]) {
    let (valid, said) = pyhanko(file, roots);
    assert!(valid, "{said}");
    let mut found: Vec<(&str, usize)> = Vec::new();
    for line in said.lines() {
        if let Some((_, name)) = line
            .strip_prefix("Field ")
            .and_then(|it| it.split_once(": "))
        {
            found.push((name, 0));
        }
        if line.contains("judged VALID") {
            found.last_mut().unwrap().1 += 1;
        }
    }
    let expected: Vec<_> = fields.iter().map(|field| (field.as_str(), 1)).collect();
    assert_eq!(found, expected, "{said}");
}

/// pyHanko's verdict against roots in PEM.
pub(crate) fn pyhanko(file: &Path, roots: &Path) -> (bool, String) {
    judged(&["sign", "validate", "--pretty-print"], file, roots)
}

/// pyHanko's verdict by the rules for signatures that are to last (ETSI EN 319 102-1).
pub(crate) fn adesverify(file: &Path, roots: &Path) -> (bool, String) {
    judged(&["sign", "adesverify", "--pretty-print"], file, roots)
}

/// The same verdict of a later day, with the lists of what was revoked by that day.
pub(crate) fn adesverify_later(
    file: &Path,
    roots: &Path,
    day: &str,
    lists: &[PathBuf],
) -> (bool, String) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/adesverify.py");
    let output = Command::new(python_tool("python"))
        .arg(script)
        .args([file, roots])
        .arg(day)
        .args(lists)
        .output()
        .unwrap();
    (output.status.success(), said(&output))
}

fn judged(command: &[&str], file: &Path, roots: &Path) -> (bool, String) {
    let program = python_tool("pyhanko");
    let output = Command::new(&program)
        .args(command)
        .arg("--trust")
        .arg(roots)
        .arg("--trust-replace")
        .arg(file)
        .output()
        .unwrap_or_else(|error| panic!("{} is missing: {error}", program.display()));
    let said = said(&output);
    (output.status.success(), said)
}

fn said(output: &Output) -> String {
    [&output.stdout, &output.stderr]
        .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
        .concat()
}

/// veraPDF's verdict on files, and what it has against them. Its profiles are read by JAXB, which Java no longer brings.
pub(crate) fn verapdf(files: &[PathBuf]) -> (bool, String) {
    let libraries = Path::new("/usr/share/java");
    let parts = [
        "jaxb-api",
        "jaxb-runtime",
        "istack-commons-runtime",
        "txw2",
        "javax.activation",
    ];
    let parts = parts.map(|part| libraries.join(part).with_extension("jar"));
    let parts = parts
        .into_iter()
        .chain([PathBuf::from(tool("HEYI_VERAPDF"))]);
    let parts: Vec<_> = parts.map(|part| part.display().to_string()).collect();
    let output = Command::new("java")
        .args(["-cp", &parts.join(":")])
        .arg(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/support/Conformance.java"
        ))
        .args(files)
        .output()
        .unwrap_or_else(|error| panic!("java is missing: {error}"));
    (output.status.success(), said(&output))
}
