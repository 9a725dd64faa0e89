//! What would the official scoring of 1992 have given? Templates are mapped by the recall of their fills, each of 23 slots is tallied,
//! and half right counts half; without the judges' history what the scorer cannot settle itself is wrong.

mod agreement;
mod value;

use std::collections::BTreeMap;

pub use agreement::Generality;
use agreement::Status;
use value::{FillKind, Value};

/// The slots that are scored.
const SLOTS: std::ops::RangeInclusive<u8> = 2..=24;
/// The slot of the incident type, which mapped templates must share.
const TYPE: u8 = 4;
/// Slots of which one must agree in mapped templates that have any.
const TELLING: [u8; 7] = [12, 13, 18, 19, 20, 9, 10];

/// A template of a key or response.
#[derive(Clone, Debug, Default)]
pub struct Official {
    /// Whether a response may leave it out.
    pub optional: bool,
    /// Fills by slot.
    slots: BTreeMap<u8, Vec<Value>>,
}

impl Official {
    /// From fills as the keys write them.
    pub fn new<'f>(optional: bool, fills: impl IntoIterator<Item = (u8, &'f str)>) -> Official {
        let mut slots: BTreeMap<u8, Vec<Value>> = BTreeMap::new();
        for (slot, text) in fills {
            if let Some(value) = Value::parse(slot, text) {
                slots.entry(slot).or_default().push(value);
            }
        }
        Official { optional, slots }
    }

    fn fills(&self, slot: u8) -> &[Value] {
        self.slots.get(&slot).map_or(&[], Vec::as_slice)
    }
}

/// Possible and actual fills, right and half right ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Points {
    possible: usize,
    actual: usize,
    right: usize,
    half: usize,
}

impl std::ops::AddAssign for Points {
    fn add_assign(&mut self, other: Points) {
        self.possible += other.possible;
        self.actual += other.actual;
        self.right += other.right;
        self.half += other.half;
    }
}

impl Points {
    /// F of recall and precision, which the official scorer rounds to whole percents.
    pub fn f(self) -> f64 {
        let (recall, precision) = (rounded(self, self.possible) as f64, rounded(self, self.actual) as f64);
        if recall * precision == 0.0 { 0.0 } else { 2.0 * recall * precision / (recall + precision) }
    }

    fn is_nothing(self) -> bool {
        self.possible == 0 && self.actual == 0
    }
}

/// A percentage of points, rounded half to even.
fn rounded(points: Points, whole: usize) -> usize {
    if whole == 0 {
        return 0;
    }
    let tenths = 500 * (2 * points.right + points.half) / whole;
    match (tenths / 10, tenths % 10) {
        (percent, 6..) => percent + 1,
        (percent, 5) => percent + percent % 2,
        (percent, _) => percent,
    }
}

/// The points of one document.
pub fn points(key: &[Official], response: &[Official], knowledge: &Generality) -> Points {
    let all = |k: &[Official], r: &[Official]| {
        let none = Official::default();
        let (k, r) = (k.first().unwrap_or(&none), r.first().unwrap_or(&none));
        SLOTS.map(|slot| Scored { slot, knowledge, asked: true, substring: false }.points(k.fills(slot), r.fills(slot))).fold(
            Points::default(),
            |mut sum, one| {
                sum += one;
                sum
            },
        )
    };
    let pairs = mapped(key, response, knowledge);
    let mut sum = Points::default();
    for (k, template) in key.iter().enumerate() {
        match pairs.iter().find(|(mapped, _)| *mapped == k) {
            Some((_, r)) => sum += all(std::slice::from_ref(template), std::slice::from_ref(&response[*r])),
            None if !template.optional => sum += all(std::slice::from_ref(template), &[]),
            None => {}
        }
    }
    for (r, template) in response.iter().enumerate() {
        if pairs.iter().all(|(_, mapped)| *mapped != r) {
            sum += all(&[], std::slice::from_ref(template));
        }
    }
    sum
}

/// Pairs of key and response templates: those of the highest recall first, each used once.
fn mapped(key: &[Official], response: &[Official], knowledge: &Generality) -> Vec<(usize, usize)> {
    let mut candidates = Vec::new();
    for (k, gold) in key.iter().enumerate() {
        for (r, found) in response.iter().enumerate().filter(|(_, found)| may_map(gold, found, knowledge)) {
            let mut sum = Points::default();
            for slot in SLOTS {
                sum += Scored { slot, knowledge, asked: false, substring: false }.points(gold.fills(slot), found.fills(slot));
            }
            candidates.push((if sum.possible == 0 { 100 } else { rounded(sum, sum.possible) }, k, r));
        }
    }
    candidates.sort_by_key(|(recall, ..)| std::cmp::Reverse(*recall));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (_, k, r) in candidates {
        if pairs.iter().all(|(a, b)| *a != k && *b != r) {
            pairs.push((k, r));
        }
    }
    pairs
}

/// Whether two templates can be of one incident: of one type, with one telling fill alike if they have any.
fn may_map(gold: &Official, found: &Official, knowledge: &Generality) -> bool {
    let agree = |slot: u8| {
        let points = Scored { slot, knowledge, asked: false, substring: true }.points(gold.fills(slot), found.fills(slot));
        (!points.is_nothing()).then_some(points.right + points.half > 0)
    };
    let telling: Vec<Option<bool>> = TELLING.into_iter().map(agree).collect();
    agree(TYPE) == Some(true) && (telling.contains(&Some(true)) || telling.iter().all(Option::is_none))
}

/// How one slot is scored.
struct Scored<'k> {
    slot: u8,
    knowledge: &'k Generality,
    /// Whether set fills whose references differ are settled by half.
    asked: bool,
    /// Whether strings that share a word agree by half or wholly, as in mapping.
    substring: bool,
}

impl Scored<'_> {
    fn points(&self, keys: &[Value], responses: &[Value]) -> Points {
        if keys.len() <= 1 && responses.len() <= 1 { self.single(keys.first(), responses.first()) } else { self.several(keys, responses) }
    }

    fn is_set(&self) -> bool {
        FillKind::of(self.slot) == FillKind::Element
    }

    fn single(&self, key: Option<&Value>, response: Option<&Value>) -> Points {
        let optional = key.is_some_and(Value::is_optional);
        let inner = match key {
            Some(Value::Optional(inner)) => Some(&**inner),
            other => other,
        };
        let mut status = None;
        if self.knowledge.equal(inner, response) {
            status = Some(Status::Right);
        } else if let (Some(key), Some(response)) = (inner, response) {
            status = match self.knowledge.settle(self.slot, &[key], response) {
                Some((status, _)) => Some(status),
                None if self.is_set() => self.knowledge.set_fill(self.slot, key, response, self.asked),
                None if self.substring && FillKind::of(self.slot) == FillKind::String => {
                    (!self.knowledge.words(key).is_disjoint(&self.knowledge.words(response))).then_some(Status::Right)
                }
                None => None,
            };
        }
        let present = response.is_some();
        Points {
            possible: usize::from(key.is_some() && (present || !optional)),
            actual: usize::from(present),
            right: usize::from(present && status == Some(Status::Right)),
            half: usize::from(present && status == Some(Status::Half)),
        }
    }

    fn several(&self, keys: &[Value], responses: &[Value]) -> Points {
        let mut points = Points::default();
        let mut keys: Vec<&Value> = keys.iter().collect();
        let mut left: Vec<&Value> = responses.iter().collect();
        let mut at = 0;
        while at < keys.len() {
            match left.iter().position(|response| self.knowledge.equal(Some(keys[at]), Some(response))) {
                Some(response) => {
                    keys.remove(at);
                    left.remove(response);
                    points += Points { possible: 1, actual: 1, right: 1, half: 0 };
                }
                None => at += 1,
            }
        }
        let mut unsettled = Vec::new();
        let mut failed = 0;
        for response in left {
            match self.knowledge.settle(self.slot, &keys, response).filter(|_| !keys.is_empty()) {
                Some((status, used)) => failed += take(&mut points, &mut keys, status, used),
                None => unsettled.push(response),
            }
        }
        if self.substring {
            let words = |values: &[&Value]| values.iter().flat_map(|v| self.knowledge.words(v)).collect::<std::collections::BTreeSet<_>>();
            points.half += usize::from(!words(&keys).is_disjoint(&words(&unsettled)));
        }
        let mut open = 0;
        for response in unsettled {
            if !(self.asked && self.is_set()) || keys.is_empty() {
                open += 1;
                continue;
            }
            let nearest = self.knowledge.nearest(self.slot, &keys, response);
            let status = self.knowledge.set_fill(self.slot, keys[nearest], response, true).unwrap_or(Status::Wrong);
            failed += take(&mut points, &mut keys, status, vec![nearest]);
        }
        let spare = open + failed;
        let required = keys.iter().filter(|key| !key.is_optional()).count();
        points.actual += spare;
        points.possible += if keys.len() < spare { keys.len() } else { required.max(spare) };
        points
    }
}

/// Takes up a settled response: 1 where it failed, else the keys that it used are gone.
fn take(points: &mut Points, keys: &mut Vec<&Value>, status: Status, mut used: Vec<usize>) -> usize {
    let count = used.len();
    match status {
        Status::Wrong => return 1,
        Status::Right => *points += Points { possible: count, actual: count, right: count, half: 0 },
        Status::Half => *points += Points { possible: count, actual: count, right: 0, half: count },
    }
    used.sort_unstable();
    for at in used.into_iter().rev() {
        keys.remove(at);
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::root;

    fn template(text: &str) -> Official {
        let fill = |line: &'static str| line.split_once(' ').map(|(slot, fill)| (slot.parse().expect("a slot number"), fill));
        let text: &'static str = text.to_owned().leak();
        Official::new(text.starts_with("optional"), text.lines().filter(|l| !l.starts_with("optional")).filter_map(|l| fill(l.trim())))
    }

    fn check(key: &str, response: &str, (possible, actual, right, half): (usize, usize, usize, usize)) {
        let knowledge = std::fs::read_to_string(root().join("evals/muc4_official.toml")).expect("evals/muc4_official.toml");
        let knowledge: Generality = toml::from_str(&knowledge).expect("evals/muc4_official.toml");
        let of = |text: &str| if text.is_empty() { Vec::new() } else { vec![template(text)] };
        assert_eq!(points(&of(key), &of(response), &knowledge), Points { possible, actual, right, half }, "{key} against {response}");
    }

    #[test]
    fn strings_agree_without_their_articles_and_numbers() {
        check("4 ATTACK\n9 \"TWO MEN\" / \"GUNMEN\"", "4 ATTACK\n9 \"THE MEN\"", (2, 2, 2, 0));
        // Without a string in common the two are not the same incident, so its type earns nothing either.
        check("4 ATTACK\n9 \"GUNMEN\"", "4 ATTACK\n9 \"REBELS\"", (2, 2, 0, 0));
    }

    #[test]
    fn a_more_general_set_fill_earns_half() {
        check("4 BOMBING\n12 \"BANK\"\n7 DYNAMITE: \"STICK\"", "4 BOMBING\n12 \"BANK\"\n7 BOMB: \"STICK\"", (3, 3, 2, 1));
    }

    #[test]
    fn the_right_country_earns_half() {
        check("4 ATTACK\n12 \"BANK\"\n3 PERU: LIMA (CITY)", "4 ATTACK\n12 \"BANK\"\n3 PERU", (3, 3, 2, 1));
    }

    #[test]
    fn what_is_optional_may_be_left_out() {
        check("4 ATTACK\n9 \"MEN\"\n6 ? \"GUN\"", "4 ATTACK\n9 \"MEN\"", (2, 2, 2, 0));
        check("optional\n4 ATTACK\n9 \"MEN\"", "", (0, 0, 0, 0));
        check("4 ATTACK\n9 \"MEN\"", "", (2, 0, 0, 0));
    }
}
