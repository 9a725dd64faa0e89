//! How far is a stated probability from what came true? Expected calibration error (Naeini, Cooper and Hauskrecht 2015) and Brier score.

/// Bins of the calibration error.
const BINS: usize = 10;

/// A probability that was stated of something, and whether it was so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forecast {
    /// From 0 to 1.
    pub confidence: f64,
    /// Whether it was so.
    pub right: bool,
}

/// The expected calibration error over ten bins of equal width; 0 of nothing.
pub fn equal_widths(forecasts: &[Forecast]) -> f64 {
    let mut bins: Vec<Vec<Forecast>> = vec![Vec::new(); BINS];
    for forecast in forecasts {
        bins[((forecast.confidence * BINS as f64) as usize).min(BINS - 1)].push(*forecast);
    }
    error(bins.iter().map(Vec::as_slice), forecasts.len())
}

/// The same over ten bins of equal count, as near as can be.
pub fn equal_counts(forecasts: &[Forecast]) -> f64 {
    let mut sorted = forecasts.to_vec();
    sorted.sort_by(|a, b| a.confidence.total_cmp(&b.confidence).then(a.right.cmp(&b.right)));
    let edge = |bin: usize| bin * sorted.len() / BINS;
    error((0..BINS).map(|bin| &sorted[edge(bin)..edge(bin + 1)]), sorted.len())
}

fn error<'f>(bins: impl Iterator<Item = &'f [Forecast]>, all: usize) -> f64 {
    let gap = |bin: &[Forecast]| bin.iter().map(|f| f.confidence - f64::from(f.right)).sum::<f64>().abs();
    bins.map(gap).sum::<f64>() / all.max(1) as f64
}

/// The share that was so; 0 of nothing.
pub fn accuracy(forecasts: &[Forecast]) -> f64 {
    forecasts.iter().filter(|f| f.right).count() as f64 / forecasts.len().max(1) as f64
}

/// The mean squared error; 0 of nothing.
pub fn brier(forecasts: &[Forecast]) -> f64 {
    forecasts.iter().map(|f| (f.confidence - f64::from(f.right)).powi(2)).sum::<f64>() / forecasts.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forecasts(of: &[(f64, usize, usize)]) -> Vec<Forecast> {
        let one = |&(confidence, right, all): &(f64, usize, usize)| (0..all).map(move |n| Forecast { confidence, right: n < right });
        of.iter().flat_map(one).collect()
    }

    fn check(of: &[(f64, usize, usize)], widths: f64, counts: f64) {
        let all = forecasts(of);
        let found = (equal_widths(&all), equal_counts(&all));
        assert!((found.0 - widths).abs() < 1e-9 && (found.1 - counts).abs() < 1e-9, "{of:?}: {found:?}");
    }

    #[test]
    fn what_comes_true_as_often_as_said_has_no_error() {
        check(&[], 0.0, 0.0);
        check(&[(0.8, 8, 10)], 0.0, 0.32);
        check(&[(1.0, 20, 20), (0.0, 0, 20)], 0.0, 0.0);
    }

    #[test]
    fn each_bin_counts_by_its_share() {
        // 0.25 wrong by 0.25 for half of them, 0.75 right.
        check(&[(0.25, 2, 4), (0.75, 3, 4)], 0.125, 0.4375);
        check(&[(0.95, 0, 10)], 0.95, 0.95);
    }

    #[test]
    fn errors_within_a_bin_of_width_cancel() {
        check(&[(0.61, 0, 10), (0.69, 10, 10)], 0.15, 0.46);
    }

    #[test]
    fn accuracy_and_brier() {
        let all = forecasts(&[(0.5, 1, 2), (1.0, 2, 2)]);
        assert!((accuracy(&all) - 0.75).abs() < 1e-9);
        assert!((brier(&all) - 0.125).abs() < 1e-9);
    }
}
