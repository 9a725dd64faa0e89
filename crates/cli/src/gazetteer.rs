//! `sayso gazetteer`: tables of places that users add, and where they are kept.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use etcetera::BaseStrategy;
use sayso::{Coder, gazetteer};

use crate::ended::Ended;
use crate::terminal;

#[derive(Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Add a table of places in the form of GeoNames (a country's or all countries' dump) or Who's On First.
    Add {
        /// The table, tab-separated.
        #[arg(value_name = "FILE")]
        table: PathBuf,
        #[command(flatten)]
        data: DataDirectory,
    },
    /// List the tables that were added.
    List {
        #[command(flatten)]
        data: DataDirectory,
    },
}

/// Where a user's own data are kept.
#[derive(Args)]
pub(crate) struct DataDirectory {
    /// Where your own tables of places are kept [default: sayso in the user's data directory].
    #[arg(long, value_name = "DIRECTORY", env = "SAYSO_DATA_DIR")]
    data_dir: Option<PathBuf>,
}

impl DataDirectory {
    /// The directory of added gazetteer files; it need not exist.
    fn gazetteers(&self) -> anyhow::Result<PathBuf> {
        let directory = match &self.data_dir {
            Some(directory) => directory.clone(),
            None => match etcetera::choose_base_strategy() {
                Ok(strategy) => strategy.data_dir().join("sayso"),
                Err(_) => bail!("no home directory is known to keep data in; name one with --data-dir"),
            },
        };
        Ok(directory.join("gazetteer"))
    }

    /// The added gazetteer files, by name.
    pub(crate) fn files(&self) -> anyhow::Result<Vec<PathBuf>> {
        let Ok(directory) = self.gazetteers() else { return Ok(Vec::new()) };
        let entries = match fs::read_dir(&directory) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => {
                return Err(error).with_context(|| {
                    format!("{}: your tables of places cannot be read; name another directory with --data-dir", directory.display())
                });
            }
        };
        let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| is_gazetteer(path)).collect();
        files.sort();
        Ok(files)
    }
}

fn is_gazetteer(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "bin")
}

/// Adds a table or lists those added.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Ended> {
    match &arguments.command {
        Command::Add { table, data } => add(table, data),
        Command::List { data } => list(data),
    }
}

fn add(table: &Path, data: &DataDirectory) -> anyhow::Result<Ended> {
    let name = table.display().to_string();
    let bytes = fs::read(table).with_context(|| format!("{name}: this table cannot be read"))?;
    let Ok(text) = String::from_utf8(bytes) else {
        bail!("{name}: this table is not UTF-8 text; give a table of GeoNames or Who's On First, unpacked");
    };
    let made = gazetteer::file(&Coder::embedded()?, &name, &text)?;
    let directory = data.gazetteers()?;
    let stem = table.file_stem().context("a file has a name")?;
    let path = directory.join(stem).with_extension("bin");
    write_whole(&path, &made.bytes)?;
    let mut out = io::stdout().lock();
    for (line, expected) in made.rejected.iter().take(SHOWN) {
        terminal::tell(&format!("sayso: {name}:{line}: {expected}; the line was left out"));
    }
    if made.rejected.len() > SHOWN {
        terminal::tell(&format!("sayso: {name}: {} lines more were left out", made.rejected.len() - SHOWN));
    }
    writeln!(out, "{} places of {name} are in {}; all reading commands use them from now on", made.places, path.display())?;
    Ok(Ended::of_inputs(made.places as u64, made.rejected.len() as u64))
}

/// So many rejected lines are told one by one.
const SHOWN: usize = 10;

/// Writes a file whole or not at all.
fn write_whole(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let unwritable = || format!("{}: this file cannot be written; name another directory with --data-dir", path.display());
    let partial = path.with_extension("partial");
    fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).with_context(unwritable)?;
    fs::write(&partial, bytes).and_then(|()| fs::rename(&partial, path)).with_context(unwritable)
}

fn list(data: &DataDirectory) -> anyhow::Result<Ended> {
    let mut out = io::stdout().lock();
    let embedded = Coder::embedded()?.knowledge().gazetteer.len();
    writeln!(out, "{embedded:>10} places of the program's own")?;
    for file in data.files()? {
        let bytes = fs::read(&file).with_context(|| format!("{}: this file cannot be read", file.display()))?;
        let coder = Coder::embedded()?.with_gazetteer(bytes).map_err(|error| anyhow::anyhow!("{}: {error}", file.display()))?;
        writeln!(out, "{:>10} places in {}", coder.knowledge().gazetteer.len() - embedded, file.display())?;
    }
    Ok(Ended::Well)
}
