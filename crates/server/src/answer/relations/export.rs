//! How is a network written for other programs? As GraphML, as GEXF with the days between which each relation held, and as two tables.

use std::fmt::Write as _;

use quick_xml::escape::escape;
use sayso_linking::relation::Period;

use super::standing::{begin, end};
use super::{NetworkAnswer, Tied};

/// An attribute of relations: its name, its type in GraphML and GEXF, and its value.
type Column = (&'static str, &'static str, fn(&Tied) -> String);

const COLUMNS: [Column; 9] = [
    ("type", "string", |tied| tied.type_code.clone()),
    ("mode", "string", |tied| tied.mode.clone().unwrap_or_default()),
    ("first_cited", "string", |tied| tied.earliest.clone().unwrap_or_default()),
    ("last_cited", "string", |tied| tied.latest.clone().unwrap_or_default()),
    ("start", "string", |tied| tied.periods.first().and_then(|period| period.start.clone()).unwrap_or_default()),
    ("end", "string", |tied| tied.periods.last().and_then(|period| period.end.clone()).unwrap_or_default()),
    ("ended", "boolean", |tied| tied.ended.to_string()),
    ("sources", "integer", |tied| tied.sources.to_string()),
    ("periods", "string", |tied| tied.periods.iter().map(interval).collect::<Vec<_>>().join("; ")),
];

/// A period as an EDTF interval; an end that nobody told is open.
fn interval(period: &Period) -> String {
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let last = if period.ended { day(end(period)) } else { "..".to_owned() };
    format!("{}/{last}", day(begin(period)))
}

/// Each relation with its direction.
fn relations(network: &NetworkAnswer) -> impl Iterator<Item = &Tied> {
    network.edges.iter().flat_map(|edge| &edge.relations)
}

/// The ids that edges lead to and that are no nodes: ends without an id in the registry.
fn missing(network: &NetworkAnswer) -> Vec<&str> {
    let mut ids: Vec<&str> = relations(network).flat_map(|tied| [tied.from.as_str(), tied.to.as_str()]).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.retain(|id| !network.nodes.iter().any(|node| node.id == *id));
    ids
}

/// The actors by id and name.
fn actors(network: &NetworkAnswer) -> Vec<(&str, &str)> {
    let named = network.nodes.iter().map(|node| (node.id.as_str(), node.name.as_str()));
    named.chain(missing(network).into_iter().map(|id| (id, id))).collect()
}

/// The network as GraphML.
pub(crate) fn graphml(network: &NetworkAnswer) -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n  <key id=\"name\" for=\"node\" attr.name=\"name\" attr.type=\"string\"/>\n",
    );
    for (name, kind, _) in COLUMNS {
        let kind = if kind == "integer" { "int" } else { kind };
        let _ = writeln!(text, "  <key id=\"{name}\" for=\"edge\" attr.name=\"{name}\" attr.type=\"{kind}\"/>");
    }
    text.push_str("  <graph edgedefault=\"directed\">\n");
    for (id, name) in actors(network) {
        let _ = writeln!(text, "    <node id=\"{}\"><data key=\"name\">{}</data></node>", clean(id), clean(name));
    }
    for tied in relations(network) {
        let ends = format!("source=\"{}\" target=\"{}\"", clean(&tied.from), clean(&tied.to));
        let _ = write!(text, "    <edge id=\"{}\" {ends} directed=\"{}\">", clean(&tied.id), !tied.symmetric);
        for (name, _, value) in COLUMNS {
            let _ = write!(text, "<data key=\"{name}\">{}</data>", clean(&value(tied)));
        }
        text.push_str("</edge>\n");
    }
    text.push_str("  </graph>\n</graphml>\n");
    text
}

/// The network as GEXF 1.3, its relations with the days between which they held.
pub(crate) fn gexf(network: &NetworkAnswer) -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n  <graph mode=\"dynamic\" timeformat=\"date\" timerepresentation=\"interval\" defaultedgetype=\"directed\">\n    <attributes class=\"edge\" mode=\"static\">\n",
    );
    for (at, (name, kind, _)) in COLUMNS.iter().enumerate() {
        let _ = writeln!(text, "      <attribute id=\"{at}\" title=\"{name}\" type=\"{kind}\"/>");
    }
    text.push_str("    </attributes>\n    <nodes>\n");
    for (id, name) in actors(network) {
        let _ = writeln!(text, "      <node id=\"{}\" label=\"{}\"/>", clean(id), clean(name));
    }
    text.push_str("    </nodes>\n    <edges>\n");
    for tied in relations(network) {
        let kind = if tied.symmetric { "undirected" } else { "directed" };
        let ends = format!("source=\"{}\" target=\"{}\"", clean(&tied.from), clean(&tied.to));
        let label = tied.type_code.replace('_', " ");
        let _ = write!(text, "      <edge id=\"{}\" {ends} type=\"{kind}\" label=\"{}\">", clean(&tied.id), clean(&label));
        text.push_str("<attvalues>");
        for (at, (_, _, value)) in COLUMNS.iter().enumerate() {
            let _ = write!(text, "<attvalue for=\"{at}\" value=\"{}\"/>", clean(&value(tied)));
        }
        text.push_str("</attvalues>");
        spells(&mut text, &tied.periods);
        text.push_str("</edge>\n");
    }
    text.push_str("    </edges>\n  </graph>\n</gexf>\n");
    text
}

/// The days between which a relation held; without an end where nobody told it.
fn spells(text: &mut String, periods: &[Period]) {
    let dated: Vec<&Period> = periods.iter().filter(|period| begin(period).is_some()).collect();
    if dated.is_empty() {
        return;
    }
    text.push_str("<spells>");
    for period in dated {
        let start = begin(period).map(|day| format!(" start=\"{day}\"")).unwrap_or_default();
        let until = end(period).filter(|_| period.ended).map(|day| format!(" end=\"{day}\"")).unwrap_or_default();
        let _ = write!(text, "<spell{start}{until}/>");
    }
    text.push_str("</spells>");
}

/// A text for XML: escaped, and without the signs that XML has no way to write.
fn clean(text: &str) -> String {
    let text: String = text.chars().filter(|sign| !sign.is_control() || matches!(sign, '\t' | '\n' | '\r')).collect();
    escape(&text).into_owned()
}

/// The actors as a table.
pub(crate) fn nodes_csv(network: &NetworkAnswer) -> Result<String, csv::Error> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(["id", "name"])?;
    for (id, name) in actors(network) {
        table.write_record([cell(id), cell(name)])?;
    }
    written(table)
}

/// The relations as a table.
pub(crate) fn edges_csv(network: &NetworkAnswer) -> Result<String, csv::Error> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(["id", "from", "to", "symmetric"].into_iter().chain(COLUMNS.iter().map(|(name, ..)| *name)))?;
    for tied in relations(network) {
        let ends = [&tied.id, &tied.from, &tied.to, &tied.symmetric.to_string()].map(|text| cell(text));
        table.write_record(ends.into_iter().chain(COLUMNS.iter().map(|(_, _, value)| cell(&value(tied)))))?;
    }
    written(table)
}

fn written(table: csv::Writer<Vec<u8>>) -> Result<String, csv::Error> {
    let bytes = table.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A cell that no program of tables takes for a formula.
fn cell(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}
