//! What does the parser look at to choose its next action? Words, tags, arcs and their names around the stack's top and the next
//! word (after Zhang & Nivre 2011).

use super::{NO_HEAD, Sentence, State};
use crate::features::Features;

/// A word as the features see it; absent ones have tag 98, the root 97.
#[derive(Clone, Copy)]
struct Seen {
    word: u32,
    stem: u32,
    tag: u32,
}

const ABSENT: Seen = Seen { word: 1, stem: 1, tag: 98 };
const ROOT: Seen = Seen { word: 2, stem: 2, tag: 97 };

/// Finds what surrounds a decision.
struct View<'s> {
    state: &'s State,
    sentence: Sentence<'s>,
}

impl View<'_> {
    fn seen(&self, word: u32) -> Seen {
        let Some(form) = self.sentence.words.get(word as usize) else {
            return if word as usize == self.state.len() { ROOT } else { ABSENT };
        };
        Seen { word: form.lower, stem: form.stem, tag: u32::from(self.sentence.tags[word as usize]) }
    }

    fn relation(&self, word: u32) -> u32 {
        if word as usize >= self.state.len() {
            return 98;
        }
        let node = self.state.node(word as usize);
        if node.head == NO_HEAD { 99 } else { node.relation as u32 }
    }

    fn around(&self, word: u32) -> Around {
        let none = Around { head: NO_HEAD, left: [NO_HEAD; 2], right: [NO_HEAD; 2], count: [9; 2], relations: [0; 2] };
        if word as usize > self.state.len() {
            return none;
        }
        let node = self.state.node(word as usize);
        let fold = |bits: u64| (bits ^ (bits >> 29)) as u32;
        Around {
            head: node.head,
            left: node.left,
            right: node.right,
            count: node.count.map(|n| u32::from(n.min(5))),
            relations: node.relations.map(fold),
        }
    }
}

/// The arcs at a word.
#[derive(Clone, Copy)]
struct Around {
    head: u32,
    left: [u32; 2],
    right: [u32; 2],
    count: [u32; 2],
    relations: [u32; 2],
}

/// Fills `features` for the next action of `state`.
pub fn extract(state: &State, sentence: Sentence<'_>, features: &mut Features) {
    features.clear();
    let view = View { state, sentence };
    let number = |word: Option<usize>| word.map_or(NO_HEAD, |word| word as u32);
    let (top, below) = (number(state.stacked(0)), number(state.stacked(1)));
    let next = state.next() as u32;
    let between = next.saturating_sub(top).min(20);
    let distance = if between > 10 {
        11
    } else if between > 5 {
        6
    } else {
        between
    };
    let s = view.seen(top);
    let [b, b1, b2, b3] = [0, 1, 2, 3].map(|n| view.seen(next + n));
    alone(s, b, b1, b2, features);
    pairs(s, b, b1, features);
    sequences(&view, (s, below), (b, b1, b2, b3), features);
    arcs(&view, (top, s), (next, b), features);
    valency(&view, (top, s), (next, b), distance, features);
}

fn alone(s: Seen, b: Seen, b1: Seen, b2: Seen, features: &mut Features) {
    features.add(0, [0]);
    features.add(1, [s.word, s.tag]);
    features.add(2, [s.stem]);
    features.add(3, [s.tag]);
    features.add(4, [b.word, b.tag]);
    features.add(5, [b.stem]);
    features.add(6, [b.tag]);
    features.add(7, [b1.word, b1.tag]);
    features.add(8, [b1.tag]);
    features.add(9, [b2.word, b2.tag]);
    features.add(10, [b2.tag]);
}

fn pairs(s: Seen, b: Seen, b1: Seen, features: &mut Features) {
    features.add(11, [s.word, s.tag, b.word, b.tag]);
    features.add(12, [s.stem, s.tag, b.tag]);
    features.add(13, [s.tag, b.stem, b.tag]);
    features.add(14, [s.stem, b.stem]);
    features.add(15, [s.tag, b.tag]);
    features.add(16, [b.tag, b1.tag]);
    features.add(17, [s.word, b.tag]);
    features.add(18, [s.tag, b.word]);
    features.add(19, [b.word, b1.tag]);
    features.add(20, [b.tag, b1.word]);
}

fn sequences(view: &View<'_>, (s, below): (Seen, u32), (b, b1, b2, b3): (Seen, Seen, Seen, Seen), features: &mut Features) {
    let under = view.seen(below);
    features.add(21, [b.tag, b1.tag, b2.tag]);
    features.add(22, [s.tag, b.tag, b1.tag]);
    features.add(23, [s.stem, b.tag, b1.tag]);
    features.add(24, [s.tag, b.stem, b1.tag]);
    features.add(25, [s.tag, b.tag, b1.stem]);
    features.add(26, [s.tag, b.tag, b1.tag, b2.tag]);
    features.add(27, [under.tag, s.tag, b.tag]);
    features.add(28, [under.stem, s.tag, b.tag]);
    features.add(29, [under.tag, s.tag, b.tag, b1.tag]);
    features.add(30, [under.tag, view.relation(below), s.tag]);
    features.add(31, [b1.tag, b2.tag, b3.tag]);
    features.add(32, [under.word, under.tag]);
    features.add(33, [under.tag, b.tag, b.stem]);
}

fn arcs(view: &View<'_>, (top, s): (u32, Seen), (next, b): (u32, Seen), features: &mut Features) {
    let at_top = view.around(top);
    let at_next = view.around(next);
    let relation = view.relation(top);
    let head = view.seen(at_top.head);
    features.add(40, [relation, s.tag, b.tag]);
    features.add(41, [relation, s.stem, b.tag]);
    features.add(42, [head.stem, relation]);
    features.add(43, [head.tag, relation, s.tag, b.tag]);
    features.add(44, [head.stem, b.tag, b.stem]);
    features.add(45, [head.tag, s.tag, b.stem]);
    let grand = view.around(at_top.head).head;
    features.add(46, [view.seen(grand).tag, head.tag, s.tag, b.tag]);
    let children = [at_top.left[0], at_top.right[0], at_next.left[0], at_top.right[1], at_next.left[1]];
    for (n, child) in children.into_iter().enumerate() {
        let n = n as u32 * 4;
        let seen = view.seen(child);
        features.add(50 + n, [seen.stem, view.relation(child)]);
        features.add(51 + n, [seen.tag, view.relation(child), s.tag, b.tag]);
        features.add(52 + n, [seen.stem, s.tag, b.tag]);
    }
    features.add(71, [s.stem, view.seen(at_next.left[0]).stem, b.tag]);
    features.add(72, [s.tag, view.seen(at_next.left[0]).stem, b.stem]);
}

fn valency(view: &View<'_>, (top, s): (u32, Seen), (next, b): (u32, Seen), distance: u32, features: &mut Features) {
    let at_top = view.around(top);
    let at_next = view.around(next);
    features.add(80, [s.stem, distance]);
    features.add(81, [s.tag, distance]);
    features.add(82, [b.stem, distance]);
    features.add(83, [b.tag, distance]);
    features.add(84, [s.tag, b.tag, distance]);
    features.add(85, [s.tag, at_top.count[1], b.tag]);
    features.add(86, [s.tag, at_top.count[0], b.tag]);
    features.add(87, [b.tag, at_next.count[0], s.tag]);
    features.add(88, [s.stem, at_top.relations[1]]);
    features.add(89, [s.tag, at_top.relations[1], b.tag]);
    features.add(90, [s.tag, at_top.relations[0], b.tag]);
    features.add(91, [b.tag, at_next.relations[0], s.tag]);
    features.add(92, [b.stem, at_next.relations[0]]);
    features.add(93, [s.tag, at_top.relations[0], at_top.relations[1]]);
    features.add(94, [s.tag, at_top.relations[1], b.tag, at_next.relations[0]]);
}
