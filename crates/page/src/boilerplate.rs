//! Which parts of a text are the report, and which stand around it? Each part is judged by its shape and place; a paragraph of the
//! report is lost only on strong signs.

use sayso_types::{BlockKind, Span};

use crate::lexicon::{At, Cue, PageLexicon};
use crate::parts::ends_sentence;

/// Signs that add up to this say that a paragraph speaks of the publisher or author.
const SURE: f32 = 1.0;

/// What standing after the links or forms of the tail adds to the signs.
const IN_TAIL: f32 = 0.3;

/// The fewest words of a paragraph of prose.
const PROSE: usize = 10;

/// A headline, a caption or a link's text has no more words.
const LINE: usize = 25;

/// A part with what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Judged {
    pub span: Span,
    pub kind: BlockKind,
    /// The cue that says so, by its number in the lexicon.
    pub cue: Option<usize>,
}

/// Where the report stands among the parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Extent {
    /// The first paragraph of the report.
    first: usize,
    /// The last one.
    last: usize,
}

/// What each part of `text` is.
///
/// "Courtesy Newsweek-", "The army took the town of Baiji on Monday, officials said.", "Next article": credit, body, navigation.
pub(crate) fn judged(lexicon: &PageLexicon, text: &str, parts: &[Span]) -> Vec<Judged> {
    let looks: Vec<Look<'_>> = parts.iter().map(|span| Look::new(lexicon, span.text(text))).collect();
    let extent = extent(lexicon, &looks);
    let mut judged: Vec<Judged> = Vec::with_capacity(parts.len());
    let mut open: Option<BlockKind> = None;
    for (at, (span, look)) in parts.iter().zip(&looks).enumerate() {
        let place = place(extent, at);
        let cue = look.cue(lexicon, place);
        if let Some(number) = cue {
            open = lexicon.cues[number].opens.then_some(lexicon.cues[number].kind).or(open);
        }
        let kind = match cue {
            Some(number) => lexicon.cues[number].kind,
            None if place == At::Tail && is_about(lexicon, &looks, at) => BlockKind::About,
            None => uncued(look, place, &mut open),
        };
        judged.push(Judged { span: *span, kind, cue });
    }
    judged
}

/// What a part without a cue is, after the list or form that is open.
fn uncued(look: &Look<'_>, place: At, open: &mut Option<BlockKind>) -> BlockKind {
    match (*open, place) {
        (Some(BlockKind::Navigation), At::Tail) if look.prose => BlockKind::Body,
        (Some(kind), At::Tail) => kind,
        (Some(BlockKind::Navigation), _) if !look.prose && look.words <= LINE && !look.sentence => BlockKind::Navigation,
        _ => {
            *open = None;
            BlockKind::Body
        }
    }
}

fn place(extent: Option<Extent>, at: usize) -> At {
    match extent {
        Some(extent) if at < extent.first => At::Head,
        Some(extent) if at > extent.last => At::Tail,
        Some(_) => At::Any,
        None => At::Edge,
    }
}

/// What can be said of a part by itself.
struct Look<'t> {
    text: &'t str,
    words: usize,
    sentence: bool,
    /// A paragraph such as reports are made of, with no cue that holds anywhere.
    prose: bool,
    /// The cues that fit it, in order, wherever they hold.
    cues: Vec<usize>,
}

impl<'t> Look<'t> {
    fn new(lexicon: &PageLexicon, text: &'t str) -> Look<'t> {
        let words = words(text);
        let sentence = ends_sentence(text);
        let cues: Vec<usize> =
            lexicon.cue_set.matches(text).into_iter().filter(|number| words <= lexicon.cues[*number].words).collect();
        let anywhere = cues.iter().any(|number| lexicon.cues[*number].at == At::Any);
        let prose = !anywhere && ((words >= PROSE && sentence) || words > LINE);
        Look { text, words, sentence, prose, cues }
    }

    /// The first cue that holds at this place.
    fn cue(&self, lexicon: &PageLexicon, place: At) -> Option<usize> {
        self.cues.iter().copied().find(|number| holds(&lexicon.cues[*number], place))
    }
}

fn holds(cue: &Cue, place: At) -> bool {
    match place {
        At::Any => cue.at == At::Any,
        At::Head => cue.at != At::Tail,
        At::Tail => cue.at != At::Head,
        At::Edge => true,
    }
}

/// Whether a paragraph speaks of the publisher or author. Less will do after links, forms or another such paragraph.
fn is_about(lexicon: &PageLexicon, looks: &[Look<'_>], at: usize) -> bool {
    let look = &looks[at];
    let signs = lexicon.about.iter().filter(|sign| look.prose && sign.pattern.is_match(look.text));
    let after_other_matter = at > 0 && !looks[at - 1].prose && !looks[at - 1].cues.is_empty();
    signs.map(|sign| sign.weight).sum::<f32>() + if after_other_matter { IN_TAIL } else { 0.0 } >= SURE
}

/// From the first paragraph of the report to the last; `None` where nothing reads like one.
fn extent(lexicon: &PageLexicon, looks: &[Look<'_>]) -> Option<Extent> {
    let cut = comments_begin(lexicon, looks).unwrap_or(looks.len());
    let is_first = |look: &Look<'_>| look.prose && look.cue(lexicon, At::Head).is_none();
    let first = looks[..cut].iter().position(is_first)?;
    let is_last = |at: &usize| {
        looks[*at].prose && looks[*at].cue(lexicon, At::Tail).is_none() && !is_about(lexicon, looks, *at)
    };
    let last = (first..cut).rev().find(is_last).unwrap_or(first);
    Some(Extent { first, last })
}

/// Where the comments begin: at the first form or heading of them that most of the prose stands before.
fn comments_begin(lexicon: &PageLexicon, looks: &[Look<'_>]) -> Option<usize> {
    let prose = |looks: &[Look<'_>]| looks.iter().filter(|look| look.prose).map(|look| look.words).sum::<usize>();
    let total = prose(looks);
    let opens = |look: &Look<'_>| {
        let mut cues = look.cues.iter().map(|number| &lexicon.cues[*number]);
        cues.any(|cue| cue.opens && cue.kind == BlockKind::Comments)
    };
    (0..looks.len()).find(|at| opens(&looks[*at]) && prose(&looks[..*at]) * 5 >= total * 2 && total > 0)
}

/// The number of words: runs without white space that hold a letter or digit.
pub(crate) fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}
