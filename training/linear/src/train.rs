//! In which order is what learned? Tagger, verb forms and parser on treebanks, then names, each on the tags of taggers that did not see
//! the sentence, so that it learns from tags as wrong as it will meet.

use rayon::prelude::*;
use sayso_language::evaluate::{Tree, TreeWord};
use sayso_language::features::Features;
use sayso_language::names::{self, Mark, Names};
use sayso_language::parser::{self, ACTIONS, Action, Actions, LABELS, Labels, Sentence, State};
use sayso_language::table::{SparseTable, Table};
use sayso_language::tagger::{self, Tagger};
use sayso_language::verb_forms::{self, FineTag, VerbForm, VerbForms, fine_tag};
use sayso_language::{Models, Tables, Word, words};
use sayso_types::{Relation, Upos};

use crate::Corpora;
use crate::learner::{Dice, Learner};
use crate::name_corpora::NamedSentence;

/// How many parts the treebanks are cut into to tag each with taggers trained on the others.
const FOLDS: usize = 4;
/// One sentence in so many is also learned in capitals, and one in small letters.
const RECASED: usize = 16;

/// A treebank sentence made ready.
struct Example {
    words: Vec<Word>,
    pos: Vec<Upos>,
    fine: Vec<FineTag>,
    heads: Vec<usize>,
    relations: Vec<Relation>,
}

/// The models that the corpora teach; the same corpora give the same bytes.
pub fn train(corpora: &Corpora) -> Models {
    let examples: Vec<Example> = with_recased(&corpora.ewt.iter().chain(&corpora.gum).collect::<Vec<_>>());
    let everything: Vec<&Example> = examples.iter().collect();
    let tagger = train_tagger(&everything, 8);
    let tags = fold_tags(&examples);
    let verb_forms = train_verb_forms(&examples, &tags);
    let fine: Vec<Vec<FineTag>> =
        examples.par_iter().zip(&tags).map(|(example, tags)| verb_forms::fine_tags(&verb_forms, &example.words, tags)).collect();
    let ((actions, labels), names) = rayon::join(|| train_parser(&examples, &fine, 15), || train_names(&corpora.names, &tagger, 10));
    Models::from(Tables { tagger, verb_forms, actions, labels, names })
}

fn with_recased(trees: &[&Tree]) -> Vec<Example> {
    let mut examples: Vec<Example> = trees.iter().map(|tree| example(&tree.words, str::to_owned)).collect();
    let some = |offset: usize| trees.iter().skip(offset).step_by(RECASED);
    examples.extend(some(3).map(|tree| example(&tree.words, str::to_uppercase)));
    examples.extend(some(11).map(|tree| example(&tree.words, str::to_lowercase)));
    examples
}

fn example(tree: &[TreeWord], recase: fn(&str) -> String) -> Example {
    let forms: Vec<String> = tree.iter().map(|word| recase(&word.form)).collect();
    let fine = |word: &TreeWord| {
        let form = VerbForm::of_penn(&word.penn).unwrap_or(VerbForm::Base);
        fine_tag(word.pos, form)
    };
    Example {
        words: words(&forms.iter().map(String::as_str).collect::<Vec<_>>()),
        pos: tree.iter().map(|word| word.pos).collect(),
        fine: tree.iter().map(fine).collect(),
        heads: tree.iter().enumerate().map(|(at, word)| if word.head == at { tree.len() } else { word.head }).collect(),
        relations: tree.iter().map(|word| word.relation).collect(),
    }
}

fn greatest(sums: &[f32], classes: usize) -> usize {
    (1..classes).fold(0, |best, class| if sums[class] > sums[best] { class } else { best })
}

fn train_tagger(examples: &[&Example], epochs: usize) -> Tagger {
    let mut learner = Learner::<{ tagger::CLASSES }>::new();
    let mut features = Features::new();
    let mut order: Vec<&Example> = examples.to_vec();
    let mut dice = Dice::new(12_345);
    for _ in 0..epochs {
        dice.shuffle(&mut order);
        for example in &order {
            let mut tags = Vec::with_capacity(example.pos.len());
            for (at, gold) in example.pos.iter().enumerate() {
                tagger::extract(&example.words, &tags, at, &mut features);
                let guess = greatest(&learner.score(features.keys()), Upos::ALL.len());
                learner.learn(features.keys(), *gold as usize, guess);
                tags.push(Upos::ALL[guess]);
            }
        }
    }
    Table::of_rows(learner.rows(2, 1).into_iter())
}

/// The tags of each example by a tagger that did not learn from it.
fn fold_tags(examples: &[Example]) -> Vec<Vec<Upos>> {
    let folds: Vec<Vec<(usize, Vec<Upos>)>> = (0..FOLDS)
        .into_par_iter()
        .map(|fold| {
            let (held, kept): (Vec<_>, Vec<_>) = examples.iter().enumerate().partition(|(at, _)| at % FOLDS == fold);
            let tagger = train_tagger(&kept.into_iter().map(|(_, example)| example).collect::<Vec<_>>(), 6);
            held.into_iter().map(|(at, example)| (at, tagger::tag(&tagger, &example.words))).collect()
        })
        .collect();
    let mut tags = vec![Vec::new(); examples.len()];
    for (at, found) in folds.into_iter().flatten() {
        tags[at] = found;
    }
    tags
}

fn train_verb_forms(examples: &[Example], tags: &[Vec<Upos>]) -> VerbForms {
    let mut learner = Learner::<{ verb_forms::CLASSES }>::new();
    let mut features = Features::new();
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut dice = Dice::new(4_711);
    for _ in 0..6 {
        dice.shuffle(&mut order);
        for at in &order {
            let (example, pos) = (&examples[*at], &tags[*at]);
            let mut fine: Vec<FineTag> = Vec::with_capacity(pos.len());
            for word in 0..pos.len() {
                if !matches!(pos[word], Upos::Verb | Upos::Aux) {
                    fine.push(pos[word] as u8);
                    continue;
                }
                verb_forms::extract(&example.words, pos, &fine, word, &mut features);
                let guess = greatest(&learner.score(features.keys()), VerbForm::ALL.len());
                if example.fine[word] >= 32 {
                    learner.learn(features.keys(), usize::from(example.fine[word] % 8), guess);
                }
                fine.push(fine_tag(pos[word], VerbForm::ALL[guess]));
            }
        }
    }
    Table::of_rows(learner.rows(2, 1).into_iter())
}

/// Actions and labels in training.
struct ParserLearner {
    actions: Learner<ACTIONS>,
    labels: Learner<LABELS>,
    features: Features,
    dice: Dice,
}

fn train_parser(examples: &[Example], fine: &[Vec<FineTag>], epochs: usize) -> (Actions, Labels) {
    let mut learner = ParserLearner { actions: Learner::new(), labels: Learner::new(), features: Features::new(), dice: Dice::new(777) };
    let mut order: Vec<usize> = (0..examples.len()).collect();
    for epoch in 0..epochs {
        learner.dice.shuffle(&mut order);
        for at in &order {
            learner.sentence(&examples[*at], &fine[*at], epoch > 0);
        }
    }
    (Table::of_rows(learner.actions.rows(2, 3).into_iter()), SparseTable::of_rows(learner.labels.rows(2, 1).into_iter()))
}

impl ParserLearner {
    /// Parses one example, mostly along its own choices where it `explores`, and learns from each that costs a gold arc.
    fn sentence(&mut self, example: &Example, tags: &[FineTag], explores: bool) {
        let sentence = Sentence { words: &example.words, tags };
        let mut state = State::new(tags.len());
        while !state.is_done() {
            let action = match state.only_action() {
                Some(only) => only,
                None => self.choose(&state, sentence, example, explores),
            };
            let relation = match state.arc_of(action) {
                Some((head, dependent)) => self.name(&state, sentence, example, (head, dependent)),
                None => Relation::Dep,
            };
            state.apply(action, relation);
        }
    }

    fn choose(&mut self, state: &State, sentence: Sentence<'_>, example: &Example, explores: bool) -> Action {
        parser::extract_action(state, sentence, &mut self.features);
        let sums = self.actions.score(self.features.keys());
        let allowed: Vec<(Action, usize)> = Action::ALL
            .into_iter()
            .filter(|action| state.allows(*action))
            .map(|action| (action, state.cost(action, &example.heads)))
            .collect();
        let least = allowed.iter().map(|(_, cost)| *cost).min().unwrap_or(0);
        let best = |among: &mut dyn Iterator<Item = Action>| among.reduce(|a, b| if sums[b as usize] > sums[a as usize] { b } else { a });
        let guess = best(&mut allowed.iter().map(|(action, _)| *action)).unwrap_or(Action::Shift);
        let truth = best(&mut allowed.iter().filter(|(_, cost)| *cost == least).map(|(action, _)| *action)).unwrap_or(Action::Shift);
        let right = allowed.contains(&(guess, least));
        self.actions.learn(self.features.keys(), truth as usize, if right { truth as usize } else { guess as usize });
        if explores && self.dice.below(10) < 9 { guess } else { truth }
    }

    /// Names an arc, and learns from it where the arc is a gold one.
    fn name(&mut self, state: &State, sentence: Sentence<'_>, example: &Example, (head, dependent): (usize, usize)) -> Relation {
        parser::extract_label(state, sentence, head, dependent, &mut self.features);
        let sums = self.labels.score(self.features.keys());
        let guess = greatest(&sums, Relation::ALL.len());
        if example.heads[dependent] == head {
            self.labels.learn(self.features.keys(), example.relations[dependent] as usize, guess);
        }
        if head == state.len() { Relation::Root } else { Relation::ALL[guess] }
    }
}

fn train_names(sentences: &[NamedSentence], tagger: &Tagger, epochs: usize) -> Names {
    let mut ready: Vec<(Vec<Word>, Vec<Upos>, &NamedSentence)> =
        sentences.par_iter().map(|sentence| name_example(sentence, tagger, str::to_owned)).collect();
    let shouted = sentences.iter().step_by(RECASED).map(|sentence| name_example(sentence, tagger, str::to_uppercase));
    ready.extend(shouted);
    let mut learner = Learner::<{ names::CLASSES }>::new();
    let mut features = Features::new();
    let mut dice = Dice::new(99);
    let mut order: Vec<usize> = (0..ready.len()).collect();
    for _ in 0..epochs {
        dice.shuffle(&mut order);
        for (words, tags, sentence) in order.iter().map(|at| &ready[*at]) {
            let mut marks: Vec<Mark> = Vec::with_capacity(words.len());
            for at in 0..words.len() {
                if !names::may_be_named(words, tags, at) {
                    marks.push(Mark::OUTSIDE);
                    continue;
                }
                names::extract(words, tags, &marks, at, &mut features);
                let guess = greatest(&learner.score(features.keys()), Mark::COUNT);
                let gold = usize::from(sentence.marks[at].0);
                let excused = sentence.open[at] || !sentence.others_marked && gold == 0 && Mark(guess as u8).kind() == Some(3);
                learner.learn(features.keys(), if excused { guess } else { gold }, guess);
                marks.push(Mark(guess as u8));
            }
        }
    }
    Table::of_rows(learner.rows(2, 1).into_iter())
}

fn name_example<'s>(sentence: &'s NamedSentence, tagger: &Tagger, recase: fn(&str) -> String) -> (Vec<Word>, Vec<Upos>, &'s NamedSentence) {
    let forms: Vec<String> = sentence.words.iter().map(|word| recase(word)).collect();
    let words = words(&forms.iter().map(String::as_str).collect::<Vec<_>>());
    let tags = tagger::tag(tagger, &words);
    (words, tags, sentence)
}
