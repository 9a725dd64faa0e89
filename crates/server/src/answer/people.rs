//! People: who you are and what you may, who the others are, and what happened at the door.

use sayso_people::{Entry as Happened, Person as Known, Role, Session, Token};
use serde::Serialize;
use utoipa::ToSchema;

use crate::fault::Fault;
use crate::people::access::Access;
use crate::people::permission::Permission;
use crate::person::{Entry, Person};

/// So many entries of the people's log stand on a page.
const ENTRIES: u32 = 100;

/// Who asks, and what they may do.
#[derive(Serialize, ToSchema)]
pub(crate) struct Me {
    /// As decisions are signed.
    pub(crate) name: String,
    /// Their part.
    pub(crate) role: Role,
    /// What that is for, in words.
    pub(crate) told: &'static str,
    /// What they may do: "read", "add", "decide", "settle", "read-people", "manage-people".
    pub(crate) may: Vec<&'static str>,
}

impl Me {
    /// What a person may do.
    pub(crate) fn of(person: &Person) -> Me {
        let may = Permission::ALL.into_iter().filter(|permission| permission.is_of(person.role)).map(Permission::as_str).collect();
        Me { name: person.name.clone(), role: person.role, told: person.role.told(), may }
    }
}

/// The sessions of a person.
#[derive(Serialize, ToSchema)]
pub(crate) struct Sessions {
    /// Those that have not ended, the one used last first.
    pub(crate) sessions: Vec<Session>,
    /// The number of the one by which this was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) this: Option<i64>,
}

impl Sessions {
    /// A person's.
    pub(crate) async fn of(access: &Access, person: &Person) -> Result<Sessions, Fault> {
        let name = person.name.clone();
        let sessions = access.people(move |people, now| people.sessions(&name, now)).await?;
        let this = if let Entry::Session(number) = person.entry { Some(number) } else { None };
        Ok(Sessions { sessions, this })
    }
}

/// The tokens of a person.
#[derive(Serialize, ToSchema)]
pub(crate) struct Tokens {
    /// The one made last first, those that expired too.
    pub(crate) tokens: Vec<Token>,
}

impl Tokens {
    /// A person's.
    pub(crate) async fn of(access: &Access, person: &Person) -> Result<Tokens, Fault> {
        let name = person.name.clone();
        Ok(Tokens { tokens: access.people(move |people, _| people.tokens(&name)).await? })
    }
}

/// A token that was just made.
#[derive(Serialize, ToSchema)]
pub(crate) struct MadeToken {
    /// What a program sends after `Authorization: Bearer`. It is told here and never again.
    pub(crate) secret: String,
    /// What it is for, and until when it holds.
    pub(crate) token: Token,
}

/// The people of a record.
#[derive(Serialize, ToSchema)]
pub(crate) struct PeopleAnswer {
    /// Everybody, by name.
    pub(crate) people: Vec<Known>,
}

impl PeopleAnswer {
    /// Everybody.
    pub(crate) async fn of(access: &Access) -> Result<PeopleAnswer, Fault> {
        Ok(PeopleAnswer { people: access.people(|people, _| people.all()).await? })
    }
}

/// A page of the people's log.
#[derive(Serialize, ToSchema)]
pub(crate) struct PeopleLog {
    /// What happened, the latest first.
    pub(crate) entries: Vec<Happened>,
    /// What is asked as `before` for the page after this one; without it, this is the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) before: Option<i64>,
}

impl PeopleLog {
    /// The entries before a number, or the latest.
    pub(crate) async fn of(access: &Access, before: Option<i64>) -> Result<PeopleLog, Fault> {
        let mut entries = access.people(move |people, _| people.log(before, ENTRIES + 1)).await?;
        let is_last = entries.len() <= ENTRIES as usize;
        entries.truncate(ENTRIES as usize);
        let before = entries.last().filter(|_| !is_last).map(|entry| entry.number);
        Ok(PeopleLog { entries, before })
    }
}
