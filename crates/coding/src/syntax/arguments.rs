//! Who does what to whom in a clause? The arguments of a verb, noun or adjective by their logical function: passives, relative
//! clauses, control, coordination and support verbs are undone here, so that frames need not know of them.

use sayso_types::{Relation, Upos};

use super::Tree;
use super::attachment::{accompanied, misplaced, object_in_common};

/// One argument of a predicate: its function and its head token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// As what it stands to the predicate.
    pub function: Function,
    /// The head of its phrase or clause.
    pub head: usize,
}

/// The logical function of an argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Function {
    /// Who does it; the by-phrase of a passive.
    Subject,
    /// To whom or what; the subject of a passive.
    Object,
    /// To whom it is given or told.
    Indirect,
    /// With a preposition: "on", "against", "according to".
    Preposition(String),
    /// "Boko Haram's attack", "its attack".
    Possessor,
    /// "the Taliban attack", "an Israeli raid".
    Modifier,
    /// A finite or infinite clause that fills an argument.
    Clause,
}

/// The arguments of the predicate at `head`, each conjunct on its own, in the order they were found.
///
/// "The town was attacked by rebels and bandits": object "town", subjects "rebels" and "bandits".
pub fn arguments(tree: &Tree<'_>, head: usize) -> Vec<Argument> {
    let mut found = match tree.token(head).pos {
        Upos::Verb | Upos::Aux => verb(tree, head, 0),
        Upos::Adj => adjective(tree, head),
        _ => noun(tree, head),
    };
    for argument in &mut found {
        argument.head = tree.measured(argument.head);
    }
    // "many of whom"
    replace_relative_pronouns(tree, head, &mut found);
    let mut at = 0;
    while at < found.len() {
        let (function, first) = (found[at].function.clone(), found[at].head);
        if function != Function::Clause {
            for other in conjuncts(tree, first) {
                if tree.token(other).pos != Upos::Verb && !found.iter().any(|a| a.head == other && a.function == function) {
                    found.insert(at + 1, Argument { function: function.clone(), head: other });
                }
            }
        }
        at += 1;
    }
    found
}

/// What is coordinated with a token: "Mali" and "Niger" for "Burkina Faso" in "Burkina Faso, Mali and Niger".
pub fn conjuncts(tree: &Tree<'_>, first: usize) -> Vec<usize> {
    let mut found = Vec::new();
    let mut open = vec![first];
    while let Some(at) = open.pop() {
        for child in
            tree.children(at).filter(|c| (tree.relation(*c) == Relation::Conj && !is_set_against(tree, *c)) || is_included(tree, *c))
        {
            found.push(child);
            open.push(child);
        }
    }
    found.sort_unstable();
    found
}

/// "to Tehran rather than to Baghdad": what is named only to say that it is not so of it.
fn is_set_against(tree: &Tree<'_>, conjunct: usize) -> bool {
    tree.children(conjunct).any(|c| tree.relation(c) == Relation::Cc && tree.lemma(c) == "rather")
}

/// "local groups, including the Taliban", "militias such as Badr": one of those named before.
pub fn is_included(tree: &Tree<'_>, noun: usize) -> bool {
    matches!(tree.relation(noun), Relation::Nmod | Relation::Obl)
        && matches!(tree.preposition(noun).as_deref(), Some("include" | "including" | "such as"))
}

const DEPTH: usize = 6;

fn verb(tree: &Tree<'_>, verb: usize, depth: usize) -> Vec<Argument> {
    let passive = tree.is_passive(verb);
    let mut found = Vec::new();
    for child in tree.children(verb) {
        if let Some(function) = verb_function(tree, verb, child, passive) {
            found.push(Argument { function: function.clone(), head: child });
            if function == Function::Preposition("between".to_owned()) && conjuncts(tree, child).is_empty() {
                found.extend(other_side(tree, child).map(|head| Argument { function, head }));
            }
        }
    }
    if let Some((subject, object)) = tree.misread_clause(verb) {
        found.extend(subject.map(|head| Argument { function: Function::Subject, head }));
        found.push(Argument { function: Function::Object, head: object });
        found.extend(noun(tree, object).into_iter().filter(|a| matches!(a.function, Function::Preposition(_))));
        return found;
    }
    modified_noun(tree, verb, passive, &mut found);
    if depth < DEPTH {
        shared(tree, verb, passive, depth, &mut found);
    }
    let surface = if passive { Function::Object } else { Function::Subject };
    if !found.iter().any(|a| a.function == surface) {
        found.extend(noun_before(tree, verb).map(|head| Argument { function: surface, head }));
    }
    let existential = tree.lemma(verb) == "be" && tree.child(verb, Relation::Expl).is_some();
    let told_behind = |a: &Argument| a.function == Function::Subject && a.head > verb;
    if existential && !found.iter().any(told_behind) {
        // What there is stands behind the verb; what stands before it belongs to the clause above.
        found.retain(|a| a.function != Function::Subject);
        found.extend(counted_after(tree, verb).map(|head| Argument { function: Function::Subject, head }));
    }
    if tree.lemma(verb) == "have" && !found.iter().any(|a| a.function == Function::Object) {
        found.extend(counted_after(tree, verb).map(|head| Argument { function: Function::Object, head }));
        if !found.iter().any(|a| a.function == Function::Subject) {
            found.extend(
                verb.checked_sub(1)
                    .filter(|t| is_name_or_noun(tree, *t))
                    .map(|t| Argument { function: Function::Subject, head: name_head(tree, t) }),
            );
        }
    }
    said_twice(tree, &mut found);
    found.extend(accompanied(tree, verb, &found).map(|head| Argument { function: Function::Object, head }));
    found.extend(object_in_common(tree, verb, passive, &found).map(|head| Argument { function: Function::Object, head }));
    lone_object(tree, verb, passive, &mut found);
    replace_relative_pronouns(tree, verb, &mut found);
    found
}

/// Of two subjects with only a comma between them the second says who the first is: "the army chief, Abdel Rahim".
fn said_twice(tree: &Tree<'_>, found: &mut Vec<Argument>) {
    let ends: Vec<usize> =
        found.iter().filter(|a| a.function == Function::Subject).filter_map(|a| tree.subtree(a.head).into_iter().max()).collect();
    let behind = |head: usize| {
        let first = tree.subtree(head).into_iter().min().unwrap_or(head);
        first > 1 && tree.word(first - 1) == "," && ends.contains(&(first - 2)) && tree.relation(head) != Relation::Conj
    };
    found.retain(|a| a.function != Function::Subject || !behind(a.head));
}

/// An active verb whose object is read as whom it is done for ("accused the group of …", "instructed its fighters to …") or as a second
/// subject behind it has that object.
fn lone_object(tree: &Tree<'_>, verb: usize, passive: bool, found: &mut Vec<Argument>) {
    if passive || found.iter().any(|a| a.function == Function::Object) {
        return;
    }
    let subjects = |a: &&mut Argument| a.function == Function::Subject && tree.head(a.head) == Some(verb);
    let before = found.iter_mut().filter(subjects).any(|a| a.head < verb);
    let plain = tree.child(verb, Relation::Expl).is_none() && tree.child(verb, Relation::Ccomp).is_none();
    if let Some(second) = found.iter_mut().filter(subjects).find(|a| before && plain && a.head > verb) {
        second.function = Function::Object;
        return;
    }
    let indirect = found.iter().find(|a| a.function == Function::Indirect).map(|a| a.head);
    found.extend(indirect.map(|head| Argument { function: Function::Object, head }));
}

fn is_name_or_noun(tree: &Tree<'_>, token: usize) -> bool {
    matches!(tree.token(token).pos, Upos::Noun | Upos::Propn | Upos::Pron)
}

/// "has up to 1,500 fighters": the noun counted right after a verb of having that was read as an auxiliary.
fn counted_after(tree: &Tree<'_>, verb: usize) -> Option<usize> {
    let sentence = &tree.analysis.sentences[tree.analysis.sentence_of(verb)];
    let near = verb + 1..(verb + 10).min(sentence.tokens.end);
    if tree.head(verb).is_some_and(|h| h != verb && !matches!(tree.token(h).pos, Upos::Verb | Upos::Adj | Upos::Aux)) {
        // Hung on a noun, it is no auxiliary: "The group has ties with …".
        let noun = near.take(4).find(|t| tree.token(*t).pos == Upos::Noun)?;
        return (verb + 1..noun).all(|t| tree.token(t).pos != Upos::Verb).then_some(noun);
    }
    let number = near.clone().find(|t| tree.token(*t).pos == Upos::Num)?;
    let before = verb + 1..number;
    let mut before = before;
    if before.any(|t| matches!(tree.token(t).pos, Upos::Verb | Upos::Noun | Upos::Propn)) {
        return None;
    }
    near.filter(|t| *t > number).find(|t| tree.token(*t).pos == Upos::Noun)
}

/// The noun right before a finite verb or its first auxiliary, for a verb whose subject the parser hung elsewhere.
fn noun_before(tree: &Tree<'_>, verb: usize) -> Option<usize> {
    use Relation as R;
    let is_auxiliary = |c: &usize| *c < verb && matches!(tree.relation(*c), R::Aux | R::AuxPass) && tree.lemma(*c) != "to";
    let auxiliary = tree.children(verb).find(is_auxiliary);
    let finite = auxiliary.is_some() || (matches!(tree.relation(verb), R::Root | R::Ccomp | R::Parataxis) && !tree.is_gerund(verb));
    let sentence = &tree.analysis.sentences[tree.analysis.sentence_of(verb)];
    let mut at = auxiliary.unwrap_or(verb).checked_sub(1).filter(|at| finite && sentence.tokens.contains(at))?;
    while tree.token(at).pos == Upos::Adv && at > sentence.tokens.start {
        at -= 1;
    }
    if tree.word(at) == ")" {
        at = (sentence.tokens.start..at).rev().find(|t| tree.word(*t) == "(")?.checked_sub(1)?;
    }
    let nominal = is_name_or_noun(tree, at) && sentence.tokens.contains(&at);
    let head = nominal.then(|| name_head(tree, at))?;
    (auxiliary.is_some() || tree.preposition(head).is_none()).then_some(head)
}

/// The head of the run of name parts that a token ends: "ISIS" for the last token of "ISIS in Afghanistan" where that hangs on it.
fn name_head(tree: &Tree<'_>, last: usize) -> usize {
    match (tree.relation(last), tree.head(last)) {
        (Relation::Flat | Relation::Nmod, Some(above)) if above < last && last - above <= 3 => above,
        _ => last,
    }
}

fn verb_function(tree: &Tree<'_>, verb: usize, child: usize, passive: bool) -> Option<Function> {
    use Relation as R;
    Some(match tree.relation(child) {
        R::NsubjPass if passive => Function::Object,
        R::NsubjPass => Function::Subject,
        R::Nsubj if passive && tree.is_participle_modifier(verb) => Function::Subject,
        // Also a name that the parser took for part of a compound verb: "ISWAP split from …".
        R::Compound if child < verb && (passive || tree.relation(verb) != R::Amod) => Function::Subject,
        R::Nsubj if passive => Function::Object,
        R::Nsubj => Function::Subject,
        R::Obj => Function::Object,
        R::Iobj => Function::Indirect,
        // "according to" is nobody's agent.
        R::OblAgent => match tree.preposition(child) {
            Some(preposition) if preposition != "by" => Function::Preposition(preposition),
            _ => Function::Subject,
        },
        // "remain at war": what is remained is a noun with its preposition.
        R::Xcomp if matches!(tree.token(child).pos, Upos::Noun | Upos::Propn) && tree.preposition(child).is_some() => {
            Function::Preposition(tree.preposition(child)?)
        }
        // "helped Ahrar al-Sham": the first part of a name, read as what somebody is made.
        R::Xcomp if child > verb && !passive && tree.token(child).pos == Upos::Noun && tree.child(verb, R::Obj).is_none() => {
            Function::Object
        }
        R::Ccomp | R::Xcomp | R::Csubj => Function::Clause,
        R::Obl | R::Nmod | R::Advcl | R::OblUnmarked => match tree.preposition(child) {
            Some(by) if by == "by" && passive && tree.relation(child) != R::Advcl => Function::Subject,
            Some(preposition) => Function::Preposition(preposition),
            // "pressed the council to agree"
            None if tree.relation(child) == R::Advcl && is_infinitive(tree, child) && child > verb => Function::Clause,
            None if tree.relation(child) == R::Advcl => marked_clause(tree, child)?,
            // "U.S.-backed", "Iran-backed": who does it stands before the participle.
            None if child < verb && passive && tree.relation(verb) == R::Amod => Function::Subject,
            // A bare noun right behind an active verb is its object, even where it was read as an oblique.
            None if tree.relation(child) == R::Obl && child > verb && !passive && tree.child(verb, R::Obj).is_none() => Function::Object,
            // "earned the group $2 million"
            None if tree.token(child).pos == Upos::Sym && child > verb && !passive => Function::Object,
            None => return None,
        },
        _ => return None,
    })
}

/// "of attacking", "for killing": a clause that a preposition marks.
fn marked_clause(tree: &Tree<'_>, clause: usize) -> Option<Function> {
    let mark = tree.child(clause, Relation::Mark)?;
    (tree.token(mark).pos == Upos::Adp || matches!(tree.lemma(mark), "of" | "for" | "by" | "from"))
        .then(|| Function::Preposition(tree.lemma(mark).to_owned()))
}

/// The noun that a participle or relative clause modifies fills its gap.
fn modified_noun(tree: &Tree<'_>, verb: usize, passive: bool, found: &mut Vec<Argument>) {
    let Some(noun) = tree.head(verb) else { return };
    let has = |function: &Function| found.iter().any(|a| a.function == *function);
    let gap = match tree.relation(verb) {
        Relation::Acl if tree.is_misread_main_verb(verb) => Function::Subject,
        // "accused the rebels of executing …": the clause may hang on the accused.
        Relation::Acl if tree.is_gerund(verb) && is_object_controlled(tree, verb) && tree.relation(noun) == Relation::Obj => {
            Function::Subject
        }
        Relation::Acl if tree.is_participle_modifier(verb) => {
            if passive {
                Function::Object
            } else {
                Function::Subject
            }
        }
        Relation::Amod if tree.is_gerund(verb) => Function::Subject,
        Relation::Amod => Function::Object,
        Relation::AclRelcl if passive && !has(&Function::Object) => Function::Object,
        Relation::AclRelcl if !has(&Function::Subject) && !passive => Function::Subject,
        Relation::AclRelcl if !has(&Function::Object) && !has(&Function::Clause) && !passive => Function::Object,
        _ => return,
    };
    if !has(&gap) {
        found.push(Argument { function: gap, head: noun });
    }
}

/// A missing subject comes from the clause above: coordination, control, adverbial participles.
fn shared(tree: &Tree<'_>, verb: usize, passive: bool, depth: usize, found: &mut Vec<Argument>) {
    let Some(above) = tree.head(verb) else {
        found.extend(later_subject(tree, verb).map(|head| Argument { function: Function::Subject, head }));
        return;
    };
    let relation = tree.relation(verb);
    let wanted = if passive { Function::Object } else { Function::Subject };
    if found.iter().any(|a| a.function == wanted) {
        return;
    }
    let clause_above = tree.relation(above) == Relation::AclRelcl && tree.child(above, Relation::Nsubj).is_some();
    let governor_is_verb = matches!(tree.token(above).pos, Upos::Verb | Upos::Aux | Upos::Adj) || clause_above;
    let inherits = matches!(relation, Relation::Conj | Relation::Xcomp | Relation::Advcl | Relation::Parataxis | Relation::Ccomp);
    if governor_is_verb && inherits {
        if matches!(relation, Relation::Ccomp | Relation::Parataxis) && tree.child(verb, Relation::Mark).is_none() && !tree.is_gerund(verb)
        {
            return;
        }
        let upper = if tree.token(above).pos == Upos::Adj { adjective(tree, above) } else { self::verb(tree, above, depth + 1) };
        if let Some(head) = controller(tree, verb, above, &upper) {
            found.push(Argument { function: wanted, head });
        }
    } else if matches!(relation, Relation::Acl | Relation::Xcomp) && !governor_is_verb {
        // "plans to attack", "a bid to seize": whoever has the plan.
        let upper = noun(tree, above);
        let owner = [Function::Possessor, Function::Subject, Function::Modifier, Function::Preposition("by".to_owned())];
        let who = owner.iter().find_map(|f| upper.iter().find(|a| a.function == *f)).map(|a| a.head);
        if let Some(head) = who.or_else(|| holder(tree, above)) {
            found.push(Argument { function: wanted, head });
        }
    }
}

/// "has plans to attack": who has them.
fn holder(tree: &Tree<'_>, noun: usize) -> Option<usize> {
    let verb = tree.head(noun).filter(|v| tree.relation(noun) == Relation::Obj && tree.lemma(*v) == "have")?;
    tree.child(verb, Relation::Nsubj)
}

/// "After losing the town, the group is …": an opening participle that was read as the root has the subject of what follows.
fn later_subject(tree: &Tree<'_>, verb: usize) -> Option<usize> {
    if !tree.is_gerund(verb) || tree.children(verb).any(|c| matches!(tree.relation(c), Relation::Nsubj | Relation::Aux)) {
        return None;
    }
    let next = tree.children(verb).find(|c| *c > verb && tree.relation(*c) == Relation::Conj && tree.token(*c).pos == Upos::Verb)?;
    tree.child(next, Relation::Nsubj).or_else(|| noun_before(tree, next))
}

/// Which argument of the governing verb is the missing subject: its object where it makes somebody do something, else its subject.
fn controller(tree: &Tree<'_>, verb: usize, above: usize, upper: &[Argument]) -> Option<usize> {
    let relation = tree.relation(verb);
    let of = |function: Function| upper.iter().find(|a| a.function == function).map(|a| a.head);
    let surface_subject = || {
        let passive = tree.is_passive(above);
        if passive { of(Function::Object).or_else(|| of(Function::Subject)) } else { of(Function::Subject) }
    };
    match relation {
        Relation::Advcl if is_object_controlled(tree, verb) => of(Function::Object).or_else(surface_subject),
        Relation::Xcomp if !tree.is_passive(above) => of(Function::Object).or_else(|| of(Function::Indirect)).or_else(surface_subject),
        _ => surface_subject(),
    }
}

/// "accused them of attacking", "kept them from entering": the object is meant to do it.
fn is_object_controlled(tree: &Tree<'_>, verb: usize) -> bool {
    let marks = |mark| match tree.lemma(mark) {
        "from" => true,
        "of" | "for" | "into" => tree.token(mark).pos != Upos::Part,
        _ => false,
    };
    tree.child(verb, Relation::Mark).is_some_and(marks)
}

/// "who", "which", "that" and "whose" stand for the noun that their clause modifies.
fn replace_relative_pronouns(tree: &Tree<'_>, verb: usize, found: &mut [Argument]) {
    for argument in found.iter_mut() {
        if !matches!(tree.lemma(argument.head), "who" | "which" | "that" | "whom" | "whose") || tree.token(argument.head).pos != Upos::Pron
        {
            continue;
        }
        let clause = std::iter::once(verb).chain(tree.ancestors(verb)).find(|a| tree.relation(*a) == Relation::AclRelcl);
        let clause = clause.or_else(|| (tree.relation(verb) == Relation::Appos).then_some(verb));
        if let Some(noun) = clause.and_then(|c| tree.head(c)) {
            argument.head = noun;
        }
    }
}

fn adjective(tree: &Tree<'_>, adjective: usize) -> Vec<Argument> {
    let mut found = Vec::new();
    for child in tree.children(adjective) {
        match tree.relation(child) {
            Relation::Nsubj => found.push(Argument { function: Function::Subject, head: child }),
            // "left nine dead"
            Relation::OblUnmarked | Relation::Nummod if child < adjective && tree.token(child).pos == Upos::Num => {
                found.push(Argument { function: Function::Subject, head: child });
            }
            Relation::Ccomp | Relation::Xcomp => found.push(Argument { function: Function::Clause, head: child }),
            Relation::Obl | Relation::Nmod | Relation::Advcl | Relation::OblAgent => {
                if let Some(preposition) = tree.preposition(child) {
                    found.push(Argument { function: Function::Preposition(preposition), head: child });
                }
            }
            _ => {}
        }
    }
    let subject = found.iter().any(|a| a.function == Function::Subject);
    if let Some(head) = tree.head(adjective).filter(|_| !subject) {
        match tree.relation(adjective) {
            Relation::Amod | Relation::Acl | Relation::AclRelcl | Relation::Appos => {
                found.push(Argument { function: Function::Subject, head })
            }
            Relation::Conj if tree.token(head).pos == Upos::Adj => {
                found.extend(self::adjective(tree, head).into_iter().filter(|a| a.function == Function::Subject));
            }
            Relation::Xcomp => {
                let upper = verb(tree, head, 1);
                let owner = upper
                    .iter()
                    .find(|a| a.function == Function::Object)
                    .or_else(|| upper.iter().find(|a| a.function == Function::Subject));
                found.extend(owner.map(|a| Argument { function: Function::Subject, head: a.head }));
            }
            Relation::Conj | Relation::Parataxis | Relation::Advcl => found.push(Argument { function: Function::Subject, head }),
            _ => {}
        }
    }
    replace_relative_pronouns(tree, adjective, &mut found);
    found
}

fn noun(tree: &Tree<'_>, noun: usize) -> Vec<Argument> {
    use Relation as R;
    let mut found = Vec::new();
    for child in tree.children(noun) {
        let function = match tree.relation(child) {
            R::Nsubj | R::NsubjPass => Function::Subject,
            R::NmodPoss => Function::Possessor,
            R::Compound | R::Amod | R::NmodUnmarked if child < noun => Function::Modifier,
            R::Nmod | R::Obl | R::Acl | R::Advcl | R::OblAgent => match tree.preposition(child) {
                Some(preposition) => Function::Preposition(preposition),
                None if matches!(tree.relation(child), R::Nmod) && child < noun => Function::Modifier,
                None if matches!(tree.relation(child), R::Acl | R::Advcl) && tree.is_gerund(child) => match marked_clause(tree, child) {
                    Some(function) => function,
                    None => continue,
                },
                None if matches!(tree.relation(child), R::Acl) && is_infinitive(tree, child) => Function::Clause,
                None => continue,
            },
            R::Ccomp => Function::Clause,
            _ => continue,
        };
        let between = function == Function::Preposition("between".to_owned());
        found.push(Argument { function: function.clone(), head: child });
        if between && conjuncts(tree, child).is_empty() {
            found.extend(other_side(tree, child).map(|head| Argument { function, head }));
        }
    }
    found.extend(misplaced(tree, noun));
    replace_relative_pronouns(tree, noun, &mut found);
    found
}

/// "between the army and the rebels": the second side, where the parser hung it on what follows.
fn other_side(tree: &Tree<'_>, first: usize) -> Option<usize> {
    let end = tree.analysis.sentences[tree.analysis.sentence_of(first)].tokens.end;
    let and = (first + 1..end.min(first + 3)).find(|t| tree.lemma(*t) == "and")?;
    let mut at = and + 1;
    let before_noun = |t: usize| matches!(tree.token(t).pos, Upos::Det | Upos::Adj | Upos::Num) || tree.relation(t) == Relation::NmodPoss;
    while at < end && before_noun(at) {
        at += 1;
    }
    let nominal = |t: usize| t < end && matches!(tree.token(t).pos, Upos::Noun | Upos::Propn);
    if !nominal(at) {
        return None;
    }
    while nominal(at + 1) {
        at += 1;
    }
    Some(at)
}

fn is_infinitive(tree: &Tree<'_>, verb: usize) -> bool {
    tree.child(verb, Relation::Mark).is_some_and(|mark| tree.lemma(mark) == "to")
}
