//! Which statements about a release's operation are right? Those that count people killed or captured, against the gold's operation.

use anyhow::Context;
use sayso::Input;
use sayso::types::{QuantityOf, RoleName, Statement};
use sayso_coding::code;

use super::operation::{People, Release};
use super::{Operation, Spellings};
use crate::eval::Reading;
use crate::eval::calibration::judged::Judged;

/// The statements of incidents that count people. One is right where its killed and captured, its province and its groups are the
/// gold's, so far as it has them.
pub fn judged(reading: &Reading<'_>) -> anyhow::Result<Vec<Judged>> {
    let spellings = Spellings::read()?;
    let coder = reading.coder()?;
    let mut judged = Vec::new();
    for row in reading.rows::<super::Release>()? {
        let document = coder.document(&Input::text(&row.text)).with_context(|| row.id.clone())?;
        let analysis = coder.analysis(&document);
        let mentions = coder.mentions(&document, &analysis);
        let statements = code::statements(&document, &analysis, &mentions, coder.knowledge());
        let release = Release::new(coder, &document, (&analysis, &mentions), &statements, &spellings);
        let gold = row.gold.operation();
        for statement in &release.incidents {
            if let Some(right) = release.is_right(statement, &gold) {
                judged.push(Judged::new("isaf", &row.id, statement, &analysis, right));
            }
        }
    }
    Ok(judged)
}

impl Release<'_> {
    /// Whether a statement agrees with the operation; none where it counts nobody.
    fn is_right(&self, statement: &Statement, gold: &Operation) -> Option<bool> {
        let counts = [(QuantityOf::Killed, gold.killed), (QuantityOf::Captured, gold.captured)];
        let agreements: Vec<bool> = counts.into_iter().filter_map(|(of, number)| self.counts_right(statement, of, number)).collect();
        (!agreements.is_empty()).then(|| {
            agreements.iter().all(|right| *right) && self.province_is_right(statement, gold) && self.groups_are_right(statement, gold)
        })
    }

    /// Whether the people of a statement are all of the gold's, or, where it speaks of single persons or leaves them out, as many as it can.
    fn counts_right(&self, statement: &Statement, of: QuantityOf, gold: u64) -> Option<bool> {
        let People { singles: own, counted, many, .. } = self.people_of(statement, of);
        let singles = || self.incidents.iter().map(|s| self.people_of(s, of).singles).max().unwrap_or(0);
        match (own, counted) {
            (0, 0) => many.then_some(gold > 0),
            (own, 0) => Some(own <= gold),
            (own, counted) => Some(own + counted == gold || counted + singles() == gold),
        }
    }

    fn province_is_right(&self, statement: &Statement, gold: &Operation) -> bool {
        let place = statement.place.as_ref().and_then(|p| p.place.as_ref()).filter(|p| !p.admin1.is_empty());
        place.is_none_or(|p| p.country == self.spellings.country && gold.provinces.contains(&self.spellings.province(&p.admin1)))
    }

    fn groups_are_right(&self, statement: &Statement, gold: &Operation) -> bool {
        let hit = statement.roles.iter().filter(|r| r.role == RoleName::Recipient);
        let mut groups = hit.filter_map(|r| self.spellings.groups.get(r.actor_id.as_ref()?));
        groups.all(|group| gold.groups.contains(group))
    }
}
