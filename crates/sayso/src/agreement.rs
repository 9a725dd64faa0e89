//! How well do reviewers agree? Percent, Cohen's kappa of two and Krippendorff's alpha of any number, of nominal verdicts.
//!
//! Percent is the share of agreeing pairs among all pairs of verdicts on one unit. Kappa (J. Cohen, "A Coefficient of Agreement for
//! Nominal Scales", 1960) is (o − e) / (1 − e): `o` the share of units that both judged on which they agree, `e` the share expected from
//! how often each gives each verdict. Alpha (K. Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011) is 1 − D_o / D_e over
//! the matrix of coincidences, to which a unit with m verdicts adds 1 / (m − 1) for each ordered pair of them; verdicts that are missing
//! are simply not there.

use std::collections::{BTreeMap, BTreeSet};

/// Verdicts on one unit, by reviewer.
pub type Unit = BTreeMap<String, String>;

/// How well two reviewers agree.
#[derive(Clone, Debug, PartialEq)]
pub struct Kappa {
    /// The two.
    pub reviewers: [String; 2],
    /// The units that both judged.
    pub units: usize,
    /// Cohen's kappa; `None` where both give one and the same verdict throughout, for which it is not defined.
    pub kappa: Option<f64>,
}

/// How well reviewers agree.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    /// The units that two or more judged; all figures are of these.
    pub units: usize,
    /// The share of agreeing pairs of verdicts.
    pub percent: f64,
    /// Krippendorff's alpha; `None` where no two verdicts differ, for which it is not defined.
    pub alpha: Option<f64>,
    /// Between which values alpha lies in 95 of 100 samples of as many units, drawn with replacement.
    pub interval: Option<[f64; 2]>,
    /// Cohen's kappa of every two reviewers who judged a unit in common.
    pub kappas: Vec<Kappa>,
}

/// So many samples are drawn for an interval.
const SAMPLES: usize = 1000;

/// How well reviewers agree on some units; `None` where no unit was judged by two. The same seed gives the same interval.
pub fn agreement(units: &[Unit], seed: u64) -> Option<Agreement> {
    let judged: Vec<&Unit> = units.iter().filter(|unit| unit.len() > 1).collect();
    if judged.is_empty() {
        return None;
    }
    Some(Agreement {
        units: judged.len(),
        percent: percent(&judged),
        alpha: alpha(&judged),
        interval: interval(&judged, seed),
        kappas: kappas(&judged),
    })
}

fn percent(units: &[&Unit]) -> f64 {
    let (mut same, mut all) = (0_usize, 0_usize);
    for unit in units {
        let verdicts: Vec<&String> = unit.values().collect();
        for (at, one) in verdicts.iter().enumerate() {
            same += verdicts[at + 1..].iter().filter(|other| *other == one).count();
            all += verdicts.len() - at - 1;
        }
    }
    same as f64 / all as f64
}

/// Krippendorff's alpha of units that two or more judged.
fn alpha(units: &[&Unit]) -> Option<f64> {
    let mut marginals: BTreeMap<&str, f64> = BTreeMap::new();
    let mut observed = 0.0;
    for unit in units {
        let share = 1.0 / (unit.len() as f64 - 1.0);
        let mut counts: BTreeMap<&str, f64> = BTreeMap::new();
        unit.values().for_each(|verdict| *counts.entry(verdict).or_default() += 1.0);
        for (verdict, count) in &counts {
            *marginals.entry(verdict).or_default() += count;
            observed += count * (unit.len() as f64 - count) * share;
        }
    }
    let total: f64 = marginals.values().sum();
    let expected: f64 = marginals.values().map(|count| count * (total - count)).sum::<f64>() / (total - 1.0);
    (expected > 0.0).then(|| 1.0 - observed / expected)
}

fn interval(units: &[&Unit], seed: u64) -> Option<[f64; 2]> {
    let mut lot = Lot(seed);
    let mut drawn: Vec<f64> = (0..SAMPLES)
        .filter_map(|_| {
            let sample: Vec<&Unit> = units.iter().map(|_| units[lot.below(units.len())]).collect();
            alpha(&sample)
        })
        .collect();
    drawn.sort_by(f64::total_cmp);
    let at = |share: f64| drawn.get((share * (drawn.len().saturating_sub(1)) as f64).round() as usize).copied();
    Some([at(0.025)?, at(0.975)?])
}

fn kappas(units: &[&Unit]) -> Vec<Kappa> {
    let reviewers: BTreeSet<&String> = units.iter().flat_map(|unit| unit.keys()).collect();
    let reviewers: Vec<&String> = reviewers.into_iter().collect();
    let mut kappas = Vec::new();
    for (at, one) in reviewers.iter().enumerate() {
        for other in &reviewers[at + 1..] {
            let both: Vec<(&str, &str)> =
                units.iter().filter_map(|unit| Some((unit.get(*one)?.as_str(), unit.get(*other)?.as_str()))).collect();
            if !both.is_empty() {
                kappas.push(Kappa { reviewers: [(*one).clone(), (*other).clone()], units: both.len(), kappa: kappa(&both) });
            }
        }
    }
    kappas
}

fn kappa(both: &[(&str, &str)]) -> Option<f64> {
    let total = both.len() as f64;
    let observed = both.iter().filter(|(one, other)| one == other).count() as f64 / total;
    let verdicts: BTreeSet<&str> = both.iter().flat_map(|(one, other)| [*one, *other]).collect();
    let share = |of: &dyn Fn(&(&str, &str)) -> bool| both.iter().filter(|pair| of(pair)).count() as f64 / total;
    let expected: f64 = verdicts.iter().map(|verdict| share(&|pair| pair.0 == *verdict) * share(&|pair| pair.1 == *verdict)).sum();
    (expected < 1.0).then(|| (observed - expected) / (1.0 - expected))
}

/// Numbers as if drawn by lot, the same for the same seed: SplitMix64 (G. Steele and others, "Fast Splittable Pseudorandom Number
/// Generators", 2014).
#[derive(Clone, Debug)]
pub struct Lot(pub u64);

impl Lot {
    /// The next number.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// The next number below a bound above 0.
    pub fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.draw() % bound as u64).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Units from one line a reviewer; `.` is missing.
    fn units(lines: &[&str]) -> Vec<Unit> {
        let rows: Vec<Vec<&str>> = lines.iter().map(|line| line.split_whitespace().collect()).collect();
        (0..rows[0].len())
            .map(|at| {
                let given = rows.iter().enumerate().filter(|(_, row)| row[at] != ".");
                given.map(|(reviewer, row)| (reviewer.to_string(), row[at].to_owned())).collect()
            })
            .collect()
    }

    #[test]
    fn alpha_is_that_of_the_published_example() {
        // Krippendorff 2011, example C: four observers, twelve units, missing values; 0.743.
        let units = units(&["1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 ."]);
        let found = agreement(&units, 1).unwrap();
        assert_eq!(found.units, 11, "the twelfth was judged by one only");
        assert!((found.alpha.unwrap() - 0.743).abs() < 0.0005, "{found:?}");
        let [low, high] = found.interval.unwrap();
        assert!(low < 0.743 && 0.743 < high && low > 0.3 && high <= 1.0, "{low} {high}");
        assert_eq!(agreement(&units, 1), Some(found), "the same seed gives the same interval");
    }

    #[test]
    fn kappa_is_that_of_the_worked_table() {
        // 20 both yes, 5 yes and no, 10 no and yes, 15 both no: observed 0.7, expected 0.5, kappa 0.4.
        let table = [(20, "y", "y"), (5, "y", "n"), (10, "n", "y"), (15, "n", "n")];
        let both: Vec<(&str, &str)> = table.iter().flat_map(|(times, one, other)| vec![(*one, *other); *times]).collect();
        assert!((kappa(&both).unwrap() - 0.4).abs() < 1e-9);
        assert_eq!(kappa(&[("y", "y"), ("y", "y")]), None);
    }

    #[test]
    fn what_nobody_judged_twice_tells_nothing() {
        assert_eq!(agreement(&units(&["y n", ". ."]), 1), None);
        let unanimous = agreement(&units(&["y y", "y y"]), 1).unwrap();
        assert_eq!((unanimous.percent, unanimous.alpha), (1.0, None));
    }
}
