//! Whom does a dump of Wikidata know? Of its entities only those of a few classes; no persons.

use std::collections::BTreeMap;
use std::io::BufRead;

use serde_json::Value;

use super::{Candidate, ListRead, Rejected, table, unreadable};
use crate::Error;

const CLASSES: &str = include_str!("../../../../../data/exchange/classes.tsv");

pub(super) fn read(lines: impl BufRead) -> Result<ListRead, Error> {
    let mut read = ListRead::default();
    let mut ids = std::collections::BTreeSet::new();
    // What a country's own entity says its code is; candidates name countries by their entities.
    let mut codes: BTreeMap<String, String> = BTreeMap::new();
    let classes: Vec<Vec<&str>> = table(CLASSES).collect();
    for (at, line) in lines.split(b'\n').enumerate() {
        let line = line.map_err(|cause| unreadable(&cause))?;
        // The dump is one array, an entity a line.
        let entity = line.trim_ascii().strip_suffix(b",").unwrap_or(line.trim_ascii());
        if entity.is_empty() || entity == b"[" || entity == b"]" {
            continue;
        }
        match serde_json::from_slice::<Value>(entity) {
            Ok(entity) => {
                let id = entity["id"].as_str().unwrap_or_default().to_owned();
                if let Some(code) = strings(&entity, "P298").into_iter().next() {
                    codes.insert(id.clone(), code);
                }
                match candidate(&entity, &classes) {
                    Some(candidate) if ids.insert(id) => read.candidates.push(candidate),
                    _ => read.passed += 1,
                }
            }
            Err(error) => read.rejected.push(Rejected { line: at as u64 + 1, why: format!("it is no entity of Wikidata: {error}") }),
        }
    }
    for candidate in &mut read.candidates {
        candidate.countries = candidate.countries.iter().filter_map(|country| codes.get(country).cloned()).collect();
    }
    Ok(read)
}

fn candidate(entity: &Value, classes: &[Vec<&str>]) -> Option<Candidate> {
    let of = things(entity, "P31");
    let class = classes.iter().find(|row| of.iter().any(|class| class == row[0]))?;
    let name = entity["labels"]["en"]["value"].as_str().or_else(|| entity["labels"]["mul"]["value"].as_str())?.to_owned();
    let id = entity["id"].as_str()?.to_owned();
    let aliases: Vec<String> =
        entity["aliases"]["en"].as_array().into_iter().flatten().filter_map(|alias| Some(alias["value"].as_str()?.to_owned())).collect();
    // Initials are borne by many.
    let is_short = |name: &String| name.chars().count() <= 5 && !name.contains(' ');
    let (weak, aliases) = aliases.into_iter().partition(is_short);
    Some(Candidate {
        kind: Some(class[1].to_owned()),
        name,
        aliases,
        weak,
        former: Vec::new(),
        countries: things(entity, "P17"),
        source: format!("https://www.wikidata.org/wiki/{id}"),
        because: vec![class[2].to_owned()],
        id,
    })
}

/// The values of a property that are entities, those that are deprecated left out.
fn things(entity: &Value, property: &str) -> Vec<String> {
    values(entity, property).filter_map(|value| Some(value["id"].as_str()?.to_owned())).collect()
}

/// The values of a property that are text.
fn strings(entity: &Value, property: &str) -> Vec<String> {
    values(entity, property).filter_map(|value| Some(value.as_str()?.to_owned())).collect()
}

fn values<'e>(entity: &'e Value, property: &str) -> impl Iterator<Item = &'e Value> {
    let claims = entity["claims"][property].as_array().into_iter().flatten();
    claims.filter(|claim| claim["rank"] != "deprecated").map(|claim| &claim["mainsnak"]["datavalue"]["value"])
}
