//! How is an event, a relation or a series shown? Every value with who gives it, who is counted as a source and why the rest is not.

use std::collections::BTreeMap;
use std::io::{self, Write};

use sayso::linking::{EstimateView, EventView, RelationView, ToldBy, View};
use sayso_linking::account::{Attribute, Lane};
use sayso_linking::informant::{Holding, Independence};
use sayso_types::decision::Reliability;
use sayso_types::record::GroupRecord;

use crate::marking::Style;
use crate::terminal::one_line;

/// Shows one of them.
pub(crate) fn write(out: &mut impl Write, style: Style, view: &View) -> io::Result<()> {
    match view {
        View::Event(event) => write_event(out, style, event),
        View::Relation(relation) => write_relation(out, style, relation),
        View::Estimate(estimate) => write_estimate(out, style, estimate),
    }
}

fn write_event(out: &mut impl Write, style: Style, event: &EventView) -> io::Result<()> {
    let account = &event.account;
    heading(out, style, &event.summary)?;
    writeln!(out, "  {:<13}{}. {}", "status", account.status.grade.as_str(), account.status.why)?;
    writeln!(out, "  {:<13}{}: {}", "credibility", account.credibility.grade.0, account.credibility.why)?;
    writeln!(out, "\n{}", style.strong("What is told"))?;
    for attribute in &account.attributes {
        write_attribute(out, style, attribute)?;
    }
    if !account.responsibility.is_empty() {
        writeln!(out, "\n{}", style.strong("Whose doing it was"))?;
        account.responsibility.iter().try_for_each(|lane| write_lane(out, lane))?;
    }
    write_sources(out, style, &account.independence, &event.reliability)?;
    write_told_by(out, style, &event.told_by)
}

fn write_relation(out: &mut impl Write, style: Style, view: &RelationView) -> io::Result<()> {
    heading(out, style, &view.summary)?;
    let day = |day: Option<jiff::civil::Date>| day.map_or_else(|| "?".to_owned(), |day| day.to_string());
    writeln!(out, "\n{}", style.strong("When it held"))?;
    for period in &view.relation.periods {
        let start = period.start.as_ref().map(|start| format!(", began {start}")).unwrap_or_default();
        let end = match (&period.end, period.ended) {
            (Some(end), _) => format!(", ended {end}"),
            (None, true) => ", ended".to_owned(),
            (None, false) => String::new(),
        };
        writeln!(out, "  first cited {}, last cited {}{start}{end}", day(period.first_cited), day(period.last_cited))?;
    }
    if !view.relation.denied.is_empty() {
        writeln!(out, "  denied in {}", view.relation.denied.join(", "))?;
    }
    for reversal in &view.reversals {
        writeln!(out, "  {} {}", style.strong("turned:"), reversal.why)?;
    }
    write_sources(out, style, &view.relation.independence, &BTreeMap::new())?;
    write_told_by(out, style, &view.told_by)
}

fn write_estimate(out: &mut impl Write, style: Style, view: &EstimateView) -> io::Result<()> {
    heading(out, style, &view.summary)?;
    writeln!(out, "\n{}", style.strong("Over time"))?;
    for point in &view.series.points {
        let day = point.day.map_or_else(|| "unknown".to_owned(), |day| day.to_string());
        let number = sayso::marks::range(point.numbers.low, point.numbers.best, point.numbers.high);
        writeln!(
            out,
            "  {day}  {number:<12} “{}” {}  {}",
            one_line(&point.text),
            one_line(&point.informant),
            style.faint(&point.statement)
        )?;
    }
    write_sources(out, style, &view.series.independence, &BTreeMap::new())?;
    write_told_by(out, style, &view.told_by)
}

fn heading(out: &mut impl Write, style: Style, summary: &GroupRecord) -> io::Result<()> {
    writeln!(out, "{}  {}", style.strong(&format!("{} {}", summary.kind.as_str(), one_line(&title(summary)))), style.faint(&summary.id))?;
    let counted = |number: u64, one: &str| if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") };
    let sources = counted(summary.sources, "independent source");
    let (statements, documents) = (counted(summary.statements, "statement"), counted(summary.documents, "document"));
    writeln!(out, "  {sources}, in {statements} of {documents}\n")
}

/// What it is in a line: "assault: Islamic State, against a mosque, Herat, 2018-03-05".
pub(crate) fn title(summary: &GroupRecord) -> String {
    let party = |role: &str| -> Vec<&str> {
        let of_role = summary.parties.iter().filter(|party| party.role.as_str() == role);
        of_role.map(|party| party.name.as_str()).take(3).collect()
    };
    let (actors, recipients) = (party("actor"), party("recipient"));
    let mut parts = Vec::new();
    if !actors.is_empty() {
        parts.push(actors.join(" and "));
    }
    if !recipients.is_empty() {
        parts.push(format!("against {}", recipients.join(" and ")).replacen(
            "against ",
            if is_relation(summary) { "" } else { "against " },
            1,
        ));
    }
    parts.extend(summary.place.as_ref().map(|place| place.name.clone()));
    parts.extend(summary.time.clone());
    let what = summary.mode.as_ref().map_or_else(|| summary.type_code.clone(), |mode| format!("{} ({mode})", summary.type_code));
    if parts.is_empty() { what } else { format!("{what}: {}", parts.join(", ")) }
}

fn is_relation(summary: &GroupRecord) -> bool {
    summary.kind == sayso_types::record::GroupKind::Relation
}

fn write_attribute(out: &mut impl Write, style: Style, attribute: &Attribute) -> io::Result<()> {
    let disputed = if attribute.disputed { ", disputed" } else { "" };
    for (at, value) in attribute.values.iter().enumerate() {
        let name = if at == 0 { attribute.name.as_str() } else { "" };
        let shown = at == attribute.shown;
        let mark = if shown && attribute.values.len() > 1 { "▸" } else { " " };
        let mut who = value.sources.join(", ");
        if !value.revised.is_empty() {
            let revised = format!("{}, who told another later", value.revised.join(", "));
            who = if who.is_empty() { revised } else { format!("{who}; {revised}") };
        }
        let text = one_line(&value.text);
        let text = if shown { style.strong(&text) } else { text };
        writeln!(out, "  {name:<13}{mark} {text}  {}", style.faint(&one_line(&who)))?;
    }
    if attribute.values.len() > 1 && (attribute.disputed || attribute.rule.starts_with("settled")) {
        writeln!(out, "  {:<13}  {}", "", style.faint(&format!("▸ {}{disputed}", attribute.rule)))?;
    }
    Ok(())
}

fn write_lane(out: &mut impl Write, lane: &Lane) -> io::Result<()> {
    let day = lane.day.map(|day| format!(", {day}")).unwrap_or_default();
    let of = if lane.by == lane.actor { String::new() } else { format!(": {}", lane.actor) };
    writeln!(out, "  {:<13}{}{of}{day}", format!("{} by", lane.stance.as_str()), one_line(&lane.by))
}

fn write_sources(
    out: &mut impl Write,
    style: Style,
    independence: &Independence,
    reliability: &BTreeMap<String, Reliability>,
) -> io::Result<()> {
    writeln!(out, "\n{}", style.strong(&format!("Independent sources ({})", independence.sources.len())))?;
    for (number, source) in independence.sources.iter().enumerate() {
        let held = if source.holding == Holding::CitedNotHeld { " (cited, not held)" } else { "" };
        let grade = reliability.get(&source.name).map(|grade| format!(" ({})", grade.as_str())).unwrap_or_default();
        writeln!(out, "  {:>2} {}{grade}{held}  {}", number + 1, one_line(&source.name), style.faint(&one_line(&source.why)))?;
    }
    if !independence.uncounted.is_empty() {
        writeln!(out, "{}", style.strong("Not counted"))?;
        for uncounted in &independence.uncounted {
            writeln!(out, "   - {}: {}", style.faint(&uncounted.statement), one_line(&uncounted.why))?;
        }
    }
    Ok(())
}

fn write_told_by(out: &mut impl Write, style: Style, told_by: &[ToldBy]) -> io::Result<()> {
    writeln!(out, "\n{}", style.strong("Told by"))?;
    for told in told_by {
        let day = told.day.map(|day| day.to_string()).unwrap_or_default();
        let publisher = told.publisher.clone().unwrap_or_default();
        writeln!(out, "  {}  {}", style.faint(&told.statement.id), one_line(&format!("{publisher} {day} «{}»", told.title)))?;
        writeln!(out, "      “{}”", one_line(&told.statement.evidence.words.text))?;
        let score = told.score.map(|score| format!(" ({score:.2})")).unwrap_or_default();
        writeln!(out, "      {}", style.faint(&format!("{}{score}", one_line(&told.why))))?;
    }
    Ok(())
}
