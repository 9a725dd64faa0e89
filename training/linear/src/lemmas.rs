//! Which rules turn forms into lemmas? Those endings that mostly do so in the treebanks, and the forms that none gets right.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sayso_language::evaluate::Tree;
use sayso_language::{edit, lowered};
use sayso_types::Upos;

/// How a form becomes its lemma: letters to cut, letters to add.
type Edit = (usize, String);
type Counts<K> = BTreeMap<K, BTreeMap<Edit, usize>>;

/// An ending is trusted from so many different forms.
const LEAST_FORMS: usize = 3;
/// The weight of a listed form.
const LISTED: usize = 1_000;
/// The longest ending looked at.
const LONGEST: usize = 5;

/// The lemma file: `kind, part of speech, ending or form, cut, add`; `irregular` lists forms (`part of speech, form, lemma`) that no
/// treebank overrules.
pub fn lemma_file(trees: &[&Tree], irregular: &str) -> String {
    let mut forms = forms(trees);
    for row in irregular.lines().filter(|line| !line.starts_with('#')) {
        if let [pos, form, lemma] = row.split('\t').collect::<Vec<_>>()[..]
            && let Some(pos) = Upos::of_str(pos)
        {
            forms.insert((pos, form.to_owned()), BTreeMap::from([(change(form, lemma), LISTED)]));
        }
    }
    let rules = rules(&forms);
    let mut file = String::from(
        "# kind\tpos\ttext\tcut\tadd\n# Learned from UD English EWT and GUM (CC BY-SA 4.0): which letters a form loses and gains to become its lemma.\n",
    );
    for ((pos, ending), (cut, add)) in &rules {
        let _ = writeln!(file, "rule\t{}\t{ending}\t{cut}\t{add}", pos.as_str());
    }
    for ((pos, form), edits) in &forms {
        let Some((found, count)) = most(edits) else { continue };
        let ruled = applied(&rules, *pos, form);
        let other = edit(form, found.0, &found.1) != edit(form, ruled.0, &ruled.1);
        let trusted = count >= 2 || *pos != Upos::Noun || form.len() < 5;
        if other && trusted {
            let _ = writeln!(file, "form\t{}\t{form}\t{}\t{}", pos.as_str(), found.0, found.1);
        }
    }
    file
}

fn forms(trees: &[&Tree]) -> Counts<(Upos, String)> {
    let mut forms: Counts<(Upos, String)> = BTreeMap::new();
    for word in trees.iter().flat_map(|tree| &tree.words) {
        let changes = !matches!(word.pos, Upos::Propn | Upos::Punct | Upos::Num | Upos::Sym | Upos::X);
        if changes && !word.misc.contains("Typo") && !word.misc.contains("CorrectForm") && word.lemma != "_" {
            let form = lowered(&word.form).to_string();
            let change = change(&form, &lowered(&word.lemma));
            *forms.entry((word.pos, form)).or_default().entry(change).or_default() += 1;
        }
    }
    forms
}

fn change(form: &str, lemma: &str) -> Edit {
    let same: usize = form.chars().zip(lemma.chars()).take_while(|(a, b)| a == b).count();
    (form.chars().count() - same, lemma.chars().skip(same).collect())
}

fn most(edits: &BTreeMap<Edit, usize>) -> Option<(&Edit, usize)> {
    edits.iter().max_by_key(|(edit, count)| (**count, std::cmp::Reverse(*edit))).map(|(edit, count)| (edit, *count))
}

/// The endings, shortest first, that change what a shorter one would do.
fn rules(forms: &Counts<(Upos, String)>) -> BTreeMap<(Upos, String), Edit> {
    let mut rules = BTreeMap::new();
    for length in 1..=LONGEST {
        let mut endings: Counts<(Upos, String)> = BTreeMap::new();
        for ((pos, form), edits) in forms {
            let letters: Vec<char> = form.chars().collect();
            let Some((found, _)) = most(edits).filter(|_| letters.len() > length) else { continue };
            let ending: String = letters[letters.len() - length..].iter().collect();
            *endings.entry((*pos, ending)).or_default().entry(found.clone()).or_default() += 1;
        }
        for ((pos, ending), edits) in endings {
            let Some((found, count)) = most(&edits) else { continue };
            if count >= LEAST_FORMS && applied(&rules, pos, &ending) != *found {
                rules.insert((pos, ending), found.clone());
            }
        }
    }
    rules
}

fn applied(rules: &BTreeMap<(Upos, String), Edit>, pos: Upos, form: &str) -> Edit {
    let letters: Vec<char> = form.chars().collect();
    let endings = (0..letters.len()).map(|at| letters[at..].iter().collect::<String>());
    endings.filter(|ending| ending.chars().count() <= LONGEST).find_map(|ending| rules.get(&(pos, ending)).cloned()).unwrap_or_default()
}
