//! Does the coding say what a reader expects? Expectations in one line of text, as frames' examples and the suite of cases write them.
//!
//! `event:assault; mode=firearms; actor=Gunmen; place=Kandahar; killed=12` holds of a statement that is an assault by firearms, has
//! an actor whose words or name contain "Gunmen", and so on. Counts: `12` exactly, `40-` at least, `-35` at most, `30-35` a range.
//! `told=2` holds where two places of the document tell it, `again=dawn` where a further one has that word.

use sayso_types::record::StatementRecord;
use sayso_types::{QuantityOf, RoleName, Stance};

/// What a statement must be like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    kind: String,
    type_code: String,
    values: Vec<(String, String)>,
}

impl Expectation {
    /// Reads one line; `None` where it does not begin with `kind:type` or has a part without `=`.
    pub fn parse(text: &str) -> Option<Expectation> {
        let mut parts = text.split(';').map(str::trim).filter(|p| !p.is_empty());
        let (kind, type_code) = parts.next()?.split_once(':')?;
        let values =
            parts.map(|p| p.split_once('=').map(|(k, v)| (k.trim().to_owned(), v.trim().to_owned()))).collect::<Option<Vec<_>>>()?;
        Some(Expectation { kind: kind.to_owned(), type_code: type_code.to_owned(), values })
    }

    /// The parts that a statement does not meet; all of them count as unmet where kind or type differ.
    pub fn unmet(&self, statement: &StatementRecord) -> Vec<String> {
        if statement.proposition.kind() != self.kind || statement.proposition.type_code() != self.type_code {
            return vec![format!("{}:{}", self.kind, self.type_code)];
        }
        self.values.iter().filter(|(key, value)| !meets(statement, key, value)).map(|(key, value)| format!("{key}={value}")).collect()
    }

    /// Whether some statement meets all of it; else what the nearest one lacks.
    ///
    /// # Errors
    /// The unmet parts of the statement that comes nearest, or the whole expectation where there is none of its type.
    pub fn check(&self, statements: &[StatementRecord]) -> Result<(), String> {
        let nearest = statements.iter().map(|s| self.unmet(s)).min_by_key(Vec::len);
        match nearest {
            Some(unmet) if unmet.is_empty() => Ok(()),
            Some(unmet) => Err(unmet.join("; ")),
            None => Err(format!("{}:{}", self.kind, self.type_code)),
        }
    }
}

fn meets(s: &StatementRecord, key: &str, value: &str) -> bool {
    let says = |texts: &[Option<&str>]| texts.iter().flatten().any(|t| t.to_lowercase().contains(&value.to_lowercase()));
    if let Some(role) = RoleName::of_str(key) {
        return s.roles.iter().any(|r| r.role == role && says(&[Some(&r.words.text), r.name.as_deref(), r.actor_id.as_deref()]));
    }
    if let Some(stance) = Stance::of_str(key) {
        return s.responsibility.iter().any(|r| r.stance == stance && says(&[Some(&r.by), r.name.as_deref()]));
    }
    if let Some(of) = QuantityOf::of_str(key) {
        return s.quantities.iter().any(|q| q.of == of && bounds(value, q.low, q.high));
    }
    match key {
        "mode" => s.proposition.mode() == Some(value),
        "outcome" => outcome(s) == Some(value),
        "phase" => phase(s) == Some(value),
        "place" => s.place.as_ref().is_some_and(|p| says(&[Some(&p.words.text), p.name.as_deref()])),
        "time" => s.time.as_ref().is_some_and(|t| t.edtf == value),
        "modality" => s.modality.as_str() == value,
        "tense" => s.tense.as_str() == value,
        "negated" => s.negated.to_string() == value,
        "aggregate" => s.aggregate.to_string() == value,
        "unclaimed" => s.unclaimed.to_string() == value,
        "source" if value == "-" => s.attribution.is_empty(),
        "source" => s.attribution.last().is_some_and(|a| says(&[Some(&a.source), a.name.as_deref()])),
        "chain" => s.attribution.iter().map(|a| a.source.as_str()).collect::<Vec<_>>().join(" > ") == value,
        "told" => (1 + s.evidence.also.len()).to_string() == value,
        "again" => s.evidence.also.iter().any(|e| says(&[Some(&e.words.text)])),
        "value" => s.quantities.iter().any(|q| bounds(value, q.low, q.high)),
        "rule" => s.coder.rule == value,
        _ => false,
    }
}

fn outcome(s: &StatementRecord) -> Option<&str> {
    match &s.proposition {
        sayso_types::record::PropositionRecord::Event { outcome, .. } => outcome.as_deref(),
        _ => None,
    }
}

fn phase(s: &StatementRecord) -> Option<&str> {
    match &s.proposition {
        sayso_types::record::PropositionRecord::Relation { phase, .. } => Some(phase.as_str()),
        _ => None,
    }
}

/// `12` both bounds, `40-` only the lower, `-35` only the upper, `30-35` each.
fn bounds(value: &str, low: Option<u64>, high: Option<u64>) -> bool {
    match value.split_once('-') {
        None => low == value.parse().ok() && high == low,
        Some((from, to)) => low == from.parse().ok() && high == to.parse().ok(),
    }
}
