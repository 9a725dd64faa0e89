//! What do views find, now and as of an earlier moment?

use std::collections::BTreeMap;

use crate::sample::groups::{at, between, during, event, relation};
use sayso_store::query::{
    Area, AreaFilter, ChangeKind, ChangeOf, Counted, Direction, Facet, GroupFilter, Imprecise, Moved, NetworkFilter, Overlap, Paging,
    Reach, Search, Source, Standing, Tally, Window,
};
use sayso_store::{GroupChange, Membership, Moment, Record};
use sayso_types::record::{GroupKind, GroupRecord};

use crate::sample;
use crate::sample::{NOW, document, source, statement, time};

const LATER: &str = "2017-09-02T08:00:00Z";
const LAST: &str = "2017-09-03T08:00:00Z";
const KABUL: (f64, f64) = (34.53, 69.17);

/// Writes groups with their statements, by number, and ends others.
fn link(record: &mut Record, groups: &[(GroupRecord, &[i64])], gone: &[&str]) {
    let mut linking = record.linking().unwrap();
    for (group, statements) in groups {
        let member = |statement: &i64| {
            let first = *statement == statements[0];
            Membership { statement: *statement, joined_to: (!first).then_some(statements[0]), score: (!first).then_some(0.75) }
        };
        linking.set_group(&GroupChange { record: group.clone(), members: statements.iter().map(member).collect() }).unwrap();
    }
    gone.iter().for_each(|id| linking.end_group(id).unwrap());
    linking.end("test", &serde_json::json!({})).unwrap();
}

/// A record of these groups alone.
fn of(groups: &[GroupRecord]) -> Record {
    let mut record = Record::in_memory(NOW).unwrap();
    let groups: Vec<(GroupRecord, &[i64])> = groups.iter().map(|group| (group.clone(), &[][..])).collect();
    link(&mut record, &groups, &[]);
    record
}

fn ids(record: &Record, filter: &GroupFilter) -> Vec<String> {
    record.groups(filter).unwrap().items.into_iter().map(|group| group.id).collect()
}

fn list(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

fn window(since: &str, until: &str, overlap: Overlap) -> Window {
    Window { since: since.parse().ok(), until: until.parse().ok(), overlap }
}

fn moment(time: &str) -> Moment {
    Moment::Time(time.to_owned())
}

/// Three events and a relation.
fn groups() -> Vec<GroupRecord> {
    let mut bombing = between(during(at(event("bombing"), KABUL, 1), "2017-08-01", "2017-08-01"), "taliban", "police");
    bombing.sources = 3;
    bombing.status = Some("contested".to_owned());
    bombing.disputed = list(&["killed"]);
    bombing.last_told = Some("2017-08-09".to_owned());
    let mut protest = between(during(event("protest"), "2017-08-03", "2017-08-03"), "taliban", "taliban");
    protest.type_code = "protest".to_owned();
    let undated = between(event("undated"), "isis", "police");
    vec![bombing, protest, undated, relation("rivals", "rival_of", "taliban", "isis", ("2016-01-01", "2017-05-01"))]
}

#[test]
fn groups_are_chosen_and_come_newest_first() {
    let record = of(&groups());
    let all = GroupFilter::default;
    for (filter, expected) in [
        (all(), &["protest", "bombing", "rivals", "undated"][..]),
        (GroupFilter { kinds: vec![GroupKind::Event], ..all() }, &["protest", "bombing", "undated"]),
        (GroupFilter { types: list(&["assault", "rival_of"]), ..all() }, &["bombing", "rivals", "undated"]),
        (GroupFilter { countries: list(&["AFG"]), ..all() }, &["bombing"]),
        (GroupFilter { countries: list(&["AFG"]), types: list(&["protest"]), ..all() }, &[]),
        (GroupFilter { actors: list(&["taliban"]), ..all() }, &["protest", "bombing", "rivals"]),
        (GroupFilter { actors: list(&["isis", "police"]), ..all() }, &["bombing", "rivals", "undated"]),
        (GroupFilter { all_actors: list(&["taliban", "police"]), ..all() }, &["bombing"]),
        (GroupFilter { actors: list(&["isis", "police"]), all_actors: list(&["taliban"]), ..all() }, &["bombing", "rivals"]),
        (GroupFilter { actors: list(&["police"]), statuses: list(&["weak"]), ..all() }, &["undated"]),
        (GroupFilter { least_sources: 2, ..all() }, &["bombing"]),
        (GroupFilter { disputed: Some(true), types: list(&["assault"]), ..all() }, &["bombing"]),
        (GroupFilter { disputed: Some(false), kinds: vec![GroupKind::Event], ..all() }, &["protest", "undated"]),
        (GroupFilter { told_since: "2017-08".parse().ok(), ..all() }, &["bombing"]),
        (GroupFilter { told_since: "2017-08-10".parse().ok(), ..all() }, &[]),
        (GroupFilter { time: Some(window("2017-08-02", "", Overlap::Possible)), ..all() }, &["protest"]),
        (GroupFilter { time: Some(window("", "2017-08-02", Overlap::Possible)), ..all() }, &["bombing", "rivals"]),
    ] {
        assert_eq!(ids(&record, &filter), expected, "{filter:?}");
        assert_eq!(record.count_groups(&filter).unwrap(), Tally::Exactly(expected.len() as u64), "{filter:?}");
    }
}

#[test]
fn pages_follow_one_another_without_gap_or_repetition() {
    let record = of(&groups());
    for actors in [list(&[]), list(&["taliban", "isis", "police"])] {
        let mut filter = GroupFilter { actors, paging: Paging { limit: 1, after: None }, ..GroupFilter::default() };
        let mut seen = Vec::new();
        loop {
            let page = record.groups(&filter).unwrap();
            seen.extend(page.items.into_iter().map(|group| group.id));
            match page.next {
                Some(next) => filter.paging.after = Some(next.to_string().parse().unwrap()),
                None => break,
            }
        }
        assert_eq!(seen, ["protest", "bombing", "rivals", "undated"]);
    }
}

#[test]
fn uncertain_times_are_possibly_or_certainly_in_a_window() {
    let record = of(&[
        during(event("day"), "2017-08-15", "2017-08-15"),
        during(event("year"), "2017-01-01", "2017-12-31"),
        during(event("before"), "", "2017-08-20"),
        during(event("since"), "2017-08-10", ""),
        event("unknown"),
    ]);
    for (since, until, possible, certain) in [
        ("2017-08", "2017-08", &["since", "year", "before", "day"][..], &["day"][..]),
        ("2017", "2017", &["since", "year", "before", "day"], &["year", "day"]),
        ("2017-08-16", "2017-09", &["since", "year", "before"], &[]),
        ("", "2017-08-12", &["since", "year", "before"], &[]),
        ("2017-08-10", "", &["since", "year", "before", "day"], &["since", "day"]),
        ("2018", "", &["since"], &[]),
    ] {
        for (overlap, expected) in [(Overlap::Possible, possible), (Overlap::Certain, certain)] {
            let time = Some(window(since, until, overlap));
            assert_eq!(ids(&record, &GroupFilter { time, ..GroupFilter::default() }), expected, "{since}/{until} {overlap:?}");
        }
    }
}

#[test]
fn lists_are_as_they_were() {
    let mut record = of(&groups());
    record.set_now(LATER);
    let mut bombing = groups().remove(0);
    bombing.sources = 4;
    bombing.latest = Some("2017-08-05".to_owned());
    link(&mut record, &[(bombing, &[])], &["protest"]);
    let taliban = GroupFilter { actors: list(&["taliban"]), ..GroupFilter::default() };
    assert_eq!(ids(&record, &GroupFilter::default()), ["bombing", "rivals", "undated"]);
    assert_eq!(ids(&record, &taliban), ["bombing", "rivals"]);
    assert_eq!(record.group("bombing").unwrap().record.sources, 4);
    record.look_back(&moment(NOW)).unwrap();
    assert_eq!(ids(&record, &GroupFilter::default()), ["protest", "bombing", "rivals", "undated"]);
    assert_eq!(ids(&record, &taliban), ["protest", "bombing", "rivals"]);
    assert_eq!(ids(&record, &GroupFilter { countries: list(&["AFG"]), ..GroupFilter::default() }), ["bombing"]);
    assert_eq!(ids(&record, &GroupFilter { types: list(&["protest"]), ..GroupFilter::default() }), ["protest"]);
    assert_eq!(record.group("bomb").unwrap().record.sources, 3);
}

#[test]
fn a_group_tells_its_members_and_what_it_was() {
    let mut record = Record::in_memory(NOW).unwrap();
    let told = ["s1", "s2", "s3", "s4"].map(|id| statement("d", id, "Gunmen killed three people."));
    record.add(&[(document("d", "Gunmen killed three people."), told.to_vec())]).unwrap();
    link(&mut record, &[(event("e-1"), &[1, 2]), (event("e-3"), &[3]), (event("f-4"), &[4])], &[]);
    record.set_now(LATER);
    link(&mut record, &[(event("e-1"), &[1, 3]), (event("e-2"), &[2])], &["e-3"]);
    let group = record.group("e-1").unwrap();
    assert_eq!(group.former.iter().map(|former| (former.id.as_str(), former.moved)).collect::<Vec<_>>(), [("e-3", Moved::Whole)]);
    assert_eq!((group.since.as_str(), group.former[0].at.as_str()), (NOW, LATER));
    let split = record.group("e-2").unwrap();
    assert_eq!(split.former.iter().map(|former| (former.id.as_str(), former.moved)).collect::<Vec<_>>(), [("e-1", Moved::Part)]);
    assert!(record.group("e-3").is_err() && record.group("e-").is_err() && record.group("f").is_ok());
    let members = record.group_members("e-1", &Paging { limit: 1, after: None }).unwrap();
    assert_eq!((members.items[0].statement.id.as_str(), &members.items[0].joined_to), ("s1", &None));
    let members = record.group_members("e-1", &Paging { limit: 1, after: members.next }).unwrap();
    assert_eq!((members.items[0].joined_to.as_deref(), members.items[0].score, members.next), (Some("s1"), Some(0.75), None));
    record.look_back(&moment(NOW)).unwrap();
    assert!(record.group("e-3").is_ok() && record.group("e-1").unwrap().former.is_empty());
}

/// Two documents of two publishers: two assaults in Kabul that officials tell, one in 2017 and one in 2018, and a third in its own voice.
fn told() -> Record {
    let mut record = Record::in_memory(NOW).unwrap();
    let mut first = statement("one", "first", "Gunmen killed three people in Kabul.");
    first.place = Some(sample::place("Kabul", Some(("Kabul", "AFG", 1))));
    first.time = Some(time("2017-08-01"));
    first.attribution = vec![source("the Interior Ministry", None)];
    let mut second = statement("one", "second", "Gunmen killed five.");
    second.time = Some(time("2018"));
    second.attribution =
        vec![source("a U.N. report", None), source("The Interior Ministry", Some(("afg-interior", "Interior Ministry of Afghanistan")))];
    let third = statement("two", "third", "Gunmen killed one.");
    let publish = |id: &str, publisher: &str| {
        let mut document = document(id, id);
        document.publisher = Some(publisher.to_owned());
        document
    };
    record.add(&[(publish("one", "Reuters"), vec![first, second]), (publish("two", "AP"), vec![third])]).unwrap();
    record
}

#[test]
fn words_are_found_and_counted() {
    let record = told();
    let find = |text: &str, narrowing: &[(Facet, &str)], paging: Paging| {
        let narrowing = narrowing.iter().map(|(facet, value)| (*facet, list(&[value]))).collect();
        let search = Search { text: text.to_owned(), narrowing, paging };
        let page = record.search(&search).unwrap();
        (page.items.into_iter().map(|statement| statement.id).collect::<Vec<_>>(), page.next, record.search_facets(&search).unwrap())
    };
    for (text, narrowing, expected) in [
        ("gunmen killed", &[][..], &["third", "second", "first"][..]),
        ("kabul", &[], &["first"]),
        ("killed", &[(Facet::Publisher, "Reuters")], &["second", "first"]),
        ("killed", &[(Facet::Publisher, "Reuters"), (Facet::Year, "2018")], &["second"]),
        ("killed", &[(Facet::Country, "AFG")], &["first"]),
        ("fled", &[], &[]),
        ("-", &[], &[]),
    ] {
        let (found, next, facets) = find(text, narrowing, Paging::default());
        assert_eq!((found, next), (list(expected), None), "{text} {narrowing:?}");
        assert_eq!((facets.statements, facets.counted), (expected.len() as u64, Counted::All), "{text} {narrowing:?}");
    }
    let (_, _, facets) = find("killed", &[(Facet::Publisher, "Reuters")], Paging::default());
    let counts = |facet: Facet| facets.by[&facet].iter().map(|c| (c.value.as_deref(), c.statements)).collect::<Vec<_>>();
    assert_eq!(facets.documents, 1);
    assert_eq!(counts(Facet::Year), [(Some("2017"), 1), (Some("2018"), 1)]);
    assert_eq!(counts(Facet::Publisher), [(Some("Reuters"), 2), (Some("AP"), 1)], "what another choice would find");
    let (found, next, _) = find("killed", &[], Paging { limit: 2, after: None });
    assert_eq!(found, ["third", "second"]);
    assert_eq!(find("killed", &[], Paging { limit: 2, after: next }).0, ["first"]);
}

#[test]
fn a_source_is_an_informant_or_a_publisher() {
    let record = told();
    let narrowing = BTreeMap::new();
    for (asked, expected) in [
        (Source::Informant("afg-interior".to_owned()), &["second"][..]),
        (Source::Informant("The interior ministry".to_owned()), &["first"]),
        (Source::Informant("a U.N. report".to_owned()), &[]),
        (Source::Publisher("REUTERS".to_owned()), &["second", "first"]),
        (Source::Publisher("AFP".to_owned()), &[]),
    ] {
        let (mut found, mut paging) = (Vec::new(), Paging { limit: 1, after: None });
        loop {
            let page = record.statements_by(&asked, &narrowing, &paging).unwrap();
            found.extend(page.items.into_iter().map(|statement| statement.id));
            match page.next {
                Some(next) => paging.after = Some(next),
                None => break,
            }
        }
        assert_eq!(found, expected, "{asked:?}");
        assert_eq!(record.facets_by(&asked, &narrowing).unwrap().statements, expected.len() as u64, "{asked:?}");
    }
}

#[test]
fn events_are_found_by_where_they_lie() {
    let dated = |group: GroupRecord| during(group, "2017-08-01", "2017-08-31");
    let mut record = of(&[
        dated(at(event("kabul"), KABUL, 1)),
        dated(at(event("bagram"), (34.95, 69.27), 2)),
        dated(at(event("afghanistan"), (34.6, 69.1), 6)),
        at(event("undated"), KABUL, 1),
        dated(at(event("suva"), (-18.1, 178.4), 1)),
        dated(event("nowhere")),
        event("nothing"),
    ]);
    let near = |km| Area::Circle { latitude: KABUL.0, longitude: KABUL.1, km };
    let fiji = Area::Polygon(vec![[177.0, -20.0], [-178.0, -20.0], [-178.0, -15.0], [177.0, -15.0]]);
    for (area, time, imprecise, expected, others) in [
        (near(20.0), None, Imprecise::Kept, &["afghanistan", "kabul", "undated"][..], (1, 0, 2)),
        (near(60.0), None, Imprecise::LeftOut, &["bagram", "kabul", "undated"], (1, 0, 2)),
        (near(60.0), Some(("2017-08-05", Overlap::Possible)), Imprecise::LeftOut, &["bagram", "kabul"], (1, 1, 1)),
        (near(60.0), Some(("2017-08-05", Overlap::Certain)), Imprecise::LeftOut, &[], (0, 1, 0)),
        (near(60.0), Some(("2017-08", Overlap::Certain)), Imprecise::LeftOut, &["bagram", "kabul"], (1, 1, 1)),
        (fiji, None, Imprecise::Kept, &["suva"], (0, 0, 2)),
    ] {
        let time = time.map(|(day, overlap)| window(day, day, overlap));
        let (mut found, mut filter) = (Vec::new(), AreaFilter { area, time, imprecise, paging: Paging { limit: 2, after: None } });
        loop {
            let within = record.events_within(&filter).unwrap();
            let counts = [within.all, within.imprecise, within.without_time, within.without_place];
            assert_eq!(counts, [expected.len() as u64, others.0, others.1, others.2].map(Tally::Exactly), "{filter:?}");
            found.extend(within.events.items.into_iter().map(|event| (event.record.id, event.imprecise)));
            match within.events.next {
                Some(next) => filter.paging.after = Some(next.to_string().parse().unwrap()),
                None => break,
            }
        }
        assert_eq!(found.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), expected, "{filter:?}");
        assert!(found.iter().all(|(id, imprecise)| *imprecise == (id == "afghanistan")));
    }
    record.set_now(LATER);
    link(&mut record, &[(dated(at(event("kabul"), (0.0, 0.0), 1)), &[])], &["bagram"]);
    let everything = AreaFilter { area: near(60.0), time: None, imprecise: Imprecise::LeftOut, paging: Paging::default() };
    let found =
        |record: &Record| record.events_within(&everything).unwrap().events.items.into_iter().map(|e| e.record.id).collect::<Vec<_>>();
    assert_eq!(found(&record), ["undated"]);
    record.look_back(&moment(NOW)).unwrap();
    assert_eq!(found(&record), ["bagram", "kabul", "undated"]);
}

#[test]
fn distances_are_told() {
    let record = of(&[at(event("bagram"), (34.95, 69.27), 2)]);
    let area = Area::Circle { latitude: KABUL.0, longitude: KABUL.1, km: 60.0 };
    let within = record.events_within(&AreaFilter { area, time: None, imprecise: Imprecise::Kept, paging: Paging::default() }).unwrap();
    let km = within.events.items[0].km.unwrap();
    assert!((47.0..48.0).contains(&km), "{km}");
}

#[test]
fn relations_stand_as_of_a_day() {
    let mut left = relation("left", "part_of", "isis-k", "ttp", ("2014-01-01", "2015-03-01"));
    left.ended = true;
    let record = of(&[
        left,
        relation("pledged", "pledged_allegiance_to", "isis-k", "isis", ("2015-01-01", "2016-01-01")),
        relation("rivals", "rival_of", "taliban", "isis-k", ("2015-06-01", "2019-01-01")),
        relation("undated", "allied_with", "isis-k", "imu", ("", "")),
        during(between(event("fight"), "isis-k", "taliban"), "2015-06-01", "2015-06-01"),
    ]);
    use Direction::{Inward, Outward};
    use Standing::{Cited, LastCited, Undated};
    for (day, expected) in [
        ("2013", &[("undated", Outward, Undated)][..]),
        ("2015-02-01", &[("pledged", Outward, Cited), ("left", Outward, Cited), ("undated", Outward, Undated)]),
        ("2015-07-01", &[("rivals", Inward, Cited), ("pledged", Outward, Cited), ("undated", Outward, Undated)]),
        ("2017", &[("rivals", Inward, Cited), ("pledged", Outward, LastCited), ("undated", Outward, Undated)]),
        ("2024-01-01", &[("rivals", Inward, LastCited), ("pledged", Outward, LastCited), ("undated", Outward, Undated)]),
    ] {
        let relations = record.relations_of("isis-k", &day.parse().unwrap(), &Paging::default()).unwrap();
        let found: Vec<_> = relations.items.iter().map(|r| (r.record.id.as_str(), r.direction, r.standing)).collect();
        assert_eq!(found, expected, "{day}");
    }
}

#[test]
fn a_network_reaches_one_or_two_steps() {
    let mut record = of(&[
        during(between(event("1"), "taliban", "police"), "2017-08-01", "2017-08-01"),
        during(between(event("2"), "police", "taliban"), "2017-08-02", "2017-08-02"),
        relation("r", "rival_of", "taliban", "isis", ("2016-01-01", "2017-05-01")),
        during(between(event("3"), "isis", "army"), "2017-01-01", "2017-01-01"),
        between(event("4"), "army", "un"),
    ]);
    let around = |record: &Record, reach, edges| {
        let network = record.network(&NetworkFilter { actor: "taliban".to_owned(), reach, edges }).unwrap();
        let nodes: Vec<String> = network.nodes.iter().map(|node| format!("{} {} {:?}", node.name, node.steps, node.others)).collect();
        let edges =
            network.edges.iter().map(|e| format!("{}-{} {} {} {:?}", e.one, e.other, e.events, e.relations, e.last_event.as_deref()));
        (nodes, edges.collect::<Vec<_>>())
    };
    let (nodes, edges) = around(&record, Reach::One, 10);
    assert_eq!(nodes, ["TALIBAN 0 Some(0)", "POLICE 1 None", "ISIS 1 None"]);
    assert_eq!(edges, ["taliban-police 2 0 Some(\"2017-08-02\")", "taliban-isis 0 1 None"]);
    let (nodes, edges) = around(&record, Reach::Two, 10);
    assert_eq!(nodes, ["TALIBAN 0 Some(0)", "POLICE 1 Some(0)", "ISIS 1 Some(0)", "ARMY 2 None"]);
    assert_eq!(edges.len(), 3);
    let (nodes, _) = around(&record, Reach::One, 1);
    assert_eq!(nodes[0], "TALIBAN 0 Some(1)");
    record.set_now(LATER);
    link(&mut record, &[], &["r", "1"]);
    assert_eq!(around(&record, Reach::Two, 10).1, ["taliban-police 1 0 Some(\"2017-08-02\")"]);
    record.look_back(&moment(NOW)).unwrap();
    assert_eq!(around(&record, Reach::Two, 10).1, edges);
}

#[test]
fn what_changed_since_is_told_last_change_first() {
    let mut record = Record::in_memory(NOW).unwrap();
    let told = |ids: &[&str]| ids.iter().map(|id| statement("d", id, "Gunmen killed three people.")).collect::<Vec<_>>();
    record.add(&[(document("d", "One."), told(&["a", "b"]))]).unwrap();
    link(&mut record, &[(event("e-1"), &[1]), (event("e-2"), &[2])], &[]);
    record.set_now(LATER);
    let mut surer = told(&["a", "c"]);
    surer[0].confidence = 0.5;
    record.add(&[(document("d", "One."), surer), (document("n", "New."), Vec::new())]).unwrap();
    let mut known = event("e-1");
    known.sources = 2;
    link(&mut record, &[(known, &[3]), (event("e-3"), &[4])], &["e-2"]);
    record.set_now(LAST);
    record.add(&[(document("d", "One and two."), told(&["c"]))]).unwrap();
    let changes = |record: &Record, of, since: &str| {
        let (mut found, mut paging) = (Vec::new(), Paging { limit: 1, after: None });
        loop {
            let page = record.changes(of, &moment(since), &paging).unwrap();
            found.extend(page.items.into_iter().map(|change| (change.id, change.kind)));
            match page.next {
                Some(next) => paging.after = Some(next.to_string().parse().unwrap()),
                None => break found,
            }
        }
    };
    use ChangeKind::{Began, Changed, Ended};
    let expect = |expected: &[(&str, ChangeKind)]| expected.iter().map(|(id, kind)| ((*id).to_owned(), *kind)).collect::<Vec<_>>();
    assert_eq!(changes(&record, ChangeOf::Documents, NOW), expect(&[("d", Changed), ("n", Began)]));
    let (statements, groups) = (changes(&record, ChangeOf::Statements, NOW), changes(&record, ChangeOf::Groups, NOW));
    assert_eq!(statements, expect(&[("c", Changed), ("a", Ended), ("c", Began), ("a", Changed), ("b", Ended)]));
    assert_eq!(groups, expect(&[("e-3", Began), ("e-1", Changed), ("e-2", Ended)]));
    assert_eq!(changes(&record, ChangeOf::Documents, LATER), expect(&[("d", Changed)]));
    assert_eq!(changes(&record, ChangeOf::Groups, LATER), expect(&[]));
    record.look_back(&moment(LATER)).unwrap();
    assert_eq!(changes(&record, ChangeOf::Statements, NOW), statements[2..]);
}
