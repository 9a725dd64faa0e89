//! Of which kinds are events, relations and estimates? PLOVER's event types, and sayso's relation and estimate types.
//!
//! Modes, contexts and crosswalks are data (`data/ontology/`); these types are code because coding, linking and display
//! decide by them.

use crate::actor::codes;

codes! {
    /// PLOVER's sixteen event types.
    EventType {
        /// Agree to cooperate or yield.
        Agree = "agree",
        /// Meet, talk, negotiate.
        Consult = "consult",
        /// Diplomatic support: praise, endorse, sign.
        Support = "support",
        /// Verbal concession.
        Concede = "concede",
        /// Material cooperation.
        Cooperate = "cooperate",
        /// Give aid.
        Aid = "aid",
        /// Withdraw, release, disarm, cease fire.
        Retreat = "retreat",
        /// Demand or ask for.
        Request = "request",
        /// Disapprove, investigate, allege.
        Accuse = "accuse",
        /// Refuse or deny.
        Reject = "reject",
        /// Threaten.
        Threaten = "threaten",
        /// Demonstrate, strike, riot.
        Protest = "protest",
        /// Reduce relations or aid.
        Sanction = "sanction",
        /// Deploy, recruit, raise alert.
        Mobilize = "mobilize",
        /// Arrest, seize, restrict.
        Coerce = "coerce",
        /// Use violence.
        Assault = "assault",
    }
}

impl EventType {
    /// Whether it is of the last of PLOVER's four quarters: protest, sanction, mobilize, coerce, assault.
    pub fn is_material_conflict(self) -> bool {
        matches!(self, EventType::Protest | EventType::Sanction | EventType::Mobilize | EventType::Coerce | EventType::Assault)
    }
}

codes! {
    /// How two actors stand to each other; actor to recipient unless [`RelationType::is_symmetric`].
    RelationType {
        /// Fights or works beside.
        AlliedWith = "allied_with",
        /// Fights or competes against.
        RivalOf = "rival_of",
        /// Has ties to, not said which.
        LinkedTo = "linked_to",
        /// Is not the same as.
        DistinctFrom = "distinct_from",
        /// Is the same as, under another name.
        AlsoKnownAs = "also_known_as",
        /// Is a branch, faction or member of.
        PartOf = "part_of",
        /// Broke away from.
        SplinterOf = "splinter_of",
        /// Was absorbed by.
        MergedInto = "merged_into",
        /// Swore allegiance to.
        PledgedAllegianceTo = "pledged_allegiance_to",
        /// Gives funds, arms, training, shelter, troops or backing to.
        Supports = "supports",
        /// Commands or instructs.
        Directs = "directs",
        /// Hands its work out to.
        DelegatesTo = "delegates_to",
        /// Has influence over.
        Influences = "influences",
        /// Is the leader of.
        Leads = "leads",
        /// Cannot do without.
        DependsOn = "depends_on",
    }
}

impl RelationType {
    /// Whether it reads the same both ways.
    pub fn is_symmetric(self) -> bool {
        use RelationType::{AlliedWith, AlsoKnownAs, DistinctFrom, LinkedTo, RivalOf};
        matches!(self, AlliedWith | RivalOf | LinkedTo | DistinctFrom | AlsoKnownAs)
    }
}

codes! {
    /// What an estimate counts.
    EstimateType {
        /// Fighters or members.
        Strength = "strength",
        /// Deaths, in all.
        Killed = "killed",
        /// Wounded, in all.
        Injured = "injured",
        /// Missing, in all.
        Missing = "missing",
        /// Displaced, in all.
        Displaced = "displaced",
        /// Prisoners, in all.
        Captured = "captured",
        /// Abducted, in all.
        Abducted = "abducted",
        /// Another count.
        Count = "count",
        /// Money.
        Funds = "funds",
    }
}

codes! {
    /// Whether a relation holds, begins or ends.
    Phase {
        /// It holds.
        Holds = "holds",
        /// It begins: "joined forces".
        Begins = "begins",
        /// It ends: "severed its ties".
        Ends = "ends",
    }
}
