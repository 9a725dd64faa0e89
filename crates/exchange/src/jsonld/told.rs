//! What is told, as nodes of a graph.

use std::collections::BTreeSet;
use std::io::Write;

use sayso_linking::relation::Period;
use sayso_store::StoredDocument;
use sayso_store::query::Cited;
use sayso_types::record::{AttributionRecord, GroupPlace, GroupRecord, PropositionRecord, QuantityRecord, StatementRecord};
use serde_json::{Value, json};

use super::{address, compact};
use crate::Error;
use crate::place::Located;
use crate::told::{Export, ToldEstimate, ToldEvent, ToldRelation, Written};
use crate::view::one_line;

/// So many code points before and after its words does a quotation have.
const AROUND: usize = 32;

/// A graph in its writing.
pub(super) struct Graph<'e> {
    export: &'e Export<'e>,
    out: &'e mut dyn Write,
    first: bool,
    /// The documents, statements and agents that were written, by address.
    seen: BTreeSet<String>,
    pub(super) written: Written,
}

impl<'e> Graph<'e> {
    pub(super) fn new(export: &'e Export<'e>, out: &'e mut dyn Write) -> Graph<'e> {
        Graph { export, out, first: true, seen: BTreeSet::new(), written: Written::default() }
    }

    /// Writes a node.
    pub(super) fn put(&mut self, node: &Value) -> Result<(), Error> {
        self.out.write_all(if std::mem::take(&mut self.first) { b"\n" } else { b",\n" })?;
        Ok(serde_json::to_writer(&mut *self.out, node)?)
    }

    /// Writes a node unless one of its address was written.
    fn put_once(&mut self, address: &str, node: impl FnOnce() -> Value) -> Result<(), Error> {
        if self.seen.insert(address.to_owned()) { self.put(&node()) } else { Ok(()) }
    }

    pub(super) fn event(&mut self, event: &ToldEvent) -> Result<(), Error> {
        let group = &event.group;
        let statements = self.statements(&event.cited)?;
        let mut stances = Vec::new();
        for lane in &event.account.responsibility {
            let by = self.agent(lane.by_actor_id.as_deref(), &lane.by)?;
            let about = self.agent(lane.actor_id.as_deref(), &lane.actor)?;
            stances.push(
                json!({"takes": lane.stance.as_str(), "by": by, "about": about, "wasDerivedFrom": address("statement", &lane.statement)}),
            );
        }
        let counts = group.counts.iter().map(|count| {
            compact(
                json!({"of": count.of.as_str(), "low": count.low.map(whole), "best": count.best.map(whole), "high": count.high.map(whole)}),
            )
        });
        let node = json!({
            "id": address("event", &group.id),
            "type": ["prov:Entity", "schema:Event"],
            "label": label(group),
            "kind": "event",
            "eventType": group.type_code,
            "mode": group.mode,
            "aggregate": group.aggregate.to_string(),
            "time": group.time,
            "earliest": group.earliest,
            "latest": group.latest,
            "place": group.place.as_ref().map(place),
            "participant": self.participants(group)?,
            "count": counts.collect::<Vec<_>>(),
            "status": event.account.status.grade.as_str(),
            "statusReason": event.account.status.why,
            "credibility": whole(u64::from(event.account.credibility.grade.0)),
            "independentSources": whole(group.sources),
            "disputed": group.disputed,
            "stance": stances,
            "wasDerivedFrom": statements,
        });
        self.written.written += 1;
        self.put(&compact(node))
    }

    pub(super) fn relation(&mut self, told: &ToldRelation) -> Result<(), Error> {
        let group = &told.group;
        let statements = self.statements(&told.cited)?;
        let node = json!({
            "id": address("relation", &group.id),
            "type": ["prov:Entity"],
            "label": label(group),
            "kind": "relation",
            "eventType": group.type_code,
            "mode": group.mode,
            "participant": self.participants(group)?,
            "period": told.relation.periods.iter().map(period).collect::<Vec<_>>(),
            "independentSources": whole(group.sources),
            "wasDerivedFrom": statements,
        });
        self.written.written += 1;
        self.put(&compact(node))
    }

    pub(super) fn estimate(&mut self, told: &ToldEstimate) -> Result<(), Error> {
        let group = &told.group;
        let statements = self.statements(&told.cited)?;
        let node = json!({
            "id": address("estimate", &group.id),
            "type": ["prov:Entity"],
            "label": label(group),
            "kind": "estimate",
            "eventType": group.type_code,
            "participant": self.participants(group)?,
            "place": group.place.as_ref().map(place),
            "independentSources": whole(group.sources),
            "wasDerivedFrom": statements,
        });
        self.written.written += 1;
        self.put(&compact(node))
    }

    fn participants(&mut self, group: &GroupRecord) -> Result<Vec<Value>, Error> {
        let mut participants = Vec::new();
        for party in &group.parties {
            let actor = party.actor_id.as_deref().map(|id| self.agent(Some(id), &party.name)).transpose()?;
            participants.push(compact(json!({"role": party.role.as_str(), "words": party.name, "actor": actor})));
        }
        Ok(participants)
    }

    /// Some statements with their documents; gives their addresses.
    fn statements(&mut self, cited: &[Cited]) -> Result<Vec<String>, Error> {
        let mut addresses = Vec::new();
        let mut carrier: Option<StoredDocument> = None;
        for one in cited {
            let of = address("statement", &one.statement.id);
            addresses.push(of.clone());
            if self.seen.contains(&of) {
                continue;
            }
            if carrier.as_ref().is_none_or(|document| document.record.id != one.document.id) {
                carrier = Some(self.export.record.document(&one.document.id)?);
            }
            if let Some(document) = &carrier {
                self.document(document)?;
                self.statement(&one.statement, document)?;
            }
        }
        Ok(addresses)
    }

    fn document(&mut self, document: &StoredDocument) -> Result<(), Error> {
        let record = &document.record;
        let of = address("document", &record.id);
        if self.seen.contains(&of) {
            return Ok(());
        }
        let original = self.original(&record.id)?;
        let node = json!({
            "id": of,
            "type": ["prov:Entity", "schema:NewsArticle"],
            "headline": record.title,
            "publisher": record.publisher,
            "author": record.byline,
            "creditText": record.credit.as_ref().map(|credit| &credit.name),
            "published": record.published,
            "retrieved": record.retrieved,
            "language": record.language,
            "url": record.url.as_ref().filter(|url| is_web(url)),
            "sha256": record.text_sha256,
            "wasDerivedFrom": original.map(|original| address("document", &original)),
        });
        self.put_once(&of, || compact(node))
    }

    /// The document whose text this one repeats.
    fn original(&self, document: &str) -> Result<Option<String>, Error> {
        let reading = self.export.record.reading();
        let number = reading.number_of(document)?;
        let origins = reading.origins(&[number])?;
        let Some((_, record)) = origins.into_iter().next() else { return Ok(None) };
        let original = serde_json::from_str::<Value>(&record)?[0]["of"].as_i64();
        let Some(original) = original.filter(|original| *original != number) else { return Ok(None) };
        Ok(reading.documents(&[original])?.into_iter().next().map(|document| document.record.id))
    }

    /// A statement, and the annotation that finds its words.
    fn statement(&mut self, statement: &StatementRecord, document: &StoredDocument) -> Result<(), Error> {
        let of = address("statement", &statement.id);
        let informant = statement.attribution.last().map(|link| self.speaker(link)).transpose()?;
        let mut roles = Vec::new();
        for role in &statement.roles {
            let actor = match (&role.actor_id, &role.name) {
                (Some(id), name) => Some(self.agent(Some(id), name.as_deref().unwrap_or(&role.words.text))?),
                (None, _) => None,
            };
            roles.push(compact(json!({"role": role.role.as_str(), "words": role.words.text, "actor": actor})));
        }
        let (mode, phase) = match &statement.proposition {
            PropositionRecord::Relation { mode, phase, .. } => (mode.clone(), Some(phase.as_str())),
            proposition => (proposition.mode().map(ToOwned::to_owned), None),
        };
        let program = if statement.coder.is_person() { "a person".to_owned() } else { format!("sayso {}", statement.coder.version) };
        let coder = address(if statement.coder.is_person() { "coder" } else { "program" }, &program);
        let class = if statement.coder.is_person() { "prov:Person" } else { "prov:SoftwareAgent" };
        self.put_once(&coder, || json!({"id": coder, "type": [class], "label": program}))?;
        let time = statement.time.as_ref();
        let node = json!({
            "id": of,
            "type": ["prov:Entity", "schema:Claim"],
            "kind": statement.proposition.kind(),
            "eventType": statement.proposition.type_code(),
            "mode": mode,
            "phase": phase,
            "modality": statement.modality.as_str(),
            "negated": statement.negated.to_string(),
            "aggregate": statement.aggregate.to_string(),
            "probabilityReadRight": format!("{:.2}", statement.confidence),
            "rule": statement.coder.rule,
            "participant": roles,
            "time": time.map(|time| &time.edtf),
            "earliest": time.and_then(|time| time.earliest.as_ref()),
            "latest": time.and_then(|time| time.latest.as_ref()),
            "count": statement.quantities.iter().map(quantity).collect::<Vec<_>>(),
            "chain": statement.attribution.iter().map(|link| link.name.as_ref().unwrap_or(&link.source)).collect::<Vec<_>>(),
            "wasQuotedFrom": address("document", &statement.document_id),
            "hadPrimarySource": informant,
            "wasAttributedTo": coder,
        });
        self.put_once(&of, || compact(node))?;
        self.put(&annotation(statement, document))
    }

    fn speaker(&mut self, link: &AttributionRecord) -> Result<String, Error> {
        self.agent(link.actor_id.as_deref(), link.name.as_deref().unwrap_or(&link.source))
    }

    /// Somebody who acts or speaks.
    fn agent(&mut self, actor_id: Option<&str>, name: &str) -> Result<String, Error> {
        let of = match actor_id {
            Some(id) => address("actor", id),
            None => address("speaker", &one_line(name)),
        };
        let label = actor_id.and_then(|id| self.export.linker.actors().name(id)).unwrap_or(name).to_owned();
        // PROV lets what speaks be an entity too: a primary source is one.
        self.put_once(&of, || json!({"id": of, "type": ["prov:Agent", "prov:Entity"], "label": label}))?;
        Ok(of)
    }
}

/// The annotation that finds a statement's words: by their place, and by themselves with what stands around them.
fn annotation(statement: &StatementRecord, document: &StoredDocument) -> Value {
    let words = &statement.evidence.words;
    let text = &document.record.text;
    let before: String = text.chars().take(words.start).skip(words.start.saturating_sub(AROUND)).collect();
    let after: String = text.chars().skip(words.end).take(AROUND).collect();
    json!({
        "id": address("annotation", &statement.id),
        "type": ["oa:Annotation"],
        "hasBody": address("statement", &statement.id),
        "hasTarget": {
            "type": ["oa:SpecificResource"],
            "hasSource": address("document", &document.record.id),
            "hasSelector": [
                {"type": ["oa:TextQuoteSelector"], "exact": words.text, "prefix": before, "suffix": after},
                {"type": ["oa:TextPositionSelector"], "start": words.start.to_string(), "end": words.end.to_string()},
            ],
        },
    })
}

fn period(period: &Period) -> Value {
    compact(json!({
        "periodStart": period.start, "periodEnd": period.end, "firstCited": period.first_cited, "lastCited": period.last_cited,
        "ended": period.ended.to_string(),
    }))
}

fn quantity(quantity: &QuantityRecord) -> Value {
    compact(json!({
        "of": quantity.of.as_str(), "words": quantity.words.text, "low": quantity.low.map(whole), "best": quantity.best.map(whole),
        "high": quantity.high.map(whole), "numberRule": quantity.rule.as_str(),
    }))
}

/// A place; of an area the middle, with how far it reaches.
fn place(place: &GroupPlace) -> Value {
    let located = Located::of(Some(place));
    let reach = if let Located::Within(_, reach) = located { Some(reach) } else { None };
    compact(json!({
        "type": ["schema:Place"],
        "label": place.name,
        "country": place.country,
        "admin1": place.admin1,
        "geonames": place.geonames_id.map(|id| format!("https://sws.geonames.org/{id}/")),
        "latitude": reach.map(|reach| reach.latitude.to_string()),
        "longitude": reach.map(|reach| reach.longitude.to_string()),
        "precision": located.precision().map(|precision| precision.as_str()),
        "uncertaintyKm": reach.map(|reach| reach.km.round().to_string()),
        "wherePrec": place.where_prec.map(|code| whole(u64::from(code))),
    }))
}

/// A number in the text form of its datatype: JSON-LD takes large ones for floating-point.
fn whole(number: u64) -> String {
    number.to_string()
}

fn label(group: &GroupRecord) -> String {
    let mut label = group.type_code.replace('_', " ");
    for part in [group.time.clone(), group.place.as_ref().map(|place| place.name.clone())].into_iter().flatten() {
        label = format!("{label}, {part}");
    }
    label
}

/// Whether a text is an address that stays one in RDF.
fn is_web(url: &str) -> bool {
    let begins = url.starts_with("http://") || url.starts_with("https://");
    begins && url.chars().all(|sign| sign.is_ascii_graphic() && !matches!(sign, '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`'))
}
