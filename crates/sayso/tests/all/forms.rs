//! Are the words that bring frames up known in all their forms? A verb whose "-ed" or "-ing" leads to another lemma brings up nothing.

use std::collections::BTreeSet;

use sayso::Coder;
use sayso::types::Upos;
use sayso_coding::frame::WordClass;

const IRREGULAR: &str = include_str!("../../../../data/lexicons/en/irregular.tsv");

/// The regular forms of a verb, each in the ways that it may be spelt: in "-s", "-ing" and "-ed".
fn forms(verb: &str) -> [Vec<String>; 3] {
    let letters: Vec<char> = verb.chars().rev().collect();
    let vowel = |at: usize| letters.get(at).is_some_and(|c| "aeiou".contains(*c));
    let last = verb.chars().last().unwrap_or_default();
    let consonant_y = last == 'y' && !vowel(1);
    let silent_e = last == 'e' && !vowel(1);
    let cut = &verb[..verb.len() - last.len_utf8()];
    let hisses = ["s", "x", "z", "ch", "sh", "o"].iter().any(|end| verb.ends_with(end));
    let doubled = (!vowel(0) && vowel(1) && !vowel(2) && !"wxy".contains(last)).then(|| format!("{verb}{last}"));
    let bases: Vec<String> = std::iter::once(verb.to_owned()).chain(doubled).collect();
    let third = match (consonant_y, hisses) {
        (true, _) => format!("{cut}ies"),
        (false, true) => format!("{verb}es"),
        (false, false) => format!("{verb}s"),
    };
    let with = |ending: &str| bases.iter().map(|base| format!("{base}{ending}")).collect::<Vec<_>>();
    let gerund = if silent_e { vec![format!("{cut}ing")] } else { with("ing") };
    let past = match (consonant_y, last) {
        (true, _) => vec![format!("{cut}ied")],
        (false, 'e') => vec![format!("{verb}d")],
        (false, _) => with("ed"),
    };
    [vec![third], gerund, past]
}

#[test]
fn each_verb_that_brings_up_a_frame_is_known_in_its_forms() {
    let coder = Coder::of_profile(sayso::Profile::Fast).expect("embedded data loads");
    let listed: BTreeSet<&str> = IRREGULAR.lines().filter_map(|line| line.split('\t').nth(2)).collect();
    let triggers = coder.knowledge().frames.frames.iter().flat_map(|frame| &frame.triggers);
    let verbs: BTreeSet<&str> = triggers.filter(|trigger| trigger.class == WordClass::Verb).map(|trigger| trigger.lemma.as_str()).collect();
    let plain = |verb: &&str| verb.len() > 2 && verb.bytes().all(|b| b.is_ascii_lowercase()) && !listed.contains(*verb);
    let mut unknown = Vec::new();
    for verb in verbs.iter().filter(|verb| plain(verb)) {
        for spellings in forms(verb) {
            // A word with two spellings, "lambast" and "lambaste", has forms of one of them.
            let known = spellings.iter().any(|form| verbs.contains(coder.lexicon().lemma(form, Upos::Verb).as_str()));
            unknown.extend((!known).then(|| format!("{}: {}", verb, spellings.join(" / "))));
        }
    }
    assert!(unknown.is_empty(), "list them in irregular.tsv and learn the lemmas anew:\n{}", unknown.join("\n"));
}
