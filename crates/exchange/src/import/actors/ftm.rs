//! Whom does a file of FollowTheMoney entities know?

use std::io::BufRead;

use serde::Deserialize;

use super::{Candidate, ListRead, Rejected, table, unreadable};
use crate::Error;
use crate::country::of_iso2;

const TOPICS: &str = include_str!("../../../../../data/exchange/topics.tsv");

#[derive(Deserialize)]
struct Entity {
    id: String,
    schema: String,
    #[serde(default)]
    caption: String,
    #[serde(default)]
    properties: Properties,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Properties {
    name: Vec<String>,
    alias: Vec<String>,
    weak_alias: Vec<String>,
    abbreviation: Vec<String>,
    previous_name: Vec<String>,
    country: Vec<String>,
    jurisdiction: Vec<String>,
    main_country: Vec<String>,
    nationality: Vec<String>,
    topics: Vec<String>,
    source_url: Vec<String>,
    wikidata_id: Vec<String>,
}

pub(super) fn read(lines: impl BufRead) -> Result<ListRead, Error> {
    let mut read = ListRead::default();
    let mut ids = std::collections::BTreeSet::new();
    for (at, line) in lines.split(b'\n').enumerate() {
        let line = line.map_err(|cause| unreadable(&cause))?;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match serde_json::from_slice::<Entity>(&line) {
            Ok(entity) => match candidate(entity) {
                Some(candidate) if ids.insert(candidate.id.clone()) => read.candidates.push(candidate),
                _ => read.passed += 1,
            },
            Err(error) => read.rejected.push(Rejected { line: at as u64 + 1, why: format!("it is no FollowTheMoney entity: {error}") }),
        }
    }
    Ok(read)
}

/// An entity as a candidate: bodies and groups, and of persons only whom the list itself has for a public office or for leading violence.
fn candidate(entity: Entity) -> Option<Candidate> {
    let topics: Vec<Vec<&str>> = table(TOPICS).filter(|row| entity.properties.topics.iter().any(|topic| topic == row[0])).collect();
    let kind = match entity.schema.as_str() {
        "Organization" | "LegalEntity" | "PublicBody" => {
            let told = topics.iter().map(|row| row[1]).find(|kind| !kind.is_empty());
            told.or(if entity.schema == "PublicBody" { Some("government") } else { None })
        }
        "Person" if topics.iter().any(|row| row[2] == "yes") => Some("person"),
        _ => return None,
    };
    let of = entity.properties;
    let mut names = of.name;
    if names.is_empty() && !entity.caption.is_empty() {
        names.push(entity.caption);
    }
    let mut names = names.into_iter().filter(|name| !name.trim().is_empty());
    let name = names.next()?;
    let mut countries: Vec<String> =
        [of.main_country, of.jurisdiction, of.country, of.nationality].concat().iter().filter_map(|code| of_iso2(code)).collect();
    let mut seen = std::collections::BTreeSet::new();
    countries.retain(|country| seen.insert(country.clone()));
    let wikidata = of.wikidata_id.first().map(|id| format!("https://www.wikidata.org/wiki/{id}"));
    Some(Candidate {
        kind: kind.map(str::to_owned),
        name,
        aliases: names.chain(of.alias).collect(),
        weak: [of.weak_alias, of.abbreviation].concat(),
        former: of.previous_name,
        countries,
        source: of.source_url.into_iter().next().or(wikidata).unwrap_or_else(|| format!("FollowTheMoney entity {}", entity.id)),
        because: of.topics,
        id: entity.id,
    })
}
