//! `sayso people`: who has a part in a record that `sayso serve` shows.

use std::io::{self, BufRead, IsTerminal, Write};

use anyhow::{Context, bail, ensure};
use clap::{Args, Subcommand};
use sayso_people::{By, PasswordHash, People, Person, Role};
use serde_json::json;

use crate::arguments::RecordFile;
use crate::ended::Ended;
use crate::output::{self, Format, Output};
use crate::terminal;

/// What to do with the people of a record.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Add a person; from the first on, `sayso serve` asks who comes. The password is asked for, or read from standard input.
    Add {
        /// As decisions will be signed.
        name: String,
        #[arg(long, help = roles())]
        role: Role,
        /// Without a password: they come in by tokens only.
        #[arg(long)]
        no_password: bool,
        #[command(flatten)]
        record: RecordFile,
    },
    /// List everybody.
    List {
        #[command(flatten)]
        output: Output,
        #[command(flatten)]
        record: RecordFile,
    },
    /// Give a person another role.
    Role {
        /// Their name.
        name: String,
        #[arg(help = roles())]
        role: Role,
        #[command(flatten)]
        record: RecordFile,
    },
    /// Let a person in no more; what they decided stays, with their name.
    Disable {
        /// Their name.
        name: String,
        /// Let them in again.
        #[arg(long)]
        undo: bool,
        #[command(flatten)]
        record: RecordFile,
    },
    /// Set a person's password; it is asked for, or read from standard input. Their sessions end.
    Password {
        /// Their name.
        name: String,
        #[command(flatten)]
        record: RecordFile,
    },
    /// Make a token, by which a program asks in a person's name; it is printed this once.
    Token {
        /// Their name.
        name: String,
        /// What it is for.
        #[arg(long, default_value = "made at the command line")]
        label: String,
        /// For how many days it holds, 366 at most.
        #[arg(long, default_value_t = 90)]
        days: u16,
        #[command(flatten)]
        record: RecordFile,
    },
    /// List what happened at the door: who came in, who did not, and who changed what about whom.
    Log {
        /// At most so many entries, the latest first.
        #[arg(long, default_value_t = 50)]
        limit: u32,
        #[command(flatten)]
        output: Output,
        #[command(flatten)]
        record: RecordFile,
    },
}

/// The roles, for the help.
fn roles() -> String {
    let all: Vec<String> = Role::ALL.iter().map(|role| format!("{}: {}", role.as_str(), role.told())).collect();
    format!("Their part [{}]", all.join("; "))
}

/// Does it.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Ended> {
    match &arguments.what {
        What::Add { name, role, no_password, record } => {
            add(record, name, *role, if *no_password { Entry::ByToken } else { Entry::ByPassword })
        }
        What::List { output, record } => list(&open(record)?, output),
        What::Role { name, role, record } => {
            let person = open(record)?.set_role(name, *role, &by(), now()?)?;
            told(&format!("{} is {} now.", person.name, person.role.as_str()))
        }
        What::Disable { name, undo: false, record } => {
            let person = open(record)?.disable(name, &by(), now()?)?;
            told(&format!("{} is let in no more. `sayso people disable --undo` lets them in again.", person.name))
        }
        What::Disable { name, undo: true, record } => {
            let person = open(record)?.enable(name, &by(), now()?)?;
            told(&format!("{} is let in again.", person.name))
        }
        What::Password { name, record } => {
            let mut people = open(record)?;
            let person = people.person(name)?;
            people.set_password(&person.name, &PasswordHash::of(&password(&person.name)?)?, None, &by(), now()?)?;
            told(&format!("{} has another password; their sessions have ended.", person.name))
        }
        What::Token { name, label, days, record } => token(&mut open(record)?, name, label, *days),
        What::Log { limit, output, record } => log(&open(record)?, *limit, output),
    }
}

/// How a new person will come in.
#[derive(Clone, Copy)]
enum Entry {
    ByPassword,
    ByToken,
}

fn add(record: &RecordFile, name: &str, role: Role, entry: Entry) -> anyhow::Result<Ended> {
    let path = &record.record;
    ensure!(path.is_file(), "{}: there is no such record; `sayso read INPUT --record FILE` makes one", path.display());
    let hash = match entry {
        Entry::ByPassword => Some(PasswordHash::of(&password(name)?)?),
        Entry::ByToken => None,
    };
    let mut people = People::create_or_open(&People::path_of(path))?;
    let was_alone = people.is_empty()?;
    let person = people.add(name, role, hash.as_ref(), &by(), now()?)?;
    let first = if was_alone { " From now on `sayso serve` asks who comes; one that runs must be started anew." } else { "" };
    told(&format!("{} is {} now.{first}", person.name, person.role.as_str()))
}

fn list(people: &People, output: &Output) -> anyhow::Result<Ended> {
    let all = people.all()?;
    let mut out = output::standard();
    let header = ["name", "role", "since", "last seen", "disabled"];
    let row = |person: &Person| {
        let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
        let role = person.role.as_str().to_owned();
        vec![person.name.clone(), role, person.since.clone(), or_empty(&person.seen), or_empty(&person.disabled)]
    };
    match output.format() {
        Format::Table => output::table(&mut out, &header, all.iter().map(row).collect())?,
        Format::Jsonl => all.iter().try_for_each(|person| writeln!(out, "{}", json!(person)))?,
        Format::Csv => csv(&mut out, &header, all.iter().map(row))?,
    }
    out.flush()?;
    Ok(Ended::Well)
}

fn log(people: &People, limit: u32, output: &Output) -> anyhow::Result<Ended> {
    let entries = people.log(None, limit)?;
    let mut out = output::standard();
    let header = ["at", "who", "what", "about", "from"];
    let rows =
        entries.iter().map(|entry| vec![entry.at.clone(), entry.who.clone(), entry.what.clone(), entry.about.clone(), entry.place.clone()]);
    match output.format() {
        Format::Table => output::table(&mut out, &header, rows.collect())?,
        Format::Jsonl => entries.iter().try_for_each(|entry| writeln!(out, "{}", json!(entry)))?,
        Format::Csv => csv(&mut out, &header, rows)?,
    }
    out.flush()?;
    Ok(Ended::Well)
}

fn csv(out: &mut impl Write, header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> anyhow::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(header)?;
    for row in rows {
        writer.write_record(row)?;
    }
    writer.flush()?;
    Ok(())
}

fn token(people: &mut People, name: &str, label: &str, days: u16) -> anyhow::Result<Ended> {
    let (secret, token) = people.make_token(name, label, days, &by(), now()?)?;
    let mut out = output::standard();
    writeln!(out, "{}", secret.text())?;
    out.flush()?;
    terminal::tell(&format!("It holds until {} and is not shown again. Send it as `Authorization: Bearer TOKEN`.", token.expires));
    Ok(Ended::Well)
}

/// The people of a record that has some.
fn open(record: &RecordFile) -> anyhow::Result<People> {
    let found = People::of_record(&record.record)?;
    found.with_context(|| format!("{}: it has no people; `sayso people add NAME --role admin` adds the first", record.record.display()))
}

/// A password: asked for twice at a terminal, else the first line of standard input.
fn password(name: &str) -> anyhow::Result<String> {
    if !io::stdin().is_terminal() {
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line).context("standard input does not read")?;
        let password = line.trim_end_matches(['\r', '\n']);
        ensure!(!password.is_empty(), "no password was given; type it at a terminal, or send it as the first line of standard input");
        return Ok(password.to_owned());
    }
    let terminal = console::Term::stderr();
    let ask = |question: &str| -> anyhow::Result<String> {
        terminal.write_str(question)?;
        Ok(terminal.read_secure_line()?)
    };
    let password = ask(&format!("Password for {}: ", terminal::one_line(name)))?;
    if password != ask("The same again: ")? {
        bail!("the two passwords differ; nothing was changed");
    }
    Ok(password)
}

fn told(words: &str) -> anyhow::Result<Ended> {
    let mut out = output::standard();
    writeln!(out, "{}", terminal::one_line(words))?;
    out.flush()?;
    Ok(Ended::Well)
}

fn by() -> By {
    By::command_line(&terminal::user().unwrap_or_else(|| "somebody".to_owned()))
}

fn now() -> anyhow::Result<jiff::Timestamp> {
    Ok(terminal::now().parse()?)
}
