//! Which event statements speak of the same happening?
//!
//! A [`Happening`] is what linking knows of one event statement. [`keys`] says among which others its like may be found,
//! [`likeness`] how surely two are one, and on what grounds; [`groups`] makes groups of the pairs.

mod happening;

pub use happening::{Count, Happening, Kinship, Participant, Told, Where};
