//! A tree of hashes that only grows (RFC 6962, 2.1): one hash stands for all leaves in their order, and of each can be shown
//! that it is among them.

use sha2::{Digest as _, Sha256};

/// SHA-256.
pub type Hash = [u8; 32];

/// The hash of what a leaf says.
pub fn leaf(says: &[u8]) -> Hash {
    let mut hash = Sha256::new_with_prefix([0]);
    hash.update(says);
    hash.finalize().into()
}

fn node(left: &Hash, right: &Hash) -> Hash {
    let mut hash = Sha256::new_with_prefix([1]);
    hash.update(left);
    hash.update(right);
    hash.finalize().into()
}

/// The tree as far as it has grown. It keeps the roots of its full subtrees alone, the largest first: that is all it takes
/// to grow further.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    size: u64,
    peaks: Vec<Hash>,
}

impl Tree {
    /// A tree that was written down; nothing where there are not as many subtrees as a tree of this size has.
    pub fn of(size: u64, peaks: Vec<Hash>) -> Option<Self> {
        (peaks.len() == size.count_ones() as usize).then_some(Self { size, peaks })
    }

    pub const fn size(&self) -> u64 {
        self.size
    }

    pub fn peaks(&self) -> &[Hash] {
        &self.peaks
    }

    pub fn push(&mut self, leaf: Hash) {
        let mut hash = leaf;
        // Each full subtree of the same height goes with the new one into one of twice the size.
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.peaks.pop() {
                hash = node(&left, &hash);
            }
        }
        self.peaks.push(hash);
        self.size += 1;
    }

    /// The hashes beside the way from one of the leaves that are added behind this tree up to the root of the tree that
    /// comes of it (RFC 6962, 2.1.1), the lowest first; nothing where there is no such leaf.
    pub fn path(&self, added: &[Hash], at: usize) -> Option<Vec<Hash>> {
        let mut left = self.size;
        let peaks = self.peaks.iter().map(|hash| {
            let size = 1 << left.checked_ilog2().unwrap_or_default();
            left -= size;
            Part { size, hash: *hash }
        });
        let leaves = added.iter().map(|hash| Part {
            size: 1,
            hash: *hash,
        });
        let parts: Vec<_> = peaks.chain(leaves).collect();
        (at < added.len()).then(|| path(&parts, self.peaks.len() + at))
    }

    /// The one hash; of a tree without leaves that of nothing.
    pub fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev();
        let Some(last) = peaks.next() else {
            return Sha256::digest([]).into();
        };
        peaks.fold(*last, |right, left| node(left, &right))
    }
}

/// A full subtree of which no more than its root is known, or a leaf.
struct Part {
    size: u64,
    hash: Hash,
}

/// Where a row of parts is divided: the left side has the largest power of two of leaves that is less than all.
fn divide(parts: &[Part]) -> (&[Part], &[Part]) {
    let all: u64 = parts.iter().map(|part| part.size).sum();
    let most = all.next_power_of_two() / 2;
    let mut size = 0;
    let fits = |part: &&Part| {
        size += part.size;
        size <= most
    };
    parts.split_at(parts.iter().take_while(fits).count())
}

fn path(parts: &[Part], at: usize) -> Vec<Hash> {
    if parts.len() < 2 {
        return Vec::new();
    }
    let (left, right) = divide(parts);
    let (mut path, beside) = if at < left.len() {
        (self::path(left, at), right)
    } else {
        (self::path(right, at - left.len()), left)
    };
    path.push(root_of(beside));
    path
}

fn root_of(parts: &[Part]) -> Hash {
    if let [one] = parts {
        return one.hash;
    }
    let (left, right) = divide(parts);
    node(&root_of(left), &root_of(right))
}

/// The root to which `path` leads from a leaf at its place in a tree of `size`; nothing where the path is not as long as
/// the way (RFC 9162, 2.1.3.2).
pub fn climb(leaf: Hash, at: u64, size: u64, path: &[Hash]) -> Option<Hash> {
    if at >= size {
        return None;
    }
    let (mut at, mut last, mut hash) = (at, size - 1, leaf);
    for beside in path {
        if last == 0 {
            return None;
        }
        if at % 2 == 1 || at == last {
            hash = node(beside, &hash);
            while at % 2 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            hash = node(&hash, beside);
        }
        at >>= 1;
        last >>= 1;
    }
    (last == 0).then_some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::hash::ContentHash;

    /// As in the tests of the implementations of RFC 6962.
    const LEAVES: [&[u8]; 8] = [
        b"",
        b"\x00",
        b"\x10",
        b"\x20\x21",
        b"\x30\x31",
        b"\x40\x41\x42\x43",
        b"\x50\x51\x52\x53\x54\x55\x56\x57",
        b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
    ];

    fn says(hash: Hash) -> String {
        ContentHash::of_digest(hash).to_string()
    }

    fn grown(leaves: &[Hash]) -> Tree {
        let mut tree = Tree::default();
        for leaf in leaves {
            tree.push(*leaf);
        }
        tree
    }

    #[test]
    fn the_roots_are_those_that_the_standard_gives() {
        let leaves = LEAVES.map(leaf);
        let roots = [
            (
                0,
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            ),
            (
                1,
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            ),
            (
                8,
                "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
            ),
        ];
        for (size, root) in roots {
            assert_eq!(says(grown(&leaves[..size]).root()), root, "{size}");
        }
    }

    #[test]
    fn of_every_leaf_it_is_shown_that_it_is_there_and_of_no_other() {
        let leaves: Vec<_> = (0..33_u8).map(|number| leaf(&[number])).collect();
        for size in 1..=leaves.len() {
            let root = grown(&leaves[..size]).root();
            for at in 0..size {
                let path = Tree::default().path(&leaves[..size], at).unwrap();
                let climbs = |leaf, at| climb(leaf, at as u64, size as u64, &path);
                assert_eq!(climbs(leaves[at], at), Some(root), "{at} of {size}");
                assert_ne!(climbs(leaf(b"another"), at), Some(root));
                if size > 1 {
                    assert_ne!(climbs(leaves[at], (at + 1) % size), Some(root));
                }
            }
        }
    }

    #[test]
    fn the_way_up_is_found_from_the_peaks_and_what_came_behind_them() {
        let leaves: Vec<_> = (0..33_u8).map(|number| leaf(&[number])).collect();
        for cut in 0..leaves.len() {
            let before = grown(&leaves[..cut]);
            for end in cut + 1..=leaves.len() {
                let added = &leaves[cut..end];
                for at in 0..added.len() {
                    let path = before.path(added, at);
                    let whole = Tree::default().path(&leaves[..end], cut + at);
                    assert_eq!(path, whole, "{at} of {cut} to {end}");
                }
                assert_eq!(before.path(added, added.len()), None);
            }
        }
    }

    #[test]
    fn a_tree_that_was_written_down_grows_on_as_if_it_had_not_been() {
        let leaves: Vec<_> = (0..21_u8).map(|number| leaf(&[number])).collect();
        for cut in 0..leaves.len() {
            let kept = grown(&leaves[..cut]);
            let mut again = Tree::of(kept.size(), kept.peaks().to_vec()).unwrap();
            for leaf in &leaves[cut..] {
                again.push(*leaf);
            }
            assert_eq!(again, grown(&leaves));
        }
        assert_eq!(Tree::of(3, vec![leaf(b"")]), None);
    }
}
