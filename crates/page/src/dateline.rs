//! Where, when and by whom was it filed? The words before a report's first sentence: "KABUL, Aug 31 (Xinhua) --".

use regex::Captures;

use crate::boilerplate::words;
use crate::dates::{DateParts, Order};
use crate::lexicon::{DatelineForm, PageLexicon};

/// What the words before the first sentence say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Dateline {
    /// How many bytes they take, the space after them left out.
    pub length: usize,
    /// The agency named in them, as written.
    pub agency: Option<String>,
    /// The day named in them.
    pub date: Option<DateParts>,
}

/// How sure a place must be that a dateline names here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expected {
    /// The first paragraph of a report: a place alone will do.
    Likely,
    /// Anywhere else: the words must name a day or an agency as well.
    Unlikely,
}

/// The fewest words that go on after a dateline which is a name alone.
const WORDS_AFTER: usize = 8;

/// The dateline that `paragraph` begins with, if there is one.
///
/// "KABUL, Aug 31 (Xinhua) -- Two men were held." begins with one of 25 bytes, which names Xinhua and 31 August.
pub(crate) fn dateline(lexicon: &PageLexicon, paragraph: &str, expected: Expected) -> Option<Dateline> {
    lexicon.datelines.iter().find_map(|form| of_form(lexicon, form, paragraph, expected))
}

fn of_form(lexicon: &PageLexicon, form: &DatelineForm, paragraph: &str, expected: Expected) -> Option<Dateline> {
    let captures = form.pattern.captures(paragraph)?;
    let matched = captures.get(0)?.as_str();
    let after = &paragraph[matched.len()..];
    let day = ["date", "date2", "date3"].iter().find_map(|name| captures.name(name));
    let date = day.and_then(|day| lexicon.dates.find_parts(day.as_str(), Order::DayFirst));
    let agency = agency(lexicon, &captures);
    let bare = date.is_none() && agency.is_none();
    if bare && (expected == Expected::Unlikely || words(after) < WORDS_AFTER) {
        return None;
    }
    let place = captures.name("place").map_or("", |m| m.as_str());
    if lexicon.not_places.iter().any(|word| word == place) || after.starts_with(char::is_lowercase) {
        return None;
    }
    Some(Dateline { length: matched.trim_end().len(), agency, date })
}

/// The agency in parentheses, unless it is a day or a place's own short name.
fn agency(lexicon: &PageLexicon, captures: &Captures<'_>) -> Option<String> {
    let name = captures.name("agency")?.as_str();
    let short = name.split_whitespace().count() <= 4;
    (short && lexicon.dates.find_parts(name, Order::DayFirst).is_none()).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::tests::lexicon;

    #[test]
    fn datelines_are_split_from_the_first_sentence() {
        let lexicon = lexicon();
        let rest = "The Taliban attacked a convoy and killed five soldiers.";
        for (line, agency, month_day) in [
            ("KABUL, Afghanistan (Reuters) -", Some("Reuters"), None),
            ("ISLAMABAD:", None, None),
            ("KABUL, Aug 31 (Xinhua) --", Some("Xinhua"), Some((8, 31))),
            ("KABUL, Afghanistan (Sept. 1) -", None, Some((9, 1))),
            ("PARIS/LONDON, Sept. 3 (Reuters) -", Some("Reuters"), Some((9, 3))),
            ("BEIRUT —", None, None),
            ("Kabul (AFP) –", Some("AFP"), None),
            ("Juba, 3 May 2014 (UNMISS) –", Some("UNMISS"), Some((5, 3))),
            ("(Reuters) -", Some("Reuters"), None),
            ("New Delhi:", None, None),
            ("PAKTIKA PROVINCE, Afghanistan –", None, None),
            ("31 August 2017, Kabul –", None, Some((8, 31))),
        ] {
            let found = dateline(&lexicon, &format!("{line} {rest}"), Expected::Likely).unwrap_or_else(|| panic!("{line}"));
            assert_eq!(found.length, line.len(), "{line}");
            assert_eq!(found.agency.as_deref(), agency, "{line}");
            assert_eq!(found.date.and_then(|d| Some((d.month, d.day?))), month_day, "{line}");
        }
    }

    #[test]
    fn a_sentence_is_not_taken_for_a_dateline() {
        let lexicon = lexicon();
        for text in [
            "NATO: the alliance said it would send more troops to the east.",
            "Analysis: Why the war in the north will not end this year or next.",
            "NATO (the alliance) said two soldiers had been killed in the south.",
            "The Pakistani Taliban (TTP) said it had carried out the attack on the school.",
            "ISIS - which lost Raqqa - has fled to the desert and now hides in caves.",
            "On 3 May the army took the town.",
            "FARC-EP guerrillas killed six soldiers in the south of the country.",
        ] {
            assert_eq!(dateline(&lexicon, text, Expected::Likely), None, "{text}");
        }
    }
}
