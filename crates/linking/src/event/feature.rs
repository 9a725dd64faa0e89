//! On what grounds can two tellings be of one happening, or of two? The grounds that are weighed, each with a name in the table of weights.

macro_rules! features {
    ($($(#[$doc:meta])* $name:ident = $text:literal),+ $(,)?) => {
        /// A ground that is weighed.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Feature { $($(#[$doc])* $name),+ }

        impl Feature {
            /// All of them, in the order of their numbers.
            pub const ALL: &'static [Feature] = &[$(Feature::$name),+];

            /// Its name in the table of weights.
            pub fn as_str(self) -> &'static str {
                match self { $(Feature::$name => $text),+ }
            }

            /// The ground of a name.
            pub fn of_str(text: &str) -> Option<Feature> {
                match text { $($text => Some(Feature::$name),)+ _ => None }
            }
        }

        /// How many there are.
        pub(super) const FEATURES: usize = Feature::ALL.len();
    };
}

features! {
    /// Holds of every pair: how rarely two that could be one are.
    Base = "base",
    /// One type.
    TypeSame = "type.same",
    /// Two types that one happening can be coded as.
    TypeOther = "type.other",
    /// One trigger.
    TriggerSame = "trigger.same",
    /// One trigger, by how rare a word it is.
    TriggerRare = "trigger.rare",
    /// How alike two triggers are, where they are not the same.
    TriggerAlike = "trigger.alike",
    /// How much more alike two triggers are than words of one field.
    TriggerClose = "trigger.close",
    /// Two triggers that mean different things.
    TriggerOther = "trigger.other",
    /// By one means.
    ModeSame = "mode.same",
    /// By different means.
    ModeOther = "mode.other",
    /// At one place.
    PlaceSame = "place.same",
    /// In one country, and no more is said.
    PlaceCountry = "place.country",
    /// Close by.
    PlaceNear = "place.near",
    /// One place lies in the other.
    PlaceWithin = "place.within",
    /// Places that exclude each other, one of them taken from elsewhere in its document.
    PlaceOther = "place.other",
    /// On one day.
    TimeDay = "time.day",
    /// Within days that meet; by how narrow they are.
    TimeMeets = "time.meets",
    /// Days that exclude each other, one of them taken from elsewhere in its document.
    TimeOther = "time.other",
    /// A time that fits the date of the other's report.
    TimeAssumed = "time.assumed",
    /// A time that does not.
    TimeUnlikely = "time.unlikely",
    /// Reports of nearly one date.
    PublishedNear = "published.near",
    /// Reports of dates far from each other.
    PublishedFar = "published.far",
    /// One actor.
    ActorSame = "actor.same",
    /// One actor is a part of the other.
    ActorKin = "actor.kin",
    /// Actors that have nothing to do with each other.
    ActorOther = "actor.other",
    /// One target.
    TargetSame = "target.same",
    /// The same words for the target, or for who acts.
    TargetWords = "target.words",
    /// Targets that have nothing to do with each other.
    TargetOther = "target.other",
    /// One kind of site.
    SiteSame = "site.same",
    /// Different kinds of sites.
    SiteOther = "site.other",
    /// One count.
    CountSame = "count.same",
    /// Counts that can both be right.
    CountFits = "count.fits",
    /// Counts that differ.
    CountOther = "count.other",
    /// Counts of different magnitude.
    CountFar = "count.far",
    /// How alike the words are.
    Words = "words",
    /// How alike the words are, for one trigger.
    WordsTrigger = "words.trigger",
    /// Nearly the same words.
    WordsSame = "words.same",
    /// How alike the names are.
    Names = "names",
    /// Names, and none in common.
    NamesOther = "names.other",
    /// How alike the documents are.
    Documents = "documents",
    /// How alike the documents are, for one trigger.
    DocumentsTrigger = "documents.trigger",
    /// How alike the documents are, by how alike the triggers are.
    DocumentsAlike = "documents.alike",
    /// How alike the names in the documents are.
    DocumentNames = "documents.names",
    /// How alike the names in the documents are, for one trigger.
    DocumentNamesTrigger = "documents.names.trigger",
    /// How alike the words are, by how alike the documents are.
    DocumentsWords = "documents.words",
    /// One document, in which what is told twice has been put together.
    DocumentMerged = "document.merged",
    /// One document.
    DocumentSame = "document.same",
    /// One document and one trigger.
    DocumentSameTrigger = "document.same.trigger",
    /// One sentence.
    SentenceSame = "sentence.same",
    /// Words that set one apart.
    Apart = "apart",
}
