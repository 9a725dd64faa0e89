//! What is otherwise at one moment than at another, and what changed since?

use sayso_store::query::{ChangeKind, ChangeOf, Changed};
use sayso_store::{Change, Differing, Moment};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::USUAL;
use crate::answer::paged::{PageAsked, Paged};
use crate::desk::{Reader, moment};
use crate::fault::Fault;

/// Between which moments.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct DiffAsked {
    /// The earlier one: a release's name, a date or a time.
    pub(crate) from: Option<String>,
    /// The later one; without it, now.
    pub(crate) to: Option<String>,
}

/// What differs between two moments of the record.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct DiffAnswer {
    /// Documents in their latest texts.
    pub(crate) documents: Vec<Differs>,
    /// Statements of these that were not rejected.
    pub(crate) statements: Vec<Differs>,
    /// Events, relations and series.
    pub(crate) groups: Vec<Differs>,
}

/// Something that differs.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Differs {
    /// "added", "removed" or "changed".
    pub(crate) change: &'static str,
    /// Its id.
    pub(crate) id: String,
    /// Of a statement its document's id; of a document its version; of a group what it tells.
    pub(crate) of: String,
    /// What is otherwise, of a group that changed: "weak → fair; killed 24 → 31".
    pub(crate) what: String,
    /// Who or what made it so.
    pub(crate) through: String,
}

impl From<Differing> for Differs {
    fn from(differing: Differing) -> Differs {
        let change = match differing.change {
            Change::Added => "added",
            Change::Removed => "removed",
            Change::Changed => "changed",
        };
        Differs { change, id: differing.id, of: differing.of, what: differing.what, through: differing.through }
    }
}

impl DiffAnswer {
    /// The answer for two moments.
    pub(crate) fn of(reader: Reader<'_>, asked: &DiffAsked) -> Result<DiffAnswer, Fault> {
        let Some(from) = asked.from.as_deref().map(str::trim).filter(|text| !text.is_empty()) else {
            return Err(Fault::invalid("it is not said from when on", "Write a release's name, a date or a time after `from=`."));
        };
        let earlier = moment(reader.record, from)?;
        let later = match asked.to.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            Some(to) => moment(reader.record, to)?,
            None => Moment::Time("9999-12-31T23:59:59Z".to_owned()),
        };
        let difference = reader.record.diff(&earlier, &later)?;
        let told = |all: Vec<Differing>| all.into_iter().map(Differs::from).collect();
        Ok(DiffAnswer { documents: told(difference.documents), statements: told(difference.statements), groups: told(difference.groups) })
    }

    /// Whether nothing differs.
    pub(crate) fn is_empty(&self) -> bool {
        self.documents.is_empty() && self.statements.is_empty() && self.groups.is_empty()
    }
}

/// Since when, and of what.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ChangesAsked {
    /// A release's name, a date or a time.
    pub(crate) since: String,
    /// `documents`, `statements` or `groups` (events, relations and series; without it, these).
    pub(crate) of: Option<String>,
}

/// One change.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct ChangeLine {
    /// The id of what changed.
    pub(crate) id: String,
    /// "began", "changed" or "ended".
    pub(crate) change: &'static str,
    /// RFC 3339: when.
    pub(crate) at: String,
    /// Who did it.
    pub(crate) who: String,
    /// What was done, as the log says.
    pub(crate) deed: String,
}

/// What changed since a moment, last change first.
pub(crate) fn changes(reader: Reader<'_>, asked: &ChangesAsked, page: &PageAsked) -> Result<Paged<ChangeLine>, Fault> {
    let of = match asked.of.as_deref().unwrap_or("groups") {
        "documents" => ChangeOf::Documents,
        "statements" => ChangeOf::Statements,
        "groups" => ChangeOf::Groups,
        other => {
            return Err(Fault::invalid(format!("`{other}` does not change here"), "Write documents, statements or groups after `of=`."));
        }
    };
    let since = moment(reader.record, asked.since.trim())?;
    let line = |changed: Changed| {
        let change = match changed.kind {
            ChangeKind::Began => "began",
            ChangeKind::Changed => "changed",
            ChangeKind::Ended => "ended",
        };
        ChangeLine { id: changed.id, change, at: changed.at, who: changed.who, deed: changed.deed }
    };
    Ok(Paged::of(reader.record.changes(of, &since, &page.paging(USUAL)?)?, line))
}
