//! By which plans are questions answered? None of them reads a whole table.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use sayso_types::decision::{Action, Marked, Sensitivity};
use sayso_types::record::{DocumentRecord, GroupKind, GroupRecord, StatementRecord};
use serde_json::json;

use super::find::{Clause, Condition, Party, Summed, Wanted};
use super::{
    Area, AreaFilter, ChangeOf, GroupFilter, Imprecise, LogFilter, NetworkFilter, Overlap, Paging, Participant, Reach, Search, Source,
    SourceFilter, SourceOf, Window,
};
use crate::{Clearance, DecisionFilter, DecisionId, GroupChange, Membership, Moment, Record, Review};

const NOW: &str = "2017-09-01T08:00:00Z";

/// What may be walked through from beginning to end: results of a part of the same query, lists that were given, virtual tables, which
/// have plans of their own, what people decided, which is never much, and what they restricted (`hidden_`).
const MAY_BE_SCANNED: [&str; 13] = [
    "groups_where",
    "groups_where_formerly",
    "h",
    "json_each",
    "k",
    "w",
    "statements_fts",
    "documents_fts",
    "participants_fts",
    "f",
    "(subquery",
    "chosen",
    "decision_states",
];

thread_local! {
    static ASKED: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
}

/// Remembers a query that was asked.
pub(crate) fn note(sql: &str) {
    ASKED.with_borrow_mut(|asked| asked.insert(sql.to_owned()));
}

/// A record of one document, one event and one relation.
fn record() -> Record {
    let mut record = Record::in_memory(NOW).unwrap();
    let document: DocumentRecord = serde_json::from_value(json!({
        "id": "d", "language": "en", "coded": true, "raw_sha256": "", "text_sha256": "", "text": "Gunmen fled.", "blocks": [],
    }))
    .unwrap();
    let words = json!({"text": "Gunmen fled.", "start": 0, "end": 12, "sentence": 0, "trigger": {"text": "fled", "start": 7, "end": 11}});
    let statement: StatementRecord = serde_json::from_value(json!({
        "id": "s", "document_id": "d", "kind": "event", "type": "retreat", "contexts": [], "aggregate": false, "roles": [],
        "quantities": [], "modality": "asserted", "negated": false, "tense": "past", "attribution": [], "responsibility": [],
        "evidence": words, "confidence": 1.0, "coder": {"version": "", "rule": "", "model": ""},
    }))
    .unwrap();
    record.add(&[(document, vec![statement])]).unwrap();
    let group = |id: &str, kind: &str| -> GroupRecord {
        serde_json::from_value(json!({
            "id": id, "kind": kind, "type": "retreat", "aggregate": false, "sources": 1, "statements": 1, "documents": 1, "ended": false,
            "place": {"name": "Kabul", "latitude": 34.5, "longitude": 69.2}, "counts": [], "disputed": [],
            "parties": [{"role": "actor", "actor_id": "one", "name": "One"}, {"role": "recipient", "actor_id": "other", "name": "Other"}],
        }))
        .unwrap()
    };
    let mut linking = record.linking().unwrap();
    for group in [group("e", "event"), group("r", "relation")] {
        let members = vec![Membership { statement: 1, joined_to: None, score: None }];
        linking.set_group(&GroupChange { record: group, members }).unwrap();
    }
    linking.end("test", &json!({})).unwrap();
    record
}

/// Asks every question in every way that is put in SQL of its own.
fn ask_all(record: &Record) {
    let paging = Paging { limit: 1, after: "2017-09-01~5".parse().ok() };
    let words = |word: &str| vec![word.to_owned()];
    let all = GroupFilter::default;
    for overlap in [Overlap::Possible, Overlap::Certain] {
        let time = Some(Window { since: "2017".parse().ok(), until: "2018".parse().ok(), overlap });
        for filter in [
            all(),
            GroupFilter { paging: paging.clone(), ..all() },
            GroupFilter { kinds: vec![GroupKind::Event], types: words("t"), paging: paging.clone(), ..all() },
            GroupFilter { countries: words("AFG"), paging: paging.clone(), ..all() },
            GroupFilter { countries: words("AFG"), types: words("t"), ..all() },
            GroupFilter { actors: words("one"), paging: paging.clone(), ..all() },
            GroupFilter { all_actors: vec!["one".to_owned(), "other".to_owned()], ..all() },
            GroupFilter { actors: words("one"), types: words("t"), countries: words("AFG"), time: time.clone(), ..all() },
            GroupFilter {
                statuses: words("fair"),
                least_sources: 1,
                disputed: Some(true),
                aggregate: Some(false),
                told_since: "2017".parse().ok(),
                time: time.clone(),
                paging: paging.clone(),
                ..all()
            },
        ] {
            record.groups(&filter).unwrap();
            record.count_groups(&filter).unwrap();
        }
        for time in [None, time] {
            let area = Area::Circle { latitude: 34.5, longitude: 69.2, km: 10.0 };
            record.events_within(&AreaFilter { area, time, imprecise: Imprecise::Kept, paging: paging.clone() }).unwrap();
        }
    }
    for below in [None, Some(0.5)] {
        record.unreviewed(below, &paging).unwrap();
        record.unreviewed(below, &Paging::default()).unwrap();
    }
    record.count_unreviewed().unwrap();
    record.near_pairs(0.3, 0.5, &paging).unwrap();
    record.overlaps_before(&paging).unwrap();
    record.parties_after("", 5).unwrap();
    record.last_coded().unwrap();
    record.last_decisions(&["accept"], 5).unwrap();
    record.coded_at(&[1]).unwrap();
    record.group("e").unwrap();
    record.groups_with("s").unwrap();
    record.successors("e").unwrap();
    record.events_like("e").unwrap();
    record.copies_of("d").unwrap();
    record.group_members("e", &paging).unwrap();
    record.search(&Search { text: "gunmen".to_owned(), ..Search::default() }).unwrap();
    record.search_facets(&Search { text: "gunmen".to_owned(), ..Search::default() }).unwrap();
    for source in [Source::Informant("one".to_owned()), Source::Publisher("one".to_owned())] {
        record.statements_by(&source, &BTreeMap::new(), &paging).unwrap();
        record.facets_by(&source, &BTreeMap::new()).unwrap();
    }
    for paging in [&paging, &Paging::default()] {
        record.relations_of("one", &"2017".parse().unwrap(), paging).unwrap();
        for of in [ChangeOf::Documents, ChangeOf::Statements, ChangeOf::Groups] {
            record.changes(of, &Moment::Time(String::new()), paging).unwrap();
        }
    }
    survey(record);
    ask_about_actors(record, &paging);
    ask_the_book(record, &paging);
    let network = record.network(&NetworkFilter { actor: "one".to_owned(), reach: Reach::Two, edges: 5 }).unwrap();
    assert_eq!(network.edges.len(), 1);
}

fn ask_about_actors(record: &Record, paging: &Paging) {
    for actor in [Participant::Registered("one".to_owned()), Participant::Named("One".to_owned())] {
        record.statements_of(&actor, &BTreeMap::new(), paging).unwrap();
        record.facets_of(&actor, &BTreeMap::new()).unwrap();
        record.years_of(&actor).unwrap();
    }
    record.names_with("One").unwrap();
    record.group_cited("e", paging).unwrap();
    record.statement_cited("s").unwrap();
}

fn ask_the_book(record: &Record, paging: &Paging) {
    for about in [None, Some("s".to_owned())] {
        record.log(&LogFilter { about, paging: paging.clone(), ..LogFilter::default() }).unwrap();
    }
    record.log(&LogFilter::default()).unwrap();
    record.decisions_newest(&DecisionFilter::default(), paging).unwrap();
    record.decision(DecisionId(1)).unwrap_err();
    record.decision_history(DecisionId(1)).unwrap();
    record.consequences(DecisionId(1), 5).unwrap();
    for of in [SourceOf::Informants, SourceOf::Publishers] {
        for begins in [None, Some("o".to_owned())] {
            record.sources(&SourceFilter { of, begins, paging: paging.clone() }).unwrap();
        }
    }
}

/// Every condition, in words that meet something and in words that do not.
fn conditions() -> Vec<Condition> {
    let party = |named: &str| Party { named: named.to_owned(), ids: vec!["one".to_owned(), named.to_owned()] };
    let window = || Window { since: "2017".parse().ok(), until: "2018".parse().ok(), overlap: Overlap::Possible };
    vec![
        Condition::Words("gunmen".to_owned()),
        Condition::Place("Kabul".to_owned()),
        Condition::Country("AFG".to_owned()),
        Condition::Kind(GroupKind::Event),
        Condition::Type("retreat".to_owned()),
        Condition::Mode("m".to_owned()),
        Condition::Actor(party("One")),
        Condition::Source(party("police")),
        Condition::Publisher("Outlet".to_owned()),
        Condition::Time(window()),
        Condition::Told(window()),
        Condition::Status("fair".to_owned()),
        Condition::Sources(2),
        Condition::Disputed(true),
        Condition::Aggregate(false),
        Condition::Modality("asserted".to_owned()),
        Condition::Review(None),
        Condition::Review(Some(Review::Accepted)),
        Condition::Copy(true),
        Condition::Nothing,
    ]
}

/// Finds by every condition, alone and with others, wanted and unwanted, on the first page and a later one.
fn find_all(record: &Record) {
    let clause = |negated: bool, any: Vec<Condition>| Clause { negated, any };
    let mut all = vec![Vec::new()];
    for condition in conditions() {
        all.push(vec![clause(false, vec![condition.clone()])]);
        all.push(vec![clause(true, vec![condition.clone()])]);
        all.push(vec![
            clause(false, vec![Condition::Words("fled".to_owned())]),
            clause(false, vec![condition.clone(), Condition::Sources(1)]),
        ]);
    }
    for clauses in all {
        for place in ["", "2017-09-01", "5,2017-09-01"] {
            let after = (!place.is_empty()).then(|| format!("{place}~5").parse().unwrap());
            let wanted = Wanted { clauses: clauses.clone(), paging: Paging { limit: 1, after }, summed: Summed::Wholly };
            record.find_statements(&wanted).unwrap();
            record.find_documents(&wanted).unwrap();
            for kind in GroupKind::ALL {
                record.find_groups(&wanted, *kind).unwrap();
            }
            record.find_actors(&wanted).unwrap();
        }
    }
    record.parties_named("gunmen").unwrap();
}

/// Asks what maps and networks are drawn from; not `pairs`, which meets all ties, in their order, and says so.
fn survey(record: &Record) {
    assert_eq!(record.event_marks().unwrap().marks.len(), 1);
    assert_eq!(record.events_of("one").unwrap(), [1]);
    assert_eq!(record.edge_between("one", "other").unwrap().relations, 1);
}

/// Reads all that linking a change reads.
fn link(record: &Record) {
    record.became(0).unwrap();
    let (reading, ids) = (record.reading(), ["e".to_owned()]);
    assert_eq!(reading.unlinked().unwrap().statements, Vec::<i64>::new());
    reading.documents(&[1]).unwrap();
    reading.statements(&[1]).unwrap();
    reading.statements_of(&[1]).unwrap();
    reading.documents_of(&[1]).unwrap();
    reading.ids(&[1]).unwrap();
    reading.sketched(&[1], 5).unwrap();
    reading.alike(&[1], 5).unwrap();
    reading.overlaps(&[1]).unwrap();
    reading.origins(&[1]).unwrap();
    reading.pairs(&[1]).unwrap();
    reading.groups_of(&[1]).unwrap();
    reading.members(&ids).unwrap();
    reading.groups(&ids).unwrap();
    assert_eq!(reading.relations_between("other", "one").unwrap(), ["r"]);
}

#[test]
fn no_question_reads_a_whole_table() {
    let mut record = record();
    ASKED.take();
    ask_all(&record);
    find_all(&record);
    let of_readers = ASKED.take();
    link(&record);
    record.look_back(&Moment::Time(NOW.to_owned())).unwrap();
    ask_all(&record);
    find_all(&record);
    let asked: BTreeSet<String> = ASKED.take().into_iter().chain(of_readers.iter().cloned()).collect();
    assert!(asked.len() > 50, "{} queries", asked.len());
    check(&record, &asked);
    record.look_at_now();
    restrict(&mut record);
    check(&record, &of_readers);
    ask_all(&record);
    find_all(&record);
}

/// Restricts something else than what is asked about, and looks at the rest.
fn restrict(record: &mut Record) {
    let document: DocumentRecord = serde_json::from_value(json!({
        "id": "note", "language": "en", "coded": true, "raw_sha256": "", "text_sha256": "note", "text": "A note.", "blocks": [],
        "publisher": "Field Notes",
    }))
    .unwrap();
    record.add(&[(document, Vec::new())]).unwrap();
    let action = Action::Sensitivity { of: Marked::Publisher("field notes".to_owned()), sensitivity: Sensitivity::Restricted };
    record.decide("Ada", "", &action).unwrap();
    record.look_with(Clearance::Open).unwrap();
    assert!(record.narrowed.narrow);
}

fn check(record: &Record, asked: &BTreeSet<String>) {
    for sql in asked {
        let sql = record.narrowed.of(sql);
        let mut explained = record.connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let mut steps = explained.raw_query();
        while let Some(step) = steps.next().unwrap() {
            let step: String = step.get(3).unwrap();
            let scanned =
                step.strip_prefix("SCAN ").map(|what| what.trim_start_matches("main.").split([' ', '-']).next().unwrap_or_default());
            let may_be = |what: &str| MAY_BE_SCANNED.contains(&what) || what.starts_with("hidden_");
            assert!(scanned.is_none_or(may_be), "{step}\n{sql}");
        }
    }
}
