//! What the socket must read of a STUN message (RFC 8489) to find its connection. Reading proves nothing: only
//! the integrity check of the connection itself does.

/// A STUN message, told apart by its first two bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Request,
    Success,
    Other,
}

/// The fields that lead to a connection.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Stun<'a> {
    pub(crate) class: Class,
    pub(crate) transaction: [u8; 12],
    /// The receiver's half of USERNAME: which connection is meant.
    pub(crate) receiver: Option<&'a str>,
    /// The sender chose this path.
    pub(crate) nominates: bool,
    /// The sender believes to be the controlled side, which is our side.
    pub(crate) controlled: bool,
}

const HEADER: usize = 20;
const COOKIE: [u8; 4] = [0x21, 0x12, 0xa4, 0x42];
const USERNAME: u16 = 0x0006;
const USE_CANDIDATE: u16 = 0x0025;
const ICE_CONTROLLED: u16 = 0x8029;

impl<'a> Stun<'a> {
    /// `None` if the datagram is no STUN binding message.
    pub(crate) fn read(datagram: &'a [u8]) -> Option<Self> {
        let header = datagram.get(..HEADER)?;
        if header[0] >= 4 || header[4..8] != COOKIE {
            return None;
        }
        let mut stun = Self {
            class: match (header[0], header[1]) {
                (0, 1) => Class::Request,
                (1, 1) => Class::Success,
                _ => Class::Other,
            },
            transaction: header[8..20].try_into().ok()?,
            receiver: None,
            nominates: false,
            controlled: false,
        };
        let mut rest = &datagram[HEADER..];
        while let [t0, t1, l0, l1, body @ ..] = rest {
            let length = usize::from(u16::from_be_bytes([*l0, *l1]));
            let value = body.get(..length)?;
            match u16::from_be_bytes([*t0, *t1]) {
                USERNAME => stun.receiver = str::from_utf8(value).ok()?.split(':').next(),
                USE_CANDIDATE => stun.nominates = true,
                ICE_CONTROLLED => stun.controlled = true,
                _ => {}
            }
            rest = body.get(length.next_multiple_of(4)..).unwrap_or_default();
        }
        Some(stun)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A binding request with these attributes.
    pub(crate) fn request(attributes: &[(u16, &[u8])]) -> Vec<u8> {
        let mut bytes = vec![0, 1, 0, 0];
        bytes.extend(COOKIE);
        bytes.extend([7; 12]);
        for (kind, value) in attributes {
            bytes.extend(kind.to_be_bytes());
            bytes.extend(u16::try_from(value.len()).unwrap().to_be_bytes());
            bytes.extend(*value);
            bytes.resize(bytes.len().next_multiple_of(4), 0);
        }
        let length = u16::try_from(bytes.len() - HEADER).unwrap();
        bytes[2..4].copy_from_slice(&length.to_be_bytes());
        bytes
    }

    #[test]
    fn the_receivers_name_and_the_nomination_are_read() {
        let bytes = request(&[(USERNAME, b"here:there"), (USE_CANDIDATE, b"")]);
        let stun = Stun::read(&bytes).unwrap();
        assert_eq!(stun.class, Class::Request);
        assert_eq!(stun.receiver, Some("here"));
        assert!(stun.nominates && !stun.controlled);
    }

    #[test]
    fn what_is_cut_short_or_no_stun_is_not_read() {
        let bytes = request(&[(USERNAME, b"here:there")]);
        assert_eq!(Stun::read(&bytes[..bytes.len() - 4]), None);
        assert_eq!(Stun::read(&[0x80; 40]), None);
        assert_eq!(Stun::read(&[0; 40]), None);
        assert_eq!(Stun::read(&[]), None);
    }
}
