//! What do formats ask of an event? Its sides, numbers, sources and words, each worked out in one place.

use std::collections::{BTreeMap, BTreeSet};

use sayso_linking::account::{Attribute, AttributeName, Numbers, Value};
use sayso_store::query::{Cited, CitedDocument};
use sayso_types::decision::Status;
use sayso_types::record::{AcledTypes, GroupParty, PropositionRecord, QuantityRecord, StatementRecord};
use sayso_types::{Actor, QuantityOf, RoleName, Stance};

use crate::told::{Export, ToldEvent};

/// Several values in one cell.
pub(crate) fn joined<T: AsRef<str>>(values: impl IntoIterator<Item = T>) -> String {
    let mut seen = BTreeSet::new();
    let mut joined = String::new();
    for value in values {
        let value = one_line(value.as_ref());
        if value.is_empty() || !seen.insert(value.clone()) {
            continue;
        }
        if !joined.is_empty() {
            joined.push_str("; ");
        }
        joined.push_str(&value);
    }
    joined
}

/// Words on one line.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What to call the document that makes a statement.
pub(crate) fn title(cited: &Cited) -> &str {
    cited.document.title.as_deref().unwrap_or(&cited.document.id)
}

/// The address of a document, where it is one of the web: others are not to be followed.
pub(crate) fn web(document: &CitedDocument) -> Option<&str> {
    document.url.as_deref().filter(|url| url.starts_with("http://") || url.starts_with("https://"))
}

/// Who says a statement, closest to the fact; `None` is the document's own voice.
pub(crate) fn informant(statement: &StatementRecord) -> Option<&str> {
    statement.attribution.last().map(|link| link.name.as_deref().unwrap_or(&link.source))
}

/// The chain of who says a statement, outermost first, its publisher before all.
pub(crate) fn chain(cited: &Cited) -> Vec<&str> {
    let links = cited.statement.attribution.iter().map(|link| link.name.as_deref().unwrap_or(&link.source));
    cited.document.publisher.as_deref().into_iter().chain(cited.document.credit.as_deref()).chain(links).collect()
}

impl ToldEvent {
    /// Who takes part in a role, each once.
    pub(crate) fn parties(&self, role: RoleName) -> impl Iterator<Item = &GroupParty> {
        self.group.parties.iter().filter(move |party| party.role == role)
    }

    /// The names of who takes part in a role.
    pub(crate) fn named(&self, role: RoleName) -> String {
        joined(self.parties(role).map(|party| &party.name))
    }

    /// The registry's ids of who takes part in a role.
    pub(crate) fn ids(&self, role: RoleName) -> String {
        joined(self.parties(role).filter_map(|party| party.actor_id.as_ref()))
    }

    /// The numbers of a count, as the account's convention makes them.
    pub(crate) fn count(&self, of: QuantityOf) -> Option<Numbers> {
        self.account.attribute(AttributeName::Count(of)).and_then(|attribute| attribute.numbers)
    }

    /// The numbers of the value of a count that is shown, with all that its words leave open.
    pub(crate) fn count_told(&self, of: QuantityOf) -> Numbers {
        let shown = self.group.counts.iter().find(|count| count.of == of);
        shown.map_or_else(Numbers::default, |count| Numbers { low: count.low, best: count.best, high: count.high })
    }

    /// Every value of an attribute that is not a later one's former.
    pub(crate) fn standing(attribute: &Attribute) -> impl Iterator<Item = &Value> {
        let any = attribute.values.iter().any(|value| !value.sources.is_empty());
        attribute.values.iter().filter(move |value| !any || !value.sources.is_empty())
    }

    /// The least and the most that any account of a count means.
    pub(crate) fn bounds(&self, of: QuantityOf) -> (Option<u64>, Option<u64>) {
        let count = self.group.counts.iter().find(|count| count.of == of);
        count.map_or((None, None), |count| (count.least, count.most))
    }

    /// Who tells it independently.
    pub(crate) fn informants(&self) -> String {
        joined(self.account.independence.sources.iter().map(|source| &source.name))
    }

    /// Who published it.
    pub(crate) fn publishers(&self) -> String {
        joined(self.cited.iter().map(|cited| cited.document.publisher.as_deref().unwrap_or_default()))
    }

    /// The addresses of the reports.
    pub(crate) fn addresses(&self) -> String {
        joined(self.cited.iter().filter_map(|cited| web(&cited.document)))
    }

    /// The ids of its statements.
    pub(crate) fn statements(&self) -> String {
        joined(self.cited.iter().map(|cited| &cited.statement.id))
    }

    /// The sentences that tell it, each with its publisher.
    pub(crate) fn words(&self) -> String {
        let sentence = |cited: &Cited| {
            let by = cited.document.publisher.as_deref().map(|by| format!(" ({by})")).unwrap_or_default();
            format!("“{}”{by}", one_line(&cited.statement.evidence.words.text))
        };
        joined(self.cited.iter().map(sentence))
    }

    /// The surest of its statements that say that it is so, else its first: what it is told by in one sentence.
    pub(crate) fn first_words(&self) -> Option<&Cited> {
        let is_such = |cited: &&Cited| !cited.statement.negated && cited.statement.proposition.type_code() == self.group.type_code;
        let best =
            self.cited.iter().filter(is_such).rev().max_by(|one, other| one.statement.confidence.total_cmp(&other.statement.confidence));
        best.or_else(|| self.cited.first())
    }

    /// Who takes a stance towards responsibility.
    pub(crate) fn stance(&self, stance: Stance) -> String {
        let lanes = self.account.responsibility.iter().filter(|lane| lane.stance == stance);
        joined(lanes.map(|lane| if lane.by == lane.actor { lane.by.clone() } else { format!("{}: {}", lane.by, lane.actor) }))
    }

    /// ACLED's types: those that most statements have, and of equals the ones that ACLED puts first.
    pub(crate) fn acled(&self) -> Option<&AcledTypes> {
        let types = self.cited.iter().filter_map(|cited| match &cited.statement.proposition {
            PropositionRecord::Event { acled, .. } => acled.as_ref(),
            _ => None,
        });
        let mut counted: BTreeMap<(&str, &str), (usize, &AcledTypes)> = BTreeMap::new();
        for one in types {
            counted.entry((&one.event_type, &one.sub_event_type)).or_insert((0, one)).0 += 1;
        }
        counted
            .into_values()
            .max_by_key(|(number, types)| (*number, std::cmp::Reverse(types.sub_event_type.clone())))
            .map(|(_, types)| types)
    }

    /// The quantities of a kind that the statements of a value tell.
    pub(crate) fn quantities<'a>(&'a self, value: &'a Value, of: QuantityOf) -> impl Iterator<Item = &'a QuantityRecord> {
        let tell = self.cited.iter().filter(|cited| value.statements.contains(&cited.statement.id));
        tell.flat_map(|cited| &cited.statement.quantities).filter(move |quantity| quantity.of == of)
    }

    /// The words of the place shown, as reports have them.
    pub(crate) fn place_words(&self) -> String {
        joined(self.cited.iter().filter_map(|cited| cited.statement.place.as_ref()).map(|place| &place.words.text))
    }

    /// The country of its place.
    pub(crate) fn country(&self) -> Option<&str> {
        self.group.place.as_ref().and_then(|place| place.country.as_deref())
    }

    /// Whether it is told as having happened.
    pub(crate) fn happened(&self) -> Happened {
        match self.account.status.grade {
            Status::Unrealized => Happened::NotYet,
            Status::Discounted => Happened::Refuted,
            _ => Happened::Told,
        }
    }
}

impl Happened {
    /// Why an event is left out of a list of what happened; `None` where it is told so.
    pub(crate) fn left_out(self) -> Option<&'static str> {
        match self {
            Happened::NotYet => Some("told only as planned or expected"),
            Happened::Refuted => Some("withdrawn, refuted, or told only as not so"),
            Happened::Told => None,
        }
    }
}

/// Whether an event is told as having happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Happened {
    /// It is.
    Told,
    /// Only as planned, expected or supposed.
    NotYet,
    /// It is withdrawn, refuted, or told only as not so.
    Refuted,
}

impl Export<'_> {
    /// The registry's actor behind a party.
    pub(crate) fn actor(&self, party: &GroupParty) -> Option<&Actor> {
        party.actor_id.as_deref().and_then(|id| self.linker.actors().actor(id))
    }
}
