//! Which codes can a statement have? Types are of the program's; modes, contexts and outcomes stand in `data/ontology/codes.toml`.

use std::collections::BTreeMap;

use sayso_types::{EstimateType, EventType, Phase, Proposition, RelationType};
use serde::{Deserialize, Serialize};

use super::{Unfit, Writing, WrittenKind};
use crate::{Error, data};

/// The codes that there are to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Codes {
    /// Types of events.
    pub events: Vec<String>,
    /// Types of relations.
    pub relations: Vec<String>,
    /// Types of estimates.
    pub estimates: Vec<String>,
    /// By the type of an event or relation, its modes.
    pub modes: BTreeMap<String, Vec<String>>,
    /// Contexts of events.
    pub contexts: Vec<String>,
    /// Outcomes of events.
    pub outcomes: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    contexts: Vec<String>,
    outcomes: Vec<String>,
    modes: BTreeMap<String, Vec<String>>,
}

impl Codes {
    /// All of the program's.
    ///
    /// # Errors
    /// The program's own table does not load.
    pub fn embedded() -> Result<Codes, Error> {
        let table: Table = toml::from_str(&data::codes()?).map_err(|error| Error::data(format!("ontology/codes.toml: {error}")))?;
        Ok(Codes {
            events: EventType::ALL.iter().map(|code| code.as_str().to_owned()).collect(),
            relations: RelationType::ALL.iter().map(|code| code.as_str().to_owned()).collect(),
            estimates: EstimateType::ALL.iter().map(|code| code.as_str().to_owned()).collect(),
            modes: table.modes,
            contexts: table.contexts,
            outcomes: table.outcomes,
        })
    }

    /// What a writing states; ACLED's types are not known yet.
    pub(super) fn proposition(&self, writing: &Writing) -> Result<Proposition, Unfit> {
        let code = writing.type_code.as_str();
        let types = match writing.kind {
            WrittenKind::Event => &self.events,
            WrittenKind::Relation => &self.relations,
            WrittenKind::Estimate => &self.estimates,
        };
        one_of("type", code, types)?;
        let modes = self.modes.get(code).map(Vec::as_slice).unwrap_or_default();
        if let Some(mode) = &writing.mode {
            one_of("mode", mode, modes)?;
        }
        if writing.kind != WrittenKind::Event {
            let stray = [("contexts", !writing.contexts.is_empty()), ("outcome", writing.outcome.is_some())];
            refuse(&stray, "only an event has it; leave it out")?;
        }
        if writing.kind != WrittenKind::Relation {
            refuse(&[("phase", writing.phase.is_some())], "only a relation has it; leave it out")?;
        }
        match writing.kind {
            WrittenKind::Event => {
                let event = EventType::of_str(code).ok_or_else(|| no_code("type", code, &self.events))?;
                for (at, context) in writing.contexts.iter().enumerate() {
                    one_of(&format!("contexts/{at}"), context, &self.contexts)?;
                }
                if let Some(outcome) = &writing.outcome {
                    one_of("outcome", outcome, &self.outcomes)?;
                }
                let (mode, mut contexts) = (writing.mode.clone(), writing.contexts.clone());
                contexts.sort();
                contexts.dedup();
                Ok(Proposition::Event { event, mode, contexts, outcome: writing.outcome.clone(), acled: None })
            }
            WrittenKind::Relation => {
                let relation = RelationType::of_str(code).ok_or_else(|| no_code("type", code, &self.relations))?;
                let all: Vec<&str> = Phase::ALL.iter().map(|phase| phase.as_str()).collect();
                let phase = writing.phase.ok_or_else(|| Unfit::new("phase", format!("say of a relation which: {}", all.join(", "))))?;
                Ok(Proposition::Relation { relation, mode: writing.mode.clone(), phase })
            }
            WrittenKind::Estimate => {
                let estimate = EstimateType::of_str(code).ok_or_else(|| no_code("type", code, &self.estimates))?;
                Ok(Proposition::Estimate { estimate })
            }
        }
    }
}

fn refuse(fields: &[(&str, bool)], why: &str) -> Result<(), Unfit> {
    fields.iter().find(|(_, given)| *given).map_or(Ok(()), |(field, _)| Err(Unfit::new(*field, why)))
}

fn one_of(field: &str, code: &str, codes: &[String]) -> Result<(), Unfit> {
    if codes.iter().any(|known| known == code) { Ok(()) } else { Err(no_code(field, code, codes)) }
}

fn no_code(field: &str, code: &str, codes: &[String]) -> Unfit {
    let advice =
        if codes.is_empty() { "this type has none; leave it out".to_owned() } else { format!("write one of {}", codes.join(", ")) };
    Unfit::new(field, format!("there is no code `{code}` here; {advice}"))
}

#[cfg(test)]
mod tests {
    use sayso_coding::frame::Yields;

    use super::*;

    #[test]
    fn whatever_a_frame_gives_a_person_can_write() {
        let (codes, knowledge) = (Codes::embedded().expect("codes"), data::knowledge().expect("knowledge"));
        for frame in &knowledge.frames.frames {
            let of = match frame.yields {
                Yields::Event(event) => event.as_str(),
                Yields::Relation(relation) => relation.as_str(),
                _ => continue,
            };
            let has = |mode: &String| codes.modes.get(of).is_some_and(|modes| modes.contains(mode));
            assert!(frame.mode.as_ref().is_none_or(has), "{}: mode {:?} of {of}", frame.id, frame.mode);
            assert!(frame.contexts.iter().all(|context| codes.contexts.contains(context)), "{}: {:?}", frame.id, frame.contexts);
            assert!(frame.outcome.as_ref().is_none_or(|outcome| codes.outcomes.contains(outcome)), "{}: {:?}", frame.id, frame.outcome);
        }
        for (event, mode) in knowledge.modes.all() {
            assert!(codes.modes.get(event.as_str()).is_some_and(|modes| modes.contains(mode)), "{mode} of {}", event.as_str());
        }
        for of in codes.modes.keys() {
            assert!(EventType::of_str(of).is_some() || RelationType::of_str(of).is_some(), "{of}");
        }
    }
}
