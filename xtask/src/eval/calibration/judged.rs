//! Which statements can a corpus's gold judge, and which of them are right?

use std::cell::OnceCell;
use std::path::Path;

use anyhow::Context;
use sayso::types::{Analysis, Statement};
use sayso::{Coder, Profile};
use sayso_coding::code::confidence::{Feature, features};

use crate::eval::{Reading, Split, isaf, muc4, plover_gsr, re3d};

/// A corpus that judges statements.
pub struct Source {
    /// Its name, and that of its folder.
    pub corpus: &'static str,
    judge: fn(&Reading<'_>) -> anyhow::Result<Vec<Judged>>,
}

/// All of them; the first must be there, the others may be.
pub const SOURCES: [Source; 4] = [
    Source { corpus: "isaf", judge: isaf::judged },
    Source { corpus: "muc4", judge: muc4::judged },
    Source { corpus: "plover_gsr", judge: plover_gsr::judged },
    Source { corpus: "re3d", judge: re3d::judged },
];

/// A statement that gold judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The corpus.
    pub corpus: &'static str,
    /// The document's name in it.
    pub document: String,
    /// The frame that coded it.
    pub rule: String,
    /// What it shows of itself.
    pub features: Vec<Feature>,
    /// As the program gives it.
    pub confidence: f64,
    /// Whether the gold says the same.
    pub right: bool,
}

impl Judged {
    /// A statement of a document with its judgement.
    pub fn new(corpus: &'static str, document: &str, statement: &Statement, analysis: &Analysis, right: bool) -> Judged {
        Judged {
            corpus,
            document: document.to_owned(),
            rule: statement.rule.clone(),
            features: features(statement, analysis),
            confidence: f64::from(statement.confidence),
            right,
        }
    }
}

/// The judged statements of all corpora among a reading's files, in their order; those that are not there are named.
pub(in crate::eval) fn all(reading: &Reading<'_>) -> anyhow::Result<Vec<Judged>> {
    let mut judged = Vec::new();
    for source in &SOURCES {
        let file = reading.texts.iter().find(|(name, _)| name.starts_with(&format!("{}/", source.corpus)));
        let Some(file) = file else {
            eprintln!("calibration: {} is not there", source.corpus);
            continue;
        };
        let own = Reading { folder: reading.folder, texts: vec![file.clone()], coder: reading.coder, errors: false };
        judged.extend((source.judge)(&own).with_context(|| source.corpus)?);
    }
    Ok(judged)
}

/// The judged statements of the development parts below a folder, as read with the encoder and without.
pub fn of_both_profiles(data: &Path) -> anyhow::Result<Vec<Judged>> {
    let texts = crate::eval::texts(data, &super::CORPUS, Split::Dev)?;
    let mut judged = Vec::new();
    for profile in [Profile::Balanced, Profile::Fast] {
        let coder = OnceCell::from(Coder::of_profile(profile)?);
        judged.extend(all(&Reading { folder: data, texts: texts.clone(), coder: &coder, errors: false })?);
    }
    Ok(judged)
}
