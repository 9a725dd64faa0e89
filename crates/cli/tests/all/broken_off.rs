//! However a reading ends, what was finished is kept, and reading again completes it.
#![cfg(unix)]

use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support;
use crate::support::{Place, many};

/// Waits until the record of a running command holds something.
#[expect(clippy::disallowed_methods, reason = "a test waits for another program")]
fn wait_for_documents(place: &Place, child: &mut Child) {
    let begun = Instant::now();
    loop {
        let holds = place.path("record.sayso").exists() && {
            let (status, output, _) = support::ended(place.sayso(&["documents", "--format", "csv", "--limit", "1"]));
            status == 0 && output.lines().count() > 1
        };
        if holds || child.try_wait().unwrap().is_some() {
            return;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "nothing was kept within a minute");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_killed_reading_loses_no_finished_document_and_is_completed() {
    let place = Place::new();
    let mut child = place.bare(&["read", "-"]).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(many(0..300).as_bytes()).unwrap();
    stdin.flush().unwrap();
    wait_for_documents(&place, &mut child);
    child.kill().unwrap();
    child.wait().unwrap();
    let kept = place.documents();
    assert!((1..300).contains(&kept), "{kept}");
    for document in place.prints(&["documents", "--format", "jsonl"]).lines() {
        let document: serde_json::Value = serde_json::from_str(document).unwrap();
        assert_ne!(document["statements"], 0, "a document is kept with its statements");
    }
    place.write("all.jsonl", many(0..300));
    let summary = place.prints(&["read", "all.jsonl"]);
    assert!(summary.contains(&format!("{kept} unchanged")), "{summary}");
    assert_eq!(place.documents(), 300);
}

#[test]
fn an_interrupted_reading_finishes_its_batch_and_says_so() {
    let place = Place::new();
    let mut child = place.bare(&["read", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(many(0..260).as_bytes()).unwrap();
    stdin.flush().unwrap();
    wait_for_documents(&place, &mut child);
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
    std::thread::sleep(Duration::from_millis(50));
    let _ = stdin.write_all(many(260..1000).as_bytes());
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.starts_with("Interrupted: the running batch was finished and is kept."), "{said}");
    let kept = place.documents();
    assert!(kept < 1000 && said.contains(&format!("{kept} new")), "{kept}: {said}");
}

#[test]
#[expect(clippy::print_stderr, reason = "says why there is nothing to test")]
fn a_full_disk_is_said_in_one_line_and_what_was_finished_is_kept() {
    let place = Place::new();
    let disk = place.path("disk");
    std::fs::create_dir(&disk).unwrap();
    let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=1m", "tmpfs"]).arg(&disk).stderr(Stdio::null()).status();
    if !mounted.is_ok_and(|status| status.success()) {
        eprintln!("not tested: this user may not mount a small disk");
        return;
    }
    place.write("all.jsonl", many(0..3000));
    let (status, _, errors) = support::ended(place.sayso(&["read", "all.jsonl", "--record", "disk/record.sayso"]));
    std::fs::copy(disk.join("record.sayso"), place.path("copy.sayso")).unwrap();
    let unmounted = Command::new("umount").arg(&disk).status().unwrap();
    assert!(unmounted.success());
    assert_eq!((status, errors.lines().count()), (3, 1), "{errors}");
    assert!(errors.contains("the disk is full"), "{errors}");
}
