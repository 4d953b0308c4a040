//! Who may import whom, where SQL and the WebRTC crates may be named, and how long a file may grow.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What each room may import besides `clock` and `config`, which are open to all but `domain`.
/// `app`, `cli`, `main` and `lib` wire the house and may import everything.
const IMPORTS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("i18n", &[]),
    ("clock", &[]),
    ("config", &[]),
    ("storage", &["domain"]),
    ("documents", &["domain", "i18n"]),
    ("notify", &["domain", "i18n"]),
    // No SQL and no axum: `rooms` reports on a channel and asks on a channel, which `app` answers.
    ("rooms", &["domain"]),
    ("casework", &["domain", "storage"]),
    ("accounts", &["domain", "storage"]),
    // Names in the register are such that papers can show them.
    ("office", &["domain", "storage", "documents"]),
    // What turns a case into a paper and acts on it in one go; pages and jobs both need it, and neither the
    // law nor the layout of papers may know it.
    (
        "paperwork",
        &["casework", "storage", "documents", "domain", "i18n"],
    ),
    // What parties show goes through files, pictures and the one door; pages take it in, and no paper is made of it.
    ("evidence", &["casework", "storage", "domain"]),
    // Seals chains and files and checks them: it needs the database and signatures, and no law of cases.
    ("audit", &["storage", "documents", "domain"]),
    (
        "jobs",
        &[
            "audit",
            "paperwork",
            "casework",
            "accounts",
            "office",
            "storage",
            "documents",
            "notify",
            "rooms",
            "domain",
            "i18n",
        ],
    ),
    (
        "web",
        &[
            // Whoever holds a paper is given the proof that it is under an anchor.
            "audit",
            "evidence",
            "paperwork",
            "casework",
            "accounts",
            "office",
            "storage",
            "rooms",
            "documents",
            "notify",
            "domain",
            "i18n",
        ],
    ),
];

const WIRING: &[&str] = &["app", "cli", "main", "lib"];

/// Files are about 120 lines and rarely over 400; past this one is split. Tests beside the code are not counted; a
/// file of nothing but tests may grow to half as much again.
const LONGEST_FILE: usize = 450;

#[test]
fn no_room_imports_what_the_table_does_not_give_it() {
    let mut broken = Vec::new();
    for file in rust_files() {
        let room = file.room();
        if WIRING.contains(&room.as_str()) {
            continue;
        }
        let Some((_, allowed)) = IMPORTS.iter().find(|(name, _)| *name == room) else {
            broken.push(format!("{} is in no row of the table", file.path));
            continue;
        };
        for import in file.imports() {
            let open = room != "domain" && ["clock", "config"].contains(&import.as_str());
            if import != room && !open && !allowed.contains(&import.as_str()) {
                broken.push(format!("{} imports {import}", file.path));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn only_storage_speaks_sql() {
    for file in rust_files().iter().filter(|file| file.room() != "storage") {
        let code = file.code.to_lowercase();
        for word in [
            "sqlx::",
            "insert into ",
            "delete from ",
            "\"select ",
            "\"update ",
        ] {
            assert!(!code.contains(word), "{} has {word:?}", file.path);
        }
    }
}

#[test]
fn only_the_peer_and_the_relay_name_the_webrtc_crates() {
    for file in rust_files() {
        let names_it = file.paths_after("rtc::").next().is_some();
        let may = ["rooms/peer", "rooms/turn"];
        assert!(
            !names_it || may.iter().any(|start| file.path.starts_with(start)),
            "{} names rtc::",
            file.path
        );
    }
}

/// What axum refuses by itself it refuses in English plain text.
#[test]
fn pages_read_requests_through_our_own_extractors() {
    for file in rust_files() {
        for name in file.paths_after("axum::extract::").flat_map(heads) {
            let ours = ["Path", "Query", "Multipart"].contains(&name.as_str());
            assert!(
                !ours || file.path == "web/extract.rs",
                "{} takes {name} from axum",
                file.path
            );
        }
    }
}

/// Who is expected behind an address stands beside it, and the access matrix reads it there.
#[test]
fn no_route_is_made_without_its_policy() {
    for file in rust_files() {
        let names: Vec<_> = file.paths_after("axum::").flat_map(heads).collect();
        let routing = names.iter().any(|name| name == "routing") || file.code.contains(".route(");
        let router = names.iter().any(|name| name == "Router");
        assert!(
            !routing || file.path == "web/routes.rs",
            "{} makes a route of its own",
            file.path
        );
        let wires = ["web/routes.rs", "web/router.rs", "web/tests/visitor.rs"];
        assert!(
            !router || wires.contains(&file.path.as_str()),
            "{} names axum's router",
            file.path
        );
    }
}

/// What people type and no paper repeats, or only with `〓` for what no font has: by page and field. Everything else is read by
/// `parse::printed` or as a name, so that a character without a glyph is refused beside its field, and not when all are
/// waiting to sign.
const ON_NO_PAPER: &[(&str, &[&str])] = &[
    ("assignment.rs", &["\"reason\"", "name"]),
    ("calendar.rs", &["kind"]),
    ("caucus.rs", &["\"text\""]),
    ("complaint.rs", &["\"answer\"", "\"text\""]),
    ("confirmation.rs", &["\"answer\""]),
    ("contacts.rs", &["\"note\""]),
    ("disclosure.rs", &["\"reason\"", "\"why\""]),
    ("evidence.rs", &["\"note\""]),
    ("exhibits.rs", &["\"note\""]),
    ("follow_up.rs", &["\"note\""]),
    ("help.rs", &["\"text\"", "\"what\""]),
    ("invitation.rs", &["\"reason\""]),
    ("library.rs", &["\"title\""]),
    ("minutes.rs", &["\"note\""]),
    ("minutes/readers.rs", &["\"why\""]),
    ("notes.rs", &["\"text\""]),
    ("on_paper/confirm.rs", &["\"why\""]),
    ("performance.rs", &["\"note\"", "&why"]),
    ("rating.rs", &["\"words\""]),
    ("replacement.rs", &["\"note\"", "\"reason\"", "\"why\""]),
    ("requests.rs", &["\"text\""]),
    ("review/act.rs", &["\"question\"", "&note"]),
    ("screen.rs", &["\"code\""]),
    ("setup.rs", &["\"password\""]),
    ("sign.rs", &["\"reason\""]),
    ("staff_sign_in.rs", &["\"login\"", "\"password\""]),
    ("start/draft.rs", &["\"area\""]),
    ("triage/safety.rs", &["\"note\"", "\"reason\"", "\"to\""]),
    ("verification.rs", &["\"place\"", "\"saw\"", "\"what\""]),
    ("visits.rs", &["\"note\""]),
    ("wishes.rs", &["\"employer\""]),
    (
        "writing.rs",
        &["\"text\"", "&face::reason(\"1\")", "&field"],
    ),
];

#[test]
fn what_ends_on_a_paper_is_read_as_it_is_printed() {
    const READS: &str = "parse::text(";
    let mut found = BTreeSet::new();
    for file in rust_files() {
        let Some(page) = file.path.strip_prefix("web/pages/") else {
            continue;
        };
        for (at, _) in file.code.match_indices(READS) {
            let before = &file.code[..at];
            let opened = ["read(", "read_optional("].map(|call| {
                let begins = before.rfind(call)?;
                Some(begins + call.len())
            });
            let from = opened.into_iter().flatten().max().unwrap();
            let field = before[from..].trim().trim_end_matches(',');
            found.insert((page.to_owned(), field.to_owned()));
        }
    }
    let pages = ON_NO_PAPER.iter();
    let listed = pages.flat_map(|(page, fields)| {
        let pair = |field: &&str| ((*page).to_owned(), (*field).to_owned());
        fields.iter().map(pair)
    });
    let listed: BTreeSet<_> = listed.collect();
    let unlisted: Vec<_> = found.difference(&listed).collect();
    assert!(unlisted.is_empty(), "is it on no paper? {unlisted:?}");
    let gone: Vec<_> = listed.difference(&found).collect();
    assert!(gone.is_empty(), "nothing is read so any more: {gone:?}");
}

#[test]
fn files_stay_short() {
    let mut long = Vec::new();
    for file in rust_files() {
        let tests_alone = ["tests.rs", "fixture.rs"]
            .iter()
            .any(|end| file.path.ends_with(end));
        let limit = LONGEST_FILE + usize::from(tests_alone) * LONGEST_FILE / 2;
        let code = file.text.split("\nmod tests {").next().unwrap();
        let lines = code.lines().count();
        if lines > limit {
            long.push(format!("{} has {lines} lines", file.path));
        }
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    assert!(
        readme.lines().count() < 200,
        "README.md grew past 200 lines"
    );
}

struct RustFile {
    /// Relative to `src`, with `/`.
    path: String,
    text: String,
    /// The text without line comments.
    code: String,
}

impl RustFile {
    fn room(&self) -> String {
        let first = self.path.split('/').next().unwrap();
        first.trim_end_matches(".rs").to_owned()
    }

    /// The rooms named by `crate::a`, `crate::{a::b, c}`, or `super::` climbing to the root.
    fn imports(&self) -> BTreeSet<String> {
        let depth = self.path.matches('/').count() + usize::from(!self.path.ends_with("mod.rs"));
        let climb = "super::".repeat(depth);
        self.paths_after("crate::")
            .chain(self.paths_after(&climb))
            .flat_map(heads)
            .filter(|name| IMPORTS.iter().any(|(room, _)| room == name) || is_wiring(name))
            .collect()
    }

    /// What stands after each `prefix` that is not the tail of a longer word.
    fn paths_after<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a str> {
        self.code
            .match_indices(prefix)
            .filter(|(at, _)| {
                let before = self.code[..*at].chars().next_back();
                !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':')
            })
            .map(|(at, _)| &self.code[at + prefix.len()..])
    }
}

fn is_wiring(name: &str) -> bool {
    WIRING.contains(&name)
}

/// The first segments of a path or of a braced list of paths.
fn heads(after: &str) -> Vec<String> {
    let word = |text: &str| -> String {
        let text = text.trim_start();
        text.chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect()
    };
    let Some(list) = after.strip_prefix('{') else {
        return vec![word(after)];
    };
    let (mut depth, mut found) = (1, vec![word(list)]);
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => found.push(word(&list[at + 1..])),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    found
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files() -> Vec<RustFile> {
    let source = root().join("src");
    let mut folders = vec![source.clone()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                files.push(RustFile {
                    path: path
                        .strip_prefix(&source)
                        .unwrap()
                        .to_str()
                        .unwrap()
                        .replace('\\', "/"),
                    code: text.lines().map(without_comment).collect(),
                    text,
                });
            }
        }
    }
    assert!(files.len() > 10, "the scan found the source");
    files
}

/// The line without its comment, ended by a newline.
fn without_comment(line: &str) -> String {
    let comment = line
        .find("// ")
        .into_iter()
        .chain(line.find("///"))
        .chain(line.find("//!"));
    format!("{}\n", &line[..comment.min().unwrap_or(line.len())])
}
