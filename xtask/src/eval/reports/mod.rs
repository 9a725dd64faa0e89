//! How well are whole reports read? Reports of our own, each beside the statements that a careful reader finds in it.

mod answers;
mod gold;

use anyhow::Context;
use sayso::Input;
use sayso::types::record::StatementRecord;
use serde::Deserialize;

use super::{Corpus, Measures, Reading, Split, percent};
use answers::{Answered, answers};
use gold::Gold;

const REPORTS: &str = "evals/cases/reports/reports.jsonl";
const GOLD: &str = "evals/cases/reports/gold.jsonl";

/// `found`: the share of the gold's statements that a coded one answers; `right`: that one answers with every slot that the gold names
/// right; `precision`: the share of the coded statements that answer one. Of the half that errors are mended on, and of the `held_out` half.
pub const CORPUS: Corpus = Corpus { name: "reports", files, measure };

fn files(_: Split) -> Vec<String> {
    vec![REPORTS.to_owned(), GOLD.to_owned()]
}

#[derive(Deserialize)]
struct Report {
    half: Half,
    #[serde(flatten)]
    input: Input,
}

/// Who may look at a report's errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Half {
    /// Whoever mends them.
    Dev,
    /// Nobody.
    HeldOut,
}

/// How many statements there are, and how many of them answer each other.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    gold: usize,
    found: usize,
    right: usize,
    coded: usize,
}

impl Count {
    fn add(&mut self, other: Count) {
        self.gold += other.gold;
        self.found += other.found;
        self.right += other.right;
        self.coded += other.coded;
    }

    /// The measures, each with `before` before its name.
    fn measures(self, before: &str) -> [(String, f64); 3] {
        let named = |name: &str| format!("{before}{name}");
        [
            (named("found"), percent(self.found, self.gold)),
            (named("right"), percent(self.right, self.gold)),
            (named("precision"), percent(self.found, self.coded)),
        ]
    }
}

fn measure(reading: &Reading<'_>) -> anyhow::Result<(usize, Measures)> {
    let gold: Vec<Gold> = reading.rows_in(GOLD)?;
    let coder = reading.coder()?;
    let (mut dev, mut held_out) = (Count::default(), Count::default());
    for report in reading.rows::<Report>()? {
        let id = report.input.id.as_deref().context("a report has an id")?;
        let text = report.input.text.as_deref().with_context(|| format!("{id}: it has a text"))?;
        let document = coder.document(&report.input)?;
        let coded = coder.records(&document);
        let asked: Vec<&Gold> = gold.iter().filter(|g| g.doc == id).collect();
        let answered = answers(text, &asked, &coded).with_context(|| id.to_owned())?;
        let count =
            Count { gold: asked.len(), found: answered.len(), right: answered.iter().filter(|a| a.is_right()).count(), coded: coded.len() };
        match report.half {
            Half::Dev => {
                show(reading, id, &asked, &coded, &answered);
                dev.add(count);
            }
            Half::HeldOut => held_out.add(count),
        }
    }
    let measures = dev.measures("").into_iter().chain(held_out.measures("held_out."));
    Ok((dev.gold + held_out.gold, measures.collect()))
}

/// Shows what was missed, answered wrongly, or coded besides, where errors are asked for.
fn show(reading: &Reading<'_>, id: &str, asked: &[&Gold], coded: &[StatementRecord], answered: &[Answered]) {
    for (g, gold) in asked.iter().enumerate() {
        match answered.iter().find(|a| a.gold == g) {
            None => reading.note(id, &format!("missed {:?} | {}", gold.is, gold.quote)),
            Some(answer) if !answer.is_right() => {
                let rule = &coded[answer.coded].coder.rule;
                reading.note(id, &format!("wrong {} | {} | {rule}", answer.wrong().join(","), gold.quote));
            }
            Some(_) => {}
        }
    }
    for (c, statement) in coded.iter().enumerate().filter(|(c, _)| answered.iter().all(|a| a.coded != *c)) {
        let evidence = &statement.evidence.words.text;
        reading.note(id, &format!("besides {} | {} | {evidence}", c + 1, statement.coder.rule));
    }
}
