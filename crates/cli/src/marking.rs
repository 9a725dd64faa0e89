//! How are coded words shown in a text: in colour at a terminal, in brackets elsewhere?

use std::fmt::Write as _;
use std::ops::Range;

use sayso::marks::{Mark, MarkKind, pieces};

use crate::terminal;

/// How words are marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// Colours and underlines of the terminal.
    Colour,
    /// `[six farmers|actor, quantity]`.
    Brackets,
}

impl Style {
    /// The style for standard output.
    pub(crate) fn of_output() -> Style {
        if terminal::has_colour() { Style::Colour } else { Style::Brackets }
    }

    /// The text of code points `range`, its marked words marked.
    pub(crate) fn marked(self, text: &str, range: Range<usize>, marks: &[Mark]) -> String {
        let mut out = String::new();
        for piece in pieces(text, range, marks, &[]) {
            let mut kinds: Vec<MarkKind> = piece.marks.iter().map(|number| marks[*number].kind).collect();
            kinds.sort_unstable();
            kinds.dedup();
            let words = terminal::plain(piece.text).replace('\n', " ");
            // White space between two marks of a cut phrase needs none of its own.
            if kinds.is_empty() || words.trim().is_empty() {
                out.push_str(&words);
            } else if self == Style::Colour {
                let codes: Vec<&str> = kinds.iter().map(|kind| code(*kind)).collect();
                let _ = write!(out, "\u{1b}[{}m{words}\u{1b}[0m", codes.join(";"));
            } else {
                let names: Vec<&str> = kinds.iter().map(|kind| kind.as_str()).collect();
                let _ = write!(out, "[{words}|{}]", names.join(", "));
            }
        }
        out
    }

    /// What the colours mean; nothing for brackets, which say it themselves.
    pub(crate) fn legend(self, marks: &[Mark]) -> Option<String> {
        if self == Style::Brackets {
            return None;
        }
        let used = MarkKind::ALL.into_iter().filter(|kind| marks.iter().any(|mark| mark.kind == *kind));
        Some(used.map(|kind| format!("\u{1b}[{}m{}\u{1b}[0m", code(kind), kind.as_str())).collect::<Vec<_>>().join("  "))
    }

    /// The text in bold.
    pub(crate) fn strong(self, text: &str) -> String {
        if self == Style::Colour { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// The text dimmed.
    pub(crate) fn faint(self, text: &str) -> String {
        if self == Style::Colour { format!("\u{1b}[2m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// Select Graphic Rendition codes (ECMA-48): a colour of the terminal's own palette, and a shape where it helps.
fn code(kind: MarkKind) -> &'static str {
    match kind {
        MarkKind::Trigger => "1;4",
        MarkKind::Actor => "34",
        MarkKind::Place => "32",
        MarkKind::Time => "36",
        MarkKind::Quantity => "35",
        MarkKind::Source => "33;4",
        MarkKind::Cue => "33",
        MarkKind::Hedge => "31;3",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks() -> Vec<Mark> {
        let mark = |start, end, kind| Mark { start, end, kind, label: String::new() };
        vec![mark(0, 6, MarkKind::Actor), mark(14, 25, MarkKind::Quantity), mark(14, 25, MarkKind::Actor)]
    }

    #[test]
    fn brackets_name_the_kinds() {
        let text = "Gunmen killed six farmers";
        assert_eq!(Style::Brackets.marked(text, 0..25, &marks()), "[Gunmen|actor] killed [six farmers|actor, quantity]");
        assert_eq!(Style::Brackets.legend(&marks()), None);
    }

    #[test]
    fn colours_end_with_the_words() {
        let shown = Style::Colour.marked("Gunmen killed six farmers", 0..13, &marks());
        assert_eq!(shown, "\u{1b}[34mGunmen\u{1b}[0m killed");
    }
}
