//! Which coded statement answers which of the gold's? Each one at most, so that most slots are right.

use std::cmp::Reverse;

use anyhow::{Context, ensure};
use sayso::types::record::StatementRecord;

use super::gold::Gold;

/// A statement of the gold and the coded one that answers it.
#[derive(Debug, PartialEq, Eq)]
pub struct Answered {
    /// Its number among the gold's.
    pub gold: usize,
    /// Its number among the coded.
    pub coded: usize,
    /// The slots that the gold names, and whether they are right.
    slots: Vec<(&'static str, bool)>,
}

impl Answered {
    pub fn is_right(&self) -> bool {
        self.slots.iter().all(|(_, right)| *right)
    }

    /// The slots that are not right.
    pub fn wrong(&self) -> Vec<&'static str> {
        self.slots.iter().filter(|(_, right)| !right).map(|(slot, _)| *slot).collect()
    }
}

/// The answers of a report's gold, best first.
///
/// # Errors
/// Where a quote is not in the report, or a statement's evidence is not the report's words.
pub fn answers(text: &str, gold: &[&Gold], coded: &[StatementRecord]) -> anyhow::Result<Vec<Answered>> {
    let characters: Vec<char> = text.chars().collect();
    for statement in coded {
        let words = &statement.evidence.words;
        let stands = characters.get(words.start..words.end).is_some_and(|c| c.iter().copied().eq(words.text.chars()));
        ensure!(stands, "evidence that does not match its document: {}", words.text);
    }
    let mut pairs = Vec::new();
    for (g, gold) in gold.iter().enumerate() {
        let at = text.find(&gold.quote).with_context(|| format!("not in the report: {}", gold.quote))?;
        let at = text[..at].chars().count();
        let end = at + gold.quote.chars().count();
        for (c, statement) in coded.iter().enumerate().filter(|(_, s)| gold.admits(s)) {
            let words = &statement.evidence.words;
            if words.start < end && words.end > at {
                let answer = Answered { gold: g, coded: c, slots: gold.slots(statement) };
                let right = answer.slots.iter().filter(|(_, right)| *right).count();
                pairs.push((Reverse(right), words.start.abs_diff(at), answer));
            }
        }
    }
    pairs.sort_by_key(|(right, away, _)| (*right, *away));
    let mut taken: Vec<Answered> = Vec::new();
    for (_, _, answer) in pairs {
        if taken.iter().all(|t| t.gold != answer.gold && t.coded != answer.coded) {
            taken.push(answer);
        }
    }
    Ok(taken)
}
