//! Who can act? The registry's actors, with names and links that hold between dates.

use crate::Edtf;
use jiff::civil::Date;

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[doc = $definition:literal])+ $variant:ident = $text:tt),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        pub enum $name { $($(#[doc = $definition])+ #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// All of them.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The code as data files and output write it.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }

            /// What it means, in the words of its documentation.
            pub fn definition(self) -> &'static str {
                match self { $($name::$variant => concat!($($definition),+).trim_ascii()),+ }
            }

            /// The value of a code.
            pub fn of_str(code: &str) -> Option<$name> {
                match code { $($text => Some($name::$variant),)+ _ => None }
            }
        }
    };
}
pub(crate) use codes;

codes! {
    /// What kind of actor it is.
    ActorKind {
        /// A state or quasi-state.
        State = "state",
        /// A government or administration.
        Government = "government",
        /// Armed forces of a state.
        Military = "military",
        /// Police of a state.
        Police = "police",
        /// Intelligence service of a state.
        Intelligence = "intelligence",
        /// A non-state armed group.
        ArmedGroup = "armed-group",
        /// A militia, pro-government or communal.
        Militia = "militia",
        /// A coalition of several.
        Coalition = "coalition",
        /// A political party.
        Party = "party",
        /// A political or social movement.
        Movement = "movement",
        /// An intergovernmental organization.
        Organization = "organization",
        /// A non-governmental organization.
        Ngo = "ngo",
        /// A company.
        Company = "company",
        /// A news outlet.
        Media = "media",
        /// A news agency.
        Agency = "agency",
        /// A community named as a party or as victims.
        People = "people",
        /// A seat of power used as an actor's name.
        Office = "office",
        /// A person, by name.
        Person = "person",
    }
}

codes! {
    /// What kind of name it is.
    NameKind {
        /// In its own official words.
        Official = "official",
        /// Short form.
        Short = "short",
        /// Acronym or initials.
        Acronym = "acronym",
        /// Another spelling in Latin script.
        Transliteration = "transliteration",
        /// A translation.
        Translation = "translation",
        /// A name that it has given up.
        Former = "former",
        /// A name that its enemies use.
        Hostile = "hostile",
        /// An adjective.
        Adjective = "adjective",
        /// A plural for its members.
        Members = "members",
        /// A web domain.
        Domain = "domain",
    }
}

codes! {
    /// How one actor is tied to another.
    LinkKind {
        /// A faction, branch or member of.
        PartOf = "part_of",
        /// Broke away from.
        SplinterOf = "splinter_of",
        /// Was absorbed by.
        MergedInto = "merged_into",
        /// Goes on under another name as.
        RenamedTo = "renamed_to",
        /// The armed or political wing of.
        WingOf = "wing_of",
        /// A ministry, force or seat of.
        OrganOf = "organ_of",
        /// Holds the state of.
        Governs = "governs",
        /// Is allied with.
        AlliedWith = "allied_with",
        /// Has pledged allegiance to.
        PledgedTo = "pledged_to",
        /// Is backed by.
        BackedBy = "backed_by",
    }
}

/// The dates between which a name or a link holds; a missing bound is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validity {
    /// From the earliest day of this on.
    pub from: Option<Edtf>,
    /// Up to the latest day of this.
    pub until: Option<Edtf>,
}

impl Validity {
    /// Whether it can hold on some day from `earliest` to `latest`.
    pub fn holds(&self, earliest: Date, latest: Date) -> bool {
        let begun = self.from.as_ref().and_then(Edtf::earliest).is_none_or(|from| from <= latest);
        let not_over = self.until.as_ref().and_then(Edtf::latest).is_none_or(|until| until >= earliest);
        begun && not_over
    }
}

/// One actor of the registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Stable, lower case, hyphenated: "islamic-state".
    pub id: String,
    /// What it is.
    pub kind: ActorKind,
    /// When it existed.
    pub validity: Validity,
    /// ISO 3166-1 alpha-3 codes, the main one first.
    pub countries: Vec<String>,
    /// The first is the preferred one.
    pub names: Vec<ActorName>,
    /// To other actors.
    pub links: Vec<ActorLink>,
}

impl Actor {
    /// The preferred name; the id where there is none.
    pub fn name(&self) -> &str {
        self.names.first().map_or(&self.id, |name| &name.text)
    }
}

/// One name of an actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActorName {
    /// As reports write it.
    pub text: String,
    /// What kind of name.
    pub kind: NameKind,
    /// Whether it is also an ordinary word or another thing's name, so that only context makes it this actor's.
    pub common: bool,
    /// When it is used.
    pub validity: Validity,
}

/// A dated link to another actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActorLink {
    /// What kind of tie.
    pub kind: LinkKind,
    /// The other actor's id.
    pub to: String,
    /// When it holds.
    pub validity: Validity,
}
