//! Every wording and every typeface that was ever shipped, by its fingerprint: papers are compared with them word by word and letter
//! by letter, for as long as anybody keeps the papers.

use std::path::Path;

use heyi::domain::hash::ContentHash;
use heyi::i18n::{Locale, Texts};

/// Rows of a fingerprint and what it is of: `zh-CN agreement`, or the path of a typeface.
const PINS: &str = include_str!("pins.txt");

fn pins() -> impl Iterator<Item = (&'static str, &'static str)> {
    let rows = PINS.lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|line| line.split_once(' '))
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
