//! Who really says it, and how many independently? The last link of an attribution chain is the informant; a document that has
//! none speaks in its outlet's voice.
//!
//! "The Interior Ministry said", told by two agencies, is one informant and two carriers. A United Nations report that ten papers
//! quote is one source, and where its text was never read it is "cited, not held".

mod gather;
mod name;

use sayso_types::WordSet;
use serde::{Deserialize, Serialize};

pub use gather::{Holding, Independence, Source, Uncounted, independence};
pub use name::Informant;

/// What words tell about who speaks: `data/lexicons/en/informants.toml`, with the adjectives of countries.
#[derive(Clone, Debug, Default)]
pub struct InformantWords {
    mouthpiece: WordSet,
    witness: WordSet,
    unnamed: WordSet,
    organ: WordSet,
    empty: WordSet,
    outlets: sayso_types::WordMap<String>,
    countries: sayso_types::WordMap<String>,
}

/// The lists of the lexicon's file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InformantLists {
    mouthpiece: Vec<String>,
    witness: Vec<String>,
    unnamed: Vec<String>,
    organ: Vec<String>,
    empty: Vec<String>,
}

impl InformantWords {
    /// The words of the lists. `countries` leads from a country's adjective to its name, one word each, lower case: "afghan" to
    /// "afghanistan". `outlets` leads from an outlet's name in [`sayso_types::pieces`] with blanks between to what makes it one: its id.
    pub fn of(
        lists: InformantLists,
        countries: impl IntoIterator<Item = (String, String)>,
        outlets: impl IntoIterator<Item = (String, String)>,
    ) -> InformantWords {
        InformantWords {
            mouthpiece: lists.mouthpiece.into_iter().collect(),
            witness: lists.witness.into_iter().collect(),
            unnamed: lists.unnamed.into_iter().collect(),
            organ: lists.organ.into_iter().collect(),
            empty: lists.empty.into_iter().collect(),
            outlets: outlets.into_iter().collect(),
            countries: countries.into_iter().collect(),
        }
    }
}

/// What kind of informant it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum InformantKind {
    /// A body, group or person with a name.
    Named,
    /// Somebody without a name: "officials".
    Unnamed,
    /// Somebody who saw it: "residents".
    Witness,
    /// An outlet in its own voice.
    Voice,
}
