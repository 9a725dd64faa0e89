//! Is this the person's password? Hashed by argon2id with the parameters that OWASP's password storage cheat sheet names first for
//! small memory: 19 MiB, 2 passes, 1 lane.

use argon2::password_hash::phc;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};

use crate::{Error, ErrorKind};

/// How many characters a password has at least.
pub const LEAST_CHARACTERS: usize = 12;

/// More is not hashed, so that nobody keeps the machine busy with it.
const MOST_BYTES: usize = 1024;

const KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// The hash of a text that is nobody's password, made with the same parameters: what is compared where there is nobody of that name.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5LXNheXMtaXQ$9PhdvTbOGx2wHTTg3V0cwBYpUkVRN2bUxkR3G4Wz6cE";

/// A password's hash, as a PHC string.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(pub(crate) String);

impl PasswordHash {
    /// The hash of a new password. Takes tens of milliseconds, on purpose: not for a thread that others wait for.
    ///
    /// # Errors
    /// The password is too short or too long, or the system gives no random numbers.
    pub fn of(password: &str) -> Result<PasswordHash, Error> {
        if password.chars().count() < LEAST_CHARACTERS {
            let message = format!("a password has at least {LEAST_CHARACTERS} characters; a few words that you remember make a good one");
            return Err(Error::new(ErrorKind::Invalid, message));
        }
        if password.len() > MOST_BYTES {
            return Err(Error::new(ErrorKind::Invalid, format!("a password has at most {MOST_BYTES} bytes")));
        }
        let hash: phc::PasswordHash = argon2()?.hash_password(password.as_bytes()).map_err(refused)?;
        Ok(PasswordHash(hash.to_string()))
    }

    /// Whether the password is the one that was hashed. With `None`, for a name that nobody has, it is not, and that takes as long.
    pub fn fits(hash: Option<&PasswordHash>, password: &str) -> bool {
        let kept = hash.map_or(NOBODYS, |hash| hash.0.as_str());
        let (Ok(argon2), Ok(kept)) = (argon2(), phc::PasswordHash::new(kept)) else { return false };
        let given = if password.len() > MOST_BYTES { "" } else { password };
        argon2.verify_password(given.as_bytes(), &kept).is_ok() && hash.is_some()
    }
}

impl std::fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

fn argon2() -> Result<Argon2<'static>, Error> {
    let params = Params::new(KIB, PASSES, LANES, None);
    params
        .map(|params| Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
        .map_err(|cause| Error::new(ErrorKind::Internal, format!("argon2id refused: {cause}; please report this")))
}

fn refused(cause: argon2::password_hash::Error) -> Error {
    Error::new(ErrorKind::Internal, format!("argon2id refused: {cause}; please report this"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_fits_its_own_hash_only() {
        let hash = PasswordHash::of("six farmers near jos").unwrap();
        assert!(hash.0.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", hash.0);
        for (hash, password, fits) in [
            (Some(&hash), "six farmers near jos", true),
            (Some(&hash), "six farmers near Jos", false),
            (Some(&hash), "", false),
            (None, "six farmers near jos", false),
        ] {
            assert_eq!(PasswordHash::fits(hash, password), fits, "{hash:?} {password}");
        }
    }

    #[test]
    fn nobodys_hash_costs_what_a_real_one_costs() {
        let nobodys = phc::PasswordHash::new(NOBODYS).expect("it reads");
        let real = phc::PasswordHash::new(&PasswordHash::of("six farmers near jos").unwrap().0).unwrap();
        assert_eq!((nobodys.algorithm, nobodys.version, &nobodys.params), (real.algorithm, real.version, &real.params));
        assert_eq!(nobodys.hash.map(|hash| hash.len()), real.hash.map(|hash| hash.len()));
    }

    #[test]
    fn short_and_endless_passwords_are_refused() {
        for password in ["", "eleven char", &"x".repeat(MOST_BYTES + 1)] {
            assert_eq!(PasswordHash::of(password).unwrap_err().kind(), ErrorKind::Invalid, "{} bytes", password.len());
        }
    }
}
