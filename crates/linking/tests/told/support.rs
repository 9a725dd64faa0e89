//! Reports and what they state, made of a few words each.
#![allow(clippy::unwrap_used, clippy::needless_pass_by_value, reason = "a case that does not read is a fault of the test")]

use sayso_linking::account::{Account, Profile, Settled, Weighing, account};
use sayso_linking::event::Kinship;
use sayso_linking::informant::{InformantLists, InformantWords};
use sayso_linking::{Repeat, Report, Telling};
use sayso_types::Actor;
use sayso_types::record::StatementRecord;
use serde_json::{Value, json};

/// A set of reports with one statement or more each.
#[derive(Default)]
pub struct Coverage {
    told: Vec<(Report, StatementRecord)>,
}

impl Coverage {
    /// A report by an outlet on a day.
    pub fn report(mut self, publisher: &str, day: &str, states: Value) -> Coverage {
        self.push(publisher, day, None, Vec::new(), &states);
        self
    }

    /// A report that credits another outlet, whose text is not at hand.
    pub fn crediting(mut self, publisher: &str, credit: &str, day: &str, states: Value) -> Coverage {
        self.push(publisher, day, Some(credit), Vec::new(), &states);
        self
    }

    /// A copy of the report of that number, from 0.
    pub fn copy(mut self, of: usize, publisher: &str, day: &str, states: Value) -> Coverage {
        let first = &self.told[of].0;
        let repeat = Repeat {
            of: first.key,
            title: first.name().to_owned(),
            outlet: first.publisher.clone(),
            held: true,
            why: format!("all of its words stand in «{}»", first.name()),
            passages: std::iter::once(0..1000).collect(),
        };
        self.push(publisher, day, None, vec![repeat], &states);
        self
    }

    fn push(&mut self, publisher: &str, day: &str, credit: Option<&str>, repeats: Vec<Repeat>, states: &Value) {
        let key = self.told.len() as i64;
        let day = day.parse().unwrap();
        let report = Report {
            key,
            id: format!("r{key}"),
            title: Some(format!("{publisher} {day}")),
            publisher: Some(publisher.to_owned()),
            credit: credit.map(ToOwned::to_owned),
            published: Some((day, day)),
            repeats,
        };
        self.told.push((report, statement(&format!("s{key}"), states)));
    }

    fn tellings(&self) -> Vec<Telling<'_>> {
        self.told.iter().map(|(report, statement)| Telling { key: report.key, statement, report }).collect()
    }

    /// The account that they give.
    pub fn account_as(&self, profile: Profile, settled: &Settled) -> Account {
        let (words, kinship) = (words(), kinship());
        account(&self.tellings(), Weighing { words: &words, kinship: &kinship, profile, settled })
    }

    /// The account that they give, nothing being decided.
    pub fn account(&self) -> Account {
        self.account_as(Profile::Sources, &Settled::default())
    }

    /// With the tellings themselves.
    pub fn with<T>(&self, ask: impl Fn(&[Telling<'_>], &InformantWords, &Kinship) -> T) -> T {
        ask(&self.tellings(), &words(), &kinship())
    }
}

/// A statement: an assault in the report's own voice, unless told otherwise.
fn statement(id: &str, states: &Value) -> StatementRecord {
    let mut record = json!({
        "id": id, "document_id": "d", "kind": "event", "type": "assault", "mode": null, "contexts": [], "outcome": null, "acled": null,
        "aggregate": false, "roles": [], "place": null, "time": null, "quantities": [], "modality": "asserted", "hedge": null,
        "negated": false, "tense": "past", "attribution": [], "responsibility": [],
        "evidence": {"text": "It was attacked.", "start": 0, "end": 16, "sentence": 0, "trigger": {"text": "attacked", "start": 7, "end": 15}},
        "confidence": 0.9, "coder": {"version": "0", "rule": "assault.attack", "model": "none"},
    });
    let given = states.as_object().unwrap();
    record.as_object_mut().unwrap().extend(given.clone());
    serde_json::from_value(record).unwrap()
}

/// A count of the killed.
pub fn killed(number: u64) -> Value {
    json!([{"of": "killed", "text": number.to_string(), "start": 0, "end": 2, "low": number, "best": number, "high": number, "rule": "exact"}])
}

/// One link: its words, the registry's id where there is one, and its kind.
pub fn source(words: &str, actor_id: Option<&str>, kind: &str) -> Value {
    json!({"source": words, "start": 0, "end": 1, "actor_id": actor_id, "name": actor_id, "kind": kind, "cue": "said", "cue_start": 0, "cue_end": 1})
}

/// Who did it, by the registry's id.
pub fn by(actor_id: &str) -> Value {
    json!([{"role": "actor", "text": actor_id, "start": 0, "end": 1, "actor_id": actor_id, "name": actor_id}])
}

fn words() -> InformantWords {
    let lists: InformantLists = serde_json::from_value(json!({
        "mouthpiece": ["spokesman", "statement", "report"], "witness": ["witnesses", "residents"],
        "unnamed": ["officials", "police"], "organ": ["ministry"], "empty": ["the", "a", "for", "its", "he"],
    }))
    .unwrap();
    InformantWords::of(
        lists,
        [("afghan".to_owned(), "afghanistan".to_owned())],
        [("ap".to_owned(), "associated-press".to_owned()), ("associated press".to_owned(), "associated-press".to_owned())],
    )
}

fn kinship() -> Kinship {
    let link = |to: &str| sayso_types::ActorLink { kind: sayso_types::LinkKind::PartOf, to: to.to_owned(), validity: Default::default() };
    let actor = |id: &str, links| Actor {
        id: id.to_owned(),
        kind: sayso_types::ActorKind::ArmedGroup,
        validity: Default::default(),
        countries: Vec::new(),
        names: Vec::new(),
        links,
    };
    Kinship::of(&[actor("taliban", Vec::new()), actor("haqqani-network", vec![link("taliban")])])
}
