//! Which reports are of one text?

use std::collections::BTreeMap;

use sayso::linking::Linked;

use super::super::gold::Topic;
use super::Set;
use crate::eval;

/// F1 over pairs of reports that are or are not of one text; a merged copy is of each text that it is made of.
pub fn f1(topics: &[Topic], set: &Set, linked: &Linked, shown: bool) -> f64 {
    let mut gold: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for origin in topics.iter().flat_map(|topic| &topic.gold.origins) {
        gold.entry(&origin.first).or_default().push(&origin.first);
        for copy in &origin.copies {
            gold.entry(&copy.report).or_default().push(&origin.first);
        }
    }
    let texts = |report: &str| -> Vec<i64> {
        let Some(number) = set.numbers.get(report) else { return Vec::new() };
        let repeats = linked.reports.get(number).map(|report| report.repeats.iter().map(|repeat| repeat.of).collect::<Vec<_>>());
        repeats.filter(|repeats| !repeats.is_empty()).unwrap_or_else(|| vec![*number])
    };
    let reports: Vec<&str> = topics.iter().flat_map(|topic| topic.reports.iter().map(|report| report.id.as_str())).collect();
    let (mut right, mut found, mut wanted) = (0, 0, 0);
    for (at, one) in reports.iter().enumerate() {
        for other in &reports[at + 1..] {
            let is_gold = own(one, &gold).iter().any(|origin| own(other, &gold).contains(origin));
            let is_found = texts(one).iter().any(|text| texts(other).contains(text));
            right += usize::from(is_gold && is_found);
            found += usize::from(is_found);
            wanted += usize::from(is_gold);
            if shown && is_gold != is_found {
                eprintln!("origins\t{one}\t{other}\tfound {is_found}, gold {is_gold}");
            }
        }
    }
    eval::f1(right, found, wanted)
}

/// The first reports of the texts of a report.
fn own<'a>(report: &'a str, gold: &BTreeMap<&str, Vec<&'a str>>) -> Vec<&'a str> {
    gold.get(report).cloned().unwrap_or_else(|| vec![report])
}
