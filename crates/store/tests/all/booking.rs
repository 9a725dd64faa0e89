//! What is asked for the record book and for an actor: the log, decisions with what came of them, sources, an actor's statements.

use std::collections::BTreeMap;

use sayso_store::query::{Deed, Done, LogFilter, Paging, Participant, SourceFilter, SourceOf, Tally};
use sayso_store::{Change, DecisionFilter, DecisionId, ErrorKind, Moment, Record};
use sayso_types::RoleName;

use crate::linked::linked;
use crate::sample::{NOW, document, role, source, statement};

fn record() -> (tempfile::TempDir, Record) {
    let directory = tempfile::tempdir().unwrap();
    let record = Record::open_to_change(&linked(directory.path()), "2017-09-04T08:00:00Z").unwrap();
    (directory, record)
}

/// All pages of the log that a filter means: number, author and kind of each entry.
fn walked(record: &Record, filter: &LogFilter) -> Vec<(i64, String, &'static str)> {
    let (mut all, mut paging) = (Vec::new(), Paging { limit: 2, after: None });
    loop {
        let page = record.log(&LogFilter { paging: paging.clone(), ..filter.clone() }).unwrap();
        assert!(page.items.len() <= 2);
        all.extend(page.items.into_iter().map(|entry| (entry.number, entry.who, entry.deed.as_str())));
        match page.next {
            Some(next) => paging.after = Some(next),
            None => return all,
        }
    }
}

#[test]
fn the_log_is_read_backwards_a_page_at_a_time() {
    let (_directory, record) = record();
    let all = walked(&record, &LogFilter::default());
    let deeds: Vec<&str> = all.iter().map(|(_, _, deed)| *deed).collect();
    assert_eq!(deeds, ["linked", "decided", "linked", "documents", "released", "linked", "documents"]);
    assert!(all.windows(2).all(|pair| pair[0].0 == pair[1].0 + 1), "{all:?}");
}

#[test]
fn the_log_is_narrowed_by_person_kind_and_object() {
    let (_directory, mut record) = record();
    record.undo("Bo", "it was no film", None).unwrap();
    let deeds = |filter: LogFilter| walked(&record, &filter).into_iter().map(|(_, who, deed)| format!("{who} {deed}")).collect::<Vec<_>>();
    let of = |who: Option<&str>, deeds: &[Deed], about: Option<&str>| LogFilter {
        who: who.map(str::to_owned),
        deeds: deeds.to_vec(),
        about: about.map(str::to_owned),
        ..LogFilter::default()
    };
    assert_eq!(deeds(of(Some("ann"), &[], None)), ["Ann decided", "Ann released"]);
    assert_eq!(deeds(of(None, &[Deed::Released], None)), ["Ann released"]);
    assert_eq!(deeds(of(None, &[], Some("kunduz-1"))), ["Bo undone", "Ann decided"]);
    assert_eq!(deeds(of(Some("Bo"), &[], Some("kunduz-1"))), ["Bo undone"]);
    assert!(deeds(of(None, &[], Some("kunduz"))).is_empty(), "only exactly this id");
    assert_eq!(walked(&record, &of(Some("sayso"), &[Deed::Linked], None)).len(), 3, "a program is found without its version");
}

#[test]
fn an_entry_tells_what_was_done_and_why() {
    let (_directory, record) = record();
    let entries = record.log(&LogFilter::default()).unwrap().items;
    assert!(matches!(&entries[1].done, Done::Decision { decision: DecisionId(1), holds: true, .. }), "{:?}", entries[1]);
    assert_eq!(entries[1].why, "it is a film");
    assert_eq!(entries[3].done, Done::Documents { run: None, documents: 1 });
    assert_eq!(entries[4].done, Done::Released { name: "first".to_owned() });
    assert_eq!(entries[2].done, Done::Linked { groups: 1, gone: 1, memberships: 2 });
}

#[test]
fn the_log_of_an_earlier_moment_ends_there() {
    let (_directory, mut record) = record();
    record.look_back(&Moment::Release("first".to_owned())).unwrap();
    assert_eq!(walked(&record, &LogFilter::default()).len(), 3);
}

#[test]
fn a_decision_tells_when_it_held_and_what_came_of_it() {
    let (_directory, mut record) = record();
    let consequences = record.consequences(DecisionId(1), 10).unwrap();
    assert_eq!(consequences.cause, "decision 1 by Ann: reject kunduz-1");
    let told: Vec<(Change, &str, &str)> = consequences.groups.iter().map(|g| (g.change, g.id.as_str(), g.what.as_str())).collect();
    assert_eq!(told, [(Change::Changed, "e-one", "statements 4 → 3")]);
    record.undo("Bo", "it was no film", None).unwrap();
    assert!(!record.decision(DecisionId(1)).unwrap().holds);
    let steps = record.decision_history(DecisionId(1)).unwrap();
    let steps: Vec<(&str, &str)> = steps.iter().map(|step| (step.who.as_str(), step.why.as_str())).collect();
    assert_eq!(steps, [("Ann", "it is a film"), ("Bo", "it was no film")]);
    assert_eq!(record.decision(DecisionId(7)).unwrap_err().kind(), ErrorKind::Unknown);
}

#[test]
fn decisions_are_listed_last_one_first() {
    let (_directory, mut record) = record();
    let statement = record.anchor("herat-0").unwrap();
    record.decide("Bo", "", &sayso_types::decision::Action::Accept { statement }).unwrap();
    let listed = |filter: DecisionFilter, limit: usize, after: Option<&str>| {
        let paging = Paging { limit, after: after.map(|after| after.parse().unwrap()) };
        let page = record.decisions_newest(&filter, &paging).unwrap();
        (page.items.iter().map(|decision| decision.id.0).collect::<Vec<_>>(), page.next.map(|next| next.to_string()))
    };
    assert_eq!(listed(DecisionFilter::default(), 1, None), (vec![2], Some("~2".to_owned())));
    assert_eq!(listed(DecisionFilter::default(), 1, Some("~2")), (vec![1], None));
    assert_eq!(listed(DecisionFilter { who: Some("ann".to_owned()), ..DecisionFilter::default() }, 9, None), (vec![1], None));
    assert_eq!(listed(DecisionFilter { actions: vec!["accept".to_owned()], ..DecisionFilter::default() }, 9, None), (vec![2], None));
}

/// A record of three reports on the North Front, of which people and papers say this and that.
fn told() -> Record {
    let mut record = Record::in_memory(NOW).unwrap();
    let north = |as_what| role(as_what, "the front", Some(("north-front", "North Front")));
    let marwan = || sayso_types::record::RoleRecord { name: Some("Marwan Sule".to_owned()), ..role(RoleName::Recipient, "he", None) };
    let mut one = statement("one", "one-0", "The front took a bridge, police said.");
    (one.roles, one.attribution) = (vec![north(RoleName::Actor), north(RoleName::Recipient)], vec![source("police", None)]);
    let mut two = statement("two", "two-0", "Soldiers fought the front, Police said.");
    (two.roles, two.attribution) = (vec![north(RoleName::Recipient)], vec![source("Police", None)]);
    let mut three = statement("three", "three-0", "The front arrested him, it said.");
    three.roles = vec![north(RoleName::Actor), marwan()];
    three.attribution = vec![source("it", Some(("north-front", "North Front")))];
    for (id, statement) in [("one", one), ("two", two), ("three", three)] {
        let publisher = Some(if id == "three" { "River Post" } else { "Hill Times" }.to_owned());
        let paper = sayso_types::record::DocumentRecord { publisher, ..document(id, &statement.evidence.words.text) };
        record.add(&[(paper, vec![statement])]).unwrap();
    }
    record
}

#[test]
fn an_actors_statements_are_listed_once_last_read_first() {
    let record = told();
    let of = |actor: Participant, limit: usize| {
        let (mut ids, mut paging) = (Vec::new(), Paging { limit, after: None });
        loop {
            let page = record.statements_of(&actor, &BTreeMap::new(), &paging).unwrap();
            ids.extend(page.items.into_iter().map(|statement| statement.id));
            match page.next {
                Some(next) => paging.after = Some(next),
                None => return ids,
            }
        }
    };
    for limit in [1, 2, 9] {
        assert_eq!(of(Participant::Registered("north-front".to_owned()), limit), ["three-0", "two-0", "one-0"], "{limit} a page");
    }
    assert_eq!(of(Participant::Named("Marwan Sule".to_owned()), 1), ["three-0"]);
    assert!(of(Participant::Named("Marwan".to_owned()), 1).is_empty(), "a name is the whole name");
    let facets = record.facets_of(&Participant::Registered("north-front".to_owned()), &BTreeMap::new()).unwrap();
    assert_eq!((facets.statements, facets.documents), (3, 3));
    let names: Vec<String> = record.names_with("marwan").unwrap().into_iter().map(|name| name.name).collect();
    assert_eq!(names, ["Marwan Sule"]);
}

#[test]
fn sources_are_listed_with_how_much_they_tell() {
    let record = told();
    let listed = |of: SourceOf, begins: Option<&str>| {
        let (mut all, mut paging) = (Vec::new(), Paging { limit: 1, after: None });
        loop {
            let filter = SourceFilter { of, begins: begins.map(str::to_owned), paging: paging.clone() };
            let page = record.sources(&filter).unwrap();
            all.extend(page.items.into_iter().map(|source| (source.name.to_lowercase(), source.statements, source.documents)));
            match page.next {
                Some(next) => paging.after = Some(next),
                None => return all,
            }
        }
    };
    let exactly = |name: &str, statements, documents| (name.to_owned(), Tally::Exactly(statements), Tally::Exactly(documents));
    assert_eq!(listed(SourceOf::Informants, None), [exactly("police", 2, 2), exactly("north-front", 1, 1)]);
    assert_eq!(listed(SourceOf::Informants, Some("N")), [exactly("north-front", 1, 1)]);
    assert_eq!(listed(SourceOf::Publishers, None), [exactly("hill times", 2, 2), exactly("river post", 1, 1)]);
    assert_eq!(listed(SourceOf::Publishers, Some("river")), [exactly("river post", 1, 1)]);
}

#[test]
fn statements_are_cited_with_their_documents() {
    let (_directory, record) = record();
    let cited = record.group_cited("e-one", &Paging::default()).unwrap().items;
    let pairs: Vec<(&str, &str)> = cited.iter().map(|cited| (cited.statement.id.as_str(), cited.document.id.as_str())).collect();
    assert_eq!(pairs, [("kunduz-0", "kunduz"), ("mosul-0", "mosul"), ("herat-0", "herat")]);
    assert_eq!(record.statement_cited("herat-0").unwrap().unwrap().document.id, "herat");
    assert_eq!(record.statement_cited("herat").unwrap(), None);
    let (years, all) = record.years_of(&Participant::Registered("taliban".to_owned())).unwrap();
    assert_eq!((years[0].year.as_deref(), years[0].events, all), (Some("2017"), 1, Tally::Exactly(1)));
}
