//! `sayso actors`: who acts, is acted upon and speaks, how often and when. Whom the registry has not is a candidate (`c:…`), about whom
//! people can decide like about any other actor.

use std::io::{self, Write};

use sayso::linking::candidate_id;
use sayso_store::{ActorCount, Filter};
use serde_json::json;

use crate::ended::Ended;
use crate::output::{self, Format};
use crate::statements::{Arguments, unwrapped};

/// Lists the actors of the statements that the filters mean.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Ended> {
    let (record, filter, format) = arguments.question()?;
    let actors = record.actors(&filter)?;
    match format {
        Format::Table => {
            if !actors.is_empty() {
                let header = ["id", "name", "acts", "acted upon", "speaks", "documents", "first day", "last day"];
                output::table(&mut io::stdout().lock(), &header, actors.iter().map(row).collect())?;
            }
            let all = record.actors(&Filter { limit: None, ..filter })?.len();
            output::tell_rest(actors.len() as u64, all as u64, "actors");
        }
        Format::Jsonl => {
            let mut out = output::standard();
            for actor in &actors {
                writeln!(out, "{}", as_json(actor))?;
            }
            out.flush()?;
        }
        Format::Csv => {
            let mut out = csv::Writer::from_writer(output::standard());
            let columns = ["id", "name", "as_actor", "as_recipient", "as_source", "documents", "first", "last"];
            out.write_record(columns).map_err(unwrapped)?;
            for actor in &actors {
                out.write_record(row(actor)).map_err(unwrapped)?;
            }
            out.flush()?;
        }
    }
    Ok(Ended::Well)
}

fn row(actor: &ActorCount) -> Vec<String> {
    vec![
        actor.id.clone().unwrap_or_else(|| candidate_id(&actor.name)),
        actor.name.clone(),
        actor.as_actor.to_string(),
        actor.as_recipient.to_string(),
        actor.as_source.to_string(),
        actor.documents.to_string(),
        actor.first.clone().unwrap_or_default(),
        actor.last.clone().unwrap_or_default(),
    ]
}

fn as_json(actor: &ActorCount) -> serde_json::Value {
    json!({
        "id": actor.id, "candidate": actor.id.is_none().then(|| candidate_id(&actor.name)), "name": actor.name, "as_actor": actor.as_actor, "as_recipient": actor.as_recipient,
        "as_source": actor.as_source, "documents": actor.documents, "first": actor.first, "last": actor.last,
    })
}
