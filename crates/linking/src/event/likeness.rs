//! How surely do two tellings speak of one happening, and on what grounds?

use super::evidence::{Evidence, Never, evidence};
use super::feature::{FEATURES, Feature};
use super::ground::{against_all, sentence};
use super::happening::Happening;
use super::kinship::Kinship;
use super::knowledge::Knowledge;

/// How surely two tellings speak of one happening.
#[derive(Clone, Debug, PartialEq)]
pub struct Likeness {
    /// The probability, from 0 to 1; 0 where a rule forbids it.
    pub score: f32,
    /// What speaks for it, the weightiest first.
    pub grounds: Vec<Ground>,
    /// What speaks against it, the weightiest first.
    pub against: Vec<Ground>,
}

/// One ground.
#[derive(Clone, Debug, PartialEq)]
pub struct Ground {
    /// Which.
    pub kind: GroundKind,
    /// How much it adds to the logarithm of the odds; negative where it speaks against.
    pub weight: f32,
    /// For a reader: "both on 2017-07-31", "24 and 36 killed differ".
    pub sentence: String,
}

/// Which ground it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroundKind {
    /// One that is weighed.
    Weighed(Feature),
    /// One that forbids.
    Never(Never),
}

impl GroundKind {
    /// Its name: "place.same", "never.times".
    pub fn as_str(self) -> &'static str {
        match self {
            GroundKind::Weighed(feature) => feature.as_str(),
            GroundKind::Never(Never::Several) => "never.several",
            GroundKind::Never(Never::Ahead) => "never.ahead",
            GroundKind::Never(Never::Types) => "never.types",
            GroundKind::Never(Never::Times) => "never.times",
            GroundKind::Never(Never::Places) => "never.places",
            GroundKind::Never(Never::SetApart) => "never.set-apart",
        }
    }
}

/// The probability that two tellings speak of one happening; [`likeness`] without its grounds.
pub fn score(one: &Happening, other: &Happening, kinship: &Kinship, knowledge: &Knowledge) -> f32 {
    evidence(one, other, kinship, knowledge).map_or(0.0, |evidence| probability(&evidence, knowledge.weights(one, other)))
}

/// The strength of every ground by its name, before it is weighed; `None` where a rule forbids that they be one. For fitting weights.
pub fn strengths(one: &Happening, other: &Happening, kinship: &Kinship, knowledge: &Knowledge) -> Option<Vec<(&'static str, f32)>> {
    let evidence = evidence(one, other, kinship, knowledge).ok()?;
    Some(Feature::ALL.iter().map(|feature| (feature.as_str(), evidence.0[*feature as usize])).collect())
}

/// How surely two tellings speak of one happening, and why.
///
/// "Gunmen killed 24 people in a mosque in Herat on 31 July" and "36 died in the attack on Herat's mosque at the end of July" are one, since
/// both are in Herat, on days that meet, and on a mosque, though their counts differ.
pub fn likeness(one: &Happening, other: &Happening, kinship: &Kinship, knowledge: &Knowledge) -> Likeness {
    let evidence = match evidence(one, other, kinship, knowledge) {
        Ok(evidence) => evidence,
        Err(never) => {
            let ground = Ground { kind: GroundKind::Never(never), weight: f32::NEG_INFINITY, sentence: against_all(never, one, other) };
            return Likeness { score: 0.0, grounds: Vec::new(), against: vec![ground] };
        }
    };
    let weights = knowledge.weights(one, other);
    let ground = |feature: &Feature| {
        let weight = evidence.0[*feature as usize] * weights[*feature as usize];
        let sentence = (weight.abs() >= SAYS_SOMETHING).then(|| sentence(*feature, one, other))??;
        Some(Ground { kind: GroundKind::Weighed(*feature), weight, sentence })
    };
    let mut all: Vec<Ground> = Feature::ALL.iter().filter_map(ground).collect();
    all.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
    let mut kept: Vec<Ground> = Vec::new();
    for ground in all {
        if kept.iter().all(|other| other.sentence != ground.sentence) {
            kept.push(ground);
        }
    }
    let (grounds, against) = kept.into_iter().partition(|ground| ground.weight > 0.0);
    Likeness { score: probability(&evidence, weights), grounds, against }
}

/// A weight below which a ground is not worth a reader's time.
const SAYS_SOMETHING: f32 = 0.1;

fn probability(evidence: &Evidence, weights: &[f32; FEATURES]) -> f32 {
    let odds: f32 = evidence.0.iter().zip(weights).map(|(strength, weight)| strength * weight).sum();
    1.0 / (1.0 + (-odds).exp())
}
