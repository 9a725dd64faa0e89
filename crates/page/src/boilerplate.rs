//! Which parts of a text are the report, and which stand around it? Each part is judged by its shape and place; a paragraph of the
//! report is lost only on strong signs.

use sayso_types::{BlockKind, Span};

use crate::lexicon::{At, Cue, PageLexicon};
use crate::parts::ends_sentence;

/// Signs that add up to this say that a paragraph speaks of the publisher or author.
const SURE: f32 = 1.0;

/// What standing after the links or forms of the tail adds to the signs.
const IN_TAIL: f32 = 0.3;

/// The fewest words that introduce a writer.
const SHORTEST_ABOUT: usize = 5;

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
        let cues: Vec<usize> = lexicon.cue_set.matches(text).into_iter().filter(|number| words <= lexicon.cues[*number].words).collect();
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
    let signs = lexicon.about.iter().filter(|sign| look.words >= SHORTEST_ABOUT && sign.pattern.is_match(look.text));
    let after_other_matter = at > 0 && !looks[at - 1].prose && !looks[at - 1].cues.is_empty();
    signs.map(|sign| sign.weight).sum::<f32>() + if after_other_matter { IN_TAIL } else { 0.0 } >= SURE
}

/// From the first paragraph of the report to the last; `None` where nothing reads like one.
fn extent(lexicon: &PageLexicon, looks: &[Look<'_>]) -> Option<Extent> {
    let cut = comments_begin(lexicon, looks).unwrap_or(looks.len());
    let is_first = |look: &Look<'_>| look.prose && look.cue(lexicon, At::Head).is_none();
    let first = looks[..cut].iter().position(is_first)?;
    let is_last = |at: &usize| looks[*at].prose && looks[*at].cue(lexicon, At::Tail).is_none() && !is_about(lexicon, looks, *at);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::tests::lexicon;
    use crate::parts::parts;

    const REPORT: [&str; 3] = [
        "Gunmen attacked a police post near the town of Gao on Monday, killing three officers, the governor said.",
        "A spokesman for the movement told reporters that its fighters had carried out the raid to avenge two arrests.",
        "The army sent helicopters to look for the attackers, who fled north with a captured truck.",
    ];

    /// What `line` is, standing before (0), within (2) or after (3) the paragraphs of the report.
    fn kind_at(lexicon: &PageLexicon, before: usize, line: &str) -> BlockKind {
        let mut lines = REPORT.to_vec();
        lines.insert(before, line);
        let text = lines.join("\n\n");
        let judged = judged(lexicon, &text, &parts(&text));
        let others = judged.iter().enumerate().filter(|(at, _)| *at != before);
        others.for_each(|(_, part)| assert_eq!(part.kind, BlockKind::Body, "{}", part.span.text(&text)));
        judged[before].kind
    }

    #[test]
    fn what_stands_around_a_report_is_set_apart() {
        let lexicon = lexicon();
        for (before, line, kind) in [
            (0, "Archive photo: a patrol in the Menaka region", BlockKind::Caption),
            (0, "Malian soldiers on the road to Gao. Sia Kambou / AFP", BlockKind::Caption),
            (2, "In this photo provided by the governor’s office, a burnt truck stands outside the post.", BlockKind::Caption),
            (2, "The post after the attack [Handout]", BlockKind::Caption),
            (0, "Courtesy of Sahel Weekly", BlockKind::Credit),
            (3, "Source: Agencia EFE", BlockKind::Credit),
            (3, "(With inputs from AFP)", BlockKind::Credit),
            (3, "This article first appeared on Desert Monitor and is republished with permission.", BlockKind::Credit),
            (0, "By Our Correspondent", BlockKind::Byline),
            (0, "BY FATOU DIALLO", BlockKind::Byline),
            (3, "Additional reporting by Issa Keita in Bamako; Editing by Ann Roy", BlockKind::Byline),
            (3, "Older post", BlockKind::Navigation),
            (2, "ALSO READ: Who rules the desert?", BlockKind::Navigation),
            (3, "Follow us on Telegram and Facebook", BlockKind::Navigation),
            (3, "Filed under: Sahel, Security", BlockKind::Navigation),
            (0, "3 min read", BlockKind::Navigation),
            (3, "Join the conversation", BlockKind::Comments),
            (3, "You must be logged in to post a comment.", BlockKind::Comments),
            (2, "Sign up for our weekly newsletter", BlockKind::Notice),
            (3, "We use cookies to give you the best experience on our site.", BlockKind::Notice),
            (2, "- Advertisement -", BlockKind::Notice),
            (3, "Copyright 2016 Sahel Weekly. All rights reserved.", BlockKind::Notice),
            (3, "The views expressed in this article are those of the author alone.", BlockKind::Notice),
            (3, "For more information, please contact the press office on +223 20 00 00.", BlockKind::Notice),
            (0, "Last updated: 4 May 2016 at 10:20", BlockKind::Dateline),
            (3, "Fatou Diallo is a reporter for Sahel Weekly in Bamako.", BlockKind::About),
            (
                3,
                "Sahel Weekly is an independent, award-winning news website founded in 2011. We publish in French and English.",
                BlockKind::About,
            ),
            (
                3,
                "The Centre for Desert Studies is a nonprofit research institute. It takes no position on party politics.",
                BlockKind::About,
            ),
        ] {
            assert_eq!(kind_at(&lexicon, before, line), kind, "{line}");
        }
    }

    #[test]
    fn the_report_itself_is_kept() {
        let lexicon = lexicon();
        for line in [
            "Reuters reported that the attackers had come from across the border.",
            "The International Crisis Group, a Brussels-based organization, said the truce would not hold.",
            "The Movement for the Salvation of Azawad is an armed group based in the region of Menaka, on the border with Niger.",
            "“We are an independent movement and our goal is a free Azawad,” its spokesman said on Tuesday.",
            "According to Sahel Weekly, an independent news website, two of the dead were brothers from the town of Ansongo.",
            "Pierre Dubois, a French journalist based in Bamako, was kidnapped by gunmen near Gao in April.",
            "Ghislaine Dupont, a journalist with Radio France, was killed there in 2013.",
            "Related attacks in May killed nine people, among them two children.",
            "Share of the blame lies with the governor, opposition leaders said in a statement.",
            "Next week the two sides will meet again in Algiers, the mediator said.",
            "Comments by the minister angered the families of the dead officers.",
            "Images of the burnt post were shared by residents, who said the helicopters came late.",
            "By Monday evening the army had retaken the post, the governor said.",
            "Published reports say that the group holds some forty hostages in the hills to the north.",
            "The Red Cross is an independent organization and was let into the prison on Friday, an official said.",
            "About 300 people fled the town during the night, the mayor said.",
        ] {
            for before in [0, 2, 3] {
                assert_eq!(kind_at(&lexicon, before, line), BlockKind::Body, "{before}: {line}");
            }
        }
    }
}
