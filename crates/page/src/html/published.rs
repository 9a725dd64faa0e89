//! When was a page published? Layers from sure to unsure: JSON-LD, `<meta>`, `<time>`, the address, words near the byline, data of
//! scripts. Where an address names an earlier day than the layers above it, it wins.

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use regex::Regex;
use sayso_types::{DateFound, Edtf, Published};

use crate::dates::{DateParts, Order};
use crate::html::json_ld::Article;
use crate::html::survey::{Dated, Source, Survey};
use crate::lexicon::PageLexicon;

/// The day of publication by the first layer that names one.
pub(crate) fn published(lexicon: &PageLexicon, survey: &Survey, article: &Article, url: Option<&str>) -> Option<Published> {
    let order = order(survey);
    let json = || article.published.as_deref().and_then(|value| machine_date(lexicon, value, order));
    let meta =
        || survey.metas(&lexicon.markup.published_meta).chain(property(survey)).find_map(|value| machine_date(lexicon, value, order));
    let address = || url.or(survey.canonical.as_deref()).and_then(|url| url_date(lexicon, url));
    let address = address();
    let day = |day: Date, found| Published { date: Edtf::day(day), found };
    json()
        .map(|date| (date, DateFound::JsonLd))
        .or_else(|| meta().map(|date| (date, DateFound::Meta)))
        .or_else(|| time_date(lexicon, survey, order).map(|date| (date, DateFound::Time)))
        // An address keeps the day of first publication, in the place's own time, where the others name a later edition or a day by UTC.
        .filter(|(date, _)| address.is_none_or(|address| *date <= address))
        .or_else(|| address.map(|date| (date, DateFound::Url)))
        .map(|(date, found)| day(date, found))
        .or_else(|| text_date(lexicon, survey, order).map(|date| day(date, DateFound::Text)))
        .or_else(|| script_date(lexicon, survey, order).map(|date| day(date, DateFound::Meta)))
}

/// The day that a script's data calls the day of publication, else the one in the address of the page's picture.
fn script_date(lexicon: &PageLexicon, survey: &Survey, order: Order) -> Option<Date> {
    static KEY: LazyLock<Regex> = LazyLock::new(|| {
        let key = r#"(?i)["']?\w{0,20}(?:publi\w{0,20}|creat\w{0,12}|post\w{0,4}|display|release\w{0,2})_?(?:date|time|at|on)?\w{0,6}\\?["']?\s*[:=]\s*\\?["']((?:19|20)\d\d[^"'\\]{4,30})"#;
        Regex::new(key).expect("a valid pattern")
    });
    let mut data = survey.scripts.iter().flat_map(|script| KEY.captures_iter(script));
    let said = data.find_map(|captures| machine_date(lexicon, captures.get(1)?.as_str(), order));
    let picture = || {
        survey.metas.iter().filter(|(name, _)| name == "og:image" || name == "twitter:image").find_map(|(_, url)| url_date(lexicon, url))
    };
    said.or_else(picture)
}

/// American pages write the month first.
fn order(survey: &Survey) -> Order {
    let locale = survey.metas.iter().find(|(name, _)| name == "og:locale").map(|(_, value)| value.as_str());
    let tags = [survey.language.as_deref(), locale];
    let american = tags.into_iter().flatten().any(|tag| tag.replace('_', "-").eq_ignore_ascii_case("en-US"));
    if american { Order::MonthFirst } else { Order::DayFirst }
}

/// Microdata that says so.
fn property(survey: &Survey) -> impl Iterator<Item = &str> {
    let says_so = |name: &str| name.contains("datepublished") || name.contains("datecreated");
    survey.properties.iter().filter(move |(name, _)| says_so(name)).map(|(_, value)| value.as_str())
}

/// A date as machines write it, or else as people do.
fn machine_date(lexicon: &PageLexicon, value: &str, order: Order) -> Option<Date> {
    static COMPACT: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^((?:19|20)\d{2})(0[1-9]|1[0-2])([0-2]\d|3[01])(?:\D|\d{4,6}$|$)").expect("a valid pattern"));
    let value = value.trim();
    if let Some(captures) = COMPACT.captures(value) {
        return Date::new(captures[1].parse().ok()?, captures[2].parse().ok()?, captures[3].parse().ok()?).ok();
    }
    if matches!(value.len(), 10 | 13) && value.bytes().all(|b| b.is_ascii_digit()) {
        let seconds: i64 = value[..10].parse().ok()?;
        return Timestamp::from_second(seconds).ok().map(|stamp| stamp.to_zoned(TimeZone::UTC).date());
    }
    lexicon.dates.find(value, order).map(|(date, _)| date)
}

/// The first `<time>` that belongs to the report.
fn time_date(lexicon: &PageLexicon, survey: &Survey, order: Order) -> Option<Date> {
    let dates: Vec<(i32, Date)> = survey
        .dated
        .iter()
        .filter(|dated| dated.from == Source::Attribute)
        .filter_map(|dated| Some((time_weight(dated), machine_date(lexicon, &dated.text, order)?)))
        .collect();
    let best = dates.iter().map(|(weight, _)| *weight).max()?;
    dates.into_iter().find(|(weight, _)| *weight == best).map(|(_, date)| date)
}

fn time_weight(dated: &Dated) -> i32 {
    i32::from(dated.after_heading) * 2 - i32::from(dated.elsewhere) * 3
}

/// The day in an address: `/2017/08/31/`, `/2017-08-31-`, `/20170831/`, `/2017/aug/31/`.
fn url_date(lexicon: &PageLexicon, url: &str) -> Option<Date> {
    static FORMS: LazyLock<[Regex; 3]> = LazyLock::new(|| {
        [
            r"[/_=.-](?P<y>(?:19|20)\d{2})[/_.-]?(?P<m>0[1-9]|1[0-2])[/_.-]?(?P<d>[0-2]\d|3[01])(?:[/_.\-T?&]|$)",
            r"/(?P<y>(?:19|20)\d{2})/(?P<m>[\p{L}]{3,9}|[1-9])/(?P<d>\d{1,2})(?:[/_.-]|$)",
            r"[/_-](?P<d>[0-3]\d)[._-](?P<m>[01]\d)[._-](?P<y>(?:19|20)\d{2})(?:[/_.?&-]|$)",
        ]
        .map(|pattern| Regex::new(pattern).expect("a valid pattern"))
    });
    FORMS.iter().find_map(|form| {
        let captures = form.captures(url)?;
        let month = captures["m"].parse().ok().or_else(|| lexicon.dates.month(&captures["m"]))?;
        DateParts { year: captures["y"].parse().ok(), month, day: captures["d"].parse().ok() }.whole()
    })
}

/// The most likely day of those that short texts name: near the headline, classed or labelled as the day of publication.
fn text_date(lexicon: &PageLexicon, survey: &Survey, order: Order) -> Option<Date> {
    let weighed = survey.dated.iter().filter(|dated| dated.from != Source::Attribute).enumerate().filter_map(|(at, dated)| {
        let (date, range) = lexicon.dates.find(&dated.text, order)?;
        Some((text_weight(lexicon, dated, range.start, range.end), std::cmp::Reverse(at), date))
    });
    weighed.filter(|(weight, _, _)| *weight > 0).max().map(|(_, _, date)| date)
}

/// How likely a text names the day of publication; not at all where it is 0 or less.
fn text_weight(lexicon: &PageLexicon, dated: &Dated, start: usize, end: usize) -> i32 {
    let text = dated.text.to_lowercase();
    let before = dated.text.get(..start).unwrap_or_default().to_lowercase();
    let label = before.trim().trim_end_matches([':', '-', '–', '|', ',', ' ']);
    let ends_in = |words: &[String]| words.iter().any(|word| label.ends_with(word.as_str()));
    let holds = |words: &[String]| words.iter().any(|word| text.contains(word.as_str()));
    let rest = dated.text.chars().count().saturating_sub(end - start);
    let short = i32::from(rest < 40) + i32::from(rest < 15);
    let published = i32::from(ends_in(&lexicon.markup.published_words)) * 3;
    let other = i32::from(holds(&lexicon.markup.other_words)) * 3;
    let time = i32::from(dated.from == Source::TimeText);
    short + published - other + time + i32::from(dated.classed) * 3 + i32::from(dated.after_heading) * 2 - i32::from(dated.elsewhere) * 4
}
