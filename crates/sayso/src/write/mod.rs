//! How does a person state what words of a document say? What they send is held against the text, the codes, the registry and the
//! gazetteer, and becomes a statement like those of the coder; [`suggest`] proposes what could be stated of selected words.

mod form;
mod ontology;
mod reading;
mod suggest;
mod values;

use std::fmt;

use sayso_coding::code::target_of;
use sayso_types::record::{CoderRecord, DocumentRecord, StatementRecord};
use sayso_types::{Evidence, Proposition, RelationType, Role, RoleName, Span, Statement};

use crate::{Coder, export};
pub use form::{Selection, Writing, WrittenKind, WrittenPlace, WrittenQuantity, WrittenRole, WrittenSource, WrittenStance, WrittenTime};
pub use ontology::Codes;
use reading::Reading;
pub use suggest::{FoundActor, FoundPlace, FoundQuantity, FoundTime, Proposal, ReadThere, suggest};

/// Why what a person sends makes no statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfit {
    /// Which field, as a path: "roles/0/actor_id".
    pub field: String,
    /// What is wrong with it, and what to do.
    pub reason: String,
}

impl Unfit {
    fn new(field: impl Into<String>, reason: impl Into<String>) -> Unfit {
        Unfit { field: field.into(), reason: reason.into() }
    }
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.reason)
    }
}

impl std::error::Error for Unfit {}

/// The statement that a person makes of a document: "killed" in "Gunmen killed six farmers" as an assault, with whom, where and when as
/// they say. What they leave out is unknown; places, times and quantities of which they give the words alone are read as the coder
/// reads them.
///
/// # Errors
/// Names the field that does not fit, and what to do.
pub fn statement(coder: &Coder, codes: &Codes, document: &DocumentRecord, writing: &Writing) -> Result<StatementRecord, Unfit> {
    let mut proposition = codes.proposition(writing)?;
    let reading = Reading::of(coder, document, &writing.trigger)?;
    let evidence = reading.span("evidence", &writing.evidence)?;
    let trigger = reading.span("trigger", &writing.trigger)?;
    if !evidence.contains(trigger) {
        return Err(Unfit::new("trigger", "these words stand outside the evidence; select the sentence or clause that holds them"));
    }
    let roles = reading.roles(&writing.roles)?;
    let place = writing.place.as_ref().map(|place| reading.place(place, evidence)).transpose()?;
    let quantities = reading.quantities(&writing.quantities)?;
    check_told(&proposition, &roles, quantities.len(), place.is_some())?;
    add_acled(&mut proposition, &reading, &roles);
    let statement = Statement {
        aggregate: writing.aggregate,
        time: writing.time.as_ref().map(|time| reading.time(time, evidence)).transpose()?,
        modality: writing.modality,
        hedge: writing.hedge.as_ref().map(|hedge| reading.span("hedge", hedge)).transpose()?,
        negated: writing.negated,
        tense: reading.tense(writing.tense, trigger)?,
        attribution: reading.attribution(&writing.attribution)?,
        responsibility: reading.responsibility(&writing.responsibility)?,
        unclaimed: writing.unclaimed,
        evidence: Evidence { span: evidence, trigger, sentence: reading.sentence_of(trigger) },
        also: Vec::new(),
        confidence: 1.0,
        rule: CoderRecord::PERSON.to_owned(),
        proposition,
        roles,
        place,
        quantities,
    };
    Ok(export::by_person(reading.document(), &statement))
}

/// A statement says something of somebody; of a relation both sides, of an estimate how many.
fn check_told(proposition: &Proposition, roles: &[Role], counts: usize, placed: bool) -> Result<(), Unfit> {
    let has = |name: RoleName| roles.iter().any(|role| role.role == name);
    match proposition {
        Proposition::Event { .. } if !(has(RoleName::Actor) || has(RoleName::Recipient) || counts > 0 || placed) => {
            Err(Unfit::new("roles", "nothing is said of the event; give who did it, to whom, how many or where"))
        }
        Proposition::Relation { relation, .. } => {
            let several = roles.iter().filter(|role| matches!(role.role, RoleName::Actor | RoleName::Recipient)).count() > 1;
            let sides = (has(RoleName::Actor) && has(RoleName::Recipient)) || (relation.is_symmetric() && several);
            let one = sides && roles.iter().all(|role| role.actor_id.is_some() && role.actor_id == roles[0].actor_id);
            match (sides, one && !matches!(relation, RelationType::AlsoKnownAs | RelationType::SplinterOf)) {
                (false, _) => Err(Unfit::new("roles", "a relation has two sides; give an actor and a recipient")),
                (true, true) => Err(Unfit::new("roles", "both sides are one actor; give two")),
                (true, false) => Ok(()),
            }
        }
        Proposition::Estimate { .. } if counts == 0 => Err(Unfit::new("quantities", "an estimate says how many; give the words that do")),
        Proposition::Event { .. } | Proposition::Estimate { .. } => Ok(()),
    }
}

/// ACLED's types of an event, by the crosswalk.
fn add_acled(proposition: &mut Proposition, reading: &Reading<'_>, roles: &[Role]) {
    if let Proposition::Event { event, mode, outcome, acled, .. } = proposition {
        let recipients: Vec<Span> = roles.iter().filter(|role| role.role == RoleName::Recipient).map(|role| role.span).collect();
        let target = target_of(&reading.classes_in(&recipients));
        *acled = reading.knowledge().crosswalk.acled(*event, mode.as_deref(), outcome.as_deref(), target).cloned();
    }
}
