//! What do the encoder's scores mean? Claims from the scores of cue, source and content; outlooks from those of factuality.

use std::ops::Range;

use sayso_encoder::{Attribution, Matrix};
use sayso_types::{Claim, Outlook};

/// How likely a word must be to begin a cue. Chosen on PolNeAR's development part for a record's needs: an attribution that is there
/// should be right; one that is missed is still read by the rules.
const CUE: f32 = 0.9;
/// The log-odds from which on a word counts as one of a source or content.
const MEMBER: f32 = 0.0;
/// The widest gap, in words, inside one source or content.
const GAP: usize = 1;
/// The mark of a cue's first word.
const BEGINNING: usize = 1;
/// The mark of a cue's later words.
const INSIDE: usize = 2;

/// Who says what: of each cue its words, the stretch that is most likely its source, and its content.
///
/// In "Police said the bridge had fallen", "said" has the source "Police" and the content "the bridge had fallen".
pub(crate) fn claims(scores: &Attribution) -> Vec<Claim> {
    let claim = |(number, first): (usize, &usize)| {
        let inside = |word: &usize| greatest(scores.cue.row(*word)) == INSIDE;
        let cue: Vec<usize> = std::iter::once(*first).chain((*first + 1..scores.cue.rows()).take_while(inside)).collect();
        let words = |row: &[f32]| -> Vec<Range<usize>> { stretches(row, &cue) };
        let weight = |stretch: &Range<usize>| scores.source.row(number)[stretch.clone()].iter().sum::<f32>();
        let source = words(scores.source.row(number)).into_iter().max_by(|a, b| weight(a).total_cmp(&weight(b)));
        let content: Vec<usize> = words(scores.content.row(number)).into_iter().flatten().collect();
        Claim { source: source.into_iter().flatten().collect(), content, cue }
    };
    let sure = |(_, first): &(usize, &usize)| shares(scores.cue.row(**first))[BEGINNING] >= CUE;
    let claims = scores.cues.iter().enumerate().filter(sure).map(claim);
    claims.filter(|claim| !claim.content.is_empty()).collect()
}

/// The runs of members, over gaps that are narrow and hold no word of the cue.
fn stretches(row: &[f32], cue: &[usize]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for word in (0..row.len()).filter(|word| row[*word] > MEMBER && !cue.contains(word)) {
        match found.last_mut() {
            Some(last) if word - last.end <= GAP && !(last.end..word).any(|between| cue.contains(&between)) => last.end = word + 1,
            _ => found.push(word..word + 1),
        }
    }
    found
}

/// Of each word how likely it is that what it tells did not happen or is left open, by the convention for newspapers: the first three
/// scores.
pub(crate) fn outlooks(scores: &Matrix) -> Vec<Outlook> {
    let outlook = |row: &[f32]| {
        let shares = shares(row).map(|share| (100.0 * share).round() as u8);
        Outlook { negated: shares[0], uncertain: shares[1] }
    };
    (0..scores.rows()).map(|word| outlook(scores.row(word))).collect()
}

/// How likely each of the first three classes is among them, by their scores.
fn shares(scores: &[f32]) -> [f32; 3] {
    let top = scores[..3].iter().copied().fold(f32::MIN, f32::max);
    let powers = [scores[0] - top, scores[1] - top, scores[2] - top].map(f32::exp);
    powers.map(|power| power / powers.iter().sum::<f32>())
}

fn greatest(scores: &[f32]) -> usize {
    (0..scores.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b]).then(b.cmp(a))).unwrap_or_default()
}
