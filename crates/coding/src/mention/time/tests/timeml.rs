//! The values that TimeML writes, for readable sentences.

use super::*;

/// "DATE 2017-08-29; DURATION P2M": every annotation of a text, by "; ".
fn annotated(text: &str, published: &str, lexicon: &TimeLexicon) -> String {
    let published: Edtf = published.parse().expect("a date");
    let found = timexes(text, &analysis(text), &TimeAnchor { published: Some(&published) }, lexicon);
    let found: Vec<String> = found.iter().map(|timex| format!("{} {}", timex.kind.as_str(), timex.value)).collect();
    found.join("; ")
}

fn check_values(cases: &[(&str, &str)]) {
    let lexicon = lexicon();
    let shown = |text: &str| annotated(text, PUBLISHED, &lexicon);
    let wrong: Vec<String> = cases
        .iter()
        .map(|(text, expected)| (text, expected, shown(text)))
        .filter(|(_, expected, found)| found != *expected)
        .map(|(text, expected, found)| format!("{text}\n    expected {expected}\n    found    {found}"))
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn timex_values_are_those_of_timeml() {
    check_values(&[
        ("The siege lasted two months and ended on Tuesday.", "DURATION P2M; DATE 2017-08-29"),
        ("It began last week.", "DATE 2017-W34"),
        ("It began at 9 p.m. on Monday.", "TIME 2017-08-28T21:00"),
        ("It grew over the past three years.", "DURATION P3Y"),
        ("It struck every Friday in the 1990s.", "SET XXXX-WXX-5; DATE 199"),
        ("It ran from March to May 2016.", "DATE 2016-03; DATE 2016-05"),
        ("It now holds late July.", "DATE PRESENT_REF; DATE 2017-07"),
        ("It struck overnight.", "TIME 2017-08-30TNI"),
        ("They rested in the morning.", "TIME 2017-08-31TMO"),
    ]);
}

#[test]
fn lengths_are_written_in_their_unit() {
    check_values(&[
        ("The march took 2 1/2 hours.", "DURATION PT2H30M"),
        ("The siege lasted a year and a half.", "DURATION P1Y6M"),
        ("They held out for another month.", "DURATION P1M"),
        ("They held out for a week or so.", "DURATION P1W"),
        ("The truce will last 12 to 18 months.", "DURATION PXM"),
        ("They fought for a couple of years.", "DURATION P2Y"),
        ("In the days before the raid, they moved.", "DURATION PXD"),
        ("A few days later they fled.", "DURATION PXD"),
        ("An hour later they fled.", "DURATION PT1H"),
    ]);
}

#[test]
fn quarters_are_those_spoken_of() {
    check_values(&[
        ("Oil output fell in the first quarter. It had been higher a year earlier.", "DATE 2017-Q1; DATE 2016-Q1"),
        ("Oil output fell in the latest quarter from the year-ago period.", "DATE 2017-Q2; DATE 2016-Q2"),
        ("Output rose in the quarter ended March 31.", "DATE 2017-Q1; DATE 2017-03-31"),
        ("Output fell in the last half of 2016.", "DATE 2016-H2"),
        ("Spending rose in the current fiscal year.", "DATE 2017"),
        ("The budget for the year is spent.", "DATE 2017"),
        ("The budget of the fiscal year 2014 is spent.", "DATE 2014"),
        ("For the nine months, exports fell. A year earlier, they had grown.", "DURATION P9M; DATE 2016"),
        ("Exports fell in the second quarter. In the comparable year-ago quarter, they had grown.", "DATE 2017-Q2; DATE 2016-Q2"),
    ]);
}

#[test]
fn years_and_feasts_are_named_in_words() {
    check_values(&[
        ("The war began in nineteen ninety-six.", "DATE 1996"),
        ("It will be over by the year two thousand twenty.", "DATE 2020"),
        ("They attacked on Thanksgiving Day.", "DATE 2016-11-24"),
        ("They attacked on New Year's Eve.", "DATE 2016-12-31"),
        ("They march each July and on Friday nights.", "SET XXXX-07; SET XXXX-WXX-5TNI"),
        ("They will one day return.", "DATE FUTURE_REF"),
        ("They march on Mondays and rest on weekends.", "SET XXXX-WXX-1; SET XXXX-WXX-WE"),
        ("Flights leave on Monday and Friday nights.", "SET XXXX-WXX-1TNI; SET XXXX-WXX-5TNI"),
        ("He was shot at 4 in the morning.", "TIME 2017-08-31T04:00"),
        ("It grew in recent years, and fell in recent weeks.", "DATE PAST_REF; DURATION PXW"),
    ]);
}
