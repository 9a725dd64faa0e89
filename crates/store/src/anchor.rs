//! Which statement of another coding is the one that a person decided on?

use sayso_types::CodePoints;
use sayso_types::decision::Anchor;
use sayso_types::record::{PropositionRecord, StatementRecord, Words};

/// Its number among the statements of another coding of the same text: the one of its id; else of its kind at the same trigger;
/// else of its type with the most of its evidence.
pub(crate) fn in_the_same_text<'a>(decided: &StatementRecord, coded: impl Iterator<Item = &'a StatementRecord> + Clone) -> Option<usize> {
    let kind = decided.proposition.kind();
    let type_code = decided.proposition.type_code();
    coded
        .clone()
        .position(|statement| statement.id == decided.id)
        .or_else(|| {
            let mut at_trigger = coded
                .clone()
                .enumerate()
                .filter(|(_, statement)| statement.proposition.kind() == kind && statement.evidence.trigger == decided.evidence.trigger);
            let first = at_trigger.next()?;
            let of_type = at_trigger.find(|(_, statement)| statement.proposition.type_code() == type_code);
            Some(if first.1.proposition.type_code() == type_code { first.0 } else { of_type.unwrap_or(first).0 })
        })
        .or_else(|| {
            coded
                .enumerate()
                .filter(|(_, statement)| statement.proposition.type_code() == type_code)
                .map(|(number, statement)| (number, overlap(&statement.evidence.words, &decided.evidence.words)))
                .filter(|(_, overlap)| *overlap > 0)
                .reduce(|best, next| if next.1 > best.1 { next } else { best })
                .map(|(number, _)| number)
        })
}

/// The number of an anchor's statement among those of a coding of its text: the one of its kind at the same trigger, else of its type
/// with the most of its evidence.
pub(crate) fn of_anchor<'a>(anchor: &Anchor, coded: impl Iterator<Item = &'a StatementRecord> + Clone) -> Option<usize> {
    let at_trigger =
        |statement: &&StatementRecord| statement.proposition.kind() == anchor.kind && statement.evidence.trigger == anchor.trigger;
    let by_trigger = coded.clone().position(|statement| at_trigger(&statement));
    by_trigger.or_else(|| {
        let of_type = coded.enumerate().filter(|(_, statement)| statement.proposition.type_code() == anchor.type_code);
        let overlaps = of_type.map(|(number, statement)| (number, overlap(&statement.evidence.words, &anchor.evidence)));
        overlaps
            .filter(|(_, overlap)| *overlap > 0)
            .max_by_key(|(number, overlap)| (*overlap, std::cmp::Reverse(*number)))
            .map(|(at, _)| at)
    })
}

/// Its number among the statements of another text of the document: the one of its type, evidence and trigger in the same words.
pub(crate) fn in_another_text<'a>(decided: &StatementRecord, mut coded: impl Iterator<Item = &'a StatementRecord>) -> Option<usize> {
    coded.position(|statement| {
        statement.proposition.type_code() == decided.proposition.type_code()
            && statement.evidence.words.text == decided.evidence.words.text
            && statement.evidence.trigger.text == decided.evidence.trigger.text
    })
}

/// How many code points two stretches of one text share.
fn overlap(a: &Words, b: &Words) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// Whether two statements of one text say the same, whatever program coded them and however surely.
pub(crate) fn same_substance(a: &StatementRecord, b: &StatementRecord) -> bool {
    let plain = |statement: &StatementRecord| {
        let mut plain = statement.clone();
        plain.id.clear();
        plain.confidence = 0.0;
        plain.coder = b.coder.clone();
        plain
    };
    plain(a) == plain(b)
}

/// Whether two statements of different texts say the same in the same words, wherever these stand.
pub(crate) fn same_words(a: &StatementRecord, b: &StatementRecord) -> bool {
    let unplaced = |statement: &StatementRecord| {
        let mut value = serde_json::to_value(statement).unwrap_or_default();
        for field in ["id", "confidence", "coder"] {
            value[field].take();
        }
        without_offsets(&mut value);
        value
    };
    unplaced(a) == unplaced(b)
}

/// Whether two statements of one text are the very same: what a person gives of a statement is alike in both, however much else a coder
/// knows of it.
pub(crate) fn very_same(a: &StatementRecord, b: &StatementRecord) -> bool {
    same_substance(&as_given(a), &as_given(b))
}

/// A statement without what only a coder knows: its number of the sentence, repetitions, crosswalks.
fn as_given(statement: &StatementRecord) -> StatementRecord {
    let mut given = statement.clone();
    given.evidence.sentence = 0;
    given.evidence.also.clear();
    if let PropositionRecord::Event { acled, .. } = &mut given.proposition {
        *acled = None;
    }
    given
}

/// A statement with all its words where they stand in another text of its document; `None` where some of them do not.
///
/// What stands in the evidence moves with it; of several places of other words, the one nearest to where they would be is taken.
pub(crate) fn moved(statement: &StatementRecord, text: &str) -> Option<StatementRecord> {
    let mut moved = statement.clone();
    let (old, points) = (statement.evidence.words.clone(), CodePoints::new(text));
    let start = nearest(text, &points, &old.text, old.start)?;
    for stretch in moved.stretches() {
        let within = old.start <= *stretch.start && *stretch.end <= old.end;
        let expected = (*stretch.start + start).saturating_sub(old.start);
        let at = if within { expected } else { nearest(text, &points, stretch.text, expected)? };
        *stretch.end = at + (*stretch.end - *stretch.start);
        *stretch.start = at;
    }
    Some(moved)
}

/// The code point at which some words stand in a text, nearest to an expected one.
fn nearest(text: &str, points: &CodePoints<'_>, words: &str, expected: usize) -> Option<usize> {
    text.match_indices(words).map(|(byte, _)| points.of_byte(byte)).min_by_key(|at| at.abs_diff(expected))
}

/// Takes out where the words stand, at any depth.
fn without_offsets(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(fields) => {
            for offset in ["start", "end", "cue_start", "cue_end", "sentence"] {
                fields.remove(offset);
            }
            fields.values_mut().for_each(without_offsets);
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(without_offsets),
        _ => {}
    }
}
