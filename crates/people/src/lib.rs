//! Who may do what with a record? People, roles, sessions, tokens, and what each keeps for itself.
//!
//! [`People`] is one SQLite file beside the record, named `RECORD.people`: a record that is handed on, copied or released never
//! carries password hashes, sessions or tokens with it. The time comes in as an argument, and who asks as a [`By`]; whatever changes
//! who may come in is kept in the file's own log.
//!
//! ```
//! use sayso_people::{By, People, Role};
//!
//! let now = "2017-09-01T08:00:00Z".parse().expect("a time");
//! let mut people = People::in_memory()?;
//! people.add("Amina", Role::Reviewer, None, &By::command_line("root"), now)?;
//! let (token, _) = people.make_token("Amina", "nightly export", 30, &By::command_line("root"), now)?;
//! let (person, _) = people.of_token(&token, now)?.expect("it was just made");
//! assert_eq!(person.role, Role::Reviewer);
//! # Ok::<(), sayso_people::Error>(())
//! ```

mod error;
mod file;
mod log;
mod password;
mod person;
mod role;
mod saved;
mod secret;
mod session;
mod token;

pub use error::{Error, ErrorKind};
pub use file::People;
pub use log::{By, Entry, Happening};
pub use password::{LEAST_CHARACTERS, PasswordHash};
pub use person::Person;
pub use role::Role;
pub use saved::Saved;
pub use secret::Secret;
pub use session::Session;
pub use token::Token;
