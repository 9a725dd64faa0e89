//! How many of the example sentences of event coding's manuals are coded, and with which of PLOVER's sixteen types? The gold standard
//! records that PLOVER made of CAMEO's examples: one event a sentence.

use std::collections::BTreeSet;

use sayso::Input;
use sayso::types::{EventType, Modality, Proposition, RelationType, Statement};
use serde::Deserialize;

use super::{Corpus, Measures, Reading, one_file, percent};

/// `coded`: the share of sentences with a statement; `type`: of those, the share with one of the gold's type.
pub const CORPUS: Corpus = Corpus { name: "plover_gsr", files: one_file, measure };

#[derive(Deserialize)]
struct Record {
    id: String,
    text: String,
    event: String,
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
