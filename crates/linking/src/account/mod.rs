//! What do the accounts of one event say, where do they differ, and how far can it be believed?
//!
//! Every attribute keeps all its values with who gives them: 24 killed (Interior Ministry), 35 (Taliban), 36 (United Nations). The
//! value shown follows a rule that is named beside it, or a person's decision, and never hides the others.

mod grade;
mod lane;
mod shown;
mod value;

use std::collections::BTreeMap;

use jiff::civil::Date;
use sayso_types::decision::{Reliability, Status};
use sayso_types::{QuantityOf, Stance};
use serde::Serialize;

pub use grade::{Credibility, Graded};
pub use shown::{Numbers, Profile};

use crate::event::Kinship;
use crate::informant::{Independence, InformantWords, independence};
use crate::telling::Telling;

/// What linking must know to weigh accounts.
#[derive(Clone, Copy, Debug)]
pub struct Weighing<'a> {
    /// What words tell about who speaks.
    pub words: &'a InformantWords,
    /// Which actors are parts of which.
    pub kinship: &'a Kinship,
    /// How one value is chosen.
    pub profile: Profile,
    /// What people decided about this event.
    pub settled: &'a Settled,
}

/// What people decided about one event, beyond which statements belong to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// The value to show, by attribute, as its text, and the reason.
    pub values: BTreeMap<String, (String, String)>,
    /// The status to show, and the reason.
    pub status: Option<(Status, String)>,
    /// How reliable sources are, by their names.
    pub reliability: BTreeMap<String, Reliability>,
}

/// All that is told of one event.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Account {
    /// Who tells it independently.
    pub independence: Independence,
    /// What is told of it, one attribute after another; those of which nothing is told are left out.
    pub attributes: Vec<Attribute>,
    /// Who claims, denies, blames, confirms.
    pub responsibility: Vec<Lane>,
    /// How far it is established, after Airwars' grading.
    pub status: Graded<Status>,
    /// Credibility of the information, after the Admiralty code; how reliable the sources are is another matter.
    pub credibility: Graded<Credibility>,
}

impl Account {
    /// The attribute of that name.
    pub fn attribute(&self, name: AttributeName) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }

    /// The value shown of an attribute.
    pub fn shown(&self, name: AttributeName) -> Option<&Value> {
        self.attribute(name).map(|attribute| &attribute.values[attribute.shown])
    }
}

/// One attribute of an event with all its values.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Attribute {
    /// Which.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub name: AttributeName,
    /// Its values, in the order in which they were first told; never empty.
    pub values: Vec<Value>,
    /// Which of them is shown.
    pub shown: usize,
    /// The rule or decision by which it is shown.
    pub rule: String,
    /// Whether independent sources give values that cannot all be so.
    pub disputed: bool,
    /// Of a count, the numbers that the profile makes of its values.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub numbers: Option<Numbers>,
}

/// Which attribute of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AttributeName {
    /// Who did it.
    Actor,
    /// To whom.
    Recipient,
    /// Where.
    Place,
    /// When.
    Time,
    /// How: PLOVER's mode.
    Mode,
    /// What came of it.
    Outcome,
    /// How many.
    Count(QuantityOf),
}

impl AttributeName {
    /// The code as output and decisions write it: "place", "killed".
    pub fn as_str(self) -> &'static str {
        match self {
            AttributeName::Actor => "actor",
            AttributeName::Recipient => "recipient",
            AttributeName::Place => "place",
            AttributeName::Time => "time",
            AttributeName::Mode => "mode",
            AttributeName::Outcome => "outcome",
            AttributeName::Count(of) => of.as_str(),
        }
    }

    /// The attribute of a code.
    pub fn of_str(code: &str) -> Option<AttributeName> {
        use AttributeName::{Actor, Count, Mode, Outcome, Place, Recipient, Time};
        let plain = [Actor, Recipient, Place, Time, Mode, Outcome];
        plain.into_iter().find(|name| name.as_str() == code).or_else(|| QuantityOf::of_str(code).map(Count))
    }
}

impl Serialize for AttributeName {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// One value of an attribute, and who gives it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Value {
    /// As it is shown: "24", "at least 35", "Herat", "2017-08-01".
    pub text: String,
    /// The value itself.
    #[serde(flatten)]
    pub is: Is,
    /// The statements that give it, by id.
    pub statements: Vec<String>,
    /// The independent sources that stand by it, by name; one that gave another value later is left out.
    pub sources: Vec<String>,
    /// Those that gave it and later another: "Interior Ministry, later 31".
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub revised: Vec<String>,
    /// The day on which it was last told.
    pub last_told: Option<Date>,
    /// Links between the fact and the report in its shortest chain; a report's own voice, which names nobody, comes after all.
    #[serde(skip)]
    pub(crate) distance: usize,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Is {
    /// An actor of the registry, or only words.
    Actor {
        /// The registry's id.
        actor_id: Option<String>,
    },
    /// A place.
    Place {
        /// GeoNames id.
        geonames_id: Option<u32>,
        /// ISO 3166-1 alpha-3.
        country: Option<String>,
        /// First-order division.
        admin1: Option<String>,
        /// WGS 84 degrees.
        latitude: Option<f64>,
        /// WGS 84 degrees.
        longitude: Option<f64>,
        /// UCDP GED's code.
        where_prec: Option<u8>,
    },
    /// A time.
    Time {
        /// First possible day.
        earliest: Option<String>,
        /// Last possible day.
        latest: Option<String>,
    },
    /// A code of the ontology.
    Code(String),
    /// A count.
    Count(Numbers),
}

/// One who claims, denies, blames or confirms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Lane {
    /// What they do.
    pub stance: Stance,
    /// Who.
    pub by: String,
    /// The registry's actor behind them.
    pub by_actor_id: Option<String>,
    /// Who is to have done it.
    pub actor: String,
    /// The registry's actor.
    pub actor_id: Option<String>,
    /// The statement, by id.
    pub statement: String,
    /// The day on which it was told.
    pub day: Option<Date>,
}

/// The account that tellings of one event give; the tellings in the order of reading.
///
/// Of a bombing that the Interior Ministry (24 killed) and a United Nations report (36) tell of and the Taliban deny, the account
/// has two sources, two values of `killed`, a denial, and the status "contested" if somebody blames the Taliban.
pub fn account(tellings: &[Telling<'_>], weighing: Weighing<'_>) -> Account {
    let independence = independence(tellings, weighing.words, weighing.kinship);
    let attributes = value::attributes(tellings, &independence, &weighing);
    let responsibility = lane::lanes(tellings, &weighing);
    let status = grade::status(tellings, &independence, &responsibility, &weighing);
    let credibility = grade::credibility(tellings, &independence, &status, &weighing);
    Account { independence, attributes, responsibility, status, credibility }
}
