//! How is a network of relations written for Gephi and other programs? As GraphML, as GEXF with the days between which each relation held,
//! and as two tables.

use std::fmt::Write as _;

use jiff::civil::Date;
use sayso::rows::inert;
use sayso_linking::relation::Period;
use sayso_types::record::GroupParty;
use sayso_types::{Edtf, RelationType, RoleName};

use crate::Error;
use crate::told::{Export, Written};
use crate::xml::clean;

/// Actors and how they stand to each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Network {
    /// The actors, by id.
    pub actors: Vec<Node>,
    /// The relations.
    pub ties: Vec<Tie>,
    /// What this is, for formats that have a place for it.
    pub about: String,
}

/// An actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The registry's id; of whoever has none, the name.
    pub id: String,
    /// What to call it.
    pub name: String,
    /// What the registry says it is; empty where it does not have it.
    pub kind: String,
}

/// A relation of two actors.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tie {
    /// Its id.
    pub id: String,
    /// The type's code.
    pub type_code: String,
    /// The mode's code.
    pub mode: Option<String>,
    /// From whom.
    pub from: String,
    /// To whom.
    pub to: String,
    /// When it held, as told.
    pub periods: Vec<Period>,
    /// The first day of which it is told.
    pub earliest: Option<String>,
    /// The last day of which it is told.
    pub latest: Option<String>,
    /// Whether it is told to have ended.
    pub ended: bool,
    /// How many independent sources tell it.
    pub sources: u64,
    /// How many statements say that it does not hold, where that is known.
    pub denied: Option<u64>,
    /// The first sentence that tells it; empty where it was not asked for.
    pub words: String,
    /// The addresses of the reports; empty where they were not asked for.
    pub urls: String,
}

impl Tie {
    /// Whether it reads the same both ways.
    pub fn is_symmetric(&self) -> bool {
        RelationType::of_str(&self.type_code).is_some_and(RelationType::is_symmetric)
    }
}

/// The first day on which a period can have held.
pub fn begin(period: &Period) -> Option<Date> {
    let told = period.start.as_deref().and_then(|start| start.parse::<Edtf>().ok()).and_then(|start| start.earliest());
    match (told, period.first_cited) {
        (Some(told), Some(cited)) => Some(told.min(cited)),
        (told, cited) => told.or(cited),
    }
}

/// The last day on which a period is told to have held: its end, else the last day of which it is told.
pub fn end(period: &Period) -> Option<Date> {
    let told = period.end.as_deref().and_then(|end| end.parse::<Edtf>().ok()).and_then(|end| end.latest());
    told.or(period.last_cited)
}

/// An attribute of relations: its name, its type in GraphML and GEXF, and its value; `None` where it is unknown.
type Column = (&'static str, &'static str, fn(&Tie) -> Option<String>);

const COLUMNS: [Column; 13] = [
    ("type", "string", |tie| Some(tie.type_code.clone())),
    ("symmetric", "boolean", |tie| Some(tie.is_symmetric().to_string())),
    ("mode", "string", |tie| tie.mode.clone()),
    ("first_cited", "string", |tie| tie.earliest.clone()),
    ("last_cited", "string", |tie| tie.latest.clone()),
    ("start", "string", |tie| tie.periods.first().and_then(|period| period.start.clone())),
    ("end", "string", |tie| tie.periods.last().and_then(|period| period.end.clone())),
    ("ended", "boolean", |tie| Some(tie.ended.to_string())),
    ("sources", "integer", |tie| Some(tie.sources.to_string())),
    ("periods", "string", |tie| known(tie.periods.iter().map(interval).collect::<Vec<_>>().join("; "))),
    ("denied", "integer", |tie| tie.denied.map(|denied| denied.to_string())),
    ("words", "string", |tie| known(tie.words.clone())),
    ("urls", "string", |tie| known(tie.urls.clone())),
];

fn known(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

/// A period as an EDTF interval; an end that nobody told is open.
fn interval(period: &Period) -> String {
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let last = if period.ended { day(end(period)) } else { "..".to_owned() };
    format!("{}/{last}", day(begin(period)))
}

impl Network {
    /// The network of the relations that a question finds.
    ///
    /// # Errors
    /// What the store says.
    pub fn of(export: &Export<'_>) -> Result<(Network, Written), Error> {
        let mut network = Network { about: about(export)?, ..Network::default() };
        let mut written = Written::default();
        export.each_relation(|told| {
            let party = |role: RoleName| told.group.parties.iter().find(|party| party.role == role);
            let (Some(from), Some(to)) = (party(RoleName::Actor), party(RoleName::Recipient)) else {
                written.leave_out("with one end only");
                return Ok(());
            };
            let group = &told.group;
            network.ties.push(Tie {
                id: group.id.clone(),
                type_code: group.type_code.clone(),
                mode: group.mode.clone(),
                from: node_id(from),
                to: node_id(to),
                periods: told.relation.periods.clone(),
                earliest: group.earliest.clone(),
                latest: group.latest.clone(),
                ended: group.ended,
                sources: group.sources,
                denied: Some(told.relation.denied.len() as u64),
                words: told.cited.first().map(|cited| crate::view::one_line(&cited.statement.evidence.words.text)).unwrap_or_default(),
                urls: crate::view::joined(told.cited.iter().filter_map(|cited| crate::view::web(&cited.document))),
            });
            for party in [from, to] {
                let kind = export.actor(party).map(|actor| actor.kind.as_str().to_owned()).unwrap_or_default();
                network.actors.push(Node { id: node_id(party), name: party.name.clone(), kind });
            }
            written.written += 1;
            Ok(())
        })?;
        network.settle();
        Ok((network, written))
    }

    /// Brings actors and ties in order, each actor once, and adds the ends that no actor stands for.
    pub fn settle(&mut self) {
        self.ties.sort_by(|one, other| one.id.cmp(&other.id));
        self.actors.sort_by(|one, other| (&one.id, &one.name).cmp(&(&other.id, &other.name)));
        self.actors.dedup_by(|one, other| one.id == other.id);
        let mut ends: Vec<&String> = self.ties.iter().flat_map(|tie| [&tie.from, &tie.to]).collect();
        ends.sort_unstable();
        ends.dedup();
        let missing: Vec<Node> = ends
            .into_iter()
            .filter(|end| !self.actors.iter().any(|node| node.id == **end))
            .map(|end| Node { id: end.clone(), name: end.clone(), kind: String::new() })
            .collect();
        self.actors.extend(missing);
    }

    /// The network as GraphML.
    pub fn graphml(&self) -> String {
        let mut text = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n  <desc>{}</desc>\n  <key id=\"name\" for=\"node\" attr.name=\"name\" attr.type=\"string\"/>\n  <key id=\"kind\" for=\"node\" attr.name=\"kind\" attr.type=\"string\"/>\n",
            clean(&self.about)
        );
        for (name, kind, _) in COLUMNS {
            let kind = if kind == "integer" { "int" } else { kind };
            let _ = writeln!(text, "  <key id=\"{name}\" for=\"edge\" attr.name=\"{name}\" attr.type=\"{kind}\"/>");
        }
        text.push_str("  <graph edgedefault=\"directed\">\n");
        for node in &self.actors {
            let kind = if node.kind.is_empty() { String::new() } else { format!("<data key=\"kind\">{}</data>", clean(&node.kind)) };
            let _ = writeln!(text, "    <node id=\"{}\"><data key=\"name\">{}</data>{kind}</node>", clean(&node.id), clean(&node.name));
        }
        for tie in &self.ties {
            // Every edge is directed, for readers that know no graphs of both kinds; `symmetric` tells those that read both ways.
            let ends = format!("source=\"{}\" target=\"{}\"", clean(&tie.from), clean(&tie.to));
            let _ = write!(text, "    <edge id=\"{}\" {ends}>", clean(&tie.id));
            for (name, value) in COLUMNS.iter().filter_map(|(name, _, value)| Some((name, value(tie)?))) {
                let _ = write!(text, "<data key=\"{name}\">{}</data>", clean(&value));
            }
            text.push_str("</edge>\n");
        }
        text.push_str("  </graph>\n</graphml>\n");
        text
    }

    /// The network as GEXF 1.3, its relations with the days between which they held.
    pub fn gexf(&self) -> String {
        let mut text = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n  <meta><creator>sayso</creator><description>{}</description></meta>\n  <graph mode=\"dynamic\" timeformat=\"date\" timerepresentation=\"interval\" defaultedgetype=\"directed\">\n    <attributes class=\"node\" mode=\"static\"><attribute id=\"kind\" title=\"kind\" type=\"string\"/></attributes>\n    <attributes class=\"edge\" mode=\"static\">\n",
            clean(&self.about)
        );
        for (at, (name, kind, _)) in COLUMNS.iter().enumerate() {
            let _ = writeln!(text, "      <attribute id=\"{at}\" title=\"{name}\" type=\"{kind}\"/>");
        }
        text.push_str("    </attributes>\n    <nodes>\n");
        for node in &self.actors {
            let kind = if node.kind.is_empty() {
                String::new()
            } else {
                format!("<attvalues><attvalue for=\"kind\" value=\"{}\"/></attvalues>", clean(&node.kind))
            };
            let _ = writeln!(text, "      <node id=\"{}\" label=\"{}\">{kind}</node>", clean(&node.id), clean(&node.name));
        }
        text.push_str("    </nodes>\n    <edges>\n");
        for tie in &self.ties {
            let kind = if tie.is_symmetric() { "undirected" } else { "directed" };
            let ends = format!("source=\"{}\" target=\"{}\"", clean(&tie.from), clean(&tie.to));
            let label = tie.type_code.replace('_', " ");
            let _ = write!(text, "      <edge id=\"{}\" {ends} type=\"{kind}\" label=\"{}\">", clean(&tie.id), clean(&label));
            text.push_str("<attvalues>");
            for (at, value) in COLUMNS.iter().enumerate().filter_map(|(at, (_, _, value))| Some((at, value(tie)?))) {
                let _ = write!(text, "<attvalue for=\"{at}\" value=\"{}\"/>", clean(&value));
            }
            text.push_str("</attvalues>");
            spells(&mut text, &tie.periods);
            text.push_str("</edge>\n");
        }
        text.push_str("    </edges>\n  </graph>\n</gexf>\n");
        text
    }

    /// The actors as a table.
    ///
    /// # Errors
    /// A fault of this program.
    pub fn nodes_csv(&self) -> Result<String, Error> {
        let mut table = csv::Writer::from_writer(Vec::new());
        table.write_record(["id", "name", "kind"])?;
        for node in &self.actors {
            table.write_record([&node.id, &node.name, &node.kind].map(|text| inert(text).into_owned()))?;
        }
        finished(table)
    }

    /// The relations as a table.
    ///
    /// # Errors
    /// A fault of this program.
    pub fn edges_csv(&self) -> Result<String, Error> {
        let mut table = csv::Writer::from_writer(Vec::new());
        table.write_record(["id", "from", "to"].into_iter().chain(COLUMNS.iter().map(|(name, ..)| *name)))?;
        for tie in &self.ties {
            let ends = [tie.id.clone(), tie.from.clone(), tie.to.clone()];
            let values = COLUMNS.iter().map(|(_, _, value)| value(tie).unwrap_or_default());
            table.write_record(ends.into_iter().chain(values).map(|text| inert(&text).into_owned()))?;
        }
        finished(table)
    }
}

fn finished(table: csv::Writer<Vec<u8>>) -> Result<String, Error> {
    let bytes = table.into_inner().map_err(|error| Error::Write(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// What a network is by: the registry's id, else the name.
fn node_id(party: &GroupParty) -> String {
    party.actor_id.clone().unwrap_or_else(|| party.name.clone())
}

fn about(export: &Export<'_>) -> Result<String, Error> {
    let made = export.made;
    let licence = made.licence.as_ref().map(|licence| format!(" Licence: {licence}")).unwrap_or_default();
    let state = export.state_in_words()?;
    Ok(format!("Relations that news reports tell of. Made by {} on {}, as of {}; {state}.{licence}", made.program, made.now, made.as_of()))
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
