//! How does the record look to OpenCTI, MISP and others that speak STIX? As one STIX 2.1 bundle: events as incidents, actors as identities,
//! relations as relationships, each statement as a note with its words, denials as opinions.
//!
//! Ids are made of what an object is of (UUID version 5), so that the same event has the same id in every export. STIX has no casualties, no
//! precision of time and no chain of sources: they stand in a property extension of ours that is defined in the bundle.

mod actor;
mod place;
mod told;

use std::collections::BTreeSet;
use std::io::Write;

use sayso_linking::account::Profile;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::Error;
use crate::told::{Export, Written};

/// What armed groups are in a bundle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ActorsAs {
    /// Identities of the class "group", like all others: what the program can know.
    #[default]
    Identities,
    /// Threat actors: a judgement that whoever exports makes.
    ThreatActors,
}

/// The namespace of our ids: the name-based UUID of `sayso` among names.
const NAMESPACE: Uuid = Uuid::from_u128(0x5d0c_9f0e_31a4_5a4b_9a53_0f6e_2f5b_7c11);

/// When objects were first made of what does not change with the record: actors, places, the program itself.
const FIXED: &str = "2025-01-01T00:00:00.000Z";

/// Writes events, relations and estimates as one bundle.
///
/// # Errors
/// The record cannot be read, or the file not written.
pub fn write(export: &Export<'_>, actors: ActorsAs, out: &mut dyn Write) -> Result<Written, Error> {
    let name = format!("bundle|{}|{}", export.state_in_words()?, export.question);
    write!(out, "{{\"type\":\"bundle\",\"id\":\"bundle--{}\",\"objects\":[", Uuid::new_v5(&NAMESPACE, name.as_bytes()))?;
    let mut bundle = Bundle { export, actors, out, seen: BTreeSet::new(), written: Written::default(), marking: None };
    bundle.begin()?;
    export.each_event(Profile::Sources, |event| bundle.event(event))?;
    export.each_relation(|relation| bundle.relation(relation))?;
    export.each_estimate(|estimate| bundle.estimate(estimate))?;
    let written = bundle.written;
    out.write_all(b"\n]}\n")?;
    Ok(written)
}

/// A bundle in its writing.
struct Bundle<'e> {
    export: &'e Export<'e>,
    actors: ActorsAs,
    out: &'e mut dyn Write,
    /// What was written, each once.
    seen: BTreeSet<Uuid>,
    written: Written,
    /// The id of the marking under which everything stands.
    marking: Option<String>,
}

/// When what stands in the record came to be, and became as it is.
struct Since {
    created: String,
    modified: String,
}

impl Since {
    fn fixed() -> Since {
        Since { created: FIXED.to_owned(), modified: FIXED.to_owned() }
    }
}

/// A time of the record, RFC 3339 to the second, as STIX writes it: to the millisecond.
fn timestamp(at: &str) -> String {
    at.parse::<jiff::Timestamp>().map_or_else(|_| at.to_owned(), |at| format!("{at:.3}"))
}

/// The id of the object of a type that is of what `name` says.
fn id(kind: &str, name: &str) -> String {
    format!("{kind}--{}", uuid(kind, name))
}

fn uuid(kind: &str, name: &str) -> Uuid {
    Uuid::new_v5(&NAMESPACE, format!("{kind}|{name}").as_bytes())
}

impl Bundle<'_> {
    /// The program, our extension, and the terms.
    fn begin(&mut self) -> Result<(), Error> {
        let producer = producer();
        self.put(&json!({
            "type": "identity", "spec_version": "2.1", "id": producer, "created": FIXED, "modified": FIXED, "name": "sayso",
            "identity_class": "system",
            "description": "A program that reads news reports into a sourced record. No person made these objects unless a note says so.",
        }))?;
        self.put(&json!({
            "type": "extension-definition", "spec_version": "2.1", "id": extension(), "created_by_ref": producer, "created": FIXED, "modified": FIXED,
            "name": "sayso", "schema": "https://github.com/sayso/sayso/blob/main/docs/formats/stix.md", "version": "1.0.0",
            "extension_types": ["property-extension"],
            "description": "What news reports tell and STIX has no property for: times as EDTF with their bounds, precision of places, counts with low, best and high, status, credibility, modality, and who says so.",
        }))?;
        if let Some(licence) = self.export.made.licence.clone() {
            let marking = id("marking-definition", &licence);
            self.put(&json!({
                "type": "marking-definition", "spec_version": "2.1", "id": marking, "created": FIXED, "definition_type": "statement",
                "definition": {"statement": licence},
            }))?;
            self.marking = Some(marking);
        }
        Ok(())
    }

    /// Writes an object as it is.
    fn put(&mut self, object: &Value) -> Result<(), Error> {
        self.out.write_all(if self.seen.is_empty() { b"\n" } else { b",\n" })?;
        let of: Option<Uuid> = object["id"].as_str().and_then(|id| id.rsplit_once("--")).and_then(|(_, uuid)| uuid.parse().ok());
        self.seen.extend(of);
        Ok(serde_json::to_writer(&mut *self.out, object)?)
    }

    /// Writes an object of a type with what all have, unless it was written before; gives its id.
    fn object(&mut self, kind: &str, name: &str, since: &Since, mut properties: Value) -> Result<String, Error> {
        let id = id(kind, name);
        if self.seen.contains(&uuid(kind, name)) {
            return Ok(id);
        }
        properties["type"] = kind.into();
        properties["spec_version"] = "2.1".into();
        properties["id"] = id.clone().into();
        properties["created_by_ref"] = producer().into();
        properties["created"] = since.created.clone().into();
        properties["modified"] = since.modified.clone().into();
        if let Some(marking) = &self.marking {
            properties["object_marking_refs"] = json!([marking]);
        }
        if let Some(properties) = properties.as_object_mut() {
            // STIX has no null: what is not known is not there.
            properties.retain(|_, value| !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty()));
        }
        self.put(&properties)?;
        Ok(id)
    }

    /// Since when the group of an id is, and is as it is.
    fn since(&self, group: &str) -> Result<Since, Error> {
        let stored = self.export.record.group(group)?;
        Ok(Since { created: timestamp(&stored.since), modified: timestamp(&stored.changed) })
    }
}

/// The program.
fn producer() -> String {
    id("identity", "sayso")
}

/// The definition of our extension.
fn extension() -> String {
    id("extension-definition", "sayso")
}

/// Our extension with some properties, those that are unknown left out.
fn extended(mut properties: Value) -> Value {
    if let Some(properties) = properties.as_object_mut() {
        properties.retain(|_, value| !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty()));
    }
    properties["extension_type"] = "property-extension".into();
    json!({extension(): properties})
}
