//! `sayso summary`: what does a record hold, and what to ask it next?

use std::io::{self, Write};

use sayso_store::{By, Count, Filter, Kind, Record};

use crate::arguments::AskedRecord;
use crate::ended::Ended;
use crate::terminal;

/// So many of a long list are named.
const NAMED: u64 = 8;

/// Sums up a record.
pub(crate) fn run(arguments: &AskedRecord) -> anyhow::Result<Ended> {
    let record = arguments.open()?;
    write(&mut io::stdout().lock(), &record)?;
    Ok(Ended::Well)
}

/// Writes the summary of a record: how much, of what kind, who, where, on whose word, and what to do next.
pub(crate) fn write(out: &mut impl Write, record: &Record) -> anyhow::Result<()> {
    let size = record.size()?;
    let held = [counted(size.documents, "document"), counted(size.statements, "statement")].join(", ");
    writeln!(out, "{} holds {held}", record.path().display())?;
    if size.former_versions > 0 {
        writeln!(out, "  and {} of them as they were before", counted(size.former_versions, "text"))?;
    }
    if size.statements > 0 {
        kinds(out, record)?;
        let most = Filter { limit: Some(NAMED), ..Filter::default() };
        list(out, "Who", &record.counts(&most, By::Actor)?, |count| count.name.clone().unwrap_or_default())?;
        list(out, "Where", &record.counts(&most, By::Country)?, |count| {
            count.id.clone().unwrap_or_else(|| "not said or not known".into())
        })?;
        let voice = |count: &Count| count.name.clone().unwrap_or_else(|| "the reports themselves".to_owned());
        list(out, "On whose word", &record.counts(&most, By::Source)?, voice)?;
        list(out, "Published by", &record.counts(&most, By::Publisher)?, |count| count.name.clone().unwrap_or_else(|| "unknown".into()))?;
        list(out, "How surely", &record.counts(&most, By::Modality)?, |count| count.name.clone().unwrap_or_default())?;
    }
    next(out, record)
}

/// Beyond so many statements a summary reads the record for longer than somebody waits who asked for none.
const LARGE: u64 = 300_000;

/// Writes the summary of a record that was just read into; of a large one only how large it is, and how to have it.
pub(crate) fn write_if_quick(out: &mut impl Write, record: &Record) -> anyhow::Result<()> {
    let (documents, statements) = record.extent()?;
    if statements <= LARGE {
        return write(out, record);
    }
    let held = [counted(documents, "document"), counted(statements, "statement")].join(", ");
    writeln!(out, "{} holds {held}, former ones among them", record.path().display())?;
    let file = of_file(record);
    writeln!(
        out,
        "  `sayso summary{file}` counts what they say, which takes minutes on so large a record; `sayso serve{file}` shows it at once."
    )?;
    Ok(())
}

/// What names a record in a command: nothing where it is the usual one.
fn of_file(record: &Record) -> String {
    let name = record.path().display().to_string();
    if name == "record.sayso" { String::new() } else { format!(" --record {name}") }
}

/// "1 document", "12 documents".
pub(crate) fn counted(number: u64, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

fn kinds(out: &mut impl Write, record: &Record) -> anyhow::Result<()> {
    writeln!(out)?;
    for kind in [Kind::Event, Kind::Relation, Kind::Estimate] {
        let filter = Filter { kinds: vec![kind], ..Filter::default() };
        let number = record.count(&filter)?;
        let types = record.counts(&filter, By::Type)?;
        let types: Vec<String> = types.iter().map(|t| format!("{} {}", t.id.as_deref().unwrap_or_default(), t.statements)).collect();
        writeln!(out, "{:>6} {:<10} {}", number, format!("{}s", kind.as_str()), wrapped(&types, 19))?;
    }
    Ok(())
}

fn list(out: &mut impl Write, title: &str, counts: &[Count], name: impl Fn(&Count) -> String) -> io::Result<()> {
    let items: Vec<String> = counts.iter().map(|count| format!("{} {}", terminal::one_line(&name(count)), count.statements)).collect();
    if items.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{title:<17}{}", wrapped(&items, 17))
}

/// Items one after another, broken between them before column 96, further lines indented.
fn wrapped(items: &[String], indent: usize) -> String {
    let mut text = String::new();
    let mut column = indent;
    for (number, item) in items.iter().enumerate() {
        let item = if number + 1 < items.len() { format!("{item}, ") } else { item.clone() };
        let width = item.chars().count();
        if column + width > 96 && column > indent {
            text.truncate(text.trim_end().len());
            text.push('\n');
            text.push_str(&" ".repeat(indent));
            column = indent;
        }
        column += width;
        text.push_str(&item);
    }
    text
}

fn next(out: &mut impl Write, record: &Record) -> anyhow::Result<()> {
    let file = of_file(record);
    writeln!(out, "\nNext:")?;
    let actors = record.counts(&Filter { limit: Some(1), ..Filter::default() }, By::Actor)?;
    let some = record.statements(&Filter { kinds: vec![Kind::Event], limit: Some(1), ..Filter::default() })?;
    let suggestions = [
        actors.first().and_then(|actor| actor.id.as_ref()).map(|id| (format!("statements --actor {id}"), "all that is said of one actor")),
        some.first().map(|statement| (format!("show {}", &statement.id[..statement.id.len().min(8)]), "one statement in its words")),
        Some(("documents".to_owned(), "what was read")),
        Some(("serve".to_owned(), "the reports with every coded word marked, in a browser")),
    ];
    let commands: Vec<(String, &str)> =
        suggestions.into_iter().flatten().map(|(command, what)| (format!("sayso {command}{file}"), what)).collect();
    let width = commands.iter().map(|(command, _)| command.chars().count()).max().unwrap_or_default();
    for (command, what) in commands {
        writeln!(out, "  {command:<width$}   {what}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_are_broken_between_items() {
        let items: Vec<String> = (0..12).map(|number| format!("an actor's name {number}")).collect();
        let text = wrapped(&items, 4);
        assert!(text.lines().all(|line| line.chars().count() <= 96), "{text}");
        assert_eq!(text.matches("name").count(), 12);
        assert_eq!(counted(1, "document"), "1 document");
    }
}
