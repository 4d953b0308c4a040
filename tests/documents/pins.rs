//! Every wording and every typeface that was ever shipped, by its fingerprint: papers are compared with them word by word and letter
//! by letter, for as long as anybody keeps the papers.

use std::path::Path;

use heyi::domain::hash::ContentHash;
use heyi::i18n::{Locale, Texts};

/// Rows of a fingerprint and what it is of: `zh-CN agreement`, or the path of a typeface.
const PINS: &str = include_str!("pins.txt");

/// Releases from the first on, each with how many rows there were and the fingerprint of them all, a line feed behind each.
const RELEASES: &[(&str, usize, &str)] = &[];

/// The version of the program before its first release.
const UNRELEASED: &str = "0.1.0";

fn rows(pins: &str) -> impl Iterator<Item = &str> {
    pins.lines().filter(|line| !line.starts_with('#'))
}

fn pins() -> impl Iterator<Item = (&'static str, &'static str)> {
    rows(PINS).filter_map(|line| line.split_once(' '))
}

/// The fingerprint of the first rows, if there are so many.
fn fingerprint(pins: &str, count: usize) -> Option<String> {
    let first: Vec<_> = rows(pins).take(count).collect();
    let all: String = first.iter().flat_map(|row| [row, "\n"]).collect();
    (first.len() == count).then(|| ContentHash::of(all.as_bytes()).to_string())
}

/// What is wrong with the rows of a version, if anything is.
fn flaw(pins: &str, version: &str, releases: &[(&str, usize, &str)]) -> Option<String> {
    let kept = |(_, count, hash): &(&str, usize, &str)| {
        fingerprint(pins, *count).is_some_and(|found| found == *hash)
    };
    if let Some((of, ..)) = releases.iter().find(|release| !kept(release)) {
        return Some(format!(
            "Rows with which {of} was released were taken away or changed. Papers are out that are compared with them: put them \
             back, and add others at the end."
        ));
    }
    let known = version == UNRELEASED || releases.iter().any(|(of, ..)| *of == version);
    let count = rows(pins).count();
    let hash = fingerprint(pins, count).unwrap_or_default();
    (!known).then(|| {
        format!("Version {version} is new. Add this at the end of RELEASES: (\"{version}\", {count}, \"{hash}\"),")
    })
}

fn is_pinned(hash: &str, of: &str) -> bool {
    pins().any(|pin| pin == (hash, of))
}

#[test]
fn every_wording_that_was_ever_shipped_is_still_known() {
    let texts = Texts::load(None).unwrap();
    let mut missing = Vec::new();
    for locale in Locale::ALL {
        for kind in texts.forms().kinds() {
            let hash = &texts.forms().of(locale, kind).unwrap().mark.sha256;
            let of = format!("{} {kind}", locale.tag());
            if !is_pinned(hash, &of) {
                missing.push(format!("{hash} {of}"));
            }
        }
    }
    assert!(
        missing.is_empty(),
        "Wordings were changed. Papers that are already out are compared with the words they were written in, so:\n\
         1. put the files as they were before into assets/papers/cn/before/<any new name>/<language>/ \
         (common.txt too, if it is what changed);\n\
         2. add these rows at the end of tests/documents/pins.txt, and take none away:\n{}",
        missing.join("\n")
    );
    for (hash, of) in pins().filter(|(_, of)| !of.starts_with("assets/")) {
        let (tag, kind) = of.split_once(' ').unwrap();
        let locale = Locale::parse(tag).unwrap();
        assert!(
            texts.forms().known((locale, kind), hash).is_some(),
            "Papers were written in a wording of {of} that is not known any more: put that file, as it was when its \
             fingerprint was {hash}, into assets/papers/cn/before/<any new name>/{tag}/{kind}.txt \
             (or the common.txt of that time)."
        );
    }
}

#[test]
fn rows_of_a_release_are_never_taken_away_or_changed() {
    assert_eq!(flaw(PINS, env!("CARGO_PKG_VERSION"), RELEASES), None);
    let (before, after) = (
        "# said\nab one\ncd two\n",
        "ab one\n# more\ncd two\nef three\n",
    );
    let hash = fingerprint(before, 2).unwrap();
    let releases = [("1.0.0", 2, hash.as_str())];
    for pins in [before, after] {
        assert_eq!(flaw(pins, "1.0.0", &releases), None);
    }
    for pins in [
        "ab one\n",
        "ab one\nef two\n",
        "cd two\nab one\n",
        "ef three\nab one\ncd two\n",
    ] {
        let told = flaw(pins, "1.0.0", &releases).unwrap();
        assert!(told.contains("1.0.0 was released"), "{told}");
    }
    assert_eq!(flaw(before, UNRELEASED, &[]), None);
    let told = flaw(before, "1.0.0", &[]).unwrap();
    assert!(
        told.contains(&format!("(\"1.0.0\", 2, \"{hash}\")")),
        "{told}"
    );
    assert!(
        flaw(after, "1.1.0", &releases)
            .unwrap()
            .contains("1.1.0 is new")
    );
}

#[test]
fn every_typeface_is_the_one_from_which_the_letters_of_papers_were_cut() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut count = 0;
    for folder in ["assets/fonts", "assets/fonts/rare"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let end = if folder.ends_with("rare") { "z" } else { "ttf" };
            if name.rsplit('.').next() != Some(end) {
                continue;
            }
            let file = format!("{folder}/{name}");
            let hash = ContentHash::of(&std::fs::read(root.join(&file)).unwrap()).to_string();
            assert!(
                is_pinned(&hash, &file),
                "The typeface {file} was changed or is new. The letters in papers that are already out are compared with the \
                 typeface from which they were cut: under another one none of them would be accepted any more. Put the former \
                 file back, and give a new typeface a name of its own beside it (src/documents/font). A typeface that is new \
                 gets this row at the end of tests/documents/pins.txt:\n{hash} {file}"
            );
            count += 1;
        }
    }
    let pinned = pins().filter(|(_, of)| of.starts_with("assets/")).count();
    assert_eq!(
        count, pinned,
        "A typeface was taken away from which the letters of papers were cut; put it back (tests/documents/pins.txt)."
    );
}
