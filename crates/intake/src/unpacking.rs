//! How is a packed file unpacked, member by member, so that one broken member leaves the others readable?

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;

use crate::rewinding::Rewinding;

/// How a file is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    None,
    Gzip,
    Zstd,
}

/// The reader under a packed one. It holds as much as a broken member may have, so that the search for the next one can begin
/// right behind the broken one's first byte.
pub(crate) type Raw = Rewinding<Box<dyn Read + Send>>;

/// How many packed bytes are held to look for the next member in.
pub(crate) const HELD: usize = 16 << 20;

impl Packing {
    /// The packing of a file that begins so.
    pub(crate) fn of(head: &[u8]) -> Packing {
        if head.starts_with(&[0x1f, 0x8b, 0x08]) {
            Packing::Gzip
        } else if head.starts_with(&ZSTD) || is_skippable(head) {
            Packing::Zstd
        } else {
            Packing::None
        }
    }

    /// Whether a member can begin so; `head` has at least four bytes where there are.
    fn can_begin(self, head: &[u8]) -> bool {
        match self {
            Packing::None => false,
            Packing::Gzip => head.starts_with(&[0x1f, 0x8b, 0x08]) && head.get(3).is_some_and(|flags| flags & 0xe0 == 0),
            Packing::Zstd => head.starts_with(&ZSTD) || is_skippable(head),
        }
    }

    fn first_byte(self) -> u8 {
        if self == Packing::Gzip { 0x1f } else { ZSTD[0] }
    }

    /// Goes to where the next member can begin; whether there is such a place.
    pub(crate) fn seek(self, raw: &mut Raw) -> io::Result<bool> {
        loop {
            let waiting = raw.fill_buf()?;
            if waiting.is_empty() {
                return Ok(false);
            }
            match waiting.iter().position(|byte| *byte == self.first_byte()) {
                None => {
                    let length = waiting.len();
                    raw.consume(length);
                }
                Some(length) => {
                    raw.consume(length);
                    if self.can_begin(raw.peek(4)?) {
                        return Ok(true);
                    }
                    raw.consume(1);
                }
            }
        }
    }
}

const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// The skippable frame in which a Zstandard archive carries the dictionary of the others.
const DICTIONARY: [u8; 4] = [0x5d, 0x2a, 0x4d, 0x18];

fn is_skippable(head: &[u8]) -> bool {
    head.len() >= 4 && head[0] & 0xf0 == 0x50 && head[1..4] == [0x2a, 0x4d, 0x18]
}

/// One stretch of a file that is unpacked by itself; of a file that is not packed, the whole.
pub(crate) enum Member {
    Plain(Raw),
    Gzip(Box<GzDecoder<Raw>>),
    Zstd(Box<zstd::stream::read::Decoder<'static, Raw>>),
}

impl Member {
    /// The member that begins where the raw reader stands.
    pub(crate) fn open(packing: Packing, raw: Raw, dictionary: &[u8]) -> io::Result<Member> {
        Ok(match packing {
            Packing::None => Member::Plain(raw),
            Packing::Gzip => Member::Gzip(Box::new(GzDecoder::new(raw))),
            Packing::Zstd => Member::Zstd(Box::new(zstd::stream::read::Decoder::with_dictionary(raw, dictionary)?.single_frame())),
        })
    }

    /// The raw reader; behind the member where that was read to its end.
    pub(crate) fn into_raw(self) -> Raw {
        match self {
            Member::Plain(raw) => raw,
            Member::Gzip(decoder) => decoder.into_inner(),
            Member::Zstd(decoder) => decoder.finish(),
        }
    }
}

impl Read for Member {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Member::Plain(raw) => raw.read(buffer),
            Member::Gzip(decoder) => decoder.read(buffer),
            Member::Zstd(decoder) => decoder.read(buffer),
        }
    }
}

/// The largest dictionary that is taken.
const LARGEST_DICTIONARY: u32 = 16 << 20;

/// Reads the dictionary that a Zstandard archive begins with, as `.warc.zst` files do; empty where there is none.
///
/// # Errors
/// If it is cut off, too large or does not unpack.
pub(crate) fn dictionary(raw: &mut Raw) -> io::Result<Vec<u8>> {
    let head: [u8; 8] = match raw.peek(8)?.try_into() {
        Ok(head) if raw_is_dictionary(&head) => head,
        _ => return Ok(Vec::new()),
    };
    let length = u32::from_le_bytes([head[4], head[5], head[6], head[7]]);
    if length > LARGEST_DICTIONARY {
        return Err(io::Error::new(io::ErrorKind::InvalidData, format!("a dictionary of {length} bytes is too large")));
    }
    raw.consume(head.len());
    let mut bytes = vec![0; length as usize];
    raw.read_exact(&mut bytes)?;
    if !bytes.starts_with(&ZSTD) {
        return Ok(bytes);
    }
    let mut unpacked = Vec::new();
    zstd::stream::read::Decoder::with_buffer(&bytes[..])?.take(u64::from(LARGEST_DICTIONARY)).read_to_end(&mut unpacked)?;
    Ok(unpacked)
}

fn raw_is_dictionary(head: &[u8; 8]) -> bool {
    head.starts_with(&DICTIONARY)
}
