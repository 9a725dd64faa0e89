//! What do reviewers say of the same statements, and how well do they agree? Nobody sees the verdict of another before giving one.

use std::collections::BTreeMap;

use sayso::agreement::{Unit, agreement};
use sayso::types::decision::{Action, SubjectKind};
use sayso_store::DecisionFilter;
use serde::Serialize;
use utoipa::ToSchema;

use crate::desk::Reader;
use crate::fault::Fault;

/// The verdict of one reviewer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Voted {
    /// Who.
    pub(crate) who: String,
    /// The verdict: "accept", "reject", "correct", "unsure".
    pub(crate) verdict: String,
    /// Why; empty where nobody said.
    pub(crate) why: String,
}

/// What reviewers said of a statement, as far as the person who asks may see it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Votes {
    /// Who has given a verdict.
    pub(crate) by: Vec<String>,
    /// The person's own verdict.
    pub(crate) own: Option<Voted>,
    /// All verdicts, once the person has given one.
    pub(crate) all: Vec<Voted>,
}

/// How well two reviewers agree.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct KappaOfTwo {
    /// The one.
    pub(crate) one: String,
    /// The other.
    pub(crate) other: String,
    /// Statements that both judged.
    pub(crate) units: usize,
    /// Cohen's kappa; null where it is not defined.
    pub(crate) kappa: Option<f64>,
}

/// How well reviewers agree on the statements that two or more of them judged.
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
pub(crate) struct AgreementAnswer {
    /// Statements that two or more judged.
    pub(crate) units: usize,
    /// Statements that anybody judged.
    pub(crate) judged: usize,
    /// The share of agreeing pairs of verdicts, from 0 to 1.
    pub(crate) percent: Option<f64>,
    /// Krippendorff's alpha, nominal; null where it is not defined.
    pub(crate) alpha: Option<f64>,
    /// Between which values alpha lies in 95 of 100 samples drawn with replacement.
    pub(crate) interval: Option<[f64; 2]>,
    /// Cohen's kappa of every two reviewers.
    pub(crate) kappas: Vec<KappaOfTwo>,
}

/// With this seed the samples of the interval are drawn.
const SEED: u64 = 1;

impl Votes {
    /// What was said of a statement.
    pub(crate) fn of(reader: Reader<'_>, who: &str, statement: &str) -> Result<Votes, Fault> {
        let filter = DecisionFilter {
            about: Some((SubjectKind::Statement, statement.to_owned())),
            actions: vec!["vote".to_owned()],
            only_holding: true,
            ..DecisionFilter::default()
        };
        let mut last: BTreeMap<String, Voted> = BTreeMap::new();
        for decision in reader.record.decisions(&filter)? {
            if let Action::Vote { verdict, .. } = &decision.action {
                let voted = Voted { who: decision.who.clone(), verdict: verdict.as_str().to_owned(), why: decision.why };
                last.insert(decision.who, voted);
            }
        }
        let own = last.get(who).cloned();
        let by = last.keys().cloned().collect();
        let all = if own.is_some() { last.into_values().collect() } else { Vec::new() };
        Ok(Votes { by, own, all })
    }

    /// The same for a curator who settles: all verdicts.
    pub(crate) fn open(reader: Reader<'_>, who: &str, statement: &str) -> Result<Votes, Fault> {
        let units = units(reader)?;
        let own = Votes::of(reader, who, statement)?;
        let all = units.get(statement).into_iter().flatten();
        let all = all.map(|(who, verdict)| Voted { who: who.clone(), verdict: verdict.clone(), why: String::new() });
        Ok(Votes { all: if own.all.is_empty() { all.collect() } else { own.all }, by: own.by, own: own.own })
    }
}

/// The last verdict of each reviewer, by statement.
fn units(reader: Reader<'_>) -> Result<BTreeMap<String, Unit>, Fault> {
    let filter = DecisionFilter { actions: vec!["vote".to_owned()], only_holding: true, ..DecisionFilter::default() };
    let mut units: BTreeMap<String, Unit> = BTreeMap::new();
    for decision in reader.record.decisions(&filter)? {
        if let Action::Vote { statement, verdict } = decision.action {
            units.entry(statement.statement).or_default().insert(decision.who, verdict.as_str().to_owned());
        }
    }
    Ok(units)
}

/// The statements on which reviewers disagree and of which nobody has decided yet, by id.
pub(super) fn disagreements(reader: Reader<'_>) -> Result<Vec<String>, Fault> {
    let differ = |unit: &Unit| unit.values().any(|verdict| Some(verdict) != unit.values().next());
    let mut open = Vec::new();
    for (statement, _) in units(reader)?.into_iter().filter(|(_, unit)| differ(unit)) {
        let about = Some((SubjectKind::Statement, statement.clone()));
        let actions = ["accept", "reject", "correct"].map(ToOwned::to_owned).to_vec();
        let decided = reader.record.decisions(&DecisionFilter { about, actions, only_holding: true, ..DecisionFilter::default() })?;
        if decided.is_empty() {
            open.push(statement);
        }
    }
    Ok(open)
}

impl AgreementAnswer {
    /// The answer.
    pub(crate) fn of(reader: Reader<'_>) -> Result<AgreementAnswer, Fault> {
        let units: Vec<Unit> = units(reader)?.into_values().collect();
        let judged = units.len();
        let Some(found) = agreement(&units, SEED) else { return Ok(AgreementAnswer { judged, ..AgreementAnswer::default() }) };
        let kappas = found.kappas.into_iter().map(|kappa| {
            let [one, other] = kappa.reviewers;
            KappaOfTwo { one, other, units: kappa.units, kappa: kappa.kappa }
        });
        Ok(AgreementAnswer {
            units: found.units,
            judged,
            percent: Some(found.percent),
            alpha: found.alpha,
            interval: found.interval,
            kappas: kappas.collect(),
        })
    }
}
