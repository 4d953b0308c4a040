//! Which sheets of a printed paper a scan shows, by the code that each sheet carries, and whether they are all there in their order.

use std::collections::BTreeSet;

/// One sheet, as its code names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sheet {
    /// The public id of the paper.
    pub paper: String,
    /// From 1.
    pub page: usize,
}

/// What can be read off one file of a scan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    pub sheets: Vec<Sheet>,
    /// Pictures on which no code can be read.
    pub unread: usize,
}

/// Why a scan is not the paper that was printed. Files and pages count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// A sheet of another paper.
    Other {
        file: usize,
    },
    /// A sheet that is there already.
    Twice {
        file: usize,
        page: usize,
    },
    /// A sheet that belongs before the ones in front of it.
    OutOfOrder {
        file: usize,
        page: usize,
    },
    Missing {
        page: usize,
    },
    /// Some sheets cannot be read, and all the same there are not enough.
    TooFew,
    /// Nobody has said yet that this sheet was held against the original.
    Unread {
        file: usize,
    },
}

/// The first thing that is wrong with a scan of `pages` sheets of a paper. Sheets whose code cannot be read count once somebody has
/// `compared` them with the original.
pub fn flaw(seen: &[Seen], (paper, pages): (&str, usize), compared: bool) -> Option<Flaw> {
    let of_another = |one: &Seen| {
        let mut sheets = one.sheets.iter();
        sheets.any(|it| it.paper != paper || !(1..=pages).contains(&it.page))
    };
    let numbered = || (1..).zip(seen);
    if let Some((file, _)) = numbered().find(|(_, one)| of_another(one)) {
        return Some(Flaw::Other { file });
    }
    let sheets =
        numbered().flat_map(|(file, one)| one.sheets.iter().map(move |it| (file, it.page)));
    let mut there = BTreeSet::new();
    let mut early = None;
    for (file, page) in sheets {
        if there.last().is_some_and(|last| *last > page) {
            early = early.or(Some(Flaw::OutOfOrder { file, page }));
        }
        if !there.insert(page) {
            return Some(Flaw::Twice { file, page });
        }
    }
    let unread = numbered().find(|(_, one)| one.unread > 0);
    let missing = (1..=pages).find(|page| !there.contains(page));
    let count: usize = seen.iter().map(|one| one.unread).sum();
    match (missing, unread) {
        (Some(page), None) => Some(Flaw::Missing { page }),
        (_, Some((file, _))) if !compared => Some(Flaw::Unread { file }),
        (Some(_), Some(_)) if there.len() + count < pages => Some(Flaw::TooFew),
        _ => early,
    }
}

/// Which of the files that were sent `before` stay beside new ones, by their places from 0. A sheet that is sent again takes the
/// place of the one before, and what comes after one that cannot be read comes instead of it, unless somebody has `compared` it.
pub fn staying(before: &[Seen], new: &[Seen], compared: bool) -> Vec<usize> {
    let again: BTreeSet<&Sheet> = new.iter().flat_map(|one| &one.sheets).collect();
    let stays = |one: &Seen| {
        let is_read = one.unread == 0 || compared;
        let is_new = one.sheets.iter().any(|sheet| !again.contains(sheet));
        is_read && (is_new || one.sheets.is_empty())
    };
    let places = 0..before.len();
    places.filter(|place| stays(&before[*place])).collect()
}

/// The files of which this was seen, in the order of their sheets; one whose code cannot be read keeps its place.
pub fn in_order<T>(files: Vec<T>, seen: &[Seen]) -> Vec<T> {
    let first = |one: &Seen| one.sheets.first().map(|sheet| sheet.page);
    let pages: Vec<Option<usize>> = seen.iter().map(first).collect();
    let mut sorted: Vec<usize> = pages.iter().flatten().copied().collect();
    sorted.sort_unstable();
    let mut sorted = sorted.into_iter();
    // Which page goes to each place, and which file shows it; of two that show one, either.
    let wanted = pages.iter().map(|page| page.and_then(|_| sorted.next()));
    let mut files: Vec<Option<T>> = files.into_iter().map(Some).collect();
    let take = |(place, page): (usize, Option<usize>)| {
        let of_page = |at: &usize| pages[*at] == page;
        let at = match page {
            Some(_) => (0..files.len()).find(|at| of_page(at) && files[*at].is_some()),
            None => Some(place),
        };
        files.get_mut(at?)?.take()
    };
    wanted.enumerate().filter_map(take).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: (&str, usize) = ("a", 3);

    fn photo(page: usize) -> Seen {
        of("a", page)
    }

    fn of(paper: &str, page: usize) -> Seen {
        Seen {
            sheets: vec![Sheet {
                paper: paper.to_owned(),
                page,
            }],
            unread: 0,
        }
    }

    fn blurred() -> Seen {
        Seen {
            sheets: Vec::new(),
            unread: 1,
        }
    }

    #[test]
    fn a_scan_shows_every_sheet_of_this_very_paper_once_and_in_order() {
        let good = [photo(1), photo(2), photo(3)];
        assert_eq!(flaw(&good, OURS, false), None);
        let in_one = Seen {
            sheets: good.iter().flat_map(|one| one.sheets.clone()).collect(),
            unread: 0,
        };
        assert_eq!(flaw(&[in_one], OURS, false), None, "one file of all");
        let cases = [
            (
                vec![photo(1), of("b", 2), photo(3)],
                Flaw::Other { file: 2 },
            ),
            (vec![photo(1), photo(2), photo(4)], Flaw::Other { file: 3 }),
            (
                vec![photo(1), photo(3), photo(2)],
                Flaw::OutOfOrder { file: 3, page: 2 },
            ),
            (
                vec![photo(1), photo(2), photo(2)],
                Flaw::Twice { file: 3, page: 2 },
            ),
            (vec![photo(1), photo(3)], Flaw::Missing { page: 2 }),
            (vec![photo(3), photo(1)], Flaw::Missing { page: 2 }),
            (Vec::new(), Flaw::Missing { page: 1 }),
        ];
        for (seen, wrong) in cases {
            for compared in [false, true] {
                assert_eq!(flaw(&seen, OURS, compared), Some(wrong), "{seen:?}");
            }
        }
    }

    #[test]
    fn a_sheet_that_cannot_be_read_counts_once_somebody_has_compared_it() {
        let seen = [photo(1), blurred(), photo(3)];
        assert_eq!(flaw(&seen, OURS, false), Some(Flaw::Unread { file: 2 }));
        assert_eq!(flaw(&seen, OURS, true), None);
        let few = [photo(1), blurred()];
        assert_eq!(flaw(&few, OURS, true), Some(Flaw::TooFew));
        let early = [photo(3), blurred(), photo(1)];
        let wrong = Flaw::OutOfOrder { file: 3, page: 1 };
        assert_eq!(
            flaw(&early, OURS, true),
            Some(wrong),
            "as far as they are read"
        );
    }

    #[test]
    fn a_sheet_that_is_sent_again_takes_the_place_of_the_one_before() {
        let before = [photo(1), photo(2), blurred()];
        assert_eq!(staying(&before, &[photo(3)], false), [0, 1]);
        assert_eq!(staying(&before, &[photo(3)], true), [0, 1, 2]);
        assert_eq!(staying(&before, &[photo(2)], true), [0, 2]);
        assert_eq!(staying(&before, &[blurred()], false), [0, 1]);
        let whole = Seen {
            sheets: (1..=3).flat_map(|page| photo(page).sheets).collect(),
            unread: 0,
        };
        assert_eq!(staying(&[whole], &[photo(2)], false), [0], "it shows more");
    }

    #[test]
    fn files_are_put_into_the_order_of_their_sheets() {
        let put = |seen: &[Seen]| {
            let files = ["a", "b", "c"].to_vec();
            in_order(files, seen).concat()
        };
        assert_eq!(put(&[photo(2), photo(3), photo(1)]), "cab");
        assert_eq!(put(&[photo(3), photo(1), photo(2)]), "bca");
        assert_eq!(put(&[photo(2), blurred(), photo(1)]), "cba");
        assert_eq!(put(&[photo(1), photo(1), photo(1)]), "abc");
    }
}
