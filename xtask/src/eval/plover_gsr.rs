//! How many of the example sentences of event coding's manuals are coded, and with which of PLOVER's sixteen types? The gold standard
//! records that PLOVER made of CAMEO's examples: one event a sentence.

use std::collections::BTreeSet;

use sayso::Input;
use sayso::types::{EventType, Modality, Proposition, RelationType, RoleName, Statement};
use sayso_coding::code;
use serde::Deserialize;

use super::calibration::judged::Judged;
use super::{Corpus, Measures, Reading, one_file, percent};

/// `coded`: the share of sentences with a statement; `type`: of those, the share with one of the gold's type.
pub const CORPUS: Corpus = Corpus { name: "plover_gsr", files: one_file, measure };

#[derive(Deserialize)]
struct Record {
    id: String,
    text: String,
    event: String,
    /// The words that bring it up: "held meeting with".
    event_text: Option<String>,
    source: Vec<Side>,
    target: Vec<Side>,
}

/// Somebody who takes part.
#[derive(Deserialize)]
struct Side {
    text: String,
}

fn measure(reading: &Reading<'_>) -> anyhow::Result<(usize, Measures)> {
    let coder = reading.coder()?;
    let records: Vec<Record> = reading.rows()?;
    let (mut coded, mut right) = (0, 0);
    for record in &records {
        let document = coder.document(&Input::text(&record.text))?;
        let statements = coder.code(&document);
        let types: BTreeSet<&str> = statements.iter().filter_map(plover).map(EventType::as_str).collect();
        let gold = record.event.to_lowercase();
        coded += usize::from(!statements.is_empty());
        if types.contains(gold.as_str()) {
            right += 1;
        } else {
            reading.report(&record.id, &types, &BTreeSet::from([gold.as_str()]));
        }
    }
    let measures = [("coded", percent(coded, records.len())), ("type", percent(right, coded))];
    Ok((records.len(), measures.map(|(name, value)| (name.to_owned(), value)).into()))
}

/// The statements whose trigger is among the words that bring up the gold's event. One is right where its type is the gold's, and its
/// actor among the gold's sources, or, of what is done together, among either side.
pub fn judged(reading: &Reading<'_>) -> anyhow::Result<Vec<Judged>> {
    let coder = reading.coder()?;
    let mut judged = Vec::new();
    for record in reading.rows::<Record>()? {
        let document = coder.document(&Input::text(&record.text))?;
        let analysis = coder.analysis(&document);
        let statements = code::statements(&document, &analysis, &coder.mentions(&document, &analysis), coder.knowledge());
        for statement in statements.iter().filter(|s| record.speaks_of(s.evidence.trigger.text(&document.text))) {
            let Some(event) = plover(statement) else { continue };
            let right = event.as_str() == record.event.to_lowercase() && record.has_actor(statement, &document.text);
            judged.push(Judged::new("plover_gsr", &record.id, statement, &analysis, right));
        }
    }
    Ok(judged)
}

impl Record {
    fn speaks_of(&self, trigger: &str) -> bool {
        let event = self.event_text.as_deref().unwrap_or_default().to_lowercase();
        trigger.to_lowercase().split_whitespace().any(|word| event.split_whitespace().any(|other| other == word))
    }

    fn has_actor(&self, statement: &Statement, text: &str) -> bool {
        let together = matches!(plover(statement), Some(EventType::Agree | EventType::Consult | EventType::Cooperate));
        let sides: Vec<&Side> = self.source.iter().chain(self.target.iter().filter(|_| together)).collect();
        let mut actors = statement.roles.iter().filter(|r| r.role == RoleName::Actor).map(|r| r.span.text(text));
        sides.is_empty() || actors.all(|actor| sides.iter().any(|side| actor.contains(&side.text) || side.text.contains(actor)))
    }
}

/// PLOVER's type of a statement. PLOVER has no modality: cooperation that is promised is agreed, force that is announced is threatened,
/// and cooperation that is said not to come is rejected.
fn plover(statement: &Statement) -> Option<EventType> {
    use EventType as E;
    let event = match &statement.proposition {
        Proposition::Event { event, .. } => *event,
        Proposition::Relation { relation, .. } => of_relation(*relation)?,
        Proposition::Estimate { .. } => return None,
    };
    let ahead = matches!(statement.modality, Modality::Future | Modality::Hypothetical | Modality::Probable);
    Some(match event {
        E::Support | E::Concede | E::Cooperate | E::Aid | E::Retreat | E::Agree | E::Consult if statement.negated => E::Reject,
        E::Support | E::Concede | E::Cooperate | E::Aid | E::Retreat | E::Consult if ahead => E::Agree,
        E::Sanction | E::Coerce | E::Assault | E::Protest | E::Reject if ahead => E::Threaten,
        _ => event,
    })
}

/// The relations that PLOVER codes as what is done by them.
fn of_relation(relation: RelationType) -> Option<EventType> {
    match relation {
        RelationType::Supports => Some(EventType::Support),
        RelationType::AlliedWith => Some(EventType::Cooperate),
        _ => None,
    }
}
