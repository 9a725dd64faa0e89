//! When do a value of the key and one of the response agree? Wholly, by half because one is more general, or not.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::value::{FillKind, Value};

/// What the official scorer knows of its slots, as `evals/muc4_official.toml` holds it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Generality {
    /// Words left out where strings are compared.
    free: Vec<String>,
    /// Slot number and fill to the more general fills.
    above: BTreeMap<String, Vec<String>>,
}

/// How a response's value was settled against those of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It is right.
    Right,
    /// It is half right.
    Half,
    /// It is wrong.
    Wrong,
}

impl Generality {
    /// Whether two values say the same.
    pub fn equal(&self, key: Option<&Value>, response: Option<&Value>) -> bool {
        let choice = |v: Option<&Value>| matches!(v, Some(Value::Optional(_) | Value::Or(_)));
        let (key, response) = if choice(response) && !choice(key) { (response, key) } else { (key, response) };
        let Some(key) = key else { return response.is_none_or(|r| matches!(r, Value::Text(t) if t.is_empty())) };
        match (key, response) {
            (Value::Text(a), Some(Value::Text(b))) => self.same_string(a, b),
            (Value::Or(keys), Some(Value::Or(others))) => {
                let within = |some: &[Value], all: &[Value]| some.iter().all(|a| all.iter().any(|b| self.equal(Some(a), Some(b))));
                within(keys, others) && within(others, keys)
            }
            (Value::Or(keys), response) => keys.iter().any(|key| self.equal(Some(key), response)),
            (Value::Optional(_), None) => true,
            (Value::Optional(key), Some(Value::Optional(response))) => self.equal(Some(key), Some(response)),
            (Value::Optional(key), response) => self.equal(Some(key), response),
            (Value::Location(a), Some(Value::Location(b))) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| self.equal(Some(a), Some(b)))
            }
            (Value::Pair(kind, a, b), Some(Value::Pair(other, c, d))) => {
                kind == other && self.equal(a.as_deref(), c.as_deref()) && self.equal(b.as_deref(), d.as_deref())
            }
            _ => false,
        }
    }

    fn same_string(&self, one: &str, other: &str) -> bool {
        one == other || self.bare(one) == self.bare(other)
    }

    /// Without the words that do not count; as in the original scorer they may end a longer word.
    fn bare(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for word in &self.free {
            let word = word.to_uppercase();
            let mut kept = String::with_capacity(text.len());
            let mut rest = text.as_str();
            while let Some(at) = rest.find(&word) {
                let behind = &rest[at + word.len()..];
                let blank = behind.len() - behind.trim_start_matches([' ', '\t', '\n']).len();
                kept.push_str(if blank > 0 { &rest[..at] } else { &rest[..at + word.len()] });
                rest = &behind[blank..];
            }
            kept.push_str(rest);
            text = kept;
        }
        text
    }

    /// The words of a value.
    pub fn words(&self, value: &Value) -> BTreeSet<String> {
        match value {
            Value::Text(text) => self.bare(&text.replace('"', "")).split_whitespace().map(str::to_owned).collect(),
            Value::Or(values) | Value::Location(values) => values.iter().flat_map(|v| self.words(v)).collect(),
            Value::Optional(value) => self.words(value),
            Value::Pair(_, one, other) => [one, other].into_iter().flatten().flat_map(|v| self.words(v)).collect(),
        }
    }

    fn is_above(&self, slot: u8, key: &Value, response: &Value) -> bool {
        let (Value::Text(key), Value::Text(response)) = (key, response) else { return false };
        self.above.get(&format!("{slot} {key}")).is_some_and(|above| above.contains(response))
    }

    /// Half agreement, or agreement of what references say: which of the keys, by position.
    fn partly(&self, slot: u8, keys: &[&Value], response: &Value, references: bool) -> Option<(Status, usize)> {
        let said = |key: &'_ Value| if references { key.said().clone() } else { key.clone() };
        let values: Vec<Value> = keys.iter().map(|key| said(key)).collect();
        if references && let Some(at) = values.iter().position(|v| self.equal(Some(v), Some(response))) {
            return Some((Status::Right, at));
        }
        let half = |at: usize| (Status::Half, at);
        if FillKind::of(slot) == FillKind::Location {
            let country = match response {
                Value::Text(_) => Some(response),
                Value::Location(places) => places.first(),
                _ => None,
            }?;
            return values.iter().position(|v| self.is_in(v, country)).map(half);
        }
        let plain = |v: &Value| match v {
            Value::Optional(inner) => (**inner).clone(),
            other => other.clone(),
        };
        values.iter().position(|v| self.is_above(slot, &plain(v), response)).map(half)
    }

    fn is_in(&self, key: &Value, country: &Value) -> bool {
        match key {
            Value::Optional(inner) => self.is_in(inner, country),
            Value::Location(places) => self.equal(places.first(), Some(country)),
            Value::Or(values) => values.iter().any(|v| !matches!(v, Value::Text(_)) && self.is_in(v, country)),
            _ => false,
        }
    }

    /// How a response is settled against some keys: its status, and the positions of the keys that it uses up.
    pub fn settle(&self, slot: u8, keys: &[&Value], response: &Value) -> Option<(Status, Vec<usize>)> {
        if let Some((said, of)) = response.reference() {
            let agree = |key: &&Value| key.reference().is_some_and(|(_, tag)| self.equal(tag, of));
            let same: Vec<usize> = (0..keys.len()).rev().filter(|at| agree(&keys[*at])).collect();
            if let Some(said) = said.filter(|_| !same.is_empty()) {
                let candidates: Vec<&Value> = same.iter().map(|at| keys[*at]).collect();
                if let Some((status, at)) = self.partly(slot, &candidates, said, true) {
                    return Some((status, vec![same[at]]));
                }
                if same.len() < keys.len() {
                    return Some((Status::Wrong, same));
                }
            }
        }
        let (status, at) = self.partly(slot, keys, response, false)?;
        Some((status, if keys.len() == 1 { (0..keys.len()).collect() } else { vec![at] }))
    }

    /// Agreement of a set fill whose reference does not agree: by half.
    pub fn set_fill(&self, slot: u8, key: &Value, response: &Value, asked: bool) -> Option<Status> {
        let (key, _) = key.reference()?;
        let referring = response.reference().is_some();
        let (key, response) = (key?, response.said());
        if self.equal(Some(key), Some(response)) {
            return (!referring || asked).then_some(Status::Half);
        }
        self.is_above(slot, key, response).then_some(Status::Half)
    }

    /// The key that a set fill of a response is held against where none agrees.
    pub fn nearest(&self, slot: u8, keys: &[&Value], response: &Value) -> usize {
        let said = response.said();
        let find = |test: &dyn Fn(&Value) -> bool| keys.iter().position(|key| test(key.said()));
        find(&|key| self.equal(Some(key), Some(response)))
            .or_else(|| find(&|key| self.equal(Some(key), Some(said))))
            .or_else(|| find(&|key| self.is_above(slot, key, said)))
            .unwrap_or(0)
    }
}
