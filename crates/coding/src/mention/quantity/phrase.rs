//! How are quantities built? Qualifier, number, noun: "at least 35 Taliban fighters", "no one", "two dozen", "a soldier".

use std::ops::Range;

use compact_str::CompactString;
use sayso_types::{Analysis, QuantityRule, Relation, Upos};

use super::lexicon::{Counted, Indefinite, Plurality, QuantityLexicon, Word};
use super::noun::{Noun, noun};
use super::number::{NumberForm, NumberWord};
use super::piece::{Piece, PieceKind, span_of, tokens_of};
use super::value::{Bounds, bounds, range};
use super::{QuantityClass, QuantityForm, QuantityMention, QuantityScope};

/// One sentence as the grammar of quantities sees it; safe beyond either end.
pub(crate) struct Sentence<'a> {
    pub(crate) text: &'a str,
    pub(crate) analysis: &'a Analysis,
    pub(crate) pieces: &'a [Piece],
    pub(crate) words: &'a [Word],
    pub(crate) lexicon: &'a QuantityLexicon,
    pub(crate) parsed: bool,
}

/// What the words of a sentence are to the grammar.
pub(crate) fn words_into(words: &mut Vec<Word>, text: &str, pieces: &[Piece], lexicon: &QuantityLexicon) {
    words.clear();
    words.extend(pieces.iter().map(|piece| match piece.kind {
        PieceKind::Letters => lexicon.word(piece.text(text)),
        PieceKind::Digits => Word::Digits,
        PieceKind::Mark => Word::Mark,
    }));
}

impl<'a> Sentence<'a> {
    pub(crate) fn word(&self, at: usize) -> Word {
        self.words.get(at).copied().unwrap_or(Word::Mark)
    }

    pub(crate) fn words_at(&self, at: usize) -> &'a str {
        self.pieces.get(at).map_or("", |piece| piece.text(self.text))
    }

    pub(crate) fn lower_is(&self, at: usize, word: &str) -> bool {
        self.words_at(at).eq_ignore_ascii_case(word)
    }

    pub(crate) fn mark(&self, at: usize) -> Option<&'a str> {
        self.pieces.get(at).filter(|piece| piece.kind == PieceKind::Mark).map(|piece| piece.text(self.text))
    }

    pub(crate) fn capital(&self, at: usize) -> bool {
        self.words_at(at).starts_with(|c: char| c.is_uppercase())
    }

    pub(crate) fn pos(&self, at: usize) -> Upos {
        self.pieces.get(at).map_or(Upos::Punct, |piece| self.analysis.tokens[piece.token as usize].pos)
    }

    /// What the lexicon says of the noun at `at`.
    pub(crate) fn counted(&self, at: usize) -> Option<Counted> {
        let piece = self.pieces.get(at).filter(|piece| piece.kind == PieceKind::Letters)?;
        self.lexicon.counted(piece.text(self.text))
    }

    /// Whether a noun of the lexicon is tagged as a verb: "attacks" in "it attacks".
    pub(crate) fn verbal(&self, at: usize) -> bool {
        matches!(self.pos(at), Upos::Verb | Upos::Aux)
    }

    /// Whether a measure stands at `at`: "kilometers".
    pub(crate) fn unit(&self, at: usize) -> bool {
        self.counted(at).is_some_and(|counted| counted.class == QuantityClass::Measure)
    }

    /// Whether "'s" stands at `at`.
    pub(crate) fn possessive(&self, at: usize) -> bool {
        matches!(self.mark(at), Some("'" | "’")) && self.pieces[at].glued && self.lower_is(at + 1, "s")
    }

    fn glued(&self, at: usize) -> bool {
        self.pieces.get(at).is_some_and(|piece| piece.glued)
    }

    /// The first piece that ends after a byte.
    pub(crate) fn after(&self, byte: usize) -> usize {
        self.pieces.partition_point(|piece| (piece.end as usize) <= byte)
    }
}

/// A number with its qualifier, before its noun is known.
struct Counting {
    /// From the qualifier to the last word of the number.
    pieces: Range<usize>,
    number: Range<usize>,
    rule: QuantityRule,
    bounds: Bounds,
    form: QuantityForm,
    scope: QuantityScope,
    currency: Option<CompactString>,
}

/// The quantity that begins at piece `at` and ends before `limit`, and the piece after it.
pub(crate) fn quantity(view: &Sentence<'_>, at: usize, limit: usize) -> Option<(QuantityMention, usize)> {
    let (mut mention, mut end) = one(view, at, limit)?;
    if mention.form == QuantityForm::Number {
        while let Some((part, after)) = part(view, &mention, end, limit) {
            mention.nested.push(part);
            end = after;
        }
    }
    Some((mention, end))
}

/// A quantity without those nested in it.
fn one(view: &Sentence<'_>, at: usize, limit: usize) -> Option<(QuantityMention, usize)> {
    if let Word::Other | Word::Mark = view.word(at)
        && view.lexicon.before(|n| view.words_at(at + n)).is_none()
        && sign(view, at).is_none()
    {
        return bare(view, at);
    }
    if let Some(none) = nobody(view, at, limit) {
        return Some(none);
    }
    match counting(view, at, limit) {
        Some(counting) => with_noun(view, counting, limit),
        None => article(view, at, limit).or_else(|| bare(view, at)),
    }
}

/// The number at `at`, its qualifiers before and after included.
fn counting(view: &Sentence<'_>, at: usize, limit: usize) -> Option<Counting> {
    let (mut next, mut rule, mut scope) = (at, None, QuantityScope::Whole);
    loop {
        if matches!(view.word(next), Word::Additional) {
            (next, scope) = (next + 1, QuantityScope::Additional);
        } else if view.word(next) == Word::Number(NumberWord::Article) && view.word(next + 1) == Word::Additional {
            (next, scope) = (next + 2, QuantityScope::Additional);
        } else if let Some((qualifier, words)) = qualifier(view, next) {
            next += words;
            rule = match (rule, qualifier) {
                (Some(rule), QuantityRule::Approximate | QuantityRule::Exact) => Some(rule),
                _ => Some(qualifier),
            };
        } else {
            break;
        }
    }
    let between = view.word(next) == Word::Between;
    next += usize::from(between);
    let currency = sign(view, next);
    next += usize::from(currency.is_some());
    if next >= limit || (currency.is_none() && is_name(view, next)) {
        return None;
    }
    let mut counting = ranged(view, next, between).or_else(|| amount(view, next, rule.unwrap_or(QuantityRule::Exact)))?;
    if between && counting.rule != QuantityRule::Range {
        return None;
    }
    // "a few", "another": a qualifier alone before "one" or an article counts nothing.
    if let Some((after, words)) = view.lexicon.after(|n| view.words_at(counting.pieces.end + n))
        && counting.rule == QuantityRule::Exact
        && let Some(number) = counting.bounds.best
    {
        counting.pieces.end += words;
        (counting.rule, counting.bounds) = (after, bounds(after, number));
    } else if view.mark(counting.pieces.end) == Some("+") && counting.rule == QuantityRule::Exact {
        counting.pieces.end += 1;
        (counting.rule, counting.bounds) = (QuantityRule::AtLeast, bounds(QuantityRule::AtLeast, counting.bounds.best?));
    }
    Some(Counting { pieces: at..counting.pieces.end, scope, currency, ..counting })
}

/// A qualifier that a number follows.
fn qualifier(view: &Sentence<'_>, at: usize) -> Option<(QuantityRule, usize)> {
    let (rule, words) = view.lexicon.before(|n| view.words_at(at + n))?;
    let next = at + words;
    let counts = matches!(
        view.word(next),
        Word::Digits | Word::Number(_) | Word::Additional | Word::Between | Word::Indefinite(Indefinite::Several | Indefinite::Few)
    ) && view.word(next) != Word::Number(NumberWord::And)
        || sign(view, next).is_some()
        || view.lexicon.before(|n| view.words_at(next + n)).is_some();
    counts.then_some((rule, words))
}

/// The currency of the sign at `at`, where digits follow.
fn sign(view: &Sentence<'_>, at: usize) -> Option<CompactString> {
    let digits = view.word(at + 1) == Word::Digits;
    if digits && (view.mark(at).is_some() || view.capital(at)) { view.lexicon.sign(view.words_at(at)).cloned() } else { None }
}

/// Whether the digits at `at` are part of a name, a date, a time, a score or a telephone number.
fn is_name(view: &Sentence<'_>, at: usize) -> bool {
    if view.word(at) != Word::Digits {
        return false;
    }
    let joined = |at: usize| view.mark(at).is_some_and(|mark| matches!(mark, "-" | "–" | "/" | ":" | "." | "_" | "#" | "’" | "'"));
    let glued_before = view.glued(at)
        && at > 0
        && (view.pieces[at - 1].kind == PieceKind::Letters
            || joined(at - 1) && view.glued(at - 1) && !matches!(view.mark(at - 1), Some("’" | "'" | ".")));
    let end = at + 1;
    let glued_after = view.glued(end)
        && match view.pieces[end].kind {
            PieceKind::Letters => !view.unit(end),
            _ => matches!(view.mark(end), Some(":" | "/" | "°")),
        };
    let dashed = |at: usize| view.mark(at) == Some("-") && view.glued(at) && view.glued(at + 1) && view.word(at + 1) == Word::Digits;
    let telephone = dashed(end) && dashed(end + 2);
    let leading_zero = view.words_at(at).len() > 1 && view.words_at(at).starts_with('0');
    let before = if at == 0 { Word::Mark } else { view.word(at - 1) };
    let numbered = at > 0
        && (before == Word::Label && !matches!(view.counted(at + 1), Some(after) if after.number != Plurality::One)
            || before == Word::Aged
            || view.mark(at - 1) == Some("#")
            || view.mark(at - 1) == Some(".") && at >= 2 && matches!(view.words_at(at - 2), "No" | "Nos" | "no"));
    let age = at >= 2
        && view.mark(at - 1) == Some(",")
        && matches!(view.mark(at + 1), Some("," | "."))
        && view.capital(at - 2)
        && view.words_at(at).len() <= 2
        && view.words_at(at - 2).len() > 1;
    glued_before || glued_after || telephone || leading_zero || numbered || age || is_age(view, at + 1)
}

/// "40-year-old", "40 years old", "aged" apart.
fn is_age(view: &Sentence<'_>, at: usize) -> bool {
    let hyphen = usize::from(view.mark(at) == Some("-"));
    let unit = at + hyphen;
    let timed = ["year", "years", "month", "months"].iter().any(|word| view.lower_is(unit, word));
    let old = unit + 1 + usize::from(view.mark(unit + 1) == Some("-"));
    timed && (view.lower_is(old, "old") || view.lower_is(old, "olds") || view.lower_is(old + 1, "age"))
}

/// "30 to 35", "30-35", "between 30 and 35", "two or three".
fn ranged(view: &Sentence<'_>, at: usize, between: bool) -> Option<Counting> {
    let from = view.lexicon.numbers.number(view.text, view.pieces, at)?;
    let joint = match view.word(from.end) {
        Word::To | Word::Or => true,
        Word::Number(NumberWord::And) => between,
        _ => matches!(view.mark(from.end), Some("-" | "–" | "—")) && view.glued(from.end) && view.glued(from.end + 1),
    };
    if !joint {
        return None;
    }
    let to = view.lexicon.numbers.number(view.text, view.pieces, from.end + 1)?;
    let dashed = matches!(view.mark(to.end), Some("-" | "–")) && view.glued(to.end) && view.word(to.end + 1) == Word::Digits;
    let (mut low, high) = (from.value, to.value);
    if low < 1000.0 && high >= 1.0e5 && to.form == NumberForm::Words && from.form == NumberForm::Digits {
        // "2 to 3 million", "2.5 to 3 million"
        low *= scale_of(high);
    }
    let orderly = low < high && high < low * 100.0 && low.fract() == 0.0 && high.fract() == 0.0 && !dashed;
    orderly.then(|| Counting {
        pieces: at..to.end,
        number: at..to.end,
        rule: QuantityRule::Range,
        bounds: range(low as u64, high as u64),
        form: QuantityForm::Number,
        scope: QuantityScope::Whole,
        currency: None,
    })
}

/// The power of a thousand that a number is told in.
fn scale_of(number: f64) -> f64 {
    if number >= 1.0e9 {
        1.0e9
    } else if number >= 1.0e6 {
        1.0e6
    } else {
        1.0e3
    }
}

/// A number under a rule, a vague plural, or an indefinite word.
fn amount(view: &Sentence<'_>, at: usize, rule: QuantityRule) -> Option<Counting> {
    let found = |end: usize, rule: QuantityRule, bounds: Bounds| Counting {
        pieces: at..end,
        number: at..end,
        rule,
        bounds,
        form: QuantityForm::Number,
        scope: QuantityScope::Whole,
        currency: None,
    };
    if let Some((least, end)) = order(view, at) {
        return Some(found(end, QuantityRule::Order, bounds(QuantityRule::Order, least)));
    }
    if let Some(end) = indefinite(view, at) {
        let several = bounds(QuantityRule::Several, 2);
        return Some(found(end, QuantityRule::Several, several));
    }
    let number = view.lexicon.numbers.number(view.text, view.pieces, at)?;
    let single = number.end == at + 1 && view.lower_is(at, "one");
    let mut counted = found(number.end, rule, bounds(rule, number.whole()?));
    if single {
        counted.form = QuantityForm::One;
    }
    Some(counted)
}

/// "dozens", "hundreds of thousands", "several hundred", "a few dozen": the least that it can mean.
fn order(view: &Sentence<'_>, at: usize) -> Option<(u64, usize)> {
    if let Word::Number(NumberWord::Order(least)) = view.word(at) {
        return match (view.word(at + 1), view.word(at + 2)) {
            (Word::Of, Word::Number(NumberWord::Order(more))) => Some((least.checked_mul(more / 2)?, at + 3)),
            _ => Some((least, at + 1)),
        };
    }
    let next = indefinite(view, at)?;
    match view.word(next) {
        Word::Number(NumberWord::Scale(scale) | NumberWord::Dozen(scale)) => Some((scale.checked_mul(2)?, next + 1)),
        _ => None,
    }
}

/// "several", "a few", "some", "a number of", "a handful of"; the piece after it.
fn indefinite(view: &Sentence<'_>, at: usize) -> Option<usize> {
    let article = view.word(at) == Word::Number(NumberWord::Article);
    let next = at + usize::from(article);
    match view.word(next) {
        Word::Indefinite(Indefinite::Several) if !article => Some(next + 1),
        Word::Indefinite(Indefinite::Few) if article => Some(next + 1),
        Word::Indefinite(Indefinite::Some) if !article => Some(next + 1),
        Word::Indefinite(Indefinite::Group) if article && view.word(next + 1) == Word::Of => Some(next + 2),
        _ => None,
    }
}

/// "no one", "nobody", "none", "no civilians".
fn nobody(view: &Sentence<'_>, at: usize, limit: usize) -> Option<(QuantityMention, usize)> {
    let zero = |end: usize, noun: Option<Noun>| {
        let counting = Counting {
            pieces: at..end,
            number: at..at + 1,
            rule: QuantityRule::None,
            bounds: bounds(QuantityRule::None, 0),
            form: QuantityForm::Number,
            scope: QuantityScope::Whole,
            currency: None,
        };
        mention(view, counting, noun, end)
    };
    match view.word(at) {
        Word::Nobody => Some((zero(at + 1, None), at + 1)),
        Word::No if view.lower_is(at + 1, "one") => Some((zero(at + 2, None), at + 2)),
        Word::No if qualifier(view, at).is_none() => {
            let noun =
                noun(view, at, at + 1, limit).filter(|noun| noun.counted.is_some_and(|counted| counted.class != QuantityClass::Measure))?;
            Some((zero(noun.piece + 1, Some(noun)), noun.piece + 1))
        }
        _ => None,
    }
}

/// A number with the noun that it counts; some numbers count only with one.
fn with_noun(view: &Sentence<'_>, mut counting: Counting, limit: usize) -> Option<(QuantityMention, usize)> {
    let end = counting.pieces.end;
    let last = counting.number.end - 1;
    if let Some(money) = money(view, &counting) {
        return Some(money);
    }
    let percent =
        view.mark(end) == Some("%") || view.word(end) == Word::Percent || view.word(end) == Word::Per && view.lower_is(end + 1, "cent");
    if percent {
        let after = end + 1 + usize::from(view.word(end) == Word::Per);
        let mut share = mention(view, counting, None, after);
        share.class = QuantityClass::Percent;
        return Some((share, after));
    }
    let mut noun_from = end;
    if view.word(end) == Word::AdditionalAfter {
        counting.scope = QuantityScope::Additional;
        noun_from += 1;
        counting.pieces.end = noun_from;
    }
    let noun = noun(view, last, noun_from, limit);
    if !stands(view, &counting, noun) {
        return None;
    }
    // "two of them women" counts the women.
    let of_them = noun.is_none() && view.word(end) == Word::Of && view.word(end + 1) == Word::Whom && view.counted(end + 2).is_none();
    let end = noun.map_or(counting.pieces.end + if of_them { 2 } else { 0 }, |noun| noun.piece + 1);
    Some((mention(view, counting, noun, end), end))
}

/// Whether a number counts at all: "one" and "some" only with a noun, an ordinal never.
fn stands(view: &Sentence<'_>, counting: &Counting, noun: Option<Noun>) -> bool {
    let known = noun.is_some_and(|noun| noun.counted.is_some());
    let plural = noun.is_some_and(|noun| match noun.counted {
        Some(counted) => counted.number != Plurality::One,
        None => view.pos(noun.piece) == Upos::Noun && view.words_at(noun.piece).ends_with('s'),
    });
    let first = view.word(counting.number.start);
    match first {
        Word::Indefinite(Indefinite::Some) => plural && counting.rule == QuantityRule::Several,
        _ if counting.rule == QuantityRule::Several => plural || noun.is_some() || stands_alone(view, counting),
        _ if counting.form == QuantityForm::One => {
            known || counting.scope == QuantityScope::Additional && noun.is_some() || noun.is_none() && stands_alone(view, counting)
        }
        Word::Number(NumberWord::Ordinal(_)) => false,
        Word::Digits if noun.is_none() => !can_be_a_year(view, counting),
        _ => true,
    }
}

/// "several others", "several of them", "killing one": what stands for those who are counted.
fn stands_alone(view: &Sentence<'_>, counting: &Counting) -> bool {
    let number = &view.analysis.tokens[view.pieces[counting.number.start].token as usize];
    let suffers = view.parsed && matches!(number.relation, Relation::Obj | Relation::NsubjPass);
    let end = counting.pieces.end;
    let of_them = view.word(end) == Word::Of && view.word(end + 1) == Word::Whom;
    (number.pos == Upos::X && counting.rule == QuantityRule::Several) || counting.scope == QuantityScope::Additional || of_them || suffers
}

/// Four bare digits between 1700 and 2100, with nothing that they count.
fn can_be_a_year(view: &Sentence<'_>, counting: &Counting) -> bool {
    let bare = counting.number.len() == 1 && counting.rule == QuantityRule::Exact;
    bare && view.words_at(counting.number.start).len() == 4 && counting.bounds.best.is_some_and(|number| (1700..2100).contains(&number))
}

/// "$2.5 million", "300 dollars".
fn money(view: &Sentence<'_>, counting: &Counting) -> Option<(QuantityMention, usize)> {
    let end = counting.pieces.end;
    let adjective = usize::from(view.capital(end) && view.lexicon.currency(view.words_at(end + 1)).is_some());
    let after = view.lexicon.currency(view.words_at(end + adjective)).cloned();
    let currency = counting.currency.clone().or_else(|| after.clone())?;
    let end = if after.is_some() { end + adjective + 1 } else { end };
    let counting = Counting { pieces: counting.pieces.clone(), number: counting.number.clone(), currency: Some(currency), ..*counting };
    let mut money = mention(view, counting, None, end);
    money.class = QuantityClass::Money;
    Some((money, end))
}

/// "a soldier", "an insurgent", "another insurgent", "an additional insurgent": one of a kind of people.
fn article(view: &Sentence<'_>, at: usize, limit: usize) -> Option<(QuantityMention, usize)> {
    let article = view.word(at) == Word::Number(NumberWord::Article);
    let additional = view.word(at + usize::from(article)) == Word::Additional;
    if !article && !additional {
        return None;
    }
    let begin = at + usize::from(article) + usize::from(additional);
    let noun = noun(view, at, begin, limit)?;
    let counted = noun.counted.filter(|counted| counted.class.is_people() && counted.number == Plurality::One)?;
    let singular = !view.counted(noun.piece + 1).is_some_and(|after| after.number == Plurality::One && counted.class.is_people());
    let compound = view.mark(noun.piece + 1) == Some("-") || view.possessive(noun.piece + 1);
    if !singular || compound || view.word(begin) == Word::Of {
        return None;
    }
    let counting = Counting {
        pieces: at..noun.piece + 1,
        number: at..begin,
        rule: QuantityRule::Exact,
        bounds: bounds(QuantityRule::Exact, 1),
        form: QuantityForm::Article,
        scope: if additional { QuantityScope::Additional } else { QuantityScope::Whole },
        currency: None,
    };
    let end = noun.piece + 1;
    Some((mention(view, counting, Some(noun), end), end))
}

/// "civilians": a plural that nothing determines.
fn bare(view: &Sentence<'_>, at: usize) -> Option<(QuantityMention, usize)> {
    let counted = view.counted(at).filter(|counted| counted.number == Plurality::Many && countable(counted.class))?;
    let compound = view.counted(at + 1).is_some_and(|after| after.number != Plurality::One) && !view.verbal(at + 1);
    if compound || view.verbal(at) || is_determined(view, at) {
        return None;
    }
    let counting = Counting {
        pieces: at..at + 1,
        number: at..at + 1,
        rule: QuantityRule::Several,
        bounds: bounds(QuantityRule::Several, 2),
        form: QuantityForm::Bare,
        scope: QuantityScope::Whole,
        currency: None,
    };
    Some((mention(view, counting, Some(Noun { piece: at, counted: Some(counted) }), at + 1), at + 1))
}

fn countable(class: QuantityClass) -> bool {
    class.is_people() || class == QuantityClass::Event
}

/// Whether a determiner, possessive or number governs the noun at `at`, past its modifiers.
fn is_determined(view: &Sentence<'_>, at: usize) -> bool {
    for before in (at.saturating_sub(4)..at).rev() {
        match view.word(before) {
            Word::Determiner | Word::Number(_) | Word::Digits | Word::Indefinite(_) | Word::No | Word::Additional | Word::Whom => {
                return view.word(before) != Word::Number(NumberWord::And);
            }
            Word::Other | Word::Label if view.pos(before) != Upos::Verb => {
                let modifies = view.capital(before) || matches!(view.pos(before), Upos::Adj | Upos::Noun | Upos::Propn);
                if !modifies {
                    return false;
                }
            }
            Word::Mark if view.possessive(before) => return true,
            Word::Mark if view.mark(before) == Some("-") => {}
            _ => return false,
        }
    }
    false
}

/// A quantity said to be among those just counted: ", including 3 attackers", ", 12 of them children", "and two women" after it.
fn part(view: &Sentence<'_>, whole: &QuantityMention, at: usize, limit: usize) -> Option<(QuantityMention, usize)> {
    let comma = usize::from(matches!(view.mark(at), Some("," | "(" | "—" | "–")));
    let mut next = at + comma;
    let first = whole.nested.is_empty();
    let opened = match view.word(next) {
        Word::Include => {
            next += 1;
            next += usize::from(view.word(next) == Word::Whom);
            next += usize::from(matches!(view.word(next), Word::Stop));
            true
        }
        Word::Of if view.word(next + 1) == Word::Whom => {
            next += 2;
            true
        }
        Word::Number(NumberWord::And) if !first => {
            next += 1;
            true
        }
        _ => !first && comma == 1,
    };
    let (part, end) = one(view, next, limit)?;
    if matches!(part.form, QuantityForm::Bare) && !first {
        return None;
    }
    let of_them = view.word(end) == Word::Of && view.word(end + 1) == Word::Whom;
    if opened && part.class != QuantityClass::Money {
        return Some((part, end + if of_them { 2 } else { 0 }));
    }
    (of_them && comma == 1 && part.form != QuantityForm::Bare).then(|| named_after(view, part, end + 2))
}

/// "12 of them children": the noun stands after "of them".
fn named_after(view: &Sentence<'_>, part: QuantityMention, at: usize) -> (QuantityMention, usize) {
    match view.counted(at) {
        Some(counted) if counted.number != Plurality::One => {
            let noun = view.pieces[at];
            let tokens = part.tokens.start..noun.token as usize + 1;
            let span = view.analysis.span_of(tokens.clone());
            (QuantityMention { tokens, span, noun: Some(noun.token as usize), class: counted.class, ..part }, at + 1)
        }
        _ => (part, at),
    }
}

fn mention(view: &Sentence<'_>, counting: Counting, noun: Option<Noun>, end: usize) -> QuantityMention {
    let pieces = counting.pieces.start..end;
    let Bounds { low, best, high } = counting.bounds;
    QuantityMention {
        tokens: tokens_of(view.pieces, pieces.clone()),
        span: span_of(view.pieces, pieces),
        number_tokens: tokens_of(view.pieces, counting.number),
        rule: counting.rule,
        low,
        best,
        high,
        noun: noun.map(|noun| view.pieces[noun.piece].token as usize),
        class: noun.and_then(|noun| noun.counted).map_or(QuantityClass::Unknown, |counted| counted.class),
        currency: counting.currency,
        form: counting.form,
        scope: counting.scope,
        nested: Vec::new(),
    }
}
