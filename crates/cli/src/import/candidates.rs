//! `sayso import candidates` and `accept`: whom lists of others know, for a person to take into a registry.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Context, ensure};
use clap::Args;
use clap::builder::PossibleValuesParser;
use sayso::linking::Linker;
use sayso::types::ActorKind;
use sayso_exchange::import::Dataset;
use sayso_exchange::import::actors::Candidate;
use sayso_store::Record;

use crate::arguments::AskedRecord;
use crate::ended::Ended;
use crate::output::{self, Format, Output};
use crate::statements::unwrapped;
use crate::terminal::one_line;

#[derive(Args)]
pub(super) struct Candidates {
    /// Only those in whose names these words stand.
    words: Vec<String>,
    /// Only of this import.
    #[arg(long, value_name = "NUMBER")]
    of: Option<i64>,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    record: AskedRecord,
}

#[derive(Args)]
pub(super) struct Acceptance {
    /// Ids of candidates, as `sayso import candidates` tells them.
    #[arg(required = true)]
    ids: Vec<String>,
    /// The table to write them into, at its end; `sayso read --registry FILE` takes it.
    #[arg(long, value_name = "FILE")]
    registry: PathBuf,
    /// What they are, where the list does not say or is wrong.
    #[arg(long, value_name = "KIND", value_parser = PossibleValuesParser::new(ActorKind::ALL.iter().map(|kind| kind.as_str())))]
    kind: Option<String>,
    #[command(flatten)]
    record: AskedRecord,
}

/// The candidates of the imported lists, each with its import's number.
fn candidates(record: &Record, of: Option<i64>) -> anyhow::Result<Vec<(i64, Candidate)>> {
    let mut found = Vec::new();
    for import in record.imports()? {
        if Dataset::of_str(&import.of.dataset).is_some() || of.is_some_and(|number| number != import.number) {
            continue;
        }
        record.each_imported(import.number, |row| {
            found.extend(serde_json::from_value::<Candidate>(row.record).ok().map(|candidate| (import.number, candidate)));
        })?;
    }
    Ok(found)
}

/// Lists candidates.
pub(super) fn show(arguments: &Candidates) -> anyhow::Result<Ended> {
    let record = arguments.record.open()?;
    let linker = Linker::embedded()?;
    let words: Vec<String> = arguments.words.iter().map(|word| word.to_lowercase()).collect();
    let mut found = candidates(&record, arguments.of)?;
    found.retain(|(_, candidate)| {
        let names = [vec![candidate.name.clone()], candidate.aliases.clone(), candidate.weak.clone()].concat().join(" ").to_lowercase();
        words.iter().all(|word| names.contains(word))
    });
    let known = |candidate: &Candidate| -> String {
        let names = std::iter::once(&candidate.name).chain(&candidate.aliases);
        let ids: BTreeSet<String> = names.flat_map(|name| linker.actors().named(name)).map(|actor| actor.id.clone()).collect();
        ids.into_iter().collect::<Vec<_>>().join(", ")
    };
    match arguments.output.format() {
        Format::Jsonl => {
            let mut out = output::standard();
            found
                .iter()
                .try_for_each(|(_, candidate)| writeln!(out, "{}", serde_json::to_string(candidate)?).map_err(anyhow::Error::from))?;
            out.flush()?;
        }
        Format::Csv | Format::Table => {
            let header = ["id", "import", "kind", "name", "other names", "countries", "because", "in the registry"];
            let row = |(import, candidate): &(i64, Candidate)| {
                vec![
                    candidate.id.clone(),
                    import.to_string(),
                    candidate.kind.clone().unwrap_or_else(|| "?".to_owned()),
                    one_line(&candidate.name),
                    one_line(&candidate.aliases.iter().take(3).cloned().collect::<Vec<_>>().join("; ")),
                    candidate.countries.join(", "),
                    candidate.because.join(", "),
                    known(candidate),
                ]
            };
            if arguments.output.format() == Format::Csv {
                let mut out = csv::Writer::from_writer(output::standard());
                out.write_record(header).map_err(unwrapped)?;
                for one in &found {
                    out.write_record(row(one).iter().map(|value| sayso::rows::inert(value).into_owned())).map_err(unwrapped)?;
                }
                out.flush()?;
            } else {
                let shown = found.iter().take(output::TABLE_ROWS as usize).map(row).collect::<Vec<_>>();
                if !shown.is_empty() {
                    output::table(&mut io::stdout().lock(), &header, shown)?;
                }
                output::tell_rest(found.len().min(output::TABLE_ROWS as usize) as u64, found.len() as u64, "candidates");
            }
        }
    }
    Ok(Ended::Well)
}

/// Writes candidates into a table of the registry's form.
pub(super) fn accept(acceptance: &Acceptance) -> anyhow::Result<Ended> {
    let record = acceptance.record.open()?;
    let all = candidates(&record, None)?;
    let kind = acceptance.kind.as_deref().and_then(ActorKind::of_str);
    let there = std::fs::read_to_string(&acceptance.registry).unwrap_or_default();
    let known: BTreeSet<&str> = there.lines().filter_map(|line| line.split('\t').next()).collect();
    let mut lines = String::new();
    for id in &acceptance.ids {
        let found = all.iter().find(|(_, candidate)| candidate.id == *id);
        let (_, candidate) = found.with_context(|| format!("`{id}` is no candidate; `sayso import candidates` lists them"))?;
        ensure!(
            !known.contains(candidate.registry_id().as_str()),
            "{}: it has `{}` already",
            acceptance.registry.display(),
            candidate.registry_id()
        );
        lines.push_str(&candidate.registry(kind)?);
    }
    let mut file = File::options().create(true).append(true).open(&acceptance.registry);
    let file = file.as_mut().map_err(|error| anyhow::anyhow!("{}: it cannot be written: {error}", acceptance.registry.display()))?;
    file.write_all(lines.as_bytes())?;
    let mut out = io::stdout().lock();
    writeln!(out, "Wrote {} actors into {}", acceptance.ids.len(), acceptance.registry.display())?;
    writeln!(out, "Next: sayso read INPUT --registry {}", acceptance.registry.display())?;
    Ok(Ended::Well)
}
