//! Which reports does this file, archive or table hold? Files of other kinds go in, reports come out one after another, each with its
//! place, and what cannot be read as a fault in its place. It says nothing of what a report tells; memory stays flat however long the
//! file is, and no file, whatever its bytes, ends the run.

mod bundle;
pub mod cage;
mod docx;
mod fault;
mod kind;
mod lines;
mod mail;
mod meter;
mod open;
mod pdf;
mod report;
mod rewinding;
pub mod table;
mod unpacking;
pub mod warc;

pub use cage::Cage;
pub use fault::{Fault, FaultKind};
pub use kind::can_hold_reports;
pub use meter::Meter;
pub use open::{Intake, Reports};
pub use report::{Content, Known, LARGEST, Place, Reached, Report};
