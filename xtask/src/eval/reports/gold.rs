//! When does a coded statement say what the gold says? Slot by slot, as far as the gold names them.

use jiff::Span;
use jiff::civil::Date;
use sayso::types::record::{PropositionRecord, RoleRecord, StatementRecord, TimeRecord};
use sayso::types::{Modality, QuantityOf, RoleName, Stance};
use serde::{Deserialize, Deserializer};

/// Names any of which will do.
type Names = Vec<String>;

/// One statement that a careful reader finds; what it does not name is not judged.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gold {
    pub doc: String,
    /// Words of the report that the evidence must overlap.
    pub quote: String,
    /// The `kind:type` pairs that will do.
    pub is: Names,
    actor: Option<Vec<Names>>,
    recipient: Option<Vec<Names>>,
    place: Option<Names>,
    /// The first and the last day.
    time: Option<(Date, Date)>,
    killed: Option<Bounds>,
    injured: Option<Bounds>,
    /// Of whatever is counted.
    value: Option<Bounds>,
    mode: Option<Names>,
    modality: Option<OneOrMore>,
    negated: Option<bool>,
    /// The innermost source; none inside is the document's own voice.
    #[serde(default, deserialize_with = "named")]
    source: Option<Option<Names>>,
    claimed_by: Option<Names>,
}

/// Least and most.
type Bounds = (Option<u64>, Option<u64>);

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(Modality),
    More(Vec<Modality>),
}

/// A value that may be null, as against one that is not there.
fn named<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<Names>>, D::Error> {
    Option::<Names>::deserialize(deserializer).map(Some)
}

impl Gold {
    /// Whether a statement is of a kind and type that will do.
    pub fn admits(&self, statement: &StatementRecord) -> bool {
        let said = format!("{}:{}", statement.proposition.kind(), statement.proposition.type_code());
        self.is.contains(&said)
    }

    /// Each slot that the gold names, and whether the statement has it right.
    pub fn slots(&self, said: &StatementRecord) -> Vec<(&'static str, bool)> {
        let symmetric = matches!(said.proposition, PropositionRecord::Relation { relation, .. } if relation.is_symmetric());
        let parties = |names: &[Names], either: bool, own: RoleName| {
            let counted = |r: &&RoleRecord| r.role == own || either && matches!(r.role, RoleName::Actor | RoleName::Recipient);
            names.iter().all(|n| said.roles.iter().filter(counted).any(|r| alike(n, &[Some(&r.words.text), r.name.as_ref()])))
        };
        let place = |names: &Names| said.place.as_ref().is_some_and(|p| alike(names, &[Some(&p.words.text), p.name.as_ref()]));
        let count = |bounds: &Bounds, of: Option<QuantityOf>| {
            said.quantities.iter().any(|q| of.is_none_or(|of| q.of == of) && (q.low, q.high) == *bounds)
        };
        let claims = said.responsibility.iter().filter(|r| r.stance == Stance::Claimed).collect::<Vec<_>>();
        let source = |names: &Option<Names>| match (names, said.attribution.last()) {
            (None, last) => last.is_none(),
            (Some(names), Some(last)) => alike(names, &[Some(&last.source), last.name.as_ref()]),
            (Some(_), None) => false,
        };
        let judged = [
            ("actor", self.actor.as_ref().map(|a| parties(a, symmetric || a.len() > 1, RoleName::Actor))),
            ("recipient", self.recipient.as_ref().map(|r| parties(r, symmetric, RoleName::Recipient))),
            ("place", self.place.as_ref().map(place)),
            ("time", self.time.map(|days| said.time.as_ref().is_some_and(|t| agree(days, t)))),
            ("killed", self.killed.as_ref().map(|k| count(k, Some(QuantityOf::Killed)))),
            ("injured", self.injured.as_ref().map(|i| count(i, Some(QuantityOf::Injured)))),
            ("value", self.value.as_ref().map(|v| count(v, None))),
            ("mode", self.mode.as_ref().map(|m| said.proposition.mode().is_some_and(|mode| m.iter().any(|m| m == mode)))),
            ("modality", self.modality.as_ref().map(|m| m.admits(said.modality))),
            ("negated", self.negated.map(|n| n == said.negated)),
            ("source", self.source.as_ref().map(source)),
            ("claimed_by", self.claimed_by.as_ref().map(|n| claims.iter().any(|c| alike(n, &[Some(&c.by), c.name.as_ref()])))),
        ];
        judged.into_iter().filter_map(|(slot, right)| Some((slot, right?))).collect()
    }
}

impl OneOrMore {
    fn admits(&self, modality: Modality) -> bool {
        match self {
            OneOrMore::One(one) => *one == modality,
            OneOrMore::More(more) => more.contains(&modality),
        }
    }
}

/// A text of so many letters may stand inside a name, as a name may in a text.
const SHORTEST: usize = 3;

/// Whether a name stands in a text, or a text of some length in a name.
fn alike(names: &[String], texts: &[Option<&String>]) -> bool {
    let texts: Vec<String> = texts.iter().flatten().map(|t| plain(t)).filter(|t| !t.is_empty()).collect();
    names
        .iter()
        .map(|n| plain(n))
        .any(|name| texts.iter().any(|text| text.contains(&name) || text.chars().count() >= SHORTEST && name.contains(text.as_str())))
}

/// Lower case, one kind of apostrophe, single spaces.
fn plain(words: &str) -> String {
    words.to_lowercase().replace('’', "'").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether the days meet and the found ones are not much wider: to the day where the gold is one day, else with some days to spare.
fn agree((first, last): (Date, Date), time: &TimeRecord) -> bool {
    let day = |words: &Option<String>| words.as_ref()?.get(..10)?.parse::<Date>().ok();
    let (Some(earliest), Some(latest)) = (day(&time.earliest), day(&time.latest)) else { return false };
    let days = |from: Date, to: Date| from.until(to).map_or(0, |span| i64::from(span.get_days()));
    let (slack, wide) = if first == last { (0, 0) } else { (3, 2 * days(first, last) + 7) };
    let slack = Span::new().days(slack);
    earliest <= last.saturating_add(slack) && latest >= first.saturating_sub(slack) && days(earliest, latest) <= wide
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_met_by_its_part_and_by_what_holds_it() {
        let names = ["Islamic State’s  branch".to_owned()];
        assert!(alike(&names, &[Some(&"the islamic state's branch here".to_owned()), None]));
        assert!(alike(&names, &[Some(&"branch".to_owned())]));
        assert!(!alike(&names, &[Some(&"is".to_owned()), Some(&String::new())]), "two letters stand in any name");
    }

    #[test]
    fn a_day_is_met_by_itself_and_a_month_by_days_beside_it() {
        let time = |earliest: &str, latest: &str| TimeRecord {
            words: sayso::types::record::Words { text: String::new(), start: 0, end: 0 },
            edtf: String::new(),
            earliest: Some(earliest.to_owned()),
            latest: Some(latest.to_owned()),
            time_precision: 1,
            date_prec: 1,
            level: sayso::types::Level::Textual,
            from: None,
        };
        let days = |first: &str, last: &str| (first.parse().unwrap(), last.parse().unwrap());
        let day = days("2021-05-04", "2021-05-04");
        assert!(agree(day, &time("2021-05-04", "2021-05-04")));
        assert!(!agree(day, &time("2021-05-04", "2021-05-05")));
        let month = days("2021-05-01", "2021-05-31");
        assert!(agree(month, &time("2021-06-02", "2021-06-30")));
        assert!(!agree(month, &time("2021-06-04", "2021-06-30")));
        assert!(!agree(month, &time("2021-01-01", "2021-12-31")));
    }
}
