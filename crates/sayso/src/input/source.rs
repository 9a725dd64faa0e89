//! Which file is read, how far was it read before, and is it still the same file?

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use sayso_intake::Reached;
use sha2::{Digest, Sha256};

/// A file that is read, as one can know it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its path from the root.
    pub name: String,
    /// SHA-256 of its size, its time of change, its beginning and its end: another file under the same name has another.
    pub identity: String,
}

/// Where in a file an input stands.
#[derive(Clone, Debug)]
pub struct Position {
    /// Which file.
    pub source: Arc<Source>,
    /// How far that file is read when this input is done.
    pub reached: Reached,
}

/// How far a file was read by an earlier run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// The file's [`Source::identity`] then.
    pub identity: String,
    /// How far it was read.
    pub reached: Reached,
    /// How many reports, and inputs that could not be read, lie behind.
    pub items: u64,
}

/// So many bytes of the beginning and the end of a file are part of its identity.
const ENDS: u64 = 64 << 10;

impl Source {
    /// The file at a path as it is now.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn of(path: &Path) -> io::Result<Source> {
        let name = std::fs::canonicalize(path)?.display().to_string();
        let mut file = File::open(path)?;
        let metadata = file.metadata()?;
        let mut hash = Sha256::new();
        hash.update(metadata.len().to_le_bytes());
        let changed = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
        hash.update(changed.as_nanos().to_le_bytes());
        let mut bytes = Vec::new();
        (&mut file).take(ENDS).read_to_end(&mut bytes)?;
        if metadata.len() > ENDS {
            file.seek(SeekFrom::Start((metadata.len() - ENDS).max(ENDS)))?;
            file.take(ENDS).read_to_end(&mut bytes)?;
        }
        hash.update(&bytes);
        let identity = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Source { name, identity })
    }
}
