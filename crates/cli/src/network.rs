//! `sayso network` and `sayso changes`: who is tied to whom, and what is otherwise than it was.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use sayso_store::query::{ChangeKind, ChangeOf, NetworkFilter, Paging, Reach};

use crate::account::title;
use crate::arguments::AskedRecord;
use crate::ended::Ended;
use crate::output;
use crate::record_at::moment;
use crate::terminal::one_line;

#[derive(Args)]
pub(crate) struct Network {
    /// The actor in the middle, by the registry's id (`sayso actors` lists them).
    actor: String,
    /// Also those to whom these are tied.
    #[arg(long)]
    two_steps: bool,
    /// Of each actor so many ties, the strongest.
    #[arg(long, value_name = "NUMBER", default_value_t = 10)]
    edges: usize,
    #[command(flatten)]
    record: AskedRecord,
}

/// Lists the ties around an actor.
pub(crate) fn network(arguments: &Network) -> anyhow::Result<Ended> {
    let record = arguments.record.open()?;
    let reach = if arguments.two_steps { Reach::Two } else { Reach::One };
    let found = record.network(&NetworkFilter { actor: arguments.actor.clone(), reach, edges: arguments.edges })?;
    if found.edges.is_empty() {
        anyhow::bail!("nothing ties `{}` to anybody in this record; `sayso actors` lists who is in it", arguments.actor);
    }
    let name = |id: &str| found.nodes.iter().find(|node| node.id == id).map_or_else(|| id.to_owned(), |node| one_line(&node.name));
    let rows = found.edges.iter().map(|edge| {
        let relations: Vec<String> = edge.related.iter().map(|relation| one_line(&title(relation))).collect();
        vec![name(&edge.one), name(&edge.other), edge.events.to_string(), edge.last_event.clone().unwrap_or_default(), relations.join("; ")]
    });
    output::table(&mut io::stdout().lock(), &["who", "with whom", "events", "last", "relations"], rows.collect())?;
    Ok(Ended::Well)
}

#[derive(Args)]
pub(crate) struct Changes {
    /// Since when: a date (its end), a time or a release's name.
    since: String,
    /// Of what.
    #[arg(long, value_enum, default_value_t = Of::Groups)]
    of: Of,
    /// At most so many.
    #[arg(long, value_name = "NUMBER", default_value_t = 50)]
    limit: usize,
    #[command(flatten)]
    record: AskedRecord,
}

#[derive(Clone, Copy, ValueEnum)]
enum Of {
    /// Events, relations and series.
    Groups,
    /// Statements.
    Statements,
    /// Documents.
    Documents,
}

/// Lists what changed since a moment.
pub(crate) fn changes(arguments: &Changes) -> anyhow::Result<Ended> {
    let record = arguments.record.open()?;
    let since = moment(&record, &arguments.since)?;
    let of = match arguments.of {
        Of::Groups => ChangeOf::Groups,
        Of::Statements => ChangeOf::Statements,
        Of::Documents => ChangeOf::Documents,
    };
    let mut out = io::stdout().lock();
    let changes = record.changes(of, &since, &Paging { limit: arguments.limit, after: None })?;
    for change in &changes.items {
        let kind = match change.kind {
            ChangeKind::Began => "new",
            ChangeKind::Changed => "changed",
            ChangeKind::Ended => "gone",
        };
        writeln!(out, "{}  {kind:<8} {}  {} ({})", change.at, change.id, one_line(&change.who), change.deed)?;
    }
    if changes.items.is_empty() {
        writeln!(out, "Nothing has changed since {}", one_line(&arguments.since))?;
    }
    Ok(Ended::Well)
}
