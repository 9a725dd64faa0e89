//! How is a measurement kept, and when is it too low? One file a corpus and split, and the floors that a change may not break.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Measures, Split};

/// The figures of one corpus, as `evals/record/` keeps them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// Name of the corpus.
    pub corpus: String,
    /// Its part.
    pub split: String,
    /// Items measured: documents, or sentences where the corpus has no documents.
    pub items: usize,
    /// By name, rounded to two decimals; to four from -1 to 1.
    pub measures: Measures,
    /// SHA-256 of each file that was read.
    pub sha256: BTreeMap<String, String>,
}

impl Figures {
    /// Figures, rounded.
    pub fn new(corpus: &str, split: Split, items: usize, measures: Measures, sha256: BTreeMap<String, String>) -> Figures {
        let rounded = |value: f64| {
            let steps = if value.abs() <= 1.0 { 10_000.0 } else { 100.0 };
            (value * steps).round() / steps
        };
        let rounded = measures.into_iter().map(|(name, value)| (name, rounded(value))).collect();
        Figures { corpus: corpus.to_owned(), split: split.as_str().to_owned(), items, measures: rounded, sha256 }
    }

    /// One line to read.
    pub fn line(&self) -> String {
        let measures: Vec<String> = self.measures.iter().map(|(name, value)| format!("{name} {value}")).collect();
        format!("{} {} ({} items): {}", self.corpus, self.split, self.items, measures.join(", "))
    }

    /// One line of JSON: corpus, split, items and measures.
    pub fn json(&self) -> String {
        json!({"corpus": self.corpus, "split": self.split, "items": self.items, "measures": self.measures}).to_string()
    }

    /// Writes `evals/record/CORPUS-SPLIT.json`.
    ///
    /// # Errors
    /// Names the file that cannot be written.
    pub fn write(&self, root: &Path) -> anyhow::Result<()> {
        let path = root.join(format!("evals/record/{}-{}.json", self.corpus, self.split));
        let text = serde_json::to_string_pretty(self)? + "\n";
        std::fs::create_dir_all(root.join("evals/record"))
            .and_then(|()| std::fs::write(&path, text))
            .with_context(|| path.display().to_string())
    }
}

/// The lowest figures that a change may leave: corpus, split, measure.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct Floors {
    floors: BTreeMap<String, BTreeMap<String, Measures>>,
}

impl Floors {
    /// Reads `evals/floors.json`.
    ///
    /// # Errors
    /// Says what in it does not read.
    pub fn read(root: &Path) -> anyhow::Result<Floors> {
        let path = root.join("evals/floors.json");
        let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        serde_json::from_str(&text).context("evals/floors.json")
    }

    /// Every figure that is below its floor, or has one and was not measured.
    pub fn below(&self, figures: &Figures) -> Vec<String> {
        let floors = self.floors.get(&figures.corpus).and_then(|splits| splits.get(&figures.split));
        let floors = floors.into_iter().flatten();
        let place = |name: &str| format!("{} {} {name}", figures.corpus, figures.split);
        let fault = |(name, floor): (&String, &f64)| match figures.measures.get(name) {
            Some(value) if value >= floor => None,
            Some(value) => Some(format!("{} is {value}, the floor is {floor}", place(name))),
            None => Some(format!("{} has a floor and was not measured", place(name))),
        };
        floors.filter_map(fault).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::root;

    fn figures(date: f64) -> Figures {
        Figures::new("isaf", Split::Dev, 3, BTreeMap::from([("date".to_owned(), date)]), BTreeMap::new())
    }

    #[test]
    fn a_figure_below_its_floor_is_named() {
        let floors: Floors = serde_json::from_str(r#"{"isaf": {"dev": {"date": 70.0, "place": 50}}}"#).expect("floors");
        assert_eq!(
            floors.below(&figures(69.999)),
            ["isaf dev place has a floor and was not measured"],
            "figures are compared as they are recorded, rounded to two decimals"
        );
        assert_eq!(floors.below(&figures(66.6666))[0], "isaf dev date is 66.67, the floor is 70");
    }

    #[test]
    fn the_repositorys_floors_read() {
        Floors::read(&root()).expect("evals/floors.json");
    }
}
