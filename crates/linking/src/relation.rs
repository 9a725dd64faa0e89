//! Which statements speak of the same relation, and in which periods did it hold?
//!
//! A relation is known only from dated reports: each period has the day on which it was first and last cited, and its real start
//! and end where a statement tells them (after the dating of Security Force Monitor).

use jiff::civil::Date;
use sayso_types::record::{PropositionRecord, StatementRecord};
use sayso_types::{Edtf, Modality, Phase, RelationType, RoleName};
use serde::Serialize;

use crate::event::Kinship;
use crate::identity::Party;
use crate::informant::{Independence, InformantWords, independence};
use crate::telling::Telling;

/// What makes two relations one: their type, mode and ends, which of a symmetric one stand in order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RelationKey {
    /// Which relation.
    #[serde(rename = "type")]
    pub relation: RelationType,
    /// Of support: funds, arms …
    pub mode: Option<String>,
    /// Who stands in it.
    pub actor: Party,
    /// To whom.
    pub recipient: Party,
}

/// All that is told of one relation.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Relation {
    /// Which.
    #[serde(flatten)]
    pub key: RelationKey,
    /// When it held, first period first; empty where it is only denied or planned.
    pub periods: Vec<Period>,
    /// Who tells it independently.
    pub independence: Independence,
    /// Statements that say that it does not hold, by id.
    pub denied: Vec<String>,
    /// All its statements, by id, in the order of reading.
    pub statements: Vec<String>,
}

/// A time in which a relation held.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Period {
    /// The first day of which it is told.
    pub first_cited: Option<Date>,
    /// Its real start, where a statement tells it (EDTF).
    pub start: Option<String>,
    /// The last day of which it is told.
    pub last_cited: Option<Date>,
    /// Its real end, where a statement tells it (EDTF).
    pub end: Option<String>,
    /// Whether it is told to have ended, on whatever day.
    pub ended: bool,
    /// The statements that tell it, by id.
    pub statements: Vec<String>,
}

/// That two actors came to stand to each other in another way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Reversal {
    /// The day on which the later relation was first cited.
    pub day: Option<Date>,
    /// The sentence that says what changed.
    pub why: String,
}

/// The relations that a statement speaks of: one for each actor and recipient.
///
/// "Turkey and Qatar are allied with the Government of National Accord" speaks of two.
pub fn keys(telling: &Telling<'_>) -> Vec<RelationKey> {
    let PropositionRecord::Relation { relation, ref mode, .. } = telling.statement.proposition else { return Vec::new() };
    let parties = |name: RoleName| -> Vec<Party> {
        telling.statement.roles.iter().filter(|role| role.role == name).map(|role| Party::of(role, telling)).collect()
    };
    let (actors, recipients) = (parties(RoleName::Actor), parties(RoleName::Recipient));
    let pairs: Vec<(Party, Party)> = if recipients.is_empty() && relation.is_symmetric() {
        actors.iter().enumerate().flat_map(|(at, one)| actors[at + 1..].iter().map(|other| (one.clone(), other.clone()))).collect()
    } else {
        actors.iter().flat_map(|one| recipients.iter().map(|other| (one.clone(), other.clone()))).collect()
    };
    let key = |(actor, recipient): (Party, Party)| {
        let turned = relation.is_symmetric() && recipient.identity < actor.identity;
        let (actor, recipient) = if turned { (recipient, actor) } else { (actor, recipient) };
        RelationKey { relation, mode: mode.clone(), actor, recipient }
    };
    let mut keys: Vec<RelationKey> = pairs.into_iter().filter(|(one, other)| one.identity != other.identity).map(key).collect();
    keys.sort();
    keys.dedup();
    keys
}

impl RelationKey {
    /// A text that is the same for the same relation: what ids are made of.
    pub fn identity(&self) -> String {
        let mode = self.mode.as_deref().unwrap_or_default();
        format!("{}|{mode}|{}|{}", self.relation.as_str(), self.actor.identity, self.recipient.identity)
    }

    /// The pair of its ends, in whichever order.
    fn pair(&self) -> (&str, &str) {
        let (one, other) = (self.actor.identity.as_str(), self.recipient.identity.as_str());
        (one.min(other), one.max(other))
    }
}

/// The relation that tellings of one key tell of; the tellings in the order of reading.
pub fn relation(key: RelationKey, tellings: &[Telling<'_>], words: &InformantWords, kinship: &Kinship) -> Relation {
    let ids = |keep: &dyn Fn(&StatementRecord) -> bool| -> Vec<String> {
        tellings.iter().filter(|telling| keep(telling.statement)).map(|telling| telling.statement.id.clone()).collect()
    };
    Relation {
        key,
        periods: periods(tellings),
        independence: independence(tellings, words, kinship),
        denied: ids(&|statement| statement.negated),
        statements: ids(&|_| true),
    }
}

/// A telling that a relation begins, holds or ends, with the days of which it tells.
struct Cited<'a> {
    phase: Phase,
    /// The time of the statement itself.
    time: Option<Edtf>,
    /// First and last day: the statement's time, else the publication.
    days: Option<(Date, Date)>,
    statement: &'a str,
}

fn periods(tellings: &[Telling<'_>]) -> Vec<Period> {
    let mut cited: Vec<Cited<'_>> = tellings.iter().filter_map(cited).collect();
    cited.sort_by_key(|cited| cited.days);
    let mut periods: Vec<Period> = Vec::new();
    for cited in cited {
        let goes_on = periods.last().is_some_and(|period| !period.ended || cited.phase == Phase::Ends);
        if !goes_on {
            periods.push(Period::default());
        }
        if let Some(period) = periods.last_mut() {
            period.cite(&cited);
        }
    }
    periods
}

fn cited<'a>(telling: &Telling<'a>) -> Option<Cited<'a>> {
    let statement = telling.statement;
    let PropositionRecord::Relation { phase, .. } = statement.proposition else { return None };
    let told = matches!(statement.modality, Modality::Asserted | Modality::Probable | Modality::Possible);
    if !told || statement.negated {
        return None;
    }
    let time: Option<Edtf> = statement.time.as_ref().and_then(|time| time.edtf.parse().ok());
    let of_time = time.as_ref().and_then(|time| time.earliest().or(time.latest()).zip(time.latest().or(time.earliest())));
    Some(Cited { phase, days: of_time.or(telling.report.published), time, statement: &statement.id })
}

impl Period {
    fn cite(&mut self, cited: &Cited<'_>) {
        if let Some((first, last)) = cited.days {
            self.first_cited = Some(self.first_cited.map_or(first, |day| day.min(first)));
            self.last_cited = Some(self.last_cited.map_or(last, |day| day.max(last)));
        }
        let time = cited.time.as_ref().map(ToString::to_string);
        match cited.phase {
            Phase::Begins => self.start = self.start.take().or(time),
            Phase::Ends => {
                self.ended = true;
                self.end = self.end.take().or(time);
            }
            Phase::Holds => {}
        }
        self.statements.push(cited.statement.to_owned());
    }
}

/// Where relations of one pair of actors turned from friendly to hostile or back, in the order of time.
pub fn reversals(relations: &[&Relation]) -> Vec<Reversal> {
    let mut steps: Vec<(Date, bool, &Relation)> = Vec::new();
    for relation in relations.iter().filter(|relation| relations[0].key.pair() == relation.key.pair()) {
        let Some(hostile) = is_hostile(relation.key.relation) else { continue };
        steps.extend(relation.periods.iter().filter_map(|period| Some((period.first_cited?, hostile, *relation))));
    }
    steps.sort_by_key(|(day, hostile, _)| (*day, *hostile));
    let turned = steps.windows(2).filter(|pair| pair[0].1 != pair[1].1);
    turned
        .map(|pair| Reversal {
            day: Some(pair[1].0),
            why: format!("{} ({}), then {} ({})", named(pair[0].2), pair[0].0, named(pair[1].2), pair[1].0),
        })
        .collect()
}

/// Whether a relation is one of enemies or of friends; `None` for those that are neither.
fn is_hostile(relation: RelationType) -> Option<bool> {
    use RelationType::{AlliedWith, MergedInto, PartOf, PledgedAllegianceTo, RivalOf, SplinterOf, Supports};
    match relation {
        RivalOf | SplinterOf => Some(true),
        AlliedWith | MergedInto | PartOf | PledgedAllegianceTo | Supports => Some(false),
        _ => None,
    }
}

fn named(relation: &Relation) -> String {
    format!("{} {} {}", relation.key.actor.name, relation.key.relation.as_str(), relation.key.recipient.name)
}
