//! Which data files are derived, and from what?

mod gazetteer;

use clap::Subcommand;

/// The derived data files.
#[derive(Subcommand)]
pub enum Data {
    /// Build `data/gazetteer/places.bin` from GeoNames as two Python packages carry it.
    Gazetteer(gazetteer::Arguments),
}

/// Builds the data file that `data` names.
pub fn run(data: &Data) -> anyhow::Result<()> {
    match data {
        Data::Gazetteer(arguments) => gazetteer::run(arguments),
    }
}
