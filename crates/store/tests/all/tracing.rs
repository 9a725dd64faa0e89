//! What is told of how events came about: their history, and how two moments differ in them.

use std::collections::BTreeMap;

use sayso_store::{Change, Moment, Record};

use crate::linked::linked;

fn record() -> (tempfile::TempDir, Record) {
    let directory = tempfile::tempdir().unwrap();
    let record = Record::open_to_change(&linked(directory.path()), "2017-09-04T08:00:00Z").unwrap();
    (directory, record)
}

/// What the record tells of an id, and why.
fn told(record: &Record, id: &str) -> Vec<(String, String)> {
    record.history(id).unwrap().into_iter().map(|step| (step.what, step.why)).collect()
}

fn lines(told: &[(String, String)]) -> Vec<(&str, &str)> {
    told.iter().map(|(what, why)| (what.as_str(), why.as_str())).collect()
}

#[test]
fn an_event_tells_what_came_left_and_changed_and_why() {
    let (_directory, record) = record();
    let reject = "decision 1 by Ann: reject kunduz-1";
    assert_eq!(
        lines(&told(&record, "e-one")),
        [
            (
                "began as event assault, Kunduz, 2017-08-31; weak, 1 source; killed 24; \
                 with kunduz-0 of kunduz · mosul-0 of mosul, like kunduz-0 (0.73)",
                "a reading of 2 documents"
            ),
            (
                "weak → fair; 1 source → 2 sources; statements 2 → 4; killed 24 → 31; \
                 came: herat-0 of herat, like kunduz-0 (0.73) · kunduz-1 of kunduz, like kunduz-0 (0.73), from e-two",
                "a reading of 1 document"
            ),
            ("statements 4 → 3; left: kunduz-1 of kunduz", reject),
        ]
    );
    assert_eq!(
        lines(&told(&record, "e-tw")),
        [
            ("began as event assault, Kunduz, 2017-08-31; weak, 1 source; killed 2; with kunduz-1 of kunduz", "a reading of 2 documents"),
            ("is no more; left: kunduz-1 of kunduz, to e-one", "a reading of 1 document"),
        ]
    );
}

#[test]
fn a_statement_tells_in_which_events_it_was() {
    let (_directory, record) = record();
    let steps = told(&record, "kunduz-1");
    let of_groups: Vec<(&str, &str)> = lines(&steps).into_iter().filter(|(what, _)| what.contains("e-")).collect();
    assert_eq!(
        of_groups,
        [
            ("came into e-two", "a reading of 2 documents"),
            ("came into e-one, like kunduz-0 (0.7315); left e-two", "a reading of 1 document"),
            ("left e-one", "decision 1 by Ann: reject kunduz-1"),
        ]
    );
}

#[test]
fn two_releases_differ_in_their_events() {
    let (_directory, mut record) = record();
    record.release("second", "Ann", "", &BTreeMap::new()).unwrap();
    let manifests: Vec<_> = record.releases().unwrap().into_iter().map(|release| release.manifest).collect();
    assert_eq!((manifests[0].groups, manifests[0].members), (3, 5));
    assert_eq!((manifests[1].groups, manifests[1].members), (2, 5));
    assert_ne!(manifests[0].groups_sha256, manifests[1].groups_sha256);
    assert_ne!(manifests[0].members_sha256, manifests[1].members_sha256);
    let release = |name: &str| Moment::Release(name.to_owned());
    let differing = record.diff(&release("first"), &release("second")).unwrap().groups;
    let told: Vec<_> = differing.iter().map(|one| (one.change, one.id.as_str(), one.what.as_str(), one.through.as_str())).collect();
    let reading = "a reading of 1 document";
    let both = format!("{reading}; decision 1 by Ann: reject kunduz-1");
    let changed = "weak → fair; 1 source → 2 sources; statements 2 → 3; killed 24 → 31; came: herat-0";
    assert_eq!(told, [(Change::Removed, "e-two", "", reading), (Change::Changed, "e-one", changed, both.as_str())]);
    let back = record.diff(&release("second"), &release("first")).unwrap().groups;
    assert_eq!(
        back.iter().map(|one| (one.change, one.id.as_str())).collect::<Vec<_>>(),
        [(Change::Added, "e-two"), (Change::Changed, "e-one")]
    );
    assert!(record.diff(&release("second"), &release("second")).unwrap().is_empty());
}

#[test]
fn a_manifest_of_before_there_were_events_is_read() {
    let manifest: sayso_store::Manifest = serde_json::from_str(
        r#"{"documents":1,"statements":2,"decisions":0,"documents_sha256":"a","statements_sha256":"b","log_sha256":"c","versions":{}}"#,
    )
    .unwrap();
    assert_eq!((manifest.groups, manifest.groups_sha256.as_str()), (0, ""));
}
