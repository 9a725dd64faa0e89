//! However a command is ended while it reads, links, decides, takes back or releases, the record opens and verifies, nothing that was
//! acknowledged is lost, and linking goes on to what linking from nothing gives. `SAYSO_KILLS=200 cargo test -p sayso-cli --test all killed`
//! ends them more often.
#![cfg(unix)]

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use sayso::linking::{Linker, Scope, link_record, versions};
use sayso_store::{Decision, DecisionFilter, Record};

use crate::support::{Place, happenings};

const NOW: &str = "2017-09-01T08:00:00Z";

/// A group as it is whatever its id: its statements by number, and its summary.
type Groups = BTreeSet<(BTreeSet<i64>, String)>;

fn groups(record: &Record) -> Groups {
    let mut members: BTreeMap<String, BTreeSet<i64>> = BTreeMap::new();
    let mut take = |group: &str, statement| {
        members.entry(group.to_owned()).or_default().insert(statement);
    };
    record.reading().each_member(&mut take).unwrap();
    let ids: Vec<String> = members.keys().cloned().collect();
    let summary = |group: sayso::types::record::GroupRecord| {
        let members = members[&group.id].clone();
        (members, serde_json::to_string(&sayso::types::record::GroupRecord { id: String::new(), ..group }).unwrap())
    };
    record.reading().groups(&ids).unwrap().into_iter().map(summary).collect()
}

/// What linking some scope makes of a copy of a record.
fn linked(place: &Place, linker: &Linker, scope: Scope) -> Groups {
    let copy = place.path("copy.sayso");
    for ending in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(place.path(&format!("copy.sayso{ending}")));
    }
    std::fs::copy(place.path("record.sayso"), &copy).unwrap();
    let mut record = Record::open_to_change(&copy, NOW).unwrap();
    link_record(linker, &mut record, scope, "sayso", &versions()).unwrap();
    groups(&record)
}

/// What is known to be in the record for good.
#[derive(Default)]
struct Kept {
    documents: BTreeSet<String>,
    decisions: Vec<Decision>,
    releases: BTreeSet<String>,
}

impl Kept {
    fn of(record: &Record) -> Kept {
        let documents = record.documents(&sayso_store::Filter::default()).unwrap();
        Kept {
            documents: documents.into_iter().map(|document| document.record.id).collect(),
            decisions: record.decisions(&DecisionFilter::default()).unwrap(),
            releases: record.releases().unwrap().into_iter().map(|release| release.name).collect(),
        }
    }

    /// Whether all of it is there later.
    fn is_in(&self, later: &Kept) -> bool {
        let same =
            |one: &Decision| later.decisions.iter().any(|d| (d.id, &d.who, &d.at, &d.action) == (one.id, &one.who, &one.at, &one.action));
        self.documents.is_subset(&later.documents) && self.releases.is_subset(&later.releases) && self.decisions.iter().all(same)
    }
}

/// The commands that are ended, one after another.
fn command(round: u64, record: &Record) -> Vec<String> {
    let mut events: BTreeSet<String> = BTreeSet::new();
    let mut take = |group: &str, _| {
        events.insert(group.to_owned());
    };
    record.reading().each_member(&mut take).unwrap();
    events.retain(|id| id.starts_with("e-"));
    let events: Vec<String> = events.into_iter().collect();
    let event = |number: u64| events[(round + number) as usize % events.len()].clone();
    let statements = record.statements(&sayso_store::Filter::default()).unwrap();
    let statement = statements[round as usize * 7 % statements.len()].id.clone();
    let input = format!("{}.jsonl", round / 7);
    let signed = |words: &[&str]| words.iter().chain(&["--by", "Ann", "--why", "so it is"]).map(ToString::to_string).collect();
    match round % 7 {
        0 => ["read", &input, "--profile", "fast"].map(str::to_owned).to_vec(),
        1 => signed(&["judge", "join", &event(0), &event(1)]),
        2 => ["link", "--all"].map(str::to_owned).to_vec(),
        3 => signed(&["accept", &statement]),
        4 => signed(&["undo"]),
        5 => signed(&["release", &format!("release {round}")]),
        _ => signed(&["reject", &statement]),
    }
}

/// Ends a command at some moment: by the clock, or soon after it has written something for the so-manieth time.
#[expect(clippy::disallowed_methods, reason = "a test waits for another program")]
fn end(child: &mut Child, written: &Path, round: u64, typical: Duration) {
    let size = || std::fs::metadata(written).map_or(0, |file| file.len());
    let begun = Instant::now();
    let chance = round * 379 % 101;
    if round.is_multiple_of(3) {
        std::thread::sleep(typical.mul_f64(chance as f64 / 80.0));
    } else {
        let (mut last, mut left) = (size(), round % 4);
        while child.try_wait().unwrap().is_none() && begun.elapsed() < typical * 4 {
            let now = size();
            if now != last {
                last = now;
                if left == 0 {
                    break;
                }
                left -= 1;
            }
            std::thread::sleep(Duration::from_micros(100));
        }
        std::thread::sleep(Duration::from_micros(chance * 20));
    }
    let _ = child.kill();
}

/// What a command printed before it ended, whether it was killed, and how long it took.
#[expect(clippy::disallowed_methods, reason = "a test measures another program")]
fn ended_at_some_moment(place: &Place, arguments: &[String], round: u64, typical: Duration) -> (String, bool, Duration) {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let begun = Instant::now();
    let mut child = place.bare(&arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    end(&mut child, &place.path("record.sayso-wal"), round, typical);
    let mut printed = String::new();
    child.stdout.take().unwrap().read_to_string(&mut printed).unwrap();
    let killed = child.wait().unwrap().code().is_none();
    (printed, killed, begun.elapsed())
}

#[test]
#[expect(clippy::disallowed_methods, clippy::print_stderr, reason = "the test is told how often to kill, and says how often it did")]
fn nothing_acknowledged_is_lost_and_linking_goes_on_where_it_was() {
    let kills: u64 = std::env::var("SAYSO_KILLS").map_or(7, |kills| kills.parse().expect("SAYSO_KILLS is a number"));
    let linker = Linker::embedded().unwrap();
    let (mut place, mut kept) = (Place::new(), Kept::default());
    let mut typical: BTreeMap<u64, Duration> = BTreeMap::new();
    let (mut killed_times, mut inside) = (0, 0);
    for round in 0..kills {
        // A record grows over fifty rounds; then another begins.
        if round.is_multiple_of(50) {
            (place, kept) = (Place::new(), Kept::default());
            place.write("first.jsonl", happenings(900..906));
            place.prints(&["read", "first.jsonl", "--profile", "fast"]);
        }
        let input = round / 7;
        place.write(&format!("{input}.jsonl"), happenings(input as usize * 3..input as usize * 3 + 3));
        let path = place.path("record.sayso");
        let before = Record::open_read_only(&path).unwrap();
        let arguments = command(round, &before);
        let entries = before.log_length().unwrap();
        drop(before);
        let expected = typical.get(&(round % 7)).copied().unwrap_or(Duration::from_secs(2));
        let (printed, killed, took) = ended_at_some_moment(&place, &arguments, round, expected);
        killed_times += u64::from(killed);
        if !killed {
            typical.insert(round % 7, took);
        }
        // It opens and verifies; opening it to change takes up what the killed command left beside it.
        let mut record = Record::open_to_change(&path, NOW).unwrap();
        assert_eq!(record.verify(&mut |_| {}).unwrap(), [], "round {round}: {arguments:?}");
        inside += u64::from(killed && record.log_length().unwrap() > entries);
        let now = Kept::of(&record);
        assert!(kept.is_in(&now), "round {round}: {arguments:?}: something that was kept is gone");
        acknowledged(&printed, &arguments, killed, &now);
        kept = now;
        drop(record);
        assert_eq!(linked(&place, &linker, Scope::Changed), linked(&place, &linker, Scope::Everything), "round {round}: {arguments:?}");
    }
    eprintln!("{kills} commands, {killed_times} killed before they ended, {inside} of them after they had written");
}

/// What the command said was done is done.
fn acknowledged(printed: &str, arguments: &[String], killed: bool, now: &Kept) {
    let number = |line: &str| line.strip_prefix("Decision ").and_then(|rest| rest.split([' ', ':']).next()?.parse::<i64>().ok());
    for line in printed.lines() {
        if let Some(number) = number(line) {
            let decision = now.decisions.iter().find(|decision| decision.id.0 == number);
            let holds = !line.contains("no longer holds");
            assert_eq!(decision.map(|decision| decision.holds), Some(holds), "{line}");
        }
        if arguments[0] == "release" && line.starts_with(&arguments[1]) {
            assert!(now.releases.contains(&arguments[1]), "{line}");
        }
    }
    if arguments[0] == "read" && !killed {
        let first = arguments[1].trim_end_matches(".jsonl").parse::<usize>().unwrap() * 3;
        assert!(now.documents.contains(&format!("a{first}")) && now.documents.contains(&format!("b{}", first + 2)));
    }
}
