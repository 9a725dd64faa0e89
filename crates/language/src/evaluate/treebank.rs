//! What does a treebank say, and how well do we agree with it? Reads CoNLL-U; scores parts of speech and syntax on its own tokens.

use std::str::FromStr;

use sayso_types::{Reading, Relation, Scorer, Upos};

use super::percent;

/// One sentence of a treebank.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// `sent_id`.
    pub id: String,
    /// `text`.
    pub text: String,
    /// Whether it opens a document or paragraph.
    pub opens_paragraph: bool,
    /// Its words, in order.
    pub words: Vec<TreeWord>,
}

/// One word of a tree.
#[derive(Clone, Debug)]
pub struct TreeWord {
    /// As written.
    pub form: String,
    /// As the treebank has it, capitals kept.
    pub lemma: String,
    /// Universal part of speech.
    pub pos: Upos,
    /// Penn Treebank tag.
    pub penn: String,
    /// Index of the head in the sentence; its own for the root.
    pub head: usize,
    /// Relation to the head.
    pub relation: Relation,
    /// The last column.
    pub misc: String,
}

/// The sentences of a CoNLL-U text; lines that are no words (ranges, empty nodes) are passed over, and so are sentences with a
/// word that cannot be read.
pub fn read_treebank(text: &str) -> Vec<Tree> {
    let mut trees = Vec::new();
    let mut tree = Tree::default();
    let mut whole = true;
    for line in text.lines().chain([""]) {
        if let Some(value) = line.strip_prefix("# sent_id = ") {
            tree.id = value.to_owned();
        } else if let Some(value) = line.strip_prefix("# text = ") {
            tree.text = value.to_owned();
        } else if line.starts_with("# newpar") || line.starts_with("# newdoc") {
            tree.opens_paragraph = true;
        } else if line.is_empty() {
            let read = std::mem::take(&mut tree);
            if whole && !read.words.is_empty() {
                trees.push(read);
            }
            whole = true;
        } else if line.starts_with(|c: char| c.is_ascii_digit()) {
            let columns: Vec<&str> = line.split('\t').collect();
            if !columns[0].contains(['-', '.']) {
                let word = tree_word(&columns, tree.words.len());
                whole &= word.is_some();
                tree.words.extend(word);
            }
        }
    }
    trees
}

fn tree_word(columns: &[&str], number: usize) -> Option<TreeWord> {
    let [_, form, lemma, pos, penn, _, head, relation, _, misc] = columns else { return None };
    let head = usize::from_str(head).ok()?;
    Some(TreeWord {
        form: (*form).to_owned(),
        lemma: (*lemma).to_owned(),
        pos: Upos::of_str(pos)?,
        penn: (*penn).to_owned(),
        head: head.checked_sub(1).unwrap_or(number),
        relation: Relation::of_tag(relation)?,
        misc: (*misc).to_owned(),
    })
}

/// Agreement with a treebank, in percent of its words.
///
/// The attachment scores are those of the CoNLL 2018 shared task: all words count, punctuation too, and relations without
/// their subtypes. The `_content` ones leave out the words whose gold tag is PUNCT, as many older papers do.
#[derive(Clone, Copy, Debug, Default)]
pub struct TreebankScores {
    /// Words.
    pub words: usize,
    /// Part of speech right.
    pub upos: f64,
    /// Head right.
    pub uas: f64,
    /// Head and universal relation right.
    pub las: f64,
    /// Head right, punctuation left out.
    pub uas_content: f64,
    /// Head and universal relation right, punctuation left out.
    pub las_content: f64,
    /// Head and relation with its subtype right, punctuation left out.
    pub las_subtypes: f64,
}

#[derive(Default)]
struct Counts {
    words: usize,
    upos: usize,
    head: usize,
    arc: usize,
    content: usize,
    content_head: usize,
    content_arc: usize,
    content_subtype: usize,
}

/// How well `scorer` reads the trees' own words.
pub fn treebank(trees: &[Tree], scorer: &dyn Scorer) -> TreebankScores {
    let mut counts = Counts::default();
    for tree in trees {
        let words: Vec<&str> = tree.words.iter().map(|word| word.form.as_str()).collect();
        let mut readings = scorer.tags(&[&words]);
        scorer.closely(&[&words], &mut readings);
        count(&tree.words, &readings[0], &mut counts);
    }
    TreebankScores {
        words: counts.words,
        upos: percent(counts.upos, counts.words),
        uas: percent(counts.head, counts.words),
        las: percent(counts.arc, counts.words),
        uas_content: percent(counts.content_head, counts.content),
        las_content: percent(counts.content_arc, counts.content),
        las_subtypes: percent(counts.content_subtype, counts.content),
    }
}

fn count(words: &[TreeWord], reading: &Reading, counts: &mut Counts) {
    for ((word, pos), arc) in words.iter().zip(&reading.pos).zip(&reading.arcs) {
        let head = arc.head == word.head;
        let universal = head && arc.relation.universal() == word.relation.universal();
        counts.words += 1;
        counts.upos += usize::from(*pos == word.pos);
        counts.head += usize::from(head);
        counts.arc += usize::from(universal);
        if word.pos != Upos::Punct {
            counts.content += 1;
            counts.content_head += usize::from(head);
            counts.content_arc += usize::from(universal);
            counts.content_subtype += usize::from(head && arc.relation == word.relation);
        }
    }
}
