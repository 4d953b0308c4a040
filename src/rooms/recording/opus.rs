//! How long a packet of Opus sounds, by its first bytes (RFC 6716, 3.1).

/// Samples in a second, whatever the coder was set to (RFC 7587).
pub(super) const RATE: u32 = 48_000;
/// The longest packet there is: 120 ms.
const LONGEST: u32 = RATE / 1_000 * 120;
/// 20 ms in which nothing is heard: full band, one channel, nothing coded.
pub(super) const SILENCE: [u8; 3] = [0xf8, 0xff, 0xfe];
pub(super) const SILENCE_SAMPLES: u32 = RATE / 50;

/// The samples of a packet; none if it is no Opus.
pub(super) fn samples(packet: &[u8]) -> Option<u32> {
    let first = *packet.first()?;
    let configuration = first >> 3;
    let frame = match configuration {
        0..12 => [480, 960, 1_920, 2_880][usize::from(configuration & 3)],
        12..16 => [480, 960][usize::from(configuration & 1)],
        _ => [120, 240, 480, 960][usize::from(configuration & 3)],
    };
    let frames = match first & 3 {
        0 => 1,
        1 | 2 => 2,
        _ => u32::from(packet.get(1)? & 0x3f),
    };
    let samples = frame * frames;
    (1..=LONGEST).contains(&samples).then_some(samples)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_packet_says_how_long_it_sounds() {
        assert_eq!(samples(&SILENCE), Some(SILENCE_SAMPLES));
        assert_eq!(samples(&[0x78, 1]), Some(960));
        assert_eq!(samples(&[0x08, 1]), Some(960));
        assert_eq!(samples(&[0x19, 1, 1]), Some(5_760));
        assert_eq!(samples(&[0xe3, 0x03]), Some(360));
        assert_eq!(samples(&[0xfb, 0x07]), None, "140 ms");
        assert_eq!(samples(&[0xfb, 0x00]), None);
        assert_eq!(samples(&[0xfb]), None);
        assert_eq!(samples(&[]), None);
    }

    proptest! {
        #[test]
        fn no_bytes_bring_it_down(bytes in prop::collection::vec(any::<u8>(), 0..6)) {
            prop_assert!(samples(&bytes).is_none_or(|samples| samples <= LONGEST));
        }
    }
}
