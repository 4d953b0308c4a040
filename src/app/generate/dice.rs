//! Chance that comes out the same each time.

use rand::rngs::StdRng;
use rand::{Rng as _, RngExt as _, SeedableRng as _};

/// A stream of chance of its own for each matter, so that one matter more or less changes no other.
pub(super) struct Dice(StdRng);

impl Dice {
    pub(super) fn of(seed: u64, number: u64) -> Self {
        Self(StdRng::seed_from_u64(
            seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ number,
        ))
    }

    /// From 0 up to and without `below`.
    pub(super) fn below(&mut self, below: usize) -> usize {
        self.0.random_range(0..below.max(1))
    }

    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// One by the weights beside them.
    pub(super) fn weigh<T: Copy>(&mut self, from: &[(usize, T)]) -> T {
        let mut at = self.below(from.iter().map(|(weight, _)| weight).sum());
        for (weight, thing) in from {
            if at < *weight {
                return *thing;
            }
            at -= weight;
        }
        from[0].1
    }

    pub(super) fn uuid(&mut self) -> uuid::Uuid {
        let mut bytes = [0; 16];
        self.0.fill_bytes(&mut bytes);
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }
}
