//! What part does a person take in a record?

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Error, ErrorKind};

/// A person's part. What each may do stands in one table of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Reads.
    Reader,
    /// Adds documents and statements, too.
    Contributor,
    /// Decides about statements, too.
    Reviewer,
    /// Decides about events, actors, sources and releases, too.
    Curator,
    /// Says who may come in, too.
    Admin,
    /// Reads all that there is, people and their log, too; changes nothing.
    Auditor,
}

impl Role {
    /// All of them.
    pub const ALL: [Role; 6] = [Role::Reader, Role::Contributor, Role::Reviewer, Role::Curator, Role::Admin, Role::Auditor];

    /// The role's code, as people write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Reader => "reader",
            Role::Contributor => "contributor",
            Role::Reviewer => "reviewer",
            Role::Curator => "curator",
            Role::Admin => "admin",
            Role::Auditor => "auditor",
        }
    }

    /// What the role is for, in a few words.
    pub fn told(self) -> &'static str {
        match self {
            Role::Reader => "reads",
            Role::Contributor => "reads, and adds documents and statements",
            Role::Reviewer => "also accepts, rejects and corrects statements",
            Role::Curator => "also joins, splits, settles, judges actors and sources, and makes releases",
            Role::Admin => "also says who may come in",
            Role::Auditor => "reads all, the people's log too, and changes nothing",
        }
    }
}

impl std::str::FromStr for Role {
    type Err = Error;

    fn from_str(code: &str) -> Result<Role, Error> {
        let role = Role::ALL.into_iter().find(|role| role.as_str() == code);
        role.ok_or_else(|| {
            let all = Role::ALL.map(Role::as_str).join(", ");
            Error::new(ErrorKind::Invalid, format!("`{code}` is no role; there are {all}"))
        })
    }
}
