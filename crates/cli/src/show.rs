//! `sayso show`: one statement in its passage, with the words of every value.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use sayso::linking::{Linker, View, view};
use sayso::marks::{marks, range};
use sayso::types::Level;
use sayso::types::decision::{Action, SubjectKind};
use sayso::types::record::{DocumentRecord, PlaceRecord, StatementRecord};
use sayso::{Passage, passage};
use sayso_linking::account::Profile;
use sayso_store::{DecisionFilter, ErrorKind, Record, told};

use crate::arguments::AskedRecord;
use crate::ended::Ended;
use crate::marking::Style;
use crate::terminal::one_line;
use crate::{account, show_document, statement_rows};

#[derive(Args)]
pub(crate) struct Arguments {
    /// The id of an event (e-…), a relation (r-…), a series of estimates (n-…), a statement or a document, or the beginning of one.
    id: String,
    /// By whose convention one number is made of several that are told.
    #[arg(long, value_enum, default_value_t = Convention::Sources)]
    convention: Convention,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    record: AskedRecord,
}

/// By whose convention one number is made of several.
#[derive(Clone, Copy, ValueEnum)]
enum Convention {
    /// The value with most independent sources, then the nearest to the fact, then the latest.
    Sources,
    /// UCDP GED: low and high over all; best is the most reliable source's, and of equals the lowest.
    Ucdp,
    /// ACLED: the lowest that is reported.
    Acled,
    /// GTD: the newest of a reliable source that is not the perpetrator, and of equals the lowest.
    Gtd,
}

impl Convention {
    fn profile(self) -> Profile {
        match self {
            Convention::Sources => Profile::Sources,
            Convention::Ucdp => Profile::Ucdp,
            Convention::Acled => Profile::Acled,
            Convention::Gtd => Profile::Gtd,
        }
    }
}

/// Shows the event, relation, series, statement or document of the id.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Ended> {
    let record = arguments.record.open()?;
    let style = Style::of_output();
    let mut out = io::stdout().lock();
    if let Some(view) = group(&record, arguments)? {
        if arguments.json {
            writeln!(out, "{}", serde_json::to_string_pretty(&view)?)?;
        } else {
            account::write(&mut out, style, &view)?;
        }
        return Ok(Ended::Well);
    }
    match record.statement(&arguments.id) {
        Ok(statement) if arguments.json => writeln!(out, "{}", serde_json::to_string_pretty(&statement)?)?,
        Ok(statement) => statement_view(&mut out, style, &record, &statement)?,
        Err(error) if error.kind() == ErrorKind::Unknown => match record.document(&arguments.id) {
            Ok(document) => show_document::write(&mut out, style, &record, &document)?,
            Err(error) if error.kind() == ErrorKind::Unknown => {
                let file = record.path().display();
                anyhow::bail!(
                    "{file}: no statement or document has the id `{}` or one that begins so; `sayso statements` lists them",
                    arguments.id
                );
            }
            Err(error) => return Err(error.into()),
        },
        Err(error) => return Err(error.into()),
    }
    Ok(Ended::Well)
}

/// The event, relation or series that is asked for; `None` where the id is another thing's.
fn group(record: &Record, arguments: &Arguments) -> anyhow::Result<Option<View>> {
    if !["e-", "r-", "n-"].iter().any(|kind| arguments.id.starts_with(kind)) {
        return Ok(None);
    }
    let id = match record.group(&arguments.id) {
        Ok(group) => group.record.id,
        Err(error) if error.kind() == ErrorKind::Unknown => {
            anyhow::bail!("{error}; `sayso events`, `relations` and `estimates` list them")
        }
        Err(error) => return Err(error.into()),
    };
    Ok(view(&Linker::embedded()?, record.reading(), &id, arguments.convention.profile())?)
}

fn statement_view(out: &mut impl Write, style: Style, record: &Record, statement: &StatementRecord) -> anyhow::Result<()> {
    let document = record.document(&statement.document_id)?.record;
    let title = format!("{} {}", statement.proposition.kind(), statement_rows::what(statement));
    writeln!(out, "{}  {}\n", style.strong(&title), style.faint(&statement.id))?;
    let marks = marks(statement);
    let words = &statement.evidence.words;
    let Passage { before, sentence, after } = passage(&document, words.start..words.end)?;
    let part = |range| one_line(&sayso::marks::pieces(&document.text, range, &[], &[]).iter().map(|piece| piece.text).collect::<String>());
    if let Some(before) = before {
        writeln!(out, "    {}", style.faint(&part(before)))?;
    }
    writeln!(out, "  > {}", style.marked(&document.text, sentence, &marks))?;
    if let Some(after) = after {
        writeln!(out, "    {}", style.faint(&part(after)))?;
    }
    if let Some(legend) = style.legend(&marks) {
        writeln!(out, "\n    {legend}")?;
    }
    writeln!(out)?;
    values(out, statement)?;
    reviews(out, record, statement)?;
    writeln!(out, "\n{}", style.strong("In the document"))?;
    document_lines(out, &document)?;
    Ok(())
}

/// What people decided of it and what holds: accepted, rejected, corrected, by whom, when and why.
fn reviews(out: &mut impl Write, record: &Record, statement: &StatementRecord) -> anyhow::Result<()> {
    let filter = DecisionFilter {
        about: Some((SubjectKind::Statement, statement.id.clone())),
        actions: ["write", "accept", "reject", "correct"].map(str::to_owned).to_vec(),
        only_holding: true,
        ..DecisionFilter::default()
    };
    for decision in record.decisions(&filter)? {
        let what = match &decision.action {
            Action::Write { .. } => "written".to_owned(),
            Action::Accept { .. } => "accepted".to_owned(),
            Action::Reject { .. } => "rejected".to_owned(),
            action => told(action),
        };
        let why = if decision.why.is_empty() { String::new() } else { format!(": {}", decision.why) };
        value(out, "review", &format!("{what}, decision {} by {}, {}{why}", decision.id, decision.who, decision.at), None)?;
    }
    Ok(())
}

/// One value of a statement: what it is, what it means, and its words with their offsets.
fn value(out: &mut impl Write, name: &str, meaning: &str, words: Option<(&str, usize, usize)>) -> io::Result<()> {
    let words = words.map_or_else(String::new, |(text, start, end)| format!("  “{}” {start}–{end}", one_line(text)));
    writeln!(out, "  {name:<15}{}{words}", one_line(meaning))
}

fn values(out: &mut impl Write, statement: &StatementRecord) -> io::Result<()> {
    let trigger = &statement.evidence.trigger;
    value(out, "said in", "", Some((&trigger.text, trigger.start, trigger.end)))?;
    for again in &statement.evidence.also {
        value(out, "and again in", &one_line(&again.words.text), Some((&again.trigger.text, again.trigger.start, again.trigger.end)))?;
    }
    for role in &statement.roles {
        let meaning = registered(role.name.as_deref(), role.actor_id.as_deref());
        value(out, role.role.as_str(), &meaning, Some((&role.words.text, role.words.start, role.words.end)))?;
    }
    if let Some(place) = &statement.place {
        value(out, "place", &place_meaning(place), Some((&place.words.text, place.words.start, place.words.end)))?;
    }
    if let Some(time) = &statement.time {
        let meaning = format!("{} (ACLED precision {}, UCDP {}){}", time.edtf, time.time_precision, time.date_prec, elsewhere(time.level));
        value(out, "time", &meaning, Some((&time.words.text, time.words.start, time.words.end)))?;
    }
    for quantity in &statement.quantities {
        let meaning = format!("{} ({})", range(quantity.low, quantity.best, quantity.high), quantity.rule.as_str());
        value(out, quantity.of.as_str(), &meaning, Some((&quantity.words.text, quantity.words.start, quantity.words.end)))?;
    }
    let hedge = statement.hedge.as_ref().map(|hedge| (hedge.text.as_str(), hedge.start, hedge.end));
    let said = if statement.negated { "said not to be so" } else { "said to be so" };
    value(out, "how surely", &format!("{}, {said}, {}", statement.modality.as_str(), statement.tense.as_str()), hedge)?;
    sources(out, statement)?;
    let coder = &statement.coder;
    if coder.is_person() {
        return value(out, "coded by", "no program: a person wrote it", None);
    }
    value(out, "rule", &format!("{}, confidence {:.2}", coder.rule, statement.confidence), None)?;
    value(out, "coded by", &format!("sayso {} with {}", coder.version, coder.model), None)
}

fn sources(out: &mut impl Write, statement: &StatementRecord) -> io::Result<()> {
    if statement.attribution.is_empty() {
        value(out, "who says so", "the document itself", None)?;
    }
    for (depth, link) in statement.attribution.iter().enumerate() {
        let name = if depth == 0 { "who says so".to_owned() } else { format!("{}citing", "  ".repeat(depth)) };
        let who = registered(link.name.as_deref(), link.actor_id.as_deref());
        let meaning = format!("{who} ({}), by “{}” {}–{}", link.kind.as_str(), link.cue, link.cue_start, link.cue_end);
        value(out, &name, &meaning, Some((&link.source, link.start, link.end)))?;
    }
    for stance in &statement.responsibility {
        let meaning = registered(stance.name.as_deref(), stance.actor_id.as_deref());
        value(out, stance.stance.as_str(), &meaning, Some((&stance.by, stance.start, stance.end)))?;
    }
    if statement.unclaimed {
        value(out, "claimed", "by nobody, it is said", None)?;
    }
    Ok(())
}

fn registered(name: Option<&str>, id: Option<&str>) -> String {
    match (name, id) {
        (Some(name), Some(id)) => format!("{name} ({id})"),
        (Some(name), None) => name.to_owned(),
        (None, _) => "not in the registry".to_owned(),
    }
}

fn place_meaning(place: &PlaceRecord) -> String {
    let parts = [place.name.as_deref(), place.admin1.as_deref(), place.country.as_deref()];
    let mut parts: Vec<&str> = parts.into_iter().flatten().collect();
    parts.dedup();
    if parts.is_empty() {
        return format!("not in the gazetteer{}", elsewhere(place.level));
    }
    let mut text = parts.join(", ");
    if let (Some(latitude), Some(longitude)) = (place.latitude, place.longitude) {
        text = format!("{text}, {latitude:.4} {longitude:.4}");
    }
    if let Some(id) = place.geonames_id {
        text = format!("{text}, GeoNames {id}");
    }
    if let (Some(acled), Some(ucdp)) = (place.geo_precision, place.where_prec) {
        text = format!("{text} (ACLED precision {}, UCDP {})", acled.0, ucdp.0);
    }
    format!("{text}{}", elsewhere(place.level))
}

fn elsewhere(level: Level) -> &'static str {
    if level == Level::Context { ", from elsewhere in the report" } else { "" }
}

/// What is known of a document, one thing a line.
pub(crate) fn document_lines(out: &mut impl Write, document: &DocumentRecord) -> io::Result<()> {
    let found = document.published_found.and_then(|found| Some(serde_json::to_value(found).ok()?.as_str()?.to_owned()));
    let published = document.published.as_ref().map(|date| format!("{date} (found: {})", found.unwrap_or_default()));
    let language = if document.coded { document.language.clone() } else { format!("{}, not coded", document.language) };
    let lines = [
        ("title", document.title.clone()),
        ("byline", document.byline.clone()),
        ("publisher", document.publisher.clone()),
        ("credit", document.credit.as_ref().map(|credit| credit.name.clone())),
        ("published", Some(published.unwrap_or_else(|| "unknown".to_owned()))),
        ("address", document.url.clone()),
        ("retrieved", document.retrieved.clone()),
        ("language", Some(language)),
        ("id", Some(document.id.clone())),
        ("SHA-256", Some(document.raw_sha256.clone())),
    ];
    for (name, text) in lines {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            value(out, name, &text, None)?;
        }
    }
    Ok(())
}
