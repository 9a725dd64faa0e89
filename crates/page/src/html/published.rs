//! When was a page published? Layers from sure to unsure: a day shown beside the headline, JSON-LD, `<meta>`, `<time>`, the address,
//! other words, the day of the last edition, data of scripts. Where an address names an earlier day than metadata, it wins.

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use regex::Regex;
use sayso_types::{DateFound, Edtf, Published};

use crate::dates::{DateParts, Order};
use crate::html::json_ld::Article;
use crate::html::shown::{shown, time};
use crate::html::survey::Survey;
use crate::lexicon::PageLexicon;

/// The day of publication by the first layer that names one.
pub(crate) fn published(lexicon: &PageLexicon, survey: &Survey, article: &Article, url: Option<&str>) -> Option<Published> {
    let order = order(survey);
    let read = |value: &str| machine_date(lexicon, value, order);
    let shown = shown(lexicon, survey, order);
    let address = url.or(survey.canonical.as_deref()).and_then(|url| url_date(lexicon, url));
    let said = said(lexicon, survey, article, read);
    // An address keeps the day of first publication, in the place's own time; with the metadata it outweighs what a reader sees.
    let agreed = said.filter(|(date, _)| address == Some(*date));
    let text = |date| (date, DateFound::Text);
    let found = agreed
        .or_else(|| shown.sure().map(text))
        .or(said)
        .or_else(|| time(survey, read).map(|date| (date, DateFound::Time)))
        .filter(|(date, found)| *found == DateFound::Text || address.is_none_or(|address| *date <= address))
        .or_else(|| address.map(|date| (date, DateFound::Url)))
        .or_else(|| shown.likely().map(text))
        .or_else(|| modified(lexicon, survey, article, read).map(|date| (date, DateFound::Meta)))
        .or_else(|| shown.updated().or_else(|| shown.any()).map(text))
        .or_else(|| script_date(lexicon, survey, order).map(|date| (date, DateFound::Meta)))
        .or_else(|| shown.alone().map(text));
    found.map(|(date, found)| Published { date: Edtf::day(date), found })
}

/// The day that the page's JSON-LD or `<meta>` elements call that of publication.
fn said(lexicon: &PageLexicon, survey: &Survey, article: &Article, read: impl Fn(&str) -> Option<Date>) -> Option<(Date, DateFound)> {
    let json = article.published.as_deref().and_then(&read);
    let meta = || survey.metas(&lexicon.markup.published_meta).chain(property(survey)).find_map(&read);
    json.map(|date| (date, DateFound::JsonLd)).or_else(|| meta().map(|date| (date, DateFound::Meta)))
}

/// The day that they call that of the last edition.
fn modified(lexicon: &PageLexicon, survey: &Survey, article: &Article, read: impl Fn(&str) -> Option<Date>) -> Option<Date> {
    article.modified.as_deref().into_iter().chain(survey.metas(&lexicon.markup.modified_meta)).find_map(read)
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
