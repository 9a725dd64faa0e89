//! Time expressions of readable sentences, from many regions.

mod timeml;

use proptest::prelude::*;

use super::*;
use crate::mention::quantity::Table;
use crate::mention::quantity::sample::analysis;

fn lexicon() -> TimeLexicon {
    macro_rules! table {
        ($name:literal) => {
            Table { file: $name, text: include_str!(concat!("../../../../../data/lexicons/en/", $name)) }
        };
    }
    TimeLexicon::load(table!("times.tsv"), table!("numbers.tsv")).expect("the lexicons of the repository read")
}

/// "on Tuesday = 2017-08-29": every mention of a text, by "; ". A length and a repetition say so; `?` is unknown.
fn shown(text: &str, published: &str, lexicon: &TimeLexicon) -> String {
    let published: Option<Edtf> = (!published.is_empty()).then(|| published.parse().expect("a date in EDTF"));
    let found = times(text, &analysis(text), &TimeAnchor { published: published.as_ref() }, lexicon);
    let show = |mention: &TimeMention| {
        let value = mention.edtf.known().map_or("?".to_owned(), Edtf::to_string);
        let kind = match mention.kind {
            TimeKind::Date => "",
            TimeKind::Duration => " length",
            TimeKind::Set => " repeated",
            TimeKind::Name => " name",
        };
        format!("{} = {value}{kind}", mention.phrase.text(text))
    };
    found.iter().map(show).collect::<Vec<_>>().join("; ")
}

fn check(published: &str, cases: &[(&str, &str)]) {
    let lexicon = lexicon();
    let mut wrong = Vec::new();
    for (text, expected) in cases {
        let found = shown(text, published, &lexicon);
        if found != *expected {
            wrong.push(format!("{text}\n    expected {expected}\n    found    {found}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn a_month_of_publication_is_enough() {
    check(
        "2017-08",
        &[
            ("At the end of July, rebels left the town.", "At the end of July = 2017-07-21/2017-07-31"),
            ("Also in July, a bomb hit Lahore.", "in July = 2017-07"),
            ("At the beginning of this month, the bridge fell.", "At the beginning of this month = 2017-08-01/2017-08-10"),
            ("At the end of April, a bomb was dropped.", "At the end of April = 2017-04-21/2017-04-30"),
            ("It claimed a string of attacks in recent months.", "in recent months = 2017-03~/2017-08~"),
            ("Attacks rose this summer.", "this summer = 2017-06/2017-08"),
            ("It recruited over the past three years.", "over the past three years = 2014-08/2017-08"),
            ("A bomb went off yesterday.", "yesterday = 2017-07-31/2017-08-30"),
            ("Gunmen struck on Tuesday.", "on Tuesday = 2017-08-01/2017-08-29"),
            ("It began last month.", "last month = 2017-07"),
            ("It began last year.", "last year = 2016"),
            ("The group split in September.", "in September = 2016-09"),
            ("The group split in August.", "in August = 2017-08"),
        ],
    );
}

// Thursday.
const PUBLISHED: &str = "2017-08-31";

#[test]
fn dates_are_written_in_many_ways() {
    check(
        PUBLISHED,
        &[
            ("He was seized on August 31, 2017.", "on August 31, 2017 = 2017-08-31"),
            ("He was seized on 31 August 2017.", "on 31 August 2017 = 2017-08-31"),
            ("He was seized on the 31st of August 2017.", "on the 31st of August 2017 = 2017-08-31"),
            ("He was seized on 3rd March, 2016.", "on 3rd March, 2016 = 2016-03-03"),
            ("Troops left on Aug. 30.", "on Aug. 30 = 2017-08-30"),
            ("Troops left on Sept. 5, 2014.", "on Sept. 5, 2014 = 2014-09-05"),
            ("Troops left on 31/08/2017.", "on 31/08/2017 = 2017-08-31"),
            ("Troops left on 08/31/2017.", "on 08/31/2017 = 2017-08-31"),
            ("Troops left on 05/08/2017.", "on 05/08/2017 = ?"),
            ("Troops left on 05/05/2017.", "on 05/05/2017 = 2017-05-05"),
            ("Troops left on 2017-08-12.", "on 2017-08-12 = 2017-08-12"),
            ("Logged 2017-08-12T10:30:00 in Aden.", "2017-08-12T10:30:00 = 2017-08-12"),
            ("Troops left on 12.08.2017.", "on 12.08.2017 = 2017-08-12"),
            ("Boko Haram took Gwoza in August 2014.", "in August 2014 = 2014-08"),
            ("The war began in 2014.", "in 2014 = 2014"),
            ("The 2014 war displaced many.", "The 2014 = 2014"),
            ("Fighting broke out in the 1990s.", "in the 1990s = 1990/1999"),
            ("The cartel grew in the late 1990s.", "in the late 1990s = 1996-09/1999-12"),
            ("The first of May 2016 was calm.", "The first of May 2016 = 2016-05-01"),
            ("It fell on Tuesday, August 29.", "on Tuesday, August 29 = 2017-08-29"),
            ("It fell on Tuesday (Aug. 29).", "on Tuesday = 2017-08-29; Aug. 29 = 2017-08-29"),
            ("The raid on May 3 failed.", "on May 3 = 2017-05-03"),
            ("Clashes in the 21st century differ.", "in the 21st century = 2000/2099"),
            ("It met in the first quarter of 2015.", "in the first quarter of 2015 = 2015-01/2015-03"),
            ("It met in the first half of 2014.", "in the first half of 2014 = 2014-01/2014-06"),
            ("The summer of 2006 was bloody.", "The summer of 2006 = 2006-06/2006-08"),
            ("The winter 2015 truce failed.", "The winter 2015 = 2015-12/2016-02"),
            ("It was founded in July last year.", "in July last year = 2016-07"),
        ],
    );
}

#[test]
fn days_are_reckoned_from_publication() {
    check(
        PUBLISHED,
        &[
            ("Gunmen attacked a mosque on Tuesday.", "on Tuesday = 2017-08-29"),
            ("Gunmen attacked a mosque on Thursday.", "on Thursday = 2017-08-31"),
            ("Gunmen attacked a mosque on Friday.", "on Friday = 2017-08-25"),
            ("The court will rule on Friday.", "on Friday = 2017-09-01"),
            ("Talks are to resume on Monday in Geneva.", "on Monday = 2017-09-04"),
            ("Rebels plan to meet on Sunday.", "on Sunday = 2017-09-03"),
            ("The envoy could arrive as soon as Tuesday.", "Tuesday = 2017-09-05"),
            ("He has until Monday to surrender.", "until Monday = ../2017-09-04"),
            ("Shelling hit Donetsk on Tuesday night.", "on Tuesday night = 2017-08-29"),
            ("Shelling hit Donetsk late Tuesday.", "late Tuesday = 2017-08-29"),
            ("It happened in the early hours of Sunday.", "in the early hours of Sunday = 2017-08-27"),
            ("It happened at dawn on Monday.", "at dawn on Monday = 2017-08-28"),
            ("It happened at 9 p.m. on Monday.", "at 9 p.m. on Monday = 2017-08-28"),
            ("It happened on Monday at 08:30.", "on Monday at 08:30 = 2017-08-28"),
            ("It happened at noon Wednesday.", "at noon Wednesday = 2017-08-30"),
            ("A drone struck yesterday.", "yesterday = 2017-08-30"),
            ("A drone struck yesterday morning.", "yesterday morning = 2017-08-30"),
            ("A drone struck today.", "today = 2017-08-31"),
            ("A drone struck this morning.", "this morning = 2017-08-31"),
            ("A drone struck last night.", "last night = 2017-08-30"),
            ("A drone struck overnight.", "overnight = 2017-08-30/2017-08-31"),
            ("Parliament votes tomorrow.", "tomorrow = 2017-09-01"),
            ("He was shot two days ago.", "two days ago = 2017-08-29"),
            ("He was shot 10 days ago.", "10 days ago = 2017-08-21"),
            ("He was shot a week ago.", "a week ago = 2017-08-21/2017-08-27"),
            ("He was shot last Friday.", "last Friday = 2017-08-25"),
            ("Parties meet next Tuesday.", "next Tuesday = 2017-09-05"),
            ("He was shot on Tuesday last week.", "on Tuesday last week = 2017-08-22"),
            ("Gunmen attacked a church on Christmas Eve.", "on Christmas Eve = 2016-12-24"),
            ("A bomb went off on Easter Sunday.", "on Easter Sunday = 2017-04-16"),
            ("Rebels could not be reached on Friday.", "on Friday = 2017-08-25"),
            ("The envoy has scheduled talks on Friday.", "on Friday = 2017-09-01"),
            ("Until Friday, they had not fired.", "Until Friday = ../2017-08-25"),
            ("Neither he nor his aide could be found on Friday.", "on Friday = 2017-08-25"),
            ("The truce ends on Sunday.", "on Sunday = 2017-09-03"),
            ("The attack went ahead as planned on Sunday.", "on Sunday = 2017-08-27"),
            ("Talks fill the week of 11 September.", "the week of 11 September = 2017-09-11/2017-09-17"),
            ("He was shot at 4 in the morning.", "at 4 in the morning = ?"),
            ("It killed 12 in the morning.", "in the morning = ?"),
            ("Clashes went on over the weekend.", "over the weekend = 2017-08-26/2017-08-27"),
            ("Monday's attack killed five.", "Monday = 2017-08-28"),
            ("Sunday’s vote will go ahead.", "Sunday = 2017-09-03"),
        ],
    );
}

#[test]
fn weeks_months_and_years_are_reckoned_from_publication() {
    check(
        PUBLISHED,
        &[
            ("The army advanced last week.", "last week = 2017-08-21/2017-08-27"),
            ("The army advanced this week.", "this week = 2017-08-28/2017-09-03"),
            ("The army will advance next week.", "next week = 2017-09-04/2017-09-10"),
            ("The army advanced earlier this month.", "earlier this month = 2017-08-01/2017-08-10"),
            ("The army advanced late last month.", "late last month = 2017-07-21/2017-07-31"),
            ("The army advanced early this year.", "early this year = 2017-01/2017-04"),
            ("The army advanced in July.", "in July = 2017-07"),
            ("The army advanced in October.", "in October = 2016-10"),
            ("Elections will be held in October.", "in October = 2017-10"),
            ("The army advanced last November.", "last November = 2016-11"),
            ("The army advanced last July.", "last July = 2016-07"),
            ("Plans to be published in October are late.", "in October = 2017-10"),
            ("They decided to withdraw in October.", "in October = 2017-10"),
            ("Elections are due next March.", "next March = 2018-03"),
            ("Violence rose in mid-August.", "in mid-August = 2017-08-11/2017-08-20"),
            ("Violence rose in early July.", "in early July = 2017-07-01/2017-07-10"),
            ("Violence rose in late 2013.", "in late 2013 = 2013-09/2013-12"),
            ("Violence rose in mid-2014.", "in mid-2014 = 2014-05/2014-08"),
            ("Violence rose in the middle of June.", "in the middle of June = 2017-06-11/2017-06-20"),
            ("Violence rose last summer.", "last summer = 2016-06/2016-08"),
            ("Violence rose in the spring.", "in the spring = 2017-03/2017-05"),
            ("Violence rose last fall.", "last fall = 2016-09/2016-11"),
            ("Marines left three years ago.", "three years ago = 2014"),
            ("Marines left six months ago.", "six months ago = 2017-02"),
            ("Marines left about two years ago.", "about two years ago = 2015~"),
            ("The border was closed this year.", "this year = 2017"),
            ("The truce will end in two weeks.", "in two weeks = 2017-09-11/2017-09-17"),
            ("The base will be handed over by February.", "by February = ../2018-02"),
            ("They meant to leave by year-end.", "by year-end = ../2017-12-31"),
            ("It was the quietest month of the past three.", ""),
            ("The toll doubled over the past two weeks.", "over the past two weeks = 2017-08-17/2017-08-31"),
            ("The toll doubled in the last few days.", "in the last few days = 2017-08-26~/2017-08-31~"),
            ("The toll doubled in the past 24 hours.", "in the past 24 hours = 2017-08-30/2017-08-31"),
            ("The toll doubled in recent weeks.", "in recent weeks = 2017-07-27~/2017-08-31~"),
            ("The toll doubled in the last year.", "in the last year = 2016-08/2017-08-31"),
            ("Rains will come in the coming months.", "in the coming months = 2017-08-31~/2018-01~"),
            ("It held Raqqa for the past decade.", "for the past decade = 2007-08/2017-08-31"),
        ],
    );
}

#[test]
fn bounds_and_stretches_keep_both_ends() {
    check(
        PUBLISHED,
        &[
            ("The group has fought since 2011.", "since 2011 = 2011/.."),
            ("Donbas has been at war since April 2014.", "since April 2014 = 2014-04/.."),
            ("He led it until March.", "until March = ../2017-03"),
            ("They had left by the end of 2015.", "by the end of 2015 = ../2015-12"),
            ("It was rare before 2014.", "before 2014 = ../2013-12-31"),
            ("It was rare after 12 June 2016.", "after 12 June 2016 = 2016-06-13/.."),
            ("It raged between March and May 2016.", "between March and May 2016 = 2016-03/2016-05"),
            ("It raged from 12 to 15 June.", "from 12 to 15 June = 2017-06-12/2017-06-15"),
            ("It raged on 12-15 June 2015.", "on 12-15 June 2015 = 2015-06-12/2015-06-15"),
            ("It raged on June 12-15.", "on June 12-15 = 2017-06-12/2017-06-15"),
            ("It raged from June 12 to 15, 2013.", "from June 12 to 15, 2013 = 2013-06-12/2013-06-15"),
            ("It raged from November 2015 to March 2016.", "from November 2015 to March 2016 = 2015-11/2016-03"),
            ("It raged from November to March 2016.", "from November to March 2016 = 2015-11/2016-03"),
            ("It raged from 2003 to 2011.", "from 2003 to 2011 = 2003/2011"),
            ("The war (2003-2011) cost lives.", "2003-2011 = 2003/2011"),
            ("The 2011-14 campaign ended.", "2011-14 = 2011/2014"),
            ("It raged from Monday to Wednesday.", "from Monday to Wednesday = 2017-08-28/2017-08-30"),
            ("It raged between June 3 and July 4.", "between June 3 and July 4 = 2017-06-03/2017-07-04"),
        ],
    );
}

#[test]
fn the_story_carries_its_own_time() {
    check(
        PUBLISHED,
        &[
            ("Troops left on 12 June 2014. A day later, Mosul fell.", "on 12 June 2014 = 2014-06-12; A day later = 2014-06-13"),
            ("Rebels attacked on Tuesday. A day earlier, talks failed.", "on Tuesday = 2017-08-29; A day earlier = 2017-08-28"),
            ("He died on 5 May 2013. Two weeks later, riots began.", "on 5 May 2013 = 2013-05-05; Two weeks later = 2013-05-13/2013-05-19"),
            ("They met on Monday. The next day, shelling resumed.", "on Monday = 2017-08-28; The next day = 2017-08-29"),
            ("They met on Monday. The previous day, it was calm.", "on Monday = 2017-08-28; The previous day = 2017-08-27"),
            ("They met on Monday. That day, it rained.", "on Monday = 2017-08-28; That day = 2017-08-28"),
            ("They met in March 2015. The following month, war came.", "in March 2015 = 2015-03; The following month = 2015-04"),
            ("They met in March 2015. Later that year, war came.", "in March 2015 = 2015-03; Later that year = 2015-09/2015-12"),
            ("Mosul fell in June 2014. In August, Sinjar fell.", "in June 2014 = 2014-06; In August = 2014-08"),
            ("He joined in July 2015 and will speak on March 12.", "in July 2015 = 2015-07; on March 12 = 2018-03-12"),
            (
                "Exports were higher in the second quarter than a year ago.",
                "in the second quarter = 2017-04/2017-06; a year ago = 2016-04/2016-06",
            ),
            ("They met in 2010. A year earlier, he was shot.", "in 2010 = 2010; A year earlier = 2009"),
            ("They met in July. Two days later, he fled.", "in July = 2017-07; Two days later = ?"),
        ],
    );
}

#[test]
fn without_publication_only_stated_dates_are_known() {
    check(
        "",
        &[
            ("Gunmen struck on Tuesday.", "on Tuesday = ?"),
            ("Gunmen struck yesterday.", "yesterday = ?"),
            ("Gunmen struck last month.", "last month = ?"),
            ("Gunmen struck in July.", "in July = ?"),
            ("Gunmen struck in July 2016.", "in July 2016 = 2016-07"),
            ("Gunmen struck on 3 July 2016. Two days later, they fled.", "on 3 July 2016 = 2016-07-03; Two days later = 2016-07-05"),
            ("Gunmen struck on 3 July 2016. On 9 July, they fled.", "on 3 July 2016 = 2016-07-03; On 9 July = 2016-07-09"),
            ("It has grown over the past three years.", "over the past three years = ?"),
            ("It has grown since 2009.", "since 2009 = 2009/.."),
        ],
    );
}

#[test]
fn lengths_and_repetitions_have_no_place_in_time() {
    check(
        PUBLISHED,
        &[
            ("The siege lasted for two months.", "for two months = ? length"),
            ("He was held for 18 days.", "for 18 days = ? length"),
            ("A 24-hour curfew was imposed.", "24-hour = ? length"),
            ("Two more weeks of talks began.", "Two more weeks = ? length"),
            ("He was held for two and a half years.", "for two and a half years = ? length"),
            ("A months-long siege ended.", "months = ? length"),
            ("They march each July.", "each July = ? repeated"),
            ("Rockets fall on Friday nights.", "on Friday nights = ? repeated"),
            ("A two-week truce began.", "two-week = ? length"),
            ("They fought for years.", "for years = ? length"),
            ("Protests are held every Friday.", "every Friday = ? repeated"),
            ("Rockets fall daily.", "daily = ? repeated"),
            ("It is shelled every night.", "every night = ? repeated"),
            ("It is shelled every two weeks.", "every two weeks = ? repeated"),
        ],
    );
}

#[test]
fn names_ages_and_other_numbers_are_no_dates() {
    check(
        PUBLISHED,
        &[
            ("A 40-year-old man was held.", ""),
            ("She is 23 years old.", ""),
            ("After the September 11 attacks, war began.", "After the September 11 = ? name"),
            ("The March 23 Movement took Goma.", "The March 23 = ? name"),
            ("Theresa May spoke.", ""),
            ("Protesters march to the square.", ""),
            ("They may attack.", ""),
            ("The fall of Aleppo shocked many.", ""),
            ("Some 2000 fighters joined.", ""),
            ("They paid $1990.", ""),
            ("It has 1,990 men.", ""),
            ("Ramadan was calm.", ""),
            ("Sat with the Jan family.", ""),
            ("The second commander died.", ""),
            ("He told \"This Week\" that it was over.", ""),
            ("It costs 300 dollars a month.", ""),
            ("About three-quarters of the town burned.", ""),
            ("They left as soon as they could.", ""),
            ("He was soon freed.", ""),
            ("See report 2010-09-005.", ""),
            ("Resolution 2253 was adopted.", ""),
        ],
    );
}

#[test]
fn grounds_say_what_a_date_rests_on() {
    let text = "On 3 July 2016 it fell. A day later, they fled. On Monday, talks began.";
    let published: Edtf = PUBLISHED.parse().expect("a date");
    let found = times(text, &analysis(text), &TimeAnchor { published: Some(&published) }, &lexicon());
    let grounds: Vec<Grounds> = found.iter().map(|mention| mention.grounds).collect();
    assert_eq!(grounds, [Grounds::Stated, Grounds::Story, Grounds::Publication]);
}

proptest! {
    #[test]
    fn any_text_has_times_in_order(
        text in "(\\PC{0,4}|[0-9]{1,5}|[-/.,:’'–]| |July|Aug\\.|Tuesday|the|end|of|last|next|past|two|days|ago|later|years|to|and|since|1990s|millions|p\\.m\\.|every|early|mid|this|week|9999999999){0,40}",
        published in proptest::option::of(prop_oneof![Just("2017-08"), Just("0001-01-01"), Just("9999-12-31"), Just("2016-02-29")]),
    ) {
        let lexicon = lexicon();
        let published: Option<Edtf> = published.map(|date| date.parse().expect("a date"));
        let anchor = TimeAnchor { published: published.as_ref() };
        let analysis = analysis(&text);
        let mut end = 0;
        for mention in times(&text, &analysis, &anchor, &lexicon) {
            prop_assert!(mention.span.start() >= end);
            end = mention.span.end();
            prop_assert!(text.is_char_boundary(mention.phrase.start()) && text.is_char_boundary(end));
            prop_assert!(mention.phrase.contains(mention.span));
            prop_assert!(analysis.span_of(mention.tokens.clone()).contains(mention.span));
        }
        let _ = timexes(&text, &analysis, &anchor, &lexicon);
    }
}
