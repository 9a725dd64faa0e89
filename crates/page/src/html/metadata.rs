//! What does a page say of itself? Title, byline, publisher, address, language; each from the surest place that has it.

use crate::document::Metadata;
use crate::html::json_ld::{Article, article};
use crate::html::published::published;
use crate::html::survey::Survey;
use crate::input::Given;
use crate::lexicon::PageLexicon;
use crate::reading::same_words;

/// What the survey of a page says.
pub(crate) fn metadata(lexicon: &PageLexicon, survey: &Survey, given: &Given<'_>) -> Metadata {
    let article = article(&survey.json_ld);
    let canonical =
        survey.canonical.clone().into_iter().chain(survey.metas.iter().filter(|(name, _)| name == "og:url").map(|(_, url)| url.clone()));
    let url = canonical.into_iter().find(|url| url.starts_with("http://") || url.starts_with("https://"));
    let address = given.url.or(url.as_deref());
    let publisher = publisher(lexicon, survey, &article, address);
    Metadata {
        title: title(lexicon, survey, &article, publisher.as_deref()),
        byline: byline(lexicon, survey, &article),
        published: published(lexicon, survey, &article, address),
        language: survey.language.clone(),
        publisher,
        url,
    }
}

/// The headline: a first-level heading that the page's title begins with, else the title without the name of the site.
fn title(lexicon: &PageLexicon, survey: &Survey, article: &Article, publisher: Option<&str>) -> Option<String> {
    let titles: Vec<&str> =
        survey.metas(&lexicon.markup.title_meta).chain(article.headline.as_deref()).chain(survey.title.as_deref()).collect();
    let named = |heading: &&String| titles.iter().any(|title| begins_with(title, heading));
    if let Some(heading) = survey.headings.iter().filter(|heading| heading.split_whitespace().count() >= 3).find(named) {
        return Some(heading.clone());
    }
    let first = titles.first().map(|title| without_site(title, publisher)).or_else(|| survey.headings.first().cloned());
    first.map(|title| title.trim().to_owned()).filter(|title| !title.is_empty())
}

/// Whether a title is a heading, perhaps with more after it.
pub(crate) fn begins_with(title: &str, heading: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let heading = letters(heading);
    !heading.is_empty() && letters(title).starts_with(&heading)
}

/// A title without " - The Herald" at its end or "The Herald: " at its beginning.
fn without_site(title: &str, publisher: Option<&str>) -> String {
    const SIGNS: [&str; 7] = [" | ", " - ", " – ", " — ", " » ", " · ", " : "];
    let is_site = |part: &str| publisher.is_some_and(|name| same_words(name, part) || begins_with(part, name) || begins_with(name, part));
    let last = SIGNS.iter().filter_map(|sign| title.rfind(sign).map(|at| (at, sign.len()))).max();
    let Some((at, length)) = last else {
        return title.to_owned();
    };
    let (head, tail) = (&title[..at], &title[at + length..]);
    let bar = title[at..].starts_with(" | ");
    if is_site(tail) || (bar && tail.split_whitespace().count() <= 4) {
        return without_site(head, publisher);
    }
    let first = title.find(&title[at..at + length]).filter(|_| is_site(head));
    first.map_or_else(|| title.to_owned(), |at| title[at + length..].to_owned())
}

fn publisher(lexicon: &PageLexicon, survey: &Survey, article: &Article, url: Option<&str>) -> Option<String> {
    let named = article.publisher.as_deref().into_iter().chain(survey.metas(&lexicon.markup.publisher_meta));
    let name = named.map(|name| name.trim().trim_start_matches('@')).find(|name| !name.is_empty() && !name.starts_with("http"));
    name.map(str::to_owned).or_else(|| host(url?))
}

/// The host of an address, without `www.`.
fn host(url: &str) -> Option<String> {
    let after = url.split_once("://")?.1;
    let host = after.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then(|| host.to_owned())
}

/// The writers, as the surest place names them.
fn byline(lexicon: &PageLexicon, survey: &Survey, article: &Article) -> Option<String> {
    let cleaned = |name: &str| writer(lexicon, name);
    let joined = |names: Vec<String>| {
        let mut unique: Vec<String> = Vec::new();
        names.into_iter().for_each(|name| {
            if !unique.contains(&name) {
                unique.push(name)
            }
        });
        (!unique.is_empty()).then(|| unique.join(", "))
    };
    let property = survey.properties.iter().filter(|(name, _)| name == "author").map(|(_, value)| value.as_str());
    joined(article.authors.iter().filter_map(|name| cleaned(name)).collect())
        .or_else(|| survey.metas(&lexicon.markup.author_meta).find_map(cleaned))
        .or_else(|| property.into_iter().find_map(cleaned))
        .or_else(|| survey.writers.iter().find_map(|name| cleaned(name)))
}

/// A writer's name without "By" before it and a post after it; `None` where it names nobody.
fn writer(lexicon: &PageLexicon, text: &str) -> Option<String> {
    let mut name = text.trim();
    let lower = name.to_lowercase();
    let mut labels = lexicon.markup.author_words.iter().filter(|word| lower.starts_with(word.as_str()));
    if let Some(label) = labels.by_ref().max_by_key(|word| word.len()) {
        let rest = name.get(label.len()..).unwrap_or_default();
        name = if rest.starts_with([' ', ':', '\u{a0}']) { rest.trim_start_matches([' ', ':', '\u{a0}']) } else { name };
    }
    let name = name.split(['|', '•', '·', '/', '(', '\n']).next().unwrap_or_default();
    let name = name.trim().trim_end_matches([',', '.', '-', '–', ' ']);
    let nobody = lexicon.markup.not_authors.iter().any(|word| name.eq_ignore_ascii_case(word));
    let like_a_name = (3..90).contains(&name.len())
        && name.split_whitespace().count() <= 12
        && !name.contains(['@', '{', '<'])
        && !name.starts_with("http");
    let digits = name.chars().filter(char::is_ascii_digit).count();
    (like_a_name && !nobody && digits < 3).then(|| name.to_owned())
}
