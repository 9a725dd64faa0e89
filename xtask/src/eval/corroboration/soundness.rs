//! Does the gold agree with its reports and with itself? Words that stand where it says, reports that are there, counts that add up.

use std::collections::BTreeSet;

use anyhow::{Context, bail, ensure};

use super::gold::{Bound, CopyKind, Gold, Informant, Origin, Told, Topic, Value};

/// Whether no two reports of the topics have one id, and no two of the things told one name.
///
/// # Errors
///
/// Where they have, naming it.
pub fn distinct_ids(topics: &[Topic]) -> anyhow::Result<()> {
    let ids = topics.iter().flat_map(|t| t.reports.iter().map(|r| r.id.as_str()));
    let names = topics.iter().flat_map(|t| t.gold.told().map(|told| told.name.as_str()));
    distinct("report", ids)?;
    distinct("name", names)
}

fn distinct<'a>(what: &str, all: impl Iterator<Item = &'a str>) -> anyhow::Result<()> {
    let mut seen = BTreeSet::new();
    for one in all {
        ensure!(seen.insert(one), "the {what} `{one}` is there twice; give one of them another");
    }
    Ok(())
}

/// Whether the gold of a topic agrees with its reports and with itself.
///
/// # Errors
///
/// Where it does not, saying where.
pub fn sound(topic: &Topic) -> anyhow::Result<()> {
    let gold = &topic.gold;
    gold.origins.iter().try_for_each(|o| sound_origin(topic, o))?;
    one_origin(gold)?;
    for told in gold.told() {
        sound_told(topic, told).with_context(|| format!("`{}`", told.name))?;
    }
    for aggregate in &gold.aggregates {
        stands_once(topic, &aggregate.report, &aggregate.words).context("an aggregate")?;
    }
    every_report_is_used(topic)
}

fn sound_origin(topic: &Topic, origin: &Origin) -> anyhow::Result<()> {
    let first = origin.first.as_str();
    ensure!(!origin.copies.is_empty(), "the origin of `{first}` has no copies; leave it out");
    text(topic, first)?;
    for copy in &origin.copies {
        ensure!(copy.report != first, "`{first}` is given as a copy of itself");
        let same = text(topic, &copy.report)? == text(topic, first)?;
        ensure!(same == (copy.kind == CopyKind::Exact), "`{}` is {:?} of `{first}`, which its text belies", copy.report, copy.kind);
    }
    Ok(())
}

/// Only a merged report comes from more than one text, and no copy is the first of others.
fn one_origin(gold: &Gold) -> anyhow::Result<()> {
    let single = gold.origins.iter().flat_map(|o| &o.copies).filter(|c| c.kind != CopyKind::Merged).map(|c| c.report.as_str());
    let firsts = gold.origins.iter().map(|o| o.first.as_str());
    distinct("place in an origin of", single.chain(firsts))
}

fn sound_told(topic: &Topic, told: &Told) -> anyhow::Result<()> {
    if let Some(key) = told.unknown.keys().next() {
        bail!("unknown key `{key}`");
    }
    let listed = told.informants.len();
    ensure!(listed == told.independent, "`independent` is {}, but {listed} informants are listed", told.independent);
    for mention in &told.mentions {
        stands_once(topic, &mention.report, &mention.words)?;
        if let Some(trigger) = &mention.trigger {
            ensure!(mention.words.contains(trigger.as_str()), "the trigger `{trigger}` is not in `{}`", mention.words);
        }
    }
    listed_once(told)?;
    informants_assert(told)?;
    told.values.values().flatten().try_for_each(|value| sound_value(topic, told, value))
}

/// The same words of a report are one mention, and not two.
fn listed_once(told: &Told) -> anyhow::Result<()> {
    let mut seen = BTreeSet::new();
    for mention in &told.mentions {
        ensure!(seen.insert((&mention.report, &mention.words)), "`{}` is listed twice", mention.words);
    }
    Ok(())
}

/// Whoever is listed by a name of a mention asserts something there, and whoever asserts is listed.
fn informants_assert(told: &Told) -> anyhow::Result<()> {
    let listed: BTreeSet<&str> = told.informants.iter().map(|i| i.name.as_str()).collect();
    for informant in told.mentions.iter().filter(|m| m.asserts).filter_map(|m| named(&m.informant)) {
        ensure!(listed.contains(informant), "`{informant}` asserts it and is not among the informants");
    }
    let asserting: BTreeSet<&str> = told.mentions.iter().filter(|m| m.asserts).filter_map(|m| named(&m.informant)).collect();
    for denier in told.mentions.iter().filter(|m| !m.asserts).filter_map(|m| named(&m.informant)).filter(|d| !asserting.contains(d)) {
        ensure!(!listed.contains(denier), "`{denier}` is among the informants, but asserts it nowhere");
    }
    let spoken = told.mentions.iter().any(|m| m.asserts && m.informant == Informant::Voice);
    let voices = listed.difference(&asserting).count();
    ensure!(spoken || voices == 0, "an informant is listed whom no mention names");
    Ok(())
}

fn named(informant: &Informant) -> Option<&str> {
    match informant {
        Informant::Voice => None,
        Informant::Named(name) => Some(name),
    }
}

fn sound_value(topic: &Topic, told: &Told, value: &Value) -> anyhow::Result<()> {
    let who = &value.informant;
    let numbers = match (value.value, value.low, value.high) {
        (Some(_), None, None) => true,
        (None, Some(low), Some(high)) => low <= high && value.bound == Bound::Exact,
        _ => false,
    };
    ensure!(numbers, "a number of `{who}` wants a `value`, or a `low` and a `high`");
    ensure!(told.informants.iter().any(|i| i.name == *who), "`{who}` gives a number and is not among the informants");
    for report in &value.reports {
        let tells = told.mentions.iter().any(|m| m.report == *report);
        ensure!(tells, "`{report}` gives a number of `{who}`, but no mention is from it");
        text(topic, report)?;
    }
    Ok(())
}

fn every_report_is_used(topic: &Topic) -> anyhow::Result<()> {
    let mentions = topic.gold.told().flat_map(|t| t.mentions.iter().map(|m| m.report.as_str()));
    let used: BTreeSet<&str> = mentions.chain(topic.gold.aggregates.iter().map(|a| a.report.as_str())).collect();
    match topic.reports.iter().find(|r| !used.contains(r.id.as_str())) {
        Some(idle) => bail!("nothing is said of the report `{}`", idle.id),
        None => Ok(()),
    }
}

fn text<'t>(topic: &'t Topic, id: &str) -> anyhow::Result<&'t str> {
    let report = topic.reports.iter().find(|r| r.id == id);
    Ok(&report.with_context(|| format!("no report has the id `{id}`"))?.text)
}

fn stands_once(topic: &Topic, id: &str, words: &str) -> anyhow::Result<()> {
    match text(topic, id)?.matches(words).count() {
        1 => Ok(()),
        0 => bail!("`{id}` does not hold the words `{words}`"),
        times => bail!("`{id}` holds the words `{words}` {times} times; quote more of them"),
    }
}

#[cfg(test)]
mod tests {
    use sayso::Input;

    use super::super::gold::{Report, topics};
    use super::*;
    use crate::root;

    const SOUND: &str = r#"
        [[event]]
        name = "blast"
        type = "assault"
        description = "A bomb in Herat"
        status = "weak"
        reason = "one source"
        independent = 1
        informants = [{ name = "police", why = "quoted" }]
        not_counted = []
        values.killed = [{ value = 3, informant = "police", reports = ["one"] }]
        [[event.mention]]
        report = "one"
        words = "Police said a bomb killed three."
        informant = "police"
    "#;

    fn topic(gold: &str) -> anyhow::Result<Topic> {
        let text = "Police said a bomb killed three. There was a fire. There was a fire.".to_owned();
        let report = Report { id: "one".to_owned(), input: Input::text(&text), text };
        Ok(Topic { name: "blast".to_owned(), reports: vec![report], gold: toml::from_str(gold)? })
    }

    #[test]
    fn both_halves_of_the_corpus_are_sound() {
        let half = |name: &str| topics(&root().join("evals/corroboration").join(name)).unwrap();
        let (mut all, held_out) = (half("dev"), half("held-out"));
        for (name, half) in [("dev", &all), ("held-out", &held_out)] {
            let reports: usize = half.iter().map(|t| t.reports.len()).sum();
            let events: usize = half.iter().map(|t| t.gold.events.len()).sum();
            assert!(reports >= 36 && events >= 11, "{name} has {reports} reports on {events} happenings");
        }
        all.extend(held_out);
        distinct_ids(&all).unwrap();
    }

    #[test]
    fn unsound_gold_is_refused_with_what_is_wrong() {
        sound(&topic(SOUND).unwrap()).unwrap();
        let cases = [
            ("Police said a bomb", "Police said bombs", "does not hold the words"),
            ("Police said a bomb killed three.", "There was a fire.", "2 times"),
            (r#"report = "one""#, r#"report = "two""#, "no report has the id `two`"),
            ("independent = 1", "independent = 2", "but 1 informants are listed"),
            (r#"informant = "police""#, r#"informant = "officials""#, "not among the informants"),
            ("name = \"police\"", "name = \"voice of nobody\"", "not among the informants"),
            ("values.killed", "values.injured", ""),
            ("value = 3", "low = 3", "wants a `value`"),
            ("independent = 1", "independent = 1\ntoll = 3", "unknown key `toll`"),
            ("words =", "asserts = false\nwords =", "asserts it nowhere"),
        ];
        for (was, is, complaint) in cases {
            let outcome = sound(&topic(&SOUND.replace(was, is)).unwrap());
            match outcome {
                Ok(()) => assert!(complaint.is_empty(), "{is}: {complaint}"),
                Err(error) => assert!(!complaint.is_empty() && format!("{error:#}").contains(complaint), "{is}: {error:#}"),
            }
        }
    }

    #[test]
    fn a_copy_must_be_what_it_is_said_to_be() {
        let gold = format!("[[origin]]\nfirst = \"one\"\ncopies = [{{ report = \"one\", kind = \"exact\" }}]\n{SOUND}");
        let error = sound(&topic(&gold).unwrap()).unwrap_err();
        assert!(format!("{error:#}").contains("a copy of itself"), "{error:#}");
    }
}
