//! Others' files are read by the names of their columns, a bad row is told and passed over, and what is compared is matched one to one.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod record;

use sayso::question::Question;
use sayso_exchange::Export;
use sayso_exchange::import::actors::List;
use sayso_exchange::import::compare::{COLUMNS, Comparison, Verdict, Windows, compare, row};
use sayso_exchange::import::{Dataset, TheirEvent};
use sayso_store::Record;
use sayso_types::ActorKind;

const ACLED: &str = "\
EVENT_ID_CNTY,EVENT_DATE,TIME_PRECISION,EVENT_TYPE,SUB_EVENT_TYPE,ACTOR1,ACTOR2,ISO,COUNTRY,LOCATION,LATITUDE,LONGITUDE,GEO_PRECISION,SOURCE,NOTES,FATALITIES
AFG1,2031-03-03,1,Explosions/Remote violence,Suicide bomb,Islamic State,Civilians (Afghanistan),4,Afghanistan,Kabul,34.5281,69.1723,1,Invented Wire,A bomber struck.,12
AFG2,05 March 2030,1,Battles,Armed clash,Taliban,Military Forces of Afghanistan,4,Afghanistan,Lashkar Gah,31.5938,64.3716,2,Invented Wire,Four killed.,4
AFG3,2031-03-20,1,Protests,Peaceful protest,Protesters (Afghanistan),,4,Afghanistan,Kabul,34.5281,69.1723,1,Invented Wire,A march.,0
NIG1,2031-02-20,3,Battles,Armed clash,Boko Haram - Jamaatu Ahli is-Sunnah lid-Dawati wal-Jihad,Military Forces of Nigeria,566,Nigeria,Maiduguri,11.8333,13.1500,3,Invented Wire,Two killed.,2
BAD1,sometime,1,Battles,Armed clash,A,B,4,Afghanistan,Kabul,34.5,69.1,1,x,y,1
BAD2,2031-03-03,1,Battles,Armed clash,A,B,4,Afghanistan,Kabul,934.5,69.1,1,x,y,1
AFG1,2031-03-03,1,Battles,Armed clash,A,B,4,Afghanistan,Kabul,34.5,69.1,1,x,y,1
BAD3,2031-03-03
";

fn read(dataset: Dataset, text: &str) -> sayso_exchange::import::FileRead {
    dataset.read(text.as_bytes()).unwrap()
}

fn compared(theirs: Vec<TheirEvent>) -> Comparison {
    let (_directory, path) = record::record();
    let record = Record::open_read_only(&path).unwrap();
    let (made, question) = (record::made(), Question::default());
    let export = Export { record: &record, linker: &record::LINKER, question: &question, made: &made };
    compare(&export, theirs, Windows::default()).unwrap()
}

#[test]
fn acled_files_of_any_case_are_read_and_bad_rows_are_told() {
    let read = read(Dataset::Acled, ACLED);
    let ids: Vec<&str> = read.events.iter().map(|event| event.id.as_str()).collect();
    assert_eq!(ids, ["AFG1", "AFG2", "AFG3", "NIG1"]);
    let told: Vec<(u64, &str)> = read.rejected.iter().map(|row| (row.line, row.why.as_str())).collect();
    assert_eq!(told.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [6, 7, 8, 9]);
    for ((_, why), expected) in told.iter().zip(["no date", "not on the Earth", "earlier row", "2 values of 16"]) {
        assert!(why.contains(expected), "{why}");
    }
    let event = &read.events[1];
    assert_eq!((event.earliest.as_deref(), event.country.as_deref(), event.best), (Some("2030-03-05"), Some("AFG"), Some(4)));
    assert_eq!(read.events[2].best, None, "ACLED's 0 is none or unknown");
    assert_eq!((read.events[3].earliest.as_deref(), read.events[3].latest.as_deref()), (Some("2031-02-01"), Some("2031-02-28")));
}

#[test]
fn a_file_of_something_else_is_refused_with_what_it_lacks() {
    for (dataset, text) in [(Dataset::Ged, ACLED), (Dataset::Acled, ""), (Dataset::Gtd, "a,b\n1,2\n"), (Dataset::Polecat, "\u{0}\u{1}\n")] {
        let error = dataset.read(text.as_bytes()).unwrap_err().to_string();
        assert!(error.contains("it has no column"), "{error}");
    }
}

#[test]
fn ged_gtd_and_polecat_files_are_read() {
    let ged = "id,type_of_violence,side_a,side_b,where_prec,where_coordinates,latitude,longitude,country,date_prec,date_start,date_end,best,high,low\n\
        7,3,IS,Civilians,1,Kabul town,34.5281,69.1723,Afghanistan,1,2031-03-03 00:00:00.000,2031-03-03 00:00:00.000,8,9,6\n\
        8,9,IS,Civilians,1,Kabul town,34.5281,69.1723,Afghanistan,1,2031-03-03,2031-03-03,8,9,6\n\
        9,1,IS,B,6,Myanmar,22,96,Myanmar (Burma),5,2031-03-03,2031-03-01,8,9,6\n";
    let ged = read(Dataset::Ged, ged);
    assert_eq!((ged.events.len(), ged.rejected.len()), (1, 2));
    assert_eq!((ged.events[0].low, ged.events[0].high, ged.events[0].can_be.join(",")), (Some(6), Some(9), "assault".to_owned()));
    let gtd = "eventid,iyear,imonth,iday,country_txt,city,latitude,longitude,specificity,attacktype1_txt,gname,nkill\n\
        203103030001,2031,3,0,Afghanistan,Kabul,34.5,69.2,1,Bombing/Explosion,Islamic State,\n\
        203103030002,2031,13,1,Afghanistan,Kabul,34.5,69.2,1,Bombing/Explosion,Islamic State,-99\n";
    let gtd = read(Dataset::Gtd, gtd);
    assert_eq!((gtd.events.len(), gtd.rejected.len()), (1, 1));
    assert_eq!(
        (gtd.events[0].earliest.as_deref(), gtd.events[0].latest.as_deref(), gtd.events[0].best),
        (Some("2031-03-01"), Some("2031-03-31"), None)
    );
    let polecat = "Event ID\tEvent Date\tEvent Type\tEvent Mode\tActor Name\tRecipient Name\tCountry\tPlacename\tLatitude\tLongitude\n\
        X1\t2031-03-04\tASSAULT\tsuicide-attack\tIslamic State\tNone\tAfghanistan\tKabul\t34.5\t69.2\n";
    let polecat = read(Dataset::Polecat, polecat);
    assert_eq!(polecat.events[0].can_be, ["assault"]);
    assert_eq!(polecat.events[0].actors, ["Islamic State"], "None is nobody");
}

#[test]
fn what_both_tell_is_laid_side_by_side() {
    let comparison = compared(read(Dataset::Acled, ACLED).events);
    let pairs: Vec<(&str, Option<&str>)> = comparison
        .matched
        .iter()
        .map(|pair| (pair.theirs.id.as_str(), pair.ours.group.place.as_ref().map(|place| place.name.as_str())))
        .collect();
    assert_eq!(pairs, [("AFG1", Some("Kabul")), ("AFG2", Some("Helmand")), ("NIG1", Some("Nigeria"))]);
    let verdict = |pair: usize, field: &str| comparison.matched[pair].fields.iter().find(|of| of.name == field).unwrap().verdict;
    assert_eq!(verdict(0, "killed"), Verdict::Differs, "12 is more than any report tells");
    assert_eq!((verdict(1, "killed"), verdict(1, "actors"), verdict(1, "place")), (Verdict::Agrees, Verdict::Agrees, Verdict::Agrees));
    assert_eq!(verdict(2, "actors"), Verdict::Agrees, "a name within a longer one");
    assert_eq!(comparison.only_theirs.iter().map(|event| event.id.as_str()).collect::<Vec<_>>(), ["AFG3"], "a protest is no bombing");
    assert!(comparison.only_ours.iter().any(|event| event.group.place.as_ref().is_some_and(|place| place.name == "Herat")));
    for row in row(&comparison) {
        assert_eq!(row.len(), COLUMNS.len());
    }
}

#[test]
fn nothing_is_matched_beyond_the_windows() {
    let mut far = read(Dataset::Acled, ACLED).events;
    far.truncate(1);
    (far[0].latitude, far[0].longitude) = (Some(31.6133), Some(65.7101));
    assert_eq!(compared(far.clone()).matched, []);
    let mut late = read(Dataset::Acled, ACLED).events;
    late.truncate(1);
    (late[0].earliest, late[0].latest) = (Some("2031-03-06".to_owned()), Some("2031-03-06".to_owned()));
    assert_eq!(compared(late.clone()).matched, [], "three days");
    (late[0].earliest, late[0].latest) = (Some("2031-03-05".to_owned()), Some("2031-03-05".to_owned()));
    assert_eq!(compared(late).matched.len(), 1, "two days");
}

#[test]
fn lists_of_actors_give_groups_and_bodies_and_no_private_persons() {
    let ftm = r#"{"id": "NK-1", "schema": "Organization", "properties": {"name": ["Northern Front"], "alias": ["Front of the North"], "weakAlias": ["NF"], "topics": ["crime.terror"], "country": ["ml"], "sourceUrl": ["https://list.example/1"]}}
{"id": "NK-2", "schema": "Person", "properties": {"name": ["Somebody Private"], "topics": ["sanction"]}}
{"id": "NK-3", "schema": "Person", "properties": {"name": ["A Minister"], "topics": ["role.pep"]}}
{"id": "NK-4", "schema": "Company", "properties": {"name": ["A Shipping Line"], "topics": ["sanction"]}}
{"id": "NK-5", "schema": "Organization", "properties": {"name": ["A Body of Some Kind"]}}
not json
"#;
    let read = List::Ftm.read(ftm.as_bytes()).unwrap();
    let names: Vec<&str> = read.candidates.iter().map(|candidate| candidate.name.as_str()).collect();
    assert_eq!(names, ["Northern Front", "A Minister", "A Body of Some Kind"]);
    assert_eq!((read.passed, read.rejected.len(), read.rejected[0].line), (2, 1, 6));
    let registry = read.candidates[0].registry(None).unwrap();
    for expected in ["nk-1\tkind\tarmed-group\t\t\thttps://list.example/1\n", "nk-1\tcountry\tMLI\t", "nk-1\tname:short!\tNF\t"] {
        assert!(registry.contains(expected), "{expected}: {registry}");
    }
    assert!(read.candidates[2].registry(None).unwrap_err().to_string().contains("--kind"), "nobody says what it is");
    assert!(read.candidates[2].registry(Some(ActorKind::Ngo)).is_ok());
}

#[test]
fn a_wikidata_dump_is_read_packed_and_as_a_stream() {
    let class = |class: &str| {
        format!(
            r#"{{"P31": [{{"rank": "normal", "mainsnak": {{"datavalue": {{"value": {{"id": "{class}"}}}}}}}}], "P17": [{{"mainsnak": {{"datavalue": {{"value": {{"id": "Q912"}}}}}}}}]}}"#
        )
    };
    let group = format!(
        r#"{{"id": "Q9000001", "labels": {{"en": {{"value": "Northern Front"}}}}, "aliases": {{"en": [{{"value": "NF"}}, {{"value": "Front of the North"}}]}}, "claims": {}}}"#,
        class("Q17149090")
    );
    let human = format!(r#"{{"id": "Q9000002", "labels": {{"en": {{"value": "Somebody"}}}}, "claims": {}}}"#, class("Q5"));
    let country =
        r#"{"id": "Q912", "labels": {"en": {"value": "Mali"}}, "claims": {"P298": [{"mainsnak": {"datavalue": {"value": "MLI"}}}]}}"#;
    let dump = format!("[\n{group},\n{human},\n{country}\n]\n");
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, dump.as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    let read = List::Wikidata.read(packed.as_slice()).unwrap();
    assert_eq!(read.candidates.len(), 1);
    let candidate = &read.candidates[0];
    assert_eq!(
        (candidate.id.as_str(), candidate.countries.join(","), candidate.weak.join(",")),
        ("Q9000001", "MLI".to_owned(), "NF".to_owned())
    );
    assert_eq!(List::Wikidata.read(dump.as_bytes()).unwrap(), read);
    assert!(List::Wikidata.read(&packed[..packed.len() / 2]).is_err(), "a file that was cut off says so");
}
