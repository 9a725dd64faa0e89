//! Which three numbers does a rule give? The table of quantities.

use sayso_types::QuantityRule;

/// Low, best and high; `None` is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bounds {
    pub(crate) low: Option<u64>,
    pub(crate) best: Option<u64>,
    pub(crate) high: Option<u64>,
}

/// The bounds of one number under a rule.
pub(crate) fn bounds(rule: QuantityRule, number: u64) -> Bounds {
    let (low, best, high) = match rule {
        QuantityRule::Exact | QuantityRule::Approximate => (Some(number), Some(number), Some(number)),
        QuantityRule::AtLeast | QuantityRule::MoreThan => (Some(number), None, None),
        QuantityRule::UpTo | QuantityRule::FewerThan => (None, None, Some(number)),
        QuantityRule::Range | QuantityRule::Several | QuantityRule::Order => (Some(number), None, None),
        QuantityRule::None => (Some(0), Some(0), Some(0)),
    };
    Bounds { low, best, high }
}

/// The bounds of "30 to 35".
pub(crate) fn range(low: u64, high: u64) -> Bounds {
    Bounds { low: Some(low), best: None, high: Some(high) }
}
