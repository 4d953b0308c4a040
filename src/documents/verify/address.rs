//! Where a paper says of itself that it can be checked.

use crate::documents::syntax::PdfFile;

/// Digits of the public id of a paper.
const DIGITS: usize = 32;

/// The address in the description of the file.
pub(super) fn of<'a>(file: &PdfFile<'a>) -> Option<&'a str> {
    let root = file.object(file.root()?, 0)?.dict()?;
    let packet = file.object(root.reference("Metadata")?, 0)?;
    let packet = std::str::from_utf8(file.bytes.get(packet.stream.clone()?)?).ok()?;
    let (_, rest) = packet.split_once("<dc:identifier>")?;
    let (address, _) = rest.split_once("</dc:identifier>")?;
    Some(address).filter(|address| !address.contains(['&', '<', '>']))
}

/// The id under which a paper of ours says that it can be checked. Anybody can write one into a file: it says where to look, and
/// proves nothing.
pub fn public_id(bytes: &[u8]) -> Option<String> {
    let file = PdfFile::parse(bytes).ok()?;
    let (_, id) = of(&file)?.rsplit_once("/v/")?;
    let plain = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    (id.len() == DIGITS && id.bytes().all(plain)).then(|| id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::{paper, write};

    #[test]
    fn an_address_is_read_by_one_rule() {
        let honest = write(&paper::sample()).unwrap();
        let id = "0123456789abcdef".repeat(2);
        assert_eq!(public_id(&honest), Some(id));
        // Each of one length, so that the file stays whole.
        for (from, to, is_read) in [
            ("heyi.example/v/01234", "heyi.example/v/0123Z", true),
            ("heyi.example/v/01234", "hey&.example/v/01234", false),
        ] {
            let at = honest
                .windows(from.len())
                .position(|it| it == from.as_bytes());
            let mut other = honest.clone();
            other[at.unwrap()..][..to.len()].copy_from_slice(to.as_bytes());
            let file = PdfFile::parse(&other).unwrap();
            assert_eq!(of(&file).is_some(), is_read, "{to}");
            assert_eq!(public_id(&other), None, "{to}");
        }
    }
}
