//! What does a person's browser or program show at the door? A long random text of which only the SHA-256 is kept.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::{Error, ErrorKind};

/// How many random bytes a secret has.
const BYTES: usize = 32;

/// What is shown at the door: told once, kept nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A new one, from the system's random numbers.
    ///
    /// # Errors
    /// The system has none.
    pub fn random(prefix: &str) -> Result<Secret, Error> {
        let mut bytes = [0; BYTES];
        getrandom::fill(&mut bytes)
            .map_err(|cause| Error::new(ErrorKind::Internal, format!("the system gives no random numbers: {cause}")))?;
        Ok(Secret(format!("{prefix}{}", hexadecimal(&bytes))))
    }

    /// The text that somebody showed, whatever it is.
    pub fn shown(text: &str) -> Secret {
        Secret(text.to_owned())
    }

    /// The text itself, to be handed over once.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Its SHA-256 in hexadecimal, to be kept and compared: whoever guesses at it learns nothing from how long that takes.
    pub fn sha256(&self) -> String {
        hexadecimal(&Sha256::digest(self.0.as_bytes()))
    }
}

impl fmt::Debug for Secret {
    /// Not the text: it would end in somebody's log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_are_alike_and_none_is_told_in_passing() {
        let (one, other) = (Secret::random("s-").unwrap(), Secret::random("s-").unwrap());
        assert_ne!(one, other);
        assert_eq!(one.text().len(), 2 + 2 * BYTES);
        assert!(!format!("{one:?}").contains(one.text()));
    }

    #[test]
    fn the_hash_is_sha256() {
        assert_eq!(Secret::shown("abc").sha256(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
