//! What is told, in a bundle: events, relations, estimates, and the statements that tell them.

use jiff::civil::Date;
use sayso::marks::range;
use sayso_linking::relation::Period;
use sayso_store::query::Cited;
use sayso_types::record::GroupCount;
use sayso_types::{RelationType, RoleName, Stance};
use serde_json::{Value, json};

use super::{Bundle, Since, extended};
use crate::Error;
use crate::network::{begin, end};
use crate::told::{ToldEstimate, ToldEvent, ToldRelation};
use crate::view::{chain, one_line, title, web};

impl Bundle<'_> {
    /// An event as an incident, with who, whom and where, its notes and the stances towards it.
    pub(super) fn event(&mut self, event: &ToldEvent) -> Result<(), Error> {
        let group = &event.group;
        let since = self.since(&group.id)?;
        let incident = self.object("incident", &group.id, &since, incident(event))?;
        let mut doing: Vec<(Option<String>, String, String)> = Vec::new();
        for party in &group.parties {
            let (kind, role) = match party.role {
                RoleName::Actor => ("attributed-to", "Reports tell of it as taking part or as the one who did it."),
                RoleName::Recipient => ("targets", "Reports tell of it as whom it was done to."),
                _ => continue,
            };
            // "Gunmen" are nobody whom another bundle could mean: they stand in the extension alone.
            let Some(actor) = self.export.actor(party).cloned() else { continue };
            let to = self.actor(&actor)?;
            let properties = json!({
                "relationship_type": kind, "source_ref": incident, "target_ref": to, "description": role,
                "confidence": confidence(event.account.credibility.grade.0),
            });
            let relationship = self.object("relationship", &format!("{}|{kind}|{to}", group.id), &since, properties)?;
            if party.role == RoleName::Actor {
                doing.push((party.actor_id.clone(), party.name.clone(), relationship));
            }
        }
        if let Some(location) = group.place.as_ref().map(|place| self.place(place)).transpose()?.flatten() {
            let properties = json!({"relationship_type": "located-at", "source_ref": incident, "target_ref": location});
            self.object("relationship", &format!("{}|located-at|{location}", group.id), &since, properties)?;
        }
        self.notes(&group.id, &incident, &event.cited, &since)?;
        for lane in &event.account.responsibility {
            let of = doing.iter().find(|(id, name, _)| if lane.actor_id.is_some() { *id == lane.actor_id } else { *name == lane.actor });
            let about = of.map_or(&incident, |(_, _, relationship)| relationship);
            let opinion = match lane.stance {
                Stance::Denied => "strongly-disagree",
                Stance::Claimed | Stance::Confirmed => "strongly-agree",
                Stance::Blamed => "agree",
            };
            let words = event.cited.iter().find(|cited| cited.statement.id == lane.statement);
            let said = words.map(|cited| format!(": “{}”", one_line(&cited.statement.evidence.words.text))).unwrap_or_default();
            let properties = json!({
                "opinion": opinion,
                "authors": [one_line(&lane.by)],
                "explanation": format!("{} {} ({}){said}", one_line(&lane.by), lane.stance.as_str(), one_line(&lane.actor)),
                "object_refs": [about],
            });
            self.object("opinion", &format!("{}|{}|{}|{}", group.id, lane.stance.as_str(), lane.by, lane.statement), &since, properties)?;
        }
        self.written.written += 1;
        Ok(())
    }

    /// A relation as a relationship for each time in which it held.
    pub(super) fn relation(&mut self, told: &ToldRelation) -> Result<(), Error> {
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
        let since = self.since(&group.id)?;
        let (source, target) = (self.party(from, &group.id)?, self.party(to, &group.id)?);
        let kind = relationship_type(told.relation.key.relation, group.mode.as_deref());
        let mut last = String::new();
        for (number, period) in told.relation.periods.iter().enumerate() {
            let (start, stop) = bounds(period);
            let properties = json!({
                "relationship_type": kind, "source_ref": source, "target_ref": target, "start_time": start, "stop_time": stop,
                "extensions": extended(json!({
                    "relation_id": group.id, "first_cited": period.first_cited, "last_cited": period.last_cited, "start": period.start,
                    "end": period.end, "ended": period.ended, "independent_sources": group.sources,
                })),
            });
            last = self.object("relationship", &format!("{}|{number}", group.id), &since, properties)?;
        }
        self.notes(&group.id, &last, &told.cited, &since)?;
        for cited in told.cited.iter().filter(|cited| told.relation.denied.contains(&cited.statement.id)) {
            let properties = json!({
                "opinion": "disagree", "authors": [chain(cited).last().copied().unwrap_or("unnamed")],
                "explanation": format!("“{}”", one_line(&cited.statement.evidence.words.text)), "object_refs": [last],
            });
            self.object("opinion", &format!("{}|{}", group.id, cited.statement.id), &since, properties)?;
        }
        self.written.written += 1;
        Ok(())
    }

    /// An estimate as a note about whom it counts.
    pub(super) fn estimate(&mut self, told: &ToldEstimate) -> Result<(), Error> {
        let group = &told.group;
        let since = self.since(&group.id)?;
        let mut about = group.parties.iter().map(|party| self.party(party, &group.id)).collect::<Result<Vec<_>, _>>()?;
        if about.is_empty() {
            about.extend(group.place.as_ref().map(|place| self.place(place)).transpose()?.flatten());
        }
        if about.is_empty() {
            self.written.leave_out("estimates of nobody named and nowhere, which STIX has no object for");
            return Ok(());
        }
        for cited in &told.cited {
            let mut note = note(cited);
            note["abstract"] = format!("An estimate: {}", group.type_code.replace('_', " ")).into();
            note["object_refs"] = json!(about);
            self.object("note", &format!("{}|{}", group.id, cited.statement.id), &since, note)?;
        }
        self.written.written += 1;
        Ok(())
    }

    /// The statements that tell a thing, as notes about it.
    fn notes(&mut self, group: &str, about: &str, cited: &[Cited], since: &Since) -> Result<(), Error> {
        for cited in cited {
            let mut note = note(cited);
            note["object_refs"] = json!([about]);
            self.object("note", &format!("{group}|{}", cited.statement.id), since, note)?;
        }
        Ok(())
    }
}

fn incident(event: &ToldEvent) -> Value {
    let group = &event.group;
    let place = group.place.as_ref();
    let mut name = group.type_code.replace('_', " ");
    for part in [group.mode.as_ref(), group.time.as_ref(), place.map(|place| &place.name)].into_iter().flatten() {
        name = format!("{name}, {part}");
    }
    let mut references: Vec<Value> = Vec::new();
    for reference in event.cited.iter().map(reference) {
        if !references.contains(&reference) {
            references.push(reference);
        }
    }
    json!({
        "name": name,
        "description": event.words(),
        "confidence": confidence(event.account.credibility.grade.0),
        "external_references": references,
        "extensions": extended(json!({
            "event_id": group.id, "event_type": group.type_code, "mode": group.mode, "aggregate": group.aggregate, "time": group.time,
            "earliest": group.earliest, "latest": group.latest, "place": place.map(|place| &place.name),
            "where_prec": place.and_then(|place| place.where_prec), "parties": group.parties.iter().map(|party| json!({"role": party.role.as_str(), "named": party.name})).collect::<Vec<_>>(), "counts": group.counts.iter().map(count).collect::<Vec<_>>(),
            "status": event.account.status.grade.as_str(), "status_reason": event.account.status.why,
            "credibility": event.account.credibility.grade.0, "independent_sources": group.sources, "informants": event.informants(),
            "reports": group.documents, "disputed": group.disputed,
        })),
    })
}

fn count(count: &GroupCount) -> Value {
    let mut value = json!({"of": count.of.as_str(), "told": range(count.low, count.best, count.high)});
    for (name, number) in [("low", count.low), ("best", count.best), ("high", count.high), ("least", count.least), ("most", count.most)] {
        if let Some(number) = number {
            value[name] = number.into();
        }
    }
    value
}

/// A statement as a note, but for what it is about.
fn note(cited: &Cited) -> Value {
    let statement = &cited.statement;
    let links: Vec<String> = chain(cited).into_iter().map(one_line).filter(|link| !link.is_empty()).collect();
    json!({
        "content": format!("“{}”", one_line(&statement.evidence.words.text)),
        "authors": links,
        "external_references": [reference(cited)],
        "extensions": extended(json!({
            "statement_id": statement.id, "modality": statement.modality.as_str(), "negated": statement.negated,
            "probability_read_right": (f64::from(statement.confidence) * 100.0).round() / 100.0, "start": statement.evidence.words.start, "end": statement.evidence.words.end,
        })),
    })
}

/// The document that makes a statement.
fn reference(cited: &Cited) -> Value {
    let document = &cited.document;
    let named = document.publisher.as_deref().map(one_line).filter(|name| !name.is_empty()).unwrap_or_else(|| "news report".to_owned());
    let mut reference = json!({"source_name": named, "external_id": document.id});
    let published = document.published.as_deref().map(|day| format!(", {day}")).unwrap_or_default();
    reference["description"] = format!("{}{published}", one_line(title(cited))).into();
    if let Some(url) = web(document) {
        reference["url"] = url.into();
    }
    reference
}

/// STIX's confidence of the Admiralty code's credibility: 1 is 90, 5 is 10; 6, "cannot be judged", is none.
fn confidence(credibility: u8) -> Option<u8> {
    (1..=5).contains(&credibility).then(|| 110 - 20 * credibility)
}

/// Start and end; an end stands only where it is told, and after the start, as STIX asks.
fn bounds(period: &Period) -> (Option<String>, Option<String>) {
    let midnight = |day: Date| format!("{day}T00:00:00.000Z");
    let start = begin(period);
    // The last day counts wholly.
    let stop = end(period).filter(|_| period.ended).and_then(|day| day.tomorrow().ok());
    (start.map(midnight), stop.filter(|stop| start.is_none_or(|start| start < *stop)).map(midnight))
}

fn relationship_type(relation: RelationType, mode: Option<&str>) -> &'static str {
    match (relation, mode) {
        (RelationType::AlliedWith, _) => "allied-with",
        (RelationType::RivalOf, _) => "rival-of",
        (RelationType::LinkedTo, _) => "related-to",
        (RelationType::DistinctFrom, _) => "distinct-from",
        (RelationType::AlsoKnownAs, _) => "also-known-as",
        (RelationType::PartOf, _) => "part-of",
        (RelationType::SplinterOf, _) => "splinter-of",
        (RelationType::MergedInto, _) => "merged-into",
        (RelationType::PledgedAllegianceTo, _) => "pledged-to",
        (RelationType::Supports, Some("funds")) => "funds",
        (RelationType::Supports, Some("arms")) => "arms",
        (RelationType::Supports, Some("trains")) => "trains",
        (RelationType::Supports, Some("shelters")) => "shelters",
        (RelationType::Supports, _) => "supports",
        (RelationType::Directs, _) => "directs",
        (RelationType::DelegatesTo, _) => "outsources-to",
        (RelationType::Influences, _) => "influences",
        (RelationType::Leads, _) => "leads",
        (RelationType::DependsOn, _) => "depends-on",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relation_stops_after_it_starts_or_not_at_all() {
        let period = |first: &str, last: &str, ended: bool| Period {
            first_cited: first.parse().ok(),
            last_cited: last.parse().ok(),
            ended,
            ..Period::default()
        };
        let day = |day: &str| Some(format!("{day}T00:00:00.000Z"));
        assert_eq!(bounds(&period("2015-01-01", "2015-01-01", true)), (day("2015-01-01"), day("2015-01-02")));
        assert_eq!(bounds(&period("2015-01-01", "2016-05-04", false)), (day("2015-01-01"), None), "nobody told its end");
        assert_eq!(bounds(&Period { ended: true, ..Period::default() }), (None, None));
    }

    #[test]
    fn credibility_becomes_confidence_as_the_standard_maps_it() {
        assert_eq!((1..=6).map(confidence).collect::<Vec<_>>(), [Some(90), Some(70), Some(50), Some(30), Some(10), None]);
    }
}
