//! What a person sends becomes a statement, or is told what does not fit.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::sync::LazyLock;

use sayso::types::record::{DocumentRecord, StatementRecord};
use sayso::write::{Codes, Selection, Writing, statement, suggest};
use sayso::{Coder, Input, export};
use serde_json::{Value, json};

static CODER: LazyLock<Coder> = LazyLock::new(|| Coder::embedded().expect("the program's data"));
static CODES: LazyLock<Codes> = LazyLock::new(|| Codes::embedded().expect("the program's codes"));

const TEXT: &str = "Fighters of Boko Haram torched a clinic in Maiduguri on Tuesday, the mayor said. At least 12 patients and two \
nurses died, according to Doctors Without Borders. Nobody knows why.";

fn document(text: &str, published: Option<&str>) -> DocumentRecord {
    let input = Input { id: Some("clinic".to_owned()), published: published.map(str::to_owned), ..Input::text(text) };
    export::document_record(&CODER.document(&input).expect("a document"))
}

fn report() -> DocumentRecord {
    document(TEXT, Some("2017-09-01"))
}

/// Where words stand in the report.
fn at(words: &str) -> Value {
    let byte = TEXT.find(words).unwrap_or_else(|| panic!("the report says {words}"));
    let start = TEXT[..byte].chars().count();
    json!({ "start": start, "end": start + words.chars().count(), "text": words })
}

fn arson() -> Value {
    json!({
        "kind": "event", "type": "assault", "mode": "destroy", "modality": "asserted", "negated": false,
        "evidence": at("Fighters of Boko Haram torched a clinic in Maiduguri on Tuesday, the mayor said."), "trigger": at("torched"),
        "roles": [
            { "role": "actor", "words": at("Fighters of Boko Haram"), "actor_id": "boko-haram" },
            { "role": "recipient", "words": at("a clinic") },
        ],
        "place": { "words": at("Maiduguri") },
        "time": { "words": at("Tuesday") },
        "quantities": [{ "of": "killed", "words": at("At least 12 patients") }],
        "attribution": [{ "words": at("the mayor"), "cue": at("said"), "kind": "government" }],
    })
}

fn written(document: &DocumentRecord, sent: &Value) -> Result<StatementRecord, String> {
    let writing: Writing = serde_json::from_value(sent.clone()).map_err(|error| error.to_string())?;
    statement(&CODER, &CODES, document, &writing).map_err(|unfit| unfit.to_string())
}

#[test]
fn what_is_selected_is_read_as_the_coder_reads_it() {
    let written = written(&report(), &arson()).unwrap();
    let place = written.place.as_ref().unwrap();
    assert_eq!((place.name.as_deref(), place.country.as_deref(), place.level.as_str()), (Some("Maiduguri"), Some("NGA"), "textual"));
    let time = written.time.as_ref().unwrap();
    assert_eq!((time.edtf.as_str(), time.words.text.as_str()), ("2017-08-29", "Tuesday"));
    let quantity = &written.quantities[0];
    assert_eq!((quantity.low, quantity.best, quantity.high, quantity.rule.as_str()), (Some(12), None, None, "at-least"));
    assert_eq!(written.roles[0].name.as_deref(), Some("Boko Haram"));
    assert_eq!((&written.roles[1].actor_id, &written.roles[1].name), (&None, &None), "what is not given stays unknown");
    assert_eq!((written.tense.as_str(), written.evidence.sentence, written.confidence), ("past", 0, 1.0));
    assert!(written.coder.is_person() && written.coder.version.is_empty() && written.coder.model.is_empty());
    let value = serde_json::to_value(&written).unwrap();
    assert_eq!(value["acled"]["sub_event_type"], "Looting/property destruction");
    assert_eq!(written, self::written(&report(), &arson()).unwrap(), "the same again");
}

#[test]
fn every_span_is_of_the_document() {
    let mut written = written(&report(), &arson()).unwrap();
    let text: Vec<char> = report().text.chars().collect();
    for stretch in written.stretches() {
        assert_eq!(text[*stretch.start..*stretch.end].iter().collect::<String>(), stretch.text, "{}", stretch.field);
    }
}

#[test]
fn what_does_not_fit_is_named_with_what_to_do() {
    let out_of_text = json!({ "start": 5000, "end": 5004 });
    for (path, value, expected) in [
        ("/type", json!("quarrel"), "type: there is no code `quarrel` here; write one of agree, consult"),
        ("/mode", json!("funds"), "mode: there is no code `funds` here; write one of beat, torture"),
        ("/contexts", json!(["military", "weather"]), "contexts/1: there is no code `weather` here"),
        ("/outcome", json!("won"), "outcome: there is no code `won` here; write one of territory-taken"),
        ("/phase", json!("holds"), "phase: only a relation has it; leave it out"),
        ("/trigger", out_of_text.clone(), "trigger: the document has 178 code points, and this ends at 5004; select words of it"),
        ("/trigger", json!({ "start": 9, "end": 9 }), "trigger: there are no words from 9 to 9; select some"),
        ("/trigger", json!({ "start": 12, "end": 9 }), "trigger: there are no words from 12 to 9"),
        ("/trigger", json!({ "start": 8, "end": 9 }), "trigger: there are no words from 8 to 9"),
        ("/trigger", at("died"), "trigger: these words stand outside the evidence"),
        (
            "/evidence",
            json!({ "start": 0, "end": 8, "text": "Soldiers" }),
            "evidence: from 0 to 8 the document says “Fighters”, not “Soldiers”",
        ),
        ("/roles/1/words", out_of_text, "roles/1/words: the document has"),
        ("/roles/0/actor_id", json!("boko"), "roles/0/actor_id: the registry has no actor `boko`; leave it out, and give a name"),
        ("/place/geonames_id", json!(1), "place/geonames_id: the gazetteer has no place of the GeoNames id 1"),
        ("/place/name", json!("Xyzzyburg"), "place/name: the gazetteer has no such place; leave it out"),
        ("/time/words", at("Nobody"), "time/edtf: the words are not read as one time; write what they mean"),
        ("/time/edtf", json!("last week"), "time/edtf: `last week` is no date; write 2017"),
        ("/quantities/0/words", at("the mayor said"), "quantities/0: the words are not read as one number; give low, best or high"),
        ("/quantities/0/words", at("12 patients and two nurses"), "quantities/0: the words are not read as one number"),
        ("/modality", json!("perhaps"), "unknown variant `perhaps`, expected one of `asserted`"),
        ("/quantites", json!([]), "unknown field `quantites`"),
    ] {
        let mut sent = arson();
        match sent.pointer_mut(path) {
            Some(field) => *field = value,
            None => {
                let (parent, field) = path.rsplit_once('/').unwrap();
                sent.pointer_mut(parent).unwrap()[field] = value;
            }
        }
        let refused = written(&report(), &sent).expect_err(path);
        assert!(refused.contains(expected), "{path}: {refused}");
    }
}

#[test]
fn a_statement_says_something_of_its_kind() {
    let actor = |words: &str, id: Option<&str>| json!({ "role": "actor", "words": at(words), "actor_id": id });
    let recipient = json!({ "role": "recipient", "words": at("Doctors Without Borders") });
    for (changes, expected) in [
        (json!({ "roles": [], "place": null, "quantities": [] }), Some("roles: nothing is said of the event")),
        (json!({ "roles": [], "quantities": [] }), None),
        (json!({ "kind": "estimate", "type": "killed", "mode": null, "quantities": [] }), Some("quantities: an estimate says how many")),
        (json!({ "kind": "estimate", "type": "killed", "mode": null }), None),
        (json!({ "kind": "estimate", "type": "killed" }), Some("mode: there is no code `destroy` here; this type has none; leave it out")),
        (json!({ "kind": "relation", "type": "rival_of", "mode": null }), Some("phase: say of a relation which: holds, begins, ends")),
        (
            json!({ "kind": "relation", "type": "supports", "mode": "arms", "phase": "holds", "roles": [actor("Boko Haram", None)] }),
            Some("roles: a relation has two sides"),
        ),
        (
            json!({ "kind": "relation", "type": "supports", "mode": "arms", "phase": "holds", "roles": [actor("Boko Haram", None), recipient] }),
            None,
        ),
        (
            json!({ "kind": "relation", "type": "rival_of", "mode": null, "phase": "ends",
                    "roles": [actor("Boko Haram", Some("boko-haram")), actor("the mayor", Some("boko-haram"))] }),
            Some("roles: both sides are one actor; give two"),
        ),
    ] {
        let mut sent = arson();
        changes.as_object().unwrap().iter().for_each(|(field, value)| sent[field] = value.clone());
        let told = written(&report(), &sent);
        match expected {
            None => assert!(told.is_ok(), "{changes}: {told:?}"),
            Some(expected) => assert!(told.as_ref().is_err_and(|refused| refused.contains(expected)), "{changes}: {told:?}"),
        }
    }
}

#[test]
fn what_a_person_says_goes_before_what_is_read() {
    let mut sent = arson();
    sent["time"]["edtf"] = json!("2017-08");
    sent["place"] = json!({ "words": at("a clinic"), "name": "Kano", "country": "NGA" });
    sent["quantities"] = json!([
        { "of": "killed", "words": at("12 patients and two nurses"), "low": 14, "best": 14, "high": 14 },
        { "of": "injured", "words": at("Nobody"), "high": 0, "low": 0, "best": 0 },
    ]);
    sent["tense"] = json!("present");
    let written = written(&report(), &sent).unwrap();
    assert_eq!(written.time.unwrap().earliest.as_deref(), Some("2017-08-01"));
    assert_eq!(written.place.unwrap().country.as_deref(), Some("NGA"));
    assert_eq!(written.quantities.iter().map(|one| one.rule.as_str()).collect::<Vec<_>>(), ["exact", "none"]);
    assert_eq!(written.quantities[0].words.text, "12 patients and two nurses");
    assert_eq!(written.tense.as_str(), "present");
}

#[test]
fn several_places_of_a_name_are_listed() {
    let undated = document("A blast shook Springfield.", None);
    let words = |start: usize, end: usize| json!({ "start": start, "end": end });
    let sent = json!({
        "kind": "event", "type": "assault", "modality": "asserted", "negated": false, "evidence": words(0, 26), "trigger": words(2, 7),
        "place": { "words": words(14, 25), "name": "San Pedro" },
    });
    let refused = written(&undated, &sent).unwrap_err();
    assert!(refused.starts_with("place/name: several places have this name; give the geonames_id of one: San Pedro"), "{refused}");
}

#[test]
fn what_the_coder_reads_can_be_sent_as_it_is() {
    let texts = [
        TEXT,
        "Gunmen killed at least six farmers near Jos on Monday, police said. The army denied on Tuesday that it had shelled the village.",
        "The Islamic State claimed responsibility for a suicide bombing that killed 30 to 35 people in Kabul. It has links to al-Qaeda.",
        "Some 2,000 fighters of al-Shabab left Mogadishu in August 2011, U.N. officials said. The United States may send arms to the government.",
    ];
    let mut sent = 0;
    for text in texts {
        let document = document(text, Some("2017-09-01"));
        let input = Input { id: Some("clinic".to_owned()), published: Some("2017-09-01".to_owned()), ..Input::text(text) };
        for coded in CODER.records(&CODER.document(&input).unwrap()) {
            let written =
                statement(&CODER, &CODES, &document, &Writing::of(&coded)).unwrap_or_else(|unfit| panic!("{text}: {unfit}: {coded:?}"));
            let plain = |record: &StatementRecord| {
                let mut value = serde_json::to_value(record).unwrap();
                ["id", "confidence", "coder", "acled"].iter().for_each(|field| drop(value[*field].take()));
                value["evidence"]["also"].take();
                value
            };
            assert_eq!(plain(&written), plain(&coded), "{text}");
            sent += 1;
        }
    }
    assert!(sent >= 7, "{sent}");
}

#[test]
fn a_proposal_has_what_is_there_to_pick_from() {
    let (start, end) = (at("torched")["start"].as_u64().unwrap() as usize, at("torched")["end"].as_u64().unwrap() as usize);
    let proposal = suggest(&CODER, &CODES, &report(), &Selection { start, end, text: None }).unwrap();
    assert_eq!(proposal.trigger.text.as_deref(), Some("torched"));
    assert!(proposal.evidence.text.as_deref().is_some_and(|text| text.starts_with("Fighters of") && text.ends_with("said.")));
    assert!(proposal.actors.iter().any(|actor| actor.actor_id.as_deref() == Some("boko-haram")), "{:?}", proposal.actors);
    assert_eq!(proposal.places.iter().map(|place| place.name.as_deref()).collect::<Vec<_>>(), [Some("Maiduguri")]);
    assert_eq!(proposal.times.iter().map(|time| time.edtf.as_deref()).collect::<Vec<_>>(), [Some("2017-08-29")]);
    assert!(proposal.quantities.iter().all(|quantity| quantity.low != Some(12)), "only of this sentence");
    for read in &proposal.read {
        assert!(statement(&CODER, &CODES, &report(), &read.statement).is_ok(), "{}", read.rule);
    }
    let beyond = suggest(&CODER, &CODES, &report(), &Selection { start: 9000, end: 9001, text: None }).unwrap_err();
    assert_eq!(beyond.field, "trigger");
}
