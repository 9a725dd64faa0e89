//! Which words speak of time, and as what?

use super::calendar::{Position, Season, Unit};
use super::holiday::Holiday;
use crate::Error;
use crate::mention::quantity::number::{NumberWord, Numbers};
use crate::mention::quantity::table::{Fault, Table, Vocabulary};

/// The words of time expressions, and the number words that go with them.
#[derive(Clone, Debug)]
pub struct TimeLexicon {
    words: Vocabulary<Word>,
    pub(crate) numbers: Numbers,
}

/// What a piece is to the grammar of time expressions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Word {
    Other,
    Mark,
    Digits,
    /// A number word.
    Numeral,
    Ordinal,
    Month(i8),
    /// "May", "March": a month only where its neighbours say so.
    MonthOrOther(i8),
    MonthShort(i8),
    /// Monday is 1.
    Weekday(i8),
    WeekdayShort(i8),
    /// "Mondays".
    Weekdays(i8),
    Season(Season),
    /// "fall", "spring": a season only where its neighbours say so.
    SeasonOrOther(Season),
    Unit(Unit),
    Units(Unit),
    Part(DayPart),
    /// "yesterday": days from today.
    Near(i8),
    Overnight,
    Tonight,
    Shift(Shift),
    Position(Position),
    Direction(Direction),
    Vague(Vague),
    Every,
    Frequency(Unit),
    Relation(TimeWord),
    The,
    A,
    Of,
    And,
    To,
    Or,
    Approximate,
    /// "few", "several", "couple".
    Indefinite(u8),
    Old,
    /// "so" in "a week or so".
    So,
    /// "more", "full": stands between a number and its unit, or before a whole one.
    Measure,
    /// "period": a quarter where quarters are spoken of.
    Period,
    Half,
    /// "Christmas".
    Holiday(Holiday),
    /// "Election", "Labor": a feast only with "Day".
    HolidayOfDay(Holiday),
    /// "Christmas Eve".
    Eve,
    Fiscal,
    /// "the future".
    ToCome,
    DecadeName(u8),
    Clock,
    Zone,
    /// "attacks", "Movement": makes a name of the date before it.
    NameHead,
    /// "will", "would".
    Future,
    /// "plans", "expected": future with "to" after it.
    Plan,
    /// "scheduled": future whatever comes after it.
    Schedule,
    /// "ends", "begins": of what is to come, in the present.
    Timetable,
    /// "was", "said": verbs of the past.
    Past,
    /// "neither", "nobody": makes "could" speak of the past.
    Denial,
}

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayPart {
    /// From dawn to noon.
    Morning,
    /// From noon to evening.
    Afternoon,
    /// The evening.
    Evening,
    /// The night.
    Night,
    /// Noon.
    Noon,
    /// Midnight.
    Midnight,
    /// First light.
    Dawn,
    /// Last light.
    Dusk,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shift {
    /// Nothing said.
    None,
    /// "last", "past".
    Last,
    /// "this", "current".
    This,
    /// "next", "coming".
    Next,
    /// "previous", "preceding": before the time spoken of.
    Previous,
    /// "following": after the time spoken of.
    Following,
    /// "that", "the same".
    That,
    /// "recent".
    Recent,
    /// "Tuesday last week".
    LastWeek,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Ago,
    Earlier,
    Later,
    Before,
    After,
    /// "two days from now".
    FromNow,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Vague {
    Past,
    Present,
    Future,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TimeWord {
    Since,
    Until,
    By,
    From,
    Between,
    Through,
    /// "in", "on", "at", "during".
    Within,
    For,
}

impl TimeLexicon {
    /// The lexicon of a table of time words (`times.tsv`) and one of number words (`numbers.tsv`).
    pub fn load(times: Table<'_>, numbers: Table<'_>) -> Result<TimeLexicon, Error> {
        Ok(TimeLexicon { words: Vocabulary::read(times, meaning)?, numbers: Numbers::load(numbers)? })
    }

    /// What a run of letters is to the grammar.
    pub(crate) fn word(&self, word: &str) -> Word {
        self.words.get(word).unwrap_or_else(|| match self.numbers.word(word) {
            Some(NumberWord::Unit(_) | NumberWord::Ten(_) | NumberWord::Scale(_) | NumberWord::Dozen(_)) => Word::Numeral,
            Some(NumberWord::Ordinal(_)) => Word::Ordinal,
            _ => Word::Other,
        })
    }
}

fn meaning(class: &str, value: &str) -> Result<Word, Fault> {
    let number = || value.parse::<i8>().map_err(|_| Fault::Value);
    Ok(match class {
        "month" => Word::Month(number()?),
        "month-or-other" => Word::MonthOrOther(number()?),
        "month-short" => Word::MonthShort(number()?),
        "weekday" => Word::Weekday(number()?),
        "weekdays" => Word::Weekdays(number()?),
        "weekday-short" => Word::WeekdayShort(number()?),
        "season" => Word::Season(season(value)?),
        "season-or-other" => Word::SeasonOrOther(season(value)?),
        "unit" => Word::Unit(unit(value)?),
        "units" => Word::Units(unit(value)?),
        "frequency" => Word::Frequency(unit(value)?),
        "part" => Word::Part(part(value)?),
        "near" => Word::Near(number()?),
        "shift" => Word::Shift(shift(value)?),
        "position" => Word::Position(position(value)?),
        "direction" => Word::Direction(direction(value)?),
        "vague" => Word::Vague(vague(value)?),
        "relation" => Word::Relation(relation(value)?),
        "indefinite" => Word::Indefinite(number()?.unsigned_abs()),
        "holiday" => Word::Holiday(Holiday::parse(value).ok_or(Fault::Value)?),
        "holiday-day" => Word::HolidayOfDay(Holiday::parse(value).ok_or(Fault::Value)?),
        "decade-name" => Word::DecadeName(number()?.unsigned_abs()),
        "grammar" => grammar(value)?,
        "tense" => tense(value)?,
        _ => return Err(Fault::Class),
    })
}

macro_rules! values {
    ($(fn $name:ident -> $type:ty { $($text:literal = $value:expr),+ $(,)? })+) => {
        $(fn $name(value: &str) -> Result<$type, Fault> {
            match value { $($text => Ok($value),)+ _ => Err(Fault::Value) }
        })+
    };
}

values! {
    fn season -> Season { "spring" = Season::Spring, "summer" = Season::Summer, "autumn" = Season::Autumn, "winter" = Season::Winter }
    fn unit -> Unit {
        "second" = Unit::Second, "minute" = Unit::Minute, "hour" = Unit::Hour, "day" = Unit::Day, "weekend" = Unit::Weekend,
        "week" = Unit::Week, "fortnight" = Unit::Fortnight, "month" = Unit::Month, "quarter" = Unit::Quarter, "year" = Unit::Year,
        "decade" = Unit::Decade, "century" = Unit::Century,
    }
    fn part -> DayPart {
        "morning" = DayPart::Morning, "afternoon" = DayPart::Afternoon, "evening" = DayPart::Evening, "night" = DayPart::Night,
        "noon" = DayPart::Noon, "midnight" = DayPart::Midnight, "dawn" = DayPart::Dawn, "dusk" = DayPart::Dusk,
    }
    fn shift -> Shift {
        "last" = Shift::Last, "this" = Shift::This, "next" = Shift::Next, "previous" = Shift::Previous, "following" = Shift::Following,
        "that" = Shift::That, "recent" = Shift::Recent,
    }
    fn position -> Position { "early" = Position::Early, "middle" = Position::Middle, "late" = Position::Late }
    fn direction -> Direction {
        "ago" = Direction::Ago, "earlier" = Direction::Earlier, "later" = Direction::Later, "before" = Direction::Before,
        "after" = Direction::After,
    }
    fn vague -> Vague { "past" = Vague::Past, "present" = Vague::Present, "future" = Vague::Future }
    fn relation -> TimeWord {
        "since" = TimeWord::Since, "until" = TimeWord::Until, "by" = TimeWord::By, "from" = TimeWord::From, "within" = TimeWord::Within,
        "between" = TimeWord::Between, "through" = TimeWord::Through, "for" = TimeWord::For,
    }
    fn tense -> Word {
        "future" = Word::Future, "plan" = Word::Plan, "schedule" = Word::Schedule, "timetable" = Word::Timetable, "past" = Word::Past, "denial" = Word::Denial,
    }
    fn grammar -> Word {
        "the" = Word::The, "a" = Word::A, "of" = Word::Of, "and" = Word::And, "to" = Word::To, "or" = Word::Or, "every" = Word::Every,
        "approximate" = Word::Approximate, "old" = Word::Old, "so" = Word::So, "measure" = Word::Measure, "eve" = Word::Eve, "period" = Word::Period, "half" = Word::Half, "fiscal" = Word::Fiscal, "to-come" = Word::ToCome, "clock" = Word::Clock,
        "zone" = Word::Zone, "name-head" = Word::NameHead, "overnight" = Word::Overnight, "tonight" = Word::Tonight,
    }
}
