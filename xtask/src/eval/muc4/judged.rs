//! Which statements of violence are right? Those that say who or what was hit, by whom or with what, against the key's templates.

use anyhow::Context;
use sayso_coding::code;
use sayso_coding::syntax::Tree;

use super::fills::Text;
use super::incidents::{incident, is_relevant, is_violence};
use super::modern::agreement;
use super::template::{Report, Template};
use super::{Conventions, input};
use crate::eval::Reading;
use crate::eval::calibration::judged::Judged;

/// The type of violence of which nothing more is said.
const GENERAL: &str = "attack";

/// The relevant statements of violence with a fill. One is right where a template of its type has one of its fills.
pub fn judged(reading: &Reading<'_>) -> anyhow::Result<Vec<Judged>> {
    let conventions = Conventions::read()?;
    let coder = reading.coder()?;
    let mut judged = Vec::new();
    for report in reading.rows::<Report>()? {
        let document = coder.document(&input(&report)).with_context(|| report.docid.clone())?;
        let document = &*coder.readable(&document);
        let analysis = coder.analysis(document);
        let mentions = coder.mentions(document, &analysis);
        let statements = code::statements(document, &analysis, &mentions, coder.knowledge());
        let tree = Tree::new(&document.text, &analysis);
        let text = Text { coder, document, analysis: &analysis, tree: &tree, mentions: &mentions, conventions: &conventions };
        let gold = report.gold();
        for statement in statements.iter().filter(|s| is_violence(s) && is_relevant(&text, s)) {
            let said = incident(&text, statement).template();
            if said.size() > 1 {
                let right = gold.iter().any(|key| agrees(&said, key));
                judged.push(Judged::new("muc4", &report.docid, statement, &analysis, right));
            }
        }
    }
    Ok(judged)
}

/// Whether a key's template has one of the fills, and the type, unless that is the general one.
fn agrees(said: &Template, key: &Template) -> bool {
    let typed = said.types.iter().all(|t| t == GENERAL || key.types.contains(t));
    typed && (0..said.fillers.len()).any(|slot| agreement(said, key, slot).0 > 0)
}
