//! What stands where in a sentence? The grammar's look at its pieces and their words, safe beyond either end.

use sayso_types::{Analysis, NameClass, Upos};

use super::lexicon::{DayPart, TimeLexicon, TimeWord, Word};
use crate::mention::quantity::number::NumberWord;
use crate::mention::quantity::piece::{Piece, PieceKind};

/// One sentence as the grammar sees it.
pub(crate) struct View<'a> {
    pub(crate) text: &'a str,
    pub(crate) analysis: &'a Analysis,
    pub(crate) pieces: &'a [Piece],
    pub(crate) words: &'a [Word],
    pub(crate) lexicon: &'a TimeLexicon,
}

impl<'a> View<'a> {
    pub(crate) fn word(&self, at: usize) -> Word {
        self.words.get(at).copied().unwrap_or(Word::Mark)
    }

    pub(crate) fn kind(&self, at: usize) -> Option<PieceKind> {
        self.pieces.get(at).map(|piece| piece.kind)
    }

    /// The words of piece `at`; empty beyond the end.
    pub(crate) fn words_at(&self, at: usize) -> &'a str {
        self.pieces.get(at).map_or("", |piece| piece.text(self.text))
    }

    pub(crate) fn lower(&self, at: usize) -> Option<String> {
        self.pieces.get(at).map(|piece| piece.text(self.text).to_ascii_lowercase())
    }

    pub(crate) fn lower_is(&self, at: usize, word: &str) -> bool {
        self.words_at(at).eq_ignore_ascii_case(word)
    }

    /// The mark at `at`.
    pub(crate) fn mark(&self, at: usize) -> Option<&'a str> {
        self.pieces.get(at).filter(|piece| piece.kind == PieceKind::Mark).map(|piece| piece.text(self.text))
    }

    /// Whether a hyphen joins piece `at - 1` to piece `at + 1`.
    pub(crate) fn hyphen(&self, at: usize) -> bool {
        matches!(self.mark(at), Some("-" | "‑")) && self.glued(at) && self.glued(at + 1)
    }

    pub(crate) fn glued(&self, at: usize) -> bool {
        self.pieces.get(at).is_some_and(|piece| piece.glued)
    }

    pub(crate) fn capital(&self, at: usize) -> bool {
        self.words_at(at).starts_with(|c: char| c.is_uppercase())
    }

    /// The number of digits at `at`.
    pub(crate) fn width(&self, at: usize) -> usize {
        if self.kind(at) == Some(PieceKind::Digits) { self.words_at(at).len() } else { 0 }
    }

    pub(crate) fn digits(&self, at: usize) -> Option<u64> {
        if self.width(at) == 0 { None } else { self.words_at(at).parse().ok() }
    }

    /// The part of speech of the token that piece `at` belongs to.
    pub(crate) fn pos(&self, at: usize) -> Upos {
        self.pieces.get(at).map_or(Upos::Punct, |piece| self.analysis.tokens[piece.token as usize].pos)
    }

    /// The number that begins at `at`, and the piece after it.
    pub(crate) fn number(&self, at: usize) -> Option<(f64, usize)> {
        let begins = matches!(self.word(at), Word::Digits | Word::Numeral | Word::A);
        if !begins {
            return None;
        }
        self.lexicon.numbers.number(self.text, self.pieces, at).map(|number| (number.value, number.end))
    }

    /// Whether digits at `at` only go on with a number, an amount of money or a name: "$1989", "1,500", "F-16".
    pub(crate) fn glued_to_number(&self, at: usize) -> bool {
        if at == 0 || !self.glued(at) {
            return at > 0 && matches!(self.mark(at - 1), Some("$" | "£" | "€" | "#"));
        }
        let before = self.mark(at - 1);
        match before {
            Some("," | "." | ":" | "/") => at >= 2 && self.kind(at - 2) == Some(PieceKind::Digits) && self.glued(at - 1),
            Some("-" | "–") => at >= 2 && self.glued(at - 1) && self.kind(at - 2) == Some(PieceKind::Letters) && !self.is_month(at - 2),
            Some("(" | "[" | "\"" | "“" | "'" | "‘" | "—" | "’") => false,
            Some(_) => true,
            None => true,
        }
    }

    fn is_month(&self, at: usize) -> bool {
        matches!(
            self.word(at),
            Word::Month(_) | Word::MonthOrOther(_) | Word::MonthShort(_) | Word::Position(_) | Word::Relation(_) | Word::Weekday(_)
        )
    }

    /// Four digits that can be a year, or one spelled out, and the piece after them.
    pub(crate) fn year(&self, at: usize) -> Option<(i16, usize)> {
        if self.word(at) == Word::Numeral {
            return self.spelled_year(at);
        }
        let year = self.digits(at).filter(|year| self.width(at) == 4 && (1000..2200).contains(year))?;
        let goes_on = self.glued(at + 1)
            && match self.mark(at + 1) {
                Some("," | "." | ":" | "-") => self.glued(at + 2) && self.kind(at + 2) == Some(PieceKind::Digits),
                Some("%" | "°") => true,
                Some(_) => false,
                None => true,
            };
        (!goes_on).then_some((year as i16, at + 1))
    }

    /// "nineteen ninety-six", "twenty fourteen", and the piece after it.
    pub(crate) fn spelled_year(&self, at: usize) -> Option<(i16, usize)> {
        let century = match self.lexicon.numbers.word(self.words_at(at))? {
            NumberWord::Unit(century @ 17..=19) | NumberWord::Ten(century @ 20) => century,
            _ => return None,
        };
        let two_digits = matches!(self.lexicon.numbers.word(self.words_at(at + 1))?, NumberWord::Ten(_) | NumberWord::Unit(10..=19));
        let (rest, end) = self.number(at + 1).filter(|(rest, _)| two_digits && (10.0..100.0).contains(rest))?;
        let counted = matches!(self.word(end), Word::Unit(_) | Word::Units(_));
        (!counted && !self.hyphen(at + 1)).then_some(((century * 100) as i16 + rest as i16, end))
    }

    /// Whether the four digits at `at` count something: "2000 people".
    pub(crate) fn is_count(&self, at: usize) -> bool {
        matches!(self.words_at(at + 1), "people" | "troops" | "soldiers" | "fighters" | "men" | "percent" | "km" | "kilometers" | "miles")
            && self.digits(at).is_some_and(|n| n % 10 == 0)
    }

    /// Whether four digits without a month are a year.
    pub(crate) fn year_stands_alone(&self, at: usize, article: bool) -> bool {
        let Some(year) = self.digits(at).filter(|year| (1700..2100).contains(year)) else { return false };
        if self.is_count(at) {
            return false;
        }
        let before = if at == 0 { Word::Mark } else { self.word(at - 1) };
        let led = matches!(before, Word::Relation(_) | Word::Of | Word::And | Word::To | Word::Position(_) | Word::Or | Word::Fiscal)
            || matches!(before, Word::Direction(_))
            || matches!(before, Word::Season(_) | Word::SeasonOrOther(_) | Word::Every);
        let enclosed = at > 0 && matches!(self.mark(at - 1), Some("(" | "," | "-" | "–" | "—" | "‘" | "’" | "'" | "/" | ";"));
        if matches!(before, Word::Approximate) && !led {
            return false;
        }
        let round = year % 100 == 0;
        let followed_by_plural = self.words_at(at + 1).ends_with('s') && self.kind(at + 1) == Some(PieceKind::Letters) && !article;
        let modern = (1900..2050).contains(&year);
        if !modern {
            return led && !followed_by_plural;
        }
        if round && !led && !enclosed && !article {
            return false;
        }
        led || enclosed
            || article
            || at == 0
            || (!followed_by_plural && (self.kind(at - 1) == Some(PieceKind::Letters) || self.mark(at - 1).is_some()))
    }

    /// The day of a month that digits write: "31", "3rd".
    pub(crate) fn day(&self, at: usize) -> Option<(i8, usize)> {
        let day = self.digits(at).filter(|day| self.width(at) <= 2 && (1..=31).contains(day))?;
        let suffixed = self.suffixed(at);
        let goes_on = !suffixed
            && self.glued(at + 1)
            && match self.mark(at + 1) {
                Some("," | "." | ":") => self.glued(at + 2) && self.kind(at + 2) == Some(PieceKind::Digits),
                Some("%" | "°") => true,
                Some(_) => false,
                None => true,
            };
        (!goes_on).then_some((day as i8, at + 1 + usize::from(suffixed)))
    }

    fn suffixed(&self, at: usize) -> bool {
        self.glued(at + 1) && ["st", "nd", "rd", "th"].iter().any(|suffix| self.lower_is(at + 1, suffix))
    }

    /// "third", "3rd", and the piece after it.
    pub(crate) fn ordinal(&self, at: usize) -> Option<(u64, usize)> {
        if let Some(number) = self.digits(at) {
            return self.suffixed(at).then_some((number, at + 2));
        }
        match self.lexicon.numbers.word(self.words_at(at)) {
            Some(NumberWord::Ordinal(number)) => Some((number, at + 1)),
            _ => None,
        }
    }

    /// The month named at `at`, and the piece after it.
    pub(crate) fn month(&self, at: usize) -> Option<(i8, usize)> {
        match self.word(at) {
            Word::Month(month) => Some((month, at + 1)),
            Word::MonthOrOther(month) => (self.capital(at) && self.has_month_neighbours(at)).then_some((month, at + 1)),
            Word::MonthShort(month) if self.capital(at) => {
                let dotted = self.mark(at + 1) == Some(".") && self.glued(at + 1);
                let next = at + 1 + usize::from(dotted);
                let dated = self.kind(next) == Some(PieceKind::Digits) && !self.glued(next)
                    || self.hyphen(next) && self.kind(next + 1) == Some(PieceKind::Digits);
                let led = at > 0 && (self.kind(at - 1) == Some(PieceKind::Digits) || self.lower_is(at - 1, "th"));
                let named = dotted && at > 0 && matches!(self.word(at - 1), Word::Relation(_) | Word::Shift(_) | Word::Position(_));
                (dated || led || named).then_some((month, next))
            }
            _ => None,
        }
    }

    /// Whether "May" or "March" at `at` stands where a month does, and not in a person's name.
    fn has_month_neighbours(&self, at: usize) -> bool {
        let next = at + 1;
        let dated = self.kind(next) == Some(PieceKind::Digits)
            || (matches!(self.mark(next), Some(",")) || matches!(self.word(next), Word::Of)) && self.year(at + 2).is_some()
            || matches!((self.word(next), self.word(at + 2)), (Word::Shift(_), Word::Unit(_)));
        if dated {
            return true;
        }
        let before = if at == 0 { Word::Mark } else { self.word(at - 1) };
        let hyphenated = at >= 2 && self.hyphen(at - 1) && matches!(self.word(at - 2), Word::Position(_));
        let led = hyphenated
            || at > 0 && self.kind(at - 1) == Some(PieceKind::Digits)
            || matches!(
                before,
                Word::Relation(_) | Word::Of | Word::And | Word::To | Word::Shift(_) | Word::Position(_) | Word::Every | Word::Direction(_)
            )
            || at >= 2 && self.lower_is(at - 1, "th");
        let verb = matches!(before, Word::To) && self.pos(at) == Upos::Verb;
        led && !verb && !self.in_a_persons_name(at)
    }

    fn in_a_persons_name(&self, at: usize) -> bool {
        let token = self.pieces[at].token as usize;
        let names = &self.analysis.names;
        let found = names.partition_point(|name| name.tokens.end <= token);
        names.get(found).is_some_and(|name| name.tokens.contains(&token) && name.kind == NameClass::Person)
    }

    /// The weekday named at `at`, and the piece after it; short forms only with a point or a date after them.
    pub(crate) fn weekday(&self, at: usize) -> Option<(i8, usize)> {
        match self.word(at) {
            Word::Weekday(day) => Some((day, at + 1)),
            Word::WeekdayShort(day) if self.capital(at) => {
                let dotted = self.mark(at + 1) == Some(".") && self.glued(at + 1);
                let next = at + 1 + usize::from(dotted);
                let comma = usize::from(self.mark(next) == Some(","));
                let dated = matches!(self.word(next + comma), Word::Month(_) | Word::MonthShort(_) | Word::MonthOrOther(_));
                let numbered = self.kind(next + comma) == Some(PieceKind::Digits) && self.is_month(next + comma + 1);
                let named = dotted && at > 0 && matches!(self.word(at - 1), Word::Relation(TimeWord::Within));
                (dated || numbered || named).then_some((day, next))
            }
            _ => None,
        }
    }

    /// Whether the date before `at` names an event or a body: "the September 11 attacks", "the March 23 Movement".
    pub(crate) fn names_an_event(&self, at: usize, (month, day): (i8, i8)) -> bool {
        let attacks = (month, day) == (9, 11) && matches!(self.word(at), Word::NameHead);
        let body = matches!(self.word(at), Word::NameHead) && self.capital(at);
        let prefixed = self.capital(at) && matches!(self.word(at + 1), Word::NameHead) && self.capital(at + 1);
        attacks || body || prefixed
    }

    /// "of the year" after "first half".
    pub(crate) fn follows_of_the_year(&self, at: usize) -> bool {
        matches!((self.word(at), self.word(at + 1)), (Word::Of, Word::The)) && self.lower_is(at + 2, "year")
    }

    /// Whether the clause ends at `at`.
    pub(crate) fn ends_clause(&self, at: usize) -> bool {
        at >= self.pieces.len() || self.mark(at).is_some_and(|mark| matches!(mark, "." | "," | ";" | ":" | "!" | "?" | ")"))
    }

    /// Whether a unit with its article says how often: "twice a week", "20 times a day".
    pub(crate) fn is_frequency(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        matches!(self.word(before), Word::Frequency(_)) || ["times", "once", "twice"].iter().any(|word| self.lower_is(before, word))
    }

    /// Whether a unit after a sum is a rate: "40 cents a share", "$3 a day".
    pub(crate) fn is_rate(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        matches!(self.word(before), Word::Digits)
            || at >= 2
                && matches!(self.word(at - 2), Word::Digits | Word::Numeral)
                && self.pos(before) != Upos::Verb
                && self.kind(before) == Some(PieceKind::Letters)
                && !matches!(self.word(before), Word::Relation(_) | Word::To | Word::Of | Word::And)
    }

    /// Whether a speed or distance follows an amount: "three hours' drive".
    pub(crate) fn names_a_rate(&self, at: usize) -> bool {
        self.lower_is(at, "drive") || self.lower_is(at, "walk")
    }

    /// How the words before or after the expression say that it lies: since, until, by, before, after.
    pub(crate) fn relation_before(&self, at: usize) -> Option<(Word, usize)> {
        let before = at.checked_sub(1)?;
        match self.word(before) {
            word @ (Word::Relation(_) | Word::Direction(_)) => Some((word, before)),
            _ => None,
        }
    }
}

impl View<'_> {
    /// Whether the word at `at` begins or ends a title: "This Week" in quotation marks, "60 Minutes".
    pub(crate) fn is_title(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).filter(|_| self.capital(at)) else { return false };
        let quoted = before > 0 && matches!(self.mark(before), Some("\"" | "“" | "'" | "‘" | "`"));
        quoted || self.kind(before) == Some(PieceKind::Digits)
    }

    /// Whether "the morning" stands for a time of day: "in the morning", "by the afternoon"; a night may be any.
    pub(crate) fn is_daytime(&self, at: usize, part: DayPart) -> bool {
        let led = at >= 2 && matches!(self.word(at - 2), Word::Relation(_));
        led && !matches!(self.word(at + 1), Word::Of) && matches!(part, DayPart::Morning | DayPart::Afternoon | DayPart::Evening)
    }

    /// Whether a date bounds the stretch before `at`: "the year ended 30 June".
    pub(crate) fn is_bounded(&self, at: usize) -> bool {
        ["ended", "ending"].iter().any(|word| self.lower_is(at, word)) && !matches!(self.word(at + 1), Word::Relation(_))
    }

    /// Whether "'s" stands at `at`.
    pub(crate) fn is_possessive(&self, at: usize) -> bool {
        matches!(self.mark(at), Some("'" | "’")) && self.lower_is(at + 1, "s")
    }

    /// Whether a noun or adjective stands at `at`, which the expression before it modifies: "since the 2014 war".
    pub(crate) fn modifies_a_noun(&self, at: usize) -> bool {
        self.kind(at) == Some(PieceKind::Letters)
            && matches!(self.pos(at), Upos::Noun | Upos::Adj | Upos::Propn)
            && matches!(self.word(at), Word::Other | Word::NameHead)
    }
}
