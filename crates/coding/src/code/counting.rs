//! How many? The counts in the arguments of a frame, each said to count what the frame says.

use sayso_types::{Quantity, QuantityOf, Relation};

use super::{Coding, Instance, matching};
use crate::mention::quantity::{QuantityClass, QuantityForm, QuantityMention};

/// The quantities of an instance and of what was joined to it.
pub(super) fn quantities(coding: &Coding<'_>, instance: &Instance<'_>) -> Vec<Quantity> {
    let mut found: Vec<Quantity> = Vec::new();
    for part in std::iter::once(instance).chain(&instance.parts) {
        for (of, patterns) in &part.frame.counts {
            for head in matching::fillers(coding, patterns, (part.head, part.head), &part.arguments) {
                let Some(mention) = counted(coding, head).filter(|mention| can_count(*of, mention.class)) else { continue };
                let of = if *of == QuantityOf::Killed && either_or(coding, part) { QuantityOf::Casualties } else { *of };
                if !found.iter().any(|q| q.span == mention.span && q.of == of) {
                    found.push(quantity(of, mention));
                    found.extend(
                        mention
                            .nested
                            .iter()
                            .filter(|_| matches!(of, QuantityOf::Killed | QuantityOf::Injured))
                            .map(|n| quantity(QuantityOf::Attackers, n)),
                    );
                }
            }
        }
    }
    // "killed or wounded" counts once, as casualties.
    let casualties: Vec<_> = found.iter().filter(|q| q.of == QuantityOf::Casualties).map(|q| q.span).collect();
    found.retain(|q| q.of == QuantityOf::Casualties || !casualties.contains(&q.span));
    found
}

fn quantity(of: QuantityOf, mention: &QuantityMention) -> Quantity {
    Quantity { of, span: mention.span, rule: mention.rule, low: mention.low, best: mention.best, high: mention.high }
}

/// "detained two men and several rifles": rifles are no captives, nor percents or distances killed.
fn can_count(of: QuantityOf, class: QuantityClass) -> bool {
    use QuantityOf as Q;
    let of_people = matches!(of, Q::Killed | Q::Injured | Q::Missing | Q::Captured | Q::Abducted | Q::Casualties);
    !of_people || !matches!(class, QuantityClass::Thing | QuantityClass::Event | QuantityClass::Money | QuantityClass::Measure)
}

/// The count of the noun phrase at `head`: of its noun, or the number that is its head.
pub(super) fn counted<'c>(coding: &Coding<'c>, head: usize) -> Option<&'c QuantityMention> {
    let usable = |q: &&QuantityMention| q.form != QuantityForm::Bare;
    let all = &coding.mentions.quantities;
    all.iter()
        .filter(usable)
        .find(|q| q.noun == Some(head) || (q.noun.is_none() && q.tokens.contains(&head)))
        .or_else(|| {
            // "dozens of civilians", "35 of them": the number heads the phrase, or the noun's phrase holds it.
            let inside = coding.tree.children(head).find(|c| matches!(coding.tree.relation(*c), Relation::Nummod | Relation::Compound))?;
            all.iter().filter(usable).find(|q| q.tokens.contains(&inside) || q.tokens.contains(&head))
        })
        .or_else(|| all.iter().filter(usable).find(|q| q.tokens.contains(&head)))
        .or_else(|| {
            // "thousands of Oromos": the number stands before what no lexicon counts.
            let measure = coding.tree.head(head).filter(|above| coding.tree.measured(*above) == head)?;
            all.iter().find(|q| q.tokens.contains(&measure))
        })
}

/// "killed or wounded": two results joined by "or".
fn either_or(coding: &Coding<'_>, part: &Instance<'_>) -> bool {
    let tree = coding.tree;
    let sentence = &tree.analysis.sentences[tree.analysis.sentence_of(part.head)];
    let next = part.head + 1;
    let or_at = |t: usize| sentence.tokens.contains(&t) && tree.lemma(t) == "or";
    let pair = |a: usize, b: usize| {
        sentence.tokens.contains(&a)
            && sentence.tokens.contains(&b)
            && matches!(tree.lemma(b), "wound" | "injure" | "kill" | "wounded" | "injured" | "killed")
    };
    (or_at(next) && pair(next, next + 1)) || (part.head >= 2 && or_at(part.head - 1) && pair(part.head, part.head - 2))
}
