//! Which event statements speak of the same happening?
//!
//! A [`Happening`] is what linking knows of one event statement. [`keys`] says among which others its like may be found,
//! [`likeness`] how surely two are one, and on what grounds; [`groups`] makes groups of the pairs, and [`link`] does it all for a set.

mod days;
mod evidence;
mod feature;
mod ground;
mod groups;
mod happening;
mod keys;
mod kinship;
mod knowledge;
mod likeness;
mod link;
mod place;
mod reading;
mod story;
mod triggers;
mod words;

pub use days::Days;
pub use evidence::Never;
pub use feature::Feature;
pub use groups::{Edge, Group, Joined, Member, THRESHOLD, groups, groups_from};
pub use happening::{Account, Count, Happening, Number, Outlook, Participant, Retellings, When, Where};
pub use keys::keys;
pub use kinship::{Kinship, links};
pub use knowledge::{Knowledge, Table, TableError, Tables};
pub use likeness::{Ground, GroundKind, Likeness, likeness, score, strengths};
pub use link::{Blocks, KEPT, edges_under, link};
pub use reading::{Reader, lower};
pub use story::{Story, stories};
pub use words::{Trigger, Words};
