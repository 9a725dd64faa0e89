//! How surely, and whether: the suite of `cases/factuality.txt`.

mod support;

use sayso_coding::factuality::factuality;

#[test]
fn each_fact_is_as_sure_as_its_words() {
    let cues = support::cues();
    support::check(include_str!("cases/factuality.txt"), |tree, token| {
        let found = factuality(tree, token, token, &cues);
        let hedge = found.hedge.map(|h| format!(" [{}]", h.text(tree.text))).unwrap_or_default();
        let negated = if found.negated { " not" } else { "" };
        format!("{}{negated} {}{hedge}", found.modality.as_str(), found.tense.as_str())
    });
}
