//! Unpacking streams without being drowned by them.

use std::io::Read as _;

use flate2::read::ZlibDecoder;

use crate::documents::syntax::{Object, PdfFile};
use crate::documents::verify::report::Code;

/// What all streams of a file that we read may come to.
const MOST_BYTES: usize = 24 << 20;
/// What unpacking, painting, and comparing texts with what lies over them may cost, in steps of some nanoseconds.
const MOST_WORK: usize = 250_000_000;
/// What the texts that are kept may take in memory.
const MOST_KEPT: usize = 64 << 20;
/// What a text takes besides its own bytes.
const OF_TEXT: usize = 128;

/// Unpacks streams until the file has used up its share.
pub(in crate::documents::verify) struct Unpacker {
    bytes: usize,
    work: usize,
    kept: usize,
}

impl Unpacker {
    pub(in crate::documents::verify) const fn new() -> Self {
        Self {
            bytes: MOST_BYTES,
            work: MOST_WORK,
            kept: MOST_KEPT,
        }
    }

    /// The bytes of a stream that is deflated or plain.
    pub(in crate::documents::verify) fn unpack(
        &mut self,
        file: &PdfFile<'_>,
        object: &Object,
    ) -> Result<Vec<u8>, Code> {
        let (Some(dict), Some(range)) = (object.dict(), object.stream.clone()) else {
            return Err(Code::Page);
        };
        let packed = file.bytes.get(range).ok_or(Code::Page)?;
        self.spend(packed.len())?;
        if dict.get("DecodeParms").is_some() || dict.get("F").is_some() {
            return Err(Code::Page);
        }
        let bytes = match dict.get("Filter") {
            None => {
                self.take(packed.len())?;
                packed.to_vec()
            }
            Some(_) if dict.is("Filter", "FlateDecode") => self.inflate(packed)?,
            Some(_) => return Err(Code::Page),
        };
        Ok(bytes)
    }

    fn inflate(&mut self, packed: &[u8]) -> Result<Vec<u8>, Code> {
        let limit = u64::try_from(self.bytes).unwrap_or(u64::MAX) + 1;
        let mut bytes = Vec::new();
        let mut reader = ZlibDecoder::new(packed).take(limit);
        let read = reader.read_to_end(&mut bytes);
        // What comes to nothing was unpacked all the same: another stream may not do so again.
        self.take(bytes.len())?;
        read.or(Err(Code::Page))?;
        Ok(bytes)
    }

    fn take(&mut self, bytes: usize) -> Result<(), Code> {
        let left = self.bytes.checked_sub(bytes);
        self.bytes = left.unwrap_or_default();
        left.map(|_| ()).ok_or(Code::TooLarge)
    }

    /// A text of so many bytes is kept until the file is read.
    pub(super) fn keep(&mut self, bytes: usize) -> Result<(), Code> {
        let kept = self.kept.checked_sub(bytes.saturating_add(OF_TEXT));
        self.kept = kept.ok_or(Code::TooLarge)?;
        Ok(())
    }

    /// What reading the file has cost so far.
    pub(in crate::documents::verify) const fn spent(&self) -> usize {
        MOST_WORK - self.work
    }

    pub(in crate::documents::verify) fn spend(&mut self, work: usize) -> Result<(), Code> {
        let left = self.work.checked_sub(work);
        self.work = left.unwrap_or_default();
        left.map(|_| ()).ok_or(Code::TooLarge)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::pdf::deflate;

    #[test]
    fn what_a_file_may_unpack_to_is_used_up_also_by_what_comes_to_nothing() {
        let small = deflate(b"0 0 m").unwrap();
        let bomb = deflate(&vec![b' '; MOST_BYTES + 1]).unwrap();
        let mut unpacker = Unpacker::new();
        assert!(unpacker.inflate(&small).is_ok());
        assert_eq!(unpacker.inflate(&bomb), Err(Code::TooLarge));
        assert_eq!(unpacker.inflate(&small), Err(Code::TooLarge));
        let mut unpacker = Unpacker::new();
        let torn = &bomb[..bomb.len() * 2 / 5];
        assert_eq!(unpacker.inflate(torn), Err(Code::Page));
        assert_eq!(unpacker.inflate(torn), Err(Code::Page));
        assert_eq!(unpacker.inflate(torn), Err(Code::TooLarge));
        assert_eq!(unpacker.spend(MOST_WORK + 1), Err(Code::TooLarge));
        assert_eq!(unpacker.spend(1), Err(Code::TooLarge));
    }
}
