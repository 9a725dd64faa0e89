//! Which page of a list is asked for, and where does the next begin?

use sayso_store::query::{Listed, Paging, Tally};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::fault::Fault;

/// At most so many on a page.
pub(crate) const MOST: usize = 100;

/// Which page of a list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PageAsked {
    /// What the page before said of where this one begins; without it, the first.
    pub(crate) after: Option<String>,
    /// At most so many, up to 100.
    pub(crate) limit: Option<usize>,
}

impl PageAsked {
    /// As the store is asked; `usual` many where nobody says how many.
    pub(crate) fn paging(&self, usual: usize) -> Result<Paging, Fault> {
        let after = self.after.as_deref().filter(|after| !after.trim().is_empty()).map(str::parse).transpose();
        let after = after.map_err(|why| Fault::invalid(format!("{why}"), "Follow the links to further pages."))?;
        Ok(Paging { limit: self.limit.unwrap_or(usual).clamp(1, MOST), after })
    }
}

/// A page of a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Paged<T> {
    /// What stands on it.
    pub(crate) items: Vec<T>,
    /// Where the next page begins, to be given as `after`; `null` on the last one. A page can be short and yet not the last.
    pub(crate) next: Option<String>,
}

impl<T> Paged<T> {
    /// A page of the store's, each item turned into what is told of it.
    pub(crate) fn of<S>(listed: Listed<S>, told: impl FnMut(S) -> T) -> Paged<T> {
        Paged { next: listed.next.map(|next| next.to_string()), items: listed.items.into_iter().map(told).collect() }
    }
}

/// A number, counted to its end or up to a bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Count {
    /// So many were counted.
    pub(crate) number: u64,
    /// Whether these are all; else there may be more.
    pub(crate) exact: bool,
}

impl From<Tally> for Count {
    fn from(tally: Tally) -> Count {
        Count { number: tally.number(), exact: matches!(tally, Tally::Exactly(_)) }
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.exact { write!(f, "{}", self.number) } else { write!(f, "at least {}", self.number) }
    }
}
