//! Who asks? The person of a request, as the guard found them.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use sayso_people::{By, Role};

use crate::fault::Fault;
use crate::people::permission::{Permission, may};

/// The person in whose name a request is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Person {
    /// As decisions are signed.
    pub(crate) name: String,
    /// Their part, which says what they may do.
    pub(crate) role: Role,
    /// How they came in.
    pub(crate) entry: Entry,
    /// The address that they ask from.
    pub(crate) place: String,
}

/// How a person came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    /// Whoever asks is this person: in tests, and where a program of its own guards the router.
    Assumed,
    /// By a session of this number, in a browser.
    Session(i64),
    /// By a token of this number, as a program.
    Token(i64),
}

impl Person {
    /// A person who came in from this machine.
    pub(crate) fn assumed(name: &str, role: Role) -> Person {
        Person { name: name.to_owned(), role, entry: Entry::Assumed, place: String::new() }
    }

    /// As the log of the people names them.
    pub(crate) fn by(&self) -> By {
        By { name: self.name.clone(), place: self.place.clone() }
    }

    /// Refuses what the person's role may not.
    pub(crate) fn must(&self, permission: Permission) -> Result<(), Fault> {
        if permission.is_of(self.role) { Ok(()) } else { Err(self.refused(permission.told())) }
    }

    /// Refuses a decision, by its action's code, that the person's role may not make.
    pub(crate) fn must_decide(&self, action: &str) -> Result<(), Fault> {
        if may(self.role, action) { Ok(()) } else { Err(self.refused(&format!("decide `{action}`"))) }
    }

    /// Refuses to take back, or to make hold again, a decision of this action that somebody made, where the person's role may not:
    /// who may make such a decision takes back their own, and who is a curator or more takes back anybody's.
    pub(crate) fn must_undo(&self, action: &str, who: &str) -> Result<(), Fault> {
        self.must_decide(action)?;
        if who == self.name { Ok(()) } else { self.must(Permission::Settle) }
    }

    fn refused(&self, what: &str) -> Fault {
        let what = format!("{} is {} {} here, and may not {what}", self.name, article(self.role), self.role.as_str());
        Fault::forbidden(what, "An admin can give you another role.")
    }
}

fn article(role: Role) -> &'static str {
    if matches!(role, Role::Admin | Role::Auditor) { "an" } else { "a" }
}

impl<S: Send + Sync> FromRequestParts<S> for Person {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Person, Fault> {
        parts.extensions.get::<Person>().cloned().ok_or_else(Fault::nobody)
    }
}
