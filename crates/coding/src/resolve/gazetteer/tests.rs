//! Are the places found that a reader would find? Cases are text; `[name]` marks what shall be found.

use compact_str::CompactString;
use proptest::prelude::*;
use sayso_types::{Analysis, Outcome, Place, PlaceKind, Relation, Sentence, Span, Token, Upos};

use super::*;

fn gazetteer() -> Gazetteer {
    Gazetteer::open(Sources {
        places: include_bytes!("../../../../../data/gazetteer/places.bin"),
        countries: include_str!("../../../../../data/gazetteer/countries.tsv"),
        words: include_str!("../../../../../data/gazetteer/words.tsv"),
        risky: include_str!("../../../../../data/gazetteer/risky.tsv"),
        demonyms: include_str!("../../../../../data/gazetteer/demonyms.tsv"),
        abbreviations: include_str!("../../../../../data/gazetteer/abbreviations.tsv"),
    })
    .unwrap()
}

/// One sentence of words and single punctuation marks; capitalised words but the first are proper nouns.
fn analysis(text: &str) -> Analysis {
    let mut tokens: Vec<Token> = Vec::new();
    let mut start = 0;
    let ends = |c: char, next: Option<char>| {
        !(c.is_alphanumeric() || (c == '-' || c == '.' || c == '\'') && next.is_some_and(char::is_alphanumeric))
    };
    let mut push = |from: usize, to: usize| {
        let capital = text[from..to].starts_with(char::is_uppercase) && !tokens.is_empty();
        let head = tokens.len();
        tokens.extend(Span::new(from, to).map(|span| Token {
            span,
            lemma: CompactString::new(text[from..to].to_lowercase()),
            pos: if capital { Upos::Propn } else { Upos::X },
            head,
            relation: Relation::Root,
        }));
    };
    for (at, c) in text.char_indices() {
        let after = at + c.len_utf8();
        if ends(c, text[after..].chars().next()) {
            push(start, at);
            if !c.is_whitespace() {
                push(at, after);
            }
            start = after;
        }
    }
    push(start, text.len());
    let sentences = match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) => vec![Sentence { span: first.span.cover(last.span), tokens: 0..tokens.len(), block: 0, parsed: false }],
        _ => Vec::new(),
    };
    Analysis { sentences, tokens, ..Analysis::default() }
}

fn printed(outcome: &Outcome<Place>) -> String {
    match outcome {
        Outcome::Known(place) => format!("{} {} {}", place.name, place.kind.as_str(), place.country).trim_end().to_string(),
        Outcome::Unknown(why) => format!("{why:?}"),
    }
}

/// Checks that the text's places are `expected`: words, then what they mean, then `near` or `part`.
fn check(gazetteer: &Gazetteer, text: &str, expected: &[&str]) {
    let found: Vec<String> = toponyms(text, &analysis(text), gazetteer)
        .iter()
        .map(|m| {
            let extent = if m.near {
                " near"
            } else if m.part {
                " part"
            } else {
                ""
            };
            format!("{} = {}{extent}", m.span.text(text), printed(&m.place))
        })
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn places_are_found_on_all_continents() {
    let gazetteer = gazetteer();
    for (text, expected) in [
        ("Shells fell on Kharkiv overnight.", &["Kharkiv = Kharkiv populated UKR"][..]),
        ("Gunmen attacked a church in Maiduguri.", &["Maiduguri = Maiduguri populated NGA"]),
        ("The convoy left Goma for Bukavu.", &["Goma = Goma populated COD", "Bukavu = Bukavu populated COD"]),
        ("Rebels held talks in Medellín.", &["Medellín = Medellín populated COL"]),
        ("Soldiers patrolled Port Moresby.", &["Port Moresby = Port Moresby capital PNG"]),
        ("Protests spread from Portland to Seattle.", &["Portland = Portland populated USA", "Seattle = Seattle populated USA"]),
        ("The village lies in Rakhine state.", &["Rakhine = Rakhine admin1 MMR"]),
        ("They met in St of Paris.", &["Paris = Paris capital FRA"]),
        ("Troops entered Marawi in Mindanao.", &["Marawi = Marawi City populated PHL", "Mindanao = Mindanao region PHL"]),
    ] {
        check(&gazetteer, text, expected);
    }
}

#[test]
fn words_around_a_name_say_what_it_is() {
    let gazetteer = gazetteer();
    for (text, expected) in [
        ("He was held in Kabul province.", &["Kabul = Kabul admin1 AFG"][..]),
        ("He was held in the city of Kunduz.", &["Kunduz = Kunduz populated AFG"]),
        ("Two died in Mosul, Iraq.", &["Mosul = Mosul populated IRQ", "Iraq = Iraq country IRQ"]),
        ("Two died in Tripoli, Lebanon.", &["Tripoli = Tripoli populated LBN", "Lebanon = Lebanon country LBN"]),
        ("Fighting went on in northern Mali.", &["Mali = Mali country MLI part"]),
        ("A bomb went off near Sangin.", &["Sangin = Sangin populated AFG near"]),
        ("Clashes on the outskirts of Aleppo went on.", &["Aleppo = Aleppo populated SYR near"]),
        ("They met in the Afghan capital on Monday.", &["Afghan capital = Kabul capital AFG"]),
        ("They met in the Afghan capital of Kabul.", &["Afghan = Afghanistan country AFG", "Kabul = Kabul capital AFG"]),
    ] {
        check(&gazetteer, text, expected);
    }
}

#[test]
fn persons_months_and_common_words_are_no_places() {
    let gazetteer = gazetteer();
    for text in [
        "The talks in March failed.",
        "General Franklin spoke.",
        "He had a Nice day.",
        "The Taliban spoke.",
        "President Washington spoke.",
        "Same as ever.",
        "Reading is good.",
    ] {
        check(&gazetteer, text, &[]);
    }
}

#[test]
fn names_keep_what_belongs_to_them() {
    let gazetteer = gazetteer();
    for (text, expected) in [
        ("Fighting spread in Southern Libya.", &["Southern Libya = Libya country LBY part"][..]),
        ("Flooding hit Helmand Province.", &["Helmand Province = Helmand admin1 AFG"]),
        ("The Islamic Republic of Mauritania agreed.", &["Islamic Republic of Mauritania = Mauritania country MRT"]),
        ("Police in Paducah, Ky. searched a house.", &["Paducah = Paducah populated USA", "Ky. = Kentucky admin1 USA"]),
        ("Some African leaders stayed away.", &["African = Africa region"]),
        ("It fell to the Niamey Police.", &["Niamey = Niamey capital NER"]),
    ] {
        check(&gazetteer, text, expected);
    }
}

#[test]
fn what_no_file_has_lies_in_what_it_is_said_to_lie_in() {
    let gazetteer = gazetteer();
    for (text, expected) in [
        ("Shells hit the Vrondwille Hospital in Mosul.", &["Vrondwille Hospital = Mosul populated IRQ", "Mosul = Mosul populated IRQ"][..]),
        ("Two died in Vrondwille district, Zabul province.", &["Vrondwille = Zabul admin1 AFG", "Zabul = Zabul admin1 AFG"]),
        ("Two died in Vrondwille district.", &["Vrondwille = NotUnderstood"]),
    ] {
        check(&gazetteer, text, expected);
    }
}

#[test]
fn transliterations_find_the_place() {
    let gazetteer = gazetteer();
    for (name, place) in [
        ("Qandahar", "Kandahar"),
        ("Lashkargah", "Lashkar Gah"),
        ("Musil", "Mosul"),
        ("Deir al-Zour", "Deir ez-Zor"),
        ("Dayr az Zawr", "Deir ez-Zor"),
        ("Kharkov", "Kharkiv"),
        ("Idleb", "Idlib"),
        ("Nahr-e Sarah", "Nahr-e Sarāj"),
    ] {
        let names: Vec<String> = gazetteer.candidates(name).into_iter().map(|c| c.place.name).collect();
        assert!(names.iter().any(|n| n == place), "{name}: {names:?}");
    }
}

#[test]
fn a_country_in_context_decides_among_namesakes() {
    let gazetteer = gazetteer();
    let context = |country: &str| PlaceContext { countries: vec![(country.to_string(), 1.0)], ..PlaceContext::default() };
    for (name, country, expected) in [
        ("Tripoli", "LBN", "Tripoli populated LBN"),
        ("Tripoli", "LBY", "Tripoli capital LBY"),
        ("Punjab", "IND", "Punjab admin1 IND"),
        ("Córdoba", "COL", "Córdoba admin1 COL"),
    ] {
        assert_eq!(printed(&gazetteer.resolve(name, &context(country))), expected);
    }
}

#[test]
fn peoples_and_capitals_are_known() {
    let gazetteer = gazetteer();
    for (people, country, capital) in [
        ("Afghan", "AFG", "Kabul"),
        ("Filipinos", "PHL", "Manila"),
        ("Burkinabè", "BFA", "Ouagadougou"),
        ("Dutch", "NLD", "Amsterdam"),
        ("Burmese", "MMR", "Naypyidaw"),
    ] {
        assert_eq!(gazetteer.country_of_demonym(people), Some(country));
        assert_eq!(gazetteer.capital_of(country).map(|p| p.name).as_deref(), Some(capital));
    }
    let without: Vec<&str> = gazetteer
        .countries()
        .iter()
        .filter(|c| !c.capital.is_empty() && gazetteer.capital_of(&c.iso3).is_none())
        .map(|c| c.iso3.as_str())
        .collect();
    assert!(without.len() < 12, "{without:?}");
}

#[test]
fn every_afghan_province_has_a_point() {
    let gazetteer = gazetteer();
    for name in ["Badakhshan", "Helmand", "Khost", "Nuristan", "Panjshir", "Sar-e Pol", "Wardak", "Zabul"] {
        let kind = PlaceContext { kind: Some(PlaceKind::Admin1), ..PlaceContext::default() };
        let place = gazetteer.resolve(name, &kind);
        let place = place.known().unwrap();
        assert_eq!((place.kind, place.country.as_str()), (PlaceKind::Admin1, "AFG"), "{name}");
        assert!(place.coordinates.is_some(), "{name}");
    }
}

#[test]
fn a_users_table_stands_beside_the_file() {
    let row = |id: u32, name: &str, kind: &str, point: &str| {
        format!("{id}\t{name}\t{name}\tNowabad Khwaja\t{point}\tP\t{kind}\tAF\t\t10\t\t\t\t150\t\t0\tAsia/Kabul\t2020-01-01\n")
    };
    let table = row(1, "Nawabad-e Khwaja", "PPL", "31.5\t64.2") + &row(2, "Elsewhere", "PPL", "north\t64.2") + "short\n";
    let import = import("AF.txt", &table, gazetteer().countries()).unwrap();
    assert_eq!(import.rejected, [(2, "expected degrees, found `north`".to_string()), (3, "expected 19 columns, found 1".to_string())]);
    let gazetteer = gazetteer();
    let bytes = build(import.places, gazetteer.particles()).unwrap();
    let gazetteer = gazetteer.with_additions(bytes).unwrap();
    assert_eq!(gazetteer.candidates("Nowabad Khwaja")[0].place.geonames_id, Some(1));
    check(&gazetteer, "A patrol was hit in Nawabad-e Khwaja village.", &["Nawabad-e Khwaja = Nawabad-e Khwaja populated AFG"]);
}

#[test]
fn a_damaged_file_is_refused() {
    for (bytes, kind) in [
        (&b"SAYSO"[..], ErrorKind::NotAGazetteer),
        (b"SAYSOGZ1", ErrorKind::Damaged),
        (b"SAYSOGZ1\x06\0\0\0\xff\xff\xff\xff", ErrorKind::Damaged),
    ] {
        let error = gazetteer().with_additions(bytes.to_vec()).err().unwrap();
        assert_eq!(error.kind(), kind, "{error}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_read_and_spans_stand_in_it(text in "([A-Z][a-z]{0,4}[ ,.'’-]|Kabul|St\\. |Mali, |al-|\\PC){0,40}") {
        let gazetteer = gazetteer();
        let analysis = analysis(&text);
        let mut last = 0;
        for mention in toponyms(&text, &analysis, &gazetteer) {
            prop_assert_eq!(mention.span, analysis.span_of(mention.tokens.clone()));
            prop_assert!(mention.tokens.start >= last);
            prop_assert!(mention.phrase.start <= mention.tokens.start && mention.tokens.end <= mention.phrase.end);
            last = mention.tokens.end;
        }
    }

    #[test]
    fn any_name_may_be_looked_up(name in "\\PC{0,30}") {
        gazetteer().candidates(&name);
    }
}
