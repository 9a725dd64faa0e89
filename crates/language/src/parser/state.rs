//! How far has the parser come? The stack, the next word and the arcs drawn so far; a step costs the gold arcs it makes unreachable.

use sayso_types::Relation;

/// The head of a word that has none yet.
pub const NO_HEAD: u32 = u32::MAX;

/// What the parser can do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Action {
    /// Put the next word on the stack.
    Shift,
    /// Hang the stack's top on the next word, and drop it.
    Left,
    /// Hang the next word on the stack's top, and put it on the stack.
    Right,
    /// Drop the stack's top, which has its head.
    Reduce,
}

impl Action {
    /// All of them, in the order of their numbers.
    pub const ALL: [Action; 4] = [Action::Shift, Action::Left, Action::Right, Action::Reduce];
}

/// A word and the arcs at it.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// The word that it depends on, or [`NO_HEAD`].
    pub head: u32,
    /// How.
    pub relation: Relation,
    /// The outermost and the second outermost dependent on the left, or [`NO_HEAD`].
    pub left: [u32; 2],
    /// The same on the right.
    pub right: [u32; 2],
    /// How many dependents it has on the left and on the right.
    pub count: [u8; 2],
    /// A bit for each relation of its dependents on the left and on the right.
    pub relations: [u64; 2],
}

impl Node {
    const BARE: Node =
        Node { head: NO_HEAD, relation: Relation::Dep, left: [NO_HEAD; 2], right: [NO_HEAD; 2], count: [0; 2], relations: [0; 2] };
}

/// A parse in the making over words `0..len()`; the root is number `len()`, behind the last word.
#[derive(Clone, Debug)]
pub struct State {
    stack: Vec<usize>,
    next: usize,
    nodes: Vec<Node>,
}

impl State {
    /// The beginning of a sentence of `count` words.
    pub fn new(count: usize) -> State {
        State { stack: Vec::with_capacity(count), next: 0, nodes: vec![Node::BARE; count + 1] }
    }

    /// The number of words.
    #[allow(clippy::len_without_is_empty, reason = "an empty sentence is only a parse that is done at once")]
    pub fn len(&self) -> usize {
        self.nodes.len() - 1
    }

    /// The next word; the root's number where all words have been read.
    pub fn next(&self) -> usize {
        self.next
    }

    /// The word `depth` below the stack's top.
    pub fn stacked(&self, depth: usize) -> Option<usize> {
        self.stack.len().checked_sub(depth + 1).map(|at| self.stack[at])
    }

    /// A word, or the root, with the arcs at it.
    pub fn node(&self, word: usize) -> &Node {
        &self.nodes[word]
    }

    /// Whether every word has its head.
    pub fn is_done(&self) -> bool {
        self.next == self.len() && self.stack.is_empty()
    }

    /// Whether `action` can be done.
    pub fn allows(&self, action: Action) -> bool {
        let top = self.stack.last().map(|top| self.nodes[*top].head);
        match action {
            Action::Shift => self.next < self.len(),
            Action::Left => top == Some(NO_HEAD),
            Action::Right => top.is_some() && self.next < self.len(),
            Action::Reduce => top.is_some_and(|head| head != NO_HEAD),
        }
    }

    /// The only action that can be done, where there is no choice.
    pub fn only_action(&self) -> Option<Action> {
        match self.stack.last() {
            None => Some(Action::Shift),
            Some(top) if self.next == self.len() => Some(if self.nodes[*top].head == NO_HEAD { Action::Left } else { Action::Reduce }),
            Some(_) => None,
        }
    }

    /// The head and dependent of the arc that `action` draws.
    pub fn arc_of(&self, action: Action) -> Option<(usize, usize)> {
        let top = *self.stack.last()?;
        match action {
            Action::Left => Some((self.next, top)),
            Action::Right => Some((top, self.next)),
            Action::Shift | Action::Reduce => None,
        }
    }

    /// Does `action`, which is allowed; an arc that it draws is named `relation`.
    pub fn apply(&mut self, action: Action, relation: Relation) {
        if let Some((head, dependent)) = self.arc_of(action) {
            self.draw(head, dependent, relation);
        }
        if matches!(action, Action::Left | Action::Reduce) {
            self.stack.pop();
        } else {
            self.stack.push(self.next);
            self.next += 1;
        }
    }

    fn draw(&mut self, head: usize, dependent: usize, relation: Relation) {
        self.nodes[dependent].head = head as u32;
        self.nodes[dependent].relation = relation;
        let side = usize::from(dependent > head);
        let node = &mut self.nodes[head];
        let outer = if side == 0 { &mut node.left } else { &mut node.right };
        *outer = [dependent as u32, outer[0]];
        node.count[side] = node.count[side].saturating_add(1);
        node.relations[side] |= 1 << relation as u64;
    }

    /// How many arcs of `gold` (the head of each word, the root's being `len()`) can no longer be drawn after `action`: the
    /// dynamic oracle of Goldberg & Nivre (2012).
    pub fn cost(&self, action: Action, gold: &[usize]) -> usize {
        let (next, Some(&top)) = (self.next, self.stack.last()) else { return 0 };
        let ahead = |head: usize| (next..self.len()).filter(|word| gold[*word] == head).count();
        let hanging = || self.stack.iter().filter(|word| self.nodes[**word].head == NO_HEAD && gold[**word] == next).count();
        let stacked = |word: usize| self.stack.contains(&word);
        match action {
            Action::Shift => hanging() + usize::from(stacked(gold[next])),
            Action::Right => hanging() + usize::from(gold[next] != top && (gold[next] > next || stacked(gold[next]))),
            Action::Left => ahead(top) + usize::from(gold[top] > next),
            Action::Reduce => ahead(top),
        }
    }
}
