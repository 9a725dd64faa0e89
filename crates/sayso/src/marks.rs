//! Which words of a text stand for which value of a statement? Marks, and the text cut where any mark begins or ends.

use std::ops::Range;

use sayso_types::Level;
use sayso_types::record::StatementRecord;

/// What marked words are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MarkKind {
    /// What brought the statement up.
    Trigger,
    /// Who takes part.
    Actor,
    /// Where.
    Place,
    /// When.
    Time,
    /// How many.
    Quantity,
    /// Who says so, or claims, denies, is blamed.
    Source,
    /// The words that attribute.
    Cue,
    /// The words that make it less sure.
    Hedge,
}

impl MarkKind {
    /// All of them, in the order of a legend.
    pub const ALL: [MarkKind; 8] = {
        use MarkKind::{Actor, Cue, Hedge, Place, Quantity, Source, Time, Trigger};
        [Trigger, Actor, Place, Time, Quantity, Source, Cue, Hedge]
    };

    /// The kind in one word.
    pub fn as_str(self) -> &'static str {
        match self {
            MarkKind::Trigger => "trigger",
            MarkKind::Actor => "actor",
            MarkKind::Place => "place",
            MarkKind::Time => "time",
            MarkKind::Quantity => "quantity",
            MarkKind::Source => "source",
            MarkKind::Cue => "cue",
            MarkKind::Hedge => "hedge",
        }
    }
}

/// Words of a text that stand for a value; offsets are code points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Code points before the words.
    pub start: usize,
    /// Code points before their end.
    pub end: usize,
    /// What they are.
    pub kind: MarkKind,
    /// What they stand for: "recipient", "Kabul, AFG", "killed 35".
    pub label: String,
}

/// The marked words of a statement: trigger, roles, place, time, quantities, sources with their cues, hedge.
///
/// "Gunmen killed six farmers near Jos, police said": an actor, a trigger, an actor that is a quantity too, a place, a source and a cue.
pub fn marks(statement: &StatementRecord) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut mark = |kind, start, end, label: String| marks.push(Mark { start, end, kind, label });
    let trigger = &statement.evidence.trigger;
    mark(MarkKind::Trigger, trigger.start, trigger.end, statement.proposition.type_code().to_owned());
    for again in &statement.evidence.also {
        mark(MarkKind::Trigger, again.trigger.start, again.trigger.end, statement.proposition.type_code().to_owned());
    }
    for role in &statement.roles {
        mark(MarkKind::Actor, role.words.start, role.words.end, named(role.role.as_str(), role.name.as_deref()));
    }
    if let Some(place) = &statement.place {
        let parts = [place.name.as_deref(), place.admin1.as_deref(), place.country.as_deref()];
        let mut parts: Vec<&str> = parts.into_iter().flatten().collect();
        parts.dedup();
        let name = if parts.is_empty() { "not in the gazetteer".to_owned() } else { parts.join(", ") };
        mark(MarkKind::Place, place.words.start, place.words.end, leveled(name, place.level));
    }
    if let Some(time) = &statement.time {
        mark(MarkKind::Time, time.words.start, time.words.end, leveled(time.edtf.clone(), time.level));
    }
    for quantity in &statement.quantities {
        let label = format!("{} {}", quantity.of.as_str(), range(quantity.low, quantity.best, quantity.high));
        mark(MarkKind::Quantity, quantity.words.start, quantity.words.end, label);
    }
    for link in &statement.attribution {
        mark(MarkKind::Source, link.start, link.end, named(link.kind.as_str(), link.name.as_deref()));
        mark(MarkKind::Cue, link.cue_start, link.cue_end, "says so".to_owned());
    }
    for stance in &statement.responsibility {
        mark(MarkKind::Source, stance.start, stance.end, named(stance.stance.as_str(), stance.name.as_deref()));
    }
    if let Some(hedge) = &statement.hedge {
        mark(MarkKind::Hedge, hedge.start, hedge.end, statement.modality.as_str().to_owned());
    }
    marks.retain(|mark| mark.start < mark.end);
    marks
}

fn named(part: &str, name: Option<&str>) -> String {
    name.map_or_else(|| part.to_owned(), |name| format!("{part}: {name}"))
}

fn leveled(label: String, level: Level) -> String {
    if level == Level::Context { format!("{label} (from elsewhere in the report)") } else { label }
}

/// Three numbers of a count as a person writes them: "35", "at least 35", "up to 35", "30 to 35"; "unknown" where none is known.
pub fn range(low: Option<u64>, best: Option<u64>, high: Option<u64>) -> String {
    match (low, best, high) {
        (Some(low), _, Some(high)) if low == high => low.to_string(),
        (Some(low), Some(best), Some(high)) => format!("{low} to {high}, best {best}"),
        (Some(low), None, Some(high)) => format!("{low} to {high}"),
        (Some(low), _, None) => format!("at least {low}"),
        (None, _, Some(high)) => format!("up to {high}"),
        (None, Some(best), None) => best.to_string(),
        (None, None, None) => "unknown".to_owned(),
    }
}

/// A stretch of a text that all the same marks cover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece<'t> {
    /// The words.
    pub text: &'t str,
    /// Code points before them.
    pub start: usize,
    /// Numbers of the marks that cover them, in order.
    pub marks: Vec<usize>,
}

/// Cuts the code points `range` of a text wherever one of `marks` begins or ends, and at each of the points `at`.
///
/// The pieces follow one another without gap or overlap, so overlapping marks need not be nested.
pub fn pieces<'t>(text: &'t str, range: Range<usize>, marks: &[Mark], at: &[usize]) -> Vec<Piece<'t>> {
    let inside = |point: &usize| range.start < *point && *point < range.end;
    let edges = marks.iter().flat_map(|mark| [mark.start, mark.end]).chain(at.iter().copied());
    let mut cuts: Vec<usize> = edges.filter(inside).chain([range.start, range.end]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut by_start: Vec<usize> = (0..marks.len()).collect();
    by_start.sort_by_key(|number| marks[*number].start);
    let (mut next, mut active): (usize, Vec<usize>) = (0, Vec::new());
    let mut bytes = byte_offsets(text, &cuts).into_iter();
    let mut from = bytes.next().unwrap_or_default();
    let mut found = Vec::with_capacity(cuts.len());
    for (bounds, to) in cuts.windows(2).zip(bytes) {
        while next < by_start.len() && marks[by_start[next]].start <= bounds[0] {
            active.push(by_start[next]);
            next += 1;
        }
        active.retain(|number| marks[*number].end > bounds[0]);
        let mut covering = active.clone();
        covering.sort_unstable();
        found.push(Piece { text: &text[from..to], start: bounds[0], marks: covering });
        from = to;
    }
    found
}

/// The bytes at which ascending code points begin.
fn byte_offsets(text: &str, points: &[usize]) -> Vec<usize> {
    let mut indices = text.char_indices().map(|(byte, _)| byte).chain([text.len()]);
    let mut reached = 0;
    let mut byte = 0;
    let mut found = Vec::with_capacity(points.len());
    for (number, point) in points.iter().enumerate() {
        let skip = if number == 0 { *point } else { point.saturating_sub(reached + 1) };
        if number == 0 || *point > reached {
            byte = indices.nth(skip).unwrap_or(text.len());
            reached = *point;
        }
        found.push(byte);
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn mark(start: usize, end: usize) -> Mark {
        Mark { start, end, kind: MarkKind::Actor, label: String::new() }
    }

    fn shown(text: &str, marks: &[Mark]) -> String {
        let length = text.chars().count();
        pieces(text, 0..length, marks, &[]).iter().map(|piece| format!("[{}|{:?}]", piece.text, piece.marks)).collect()
    }

    #[test]
    fn overlapping_marks_are_cut_where_they_begin_and_end() {
        assert_eq!(shown("six farmers near Jos", &[mark(0, 11), mark(4, 20)]), "[six |[0]][farmers|[0, 1]][ near Jos|[1]]");
        assert_eq!(shown("é日本x", &[mark(1, 3)]), "[é|[]][日本|[0]][x|[]]");
        assert_eq!(shown("nothing", &[]), "[nothing|[]]");
    }

    #[test]
    fn counts_read_as_a_person_writes_them() {
        for (low, best, high, expected) in [
            (Some(35), Some(35), Some(35), "35"),
            (Some(35), None, None, "at least 35"),
            (None, None, Some(35), "up to 35"),
            (Some(30), None, Some(35), "30 to 35"),
            (None, None, None, "unknown"),
        ] {
            assert_eq!(range(low, best, high), expected);
        }
    }

    proptest! {
        #[test]
        fn pieces_make_up_the_text(text in "\\PC{0,60}", spans in prop::collection::vec((0usize..70, 0usize..70), 0..8)) {
            let length = text.chars().count();
            let marks: Vec<Mark> = spans.into_iter().map(|(a, b)| mark(a.min(b).min(length), a.max(b).min(length))).collect();
            let pieces = pieces(&text, 0..length, &marks, &[]);
            prop_assert_eq!(&pieces.iter().map(|piece| piece.text).collect::<String>(), &text);
            for piece in &pieces {
                let covers = |mark: &Mark| mark.start <= piece.start && piece.start < mark.end;
                let expected: Vec<usize> = (0..marks.len()).filter(|number| covers(&marks[*number])).collect();
                prop_assert_eq!(&piece.marks, &expected);
            }
        }
    }
}
