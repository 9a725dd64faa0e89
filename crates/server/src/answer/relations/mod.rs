//! Who stood to whom in which way, when, and on whose word? One relation whole, lanes of time, and networks.

mod export;
mod lane;
mod network;
mod overview;
mod relation;
mod standing;

pub(crate) use lane::{Lane, Timeline, TimelineAsked};
pub(crate) use network::{NetworkAnswer, NetworkAsked, NetworkEdge, NetworkNode, Tied};
pub(crate) use overview::Overview;
pub(crate) use relation::{Quote, RelationAnswer, Side};
