//! `sayso events`, `relations`, `estimates`: what the statements of all documents speak of together.

use std::io::{self, Write};

use anyhow::{Context, ensure};
use clap::Args;
use clap::builder::PossibleValuesParser;
use sayso::rows::{self, group::span};
use sayso::types::Edtf;
use sayso::types::decision::Status;
use sayso::types::record::{GroupKind, GroupRecord};
use sayso_store::Record;
use sayso_store::query::{Area, AreaFilter, Direction, GroupFilter, Imprecise, Overlap, Paging, Standing, Window};

use crate::account::title;
use crate::arguments::AskedRecord;
use crate::ended::Ended;
use crate::filter::types;
use crate::output::{self, Format, Output, TABLE_ROWS};
use crate::statements::unwrapped;
use crate::terminal::{self, one_line};

#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    which: Which,
    /// Only events within so many kilometres of a point: LATITUDE,LONGITUDE,KM in degrees.
    #[arg(long, value_name = "LAT,LON,KM", allow_hyphen_values = true, conflicts_with_all = ["types", "countries", "actors", "statuses"])]
    near: Option<String>,
    /// Only events within a polygon: a GeoJSON file with one (a Polygon, or a Feature of one); its outer ring counts.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["near", "types", "countries", "actors", "statuses"])]
    within: Option<std::path::PathBuf>,
    /// With --near and --within: leave out events whose place is only known as a province or country.
    #[arg(long)]
    exact: bool,
    /// Only relations that an actor can have stood in on a date (2017-08-31): with --actor, and both directions.
    #[arg(long, value_name = "DATE", requires = "actors")]
    on: Option<Edtf>,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    record: AskedRecord,
}

#[derive(Args)]
struct Which {
    /// Type: assault, coerce, allied_with, strength and so on.
    #[arg(long = "type", value_name = "TYPE", value_parser = PossibleValuesParser::new(types()), hide_possible_values = true)]
    types: Vec<String>,
    /// In which country: its code (AFG).
    #[arg(long = "country", value_name = "CODE")]
    countries: Vec<String>,
    /// Who takes part: an actor's id (`sayso actors` lists them), or exactly the name of one that has none.
    #[arg(long = "actor", value_name = "ID")]
    actors: Vec<String>,
    /// How far events are established.
    #[arg(long = "status", value_name = "STATUS", value_parser = PossibleValuesParser::new(statuses()))]
    statuses: Vec<String>,
    /// Told by at least so many independent sources.
    #[arg(long, value_name = "NUMBER", default_value_t = 0, hide_default_value = true)]
    sources: u64,
    /// Only those on which independent sources differ.
    #[arg(long)]
    disputed: bool,
    /// Not wholly before this date (2017, 2017-08, 2017-08-31).
    #[arg(long, value_name = "DATE")]
    since: Option<Edtf>,
    /// Not wholly after this date.
    #[arg(long, value_name = "DATE")]
    until: Option<Edtf>,
    /// With --since and --until: only those that lie between them whatever their times mean.
    #[arg(long)]
    certain: bool,
    /// Told on this date or later.
    #[arg(long, value_name = "DATE")]
    told_since: Option<Edtf>,
    /// Round-ups too ("attacks in recent months"), which are no single events.
    #[arg(long)]
    round_ups: bool,
    /// At most so many; 0 for all [default: 50 in a table, else all].
    #[arg(long, value_name = "NUMBER")]
    limit: Option<u64>,
}

/// How many are asked for at a time.
const PAGE: usize = 500;

/// Lists the groups of a kind.
pub(crate) fn run(arguments: &Arguments, kind: GroupKind) -> anyhow::Result<Ended> {
    let record = arguments.record.open()?;
    if record.reading().seen()? == 0 {
        terminal::tell("sayso: this record has not been linked yet; `sayso link` makes events of its statements");
    }
    let format = arguments.output.format();
    let limit = match arguments.which.limit {
        None if format == Format::Table => TABLE_ROWS,
        None | Some(0) => u64::MAX,
        Some(limit) => limit,
    };
    let listed = listed(&record, arguments, kind, usize::try_from(limit).unwrap_or(usize::MAX))?;
    match format {
        Format::Table => table(&listed, kind)?,
        Format::Jsonl => {
            let mut out = output::standard();
            listed.groups.iter().try_for_each(|(group, _)| writeln!(out, "{}", serde_json::to_string(group)?))?;
            out.flush()?;
        }
        Format::Csv => csv(&listed)?,
    }
    if let Some(rest) = listed.rest.filter(|_| format == Format::Table) {
        terminal::tell(&rest);
    }
    Ok(Ended::Well)
}

/// Groups, each with what is to be said beside it, and what is to be said beneath them.
struct Listed {
    groups: Vec<(GroupRecord, String)>,
    rest: Option<String>,
}

fn listed(record: &Record, arguments: &Arguments, kind: GroupKind, limit: usize) -> anyhow::Result<Listed> {
    let area = match (&arguments.near, &arguments.within) {
        (Some(near), _) => Some(circle(near)?),
        (None, Some(path)) => Some(polygon(path)?),
        (None, None) => None,
    };
    match (area, &arguments.on) {
        (Some(area), _) if kind == GroupKind::Event => events_within(record, arguments, area, limit),
        (_, Some(on)) if kind == GroupKind::Relation => relations_on(record, arguments, on, limit),
        _ => all(record, arguments, kind, limit),
    }
}

fn all(record: &Record, arguments: &Arguments, kind: GroupKind, limit: usize) -> anyhow::Result<Listed> {
    let which = &arguments.which;
    let mut filter = GroupFilter {
        kinds: vec![kind],
        types: which.types.clone(),
        countries: which.countries.iter().map(|code| code.to_uppercase()).collect(),
        actors: which.actors.clone(),
        all_actors: Vec::new(),
        statuses: which.statuses.clone(),
        least_sources: which.sources,
        disputed: which.disputed.then_some(true),
        aggregate: (!which.round_ups && kind == GroupKind::Event).then_some(false),
        time: window(which),
        told_since: which.told_since.clone(),
        paging: Paging::default(),
    };
    let mut groups = Vec::new();
    loop {
        filter.paging.limit = PAGE.min(limit - groups.len());
        let page = record.groups(&filter)?;
        groups.extend(page.items.into_iter().map(|group| (group, String::new())));
        filter.paging.after = page.next;
        if filter.paging.after.is_none() || groups.len() >= limit {
            break;
        }
    }
    let rest = match (groups.len(), &filter.paging.after) {
        (0, _) => Some(format!("No {}s match. Leave out a filter, or see `sayso summary` for what there is.", kind.as_str())),
        (_, None) => None,
        (shown, Some(_)) => Some(format!("{shown} of {} {}s; --limit 0 shows all", record.count_groups(&filter)?, kind.as_str())),
    };
    Ok(Listed { groups, rest })
}

fn window(which: &Which) -> Option<Window> {
    let overlap = if which.certain { Overlap::Certain } else { Overlap::Possible };
    let asked = which.since.is_some() || which.until.is_some();
    asked.then(|| Window { since: which.since.clone(), until: which.until.clone(), overlap })
}

fn events_within(record: &Record, arguments: &Arguments, area: Area, limit: usize) -> anyhow::Result<Listed> {
    let imprecise = if arguments.exact { Imprecise::LeftOut } else { Imprecise::Kept };
    let paging = Paging { limit: limit.min(10_000), after: None };
    let found = record.events_within(&AreaFilter { area, time: window(&arguments.which), imprecise, paging })?;
    let beside = |event: &sayso_store::query::PlacedEvent| match (event.imprecise, event.km) {
        (true, _) => "somewhere in this area".to_owned(),
        (false, Some(km)) => format!("{km:.0} km"),
        (false, None) => String::new(),
    };
    let shown = found.events.items.len();
    let groups = found.events.items.iter().map(|event| (event.record.clone(), beside(event))).collect();
    let rest = format!(
        "{shown} of {} events; {} of them only known as a larger area; {} there without a known time; {} with no place that could be found",
        found.all, found.imprecise, found.without_time, found.without_place
    );
    Ok(Listed { groups, rest: Some(rest) })
}

fn relations_on(record: &Record, arguments: &Arguments, on: &Edtf, limit: usize) -> anyhow::Result<Listed> {
    let mut groups = Vec::new();
    for actor in &arguments.which.actors {
        let paging = Paging { limit: limit.min(10_000), after: None };
        for relation in record.relations_of(actor, on, &paging)?.items {
            let standing = match relation.standing {
                Standing::Cited => "cited before and after",
                Standing::LastCited => "last cited before",
                Standing::Undated => "undated",
            };
            let direction = if relation.direction == Direction::Outward { "" } else { "to it, " };
            groups.push((relation.record, format!("{direction}{standing}")));
        }
    }
    let rest = groups.is_empty().then(|| format!("No relations are told for {on}; --until {on} finds earlier ones"));
    Ok(Listed { groups, rest })
}

fn circle(text: &str) -> anyhow::Result<Area> {
    let numbers: Vec<f64> = text.split(',').filter_map(|number| number.trim().parse().ok()).collect();
    let [latitude, longitude, km] = numbers[..] else {
        anyhow::bail!("`{text}` is not LATITUDE,LONGITUDE,KM; write, for 50 km around Kabul, 34.53,69.17,50");
    };
    let sound = (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude) && km > 0.0;
    ensure!(sound, "`{text}`: a latitude lies between -90 and 90, a longitude between -180 and 180, and kilometres are more than 0");
    Ok(Area::Circle { latitude, longitude, km })
}

fn polygon(path: &std::path::Path) -> anyhow::Result<Area> {
    let text = std::fs::read_to_string(path).with_context(|| format!("{}: it cannot be read", path.display()))?;
    let json: serde_json::Value = serde_json::from_str(&text).with_context(|| format!("{}: it is not JSON", path.display()))?;
    let geometry = if json["type"] == "Feature" { &json["geometry"] } else { &json };
    let ring: Option<Vec<[f64; 2]>> =
        serde_json::from_value(geometry["coordinates"][0].clone()).ok().filter(|_| geometry["type"] == "Polygon");
    let ring = ring.filter(|ring| ring.len() >= 3);
    Ok(Area::Polygon(ring.with_context(|| format!("{}: it holds no GeoJSON Polygon of three points or more", path.display()))?))
}

fn table(listed: &Listed, kind: GroupKind) -> anyhow::Result<()> {
    if listed.groups.is_empty() {
        return Ok(());
    }
    let beside = listed.groups.iter().any(|(_, beside)| !beside.is_empty());
    let mut header = match kind {
        GroupKind::Event => vec!["id", "when", "what", "killed", "status", "sources"],
        GroupKind::Relation => vec!["id", "first cited", "last cited", "what", "sources"],
        GroupKind::Estimate => vec!["id", "last", "what", "number", "sources"],
    };
    if beside {
        header.push("");
    }
    let rows = listed.groups.iter().map(|(group, at)| {
        let mut row = row(group, kind);
        if beside {
            row.push(at.clone());
        }
        row
    });
    Ok(output::table(&mut io::stdout().lock(), &header, rows.collect())?)
}

fn row(group: &GroupRecord, kind: GroupKind) -> Vec<String> {
    let known = |text: &Option<String>| text.clone().unwrap_or_default();
    let sources = format!("{} in {}", group.sources, group.documents);
    let id = group.id.chars().take(10).collect::<String>();
    let what = one_line(&title(&GroupRecord { time: None, ..group.clone() }));
    match kind {
        GroupKind::Event => {
            let killed = group.counts.iter().find(|count| count.of == sayso::types::QuantityOf::Killed);
            let killed = killed.map(|count| span(count.least, count.most)).unwrap_or_default();
            let disputed = if group.disputed.is_empty() { "" } else { "*" };
            vec![id, known(&group.time), what, format!("{killed}{disputed}"), known(&group.status), sources]
        }
        GroupKind::Relation => {
            let ended = if group.ended { ", ended" } else { "" };
            vec![id, known(&group.earliest), format!("{}{ended}", known(&group.latest)), what, sources]
        }
        GroupKind::Estimate => {
            let number = group.counts.first().map(|count| span(count.least, count.most)).unwrap_or_default();
            vec![id, known(&group.latest), what, number, sources]
        }
    }
}

fn csv(listed: &Listed) -> anyhow::Result<()> {
    let mut out = csv::Writer::from_writer(output::standard());
    out.write_record(rows::group::COLUMNS).map_err(unwrapped)?;
    for (group, _) in &listed.groups {
        out.write_record(rows::group::values(group)).map_err(unwrapped)?;
    }
    Ok(out.flush()?)
}

fn statuses() -> Vec<&'static str> {
    Status::ALL.iter().map(|status| status.as_str()).collect()
}
