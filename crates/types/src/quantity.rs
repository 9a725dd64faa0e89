//! How many, in which words? A phrase, the rule that read it, and three numbers of which each may be unknown.

use crate::Span;
use crate::actor::codes;

codes! {
    /// What is counted.
    QuantityOf {
        /// Deaths.
        Killed = "killed",
        /// Wounded.
        Injured = "injured",
        /// Dead or wounded, not told apart.
        Casualties = "casualties",
        /// Missing.
        Missing = "missing",
        /// Driven from their homes.
        Displaced = "displaced",
        /// Taken prisoner or arrested.
        Captured = "captured",
        /// Kidnapped.
        Abducted = "abducted",
        /// Attackers among the dead.
        Attackers = "attackers",
        /// Fighters, soldiers: strength.
        Strength = "strength",
        /// Those who take part: protesters, delegates.
        Participants = "participants",
        /// Freed prisoners or hostages.
        Released = "released",
        /// Money, in the currency named.
        Funds = "funds",
        /// Things destroyed, seized or sent: tanks, houses, rockets.
        Things = "things",
        /// Several happenings of one kind: "three attacks".
        Events = "events",
        /// Another count.
        Count = "count",
    }
}

codes! {
    /// Which rule made numbers of the words.
    QuantityRule {
        /// "35".
        Exact = "exact",
        /// "at least 35".
        AtLeast = "at-least",
        /// "more than 35".
        MoreThan = "more-than",
        /// "as many as 35", "up to 35".
        UpTo = "up-to",
        /// "fewer than 35".
        FewerThan = "fewer-than",
        /// "about 35", "nearly 35".
        Approximate = "approximate",
        /// "30 to 35".
        Range = "range",
        /// "several", "some", "a few", a bare plural.
        Several = "several",
        /// "dozens", "hundreds".
        Order = "order",
        /// "no one".
        None = "none",
    }
}

/// A count with its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// What is counted.
    pub of: QuantityOf,
    /// The words: "at least 35 people".
    pub span: Span,
    /// Which rule read them.
    pub rule: QuantityRule,
    /// Lowest that they can mean.
    pub low: Option<u64>,
    /// Most likely.
    pub best: Option<u64>,
    /// Highest that they can mean.
    pub high: Option<u64>,
}
