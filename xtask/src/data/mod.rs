//! Which data files are derived, and from what?

mod gazetteer;

use std::path::PathBuf;

use clap::Subcommand;

/// The derived data files.
#[derive(Subcommand)]
pub enum Data {
    /// Build `data/gazetteer/places.bin` from GeoNames as two Python packages carry it.
    Gazetteer(gazetteer::Arguments),
    /// Fit `data/models/confidence/weights.tsv` to statements that the gold of development corpora judges.
    Confidence {
        /// The folder of the corpora, one folder each
        #[arg(long, default_value = crate::eval::DATA)]
        data: PathBuf,
    },
    /// Fit `data/linking/mentions.tsv`, by which mentions of whatever kind are linked, to the training part of ECB+.
    Mentions {
        /// The folder of the corpora, one folder each
        #[arg(long, default_value = crate::eval::DATA)]
        data: PathBuf,
    },
    /// Fit `evals/muc4_weights.tsv`, by which the adapter for MUC-4 chooses incidents and fills, to the keys of the training part.
    Muc4 {
        /// The folder of the corpora, one folder each
        #[arg(long, default_value = crate::eval::DATA)]
        data: PathBuf,
    },
}

/// Builds the data file that `data` names.
pub fn run(data: &Data) -> anyhow::Result<()> {
    match data {
        Data::Gazetteer(arguments) => gazetteer::run(arguments),
        Data::Confidence { data } => crate::eval::calibration::fit(data),
        Data::Mentions { data } => crate::eval::fit_mentions(data),
        Data::Muc4 { data } => crate::eval::fit_muc4(data),
    }
}
