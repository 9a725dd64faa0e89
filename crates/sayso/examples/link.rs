//! Links reports and prints each event with its statements, and between the stories of different events how alike they are:
//! `cargo run --release --example link -- REPORTS.jsonl`.
#![allow(clippy::print_stdout, reason = "an example prints")]

use sayso::linking::{Linker, Numbered, Ruled};
use sayso::{Coder, Input, export};
use sayso_linking::event::{likeness, stories};
use sayso_types::record::DocumentRecord;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let coder = Coder::embedded()?;
    let linker = Linker::of_actors(coder.knowledge().registry.actors())?;
    let mut documents: Vec<(i64, DocumentRecord, Vec<Numbered>)> = Vec::new();
    let mut key = 0;
    for path in std::env::args().skip(1) {
        for line in std::fs::read_to_string(path)?.lines() {
            let input: Input = serde_json::from_str(line)?;
            let document = coder.document(&input)?;
            let statements = coder.records(&document).into_iter().map(|statement| {
                key += 1;
                (key, statement)
            });
            let statements = statements.collect();
            documents.push((documents.len() as i64 + 1, export::document_record(&document), statements));
        }
    }
    let linked = linker.link(&documents, &Ruled::default());
    let all: std::collections::BTreeMap<i64, &Numbered> = documents.iter().flat_map(|(_, _, s)| s.iter().map(|n| (n.0, n))).collect();
    for group in &linked.groups {
        println!("\n{} {} {} sources {:?}", group.record.id, group.record.type_code, group.record.sources, group.record.status);
        for member in &group.members {
            let statement = &all[&member.key].1;
            let place = statement.place.as_ref().map(|p| (p.words.text.clone(), p.level.as_str()));
            let time = statement.time.as_ref().map(|t| (t.edtf.clone(), t.level.as_str()));
            println!(
                "  {} {} [{}] {:?} {place:?} {time:?} {}",
                member.key, statement.document_id, statement.coder.rule, member.joined, statement.evidence.words.text
            );
        }
    }
    let mut whole = Vec::new();
    for (number, document, statements) in &documents {
        let account = std::sync::Arc::new(linker.telling(&linked.reports[number], document));
        let happenings: Vec<_> =
            statements.iter().filter_map(|(key, statement)| linker.happening(*key, statement, &account, &Default::default())).collect();
        whole.extend(stories(&happenings, linker.kinship(), linker.knowledge(), &Default::default()));
    }
    for (at, one) in whole.iter().enumerate() {
        for other in &whole[at + 1..] {
            let likeness = likeness(&one.whole, &other.whole, linker.kinship(), linker.knowledge());
            if one.whole.account.document != other.whole.account.document && likeness.score > 0.002 {
                println!("\n{} {} {:.2}", one.whole.key, other.whole.key, likeness.score);
                likeness
                    .grounds
                    .iter()
                    .chain(&likeness.against)
                    .for_each(|g| println!("    {:+.2} {} {}", g.weight, g.kind.as_str(), g.sentence));
            }
        }
    }
    Ok(())
}
