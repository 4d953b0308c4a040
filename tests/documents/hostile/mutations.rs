//! Random changes of a few bytes or of the order of two blocks: none is taken for the paper it was.

use heyi::documents::keys::Roots;
use heyi::documents::verify;

/// Numbers that look random and are the same each time.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Below `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap() % limit
    }
}

/// One to three bytes changed, or two blocks of the same length swapped.
pub(crate) fn changed(paper: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = paper.to_vec();
    if chance.below(4) == 0 {
        let length = 1 + chance.below(300);
        let first = chance.below(bytes.len() - 2 * length);
        let second = first + length + chance.below(bytes.len() - first - 2 * length + 1);
        let (head, tail) = bytes.split_at_mut(second);
        head[first..first + length].swap_with_slice(&mut tail[..length]);
    } else {
        for _ in 0..=chance.below(3) {
            let at = chance.below(bytes.len());
            bytes[at] = u8::try_from(chance.below(256)).unwrap();
        }
    }
    bytes
}

/// Changes that leave nothing of the length or order of a file, for whoever reads it.
pub(crate) fn torn(paper: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = changed(paper, chance);
    for _ in 0..chance.below(4) {
        let from = chance.below(bytes.len());
        let end = (from + chance.below(400)).min(bytes.len());
        let piece = bytes[from..end].to_vec();
        match chance.below(4) {
            0 => drop(bytes.drain(from..end)),
            1 => bytes[from..end].fill(b'9'),
            2 => drop(bytes.splice(from..from, piece)),
            _ => bytes.truncate(end.max(1)),
        }
    }
    bytes
}

/// How many of so many changed papers are taken for whole.
pub(crate) fn survivors(paper: &[u8], roots: &Roots, rounds: u32, seed: u64) -> u32 {
    let mut chance = Chance::new(seed);
    (0..rounds)
        .map(|_| changed(paper, &mut chance))
        .filter(|bytes| bytes != paper)
        .filter(|bytes| verify::run(bytes, roots).whole)
        .fold(0, |count, _| count + 1)
}
