//! Pictures put together out of packets: whole ones only, from one that needs no other on. After a loss nothing is shown until
//! the next of those, because what leans on a lost picture shows what never was.

use super::film::NotFilmed;
use super::stream::{Place, Run, Seen, Shelf};
use super::vp8::{Part, part};

/// One whole picture.
#[derive(Debug)]
pub(super) struct Picture {
    pub(super) at: i64,
    /// Width and height, if it needs no other.
    pub(super) key: Option<(u16, u16)>,
    /// Its parts in order.
    pub(super) parts: Vec<Place>,
}

/// The pictures of a camera.
pub(super) fn pictures(shelf: &mut Shelf, runs: Vec<Run>) -> Result<Vec<Picture>, NotFilmed> {
    let mut pictures = Vec::new();
    for run in runs {
        let mut parts = Vec::with_capacity(run.len());
        for seen in run {
            let payload = shelf.payload(&seen.place)?;
            let part = part(payload);
            // A packet without anything in it only fills the line; it is no loss.
            if part.is_some() || payload.is_empty() {
                parts.push((seen, part));
            }
        }
        pictures.extend(whole(&parts));
    }
    Ok(pictures)
}

/// The whole pictures among parts in the order of sending.
fn whole(parts: &[(Seen, Option<Part>)]) -> Vec<Picture> {
    let mut pictures = Vec::new();
    let mut last: Option<i64> = None;
    let mut is_good = false;
    let same = |a: &(Seen, Option<Part>), b: &(Seen, Option<Part>)| {
        a.0.ticks == b.0.ticks && a.1.is_some() == b.1.is_some()
    };
    for group in parts.chunk_by(same) {
        let (Some((first, start)), Some((end, _))) = (group.first(), group.last()) else {
            continue;
        };
        let follows = last.is_some_and(|last| last + 1 == first.sequence);
        let mut pairs = group.windows(2);
        let gapless = pairs.all(|pair| pair[0].0.sequence + 1 == pair[1].0.sequence);
        last = Some(end.sequence);
        let Some(start) = start else {
            is_good &= follows && gapless;
            continue;
        };
        let is_whole = start.starts && gapless && end.marker;
        is_good = is_whole && (start.key.is_some() || is_good && follows);
        if is_good {
            let places = group.iter().filter_map(|(seen, part)| {
                let mut place = seen.place.clone();
                place.bytes.start += part.as_ref()?.begin;
                Some(place)
            });
            pictures.push(Picture {
                at: first.at,
                key: start.key,
                parts: places.collect(),
            });
        }
    }
    pictures
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Pictures of so many parts each, every fourth of which needs no other.
    fn sent(lengths: &[u8]) -> Vec<(Seen, Option<Part>)> {
        let mut parts = Vec::new();
        for (n, length) in (0..).zip(lengths) {
            for i in 0..*length {
                let sequence = i64::try_from(parts.len()).unwrap();
                let starts = i == 0;
                let seen = Seen {
                    sequence,
                    ticks: n * 6_000,
                    at: n * 66_667,
                    marker: i + 1 == *length,
                    place: Place::nowhere(),
                };
                let key = (starts && n % 4 == 0).then_some((640, 360));
                let part = Part {
                    starts,
                    key,
                    begin: 0,
                };
                parts.push((seen, Some(part)));
            }
        }
        parts
    }

    proptest! {
        #[test]
        fn a_picture_is_shown_if_it_is_whole_and_all_it_leans_on_was(
            lengths in prop::collection::vec(1..5_u8, 1..20),
            lost in prop::collection::btree_set(0..60_usize, 0..6),
        ) {
            let all = sent(&lengths);
            let numbered = all.iter().cloned().enumerate();
            let came: Vec<_> = numbered.filter(|(n, _)| !lost.contains(n)).map(|it| it.1).collect();
            let shown: Vec<i64> = whole(&came).iter().map(|it| it.at / 66_667).collect();
            let mut expected = Vec::new();
            let mut good = false;
            for (n, length) in (0_i64..).zip(&lengths) {
                let of = all.iter().enumerate().filter(|(_, (seen, _))| seen.ticks == n * 6_000);
                let is_whole = of.clone().all(|(at, _)| !lost.contains(&at));
                prop_assert_eq!(of.count(), usize::from(*length));
                good = is_whole && (n % 4 == 0 || good);
                if good {
                    expected.push(n);
                }
            }
            prop_assert_eq!(shown, expected);
        }
    }

    #[test]
    fn what_only_fills_the_line_is_no_loss() {
        let mut parts = sent(&[2, 1]);
        let mut filling = parts[1].clone();
        filling.0.sequence = 2;
        filling.1 = None;
        parts[2].0.sequence = 3;
        assert_eq!(whole(&parts).len(), 1, "one is missing");
        parts.insert(2, filling);
        assert_eq!(whole(&parts).len(), 2);
    }
}
