//! A record that was linked three times: at first, after a reading, and after a decision.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sayso_store::{GroupChange, Membership, NumberedStatement, Record};
use sayso_types::decision::Action;
use sayso_types::record::{DocumentRecord, GroupCount, GroupKind, GroupParty, GroupPlace, GroupRecord};
use sayso_types::{QuantityOf, RoleName};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::sample::{self, NOW, document, statement};

/// An event of one source that speaks of so many killed, at a place and time.
pub fn event(id: &str, killed: u64) -> GroupRecord {
    GroupRecord {
        id: id.to_owned(),
        kind: GroupKind::Event,
        type_code: "assault".to_owned(),
        mode: None,
        aggregate: false,
        status: Some("weak".to_owned()),
        credibility: Some(3),
        sources: 1,
        statements: 1,
        documents: 1,
        time: Some("2017-08-31".to_owned()),
        earliest: Some("2017-08-31".to_owned()),
        latest: Some("2017-08-31".to_owned()),
        ended: false,
        place: Some(GroupPlace {
            name: "Kunduz".to_owned(),
            geonames_id: None,
            country: Some("AFG".to_owned()),
            admin1: None,
            latitude: Some(36.728_96),
            longitude: Some(68.857),
            where_prec: Some(1),
        }),
        parties: vec![
            GroupParty { role: RoleName::Actor, actor_id: Some("taliban".to_owned()), name: "Taliban".to_owned() },
            GroupParty { role: RoleName::Recipient, actor_id: None, name: "farmers".to_owned() },
        ],
        counts: vec![GroupCount {
            of: QuantityOf::Killed,
            low: Some(killed),
            best: Some(killed),
            high: Some(killed),
            least: Some(killed),
            most: Some(killed),
        }],
        disputed: Vec::new(),
        first_told: Some("2017-09-01".to_owned()),
        last_told: Some("2017-09-01".to_owned()),
    }
}

/// A relation with nothing known of its place or time.
pub fn relation(id: &str) -> GroupRecord {
    GroupRecord {
        kind: GroupKind::Relation,
        type_code: "allied_with".to_owned(),
        status: None,
        time: None,
        earliest: None,
        latest: None,
        place: None,
        parties: ["taliban", "haqqani"]
            .map(|id| GroupParty { role: RoleName::Actor, actor_id: Some(id.to_owned()), name: id.to_owned() })
            .to_vec(),
        counts: Vec::new(),
        ..event(id, 0)
    }
}

fn report(id: &str, statements: usize) -> sample::Report {
    let text = format!("Gunmen killed farmers near {id}.");
    let statements = (0..statements).map(|number| {
        let mut statement = statement(id, &format!("{id}-{number}"), &text);
        statement.evidence.trigger.start = number;
        statement
    });
    let hash: String = Sha256::digest(&text).iter().map(|byte| format!("{byte:02x}")).collect();
    (DocumentRecord { raw_sha256: hash.clone(), text_sha256: hash, ..document(id, &text) }, statements.collect())
}

/// The numbers of all statements, by id.
pub fn numbers(record: &Record) -> BTreeMap<String, i64> {
    let mut numbers = BTreeMap::new();
    let mut take = |statement: NumberedStatement| {
        numbers.insert(statement.record.id, statement.number);
    };
    record.reading().each_statement(&mut take).expect("it reads");
    numbers
}

/// Keeps a group with some statements, the others each like the first.
fn group(record: GroupRecord, statements: &[i64]) -> GroupChange {
    let member = |(at, statement): (usize, &i64)| Membership {
        statement: *statement,
        joined_to: (at > 0).then(|| statements[0]),
        score: (at > 0).then_some(0.731_5),
    };
    GroupChange {
        record: GroupRecord { statements: statements.len() as u64, ..record },
        members: statements.iter().enumerate().map(member).collect(),
    }
}

/// A record of three documents whose one event took up another's statement and lost it again.
pub fn linked(directory: &Path) -> PathBuf {
    let path = directory.join("record");
    let mut record = Record::create_or_open(&path, NOW).expect("it is made");
    let versions = json!({ "program": "0.1.0" });
    record.add(&[report("kunduz", 3), report("mosul", 2)]).expect("they are kept");
    let of = numbers(&record);
    let mut linking = record.linking().expect("nobody else writes");
    linking.set_group(&group(event("e-one", 24), &[of["kunduz-0"], of["mosul-0"]])).expect("it is kept");
    linking.set_group(&group(event("e-two", 2), &[of["kunduz-1"]])).expect("it is kept");
    linking.set_group(&group(relation("r-three"), &[of["kunduz-2"], of["mosul-1"]])).expect("it is kept");
    linking.set_origin(2, Some((1, r#"[{"of":1,"why":"all of its words stand in it"}]"#))).expect("it is kept");
    linking.end("sayso 0.1.0", &versions).expect("it is kept");
    record.release("first", "Ann", "", &BTreeMap::new()).expect("it is made");

    record.set_now("2017-09-02T08:00:00Z");
    record.add(&[report("herat", 1)]).expect("it is kept");
    let of = numbers(&record);
    let mut linking = record.linking().expect("nobody else writes");
    let told = GroupRecord { status: Some("fair".to_owned()), sources: 2, ..event("e-one", 31) };
    linking.set_group(&group(told, &[of["kunduz-0"], of["mosul-0"], of["kunduz-1"], of["herat-0"]])).expect("it is kept");
    linking.end_group("e-two").expect("it is kept");
    linking.end("sayso 0.1.0", &versions).expect("it is kept");

    record.set_now("2017-09-03T08:00:00Z");
    let statement = record.anchor("kunduz-1").expect("it is there");
    let reject = Action::Reject { statement };
    record.decide("Ann", "it is a film", &reject).expect("it is kept");
    let mut linking = record.linking().expect("nobody else writes");
    let told = GroupRecord { status: Some("fair".to_owned()), sources: 2, ..event("e-one", 31) };
    linking.set_group(&group(told, &[of["kunduz-0"], of["mosul-0"], of["herat-0"]])).expect("it is kept");
    linking.set_origin(2, None).expect("it is kept");
    linking.end("sayso 0.1.0", &versions).expect("it is kept");
    path
}
