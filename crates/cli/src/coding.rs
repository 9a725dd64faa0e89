//! With which places and actors are reports coded, and how much is spent on it? The arguments that all commands share that code.

use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, ValueEnum};
use sayso::{Coder, Profile};

use crate::gazetteer::DataDirectory;

/// How reports are coded.
#[derive(Args)]
pub(crate) struct Coding {
    /// How much to spend on reading.
    #[arg(long, value_enum, default_value_t)]
    profile: ReadingProfile,
    /// Actors of your own: a table in the form of the program's (data/actors/README.md), for further groups and people, or further
    /// names of known ones. Where both have a name, yours goes first. May be given several times.
    #[arg(long, value_name = "FILE")]
    registry: Vec<PathBuf>,
    #[command(flatten)]
    data: DataDirectory,
}

/// How much to spend on reading, as it is asked for at the command line.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum ReadingProfile {
    /// Linear models alone: many times as quick, with more misread sentences
    Fast,
    /// A neural encoder reads the sentences that can yield a statement
    #[default]
    Balanced,
    /// The encoder reads every sentence
    Deep,
}

impl From<ReadingProfile> for Profile {
    fn from(profile: ReadingProfile) -> Profile {
        match profile {
            ReadingProfile::Fast => Profile::Fast,
            ReadingProfile::Balanced => Profile::Balanced,
            ReadingProfile::Deep => Profile::Deep,
        }
    }
}

impl Coding {
    /// The coder with the user's own places and actors beside those of the program.
    pub(crate) fn coder(&self) -> anyhow::Result<Coder> {
        let mut coder = Coder::of_profile(self.profile.into())?;
        for file in self.data.files()? {
            let bytes = std::fs::read(&file).with_context(|| format!("{}: this table of places cannot be read", file.display()))?;
            coder = coder.with_gazetteer(bytes).map_err(|error| {
                anyhow::anyhow!("{}: {error}; remove the file and add its table again with `sayso gazetteer add`", file.display())
            })?;
        }
        for file in &self.registry {
            let name = file.display().to_string();
            let text = std::fs::read_to_string(file).with_context(|| format!("{name}: this table of actors cannot be read"))?;
            coder = coder.with_registry(&name, &text)?;
        }
        Ok(coder)
    }
}
