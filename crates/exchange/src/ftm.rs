//! How does the record look to OpenAleph, Datashare and yente? As FollowTheMoney entities, one a line: documents as articles, actors as
//! organizations and persons, events, relations as links with dates, each statement as a note, who is named where as mentions.
//!
//! FollowTheMoney has no casualties, no certainty and no chain of sources: they stand in `notes`, in words.

use std::collections::BTreeSet;
use std::io::Write;

use sayso::marks::range;
use sayso_linking::account::Profile;
use sayso_store::query::Cited;
use sayso_types::record::{GroupParty, GroupRecord};
use sayso_types::{Actor, ActorKind, NameKind, RelationType, RoleName};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::Error;
use crate::country::country;
use crate::network::{begin, end};
use crate::told::{Export, ToldEstimate, ToldEvent, ToldRelation, Written};
use crate::view::{chain, one_line, title, web};

/// Writes events, relations and estimates as entities.
///
/// # Errors
/// The record cannot be read, or the file not written.
pub fn write(export: &Export<'_>, out: &mut dyn Write) -> Result<Written, Error> {
    let mut entities = Entities { export, out, seen: BTreeSet::new(), written: Written::default() };
    export.each_event(Profile::Sources, |event| entities.event(event))?;
    export.each_relation(|relation| entities.relation(relation))?;
    export.each_estimate(|estimate| entities.estimate(estimate))?;
    Ok(entities.written)
}

/// Entities in their writing.
struct Entities<'e> {
    export: &'e Export<'e>,
    out: &'e mut dyn Write,
    /// The ids of what was written, each once.
    seen: BTreeSet<[u8; 8]>,
    written: Written,
}

/// An entity's id: what it is of, hashed, after the program's name.
fn id(kind: &str, name: &str) -> String {
    let digest = Sha256::digest(format!("{kind}|{name}").as_bytes());
    let hex: String = digest.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    format!("sayso-{hex}")
}

/// Properties, each with some values.
#[derive(Default)]
struct Properties(Map<String, Value>);

impl Properties {
    /// With the values that are not empty.
    fn with<T: AsRef<str>>(mut self, name: &str, values: impl IntoIterator<Item = T>) -> Properties {
        let mut list: Vec<String> = Vec::new();
        for value in values {
            let value = one_line(value.as_ref());
            if !value.is_empty() && !list.contains(&value) {
                list.push(value);
            }
        }
        if !list.is_empty() {
            self.0.insert(name.to_owned(), json!(list));
        }
        self
    }
}

impl Entities<'_> {
    /// Writes an entity unless it was written before; gives its id.
    fn put(&mut self, schema: &str, id: String, properties: &Properties) -> Result<String, Error> {
        let digest = Sha256::digest(id.as_bytes());
        let mut short = [0; 8];
        short.copy_from_slice(&digest[..8]);
        if self.seen.insert(short) {
            writeln!(self.out, "{}", json!({"id": id, "schema": schema, "properties": properties.0}))?;
        }
        Ok(id)
    }

    fn event(&mut self, event: &ToldEvent) -> Result<(), Error> {
        let group = &event.group;
        let documents = self.documents(&event.cited)?;
        let actors = self.parties(group, RoleName::Actor)?;
        let recipients = self.parties(group, RoleName::Recipient)?;
        let place = group.place.as_ref();
        let properties = Properties::default()
            .with("name", [name(group)])
            .with("summary", [event.words()])
            .with("date", day(group))
            .with("startDate", group.earliest.as_ref())
            .with("endDate", group.latest.as_ref())
            .with("country", place.and_then(|place| place.country.as_deref()).and_then(code))
            .with("location", place.map(|place| located(&place.name, place.admin1.as_deref())))
            .with("involved", actors.iter().chain(&recipients))
            .with("proof", &documents)
            .with("sourceUrl", event.cited.iter().filter_map(|cited| web(&cited.document)))
            .with("publisher", event.cited.iter().filter_map(|cited| cited.document.publisher.as_deref()))
            .with("keywords", [Some(group.type_code.as_str()), group.mode.as_deref()].into_iter().flatten())
            .with("recordId", [&group.id])
            .with("notes", notes(event));
        let of = self.put("Event", id("event", &group.id), &properties)?;
        self.statements(&of, &event.cited)?;
        self.written.written += 1;
        Ok(())
    }

    fn relation(&mut self, told: &ToldRelation) -> Result<(), Error> {
        let group = &told.group;
        let party = |role: RoleName| group.parties.iter().find(|party| party.role == role);
        let (Some(from), Some(to)) = (party(RoleName::Actor), party(RoleName::Recipient)) else {
            self.written.leave_out("relations with one end only");
            return Ok(());
        };
        if told.relation.periods.is_empty() {
            self.written.leave_out("relations that are only denied or planned");
            return Ok(());
        }
        let (one, other) = (self.party(from, &group.id)?, self.party(to, &group.id)?);
        let documents = self.documents(&told.cited)?;
        // Whom the registry does not have, and peoples, are legal entities of which nobody says that they are organizations.
        let is_organization =
            |party: &GroupParty| self.export.actor(party).is_some_and(|actor| !matches!(actor.kind, ActorKind::Person | ActorKind::People));
        let (schema, ends) = link(told.relation.key.relation, is_organization(to));
        let role = group.mode.as_deref().map_or_else(|| spoken(&group.type_code), |mode| format!("{} ({mode})", spoken(&group.type_code)));
        for (number, period) in told.relation.periods.iter().enumerate() {
            let until = end(period).filter(|_| period.ended).map(|day| day.to_string());
            let ended = if period.ended { "told to have ended" } else { "nobody told its end" };
            let mut properties = Properties::default()
                .with(ends.0, [&one])
                .with(ends.1, [&other])
                .with("startDate", begin(period).map(|day| day.to_string()))
                .with("endDate", until)
                .with("date", period.last_cited.map(|day| day.to_string()))
                .with("proof", &documents)
                .with("sourceUrl", told.cited.iter().filter_map(|cited| web(&cited.document)))
                .with("publisher", told.cited.iter().filter_map(|cited| cited.document.publisher.as_deref()))
                .with("recordId", [&group.id])
                .with(
                    "summary",
                    [format!("{} independent sources; {ended}; {} say that it does not hold", group.sources, told.relation.denied.len())],
                )
                .with("description", told.cited.iter().map(quoted));
            properties = properties.with("role", [&role]);
            self.put(schema, id("relation", &format!("{}|{number}", group.id)), &properties)?;
        }
        self.written.written += 1;
        Ok(())
    }

    fn estimate(&mut self, told: &ToldEstimate) -> Result<(), Error> {
        let group = &told.group;
        if group.parties.is_empty() {
            self.written.leave_out("estimates that name nobody");
            return Ok(());
        }
        let about = group.parties.iter().map(|party| self.party(party, &group.id)).collect::<Result<Vec<_>, _>>()?;
        self.documents(&told.cited)?;
        for cited in &told.cited {
            let numbers = cited.statement.quantities.iter().map(|q| format!("{}: {}", q.of.as_str(), range(q.low, q.best, q.high)));
            let properties = self.note(&about, cited).with("summary", numbers);
            self.put("Note", id("note", &format!("{}|{}", group.id, cited.statement.id)), &properties)?;
        }
        self.written.written += 1;
        Ok(())
    }

    /// The statements that tell a thing as notes about it.
    fn statements(&mut self, about: &str, cited: &[Cited]) -> Result<(), Error> {
        for cited in cited {
            let properties = self.note(&[about.to_owned()], cited);
            self.put("Note", id("note", &format!("{about}|{}", cited.statement.id)), &properties)?;
        }
        Ok(())
    }

    fn note(&self, about: &[String], cited: &Cited) -> Properties {
        let statement = &cited.statement;
        let surely = format!(
            "{}{}, read with probability {:.2}",
            if statement.negated { "said not to be so; " } else { "" },
            statement.modality.as_str(),
            statement.confidence
        );
        Properties::default()
            .with("name", [format!("Statement {}", statement.id)])
            .with("description", [quoted(cited)])
            .with("entity", about)
            .with("proof", [id("document", &cited.document.id)])
            .with("publisher", cited.document.publisher.as_deref())
            .with("sourceUrl", web(&cited.document))
            .with("notes", [format!("Said by: {}", chain(cited).join(" > ")), surely])
    }

    /// The documents that make some statements, and who is named in each.
    fn documents(&mut self, cited: &[Cited]) -> Result<Vec<String>, Error> {
        let mut ids = Vec::new();
        for one in cited {
            let document = &one.document;
            let properties = Properties::default()
                .with("title", [title(one)])
                .with("name", [title(one)])
                .with("publisher", document.publisher.as_deref())
                .with("publishedAt", document.published.as_deref().and_then(prefix))
                .with("retrievedAt", document.retrieved.as_deref().and_then(|at| at.get(..10)))
                .with("sourceUrl", web(document))
                .with("notes", document.credit.as_ref().map(|credit| format!("It credits {credit}.")));
            let of = self.put("Article", id("document", &document.id), &properties)?;
            for role in &one.statement.roles {
                let Some(actor) = role.actor_id.as_deref().and_then(|id| self.export.linker.actors().actor(id)).cloned() else { continue };
                let resolved = self.actor(&actor)?;
                let properties = Properties::default()
                    .with("document", [&of])
                    .with("name", [&role.words.text])
                    .with("resolved", [&resolved])
                    .with("detectedSchema", [schema(actor.kind)]);
                self.put("Mention", id("mention", &format!("{of}|{}|{}", role.words.text, actor.id)), &properties)?;
            }
            if !ids.contains(&of) {
                ids.push(of);
            }
        }
        Ok(ids)
    }

    /// Those of a role whom the registry has: "gunmen" are no entity that anybody could look for, they stand in the notes.
    fn parties(&mut self, group: &GroupRecord, role: RoleName) -> Result<Vec<String>, Error> {
        let of_role = group.parties.iter().filter(|party| party.role == role);
        let known: Vec<Actor> = of_role.filter_map(|party| self.export.actor(party).cloned()).collect();
        known.iter().map(|actor| self.actor(actor)).collect()
    }

    /// The entity of a party. Whom the registry does not have is one in this group alone: "gunmen" here are not "gunmen" there.
    fn party(&mut self, party: &GroupParty, group: &str) -> Result<String, Error> {
        match self.export.actor(party).cloned() {
            Some(actor) => self.actor(&actor),
            None => {
                let properties = Properties::default()
                    .with("name", [&party.name])
                    .with("notes", ["As reports call it; the registry of actors does not have it."]);
                self.put("LegalEntity", id("party", &format!("{group}|{}", party.name)), &properties)
            }
        }
    }

    fn actor(&mut self, actor: &Actor) -> Result<String, Error> {
        let names = |chosen: &dyn Fn(NameKind, bool) -> bool| -> Vec<String> {
            actor.names.iter().skip(1).filter(|name| chosen(name.kind, name.common)).map(|name| name.text.clone()).collect()
        };
        let weak = |kind: NameKind, common: bool| {
            common || matches!(kind, NameKind::Acronym | NameKind::Adjective | NameKind::Members | NameKind::Hostile)
        };
        let properties = Properties::default()
            .with("name", [actor.name()])
            .with("alias", names(&|kind, common| !weak(kind, common) && !matches!(kind, NameKind::Former | NameKind::Domain)))
            .with("weakAlias", names(&|kind, common| weak(kind, common) && kind != NameKind::Former))
            .with("previousName", names(&|kind, common| kind == NameKind::Former && !common))
            .with("country", actor.countries.iter().filter_map(|country| code(country)))
            .with("classification", [actor.kind.as_str()])
            .with("notes", [format!("In the registry of sayso as {}.", actor.id)]);
        self.put(schema(actor.kind), id("actor", &actor.id), &properties)
    }
}

fn schema(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::Person => "Person",
        ActorKind::State
        | ActorKind::Government
        | ActorKind::Military
        | ActorKind::Police
        | ActorKind::Intelligence
        | ActorKind::Office => "PublicBody",
        ActorKind::Company => "Company",
        ActorKind::People => "LegalEntity",
        _ => "Organization",
    }
}

/// The schema of a relation, and the properties of its two ends.
fn link(relation: RelationType, to_organization: bool) -> (&'static str, (&'static str, &'static str)) {
    match relation {
        RelationType::PartOf if to_organization => ("Membership", ("member", "organization")),
        RelationType::Leads if to_organization => ("Directorship", ("director", "organization")),
        RelationType::MergedInto => ("Succession", ("predecessor", "successor")),
        RelationType::SplinterOf => ("Succession", ("successor", "predecessor")),
        RelationType::DelegatesTo => ("Representation", ("client", "agent")),
        _ => ("UnknownLink", ("subject", "object")),
    }
}

fn spoken(code: &str) -> String {
    code.replace('_', " ")
}

fn name(group: &GroupRecord) -> String {
    let mut name = spoken(&group.type_code);
    for part in [group.mode.clone(), group.time.clone(), group.place.as_ref().map(|place| place.name.clone())].into_iter().flatten() {
        name = format!("{name}, {part}");
    }
    name
}

fn located(place: &str, division: Option<&str>) -> String {
    division.filter(|division| *division != place).map_or_else(|| place.to_owned(), |division| format!("{place}, {division}"))
}

/// ISO 3166-1 alpha-2 in lower case, as FollowTheMoney writes countries.
fn code(iso3: &str) -> Option<String> {
    country(iso3).map(|country| country.iso2.to_lowercase())
}

/// The day on which it was, or the month or year within which: what is one prefix of a date.
fn day(group: &GroupRecord) -> Option<String> {
    let (first, last) = (group.earliest.as_deref()?, group.latest.as_deref()?);
    if first == last { Some(first.to_owned()) } else { group.time.as_deref().and_then(prefix) }
}

/// An EDTF date that is a mere prefix: a year, a month, a day.
fn prefix(edtf: &str) -> Option<String> {
    let plain = edtf.chars().all(|sign| sign.is_ascii_digit() || sign == '-');
    (plain && matches!(edtf.len(), 4 | 7 | 10)).then(|| edtf.to_owned())
}

fn quoted(cited: &Cited) -> String {
    format!("“{}”", one_line(&cited.statement.evidence.words.text))
}

/// What FollowTheMoney has no property for, in words.
fn notes(event: &ToldEvent) -> Vec<String> {
    let group = &event.group;
    let mut notes = vec![
        format!("Status: {}. {}", event.account.status.grade.as_str(), event.account.status.why),
        format!("{} independent sources ({}) in {} reports.", group.sources, event.informants(), group.documents),
    ];
    notes.extend(group.counts.iter().map(|count| format!("{}: {}", count.of.as_str(), range(count.low, count.best, count.high))));
    notes.extend(group.time.as_ref().map(|time| format!("Time as told (EDTF): {time}")));
    notes.extend(
        group.place.as_ref().and_then(|place| place.where_prec).map(|code| format!("Precision of the place (UCDP where_prec): {code}")),
    );
    for lane in &event.account.responsibility {
        notes.push(format!("{} {}: {}", one_line(&lane.by), lane.stance.as_str(), one_line(&lane.actor)));
    }
    notes.push(format!("Actors: {}. Recipients: {}.", event.named(RoleName::Actor), event.named(RoleName::Recipient)));
    if !group.disputed.is_empty() {
        notes.push(format!("Sources differ on: {}", group.disputed.join(", ")));
    }
    notes
}
