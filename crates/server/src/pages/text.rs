//! How is a text shown? Block by block, cut wherever a coded value begins or ends, with a number where each statement begins.

use std::ops::Range;

use maud::{Markup, html};
use sayso::marks::{Mark, MarkKind, Piece, marks, pieces};
use sayso::types::BlockKind;
use sayso::types::record::{DocumentRecord, StatementRecord};

/// The blocks of a document; what is no part of the report is set apart, labelled and unmarked.
pub(crate) fn blocks(document: &DocumentRecord, statements: &[StatementRecord]) -> Markup {
    let marks: Vec<Mark> = statements.iter().flat_map(marks).collect();
    let mut begins: Vec<(usize, usize)> = statements.iter().enumerate().map(|(at, s)| (s.evidence.words.start, at + 1)).collect();
    begins.sort_unstable();
    html! {
        @for block in &document.blocks {
            @let range = block.start..block.end;
            @if block.kind.is_coded() {
                @let class = if block.kind == BlockKind::Title { "block headline" } else { "block" };
                p class=(class) data-start=(block.start) { (coded(&document.text, range, &marks, &begins)) }
            } @else {
                p.block.apart { span.label { (label(block.kind)) } " " (plain(&document.text, range)) }
            }
        }
    }
}

/// A part of a text, given as it stands from the code points `range` on, with the marks that lie in it.
pub(crate) fn excerpt(text: &str, range: Range<usize>, marks: &[Mark]) -> Markup {
    let within: Vec<Mark> = marks
        .iter()
        .filter(|mark| mark.start < range.end && mark.end > range.start)
        .map(|mark| Mark { start: mark.start.max(range.start) - range.start, end: mark.end.min(range.end) - range.start, ..mark.clone() })
        .collect();
    html! { @for piece in pieces(text, 0..range.len(), &within, &[]) { (marked(&piece, &within)) } }
}

fn plain(text: &str, range: Range<usize>) -> Markup {
    html! { @for piece in pieces(text, range, &[], &[]) { (piece.text) } }
}

fn coded(text: &str, range: Range<usize>, marks: &[Mark], begins: &[(usize, usize)]) -> Markup {
    let here: Vec<(usize, usize)> = begins.iter().copied().filter(|(start, _)| range.contains(start)).collect();
    let points: Vec<usize> = here.iter().map(|(start, _)| *start).collect();
    html! {
        @for piece in pieces(text, range, marks, &points) {
            @for (_, number) in here.iter().filter(|(start, _)| *start == piece.start) {
                a.at id=(format!("e{number}")) href=(format!("#s{number}")) aria-label=(format!("statement {number}")) { (number) }
            }
            (marked(&piece, marks))
        }
    }
}

fn marked(piece: &Piece<'_>, marks: &[Mark]) -> Markup {
    let covering: Vec<&Mark> = piece.marks.iter().map(|number| &marks[*number]).collect();
    if covering.is_empty() {
        return html! { (piece.text) };
    }
    let class = distinct(covering.iter().map(|mark| mark.kind.as_str().to_owned())).join(" ");
    let title = distinct(covering.iter().map(|mark| meaning(mark))).join(" · ");
    html! { mark class=(class) title=(title) { (piece.text) } }
}

/// What marked words stand for, the kind said where the label does not.
fn meaning(mark: &Mark) -> String {
    match mark.kind {
        MarkKind::Actor => mark.label.clone(),
        kind => format!("{}: {}", kind.as_str(), mark.label),
    }
}

/// Each text once, in order of first appearance.
fn distinct(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for text in texts {
        if !found.contains(&text) {
            found.push(text);
        }
    }
    found
}

/// What a part that is not coded is, in a word or two.
fn label(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Title | BlockKind::Body => "Report",
        BlockKind::Dateline => "Dateline",
        BlockKind::Byline => "Byline",
        BlockKind::Credit => "Credit",
        BlockKind::Caption => "Caption, not coded",
        BlockKind::Navigation => "Navigation, not coded",
        BlockKind::Comments => "Comments, not coded",
        BlockKind::About => "About the publisher, not coded",
        BlockKind::Notice => "Notice, not coded",
    }
}
