//! How does the record look in the forms of its neighbours, and what do their data say beside it?

mod acled;
pub mod brief;
mod country;
mod error;
mod event_rows;
mod fields;
mod format;
mod ftm;
mod ged;
pub mod geojson;
mod geopackage;
pub mod import;
mod jsonld;
mod kml;
pub mod list;
pub mod network;
pub mod place;
mod polecat;
pub mod stix;
mod told;
mod view;
mod xml;

pub use error::Error;
pub use format::{Choice, Format, write, write_file};
pub use told::{Export, Made, ToldEstimate, ToldEvent, ToldRelation, Written, clauses};
