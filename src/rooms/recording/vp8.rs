//! What a packet of VP8 says of the picture it is a part of (RFC 7741, and RFC 6386 for key frames). Pages send what they like:
//! whatever is no VP8 is left out.

/// A part of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// The first of its picture.
    pub(super) starts: bool,
    /// Width and height of a picture that needs no other, told by its first part.
    pub(super) key: Option<(u16, u16)>,
    /// Where in the packet the picture's own bytes begin.
    pub(super) begin: usize,
}

/// Frame tag, start code and size of a key frame.
const KEY_HEADER: usize = 10;
const START_CODE: [u8; 3] = [0x9d, 0x01, 0x2a];

pub(super) fn part(packet: &[u8]) -> Option<Part> {
    let begin = descriptor(packet)?;
    let picture = packet.get(begin..).filter(|bytes| !bytes.is_empty())?;
    let starts = packet[0] & 0x17 == 0x10;
    let is_key = starts && picture[0] & 1 == 0;
    let key = if is_key { Some(size(picture)?) } else { None };
    Some(Part { starts, key, begin })
}

/// The length of the payload descriptor.
fn descriptor(packet: &[u8]) -> Option<usize> {
    let first = *packet.first()?;
    if first & 0x80 == 0 {
        return Some(1);
    }
    let extension = *packet.get(1)?;
    let mut length = 2;
    if extension & 0x80 != 0 {
        let wide = packet.get(length)? & 0x80 != 0;
        length += if wide { 2 } else { 1 };
    }
    length += usize::from(extension & 0x40 != 0);
    length += usize::from(extension & 0x30 != 0);
    Some(length)
}

fn size(picture: &[u8]) -> Option<(u16, u16)> {
    let header = picture.get(..KEY_HEADER)?;
    if header[3..6] != START_CODE {
        return None;
    }
    let side = |low, high| u16::from_le_bytes([low, high]) & 0x3fff;
    let (width, height) = (side(header[6], header[7]), side(header[8], header[9]));
    (width > 0 && height > 0).then_some((width, height))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_key_frame_tells_its_size() {
        let picture = [0x10, 0, 0, 0x9d, 0x01, 0x2a, 0x80, 0x42, 0x68, 0x01, 9];
        let at = |descriptor: &[u8]| part(&[descriptor, &picture].concat());
        let key = |begin| {
            Some(Part {
                starts: true,
                key: Some((640, 360)),
                begin,
            })
        };
        assert_eq!(at(&[0x10]), key(1));
        assert_eq!(at(&[0x90, 0x80, 0x81, 0x02]), key(4));
        assert_eq!(at(&[0x90, 0xe0, 0x01, 0x05, 0x21]), key(5));
        assert_eq!(part(&[&[0x10][..], &picture[..9]].concat()), None);
    }

    #[test]
    fn a_later_part_starts_nothing() {
        let later = Part {
            starts: false,
            key: None,
            begin: 1,
        };
        assert_eq!(part(&[0x00, 0x10]), Some(later));
        let between = Part {
            starts: true,
            ..later
        };
        assert_eq!(part(&[0x10, 0x11]), Some(between));
        assert_eq!(part(&[0x10]), None);
        assert_eq!(part(&[]), None);
    }

    proptest! {
        #[test]
        fn no_bytes_bring_it_down_and_what_it_gives_lies_within_them(
            bytes in prop::collection::vec(any::<u8>(), 0..40),
        ) {
            if let Some(part) = part(&bytes) {
                prop_assert!(part.begin < bytes.len());
            }
        }
    }
}
