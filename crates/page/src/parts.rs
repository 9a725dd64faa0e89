//! Where does one part of a text end and the next begin? A line is a paragraph, unless the text was wrapped to a width by hand.

use sayso_types::Span;

/// Lines longer than this were not wrapped by hand.
const WIDEST_WRAP: usize = 120;

/// A wrapped line is not shorter than this.
const NARROWEST_WRAP: usize = 40;

/// The parts of a text in order: paragraphs, headings, lines; trimmed and not empty.
pub(crate) fn parts(text: &str) -> Vec<Span> {
    let lines = lines(text);
    let mut parts: Vec<Span> = Vec::new();
    let mut group: Vec<Span> = Vec::new();
    for line in lines {
        match line {
            Some(line) => group.push(line),
            None => close(text, &mut group, &mut parts),
        }
    }
    close(text, &mut group, &mut parts);
    parts
}

/// Each line without the space around it; `None` for a blank one.
fn lines(text: &str) -> Vec<Option<Span>> {
    let is_break = |c| matches!(c, '\n' | '\u{2028}' | '\u{2029}');
    let mut start = 0;
    let mut lines = Vec::new();
    for line in text.split_inclusive(is_break) {
        lines.push(trimmed(text, start, start + line.len()));
        start += line.len();
    }
    lines
}

/// The span from `start` to `end` without the white space at both ends, if anything is left.
pub(crate) fn trimmed(text: &str, start: usize, end: usize) -> Option<Span> {
    let slice = &text[start..end];
    let begin = start + (slice.len() - slice.trim_start().len());
    Span::new(begin, start + slice.trim_end().len().max(begin - start))
}

/// Moves a group of lines without a blank one between into `parts`.
fn close(text: &str, group: &mut Vec<Span>, parts: &mut Vec<Span>) {
    let wrapped = is_wrapped(text, group);
    for (at, line) in group.drain(..).enumerate() {
        match parts.last_mut() {
            Some(last) if at > 0 && (wrapped || runs_on(last.text(text), line.text(text))) => *last = last.cover(line),
            _ => parts.push(line),
        }
    }
}

/// Whether the first word of nearly each line would not have fitted on the line before: the mark of a text wrapped to a width.
fn is_wrapped(text: &str, group: &[Span]) -> bool {
    let length = |line: &Span| line.text(text).chars().count();
    let width = group.iter().map(length).max().unwrap_or(0);
    if group.len() < 3 || !(NARROWEST_WRAP..=WIDEST_WRAP).contains(&width) {
        return false;
    }
    let pairs = group.len() - 1;
    let full = group.windows(2).filter(|pair| {
        let first_word = pair[1].text(text).split_whitespace().next().map_or(0, |word| word.chars().count());
        length(&pair[0]) + 1 + first_word + SLACK > width
    });
    let unfinished = group[..pairs].iter().filter(|line| !ends_sentence(line.text(text)));
    full.count() * 10 >= pairs * 9 && unfinished.count() * 2 >= pairs
}

/// How far short of the width a wrapped line may still fall.
const SLACK: usize = 3;

/// Whether a sentence goes on from one line to the next.
fn runs_on(line: &str, next: &str) -> bool {
    let long = line.chars().count() >= NARROWEST_WRAP;
    long && !ends_sentence(line) && line.ends_with(|c: char| c.is_alphanumeric() || c == ',') && next.starts_with(char::is_lowercase)
}

/// Whether words end as a sentence does.
pub(crate) fn ends_sentence(text: &str) -> bool {
    let core = text.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']', ' ', '\u{a0}', '*']);
    core.ends_with(['.', '!', '?', '…', '。', '؟', '।', '။', '።'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = parts(text).into_iter().map(|span| span.text(text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn each_line_of_pasted_text_is_a_part() {
        check(
            "Army retakes town\nBy John Smith\n\nThe army said so.\n  \nMore.",
            &["Army retakes town", "By John Smith", "The army said so.", "More."],
        );
    }

    #[test]
    fn a_text_wrapped_to_a_width_keeps_its_paragraphs() {
        let one = "Rebels attacked an army post near the northern town of Kidal on\nMonday, killing at least nine soldiers and wounding a dozen more\nbefore they withdrew, a military spokesman said.";
        let two = "No group has claimed responsibility.";
        check(&format!("{one}\n\n{two}"), &[one, two]);
    }

    #[test]
    fn a_sentence_that_goes_on_is_one_part() {
        check(
            "Villagers and soldiers worked together\u{2028}to block the routes.\u{2028}The end.",
            &["Villagers and soldiers worked together", "to block the routes.", "The end."],
        );
        check(
            "Villagers and soldiers worked together all day\u{2028}to block the routes.\u{2028}The end.",
            &["Villagers and soldiers worked together all day\u{2028}to block the routes.", "The end."],
        );
    }

    #[test]
    fn line_separators_part_lines() {
        check("ISAF\u{2028}Download PDF \u{2028}\u{a0}\u{2028}KABUL", &["ISAF", "Download PDF", "KABUL"]);
    }
}
