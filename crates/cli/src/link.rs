//! `sayso link`: copies, events, relations and series of a record, brought up to date or made anew.

use std::io::{self, Write};

use clap::Args;
use sayso::linking::{self, Linker, Outcome, Scope};
use sayso_store::Record;

use crate::arguments::RecordFile;
use crate::ended::Ended;
use crate::terminal;

#[derive(Args)]
pub(crate) struct Arguments {
    /// Everything from nothing, not only what has changed. What people decided holds, and events keep their ids where they keep most of
    /// their statements.
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    record: RecordFile,
}

/// Links the record and says what that changed.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Ended> {
    let mut record = Record::open_to_change(&arguments.record.record, &terminal::now())?;
    let outcome = link(&mut record, if arguments.all { Scope::Everything } else { Scope::Changed })?;
    tell(&mut io::stdout().lock(), &outcome)?;
    Ok(Ended::Well)
}

/// Links what a scope says, as this program.
pub(crate) fn link(record: &mut Record, scope: Scope) -> anyhow::Result<Outcome> {
    let linker = Linker::embedded()?;
    Ok(linking::link_record(&linker, record, scope, PROGRAM, &linking::versions())?)
}

/// The program as the log names it.
pub(crate) const PROGRAM: &str = concat!("sayso ", env!("CARGO_PKG_VERSION"));

/// Links what a decision touches, where the record has been linked.
pub(crate) fn after_decision(record: &mut Record) -> anyhow::Result<()> {
    if record.reading().seen()? > 0 {
        tell(&mut io::stdout().lock(), &link(record, Scope::Changed)?)?;
    }
    Ok(())
}

/// Says what a linking changed.
pub(crate) fn tell(out: &mut impl Write, outcome: &Outcome) -> io::Result<()> {
    let written = outcome.written;
    if written == sayso_store::Written::default() {
        return writeln!(out, "Linked: nothing has changed");
    }
    let parts = [
        (written.groups, "event, relation or series is new or changed", "events, relations or series are new or changed"),
        (written.gone, "is no more", "are no more"),
        (written.memberships, "statement came into one", "statements came into one"),
        (written.origins, "document repeats another's text", "documents repeat another's text"),
    ];
    let told: Vec<String> = parts
        .iter()
        .filter(|(number, _, _)| *number > 0)
        .map(|(number, one, several)| format!("{} {}", number, if *number == 1 { one } else { several }))
        .collect();
    writeln!(out, "Linked: {}", told.join("; "))
}
