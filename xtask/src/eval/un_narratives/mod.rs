//! Is a listed group or person linked to its id? Narrative summaries of the UN Security Council's ISIL (Da'esh) and Al-Qaida list.
//!
//! The ids that stand in the text ("(QDe.004)") are taken out before anything is read. The list itself is given to the program as a
//! user's own registry.

mod listed;

use serde::Deserialize;

use super::plain::{Stretch, document};
use super::{Corpus, Measures, Reading, Split, percent};
use listed::{Listed, registry};
use sayso::Coder;
use sayso::types::CodePoints;

/// `accuracy`: of all links of the gold to a listed id (`known`), the share whose name the program links to that id, in percent. Where it
/// finds several actors in the words that the gold gives as the name, the last one counts, which stands before the id. A link
/// without words counts as missed.
pub const CORPUS: Corpus = Corpus { name: "un_narratives", files, measure };

fn files(split: Split) -> Vec<String> {
    vec![format!("{}.jsonl", split.as_str()), "registry.jsonl".to_owned()]
}

#[derive(Deserialize)]
struct Row {
    id: String,
    text: String,
    links: Vec<Link>,
}

#[derive(Deserialize)]
struct Link {
    #[serde(rename = "ref")]
    id: String,
    name_start: Option<usize>,
    name_end: Option<usize>,
    known: bool,
}

fn measure(reading: &Reading<'_>) -> anyhow::Result<(usize, Measures)> {
    let list: Vec<Listed> = reading.rows_in("registry.jsonl")?;
    let coder = Coder::embedded()?.with_registry("registry.jsonl", &registry(&list))?;
    let rows: Vec<Row> = reading.rows()?;
    let (mut links, mut right) = (0, 0);
    for row in &rows {
        let (text, kept) = without_ids(&row.text);
        let document = document(&text, None);
        let analysis = coder.analysis(&document);
        let mentions = coder.mentions(&document, &analysis);
        let points = CodePoints::new(&document.text);
        let actors: Vec<(Stretch, &str)> = mentions
            .actors
            .iter()
            .map(|(tokens, actor)| {
                let span = analysis.span_of(tokens.clone());
                (Stretch::of(span, &points), coder.knowledge().registry.actor(*actor).id.as_str())
            })
            .collect();
        for link in row.links.iter().filter(|l| l.known) {
            links += 1;
            let name = link.name_start.zip(link.name_end).map(|(start, end)| Stretch(kept[start], kept[end]));
            let found = name.and_then(|name| actors.iter().rfind(|(at, _)| at.shared(name) > 0)).map_or("", |(_, id)| *id);
            let gold = listed::id(&link.id);
            right += usize::from(found == gold);
            let words = name.map_or(String::new(), |n| text.chars().skip(n.0).take(n.1 - n.0).collect());
            reading.report(&row.id, &(&*words, found), &(&*words, &*gold));
        }
    }
    Ok((links, Measures::from([("accuracy".to_owned(), percent(right, links))])))
}

/// The text without the ids in parentheses, and for each code point of it, and its end, where that stands in what is left.
fn without_ids(text: &str) -> (String, Vec<usize>) {
    let chars: Vec<char> = text.chars().collect();
    let mut left = String::with_capacity(text.len());
    let mut kept = Vec::with_capacity(chars.len() + 1);
    let (mut at, mut count) = (0, 0);
    while at < chars.len() {
        let id = id_at(&chars[at..]);
        if id > 0 {
            kept.extend(std::iter::repeat_n(count, id));
            at += id;
            continue;
        }
        kept.push(count);
        left.push(chars[at]);
        count += 1;
        at += 1;
    }
    kept.push(count);
    (left, kept)
}

/// The length of an id in parentheses, with the space before it: " (QDe.004)"; 0 where none stands.
fn id_at(chars: &[char]) -> usize {
    let space = usize::from(chars.first() == Some(&' '));
    let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let Some(mut at) = chars[space..].starts_with(&['(', 'Q', 'D']).then_some(space + 3) else { return 0 };
    let kind = matches!(chars.get(at), Some('e' | 'i')) && chars.get(at + 1) == Some(&'.');
    if !kind {
        return 0;
    }
    at += 2;
    while digit(at) {
        at += 1;
    }
    if chars.get(at) == Some(&')') { at + 1 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::without_ids;

    #[test]
    fn ids_are_taken_out_and_offsets_kept() {
        let (text, kept) = without_ids("Ansar (QDe.098) met Omar (QDi.001), he said (in 2004).");
        assert_eq!(text, "Ansar met Omar, he said (in 2004).");
        assert_eq!((kept[0], kept[5], kept[16]), (0, 5, 6));
        assert_eq!(kept.len(), 55);
    }
}
